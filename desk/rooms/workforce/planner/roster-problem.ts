import { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isTrainedOn, servesOn } from '@lentera/core/workforce/officer/project'
import type { RosterWish } from '@lentera/core/workforce/officer/words'
import { namesOfShifts, type Opening, type Shift, shiftsOf } from '@lentera/core/workforce/post/words'
import type {
  Company,
  CoverDemand,
  Person,
  PersonKey,
  RosterProblem,
  ShiftKey,
  ShiftType,
} from '@lentera/planner/roster'
import type { Assumptions } from './assumptions.ts'
import { inKeysOf, type RosterBefore } from './roster-before.ts'

/**
 * Rules that people can live with. Ours, and no law: a country's own stand above them and are to be typed in. How long somebody rests
 * and how often she is on call are asked for (`Assumptions`).
 */
export const humane = {
  days: 28,
  mostInARow: 5,
  leastFreeInARow: 2,
  mostWeekends: 3,
  /** Officers on any shift on which anybody is: whatever number is typed, nobody is alone. */
  together: 2,
  /** A shift that no trained woman covers, on duty or on call. */
  missingWoman: 1000,
  /**
   * Somebody is without company. Below half of a shift that no trained woman covers: two such are no reason to leave one open. Whoever
   * stays alone is named by the checker.
   */
  missingOfficer: 400,
  /** A shift that is covered on call alone: she is called from elsewhere, and the traveller waits. */
  absentWoman: 30,
  onCall: 3,
  unfair: 5,
  /** All wishes of one officer together, however many they are. */
  wishes: 12,
} as const

/** One of the two posts of a roster: the one it is for, and a neighbour with whom it shares its women on call. */
export type Side = 'post' | 'partner'

export type RosterPost = {
  readonly stream: StreamId
  readonly opening: Opening | undefined
  /** The law or order by which one officer may be there alone, as its agency has written it down. */
  readonly aloneBecause?: string | undefined
  readonly officers: readonly OfficerAt[]
}

/** A shift of one of the posts, worked there or stood by for. */
export type Duty = Shift & {
  readonly key: ShiftKey
  readonly side: Side
  readonly isOnCall: boolean
  readonly isNight: boolean
}

export type RosterQuestion = {
  readonly problem: RosterProblem
  readonly duties: readonly Duty[]
  /** Whose post somebody serves at; and who of the shown are trained on every day. */
  readonly sideOf: ReadonlyMap<PersonKey, Side>
  readonly trained: ReadonlySet<PersonKey>
}

export type AskedRoster = {
  readonly post: RosterPost
  readonly partner: RosterPost | null
  readonly from: CivilDate
  readonly assumptions: Pick<Assumptions, 'rules' | 'roster'>
  /** Nothing is known of the days before when absent. */
  readonly before?: RosterBefore | undefined
}

/**
 * The roster of one post, or of two that share their women on call, for 28 days from `from`: nobody is on a shift alone, which stays empty
 * instead; only where a post has a law or order written down is it weighed, and who is alone named by the checker. Then a trained woman on
 * every shift, or where none is there one on call; then enough officers; then wishes, and nights, work and calls shared alike.
 * Absences, the most nights she can do and the hours of rest are kept; what she offered is not a duty.
 *
 * On call counts as the plan counts it. She has offered it (a reach is written down). For her own post she stands by within the minutes
 * of the plan's rule; for the neighbour, which lies within them, she stands by or is called from her own shift while that lasts. Standby
 * is a day worked, with the rest of any shift before it and after it, on at most so many days of 28, and counts no minutes.
 */
