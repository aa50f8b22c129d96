import { judgeStep, type StepJudgement } from '@lentera/planner/checker'
import type { Action, PlanProblem } from '@lentera/planner/plan'
import { isSame } from './edits.ts'
import { stepKinds } from './step-typed.ts'

export type BesideJudgement = StepJudgement & {
  /** Steps of the plan without which the step may not be: they are set with it. */
  readonly standsOn: readonly Action[]
}

/**
 * What the rules say of a step beside the plan on the screen. It is judged by what her own steps allow, since the rest is drawn again
 * around it; where that refuses it, the steps of the plan at its posts are held beside it, and as few of them as it needs are set with it:
 * what the screen builds is not said to be missing.
 *
 * @param own steps that a hand has set before
 * @param others the other steps of the plan on the screen
 */
export function judgeBeside(
  problem: PlanProblem,
  own: readonly Action[],
  others: readonly Action[],
  step: Action,
): BesideJudgement {
  const alone = judgeStep(problem, own, step)
  if (alone.broken.length === 0) return { ...alone, standsOn: [] }
  const posts = new Set(postsOf(step))
  const near = others
    .filter((other) => postsOf(other).some((post) => posts.has(post)) && !own.some((each) => isSame(each, other)))
    .toSorted((a, b) => stepKinds.indexOf(a.kind) - stepKinds.indexOf(b.kind))
  // Step by step, what is built first: none of them may break a rule that stands without it.
  const isAllowed = (held: readonly Action[]): boolean =>
    [...held, step].every((each, at) => judgeStep(problem, [...own, ...held.slice(0, at)], each).broken.length === 0)
  const buildings = near.filter(({ kind }) => kind === 'facility')
  const enough = [buildings, near].find((held) => held.length > 0 && isAllowed(held))
  if (!enough) return { ...alone, standsOn: [] }
  const standsOn = enough.reduce((held: readonly Action[], each) => {
    const without = held.filter((other) => other !== each)
    return isAllowed(without) ? without : held
  }, enough)
  return { ...judgeStep(problem, [...own, ...standsOn], step), standsOn }
}

function postsOf(action: Action): readonly string[] {
  if (action.kind === 'pool') return action.posts
  return action.kind === 'move' ? [action.from, action.to] : [action.post]
}
