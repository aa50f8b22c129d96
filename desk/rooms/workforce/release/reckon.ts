import type { CivilDate } from '@lentera/core/shared/dates'
import type { Decision } from '@lentera/core/shared/refusals'
import { type CoverRelease, lastShown } from '@lentera/core/workforce/cover-release/project'
import { monthsAhead } from '@lentera/core/workforce/cover-release/words'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isLongAwayOn } from '@lentera/core/workforce/officer/project'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import { coverCounts } from '@lentera/planner/plan'
import { type ReleasedCover, releaseCover } from '@lentera/release/release'
import { firstTyped, readAssumptions, rulesOf } from '../planner/assumptions.ts'
import { coverageProblem, type LeftOut } from '../register/coverage-problem.ts'

/** What may leave of the cover of a cut-off, or why nothing does; `leftOut`: of the register, what could not be counted. */
export type Reckoned = { readonly released: Decision<ReleasedCover>; readonly leftOut: readonly LeftOut[] }

/**
 * The board of a cut-off in numbers, and as they may leave. Every agency is reckoned by the same rules, those a new board begins with, whatever
 * its planner has tried out on her own: shares of two agencies say the same. The register tells who serves now; who came after the cut-off,
 * or served on it for the last time or later, is counted as of that day where the day is known.
 *
 * @param before every release of the organisation, those withdrawn too
 */
export function reckonCover(
  posts: readonly PostAt[],
  officers: readonly OfficerAt[],
  cutOff: CivilDate,
  before: readonly CoverRelease[],
): Reckoned {
  const assumed = readAssumptions(firstTyped)
  if (!assumed.ok) throw new TypeError('what a new board begins with can be read')
  const { problem, leftOut } = coverageProblem(posts, servingOn(officers, cutOff), cutOff)
  const count = coverCounts({
    posts: problem.posts,
    officers: problem.officers,
    groups: [],
    rules: rulesOf(assumed.value, problem.travel),
    on: cutOff,
    months: monthsAhead,
  })
  return { released: releaseCover(count, cutOff, lastShown(before)), leftOut }
}

function servingOn(officers: readonly OfficerAt[], day: CivilDate): readonly OfficerAt[] {
  return officers
    .filter(({ said }) => (said.postedOn === undefined || said.postedOn <= day) && !isLongAwayOn(said, day))
    .map((each) => {
      const { leftOn } = each.said
      const isLater = each.officer.left && leftOn !== undefined && leftOn >= day
      return isLater ? { ...each, officer: { ...each.officer, left: false } } : each
    })
}
