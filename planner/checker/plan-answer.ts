import type { Action, Plan, PlanProblem, PostCoverage } from '../plan/words.ts'
import { type BrokenPlanRule, brokenPlan, type PlanRule } from './broken.ts'
import type { Judged, PlanRuleReading } from './plan.ts'
import { type Rows, rowsOf } from './plan-cover.ts'
import { yearsFrom } from './plan-reading.ts'

/** What the plan says of itself: cost, changes, cover, gaps, proof. */
export const numbersRules: readonly PlanRuleReading[] = [
  costWrong,
  totalWrong,
  changesWrong,
  (judged) => coverWrong('plan.cover-before-wrong', judged, judged.plan.before, judged.before),
  (judged) => coverWrong('plan.cover-after-wrong', judged, judged.plan.after, judged.after),
  gapWrong,
  notProven,
]

/** The sum of what the actions say they cost. */
export const costOf = (actions: readonly Action[]): number => sum(actions.map(({ cost }) => cost))

/** How much the actions change people's lives, in the weights of the problem. */
export function changesOf({ changes }: PlanProblem, actions: readonly Action[]): number {
  return sum(actions.map((action) => action.count * weightOf(changes, action)))
}

function weightOf(changes: PlanProblem['changes'], action: Action): number {
  switch (action.kind) {
    case 'facility':
      return changes.facility
    case 'train':
      return changes.training
    case 'hire':
      return changes.hire
    case 'pool':
      return changes.pool
    case 'day-only':
      return changes.dayOnly
    case 'move':
      return (action.isVolunteer ? changes.volunteerMove : changes.move) + (changes.movePer100Km * action.km) / 100
  }
}

/** In the prices of the problem. */
function priceOf({ costs, years }: PlanProblem, action: Action): number {
  switch (action.kind) {
    case 'facility':
      return (
        (Object.hasOwn(costs.facility, action.facility) ? costs.facility[action.facility] : undefined) ?? action.cost
      )
    case 'train':
      return action.count * costs.training
    case 'hire':
      return action.count * costs.hire
    case 'pool':
      return costs.poolYear * (years - action.year + 1)
    case 'day-only':
      return costs.dayOnlyYear * (years - action.year + 1)
    case 'move':
      return action.count * (costs.move + costs.movePerKm * action.km)
  }
}

function costWrong({ problem, plan }: Judged<Plan>): readonly BrokenPlanRule[] {
  return plan.actions.flatMap((action, at) => {
    const allowed = priceOf(problem, action)
    // Money is in whole units: the price of each person's kilometres may have been rounded.
    const rounding = action.kind === 'move' ? action.count * (0.5 + problem.costs.movePerKm * 0.5) : 0
    return Math.abs(action.cost - allowed) <= rounding + tolerance
      ? []
      : [brokenPlan('plan.cost-wrong', { action: at, year: action.year, found: action.cost, allowed })]
  })
}

function totalWrong({ plan }: Judged<Plan>): readonly BrokenPlanRule[] {
  return differing('plan.total-wrong', plan.cost, costOf(plan.actions))
}

function changesWrong({ problem, plan }: Judged<Plan>): readonly BrokenPlanRule[] {
  return differing('plan.changes-wrong', plan.changes, changesOf(problem, plan.actions))
}

function differing(code: PlanRule, found: number, allowed: number): readonly BrokenPlanRule[] {
  return isNear(found, allowed) ? [] : [brokenPlan(code, { found, allowed })]
}

// ---------------------------------------------------------------------------------------------------------------------
// Cover

const counted = ['trained', 'needed', 'closed', 'own', 'onCall', 'covered'] as const satisfies (keyof PostCoverage)[]

function coverWrong(
  code: PlanRule,
  { problem }: Judged<Plan>,
  answered: readonly PostCoverage[],
  right: Rows,
): readonly BrokenPlanRule[] {
  const said = rowsOf(answered)
  const expected = problem.posts.flatMap(({ key }) => yearsFrom(problem, 1).map((year) => ({ post: key, year })))
  return expected.flatMap(({ post, year }) => {
    const [row, own] = [said(post, year), right(post, year)]
    if (row === undefined || own === undefined) return [brokenPlan(code, { post, year })]
    const of = counted.find((number) => !isNear(row[number], own[number]))
    return of === undefined ? [] : [brokenPlan(code, { post, year, of, found: row[of], allowed: own[of] })]
  })
}

/** Every post with uncovered shifts in the last year has its gap, as large as it is; no other has one. */
function gapWrong({ problem, plan, after }: Judged<Plan>): readonly BrokenPlanRule[] {
  const known = new Set(problem.posts.map(({ key }) => key))
  const gaps = Map.groupBy(plan.gaps, ({ post }) => post)
  const strangers = plan.gaps
    .filter(({ post }) => !known.has(post))
    .map(({ post }) => brokenPlan('plan.gap-wrong', { post }))
  const posts = problem.posts.flatMap(({ key: post }) => {
    const row = after(post, problem.years)
    const allowed = row === undefined ? 0 : row.needed - row.covered
    const found = sum((gaps.get(post) ?? []).map(({ uncovered }) => uncovered))
    return isNear(found, allowed) ? [] : [brokenPlan('plan.gap-wrong', { post, year: problem.years, found, allowed })]
  })
  return [...strangers, ...posts]
}

// ---------------------------------------------------------------------------------------------------------------------
// Proof

/** What is called proven has its bound where it is; no bound is on the wrong side of what is reached. */
function notProven({ plan }: Judged<Plan>): readonly BrokenPlanRule[] {
  const { sense, reached, bound } = plan.value
  const open = sense === 'least' ? reached - bound : bound - reached
  // The solver itself calls an answer proven within its own tolerance.
  const allowed = 1e-4 * Math.max(1, Math.abs(reached))
  const isSound = open >= -allowed && (plan.status === 'stopped' || open <= allowed)
  return isSound ? [] : [brokenPlan('plan.not-proven', { found: reached, allowed: bound })]
}

// ---------------------------------------------------------------------------------------------------------------------

/** By which two ways to compute one number may differ. */
const tolerance = 1e-6

function isNear(found: number, right: number): boolean {
  return Math.abs(found - right) <= tolerance * Math.max(1, Math.abs(right))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
