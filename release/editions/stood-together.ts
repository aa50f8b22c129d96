import { type Solver, startProblem } from '@lentera/solver'
import type { Beside, CellOfBoth } from './laid-beside.ts'

/** An innermost count that may stand, and what it was in earlier editions, the newest first; without any it is new, and may be told or not. */
export type MayStand = { readonly cell: CellOfBoth; readonly stood: readonly number[] }

/** Branch-and-bound is cut here, by nodes, so that the same tables stand the same wherever they are made again. */
const most = { nodes: 200, gap: 0 }

/** How many steps a cell may stand above all that it was and is, so that its sums find room. */
const steps = 8

/**
 * By how many persons each cell of linked tables is to be moved to what stands. Their innermost counts share totals, so that none can stand alone: of all
 * tables that add up, and in which each of them is what it was in an earlier edition or `least` away from all it was, the one nearest to what
 * is counted now, by the sum of what they differ. First those are looked at in which what moved by `least` is on the side to which it moved.
 *
 * @returns undefined where no such table was found
 */
export async function standTogether(
  beside: Beside,
  inner: readonly MayStand[],
  least: number,
  solver: Solver | null,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (solver === null) return undefined
  for (const mayStay of [false, true]) {
    const { problem, columns } = problemOf(beside, inner, least, mayStay)
    const solved = await solver.solve(problem, most)
    const values = solved.ok ? solved.value.values : null
    if (values === null) continue
    const now = new Map(beside.cells.map((cell) => [cell.key, cell.now]))
    return new Map([...columns].map(([key, column]) => [key, Math.round(values[column] ?? 0) - (now.get(key) ?? 0)]))
  }
  return undefined
}

/** @param mayStay whether also what moved by `least` may be what it was */
function problemOf({ cells, sumsOver }: Beside, inner: readonly MayStand[], least: number, mayStay: boolean) {
  const sheet = startProblem()
  const columns = new Map<string, number>()
  const { POSITIVE_INFINITY: endless } = Number
  for (const { cell, stood } of inner) {
    const highest = Math.max(cell.now, ...stood) + steps * least
    const places = allowed(stood, least, highest)
    const own = places.find(({ low, high }) => low <= cell.now && cell.now <= high && low < high)
    const count = sheet.column({ lower: 0, upper: highest, isWhole: true, ...(mayStay ? {} : within(own)) })
    const away = sheet.column({ cost: 1 })
    columns.set(cell.key, count)
    sheet.row(cell.now, endless, terms([count, 1], [away, 1]))
    sheet.row(-endless, cell.now, terms([count, 1], [away, -1]))
    if (own && !mayStay) continue
    const chosen: Term[] = []
    const parts: Term[] = [[count, -1]]
    for (const { low, high, cost } of places) {
      const isHere = sheet.column({ lower: 0, upper: 1, isWhole: true, cost })
      const part = sheet.column({ lower: 0, upper: high, isWhole: true })
      sheet.row(0, endless, terms([part, 1], [isHere, -low]))
      sheet.row(-endless, 0, terms([part, 1], [isHere, -high]))
      chosen.push([isHere, 1])
      parts.push([part, 1])
    }
    sheet.row(1, 1, chosen)
    sheet.row(0, 0, parts)
  }
  for (const { key } of cells) if (!columns.has(key)) columns.set(key, sheet.column({}))
  const sums = new Map(cells.flatMap(({ key }) => sumsOver(key)).map((sum) => [sum.join('\u0002'), sum]))
  for (const [whole = '', ...parts] of sums.values()) {
    const total = columns.get(whole)
    if (total === undefined) continue
    const known = parts.flatMap((part) => columns.get(part) ?? [])
    sheet.row(0, 0, [[total, -1], ...known.map((column): Term => [column, 1])])
  }
  return { problem: sheet.problem(), columns }
}

type Term = readonly [column: number, factor: number]
const terms = (...of: readonly Term[]): readonly Term[] => of

type Place = { readonly low: number; readonly high: number; readonly cost: number }

const within = (place: Place | undefined) => (place ? { lower: place.low, upper: place.high } : {})

/** Where a count may lie: at what it was, in the newest rather than in an older; or `least` and more from all of it. A new one anywhere. */
function allowed(stood: readonly number[], least: number, highest: number): readonly Place[] {
  const points = [...new Set(stood)].sort((a, b) => a - b)
  const ends = [-least, ...points, highest + least]
  const between = ends.slice(1).map((end, at) => ({ low: (ends[at] ?? 0) + least, high: end - least }))
  const little = 1e-3
  return [
    ...points.map((at) => ({ low: at, high: at, cost: at === stood[0] ? 0 : little })),
    ...between.filter(({ low, high }) => low <= high).map((gap) => ({ ...gap, cost: 2 * little })),
  ]
}
