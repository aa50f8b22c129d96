import { type Solver, startProblem } from '@lentera/solver'
import type { FullTable } from './protected-table.ts'

export type ExactHidden = {
  readonly isHidden: Uint8Array
  readonly weight: number
  /** No set of hidden cells weighs less: the same as `weight` where it is proven the least. */
  readonly bound: number
}

/** Beyond these the master problem is not begun: patterns alone then give the answer. */
export const exactLimits = { cells: 1500, sensitive: 150 } as const

/** A table of so many cells is small; so often its cuts are added to, and so many nodes each master may have. */
export const smallWork = { cells: 100, rounds: 100, nodes: 5000 } as const

/**
 * The least weight of hidden cells, by cuts (Fischetti & Salazar 2001, "Solving the cell suppression problem on tabular data
 * with linear constraints", Management Science 47): a master chooses cells; for each sensitive cell the attacker's LP looks
 * how far its value could lie; where that is not far enough the LP's duals say which cells one more of must be hidden.
 * `start` (cells hidden by patterns) is the answer to beat. Null: stopped, crashed, or nothing better was proven in time.
 */
export async function hideExactly(
  table: FullTable,
  weights: Float64Array,
  start: Uint8Array,
  options: {
    readonly solver: Solver
    readonly minimum: number
    readonly usesZeros: boolean
    readonly elapsed: () => number
    readonly budget: number
    /** Of a small table what it may take is counted instead: no clock then decides what is hidden. */
    readonly work: typeof smallWork | null
    /** Milliseconds spent, and that may be. */
    readonly onProgress?: (done: number, of: number) => void
    readonly shouldStop?: () => boolean
  },
): Promise<ExactHidden | null> {
  const { counts, isSensitive, system } = table
  const sensitive = [...isSensitive.keys()].filter((cell) => isSensitive[cell] === 1)
  if (system.cells > exactLimits.cells || sensitive.length > exactLimits.sensitive) return null
  const mayHide = (cell: number): boolean =>
    isSensitive[cell] === 1 || (Number.isFinite(weights[cell]) && ((counts[cell] ?? 0) > 0 || options.usesZeros))
  const cuts = firstCuts(table, mayHide)
  const startWeight = weigh(start)
  // A solver looks at its own limit of time now and then only.
  const { work } = options
  const isOver = (): boolean => (work === null && options.elapsed() > options.budget) || options.shouldStop?.() === true
  let bound = 0
  const begun = options.elapsed()
  for (let round = 0; ; round++) {
    options.onProgress?.(Math.min(options.elapsed(), options.budget) - begun, options.budget - begun)
    const left = (options.budget - options.elapsed()) / 1000
    if ((work === null ? left < 0.2 : round === work.rounds) || isOver()) return null
    const master = startProblem()
    for (let cell = 0; cell < system.cells; cell++) {
      const lower = isSensitive[cell] === 1 ? 1 : 0
      master.column({
        cost: isSensitive[cell] === 1 || !mayHide(cell) ? 0 : (weights[cell] ?? 0),
        lower,
        upper: mayHide(cell) ? 1 : 0,
        isWhole: true,
      })
    }
    for (const { least, terms } of cuts) master.row(least, Number.POSITIVE_INFINITY, terms)
    const limits = work === null ? { seconds: left } : { nodes: work.nodes }
    const solved = await options.solver.solve(master.problem(), { ...limits, shouldStop: isOver })
    if (!solved.ok || solved.value.status !== 'optimal' || solved.value.values === null) return null
    const chosen = Uint8Array.from(solved.value.values, (value) => (value > 0.5 ? 1 : 0))
    bound = Math.max(bound, solved.value.bound)
    // As good as the start: the patterns' answer is the least.
    if (bound >= startWeight - 1e-6) return { isHidden: start, weight: startWeight, bound: startWeight }
    let added = 0
    for (let cell = 0; cell < system.cells; cell++) {
      if (chosen[cell] !== 1) continue
      const cut = await violated(table, chosen, cell, options)
      if (cut === 'crashed') return null
      if (cut !== null) added = cuts.push(cut)
      if (isOver()) return null
    }
    if (added === 0) return { isHidden: chosen, weight: weigh(chosen), bound }
  }

  function weigh(hidden: Uint8Array): number {
    return hidden.reduce((sum, is, cell) => sum + (is === 1 && isSensitive[cell] !== 1 ? (weights[cell] ?? 0) : 0), 0)
  }
}

type Cut = { readonly least: number; readonly terms: readonly (readonly [number, number])[] }

