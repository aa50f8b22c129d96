import { accept, type Decision, type Refusal, refuse } from '../shared/refusals.ts'
import type { Line, Sheet } from '../sheets/sheet.ts'

/** The table inside a file: what stands above its header, where each column is, and the lines below. */
export type Table<Column extends string> = {
  readonly sheet: Sheet
  /** The lines above the header (title, date, notes) as text. */
  readonly preamble: readonly string[]
  readonly header: Line
  /** The place of each column in a line; a column that may be left out has none. */
  readonly at: Readonly<Partial<Record<Column, number>>>
  readonly body: readonly Line[]
}

/** A header is looked for in this many lines of each sheet. */
const searched = 100

/**
 * Finds the line that names the wanted columns, in any order and in any sheet, below any preamble. `required` must all be
 * there. Else the refusal `code`, with the names looked for and those missing from the line that came nearest.
 */
export function findTable<Column extends string>(
  sheets: readonly Sheet[],
  columns: Readonly<Record<Column, readonly string[]>>,
  required: readonly Column[],
  code: Refusal['code'],
): Decision<Table<Column>> {
  let missing: readonly Column[] = required
  for (const sheet of sheets) {
    for (const [index, { line, cells }] of sheet.lines.slice(0, searched).entries()) {
      // A workbook's rows are as wide as its widest: what follows the last name is no column.
      const header = { line, cells: cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1) }
      const at = placesOf(header, columns)
      const absent = required.filter((column) => at[column] === undefined)
      if (absent.length === 0) {
        const preamble = sheet.lines.slice(0, index).map((line) => line.cells.filter((cell) => cell.trim()).join(' '))
        return accept({ sheet, preamble: preamble.filter(Boolean), header, at, body: sheet.lines.slice(index + 1) })
      }
      if (absent.length < missing.length) missing = absent
    }
  }
  const names = (wanted: readonly Column[]) => wanted.map((column) => columns[column].join(' / ')).join(', ')
  return refuse(code, { columns: names(required), missing: names(missing) })
}

function placesOf<Column extends string>(
  header: Line,
  columns: Readonly<Record<Column, readonly string[]>>,
): Partial<Record<Column, number>> {
  const found = header.cells.map(plainName)
  const at: Partial<Record<Column, number>> = {}
  for (const column in columns) {
    const names = new Set(columns[column].map(plainName))
    const place = found.findIndex((name) => names.has(name))
    if (place !== -1) at[column] = place
  }
  return at
}

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[\s_]+/g, '')
