import { accept, type Decision, refuse } from '../shared/refusals.ts'
import type { Sheet } from '../sheets/sheet.ts'
import { type Watch, watchEvery } from '../sheets/words.ts'
import { readYear } from './glotip.ts'
import { findTable } from './header.ts'
import {
  type CtdcLayout,
  ctdcAnswerColumns,
  ctdcColumns,
  ctdcCountry,
  ctdcExploitation,
  ctdcLayoutColumns,
  ctdcUnknown,
  ctdcUnknownCountry,
  ctdcWordColumns,
  type Issue,
} from './words.ts'

/** One record of the data set as it is: the cells in the order of `columns`. Never to be joined with anything. */
export type CtdcRecord = { readonly line: number; readonly cells: readonly string[] }

export type CtdcTable = {
  readonly dataset: 'ctdc'
  readonly preamble: readonly string[]
  /** All columns of the file, as the file names them. */
  readonly columns: readonly string[]
  readonly records: readonly CtdcRecord[]
  readonly issues: readonly Issue[]
}

/** How many records hold each value of a column; `value` null is unknown, not stated or withheld, and is never a "no". */
export type Split = {
  readonly column: string
  readonly parts: readonly { readonly value: string | null; readonly records: number }[]
}

/**
 * The sheets of a file to the records of a global data set, k-anonymous or synthetic: any edition that has year, gender, age band
 * and citizenship, with as many further columns as it has. Refuses `evidence.not-a-ctdc-table`, `evidence.no-rows`,
 * `sheets.stopped`.
 */
export async function readCtdc(sheets: readonly Sheet[], watch: Watch = () => true): Promise<Decision<CtdcTable>> {
  const found = findTable(sheets, ctdcColumns, ['year', 'gender', 'age', 'citizenship'], 'evidence.not-a-ctdc-table')
  if (!found.ok) return found
  const { sheet, preamble, header, at, body } = found.value
  const columns = header.cells
  const exploitation = columns.flatMap((column, place) => (isExploitation(column) ? [place] : []))
  const records: CtdcRecord[] = []
  const issues: Issue[] = [...sheet.issues]
  const issue = (line: number, reason: Issue['reason'], values: Issue['values']) =>
    issues.push({ line, reason, values })
  for (const [index, { line, cells }] of body.entries()) {
    if (index % watchEvery === watchEvery - 1) {
      if (!(await watch({ stage: 'mapping', done: index, of: body.length }))) return refuse('sheets.stopped')
    }
    if (cells.every((cell) => cell.trim() === '')) continue
    const year = cells[at.year ?? -1] ?? ''
    const answer = exploitation.find((place) => !isAnswer(cells[place] ?? ''))
    if (cells.length < columns.length) {
      issue(line, 'cells-missing', { expected: columns.length, found: cells.length })
    } else if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      issue(line, 'cells-too-many', { expected: columns.length, found: cells.length })
    } else if (!ctdcUnknown.has(year.trim()) && readYear(year) === undefined) {
      issue(line, 'year-not-understood', { found: year.slice(0, 40) })
    } else if (answer !== undefined) {
      const found = (cells[answer] ?? '').slice(0, 40)
      issue(line, 'answer-not-understood', { column: columns[answer] ?? '', found })
    } else {
      records.push({ line, cells: cells.slice(0, columns.length) })
    }
  }
  if (records.length === 0) return refuse('evidence.no-rows', { unreadable: issues.length })
  issues.sort((a, b) => a.line - b.line)
  return accept({ dataset: 'ctdc', preamble, columns, records, issues })
}

/** Which of the global data sets has such columns: by those that only one of them ever had. */
export function layoutOf(columns: readonly string[]): CtdcLayout {
  const names = new Set(columns.map(lower))
  const has = (layout: keyof typeof ctdcLayoutColumns): boolean =>
    ctdcLayoutColumns[layout].some((column) => names.has(lower(column)))
  const [isKAnonymous, isSynthetic] = [has('k-anonymous'), has('synthetic')]
  // Somebody's own mixture of both is neither.
  if (isKAnonymous === isSynthetic) return 'unclear'
  return isKAnonymous ? 'k-anonymous' : 'synthetic'
}

