import { evenly, type RandomBits } from '../noise/random-bits.ts'
import type { Patterns } from './patterns.ts'
import { eachTuple, type FrequentTuples } from './tuples.ts'

/**
 * Patterns of records and the combinations in them. Pattern `t` below `tuples` is the `t`-th frequent combination and nothing else; the longer
 * parts of rows follow. The combinations of pattern `j` are `ids[starts[j]]` up to `starts[j + 1]`; the number `tuples` among them
 * stands for "a record". `times` is how many records of each pattern to begin with.
 */
export type Design = {
  readonly tuples: number
  readonly starts: Float64Array
  readonly ids: Int32Array
  readonly times: Int32Array
}

/** How many records of each pattern, and how often each combination then stands in them. */
export type Fit = { readonly times: Int32Array; readonly sums: Float64Array }

/** What each combination should come to, and how much it weighs; the last is the number of records. */
export type Targets = { readonly counts: Float64Array; readonly weights: Float64Array }

export function designOf(held: Patterns, tuples: FrequentTuples, lists: readonly Int32Array[]): Design {
  const { counts, index } = tuples
  const patterns = counts.length + held.count
  const starts = new Float64Array(patterns + 1)
  const times = new Int32Array(patterns)
  const ids = new Growing()
  const add = (list: Int32Array, from: number, to: number, pattern: number): void => {
    ids.add(counts.length)
    eachTuple(list, from, to, index, (id) => ids.add(id))
    starts[pattern + 1] = ids.length
  }
  lists.forEach((list, tuple) => {
    add(list, 0, list.length, tuple)
  })
  for (let at = 0; at < held.count; at++) {
    add(held.attributes, held.starts[at] ?? 0, held.starts[at + 1] ?? 0, counts.length + at)
    times[counts.length + at] = held.times[at] ?? 0
  }
  return { tuples: counts.length, starts, ids: ids.taken(), times }
}

/**
 * Whole-numbered, non-negative, weighted least squares by coordinate descent: how many records of each pattern bring the counts of all
 * combinations nearest to their targets. Each sweep visits the patterns in an order of its own.
 *
 * @param watch told each sweep; answers whether to go on
 * @returns undefined when stopped
 */
export function fitTimes(
  design: Design,
  { counts, weights }: Targets,
  sweeps: number,
  bits: RandomBits,
  watch: (sweep: number) => boolean,
): Fit | undefined {
  const { starts, ids } = design
  const times = design.times.slice()
  const sums = sumsOf(design, times)
  const order = Int32Array.from({ length: times.length }, (_, at) => at)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (!watch(sweep)) return undefined
    shuffle(order, bits)
    let moved = 0
    for (const pattern of order) {
      const [from, to] = [starts[pattern] ?? 0, starts[pattern + 1] ?? 0]
      let [gradient, curvature] = [0, 0]
      for (let at = from; at < to; at++) {
        const id = ids[at] ?? 0
        const weight = weights[id] ?? 0
        gradient += weight * ((sums[id] ?? 0) - (counts[id] ?? 0))
        curvature += weight
      }
      const step = Math.max(-(times[pattern] ?? 0), Math.round(-gradient / curvature))
      if (step === 0) continue
      moved += Math.abs(step)
      move(design, { times, sums }, pattern, step)
    }
    if (moved === 0) break
  }
  return { times, sums }
}

/**
 * Until every combination stands in the records either not at all or `k` times and more: what stands there too seldom gets the missing
 * records, of itself and nothing else. Longest first: it only adds to its own parts, which stand there already, so that
 * nothing that is mended breaks. Then single records more or fewer, and combinations that are missing altogether `k` times, wherever the
 * weighted sum of absolute errors falls and nothing comes to stand between none and `k`.
 */
export function mend(design: Design, fit: Fit, targets: Targets, k: number): Fit {
  const mended = { times: fit.times.slice(), sums: fit.sums.slice() }
  for (let tuple = design.tuples - 1; tuple >= 0; tuple--) {
    const sum = mended.sums[tuple] ?? 0
    if (sum > 0 && sum < k) move(design, mended, tuple, k - sum)
  }
  for (let sweep = 0; sweep < 30; sweep++) {
    let moved = 0
    for (let pattern = 0; pattern < mended.times.length; pattern++) {
      const steps =
        (mended.times[pattern] ?? 0) > 0 ? [-1, 1] : pattern < design.tuples && mended.sums[pattern] === 0 ? [k] : [1]
      for (const step of steps) {
        if (!gains(design, mended, targets, pattern, step, k)) continue
        move(design, mended, pattern, step)
        moved++
      }
    }
    if (moved === 0) break
  }
  return mended
}

// ---------------------------------------------------------------- one pattern

function gains(
  { tuples, starts, ids }: Design,
  { sums }: Fit,
  { counts, weights }: Targets,
  pattern: number,
  step: number,
  k: number,
): boolean {
  let gain = 0
  for (let at = starts[pattern] ?? 0; at < (starts[pattern + 1] ?? 0); at++) {
    const id = ids[at] ?? 0
    const sum = sums[id] ?? 0
    if (id !== tuples && sum + step < k) return false
    const count = counts[id] ?? 0
    gain += (weights[id] ?? 0) * (Math.abs(sum - count) - Math.abs(sum + step - count))
  }
  return gain > 1e-9
}

function move({ starts, ids }: Design, { times, sums }: Fit, pattern: number, step: number): void {
  times[pattern] = (times[pattern] ?? 0) + step
  for (let at = starts[pattern] ?? 0; at < (starts[pattern + 1] ?? 0); at++)
    sums[ids[at] ?? 0] = (sums[ids[at] ?? 0] ?? 0) + step
}

function sumsOf({ tuples, starts, ids }: Design, times: Int32Array): Float64Array {
  const sums = new Float64Array(tuples + 1)
  times.forEach((often, pattern) => {
    if (often === 0) return
    for (let at = starts[pattern] ?? 0; at < (starts[pattern + 1] ?? 0); at++)
      sums[ids[at] ?? 0] = (sums[ids[at] ?? 0] ?? 0) + often
  })
  return sums
}

/** A list of whole numbers that grows. */
class Growing {
  private held = new Int32Array(1 << 16)
  length = 0

  add(value: number): void {
    if (this.length === this.held.length) {
      const wider = new Int32Array(this.held.length * 2)
      wider.set(this.held)
      this.held = wider
    }
    this.held[this.length++] = value
  }

  taken(): Int32Array {
    return this.held.subarray(0, this.length)
  }
}

export function shuffle(order: Int32Array, bits: RandomBits): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = evenly(bits, at + 1)
    const held = order[at] ?? 0
    order[at] = order[other] ?? 0
    order[other] = held
  }
}
