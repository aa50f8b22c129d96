import { codeOf } from '@lentera/core/shared/codes'
import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isLongAwayOn, servesOn } from '@lentera/core/workforce/officer/project'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import type { PlanProblem } from '@lentera/planner/plan'
import { useMemo } from 'react'
import { useSnapshot } from '../../../device/context.ts'
import type { OpenedOfficer, OpenedPost } from '../../../device/desk.ts'
import { coverageProblem, type LeftOut } from '../register/coverage-problem.ts'
import { type Assumptions, rulesOf } from './assumptions.ts'
import type { Names } from './say-plan.ts'

/** The posts and officers of the agency as this device has opened them, and what the planner is asked of them. */
export type Register = {
  readonly posts: readonly OpenedPost[]
  readonly officers: readonly OpenedOfficer[]
  readonly names: Names
  readonly nameOf: (post: OpenedPost) => string
}

export function useRegister(): Register {
  const all = useSnapshot(({ posts }) => posts)
  const everybody = useSnapshot(({ officers }) => officers)
  return useMemo(() => {
    const posts = all.filter(({ post }) => !post.enteredInError)
    const officers = everybody.filter(({ officer }) => !officer.enteredInError && !officer.erased)
    const nameOf = ({ said, code }: OpenedPost): string => said.name ?? code
    // Whoever left the register since a plan was kept is still called as on it, or by a code: never by an id.
    const byPost = new Map<string, string>(all.map((post) => [post.stream, nameOf(post)]))
    // By the number her agency knows her by, or a code: a name is on no plan.
    const byOfficer = new Map<string, string>(everybody.map(({ stream, said, code }) => [stream, said.number ?? code]))
    return {
      posts,
      officers,
      nameOf,
      names: { post: (key) => byPost.get(key) ?? unknown(key), officer: (key) => byOfficer.get(key) ?? unknown(key) },
    }
  }, [all, everybody])
}

const unknown = (key: string): string => (StreamId.safeParse(key).success ? codeOf(key, 4) : key)

/** The question to the planner, of a register on a day; and what cannot go into it, which is told. */
export function problemOn(
  { posts, officers }: { readonly posts: readonly PostAt[]; readonly officers: readonly OfficerAt[] },
  day: CivilDate,
  assumptions: Assumptions,
): { readonly problem: PlanProblem; readonly leftOut: readonly LeftOut[] } {
  // A plan is for the end of its years: whoever serves for the last time before the first one ends is in none of them, nor is one who is away then.
  const end = daysAfter(day, 365)
  const staying = officers.filter((each) => servesOn(each, end) && !isLongAwayOn(each.said, end))
  const { problem, leftOut } = coverageProblem(posts, staying, day)
  const { travel, ...register } = problem
  const { years, costs, changes, caps } = assumptions
  return {
    problem: {
      ...register,
      years,
      groups: [],
      rules: rulesOf(assumptions, travel),
      costs,
      changes,
      caps: Array.from({ length: years }, () => caps),
      aim: { kind: 'every-shift', budget: caps.budget },
      fixed: [],
      forbidden: [],
    },
    leftOut,
  }
}
