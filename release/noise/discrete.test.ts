import { describe, expect, it } from 'vitest'
import { discreteGaussian, discreteLaplace, largestScale, trueWithExp } from './discrete.ts'
import { evenly, type RandomBits, seededBits } from './random-bits.ts'

const draws = 60_000

/** Pearson's statistic of draws against probabilities, rare values taken together, over its degrees of freedom. */
function misfit(draw: (bits: RandomBits) => number, weight: (x: number) => number, reach: number): number {
  const bits = seededBits(20)
  const counts = new Map<number, number>()
  for (let i = 0; i < draws; i++) {
    const x = draw(bits)
    counts.set(x, (counts.get(x) ?? 0) + 1)
  }
  let whole = 0
  for (let x = -reach; x <= reach; x++) whole += weight(x)
  let [statistic, cells, restExpected, restSeen] = [0, 0, 0, 0]
  for (let x = -reach; x <= reach; x++) {
    restExpected += (draws * weight(x)) / whole
    restSeen += counts.get(x) ?? 0
    if (restExpected < 20) continue
    statistic += (restSeen - restExpected) ** 2 / restExpected
    cells++
    restExpected = 0
    restSeen = 0
  }
  // Standardised: about normal for a right sampler.
  return (statistic - (cells - 1)) / Math.sqrt(2 * (cells - 1))
}

const gaussian = (variance: number) => (x: number) => Math.exp((-x * x) / (2 * variance))

describe('The samplers', () => {
  it('draw the discrete Gaussian as it is defined, narrow and wide', () => {
    for (const variance of [1, 10, 333, 40_000])
      expect(
        Math.abs(
          misfit((bits) => discreteGaussian(bits, variance), gaussian(variance), Math.ceil(12 * Math.sqrt(variance))),
        ),
      ).toBeLessThan(4)
  })

  it('draw the discrete Laplace as it is defined', () => {
    for (const [numerator, denominator] of [
      [1, 1],
      [6, 1],
      [50, 1],
      [10, 3],
      [2_345_679, 1_000_000],
      [1, 2],
    ] as const)
      expect(
        Math.abs(
          misfit(
            (bits) => discreteLaplace(bits, numerator, denominator),
            (x) => Math.exp((-Math.abs(x) * denominator) / numerator),
            Math.ceil((40 * numerator) / denominator),
          ),
        ),
      ).toBeLessThan(4)
  })

  it('take a scale in whole numbers only: of a fraction no sampler is exact', () => {
    for (const scale of [0.25, 10 / 3, 0, -1, Number.NaN, 2 ** 32])
      expect(() => discreteLaplace(seededBits(1), scale)).toThrow('not made of whole numbers')
  })

  it('would be found out by the same measure if noise were a rounded sum of four, or too narrow by a tenth', () => {
    const sumOfFour = (bits: RandomBits): number => {
      let sum = -2
      for (let i = 0; i < 4; i++) sum += bits() / 2 ** 32
      return Math.round(sum * Math.sqrt(30))
    }
    expect(misfit(sumOfFour, gaussian(10), 40)).toBeGreaterThan(4)
    expect(misfit((bits) => discreteGaussian(bits, 8), gaussian(10), 40)).toBeGreaterThan(8)
  })

  it('say yes as often as the exponential says, above and below one', () => {
    const bits = seededBits(3)
    for (const [numerator, denominator] of [
      [1, 3],
      [7, 2],
      [0, 5],
    ] as const) {
      let yes = 0
      for (let i = 0; i < draws; i++) if (trueWithExp(bits, numerator, denominator)) yes++
      const chance = Math.exp(-numerator / denominator)
      expect(Math.abs(yes - draws * chance)).toBeLessThanOrEqual(4.5 * Math.sqrt(draws * chance * (1 - chance)))
    }
  })

  it('favour no number, small or beyond 32 bits', () => {
    const bits = seededBits(4)
    const below = 3 * 2 ** 31
    let high = 0
    for (let i = 0; i < draws; i++) if (evenly(bits, below) >= below / 3) high++
    expect(Math.abs(high - (draws * 2) / 3)).toBeLessThan(4.5 * Math.sqrt((draws * 2) / 9))
  })

  it('give the same for the same seed and refuse a scale at which they would not be exact', () => {
    const take = (seed: number): number[] => {
      const bits = seededBits(seed)
      return Array.from({ length: 50 }, () => discreteGaussian(bits, 10_000))
    }
    expect(take(1)).toEqual(take(1))
    expect(take(1)).not.toEqual(take(2))
    expect(() => discreteGaussian(seededBits(1), largestScale ** 2 + 1)).toThrow()
  })
})
