import type { Action, Forbidden, PlanYear, PostKey, YearCaps } from '../plan/words.ts'
import { type BrokenPlanRule, brokenPlan } from './broken.ts'
import type { Judged, StepRuleReading } from './plan-judged.ts'
import { isAbout, kindOf, takenBy } from './plan-reading.ts'

/** Caps, money, vacancies, and what a hand has set or struck out. */
export const limitRules: readonly StepRuleReading[] = [caps, budgets, vacancies, fixedMissing, forbidden]

const capOf = {
  train: 'trainings',
  move: 'moves',
  hire: 'hires',
  facility: 'facilities',
  pool: 'pools',
  'day-only': 'dayOnly',
} as const satisfies Record<Action['kind'], keyof YearCaps>

function caps({ problem, plan }: Judged): readonly BrokenPlanRule[] {
  const kinds = Object.entries(capOf)
  return problem.caps.flatMap((cap, index) =>
    kinds.flatMap(([kind, of]) => {
      const decided = plan.actions.filter((action) => action.kind === kind && action.year === index + 1)
      const found = sum(decided.map(({ count }) => count))
      return over(found, cap[of]).map((numbers) => brokenPlan('plan.cap', { year: index + 1, of, ...numbers }))
    }),
  )
}

function budgets({ problem, plan }: Judged): readonly BrokenPlanRule[] {
  const ofYears = problem.caps.flatMap(({ budget }, index) =>
    over(spentIn(plan.actions, index + 1), budget).map((numbers) =>
      brokenPlan('plan.budget', { year: index + 1, ...numbers }),
    ),
  )
  const all = over(sum(plan.actions.map(({ cost }) => cost)), problem.aim.budget)
  return [...ofYears, ...all.map((numbers) => brokenPlan('plan.budget', numbers))]
}

/** Whoever decides on a pool or day-only hours binds the money of all their years: it is taken from the year of the decision. */
function spentIn(actions: readonly Action[], year: PlanYear): number {
  return sum(actions.filter((action) => action.year === year).map(({ cost }) => cost))
}

/** In all the years no more come than there are places, those who move away counted as places. */
function vacancies({ problem, plan }: Judged): readonly BrokenPlanRule[] {
  const moves = kindOf(plan.actions, 'move')
  const come = [
    ...moves.map(({ to: post, count }) => ({ post, count })),
    ...moves.map(({ from: post, count }) => ({ post, count: -count })),
    ...kindOf(plan.actions, 'hire'),
  ]
  const byPost = Map.groupBy(come, ({ post }) => post)
  return problem.posts.flatMap(({ key, vacancies }) =>
    over(sum((byPost.get(key) ?? []).map(({ count }) => count)), vacancies).map((numbers) =>
      brokenPlan('plan.vacancies', { post: key, ...numbers }),
    ),
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// By hand

/** What a hand has set stands; more of the same may stand beside it, or be added up with it. */
function fixedMissing({ problem, plan }: Judged): readonly BrokenPlanRule[] {
  const there = unitsOf(plan.actions)
  const set = unitsOf(problem.fixed)
  return problem.fixed
    .filter((action) => [...unitsOf([action]).keys()].some((unit) => (there.get(unit) ?? 0) < (set.get(unit) ?? 0)))
    .map((action) =>
      brokenPlan('plan.fixed-missing', { post: placesOf(action)[0] ?? null, year: action.year, of: action.kind }),
    )
}

/** How many of what: each officer, part of a group, hire, facility by itself. Ways and costs are judged on their own. */
function unitsOf(actions: readonly Action[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>()
  for (const action of actions) {
    const what = [
      action.kind,
      action.year,
      ...placesOf(action),
      action.kind === 'facility' ? action.facility : '',
    ].join('\n')
    const parts = isAbout(action) ? takenBy(action.who) : [{ name: '', count: action.count }]
    for (const { name, count } of parts) {
      const unit = `${what}\n${name}`
      units.set(unit, (units.get(unit) ?? 0) + count)
    }
  }
  return units
}

function forbidden({ problem, plan }: Judged): readonly BrokenPlanRule[] {
  return plan.actions.flatMap((action, at) =>
    problem.forbidden.some((struck) => fits(struck, action))
      ? [
          brokenPlan('plan.forbidden', {
            action: at,
            post: placesOf(action)[0] ?? null,
            year: action.year,
            of: action.kind,
          }),
        ]
      : [],
  )
}

export function fits(struck: Forbidden, action: Action): boolean {
  const isMove = action.kind === 'move'
  const who = isAbout(action) ? [...action.who.officers, ...action.who.groups.map(({ group }) => group)] : []
  return (
    (struck.kind === null || struck.kind === action.kind) &&
    (struck.post === null || placesOf(action).includes(struck.post)) &&
    (struck.from === null || (isMove && action.from === struck.from)) &&
    (struck.to === null || (isMove && action.to === struck.to)) &&
    (struck.who === null || who.includes(struck.who)) &&
    (struck.year === null || struck.year === action.year)
  )
}

function placesOf(action: Action): readonly PostKey[] {
  if (action.kind === 'move') return [action.to, action.from]
  return action.kind === 'pool' ? action.posts : [action.post]
}

// ---------------------------------------------------------------------------------------------------------------------

/** Of money, by which two orders of adding up may differ. */
const tolerance = 1e-6

function over(found: number, allowed: number | null): readonly { readonly found: number; readonly allowed: number }[] {
  return allowed !== null && found > allowed + tolerance ? [{ found, allowed }] : []
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
