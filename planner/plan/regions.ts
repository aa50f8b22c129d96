import type { Column, Columns, Priced, Taken } from './columns.ts'
import type { Arc } from './target.ts'

/** What the LP of a master has found: how much it takes of each column that it knows, and the ways that are in its rows. */
export type Relaxed = {
  readonly columns: Columns
  readonly list: readonly Column[]
  readonly values: Float64Array
  readonly active: ReadonlySet<number>
}

/** Posts that the columns worth looking at tie together, and those pairs; `outside`: least reduced cost of a way or a pair that leads out, or of a way in no row. */
export type Region = { readonly posts: readonly number[]; readonly pairs: readonly number[]; readonly outside: number }

/** What of the LP's amounts is taken for nothing. */
const nothing = 1e-6

/** `room`: reduced cost up to which pairs tie regions together: beyond, a region's bound does not count on them. */
export function regionsOf(found: Relaxed, priced: Priced, room: number): readonly Region[] {
  const { columns, list, active } = found
  const { pairs, arcs, posts } = columns.target
  const together = new Sets(posts.length)
  const near: number[] = []
  const far: { readonly a: number; readonly b: number; readonly cost: number }[] = []
  for (const [at, { a, b }] of pairs.entries()) {
    const best = columns.bestOfPair(priced, at)
    if (best === null) continue
    if (best.value > room) {
      far.push({ a, b, cost: best.value })
      continue
    }
    near.push(at)
    together.join(a, b)
  }
  // A column that the LP uses, however far, ties too.
  for (const column of list)
    if (column.kind === 'pair') together.join(pairs[column.pair]?.a ?? 0, pairs[column.pair]?.b ?? 0)
  // Ways that the LP does not use tie nothing: a region's bound does not count on those that lead out of it.
  for (const arc of usedArcs(found)) together.join(arc.from, arc.to)
  const regions = new Map<number, { posts: number[]; pairs: number[]; outside: number }>()
  const regionOf = (post: number) => {
    const root = together.of(post)
    const region = regions.get(root) ?? { posts: [], pairs: [], outside: Number.POSITIVE_INFINITY }
    regions.set(root, region)
    return region
  }
  for (const index of posts.keys()) regionOf(index).posts.push(index)
  for (const at of near) regionOf(pairs[at]?.a ?? 0).pairs.push(at)
  const leadsOut = (a: number, b: number, cost: number): void => {
    for (const region of [regionOf(a), regionOf(b)]) region.outside = Math.min(region.outside, Math.max(0, cost))
  }
  for (const { a, b, cost } of far) if (together.of(a) !== together.of(b)) leadsOut(a, b, cost)
  for (const [at, arc] of arcs.entries())
    if (!active.has(at) || together.of(arc.from) !== together.of(arc.to))
      leadsOut(arc.from, arc.to, columns.arcCost(at, priced.duals))
  return [...regions.values()]
}

function usedArcs({ columns, list, values }: Relaxed): readonly Arc[] {
  return list.flatMap((column, at) => {
    const arc = column.kind === 'arc' ? columns.target.arcs[column.arc] : undefined
    return arc && (values[at] ?? 0) > nothing ? [arc] : []
  })
}

/** Of each region: its columns, and how much of each the LP takes. */
export function columnsOf(
  { columns, list, values }: Relaxed,
  regions: readonly Region[],
): readonly { readonly column: Column; readonly value: number }[][] {
  const { target } = columns
  const regionOf = new Int32Array(target.posts.length)
  regions.forEach(({ posts }, at) => {
    for (const post of posts) regionOf[post] = at
  })
  const found: { column: Column; value: number }[][] = regions.map(() => [])
  list.forEach((column, at) => {
    const arc = column.kind === 'arc' ? target.arcs[column.arc] : undefined
    if (arc && regionOf[arc.from] !== regionOf[arc.to]) return
    const post =
      column.kind === 'pair'
        ? target.pairs[column.pair]?.a
        : column.kind === 'arc'
          ? target.arcs[column.arc]?.to
          : column.post
    found[regionOf[post ?? 0] ?? 0]?.push({ column, value: values[at] ?? 0 })
  })
  return found
}

/** What the LP makes of a region at these prices: its columns cost at least that. */
export function leastOf(columns: Columns, priced: Priced, own: readonly Column[]): number {
  let sum = 0
  const rows = new Set<number>()
  for (const column of own) for (const [row] of columns.terms(column).terms) if (columns.isOwnRow(row)) rows.add(row)
  for (const row of rows) {
    const dual = priced.duals[row] ?? 0
    const at = dual > 0 ? columns.rowLower[row] : columns.rowUpper[row]
    if (dual !== 0 && Number.isFinite(at)) sum += dual * (at ?? 0)
  }
  return sum
}

/** What the LP takes whole, and the columns of posts that it takes halves of, and of their neighbours, as they hang together. */
export function halvesOf({ columns, list, values }: Relaxed): {
  readonly whole: readonly Taken[]
  readonly pieces: readonly (readonly Column[])[]
} {
  const { pairs, arcs, posts } = columns.target
  const postsOf = (column: Column): readonly number[] => {
    const arc = column.kind === 'arc' ? arcs[column.arc] : undefined
    if (arc) return [arc.from, arc.to]
    return column.kind === 'hire' ? [column.post] : columns.postsOf(column)
  }
  const used = list.flatMap((column, at) => {
    const value = values[at] ?? 0
    return value > nothing ? [{ column, value, at: postsOf(column) }] : []
  })
  const isOpen = new Uint8Array(posts.length)
  for (const { value, at } of used)
    if (Math.abs(value - Math.round(value)) > nothing) for (const post of at) isOpen[post] = 1
  const halves = isOpen.slice()
  for (const { a, b } of pairs)
    if (halves[a] === 1 || halves[b] === 1) {
      isOpen[a] = 1
      isOpen[b] = 1
    }
  // Whoever shares with an open post, or moves there, is open too.
  for (let isMore = true; isMore; ) {
    isMore = false
    for (const { at } of used) {
      if (!at.some((post) => isOpen[post] === 1)) continue
      for (const post of at) {
        isMore ||= isOpen[post] === 0
        isOpen[post] = 1
      }
    }
  }
  const isInside = (at: readonly number[]): boolean => at.every((post) => isOpen[post] === 1)
  const own = list.filter((column) => isInside(postsOf(column)))
  const sets = new Sets(posts.length)
  for (const column of own) {
    const [a, b] = postsOf(column)
    if (a !== undefined && b !== undefined) sets.join(a, b)
  }
  return {
    whole: used.flatMap(({ column, value, at }) => (isInside(at) ? [] : [{ column, count: Math.round(value) }])),
    pieces: [...Map.groupBy(own, (column) => sets.of(postsOf(column)[0] ?? 0)).values()],
  }
}

/** Posts that hang together, each set called by one of them. */
class Sets {
  readonly #parent: Int32Array

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, at) => at)
  }

  of(post: number): number {
    let root = post
    while (this.#parent[root] !== root) root = this.#parent[root] ?? root
    this.#parent[post] = root
    return root
  }

  join(a: number, b: number): void {
    this.#parent[this.of(a)] = this.of(b)
  }
}
