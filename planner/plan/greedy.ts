import type { BestOfPair, Column, Columns, Priced, Taken } from './columns.ts'
import { arriving } from './states.ts'

/**
 * A plan in hand before anything is solved, for whoever stops at once: post after post what wins most for what it takes of the limits,
 * and then the pairs that win more together. Nobody moves.
 *
 * @param idle nothing done anywhere
 * @param free what all costs where no limit has a price, and the best of each pair then
 */
export function greedily(
  columns: Columns,
  idle: readonly Column[],
  free: Priced,
  pairs: readonly (BestOfPair | null)[],
): readonly Taken[] {
  const plan = new Standing(columns, idle)
  plan.fill(free, pairs)
  return plan.taken()
}

/**
 * A plan with what it leaves of the limits taken too, where that wins most at their prices.
 *
 * @param taken with hires, and with women who move: posts that these leave or come to stay as they are
 * @param at the prices of the limits, what all costs where they have none, and pairs that are worth more than what they take
 */
export function filled(
  columns: Columns,
  taken: readonly Taken[],
  at: {
    readonly prices: (limit: number) => number
    readonly free: Priced
    readonly pairs: readonly (BestOfPair | null)[]
  },
): readonly Taken[] {
  const { arcs } = columns.target
  const moving = new Set(
    taken.flatMap(({ column }) => {
      const arc = column.kind === 'arc' ? arcs[column.arc] : undefined
      return arc ? [arc.from, arc.to] : []
    }),
  )
  const isKept = ({ column }: Taken): boolean =>
    column.kind === 'arc' ||
    (column.kind === 'hire' ? moving.has(column.post) : columns.postsOf(column).some((post) => moving.has(post)))
  const standing = taken.flatMap((each) => (isKept(each) || each.column.kind === 'hire' ? [] : [each.column]))
  const plan = new Standing(columns, standing, taken.filter(isKept))
  plan.fill(at.free, at.pairs, at.prices)
  return plan.taken()
}

type Step = { readonly column: Column; readonly cost: number; readonly worth: number }

/** What is done at each post so far, and what it leaves of the limits. */
class Standing {
  readonly #columns: Columns
  readonly #left: Float64Array
  /** What a unit of each limit weighs: the less there was of it. */
  #weights: Float64Array
  readonly #at: (Column | undefined)[] = []
  readonly #cost = new Map<Column, number>()
  readonly #uses = new Map<Column, Float64Array>()
  /** What stays, whatever else is done. */
  readonly #kept: readonly Taken[]

