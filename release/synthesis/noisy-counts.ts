import { largestMu } from '../noise/accounting.ts'
import { largestScale } from '../noise/discrete.ts'

/** Noise of one measurement: counts are taken in `steps` to the record, noise has `variance` in steps squared. */
export type Noise = { readonly steps: number; readonly variance: number; readonly deviation: number }

/**
 * The least steps to the record: what the accounting of the lattice is reckoned with. Its slack, mu squared over the steps,
 * is then under a hundredth of epsilon.
 */
export function leastStepsFor(epsilon: number, delta: number): number {
  const mu = largestMu(epsilon, delta, Number.POSITIVE_INFINITY)
  return Math.max(2, Math.ceil((150 * mu ** 2) / epsilon))
}

/** More steps make the lattice finer and the accounting closer; more than this is not worth the random bits. */
const mostSteps = 128

/**
 * Noise for counts of which one record moves `moved` by at most one each, at a cost of `muSquared`; undefined where it
 * would be too wide to be drawn exactly, and the counts useless anyhow.
 */
export function noiseFor(moved: number, muSquared: number, leastSteps: number): Noise | undefined {
  const deviation = Math.sqrt(moved / muSquared)
  const steps = Math.min(Math.max(mostSteps, leastSteps), Math.floor((largestScale - 1) / deviation))
  return steps < leastSteps ? undefined : { steps, variance: Math.ceil((deviation * steps) ** 2), deviation }
}
