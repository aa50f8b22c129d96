import { type Solver, startProblem } from '@lentera/solver'
import { interiorPoint } from './interior.ts'
import { isTooNarrow } from './keeps.ts'
import { type Hanging, Moves, margin, type See } from './moves.ts'
import { isEndless, type Search } from './search.ts'

export type LargeComponent = Hanging & {
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
  const moves = inside === null ? null : new Moves(large, inside, false)
  const see: See = (column, low, high) => {
    const cell = cells[column] ?? 0
    if (!isTooNarrow(keeps, cell, low - nothing, high + nothing)) isApart[column] = 1
  }
  let left: number[] = []
  for (const [at, column] of targets.entries()) {
    if (at % 1024 === 0) {
      onProgress(at / 2)
      if (isStopped()) return bounds
    }
    if (isApart[column] === 1 || isNarrow(column)) continue
    if (moves?.one(column, see) !== true && moves?.several(column, see) !== true) left.push(column)
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

/** What fractions may be wrong by. */
const nothing = 0.5e-9

/** So many cells have their bounds asked of the solver, each by so many sums around it. */
const [mostAsked, mostRows] = [200, 150]

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
