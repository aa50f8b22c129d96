import type { CivilDate } from '@lentera/core/shared/dates'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import type { PostOpened } from '@lentera/core/workforce/post/project'
import type { PlanProblem } from '@lentera/planner/plan'
import { useMemo } from 'react'
import { useSnapshot } from '../../../device/context.ts'
import { coverageProblem } from '../register/coverage-problem.ts'
import type { Assumptions } from './assumptions.ts'
import type { BoardPost } from './board.ts'
import type { Names } from './say-plan.ts'

/** The posts and officers of the agency as this device has opened them, and what the planner is asked of them. */
export type Register = {
  readonly posts: readonly { readonly key: string; readonly name: string }[]
  readonly boardPosts: readonly BoardPost[]
  readonly officers: readonly OfficerAt[]
  readonly names: Names
  readonly officersAt: (post: string) => readonly OfficerAt[]
  readonly saidOf: (post: string) => PostOpened
  readonly problemOn: (day: CivilDate, assumptions: Assumptions) => PlanProblem
}
