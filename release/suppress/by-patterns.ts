import { keepsClosed, type Pattern, patternSearch } from '../audit/patterns.ts'
import type { FullTable } from './protected-table.ts'

export type HiddenCells = {
  /** 1 where the cell is hidden, sensitive or for another's sake. */
  readonly isHidden: Uint8Array
  /** Of each sensitive cell a pattern that keeps it closed; together they show the same of every hidden cell. */
  readonly patterns: readonly Pattern[]
  /** Sensitive cells for which none was found. */
  readonly unprotected: readonly number[]
}

export type PatternOptions = {
  readonly weights: Float64Array
  readonly minimum: number
  /** Whether a cell of nobody may be hidden for another's sake. */
  readonly usesZeros: boolean
  /** Milliseconds since the start, as the caller counts them, and how many may be spent. */
  readonly elapsed: () => number
  readonly budget: number
  readonly onProgress?: (done: number, of: number) => void
  readonly shouldStop?: () => boolean
}

/**
 * Moves of a dimension followed: the cheapest, fewer of them once the time is over, and all only where none of those keeps a cell
 * closed.
 */
const [everyMove, breadth, hurried] = [Number.POSITIVE_INFINITY, 8, 3]
const mostSweeps = 12

/**
 * Hides cells pattern by pattern: each sensitive cell takes the cheapest pattern, where what is hidden already costs
 * nothing; then, sweep by sweep, each lays its pattern down and takes the cheapest anew, which never costs more, until
 * nothing is won. What no sensitive cell's pattern uses is shown again. Where the sweeps come to rest, cells that few
 * patterns use are tried without: all their users must find patterns elsewhere that cost less.
 */
export function hideByPatterns(table: FullTable, options: PatternOptions): HiddenCells {
  const { counts, isSensitive } = table
  const { weights, minimum } = options
  const users = new Int32Array(counts.length)
  const banned = { cell: -1 }
  const price = (cell: number): number => {
    if (isSensitive[cell] === 1) return 0
    if (cell === banned.cell) return Number.POSITIVE_INFINITY
    if ((users[cell] ?? 0) > 0) return 0
    return (counts[cell] ?? 0) > 0 || options.usesZeros ? (weights[cell] ?? 0) : Number.POSITIVE_INFINITY
  }
  const within = patternSearch(table, price, { minimum, goesUp: false })
  const search = patternSearch(table, price, { minimum, goesUp: true })
  const sensitive = [...isSensitive.keys()].filter((cell) => isSensitive[cell] === 1)
  // The largest first: they have the fewest partners.
  sensitive.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
  const taken = new Map<number, Pattern>()
  const usersOf = new Map<number, Set<number>>()
  const take = (cell: number, pattern: Pattern): void => {
    taken.set(cell, pattern)
    for (const used of pattern.cells) {
      users[used] = (users[used] ?? 0) + 1
      const known = usersOf.get(used)
      if (known) known.add(cell)
      else usersOf.set(used, new Set([cell]))
    }
  }
  const lay = (cell: number): Pattern | undefined => {
    const pattern = taken.get(cell)
    if (pattern === undefined) return undefined
    taken.delete(cell)
    for (const used of pattern.cells) {
      users[used] = (users[used] ?? 0) - 1
      usersOf.get(used)?.delete(cell)
    }
    return pattern
  }
  const cost = (pattern: Pattern): number => pattern.cells.reduce((sum, cell) => sum + price(cell), 0)
  const isOver = (): boolean => options.elapsed() > options.budget || options.shouldStop?.() === true
  const unprotected: number[] = []
  const steps = sensitive.length * 2
  for (const [index, cell] of sensitive.entries()) {
    if (index % 256 === 0) options.onProgress?.(index, steps)
    if (taken.has(cell)) continue
    const followed = isOver() ? hurried : breadth
    const found =
      within.cheapest(cell, Number.POSITIVE_INFINITY, followed) ??
      search.cheapest(cell, Number.POSITIVE_INFINITY, followed) ??
      search.cheapest(cell, Number.POSITIVE_INFINITY, everyMove)
    if (found === null) {
      unprotected.push(cell)
      continue
    }
    take(cell, found.pattern)
    for (const [place, other] of found.pattern.cells.entries()) {
      if (isSensitive[other] === 1 && !taken.has(other) && keepsClosed(found.pattern, place, table, minimum))
        take(other, found.pattern)
    }
  }
  for (let sweep = 0; sweep < mostSweeps && !isOver(); sweep++) {
    let won = 0
    for (const [index, cell] of sensitive.entries()) {
      if (index % 64 === 0) {
        if (isOver()) break
        options.onProgress?.(sensitive.length + Math.floor((sweep * sensitive.length + index) / mostSweeps), steps)
      }
      const before = lay(cell)
      if (before === undefined) continue
      const now = cost(before)
      const found = now > 0 ? search.cheapest(cell, now, breadth) : null
      take(cell, found?.pattern ?? before)
      if (found !== null) won += now - found.price
    }
    won += withoutFew()
    if (won < 1e-9) break
  }

  /** Tries to show again each cell that few use: what its users pay elsewhere must be less than it costs. */
  function withoutFew(): number {
    let won = 0
    const candidates = [...users.keys()]
      .filter((cell) => isSensitive[cell] === 0 && (users[cell] ?? 0) > 0 && (users[cell] ?? 0) <= 12)
      .sort((a, b) => (weights[b] ?? 0) / (users[b] ?? 1) - (weights[a] ?? 0) / (users[a] ?? 1))
    for (const [index, cell] of candidates.entries()) {
      if (index % 16 === 0 && isOver()) break
      const moved = [...(usersOf.get(cell) ?? [])].sort((a, b) => a - b)
      if (moved.length === 0) continue
      const before = moved.map((user) => lay(user))
      const once = new Set(before.flatMap((pattern) => [...(pattern?.cells ?? [])]))
      let old = 0
      for (const used of once) old += price(used)
      banned.cell = cell
      let spent = 0
      let at = 0
      for (; at < moved.length; at++) {
        const found = search.cheapest(moved[at] ?? 0, old - spent - 1e-9, breadth)
        if (found === null) break
        spent += found.price
        take(moved[at] ?? 0, found.pattern)
      }
      banned.cell = -1
      if (at === moved.length) {
        won += old - spent
        continue
      }
      for (let back = 0; back < at; back++) lay(moved[back] ?? 0)
      for (const [k, user] of moved.entries()) {
        const pattern = before[k]
        if (pattern) take(user, pattern)
      }
    }
    return won
  }

  options.onProgress?.(steps, steps)
  return {
    isHidden: Uint8Array.from(users, (count, cell) => (isSensitive[cell] === 1 || count > 0 ? 1 : 0)),
    patterns: [...new Set(taken.values())],
    unprotected,
  }
}
