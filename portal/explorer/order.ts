import type { PublishedField } from '@lentera/core/shared/publication'
import type { Category } from './categories.ts'
import type { Cell } from './count.ts'

/** A category with its place in what was counted. */
export type Placed = { readonly category: Category; readonly at: number }

/**
 * Categories as they are drawn: years and ages in their own order, all others the largest first; the unknown last, always. So
 * many at most; the unknown stay, and of the others the smallest are left out, which whoever draws them must say.
 */
export function ordered(
  { kind }: PublishedField,
  categories: readonly Category[],
  totals: readonly Cell[],
  most: number,
): { readonly shown: readonly Placed[]; readonly left: number } {
  const placed = categories.map((category, at): Placed => ({ category, at }))
  const size = ({ at }: Placed): number => totals[at]?.value ?? -1
  const known = placed.filter(({ category }) => !category.isUnknown)
  const unknown = placed.filter(({ category }) => category.isUnknown)
  const largest = known.toSorted((a, b) => size(b) - size(a)).slice(0, Math.max(1, most - unknown.length))
  const shown = kind === 'year' || kind === 'age' ? known.filter((each) => largest.includes(each)) : largest
  return { shown: [...shown, ...unknown], left: known.length - shown.length }
}
