import { type LinearProblem, startProblem } from '@lentera/solver'
import type { Column, Columns, Taken } from './columns.ts'
import { missingWeight } from './words.ts'

/** What rounding of floating point leaves of a whole number. */
const rest = 1e-6

type Terms = readonly (readonly [at: number, factor: number])[]

/** Every row of the master, its columns in halves too. Rows alone bound a column: its reduced cost then tells all that it could win. */
export function relaxed(columns: Columns, list: readonly Column[]): LinearProblem {
  const sheet = startProblem()
  const byRow: (readonly [number, number])[][] = Array.from(columns.rowLower, () => [])
  for (const column of list) {
    const { cost, terms } = columns.terms(column)
    const index = sheet.column({ cost })
    for (const [row, value] of terms) byRow[row]?.push([index, value])
  }
  byRow.forEach((terms, row) => {
    sheet.row(columns.rowLower[row] ?? 0, columns.rowUpper[row] ?? 0, terms)
  })
  return sheet.problem()
}

/** Columns that come into a relaxed master. */
export function added(columns: Columns, list: readonly Column[]) {
  const cost: number[] = []
  const starts = [0]
  const rows: number[] = []
  const values: number[] = []
  for (const column of list) {
    const made = columns.terms(column)
    cost.push(made.cost)
    for (const [row, value] of made.terms) {
      rows.push(row)
      values.push(value)
    }
    starts.push(rows.length)
  }
  return {
    cost: Float64Array.from(cost),
    lower: new Float64Array(cost.length),
    upper: new Float64Array(cost.length).fill(Number.POSITIVE_INFINITY),
    starts: Int32Array.from(starts),
    rows: Int32Array.from(rows),
    values: Float64Array.from(values),
  }
}

/**
 * The master in whole numbers over `list`, with what is kept taken off its rows. `known`: how often each column is taken in the best
 * plan known, for whoever proves that there is no better: `start` is that plan. For a proof each limit that counts whole things has its
 * total as a column: the search asks first how many are hired, trained or moved in all, which settles in ten nodes what the
 * posts one by one do not in a thousand. Whoever only looks for a plan is faster without.
 */
export function inWhole(
  columns: Columns,
  list: readonly Column[],
  kept: readonly Taken[],
  known: ReadonlyMap<string, number> | null,
): { readonly problem: LinearProblem; readonly start: Float64Array | null } {
  const done = new Float64Array(columns.rowLower.length)
  let offset = 0
  for (const { column, count } of kept) {
    const { cost, terms } = columns.terms(column)
    offset += cost * count
    for (const [row, value] of terms) done[row] = (done[row] ?? 0) + value * count
  }
  const sheet = startProblem(offset)
  const byRow: (readonly [number, number])[][] = Array.from(columns.rowLower, () => [])
  for (const column of list) {
    const { cost, terms, upper } = columns.terms(column)
    const index = sheet.column({ cost, upper, isWhole: true })
    for (const [row, value] of terms) byRow[row]?.push([index, value])
  }
  const start = list.map((column) => known?.get(nameOf(column)) ?? 0)
  byRow.forEach((terms, row) => {
    if (terms.length === 0) return
    const off = done[row] ?? 0
    const [least, most] = [(columns.rowLower[row] ?? 0) - off, (columns.rowUpper[row] ?? 0) - off]
    const isCounted = known !== null && !columns.isOwnRow(row) && terms.every(([, value]) => Number.isInteger(value))
    if (!isCounted) {
      sheet.row(least, most, terms)
      return
    }
    start.push(terms.reduce((sum, [at, value]) => sum + value * (start[at] ?? 0), 0))
    const total = sheet.column({ upper: Math.max(0, Math.floor(most + rest)), isWhole: true })
    sheet.row(0, 0, [...terms, [total, -1]])
  })
  return { problem: sheet.problem(), start: known === null ? null : Float64Array.from(start) }
}

/** Whether a plan of `list` misses at most so many women: of those that do, one that takes little of the limits at their prices. */
export function withAtMost(
  columns: Columns,
  list: readonly Column[],
  missing: number,
  duals: Float64Array,
): LinearProblem {
  const { limits } = columns.rows
  const sheet = startProblem()
  const made = list.map((column) => columns.terms(column))
  const byRow: (readonly [number, number])[][] = Array.from(columns.rowLower, () => [])
  for (const { terms, upper } of made) {
    const cost = terms.reduce((sum, [row, value]) => (row >= limits ? sum - (duals[row] ?? 0) * value : sum), 0)
    const index = sheet.column({ cost, upper, isWhole: true })
    for (const [row, value] of terms) byRow[row]?.push([index, value])
  }
  byRow.forEach((terms, row) => {
    if (terms.length > 0) sheet.row(columns.rowLower[row] ?? 0, columns.rowUpper[row] ?? 0, terms)
  })
  const lost = made.flatMap(({ loss }, at): Terms => (loss > 0 ? [[at, loss / missingWeight]] : []))
  sheet.row(Number.NEGATIVE_INFINITY, missing, lost)
  return sheet.problem()
}

/** The rows of these columns alone; limits are in the costs, at their duals. */
export function atPrices(columns: Columns, list: readonly Column[], duals: Float64Array): LinearProblem {
  const sheet = startProblem()
  const byRow = new Map<number, (readonly [number, number])[]>()
  for (const column of list) {
    const { cost, terms, upper } = columns.terms(column)
    const own = terms.filter(([row]) => columns.isOwnRow(row))
    const limits = terms.reduce(
      (sum, [row, value]) => (columns.isOwnRow(row) ? sum : sum + (duals[row] ?? 0) * value),
      0,
    )
    const index = sheet.column({ cost: cost - limits, upper, isWhole: true })
    for (const [row, value] of own) {
      const terms = byRow.get(row)
      if (terms) terms.push([index, value])
      else byRow.set(row, [[index, value]])
    }
  }
  for (const [row, terms] of byRow) sheet.row(columns.rowLower[row] ?? 0, columns.rowUpper[row] ?? 0, terms)
  return sheet.problem()
}

export function nameOf(column: Column): string {
  return Object.values(column).join(' ')
}