export function askRoster({ post, partner, from, assumptions, before }: AskedRoster): RosterQuestion {
  const of = partner
    ? ([
        ['post', post],
        ['partner', partner],
      ] as const)
    : ([['post', post]] as const)
  const sides = of.map(([side, each]) => readSide(side, each, from))
  const worked = sides.flatMap(({ duties }) => duties)
  const calls = worked.filter((duty) =>
    sides.some(({ people }) => people.some((her) => mayStandBy(her, duty, assumptions))),
  )
  const duties = [...worked, ...calls.map(onCallFor)]
  const days = new Map(
    before?.isJoined ? [...before.days].map(([officer, row]) => [officer, inKeysOf(row, duties)] as const) : [],
  )
  const all: OfAll = { sides, duties, dates: datesFrom(from, humane.days), assumptions, days }
  const people = sides.flatMap((side) => side.people.map((her) => personOf(her, side, all)))
  const problem: RosterProblem = {
    days: humane.days,
    startsOn: weekdayOf(from),
    longestDuty: assumptions.roster.longestDuty,
    shifts: duties.map((duty) => shiftTypeOf(duty, duties, assumptions)),
    people,
    cover: all.dates.flatMap((date, day) => openOn(worked, date).flatMap((duty) => demandsOf(day, duty, all))),
    company: all.dates.flatMap((date, day) =>
      openOn(worked, date)
        .filter(({ side }) => (side === 'post' ? post : partner)?.aloneBecause === undefined)
        .map(({ key }): Company => ({ day, shift: key, least: humane.together, others: 0 })),
    ),
  }
  return {
    problem,
    duties,
    sideOf: new Map(sides.flatMap(({ side, people: own }) => own.map(({ at }) => [at.stream, side] as const))),
    trained: new Set(sides.flatMap(({ people: own }) => own.flatMap((her) => (her.isTrained ? [her.at.stream] : [])))),
  }
}

/** The day a number of days later. */
export const dayAfter = (day: CivilDate, days: number): CivilDate =>
  CivilDate.parse(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10))

export const datesFrom = (from: CivilDate, days: number): readonly CivilDate[] =>
  Array.from({ length: days }, (_, day) => dayAfter(from, day))

const openOn = (duties: readonly Duty[], date: CivilDate): readonly Duty[] =>
  duties.filter(({ weekdays }) => weekdays.includes(weekdayOf(date)))

/** 0 is a Monday. */
export const weekdayOf = (day: CivilDate): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

// ---------------------------------------------------------------- the posts

type Her = { readonly at: OfficerAt; readonly side: Side; readonly isTrained: boolean }
type OnSide = { readonly side: Side; readonly duties: readonly Duty[]; readonly people: readonly Her[] }
type OfAll = {
  readonly sides: readonly OnSide[]
  readonly duties: readonly Duty[]
  readonly dates: readonly CivilDate[]
  readonly assumptions: Pick<Assumptions, 'rules' | 'roster'>
  /** Of each officer the days just before, where they are known. */
  readonly days: ReadonlyMap<PersonKey, readonly (ShiftKey | null)[]>
}

function readSide(side: Side, { opening, officers }: RosterPost, from: CivilDate): OnSide {
  const shifts = opening ? shiftsOf(opening) : []
  const names = namesOfShifts(shifts)
  const last = dayAfter(from, humane.days - 1)
  return {
    side,
    duties: shifts.map((shift, index) => ({
      ...shift,
      key: `${side === 'partner' ? '+' : ''}${padded(names[index] ?? '')}`,
      side,
      isOnCall: false,
      isNight: nightMinutes(shift) >= 180,
    })),
    people: officers
      .filter((each) => servesOn(each, from))
      .map((at) => ({ at, side, isTrained: isTrained(at, from, last) })),
  }
}

/** `0360`, `0360/2`: so that keys stand in the order of the day. */
function padded(name: string): string {
  const [starts = '', more] = name.split('/')
  return [starts.padStart(4, '0'), ...(more ? [more] : [])].join('/')
}

const onCallFor = (duty: Duty): Duty => ({ ...duty, key: `~${duty.key}`, isOnCall: true })

function shiftTypeOf(duty: Duty, all: readonly Duty[], { rules, roster }: OfAll['assumptions']): ShiftType {
  const { key, starts, minutes, isNight, isOnCall, weekdays } = duty
  return {
    key,
    starts,
    minutes: isOnCall ? 0 : minutes,
    isNight,
    isOnCall,
    weekdays,
    ...(isOnCall ? {} : { leastTogether: togetherOn(rules) }),
    // Whoever stands by may be called to the last minute: she rests after it as after a shift.
    cannotFollow: all.filter((next) => next.starts + 1440 - (starts + minutes) < roster.rest).map((next) => next.key),
  }
}

/** Minutes of a shift between 22 and 6 o'clock. */
function nightMinutes({ starts, minutes }: Pick<Shift, 'starts' | 'minutes'>): number {
  const overlap = (from: number, to: number): number =>
    Math.max(0, Math.min(starts + minutes, to) - Math.max(starts, from))
  return overlap(0, 360) + overlap(1320, 1800)
}

// ---------------------------------------------------------------- who

/** Her certificates hold on every day of the roster: one that ends in between does not count. */
const isTrained = ({ officer, certificates }: OfficerAt, from: CivilDate, last: CivilDate): boolean =>
  officer.sex === 'female' && isTrainedOn(certificates, from) && isTrainedOn(certificates, last)

