import type { AuditDimension } from './hierarchy.ts'
import type { PublishedTable } from './published.ts'

/**
 * What earlier releases are to the newest. `same`: the same counts, published otherwise (a corrected table, one cut
 * differently): a number in one is the number in all. `grown`: later cut-offs of a population that only grows, so that
 * each cell holds at least what it held before, in all that is shown and in all that is hidden.
 */
export type Releases = 'same' | 'grown'

/** A dimension no file can have a column of. */
export const releaseDimension = '\u0000release'

/** Its code of the tables that are looked at; earlier ones count on. */
export const newestRelease = '0'

/**
 * Releases of growing counts as one more dimension of one set of tables: what a cell holds now is what it held at the release
 * before and who came since, who is in no table. So the reader's "no fewer than then" becomes a sum of which a part is not
 * published, and the same search finds every bound: a number shown later limits what was hidden before from above, one shown
 * before what is hidden later from below. It is sound for counts that can only grow, and for no others.
 */
export function inTime(
  current: readonly PublishedTable[],
  earlier: readonly PublishedTable[],
  dimensions: readonly AuditDimension[],
): {
  readonly current: readonly PublishedTable[]
  readonly earlier: readonly PublishedTable[]
  readonly dimensions: readonly AuditDimension[]
} {
  const at = (table: PublishedTable, release: number): PublishedTable => ({
    ...table,
    dimensions: [...table.dimensions, releaseDimension],
    rows: table.rows.map((row) => ({ ...row, codes: [...row.codes, `${release}`] })),
  })
  return {
    current: current.map((table) => at(table, Number(newestRelease))),
    earlier: earlier.map((table, place) => at(table, place + 1)),
    dimensions: [
      ...dimensions,
      {
        name: releaseDimension,
        columns: [releaseDimension],
        partitions: earlier.map((_, place) => ({ whole: `${place}`, parts: [`${place + 1}`, `since ${place + 1}`] })),
      },
    ],
  }
}
