import type { Interval } from '@lentera/core/shared/counts'

/**
 * What a figure may be on a screen. Protected and unknown are answers of their own and never zero; an interval is a
 * count known only between two bounds.
 */
export type FigureValue =
  /** `read`: how the number is to be read, where it is no plain count. "More than" is a word and not a digit. */
  | { readonly kind: 'exact'; readonly value: number; readonly read?: 'at-least' | 'about' | 'percent' }
  | ({ readonly kind: 'interval' } & Interval)
  /** `why`: a sentence for those who ask, where there is a better one than the general. */
  | { readonly kind: 'protected'; readonly why?: string }
  | { readonly kind: 'unknown'; readonly why?: string }

export const exact = (value: number): FigureValue => ({ kind: 'exact', value })
export const protectedFigure: FigureValue = { kind: 'protected' }
export const unknownFigure: FigureValue = { kind: 'unknown' }

/** An interval whose bounds meet is exact. */
export const between = (interval: Interval): FigureValue =>
  interval.low === interval.high ? exact(interval.low) : { kind: 'interval', ...interval }

/** Orders figures by size, an interval by its middle; protected and unknown have no size and stand last. */
export function compareFigures(a: FigureValue, b: FigureValue): number {
  const left = sizeOf(a)
  const right = sizeOf(b)
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
  return left - right
}

export function sizeOf(figure: FigureValue): number | undefined {
  if (figure.kind === 'exact') return figure.value
  if (figure.kind === 'interval') return (figure.low + figure.high) / 2
  return undefined
}
