import { meantByCell } from '../shared/harmless-cell.ts'
import { type ColumnOfValues, holdsAddresses, holdsNames } from '../shared/names-of-persons.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { whoSomebodyIs } from '../shared/who-somebody-is.ts'
import { openFile } from './sheet.ts'

/** A table in long form: one row a cell, its codes by column, and what stands in it as it was written. */
export type LongTable = {
  readonly name: string
  readonly dimensions: readonly string[]
  readonly rows: readonly { readonly codes: readonly string[]; readonly shown: string }[]
}

/** What a table of long form may be at most. A million cells in one system would be worked on for hours. */
export const tableLimits = { rows: 500_000, columns: 40 } as const

/**
 * A table of long form from a CSV or workbook: one row a cell, its codes, and what stands in it in the column `value` (found by
 * its usual names where not said). Names and codes are what their cells stand for (`meantByCell`): a table that was written here is read as it was. Refuses: `sheets.*`, and `tables.no-rows`, `tables.no-value-column` {columns},
 * `tables.column-unnamed` {number}, `tables.column-twice` {column}, `tables.names-column` {column}, `tables.looks-like-names` {column}, `tables.holds-addresses` {column}, `tables.too-many-columns`
 * {columns, most}, `tables.too-many-rows` {rows, most}, `tables.line-length` {line, cells, expected}, `tables.quote-not-closed`
 * {line}, `tables.one-column`.
 *
 * @param wasRead of what was read before, and of which something is out: its columns are not judged anew, or whom it tells of would be forgotten
 */
export async function readLongTable(
  bytes: Uint8Array,
  value: string | null,
  name: string,
  wasRead = false,
): Promise<Decision<LongTable>> {
  const opened = await openFile(bytes)
  if (!opened.ok) return opened
  const sheet = opened.value.sheets[0]
  const broken = sheet?.issues[0]
  if (broken) return refuse('tables.quote-not-closed', { line: broken.line })
  const lines = sheet?.lines ?? []
  // Publishers put a title and a date above the names of the columns.
  const top = lines.findIndex(({ cells }) => cells.some((cell) => isValue(cell, value)))
  const header = (lines[Math.max(0, top)]?.cells ?? []).map((cell) => meantByCell(cell.trim()))
  if (lines.length < 2) return refuse('tables.no-rows')
  if (header.length > tableLimits.columns) {
    return refuse('tables.too-many-columns', { columns: header.length, most: tableLimits.columns })
  }
  const naming = wasRead ? undefined : header.find((name) => whoSomebodyIs.test(name))
  if (naming !== undefined) return refuse('tables.names-column', { column: naming })
  if (top < 0) return refuse('tables.no-value-column', { columns: header.join(', ').slice(0, 200) })
  if (header.includes('')) return refuse('tables.column-unnamed', { number: header.indexOf('') + 1 })
  const twice = header.find((name, place) => header.indexOf(name) !== place)
  if (twice !== undefined) return refuse('tables.column-twice', { column: twice })
  if (header.length < 2) return refuse('tables.one-column')
  const below = lines.slice(top + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (below.length === 0) return refuse('tables.no-rows')
  if (below.length > tableLimits.rows)
    return refuse('tables.too-many-rows', { rows: below.length, most: tableLimits.rows })
  const ragged = below.find(({ cells }) => cells.length !== header.length)
  if (ragged) {
    return refuse('tables.line-length', { line: ragged.line, cells: ragged.cells.length, expected: header.length })
  }
  const at = header.findIndex((cell) => isValue(cell, value))
  const others = (cells: readonly string[]): readonly string[] => cells.filter((_, place) => place !== at)
  const dimensions = others(header)
  const rows = below.map(({ cells }) => ({
    codes: others(cells).map((code) => meantByCell(code.trim())),
    shown: cells[at] ?? '',
  }))
  if (wasRead) return accept({ name, dimensions, rows })
  for (const [place, head] of dimensions.entries()) {
    const held = { head, values: countedAt(rows, place), rows: rows.length }
    if (holdsAddresses(held)) return refuse('tables.holds-addresses', { column: head })
    if (holdsNames(held)) return refuse('tables.looks-like-names', { column: head })
  }
  return accept({ name, dimensions, rows })
}

/** Each code of a column, with the most that a row of it counts; one whose rows hold no number counts nobody that is known. */
function countedAt(rows: LongTable['rows'], place: number): ColumnOfValues['values'] {
  const found = new Map<string, { rows: number; persons: number }>()
  for (const { codes, shown } of rows) {
    const value = codes[place] ?? ''
    if (value === '') continue
    const one = found.get(value) ?? { rows: 0, persons: 0 }
    one.rows++
    one.persons = Math.max(one.persons, Number(shown) || 0)
    found.set(value, one)
  }
  return [...found].map(([value, counted]) => ({ value, ...counted }))
}

function isValue(cell: string, value: string | null): boolean {
  const name = meantByCell(cell.trim())
  return value === null
    ? /^(value|values|txtvalue|obs_value|count|counts|persons|number|n)$/i.test(name)
    : name === value
}
