import { type Solver, startProblem } from '@lentera/solver'
import type { Pattern } from './patterns.ts'
import type { FullTable } from './protected-table.ts'

/** The solver sees no further than so many cells around the one it is to close. */
const mostAround = 4000

/** A cell is moved by at most so many steps. */
const mostSteps = 20

/**
 * A pattern for a cell that no product of moves closes (tables of uneven shape): the least weight moved by as many steps of the
 * cell itself as it needs, as a whole-number problem over the sums around it (Kelly, Golden & Assad 1992, "Cell suppression: disclosure protection
 * for sensitive tabular data"). A step is so long that every cell it moves is kept apart. Null: there is none.
 */
export async function patternBySolver(
  { system, counts, floors, reaches, touching, isSensitive }: FullTable,
  cell: number,
  price: (cell: number) => number,
  { solver, minimum, seconds }: { readonly solver: Solver; readonly minimum: number; readonly seconds: number },
): Promise<Pattern | null> {
  const { sums } = system
  const missing = Math.max(minimum - 1, (reaches[cell] ?? minimum) - (counts[cell] ?? 0))
  const length = Math.max(minimum - 1, Math.ceil(missing / mostSteps))
  const own = Math.ceil(missing / length)
  const places = new Map<number, number>([[cell, 0]])
  const rows = new Set<number>()
  for (const at of places.keys()) {
    for (let t = touching.starts[at] ?? 0; t < (touching.starts[at + 1] ?? 0); t++) {
      const sum = touching.sums[t] ?? 0
      rows.add(sum)
      const cells = [sums.whole[sum] ?? 0, ...sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)]
      for (const other of cells) {
        if (places.has(other) || places.size >= mostAround || !Number.isFinite(price(other))) continue
        places.set(other, places.size)
      }
    }
  }
  const sheet = startProblem()
  const cells = [...places.keys()]
  for (const at of cells) {
    const cost = price(at) + 1e-3
    const isOwn = at === cell
    sheet.column({ cost, lower: isOwn ? own : 0, upper: isOwn ? own : mostSteps, isWhole: true })
    const room = Math.floor(((counts[at] ?? 0) - (floors[at] ?? 0)) / length)
    sheet.column({ cost, upper: isOwn ? 0 : Math.max(0, Math.min(mostSteps, room)), isWhole: true })
  }
  for (const sum of rows) {
    const terms: (readonly [number, number])[] = []
    const put = (at: number, factor: number): void => {
      const place = places.get(at)
      if (place !== undefined) terms.push([2 * place, factor], [2 * place + 1, -factor])
    }
    put(sums.whole[sum] ?? 0, -1)
    for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) put(sums.parts[k] ?? 0, 1)
    sheet.row(0, 0, terms)
  }
  const solved = await solver.solve(sheet.problem(), { seconds, gap: 0.02 })
  if (!solved.ok || solved.value.values === null) return null
  const { values } = solved.value
  const moved = cells.flatMap((at, place) => {
    const step = (values[2 * place] ?? 0) - (values[2 * place + 1] ?? 0)
    return step === 0 ? [] : [{ at, step }]
  })
  // What moves without being sensitive has `minimum` persons or more, or is nobody and may be hidden as such.
  const isSound = moved.every(
    ({ at, step }) => isSensitive[at] === 1 || (counts[at] ?? 0) + Math.max(0, step) * length >= minimum,
  )
  if (!isSound) return null
  return {
    cells: Int32Array.from(moved, ({ at }) => at),
    steps: Int8Array.from(moved, ({ step }) => step),
    up: length,
    down: 0,
  }
}
