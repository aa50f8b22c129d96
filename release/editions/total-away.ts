import { buildSystem, findDimensions, type NamedHierarchies, type PublishedTable, readShown } from '../audit/audit.ts'
import { rootOf } from '../audit/hierarchy.ts'
import { codesOfCell, filled } from '../suppress/protected-table.ts'

/**
 * By how many persons the grand total of a table as its counts stand is away from what is counted now: each count waits for a move of its own, and a total for all of its parts.
 * It says how many came or left, so it is for the table's owner and for nobody else. Undefined where somebody hid counts.
 */
export function totalAway(
  counted: PublishedTable,
  stands: PublishedTable,
  said: NamedHierarchies = {},
): number | undefined {
  const [now, then] = [counted, stands].map((table) => grandTotal(table, said))
  return now === undefined || then === undefined ? undefined : Math.abs(now - then)
}

function grandTotal(table: PublishedTable, said: NamedHierarchies): number | undefined {
  if (table.rows.some(({ shown }) => readShown(shown).kind !== 'number')) return undefined
  const system = buildSystem([table], findDimensions([table], said), { minimum: 1 })
  const roots = system.dimensions.map(rootOf)
  return filled(system).counts.reduce((sum, count, cell) => {
    const isRoot = codesOfCell(system, cell).every((code, d) => roots[d] === null || code === roots[d])
    return isRoot ? sum + count : sum
  }, 0)
}
