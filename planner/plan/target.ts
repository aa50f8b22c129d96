import { kmBetween } from './places.ts'
import {
  type Cohort,
  firstYearOf,
  isForbidden,
  type Pair,
  type Reading,
  type ReadPost,
  usualNearest,
} from './reading.ts'
import type { Action, FacilityKey, PlanProblem, PlanYear, RuleOfPlan, YearCaps } from './words.ts'

/**
 * One question to the engine: what to decide so that the end of `year` is as good as can be, on top of what a hand or an
 * earlier year has set. Several years are such questions one after another (see `schedule.ts`).
 */
export type Target = {
  readonly reading: Reading
  readonly year: PlanYear
  /** All years up to it at once (a bound, or what to spread over them), or what is decided for this year alone. */
  readonly span: 'all-years' | 'this-year'
  readonly posts: readonly TargetPost[]
  readonly pairs: readonly Pair[]
  readonly arcs: readonly Arc[]
  readonly limits: readonly Limit[]
  /** Of those trained in time, and of those who arrive: the share expected to serve at the end of the year. */
  readonly stay: number
  readonly arrive: number
  /** Whether all may come and go in whichever order suits: a bound over several years, and no plan. */
  readonly isLoose: boolean
  /** Whether only posts that must be covered count: a question about rules, not a plan. */
  readonly onlyMust: boolean
  /** `value`: what the aim makes of a plan; `missing`: as few missing women as can be; or the fewest changes with so many. */
  readonly asks: 'value' | 'missing' | { readonly mostMissing: number }
  readonly poolMoney: number
  readonly dayOnlyMoney: number
}

export type TargetPost = {
  readonly read: ReadPost
  readonly needs: number
  readonly shifts: number
  readonly ofOne: number
  /** Day-only hours, where they may still be decided. */
  readonly day: ReadPost['day']
  readonly trained: number
  readonly onCall: number
  readonly heads: number
  readonly officers: number
  /** Women who can be trained in time: those who may be called, and the others. */
  readonly trainOnCall: number
  readonly trainOther: number
  /** Trained women who may leave, if the post stays covered; untrained ones who may be trained and leave. */
  readonly mayLeave: number
  readonly mayBeTrainedAndLeave: number
  /** Of a loose question: as many as are trained at the end of any year so far, of whom some may have left since. */
  readonly mostTrained: number
  readonly arrivals: number
  /** Of a loose question: places that nobody's leaving makes, but of those whose certificates have ended by then. */
  readonly vacant: number
  readonly canHire: boolean
  readonly unsafe: readonly FacilityKey[]
  readonly canBuild: boolean
  readonly facilityMoney: number
  /** A pool that stands already; one that a hand has set for later leaves no room for another. */
  readonly pooledWith: number | null
  readonly isReserved: boolean
  /** What a hand has set brings women here, or takes them away: what must then be so. */
  readonly isSent: boolean
  readonly leastTrained: number
}

/** A way from a cohort to a post; `trains`: she is trained before she goes. */
export type Arc = {
  readonly cohort: number
  readonly from: number
  readonly to: number
  readonly km: number
  readonly trains: boolean
  readonly isOnCall: boolean
  readonly changes: number
  readonly money: number
}

export type Kind = 'trainings' | 'moves' | 'hires' | 'facilities' | 'pools' | 'dayOnly'
export const kinds = [
  'trainings',
  'moves',
  'hires',
  'facilities',
  'pools',
  'dayOnly',
] as const satisfies readonly Kind[]

/** A cap of one kind, or a budget over some kinds. */
export type Limit = {
  readonly limit: number
  readonly of: Kind | 'budget'
  readonly counts: Readonly<Record<Kind, boolean>>
  readonly rule: RuleOfPlan
}

