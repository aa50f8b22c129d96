import { endless } from './published.ts'

/**
 * Whole numbers `least <= x <= most` with `rowLeast <= sum of factor x <= rowMost`, rows in sparse form. Bounds at or
 * beyond `endless` bind nothing.
 */
export type WholeProblem = {
  readonly least: Float64Array
  readonly most: Float64Array
  readonly rowLeast: Float64Array
  readonly rowMost: Float64Array
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly factors: Int8Array
}

export type Found = { readonly kind: 'found'; readonly values: Float64Array } | { readonly kind: 'none' | 'limit' }

/**
 * Bounds are drawn in row by row until nothing moves (bounds consistency), then values are tried depth first, each with
 * the same drawing-in behind it: complete, and on sums of persons nearly without turning back. Everything tried is undone
 * by a trail, so one search serves many questions.
 */
export class Search {
  readonly problem: WholeProblem
  readonly least: Float64Array
  readonly most: Float64Array
  readonly #rowsOf: Int32Array
  readonly #rowsStart: Int32Array
  readonly #isQueued: Uint8Array
  readonly #queue: number[] = []
  readonly #trailColumn: number[] = []
  readonly #trailLeast: number[] = []
  readonly #trailMost: number[] = []
  #isTired = false
  /** The row that could not be met when the last drawing-in failed. */
  conflict = -1

  constructor(problem: WholeProblem) {
    this.problem = problem
    this.least = problem.least.slice()
    this.most = problem.most.slice()
    const columns = problem.least.length
    const start = new Int32Array(columns + 1)
    for (const column of problem.columns) start[column + 1] = (start[column + 1] ?? 0) + 1
    for (let j = 0; j < columns; j++) start[j + 1] = (start[j + 1] ?? 0) + (start[j] ?? 0)
    const next = start.slice()
    const rows = new Int32Array(problem.columns.length)
    for (let row = 0; row < problem.rowLeast.length; row++) {
      for (let k = problem.starts[row] ?? 0; k < (problem.starts[row + 1] ?? 0); k++) {
        const column = problem.columns[k] ?? 0
        rows[next[column] ?? 0] = row
        next[column] = (next[column] ?? 0) + 1
      }
    }
    this.#rowsOf = rows
    this.#rowsStart = start
    this.#isQueued = new Uint8Array(problem.rowLeast.length)
  }

  rowsOf(column: number): Int32Array {
    return this.#rowsOf.subarray(this.#rowsStart[column] ?? 0, this.#rowsStart[column + 1] ?? 0)
  }

