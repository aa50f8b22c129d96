import { rootOf } from '../audit/hierarchy.ts'
import { codesOfCell, type FullTable } from './protected-table.ts'

/**
 * What noise hangs on: each cell by its codes, each with its dimension, sorted; a dimension at its whole is left out. So a cell has one name in every table that
 * splits the same people otherwise, in whatever order columns and rows stand. Cells that plainly hold the same people (a whole of which all other parts are nobody) have
 * one name, that of the coarsest.
 */
export function cellNames({ system, counts }: FullTable): readonly string[] {
  const roots = system.dimensions.map(rootOf)
  const named = Array.from({ length: system.cells }, (_, cell) =>
    codesOfCell(system, cell)
      .flatMap((code, d) => (code === roots[d] ? [] : [`${system.dimensions[d]?.name ?? ''}\u0002${code}`]))
      .toSorted(),
  )
  const isCoarser = (one: number, other: number): boolean => {
    const [a = [], b = []] = [named[one], named[other]]
    return a.length < b.length || (a.length === b.length && a.join('\u0001') < b.join('\u0001'))
  }
  const same = Int32Array.from({ length: system.cells }, (_, cell) => cell)
  const coarsest = (cell: number): number => {
    let at = cell
    while (same[at] !== at) at = same[at] ?? at
    same[cell] = at
    return at
  }
  const { sums } = system
  for (let sum = 0; sum < sums.count; sum++) {
    const parts = sums.parts.subarray(sums.starts[sum] ?? 0, sums.starts[sum + 1] ?? 0)
    const somebody = parts.filter((part) => (counts[part] ?? 0) > 0)
    const [only] = somebody
    if (only === undefined || somebody.length > 1) continue
    const [one, other] = [coarsest(sums.whole[sum] ?? 0), coarsest(only)]
    if (one !== other) same[isCoarser(one, other) ? other : one] = isCoarser(one, other) ? one : other
  }
  return named.map((_, cell) => (named[coarsest(cell)] ?? []).join('\u0001'))
}
