import type {
  Action,
  Because,
  Officer,
  OfficerGroup,
  PlanYear,
  Post,
  PostKey,
  Proof,
  ProofPart,
} from '../plan/words.ts'
import { recount, rowsOf, shiftsOfOne } from './plan-cover.ts'
import type { Judged } from './plan-judged.ts'
import { fits } from './plan-limits.ts'
import { countsIn, isValidAtEndOf, kilometres, kindOf, minutesBetween, takenBy, yearsFrom } from './plan-reading.ts'

/**
 * The proof of a gap, counted anew from who serves where: what the post needs and has with what a hand has set, and what each way
 * could add at the very most, with nothing spent elsewhere. An engine's proof must have the same numbers.
 */
export function proving(judged: Judged): (post: Post) => Proof {
  const look = lookOf(judged)
  return (post) => {
    const ofOne = fewestShiftsOfOne(look, post)
    const shifts = 4 * sum(post.shifts.map(({ daysAWeek }) => daysAWeek)) * judged.problem.rules.womenPerShift
    const needs = up(shifts / shiftsOfOne(judged.problem, post.shifts))
    const has = Math.min(needs, up(look.trainedIn(post.key, judged.problem.years)))
    const lacks = needs - has
    const train = trainPart(look, post)
    const move = movePart(look, post)
    const hire = hirePart(look, post, lacks, move.can)
    const parts = [train, move, hire, poolPart(look, post, lacks, ofOne)]
    return {
      post: post.key,
      hoursAWeek: sum(post.shifts.map(({ minutes, daysAWeek }) => (minutes * daysAWeek) / 60)),
      shifts,
      needs,
      has,
      parts,
      missing: Math.max(0, lacks - sum(parts.map(({ can }) => can))),
    }
  }
}

/** Women whom a post no longer needs where it is open by day alone: so many may be missing, and it is not impossible yet. */
export function sparedByDay({ problem }: Judged, { shifts, dayShifts }: Post): number {
  if (dayShifts === null) return 0
  const needs = (open: Post['shifts']): number =>
    up((4 * problem.rules.womenPerShift * sum(open.map(({ daysAWeek }) => daysAWeek))) / shiftsOfOne(problem, open))
  return needs(shifts) - needs(shifts.filter(({ key }) => dayShifts.includes(key)))
}

// ---------------------------------------------------------------------------------------------------------------------
// Who is there when the plan ends, by what a hand has set

/** Women who are alike in what is set for them. */
type Some = {
  readonly serves: Officer | OfficerGroup
  readonly count: number
  readonly place: PostKey
  readonly isMoved: boolean
  readonly isTrained: boolean
  readonly canBeTrained: boolean
}

type Look = Judged & {
  readonly women: readonly Some[]
  readonly byPlace: ReadonlyMap<PostKey, readonly Some[]>
  readonly trainedIn: (post: PostKey, year: PlanYear) => number
  /** The years in which something can be decided that counts when the plan ends. */
  readonly hiring: readonly PlanYear[]
  readonly training: readonly PlanYear[]
  readonly building: readonly PlanYear[]
  /** Both ways round. */
  readonly known: ReadonlySet<string>
}

function lookOf(judged: Judged): Look {
  const { problem } = judged
  const inTime = (months: number): readonly PlanYear[] =>
    yearsFrom(problem, 1).filter((year) => countsIn({ year }, months) <= problem.years)
  const { training, hiring, facility } = problem.rules.leadMonths
  const trained = rowsOf(recount(judged, problem.fixed))
  const women = womenOf(judged, inTime(training))
  return {
    ...judged,
    women,
    byPlace: Map.groupBy(women, ({ place }) => place),
    trainedIn: (post, year) => trained(post, year)?.trained ?? 0,
    hiring: inTime(hiring),
    training: inTime(training),
    building: inTime(facility),
    known: new Set(problem.rules.travel.known.flatMap(({ from, to }) => [`${from}\n${to}`, `${to}\n${from}`])),
  }
}

