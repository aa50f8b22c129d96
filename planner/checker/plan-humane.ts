import type { MoveAction, PlanProblem, PlanYear, Post, PostKey } from '../plan/words.ts'
import { type BrokenPlanRule, brokenPlan } from './broken.ts'
import { cutsIn, openShifts, shiftsOfOne } from './plan-cover.ts'
import type { Judged, StepRuleReading } from './plan-judged.ts'
import { countsIn, kindOf, minutesBetween, placedOf, type Reading, takenBy, yearsFrom } from './plan-reading.ts'

/** Where people are sent, and what becomes of the posts they leave. */
export const humaneRules: readonly StepRuleReading[] = [
  facilityMissing,
  postedAlone,
  tooFewOfficers,
  comesAndGoes,
  losesCover,
  mustBeCovered,
  hoursMayNotBeCut,
  poolingNotAllowed,
  poolTooFar,
]

/** Somebody who comes to a post by the plan: where, when she serves there first, and which action sends her. */
type Arrival = Come & { readonly at: number; readonly post: PostKey }
type Come = { readonly year: PlanYear; readonly count: number; readonly women: number }

function arrivalsIn(judged: Judged): readonly Arrival[] {
  const { problem, plan } = judged
  const moves = placedOf(plan.actions, 'move').map(
    ({ action, at }): Arrival => ({ at, post: action.to, ...movedBy(judged, action) }),
  )
  const hires = placedOf(plan.actions, 'hire').map(
    ({ action, at }): Arrival => ({
      at,
      post: action.post,
      year: countsIn(action, problem.rules.leadMonths.hiring),
      count: action.count,
      women: action.count,
    }),
  )
  return [...moves, ...hires]
}

/** No man is moved by a plan; where a hand does so, he is counted as who he is. */
function movedBy({ people }: Reading, { year, count, who }: MoveAction): Come {
  const women = takenBy(who).filter(({ name }) => people.get(name)?.serves.isWoman ?? true)
  return { year, count, women: countIn(women) }
}

// ---------------------------------------------------------------------------------------------------------------------
// Where they come to

function facilityMissing(judged: Judged): readonly BrokenPlanRule[] {
  const { problem, posts, plan } = judged
  const built = new Map<string, PlanYear>()
  for (const action of kindOf(plan.actions, 'facility')) {
    const name = `${action.facility} at ${action.post}`
    const ready = countsIn(action, problem.rules.leadMonths.facility)
    built.set(name, Math.min(ready, built.get(name) ?? ready))
  }
  const isReady = (post: Post, facility: string, year: PlanYear): boolean =>
    post.facilities[facility] === 'yes' || (built.get(`${facility} at ${post.key}`) ?? Infinity) <= year
  return arrivalsIn(judged).flatMap(({ at, post: key, year }) => {
    const post = posts.get(key)
    if (post === undefined) return []
    return problem.rules.facilitiesNeeded
      .filter((facility) => !isReady(post, facility, year))
      .map((facility) => brokenPlan('plan.facility-missing', { action: at, post: key, year, of: facility }))
  })
}

function postedAlone(judged: Judged): readonly BrokenPlanRule[] {
  const allowed = judged.problem.rules.together.women
  const serving = servingIn(judged, true)
  return firstShort(judged, (post, year) => ({ found: serving(post.key, year), allowed })).map(({ at, ...short }) =>
    brokenPlan('plan.posted-alone', { action: at, ...short }),
  )
}

function tooFewOfficers(judged: Judged): readonly BrokenPlanRule[] {
  const { officersPerShift } = judged.problem.rules.together
  // An agency that gives its women alone cannot know how many officers there are: 0 takes the rule away.
  if (officersPerShift === 0) return []
  const serving = servingIn(judged, false)
  return firstShort(judged, (post, year) => ({
    found: serving(post.key, year),
    allowed: officersNeeded(judged.problem, post),
  })).map(({ at, ...short }) => brokenPlan('plan.too-few-officers', { action: at, ...short }))
}

/** For each arrival the first year from hers on in which fewer serve at the post than must. */
function firstShort(
  judged: Judged,
  count: (post: Post, year: PlanYear) => { readonly found: number; readonly allowed: number },
) {
  return arrivalsIn(judged).flatMap(({ at, post: key, year: since }) => {
    const post = judged.posts.get(key)
    if (post === undefined) return []
    const short = yearsFrom(judged.problem, since)
      .map((year) => ({ at, post: key, year, ...count(post, year) }))
      .find(({ found, allowed }) => found < allowed)
    return short === undefined ? [] : [short]
  })
}

/** People who serve at a post at the end of a year: those of today, less who moved away, and who came. */
function servingIn(judged: Judged, womenAlone: boolean): (post: PostKey, year: PlanYear) => number {
  const counted = [...judged.people.values()].filter(({ serves }) => serves.isWoman || !womenAlone)
  const there = Map.groupBy(counted, ({ serves }) => serves.post)
  const left = Map.groupBy(kindOf(judged.plan.actions, 'move'), ({ from }) => from)
  const came = Map.groupBy(arrivalsIn(judged), ({ post }) => post)
  const by = (year: PlanYear, some: readonly Come[] = []): number =>
    some.reduce((total, one) => total + (one.year > year ? 0 : womenAlone ? one.women : one.count), 0)
  return (post, year) => {
    const gone = (left.get(post) ?? []).map((move) => movedBy(judged, move))
    return countIn(there.get(post) ?? []) - by(year, gone) + by(year, came.get(post))
  }
}

