import { discreteGaussianTail, discreteGaussianThreshold } from '../noise/accounting.ts'
import { discreteGaussian, trueWithExp } from '../noise/discrete.ts'
import { fraction, type RandomBits } from '../noise/random-bits.ts'
import { type Budget, meanOfNormal } from './budget.ts'
import { pairOffsets, waysToTake } from './combinations.ts'
import { type Noise, noiseFor } from './noisy-counts.ts'
import type { Patterns } from './patterns.ts'

/*
 * The one file of this room that sees what the records say, and lets it out through noise alone. Everything after it is
 * reckoned from what it returns.
 */

// ---------------------------------------------------------------- a first look

/** Widths of the records (0 for what may be noise alone), how many different rows are frequent, and in how many records rows are not: with noise. */
export type Overview = {
  readonly widths: readonly number[]
  readonly frequentRows: number
  readonly recordsInRareRows: number
}

/**
 * One record moves three numbers by at most one each: one width; the rows that occur `frequent` times or more; and a sum
 * over rows of how often each occurs, or of how many are missing to `frequent` if those are fewer, which is about half of
 * the records in rows that do not.
 */
export function measureOverview(
  patterns: Patterns,
  columns: number,
  frequent: number,
  noise: Noise,
  bits: RandomBits,
): Overview {
  const widths = new Float64Array(columns + 1)
  let [rows, rare] = [0, 0]
  patterns.times.forEach((times, p) => {
    widths[widthOf(patterns, p)] = (widths[widthOf(patterns, p)] ?? 0) + times
    if (times >= frequent) rows++
    else rare += Math.min(times, frequent - times)
  })
  const noisy = (count: number): number => count + discreteGaussian(bits, noise.variance) / noise.steps
  return {
    widths: Array.from(widths, noisy).map((records) => (records < 3 * noise.deviation ? 0 : records)),
    frequentRows: Math.max(0, noisy(rows)),
    recordsInRareRows: Math.max(0, 2 * noisy(rare)),
  }
}

const widthOf = ({ starts }: Patterns, p: number): number => (starts[p + 1] ?? 0) - (starts[p] ?? 0)

// ---------------------------------------------------------------- whole rows

/** Rows by their attributes and about how many records have each. */
export type NoisyRows = { readonly rows: readonly Int32Array[]; readonly counts: readonly number[] }

/** The least noisy count at which a row is let out: one that a single record has stays behind with 1 - `chance`. */
export const rowThreshold = (noise: Noise, chance: number): number =>
  noise.steps + discreteGaussianThreshold(noise.variance, chance)

/** Counts every row that occurs, and lets out those above the threshold. */
export function measureRows(patterns: Patterns, noise: Noise, chance: number, bits: RandomBits): NoisyRows {
  const threshold = rowThreshold(noise, chance)
  const rows: Int32Array[] = []
  const counts: number[] = []
  // In an order that the order of the records says nothing of.
  for (const { row, times } of inOrder(patterns)) {
    const noisy = times * noise.steps + discreteGaussian(bits, noise.variance)
    if (noisy < threshold) continue
    rows.push(row)
    counts.push(noisy / noise.steps)
  }
  return { rows, counts }
}

function inOrder({ times, starts, attributes }: Patterns): { readonly row: Int32Array; readonly times: number }[] {
  return Array.from(times, (many, p) => ({ row: attributes.subarray(starts[p], starts[p + 1]), times: many })).sort(
    ({ row: a }, { row: b }) => {
      for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0)
      return a.length - b.length
    },
  )
}

// ---------------------------------------------------------------- combinations

/**
 * How the counts of combinations are taken: by length the noise and the weights, in steps, of records by their width; and
 * what the counts are multiplied by afterwards, so that what wide records lose is given back in sum.
 */
export type Counting = { readonly noise: Noise; readonly weights: Int32Array; readonly giveBack: number }

/**
 * The weights keep two sums within the budget for records of any width: of (moved / deviation) squared, and of
 * moved / variance, which the accounting of the lattice knows as slack.
 *
 * @param widths about how many records have 0, 1, 2 ... attributes
 */
export function countingFor(
  { fullWidth, muSquared }: Budget,
  widths: readonly number[],
  leastSteps: number,
): Counting[] | undefined {
  const counting: Counting[] = []
  for (const [at, mu] of muSquared.entries()) {
    const cells = widths.map((_, width) => waysToTake(at + 1, width))
    const of = countingOf(cells, waysToTake(at + 1, fullWidth), mu, widths, leastSteps)
    if (!of) return undefined
    counting.push(of)
  }
  return counting
}