/** Of a group, whoever is to move is also first to be trained. */
function womenOf({ problem, people }: Judged, training: readonly PlanYear[]): readonly Some[] {
  const set = problem.fixed.flatMap((action) =>
    action.kind === 'train' || action.kind === 'move' ? takenBy(action.who).map((taken) => ({ ...taken, action })) : [],
  )
  const byName = Map.groupBy(set, ({ name }) => name)
  return [...people].flatMap(([name, { serves, count }]): Some[] => {
    if (!serves.isWoman || count === 0) return []
    const own = byName.get(name) ?? []
    const each = <T>(of: (action: Action) => T | undefined): readonly T[] =>
      own.flatMap(({ action, count: times }) => {
        const found = of(action)
        return found === undefined ? [] : Array.from({ length: times }, () => found)
      })
    const trains = each((action) => (action.kind === 'train' ? action.year : undefined))
    const moves = each((action) => (action.kind === 'move' ? action.to : undefined))
    const touched = Math.min(count, Math.max(trains.length, moves.length))
    const one = (some: number, train: PlanYear | undefined, to: PostKey | undefined): Some => {
      const holds = serves.training.isTrained && isValidAtEndOf(problem, problem.years, serves.training.until)
      const isTrained = holds || (train !== undefined && training.includes(train))
      const asked = training.some((year) => {
        const who = { officers: 'count' in serves ? [] : [serves.key], groups: groupOf(serves) }
        return isOpen(problem.forbidden, { kind: 'train', post: serves.post, year, who, isRenewal: false, ...nothing })
      })
      const canBeTrained = !isTrained && serves.mayBeTrained && train === undefined && asked
      return { serves, count: some, place: to ?? serves.post, isMoved: to !== undefined, isTrained, canBeTrained }
    }
    return [
      ...Array.from({ length: touched }, (_, nth) => one(1, trains[nth], moves[nth])),
      ...(count > touched ? [one(count - touched, undefined, undefined)] : []),
    ]
  })
}

const nothing = { count: 1, cost: 0 } as const
const groupOf = (serves: Officer | OfficerGroup) => ('count' in serves ? [{ group: serves.key, count: 1 }] : [])

const isOpen = (struck: Judged['problem']['forbidden'], action: Action): boolean =>
  !struck.some((each) => fits(each, action))

const countOf = (women: readonly Some[]): number => sum(women.map(({ count }) => count))

/** Those who serve at a post when the plan ends, and of the hires that a hand has set those who have come by then. */
const womenAt = ({ byPlace }: Look, post: PostKey): readonly Some[] => byPlace.get(post) ?? []

function hiredAt({ problem }: Look, post: PostKey): number {
  const hires = kindOf(problem.fixed, 'hire').filter((hire) => hire.post === post)
  const come = hires.filter((hire) => countsIn(hire, problem.rules.leadMonths.hiring) <= problem.years)
  return sum(come.map(({ count }) => count))
}

// ---------------------------------------------------------------------------------------------------------------------
// What a post has room for

function unsafeAt({ problem }: Look, { key, facilities }: Post): readonly string[] {
  const built = kindOf(problem.fixed, 'facility')
    .filter(({ post }) => post === key)
    .filter((action) => countsIn(action, problem.rules.leadMonths.facility) <= problem.years)
  return problem.rules.facilitiesNeeded.filter(
    (facility) => facilities[facility] !== 'yes' && !built.some((action) => action.facility === facility),
  )
}

function canBeSafe(look: Look, post: Post): boolean {
  const { costs, forbidden } = look.problem
  const unsafe = unsafeAt(look, post)
  const isOpenAt = (facility: string): boolean =>
    look.building.some((year) => isOpen(forbidden, { kind: 'facility', post: post.key, facility, year, ...nothing }))
  return unsafe.every((facility) => Object.hasOwn(costs.facility, facility) && isOpenAt(facility))
}

