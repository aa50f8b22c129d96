import type { Company, CoverDemand, Person, RosterProblem, ShiftKey, ShiftType } from '../roster/words.ts'
import { type BrokenRule, broken, type RosterContradiction } from './broken.ts'
import { type Line, lineOf, rulesOfTooMuch } from './roster-rules.ts'

/** `because`: the rule that what stands already breaks. */
export type Contradiction = BrokenRule<RosterContradiction> & { readonly because: BrokenRule | null }

/**
 * What a person can see to be impossible in a roster problem before anybody solves it; each says the few words of the
 * problem that contradict. What is only dear is no contradiction: a wish for a shift she may not work, or a demand that
 * more people would be needed for than there are. None found is no promise that a roster exists.
 *
 * Refused: `roster.no-days`, `roster.no-weekday`, `roster.number-wrong` (negative, a fraction of a day, not a number),
 * `roster.shift-twice`, `roster.person-twice`, `roster.no-such-shift` (named, and no type of the problem),
 * `roster.outside-days`, `roster.demand-without-shift`, `roster.demands-contradict` (whoever meets one exceeds the
 * other), `roster.shift-too-long` (somebody is asked for on a shift longer than anybody may work), `roster.least-above-most-minutes`, `roster.least-above-most-in-a-row`, `roster.low-above-high`,
 * `roster.too-little-time` (on the days that are left), `roster.fixed-twice`, `roster.fixed-on-day-off`,
 * `roster.fixed-elsewhere` (another duty of hers stands on that day in a roster that is kept),
 * `roster.fixed-contradicts` (what is fixed, here or there, breaks a rule, whatever else she works).
 */
export function checkRosterProblem(problem: RosterProblem): readonly Contradiction[] {
  return [
    ...wrongHorizon(problem),
    ...repeated(problem.shifts).map((shift) => said('roster.shift-twice', { shifts: [shift] })),
    ...repeated(problem.people).map((person) => said('roster.person-twice', { person })),
    ...problem.shifts.flatMap((type) => wrongShift(problem, type)),
    ...problem.people.flatMap((person) => wrongPerson(problem, person)),
    ...problem.cover.flatMap((demand) => wrongDemand(problem, demand)),
    ...(problem.company ?? []).flatMap((asked) => wrongCompany(problem, asked)),
    ...contradictingDemands(problem.cover),
    ...tooLong(problem),
  ]
}

function wrongHorizon({ days, startsOn }: RosterProblem): readonly Contradiction[] {
  const isWeekday = Number.isInteger(startsOn) && startsOn >= 0 && startsOn < 7
  return [
    ...(isCount(days) && days > 0 ? [] : [said('roster.no-days', {})]),
    ...(isWeekday ? [] : [said('roster.no-weekday', { found: startsOn })]),
  ]
}

function wrongShift({ shifts }: RosterProblem, type: ShiftType): readonly Contradiction[] {
  return [
    ...(isCount(type.minutes) && isCount(type.starts) ? [] : [said('roster.number-wrong', { shifts: [type.key] })]),
    ...unknownAmong(shifts, type.cannotFollow).map((shift) => said('roster.no-such-shift', { shifts: [shift] })),
  ]
}

// ---------------------------------------------------------------------------------------------------------------------
// A person

function wrongPerson(problem: RosterProblem, person: Person): readonly Contradiction[] {
  const words = [
    ...wrongNumbers(person),
    ...unknownShifts(problem, person),
    ...outside(problem, person),
    ...leastAboveMost(person),
    ...fixedTwice(person),
    ...fixedElsewhere(person),
  ]
  // What is fixed can be judged only when it is known what is meant.
  return words.length > 0 ? words : [...fixedContradicts(problem, person), ...tooLittleTime(problem, person)]
}

function wrongNumbers(person: Person): readonly Contradiction[] {
  const counts = [
    person.leastInARow,
    person.leastFreeInARow,
    person.leastMinutes,
    ...person.windows.map(({ days }) => days),
    ...(person.weekendWindow ? [person.weekendWindow.weekends] : []),
    ...person.balance.map(({ low }) => low),
  ]
  // A bound that does not bind may be without end; a cost may be a fraction.
  const mosts = [
    person.mostInARow,
    ...(person.mostNightsInARow === undefined ? [] : [person.mostNightsInARow]),
    person.mostMinutes,
    person.mostWeekends,
    person.mostOnCall,
    ...Object.values(person.mostShifts),
    ...person.windows.map(({ most }) => most),
    ...(person.weekendWindow ? [person.weekendWindow.most] : []),
    ...person.balance.map(({ high }) => high),
  ]
  const weights = [...person.wishes, ...person.balance].map(({ weight }) => weight)
  const right =
    counts.every(isCount) && mosts.every((most) => isCount(most) || most === Infinity) && weights.every(isWeight)
  return right ? [] : [said('roster.number-wrong', { person: person.key })]
}