/** The last year in which each kind can be decided to count by the end of `year`; 0: none. */
export function decidedBy({ problem }: Reading, year: PlanYear): Readonly<Record<Kind, PlanYear>> {
  const { leadMonths } = problem.rules
  const before = (lead: number): PlanYear => Math.max(0, year - (firstYearOf(1, lead) - 1))
  return {
    trainings: before(leadMonths.training),
    moves: year,
    hires: before(leadMonths.hiring),
    facilities: before(leadMonths.facility),
    pools: year,
    dayOnly: year,
  }
}

/**
 * `withWays` false: only what posts have, for looking at cover. `isLoose`: whom a hand or the plan sends or takes binds nobody else, as if
 * all came and went in whichever order suits; a bound over several years, and no plan.
 */
export function targetOf(
  reading: Reading,
  year: PlanYear,
  span: Target['span'],
  withWays = true,
  isLoose = false,
): Target {
  const { problem } = reading
  const decided = decidedBy(reading, year)
  const posts = targetPosts(reading, year, span, decided, isLoose)
  const inForce = span === 'all-years' ? 1 : problem.years - year + 1
  const limits = limitsOf(reading, year, span, decided)
  return {
    reading,
    year,
    span,
    posts,
    pairs: withWays ? pairsOf(reading, posts, year, span) : [],
    arcs: withWays ? arcsOf(reading, year, span, posts, decided, limits.length === 0) : [],
    limits,
    stay: reading.stay[year - 1] ?? 1,
    arrive: 1,
    isLoose,
    onlyMust: false,
    asks: 'value',
    poolMoney: problem.costs.poolYear * inForce,
    dayOnlyMoney: problem.costs.dayOnlyYear * inForce,
  }
}

/** Where a cohort serves at the end of a year, as far as it is set. */
export function placeAt({ post, fixed }: Cohort, year: PlanYear): number {
  return fixed.move && fixed.move.year <= year ? fixed.move.to : post
}

/** Whether she is trained at the end of a year, as far as it is set. */
export function isTrainedAt({ problem }: Reading, { validThrough, fixed }: Cohort, year: PlanYear): boolean {
  return (
    validThrough >= year ||
    (fixed.train !== null && firstYearOf(fixed.train, problem.rules.leadMonths.training) <= year)
  )
}

/** Whether the rules let her be sent somewhere at all, and to this post. */
export function maySend({ problem }: Reading, { mayMove }: Cohort): boolean {
  const { moves } = problem.rules
  return moves !== 'none' && (mayMove.kind === 'volunteer' || (mayMove.kind === 'if-asked' && moves === 'if-asked'))
}

export function mayGo(reading: Reading, cohort: Cohort, to: number): boolean {
  const [from, there] = [reading.posts[cohort.post]?.post, reading.posts[to]?.post]
  if (!from || !there) return false
  const { mayMove, home } = cohort
  return (
    (mayMove.onlyTo?.includes(there.key) ?? true) &&
    !mayMove.notTo.includes(there.key) &&
    (mayMove.mostKm === null || kmBetween(home ?? from, there) <= mayMove.mostKm)
  )
}

// ---------------------------------------------------------------- posts

