import type { Action, PlanProblem } from '../plan/words.ts'
import type { BrokenPlanRule, PlanRule } from './broken.ts'
import { checkSteps } from './plan.ts'

/** What the rules say of one step that a hand is about to set. */
export type StepJudgement = {
  /** Rules that it breaks: it cannot be set. Empty: it can. */
  readonly broken: readonly BrokenPlanRule[]
  /** Rules that it breaks and hurts nobody by: it costs, and wins nothing. It may be set. */
  readonly idle: readonly BrokenPlanRule[]
  /** Shifts of 28 days, at the end of the last year, that are covered with it and would not be with her own steps alone. */
  readonly wins: number
}

/**
 * A step may be set where its author's own steps keep every rule with it, or where the plan as it stands does: in both there is
 * a plan that keeps the rules and has it, so that the rest can be drawn again around it. What another step breaks that nobody has
 * set is no fault of this one, since it is drawn again.
 *
 * @param own steps that a hand has set before
 * @param free steps of the plan as it stands that nobody has set, without those that give way to this one
 */
export function judgeStep(
  problem: PlanProblem,
  { own, free }: { readonly own: readonly Action[]; readonly free: readonly Action[] },
  step: Action,
): StepJudgement {
  const open = { ...problem, fixed: [] }
  const alone = [checkSteps(open, own), checkSteps(open, [...own, step])] as const
  const within = [checkSteps(open, [...own, ...free]), checkSteps(open, [...own, ...free, step])] as const
  const last = own.length + free.length
  const byItself = newlyBroken(alone[0].broken, alone[1].broken, () => true)
  const inPlan = newlyBroken(
    within[0].broken,
    within[1].broken,
    (action) => action === null || action < own.length || action === last,
  )
  const covered = ({ after }: (typeof alone)[0]): number =>
    after.reduce((sum, row) => sum + (row.year === problem.years ? row.covered : 0), 0)
  return {
    broken: inPlan.some(isSerious) ? byItself.filter(isSerious) : [],
    idle: byItself.filter((rule) => !isSerious(rule)),
    wins: covered(alone[1]) - covered(alone[0]),
  }
}

function newlyBroken(
  before: readonly BrokenPlanRule[],
  after: readonly BrokenPlanRule[],
  counts: (action: number | null) => boolean,
): readonly BrokenPlanRule[] {
  const known = new Set(before.map(nameOf))
  return after.filter((rule) => counts(rule.action) && !known.has(nameOf(rule)))
}

/** By what it is about, and not by how far it is broken: a rule that is broken already is not broken anew. */
const nameOf = ({ code, post, year, of }: BrokenPlanRule): string => [code, post, year, of].join('\n')

const isSerious = ({ code }: BrokenPlanRule): boolean => !harmless.has(code)
const harmless: ReadonlySet<PlanRule> = new Set(['plan.needs-no-training'])
