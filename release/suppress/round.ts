import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Solver, startProblem } from '@lentera/solver'
import { cellNames } from './cell-names.ts'
import type { FullTable } from './protected-table.ts'

/** Beyond so many cells the rounding is not begun. */
export const mostRounded = 3000

/**
 * Controlled rounding at random (Cox 1987, "A constructive procedure for unbiased controlled rounding"; the programme of Fischetti &
 * Salazar 1998, "Experiments with controlled rounding for statistical disclosure control in tabular data with linear constraints"): each count is drawn to the
 * multiple of `base` below or above it, the nearer one the likelier, so that it is right on average; of all tables of such multiples in which every sum is a
 * sum the one nearest to what was drawn. Where no such table exists (three dimensions and more) cells may go one multiple further.
 *
 * A reader learns of a number that the count is less than a base away, and no more: every table that adds up and lies so near has draws of which this one is
 * the outcome. (Rounded to the nearest, a number no sum binds tells half of that.) The draw hangs on the cell's name (`cellNames`), count and base, so that made again it is the same, and its
 * average tells nothing. In a table that is cut otherwise the same people may come out otherwise, so that totals add up there: the mean over many such tables is the true number.
 *
 * @param keyOf from a secret and a text, evenly in [0, 1)
 * @returns refusals: `protect.too-large-to-round` {cells, most}, `protect.no-rounding`, `protect.stopped`, `solver.crashed`
 */
export async function roundControlled(
  table: FullTable,
  base: number,
  solver: Solver,
  keyOf: (text: string) => number,
  options: { readonly seconds: number; readonly shouldStop?: () => boolean },
): Promise<Decision<Float64Array>> {
  const { system, counts } = table
  if (system.cells > mostRounded)
    return refuse('protect.too-large-to-round', { cells: system.cells, most: mostRounded })
  const names = cellNames(table)
  const drawn = counts.map((count, cell) => {
    const below = Math.floor(count / base) * base
    const key = keyOf(['round', base, count, names[cell]].join('\u0001'))
    return key < (count - below) / base ? below + base : below
  })
  for (const further of [0, 1, 2]) {
    const sheet = startProblem()
    // How many multiples; beside each the distance from what was drawn.
    for (const count of counts) {
      const below = Math.floor(count / base)
      const isMultiple = below * base === count
      sheet.column({
        lower: Math.max(0, below - further),
        upper: below + further + (isMultiple ? 0 : 1),
        isWhole: true,
      })
    }
    for (const [cell, target] of drawn.entries()) {
      const distance = sheet.column({ cost: 1 })
      sheet.row(-target, Number.POSITIVE_INFINITY, [
        [distance, 1],
        [cell, -base],
      ])
      sheet.row(target, Number.POSITIVE_INFINITY, [
        [distance, 1],
        [cell, base],
      ])
    }
    const { sums } = system
    for (let sum = 0; sum < sums.count; sum++) {
      const terms: (readonly [number, number])[] = [[sums.whole[sum] ?? 0, -1]]
      for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) terms.push([sums.parts[k] ?? 0, 1])
      sheet.row(0, 0, terms)
    }
    const { seconds, shouldStop } = options
    const solved = await solver.solve(sheet.problem(), { seconds, gap: 0.01, ...(shouldStop ? { shouldStop } : {}) })
    if (!solved.ok) return solved
    if (shouldStop?.() === true) return refuse('protect.stopped')
    const { values } = solved.value
    if (values !== null) return accept(values.slice(0, system.cells).map((multiple) => Math.round(multiple) * base))
  }
  return refuse('protect.no-rounding')
}
