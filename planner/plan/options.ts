import { gapsOf } from './proof.ts'
import { type PlanRun, toldFor } from './solve.ts'
import { type PlanDecision, solvePlan } from './solve-plan.ts'
import type { Action, HumaneOption, HumaneOptions, ImpossibleOption, Plan, PlanProblem, PlanRefusal } from './words.ts'

/**
 * Three humane options side by side. `no-moves`: facilities, training, hiring and shared duties; nobody moves, volunteers
 * included. `fewest-changes`: by the rules as they are. The third is `most-cover`, the most risk-weighted shifts for the money,
 * where money is bounded; where nothing bounds it, it would be the second again, and is `no-hires`: what those can do who serve
 * today. What a hand has set stands in all three. A way in which a post stays open that must be covered is no way: it stands in
 * `impossible` with the smallest set of rules that says so, or in `notFound` where that is not proven. Where the rules as they are contradict each other, that is the refusal.
 *
 * @param run `onOptions` is told the ways that are there after each of them, so that whoever waits no longer has them
 */
export async function humaneOptions(
  problem: PlanProblem,
  budget: number | null,
  run: PlanRun & { readonly onOptions?: (soFar: HumaneOptions) => void },
): Promise<
  { readonly ok: true; readonly value: HumaneOptions } | { readonly ok: false; readonly refusal: PlanRefusal }
> {
  const every = { ...problem, aim: { kind: 'every-shift', budget: problem.aim.budget } } as const
  const isBounded = budget !== null || problem.caps.some((caps) => caps.budget !== null)
  const asked: readonly (readonly [HumaneOption['key'], PlanProblem])[] = [
    ['no-moves', without(every, 'move')],
    ['fewest-changes', every],
    isBounded
      ? ['most-cover', { ...problem, aim: { kind: 'most-cover', budget, counts: 'shifts' } }]
      : ['no-hires', without(every, 'hire')],
  ]
  const options: HumaneOption[] = []
  const impossible: ImpossibleOption[] = []
  const notFound: HumaneOption['key'][] = []
  const soFar = (): HumaneOptions => ({
    options: options.map((each) => atLeast(each, options)),
    impossible,
    notFound,
  })
  for (const [at, [key, each]] of asked.entries()) {
    // Each has its share of the time that is left.
    const began = run.elapsed()
    const seconds = Math.max(0.1, ((run.seconds ?? 60) - began) / (asked.length - at))
    const way = { key, at: at + 1, of: asked.length }
    const decided: PlanDecision = await solvePlan(each, {
      ...run,
      seconds,
      elapsed: () => run.elapsed() - began,
      onProgress: (progress) => run.onProgress?.({ ...progress, way }),
    })
    if (decided.ok) options.push(option(key, each, decided.value))
    else if (key !== 'fewest-changes' && decided.refusal.code === 'planner.none-found') notFound.push(key)
    else if (key === 'fewest-changes' || decided.refusal.code !== 'planner.contradiction') return decided
    else impossible.push({ key, contradicts: decided.refusal.contradicts })
    run.onOptions?.(soFar())
  }
  return { ok: true, value: soFar() }
}

/**
 * Over several years a way may stop short of what another found that it would have been free to do: then it does that. None of the
 * three is told as the best of its kind while one beside it is better by the same measure.
 */
function atLeast(own: HumaneOption, options: readonly HumaneOption[]): HumaneOption {
  if (own.plan.status === 'proven') return own
  const { problem } = own
  const sign = own.plan.value.sense === 'least' ? 1 : -1
  let best = own
  for (const other of options) {
    if (other === own || !isFree(own, other)) continue
    const told = toldFor(problem, other.plan.actions, own.plan.value)
    if (told === null) continue
    const { reached } = best.plan.value
    const won = sign * (reached - told.plan.value.reached)
    if (won > 1e-6 * Math.max(1, Math.abs(reached)))
      best = option(own.key, problem, { ...told.plan, gaps: gapsOf(told.reading, told.cover) })
  }
  return best
}

/** Whether a way might have taken all steps of another: its money holds them, and none is of the kind that it forgoes. */
function isFree({ key, problem }: HumaneOption, { plan, moved, hired }: HumaneOption): boolean {
  const { budget } = problem.aim
  if (budget !== null && plan.cost > budget + 1e-6) return false
  const set = (kind: Action['kind']): number =>
    problem.fixed.reduce((sum, action) => sum + (action.kind === kind ? action.count : 0), 0)
  return !(key === 'no-moves' && moved > set('move')) && !(key === 'no-hires' && hired > set('hire'))
}

/** The problem with none of a kind, but for those that a hand has set. */
function without(problem: PlanProblem, kind: 'move' | 'hire'): PlanProblem {
  const set = problem.fixed.filter((action) => action.kind === kind)
  if (kind === 'move' && set.length === 0) return { ...problem, rules: { ...problem.rules, moves: 'none' } }
  const cap = kind === 'move' ? 'moves' : 'hires'
  const caps = problem.caps.map((each, index) => ({
    ...each,
    [cap]: set.reduce((sum, { year, count }) => sum + (year === index + 1 ? count : 0), 0),
  }))
  return { ...problem, caps }
}

function option(key: HumaneOption['key'], problem: PlanProblem, plan: Plan): HumaneOption {
  const people = (kind: Action['kind']): number =>
    plan.actions.reduce((sum, action) => sum + (action.kind === kind ? action.count : 0), 0)
  const uncovered = plan.after
    .filter(({ year }) => year === problem.years)
    .reduce((sum, { needed, covered }) => sum + needed - covered, 0)
  return { key, problem, plan, moved: people('move'), hired: people('hire'), trained: people('train'), uncovered }
}
