import { normalBelow } from '../noise/accounting.ts'
import type { RandomBits } from '../noise/random-bits.ts'
import { pairOffsets, waysToTake } from './combinations.ts'
import {
  type Counting,
  countingForDoubtful,
  doubtfulPairs,
  doubtfulTriples,
  kindsOf,
  measureKinds,
  measurePairs,
  measureTriples,
  type NoisyCombinations,
  type Reduced,
} from './measure.ts'
import { noiseFor } from './noisy-counts.ts'

/**
 * Combinations as several looks saw them. `sure` ones stood so high in one of them that noise alone would lift none of all
 * candidates there, and were not looked at again; the others were, and have one deviation, `deviation`.
 */
export type Looked = NoisyCombinations & {
  readonly sure: Uint8Array
  /** Of each, in records. */
  readonly deviations: Float64Array
}

/** What further looks may cost, and are given. */
export type Again = {
  readonly muSquared: readonly number[]
  readonly columns: number
  readonly leastSteps: number
  readonly bits: RandomBits
}

/** Of the budget of a further look, what is spent to know how many doubtful combinations records have. */
export const kindsShare = 0.08

/** Every pair of values of different columns. */
export function lookAtPairs(reduced: Reduced, columnOf: Int32Array, counting: Counting, again: Again): Looked {
  const offsets = pairOffsets(columnOf.length)
  let looked = onceLooked(measurePairs(reduced, columnOf, counting, again.bits))
  for (const mu of again.muSquared) {
    looked = withSure(looked)
    const sure = new Uint8Array(offsets[columnOf.length] ?? 0)
    looked.sure.forEach((is, x) => {
      sure[(offsets[looked.parts[1]?.[x] ?? 0] ?? 0) + (looked.parts[0]?.[x] ?? 0)] = is
    })
    const asked = askedAgain(reduced, doubtfulPairs(reduced, sure, offsets), looked, mu, again)
    if (!asked) return looked
    looked = together(looked, measurePairs(asked.reduced, columnOf, asked.counting, again.bits, sure))
  }
  return looked
}

/** Every triple whose three pairs are `live`. */
export function lookAtTriples(
  reduced: Reduced,
  columnOf: Int32Array,
  live: Uint8Array,
  counting: Counting,
  again: Again,
  watch: (done: number) => boolean,
): Looked | undefined {
  const first = measureTriples(reduced, columnOf, live, counting, again.bits, watch)
  if (!first) return undefined
  let looked = onceLooked(first)
  for (const mu of again.muSquared) {
    looked = withSure(looked)
    const sure = { parts: looked.parts.map((part) => part.filter((_, x) => looked.sure[x] === 1)) }
    const doubtful = doubtfulTriples(reduced, columnOf.length, live, sure)
    const asked = askedAgain(reduced, doubtful, looked, mu, again)
    if (!asked) return looked
    const seen = measureTriples(asked.reduced, columnOf, live, asked.counting, again.bits, watch, sure)
    if (!seen) return undefined
    looked = together(looked, seen)
  }
  return looked
}

const onceLooked = (first: NoisyCombinations): Looked => ({
  ...first,
  sure: new Uint8Array(first.counts.length),
  deviations: new Float64Array(first.counts.length).fill(first.deviation),
})

/** Those stand so high that of all candidates that nobody has, less than one would be expected there. */
function withSure(looked: Looked): Looked {
  const { counts, candidates, deviation, sure } = looked
  let height = 2
  while (candidates * normalBelow(-height) > 0.5) height += 0.1
  return { ...looked, sure: sure.map((is, x) => (is === 1 || (counts[x] ?? 0) >= height * deviation ? 1 : 0)) }
}

function askedAgain(
  reduced: Reduced,
  doubtful: Int32Array,
  { candidates, parts, sure, deviations, deviation }: Looked,
  mu: number,
  { columns, leastSteps, bits }: Again,
) {
  // Of the candidates of the last look, those that have become sure in it.
  const left = candidates - sure.reduce((sum, is, x) => sum + (is === 1 && deviations[x] === deviation ? 1 : 0), 0)
  if (left === 0) return undefined
  const doubt = kindsOf(doubtful, waysToTake(parts.length, columns))
  const noise = noiseFor(1, mu * kindsShare, leastSteps)
  if (!noise) return undefined
  // What may be noise alone is taken for none.
  const records = measureKinds(doubt, reduced.times, noise, bits).map((many) => (many < 3 * noise.deviation ? 0 : many))
  const counting = countingForDoubtful(doubt, records, left, mu * (1 - kindsShare), leastSteps)
  return counting && { counting, reduced: { ...reduced, widths: doubt.kinds } }
}

/** Sure ones as they were seen, then the others: by all looks where all saw all of them, else by the last. */
function together(before: Looked, last: NoisyCombinations): Looked {
  const known = [...before.sure.keys()].filter((x) => before.sure[x] === 1)
  const size = known.length + last.counts.length
  const counts = new Float64Array(size)
  counts.set(Float64Array.from(known, (x) => before.counts[x] ?? 0))
  counts.set(last.counts, known.length)
  let { deviation } = last
  if (!before.sampled && !last.sampled) {
    // In the same order: every candidate was seen by both.
    const [one, two] = [before.deviation ** -2, deviation ** -2]
    before.counts
      .filter((_, x) => before.sure[x] === 0)
      .forEach((count, x) => {
        counts[known.length + x] = (count * one + (last.counts[x] ?? 0) * two) / (one + two)
      })
    deviation = 1 / Math.sqrt(one + two)
  }
  const deviations = new Float64Array(size).fill(deviation)
  deviations.set(Float64Array.from(known, (x) => before.deviations[x] ?? 0))
  return {
    candidates: last.candidates,
    sampled: last.sampled,
    deviation,
    parts: before.parts.map((part, at) => {
      const both = new Int32Array(size)
      both.set(Int32Array.from(known, (x) => part[x] ?? 0))
      both.set(last.parts[at] ?? [], known.length)
      return both
    }),
    counts,
    sure: Uint8Array.from(counts, (_, x) => (x < known.length ? 1 : 0)),
    deviations,
  }
}
