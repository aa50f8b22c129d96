import type { Action, OpenShift, Plan, PlanProblem, PostCoverage, Proof } from '../plan/words.ts'
import { type BrokenPlanRule, brokenPlan, type PlanRule } from './broken.ts'
import { cutsIn, openShifts, type Rows, rowsOf, shiftsOfOne } from './plan-cover.ts'
import type { Judged, PlanRuleReading } from './plan-judged.ts'
import { proving, sparedByDay } from './plan-proof.ts'
import { yearsFrom } from './plan-reading.ts'

/** What the plan says of itself: cost, changes, cover, gaps, proof. */
export const numbersRules: readonly PlanRuleReading[] = [
  costWrong,
  totalWrong,
  changesWrong,
  (judged) => coverWrong('plan.cover-before-wrong', judged, judged.plan.before, judged.before),
  (judged) => coverWrong('plan.cover-after-wrong', judged, judged.plan.after, judged.after),
  ({ problem, plan }) => rowsWrong(problem, plan.before),
  ({ problem, plan }) => rowsWrong(problem, plan.after),
  gapWrong,
  whyAndProofWrong,
  valueWrong,
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

/** Each post once in each year, and no other: of two rows a reader would not know which is right. */
function rowsWrong(problem: PlanProblem, rows: readonly PostCoverage[]): readonly BrokenPlanRule[] {
  const known = new Set(problem.posts.map(({ key }) => key))
  return [...Map.groupBy(rows, ({ post, year }) => `${year} ${post}`).values()].flatMap((same) => {
    const [row] = same
    if (row === undefined) return []
    const isOne = known.has(row.post) && Number.isInteger(row.year) && row.year >= 1 && row.year <= problem.years
    const allowed = isOne ? 1 : 0
    return same.length === allowed
      ? []
      : [brokenPlan('plan.row-wrong', { post: row.post, year: row.year, found: same.length, allowed })]
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
    const own = gaps.get(post) ?? []
    const found = sum(own.map(({ uncovered }) => uncovered))
    return isNear(found, allowed) && own.length <= 1
      ? []
      : [brokenPlan('plan.gap-wrong', { post, year: problem.years, found, allowed })]
  })
  return [...strangers, ...posts]
}

/** Why a post stays open, and every number of its proof, by the checker's own count. */
function whyAndProofWrong(judged: Judged<Plan>): readonly BrokenPlanRule[] {
  const { problem, plan, posts } = judged
  if (plan.gaps.length === 0) return []
  const prove = proving(judged)
  const isHandSet = problem.fixed.length > 0 || problem.forbidden.length > 0
  return plan.gaps.flatMap(({ post: key, why, proof }) => {
    const post = posts.get(key)
    if (post === undefined) return []
    const right = prove(post)
    const of = firstDiffering(proof, right)
    const isImpossible = right.missing > sparedByDay(judged, post)
    const allowed = isImpossible ? 'impossible' : isHandSet ? 'chosen' : 'shared'
    return [
      ...(of === null ? [] : [brokenPlan('plan.proof-wrong', { post: key, year: problem.years, ...of })]),
      ...(why === allowed ? [] : [brokenPlan('plan.why-wrong', { post: key, year: problem.years, of: allowed })]),
    ]
  })
}

type Differing = { readonly of: string; readonly found: number; readonly allowed: number }

/** The first number or word of a proof that is not as it is counted. `of`: where it stands, as "hire cap". */
function firstDiffering(said: Proof, right: Proof): Differing | null {
  const numbers = (['hoursAWeek', 'shifts', 'needs', 'has', 'missing'] as const).map(
    (of): Differing => ({ of, found: said[of], allowed: right[of] }),
  )
  const parts = right.parts.flatMap((part, at): Differing[] => {
    const own = said.parts[at]
    if (own?.way !== part.way) return [{ of: part.way, found: 0, allowed: 1 }]
    return [
      { of: part.way, found: own.can, allowed: part.can },
      { of: `${part.way} nearest`, found: own.nearest?.count ?? 0, allowed: part.nearest?.count ?? 0 },
      { of: `${part.way} minutes`, found: own.nearest?.minutes ?? 0, allowed: part.nearest?.minutes ?? 0 },
      {
        of: `${part.way} ${part.nearest?.post ?? ''}`,
        found: Number(own.nearest?.post === part.nearest?.post),
        allowed: 1,
      },
      { of: `${part.way} reasons`, found: own.because.length, allowed: part.because.length },
      ...part.because.map((why, nth): Differing => {
        const told = own.because[nth]
        const isSame = told?.code === why.code && told.facilities.join() === why.facilities.join()
        return { of: `${part.way} ${why.code}`, found: isSame ? told.count : Number.NaN, allowed: why.count }
      }),
    ]
  })
  const length = { of: 'ways', found: said.parts.length, allowed: right.parts.length }
  const post = { of: right.post, found: Number(said.post === right.post), allowed: 1 }
  return [post, ...numbers, length, ...parts].find(({ found, allowed }) => !isNear(found, allowed)) ?? null
}

// ---------------------------------------------------------------------------------------------------------------------
// Value and bound

/** As the words of a plan's value have them: the checker takes no number of an engine's. */
const missingWeight = 1000
const earlierWeight = 0.01
const changeWeight = 1e-4

/** What the aim makes of the plan, from the cover and the changes as they are counted here. */
function valueWrong({ problem, plan, after, posts }: Judged<Plan>): readonly BrokenPlanRule[] {
  const sense = problem.aim.kind === 'every-shift' ? 'least' : 'most'
  const cuts = cutsIn(plan.actions)
  const worth = sum(
    yearsFrom(problem, 1).map((year) => {
      const each = sum(
        [...posts.values()].map((post) => {
          const row = after(post.key, year)
          if (row === undefined) return 0
          const missing = missingAt(problem, row, openShifts(post, cuts, year))
          if (problem.aim.kind === 'every-shift') return missing
          return post.risk * (problem.aim.counts === 'shifts' ? row.covered : Number(missing === 0))
        }),
      )
      if (sense === 'most') return each / problem.years
      return each * (year === problem.years ? missingWeight : earlierWeight)
    }),
  )
  const changes = changesOf(problem, plan.actions)
  const allowed = sense === 'least' ? worth + changes : worth - changeWeight * changes
  const isRight = plan.value.sense === sense && isNear(plan.value.reached, allowed)
  return isRight ? [] : [brokenPlan('plan.value-wrong', { found: plan.value.reached, allowed })]
}

/** Women it needs, less those it has and those whom a neighbour sends: whole where nobody is expected to leave. */
function missingAt(problem: PlanProblem, row: PostCoverage, open: readonly OpenShift[]): number {
  if (row.covered >= row.needed - 1e-9) return 0
  const ofOne = shiftsOfOne(problem, open)
  const needs = row.needed / ofOne
  const missing = (problem.rules.attrition === 0 ? Math.ceil(needs - 1e-9) : needs) - row.trained - row.onCall / ofOne
  return missing > 1e-9 ? missing : 0
}

/**
 * No bound is on the wrong side of what is reached, and what is called proven has its bound exactly there. That no plan passes the
 * bound is the solver's word: the checker has no solver, and whoever shows the plan says so.
 */
function notProven({ plan }: Judged<Plan>): readonly BrokenPlanRule[] {
  const { sense, reached, bound } = plan.value
  const open = sense === 'least' ? reached - bound : bound - reached
  const allowed = tolerance * Math.max(1, Math.abs(reached))
  const isSound = open >= -allowed && (plan.status !== 'proven' || open <= allowed)
  return isSound ? [] : [brokenPlan('plan.not-proven', { found: reached, allowed: bound })]
}

// ---------------------------------------------------------------------------------------------------------------------

/** By which two ways to compute one number may differ. */
const tolerance = 1e-6

function isNear(found: number, right: number): boolean {
  return Math.abs(found - right) <= tolerance * Math.max(1, Math.abs(right))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