/** No sum may have a single gap: of each sum with a sensitive cell another cell is hidden. */
function firstCuts({ system, isSensitive }: FullTable, mayHide: (cell: number) => boolean): Cut[] {
  const { sums } = system
  const cuts: Cut[] = []
  for (let sum = 0; sum < sums.count; sum++) {
    const cells = [sums.whole[sum] ?? 0, ...sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)]
    for (const cell of cells) {
      if (isSensitive[cell] !== 1) continue
      const others = cells.filter((other) => other !== cell && mayHide(other))
      cuts.push({ least: 1, terms: others.map((other) => [other, 1] as const) })
    }
  }
  return cuts
}

/** Further than any cell need be moved. */
const farOf = ({ counts, reaches }: FullTable): number =>
  reaches.reduce((most, reach, cell) => Math.max(most, 2 * (reach - (counts[cell] ?? 0))), 1e4)

/** How far a cell must be able to move up: to where the rules want its upper end. */
const missingOf = ({ counts, reaches }: FullTable, cell: number): number => (reaches[cell] ?? 0) - (counts[cell] ?? 0)

/** How far it may move down: to what a reader knows it to hold at least. */
const roomOf = ({ counts, floors }: FullTable, cell: number): number =>
  Math.max(0, (counts[cell] ?? 0) - (floors[cell] ?? 0))

/**
 * The attacker's two LPs of one hidden cell. It must be able to hold as many persons as the rules want, and its ends must lie
 * `minimum - 1` apart; the cut it breaks, or null where it is protected.
 */
async function violated(
  table: FullTable,
  hidden: Uint8Array,
  cell: number,
  { solver, minimum }: { readonly solver: Solver; readonly minimum: number },
): Promise<Cut | 'crashed' | null> {
  const up = await furthest(table, hidden, cell, 1, minimum, solver)
  if (up === null) return 'crashed'
  const missing = missingOf(table, cell)
  if (missing > 0 && up.reached < missing - 1e-6) return cutOf(table, cell, [up], missing)
  if (up.reached >= minimum - 1 - 1e-6) return null
  const down = await furthest(table, hidden, cell, -1, minimum, solver)
  if (down === null) return 'crashed'
  return up.reached + down.reached < minimum - 1 - 1e-6 ? cutOf(table, cell, [up, down], minimum - 1) : null
}

type Furthest = { readonly reached: number; readonly reduced: Float64Array; readonly cap: number }

async function furthest(
  table: FullTable,
  hidden: Uint8Array,
  cell: number,
  way: 1 | -1,
  minimum: number,
  solver: Solver,
): Promise<Furthest | null> {
  const { sums, cells } = table.system
  const far = farOf(table)
  const cap = way === 1 ? Math.max(minimum, missingOf(table, cell)) : Math.min(minimum, roomOf(table, cell))
  const sheet = startProblem()
  for (let other = 0; other < cells; other++) {
    const is = hidden[other] === 1
    sheet.column({
      cost: other === cell ? -way : 0,
      lower: is ? -(other === cell && way === -1 ? cap : roomOf(table, other)) : 0,
      upper: is ? (other === cell && way === 1 ? cap : far) : 0,
    })
  }
  for (let sum = 0; sum < sums.count; sum++) {
    const terms: (readonly [number, number])[] = [[sums.whole[sum] ?? 0, -1]]
    for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) terms.push([sums.parts[k] ?? 0, 1])
    sheet.row(0, 0, terms)
  }
  const solved = await solver.solve(sheet.problem())
  if (!solved.ok || solved.value.duals === null) return null
  return { reached: -solved.value.objective, reduced: solved.value.duals.columns, cap }
}

/**
 * Weak duality: whatever is hidden, the cell moves no further than its own limit at its reduced cost, and what the reduced cost
 * of each other hidden cell allows. For a cell that need not be hidden the cut binds only while it is.
 */
function cutOf(table: FullTable, cell: number, ways: readonly Furthest[], need: number): Cut {
  const { system, isSensitive } = table
  const far = farOf(table)
  const room = new Float64Array(system.cells)
  let own = 0
  for (const { reduced, cap } of ways) {
    for (let other = 0; other < system.cells; other++) {
      const price = reduced[other] ?? 0
      if (Math.abs(price) < 1e-9) continue
      if (other === cell) own += Math.abs(price) * cap
      else room[other] = (room[other] ?? 0) + (price < 0 ? -price * far : price * roomOf(table, other))
    }
  }
  const left = Math.max(1e-6, need - own)
  const terms: (readonly [number, number])[] = []
  for (const [other, allowed] of room.entries()) if (allowed > 1e-9) terms.push([other, Math.min(1, allowed / left)])
  if (isSensitive[cell] === 1) return { least: 1, terms }
  return { least: 0, terms: [...terms, [cell, -1]] }
}
