import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Solver, startProblem } from '@lentera/solver'
import type { FullTable } from './protected-table.ts'

/** Beyond so many cells the rounding is not begun. */
export const mostRounded = 3000

/**
 * Controlled rounding (Cox 1987, "A constructive procedure for unbiased controlled rounding"; here its exact form, Fischetti &
 * Salazar 1998): every cell a multiple of `base` next to its count, every sum still a sum, least distance in all. Where no such
 * table exists (three dimensions and more) cells may go one multiple further. Refuses: `protect.too-large-to-round`
 * {cells, most}, `protect.no-rounding`, `protect.stopped`, `solver.crashed`.
 */
export async function roundControlled(
  { system, counts }: FullTable,
  base: number,
  solver: Solver,
  options: { readonly seconds: number; readonly shouldStop?: () => boolean },
): Promise<Decision<Float64Array>> {
  if (system.cells > mostRounded)
    return refuse('protect.too-large-to-round', { cells: system.cells, most: mostRounded })
  for (const further of [0, 1, 2]) {
    const sheet = startProblem()
    // How many multiples over the one below the count; beside each the distance it makes.
    for (const count of counts) {
      const below = Math.floor(count / base)
      const isMultiple = below * base === count
      sheet.column({
        lower: Math.max(0, below - further),
        upper: below + further + (isMultiple ? 0 : 1),
        isWhole: true,
      })
    }
    for (const [cell, count] of counts.entries()) {
      const distance = sheet.column({ cost: 1 })
      sheet.row(-count, Number.POSITIVE_INFINITY, [
        [distance, 1],
        [cell, -base],
      ])
      sheet.row(count, Number.POSITIVE_INFINITY, [
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