/**
 * @param cells how many counts a record of each kind moves; @param fully of so many it moves each by one
 * @param records about how many of each kind there are
 */
function countingOf(
  cells: readonly number[],
  fully: number,
  mu: number,
  records: readonly number[],
  leastSteps: number,
): Counting | undefined {
  const noise = noiseFor(fully, mu, leastSteps)
  if (!noise) return undefined
  const weights = Int32Array.from(cells, (moved) => {
    const weight = noise.steps * (moved <= fully ? 1 : Math.sqrt(fully / moved))
    const slack = moved > 0 ? ((mu / leastSteps) * noise.variance) / moved : noise.steps
    return Math.floor(Math.min(weight, slack))
  })
  let [whole, counted] = [0, 0]
  records.forEach((many, kind) => {
    const moved = many * (cells[kind] ?? 0)
    whole += moved
    counted += (moved * (weights[kind] ?? 0)) / noise.steps
  })
  return { noise, weights, giveBack: counted > 0 ? whole / counted : 1 }
}

// ---------------------------------------------------------------- a second look at what is doubtful

/**
 * Doubtful combinations have few records, and most records have few of them: counted again by themselves, the noise that
 * hides one record is many times narrower. Here every record's share of them, by kinds: about as many as `most`.
 */
export type Doubtful = { readonly kinds: Int32Array; readonly most: readonly number[] }

/** Kinds of records by how many doubtful combinations they have: 0, 1, 2, 3, then by steps of about two fifths. */
export function kindsOf(doubtful: Int32Array, mostOfAll: number): Doubtful {
  const most = [0]
  for (let many = 1; (most.at(-1) ?? 0) < mostOfAll; many = Math.max(many + 1, Math.round(many * 1.4))) most.push(many)
  const kinds = doubtful.map((many) => {
    let kind = 0
    while ((most[kind] ?? many) < many) kind++
    return kind
  })
  return { kinds, most }
}

/** About how many records are of each kind: one record moves one of these numbers by one. */
export function measureKinds({ kinds, most }: Doubtful, times: Int32Array, noise: Noise, bits: RandomBits): number[] {
  const counts = new Float64Array(most.length)
  kinds.forEach((kind, p) => {
    counts[kind] = (counts[kind] ?? 0) + (times[p] ?? 0)
  })
  return Array.from(counts, (count) => count + discreteGaussian(bits, noise.variance) / noise.steps)
}

/**
 * How doubtful combinations are counted: records with so many of them fully that noise, and what others lose, come to least.
 *
 * @param records about how many of each kind there are; @param combinations how many are doubtful
 */
export function countingForDoubtful(
  { most }: Doubtful,
  records: readonly number[],
  combinations: number,
  mu: number,
  leastSteps: number,
): Counting | undefined {
  let best = { fully: 1, cost: Number.POSITIVE_INFINITY }
  for (const fully of most.slice(1)) {
    let cost = combinations * meanOfNormal * Math.sqrt(fully / mu)
    records.forEach((many, kind) => {
      const cells = most[kind] ?? 0
      if (cells > fully) cost += many * cells * (1 - Math.sqrt(fully / cells))
    })
    if (cost < best.cost) best = { fully, cost }
  }
  return countingOf(most, best.fully, mu, records, leastSteps)
}

/** Values that were let out, in the order of the attributes, and about how many records have each. */
export type NoisyValues = { readonly attributes: readonly number[]; readonly counts: readonly number[] }

/**
 * Counts each value that occurs. One that a single record has is let out with a chance of at most `chance`, all of that
 * record's together.
 */
export function measureValues(
  patterns: Patterns,
  attributes: number,
  { noise: values, weights, giveBack }: Counting,
  chance: number,
  bits: RandomBits,
): NoisyValues {
  const counts = new Float64Array(attributes)
  patterns.times.forEach((times, p) => {
    const weight = (weights[widthOf(patterns, p)] ?? 0) * times
    for (let at = patterns.starts[p] ?? 0; at < (patterns.starts[p + 1] ?? 0); at++)
      counts[patterns.attributes[at] ?? 0] = (counts[patterns.attributes[at] ?? 0] ?? 0) + weight
  })
  const threshold = values.steps + discreteGaussianThreshold(values.variance, chance / (weights.length - 1))
  const noisy = Array.from(counts, (count, attribute) => ({
    attribute,
    count: count === 0 ? 0 : count + discreteGaussian(bits, values.variance),
  }))
  const kept = noisy.filter(({ count }) => count >= threshold)
  const cut = kept.length > mostValues ? (kept.map(({ count }) => count).sort((a, b) => b - a)[mostValues] ?? 0) : 0
  const out = kept.filter(({ count }) => count > cut)
  return {
    attributes: out.map(({ attribute }) => attribute),
    counts: out.map(({ count }) => (count * giveBack) / values.steps),
  }
}

