import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'

const draws = 40_000
const momentsOf = (draw: () => number): { mean: number; variance: number } => {
  const values = Array.from({ length: draws }, draw)
  const mean = values.reduce((sum, each) => sum + each, 0) / draws
  return { mean, variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (draws - 1) }
}

describe('seeded chance', () => {
  it('is the same for the same seed, and another for another, however near or large', () => {
    const [one, again] = [chanceOf(7), chanceOf(7)]
    const others = [chanceOf(8), chanceOf(7 + 2 ** 32)]
    const first = Array.from({ length: 100 }, one.uniform)
    expect(Array.from({ length: 100 }, again.uniform)).toEqual(first)
    for (const other of others) expect(Array.from({ length: 100 }, other.uniform)).not.toEqual(first)
    expect(first.every((each) => each > 0 && each < 1)).toBe(true)
  })

  it('counts as many people as the binomial law says, the few and the many, with its mean and its variance', () => {
    const chance = chanceOf(1)
    for (const [n, p] of [
      [1, 0.3],
      [14, 0.02],
      [400, 0.024],
      [400, 0.026],
      [5000, 0.04],
      [5000, 0.5],
      [5000, 0.97],
      [11_000_000, 0.3],
    ] as const) {
      const { mean, variance } = momentsOf(() => chance.binomial(n, p))
      const spread = n * p * (1 - p)
      expect(Math.abs(mean - n * p)).toBeLessThan(4.5 * Math.sqrt(spread / draws))
      // Kurtosis 3 + (1 - 6pq)/(npq) gives the standard error of the variance.
      const error = Math.sqrt((2 + (1 - 6 * p * (1 - p)) / spread) / draws)
      expect(Math.abs(variance / spread - 1)).toBeLessThan(4.5 * error)
    }
  })

  it('draws each number of people as often as the law says, where it is drawn by rejection too', () => {
    const chance = chanceOf(2)
    const [n, p] = [60, 0.3]
    const seen = new Map<number, number>()
    for (let i = 0; i < draws; i++) {
      const k = chance.binomial(n, p)
      seen.set(k, (seen.get(k) ?? 0) + 1)
    }
    let probability = (1 - p) ** n
    let chiSquare = 0
    let cells = 0
    for (let k = 0; k <= n; k++) {
      if (probability * draws >= 20) {
        chiSquare += ((seen.get(k) ?? 0) - probability * draws) ** 2 / (probability * draws)
        cells++
      }
      probability *= ((p / (1 - p)) * (n - k)) / (k + 1)
    }
    // Mean `cells`, variance twice that.
    expect(cells).toBeGreaterThan(15)
    expect(chiSquare).toBeLessThan(cells + 4 * Math.sqrt(2 * cells))
  })

  it('never counts fewer than nobody or more than all', () => {
    const chance = chanceOf(3)
    const people = fc.nat({ max: 100_000 })
    fc.assert(
      fc.property(people, fc.double({ min: 0, max: 1, noNaN: true }), (n, p) => {
        const k = chance.binomial(n, p)
        expect(Number.isSafeInteger(k) && k >= 0 && k <= n).toBe(true)
        expect(chance.binomial(n, 0)).toBe(0)
        expect(chance.binomial(n, 1)).toBe(n)
      }),
      { seed: 20261128, numRuns: 2000 },
    )
  })

  it('draws gamma with the mean and variance of its shape, also below one; shape nothing is nothing', () => {
    const chance = chanceOf(4)
    for (const shape of [0.05, 0.5, 1, 4, 480]) {
      const { mean, variance } = momentsOf(() => chance.gamma(shape))
      expect(Math.abs(mean - shape)).toBeLessThan(4.5 * Math.sqrt(shape / draws))
      expect(Math.abs(variance / shape - 1)).toBeLessThan(4.5 * Math.sqrt((2 + 6 / shape) / draws))
    }
    expect(chance.gamma(0)).toBe(0)
  })
})
