import { CivilDate } from '@lentera/core/shared/dates'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { officersNeeded, shiftsNeeded, shiftsOfOne, wholeWomen, womenNeeded } from './need.ts'
import { type Atlas, atlasOf } from './places.ts'
import type {
  Action,
  Forbidden,
  MayMove,
  Officer,
  OfficerGroup,
  OpenShift,
  PlanProblem,
  PlanYear,
  Post,
  PostKey,
} from './words.ts'

/** A problem as the model needs it: posts by number, women in cohorts of those who are alike, neighbours found. */
export type Reading = {
  readonly problem: PlanProblem
  readonly posts: readonly ReadPost[]
  readonly placeOf: ReadonlyMap<PostKey, number>
  readonly cohorts: readonly Cohort[]
  readonly pairs: readonly Pair[]
  readonly atlas: Atlas
  /** Share of those who serve today that is expected to serve at the end of year 1, 2, ... */
  readonly stay: readonly number[]
  /** Whether women are whole: nobody is expected to leave. */
  readonly isWhole: boolean
}

export type ReadPost = {
  readonly post: Post
  readonly index: number
  /** Shifts that one woman covers, and that the post needs, in 28 days. */
  readonly ofOne: number
  readonly shifts: number
  /** Women it needs: whole where women are whole. */
  readonly needs: number
  /** Likewise with day-only hours; null where they must not be cut. */
  readonly day: { readonly ofOne: number; readonly shifts: number; readonly needs: number } | null
  readonly officersNeeded: number
  /** Of whatever sex, today. */
  readonly officers: number
}

/** Women who are alike in all that the plan looks at. */
export type Cohort = {
  readonly post: number
  readonly count: number
  /** Holds a certificate today. */
  readonly isTrained: boolean
  /** The last year at whose end it is still valid; 0: none. */
  readonly validThrough: PlanYear
  readonly mayBeTrained: boolean
  readonly mayMove: MayMove
  readonly isOnCall: boolean
  readonly home: Officer['home']
  readonly members: readonly { readonly key: string; readonly isGroup: boolean; readonly count: number }[]
  /** What a hand has set for them: it stands. */
  readonly fixed: {
    readonly train: PlanYear | null
    readonly move: { readonly to: number; readonly year: PlanYear } | null
  }
}

/** Two posts near enough to share their trained women on call. */
export type Pair = { readonly a: number; readonly b: number; readonly minutes: number }

/** The year at whose end an action decided in `year` counts first. */
export function firstYearOf(year: PlanYear, leadMonths: number): PlanYear {
  return year + Math.max(0, Math.ceil(leadMonths / 12) - 1)
}

/** Whether a certificate is valid at the end of `year`. */
export function isValidAt(until: string | null, startsOn: string, year: PlanYear): boolean {
  return until === null || until >= `${Number(startsOn.slice(0, 4)) + year}${startsOn.slice(4)}`
}

/**
 * The problem read. Refused: `planner.no-posts`, `planner.years`, `planner.caps-not-yearly`, `planner.number-wrong`,
 * `planner.post-twice`, `planner.post-without-hours`, `planner.no-such-post`, `planner.officer-with-two-homes`,
 * `planner.officer-twice`, `planner.too-large` (`fits`: as many posts as would fit).
 */
export function readProblem(problem: PlanProblem): Decision<Reading> {
  const refusal = refusalOf(problem)
  if (refusal) return refusal
  const placeOf = new Map(problem.posts.map(({ key }, index) => [key, index]))
  const stay = years(problem).map((year) => (1 - problem.rules.attrition) ** year)
  const isWhole = problem.rules.attrition === 0
  const cohorts = cohortsOf(problem, placeOf)
  const posts = postsOf(problem, placeOf, isWhole)
  const atlas = atlasOf(problem.posts)
  return accept({ problem, posts, placeOf, cohorts, pairs: pairsOf(problem, placeOf, atlas), atlas, stay, isWhole })
}

/** The same problem with these actions set, which are of its posts and people: nothing else is read again. */
export function withActions(reading: Reading, fixed: readonly Action[]): Reading {
  const problem = { ...reading.problem, fixed }
  return { ...reading, problem, cohorts: cohortsOf(problem, reading.placeOf) }
}

export function years(problem: PlanProblem): readonly PlanYear[] {
  return Array.from({ length: problem.years }, (_, index) => index + 1)
}