/** More values than this, and pairs no longer fit: the rarest are left out, by their noisy counts. */
const mostValues = 3000

/** The patterns in terms of the values that were let out, numbered from 0; how often each occurs, and how wide it was. */
export type Reduced = {
  readonly starts: Int32Array
  readonly values: Int32Array
  readonly times: Int32Array
  readonly widths: Int32Array
}

export function reduce(patterns: Patterns, attributes: number, kept: readonly number[]): Reduced {
  const numbers = new Int32Array(attributes).fill(-1)
  kept.forEach((attribute, value) => {
    numbers[attribute] = value
  })
  const many = patterns.times.length
  const starts = new Int32Array(many + 1)
  const values = new Int32Array(patterns.attributes.length)
  let at = 0
  for (let p = 0; p < many; p++) {
    for (let from = patterns.starts[p] ?? 0; from < (patterns.starts[p + 1] ?? 0); from++) {
      const value = numbers[patterns.attributes[from] ?? 0] ?? -1
      if (value >= 0) values[at++] = value
    }
    starts[p + 1] = at
  }
  return {
    starts,
    values: values.subarray(0, at),
    times: patterns.times,
    widths: patterns.times.map((_, p) => widthOf(patterns, p)),
  }
}

/**
 * Counts of combinations that were asked about, as far as they were seen: with few candidates all of them, with many those
 * whose noisy count is some `deviation`s up (`sampled`); of the others nothing is known but that. Combinations ascend by their last
 * value, then the one before.
 */
export type NoisyCombinations = {
  readonly candidates: number
  readonly sampled: boolean
  readonly deviation: number
  readonly parts: readonly Int32Array[]
  readonly counts: Float64Array
}

/** Up to so many candidates, each gets noise of its own and is looked at by itself. */
export const mostToSee = 150_000

/** With more candidates, the floor lies so many deviations up. */
const floorDeviations = 2.2

/** Counts every pair of values of different columns, but those that are `sure`. @param columnOf the column of each value */
export function measurePairs(
  reduced: Reduced,
  columnOf: Int32Array,
  counting: Counting,
  bits: RandomBits,
  sure?: Uint8Array,
): NoisyCombinations {
  const values = columnOf.length
  const offsets = pairOffsets(values)
  const counts = new Int32Array(offsets[values] ?? 0)
  const { starts, values: list, times, widths } = reduced
  for (let p = 0; p < times.length; p++) {
    const weight = (counting.weights[widths[p] ?? 0] ?? 0) * (times[p] ?? 0)
    for (let b = starts[p] ?? 0; b < (starts[p + 1] ?? 0); b++) {
      const offset = offsets[list[b] ?? 0] ?? 0
      for (let a = starts[p] ?? 0; a < b; a++) {
        const at = offset + (list[a] ?? 0)
        counts[at] = (counts[at] ?? 0) + weight
      }
    }
  }
  const isAsked = (i: number, j: number): boolean => columnOf[i] !== columnOf[j] && sure?.[(offsets[j] ?? 0) + i] !== 1
  let candidates = 0
  for (let j = 0; j < values; j++) for (let i = 0; i < j; i++) if (isAsked(i, j)) candidates++
  const seen = new Seen(2, candidates, counting, bits)
  for (let j = 0; j < values; j++)
    for (let i = 0; i < j; i++) if (isAsked(i, j)) seen.see(counts[(offsets[j] ?? 0) + i] ?? 0, i, j)
  return seen.all()
}

/** How many pairs each record has that are not `sure`. */
export function doubtfulPairs({ starts, values, times }: Reduced, sure: Uint8Array, offsets: Float64Array): Int32Array {
  return times.map((_, p) => {
    let many = 0
    for (let b = starts[p] ?? 0; b < (starts[p + 1] ?? 0); b++)
      for (let a = starts[p] ?? 0; a < b; a++)
        many += 1 - (sure[(offsets[values[b] ?? 0] ?? 0) + (values[a] ?? 0)] ?? 0)
    return many
  })
}

