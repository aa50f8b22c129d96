import type { PlanDecision } from './plan.ts'
import { solvePlan } from './plan.ts'
import type { PlanRun } from './solve.ts'
import type { Action, HumaneOption, Plan, PlanProblem, PlanRefusal } from './words.ts'

/**
 * Three humane options side by side. `no-moves`: facilities, training, hiring, volunteers and shared duties; nobody is
 * asked to move. `fewest-changes`: by the rules as they are. `most-cover`: the most risk-weighted shifts for `budget`.
 */
export async function humaneOptions(
  problem: PlanProblem,
  budget: number | null,
  run: PlanRun,
): Promise<
  { readonly ok: true; readonly value: readonly HumaneOption[] } | { readonly ok: false; readonly refusal: PlanRefusal }
> {
  const { rules, aim } = problem
  const every = { kind: 'every-shift', budget: aim.budget } as const
  const asked: readonly (readonly [HumaneOption['key'], PlanProblem])[] = [
    [
      'no-moves',
      { ...problem, aim: every, rules: { ...rules, moves: rules.moves === 'none' ? 'none' : 'volunteers' } },
    ],
    ['fewest-changes', { ...problem, aim: every }],
    ['most-cover', { ...problem, aim: { kind: 'most-cover', budget, counts: 'shifts' } }],
  ]
  const found: HumaneOption[] = []
  for (const [at, [key, each]] of asked.entries()) {
    // Each has its share of the time that is left.
    const began = run.elapsed()
    const seconds = Math.max(0.1, ((run.seconds ?? 60) - began) / (asked.length - at))
    const decided: PlanDecision = await solvePlan(each, { ...run, seconds, elapsed: () => run.elapsed() - began })
    if (!decided.ok) return decided
    found.push(option(key, each, decided.value))
  }
  return { ok: true, value: found }
}

function option(key: HumaneOption['key'], problem: PlanProblem, plan: Plan): HumaneOption {
  const people = (kind: Action['kind']): number =>
    plan.actions.reduce((sum, action) => sum + (action.kind === kind ? action.count : 0), 0)
  const uncovered = plan.after
    .filter(({ year }) => year === problem.years)
    .reduce((sum, { needed, covered }) => sum + needed - covered, 0)
  return { key, problem, plan, moved: people('move'), hired: people('hire'), trained: people('train'), uncovered }
}