/** Whether a hand has struck out an action like this. */
export function isForbidden(
  forbidden: readonly Forbidden[],
  action: {
    readonly kind: Action['kind']
    readonly posts: readonly PostKey[]
    readonly from?: PostKey
    readonly to?: PostKey
    readonly who?: readonly string[]
    readonly year: PlanYear
  },
): boolean {
  return forbidden.some(
    (struck) =>
      (struck.kind === null || struck.kind === action.kind) &&
      (struck.post === null || action.posts.includes(struck.post)) &&
      (struck.from === null || struck.from === action.from) &&
      (struck.to === null || struck.to === action.to) &&
      (struck.who === null || (action.who ?? []).includes(struck.who)) &&
      (struck.year === null || struck.year === action.year),
  )
}

// ---------------------------------------------------------------- refused

export const usualNearest = 12

/** Columns that one run of the exact solver can hold: beyond, its 32-bit memory and anybody's patience end. */
const mostColumns = 1_000_000
/** What is usually to be looked at of one post and its neighbours, in each year. */
const columnsOfPost = 40

/**
 * Posts, of one year each, up to which a plan has been measured to come within 1 % of its bound in 10 seconds on two cores (`npm run
 * bench -- planner`): beyond, it takes longer or is stopped farther from the best, and whoever asks is told so before.
 */
export const measuredPosts = 5_000

/** Posts of this problem that would fit: ways of the women who may move, and what can be done at each post. */
export function postsThatFit({ officers, groups, posts, rules, years }: PlanProblem): number {
  const movers = [...officers, ...groups].filter(({ isWoman, mayMove }) => isWoman && mayMove.kind !== 'no').length
  const ways = rules.moves === 'none' ? 0 : movers * (rules.nearestPosts ?? usualNearest)
  return Math.floor((posts.length * mostColumns) / Math.max(ways + posts.length * columnsOfPost * years, 1))
}

function refusalOf(problem: PlanProblem): ReturnType<typeof refuse> | null {
  if (problem.posts.length === 0) return refuse('planner.no-posts')
  if (!Number.isInteger(problem.years) || problem.years < 1 || problem.years > 5)
    return refuse('planner.years', { years: problem.years })
  if (problem.caps.length !== problem.years)
    return refuse('planner.caps-not-yearly', { years: problem.years, caps: problem.caps.length })
  const fits = postsThatFit(problem)
  if (fits < problem.posts.length) return refuse('planner.too-large', { posts: problem.posts.length, fits })
  return postRefusal(problem) ?? officerRefusal(problem) ?? numberRefusal(problem)
}

function postRefusal({ posts }: PlanProblem): ReturnType<typeof refuse> | null {
  const seen = new Set<PostKey>()
  for (const { key, shifts, dayShifts, risk, latitude, longitude, vacancies } of posts) {
    if (seen.has(key)) return refuse('planner.post-twice', { post: key })
    seen.add(key)
    if (!shifts.some(({ minutes, daysAWeek }) => minutes > 0 && daysAWeek > 0))
      return refuse('planner.post-without-hours', { post: key })
    if (dayShifts && !dayShifts.some((day) => shifts.some((shift) => shift.key === day)))
      return refuse('planner.post-without-hours', { post: key })
    if (!shifts.every(isShift) || new Set(shifts.map((shift) => shift.key)).size < shifts.length)
      return refuse('planner.number-wrong', { of: 'shifts', post: key })
    if (vacancies !== null && !isCount(vacancies)) return refuse('planner.number-wrong', { of: 'vacancies', post: key })
    if (!(risk > 0 && Number.isFinite(risk))) return refuse('planner.number-wrong', { of: 'risk', post: key })
    const isSomewhere =
      latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    if (!isSomewhere && !(latitude === null && longitude === null))
      return refuse('planner.number-wrong', { of: 'place', post: key })
  }
  return null
}

