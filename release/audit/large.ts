import { type Solver, startProblem } from '@lentera/solver'
import { interiorPoint } from './interior.ts'
import { type Pattern, type PatternSearch, patternSearch } from './patterns.ts'
import { isEndless, type Search } from './search.ts'
import { type System, touchingSums } from './system.ts'

/** How far the ends of a hidden cell must stay apart, and what the upper must reach, by cell. */
export type Keeps = { readonly width: Float64Array; readonly most: Float64Array }

/** Whether bounds alone say that a cell is not kept as it must be. */
export const isTooNarrow = ({ width, most: reach }: Keeps, cell: number, least: number, most: number): boolean =>
  most - least < (width[cell] ?? 0) || most < (reach[cell] ?? 0)

export type LargeComponent = {
  readonly system: System
  /** Its cells, by column of `search`, whose bounds are drawn in. */
  readonly cells: readonly number[]
  readonly search: Search
  /** Columns that are asked about. */
  readonly targets: readonly number[]
  readonly keeps: Keeps
  readonly solver: Solver | null
  readonly onProgress: (done: number) => void
  readonly shouldStop?: (() => boolean) | undefined
}

/** By column. `isApart`: 1 where two tables in fractions show the ends far enough apart. Bounds hold for all whole numbers, too. */
export type LargeBounds = {
  readonly isApart: Uint8Array
  readonly least: Float64Array
  readonly most: Float64Array
}

/**
 * Cells that hang together in so many sums that no search goes through them: of each it is shown by two tables in fractions that it is kept apart, or bounded
 * by the sums around it, or neither. One table lies well inside all sums (`interior.ts`); others are patterns away from it, one after another where one is too
 * short. Every sum holds in them; that whole numbers go as far is not proven.
 */
export async function boundLarge(large: LargeComponent): Promise<LargeBounds> {
  const { cells, search, targets, keeps, onProgress } = large
  const isStopped = (): boolean => large.shouldStop?.() === true
  const isApart = new Uint8Array(cells.length)
  const bounds = { isApart, least: search.least.slice(), most: search.most.slice() }
  const isNarrow = (column: number): boolean =>
    isTooNarrow(keeps, cells[column] ?? 0, bounds.least[column] ?? 0, bounds.most[column] ?? 0)
  const inside = interiorPoint(search)
  const moves = inside === null ? null : new Moves(large, inside)
  let left: number[] = []
  for (const [at, column] of targets.entries()) {
    if (at % 1024 === 0) {
      onProgress(at / 2)
      if (isStopped()) return bounds
    }
    if (isApart[column] === 1 || isNarrow(column)) continue
    if (moves?.one(column, isApart) === true || moves?.several(column) === true) isApart[column] = 1
    else left.push(column)
  }
  if (inside !== null) left = tilted(large, inside, left, isApart)
  for (const [at, column] of left.slice(0, mostAsked).entries()) {
    onProgress(targets.length * (0.75 + at / left.length / 4))
    if (isStopped()) break
    bounds.most[column] = Math.min(bounds.most[column] ?? 0, Math.floor(await boundAround(large, column, -1)))
    if (isNarrow(column)) continue
    bounds.least[column] = Math.max(bounds.least[column] ?? 0, Math.ceil(await boundAround(large, column, 1)))
  }
  return bounds
}

/** So many cells have their bounds asked of the solver, each by so many sums around it. */
const [mostAsked, mostRows] = [200, 150]

// ---------------------------------------------------------------- kept apart

/** Sums may fail by so little that nobody sees it: so much less is taken to be in each cell. */
const margin = 1e-3

/** Steps of a chain, the longest first, and how many. */
const [lengths, mostSteps] = [[2, 1, 0.5, 0.2, 0.1], 60]

type Step = { readonly length: number; readonly searches: readonly PatternSearch[] }

/** Patterns away from a table inside all sums. */
class Moves {
  readonly #large: LargeComponent
  readonly #columnOf: Int32Array
  readonly #counts: Float64Array
  readonly #reaches: Float64Array
  readonly #whole: readonly PatternSearch[]
  readonly #up: readonly Step[]
  readonly #down: readonly Step[]

