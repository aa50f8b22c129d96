import { few } from '@lentera/core/shared/publication'
import { type Solver, startProblem } from '@lentera/solver'
import type { System } from '../audit/audit.ts'
import { endless } from '../audit/published.ts'

/** An innermost cell in an earlier and a later edition. */
export type Link = readonly [earlier: number, later: number]

/** Editions of one table as its counts stand, as one system of sums: each edition has cells of its own. */
export type Chain = {
  readonly system: System
  /** 1 where an edition hides the cell; else it is a number, or a band around one. */
  readonly isHidden: Uint8Array
  /** Every innermost cell with itself in every later edition: in both it is the same number, or they lie `least` apart. */
  readonly links: readonly Link[]
  /** What stands in each cell; undefined where that is not known. */
  readonly stands: Float64Array | undefined
  /** 1 where it is a guess: nothing is taken to be known by it, and the rule binds the cell whatever it says. */
  readonly isGuess: Uint8Array
  readonly least: number
  readonly minimum: number
}

/** Asked so often for many cells at once, by what stands and by what may; seconds for each time. */
const [mostAtOnce, seconds] = [16, 5]

/** So many persons further than what must be shown is not looked: what is found within is there anyway. */
const further = 20

/**
 * Cells that are open to a reader of all editions who knows that a count stands until it has moved by `least` persons: hidden ones whose ends she knows to lie less than
 * the minimum apart, or the upper below it, and numbers that she knows to be one to four. A cell is closed where tables are written down that show the same and keep the rule,
 * with ends far enough apart; all others are open, and so are those that are left when `shouldStop` says so. What an edition hides and another shows as the same number is known, and kept closed by nothing.
 *
 * Semi-continuous differences as in Vielma, "Mixed integer linear programming formulation techniques", SIAM Review 57 (2015), with bounds as near as may be.
 */
export async function openInChain(
  chain: Chain,
  solver: Solver,
  shouldStop: () => boolean = () => false,
): Promise<ReadonlySet<number>> {
  const { system, isHidden, stands, isGuess, minimum } = chain
  const isAsked = (cell: number): boolean =>
    system.state[cell] === 2 && (system.least[cell] ?? 0) < (system.most[cell] ?? 0)
  const asked = new Set([...isHidden.keys()].filter(isAsked))
  for (const [cell, other] of chain.links) {
    const isSame = stands !== undefined && stands[cell] === stands[other]
    if (isSame && isNumber(system, cell) && isGuess[other] !== 1) asked.delete(other)
    if (isSame && isNumber(system, other) && isGuess[cell] !== 1) asked.delete(cell)
  }
  const open = new Set<number>()
  if (asked.size === 0) return open
  const low = new Float64Array(system.cells).fill(Number.POSITIVE_INFINITY)
  const high = new Float64Array(system.cells).fill(Number.NEGATIVE_INFINITY)
  const isClosed = (cell: number): boolean => {
    const [least, most] = [low[cell] ?? 0, high[cell] ?? 0]
    return isHidden[cell] === 1 ? most - least >= minimum - 1 && most >= minimum : least < 1 || most >= few
  }
  const see = (values: Float64Array): void => {
    for (const cell of asked) {
      low[cell] = Math.min(low[cell] ?? 0, values[cell] ?? 0)
      high[cell] = Math.max(high[cell] ?? 0, values[cell] ?? 0)
    }
  }
  // Whoever knew besides what moved would know more, and is answered sooner: what is closed to her is closed.
  for (const moves of stands === undefined ? ['any'] : (['known', 'any'] as const)) {
    const tables = tablesOf(chain, solver, moves === 'known')
    try {
      let left = [...asked].filter((cell) => !isClosed(cell))
      for (let time = 0, idle = 0; time < mostAtOnce && idle < 4 && left.length > 0 && !shouldStop(); time++) {
        const digit = (time >> 1) - 1
        const isUp = (place: number): boolean => (digit < 0 || ((place >> digit) & 1) === 0) === (time % 2 === 0)
        const found = await tables.furthest(new Map(left.map((cell, place) => [cell, isUp(place) ? 1 : -1])))
        if (found === 'none') break
        if (found) see(found)
        const now = left.filter((cell) => !isClosed(cell))
        idle = now.length < left.length ? 0 : idle + 1
        left = now
      }
      if (moves === 'known') continue
      for (const cell of left) {
        for (const way of [1, -1] as const) {
          if (isClosed(cell) || shouldStop()) break
          const found = await tables.furthest(new Map([[cell, way]]))
          // Nobody who takes it so finds any table: she takes it otherwise. But it must be so of all tables, not of those near to what stands.
          if (found === 'none') return (await hasNoTable(chain, solver)) ? new Set() : new Set(left)
          if (found) see(found)
        }
        if (!isClosed(cell)) open.add(cell)
      }
    } finally {
      tables.release()
    }
  }
  return open
}

async function hasNoTable(chain: Chain, solver: Solver): Promise<boolean> {
  const tables = tablesOf({ ...chain, stands: undefined }, solver, false)
  try {
    return (await tables.furthest(new Map())) === 'none'
  } finally {
    tables.release()
  }
}

