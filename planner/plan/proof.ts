import { type Covered, coverOf } from './cover.ts'
import { wholeWomen } from './need.ts'
import { kmBetween } from './places.ts'
import { type Cohort, isForbidden, type Reading, type ReadPost } from './reading.ts'
import { decidedBy, isTrainedAt, type Kind, mayGo, maySend, placeAt } from './target.ts'
import type { Action, Because, Gap, PlanYear, Proof, ProofPart } from './words.ts'

/**
 * Why shifts stay uncovered at the end of the last year, the heaviest first. A proof counts what could come to the post at the very
 * most, each way apart and with nothing spent elsewhere: where even that is too little, no plan covers it. The checker counts it anew.
 */
export function gapsOf(reading: Reading, after: readonly Covered[]): readonly Gap[] {
  const { problem } = reading
  const last = after.filter(({ year, needed, covered }) => year === problem.years && needed - covered > 1e-6)
  if (last.length === 0) return []
  const prove = proving(reading)
  const isHandSet = problem.fixed.length > 0 || problem.forbidden.length > 0
  return last
    .flatMap(({ index, post, needed, covered }): readonly (Gap & { readonly weight: number })[] => {
      const read = reading.posts[index]
      if (!read) return []
      const proof = prove(read)
      const shorter = read.day ? wholeWomen(read.needs) - wholeWomen(read.day.needs) : 0
      const uncovered = needed - covered
      const why = proof.missing > shorter ? 'impossible' : isHandSet ? 'chosen' : 'shared'
      return [{ post, uncovered, why, proof, weight: uncovered * read.post.risk }]
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ weight, ...gap }) => gap)
}

/** Proofs for posts; what they share is looked up once. */
function proving(reading: Reading): (read: ReadPost) => Proof {
  const look = lookAt(reading)
  return (read) => {
    const needs = wholeWomen(read.needs)
    const has = Math.min(needs, wholeWomen(look.trained[look.last - 1]?.[read.index] ?? 0))
    const lacks = needs - has
    const move = movePart(look, read)
    const parts = [trainPart(look, read), move, hirePart(look, read, lacks, move.can), poolPart(look, read, lacks)]
    return {
      post: read.post.key,
      hoursAWeek: read.post.shifts.reduce((sum, { minutes, daysAWeek }) => sum + (minutes * daysAWeek) / 60, 0),
      shifts: read.shifts,
      needs,
      has,
      parts,
      missing: Math.max(0, lacks - parts.reduce((sum, { can }) => sum + can, 0)),
    }
  }
}

// ---------------------------------------------------------------- what a hand has set, and nothing else

type Look = {
  readonly reading: Reading
  readonly last: PlanYear
  readonly decided: Readonly<Record<Kind, PlanYear>>
  /** Trained women of each post at the end of each year. */
  readonly trained: readonly Float64Array[]
  /** Women of each post at the end, of whatever training, with the hires that have come. */
  readonly heads: Float64Array
  readonly officers: Float64Array
  readonly untrained: Float64Array
  readonly trainable: Float64Array
  /** Those who may be called: trained, expected to serve still, or trainable; and hires that have come. */
  readonly called: Float64Array
  /** Of the vacancies, those that a hand has filled. */
  readonly filled: Float64Array
  readonly built: ReadonlySet<string>
  /** Of each post, whoever may be sent somewhere. */
  readonly roaming: ReadonlyMap<number, readonly Cohort[]>
  readonly comers: Map<number, Comers>
}

