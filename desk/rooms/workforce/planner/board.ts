import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isLongAwayOn, longAbsences, servesOn } from '@lentera/core/workforce/officer/project'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import { missingToPost } from '@lentera/core/workforce/post/project'
import type { Facility, Risk } from '@lentera/core/workforce/post/words'
import { type BoardLine, coverageBoard, type Officer, type Post } from '@lentera/planner/plan'
import { coverageProblem, type LeftOut, unplacedIn } from '../register/coverage-problem.ts'
import { type Assumptions, rulesOf } from './assumptions.ts'
import { servedBy, writtenDown } from './served.ts'

/** A line of the board with what the agency says of the post besides. */
export type PostCover = BoardLine & {
  readonly risk: Risk | undefined
  /** Its agency says that it must be covered whatever it costs. */
  readonly must: boolean
  /** The shifts of a day that are not covered on all days, by the number of trained women: the first of the day are filled first. */
  readonly openShifts: readonly UncoveredShift[]
  readonly missing: readonly Facility[]
}

/** Of 28 days. */
type UncoveredShift = {
  readonly starts: number
  readonly minutes: number
  readonly needed: number
  readonly covered: number
}

export type BoardOf = {
  readonly lines: readonly PostCover[]
  /** What the board cannot count. */
  readonly leftOut: readonly LeftOut[]
  /** Posts of which nobody has said where they are: on the board, and near no other. */
  readonly unplaced: readonly string[]
  /** Officers who are away for so long that they cover nothing on the day. */
  readonly away: number
}

/**
 * Which posts have a trained woman on every shift on `day`, gaps at posts that must be covered first and then the riskiest; since when not, and on which day a certificate
 * that ends will open a gap. It tells of whoever serves, not of a roster: whether there are enough for the shifts of 28 days.
 */
export function boardOf(
  posts: readonly PostAt[],
  officers: readonly OfficerAt[],
  day: CivilDate,
  assumptions: Assumptions,
): BoardOf {
  const there = officers.filter(({ said }) => !isLongAwayOn(said, day))
  const { problem, leftOut } = coverageProblem(posts, there, day)
  const lines = coverageBoard({
    posts: problem.posts,
    officers: untilAway(problem.officers, there, day),
    groups: [],
    rules: rulesOf(assumptions, problem.travel),
    served: officers.flatMap((each) => servedBy(each)),
    knownSince: writtenDown(posts),
    on: day,
    months: monthsAhead,
  })
  const must = new Set(problem.posts.filter(({ mustBeCovered }) => mustBeCovered).map(({ key }) => key))
  const shifts = new Map(problem.posts.map((post) => [post.key, post.shifts]))
  const said = new Map<string, PostAt['said']>(posts.map((post) => [post.stream, post.said]))
  return {
    lines: lines
      .map((line) => {
        const post = said.get(line.post)
        const openShifts = openIn(line, shifts.get(line.post) ?? [])
        return {
          ...line,
          risk: post?.risk,
          must: must.has(line.post),
          openShifts,
          missing: post ? missingToPost(post) : [],
        }
      })
      .sort((a, b) => weight(b) - weight(a) || b.needed - b.covered - (a.needed - a.covered)),
    leftOut,
    unplaced: unplacedIn(problem),
    away: officers.filter((each) => servesOn(each, day) && isLongAwayOn(each.said, day)).length,
  }
}

const openIn = ({ shifts }: BoardLine, of: Post['shifts']): readonly UncoveredShift[] =>
  shifts
    .filter(isOpen)
    .flatMap(({ key, needed, covered }) =>
      of.filter((each) => each.key === key).map(({ starts, minutes }) => ({ starts, minutes, needed, covered })),
    )

/** Who will be away for long is counted to the day before, as one whose certificate ends: so the gap is seen before it opens. */
function untilAway(people: readonly Officer[], officers: readonly OfficerAt[], day: CivilDate): readonly Officer[] {
  const last = new Map(
    officers.flatMap(({ stream, said }) => {
      const next = longAbsences(said).find(({ from }) => from > day)
      return next ? [[stream as string, daysAfter(next.from, -1)] as const] : []
    }),
  )
  return people.map((each) => {
    const until = last.get(each.key)
    const { training } = each
    if (!until || !training.isTrained || (training.until !== null && training.until <= until)) return each
    return { ...each, training: { isTrained: true, until } }
  })
}

export const isOpen = ({ covered, needed }: Pick<BoardLine, 'covered' | 'needed'>): boolean => covered < needed - 1e-9

/** How far ahead it is looked for certificates that end: months. */
const monthsAhead = 12

const weight = (line: PostCover): number =>
  isOpen(line) ? (line.must ? 5 : line.risk === 'high' ? 4 : line.risk === 'low' ? 2 : 3) : 0
