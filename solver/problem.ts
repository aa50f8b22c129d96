/**
 * Minimise `offset + cost x` with `rowLower <= A x <= rowUpper` and `lower <= x <= upper`; `A` by rows: those of row `i` are
 * `columns[starts[i] .. starts[i + 1]]` with `values` beside them. Infinity where nothing binds. `integer`: 1 for columns
 * that are whole numbers; null: an LP.
 */
export type LinearProblem = {
  readonly offset: number
  readonly cost: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly integer: Uint8Array | null
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

/** Columns to add, continuous: those of column `j` are `rows[starts[j] .. starts[j + 1]]` with `values` beside them. */
export type Columns = {
  readonly cost: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly values: Float64Array
}

export type ProblemSheet = {
  /** Its index. 0 to infinity, continuous, unless said. */
  readonly column: (given: { cost?: number; lower?: number; upper?: number; isWhole?: boolean }) => number
  /** Its index. Terms are pairs of a column and its factor; a column comes once. */
  readonly row: (lower: number, upper: number, terms: readonly (readonly [column: number, factor: number])[]) => number
  readonly problem: () => LinearProblem
}

/** A problem written down column by column and row by row. A row may use only columns that are there. */
export function startProblem(offset = 0): ProblemSheet {
  const cost: number[] = []
  const lower: number[] = []
  const upper: number[] = []
  const integer: number[] = []
  const rowLower: number[] = []
  const rowUpper: number[] = []
  const starts = [0]
  const columns: number[] = []
  const values: number[] = []
  return {
    column: (given) => {
      cost.push(given.cost ?? 0)
      lower.push(given.lower ?? 0)
      upper.push(given.upper ?? Number.POSITIVE_INFINITY)
      return integer.push(given.isWhole ? 1 : 0) - 1
    },
    row: (least, most, terms) => {
      for (const [column, factor] of terms) {
        columns.push(column)
        values.push(factor)
      }
      starts.push(columns.length)
      rowLower.push(least)
      return rowUpper.push(most) - 1
    },
    problem: () => ({
      offset,
      cost: Float64Array.from(cost),
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      integer: integer.includes(1) ? Uint8Array.from(integer) : null,
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      starts: Int32Array.from(starts),
      columns: Int32Array.from(columns),
      values: Float64Array.from(values),
    }),
  }
}

/** The matrix by columns. */
export function columnsOf({
  cost,
  rowLower,
  starts,
  columns,
  values,
}: LinearProblem): Omit<Columns, 'cost' | 'lower' | 'upper'> {
  const places = new Int32Array(cost.length + 1)
  for (const column of columns) places[column + 1] = (places[column + 1] ?? 0) + 1
  for (let j = 0; j < cost.length; j++) places[j + 1] = (places[j + 1] ?? 0) + (places[j] ?? 0)
  const next = places.slice()
  const rows = new Int32Array(columns.length)
  const ordered = new Float64Array(columns.length)
  for (let row = 0; row < rowLower.length; row++) {
    for (let k = starts[row] ?? 0; k < (starts[row + 1] ?? 0); k++) {
      const column = columns[k] ?? 0
      const place = next[column] ?? 0
      rows[place] = row
      ordered[place] = values[k] ?? 0
      next[column] = place + 1
    }
  }
  return { starts: places, rows, values: ordered }
}