function unknownShifts({ shifts }: RosterProblem, person: Person): readonly Contradiction[] {
  const named = [
    ...Object.keys(person.mostShifts),
    ...person.balance.flatMap((balance) => balance.shifts),
    ...person.windows.flatMap((window) => window.shifts ?? []),
    ...(person.elsewhere ?? []).map(({ shift }) => shift),
    ...[...[...person.wishes, ...person.fixed].map(({ shift }) => shift), ...person.before].filter(
      (shift) => shift !== null,
    ),
  ]
  return unknownAmong(shifts, named).map((shift) =>
    said('roster.no-such-shift', { person: person.key, shifts: [shift] }),
  )
}

function outside(problem: RosterProblem, person: Person): readonly Contradiction[] {
  const days = [
    ...person.daysOff,
    ...(person.away ?? []).filter((day) => day !== problem.days),
    ...[...person.wishes, ...person.fixed, ...(person.elsewhere ?? [])].map(({ day }) => day),
  ]
  return [...new Set(days)]
    .filter((day) => !isDay(problem, day))
    .map((day) => said('roster.outside-days', { person: person.key, days: [day], allowed: problem.days }))
}

function leastAboveMost(person: Person): readonly Contradiction[] {
  const above = (code: RosterContradiction, least: number, most: number, shifts: readonly ShiftKey[] = []) =>
    least > most ? [said(code, { person: person.key, shifts, found: least, allowed: most })] : []
  return [
    ...above('roster.least-above-most-minutes', person.leastMinutes, person.mostMinutes),
    ...above('roster.least-above-most-in-a-row', person.leastInARow, person.mostInARow),
    ...person.balance.flatMap(({ shifts, low, high }) => above('roster.low-above-high', low, high, shifts)),
  ]
}

function fixedTwice(person: Person): readonly Contradiction[] {
  const days = new Set(person.fixed.map(({ day }) => day))
  return [...days].flatMap((day) => {
    const set = new Set(person.fixed.filter((one) => one.day === day).map(({ shift }) => shift))
    const shifts = [...set].filter((shift) => shift !== null)
    return set.size > 1 ? [said('roster.fixed-twice', { person: person.key, days: [day], shifts })] : []
  })
}

function fixedElsewhere({ key, fixed, elsewhere = [] }: Person): readonly Contradiction[] {
  return fixed.flatMap(({ day, shift }) =>
    elsewhere
      .filter((there) => there.day === day && there.shift !== shift)
      .map((there) => said('roster.fixed-elsewhere', { person: key, days: [day], shifts: [there.shift] })),
  )
}

function fixedContradicts(problem: RosterProblem, person: Person): readonly Contradiction[] {
  const onDayOff = standing(person).flatMap(({ day, shift }) =>
    shift !== null && person.daysOff.includes(day)
      ? [said('roster.fixed-on-day-off', { person: person.key, days: [day], shifts: [shift] })]
      : [],
  )
  const line = fixedAlone(problem, person)
  const rules = rulesOfTooMuch.flatMap((rule) => rule(line))
  return [...onDayOff, ...rules.map((because) => ({ ...because, code: 'roster.fixed-contradicts' as const, because }))]
}

/** What is fixed here or stands in another roster. */
const standing = ({ fixed, elsewhere = [] }: Person): Person['fixed'] => [...fixed, ...elsewhere]

/** What is fixed, and no other work. */
function fixedAlone(problem: RosterProblem, person: Person): Line {
  const set = new Map(standing(person).map(({ day, shift }) => [day, shift]))
  return lineOf(
    problem,
    person,
    Array.from({ length: problem.days }, (_, day) => set.get(day) ?? null),
  )
}

/** The longest shift she may work on every day that is left, and still too few minutes. */
function tooLittleTime(problem: RosterProblem, person: Person): readonly Contradiction[] {
  const may = problem.shifts.filter(({ key }) => (mostOf(person, key) ?? 1) > 0)
  const longest = Math.max(0, ...may.map(({ minutes }) => minutes))
  const set = new Map(standing(person).map(({ day, shift }) => [day, shift]))
  const minutes = Array.from({ length: problem.days }, (_, day) => {
    if (person.daysOff.includes(day)) return 0
    const shift = set.get(day)
    if (shift === undefined) return longest
    return problem.shifts.find(({ key }) => key === shift)?.minutes ?? 0
  })
  const found = minutes.reduce((total, one) => total + one, 0)
  return found < person.leastMinutes
    ? [said('roster.too-little-time', { person: person.key, found, allowed: person.leastMinutes })]
    : []
}

