import { describe, expect, it } from 'vitest'
import { deltaOfDiscreteGaussian, discreteGaussianTail, largestMu } from '../noise/accounting.ts'
import { type RandomBits, seededBits } from '../noise/random-bits.ts'
import { clopperPearson } from '../testing/clopper-pearson.ts'
import { budgetFor, overviewShare } from './budget.ts'
import { pairOffsets, waysToTake } from './combinations.ts'
import { kindsShare } from './looks.ts'
import {
  type Counting,
  countingFor,
  countingForDoubtful,
  type Doubtful,
  doubtfulPairs,
  doubtfulTriples,
  kindsOf,
  measureKinds,
  measureOverview,
  measurePairs,
  measureRows,
  measureTriples,
  measureValues,
  reduce,
} from './measure.ts'
import { leastStepsFor, type Noise, noiseFor } from './noisy-counts.ts'
import { type Patterns, patternsOf } from './patterns.ts'
import { synthesizePrivate } from './synthesize.ts'
import { recordsFrom } from './testing/small-files.ts'

/** Four yes-or-nothing columns; every attribute and combination is held by many, so that nothing depends on a threshold. */
const without = patternsOf(
  recordsFrom(Array.from({ length: 1600 }, (_, r) => [r & 1, (r >> 1) & 1, (r >> 2) & 1, (r >> 3) & 1])),
)
/** The same with one record more, of somebody who has all four. */
const withHer = patternsOf(
  recordsFrom([
    ...Array.from({ length: 1600 }, (_, r) => [r & 1, (r >> 1) & 1, (r >> 2) & 1, (r >> 3) & 1]),
    [1, 1, 1, 1],
  ]),
)

/** Large enough that a few thousand runs can tell right accounting from wrong. */
const [epsilon, delta] = [1, 0.05]
const leastSteps = leastStepsFor(epsilon, delta)

/**
 * What the strongest attacker makes of one run: how much likelier everything measured is with her than without, as a logarithm. She
 * knows all records but hers, the method, and the noise it ought to have. `narrower` is by how much the noise is broken.
 */
function lossOfOneRun(patterns: Patterns, seed: number, narrower: number): number {
  const bits = seededBits(seed)
  const muSquared = largestMu(epsilon, delta, leastSteps) ** 2
  const broken = (noise: Noise): Noise => ({ ...noise, variance: Math.ceil(noise.variance / narrower ** 2) })
  let loss = 0
  const add = (seen: number, expected: number, noise: Noise, moved = 1): void => {
    const deviation = noise.deviation / narrower
    loss += (moved * (2 * (seen - expected) - moved)) / (2 * deviation ** 2)
  }
  const first = noiseFor(3, muSquared * overviewShare, leastSteps)
  const widths = [0, 400, 600, 400, 100]
  const plan = budgetFor(4, 3, muSquared * (1 - overviewShare))
  const counting = countingFor(plan, widths, leastSteps)?.map(
    (each): Counting => ({ ...each, noise: broken(each.noise) }),
  )
  if (!first || !counting) throw new Error('no noise for this')
  const overview = measureOverview(patterns, 4, 1000, broken(first), bits)
  add(overview.widths[4] ?? 0, 100, first)
  const [values, pairs, triples] = counting
  if (!values || !pairs || !triples) throw new Error('three lengths are measured')
  const seenValues = measureValues(patterns, 4, values, 1e-9, bits)
  for (const count of seenValues.counts) add(count, 800, values.noise)
  const reduced = reduce(patterns, 4, seenValues.attributes)
  const columnOf = Int32Array.of(0, 1, 2, 3)
  for (const count of measurePairs(reduced, columnOf, pairs, bits).counts) add(count, 400, pairs.noise)
  const live = new Uint8Array(6).fill(1)
  const seen = measureTriples(reduced, columnOf, live, triples, bits, () => true)
  for (const count of seen?.counts ?? []) add(count, 200, triples.noise)
  // Further looks, at all of them: she has six pairs and four triples of which there is doubt.
  for (const mu of plan.again[1] ?? []) {
    const doubt = kindsOf(doubtfulPairs(reduced, new Uint8Array(6), pairOffsets(4)), 6)
    const {
      counting: own,
      records,
      weight,
    } = further(
      doubt,
      [
        [1, 600],
        [3, 400],
        [6, 100],
      ],
      6,
      mu,
      bits,
    )
    add(records, 100, own.kinds)
    const again = { ...reduced, widths: doubt.kinds }
    for (const count of measurePairs(again, columnOf, own.counting, bits).counts)
      add(count, 100 * weight(1) + 200 * weight(3) + 100 * weight(6), own.noise, weight(6))
  }
  for (const mu of plan.again[2] ?? []) {
    const doubt = kindsOf(doubtfulTriples(reduced, 4, live, { parts: [] }), 4)
    const {
      counting: own,
      records,
      weight,
    } = further(
      doubt,
      [
        [1, 400],
        [4, 100],
      ],
      4,
      mu,
      bits,
    )
    add(records, 100, own.kinds)
    const again = { ...reduced, widths: doubt.kinds }
    for (const count of measureTriples(again, columnOf, live, own.counting, bits, () => true)?.counts ?? [])
      add(count, 100 * weight(1) + 100 * weight(4), own.noise, weight(4))
  }
  return loss

  /** A further look as the engine takes it; `records` about how many are of her kind. */
  function further(
    doubt: Doubtful,
    known: readonly (readonly [number, number])[],
    hers: number,
    mu: number,
    bits: RandomBits,
  ) {
    const kinds = noiseFor(1, mu * kindsShare, leastSteps)
    const records = doubt.most.map((most) => known.find(([many]) => many === most)?.[1] ?? 0)
    const counting = countingForDoubtful(doubt, records, hers, mu * (1 - kindsShare), leastSteps)
    if (!kinds || !counting) throw new Error('no noise for this')
    const { noise, weights } = counting
    return {
      counting: { kinds, noise, counting: { noise: broken(noise), weights, giveBack: 1 } },
      records: measureKinds(doubt, patterns.times, broken(kinds), bits)[doubt.most.indexOf(hers)] ?? 0,
      weight: (many: number): number => (weights[doubt.most.indexOf(many)] ?? 0) / noise.steps,
    }
  }
}

