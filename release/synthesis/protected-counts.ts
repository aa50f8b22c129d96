import type { Records } from '../records/words.ts'
import type { Wanted } from './fit.ts'
import type { NoisyValues } from './measure.ts'

/**
 * Counts of combinations as they were measured through noise, of all that were taken as somebody's: as private as the records
 * that were fitted to them, and for a table that asks for just such a count the better answer. By length from one on:
 * `parts[0][x]`, `parts[1][x]` ... are places in `values`; counts are whole, positive, and no longer combination has more than
 * any of its parts.
 */
export type ProtectedCounts = {
  readonly values: readonly { readonly column: string; readonly value: string }[]
  readonly byLength: readonly {
    readonly parts: readonly Int32Array[]
    readonly counts: Int32Array
    /** Of the noise in each, in records. */
    readonly deviations: Float64Array
  }[]
}

/** @param bases the first attribute of each column */
export function protectedCounts(
  source: Pick<Records, 'columns'>,
  kept: NoisyValues,
  bases: Int32Array,
  wanted: readonly Wanted[],
): ProtectedCounts {
  const many = kept.attributes.length
  const values = kept.attributes.map((attribute) => {
    const place = source.columns.findIndex((_, c) => attribute < (bases[c + 1] ?? 0))
    const { name = '', values: names = [] } = source.columns[place] ?? {}
    return { column: name, value: names[attribute - (bases[place] ?? 0)] ?? '' }
  })
  const singles = Int32Array.from(wanted[0]?.counts ?? [], wholeAndPositive)
  const pairs = new Map<number, number>()
  const byLength = wanted.map(({ parts, counts, deviations }, at) => {
    const own = Int32Array.from(counts, (count, x) => {
      const [i, j, k] = [parts[0]?.[x] ?? x, parts[1]?.[x] ?? 0, parts[2]?.[x] ?? 0]
      const whole = wholeAndPositive(count)
      if (at === 0) return whole
      if (at === 1) return Math.min(whole, singles[i] ?? whole, singles[j] ?? whole)
      const wholes = [i * many + j, i * many + k, j * many + k].map((pair) => pairs.get(pair) ?? whole)
      return Math.min(whole, ...wholes)
    })
    if (at === 1)
      own.forEach((count, x) => {
        pairs.set((parts[0]?.[x] ?? 0) * many + (parts[1]?.[x] ?? 0), count)
      })
    return { parts: at === 0 ? [Int32Array.from(counts, (_, x) => x)] : parts, counts: own, deviations }
  })
  return { values, byLength }
}

const wholeAndPositive = (count: number): number => Math.max(1, Math.round(count))
