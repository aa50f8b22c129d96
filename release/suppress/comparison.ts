import { accept, type Decision } from '@lentera/core/shared/refusals'
import { findDimensions } from '../audit/hierarchy.ts'
import { keepsClosed, patternSearch } from '../audit/patterns.ts'
import type { PublishedTable } from '../audit/published.ts'
import { readFullTable } from './protected-table.ts'
import type { Rules } from './rules.ts'

/**
 * The hypercube method (Repsilber 1994; GHMITER in tau-ARGUS), for comparison only: one pass over the sensitive cells in the order
 * of the table, each closed by the cheapest hypercube (of all, not only of those its own heuristic looks at), where hidden
 * cells cost nothing; a reader knows as much of a hidden cell as with ours. Where there is none within a sum, the wholes above are taken along, as for ours. Counts only.
 */
export function hypercube(
  table: PublishedTable,
  rules: Rules,
): Decision<{ readonly secondary: number; readonly secondaryPersons: number; readonly unprotected: number }> {
  const read = readFullTable(table, findDimensions([table], rules.hierarchies), rules)
  if (!read.ok) return read
  const full = read.value
  const { counts, isSensitive } = full
  const isHidden = isSensitive.slice()
  const isDone = new Uint8Array(counts.length)
  const price = (cell: number): number =>
    isHidden[cell] === 1 ? 0 : (counts[cell] ?? 0) > 0 ? (counts[cell] ?? 0) : Number.POSITIVE_INFINITY
  const within = patternSearch(full, price, { minimum: rules.minimum, goesUp: false })
  const above = patternSearch(full, price, { minimum: rules.minimum, goesUp: true })
  let unprotected = 0
  for (const [cell, is] of isSensitive.entries()) {
    if (is !== 1 || isDone[cell] === 1) continue
    const every = Number.POSITIVE_INFINITY
    const found = within.cheapest(cell, every, every) ?? above.cheapest(cell, every, every)
    if (found === null) unprotected++
    else
      for (const [place, used] of found.pattern.cells.entries()) {
        isHidden[used] = 1
        if (keepsClosed(found.pattern, place, full, rules.minimum)) isDone[used] = 1
      }
  }
  let [secondary, secondaryPersons] = [0, 0]
  for (const [cell, is] of isHidden.entries()) {
    if (is !== 1 || isSensitive[cell] === 1) continue
    secondary++
    secondaryPersons += counts[cell] ?? 0
  }
  return accept({ secondary, secondaryPersons, unprotected })
}