function lookAt(reading: Reading): Look {
  const { problem, posts, placeOf } = reading
  const last = problem.years
  const decided = decidedBy(reading, last)
  const empty = (): Float64Array => new Float64Array(posts.length)
  const trained = Array.from({ length: last }, empty)
  for (const { index, year, trained: women } of coverOf(reading)) (trained[year - 1] ?? empty())[index] = women
  const look: Look = {
    reading,
    last,
    decided,
    trained,
    heads: empty(),
    officers: Float64Array.from(posts, ({ officers }) => officers),
    untrained: empty(),
    trainable: empty(),
    called: empty(),
    filled: empty(),
    built: builtIn(reading),
    roaming: Map.groupBy(
      reading.cohorts.filter((cohort) => cohort.fixed.move === null && maySend(reading, cohort)),
      ({ post }) => post,
    ),
    comers: new Map(),
  }
  const add = (to: Float64Array, at: number, count: number): void => {
    to[at] = (to[at] ?? 0) + count
  }
  for (const cohort of reading.cohorts) {
    const at = placeAt(cohort, last)
    const { count, post: home } = cohort
    const isTrained = isTrainedAt(reading, cohort, last)
    const canTrain = mayTrain(look, cohort)
    add(look.heads, at, count)
    if (at !== home) {
      add(look.officers, at, count)
      add(look.officers, home, -count)
      add(look.filled, at, count)
      add(look.filled, home, -count)
    }
    if (!isTrained) add(look.untrained, at, count)
    if (canTrain) add(look.trainable, at, count)
    if (cohort.isOnCall && isTrained) add(look.called, at, count * (reading.stay[last - 1] ?? 1))
    if (cohort.isOnCall && canTrain) add(look.called, at, count)
  }
  for (const action of problem.fixed) {
    if (action.kind !== 'hire') continue
    const at = placeOf.get(action.post) ?? 0
    add(look.filled, at, action.count)
    const since = action.year + last - decided.hires
    if (since > last) continue
    add(look.heads, at, action.count)
    add(look.officers, at, action.count)
    if (problem.rules.onCall.hires) add(look.called, at, action.count * (1 - problem.rules.attrition) ** (last - since))
  }
  return look
}

/** Facilities that a hand has set and that stand by the end. */
function builtIn(reading: Reading): ReadonlySet<string> {
  const { problem } = reading
  const { facilities } = decidedBy(reading, problem.years)
  return new Set(
    problem.fixed.flatMap((action) =>
      action.kind === 'facility' && action.year <= facilities ? [`${action.post}\n${action.facility}`] : [],
    ),
  )
}

/** Whether a hand has left something open in one of the years up to `by`. */
function isOpen(
  { reading }: Look,
  by: PlanYear,
  action: {
    readonly kind: Action['kind']
    readonly posts: readonly string[]
    readonly from?: string
    readonly to?: string
    readonly who?: readonly string[]
  },
): boolean {
  for (let year = 1; year <= by; year++) if (!isForbidden(reading.problem.forbidden, { ...action, year })) return true
  return false
}

const namesOf = ({ members }: Cohort): readonly string[] => members.map(({ key }) => key)

function mayTrain(look: Look, cohort: Cohort): boolean {
  const { reading, decided, last } = look
  const home = reading.posts[cohort.post]?.post.key ?? ''
  return (
    cohort.mayBeTrained &&
    cohort.fixed.train === null &&
    !isTrainedAt(reading, cohort, last) &&
    isOpen(look, decided.trainings, { kind: 'train', posts: [home], who: namesOf(cohort) })
  )
}

// ---------------------------------------------------------------- what a post has room for

function unsafeAt({ reading, built }: Look, { post }: ReadPost): readonly string[] {
  return reading.problem.rules.facilitiesNeeded.filter(
    (facility) => post.facilities[facility] !== 'yes' && !built.has(`${post.key}\n${facility}`),
  )
}

function canBeSafe(look: Look, read: ReadPost): boolean {
  const unsafe = unsafeAt(look, read)
  const { facility } = look.reading.problem.costs
  return (
    unsafe.length === 0 ||
    (unsafe.every((each) => facility[each] !== undefined) &&
      isOpen(look, look.decided.facilities, { kind: 'facility', posts: [read.post.key] }))
  )
}

/** Women who can still come. */
function roomAt(look: Look, read: ReadPost): number {
  if (!canBeSafe(look, read)) return 0
  const { vacancies } = read.post
  return vacancies === null ? Number.POSITIVE_INFINITY : Math.max(0, vacancies - (look.filled[read.index] ?? 0))
}

const canHire = (look: Look, { post }: ReadPost): boolean =>
  isOpen(look, look.decided.hires, { kind: 'hire', posts: [post.key] })

// ---------------------------------------------------------------- the ways

const part = (
  way: ProofPart['way'],
  can: number,
  why: readonly Because[],
  nearest: ProofPart['nearest'] = null,
): ProofPart => ({ way, can, nearest, because: why })