function targetPosts(
  reading: Reading,
  year: PlanYear,
  span: Target['span'],
  decided: Readonly<Record<Kind, PlanYear>>,
  isLoose: boolean,
): readonly TargetPost[] {
  const { problem, posts, placeOf } = reading
  const stay = reading.stay[year - 1] ?? 1
  const tally = posts.map(() => ({
    trained: 0,
    onCall: 0,
    heads: 0,
    officers: 0,
    k: 0,
    kOnCall: 0,
    leave: 0,
    trainLeave: 0,
    gone: 0,
    sent: 0,
    before: 0,
    left: 0,
    first: 0,
    room: 0,
    ended: 0,
  }))
  for (const cohort of reading.cohorts) {
    const at = tally[placeAt(cohort, year)]
    const home = tally[cohort.post]
    if (!at || !home) continue
    const { count } = cohort
    at.heads += count
    if (cohort.validThrough >= 1) home.first += count * (reading.stay[0] ?? 1)
    if (cohort.validThrough >= year) home.before += count * stay
    if (at !== home) {
      if (cohort.validThrough >= year) home.left += count
      at.sent += count
      at.officers += count
      home.officers -= count
    }
    // A place is hers from the day a hand has set it, in whichever year she comes: vacancies are of all the years.
    const goal = cohort.fixed.move && tally[cohort.fixed.move.to]
    if (goal && goal !== home) {
      goal.gone += count
      home.gone -= count
    }
    const roams = cohort.fixed.move === null && maySend(reading, cohort)
    const isTrained = isTrainedAt(reading, cohort, year)
    const isOnceTrained = isTrained || cohort.validThrough >= 1
    if (roams && (isOnceTrained || mayTrain(reading, cohort, span, decided.trainings))) home.room += count
    if (isLoose && roams && isOnceTrained && !isTrained)
      for (const to of lonelyNear(reading, cohort)) {
        const company = tally[to]
        if (!company) continue
        company.heads += count
        company.officers += count
      }
    if (isTrained) {
      at.trained += count * stay
      if (cohort.isOnCall) at.onCall += count * stay
      if (roams) at.leave += count
    } else if (mayTrain(reading, cohort, span, decided.trainings)) {
      if (cohort.isOnCall) at.kOnCall += count
      else at.k += count
      if (roams) at.trainLeave += count
    } else if (roams && isOnceTrained) at.ended += count
  }
  const built = posts.map(() => new Set<FacilityKey>())
  const pooled = posts.map((): number | null => null)
  const reserved = posts.map(() => false)
  const closed = posts.map(() => false)
  // What a hand has set for later is done once, and then: until it stands nobody may rely on it.
  const builtLater = posts.map(() => new Set<FacilityKey>())
  const closesLater = posts.map(() => false)
  for (const action of problem.fixed) {
    const at = 'post' in action ? (placeOf.get(action.post) ?? 0) : 0
    const cells = tally[at]
    if (action.kind === 'hire' && cells) {
      cells.gone += action.count
      const counts = firstYearOf(action.year, problem.rules.leadMonths.hiring)
      if (counts > year) continue
      cells.sent += action.count
      const women = action.count * (1 - problem.rules.attrition) ** (year - counts)
      cells.trained += women
      cells.onCall += problem.rules.onCall.hires ? women : 0
      cells.heads += action.count
      cells.officers += action.count
    } else if (action.kind === 'facility') {
      const isReady = firstYearOf(action.year, problem.rules.leadMonths.facility) <= year
      ;(isReady ? built : builtLater)[at]?.add(action.facility)
    } else if (action.kind === 'day-only') {
      closed[at] ||= action.year <= year
      closesLater[at] ||= action.year > year
    } else if (action.kind === 'pool') {
      const [a, b] = action.posts.map((key) => placeOf.get(key) ?? 0)
      if (a !== undefined && b !== undefined) {
        if (action.year > year) {
          reserved[a] = true
          reserved[b] = true
          continue
        }
        pooled[a] = b
        pooled[b] = a
      }
    }
  }
  const hand = byHand(isLoose ? [] : reading.problem.fixed, reading)
  return posts.map((read, index): TargetPost => {
    const { post } = read
    // Where a hand sends somebody, or shares her, nobody else leaves; whom a hand takes away leaves a post to which nobody comes.
    const isTaken = span === 'this-year' ? (hand.comes.get(index) ?? Infinity) <= year : hand.comes.has(index)
    const isGiving = span === 'this-year' ? (hand.goes.get(index) ?? 0) >= year : hand.goes.has(index)
    const all = tally[index]
    const isClosed = closed[index] === true && read.day !== null
    const now = isClosed && read.day ? read.day : read
    const unsafe = problem.rules.facilitiesNeeded.filter(
      (facility) => post.facilities[facility] !== 'yes' && !built[index]?.has(facility),
    )
    const open = (kind: Action['kind'], by: PlanYear): boolean =>
      openYears(span, by).some((at) => !isForbidden(problem.forbidden, { kind, posts: [post.key], year: at }))
    const canBuild =
      unsafe.every((facility) => problem.costs.facility[facility] !== undefined && !builtLater[index]?.has(facility)) &&
      open('facility', decided.facilities)
    const mayClose =
      !isClosed &&
      !closesLater[index] &&
      read.day !== null &&
      read.day.needs < read.needs &&
      open('day-only', decided.dayOnly)
    const canBeSafe = unsafe.length === 0 || canBuild
    return {
      read,
      needs: now.needs,
      shifts: now.shifts,
      ofOne: now.ofOne,
      day: mayClose ? read.day : null,
      trained: all?.trained ?? 0,
      onCall: all?.onCall ?? 0,
      heads: all?.heads ?? 0,
      officers: read.officers + (all?.officers ?? 0),
      trainOnCall: all?.kOnCall ?? 0,
      trainOther: all?.k ?? 0,
      mayLeave: isTaken ? 0 : (all?.leave ?? 0),
      mayBeTrainedAndLeave: isTaken ? 0 : (all?.trainLeave ?? 0),
      mostTrained: Math.max(all?.trained ?? 0, isLoose ? (all?.first ?? 0) : 0),
      arrivals:
        canBeSafe && !isGiving
          ? post.vacancies === null
            ? Infinity
            : // Whoever leaves makes room for whoever comes after her.
              Math.max(0, post.vacancies - (all?.gone ?? 0) + (isLoose ? (all?.room ?? 0) : 0))
          : 0,
      vacant: (post.vacancies ?? Infinity) - (all?.gone ?? 0) + (all?.ended ?? 0),
      canHire: open('hire', decided.hires),
      unsafe,
      canBuild,
      facilityMoney: unsafe.reduce((sum, facility) => sum + (problem.costs.facility[facility] ?? 0), 0),
      pooledWith: pooled[index] ?? null,
      isReserved: isGiving || (reserved[index] ?? false),
      isSent: (all?.sent ?? 0) > 0,
      leastTrained: (all?.left ?? 0) > 0 ? Math.min(now.needs, all?.before ?? 0) : 0,
    }
  })
}

