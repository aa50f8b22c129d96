import type { Publication, PublishedRecords, PublishedTable } from '@lentera/core/shared/publication'
import { type Category, categoriesOf, isSynthetic, totalOf } from './categories.ts'
import { keptBy } from './kept.ts'
import type { View } from './view.ts'

/**
 * A number that was published, or why there is none. `hidden` is not zero, and `not-published` is neither of the two;
 * `few-or-none` is what no made-up record has, since the methods that make them leave out what few people share.
 */
export type Cell = { readonly value: number } | { readonly value: null; readonly why: Untold }
export type Untold = 'hidden' | 'not-published' | 'few-or-none'

/** What is known of a cell to be there at least: few or none may be none. Null where it is not told. */
export const atLeast = (cell: Cell | undefined): number | null =>
  cell === undefined || (cell.value === null && cell.why !== 'few-or-none') ? null : (cell.value ?? 0)

/** A view counted: `cells[row][column]`. A view that is not split, or by one field, has one row or one column, of all. */
export type Counted = {
  readonly rows: readonly Category[] | null
  readonly columns: readonly Category[] | null
  readonly cells: readonly (readonly Cell[])[]
  readonly rowTotals: readonly Cell[]
  readonly columnTotals: readonly Cell[]
  readonly total: Cell
}

/**
 * Counts a view over what was published, and over nothing else. Records are counted; of a table the cells are looked up and
 * never added, for what it counts may overlap, and what it hides would be missing from a sum.
 */
export function countView(publication: Publication, view: View): Counted {
  const [first, second] = view.by
  // A field that is split by and of which one code is left in has that one part.
  const partsOf = (field: number): readonly Category[] => {
    const left = view.only.get(field)
    return left ? [left] : categoriesOf(publication, field)
  }
  const rows = first === undefined ? null : partsOf(first)
  const columns = second === undefined ? null : partsOf(second)
  const { data } = publication
  return data.kind === 'records'
    ? countRecords(data, view, rows, columns, noneAmong(publication))
    : lookUpCells(publication, data, view, rows, columns)
}

// ---------------------------------------------------------------- records

/** What is said of what none of the records has. */
export const noneAmong = ({ method }: Publication): Cell =>
  isSynthetic(method) ? { value: null, why: 'few-or-none' } : { value: 0 }

/** Codes by field, and how many records have them. */
type Columns = { readonly codes: readonly Int32Array[]; readonly counts: Float64Array }

const columnsOf = keptBy(({ rows }: PublishedRecords): Columns => {
  const width = Math.max(0, ...rows.slice(0, 1).map(({ codes }) => codes.length))
  const codes = Array.from({ length: width }, () => new Int32Array(rows.length))
  rows.forEach((row, at) => {
    row.codes.forEach((code, field) => {
      const column = codes[field]
      if (column) column[at] = code
    })
  })
  return { codes, counts: Float64Array.from(rows, ({ count }) => count) }
})

function countRecords(
  data: PublishedRecords,
  view: View,
  rows: readonly Category[] | null,
  columns: readonly Category[] | null,
  none: Cell,
): Counted {
  const { codes, counts } = columnsOf(data)
  const [height, width] = [rows?.length ?? 1, columns?.length ?? 1]
  const sums = new Float64Array(height * width)
  const wanted = [...view.only].map(([field, { place }]) => ({ codes: codes[field] ?? new Int32Array(), place }))
  const rowOf = finderOf(rows, codes[view.by[0] ?? -1])
  const columnOf = finderOf(columns, codes[view.by[1] ?? -1])
  for (let record = 0; record < counts.length; record++) {
    if (!wanted.every((field) => field.codes[record] === field.place)) continue
    const cell = rowOf(record) * width + columnOf(record)
    sums[cell] = (sums[cell] ?? 0) + (counts[record] ?? 0)
  }
  const rowSums = new Float64Array(height)
  const columnSums = new Float64Array(width)
  let total = 0
  sums.forEach((sum, cell) => {
    const [row, column] = [Math.floor(cell / width), cell % width]
    rowSums[row] = (rowSums[row] ?? 0) + sum
    columnSums[column] = (columnSums[column] ?? 0) + sum
    total += sum
  })
  const shown = (sums: Float64Array): Cell[] => Array.from(sums, (value) => (value === 0 ? none : { value }))
  return {
    rows,
    columns,
    cells: Array.from({ length: height }, (_, row) => shown(sums.subarray(row * width, (row + 1) * width))),
    rowTotals: shown(rowSums),
    columnTotals: shown(columnSums),
    total: total === 0 ? none : { value: total },
  }
}

/** Where a record falls among categories; a field that is not split by is one category, of all. */
function finderOf(categories: readonly Category[] | null, codes: Int32Array | undefined): (record: number) => number {
  if (!categories || !codes) return () => 0
  const places = new Int32Array(Math.max(0, ...categories.map(({ place }) => place)) + 2)
  categories.forEach(({ place }, index) => {
    places[place + 1] = index
  })
  return (record) => places[(codes[record] ?? -1) + 1] ?? 0
}

// ---------------------------------------------------------------- a table

/** By their codes. Where a table says two things of one combination, nobody knows which is meant: it is as if neither had been said. */
const cellsOf = keptBy(({ cells }: PublishedTable): ReadonlyMap<string, Cell> => {
  const found = new Map<string, Cell>()
  for (const { codes, value } of cells) {
    const cell: Cell = value === null ? { value, why: 'hidden' } : { value }
    const before = found.get(codes.join())
    found.set(codes.join(), before === undefined || before.value === value ? cell : notPublished)
  }
  return found
})

const notPublished: Cell = { value: null, why: 'not-published' }

function lookUpCells(
  { fields }: Publication,
  data: PublishedTable,
  view: View,
  rows: readonly Category[] | null,
  columns: readonly Category[] | null,
): Counted {
  const cells = cellsOf(data)
  const totals = fields.map((field) => totalOf(field))
  const at = (row: Category | null, column: Category | null): Cell => {
    const codes = fields.map((_, field) => {
      if (field === view.by[0] && row) return row.place
      if (field === view.by[1] && column) return column.place
      return view.only.get(field)?.place ?? totals[field]
    })
    return cells.get(codes.join()) ?? notPublished
  }
  const [down, across] = [rows ?? [null], columns ?? [null]]
  return {
    rows,
    columns,
    cells: down.map((row) => across.map((column) => at(row, column))),
    rowTotals: down.map((row) => at(row, null)),
    columnTotals: across.map((column) => at(null, column)),
    total: at(null, null),
  }
}