type Triples = { readonly parts: readonly Int32Array[] }

/**
 * Counts every triple whose three pairs are `live` (a table of pairs), but those that are `sure`. `watch` is told the values
 * done.
 */
export function measureTriples(
  reduced: Reduced,
  columnOf: Int32Array,
  live: Uint8Array,
  counting: Counting,
  bits: RandomBits,
  watch: (done: number) => boolean,
  sure: Triples = { parts: [] },
): NoisyCombinations | undefined {
  const values = columnOf.length
  const offsets = pairOffsets(values)
  const { times, widths } = reduced
  const many = sure.parts[0]?.length ?? 0
  const seen = new Seen(3, countTriangles(values, offsets, live) - many, counting, bits)
  const counts = new Int32Array(offsets[values] ?? 0)
  const known = new Uint8Array(offsets[values] ?? 0)
  const partners = new Int32Array(values)
  const eachWith = patternsByValue(reduced, values)
  const slices = sureByLast(sure, offsets, values)
  for (let k = 2; k < values; k++) {
    if (!watch(k)) return undefined
    const own = offsets[k] ?? 0
    let found = 0
    for (let j = 0; j < k; j++) if (live[own + j] === 1) partners[found++] = j
    if (found < 2) continue
    counts.fill(0, 0, own)
    eachWith(k, (p, pair) => {
      counts[pair] = (counts[pair] ?? 0) + (counting.weights[widths[p] ?? 0] ?? 0) * (times[p] ?? 0)
    })
    const marked = slices(k)
    for (const pair of marked) known[pair] = 1
    for (let y = 1; y < found; y++) {
      const j = partners[y] ?? 0
      const offset = offsets[j] ?? 0
      for (let x = 0; x < y; x++) {
        const i = partners[x] ?? 0
        if (live[offset + i] === 1 && known[offset + i] === 0) seen.see(counts[offset + i] ?? 0, i, j, k)
      }
    }
    for (const pair of marked) known[pair] = 0
  }
  return seen.all()
}

/** How many triples each record has whose pairs are all `live`, but not those that are `sure`. */
export function doubtfulTriples(reduced: Reduced, values: number, live: Uint8Array, sure: Triples): Int32Array {
  const offsets = pairOffsets(values)
  const many = new Int32Array(reduced.times.length)
  const known = new Uint8Array(offsets[values] ?? 0)
  const eachWith = patternsByValue(reduced, values)
  const slices = sureByLast(sure, offsets, values)
  for (let k = 2; k < values; k++) {
    const own = offsets[k] ?? 0
    const marked = slices(k)
    for (const pair of marked) known[pair] = 1
    eachWith(k, (p, pair, a, b) => {
      if ((live[own + a] ?? 0) & (live[own + b] ?? 0) & (live[pair] ?? 0) & (1 - (known[pair] ?? 0)))
        many[p] = (many[p] ?? 0) + 1
    })
    for (const pair of marked) known[pair] = 0
  }
  return many
}

/** Where in a table the pairs lie that are sure together with a last value. */
function sureByLast({ parts }: Triples, offsets: Float64Array, values: number): (last: number) => Int32Array {
  const [first, second, third] = parts
  const from = new Int32Array(values + 1)
  for (const k of third ?? []) from[k + 1] = (from[k + 1] ?? 0) + 1
  for (let v = 0; v < values; v++) from[v + 1] = (from[v + 1] ?? 0) + (from[v] ?? 0)
  const next = from.slice()
  const pairs = new Int32Array(third?.length ?? 0)
  third?.forEach((k, x) => {
    pairs[next[k] ?? 0] = (offsets[second?.[x] ?? 0] ?? 0) + (first?.[x] ?? 0)
    next[k] = (next[k] ?? 0) + 1
  })
  return (last) => pairs.subarray(from[last], from[last + 1])
}

/** Triples of which all three pairs are `live`. */
export function countTriangles(values: number, offsets: Float64Array, live: Uint8Array): number {
  let triangles = 0
  for (let k = 2; k < values; k++)
    for (let j = 1; j < k; j++) {
      if (live[(offsets[k] ?? 0) + j] !== 1) continue
      for (let i = 0; i < j; i++) triangles += (live[(offsets[k] ?? 0) + i] ?? 0) & (live[(offsets[j] ?? 0) + i] ?? 0)
    }
  return triangles
}