const countIn = (counted: readonly { readonly count: number }[]): number =>
  counted.reduce((total, { count }) => total + count, 0)

/** Whole officers without whom somebody would stand on a shift of the full hours alone. */
function officersNeeded(problem: PlanProblem, { shifts }: Post): number {
  const ofOne = shiftsOfOne(problem, shifts)
  const shiftsIn28Days = shifts.reduce((total, { daysAWeek }) => total + 4 * daysAWeek, 0)
  // 5.000000001 by the order of a computer's divisions is 5 officers.
  return ofOne === 0 ? 0 : Math.ceil((problem.rules.together.officersPerShift * shiftsIn28Days) / ofOne - tolerance)
}

// ---------------------------------------------------------------------------------------------------------------------
// What they leave

/** A post to which women have come, or which shares its women on call, sends none away in that year or later. */
function comesAndGoes(judged: Judged): readonly BrokenPlanRule[] {
  const pools = kindOf(judged.plan.actions, 'pool')
  const needy = new Map<PostKey, PlanYear>()
  for (const { post, year } of [
    ...arrivalsIn(judged),
    ...pools.flatMap(({ posts, year }) => posts.map((post) => ({ post, year }))),
  ]) {
    needy.set(post, Math.min(year, needy.get(post) ?? year))
  }
  return placedOf(judged.plan.actions, 'move')
    .filter(({ action }) => (needy.get(action.from) ?? Infinity) <= action.year)
    .map(({ action, at }) => {
      const { from: post, year, count: found } = action
      return brokenPlan('plan.comes-and-goes', { action: at, post, year, found, allowed: 0 })
    })
}

/**
 * Whom a post sends away it can spare, or somebody takes her place: in no year from then on it covers less than those who
 * would serve there without the plan, in the hours it is open for.
 */
function losesCover({ problem, posts, plan, before, after }: Judged): readonly BrokenPlanRule[] {
  const left = Map.groupBy(placedOf(plan.actions, 'move'), ({ action }) => action.from)
  const cuts = cutsIn(plan.actions)
  return [...left].flatMap(([key, moves]) => {
    const post = posts.get(key)
    const first = moves.reduce((one, other) => (other.action.year < one.action.year ? other : one))
    return yearsFrom(problem, first.action.year)
      .flatMap((year) => {
        const [now, without] = [after(key, year), before(key, year)]
        if (post === undefined || now === undefined || without === undefined) return []
        const ofOne = shiftsOfOne(problem, openShifts(post, cuts, year))
        const allowed = Math.min(now.needed, without.trained * ofOne)
        return [{ year, found: now.covered, allowed }]
      })
      .filter(({ found, allowed }) => found < allowed - tolerance)
      .slice(0, 1)
      .map((lost) => brokenPlan('plan.loses-cover', { action: first.at, post: key, ...lost }))
  })
}

function mustBeCovered({ problem, after }: Judged): readonly BrokenPlanRule[] {
  return problem.posts.flatMap(({ key, mustBeCovered: must }) => {
    const row = after(key, problem.years)
    if (!must || row === undefined || row.covered >= row.needed - tolerance) return []
    const { post, year, covered: found, needed: allowed } = row
    return [brokenPlan('plan.must-be-covered', { post, year, found, allowed })]
  })
}

// ---------------------------------------------------------------------------------------------------------------------
// Hours and pools

function hoursMayNotBeCut({ posts, plan }: Judged): readonly BrokenPlanRule[] {
  return placedOf(plan.actions, 'day-only')
    .filter(({ action }) => posts.get(action.post)?.dayShifts === null)
    .map(({ action, at }) =>
      brokenPlan('plan.hours-may-not-be-cut', { action: at, post: action.post, year: action.year }),
    )
}

function poolingNotAllowed({ problem, plan }: Judged): readonly BrokenPlanRule[] {
  if (problem.rules.onCall.minutes > 0) return []
  return poolsOf(plan).map((pool) => brokenPlan('plan.pooling-not-allowed', pool))
}

function poolTooFar(judged: Judged): readonly BrokenPlanRule[] {
  const { problem, plan } = judged
  const allowed = problem.rules.onCall.minutes
  if (allowed === 0) return []
  return placedOf(plan.actions, 'pool').flatMap(({ action, at }) => {
    const found = wayOf(judged, action.posts)
    return found > allowed + tolerance
      ? [brokenPlan('plan.pool-too-far', { action: at, post: action.posts[0], year: action.year, found, allowed })]
      : []
  })
}

function poolsOf({ actions }: Judged['plan']) {
  return placedOf(actions, 'pool').map(({ action, at }) => ({ action: at, post: action.posts[0], year: action.year }))
}

function wayOf({ problem, posts }: Reading, [one, other]: readonly [PostKey, PostKey]): number {
  const [from, to] = [posts.get(one), posts.get(other)]
  return from === undefined || to === undefined ? 0 : minutesBetween(problem.rules, from, to)
}

/** Shifts, minutes or people by which two ways to compute one number may differ. */
const tolerance = 1e-6