/**
 * Posts where whoever comes must not be alone, and to which these women may go while their certificates last: they are company there
 * ever after, and their going makes room at home.
 */
function lonelyNear(reading: Reading, cohort: Cohort): readonly number[] {
  const { problem, posts, atlas } = reading
  const { together, mostMoveKm } = problem.rules
  const from = posts[cohort.post]?.post
  if (!from || Math.max(together.women, together.officersPerShift) === 0) return []
  const isWanted = (index: number): boolean => index !== cohort.post && mayGo(reading, cohort, index)
  return atlas.near(from, mostMoveKm, posts.length, isWanted).map(({ index }) => index)
}

/** Of each post: the first year in which women serve there or are shared by what a hand has set, and the last in which one leaves. */
function byHand(
  fixed: readonly Action[],
  { problem, placeOf }: Reading,
): {
  readonly comes: ReadonlyMap<number, PlanYear>
  readonly goes: ReadonlyMap<number, PlanYear>
} {
  const comes = new Map<number, PlanYear>()
  const goes = new Map<number, PlanYear>()
  const come = (key: string, year: PlanYear): void => {
    const at = placeOf.get(key) ?? 0
    comes.set(at, Math.min(year, comes.get(at) ?? year))
  }
  for (const action of fixed) {
    if (action.kind === 'hire') come(action.post, firstYearOf(action.year, problem.rules.leadMonths.hiring))
    if (action.kind === 'pool') for (const key of action.posts) come(key, action.year)
    if (action.kind !== 'move') continue
    come(action.to, action.year)
    const from = placeOf.get(action.from) ?? 0
    goes.set(from, Math.max(action.year, goes.get(from) ?? 0))
  }
  return { comes, goes }
}

/** The years in which something can be decided. */
function openYears(span: Target['span'], last: PlanYear): readonly PlanYear[] {
  if (last < 1) return []
  return span === 'this-year' ? [last] : Array.from({ length: last }, (_, index) => index + 1)
}

