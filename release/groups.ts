import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { ReleasedCount } from './released-count.ts'
import type { ReleasedTables } from './tables.ts'

/** A group of at least the minimum of persons; `asOf` is the cut-off it was counted at. */
export type ReleasedGroup = {
  readonly key: Readonly<Record<string, string>>
  readonly asOf: string
  readonly persons: ReleasedCount
  readonly contacts: ReleasedCount
}

/**
 * A figure opened to groups. `others`: whether further persons may stand behind it, in groups that are too small or are
 * held back with them; how many is not said.
 */
export type ReleasedGroups = { readonly groups: readonly ReleasedGroup[]; readonly others: boolean }

/**
 * Opens a figure to the groups of one breakdown, the largest first. It shows what the tables show and nothing besides:
 * groups cut in any other way could be subtracted from them. Empty groups are left out.
 *
 * @param of which cell of the tables is opened: its period, its scope
 * @param by the dimensions of the groups: one of the breakdowns the tables were released with
 */
export function releaseGroups(
  tables: ReleasedTables,
  of: { readonly period: string; readonly scope: string },
  by: readonly string[],
): Decision<ReleasedGroups> {
  const cells = tables.cells.filter(
    ({ cell }) =>
      cell.period === of.period &&
      cell.scope === of.scope &&
      Object.keys(cell.dimensions).length === by.length &&
      by.every((name) => name in cell.dimensions),
  )
  if (cells.length === 0) return refuse('release.groups-not-released', { by: by.join(', ') })
  const size = ({ persons }: ReleasedGroup): number => (persons.kind === 'count' ? persons.low : 0)
  const groups = cells
    .map(({ cell, ...rest }): ReleasedGroup => ({ key: cell.dimensions, ...rest }))
    .filter((group) => size(group) >= tables.settings.minimum)
    .sort((a, b) => size(b) - size(a))
  return accept({ groups, others: cells.some(({ persons }) => persons.kind === 'protected') })
}
