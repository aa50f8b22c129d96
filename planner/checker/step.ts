import type { Action, PlanProblem } from '../plan/words.ts'
import type { BrokenPlanRule, PlanRule } from './broken.ts'
import { checkSteps, type PlanJudgement } from './plan.ts'

/** What the rules say of one step that a hand is about to set. */
export type StepJudgement = {
  /** Rules that it breaks: it cannot be set. Empty: it can. */
  readonly broken: readonly BrokenPlanRule[]
  /** Rules that it breaks and hurts nobody by: it costs, and wins nothing. It may be set. */
  readonly idle: readonly BrokenPlanRule[]
  /** Shifts of 28 days, at the end of the last year, that are covered with it and would not be by her other steps. */
  readonly wins: number
}

/**
 * A step may be set where its author's own steps, with it, keep every rule: then there is a plan that keeps the rules and has it, and
 * the rest can be drawn again around it. What the plan does besides is not counted on, since it is drawn again. A rule that her steps
 * break already is not broken anew.
 *
 * @param own steps that a hand has set before
 */
export function judgeStep(problem: PlanProblem, own: readonly Action[], step: Action): StepJudgement {
  const open = { ...problem, fixed: [] }
  const [without, together] = [checkSteps(open, own), checkSteps(open, [...own, step])]
  const known = new Set(without.broken.map(nameOf))
  const broken = together.broken.filter((rule) => !known.has(nameOf(rule)))
  const covered = ({ after }: PlanJudgement): number =>
    after.reduce((sum, row) => sum + (row.year === problem.years ? row.covered : 0), 0)
  return {
    broken: broken.filter(isSerious),
    idle: broken.filter((rule) => !isSerious(rule)),
    wins: covered(together) - covered(without),
  }
}

/** By what it is about, and not by how far it is broken. */
const nameOf = ({ code, post, year, of }: BrokenPlanRule): string => [code, post, year, of].join('\n')

const isSerious = ({ code }: BrokenPlanRule): boolean => !harmless.has(code)
const harmless: ReadonlySet<PlanRule> = new Set(['plan.needs-no-training', 'plan.moved-untrained'])