/** May be called to the neighbour, as the plan has it; `isOnCall` there. */
const mayBeCalled = ({ isTrained: is, at }: Her, { rules }: OfAll['assumptions']): boolean =>
  is && rules.onCall.minutes > 0 && at.said.reach !== undefined

/** May stand by for a shift, where she lives. Who bounds her nights stands by on none: how many they were could not be told before. */
function mayStandBy(her: Her, duty: Duty, assumptions: OfAll['assumptions']): boolean {
  if (assumptions.roster.mostOnCall === 0 || !mayBeCalled(her, assumptions)) return false
  if (duty.isNight && her.at.said.wishes?.mostNights != null) return false
  return her.side !== duty.side || (her.at.said.reach ?? Infinity) <= assumptions.rules.onCall.minutes
}

/** Whoever has it counts as the trained woman of that post: those who serve there, and the neighbour's who may be called. */
const coverOf = (side: Side): string => (side === 'post' ? 'trained-woman' : 'trained-woman of the neighbour')

function personOf(
  her: Her,
  { side, duties, people }: OnSide,
  { duties: all, dates, assumptions, sides, days }: OfAll,
): Person {
  const { rules, roster } = assumptions
  const { said, stream } = her.at
  const open = (of: readonly Duty[]): number =>
    dates.reduce((sum, date) => sum + of.filter(({ weekdays }) => weekdays.includes(weekdayOf(date))).length, 0)
  const nights = duties.filter(({ isNight }) => isNight)
  const women = people.filter(({ isTrained: is }) => is).length
  const officers = Math.min(people.length, togetherOn(rules))
  const share = Math.min(rules.shiftsPerPerson, Math.ceil((open(duties) * officers) / Math.max(1, people.length)))
  // The nights of the post, shared among those who must be on them; whoever offered nights may do more.
  const fair = Math.ceil((open(nights) * rules.womenPerShift) / Math.max(1, women)) + 1
  const more = nightsMore(her, people, nights, days)
  const calls = all.filter((duty) => duty.isOnCall && mayStandBy(her, duty, assumptions)).map(({ key }) => key)
  const isAway = (day: CivilDate): boolean =>
    (said.absences ?? []).some(({ from, to }) => from <= day && day <= to) ||
    (said.postedOn !== undefined && day < said.postedOn) ||
    (said.leftOn !== undefined && day > said.leftOn)
  return {
    key: stream,
    skills: [
      ...(her.isTrained ? [coverOf(side)] : []),
      ...sides.flatMap((other) => (other.side !== side && mayBeCalled(her, assumptions) ? [coverOf(other.side)] : [])),
    ],
    mostShifts: mostShiftsOf(her, all, assumptions),
    mostOnCall: roster.mostOnCall,
    leastMinutes: 0,
    mostMinutes: rules.minutesPerPerson,
    leastInARow: 1,
    mostInARow: humane.mostInARow,
    leastFreeInARow: humane.leastFreeInARow,
    mostWeekends: humane.mostWeekends,
    windows: [{ days: 7, most: humane.mostInARow }, ...nightsTogether(her, nights, dates.length, days.has(stream))],
    daysOff: dates.flatMap((day, index) => (isAway(day) ? [index] : [])),
    wishes: wishesOf(said.rosterWishes ?? [], duties, dates),
    balance: [
      ...(nights.length === 0 || said.wishes?.volunteersForNights === true
        ? []
        : [{ shifts: nights.map(({ key }) => key), low: 0, high: Math.max(0, fair - more), weight: humane.unfair }]),
      // The work of all shifts is shared alike; a trained woman may have more of it where she is needed, and never less.
      {
        shifts: duties.map(({ key }) => key),
        low: Math.max(0, share - 2),
        high: her.isTrained ? dates.length : share + 2,
        weight: humane.unfair,
      },
      ...(calls.length === 0
        ? []
        : [{ shifts: calls, low: 0, high: Math.ceil(roster.mostOnCall / 2), weight: humane.unfair }]),
    ],
    fixed: [],
    before: days.get(stream) ?? [],
  }
}

/** What she may never be on: the neighbour's shifts, and standby that is not hers. */
function mostShiftsOf(her: Her, all: readonly Duty[], assumptions: OfAll['assumptions']): Person['mostShifts'] {
  const mostNights = her.at.said.wishes?.mostNights ?? null
  return Object.fromEntries(
    all.flatMap((duty): (readonly [ShiftKey, number])[] => {
      const mayNot = duty.isOnCall ? !mayStandBy(her, duty, assumptions) : duty.side !== her.side
      if (mayNot) return [[duty.key, 0]]
      return duty.isNight && mostNights !== null ? [[duty.key, mostNights]] : []
    }),
  )
}

