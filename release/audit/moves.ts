import type { Keeps } from './keeps.ts'
import { type Pattern, type PatternSearch, patternSearch } from './patterns.ts'
import type { Search } from './search.ts'
import { type System, touchingSums } from './system.ts'

/** Cells that hang together: those of `system` by column of `search`, whose bounds are drawn in; and which columns are asked about. */
export type Hanging = {
  readonly system: System
  readonly cells: readonly number[]
  readonly search: Search
  readonly targets: readonly number[]
  readonly keeps: Keeps
}

/** What a table shows of a column, or of two tables the one and the other: it may be as low and as high. */
export type See = (column: number, low: number, high: number) => void

/** In fractions sums may fail by so little that nobody sees it: so much less is taken to be in each cell. */
export const margin = 1e-3

/** Steps of a chain, the longest first, and how many. */
const [inWholes, inFractions, mostSteps] = [[2, 1], [2, 1, 0.5, 0.2, 0.1], 60]

type Step = { readonly length: number; readonly searches: readonly PatternSearch[] }

/** Patterns away from one table in which every sum holds, to others in which every sum holds, in whole numbers from a table in whole numbers. */
export class Moves {
  readonly #hanging: Hanging
  readonly #isWhole: boolean
  readonly #margin: number
  readonly #columnOf: Int32Array
  readonly #counts: Float64Array
  readonly #reaches: Float64Array
  readonly #whole: readonly PatternSearch[]
  readonly #up: readonly Step[]
  readonly #down: readonly Step[]

  /** `table`: by column; one in fractions well inside all bounds. */
  constructor(hanging: Hanging, table: Float64Array, isWhole: boolean) {
    const { system, cells, search, targets, keeps } = hanging
    this.#hanging = hanging
    this.#isWhole = isWhole
    this.#margin = isWhole ? 0 : margin
    this.#columnOf = new Int32Array(system.cells).fill(-1)
    this.#counts = system.least.slice()
    this.#reaches = new Float64Array(system.cells)
    const floors = system.least.slice()
    for (const [column, cell] of cells.entries()) {
      this.#columnOf[cell] = column
      this.#counts[cell] = (table[column] ?? 0) - this.#margin
      floors[cell] = search.problem.least[column] ?? 0
    }
    const counted = { system, counts: this.#counts, floors, reaches: this.#reaches, touching: touchingSums(system) }
    const price = (cell: number): number => ((this.#columnOf[cell] ?? -1) >= 0 ? 0 : Number.POSITIVE_INFINITY)
    const searches = (width: number, leastDown = 0): readonly PatternSearch[] =>
      [false, true].map((goesUp) => patternSearch(counted, price, { minimum: width + 1, goesUp, leastDown }))
    const lengths = isWhole ? inWholes : inFractions
    this.#whole = searches(Math.max(...targets.map((column) => keeps.width[cells[column] ?? 0] ?? 0)))
    this.#up = lengths.map((length) => ({ length, searches: searches(length) }))
    this.#down = lengths.map((length) => ({ length, searches: searches(length, length) }))
  }

  /** One pattern that keeps a column apart, where there is one; of all its columns the ends are seen. */
  one(column: number, see: See): boolean {
    const { cells, keeps } = this.#hanging
    const cell = cells[column] ?? 0
    this.#reaches[cell] = keeps.most[cell] ?? 0
    for (const search of this.#whole) {
      const pattern = search.cheapest(cell, free, 3)?.pattern
      if (pattern === undefined) continue
      const { far, near } = this.#roomOf(pattern)
      let isApart = false
      for (const [k, used] of pattern.cells.entries()) {
        const by = pattern.steps[k] ?? 0
        const [up, down] = by > 0 ? [far, near] : [near, far]
        const count = this.#counts[used] ?? 0
        const [low, high] = [count - Math.abs(by) * down, count + Math.abs(by) * up]
        see(this.#columnOf[used] ?? 0, low, high)
        if (used === cell) isApart = this.#isEnough(cell, low, high)
      }
      if (isApart) return true
    }
    return false
  }

  /** Several patterns one after another: upwards as far as is needed, and where that is not enough downwards. */
  several(column: number, see: See): boolean {
    const cell = this.#hanging.cells[column] ?? 0
    const start = this.#counts[cell] ?? 0
    const { width, most } = this.#hanging.keeps
    const aim = Math.max(most[cell] ?? 0, start + (width[cell] ?? 0))
    const high = this.#follow(cell, 1, aim - start)
    const low = this.#isEnough(cell, start, high) ? start : this.#follow(cell, -1, (width[cell] ?? 0) - (high - start))
    see(column, low, high)
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
          const wanted = left / Math.abs(own)
          const taken = Math.min(this.#isWhole ? Math.ceil(wanted) : wanted, way > 0 ? far : near)
          if (taken * Math.abs(own) < Math.min(by, this.#isWhole ? 1 : shortest) - 1e-9) continue
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
    const { problem } = this.#hanging.search
    let [far, near] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const [k, cell] of cells.entries()) {
      const column = this.#columnOf[cell] ?? 0
      const [count, by] = [this.#counts[cell] ?? 0, steps[k] ?? 0]
      const above = Math.max(0, (problem.most[column] ?? 0) - count - 2 * this.#margin)
      const below = Math.max(0, count - (problem.least[column] ?? 0))
      far = Math.min(far, (by > 0 ? above : below) / Math.abs(by))
      near = Math.min(near, (by > 0 ? below : above) / Math.abs(by))
    }
    return this.#isWhole ? { far: Math.floor(far), near: Math.floor(near) } : { far, near }
  }

  #isEnough(cell: number, low: number, high: number): boolean {
    const { width, most } = this.#hanging.keeps
    return high >= (most[cell] ?? 0) - 1e-9 && high - low >= (width[cell] ?? 0) - 1e-9
  }
}

const shortest = inFractions.at(-1) ?? 0

/** Only cells that may move cost nothing. */
const free = 1e-9