/** Women who can still come; Infinity where nothing bounds them. */
function roomAt(look: Look, post: Post): number {
  if (!canBeSafe(look, post)) return 0
  if (post.vacancies === null) return Number.POSITIVE_INFINITY
  const { fixed } = look.problem
  const hired = kindOf(fixed, 'hire').filter((hire) => hire.post === post.key)
  const [come, gone] = [
    kindOf(fixed, 'move').filter(({ to }) => to === post.key),
    kindOf(fixed, 'move').filter(({ from }) => from === post.key),
  ]
  const counts = (actions: readonly Action[]): number => sum(actions.map(({ count }) => count))
  return Math.max(0, post.vacancies - counts(hired) - counts(come) + counts(gone))
}

function canHire({ problem, hiring }: Look, post: Post): boolean {
  return hiring.some((year) => isOpen(problem.forbidden, { kind: 'hire', post: post.key, year, ...nothing }))
}

// ---------------------------------------------------------------------------------------------------------------------
// The ways

const part = (
  way: ProofPart['way'],
  can: number,
  because: readonly Because[],
  nearest: ProofPart['nearest'] = null,
): ProofPart => ({ way, can, nearest, because })

const because = (code: Because['code'], count: number, facilities: Because['facilities'] = []): Because => ({
  code,
  count,
  facilities,
})

function trainPart(look: Look, post: Post): ProofPart {
  const untrained = womenAt(look, post.key).filter(({ isTrained }) => !isTrained)
  const can = countOf(untrained.filter(({ canBeTrained }) => canBeTrained))
  const not = countOf(untrained) - can
  const why = look.training.length === 0 ? 'too-late' : 'may-not-be-trained'
  return part('train', can, not > 0 ? [because(why, not)] : [])
}

/** Women who would come to a post, and those of them whom their own post can in no year spare. */
function comersTo(look: Look, to: Post): { readonly come: readonly Some[]; readonly kept: readonly Some[] } {
  const would = look.women.filter((some) => wouldCome(look, some, to))
  const isKept = ({ serves, isTrained }: Some): boolean => {
    const home = look.posts.get(serves.post)
    return isTrained && home !== undefined && sparesNobody(look, home)
  }
  return { come: would.filter((some) => !isKept(some)), kept: would.filter(isKept) }
}

function wouldCome({ problem, posts }: Look, some: Some, to: Post): boolean {
  const { serves } = some
  const { kind, onlyTo, notTo, mostKm } = serves.mayMove
  const from = posts.get(serves.post)
  if (some.isMoved || from === undefined || from === to || !(some.isTrained || some.canBeTrained)) return false
  if (kind === 'no' || problem.rules.moves === 'none') return false
  if (kind === 'if-asked' && problem.rules.moves !== 'if-asked') return false
  if (notTo.includes(to.key) || (onlyTo !== null && !onlyTo.includes(to.key))) return false
  const km = kilometres(from, to)
  const home = ('home' in serves ? serves.home : null) ?? from
  if (km > problem.rules.mostMoveKm || (mostKm !== null && kilometres(home, to) > mostKm)) return false
  const who = { officers: 'count' in serves ? [] : [serves.key], groups: groupOf(serves) }
  const ends = { from: from.key, to: to.key, km, isVolunteer: kind === 'volunteer' }
  return yearsFrom(problem, 1).some((year) =>
    isOpen(problem.forbidden, { kind: 'move', ...ends, year, who, ...nothing }),
  )
}

