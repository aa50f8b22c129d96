/*
 * What Gaussian noise costs, as (epsilon, delta) between files that differ by one record (added or taken away).
 *
 * Every count that is measured moves by `moved` when a record comes or goes; the mechanism as a whole is one Gaussian
 * whose `mu` squared is the sum of (moved / deviation) squared over all of them, even where later measurements are chosen
 * by what earlier ones gave (J. Dong, A. Roth, W. Su, "Gaussian differential privacy", JRSS B 84, 2022, theorem 4).
 */

/**
 * The least delta at which continuous Gaussian noise keeps epsilon, exactly: B. Balle, Y.-X. Wang, "Improving the
 * Gaussian mechanism for differential privacy: analytical calibration and optimal denoising", ICML 2018, theorem 8.
 *
 * @param mu length of the whole move in deviations of the noise
 */
export function deltaOfGaussian(epsilon: number, mu: number): number {
  return deltaOfDiscreteGaussian(epsilon, mu, 0)
}

/**
 * The same for discrete Gaussian noise, from above. Its privacy loss is the continuous one to within `slack`, the sum
 * over all counts of moved / variance, both in steps of the noise: for whole m, P[N >= m] <= P[Y >= m] <= P[N >= m - 1]
 * since the density falls, so that N and Y can be drawn together never more than one step apart, and each step moves
 * the loss by moved / variance. (The normalising sums differ by a factor below 1 + 2 exp(-2 pi^2 variance).)
 */
export function deltaOfDiscreteGaussian(epsilon: number, mu: number, slack: number): number {
  if (mu <= 0) return epsilon - slack >= 0 ? 0 : 1
  const seen = normalBelow(mu / 2 - (epsilon - slack) / mu)
  const otherwise = normalBelow(-mu / 2 - (epsilon + slack) / mu)
  return Math.max(0, seen - Math.exp(epsilon) * otherwise)
}

/**
 * The largest `mu` that keeps (epsilon, delta) with discrete noise on a lattice of `steps` steps to one record: there the
 * slack is at most mu squared / steps.
 */
export function largestMu(epsilon: number, delta: number, steps: number): number {
  let [low, high] = [0, 1]
  while (deltaOfDiscreteGaussian(epsilon, high, high ** 2 / steps) < delta) high *= 2
  for (let i = 0; i < 100; i++) {
    const mu = (low + high) / 2
    if (deltaOfDiscreteGaussian(epsilon, mu, mu ** 2 / steps) < delta) low = mu
    else high = mu
  }
  return low
}

/** P[Y >= from] of the discrete Gaussian, by its sum: from above, to rounding. @param from a whole number */
export function discreteGaussianTail(variance: number, from: number): number {
  if (from <= 0) return 1 - discreteGaussianTail(variance, 1 - from)
  let sum = 0
  for (let x = from; ; x++) {
    const term = Math.exp((-x * x) / (2 * variance))
    sum += term
    if (term < sum * 1e-17 || term === 0) break
  }
  // The sum over all whole numbers is at least that integral.
  return sum / Math.sqrt(2 * Math.PI * variance)
}

/** The least whole number that Y reaches with a probability of at most `chance`. */
export function discreteGaussianThreshold(variance: number, chance: number): number {
  const deviation = Math.sqrt(variance)
  let [low, high] = [0, Math.ceil(40 * deviation) + 1]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (normalBelow(-middle / deviation) <= chance) high = middle
    else low = middle
  }
  // Between the tails of the normal distribution one step apart: this step or the next.
  return discreteGaussianTail(variance, high) <= chance ? high : high + 1
}

// ---------------------------------------------------------------- the normal distribution, far into its tail

/** P[N < x], to a relative error of about 1e-14 where it is small. */
export function normalBelow(x: number): number {
  return x > 0 ? 1 - normalTail(x) : normalTail(-x)
}

/** P[N > x] for x >= 0. NIST DLMF 7.6.2 (series) near the middle, 7.9.2 (continued fraction) outside. */
function normalTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  if (x < 2.5) {
    let term = x
    let sum = x
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (x * x) / (2 * k + 1)
      sum += term
    }
    return 0.5 - density * sum
  }
  let fraction = x
  for (let k = 200; k >= 1; k--) fraction = x + k / fraction
  return density / fraction
}
