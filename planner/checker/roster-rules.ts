import type { Person, RosterProblem, ShiftKey, ShiftType } from '../roster/words.ts'
import { type BrokenRule, broken } from './broken.ts'

/** One person's days as they are known: those before the horizon, then those of the roster. */
export type Line = {
  readonly problem: RosterProblem
  readonly person: Person
  readonly types: ReadonlyMap<ShiftKey, ShiftType>
  /** Within the horizon. */
  readonly row: readonly (ShiftKey | null)[]
  readonly known: readonly Day[]
}
type Day = { readonly day: number; readonly shift: ShiftKey | null }
type Rule = (line: Line) => readonly BrokenRule[]

export function lineOf(problem: RosterProblem, person: Person, row: readonly (ShiftKey | null)[]): Line {
  const before = person.before.map((shift, index) => ({ day: index - person.before.length, shift }))
  return {
    problem,
    person,
    types: new Map(problem.shifts.map((type) => [type.key, type])),
    row,
    known: [...before, ...row.map((shift, day) => ({ day, shift }))],
  }
}

/** Rules that less work never breaks: what is fixed breaks one alone, or never. */
export const rulesOfTooMuch: readonly Rule[] = [
  shiftClosed,
  dutyTooLong,
  followsTooSoon,
  tooManyOfAShift,
  tooManyOnCall,
  tooManyMinutes,
  tooManyInARow,
  tooManyNightsInARow,
  tooManyWeekends,
  tooManyWeekendsInAWindow,
  tooManyInAWindow,
  reachesIntoDayAway,
]

/** Every hard rule of one person. */
export const personalRules: readonly Rule[] = [
  unknownShift,
  ...rulesOfTooMuch,
  tooFewMinutes,
  tooFewInARow,
  tooFewFreeInARow,
  worksOnDayOff,
  fixedChanged,
  onTwoDuties,
]

// ---------------------------------------------------------------------------------------------------------------------
// One day, or two

function unknownShift({ person, types, row }: Line): readonly BrokenRule[] {
  return row.flatMap((shift, day) =>
    shift === null || types.has(shift)
      ? []
      : [broken('roster.unknown-shift', { person: person.key, days: [day], shifts: [shift] })],
  )
}

function shiftClosed({ problem, person, types, row }: Line): readonly BrokenRule[] {
  return row.flatMap((shift, day) => {
    const weekdays = shift === null ? undefined : types.get(shift)?.weekdays
    return shift === null || (weekdays?.includes((problem.startsOn + day) % 7) ?? true)
      ? []
      : [broken('roster.shift-closed', { person: person.key, days: [day], shifts: [shift] })]
  })
}

function dutyTooLong({ problem: { longestDuty = Infinity }, person, types, row }: Line): readonly BrokenRule[] {
  return row.flatMap((shift, day) => {
    const found = shift === null ? 0 : (types.get(shift)?.minutes ?? 0)
    return shift === null || found <= longestDuty
      ? []
      : [
          broken('roster.duty-too-long', {
            person: person.key,
            days: [day],
            shifts: [shift],
            found,
            allowed: longestDuty,
          }),
        ]
  })
}

function followsTooSoon({ person, types, known }: Line): readonly BrokenRule[] {
  return known.flatMap(({ day, shift }, index) => {
    const earlier = known[index - 1]?.shift ?? null
    if (day < 0 || shift === null || earlier === null) return []
    return types.get(earlier)?.cannotFollow.includes(shift)
      ? [broken('roster.follows-too-soon', { person: person.key, days: [day - 1, day], shifts: [earlier, shift] })]
      : []
  })
}

function worksOnDayOff({ person, row }: Line): readonly BrokenRule[] {
  return [...new Set(person.daysOff)].flatMap((day) => {
    const shift = row[day] ?? null
    return shift === null ? [] : [broken('roster.day-off', { person: person.key, days: [day], shifts: [shift] })]
  })
}

/** A day begins at midnight: she is not there from then on, whenever the shift began. */
function reachesIntoDayAway({ person, types, row }: Line): readonly BrokenRule[] {
  const away = new Set(person.away)
  return row.flatMap((shift, day) => {
    const type = shift === null ? undefined : types.get(shift)
    if (shift === null || !type || !away.has(day + 1)) return []
    const ends = type.starts + (type.lasts ?? type.minutes)
    return ends > 24 * 60
      ? [broken('roster.reaches-day-off', { person: person.key, days: [day, day + 1], shifts: [shift] })]
      : []
  })
}