function officerRefusal({ posts, officers, groups }: PlanProblem): ReturnType<typeof refuse> | null {
  const known = new Set(posts.map(({ key }) => key))
  const seen = new Map<string, Officer | OfficerGroup>()
  for (const serves of [...officers, ...groups]) {
    const before = seen.get(serves.key)
    if (before && before.post !== serves.post)
      return refuse('planner.officer-with-two-homes', { officer: serves.key, post: before.post, other: serves.post })
    if (before) return refuse('planner.officer-twice', { officer: serves.key, post: serves.post })
    seen.set(serves.key, serves)
    if (!known.has(serves.post)) return refuse('planner.no-such-post', { post: serves.post })
  }
  for (const { key, count } of groups)
    if (!Number.isInteger(count) || count < 0) return refuse('planner.number-wrong', { of: 'count', post: key })
  return null
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0
const isAmount = (value: number): boolean => Number.isFinite(value) && value >= 0

const isShift = ({ starts, minutes, daysAWeek }: OpenShift): boolean =>
  isCount(starts) &&
  starts < 1440 &&
  isCount(minutes) &&
  minutes > 0 &&
  minutes <= 1440 &&
  isCount(daysAWeek) &&
  daysAWeek > 0 &&
  daysAWeek <= 7

function numberRefusal(problem: PlanProblem): ReturnType<typeof refuse> | null {
  const { rules, costs, changes, caps, aim, posts, fixed, startsOn } = problem
  const known = new Set(posts.map(({ key }) => key))
  const wrong = (of: string): ReturnType<typeof refuse> => refuse('planner.number-wrong', { of, post: '' })
  if (!(rules.absence >= 0 && rules.absence < 1)) return wrong('absence')
  if (!(rules.attrition >= 0 && rules.attrition < 1)) return wrong('attrition')
  if (!CivilDate.safeParse(startsOn).success) return wrong('starts-on')
  if (!(isAmount(rules.shiftsPerPerson) && isAmount(rules.minutesPerPerson))) return wrong('shifts-per-person')
  if (!(rules.shiftsPerPerson > 0 && rules.minutesPerPerson > 0)) return wrong('shifts-per-person')
  if (!Object.values(rules.leadMonths).every(isCount)) return wrong('lead-months')
  if (!Object.values(rules.together).every(isCount)) return wrong('together')
  if (!(isAmount(rules.onCall.minutes) && isAmount(rules.mostMoveKm) && isCount(rules.nearestPosts ?? 0)))
    return wrong('ways')
  if (!(Number.isInteger(rules.womenPerShift) && rules.womenPerShift >= 1)) return wrong('women-per-shift')
  if (!(isAmount(rules.travel.kmPerHour) && rules.travel.kmPerHour > 0)) return wrong('km-per-hour')
  const { facility, ...money } = costs
  if ([...Object.values(money), ...Object.values(facility)].some((cost) => !isAmount(cost))) return wrong('costs')
  if (Object.values(changes).some((weight) => !isAmount(weight))) return wrong('changes')
  if ([aim.budget, ...caps.flatMap(Object.values)].some((cap: number | null) => cap !== null && !isAmount(cap)))
    return wrong('caps')
  if (fixed.some(({ year, count }) => !(isCount(year) && year >= 1 && year <= problem.years && isCount(count))))
    return wrong('fixed')
  for (const action of fixed)
    for (const post of postsNamed(action)) if (!known.has(post)) return refuse('planner.no-such-post', { post })
  return null
}

export function postsNamed(action: Action): readonly PostKey[] {
  if (action.kind === 'move') return [action.from, action.to]
  return action.kind === 'pool' ? action.posts : [action.post]
}

// ---------------------------------------------------------------- read

function cohortsOf(problem: PlanProblem, placeOf: ReadonlyMap<PostKey, number>): readonly Cohort[] {
  const singled = singledOut(problem)
  const set = setByHand(problem, placeOf)
  const found = new Map<
    string,
    { cohort: Cohort; count: number; members: { key: string; isGroup: boolean; count: number }[] }
  >()
  const add = (serves: Officer | OfficerGroup, count: number, fixed: Cohort['fixed']): void => {
    if (!serves.isWoman || count === 0) return
    const { training, mayBeTrained, mayMove, isOnCall } = serves
    const home = 'home' in serves ? serves.home : null
    const validThrough = training.isTrained
      ? years(problem).filter((year) => isValidAt(training.until, problem.startsOn, year)).length
      : 0
    const isTrained = training.isTrained && (training.until === null || training.until >= problem.startsOn)
    const post = placeOf.get(serves.post) ?? 0
    const roams = mayMove.kind !== 'no' && problem.rules.moves !== 'none'
    const alike = [
      post,
      isTrained,
      validThrough,
      mayBeTrained,
      isOnCall,
      roams ? JSON.stringify([mayMove, home]) : '',
      singled.has(serves.key) ? serves.key : '',
      fixed.train,
      fixed.move?.to,
      fixed.move?.year,
    ].join('|')
    const known = found.get(alike)
    const member = { key: serves.key, isGroup: 'count' in serves, count }
    if (known) {
      known.count += count
      known.members.push(member)
    } else {
      const cohort = { post, isTrained, validThrough, mayBeTrained, mayMove, isOnCall, home, fixed, count, members: [] }
      found.set(alike, { cohort, count, members: [member] })
    }
  }
  for (const serves of [...problem.officers, ...problem.groups])
    for (const { count, fixed } of partsOf(serves, set.get(serves.key))) add(serves, count, fixed)
  return [...found.values()].map(({ cohort, count, members }) => ({ ...cohort, count, members }))
}

/** Whom a struck-out action names: she is like nobody else. */
function singledOut({ forbidden }: PlanProblem): ReadonlySet<string> {
  return new Set(forbidden.flatMap(({ who }) => (who === null ? [] : [who])))
}

type SetFor = { readonly trains: PlanYear[]; readonly moves: { readonly to: number; readonly year: PlanYear }[] }

/** What a hand has set, by whom it concerns. */
function setByHand(problem: PlanProblem, placeOf: ReadonlyMap<PostKey, number>): ReadonlyMap<string, SetFor> {
  const found = new Map<string, SetFor>()
  for (const action of problem.fixed) {
    if (action.kind !== 'train' && action.kind !== 'move') continue
    const named = [...action.who.officers.map((group) => ({ group, count: 1 })), ...action.who.groups]
    for (const { group, count } of named) {
      const set = found.get(group) ?? { trains: [], moves: [] }
      found.set(group, set)
      for (let nth = 0; nth < count; nth++) {
        if (action.kind === 'train') set.trains.push(action.year)
        else set.moves.push({ to: placeOf.get(action.to) ?? 0, year: action.year })
      }
    }
  }
  return found
}

/** A group falls apart into those for whom a hand has set something, and the others. */
function partsOf(
  serves: Officer | OfficerGroup,
  set: SetFor | undefined,
): readonly { readonly count: number; readonly fixed: Cohort['fixed'] }[] {
  const whole = 'count' in serves ? serves.count : 1
  if (!set) return [{ count: whole, fixed: nothing }]
  // Of a group, whoever is to move is also first to be trained.
  const touched = Math.min(whole, Math.max(set.trains.length, set.moves.length))
  return [
    ...Array.from({ length: touched }, (_, nth) => ({
      count: 1,
      fixed: { train: set.trains[nth] ?? null, move: set.moves[nth] ?? null },
    })),
    { count: whole - touched, fixed: nothing },
  ]
}

const nothing: Cohort['fixed'] = { train: null, move: null }

function postsOf(problem: PlanProblem, placeOf: ReadonlyMap<PostKey, number>, isWhole: boolean): readonly ReadPost[] {
  const { rules } = problem
  const officers = new Float64Array(problem.posts.length)
  for (const serves of [...problem.officers, ...problem.groups]) {
    const place = placeOf.get(serves.post) ?? 0
    officers[place] = (officers[place] ?? 0) + ('count' in serves ? serves.count : 1)
  }
  const whole = (needs: number): number => (isWhole ? wholeWomen(needs) : needs)
  const asked = (shifts: readonly OpenShift[]) => ({
    ofOne: shiftsOfOne(shifts, rules),
    shifts: shiftsNeeded(shifts, rules),
    needs: whole(womenNeeded(shifts, rules)),
  })
  return problem.posts.map((post, index) => ({
    post,
    index,
    ...asked(post.shifts),
    day: post.dayShifts && asked(post.shifts.filter(({ key }) => post.dayShifts?.includes(key))),
    officersNeeded: officersNeeded(post, rules),
    officers: officers[index] ?? 0,
  }))
}

/** Posts that may share their women on call: the minutes that are known of the way between them, or as the crow flies. */
export const pairsOnCall = (of: Pick<PlanProblem, 'posts' | 'rules'>): readonly Pair[] =>
  pairsOf(of, new Map(of.posts.map(({ key }, index) => [key, index])), atlasOf(of.posts))

export function pairsOf(
  problem: Pick<PlanProblem, 'posts' | 'rules'>,
  placeOf: ReadonlyMap<PostKey, number>,
  atlas: Atlas,
): readonly Pair[] {
  const { onCall, travel } = problem.rules
  if (onCall.minutes <= 0) return []
  const known = new Map<string, Pair>()
  const put = (from: number, to: number, minutes: number): void => {
    const [a, b] = from < to ? [from, to] : [to, from]
    if (a !== b && !known.has(`${a} ${b}`)) known.set(`${a} ${b}`, { a, b, minutes })
  }
  for (const { from, to, minutes } of travel.known) {
    const [a, b] = [placeOf.get(from), placeOf.get(to)]
    if (a !== undefined && b !== undefined) put(a, b, minutes)
  }
  const km = (onCall.minutes / 60) * travel.kmPerHour
  problem.posts.forEach((post, index) => {
    for (const near of atlas.near(post, km, mostNeighbours, (other) => other !== index))
      put(index, near.index, (60 * near.km) / travel.kmPerHour)
  })
  return [...known.values()].filter(({ minutes }) => minutes <= onCall.minutes).sort((x, y) => x.a - y.a || x.b - y.b)
}

/** Weighed for one post: in a dense town of posts the nearest are as good as all. */
const mostNeighbours = 6