function trainPart({ decided, untrained, trainable }: Look, { index }: ReadPost): ProofPart {
  const can = trainable[index] ?? 0
  const not = (untrained[index] ?? 0) - can
  return part('train', can, not > 0 ? [because(decided.trainings < 1 ? 'too-late' : 'may-not-be-trained', not)] : [])
}

type Comers = { readonly come: readonly Cohort[]; readonly kept: number }

/** Who would come to a post and may, and how many of these their own post can in no year spare. */
function comersTo(look: Look, to: ReadPost): Comers {
  const known = look.comers.get(to.index)
  if (known) return known
  const { atlas, posts, problem } = look.reading
  const would = atlas
    .near(to.post, problem.rules.mostMoveKm, posts.length, (index) => index !== to.index && look.roaming.has(index))
    .flatMap(({ index }) => look.roaming.get(index)?.filter((cohort) => wouldCome(look, cohort, to)) ?? [])
  const isKept = (cohort: Cohort): boolean =>
    isTrainedAt(look.reading, cohort, look.last) && sparesNobody(look, cohort.post)
  const found = {
    come: would.filter((cohort) => !isKept(cohort)),
    kept: would.reduce((sum, cohort) => sum + (isKept(cohort) ? cohort.count : 0), 0),
  }
  look.comers.set(to.index, found)
  return found
}

function wouldCome(look: Look, cohort: Cohort, to: ReadPost): boolean {
  const { reading, last } = look
  const from = reading.posts[cohort.post]
  if (!from || !mayGo(reading, cohort, to.index)) return false
  if (!isTrainedAt(reading, cohort, last) && !mayTrain(look, cohort)) return false
  const ends = { from: from.post.key, to: to.post.key }
  return isOpen(look, last, { kind: 'move', posts: [from.post.key, to.post.key], ...ends, who: namesOf(cohort) })
}

/** In no year has it one more than it needs, by day alone if its hours may be cut; and nobody can be trained there. */
function sparesNobody({ reading, trained, trainable }: Look, index: number): boolean {
  const read = reading.posts[index]
  if (!read || (trainable[index] ?? 0) > 0) return false
  const fewest = Math.min(read.needs, read.day?.needs ?? read.needs)
  return trained.every((women) => (women[index] ?? 0) <= fewest + 1e-9)
}

function movePart(look: Look, read: ReadPost): ProofPart {
  const { reading } = look
  const { rules } = reading.problem
  if (rules.moves === 'none') return part('move', 0, [because('moves-not-allowed', 0)])
  if (!canBeSafe(look, read)) return part('move', 0, [because('vacancies-unsafe', 0, unsafeAt(look, read))])
  const { come, kept } = comersTo(look, read)
  const sent = new Map<number, number>()
  for (const { post, count } of come) sent.set(post, (sent.get(post) ?? 0) + count)
  const would = [...sent.values()].reduce((sum, count) => sum + count, 0)
  const can = Math.min(would, roomAt(look, read))
  const why =
    can < would
      ? [because('no-vacancy', would - can)]
      : can === 0
        ? [because('no-volunteer-near', 0), ...(kept > 0 ? [because('needed-where-she-is', kept)] : [])]
        : []
  const [near] = [...sent]
    .flatMap(([from, count]) => {
      const at = reading.posts[from]
      return at ? [{ from, post: at.post.key, count: Math.min(can, count), km: kmBetween(at.post, read.post) }] : []
    })
    .sort((a, b) => a.km - b.km || a.from - b.from)
  if (!near || can === 0) return part('move', can, why)
  const minutes = Math.round((60 * near.km) / rules.travel.kmPerHour)
  return part('move', can, why, { post: near.post, count: near.count, minutes })
}

