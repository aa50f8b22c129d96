import * as z from 'zod'

/** A whole number known only to lie between two bounds, both included; known exactly where they meet. */
export type Interval = { readonly low: number; readonly high: number }

export const exactly = (value: number): Interval => ({ low: value, high: value })
export const isExact = (interval: Interval): boolean => interval.low === interval.high
export const add = (a: Interval, b: Interval): Interval => ({ low: a.low + b.low, high: a.high + b.high })
export const sum = (intervals: Iterable<Interval>): Interval => {
  let total = exactly(0)
  for (const interval of intervals) total = add(total, interval)
  return total
}

/** "More than" and "+" are not digits: the number is as it was said, and this says how it was said. */
export const Qualifier = z.enum(['exact', 'at-least', 'about'])
export type Qualifier = z.infer<typeof Qualifier>
