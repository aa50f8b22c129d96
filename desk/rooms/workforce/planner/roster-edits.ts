import type { Roster, RosterProblem, ShiftKey, ShiftType } from '@lentera/planner/roster'
import { humane } from './humane.ts'

/** The roster with one day of one person changed by hand. */
export const changed = (roster: Roster, person: string, day: number, shift: ShiftKey | null): Roster => ({
  ...roster,
  [person]: (roster[person] ?? []).map((each, index) => (index === day ? shift : each)),
})

/** One day of one person. */
export type Cell = { readonly person: string; readonly day: number }

/** What stands on the screen: the roster, the days that a hand has set since it was made, and those that the last answer changed. */
export type Standing = { readonly roster: Roster; readonly hand: readonly Cell[]; readonly moved: readonly Cell[] }

/** A day set by hand: it stands until it is undone, or given back, and is no longer one that the planner changed. */
export function setByHand(
  { roster, hand, moved }: Standing,
  person: string,
  day: number,
  shift: ShiftKey | null,
): Standing {
  const isAnother = (cell: Cell): boolean => cell.person !== person || cell.day !== day
  return {
    roster: changed(roster, person, day, shift),
    hand: [...hand.filter(isAnother), { person, day }],
    moved: moved.filter(isAnother),
  }
}

/** What a new answer makes of it: what a hand has set stands, and what the planner changed besides is known. */
export function answered(standing: Standing, made: Roster): Standing {
  const roster = standing.hand.reduce(
    (each, { person, day }) => changed(each, person, day, standing.roster[person]?.[day] ?? null),
    made,
  )
  return { roster, hand: standing.hand, moved: differing(standing.roster, roster) }
}

/** The days on which two rosters differ. */
export const differing = (one: Roster, other: Roster): readonly Cell[] =>
  Object.entries(other).flatMap(([person, row]) =>
    row.flatMap((shift, day) => (shift === (one[person]?.[day] ?? null) ? [] : [{ person, day }])),
  )

/** Days in their order, those that follow one another as the first and the last of them. */
export function runsOf(days: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = []
  for (const day of days.toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run?.[1] === day - 1) run[1] = day
    else runs.push([day, day])
  }
  return runs
}

/** The problem in which what a hand has set stands. */
export const fixedBy = (problem: RosterProblem, { roster, hand }: Standing): RosterProblem => ({
  ...problem,
  people: problem.people.map((person) => ({
    ...person,
    fixed: hand
      .filter((cell) => cell.person === person.key)
      .map(({ day }) => ({ day, shift: roster[person.key]?.[day] ?? null })),
  })),
})

/**
 * The same, to be made again from where it stands: each day of somebody that changes costs a third of the least that anything else
 * does. So nothing is changed for nothing, and the lightest wish is met where her day and another's change for it, never by a tie.
 */
export function madeAgain(problem: RosterProblem, standing: Standing): RosterProblem {
  const fixed = fixedBy(problem, standing)
  const heavier = <T extends { readonly weight: number }>(each: T): T => ({ ...each, weight: keptBelow * each.weight })
  return {
    ...fixed,
    cover: fixed.cover.map((each) => ({ ...each, under: keptBelow * each.under, over: keptBelow * each.over })),
    people: fixed.people.map((person) => ({
      ...person,
      balance: person.balance.map(heavier),
      wishes: [
        ...person.wishes.map(heavier),
        ...(standing.roster[person.key] ?? []).map((shift, day) => ({ day, shift, weight: 1, isWanted: true })),
      ],
    })),
  }
}

/** So many days may change for the lightest of all points, less one: weights stay whole numbers, of which a bound is rounded up. */
const keptBelow = 3

/**
 * Why not every shift can have two: the shifts that these officers can work together, each as many as her hours allow, and two on each.
 * Undefined where there are enough, so that it proves nothing.
 */
export function tooFewForTwo({ people, shifts, company = [], days }: RosterProblem) {
  const shortest = Math.min(...shifts.filter(({ isOnCall }) => !isOnCall).map(({ minutes }) => minutes))
  const have = people.reduce((sum, { mostMinutes }) => sum + Math.min(days, Math.floor(mostMinutes / shortest)), 0)
  const need = company.reduce((sum, { least }) => sum + least, 0)
  return have < need ? { officers: people.length, have, shifts: company.length, need } : undefined
}

/**
 * Why not every shift can have its trained women: the shifts that they can take, each as many as her hours and her days on call allow, and
 * those that ask for one; and how many women more would be enough, each with as many days as the one who has most. Undefined where there are enough, so that it proves nothing.
 */
export function tooFewTrained({ people, shifts, cover, days }: RosterProblem) {
  const asked = cover.filter(({ skill, under }) => skill !== null && under === humane.missingWoman)
  const need = asked.reduce((sum, { required }) => sum + required, 0)
  const skills = new Set(asked.map(({ skill }) => skill))
  const shortest = Math.min(...shifts.filter(({ isOnCall }) => !isOnCall).map(({ minutes }) => minutes))
  const takes = ({ mostMinutes, mostOnCall, daysOff }: RosterProblem['people'][number]): number =>
    Math.min(days - daysOff.length, Math.floor(mostMinutes / shortest) + mostOnCall)
  // Who is away on all days is none of those who can take any.
  const women = people.filter((person) => person.skills.some((skill) => skills.has(skill)) && takes(person) > 0)
  const have = women.reduce((sum, her) => sum + takes(her), 0)
  if (have >= need) return undefined
  const each = Math.max(1, ...women.map(takes))
  return { women: women.length, have, need, more: Math.ceil((need - have) / each) }
}