  constructor(large: LargeComponent, inside: Float64Array) {
    const { system, cells, search } = large
    this.#large = large
    this.#columnOf = new Int32Array(system.cells).fill(-1)
    this.#counts = system.least.slice()
    this.#reaches = new Float64Array(system.cells)
    const floors = system.least.slice()
    for (const [column, cell] of cells.entries()) {
      this.#columnOf[cell] = column
      this.#counts[cell] = (inside[column] ?? 0) - margin
      floors[cell] = search.problem.least[column] ?? 0
    }
    const table = { system, counts: this.#counts, floors, reaches: this.#reaches, touching: touchingSums(system) }
    const price = (cell: number): number => ((this.#columnOf[cell] ?? -1) >= 0 ? 0 : Number.POSITIVE_INFINITY)
    const searches = (width: number, leastDown = 0): readonly PatternSearch[] =>
      [false, true].map((goesUp) => patternSearch(table, price, { minimum: width + 1, goesUp, leastDown }))
    this.#whole = searches(Math.max(...large.targets.map((column) => large.keeps.width[cells[column] ?? 0] ?? 0)))
    this.#up = lengths.map((length) => ({ length, searches: searches(length) }))
    this.#down = lengths.map((length) => ({ length, searches: searches(length, length) }))
  }

  /** Whether one pattern keeps a cell apart; others that it keeps apart are marked. */
  one(column: number, isApart: Uint8Array): boolean {
    const { cells, keeps } = this.#large
    const cell = cells[column] ?? 0
    this.#reaches[cell] = keeps.most[cell] ?? 0
    for (const search of this.#whole) {
      const pattern = search.cheapest(cell, free, 3)?.pattern
      if (pattern === undefined) continue
      const { far, near } = this.#roomOf(pattern)
      for (const [k, used] of pattern.cells.entries()) {
        const by = pattern.steps[k] ?? 0
        const [up, down] = by > 0 ? [far, near] : [near, far]
        const count = this.#counts[used] ?? 0
        if (this.#isEnough(used, count - Math.abs(by) * down, count + Math.abs(by) * up))
          isApart[this.#columnOf[used] ?? 0] = 1
      }
      if (isApart[column] === 1) return true
    }
    return false
  }

  /** Whether several patterns one after another do: upwards as far as is needed, and where that is not enough downwards. */
  several(column: number): boolean {
    const cell = this.#large.cells[column] ?? 0
    const start = this.#counts[cell] ?? 0
    const { width, most } = this.#large.keeps
    const aim = Math.max(most[cell] ?? 0, start + (width[cell] ?? 0))
    const high = this.#follow(cell, 1, aim - start)
    const low = this.#isEnough(cell, start, high) ? start : this.#follow(cell, -1, (width[cell] ?? 0) - (high - start))
    return this.#isEnough(cell, low, high)
  }

  /** How far a chain of patterns takes a cell; the counts are as they were afterwards. */
  #follow(cell: number, sign: 1 | -1, distance: number): number {
    const before: (readonly [number, number])[] = []
    const start = this.#counts[cell] ?? 0
    let [left, steps] = [distance, 0]
    for (const { length, searches } of sign > 0 ? this.#up : this.#down) {
      for (let isMoving = true; isMoving && left > 1e-9 && steps < mostSteps; ) {
        isMoving = false
        const by = Math.min(length, left)
        // Downwards no upper end need be reached.
        this.#reaches[cell] = sign > 0 ? (this.#counts[cell] ?? 0) + by : 0
        for (const search of searches) {
          const pattern = search.cheapest(cell, free, Number.POSITIVE_INFINITY)?.pattern
          if (pattern === undefined) continue
          const { far, near } = this.#roomOf(pattern)
          const own = pattern.steps[pattern.cells.indexOf(cell)] ?? 1
          const way = own > 0 ? sign : -sign
          const taken = Math.min(left / Math.abs(own), way > 0 ? far : near)
          if (taken * Math.abs(own) < Math.min(by, lengths.at(-1) ?? 0) - 1e-9) continue
          for (const [k, used] of pattern.cells.entries()) {
            before.push([used, this.#counts[used] ?? 0])
            this.#counts[used] = (this.#counts[used] ?? 0) + way * taken * (pattern.steps[k] ?? 0)
          }
          left -= taken * Math.abs(own)
          steps++
          isMoving = true
          break
        }
      }
    }
    const reached = this.#counts[cell] ?? start
    for (const [used, count] of before.reverse()) this.#counts[used] = count
    return reached
  }

  /** How often a pattern can be taken either way before a cell leaves its bounds. */
  #roomOf({ cells, steps }: Pattern): { readonly far: number; readonly near: number } {
    const { problem } = this.#large.search
    let [far, near] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const [k, cell] of cells.entries()) {
      const column = this.#columnOf[cell] ?? 0
      const [count, by] = [this.#counts[cell] ?? 0, steps[k] ?? 0]
      const above = Math.max(0, (problem.most[column] ?? 0) - count - 2 * margin)
      const below = Math.max(0, count - (problem.least[column] ?? 0))
      far = Math.min(far, (by > 0 ? above : below) / Math.abs(by))
      near = Math.min(near, (by > 0 ? below : above) / Math.abs(by))
    }
    return { far, near }
  }

  #isEnough(cell: number, low: number, high: number): boolean {
    const { width, most } = this.#large.keeps
    return high >= (most[cell] ?? 0) - 1e-9 && high - low >= (width[cell] ?? 0) - 1e-9
  }
}

/** Only cells that may move cost nothing. */
const free = 1e-9

// ---------------------------------------------------------------- tilted

/** Columns that are tilted at once, how much more one weighs then, and how many columns all points together may have. */
const [tiltedAtOnce, tiltOf, mostColumns] = [16, 1e80, 1.5e6]

/** Points inside all sums in which some columns are as far up, or down, as these let them be, many at once and then one by one. What is still not kept apart is given back. */
function tilted(
  { search, cells, keeps, targets, onProgress, shouldStop }: LargeComponent,
  inside: Float64Array,
  columns: readonly number[],
  isApart: Uint8Array,
): number[] {
  const [low, high] = [inside.slice(), inside.slice()]
  const most = Math.floor(mostColumns / cells.length)
  let points = 0
  const see = (chosen: readonly number[], by: number): void => {
    if (points++ >= most || chosen.length === 0 || shouldStop?.() === true) return
    onProgress(targets.length * (0.5 + points / most / 4))
    const tilt = new Float64Array(cells.length).fill(1)
    for (const column of chosen) tilt[column] = by
    const point = interiorPoint(search, tilt)
    if (point === null) return
    for (const [column, value] of point.entries()) {
      low[column] = Math.min(low[column] ?? 0, value)
      high[column] = Math.max(high[column] ?? 0, value)
    }
    for (const column of columns) {
      const cell = cells[column] ?? 0
      const top = (high[column] ?? 0) - margin
      if (top >= (keeps.most[cell] ?? 0) && top - (low[column] ?? 0) >= (keeps.width[cell] ?? 0)) isApart[column] = 1
    }
  }
  let left = [...columns]
  const rest = (): number[] => left.filter((column) => isApart[column] === 0)
  for (const atOnce of [tiltedAtOnce, 1]) {
    for (let from = 0; from < left.length; from += atOnce) {
      const chosen = left.slice(from, from + atOnce)
      for (const by of [tiltOf, 1 / tiltOf])
        see(
          chosen.filter((column) => isApart[column] === 0),
          by,
        )
    }
    left = rest()
  }
  return left
}

// ---------------------------------------------------------------- bounded

/** What the sums around a column say of its one end (`cost` -1 the upper, 1 the lower); sums further off are left out, so that it holds with them, too. */
async function boundAround({ search, solver }: LargeComponent, column: number, cost: 1 | -1): Promise<number> {
  const end = (cost < 0 ? search.most[column] : search.least[column]) ?? 0
  if (solver === null) return end
  const { starts, columns, factors, rowLeast, rowMost } = search.problem
  const rows = rowsAround(search, column)
  const places = new Map<number, number>()
  for (const row of rows)
    for (let k = starts[row] ?? 0; k < (starts[row + 1] ?? 0); k++) {
      const of = columns[k] ?? 0
      if (!places.has(of)) places.set(of, places.size)
    }
  const sheet = startProblem()
  for (const of of places.keys()) {
    const most = search.most[of] ?? 0
    const upper = isEndless(most) ? Number.POSITIVE_INFINITY : most
    sheet.column({ cost: of === column ? cost : 0, lower: search.least[of] ?? 0, upper, isWhole: false })
  }
  for (const row of rows) {
    const terms: (readonly [number, number])[] = []
    for (let k = starts[row] ?? 0; k < (starts[row + 1] ?? 0); k++)
      terms.push([places.get(columns[k] ?? 0) ?? 0, factors[k] ?? 0])
    const least = rowLeast[row] ?? 0
    sheet.row(least <= -1e14 ? Number.NEGATIVE_INFINITY : least, rowMost[row] ?? 0, terms)
  }
  const solved = await solver.solve(sheet.problem(), { seconds: 1 })
  if (!solved.ok || solved.value.status !== 'optimal') return end
  return cost * (solved.value.objective - 1e-6)
}

/** The sums that a column hangs together with, those of few columns first. */
function rowsAround(search: Search, column: number): readonly number[] {
  const { starts, columns } = search.problem
  const sizeOf = (row: number): number => (starts[row + 1] ?? 0) - (starts[row] ?? 0)
  const [taken, waiting, seen] = [new Set<number>(), new Set<number>(), new Set<number>()]
  const reach = (of: number): void => {
    if (seen.has(of)) return
    seen.add(of)
    for (const row of search.rowsOf(of)) if (!taken.has(row)) waiting.add(row)
  }
  reach(column)
  for (const row of waiting) taken.add(row)
  for (const row of taken) {
    waiting.delete(row)
    for (let k = starts[row] ?? 0; k < (starts[row + 1] ?? 0); k++) reach(columns[k] ?? 0)
  }
  while (taken.size < mostRows && waiting.size > 0) {
    let next = -1
    for (const row of waiting) if (next < 0 || sizeOf(row) < sizeOf(next)) next = row
    waiting.delete(next)
    taken.add(next)
    for (let k = starts[next] ?? 0; k < (starts[next + 1] ?? 0); k++) reach(columns[k] ?? 0)
  }
  return [...taken]
}
