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