  constructor(columns: Columns, standing: readonly Column[], kept: readonly Taken[] = []) {
    this.#columns = columns
    this.#kept = kept
    const { rows, rowUpper, limits } = columns
    this.#left = Float64Array.from(
      { length: limits },
      (_, at) => rowUpper[rows.limits + at] ?? Number.POSITIVE_INFINITY,
    )
    for (const column of standing) {
      const posts = columns.postsOf(column)
      // A post that shares by what a hand has set is told with its neighbour.
      if (posts.some((post) => this.#at[post]?.kind === 'pair')) continue
      for (const post of posts) this.#at[post] = column
      const hired = posts.reduce((sum, post) => sum + this.#comeAt(column, post) * this.#hired(post).cost, 0)
      this.#cost.set(column, columns.terms(column).cost + hired)
    }
    for (const { column, count } of kept)
      for (const [row, value] of columns.terms(column).terms)
        if (row >= rows.limits && limits > 0)
          this.#left[row - rows.limits] = (this.#left[row - rows.limits] ?? 0) - value * count
    for (const column of new Set(this.#at)) this.#take(column, -1)
    this.#weights = this.#left.map((left) => 1 / Math.max(1, left))
  }

  /** Post after post and pair after pair, what wins most for what it takes of the limits. `prices`: of these. */
  fill(free: Priced, pairs: readonly (BestOfPair | null)[], prices?: (limit: number) => number): void {
    if (prices) this.#weights = this.#left.map((_, limit) => prices(limit))
    const shared = pairs.flatMap((best, pair) => {
      const column: Column | null = best && { kind: 'pair', pair, stateA: best.stateA, stateB: best.stateB }
      return column === null ? [] : this.#pair(column)
    })
    const steps = [...this.#columns.locals.flatMap((_, post) => this.#singles(post, free)), ...shared]
    for (const { column, cost } of steps.sort((a, b) => b.worth - a.worth)) this.#offer(column, cost)
  }

  /** All that may be done at a post by itself and is better than nothing. */
  #singles(post: number, free: Priced): readonly Step[] {
    const locals = this.#columns.locals[post]
    const before = this.#at[post]
    if (!locals || locals.post.pooledWith !== null || before === undefined || before.kind === 'pair') return []
    const idle = this.#costOf(before)
    return locals.states.flatMap((local, state): Step[] => {
      if (local.moved + local.other + local.leave > 0) return []
      const { come } = arriving(locals, local)
      if (come > 0 && !locals.post.canHire) return []
      const cost = this.#columns.alone(free, post, state) + come * this.#hired(post).cost
      if (!(cost < idle - least)) return []
      const column: Column = { kind: 'post', post, state }
      return [{ column, cost, worth: (idle - cost) / this.#share(column) }]
    })
  }

  #pair(column: Column): readonly Step[] {
    const posts = this.#columns.postsOf(column)
    const canHire = posts.every((post) => this.#comeAt(column, post) === 0 || this.#columns.locals[post]?.post.canHire)
    const isMoved = this.#columns.statesOf(column).some(({ post, state }) => {
      const local = this.#columns.locals[post]?.states[state]
      return local === undefined || local.moved + local.other > 0
    })
    if (!canHire || isMoved) return []
    const hired = posts.reduce((sum, post) => sum + this.#comeAt(column, post) * this.#hired(post).cost, 0)
    const cost = this.#columns.terms(column).cost + hired
    const won = this.#costAt(posts) - cost
    return won > least ? [{ column, cost, worth: won / this.#share(column) }] : []
  }

  /** Done where it is better than what is done there now, and the limits hold it. */
  #offer(column: Column, cost: number): void {
    const posts = this.#columns.postsOf(column)
    const now = new Set(posts.map((post) => this.#at[post]))
    if (now.has(undefined)) return
    // Two that share are not parted for one of them.
    const isParted = (each: Column): boolean => this.#columns.postsOf(each).some((post) => !posts.includes(post))
    if ([...now].some((each) => each !== undefined && isParted(each))) return
    if (cost >= this.#costAt(posts) - least) return
    for (const each of now) this.#take(each, 1)
    const uses = this.#usesOf(column)
    if (this.#left.every((left, at) => left >= (uses[at] ?? 0) - least)) {
      this.#cost.set(column, cost)
      for (const post of posts) this.#at[post] = column
      this.#take(column, -1)
    } else for (const each of now) this.#take(each, -1)
  }

  taken(): readonly Taken[] {
    const done = [...new Set(this.#at)].flatMap((column): Taken[] => {
      if (column === undefined) return []
      const hires = this.#columns.postsOf(column).flatMap((post): Taken[] => {
        const count = this.#comeAt(column, post)
        return count > 0 ? [{ column: { kind: 'hire', post }, count }] : []
      })
      return [{ column, count: 1 }, ...hires]
    })
    return [...this.#kept, ...done]
  }

  #take(column: Column | undefined, sign: 1 | -1): void {
    if (column === undefined) return
    const uses = this.#usesOf(column)
    for (const at of this.#left.keys()) this.#left[at] = (this.#left[at] ?? 0) + sign * (uses[at] ?? 0)
  }

  #costOf(column: Column | undefined): number {
    return (column && this.#cost.get(column)) ?? 0
  }

  #costAt(posts: readonly number[]): number {
    return [...new Set(posts.map((post) => this.#at[post]))].reduce((sum, column) => sum + this.#costOf(column), 0)
  }

  /** Of the limits, with those who must be hired for it. */
  #usesOf(column: Column): Float64Array {
    const known = this.#uses.get(column)
    if (known) return known
    const { rows, limits } = this.#columns
    const uses = new Float64Array(limits)
    const add = (terms: readonly (readonly [number, number])[], count: number): void => {
      for (const [row, value] of terms)
        if (row >= rows.limits && limits > 0) uses[row - rows.limits] = (uses[row - rows.limits] ?? 0) + value * count
    }
    add(this.#columns.terms(column).terms, 1)
    for (const post of this.#columns.postsOf(column)) {
      const come = this.#comeAt(column, post)
      if (come > 0) add(this.#hired(post).terms, come)
    }
    this.#uses.set(column, uses)
    return uses
  }

  #share(column: Column): number {
    return this.#usesOf(column).reduce((sum, use, at) => sum + use * (this.#weights[at] ?? 0), nothing)
  }

  #hired(post: number): ReturnType<Columns['terms']> {
    return this.#columns.terms({ kind: 'hire', post })
  }

  #comeAt(column: Column, post: number): number {
    const locals = this.#columns.locals[post]
    const at = this.#columns.statesOf(column).find((each) => each.post === post)
    const local = locals?.states[at?.state ?? -1]
    return locals && local ? arriving(locals, local).come : 0
  }
}

const least = 1e-7
/** What takes nothing of any limit comes first, the best of it before the others. */
const nothing = 1e-6