/** Whom a hand has already set a training for is not asked again. */
function mayTrain({ problem, posts }: Reading, cohort: Cohort, span: Target['span'], last: PlanYear): boolean {
  if (!cohort.mayBeTrained || cohort.fixed.train !== null) return false
  const post = posts[cohort.post]?.post.key ?? ''
  const who = cohort.members.map(({ key }) => key)
  return openYears(span, last).some(
    (year) => !isForbidden(problem.forbidden, { kind: 'train', posts: [post], who, year }),
  )
}

// ---------------------------------------------------------------- between posts

function pairsOf(
  { problem, pairs, posts }: Reading,
  targets: readonly TargetPost[],
  year: PlanYear,
  span: Target['span'],
): readonly Pair[] {
  const lacks = (index: number): boolean => {
    const post = targets[index]
    return post !== undefined && post.trained < post.needs - 1e-9
  }
  return pairs.filter(({ a, b }) => {
    const [one, other] = [targets[a], targets[b]]
    if (!one || !other) return false
    if (one.pooledWith === b) return true
    const keys = [posts[a]?.post.key ?? '', posts[b]?.post.key ?? '']
    return (
      one.pooledWith === null &&
      other.pooledWith === null &&
      !one.isReserved &&
      !other.isReserved &&
      (lacks(a) || lacks(b)) &&
      openYears(span, year).some((at) => !isForbidden(problem.forbidden, { kind: 'pool', posts: keys, year: at }))
    )
  })
}

function arcsOf(
  reading: Reading,
  year: PlanYear,
  span: Target['span'],
  targets: readonly TargetPost[],
  decided: Readonly<Record<Kind, PlanYear>>,
  isUnlimited: boolean,
): readonly Arc[] {
  const { problem, atlas, posts, cohorts } = reading
  const { costs, changes, rules } = problem
  return cohorts.flatMap((cohort, number): readonly Arc[] => {
    if (cohort.fixed.move !== null || !maySend(reading, cohort)) return []
    const trains = !isTrainedAt(reading, cohort, year)
    if (trains && !mayTrain(reading, cohort, span, decided.trainings)) return []
    const from = posts[cohort.post]?.post
    // Hers was covered before: without a surplus or a training there, nobody trained may leave.
    const home = targets[cohort.post]
    if (!from || !home || home.pooledWith !== null || home.mayLeave + home.mayBeTrainedAndLeave === 0) return []
    const least = Math.min(home.needs, home.day?.needs ?? Infinity)
    if (!trains && home.mostTrained <= least && home.trainOnCall + home.trainOther === 0) return []
    const weigh = (km: number): number =>
      (cohort.mayMove.kind === 'volunteer' ? changes.volunteerMove : changes.move) + (changes.movePer100Km * km) / 100
    const training = trains ? changes.training : 0
    const who = cohort.members.map(({ key }) => key)
    return atlas
      .near(from, rules.mostMoveKm, rules.nearestPosts ?? usualNearest, (index) => {
        const to = targets[index]
        return (
          to !== undefined &&
          index !== cohort.post &&
          to.trained < to.needs - 1e-9 &&
          to.arrivals > 0 &&
          // Whoever is hired there changes less, and nothing bounds how many.
          !(isUnlimited && to.canHire && changes.hire <= weigh(0) + training) &&
          mayGo(reading, cohort, index) &&
          openYears(span, year).some(
            (at) =>
              !isForbidden(problem.forbidden, {
                kind: 'move',
                posts: [from.key, to.read.post.key],
                from: from.key,
                to: to.read.post.key,
                who,
                year: at,
              }),
          )
        )
      })
      .map(({ index, km }) => ({
        cohort: number,
        from: cohort.post,
        to: index,
        km,
        trains,
        isOnCall: cohort.isOnCall,
        changes: weigh(km) + training,
        money: costs.move + costs.movePerKm * km + (trains ? costs.training : 0),
      }))
  })
}

// ---------------------------------------------------------------- limits

