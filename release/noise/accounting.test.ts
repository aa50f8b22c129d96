import { describe, expect, it } from 'vitest'
import {
  deltaOfDiscreteGaussian,
  deltaOfGaussian,
  discreteGaussianTail,
  discreteGaussianThreshold,
  largestMu,
  normalBelow,
} from './accounting.ts'

/** Integral of max(0, p - e^epsilon q) for N(mu, 1) against N(0, 1), by Simpson's rule. */
function deltaByIntegration(epsilon: number, mu: number): number {
  const from = epsilon / mu + mu / 2
  const steps = 20_000
  const width = 14 / steps
  let sum = 0
  for (let i = 0; i <= steps; i++) {
    const x = from + i * width
    const difference = Math.exp(-((x - mu) ** 2) / 2) - Math.exp(epsilon - x ** 2 / 2)
    sum += difference * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2)
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI)
}

/** The probabilities of the discrete Gaussian, normalised, from -reach to reach. */
function probabilities(variance: number, reach: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * variance)))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / whole)
}

describe('What Gaussian noise costs', () => {
  it('agrees with the integral of the two densities, from small budgets to large ones', () => {
    for (const epsilon of [0.1, 0.5, 1, 4, 12])
      for (const mu of [0.05, 0.3, 0.9, 2, 3.5]) {
        const exact = deltaByIntegration(epsilon, mu)
        if (exact < 1e-14) continue
        expect(deltaOfGaussian(epsilon, mu) / exact).toBeCloseTo(1, 5)
      }
  })

  it('agrees with published values of the normal distribution far into its tail', () => {
    // NIST DLMF / Abramowitz and Stegun table 26.2.
    expect(normalBelow(-1) / 0.15865525393145707).toBeCloseTo(1, 12)
    expect(normalBelow(-5) / 2.866515718791939e-7).toBeCloseTo(1, 11)
    expect(normalBelow(-10) / 7.61985302416052e-24).toBeCloseTo(1, 10)
  })

  it('never says less than the exact sum over two counts of discrete noise, and hardly more', () => {
    // Both counts move by `moved` steps; the sum of the losses is looked at on the plane of both draws.
    const [variance, moved] = [400, 12]
    const reach = 160
    const p = probabilities(variance, reach)
    const epsilon = 1.5
    let exact = 0
    for (let a = -reach; a <= reach; a++)
      for (let b = -reach; b <= reach; b++) {
        const loss = (2 * moved * (a + b) + 2 * moved * moved) / (2 * variance)
        if (loss > epsilon) exact += (p[a + reach] ?? 0) * (p[b + reach] ?? 0) * (1 - Math.exp(epsilon - loss))
      }
    const mu = Math.sqrt((2 * moved ** 2) / variance)
    const said = deltaOfDiscreteGaussian(epsilon, mu, (2 * moved) / variance)
    expect(said).toBeGreaterThanOrEqual(exact)
    expect(said).toBeLessThan(exact * 2.2)
    // The continuous value is what it comes down to.
    expect(deltaOfGaussian(epsilon, mu) / exact).toBeCloseTo(1, 1)
  })

  it('lets discrete and continuous noise be drawn together never more than one step apart', () => {
    for (const variance of [1, 7, 90, 2500]) {
      for (let m = 1; m < 6 * Math.sqrt(variance); m++) {
        const tail = discreteGaussianTail(variance, m)
        expect(tail).toBeGreaterThanOrEqual(normalBelow(-m / Math.sqrt(variance)) * (1 - 1e-8))
        expect(tail).toBeLessThanOrEqual(normalBelow(-(m - 1) / Math.sqrt(variance)) * (1 + 1e-12))
      }
    }
  })

  it('needs less noise than the bound by zero-concentrated privacy, by the factor the field has measured', () => {
    // Half of delta = 1 / (n ln n) at n = 48,773, as the research note computed: 1.19 at epsilon 4, 1.28 at 1.
    for (const [epsilon, factor] of [
      [1, 1.28],
      [4, 1.19],
      [12, 1.12],
    ] as const) {
      const delta = 1 / (48_773 * Math.log(48_773))
      const rho = (Math.sqrt(epsilon + Math.log(2 / delta)) - Math.sqrt(Math.log(2 / delta))) ** 2
      const gain = largestMu(epsilon, delta / 2, 1e9) / Math.sqrt(2 * rho)
      expect(gain).toBeGreaterThan(factor - 0.02)
      expect(gain).toBeLessThan(factor + 0.02)
    }
  })

  it('finds the threshold below which noise alone stays, to the step', () => {
    const threshold = discreteGaussianThreshold(900, 1e-7)
    expect(discreteGaussianTail(900, threshold)).toBeLessThanOrEqual(1e-7)
    expect(discreteGaussianTail(900, threshold - 1)).toBeGreaterThan(1e-7)
  })
})