/** No woman leaves a post that she keeps covered: here that is so of each of them, in every year. */
function sparesNobody(look: Look, home: Post): boolean {
  const { problem } = look
  const needs = (open: Post['shifts']): number => {
    const days = sum(open.map(({ daysAWeek }) => daysAWeek))
    const women = (4 * problem.rules.womenPerShift * days) / shiftsOfOne(problem, open)
    return problem.rules.attrition === 0 ? up(women) : women
  }
  const byDay = home.dayShifts === null ? home.shifts : home.shifts.filter(({ key }) => home.dayShifts?.includes(key))
  const fewest = Math.min(needs(home.shifts), needs(byDay))
  const canTrain = womenAt(look, home.key).some(({ canBeTrained }) => canBeTrained)
  return !canTrain && yearsFrom(problem, 1).every((year) => look.trainedIn(home.key, year) <= fewest + tolerance)
}

function movePart(look: Look, post: Post): ProofPart {
  const { problem, posts } = look
  if (problem.rules.moves === 'none') return part('move', 0, [because('moves-not-allowed', 0)])
  if (!canBeSafe(look, post)) return part('move', 0, [because('vacancies-unsafe', 0, unsafeAt(look, post))])
  const { come, kept } = comersTo(look, post)
  const would = countOf(come)
  const can = Math.min(would, roomAt(look, post))
  const why =
    can < would
      ? [because('no-vacancy', would - can)]
      : can === 0
        ? [because('no-volunteer-near', 0), ...(kept.length > 0 ? [because('needed-where-she-is', countOf(kept))] : [])]
        : []
  const homes = new Set(come.map(({ serves }) => serves.post))
  const [near] = problem.posts
    .filter(({ key }) => homes.has(key))
    .map((from) => ({ from, km: kilometres(from, post) }))
    .toSorted((a, b) => a.km - b.km)
  if (near === undefined || can === 0 || !posts.has(near.from.key)) return part('move', can, why)
  const count = Math.min(can, countOf(come.filter(({ serves }) => serves.post === near.from.key)))
  const minutes = Math.round((60 * near.km) / problem.rules.travel.kmPerHour)
  return part('move', can, why, { post: near.from.key, count, minutes })
}

function hirePart(look: Look, post: Post, lacks: number, moved: number): ProofPart {
  const { problem, hiring, people } = look
  const places = post.vacancies ?? lacks
  if (hiring.length === 0) return part('hire', 0, [because('too-late', places)])
  if (!canHire(look, post)) return part('hire', 0, [because('struck-out', places)])
  if (!canBeSafe(look, post)) return part('hire', 0, [because('vacancies-unsafe', places, unsafeAt(look, post))])
  const caps = problem.caps.filter((_, index) => hiring.includes(index + 1)).map(({ hires }) => hires ?? Infinity)
  const [room, cap] = [roomAt(look, post), sum(caps)]
  // As many as may come, not as many as are lacking: two who come together are not alone where one is lacking.
  const most = Math.min(room, moved + cap)
  const heads = countOf(womenAt(look, post.key)) + hiredAt(look, post.key)
  const here = [...people.values()].filter(({ serves }) => serves.post === post.key)
  const away = look.women.filter(({ serves, isMoved }) => isMoved && serves.post === post.key)
  const come = womenAt(look, post.key).filter(({ serves }) => serves.post !== post.key)
  const officers = sum(here.map(({ count }) => count)) - countOf(away) + countOf(come) + hiredAt(look, post.key)
  const { women, officersPerShift } = problem.rules.together
  const days = sum(post.shifts.map(({ daysAWeek }) => daysAWeek))
  const enough = up((4 * officersPerShift * days) / shiftsOfOne(problem, post.shifts))
  if (most > 0 && (heads + most < women || officers + most < enough))
    return part('hire', 0, [because('would-be-alone', Math.min(most, lacks))])
  const free = Math.max(0, Math.min(room - moved, lacks))
  const can = Math.min(free, Math.floor(cap + tolerance))
  return part('hire', can, [
    ...(free < lacks ? [because('no-vacancy', lacks - free)] : []),
    ...(can < free ? [because('cap', free - can)] : []),
  ])
}

