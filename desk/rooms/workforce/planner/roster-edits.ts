import type { Roster, RosterProblem, ShiftKey } from '@lentera/planner/roster'
import { humane } from './roster-problem.ts'

/** The roster with one day of one person changed by hand. */
export const changed = (roster: Roster, person: string, day: number, shift: ShiftKey | null): Roster => ({
  ...roster,
  [person]: (roster[person] ?? []).map((each, index) => (index === day ? shift : each)),
})

/** The problem in which what a hand changed stands, for the rest to be made anew around it. */
export const fixedBy = (problem: RosterProblem, made: Roster, edited: Roster): RosterProblem => ({
  ...problem,
  people: problem.people.map((person) => ({
    ...person,
    fixed: (edited[person.key] ?? []).flatMap((shift, day) =>
      shift === (made[person.key]?.[day] ?? null) ? [] : [{ day, shift }],
    ),
  })),
})

/** A shift of one day, and the trained women who cover it: there, or on call (`from` the shift from which they are called). */
export type CoveredShift = {
  readonly day: number
  readonly shift: ShiftKey
  readonly required: number
  readonly there: number
  readonly onCall: readonly { readonly person: string; readonly from: ShiftKey }[]
}

/** Every shift that asks for a trained woman, in the order of the days. */
export const shiftsCovered = (problem: RosterProblem, roster: Roster): readonly CoveredShift[] =>
  problem.cover.flatMap(({ day, by, skill, required, under }) => {
    const [shift] = by
    if (skill === null || under !== humane.missingWoman || shift === undefined) return []
    const women = problem.people.flatMap(({ key, skills }) => {
      const from = roster[key]?.[day] ?? null
      return from !== null && by.includes(from) && skills.includes(skill) ? [{ person: key, from }] : []
    })
    const onCall = women.filter(({ from }) => from !== shift)
    return [{ day, shift, required, there: women.length - onCall.length, onCall }]
  })

export const isOpen = ({ required, there, onCall }: CoveredShift): boolean => there + onCall.length < required

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
      .filter(({ day }) => (problem.startsOn + day) % 7 >= 5)
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

type Wish = RosterProblem['people'][number]['wishes'][number]

export const isMet = ({ day, shift, isWanted }: Wish, row: readonly (ShiftKey | null)[]): boolean =>
  ((row[day] ?? null) === shift) === isWanted
