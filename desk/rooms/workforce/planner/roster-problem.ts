import { CivilDate } from '@lentera/core/shared/dates'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import { isServing, isTrainedOn } from '@lentera/core/workforce/officer/project'
import type { PostOpened } from '@lentera/core/workforce/post/project'
import { type Shift, shiftsOf } from '@lentera/core/workforce/post/words'
import type { CoverDemand, Person, RosterProblem, ShiftType } from '@lentera/planner/roster'
import type { Assumptions } from './assumptions.ts'

/** The skill of a woman whose certificates hold on every day of the roster: one that ends in between does not count. */
export const trainedWoman = 'trained-woman'

/** Rules that people can live with. Ours, and no law: a country's own stand above them and are to be typed in. */
export const humane = {
  days: 28,
  /** Minutes between two shifts: eleven hours. */
  rest: 660,
  mostInARow: 5,
  leastFreeInARow: 2,
  mostWeekends: 3,
  missingWoman: 1000,
  missingOfficer: 50,
  unfair: 5,
} as const

/**
 * The roster of one post for 28 days from `from`: a trained woman on every shift first, then enough officers that nobody is alone,
 * then nights and weekends shared alike. Absences and the most nights she can do are kept; what she offered is not a duty.
 */
export function rosterProblemOf(
  post: Pick<PostOpened, 'opening'>,
  officers: readonly OfficerAt[],
  from: CivilDate,
  { rules }: Pick<Assumptions, 'rules'>,
): RosterProblem {
  const opened = post.opening ? shiftsOf(post.opening) : []
  const shifts = shiftTypesOf(opened)
  const dates = datesFrom(from, humane.days)
  const last = dates.at(-1) ?? from
  const serving = officers.filter(({ officer }) => isServing(officer))
  const nights = shifts.filter(({ isNight }) => isNight).map(({ key }) => key)
  const women = serving.filter((each) => isTrained(each, from, last))
  const keys = shifts.map(({ key }) => key)
  const share = Math.min(
    rules.shiftsPerPerson,
    Math.ceil((dates.length * keys.length * rules.together.officersPerShift) / Math.max(1, serving.length)),
  )
  const all = { dates, keys, nights, women: women.length, share, rules, from, last }
  const people = serving.map((each) => personOf(each, all))
  return {
    days: humane.days,
    startsOn: weekdayOf(from),
    shifts,
    people,
    cover: dates.flatMap((date, day) =>
      opened
        .filter(({ weekdays }) => weekdays.includes(weekdayOf(date)))
        .flatMap(({ starts }) => demandsOf(day, keyOfShift(starts), serving.length, rules)),
    ),
  }
}

/** The day a number of days later. */
export const dayAfter = (day: CivilDate, days: number): CivilDate =>
  CivilDate.parse(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10))

export const datesFrom = (from: CivilDate, days: number): readonly CivilDate[] =>
  Array.from({ length: days }, (_, day) => dayAfter(from, day))

/** 0 is a Monday. */
export const weekdayOf = (day: CivilDate): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

function shiftTypesOf(shifts: readonly Shift[]): readonly ShiftType[] {
  return shifts.map(({ starts, minutes }) => ({
    key: keyOfShift(starts),
    starts,
    minutes,
    isNight: nightMinutes(starts, minutes) >= 180,
    isOnCall: false,
    cannotFollow: shifts
      .filter((next) => next.starts + 1440 - (starts + minutes) < humane.rest)
      .map((next) => keyOfShift(next.starts)),
  }))
}

export const keyOfShift = (starts: number): string => String(starts).padStart(4, '0')

/** Minutes of a shift between 22 and 6 o'clock. */
function nightMinutes(starts: number, minutes: number): number {
  const overlap = (from: number, to: number): number =>
    Math.max(0, Math.min(starts + minutes, to) - Math.max(starts, from))
  return overlap(0, 360) + overlap(1320, 1800)
}

const isTrained = ({ officer, certificates }: OfficerAt, from: CivilDate, last: CivilDate): boolean =>
  officer.sex === 'female' && isTrainedOn(certificates, from) && isTrainedOn(certificates, last)

type OfAll = {
  readonly dates: readonly CivilDate[]
  readonly keys: readonly string[]
  readonly nights: readonly string[]
  readonly women: number
  /** Shifts of one officer where all have the same number. */
  readonly share: number
  readonly rules: Assumptions['rules']
  readonly from: CivilDate
  readonly last: CivilDate
}

function personOf(each: OfficerAt, { dates, keys, nights, women, share, rules, from, last }: OfAll): Person {
  const { said } = each
  const trained = isTrained(each, from, last)
  // The nights of the post, shared among those who must be on them; whoever offered nights may do more.
  const fair = Math.ceil((dates.length * rules.womenPerShift * nights.length) / Math.max(1, women)) + 1
  const mostNights = said.wishes?.mostNights ?? null
  const isOff = (day: CivilDate): boolean => (said.absences ?? []).some(({ from, to }) => from <= day && day <= to)
  const isBeyond = (day: CivilDate): boolean =>
    (said.postedOn !== undefined && day < said.postedOn) || (said.leftOn !== undefined && day > said.leftOn)
  return {
    key: each.stream,
    skills: trained ? [trainedWoman] : [],
    mostShifts: mostNights === null ? {} : Object.fromEntries(nights.map((night) => [night, mostNights])),
    mostOnCall: 0,
    leastMinutes: 0,
    mostMinutes: rules.minutesPerPerson,
    leastInARow: 1,
    mostInARow: humane.mostInARow,
    leastFreeInARow: humane.leastFreeInARow,
    mostWeekends: humane.mostWeekends,
    windows: [{ days: 7, most: humane.mostInARow }],
    daysOff: dates.flatMap((day, index) => (isOff(day) || isBeyond(day) ? [index] : [])),
    wishes: [],
    balance: [
      ...(nights.length === 0 || said.wishes?.volunteersForNights === true
        ? []
        : [{ shifts: nights, low: 0, high: fair, weight: humane.unfair }]),
      // The work of all shifts is shared alike; a trained woman may have more of it where she is needed, and never less.
      { shifts: keys, low: Math.max(0, share - 2), high: trained ? dates.length : share + 2, weight: humane.unfair },
    ],
    fixed: [],
    before: [],
  }
}

function demandsOf(day: number, shift: string, officers: number, rules: Assumptions['rules']): readonly CoverDemand[] {
  const demand = { day, by: [shift], over: 0 }
  const women = { ...demand, skill: trainedWoman, required: rules.womenPerShift, under: humane.missingWoman }
  const all = { ...demand, skill: null, required: rules.together.officersPerShift, under: humane.missingOfficer }
  // Where fewer officers serve than stand on one shift, nobody can be asked for more than there are.
  return officers < all.required ? [women] : [women, all]
}
