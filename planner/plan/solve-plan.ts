import { contradiction, handAgainstRules, plainly, rulesAgainstCover } from './contradiction.ts'
import { repriced } from './price.ts'
import { gapsOf } from './proof.ts'
import { readProblem } from './reading.ts'
import { decide, type PlanRun } from './solve.ts'
import type { Plan, PlanProblem, PlanRefusal } from './words.ts'

export type PlanDecision =
  | { readonly ok: true; readonly value: Plan }
  | { readonly ok: false; readonly refusal: PlanRefusal }

/**
 * From a problem to a plan with its proofs. Actions that a hand has set stand and those it has struck out are not taken,
 * so that a plan edited by hand is solved again from where it stands. The same problem, seed and gap give the same plan,
 * unless the time or `shouldStop` ended it. Refused: see `readProblem`; `planner.contradiction`; `solver.crashed`.
 */
export async function solvePlan(problem: PlanProblem, run: PlanRun): Promise<PlanDecision> {
  const read = readProblem(repriced(problem))
  if (!read.ok) return { ok: false, refusal: plainly(read.refusal) }
  const against = handAgainstRules(read.value)
  if (against) return { ok: false, refusal: contradiction(against) }
  // Whether all that must be covered can be is asked before a plan is drawn: it is told in a moment, and a plan without it is none.
  const must = problem.posts.filter(({ mustBeCovered }) => mustBeCovered).map(({ key }) => key)
  const before = must.length > 0 ? await rulesAgainstCover(problem, must, run) : null
  if (before) return { ok: false, refusal: contradiction(before) }
  const decided = await decide(problem, run)
  if (!decided.ok) return { ok: false, refusal: plainly(decided.refusal) }
  const { reading, cover, plan, isPossible } = decided.value
  // What a hand has set may leave nothing that is possible.
  const after = isPossible ? null : await rulesAgainstCover(problem, must, run)
  if (after) return { ok: false, refusal: contradiction(after) }
  return { ok: true, value: { ...plan, gaps: gapsOf(reading, cover) } }
}
