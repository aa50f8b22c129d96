import type { Column, Columns, Taken } from './columns.ts'
import { arriving } from './states.ts'

/** A plan, or a part of one, with what it costs and takes of each limit. */
export type Used = { readonly taken: readonly Taken[]; readonly cost: number; readonly uses: Float64Array }

/** By how much a limit may be passed by what rounding of floating point adds. */
const rest = 1e-7

/** What a plan, or a part of one, costs and takes of the limits. */
export function usedBy(columns: Columns, taken: readonly Taken[]): Used {
  const { rows, limits } = columns
  const uses = new Float64Array(limits)
  let sum = 0
  for (const { column, count } of taken) {
    const { cost, terms } = columns.terms(column)
    sum += cost * count
    for (const [row, value] of terms)
      if (row >= rows.limits && limits > 0) uses[row - rows.limits] = (uses[row - rows.limits] ?? 0) + value * count
  }
  return { taken, cost: sum, uses }
}

/** What the LP takes most of, as long as the limits hold; nothing is done at the other posts. Whoever comes is hired. */
export function rounded(
  columns: Columns,
  idle: readonly Taken[],
  kept: readonly Taken[],
  halves: readonly { readonly column: Column; readonly value: number }[],
): readonly Taken[] {
  const { rows, rowUpper, limits, locals } = columns
  const taken = [...kept]
  const has = new Uint8Array(columns.target.posts.length)
  const used = new Float64Array(limits)
  const put = (more: readonly Taken[]): void => {
    for (const { column, count } of more)
      for (const [row, value] of columns.terms(column).terms) {
        if (row < has.length) has[row] = 1
        if (row >= rows.limits && limits > 0) used[row - rows.limits] = (used[row - rows.limits] ?? 0) + value * count
      }
  }
  const fits = (each: readonly Taken[]): boolean => {
    const more = new Float64Array(limits)
    for (const { column, count } of each)
      for (const [row, value] of columns.terms(column).terms)
        if (row >= rows.limits && limits > 0) more[row - rows.limits] = (more[row - rows.limits] ?? 0) + value * count
    return more.every((value, at) => (used[at] ?? 0) + value <= (rowUpper[rows.limits + at] ?? 0) + rest)
  }
  put(kept)
  for (const { column } of halves.toSorted((a, b) => b.value - a.value)) {
    const at = columns.statesOf(column)
    if (at.length === 0 || at.some(({ post }) => has[post] === 1)) continue
    const hires = at.flatMap(({ post, state }): Taken[] => {
      const own = locals[post]
      const local = own?.states[state]
      const count = own && local ? arriving(own, local).come : 0
      return count > 0 ? [{ column: { kind: 'hire', post }, count }] : []
    })
    // Whoever must come by a way of her own is nobody who is hired.
    const canHire = at.every(({ post, state }) => {
      const own = locals[post]
      const local = own?.states[state]
      if (!own || !local || arriving(own, local).come === 0) return true
      return own.post.canHire && local.moved + local.other === 0
    })
    const more = [{ column, count: 1 }, ...hires]
    if (!canHire || !fits(more)) continue
    put(more)
    taken.push(...more)
  }
  return [...taken, ...idle.filter(({ column }) => columns.postsOf(column).every((post) => has[post] === 0))]
}
