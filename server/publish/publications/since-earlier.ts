import type { SinceEarlier } from '@lentera/core/evidence/publication/answers'
import type { PublishedTable } from '@lentera/release/audit'
import type { LaidEarlier } from '@lentera/release/editions'
import { hiddenSign } from '@lentera/release/suppress'
import { asTable, type EarlierTable } from './earlier-tables.ts'

/**
 * What became of every number since the newest earlier release of the same people, as anybody can see who lays the two beside each other; undefined
 * where there is none, or where its making does not say which it is.
 */
export function sinceEarlier(
  table: PublishedTable,
  earlier: readonly EarlierTable[],
  laid: readonly LaidEarlier[],
): SinceEarlier | undefined {
  const before = earlier.findLast(({ sameName, method }) => sameName && method.name !== 'dp-table')
  const newest = laid.at(-1)
  if (!before?.release || !newest) return undefined
  const keyOf = ({ codes }: PublishedTable['rows'][number]): string => codes.join('\u0001')
  const was = new Map(newest.beside.lineUp(asTable(before.shown)).rows.map((row) => [keyOf(row), row.shown]))
  const cells = { stand: 0, moved: 0, newlyHidden: 0, newlyShown: 0, stayHidden: 0, added: 0 }
  for (const row of table.rows) cells[fateOf(was.get(keyOf(row)), row.shown)] += 1
  const now = new Set(table.rows.map(keyOf))
  return { release: before.release, cells: { ...cells, gone: [...was.keys()].filter((key) => !now.has(key)).length } }
}

function fateOf(was: string | undefined, is: string): Exclude<keyof SinceEarlier['cells'], 'gone'> {
  if (was === undefined) return 'added'
  if (was === hiddenSign) return is === hiddenSign ? 'stayHidden' : 'newlyShown'
  if (is === hiddenSign) return 'newlyHidden'
  return was === is ? 'stand' : 'moved'
}
