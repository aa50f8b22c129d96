import type { CoverDemand, Person, Roster, RosterProblem, ShiftKey } from '../roster/words.ts'
import { type BrokenRule, broken } from './broken.ts'
import { lineOf, personalRules } from './roster-rules.ts'

/** The soft rules, in the weights the problem gives them. `cost` is the sum of its four parts. */
export type RosterCost = {
  readonly cost: number
  readonly parts: {
    readonly underCover: number
    readonly overCover: number
    readonly wishes: number
    readonly balance: number
  }
}

export type RosterJudgement = RosterCost & { readonly broken: readonly BrokenRule[] }

/**
 * Replays every rule of the words on a roster, whoever made it: an engine, or a hand. Any roster is judged, also one
 * of a problem that contradicts itself, of people who are not in it, or too short.
 *
 * How the words are read where they leave room:
 * - any shift is work, also one on call; minutes are what the shift type says.
 * - minutes, shifts of a type and weekends are counted within the horizon alone; rows, nights in a row,
 *   rests, windows (also of weekends) and what may follow also over the days before it.
 * - only what the roster does is judged: a row, nights in a row or a window are too much when a day worked within the horizon is in it; a
 *   row or rest is too short when the roster ended it, so one that reached the last day before and is not gone on with
 *   counts, and one whose beginning or end is not known does not.
 * - together on a shift are those who work that very shift on that day, whoever they are; who is on call for it is not there.
 *   An engine weighs this as cover (a post may have too few for it), so that it may stand in what an engine made.
 *
 * @returns the cost of the soft rules, in the problem's weights, and every broken hard rule, person by person.
 */
export function checkRoster(problem: RosterProblem, roster: Roster): RosterJudgement {
  return { ...costOf(problem, roster), broken: brokenIn(problem, roster) }
}

function brokenIn(problem: RosterProblem, roster: Roster): readonly BrokenRule[] {
  const expected = new Set(problem.people.map(({ key }) => key))
  const strangers = Object.keys(roster).filter((person) => !expected.has(person))
  return [
    ...problem.people.flatMap((person) => brokenOf(problem, person, rowOf(roster, person.key))),
    ...aloneIn(problem, roster),
    ...strangers.map((person) => broken('roster.person-unknown', { person })),
  ]
}

function brokenOf(
  problem: RosterProblem,
  person: Person,
  row: readonly (ShiftKey | null)[] | undefined,
): readonly BrokenRule[] {
  if (row === undefined) return [broken('roster.person-missing', { person: person.key })]
  // Days that are not there, or too many, make every other rule of hers meaningless.
  if (row.length !== problem.days) {
    return [broken('roster.wrong-length', { person: person.key, found: row.length, allowed: problem.days })]
  }
  const line = lineOf(problem, person, row)
  return personalRules.flatMap((rule) => rule(line))
}

/** Everybody who would be on a shift with too few others, day by day. */
function aloneIn({ shifts, people, days }: RosterProblem, roster: Roster): readonly BrokenRule[] {
  return shifts.flatMap(({ key: shift, leastTogether: allowed = 1 }) =>
    allowed <= 1
      ? []
      : Array.from({ length: days }, (_, day) => {
          const there = people.filter(({ key }) => rowOf(roster, key)?.[day] === shift)
          if (there.length >= allowed) return []
          const found = there.length
          return there.map(({ key }) =>
            broken('roster.alone', { person: key, days: [day], shifts: [shift], found, allowed }),
          )
        }).flat(),
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// Cost

function costOf(problem: RosterProblem, roster: Roster): RosterCost {
  const gaps = problem.cover.map((demand) => ({ demand, there: countOf(problem, roster, demand) }))
  const parts = {
    underCover: sum(gaps.map(({ demand, there }) => demand.under * Math.max(0, demand.required - there))),
    overCover: sum(gaps.map(({ demand, there }) => demand.over * Math.max(0, there - demand.required))),
    wishes: sum(problem.people.map((person) => wishesMissed(person, rowOf(roster, person.key) ?? []))),
    balance: sum(problem.people.map((person) => imbalance(person, rowOf(roster, person.key) ?? []))),
  }
  return { cost: parts.underCover + parts.overCover + parts.wishes + parts.balance, parts }
}

/** How many people meet a demand: each once, whichever of its shifts they work. */
function countOf(problem: RosterProblem, roster: Roster, { day, by, skill }: CoverDemand): number {
  return problem.people.filter(({ key, skills }) => {
    const shift = rowOf(roster, key)?.[day] ?? null
    return shift !== null && by.includes(shift) && (skill === null || skills.includes(skill))
  }).length
}

function wishesMissed(person: Person, row: readonly (ShiftKey | null)[]): number {
  const missed = person.wishes.filter(({ day, shift, isWanted }) => (row[day] === shift) !== isWanted)
  return sum(missed.map(({ weight }) => weight))
}

function imbalance(person: Person, row: readonly (ShiftKey | null)[]): number {
  return sum(
    person.balance.map(({ shifts, low, high, weight }) => {
      const worked = row.filter((shift) => shift !== null && shifts.includes(shift)).length
      return weight * (Math.max(0, low - worked) + Math.max(0, worked - high))
    }),
  )
}

/** A key such as `constructor` is nobody's row. */
function rowOf(roster: Roster, person: string): readonly (ShiftKey | null)[] | undefined {
  return Object.hasOwn(roster, person) ? roster[person] : undefined
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
