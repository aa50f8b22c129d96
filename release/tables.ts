import type { Cell, Count } from '@lentera/core/results/count'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { DANGEROUS_markReleased, type Released, type ReleasedCount } from './released-count.ts'
import { defaultSettings, type Settings } from './settings.ts'

/**
 * How the parts of a dimension make up the whole. `exclusive`: each person is in one part, persons add up (sex, age, form,
 * country). `overlapping`: a person can be in several, only contacts add up (service). `values` lists every value it can
 * take, so that an empty part is a cell too.
 */
export type Dimension = { readonly parts: 'exclusive' | 'overlapping'; readonly values: readonly string[] }

/**
 * One fact over one population of persons, as of one cut-off: every cell of every period and scope that will ever be
 * shown together, because protection holds only for what was protected together. Periods (`all`, years, quarters) and
 * scopes overlap by nature. `breakdowns` are those shown, `[]` is the total; cells that are not given count as empty.
 */
export type TablesInput = {
  readonly fact: string
  /** The cut-off these counts were made at, as it will be printed: `2026-09-30`, `2026-Q3`. */
  readonly asOf: string
  readonly cells: readonly { readonly cell: Cell; readonly count: Count }[]
  readonly breakdowns: readonly (readonly string[])[]
  readonly dimensions: Readonly<Record<string, Dimension>>
  /** Which organisation's scope a team's scope lies in: `team:x` -> `organisation:y`. */
  readonly teams?: Readonly<Record<string, string>>
  readonly settings?: Partial<Settings>
}

/** `asOf` is the cut-off of this very cell: an earlier one where showing its small change would tell who came. */
export type ReleasedCell = {
  readonly cell: Cell
  readonly asOf: string
  readonly persons: ReleasedCount
  readonly contacts: ReleasedCount
}

export type ReleasedTables = Released<{
  readonly fact: string
  readonly asOf: string
  readonly settings: Settings
  readonly cells: readonly ReleasedCell[]
}>

/**
 * Protects a linked set of tables. With `previous`, the last release of the same tables, a cell that moved by too few
 * persons keeps its earlier value and cut-off.
 */
export function releaseTables(input: TablesInput, _previous?: ReleasedTables): Decision<ReleasedTables> {
  const settings = { ...defaultSettings, ...input.settings }
  if (input.cells.some(({ cell }) => cell.fact !== input.fact)) return refuse('release.another-fact')
  return accept(
    DANGEROUS_markReleased({
      fact: input.fact,
      asOf: input.asOf,
      settings,
      cells: input.cells.map(({ cell, count }) => {
        // Until the linked set is protected as a whole, only its one overall total leaves.
        const shown =
          cell.period === 'all' &&
          cell.scope === 'programme' &&
          Object.keys(cell.dimensions).length === 0 &&
          count.persons.low >= settings.minimum
        const show = (low: number, high: number): ReleasedCount =>
          DANGEROUS_markReleased(shown ? { kind: 'count', low, high } : { kind: 'protected', rule: 'complement' })
        return {
          cell,
          asOf: input.asOf,
          persons: show(count.persons.low, count.persons.high),
          contacts: show(count.contacts, count.contacts),
        }
      }),
    }),
  )
}
