import type { Roster, RosterProblem, ShiftKey } from '@lentera/planner/roster'
import { trainedWoman } from './roster-problem.ts'

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

/** Shifts on which a trained woman is missing, in the order of the days. */
export function openShifts(
  problem: RosterProblem,
  roster: Roster,
): readonly { readonly day: number; readonly shift: ShiftKey }[] {
  return problem.cover.flatMap(({ day, by, skill, required }) => {
    if (skill !== trainedWoman) return []
    const there = problem.people.filter(({ key, skills }) => {
      const shift = roster[key]?.[day] ?? null
      return shift !== null && by.includes(shift) && skills.includes(trainedWoman)
    })
    const [shift] = by
    return there.length < required && shift !== undefined ? [{ day, shift }] : []
  })
}
