import type { Contribution } from '../shared/contribution.ts'
import type { Interval } from '../shared/counts.ts'
import type { OrganisationId, PersonKey, TeamId } from '../shared/ids.ts'
import { breakdowns, headFacts } from './indicators.ts'
import { type DatedPhase, periodsOf } from './periods.ts'

/** A contribution with whose work it is: the scopes it is counted in. */
export type Located = Contribution & { readonly organisation: OrganisationId; readonly team: TeamId | null }

/** Of which part of the programme a cell counts. */
export type Scope = 'programme' | `organisation:${string}` | `team:${string}`

/** One cell: a fact, in a period (`all`, `2026`, `2026-Q4`, `japan-1`), in a scope, for some values of some dimensions. */
export type Cell = {
  readonly fact: string
  readonly period: string
  readonly scope: Scope
  readonly dimensions: Readonly<Record<string, string>>
}

/**
 * Persons lie between `low` (every claimed join made, nobody behind a head without a key) and `high` (only joins beyond
 * doubt, somebody new behind each); contacts are exact.
 */
export type Count = { readonly persons: Interval; readonly contacts: number }

/** Who is counted as whom: `Identities` of the log, handed in because results know no entries. */
export type CountedAs = {
  readonly certain: (person: PersonKey) => PersonKey
  readonly possible: (person: PersonKey) => PersonKey
}

/** The text that names a cell, the same wherever it is made: `fact|period|scope|sex=female&...`, dimensions sorted. */
export function cellName(cell: Cell): string {
  const dimensions = Object.keys(cell.dimensions).sort()
  return `${cell.fact}|${cell.period}|${cell.scope}|${dimensions.map((name) => `${name}=${cell.dimensions[name]}`).join('&')}`
}

/**
 * The cells a contribution falls into: every period it lies in, times every scope, times every kept breakdown.
 *
 * @param periods those that are counted, of all that a date lies in (`periodsOf`)
 */
export function cellsOf(contribution: Located, periods: readonly string[]): Cell[] {
  const scopes: Scope[] = ['programme', `organisation:${contribution.organisation}`]
  if (contribution.team) scopes.push(`team:${contribution.team}`)
  const kept = breakdowns.get(contribution.fact) ?? []
  return periods.flatMap((period) =>
    scopes.flatMap((scope) =>
      kept.map((names) => ({
        fact: contribution.fact,
        period,
        scope,
        dimensions: Object.fromEntries(names.map((name) => [name, contribution.dimensions[name] ?? 'unknown'])),
      })),
    ),
  )
}

export type CountedCells = ReadonlyMap<string, { readonly cell: Cell; readonly count: Count }>

/**
 * Every cell of these contributions, counted. Persons are counted again in each cell. Over two groups of contributions
 * that share no person (under `possible`) the counts of the union are the sums: that is what lets a tally follow one
 * changed person without looking at the rest (`difference`).
 *
 * @param phases of the programme whose contributions these are, with the quarters it says
 * @param counts which periods to count, where not all of them
 */
export function countCells(
  contributions: Iterable<Located>,
  as: CountedAs,
  phases: readonly DatedPhase[],
  counts: (period: string) => boolean = () => true,
): CountedCells {
  const open = new Map<
    string,
    { cell: Cell; certain: Set<PersonKey>; possible: Set<PersonKey>; heads: number; contacts: number }
  >()
  for (const contribution of contributions) {
    for (const cell of cellsOf(contribution, periodsOf(contribution.on, phases).filter(counts))) {
      const name = cellName(cell)
      let counted = open.get(name)
      if (!counted) {
        counted = { cell, certain: new Set(), possible: new Set(), heads: 0, contacts: 0 }
        open.set(name, counted)
      }
      counted.contacts += contribution.amount
      if (contribution.person) {
        counted.certain.add(as.certain(contribution.person))
        counted.possible.add(as.possible(contribution.person))
      } else if (headFacts.has(contribution.fact)) counted.heads += contribution.amount
    }
  }
  return new Map(
    [...open].map(([name, { cell, certain, possible, heads, contacts }]) => [
      name,
      { cell, count: { persons: { low: possible.size, high: certain.size + heads }, contacts } },
    ]),
  )
}

/** What to add to the tallies so that they count `after` where they counted `before`; cells that do not move are left out. */
export function difference(before: CountedCells, after: CountedCells): CountedCells {
  const moved = new Map<string, { cell: Cell; count: Count }>()
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)]
    const cell = (is ?? was)?.cell
    if (!cell) continue
    const count = {
      persons: {
        low: (is?.count.persons.low ?? 0) - (was?.count.persons.low ?? 0),
        high: (is?.count.persons.high ?? 0) - (was?.count.persons.high ?? 0),
      },
      contacts: (is?.count.contacts ?? 0) - (was?.count.contacts ?? 0),
    }
    if (count.persons.low !== 0 || count.persons.high !== 0 || count.contacts !== 0) moved.set(name, { cell, count })
  }
  return moved
}