function hirePart(look: Look, read: ReadPost, lacks: number, moved: number): ProofPart {
  const { caps, rules } = look.reading.problem
  const vacancies = read.post.vacancies ?? lacks
  if (look.decided.hires < 1) return part('hire', 0, [because('too-late', vacancies)])
  if (!canHire(look, read)) return part('hire', 0, [because('struck-out', vacancies)])
  if (!canBeSafe(look, read)) return part('hire', 0, [because('vacancies-unsafe', vacancies, unsafeAt(look, read))])
  const cap = caps.slice(0, look.decided.hires).reduce((sum, { hires }) => sum + (hires ?? Infinity), 0)
  const room = roomAt(look, read)
  // As many as may come, not as many as are lacking: two who come together are not alone where one is lacking.
  const most = Math.min(room, moved + cap)
  const [heads, officers] = [(look.heads[read.index] ?? 0) + most, (look.officers[read.index] ?? 0) + most]
  if (most > 0 && (heads < rules.together.women || officers < read.officersNeeded))
    return part('hire', 0, [because('would-be-alone', Math.min(most, lacks))])
  const free = Math.max(0, Math.min(room - moved, lacks))
  const can = Math.min(free, Math.floor(cap + 1e-9))
  return part('hire', can, [
    ...(free < lacks ? [because('no-vacancy', lacks - free)] : []),
    ...(can < free ? [because('cap', free - can)] : []),
  ])
}

/** What one neighbour could lend if all were done there that can be done. */
function poolPart(look: Look, read: ReadPost, lacks: number): ProofPart {
  const { onCall } = look.reading.problem.rules
  if (onCall.minutes <= 0) return part('pool', 0, [because('pooling-not-allowed', 0)])
  const neighbours = neighboursOf(look, read)
  if (neighbours.length === 0) return part('pool', 0, [because('too-far-to-share', 0)])
  const ofOne = Math.min(read.ofOne, read.day?.ofOne ?? read.ofOne)
  const [best] = neighbours
    .map(({ other, minutes }) => {
      const women = (lendable(look, other) * Math.max(other.ofOne, other.day?.ofOne ?? 0)) / ofOne
      return {
        post: other.post.key,
        count: Math.min(lacks, wholeWomen(women)),
        minutes: Math.round(minutes),
        exactly: minutes,
      }
    })
    .sort((a, b) => b.count - a.count || a.exactly - b.exactly)
  if (!best || best.count === 0) return part('pool', 0, [because('nobody-on-call', 0)])
  return part('pool', best.count, [], { post: best.post, count: best.count, minutes: best.minutes })
}

/** In the order of the posts. */
function neighboursOf(look: Look, read: ReadPost): readonly { readonly other: ReadPost; readonly minutes: number }[] {
  const { problem, posts, placeOf, atlas } = look.reading
  const { onCall, travel } = problem.rules
  const minutes = new Map<number, number>()
  const everyPost = posts.length
  const km = (onCall.minutes / 60) * travel.kmPerHour
  for (const near of atlas.near(read.post, km, everyPost, (index) => index !== read.index))
    minutes.set(near.index, (60 * near.km) / travel.kmPerHour)
  const known = travel.known.flatMap(({ from, to, minutes: long }) => {
    const at = from === read.post.key ? placeOf.get(to) : to === read.post.key ? placeOf.get(from) : undefined
    return at === undefined || at === read.index ? [] : [{ at, long }]
  })
  for (const { at } of known) minutes.delete(at)
  for (const { at, long } of known) minutes.set(at, Math.min(long, minutes.get(at) ?? Infinity))
  return [...minutes]
    .filter(([, long]) => long <= onCall.minutes)
    .sort(([a], [b]) => a - b)
    .flatMap(([index, long]) => {
      const other = posts[index]
      if (!other) return []
      const isShared = isOpen(look, look.last, { kind: 'pool', posts: [read.post.key, other.post.key] })
      return isShared ? [{ other, minutes: long }] : []
    })
}

/** Women who could be called at a post: those who can be there by then, and those who can come. */
function lendable(look: Look, read: ReadPost): number {
  const { onCall } = look.reading.problem.rules
  const most =
    onCall.hires && canHire(look, read)
      ? Number.POSITIVE_INFINITY
      : comersTo(look, read).come.reduce((sum, { isOnCall, count }) => sum + (isOnCall ? count : 0), 0)
  return (look.called[read.index] ?? 0) + Math.min(roomAt(look, read), most)
}

function because(code: Because['code'], count: number, facilities: Because['facilities'] = []): Because {
  return { code, count, facilities }
}