/** What one neighbour could lend if all were done there that can be done. */
function poolPart(look: Look, post: Post, lacks: number, ofOne: number): ProofPart {
  const { problem } = look
  if (problem.rules.onCall.minutes <= 0) return part('pool', 0, [because('pooling-not-allowed', 0)])
  const neighbours = problem.posts
    .filter((other) => other !== post && mayBeNear(look, post, other))
    .map((other) => ({ other, minutes: minutesBetween(problem.rules, post, other) }))
    .filter(({ minutes }) => minutes <= problem.rules.onCall.minutes)
    .filter(({ other }) => {
      const [a, b] = problem.posts.indexOf(post) < problem.posts.indexOf(other) ? [post, other] : [other, post]
      return yearsFrom(problem, 1).some((year) =>
        isOpen(problem.forbidden, { kind: 'pool', posts: [a.key, b.key], minutes: 0, year, ...nothing }),
      )
    })
  if (neighbours.length === 0) return part('pool', 0, [because('too-far-to-share', 0)])
  const [best] = neighbours
    .map(({ other, minutes }) => ({
      post: other.key,
      count: Math.min(lacks, up((lendable(look, other) * mostShiftsOfOne(look, other)) / ofOne)),
      minutes,
    }))
    .toSorted((a, b) => b.count - a.count || a.minutes - b.minutes)
  if (best === undefined || best.count === 0) return part('pool', 0, [because('nobody-on-call', 0)])
  return part('pool', best.count, [], { ...best, minutes: Math.round(best.minutes) })
}

/** Without looking at each way: as far north or south alone as anybody is called, or a way whose minutes are known. */
function mayBeNear({ problem, known }: Look, post: Post, other: Post): boolean {
  if (known.has(`${post.key}\n${other.key}`)) return true
  const { onCall, travel } = problem.rules
  if (post.latitude === null || other.latitude === null) return false
  return Math.abs(post.latitude - other.latitude) * kmOfDegree <= (onCall.minutes / 60) * travel.kmPerHour
}

/** Of latitude, a little less than it is: 111.19 on the sphere of the ways. */
const kmOfDegree = 111

/** Women who could be called at a post: those of today, those who can be trained, and those who can come. */
function lendable(look: Look, post: Post): number {
  const { problem } = look
  const { attrition, onCall, leadMonths } = problem.rules
  const stay = 1 - attrition
  const here = womenAt(look, post.key).filter(({ serves }) => serves.isOnCall)
  const trained = countOf(here.filter(({ isTrained }) => isTrained)) * stay ** problem.years
  const trainable = countOf(here.filter(({ canBeTrained }) => canBeTrained))
  const hires = kindOf(problem.fixed, 'hire').filter((hire) => hire.post === post.key)
  const hired = sum(
    hires.map((hire) => {
      const since = countsIn(hire, leadMonths.hiring)
      return since > problem.years ? 0 : hire.count * stay ** (problem.years - since)
    }),
  )
  const { come } = comersTo(look, post)
  const most = onCall.hires && canHire(look, post) ? Infinity : countOf(come.filter(({ serves }) => serves.isOnCall))
  return trained + trainable + (onCall.hires ? hired : 0) + Math.min(roomAt(look, post), most)
}

const shiftsBy = ({ problem }: Look, { shifts, dayShifts }: Post): readonly number[] => [
  shiftsOfOne(problem, shifts),
  ...(dayShifts === null
    ? []
    : [
        shiftsOfOne(
          problem,
          shifts.filter(({ key }) => dayShifts.includes(key)),
        ),
      ]),
]
const fewestShiftsOfOne = (look: Look, post: Post): number => Math.min(...shiftsBy(look, post))
const mostShiftsOfOne = (look: Look, post: Post): number => Math.max(...shiftsBy(look, post))

/** By which floating point may differ; what it adds to a whole number is not a woman more. */
const tolerance = 1e-9
const up = (women: number): number => Math.ceil(women - tolerance) + 0

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
