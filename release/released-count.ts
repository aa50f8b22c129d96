import type { FigureValue } from '@lentera/core/results/figure'

/** Never exported: without this symbol nobody else can write down a value of the types below. */
declare const released: unique symbol
export type Released<T> = T & { readonly [released]: true }

/**
 * Why a number is not shown. `fewer-than-five`: it is 0, 1, 2, 3 or 4. `complement`: it is held back so that others cannot
 * be worked out, and may be of any size; the reason, too, must give nobody away.
 */
export type Reason = 'fewer-than-five' | 'complement'

/**
 * A count that may leave the house, or the reason why it may not. Only this room can make one: a `Count` of
 * `core/results` does not pass for it, nor an object that looks like it.
 */
export type ReleasedCount = Released<
  | { readonly kind: 'count'; readonly low: number; readonly high: number }
  | { readonly kind: 'protected'; readonly rule: Reason }
>

/** A released count as the value of a figure. */
export function figureValueOf(count: ReleasedCount): Released<FigureValue> {
  return DANGEROUS_markReleased<FigureValue>(
    count.kind === 'count'
      ? { kind: 'count', count: { low: count.low, high: count.high } }
      : { kind: 'protected', rule: count.rule },
  )
}

/** Marks a value as released. Not part of the door `./release`: called where a release is decided, and nowhere else. */
export function DANGEROUS_markReleased<T extends object>(value: T): Released<T> {
  return value as Released<T> // the mark exists in the types only: a released value is plain data and can be stored
}
