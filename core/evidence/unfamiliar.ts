import type { CivilDate } from '../shared/dates.ts'
import { type CtdcTable, ctdcPlaces, knownValue } from './ctdc.ts'
import type { GlotipTable, Observation } from './glotip.ts'
import { isKnownArea, isKnownCountry } from './places.ts'
import { firstYears, glotip, glotipColumns } from './words.ts'

/**
 * A value this version does not know. It is kept as it came and never refused: a publisher may know better. A class outside
 * the code lists of the source is in no figure that asks for a class by name; a year of which nothing was collected, or that
 * has not come, and a code of no country are counted as written.
 */
export type Unfamiliar = {
  readonly what: 'class' | 'year' | 'place'
  /** As the source names it. */
  readonly column: string
  readonly value: string
  readonly rows: number
  /** The first of its lines, at most `linesNamed`. */
  readonly lines: readonly number[]
}

/** Lines named of one unfamiliar value; `rows` says how many there are. */
const linesNamed = 20

/** As much of a table as its rows say. */
export type TableRows =
  | Pick<GlotipTable, 'dataset' | 'observations'>
  | Pick<CtdcTable, 'dataset' | 'columns' | 'records'>

/** The unfamiliar values of a table in the order of their first lines. `today` tells which years have come. */
export function unfamiliarIn(table: TableRows, today: CivilDate): Unfamiliar[] {
  const found = new Map<string, Unfamiliar & { lines: number[] }>()
  const note = (what: Unfamiliar['what'], column: string, value: string, line: number): void => {
    const key = `${what}|${column}|${value}`
    const known = found.get(key)
    if (known) found.set(key, { ...known, rows: known.rows + 1 })
    else found.set(key, { what, column, value, rows: 1, lines: [] })
    const lines = found.get(key)?.lines
    if (lines && lines.length < linesNamed) lines.push(line)
  }
  if (table.dataset === 'glotip') for (const row of table.observations) lookAt(row, today, note)
  else lookAtRecords(table, today, note)
  return [...found.values()]
}

/** The newest year among the rows, of the years a row can be of; null where no row gives one. */
export function newestYearIn(table: TableRows, today: CivilDate): number | null {
  let newest: number | null = null
  const see = (year: number): void => {
    if (isPlausible(table.dataset, year, today) && year > (newest ?? 0)) newest = year
  }
  if (table.dataset === 'glotip') for (const { year } of table.observations) see(year)
  else {
    const { year: place = -1 } = ctdcPlaces(table.columns)
    for (const { cells } of table.records) see(Number(cells[place]))
  }
  return newest
}

function isPlausible(dataset: keyof typeof firstYears, year: number, today: CivilDate): boolean {
  return year >= firstYears[dataset] && year <= Number(today.slice(0, 4))
}

type Note = (what: Unfamiliar['what'], column: string, value: string, line: number) => void

const classes = {
  indicator: new Set<string>(Object.values(glotip.indicators)),
  dimension: new Set<string>(Object.values(glotip.dimensions)),
  sex: new Set<string>(Object.values(glotip.sexes)),
  age: new Set<string>(Object.values(glotip.ages)),
  unit: new Set<string>(Object.values(glotip.units)),
} as const

function lookAt(row: Observation, today: CivilDate, note: Note): void {
  for (const column of ['indicator', 'dimension', 'sex', 'age', 'unit'] as const) {
    if (!classes[column].has(row[column])) note('class', glotipColumns[column][0], row[column], row.line)
  }
  if (!isPlausible('glotip', row.year, today)) note('year', glotipColumns.year[0], String(row.year), row.line)
  if (isKnownArea(row)) return
  if (row.iso3.trim() === '') note('place', glotipColumns.country[0], row.country, row.line)
  else note('place', glotipColumns.iso3[0], row.iso3, row.line)
}

function lookAtRecords(
  { columns, records }: Pick<CtdcTable, 'columns' | 'records'>,
  today: CivilDate,
  note: Note,
): void {
  const places = ctdcPlaces(columns)
  const looks = columns.flatMap((column, place) => {
    if (place !== places.year && !places.countries.includes(place)) return []
    return [{ column, place, known: knownValue(column), isYear: place === places.year }]
  })
  for (const { line, cells } of records) {
    for (const { column, place, known, isYear } of looks) {
      const value = known(cells[place] ?? '')
      if (value === null) continue
      if (isYear ? isPlausible('ctdc', Number(value), today) : isKnownCountry(value)) continue
      note(isYear ? 'year' : 'place', column, value, line)
    }
  }
}
