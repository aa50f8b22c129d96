import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { RosterWish } from '@lentera/core/workforce/officer/words'
import type { Person, ShiftKey } from '@lentera/planner/roster'
import { humane } from './humane.ts'
import type { NightShare } from './roster-nights.ts'
import {
  coverOf,
  type Duty,
  type Her,
  isElsewhere,
  mayBeCalled,
  mayStandBy,
  mayWork,
  type OfAll,
  type OnSide,
  type StandingDuty,
  togetherOn,
  weekdayOf,
} from './roster-sides.ts'
import { thereOf } from './roster-there.ts'

/** The rules of one officer, as `askRoster` tells them; `share`: her nights, unless she offered them. */
export function personOf(
  her: Her,
  { side, duties, people }: OnSide,
  { duties: all, dates, spells, assumptions, sides, days, elsewhere }: OfAll,
  share: NightShare | undefined,
): Person {
  const { rules, roster } = assumptions
  const { said, stream } = her.at
  const open = (of: readonly Duty[]): number =>
    dates.reduce((sum, date) => sum + of.filter(({ weekdays }) => weekdays.includes(weekdayOf(date))).length, 0)
  const nights = duties.filter(({ isNight }) => isNight)
  const officers = Math.min(people.length, togetherOn(rules))
  const alike = Math.min(rules.shiftsPerPerson, Math.ceil((open(duties) * officers) / Math.max(1, people.length)))
  const calls = all.filter((duty) => duty.isOnCall && mayStandBy(her, duty, assumptions)).map(({ key }) => key)
  const { away, stands, isOff } = thereOf(her, { dates, elsewhere })
  return {
    key: stream,
    skills: [...new Set(spells)]
      .filter((spell) => her.trainedOn[spell])
      .flatMap((spell) =>
        sides
          .filter((each) => each.side === side || mayBeCalled(her, assumptions))
          .map((each) => coverOf(each.side, spell)),
      ),
    mostShifts: { ...mostShiftsOf(her, all, assumptions), ...timesElsewhere(stands, elsewhere) },
    mostOnCall: roster.mostOnCall,
    leastMinutes: 0,
    mostMinutes: rules.minutesPerPerson,
    leastInARow: 1,
    mostInARow: humane.mostInARow,
    mostNightsInARow: roster.mostNightsInARow,
    leastFreeInARow: humane.leastFreeInARow,
    ...weekendsOf(days.get(stream) ?? [], dates, all),
    windows: [
      { days: 7, most: humane.mostInARow },
      ...nightsTogether(her, nightsOf(nights, stands), dates.length, {
        most: mostNightsOf(her, roster),
        isKnown: days.has(stream),
      }),
      ...callsTogether(her, all, assumptions, days),
    ],
    daysOff: dates.flatMap((_, day) => (isOff(day) ? [day] : [])),
    ...(away.length > 0 ? { away } : {}),
    ...(stands.length > 0 ? { elsewhere: stands.map(({ day, duty }) => ({ day, shift: duty.key })) } : {}),
    wishes: wishesOf(said.rosterWishes ?? [], duties, dates),
    balance: [
      ...(nights.length === 0 || share === undefined
        ? []
        : [{ shifts: nights.map(({ key }) => key), ...share, weight: humane.unfair }]),
      // The work of all shifts is shared alike; a trained woman may have more of it where she is needed, and never less.
      {
        shifts: duties.map(({ key }) => key),
        low: Math.max(0, alike - 2),
        high: her.isTrained ? dates.length : alike + 2,
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
  const mostNights = mostNightsOf(her, assumptions.roster)
  return Object.fromEntries(
    all.flatMap((duty): (readonly [ShiftKey, number])[] => {
      if (!mayWork(her, duty, assumptions)) return [[duty.key, 0]]
      return duty.isNight && !duty.isOnCall ? [[duty.key, mostNights]] : []
    }),
  )
}

/** Nobody is given work at a post that this roster is not made for. */
function timesElsewhere(hers: readonly StandingDuty[], elsewhere: OfAll['elsewhere']): Person['mostShifts'] {
  const keys = [...elsewhere.values()].flat().flatMap(({ duty }) => (isElsewhere(duty.key) ? [duty.key] : []))
  return Object.fromEntries(keys.map((key) => [key, hers.filter(({ duty }) => duty.key === key).length]))
}

/** What she can do herself, where that is less. */
const mostNightsOf = (her: Her, { mostNights }: OfAll['assumptions']['roster']): number =>
  Math.min(mostNights, her.at.said.wishes?.mostNights ?? mostNights)

/** Night shifts that she works here, and those of hers that stand elsewhere. */
const nightsOf = (nights: readonly Duty[], stands: readonly StandingDuty[]): readonly ShiftKey[] => [
  ...new Set(
    [...nights, ...stands.map(({ duty }) => duty).filter((duty) => duty.isNight && !duty.isOnCall)].map(
      ({ key }) => key,
    ),
  ),
]

/**
 * The most nights in any 28 days, where one bound a shift does not tell it: of several night shifts together, and over the days before of
 * whoever bounds her nights herself. Asked of everybody over the days before, it would slow the search down too far.
 */
const nightsTogether = (
  her: Her,
  shifts: readonly ShiftKey[],
  days: number,
  { most, isKnown }: { readonly most: number; readonly isKnown: boolean },
): Person['windows'] => {
  const isHers = isKnown && her.at.said.wishes?.mostNights != null
  return shifts.length > 1 || (shifts.length === 1 && isHers) ? [{ days, most, shifts }] : []
}

/**
 * Of any four weekends one is free. Four weekends after one that was free are bounded by their number, which is quicker; days that begin on a
 * Saturday or Sunday have a part of a fifth.
 */
function weekendsOf(
  before: readonly (ShiftKey | null)[],
  dates: readonly CivilDate[],
  duties: readonly Duty[],
): Pick<Person, 'mostWeekends' | 'weekendWindow'> {
  const [first] = dates
  const window = { weekends: humane.weekends, most: humane.mostWeekends }
  if (first && weekdayOf(first) >= 5) return { mostWeekends: Infinity, weekendWindow: window }
  const bound = { mostWeekends: humane.mostWeekends }
  return workedLastWeekend(before, first, duties) ? { ...bound, weekendWindow: window } : bound
}

/** Of the weekend before the first day, a part of one too, a Friday night among them. */
function workedLastWeekend(
  before: readonly (ShiftKey | null)[],
  first: CivilDate | undefined,
  duties: readonly Duty[],
): boolean {
  return before.slice(-9).some((shift, index, { length }) => {
    const weekday = first ? weekdayOf(daysAfter(first, index - length)) : 0
    const duty = duties.find(({ key }) => key === shift)
    const isOver = duty !== undefined && duty.starts + duty.minutes > 24 * 60
    return shift !== null && (weekday >= 5 || (weekday === 4 && isOver))
  })
}

/** The most days on call of any 28: within the roster it is a bound of its own, so that it is asked for where she was called before. */
function callsTogether(
  her: Her,
  all: readonly Duty[],
  { roster }: OfAll['assumptions'],
  days: OfAll['days'],
): Person['windows'] {
  const calls = all.flatMap(({ key, isOnCall }) => (isOnCall ? [key] : []))
  const wasCalled = days.get(her.at.stream)?.some((key) => key !== null && calls.includes(key)) ?? false
  return wasCalled ? [{ days: humane.days, most: roster.mostOnCall, shifts: calls }] : []
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