/** Nights of the days before that she has worked more than the trained women of her post on average: as many less are her share now. */
function nightsMore(her: Her, people: readonly Her[], nights: readonly Duty[], days: OfAll['days']): number {
  const keys = new Set<ShiftKey | null>(nights.map(({ key }) => key))
  const known = people.flatMap(({ at, isTrained: is }) => {
    const row = is ? days.get(at.stream) : undefined
    return row ? [{ who: at.stream, nights: row.filter((shift) => keys.has(shift)).length }] : []
  })
  const hers = known.find(({ who }) => who === her.at.stream)?.nights
  if (hers === undefined) return 0
  return Math.round(hers - known.reduce((sum, each) => sum + each.nights, 0) / known.length)
}

/**
 * The most nights she can do in any 28 days, whichever of the night shifts. One night shift alone is bounded as a shift, unless nights
 * of the days before are among them.
 */
function nightsTogether(her: Her, nights: readonly Duty[], days: number, isKnown: boolean): Person['windows'] {
  const mostNights = her.at.said.wishes?.mostNights ?? null
  if (mostNights === null || nights.length === 0 || (nights.length < 2 && !isKnown)) return []
  return [{ days, most: mostNights, shifts: nights.map(({ key }) => key) }]
}

/** Her wishes in points: hers together weigh no more than another's, however many they are. One for a shift that is not open is none. */
function wishesOf(said: readonly RosterWish[], duties: readonly Duty[], dates: readonly CivilDate[]): Person['wishes'] {
  const known = said.flatMap(({ on, wish, starts, weight }): Person['wishes'] => {
    const day = dates.indexOf(on)
    if (day < 0) return []
    const duty = duties.find((each) => each.starts === starts && each.weekdays.includes(weekdayOf(on)))
    if (wish === 'free') return [{ day, shift: null, weight, isWanted: true }]
    return duty ? [{ day, shift: duty.key, weight, isWanted: wish === 'shift' }] : []
  })
  const sum = known.reduce((total, { weight }) => total + weight, 0)
  return known.map((wish) => ({ ...wish, weight: Math.max(1, Math.round((humane.wishes * wish.weight) / sum)) }))
}

// ---------------------------------------------------------------- what is asked of a day

function demandsOf(day: number, duty: Duty, all: OfAll): readonly CoverDemand[] {
  const { rules } = all.assumptions
  const own = all.sides.find(({ side }) => side === duty.side)?.people.length ?? 0
  const by = [duty.key, ...callsFor(duty, all).map(({ key }) => key)]
  const nothing = { day, by: [duty.key], skill: null, required: 0, under: 0, over: 0 }
  const woman = { ...nothing, skill: coverOf(duty.side), required: rules.womenPerShift }
  return [
    { ...woman, by, under: humane.missingWoman },
    ...(by.length > 1 ? [{ ...woman, under: humane.absentWoman }] : []),
    // Standby that nobody needs is a day taken from her.
    ...by.flatMap((key) => (key.startsWith('~') ? [{ ...nothing, by: [key], over: humane.onCall }] : [])),
    // One who serves there by herself is never asked for as company: it would only bring her on more shifts alone.
    ...(own < 2 ? [] : [{ ...nothing, required: Math.min(own, togetherOn(rules)), under: humane.missingOfficer }]),
  ]
}

/** Officers who stand together on a shift of which anybody is: two at the least, whatever is typed, for nobody is posted alone. */
const togetherOn = ({ together }: OfAll['assumptions']['rules']): number =>
  Math.max(humane.together, together.officersPerShift)

/** From where a shift can be covered on call: standby for it, and the neighbour's shifts that last as long. */
function callsFor(duty: Duty, { duties, sides, assumptions }: OfAll): readonly Duty[] {
  const neighbours = sides.find(({ side }) => side !== duty.side)?.people ?? []
  const isLent = neighbours.some((her) => mayBeCalled(her, assumptions))
  return duties.filter((each) =>
    each.isOnCall ? each.key === `~${duty.key}` : each.side !== duty.side && isLent && lasts(each, duty),
  )
}

const lasts = (one: Duty, other: Duty): boolean =>
  one.starts <= other.starts && one.starts + one.minutes >= other.starts + other.minutes
