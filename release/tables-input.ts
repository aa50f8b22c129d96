import type { Cell, Count } from '@lentera/core/results/count'
import type { Settings } from './settings.ts'

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
