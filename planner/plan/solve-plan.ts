import { checkSteps } from '../checker/checker.ts'
import { contradiction, handAgainstRules, plainly, rulesAgainstCover } from './contradiction.ts'
import { repriced } from './price.ts'
import { gapsOf } from './proof.ts'
import { readProblem } from './reading.ts'
import { decide, type PlanRun } from './solve.ts'
import type { Plan, PlanProblem, PlanRefusal, PostKey } from './words.ts'

export type PlanDecision =
  | { readonly ok: true; readonly value: Plan }
  | { readonly ok: false; readonly refusal: PlanRefusal }

/**
 * From a problem to a plan with its proofs. Actions that a hand has set stand and those it has struck out are not taken,
 * so that a plan edited by hand is solved again from where it stands. The same problem, seed and gap give the same plan,
 * unless the time or `shouldStop` ended it. Refused: see `readProblem`; `planner.contradiction`; `solver.crashed`; `planner.none-found`:
 * each plan that was found leaves a post open that must be covered (`post` the first, of `posts`), and that there is no other is not
 * proven.
 */
export async function solvePlan(problem: PlanProblem, run: PlanRun): Promise<PlanDecision> {
  const read = readProblem(repriced(problem))
  if (!read.ok) return { ok: false, refusal: plainly(read.refusal) }
  const against = handAgainstRules(read.value)
  if (against) return { ok: false, refusal: contradiction(against) }
  // Whether all that must be covered can be is asked before a plan is drawn: it is told in a moment, and a plan without it is none.
  const must = problem.posts.filter(({ mustBeCovered }) => mustBeCovered).map(({ key }) => key)
  const before = must.length > 0 ? await rulesAgainstCover(problem, must, run, 'at-once') : null
  if (before) return { ok: false, refusal: contradiction(before) }
  const decided = await decide(problem, run)
  if (!decided.ok) return { ok: false, refusal: plainly(decided.refusal) }
  const { reading, cover, plan, isPossible } = decided.value
  const open = must.length > 0 ? openMust(problem, plan) : []
  // What a hand has set may leave nothing that is possible; the years together may, too.
  const isLost = !isPossible || open.length > 0
  const after = isLost ? await rulesAgainstCover(problem, must, run, open.length > 0 ? 'over-years' : 'at-once') : null
  if (after) return { ok: false, refusal: contradiction(after) }
  const [post] = open
  if (post !== undefined) return { ok: false, refusal: noneFound(post, open.length) }
  return { ok: true, value: { ...plan, gaps: gapsOf(reading, cover) } }
}

/** Posts that must be covered and are not, as the checker finds it. */
function openMust(problem: PlanProblem, { actions }: Pick<Plan, 'actions'>): readonly PostKey[] {
  const { broken } = checkSteps(problem, actions)
  return broken.flatMap(({ code, post }) => (code === 'plan.must-be-covered' && post !== null ? [post] : []))
}

const noneFound = (post: PostKey, posts: number): PlanRefusal =>
  plainly({ code: 'planner.none-found', values: { post, posts } })
