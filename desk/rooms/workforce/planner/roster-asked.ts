import type { CivilDate } from '@lentera/core/shared/dates'
import type { RosterProblem } from '@lentera/planner/roster'
import { firstTyped, type NumberField, readAssumptions } from './assumptions.ts'
import { askRoster } from './roster-problem.ts'
import type { RosterPost } from './roster-sides.ts'

/**
 * The roster of a post as a board asks for it whose planner has changed nothing but what is `typed`: by these rules speeds are measured.
 * 28 days from `from`.
 */
export function rosterAsked(
  post: RosterPost,
  from: CivilDate,
  typed: Partial<Readonly<Record<NumberField, string>>> = {},
): RosterProblem {
  const assumed = readAssumptions({ ...firstTyped, ...typed })
  if (!assumed.ok) throw new TypeError(assumed.refusal.code)
  return askRoster({ post, partner: null, from, assumptions: assumed.value }).problem
}
