import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isTrainedOn, plannedWith, servesOn } from '@lentera/core/workforce/officer/project'
import { namesOfShifts, type Opening, type Shift, shiftsOf } from '@lentera/core/workforce/post/words'
import type { PersonKey, ShiftKey, ShiftType } from '@lentera/planner/roster'
import type { Assumptions } from './assumptions.ts'
import { humane } from './humane.ts'

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

/** A duty of a day, from 0, that stands whatever is made. */
export type StandingDuty = { readonly day: number; readonly duty: Duty }

/** By day of the roster whether she is a trained woman on it; `isTrained` where she is on one of them at least. */
export type Her = {
  readonly at: OfficerAt
  readonly side: Side
  readonly trainedOn: readonly boolean[]
  readonly isTrained: boolean
}
export type OnSide = { readonly side: Side; readonly duties: readonly Duty[]; readonly people: readonly Her[] }
export type OfAll = {
  readonly sides: readonly OnSide[]
  readonly duties: readonly Duty[]
  readonly dates: readonly CivilDate[]
  /** By day the first of the days around it on which the same women are trained (`spellsOf`). */
  readonly spells: readonly number[]
  readonly assumptions: Pick<Assumptions, 'rules' | 'roster'>
  /** Of each officer the days just before, where they are known. */
  readonly days: ReadonlyMap<PersonKey, readonly (ShiftKey | null)[]>
  /** Of each officer her duties on these days in other rosters. */
  readonly elsewhere: ReadonlyMap<PersonKey, readonly StandingDuty[]>
}

export function readSide(side: Side, { opening, officers }: RosterPost, from: CivilDate): OnSide {
  const shifts = opening ? shiftsOf(opening) : []
  const names = namesOfShifts(shifts)
  return {
    side,
    duties: shifts.map((shift, index) => ({
      ...shift,
      key: `${side === 'partner' ? '+' : ''}${padded(names[index] ?? '')}`,
      side,
      isOnCall: false,
      isNight: isNightDuty(shift),
    })),
    people: officers
      .filter((each) => servesOn(each, from))
      .map((each) => {
        const at = { ...each, said: plannedWith(each.said) }
        const trainedOn = trainedDays(at, from)
        return { at, side, trainedOn, isTrained: trainedOn.includes(true) }
      }),
  }
}

/** `0360`, `0360/2`: so that keys stand in the order of the day. */
export function padded(name: string): string {
  const [starts = '', more] = name.split('/')
  return [starts.padStart(4, '0'), ...(more ? [more] : [])].join('/')
}

export const onCallFor = (duty: Duty): Duty => ({ ...duty, key: `~${duty.key}`, isOnCall: true })

export function shiftTypeOf(duty: Duty, all: readonly Duty[], { rules, roster }: OfAll['assumptions']): ShiftType {
  const { key, starts, minutes, isNight, isOnCall, weekdays } = duty
  return {
    key,
    starts,
    minutes: isOnCall ? 0 : minutes,
    isNight,
    isOnCall,
    weekdays,
    ...(isOnCall ? { lasts: minutes } : {}),
    // Who is with her elsewhere is the other roster's.
    ...(isOnCall || isElsewhere(key) ? {} : { leastTogether: togetherOn(rules) }),
    // Whoever stands by may be called to the last minute: she rests after it as after a shift.
    cannotFollow: all.filter((next) => next.starts + 1440 - (starts + minutes) < roster.rest).map((next) => next.key),
  }
}

/** The key of a duty at a post that this roster is not made for: `@0360-480`, on call `@~0360-480`. */
export const isElsewhere = (key: ShiftKey): boolean => key.startsWith('@')

export const isNightDuty = (duty: Pick<Shift, 'starts' | 'minutes'>): boolean => nightMinutes(duty) >= 180

/** Minutes of a shift between 22 and 6 o'clock. */
function nightMinutes({ starts, minutes }: Pick<Shift, 'starts' | 'minutes'>): number {
  const overlap = (from: number, to: number): number =>
    Math.max(0, Math.min(starts + minutes, to) - Math.max(starts, from))
  return overlap(0, 360) + overlap(1320, 1800)
}

// ---------------------------------------------------------------- who

const trainedDays = ({ officer, certificates }: OfficerAt, from: CivilDate): readonly boolean[] =>
  datesFrom(from, humane.days).map((day) => officer.sex === 'female' && isTrainedOn(certificates, day))

/** A certificate that ends or begins within the roster parts its days: of each day the first of the spell in which the same women are trained. */
export function spellsOf(sides: readonly OnSide[]): readonly number[] {
  const people = sides.flatMap((side) => side.people)
  const spells: number[] = []
  for (let day = 0; day < humane.days; day++) {
    const isSame = day > 0 && people.every(({ trainedOn }) => trainedOn[day] === trainedOn[day - 1])
    spells.push(isSame ? (spells[day - 1] ?? 0) : day)
  }
  return spells
}

/** May be called to the neighbour, as the plan has it; `isOnCall` there. */
export const mayBeCalled = ({ isTrained: is, at }: Her, { rules }: OfAll['assumptions']): boolean =>
  is && rules.onCall.minutes > 0 && at.said.reach !== undefined

/** May stand by for a shift, where she lives. Who bounds her nights stands by on none: how many they were could not be told before. */
export function mayStandBy(her: Her, duty: Duty, assumptions: OfAll['assumptions']): boolean {
  if (assumptions.roster.mostOnCall === 0 || !mayBeCalled(her, assumptions)) return false
  if (duty.isNight && her.at.said.wishes?.mostNights != null) return false
  return her.side !== duty.side || (her.at.said.reach ?? Infinity) <= assumptions.rules.onCall.minutes
}

/** Not the neighbour's shifts, and no standby that is not hers. */
export const mayWork = (her: Her, duty: Duty, assumptions: OfAll['assumptions']): boolean =>
  duty.isOnCall ? mayStandBy(her, duty, assumptions) : duty.side === her.side

/** Whoever has it counts, in a spell of days, as the trained woman of that post: those who serve there, and the neighbour's who may be called. */
export const coverOf = (side: Side, spell: number): string =>
  `trained-woman${side === 'post' ? '' : ' of the neighbour'}${spell === 0 ? '' : ` from day ${spell}`}`

/** Officers who stand together on a shift of which anybody is: two at the least, whatever is typed, for nobody is posted alone. */
export const togetherOn = ({ together }: OfAll['assumptions']['rules']): number =>
  Math.max(humane.together, together.officersPerShift)

/** From where a shift can be covered on call: standby for it, and the neighbour's shifts that last as long. */
export function callsFor(duty: Duty, { duties, sides, assumptions }: OfAll): readonly Duty[] {
  const neighbours = sides.find(({ side }) => side !== duty.side)?.people ?? []
  const isLent = neighbours.some((her) => mayBeCalled(her, assumptions))
  return duties.filter((each) =>
    each.isOnCall ? each.key === `~${duty.key}` : each.side !== duty.side && isLent && lasts(each, duty),
  )
}

const lasts = (one: Duty, other: Duty): boolean =>
  one.starts <= other.starts && one.starts + one.minutes >= other.starts + other.minutes

/** 0 is a Monday. */
export const weekdayOf = (day: CivilDate): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

export const datesFrom = (from: CivilDate, days: number): readonly CivilDate[] =>
  Array.from({ length: days }, (_, day) => daysAfter(from, day))

export const openOn = (duties: readonly Duty[], date: CivilDate): readonly Duty[] =>
  duties.filter(({ weekdays }) => weekdays.includes(weekdayOf(date)))
