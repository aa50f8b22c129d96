import { describe, expect, it } from 'vitest'
import { discreteGaussianTail, normalBelow } from '../noise/accounting.ts'
import { fraction, seededBits } from '../noise/random-bits.ts'
import { type Aim, fit } from './fit.ts'
import { judge, judgeAboveFloor } from './judge.ts'
import { latentKinds } from './latent.ts'
import { measurePairs } from './measure.ts'
import { noiseFor } from './noisy-counts.ts'

/** Counts of about `mean`, a share of them of nobody, under noise; with what is expected of each. */
function population(seed: number, many: number, deviation: number) {
  const bits = seededBits(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - fraction(bits))) * Math.cos(2 * Math.PI * fraction(bits))
  const expected = Float64Array.from({ length: many }, () => Math.exp(-2 + 9 * fraction(bits)))
  // Negative binomial of shape one half: a squared normal number, then Poisson, by rounding where it is large.
  const real = expected.map((mean) => {
    const rate = mean * normal() ** 2
    if (rate > 30) return Math.round(rate)
    let [count, left] = [0, Math.exp(-rate)]
    for (let product = fraction(bits); product > left; product *= fraction(bits)) count++
    left = 0
    return count
  })
  return { expected, real, noisy: real.map((count) => count + deviation * normal()) }
}

describe('Noisy counts', () => {
  it('are taken for somebody only where hardly any is of nobody, and the nearer to that the more noise there is', () => {
    for (const deviation of [5, 11, 30]) {
      const { expected, real, noisy } = population(1, 8000, deviation)
      const judged = judge(noisy, expected, deviation, 0, 0.01)
      const taken = [...judged.real.keys()].filter((at) => judged.real[at] === 1)
      const nobody = taken.filter((at) => real[at] === 0).length
      expect(nobody / taken.length).toBeLessThan(0.02)
      // What one threshold for all, at the same share of nobody, would take: fewer.
      const plain = judgeAboveFloor(noisy, noisy.length, deviation, 0, 0.01)
      expect(taken.length).toBeGreaterThan(plain.reduce((sum, is) => sum + is, 0))
      // A judge that takes all that is above nought is found out by the same measure.
      const above = [...noisy.keys()].filter((at) => (noisy[at] ?? 0) > 0)
      expect(above.filter((at) => real[at] === 0).length / above.length).toBeGreaterThan(0.05)
    }
  })

  it('of candidates that nobody has pass the floor as often and as high as if each were drawn by itself', () => {
    const values = 700
    const noise = noiseFor(20, 0.5, 24)
    if (!noise) throw new Error('no noise for this')
    const nobody = {
      starts: new Int32Array(1),
      values: new Int32Array(0),
      times: new Int32Array(0),
      widths: new Int32Array(0),
    }
    const columnOf = Int32Array.from({ length: values }, (_, v) => v)
    const seen = measurePairs(nobody, columnOf, { noise, weights: new Int32Array(0), giveBack: 1 }, seededBits(3))
    expect(seen.sampled).toBe(true)
    expect(seen.candidates).toBe((values * (values - 1)) / 2)
    const share = (height: number): number =>
      discreteGaussianTail(noise.variance, Math.ceil(height * noise.deviation * noise.steps))
    for (const height of [2.2, 2.6, 3.2]) {
      const expected = seen.candidates * share(height)
      const many = seen.counts.filter((count) => count >= height * noise.deviation).length
      expect(Math.abs(many - expected)).toBeLessThan(4.5 * Math.sqrt(expected))
    }
    // They lie anywhere: the sum of first parts is as for pairs taken evenly.
    const mean = seen.parts[0]?.reduce((sum, part) => sum + part, 0) ?? 0
    expect(mean / seen.counts.length / values).toBeCloseTo(1 / 3, 1)
    // And no more of them are taken for real than the share that was asked.
    expect(
      judgeAboveFloor(seen.counts, seen.candidates, noise.deviation).reduce((sum, is) => sum + is, 0),
    ).toBeLessThan(5)
    expect(normalBelow(-2.2) / share(2.2)).toBeCloseTo(1, 1)
  })
})