function limitsOf(
  reading: Reading,
  year: PlanYear,
  span: Target['span'],
  decided: Readonly<Record<Kind, PlanYear>>,
): readonly Limit[] {
  const { problem } = reading
  const used = usedByFixed(reading)
  const left = (of: keyof YearCaps, last: PlanYear): number | null =>
    openYears(span, last).reduce<number | null>((sum, at) => {
      const cap = problem.caps[at - 1]?.[of] ?? null
      return sum === null || cap === null ? null : sum + Math.max(0, cap - (used[at - 1]?.[of] ?? 0))
    }, 0)
  const limits: Limit[] = []
  for (const kind of kinds) {
    const limit = left(kind, decided[kind])
    const counts = { ...none, [kind]: true }
    if (limit !== null)
      limits.push({
        limit,
        of: kind,
        counts,
        rule: { rule: 'cap', post: null, year: span === 'this-year' ? decided[kind] : null, of: kind, limit },
      })
  }
  if (span === 'all-years') {
    const limit = left('budget', year)
    if (limit !== null)
      limits.push(budgetLimit(limit, all, { rule: 'cap', post: null, year: null, of: 'budget', limit }))
  } else {
    for (const at of new Set(kinds.map((kind) => decided[kind]))) {
      const cap = problem.caps[at - 1]?.budget ?? null
      if (cap === null) continue
      const limit = Math.max(0, cap - (used[at - 1]?.budget ?? 0))
      const counts = {
        ...none,
        ...Object.fromEntries(kinds.filter((kind) => decided[kind] === at).map((kind) => [kind, true])),
      }
      limits.push(budgetLimit(limit, counts, { rule: 'cap', post: null, year: at, of: 'budget', limit: cap }))
    }
  }
  const { budget } = problem.aim
  if (budget !== null) {
    const spent = used.reduce((sum, { budget: of }) => sum + of, 0)
    limits.push(
      budgetLimit(Math.max(0, budget - spent), all, {
        rule: 'budget',
        post: null,
        year: null,
        of: null,
        limit: budget,
      }),
    )
  }
  return limits
}

const none = { trainings: false, moves: false, hires: false, facilities: false, pools: false, dayOnly: false }
const all = { trainings: true, moves: true, hires: true, facilities: true, pools: true, dayOnly: true }

function budgetLimit(limit: number, counts: Limit['counts'], rule: RuleOfPlan): Limit {
  return { limit, of: 'budget', counts, rule }
}

/** What actions that a hand has set take of each year's caps. */
export function usedByFixed({ problem }: Reading): readonly Readonly<Record<keyof YearCaps, number>>[] {
  return usedBy(problem.fixed, problem.years)
}

export const capOf = {
  facility: 'facilities',
  train: 'trainings',
  move: 'moves',
  hire: 'hires',
  pool: 'pools',
  'day-only': 'dayOnly',
} as const satisfies Record<Action['kind'], Kind>

/** Whether actions keep each year's caps, and the budget of all years. */
export function isWithinLimits({ caps, aim }: PlanProblem, actions: readonly Action[]): boolean {
  const used = usedBy(actions, caps.length)
  const isWithin = (cap: YearCaps, at: number): boolean =>
    capNames.every((name) => (used[at]?.[name] ?? 0) <= (cap[name] ?? Number.POSITIVE_INFINITY) + 1e-9)
  const spent = used.reduce((sum, { budget }) => sum + budget, 0)
  return caps.every(isWithin) && spent <= (aim.budget ?? Number.POSITIVE_INFINITY) + 1e-9
}

const capNames = [...kinds, 'budget'] as const

export function usedBy(actions: readonly Action[], count: number): readonly Record<keyof YearCaps, number>[] {
  const used = Array.from({ length: count }, () => ({
    trainings: 0,
    moves: 0,
    hires: 0,
    facilities: 0,
    pools: 0,
    dayOnly: 0,
    budget: 0,
  }))
  for (const action of actions) {
    const of = used[action.year - 1]
    if (!of) continue
    of[capOf[action.kind]] += action.count
    of.budget += action.cost
  }
  return used
}