/** The data set split by year, gender, age band, citizenship, country of exploitation and each form of exploitation. */
export function splitsOf(table: Pick<CtdcTable, 'columns' | 'records'>): Split[] {
  const wanted = new Set([...Object.values(ctdcColumns).flat(), ...ctdcCountry, ...ctdcExploitation].map(lower))
  return table.columns.flatMap((column, place) =>
    wanted.has(lower(column)) || isExploitation(column)
      ? [{ column, parts: split(table.records, place, knownValue(column)) }]
      : [],
  )
}

/**
 * The records of the smallest class: of those alike in every column, the fewest. In a k-anonymous edition it is at
 * least k (Sweeney 2002); in a part of its columns too.
 */
export function smallestClass(table: CtdcTable): number {
  const classes = new Map<string, number>()
  for (const { cells } of table.records) {
    const key = JSON.stringify(cells)
    classes.set(key, (classes.get(key) ?? 0) + 1)
  }
  let smallest = table.records.length
  for (const records of classes.values()) smallest = Math.min(smallest, records)
  return smallest
}

/** Where in a record the year of registration and the codes of countries stand. */
export function ctdcPlaces(columns: readonly string[]): {
  readonly year: number | undefined
  readonly countries: readonly number[]
} {
  const years = new Set(ctdcColumns.year.map(lower))
  const year = columns.findIndex((column) => years.has(lower(column)))
  return {
    year: year === -1 ? undefined : year,
    countries: columns.flatMap((column, at) => (isCountry(column) ? [at] : [])),
  }
}

/**
 * The names of the columns and each record as texts that every saving of the same table gives: columns in the order of the
 * alphabet, cells by what they say. What programs change in passing (spaces, 1.0 for 1, the word for unknown) is in none.
 */
export function ctdcTexts({ columns, records }: Pick<CtdcTable, 'columns' | 'records'>): {
  readonly names: string
  readonly rows: readonly string[]
} {
  // Of columns with one name the last stands, as where the rows are kept.
  const places = [...new Map(columns.map((column, place) => [column, place]))].map(([column, place]) => ({
    name: lower(column),
    column,
    place,
    known: knownValue(column),
  }))
  places.sort((a, b) => compare(a.name, b.name) || compare(a.column, b.column))
  const said = (cell: string, known: (cell: string) => string | null): string | null =>
    known(cell)?.replace(/^(-?\d+)\.0+$/, '$1') ?? null
  return {
    names: JSON.stringify(places.map(({ name }) => name)),
    rows: records.map(({ cells }) => JSON.stringify(places.map(({ place, known }) => said(cells[place] ?? '', known)))),
  }
}

/** What a cell of this column says, or null where it says that it is not known. */
export function knownValue(column: string): (cell: string) => string | null {
  if (isExploitation(column)) return (cell) => (ctdcUnknown.has(cell.trim()) ? null : cell.trim().replace('.0', ''))
  const unknown = isCountry(column) ? ctdcUnknownCountry : ctdcUnknown
  return (cell) => (unknown.has(cell.trim()) ? null : cell.trim())
}

function split(records: readonly CtdcRecord[], place: number, known: (cell: string) => string | null): Split['parts'] {
  const counts = new Map<string | null, number>()
  for (const { cells } of records) {
    const value = known(cells[place] ?? '')
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  // In the order of the values, unknown last: any order of the lines gives the same split.
  const parts = [...counts].map(([value, records]) => ({ value, records }))
  return parts.sort((a, b) => (a.value === null ? 1 : b.value === null ? -1 : a.value < b.value ? -1 : 1))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const lower = (name: string): string => name.trim().toLowerCase()
const exploitationNames: ReadonlySet<string> = new Set(ctdcExploitation.map(lower))
const countryNames: ReadonlySet<string> = new Set([...ctdcCountry, ...ctdcColumns.citizenship].map(lower))
const isExploitation = (column: string): boolean =>
  exploitationNames.has(lower(column)) ||
  (ctdcAnswerColumns.test(column.trim()) && !ctdcWordColumns.test(column.trim()))
const isCountry = (column: string): boolean => countryNames.has(lower(column))
const isAnswer = (cell: string): boolean => ctdcUnknown.has(cell.trim()) || /^[01](\.0)?$/.test(cell.trim())
