import { evenly, fraction, type RandomBits, seededBits } from '../noise/random-bits.ts'
import { codesFor, type RecordColumn, type Records } from '../records/words.ts'

export type InventedShape = {
  readonly records: number
  readonly columns: number
  /** Values over all columns; columns have at least one, and the first ones more. */
  readonly values: number
  /** The mean share of cells that are present. */
  readonly density: number
  readonly seed: number
}

/** Like the set the issue speaks of: 29 values in 19 columns, some five present, thousands of rows that occur once. */
export const likeTheLargerSet = (seed: number): InventedShape => ({
  records: 91_043,
  columns: 19,
  values: 29,
  density: 0.26,
  seed,
})

/**
 * Invented people with a long tail: some dozens of profiles of unequal frequency (Zipf), each with its own likely values; then every
 * cell may depart from its profile, which makes thousands of rows that occur once. Nothing in it comes from anybody.
 */
export function inventedRecords({ records, columns, values, density, seed }: InventedShape): Records {
  const bits = seededBits(seed)
  const sizes = sizesOf(columns, values)
  const profiles = Array.from({ length: 24 }, () => profileOf(sizes, density, bits))
  const shares = zipf(profiles.length, 1.1)
  const made = sizes.map((size) => codesFor(size, records))
  for (let record = 0; record < records; record++) {
    const profile = profiles[drawn(shares, bits)]
    // Some people are known better than others: the number of present cells spreads.
    const known = 0.7 + 0.6 * fraction(bits)
    sizes.forEach((size, column) => {
      const cell = profile?.[column]
      const codes = made[column]
      if (!cell || !codes) return
      const departs = fraction(bits) < 0.003
      const present = departs ? density : cell.present * known
      if (fraction(bits) >= present) return
      codes[record] = 1 + (departs ? evenly(bits, size) : (cell.order[drawn(zipf(size, 1.5), bits)] ?? 0))
    })
  }
  return {
    count: records,
    columns: made.map(
      (codes, column): RecordColumn => ({
        name: `question ${column + 1} (invented)`,
        values: Array.from({ length: sizes[column] ?? 0 }, (_, value) => `${String(value + 1).padStart(5, '0')}`),
        codes,
      }),
    ),
  }
}

type Cell = { readonly present: number; readonly order: readonly number[] }

function profileOf(sizes: readonly number[], density: number, bits: RandomBits): Cell[] {
  return sizes.map((size) => {
    // Either typical of a profile, or hardly ever there.
    const typical = fraction(bits) < density * 1.1
    const order = Array.from({ length: size }, (_, value) => value)
    for (let at = size - 1; at > 0; at--) {
      const other = evenly(bits, at + 1)
      ;[order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0]
    }
    const likely = fraction(bits)
    return { present: typical ? 0.7 + 0.3 * likely : density * 0.5 * likely ** 4, order }
  })
}

function sizesOf(columns: number, values: number): number[] {
  const sizes = Array.from({ length: columns }, () => 1)
  // Half of what remains goes to the first column, half of the rest to the second, as age and country have most.
  for (let left = Math.max(0, values - columns), at = 0; left > 0; at = (at + 1) % columns) {
    const more = Math.min(left, Math.max(1, Math.ceil(left / 3)))
    sizes[at] = (sizes[at] ?? 0) + more
    left -= more
  }
  return sizes
}

const known = new Map<string, readonly number[]>()

/** Cumulated shares of `n` things of which the i-th is as frequent as 1 / i^power. */
function zipf(n: number, power: number): readonly number[] {
  const key = `${n} ${power}`
  const before = known.get(key)
  if (before) return before
  const weights = Array.from({ length: n }, (_, i) => (i + 1) ** -power)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  const shares = weights.map((weight) => (sum += weight / all))
  known.set(key, shares)
  return shares
}

function drawn(shares: readonly number[], bits: RandomBits): number {
  const at = fraction(bits)
  const found = shares.findIndex((share) => at < share)
  return found === -1 ? shares.length - 1 : found
}
