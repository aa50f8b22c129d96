import { type BrokenPlanRule, stepsChecker } from '../checker/checker.ts'
import { costOf } from './price.ts'
import { postsNamed, type Reading } from './reading.ts'
import { merged, splitIn } from './schedule.ts'
import { isWithinLimits } from './target.ts'
import type { Action } from './words.ts'

/**
 * Steps that were chosen for the end of the last year and placed in an earlier one, as the checker lets them stand: whoever may leave
 * when certificates have ended may not while they last. What breaks a rule waits a year; where no year has room for it, it is left out.
 */
export function keepingRules({ problem }: Reading, actions: readonly Action[]): readonly Action[] {
  const { fixed } = problem
  const { judge } = stepsChecker(problem)
  const brokenBy = (own: readonly Action[]): readonly BrokenPlanRule[] =>
    judge([...fixed, ...own]).broken.filter(({ code }) => code !== 'plan.must-be-covered')
  // What is broken by what a hand has set is hers.
  const byHand = new Set(fixed.length > 0 ? brokenBy([]).map(nameOfBroken) : [])
  const brokenAnew = (own: readonly Action[]): readonly BrokenPlanRule[] =>
    brokenBy(own).filter((rule) => !byHand.has(nameOfBroken(rule)))
  if (brokenAnew(actions).length === 0) return actions
  let now = actions.flatMap(splitIn)
  for (;;) {
    const late = new Set(brokenAnew(now).flatMap(causing))
    if (late.size === 0) return merged(now)
    let kept = now.filter((action) => !late.has(action))
    for (const action of late) {
      const later = laterYears(action).find((each) => isWithinLimits(problem, [...fixed, ...kept, each]))
      if (later !== undefined) kept = [...kept, later]
    }
    now = kept
  }

  /** The step that is at fault; where it is a hand's, or none, what the plan does at that post. */
  function causing({ action, post }: BrokenPlanRule): readonly Action[] {
    const one = action === null ? undefined : now[action - fixed.length]
    return one === undefined ? now.filter((each) => post !== null && postsNamed(each).includes(post)) : [one]
  }

  function laterYears(action: Action): readonly Action[] {
    return Array.from({ length: problem.years - action.year }, (_, at) => {
      const later = { ...action, year: action.year + 1 + at }
      return { ...later, cost: costOf(problem, later) }
    })
  }
}

/** By what it is about, and not by how far it is broken. */
export const nameOfBroken = ({ code, post, year, of }: BrokenPlanRule): string => [code, post, year, of].join(' ')
