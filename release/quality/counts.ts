import type { Records } from '../records/words.ts'
import { basesOf, patternsOf } from '../synthesis/patterns.ts'
import type { ProtectedCounts } from '../synthesis/protected-counts.ts'

/**
 * How far protected counts are from those of the real records: the mean absolute difference over combinations that somebody
 * has, for all lengths together and by length. What records fitted to them add to it is the loss of the synthesis.
 *
 * It is made from the real records, without noise: for those who may see them.
 */
export function errorOfCounts(
  real: Records,
  { values, byLength }: ProtectedCounts,
): { readonly all: number; readonly byLength: readonly number[] } {
  const bases = basesOf(real)
  const places = new Int32Array(bases.at(-1) ?? 0).fill(-1)
  values.forEach(({ column, value }, place) => {
    const c = real.columns.findIndex(({ name }) => name === column)
    const v = real.columns[c]?.values.indexOf(value) ?? -1
    if (v >= 0) places[(bases[c] ?? 0) + v] = place
  })
  const many = values.length
  const keyOf = (...parts: readonly number[]): number => parts.reduce((key, part) => key * many + part, 0)
  const slots = byLength.map(
    ({ parts, counts }) => new Map(Array.from(counts, (_, x) => [keyOf(...parts.map((part) => part[x] ?? 0)), x])),
  )
  const seen = byLength.map(({ counts }) => new Float64Array(counts.length))
  const patterns = patternsOf(real)
  const add = (length: number, key: number, times: number): void => {
    const slot = slots[length - 1]?.get(key)
    const counts = seen[length - 1]
    if (slot !== undefined && counts) counts[slot] = (counts[slot] ?? 0) + times
  }
  patterns.times.forEach((times, p) => {
    const row = Array.from(
      patterns.attributes.subarray(patterns.starts[p], patterns.starts[p + 1]),
      (at) => places[at] ?? -1,
    )
    row.forEach((i, x) => {
      if (i < 0) return
      add(1, i, times)
      for (let y = x + 1; y < row.length; y++) {
        const j = row[y] ?? -1
        if (j < 0) continue
        add(2, keyOf(i, j), times)
        for (let z = y + 1; slots.length > 2 && z < row.length; z++)
          if ((row[z] ?? -1) >= 0) add(3, keyOf(i, j, row[z] ?? 0), times)
      }
    })
  })
  const sums = byLength.map(({ counts }, at) => {
    let [error, shared] = [0, 0]
    counts.forEach((count, x) => {
      const truth = seen[at]?.[x] ?? 0
      if (truth === 0) return
      error += Math.abs(count - truth)
      shared++
    })
    return { error, shared }
  })
  const of = (parts: readonly { readonly error: number; readonly shared: number }[]): number =>
    parts.reduce((sum, { error }) => sum + error, 0) /
    Math.max(
      1,
      parts.reduce((sum, { shared }) => sum + shared, 0),
    )
  return { all: of(sums), byLength: sums.map((each) => of([each])) }
}