/** For a value, every pattern that has it, and in it every pair of lower values a < b and where that lies in a table. */
function patternsByValue({ starts, values }: Reduced, many: number) {
  const from = new Int32Array(many + 1)
  for (const value of values) from[value + 1] = (from[value + 1] ?? 0) + 1
  for (let v = 0; v < many; v++) from[v + 1] = (from[v + 1] ?? 0) + (from[v] ?? 0)
  const next = from.slice()
  const patterns = new Int32Array(values.length)
  for (let p = 0; p + 1 < starts.length; p++)
    for (let at = starts[p] ?? 0; at < (starts[p + 1] ?? 0); at++) {
      const value = values[at] ?? 0
      patterns[next[value] ?? 0] = p
      next[value] = (next[value] ?? 0) + 1
    }
  const offsets = pairOffsets(many)
  return (value: number, each: (pattern: number, pair: number, a: number, b: number) => void): void => {
    for (let x = from[value] ?? 0; x < (from[value + 1] ?? 0); x++) {
      const p = patterns[x] ?? 0
      const start = starts[p] ?? 0
      for (let y = start; (values[y] ?? value) < value; y++) {
        const b = values[y] ?? 0
        const offset = offsets[b] ?? 0
        for (let z = start; z < y; z++) each(p, offset + (values[z] ?? 0), values[z] ?? 0, b)
      }
    }
  }
}

/**
 * Adds the noise. Where there are too many candidates to draw for each, those that no record has are not drawn one by one:
 * which of them the noise lifts to the floor is a coin of the same small chance for each, so the gaps between them are
 * geometric, and by how much is drawn from the noise given that it does (G. Cormode et al., "Differentially private
 * summaries for sparse data", ICDT 2012). The chance is taken as a number of 53 bits.
 */
class Seen {
  readonly #parts: number[][]
  readonly #counts: number[] = []
  readonly #noise: Noise
  readonly #giveBack: number
  readonly #bits: RandomBits
  readonly #candidates: number
  /** In steps; undefined where every candidate is seen. */
  readonly #floor: number | undefined
  readonly #logMiss: number
  #gap = 0

  constructor(length: number, candidates: number, { noise, giveBack }: Counting, bits: RandomBits) {
    this.#parts = Array.from({ length }, () => [])
    this.#noise = noise
    this.#giveBack = giveBack
    this.#bits = bits
    this.#candidates = candidates
    this.#floor = candidates > mostToSee ? Math.ceil(floorDeviations * noise.deviation * noise.steps) : undefined
    this.#logMiss = this.#floor === undefined ? 0 : Math.log1p(-discreteGaussianTail(noise.variance, this.#floor))
    if (this.#floor !== undefined) this.#gap = this.#nextGap()
  }

  /** @param count in steps, without noise */
  see(count: number, i: number, j: number, k = -1): void {
    const floor = this.#floor
    if (floor === undefined || count > 0) {
      const noisy = count + discreteGaussian(this.#bits, this.#noise.variance)
      if (floor === undefined || noisy >= floor) this.#take(noisy, i, j, k)
      return
    }
    if (this.#gap > 0) {
      this.#gap--
      return
    }
    this.#gap = this.#nextGap()
    this.#take(this.#above(floor), i, j, k)
  }

  all(): NoisyCombinations {
    const unit = this.#giveBack / this.#noise.steps
    return {
      candidates: this.#candidates,
      sampled: this.#floor !== undefined,
      deviation: this.#noise.deviation * this.#giveBack,
      parts: this.#parts.map((part) => Int32Array.from(part)),
      counts: Float64Array.from(this.#counts, (count) => count * unit),
    }
  }

  #take(noisy: number, i: number, j: number, k: number): void {
    this.#counts.push(noisy)
    this.#parts[0]?.push(i)
    this.#parts[1]?.push(j)
    this.#parts[2]?.push(k)
  }

  #nextGap(): number {
    return Math.floor(Math.log(1 - fraction(this.#bits)) / this.#logMiss)
  }

  /** Noise given that it is at least `floor`, exactly: floor + d with chance exp(-floor d / variance) exp(-d^2 / (2 variance)). */
  #above(floor: number): number {
    const { variance } = this.#noise
    for (;;) {
      let beyond = 0
      while (trueWithExp(this.#bits, floor, variance)) beyond++
      if (trueWithExp(this.#bits, beyond * beyond, 2 * variance)) return floor + beyond
    }
  }
}
