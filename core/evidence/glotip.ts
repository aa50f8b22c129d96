import { exactly, type Interval } from '../shared/counts.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import type { Line, Sheet } from '../sheets/sheet.ts'
import { type Watch, watchEvery } from '../sheets/words.ts'
import { findTable } from './header.ts'
import { type GlotipColumn, glotipColumns, type Issue, lessThanFive, subregionCodes } from './words.ts'

/**
 * One row of UNODC's table, as it is: what the source repeats is here as often. `text` is the value as written, `value`
 * what it says: a number is itself, "<5" lies between 0 and 4.
 */
export type Observation = {
  readonly line: number
  readonly iso3: string
  readonly country: string
  readonly region: string
  readonly subregion: string
  readonly indicator: string
  readonly dimension: string
  readonly category: string
  readonly sex: string
  readonly age: string
  readonly year: number
  readonly unit: string
  readonly text: string
  readonly value: Interval
  readonly source: string
}

export type GlotipTable = {
  readonly dataset: 'glotip'
  readonly preamble: readonly string[]
  /** All columns of the file, as the file names them. */
  readonly columns: readonly string[]
  readonly observations: readonly Observation[]
  readonly issues: readonly Issue[]
}

/** Columns without which a row says nothing; region, subregion and source may be left out. */
const required = [
  'iso3',
  'country',
  'indicator',
  'dimension',
  'category',
  'sex',
  'age',
  'year',
  'unit',
  'value',
] as const satisfies readonly GlotipColumn[]

/** Cells that may not be empty. The source itself leaves out some codes, some names of areas and some citizenships. */
const filled = ['indicator', 'dimension', 'sex', 'age', 'unit'] as const satisfies readonly GlotipColumn[]

/**
 * The sheets of a file to UNODC's rows. Each readable row is kept in the order of the file; a line that cannot be read
 * is an issue with its line and reason. Refuses `evidence.not-a-glotip-table`, `evidence.no-rows`, `sheets.stopped`.
 */
export async function readGlotip(sheets: readonly Sheet[], watch: Watch = () => true): Promise<Decision<GlotipTable>> {
  const found = findTable(sheets, glotipColumns, required, 'evidence.not-a-glotip-table')
  if (!found.ok) return found
  const { sheet, preamble, header, at, body } = found.value
  const observations: Observation[] = []
  const issues: Issue[] = [...sheet.issues]
  for (const [index, line] of body.entries()) {
    if (index % watchEvery === watchEvery - 1) {
      if (!(await watch({ stage: 'mapping', done: index, of: body.length }))) return refuse('sheets.stopped')
    }
    if (line.cells.every((cell) => cell.trim() === '')) continue
    const row = readRow(line, header.cells.length, at)
    if ('reason' in row) issues.push(row)
    else observations.push(row)
  }
  if (observations.length === 0) return refuse('evidence.no-rows', { unreadable: issues.length })
  issues.sort((a, b) => a.line - b.line)
  return accept({ dataset: 'glotip', preamble, columns: header.cells, observations, issues })
}

/** "1,200" is 1200, "<5" lies between 0 and 4; anything else is not understood (undefined). */
export function readValue(text: string): Interval | undefined {
  const written = text.trim()
  if (/^<\s?5$/.test(written)) return lessThanFive
  if (!/^(\d{1,15}|\d{1,3}(,\d{3}){1,4})$/.test(written)) return undefined
  return exactly(Number(written.replaceAll(',', '')))
}

/**
 * The area a row is about: its code, or its name where the source gives no code. A country, or several that reported
 * together; undefined for a sub-region's line.
 */
export function areaOf(row: Pick<Observation, 'iso3' | 'country'>): string | undefined {
  return row.country === '' && subregionCodes.has(row.iso3) ? undefined : row.iso3 || row.country
}

/** A row as one text that every saving of the same table gives: not as written, since a workbook keeps "1,200" as a number. */
export function glotipRowText({ line: _, text: __, ...row }: Observation): string {
  return JSON.stringify(Object.values(row).map((cell) => (typeof cell === 'string' ? cell.trim() : cell)))
}

/** A cell of the table that its source gives more than once, and not with one value: each row's line and its value as written. */
export type Contradiction = readonly { readonly line: number; readonly text: string }[]

/** The cells that are told twice and differently, in the order of the file. Nobody here knows which is meant: all rows are kept. */
export function contradictionsIn(observations: readonly Observation[]): readonly Contradiction[] {
  const told = new Map<string, Observation[]>()
  for (const row of observations) {
    const { iso3, country, indicator, dimension, category, sex, age, year, unit } = row
    const cell = [iso3, country, indicator, dimension, category, sex, age, year, unit].map((part) =>
      String(part).trim(),
    )
    const key = JSON.stringify(cell)
    const rows = told.get(key)
    if (rows) rows.push(row)
    else told.set(key, [row])
  }
  return [...told.values()].flatMap((rows) => {
    const [first] = rows
    const isOne = rows.every(({ value }) => value.low === first?.value.low && value.high === first.value.high)
    return isOne ? [] : [rows.map(({ line, text }) => ({ line, text: text.trim() }))]
  })
}

/** "3: <5, 4: 7; 9: 1, 12: 2": the lines of the first few, with what stands there. */
export function nameContradictions(contradictions: readonly Contradiction[]): string {
  const named = contradictions
    .slice(0, mostNamed)
    .map((rows) => rows.map(({ line, text }) => `${line}: ${text}`).join(', '))
  return `${named.join('; ')}${contradictions.length > mostNamed ? '; …' : ''}`
}

const mostNamed = 5

function readRow(line: Line, width: number, at: Partial<Record<GlotipColumn, number>>): Observation | Issue {
  const { cells } = line
  if (cells.length < width) return issue(line, 'cells-missing', { expected: width, found: cells.length })
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
    return issue(line, 'cells-too-many', { expected: width, found: cells.length })
  }
  const cell = (column: GlotipColumn): string => cells[at[column] ?? -1] ?? ''
  for (const column of filled) {
    if (cell(column).trim() === '') return issue(line, 'cell-empty', { column: glotipColumns[column][0] })
  }
  if (cell('iso3').trim() === '' && cell('country').trim() === '') {
    return issue(line, 'cell-empty', { column: `${glotipColumns.iso3[0]}, ${glotipColumns.country[0]}` })
  }
  const year = readYear(cell('year'))
  if (year === undefined) return issue(line, 'year-not-understood', { found: cell('year').slice(0, 40) })
  const text = cell('value')
  const value = readValue(text)
  if (value === undefined) return issue(line, 'value-not-understood', { found: text.slice(0, 40) })
  return {
    line: line.line,
    iso3: cell('iso3'),
    country: cell('country'),
    region: cell('region'),
    subregion: cell('subregion'),
    indicator: cell('indicator'),
    dimension: cell('dimension'),
    category: cell('category'),
    sex: cell('sex'),
    age: cell('age'),
    year,
    unit: cell('unit'),
    text,
    value,
    source: cell('source'),
  }
}

/** Four digits of a plausible year; anything else is undefined. */
export function readYear(text: string): number | undefined {
  return /^(19|20)\d\d$/.test(text.trim()) ? Number(text.trim()) : undefined
}

function issue({ line }: Line, reason: Issue['reason'], values: Issue['values']): Issue {
  return { line, reason, values }
}
