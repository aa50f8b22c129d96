import type { FigureValue } from '@lentera/core/results/figure'
import { DANGEROUS_markReleased, figureValueOf, type Released, type ReleasedCount } from './released-count.ts'
import { defaultSettings } from './settings.ts'

/** The value of a figure that may leave the house. */
export type ReleasedValue = Released<FigureValue>

/**
 * What is counted of nobody who could be harmed (officers trained, events, visits), as it may leave: from the minimum on, a
 * share only where neither its part nor the rest is below it.
 */
export function releaseOpen(value: FigureValue): ReleasedValue {
  return DANGEROUS_markReleased(smallestIn(value) < minimum ? { kind: 'protected', rule: 'fewer-than-five' } : value)
}

/**
 * A released count of people who could be harmed, printed beside a number that was public before. That number is held to be
 * an earlier release of the same people: of what lies fewer than the minimum away from it nothing is shown, or the one person
 * by whom they differ would be.
 */
export function releaseBeside(count: ReleasedCount, publicBefore: number): ReleasedValue {
  const isNear = count.kind === 'count' && count.low - publicBefore < minimum && publicBefore - count.high < minimum
  return DANGEROUS_markReleased(isNear ? { kind: 'protected', rule: 'complement' } : figureValueOf(count))
}

/** That there is nothing to show can be said to anybody. */
export const releaseNothing = (why: Extract<FigureValue, { kind: 'none' }>['why']): ReleasedValue =>
  DANGEROUS_markReleased({ kind: 'none', why })

const { minimum } = defaultSettings

function smallestIn(value: FigureValue): number {
  if (value.kind === 'count') return value.count.low
  if (value.kind === 'ratio') return Math.min(value.numerator.low, value.denominator.low - value.numerator.high)
  return value.kind === 'sample' ? Math.min(value.said, value.asked - value.said) : minimum
}
