import { isEndless, type Search } from './search.ts'

/** Passes over all rows, and how near each must come. */
const [mostPasses, nearEnough] = [2000, 1e-4]

/** Where every column starts above its low end. */
const startAbove = 5

/**
 * A point well inside all rows of a problem that is drawn in, in fractions: row by row the columns are multiplied until they add up, parts by the same factor, and a whole
 * divided by it (Bregman, "The relaxation method of finding the common point of convex sets", 1967; of shown wholes, the iterative proportional fit of Deming & Stephan 1940).
 * It holds as few columns at their ends as may be; with `tilt`, by column, those that are tilted up come as far up as the rows let them. Null where it comes to no such point.
 */
export function interiorPoint({ problem, least, most }: Search, tilt?: Float64Array): Float64Array | null {
  const { rowLeast, rowMost, starts, columns, factors } = problem
  const above = least.map((low, column) => {
    const room = (most[column] ?? 0) - low
    return (isEndless(room) ? startAbove : Math.min(startAbove, room / 2)) * (tilt?.[column] ?? 1)
  })
  const rest = Float64Array.from(rowLeast.keys(), (row) => {
    let sum = 0
    for (let k = starts[row] ?? 0; k < (starts[row + 1] ?? 0); k++)
      sum += (factors[k] ?? 0) * (least[columns[k] ?? 0] ?? 0)
    return sum
  })
  for (let pass = 0; pass < mostPasses; pass++) {
    let furthest = 0
    for (let row = 0; row < rest.length; row++) {
      const [from, to] = [starts[row] ?? 0, starts[row + 1] ?? 0]
      let [plus, minus] = [0, 0]
      for (let k = from; k < to; k++) {
        const value = above[columns[k] ?? 0] ?? 0
        if ((factors[k] ?? 0) > 0) plus += value
        else minus += value
      }
      const now = plus - minus
      const aim = Math.min(
        (rowMost[row] ?? 0) - (rest[row] ?? 0),
        Math.max((rowLeast[row] ?? 0) - (rest[row] ?? 0), now),
      )
      const gap = Math.abs(now - aim)
      if (gap === 0) continue
      if (gap > furthest) furthest = gap
      // plus * factor - minus / factor = aim
      const root = Math.sqrt(aim * aim + 4 * plus * minus)
      const factor = plus > 0 ? (aim + root) / (2 * plus) : aim < 0 ? minus / -aim : 0
      if (!(factor > 0)) {
        if (plus > 0 && aim > -nearEnough) continue
        return null
      }
      for (let k = from; k < to; k++) {
        const column = columns[k] ?? 0
        const value = (above[column] ?? 0) * ((factors[k] ?? 0) > 0 ? factor : 1 / factor)
        above[column] = Math.min(value, (most[column] ?? 0) - (least[column] ?? 0))
      }
    }
    if (furthest < nearEnough) return above.map((value, column) => value + (least[column] ?? 0))
  }
  return null
}
