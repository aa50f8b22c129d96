import type { PublishedField, PublishedRecords } from '@lentera/core/shared/publication'
import type { PublishedTable } from '@lentera/release/audit'
import { layBeside, type MethodOfTable, openBeside } from '@lentera/release/editions'
import type { Records } from '@lentera/release/microdata'
import type { Solver } from '@lentera/solver'
import { wholeWord } from './labels.ts'

/** Whether a table counts the people of whom records tell, as far as its columns are among theirs. */
export function isCountOf(table: PublishedTable, records: Records): boolean {
  const counted = tabulate(records, table)
  return counted !== undefined && layBeside(table, counted.table).isOfSamePeople
}

/** Records held by k as they are out, with what they were made of. */
export type HeldRecords = {
  readonly real: Records
  readonly k: number
  readonly shown: { readonly fields: readonly PublishedField[]; readonly rows: PublishedRecords['rows'] }
}

/** Of tables of more columns the totals of a record are too many to look for. */
const mostColumns = 10

/**
 * What records held by k tell of a table of the same people: whatever stands in one of them as a whole is held by k real persons or
 * more, so that its cell, and every total over it, is k at least. Nothing is said of cells that moved since the records were made, and of a
 * number that is shown nothing new.
 */
export function toldByRecords(
  table: PublishedTable,
  { real, k, shown: { fields, rows } }: HeldRecords,
): PublishedTable {
  const nothing = { name: 'records', dimensions: table.dimensions, rows: [] }
  const counted = tabulate(real, table)
  if (counted === undefined || table.dimensions.length > mostColumns) return nothing
  const beside = layBeside(table, counted.table)
  if (!beside.isOfSamePeople) return nothing
  const places = counted.columns.map((name) => fields.findIndex((field) => field.name === name))
  const held = new Set<string>()
  for (const { codes } of rows) {
    const said = places.map((place) => plain(place < 0 ? '' : (fields[place]?.codes[codes[place] ?? -1]?.code ?? '')))
    for (let totals = 0; totals < 1 << said.length; totals++) {
      const cell = said.map((code, at) => ((totals >> at) & 1 ? '' : code))
      held.add(cell.join(between))
    }
  }
  const stood = new Set(beside.cells.flatMap(({ codes, now, before }) => (now === before ? codes.join(between) : [])))
  return {
    ...nothing,
    rows: table.rows.flatMap(({ codes }) => {
      // A column that the records have not, and that says the same of all, tells of none.
      const cell = codes.map((code, at) => (isWhole(code) || (places[at] ?? -1) < 0 ? '' : plain(code)))
      return stood.has(codes.join(between)) && held.has(cell.join(between)) ? [{ codes, shown: `${k}+` }] : []
    }),
  }
}

/** A table of the same people that is out, with what it was made of. */
export type TableOut = {
  readonly counted: PublishedTable
  readonly shown: PublishedTable
  readonly method: MethodOfTable
}

/** How many hidden cells of tables that are out would be open beside new records held by k. */
export async function openBesideRecords(
  held: HeldRecords,
  tables: readonly TableOut[],
  solver: Solver | null,
): Promise<number> {
  let open = 0
  for (const { counted, shown, method } of tables) {
    if (method.name === 'dp-table') continue
    const known = [toldByRecords(counted, held)]
    const zeros = method.name === 'suppression' && method.zeros === 'shown' ? 'shown' : 'unsaid'
    const found = await openBeside(shown, method, [], { solver, zeros, full: counted, known })
    open += found.open
  }
  return open
}

const between = '\u0001'

// ---------------------------------------------------------------- records as a table counts them

/** The innermost counts of records, in the columns of a table: nothing where one of its columns has no like among theirs. */
export type Tabulated = {
  readonly table: PublishedTable
  /** By dimension of the table, the column of the records; absent where the table has one code of all. */
  readonly columns: readonly (string | undefined)[]
}

const plain = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/**
 * Records counted as a table counts them, so that the two can be laid beside each other. A column of the table is the one of the
 * records that has half of its codes or more, the likeliest first; wholes are made by whoever lays them.
 */
export function tabulate(records: Records, table: PublishedTable): Tabulated | undefined {
  const taken = new Set<string>()
  const columns: (Records['columns'][number] | undefined)[] = []
  for (const [place, name] of table.dimensions.entries()) {
    const codes = new Set(table.rows.map(({ codes: each }) => each[place] ?? '').filter((code) => !isWhole(code)))
    const likely = records.columns
      .filter((column) => !taken.has(column.name))
      .map((column) => {
        const values = new Set(column.values.map(plain))
        const shared = [...codes].filter((code) => values.has(plain(code))).length / Math.max(1, codes.size)
        return { column, shared, named: plain(column.name) === plain(name) ? 1 : 0 }
      })
      .filter(({ shared }) => shared >= 0.5)
      .sort((a, b) => b.shared - a.shared || b.named - a.named)
    if (likely.length === 0 && codes.size > 1) return undefined
    columns.push(likely[0]?.column)
    if (likely[0]) taken.add(likely[0].column.name)
  }
  return { table: countedAs(records, table, columns), columns: columns.map((column) => column?.name) }
}

const isWhole = (code: string): boolean => wholeWord.test(code.trim())

function countedAs(
  { count }: Records,
  { dimensions, rows }: PublishedTable,
  columns: readonly (Records['columns'][number] | undefined)[],
): PublishedTable {
  const written = dimensions.map((_, place) => {
    const codes = new Map(rows.map(({ codes: each }) => [plain(each[place] ?? ''), each[place] ?? '']))
    const only = rows[0]?.codes[place] ?? ''
    const column = columns[place]
    return column
      ? ['', ...column.values].map((value) => (value === '' ? '' : (codes.get(plain(value)) ?? value)))
      : [only]
  })
  const counts = new Map<string, { readonly codes: readonly string[]; persons: number }>()
  for (let record = 0; record < count; record++) {
    const codes = columns.map((column, place) => written[place]?.[column ? (column.codes[record] ?? 0) : 0] ?? '')
    // What a record does not say the table counts nowhere, or as unknown: either way it is no cell of both.
    if (codes.includes('')) continue
    const key = codes.join('\u0001')
    const cell = counts.get(key) ?? { codes, persons: 0 }
    cell.persons++
    counts.set(key, cell)
  }
  return {
    name: 'records',
    dimensions,
    rows: [...counts.values()].map(({ codes, persons }) => ({ codes, shown: String(persons) })),
  }
}
