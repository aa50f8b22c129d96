import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { evenly, type RandomBits } from '../noise/random-bits.ts'
import { distinctRows } from '../records/rows.ts'
import { codesFor, type Records, recordLimits } from '../records/words.ts'
import { designOf, fitTimes, mend, shuffle, type Targets } from './fit.ts'
import { heldPatterns, type Patterns } from './patterns.ts'
import { attributesOf, type FrequentTuples, frequentTuples, type RankedRows, rankRows } from './tuples.ts'

export type HeldSettings = {
  /** No combination of fewer persons; 10 as in Synthetic Data Showcase. */
  readonly k: number
  /** The longest combination whose count is fitted, 1 to 5. */
  readonly length: number
  /** A secure source in use; seeded in tests. */
  readonly bits: RandomBits
  /** Told what is being done; answers whether to go on. */
  readonly watch: (progress: { readonly stage: string; readonly done: number; readonly of: number }) => boolean
}

export type HeldRelease = {
  readonly records: Records
  readonly k: number
  readonly length: number
  /** Combinations of up to `length` attributes that `k` persons hold, and the numbers they were fitted to are rounded at random to this base. */
  readonly combinations: number
  readonly base: number
}

/** What random rounding rounds to, as Statistics New Zealand does with its census (rules of 2013). */
const base = 3

/**
 * k-anonymous synthetic records: about as many as there are real ones, of nobody.
 *
 * What it promises: whatever stands in one record of the output *as a whole* is held by `k` real persons or more, so every combination in it is,
 * however long; and a combination of up to `length` attributes stands in the output either not at all or `k` times and more. The counts it is fitted to are
 * rounded at random to base 3, so that none is a real count to the person.
 * What it does not: withstand two releases about nearly the same people (the difference shows who came), nor that all of a
 * group share one value (`quality/homogeneity`).
 *
 * Method: rows are cut to parts held by `k` (`patterns.ts`), then the numbers of all parts and of all frequent combinations are fitted
 * together to the counts (`fit.ts`).
 *
 * Refuses: `records.too-few`, `records.length-too-long` (with the length that is possible), `records.k-too-small`, `records.nothing-held`, `records.stopped`.
 */
export function synthesiseHeld(records: Records, settings: HeldSettings): Decision<HeldRelease> {
  const { k, length, bits, watch } = settings
  if (!(Number.isInteger(k) && k >= 3)) return refuse('records.k-too-small', { least: 3 })
  if (records.count < recordLimits.least)
    return refuse('records.too-few', { records: records.count, least: recordLimits.least })
  const say = (stage: string, done: number, of = 1): boolean => watch({ stage, done, of })
  if (!say('counting', 0)) return refuse('records.stopped')
  const ranked = rankRows(distinctRows(records), k)
  const possible = longestPossible(ranked)
  if (!(Number.isInteger(length) && length >= 1 && length <= possible))
    return refuse('records.length-too-long', { length, most: possible })
  const tuples = frequentTuples(ranked, length, k)
  if (tuples.keys.length === 0) return refuse('records.nothing-held', { k })
  if (!say('counting', 1) || !say('cutting', 0)) return refuse('records.stopped')
  const held = heldPatterns(ranked, k, length, tuples)
  const lists = Array.from(tuples.keys, (key) => Int32Array.from(attributesOf(key, tuples.index.base)))
  const design = designOf(held.long, tuples, lists)
  held.short.forEach((times, tuple) => {
    design.times[tuple] = times
  })
  if (!say('cutting', 1)) return refuse('records.stopped')
  design.times.forEach((times, pattern) => {
    design.times[pattern] = rounded(times, bits)
  })
  const targets = targetsOf(tuples, lists, records.count, k, bits)
  const sweeps = Math.min(60, Math.max(6, Math.floor(mostVisits / design.ids.length)))
  const fit = fitTimes(design, targets, sweeps, bits, (sweep) => say('fitting', sweep, sweeps))
  if (!fit) return refuse('records.stopped')
  const mended = mend(design, fit, targets, k)
  if (!say('fitting', sweeps, sweeps)) return refuse('records.stopped')
  const made = recordsOf(records, ranked, lists, held.long, mended.times, bits)
  return accept({ records: made, k, length, combinations: tuples.keys.length, base })
}