describe('What is to be expected', () => {
  it('is learnt from all noisy counts together: nearer than what pairs alone say of three, and than the counts themselves', () => {
    const bits = seededBits(8)
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - fraction(bits))) * Math.cos(2 * Math.PI * fraction(bits))
    const [values, people, deviation] = [24, 40_000, 8]
    const kinds = Array.from({ length: 5 }, () => Array.from({ length: values }, () => 0.5 * fraction(bits) ** 4))
    const truth = (...parts: number[]): number =>
      kinds.reduce(
        (sum, kind) => sum + (people / 5) * parts.reduce((all, v) => all * (v < 0 ? 1 : (kind[v] ?? 0)), 1),
        0,
      )
    const all: [number, number, number][] = []
    for (let i = 0; i < values; i++) {
      all.push([i, -1, -1])
      for (let j = i + 1; j < values; j++) {
        all.push([i, j, -1])
        for (let k = j + 1; k < values; k++) all.push([i, j, k])
      }
    }
    const counts = Float64Array.from(all, (parts) => truth(...parts) + deviation * normal())
    const part = (at: 0 | 1 | 2): Int32Array => Int32Array.from(all, (parts) => parts[at])
    const variances = new Float64Array(all.length).fill(deviation ** 2)
    const expected = latentKinds(values, people, { parts: [part(0), part(1), part(2)], counts, variances }, bits)
    const few = all.filter((parts) => parts[2] >= 0 && truth(...parts) < 30)
    const meanError = (of: (i: number, j: number, k: number) => number): number =>
      few.reduce((sum, parts) => sum + Math.abs(of(...parts) - truth(...parts)), 0) / few.length
    const [singles, pairs] = [(i: number) => truth(i), (i: number, j: number) => truth(i, j)]
    const fromPairs = (i: number, j: number, k: number): number =>
      (pairs(i, j) * pairs(i, k) * pairs(j, k) * people) / (singles(i) * singles(j) * singles(k))
    expect(few.length).toBeGreaterThan(500)
    expect(meanError(expected)).toBeLessThan(deviation / 4)
    expect(meanError(expected)).toBeLessThan(meanError(fromPairs) / 2)
  })
})

describe('Records fitted to counts', () => {
  const fives = (many: number): Float64Array => new Float64Array(many).fill(5)
  /** Three columns of one value, one of two; counts as 4,000 people would give them. */
  const aim: Aim = {
    columns: 4,
    columnOf: Int32Array.of(0, 1, 2, 3, 3),
    wanted: [
      { parts: [], counts: Float64Array.of(1500, 1200, 1100, 1000, 700), deviations: fives(5) },
      {
        parts: [Int32Array.of(0, 0, 1, 2, 0), Int32Array.of(1, 2, 2, 3, 4)],
        counts: Float64Array.of(600, 450, 300, 400, 350),
        deviations: fives(5),
      },
      {
        parts: [Int32Array.of(0), Int32Array.of(1), Int32Array.of(2)],
        counts: Float64Array.of(150),
        deviations: fives(1),
      },
    ],
  }

  it('give the counts they are to have, and no combination that is not wanted', () => {
    const records = 4000
    const draft = fit(aim, { records, values: new Int16Array(records * 4).fill(-1) }, 8, seededBits(1), () => true)
    const has = (...values: number[]): number => {
      let many = 0
      for (let r = 0; r < records; r++)
        if (values.every((value) => draft?.values[r * 4 + (aim.columnOf[value] ?? 0)] === value)) many++
      return many
    }
    aim.wanted[0]?.counts.forEach((count, value) => {
      expect(Math.abs(has(value) - count)).toBeLessThan(12)
    })
    aim.wanted[1]?.counts.forEach((count, at) => {
      expect(
        Math.abs(has(aim.wanted[1]?.parts[0]?.[at] ?? 0, aim.wanted[1]?.parts[1]?.[at] ?? 0) - count),
      ).toBeLessThan(12)
    })
    expect(Math.abs(has(0, 1, 2) - 150)).toBeLessThan(12)
    for (const unwanted of [
      [1, 3],
      [0, 3],
      [1, 4],
      [2, 4],
      [0, 2, 3],
    ])
      expect(has(...unwanted)).toBe(0)
  })
})
