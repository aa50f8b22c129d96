import { type Solver, startProblem } from '@lentera/solver'
import type { Pattern } from '../audit/patterns.ts'
import type { FullTable } from './protected-table.ts'

/** The solver sees no further than so many cells around the one it is to close. */
const mostAround = 4000

/** A cell is moved by at most so many steps. */
const mostSteps = 20

/** Where steps are of one person: so many, as many as a pattern's numbers hold. */
const mostPersons = 120

type Around = {
  readonly solver: Solver
  readonly minimum: number
  readonly seconds: number
}

/**
 * A pattern for a cell that no product of moves closes (tables of uneven shape): the least weight moved by as many steps of the
 * cell itself as it needs, as a whole-number problem over the sums around it (Kelly, Golden & Assad 1992, "Cell suppression: disclosure protection
 * for sensitive tabular data"). A step is so long that every cell it moves is kept apart. Where there is none, a step is one person: the cell itself is then kept
 * apart, and of what else it hides the auditor says whether it is.
 *
 * Null: there is none, or not in time. `fixed`: whatever else is hidden, no other table than this cell's own number can be.
 */
export async function patternBySolver(
  full: FullTable,
  cell: number,
  price: (cell: number) => number,
  around: Around,
): Promise<Pattern | 'fixed' | null> {
  const { counts, reaches } = full
  const count = counts[cell] ?? 0
  const missing = Math.max(around.minimum - 1, (reaches[cell] ?? around.minimum) - count)
  const length = Math.max(around.minimum - 1, Math.ceil(missing / mostSteps))
  const long = await movedBy(full, cell, price, around, { own: Math.ceil(missing / length), length, most: mostSteps })
  if (long !== null && long !== 'none') return long
  const up =
    missing > mostPersons
      ? 'none'
      : await movedBy(full, cell, price, around, { own: missing, length: 1, most: mostPersons })
  if (up !== null && up !== 'none') return up
  const isLarge = count >= (reaches[cell] ?? around.minimum)
  if (isLarge) {
    const down = await movedBy(full, cell, price, around, { own: 1 - around.minimum, length: 1, most: mostPersons })
    if (down !== null && down !== 'none') return down
  }
  if (count > 0 || up === null) return null
  return (await movedBy(full, cell, price, around, { own: 1, length: 1, most: mostPersons })) === 'none'
    ? 'fixed'
    : null
}

/** `none`: proven that there is none, all that hangs together with the cell seen; null: not found, for whatever reason. */
async function movedBy(
  { system, counts, floors, touching, isSensitive }: FullTable,
  cell: number,
  price: (cell: number) => number,
  { solver, minimum, seconds }: Around,
  { own, length, most }: { readonly own: number; readonly length: number; readonly most: number },
): Promise<Pattern | 'none' | null> {
  const { sums } = system
  const places = new Map<number, number>([[cell, 0]])
  const rows = new Set<number>()
  let isWhole = true
  for (const at of places.keys()) {
    for (let t = touching.starts[at] ?? 0; t < (touching.starts[at + 1] ?? 0); t++) {
      const sum = touching.sums[t] ?? 0
      rows.add(sum)
      const cells = [sums.whole[sum] ?? 0, ...sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)]
      for (const other of cells) {
        // What may not be hidden is shown to everybody, and cannot move.
        if (places.has(other) || !Number.isFinite(price(other))) continue
        if (places.size >= mostAround) isWhole = false
        else places.set(other, places.size)
      }
    }
  }
  const sheet = startProblem()
  const cells = [...places.keys()]
  for (const at of cells) {
    const cost = price(at) + 1e-3
    const isOwn = at === cell
    const room = Math.max(0, Math.min(most, Math.floor(((counts[at] ?? 0) - (floors[at] ?? 0)) / length)))
    if (isOwn && own < 0 && room < -own) return null
    sheet.column({ cost, lower: isOwn ? Math.max(0, own) : 0, upper: isOwn ? Math.max(0, own) : most, isWhole: true })
    sheet.column({ cost, lower: isOwn ? Math.max(0, -own) : 0, upper: isOwn ? Math.max(0, -own) : room, isWhole: true })
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
  if (!solved.ok) return null
  const { values, status } = solved.value
  if (values === null) return status === 'infeasible' && isWhole ? 'none' : null
  const moved = cells.flatMap((at, place) => {
    const step = Math.round((values[2 * place] ?? 0) - (values[2 * place + 1] ?? 0))
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