/**
 * Why not every night can be worked: the nights that these officers may work, each as many as are hers in 28 days and in a row, and those
 * that are asked for. Undefined where there are enough, so that it proves nothing.
 */
export function tooFewForNights({ people, shifts, company = [], cover, days }: RosterProblem) {
  const nights = new Set(shifts.filter(({ isNight, isOnCall }) => isNight && !isOnCall).map(({ key }) => key))
  // One day of so many is no night: with four in a row every fifth.
  const inRows = (most: number): number => days - Math.floor(days / (most + 1))
  const mostOf = ({ windows, mostShifts, mostNightsInARow = days }: RosterProblem['people'][number]): number =>
    Math.min(
      inRows(mostNightsInARow),
      [...nights].reduce((sum, key) => sum + (mostShifts[key] ?? Infinity), 0),
      ...windows.flatMap(({ days: length, most, shifts: of }) =>
        length >= humane.days && of && [...nights].every((key) => mostShifts[key] === 0 || of.includes(key))
          ? [most]
          : [],
      ),
    )
  const have = people.reduce((sum, person) => sum + mostOf(person), 0)
  const need = cover.reduce((sum, { day, by, required, under }) => {
    const [shift] = by
    if (under !== humane.missingWoman || shift === undefined || !nights.has(shift)) return sum
    // One who is called covers a night that nobody works; where nobody may be alone, she covers none.
    const two = company.find((each) => each.day === day && each.shift === shift)
    return sum + (two ? two.least : by.length === 1 ? required : 0)
  }, 0)
  return have < need ? { officers: people.length, have, need } : undefined
}

/** A shift of one day, and the trained women who cover it: there, or on call (`from` the shift from which they are called). */
export type CoveredShift = {
  readonly day: number
  readonly shift: ShiftKey
  readonly required: number
  readonly there: number
  readonly onCall: readonly { readonly person: string; readonly from: ShiftKey }[]
  /** Nobody at all is there, and nobody may be there alone: whoever were called would be. */
  readonly isEmpty: boolean
}

/** Every shift that asks for a trained woman, in the order of the days. */
export function shiftsCovered(problem: RosterProblem, roster: Roster): readonly CoveredShift[] {
  const ruled = new Set((problem.company ?? []).map(({ day, shift }) => `${day} ${shift}`))
  return problem.cover.flatMap(({ day, by, skill, required, under }) => {
    const [shift] = by
    if (skill === null || under !== humane.missingWoman || shift === undefined) return []
    const women = problem.people.flatMap(({ key, skills }) => {
      const from = roster[key]?.[day] ?? null
      return from !== null && by.includes(from) && skills.includes(skill) ? [{ person: key, from }] : []
    })
    const onCall = women.filter(({ from }) => from !== shift)
    const isEmpty = ruled.has(`${day} ${shift}`) && problem.people.every(({ key }) => roster[key]?.[day] !== shift)
    return [{ day, shift, required, there: women.length - onCall.length, onCall, isEmpty }]
  })
}

/** Trained women that a shift lacks. */
export const missingOn = ({ required, there, onCall, isEmpty }: CoveredShift): number =>
  isEmpty ? required : Math.max(0, required - there - onCall.length)

export const isOpen = (shift: CoveredShift): boolean => missingOn(shift) > 0

/** Covered, and not by those who are there alone. */
export const isByCall = (shift: CoveredShift): boolean => !isOpen(shift) && shift.there < shift.required

/** What one person's 28 days come to. `wishes`: met, of those she has for these days. */
export type Share = {
  readonly person: string
  readonly shifts: number
  readonly nights: number
  readonly weekends: number
  readonly onCall: number
  readonly met: number
  readonly wishes: number
}

export function sharesOf(problem: RosterProblem, roster: Roster): readonly Share[] {
  const types = new Map(problem.shifts.map((type) => [type.key, type]))
  return problem.people.map(({ key, wishes }) => {
    const row = roster[key] ?? []
    const worked = row.flatMap((shift, day) => {
      const type = shift === null ? undefined : types.get(shift)
      return type ? [{ day, type }] : []
    })
    const weekends = worked
      .filter((duty) => isOfWeekend(problem, duty))
      .map(({ day }) => Math.floor((problem.startsOn + day) / 7))
    return {
      person: key,
      shifts: worked.filter(({ type }) => !type.isOnCall).length,
      nights: worked.filter(({ type }) => type.isNight && !type.isOnCall).length,
      weekends: new Set(weekends).size,
      onCall: worked.filter(({ type }) => type.isOnCall).length,
      met: wishes.filter((wish) => isMet(wish, row)).length,
      wishes: wishes.length,
    }
  })
}

/** As the problem counts weekends: a Friday night is one of the weekend into which it runs. */
function isOfWeekend(
  { startsOn, weekendsByHours = false }: RosterProblem,
  { day, type: { starts, minutes, lasts = minutes } }: { readonly day: number; readonly type: ShiftType },
): boolean {
  const weekday = (startsOn + day) % 7
  return weekday >= 5 || (weekendsByHours && weekday === 4 && starts + lasts > 24 * 60)
}

type Wish = RosterProblem['people'][number]['wishes'][number]

export const isMet = ({ day, shift, isWanted }: Wish, row: readonly (ShiftKey | null)[]): boolean =>
  ((row[day] ?? null) === shift) === isWanted