/** What she works here on that day is neither free nor another duty: the other roster is mended first. */
function onTwoDuties({ person, row }: Line): readonly BrokenRule[] {
  return (person.elsewhere ?? []).flatMap(({ day, shift }) =>
    row[day] === undefined || row[day] === shift
      ? []
      : [broken('roster.two-duties', { person: person.key, days: [day], shifts: [shift] })],
  )
}

function fixedChanged({ person, row }: Line): readonly BrokenRule[] {
  return person.fixed.flatMap(({ day, shift }) =>
    row[day] === undefined || row[day] === shift
      ? []
      : [broken('roster.fixed-changed', { person: person.key, days: [day], shifts: shift === null ? [] : [shift] })],
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// Within the horizon

function tooManyOfAShift({ person, row }: Line): readonly BrokenRule[] {
  return Object.entries(person.mostShifts).flatMap(([shift, allowed]) => {
    const days = row.flatMap((worked, day) => (worked === shift ? [day] : []))
    return days.length > allowed
      ? [
          broken('roster.too-many-of-a-shift', {
            person: person.key,
            days,
            shifts: [shift],
            found: days.length,
            allowed,
          }),
        ]
      : []
  })
}

function tooManyOnCall({ person, types, row }: Line): readonly BrokenRule[] {
  const days = row.flatMap((shift, day) => (shift !== null && types.get(shift)?.isOnCall === true ? [day] : []))
  const allowed = person.mostOnCall
  return days.length > allowed
    ? [broken('roster.too-many-on-call', { person: person.key, days, found: days.length, allowed })]
    : []
}

function tooManyMinutes(line: Line): readonly BrokenRule[] {
  const { key, mostMinutes: allowed } = line.person
  const found = minutesOf(line)
  return found > allowed ? [broken('roster.too-many-minutes', { person: key, found, allowed })] : []
}

function tooFewMinutes(line: Line): readonly BrokenRule[] {
  const { key, leastMinutes: allowed } = line.person
  const found = minutesOf(line)
  return found < allowed ? [broken('roster.too-few-minutes', { person: key, found, allowed })] : []
}

function minutesOf({ row, types }: Line): number {
  return row.reduce((total, shift) => total + (shift === null ? 0 : (types.get(shift)?.minutes ?? 0)), 0)
}

function tooManyWeekends(line: Line): readonly BrokenRule[] {
  const { person, row } = line
  const days = row.flatMap((shift, day) => (isOfAWeekend(line, { day, shift }) ? [day] : []))
  // Week by week as the calendar has it: a horizon that begins on a Sunday begins with half a weekend.
  const found = new Set(days.map((day) => weekOf(line, day))).size
  const allowed = person.mostWeekends
  return found > allowed ? [broken('roster.too-many-weekends', { person: person.key, days, found, allowed })] : []
}

/** Work of a weekend: on its Saturday or Sunday; where the problem counts by hours, also what ends on the Saturday. */
function isOfAWeekend({ problem, types }: Line, { day, shift }: Day): boolean {
  if (shift === null) return false
  const [friday, saturday] = [4, 5]
  const weekday = (((problem.startsOn + day) % 7) + 7) % 7
  if (weekday >= saturday) return true
  const type = types.get(shift)
  return (
    problem.weekendsByHours === true &&
    weekday === friday &&
    type !== undefined &&
    type.starts + (type.lasts ?? type.minutes) > 24 * 60
  )
}

/** From 0, the week of the first day; those before it are below. */
const weekOf = ({ problem }: Line, day: number): number => Math.floor((problem.startsOn + day) / 7)

// ---------------------------------------------------------------------------------------------------------------------
// Over its beginning too

/** Days in a row, all worked or all free. */
type Row = {
  readonly isWork: boolean
  readonly days: readonly number[]
  /** Neither its beginning nor its end lies where nothing is known. */
  readonly isWhole: boolean
}

function rowsOf({ known, problem }: Line): readonly Row[] {
  const first = known[0]?.day ?? 0
  const runs: { isWork: boolean; days: number[] }[] = []
  for (const { day, shift } of known) {
    const last = runs.at(-1)
    if (last?.isWork === (shift !== null)) last.days.push(day)
    else runs.push({ isWork: shift !== null, days: [day] })
  }
  return runs.map(({ isWork, days }) => ({
    isWork,
    days,
    isWhole: !days.includes(first) && !days.includes(problem.days - 1),
  }))
}

/** The last day before the horizon: a row that reaches it is ended by what the roster does on day 0. */
const dayBefore = -1

function tooManyInARow(line: Line): readonly BrokenRule[] {
  const { key, mostInARow: allowed } = line.person
  return rowsOf(line)
    .filter(({ isWork, days }) => isWork && days.some((day) => day >= 0) && days.length > allowed)
    .map(({ days }) => broken('roster.too-many-in-a-row', { person: key, days, found: days.length, allowed }))
}

/** Any shift that is a night, also one on call: nights of two names, one after the other, are in a row. */
function tooManyNightsInARow({ person, types, known }: Line): readonly BrokenRule[] {
  const { key, mostNightsInARow: allowed } = person
  if (allowed === undefined) return []
  const runs: number[][] = []
  for (const { day, shift } of known) {
    if (shift === null || types.get(shift)?.isNight !== true) continue
    const last = runs.at(-1)
    if (last?.at(-1) === day - 1) last.push(day)
    else runs.push([day])
  }
  return runs
    .filter((days) => days.some((day) => day >= 0) && days.length > allowed)
    .map((days) => broken('roster.too-many-nights-in-a-row', { person: key, days, found: days.length, allowed }))
}

function tooFewInARow(line: Line): readonly BrokenRule[] {
  const { key, leastInARow: allowed } = line.person
  return shorterThan(line, true, allowed).map((days) =>
    broken('roster.too-few-in-a-row', { person: key, days, found: days.length, allowed }),
  )
}

function tooFewFreeInARow(line: Line): readonly BrokenRule[] {
  const { key, leastFreeInARow: allowed } = line.person
  return shorterThan(line, false, allowed).map((days) =>
    broken('roster.too-few-free-in-a-row', { person: key, days, found: days.length, allowed }),
  )
}

function shorterThan(line: Line, isWork: boolean, least: number): readonly (readonly number[])[] {
  return rowsOf(line)
    .filter((row) => row.isWork === isWork && row.isWhole && row.days.some((day) => day >= dayBefore))
    .filter(({ days }) => days.length < least)
    .map(({ days }) => days)
}

/** Judged is a weekend that the roster adds: one that was begun before the horizon is worked already. */
function tooManyWeekendsInAWindow(line: Line): readonly BrokenRule[] {
  const { person, known } = line
  if (person.weekendWindow === undefined) return []
  const { weekends, most: allowed } = person.weekendWindow
  const worked = known.filter((each) => isOfAWeekend(line, each))
  const week = (day: number): number => weekOf(line, day)
  const firstDays = new Map(worked.toReversed().map(({ day }) => [week(day), day]))
  const added = [...firstDays].flatMap(([week, day]) => (day >= 0 ? [week] : [])).toSorted((a, b) => a - b)
  const found: BrokenRule[] = []
  for (const last of added) {
    const within = worked.map(({ day }) => day).filter((day) => week(day) > last - weekends && week(day) <= last)
    const count = new Set(within.map(week)).size
    if (count > allowed)
      found.push(broken('roster.weekend-window', { person: person.key, days: within, found: count, allowed }))
  }
  return found
}

function tooManyInAWindow({ person, known }: Line): readonly BrokenRule[] {
  return person.windows.flatMap(({ days: length, most: allowed, shifts }) => {
    const counts = (shift: ShiftKey | null): boolean => shift !== null && (shifts?.includes(shift) ?? true)
    const found: BrokenRule[] = []
    let said = Number.NEGATIVE_INFINITY
    for (const { day, shift } of known) {
      // A window that ends with free days holds no more than the one that ends with its last day worked. Of windows that
      // share days one is said: mending it is what has to be done first.
      if (day < 0 || !counts(shift) || day - length < said) continue
      const worked = known.filter((one) => counts(one.shift) && one.day > day - length && one.day <= day)
      if (worked.length <= allowed) continue
      said = day
      const days = worked.map((one) => one.day)
      const code = shifts === undefined ? 'roster.window' : 'roster.window-of-shifts'
      found.push(broken(code, { person: person.key, shifts: shifts ?? [], days, found: days.length, allowed }))
    }
    return found
  })
}