/** Visits of combinations that a synthesis may take; beyond it takes minutes and more memory than a worker has. */
const mostVisits = 1.5e9

/** The longest combinations, up to 5, whose numbers stay whole and whose counting ends; at least 1. */
function longestPossible({ count, starts, original }: RankedRows): number {
  for (let length = 5; length > 1; length--) {
    if ((original.length + 1) ** length > Number.MAX_SAFE_INTEGER) continue
    let visits = 0
    for (let row = 0; row < count; row++) visits += combinations((starts[row + 1] ?? 0) - (starts[row] ?? 0), length)
    if (visits <= mostVisits) return length
  }
  return 1
}

function combinations(n: number, length: number): number {
  let [all, chosen] = [0, 1]
  for (let size = 1; size <= length; size++) {
    chosen = (chosen * (n - size + 1)) / size
    all += chosen
  }
  return all
}

/** Random rounding to base 3: a multiple stays, any other number goes to the nearer multiple two times in three. */
function rounded(count: number, bits: RandomBits): number {
  const over = count % base
  if (over === 0) return count
  const up = evenly(bits, base) < over
  return count - over + (up ? base : 0)
}

/** How much more a combination of `k` persons weighs than a frequent one: without it the fit would give up many of those that are allowed. */
const rareWeight = 10

/** Combinations for each attribute in the sets that the weights were tried on. */
const combinationsEach = 115

/** Short combinations are few and read most, and seldom ones are lost most easily: they weigh more. */
function targetsOf(
  { counts }: FrequentTuples,
  lists: readonly Int32Array[],
  records: number,
  k: number,
  bits: RandomBits,
): Targets {
  const aims = new Float64Array(counts.length + 1)
  const weights = new Float64Array(counts.length + 1)
  // Where an attribute stands in very many combinations, these together would outweigh its own count.
  const many = Math.max(1, counts.length / (combinationsEach * lists.filter((list) => list.length === 1).length))
  counts.forEach((count, tuple) => {
    aims[tuple] = Math.max(k, rounded(count, bits))
    weights[tuple] = ([1, 8 * many, 2][lists[tuple]?.length ?? 0] ?? 1) * (1 + (rareWeight * k) / count)
  })
  aims[counts.length] = rounded(records, bits)
  weights[counts.length] = 8 * many
  return { counts: aims, weights }
}

/** The patterns written out, each as often as the fit says, in an order by chance; only values that occur are listed. */
function recordsOf(
  real: Records,
  { original }: RankedRows,
  lists: readonly Int32Array[],
  long: Patterns,
  times: Int32Array,
  bits: RandomBits,
): Records {
  const count = times.reduce((sum, often) => sum + often, 0)
  const columnOf = Int32Array.from(real.columns.flatMap(({ values }, column) => values.map(() => column)))
  const codeOf = Int32Array.from(real.columns.flatMap(({ values }) => values.map((_, value) => value + 1)))
  const codes = real.columns.map(({ values }) => codesFor(values.length, count))
  const order = Int32Array.from({ length: count }, (_, at) => at)
  shuffle(order, bits)
  let at = 0
  times.forEach((often, pattern) => {
    const list =
      lists[pattern] ??
      long.attributes.subarray(long.starts[pattern - lists.length], long.starts[pattern - lists.length + 1])
    for (let time = 0; time < often; time++, at++)
      for (const ranked of list) {
        const attribute = original[ranked] ?? 0
        const column = codes[columnOf[attribute] ?? 0]
        if (column) column[order[at] ?? 0] = codeOf[attribute] ?? 0
      }
  })
  return {
    count,
    columns: real.columns.map(({ name, values }, column) =>
      withoutUnused(name, values, codes[column] ?? codesFor(0, count)),
    ),
  }
}

function withoutUnused(name: string, values: readonly string[], codes: Records['columns'][number]['codes']) {
  const used = new Set(codes)
  const kept = values.filter((_, value) => used.has(value + 1))
  const place = Int32Array.from([0, ...values.map((value) => kept.indexOf(value) + 1)])
  const narrow = codesFor(kept.length, codes.length)
  for (let record = 0; record < codes.length; record++) narrow[record] = place[codes[record] ?? 0] ?? 0
  return { name, values: kept, codes: narrow }
}