function mostOf({ mostShifts }: Person, shift: ShiftKey): number | undefined {
  return Object.hasOwn(mostShifts, shift) ? mostShifts[shift] : undefined
}

// ---------------------------------------------------------------------------------------------------------------------
// Demands

function wrongDemand(problem: RosterProblem, demand: CoverDemand): readonly Contradiction[] {
  const { day, by, required, under, over } = demand
  const right = isCount(required) && isWeight(under) && isWeight(over)
  return [
    ...(right ? [] : [said('roster.number-wrong', { days: [day], shifts: by })]),
    ...(isDay(problem, day) ? [] : [said('roster.outside-days', { days: [day], allowed: problem.days })]),
    ...(by.length > 0 ? [] : [said('roster.demand-without-shift', { days: [day] })]),
    ...unknownAmong(problem.shifts, by).map((shift) => said('roster.no-such-shift', { days: [day], shifts: [shift] })),
  ]
}

function wrongCompany(problem: RosterProblem, { day, shift, least }: Company): readonly Contradiction[] {
  return [
    ...(isCount(least) ? [] : [said('roster.number-wrong', { days: [day], shifts: [shift] })]),
    ...(isDay(problem, day) ? [] : [said('roster.outside-days', { days: [day], allowed: problem.days })]),
    ...unknownAmong(problem.shifts, [shift]).map((each) =>
      said('roster.no-such-shift', { days: [day], shifts: [each] }),
    ),
  ]
}

/**
 * Two demands of a day where everybody whom one counts is counted by the other too, and it needs more than the other
 * may have: one is short or the other too full, whatever is done. Two that grade one cost (at least 2, better 3) do not.
 */
function contradictingDemands(cover: readonly CoverDemand[]): readonly Contradiction[] {
  const days = Map.groupBy(cover, ({ day }) => day)
  return [...days.values()].flatMap((demands) =>
    demands.flatMap((wide) => {
      const contradicts = (narrow: CoverDemand): boolean =>
        narrow.required > wide.required && narrow.under > 0 && wide.over > 0 && isWithin(narrow, wide)
      return demands
        .filter(contradicts)
        .map(({ day, by, required }) =>
          said('roster.demands-contradict', { days: [day], shifts: by, found: required, allowed: wide.required }),
        )
    }),
  )
}

/** Shifts on which somebody is asked for, and nobody may work for so long. */
function tooLong({ shifts, cover, longestDuty: allowed = Infinity }: RosterProblem): readonly Contradiction[] {
  const asked = cover.filter(({ required }) => required > 0).map(({ by }) => by)
  return shifts
    .filter(({ minutes }) => minutes > allowed)
    .filter(({ key }) =>
      asked.some(
        (by) =>
          by.includes(key) && by.every((other) => (shifts.find((each) => each.key === other)?.minutes ?? 0) > allowed),
      ),
    )
    .map(({ key, minutes: found }) => said('roster.shift-too-long', { shifts: [key], found, allowed }))
}

function isWithin(narrow: CoverDemand, wide: CoverDemand): boolean {
  return (wide.skill === null || wide.skill === narrow.skill) && narrow.by.every((shift) => wide.by.includes(shift))
}

// ---------------------------------------------------------------------------------------------------------------------
// Words

function said(code: RosterContradiction, known: Partial<Omit<BrokenRule<RosterContradiction>, 'code'>>): Contradiction {
  return { ...broken(code, known), because: null }
}

function repeated(keyed: readonly { readonly key: string }[]): readonly string[] {
  return [...Map.groupBy(keyed, ({ key }) => key)].flatMap(([key, all]) => (all.length > 1 ? [key] : []))
}

function unknownAmong(types: readonly ShiftType[], named: readonly ShiftKey[]): readonly ShiftKey[] {
  return [...new Set(named)].filter((shift) => !types.some(({ key }) => key === shift))
}

const isDay = ({ days }: RosterProblem, day: number): boolean => isCount(day) && day < days
const isCount = (number: number): boolean => Number.isInteger(number) && number >= 0
const isWeight = (number: number): boolean => Number.isFinite(number) && number >= 0