  /** Draws all bounds in; false: no values can meet `conflict`. */
  drawIn(): boolean {
    for (let row = 0; row < this.#isQueued.length; row++) this.#ask(row)
    return this.#propagate()
  }

  mark(): number {
    return this.#trailColumn.length
  }

  undo(mark: number): void {
    while (this.#trailColumn.length > mark) {
      const column = this.#trailColumn.pop() ?? 0
      this.least[column] = this.#trailLeast.pop() ?? 0
      this.most[column] = this.#trailMost.pop() ?? 0
    }
  }

  /** Holds a column to `least..most` and draws in what follows. */
  hold(column: number, least: number, most: number): boolean {
    if (!this.#set(column, Math.max(least, this.least[column] ?? 0), Math.min(most, this.most[column] ?? 0)))
      return false
    return this.#propagate()
  }

  /**
   * One solution near `wish` within the bounds as they stand; they are the same again afterwards. `limit`: more than
   * `tries` values were tried.
   */
  find(order: Int32Array, wish: Float64Array, tries: number): Found {
    const base = this.mark()
    // Of each open choice: place in the order, trail mark, value tried, and which way is next.
    const stack: { at: number; mark: number; value: number; way: number }[] = []
    let [at, tried] = [0, 0]
    for (;;) {
      while (at < order.length && this.least[order[at] ?? 0] === this.most[order[at] ?? 0]) at++
      if (at === order.length) {
        const values = this.least.slice()
        this.undo(base)
        // Where drawing in was cut short, a row may have been passed over.
        return this.#isTired && !holdsAll(this.problem, values) ? { kind: 'limit' } : { kind: 'found', values }
      }
      const column = order[at] ?? 0
      const [low, high] = [this.least[column] ?? 0, this.most[column] ?? 0]
      const value = Math.min(high, Math.max(low, wish[column] ?? low))
      stack.push({ at, mark: this.mark(), value, way: 0 })
      for (;;) {
        const top = stack.at(-1)
        if (top === undefined) {
          this.undo(base)
          return { kind: 'none' }
        }
        if (++tried > tries) {
          this.undo(base)
          return { kind: 'limit' }
        }
        this.undo(top.mark)
        const chosen = order[top.at] ?? 0
        const way = top.way++
        const holds =
          way === 0
            ? this.hold(chosen, top.value, top.value)
            : way === 1
              ? this.hold(chosen, Number.NEGATIVE_INFINITY, top.value - 1)
              : way === 2
                ? this.hold(chosen, top.value + 1, Number.POSITIVE_INFINITY)
                : null
        if (holds === true) {
          at = top.at
          break
        }
        if (holds === null) stack.pop()
      }
    }
  }

  // ---------------------------------------------------------------- drawing in

  #ask(row: number): void {
    if (this.#isQueued[row] === 1) return
    this.#isQueued[row] = 1
    this.#queue.push(row)
  }

  #set(column: number, least: number, most: number): boolean {
    const [low, high] = [this.least[column] ?? 0, this.most[column] ?? 0]
    if (least > most) return false
    if (least === low && most === high) return true
    this.#trailColumn.push(column)
    this.#trailLeast.push(low)
    this.#trailMost.push(high)
    this.least[column] = least
    this.most[column] = most
    for (let k = this.#rowsStart[column] ?? 0; k < (this.#rowsStart[column + 1] ?? 0); k++)
      this.#ask(this.#rowsOf[k] ?? 0)
    return true
  }

  #propagate(): boolean {
    // Endless creeping (x = y + 1, y = x) ends here: bounds are then only wider than they might be.
    let left = 200 * this.#isQueued.length + 2000
    for (let head = 0; head < this.#queue.length; head++) {
      const row = this.#queue[head] ?? 0
      this.#isQueued[row] = 0
      if (left-- <= 0) {
        this.#isTired = true
        continue
      }
      if (this.#drawRow(row)) continue
      this.conflict = row
      for (let rest = head + 1; rest < this.#queue.length; rest++) this.#isQueued[this.#queue[rest] ?? 0] = 0
      this.#queue.length = 0
      return false
    }
    this.#queue.length = 0
    return true
  }

  #drawRow(row: number): boolean {
    const { starts, columns, factors, rowLeast, rowMost } = this.problem
    const { least, most } = this
    const [from, to] = [starts[row] ?? 0, starts[row + 1] ?? 0]
    let [low, high] = [0, 0]
    for (let k = from; k < to; k++) {
      const column = columns[k] ?? 0
      const isPlus = (factors[k] ?? 0) > 0
      low += isPlus ? (least[column] ?? 0) : -(most[column] ?? 0)
      high += isPlus ? (most[column] ?? 0) : -(least[column] ?? 0)
    }
    const [atLeast, atMost] = [rowLeast[row] ?? 0, rowMost[row] ?? 0]
    if (low > atMost || high < atLeast) return false
    const [above, below] = [atMost - low, high - atLeast]
    for (let k = from; k < to; k++) {
      const column = columns[k] ?? 0
      const [l, h] = [least[column] ?? 0, most[column] ?? 0]
      // What the others leave: as far up as `above` from its low end, as far down as `below` from its high end.
      if (h - l <= above && h - l <= below) continue
      const isPlus = (factors[k] ?? 0) > 0
      const most1 = Math.min(h, l + (isPlus ? above : below))
      const least1 = Math.max(l, h - (isPlus ? below : above))
      if (!this.#set(column, least1, most1)) return false
    }
    return true
  }
}

/** Whether values meet all rows and lie within the bounds of their columns. */
export function holdsAll(
  { least: floors, most: reaches, starts, columns, factors, rowLeast, rowMost }: WholeProblem,
  values: Float64Array,
): boolean {
  if (values.some((value, j) => value < (floors[j] ?? 0) || value > (reaches[j] ?? 0))) return false
  return rowLeast.every((least, row) => {
    let sum = 0
    for (let k = starts[row] ?? 0; k < (starts[row + 1] ?? 0); k++)
      sum += (factors[k] ?? 0) * (values[columns[k] ?? 0] ?? 0)
    return sum >= least && sum <= (rowMost[row] ?? 0)
  })
}

/** Whether a bound binds at all. */
export function isEndless(bound: number): boolean {
  return bound >= endless / 2
}