const isNumber = ({ state, least }: System, cell: number): boolean => state[cell] === 1 && (least[cell] ?? 0) >= few

/** All tables that show what the editions show; with `knowsMoves` only those in which the same cells moved, the same way. */
function tablesOf(
  { system, links, stands, isGuess, least, minimum }: Chain,
  solver: Solver,
  knowsMoves: boolean,
): {
  /** One in which such cells are as far up (1) or down (-1) as may be, no further than matters. None: no table is one. Null: none was found in the time. */
  readonly furthest: (ways: ReadonlyMap<number, 1 | -1>) => Promise<Float64Array | 'none' | null>
  readonly release: () => void
} {
  const sheet = startProblem()
  const columns = new Int32Array(system.cells).fill(-1)
  // Where nobody knows what stood: no count is, or moved by, more than twice the largest number.
  const largest = 2 * system.least.reduce((most, count) => Math.max(most, count), 0) + 1000
  const far = system.most.map((most, cell) =>
    Math.min(most, Math.max(stands?.[cell] ?? largest, minimum, system.least[cell] ?? 0) + further + minimum),
  )
  for (let cell = 0; cell < system.cells; cell++) {
    const [lower, most] = [system.least[cell] ?? 0, system.most[cell] ?? 0]
    if (lower < most)
      columns[cell] = sheet.column({
        lower,
        upper: most >= endless / 2 ? Number.POSITIVE_INFINITY : most,
        isWhole: true,
      })
  }
  type Term = readonly [column: number, factor: number]
  /** `lower <= cells by factors + others <= upper`. */
  const row = (lower: number, upper: number, cells: readonly Term[], others: readonly Term[] = []): void => {
    const terms: Term[] = [...others]
    let constant = 0
    for (const [cell, factor] of cells) {
      const column = columns[cell] ?? -1
      if (column < 0) constant += factor * (system.least[cell] ?? 0)
      else terms.push([column, factor])
    }
    if (terms.length > 0) sheet.row(lower - constant, upper - constant, terms)
  }
  const { sums } = system
  for (let sum = 0; sum < sums.count; sum++) {
    const parts = sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)
    const isAll = sums.hasAllParts[sum] === 1 || parts.length > 1
    const terms = [[sums.whole[sum] ?? 0, -1] as const, ...Array.from(parts, (part) => [part, 1] as const)]
    row(isAll ? 0 : Number.NEGATIVE_INFINITY, 0, terms)
  }
  for (const [earlier, later] of links) {
    const difference = [[later, 1] as const, [earlier, -1] as const]
    const moved = stands === undefined ? 0 : (stands[later] ?? 0) - (stands[earlier] ?? 0)
    // One that the rule does not bind: its code came or went as a whole.
    const isUnbound = moved !== 0 && Math.abs(moved) < least
    if (isUnbound && isGuess[earlier] !== 1 && isGuess[later] !== 1) continue
    if (knowsMoves && !isUnbound) {
      if (moved === 0) row(0, 0, difference)
      else row(moved > 0 ? least : Number.NEGATIVE_INFINITY, moved > 0 ? Number.POSITIVE_INFINITY : -least, difference)
      continue
    }
    if ((columns[earlier] ?? -1) < 0 && (columns[later] ?? -1) < 0) continue
    const bound = stands === undefined ? largest : Math.max(Math.abs(moved), least + minimum + further)
    const [up, down] = [1, 2].map(() => sheet.column({ upper: 1, isWhole: true })) as [number, number]
    sheet.row(0, 1, [
      [up, 1],
      [down, 1],
    ])
    row(Number.NEGATIVE_INFINITY, 0, difference, [
      [up, -bound],
      [down, least],
    ])
    row(0, Number.POSITIVE_INFINITY, difference, [
      [up, -least],
      [down, bound],
    ])
  }
  const held = solver.hold(sheet.problem())
  let costs: readonly number[] = []
  return {
    furthest: async (ways) => {
      for (const column of costs) held.changeCost(column, 0)
      costs = []
      const own: number[] = []
      for (const [cell, way] of ways) {
        const column = columns[cell] ?? -1
        if (column < 0) continue
        held.changeCost(column, -way)
        held.changeColumnBounds(column, system.least[cell] ?? 0, far[cell] ?? 0)
        own.push(column)
      }
      costs = own
      const solved = await held.solve({ seconds })
      for (const cell of ways.keys()) {
        const most = system.most[cell] ?? 0
        held.changeColumnBounds(
          columns[cell] ?? 0,
          system.least[cell] ?? 0,
          most >= endless / 2 ? Number.POSITIVE_INFINITY : most,
        )
      }
      if (!solved.ok) return null
      const { status, values } = solved.value
      if (status === 'infeasible') return 'none'
      return values === null
        ? null
        : Float64Array.from(columns, (column, cell) => (column < 0 ? (system.least[cell] ?? 0) : (values[column] ?? 0)))
    },
    release: () => held.release(),
  }
}
