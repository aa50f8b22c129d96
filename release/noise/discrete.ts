import { evenly, type RandomBits } from './random-bits.ts'

/*
 * Exact samplers in whole numbers only, so that no rounding of a floating-point number can tell the count under the
 * noise (Mironov, CCS 2012): C. Canonne, G. Kamath, T. Steinke, "The Discrete Gaussian for Differential Privacy",
 * NeurIPS 2020, algorithms 1 to 3. Every number below stays under 2^53, which `largestScale` sees to. Time depends on
 * what is drawn; whoever can time single draws on this machine is not an attacker this room defends against.
 */

/** The largest scale that keeps every intermediate whole number exact. */
export const largestScale = 2000

/**
 * True with probability exp(-numerator / denominator), exactly (algorithm 1).
 *
 * @param numerator a whole number, not negative; @param denominator a whole number, positive; both under 2^47
 */
export function trueWithExp(bits: RandomBits, numerator: number, denominator: number): boolean {
  let left = numerator
  while (left > denominator) {
    if (!trueWithExpOfFraction(bits, denominator, denominator)) return false
    left -= denominator
  }
  return trueWithExpOfFraction(bits, left, denominator)
}

/** The same for a fraction of at most 1: the alternating series of the exponential, term by term. */
function trueWithExpOfFraction(bits: RandomBits, numerator: number, denominator: number): boolean {
  let k = 1
  // Bernoulli(numerator / (denominator k)) as two independent draws, so that no product leaves 2^53.
  while (evenly(bits, k) === 0 && evenly(bits, denominator) < numerator) k++
  return k % 2 === 1
}

/**
 * Discrete Laplace: probability of x proportional to exp(-|x| denominator / numerator) over all whole numbers (algorithm 2).
 *
 * @param numerator of the scale, as `denominator` a whole number from 1 to 2^31
 */
export function discreteLaplace(bits: RandomBits, numerator: number, denominator = 1): number {
  for (const part of [numerator, denominator])
    if (!Number.isInteger(part) || part < 1 || part > 2 ** 31)
      throw new Error(`a scale of ${numerator} / ${denominator} is not made of whole numbers from 1 to 2^31`)
  for (;;) {
    const rest = evenly(bits, numerator)
    if (!trueWithExp(bits, rest, numerator)) continue
    let whole = 0
    while (trueWithExpOfFraction(bits, 1, 1)) whole++
    const size = Math.floor((rest + numerator * whole) / denominator)
    const negative = bits() % 2 === 1
    if (negative && size === 0) continue
    return negative ? -size : size
  }
}

/**
 * Discrete Gaussian: probability of x proportional to exp(-x^2 / (2 variance)) over all whole numbers (algorithm 3).
 *
 * @param variance a whole number from 1 to `largestScale` squared
 */
export function discreteGaussian(bits: RandomBits, variance: number): number {
  if (!Number.isInteger(variance) || variance < 1 || variance > largestScale ** 2)
    throw new Error(`a variance of ${variance} is not a whole number from 1 to ${largestScale ** 2}`)
  const scale = Math.floor(Math.sqrt(variance)) + 1
  for (;;) {
    const drawn = discreteLaplace(bits, scale)
    // (|x| - variance / scale)^2 / (2 variance), both multiplied by scale squared. At the largest scale the numerator
    // leaves the exact whole numbers for |x| beyond 23 deviations, where it is accepted with less than exp(-200).
    const distance = Math.abs(drawn) * scale - variance
    if (trueWithExp(bits, distance * distance, 2 * variance * scale * scale)) return drawn
  }
}