/** The least delta that the runs prove, at the stated epsilon: P[loss > epsilon | with] - e^epsilon P[the same | without], from below. */
function provenDelta(narrower: number, runs = 1500): number {
  let [seenWith, seenWithout] = [0, 0]
  for (let run = 0; run < runs; run++) {
    if (lossOfOneRun(withHer, run, narrower) > epsilon) seenWith++
    if (lossOfOneRun(without, runs + run, narrower) > epsilon) seenWithout++
  }
  return clopperPearson(seenWith, runs, 0.001).low - Math.exp(epsilon) * clopperPearson(seenWithout, runs, 0.001).high
}

describe('What a release tells of one person', () => {
  it('stays under the stated epsilon and delta before an attacker who knows everybody else', () => {
    expect(provenDelta(1)).toBeLessThan(delta)
  })

  it('would be found over them by the same attacker if the noise were half as wide', () => {
    expect(provenDelta(2)).toBeGreaterThan(delta)
  })

  it('moves the whole measurement by no more than the budget, however wide the record', () => {
    for (const [fullWidth, columns, mu] of [
      [3, 19, 0.6],
      [8, 19, 0.8],
      [6, 63, 0.3],
      [12, 40, 2],
    ] as const) {
      const widths = Array.from({ length: columns + 1 }, () => 100)
      const counting = countingFor(budgetFor(fullWidth, 3, mu), widths, 24)
      expect(counting).toBeDefined()
      for (let width = 0; width <= columns; width++) {
        let [squares, slack] = [0, 0]
        counting?.forEach(({ noise, weights }, k) => {
          const cells = waysToTake(k + 1, width)
          squares += (cells * (weights[width] ?? 0) ** 2) / noise.variance
          slack += (cells * (weights[width] ?? 0)) / noise.variance
        })
        expect(squares).toBeLessThanOrEqual(mu * (1 + 1e-12))
        expect(slack).toBeLessThanOrEqual((mu / 24) * (1 + 1e-12))
      }
    }
  })

  it('costs what was stated: all parts together are the budget, and the budget is epsilon and delta', () => {
    for (const epsilonOf of [0.1, 1, 4, 12]) {
      const steps = leastStepsFor(epsilonOf, 1e-6)
      const mu = largestMu(epsilonOf, 1e-6, steps)
      expect(mu ** 2 / steps).toBeLessThan(epsilonOf / 100)
      expect(deltaOfDiscreteGaussian(epsilonOf, mu, mu ** 2 / steps)).toBeLessThanOrEqual(1e-6)
      expect(deltaOfDiscreteGaussian(epsilonOf, mu * 1.001, (mu * 1.001) ** 2 / steps)).toBeGreaterThan(1e-6)
    }
    for (const length of [1, 2, 3]) {
      const { muSquared, again } = budgetFor(8, length, 0.7)
      expect([...muSquared, ...again.flat()].reduce((sum, part) => sum + part, 0)).toBeCloseTo(0.7, 12)
    }
  })

  it('lets out a row or value of hers alone no oftener than delta allows, and a threshold one person lower would show', () => {
    const alone = recordsFrom([...Array.from({ length: 300 }, () => [1, 0]), [0, 1]])
    const patterns = patternsOf(alone)
    const noise = noiseFor(1, 0.7, 24)
    if (!noise) throw new Error('no noise for this')
    const chance = 0.05
    const runs = 1000
    let [rows, values, lower] = [0, 0, 0]
    const counting: Counting = { noise, weights: Int32Array.of(0, noise.steps, noise.steps), giveBack: 1 }
    for (let run = 0; run < runs; run++) {
      if (measureRows(patterns, noise, chance, seededBits(run)).rows.length > 1) rows++
      if (measureValues(patterns, 2, counting, chance, seededBits(run)).attributes.includes(1)) values++
      // Broken on purpose: the threshold forgets that she adds one.
      if (
        measureRows(patterns, noise, discreteGaussianTail(noise.variance, brokenFrom(noise, chance)), seededBits(run))
          .rows.length > 1
      )
        lower++
    }
    expect(clopperPearson(rows, runs, 0.001).low).toBeLessThan(chance)
    expect(clopperPearson(values, runs, 0.001).low).toBeLessThan(chance)
    expect(clopperPearson(lower, runs, 0.001).low).toBeGreaterThan(chance)
  })

  it('names no value that only one person has', () => {
    const rows = Array.from({ length: 3000 }, (_, r) => [1 + (r % 3), 1 + (r % 2), r === 7 ? 2 : 1])
    for (const seed of [1, 2, 3]) {
      const made = synthesizePrivate(recordsFrom(rows), { epsilon: 4, delta: 1e-6, length: 3 }, seededBits(seed))
      expect(made.ok && made.value.records.columns[2]?.values).toEqual(['v1'])
    }
  })
})

/** The noise at which her row is let out where the threshold is one person lower, in steps. */
function brokenFrom(noise: Noise, chance: number): number {
  let from = 0
  while (discreteGaussianTail(noise.variance, from) > chance) from++
  return from - noise.steps
}
