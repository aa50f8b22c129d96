import * as z from 'zod'
import { type CivilDate, precisionOf } from '../../shared/dates.ts'

/** Narrower, one post could be read in it: 21 shifts a week is a post of day and night. */
export const narrowest = { posts: 5, shifts: 25, women: 10 } as const

/** More than any agency has: a slip, or a forgery. */
const highest = 9_999_999

/** Both ends included, from a whole number of the narrowest bands to one below another: an exact number, or a typed one, does not pass. */
const bandOf = (width: number) =>
  z
    .strictObject({ low: z.int().min(0).max(highest), high: z.int().min(0).max(highest) })
    .refine(({ low, high }) => high > low && low % width === 0 && (high + 1) % width === 0)

/**
 * Of all posts of an agency together, never of one: how many there are, shifts of a week that ask for a trained woman, those that have one
 * present, those that have one when whoever can be called counts too, trained women, and those of them whose certificates end within the
 * half year (null where that would say no more than how many women there are).
 */
export const Bands = z
  .strictObject({
    posts: bandOf(narrowest.posts),
    shifts: bandOf(narrowest.shifts),
    present: bandOf(narrowest.shifts),
    onCall: bandOf(narrowest.shifts),
    women: bandOf(narrowest.women),
    expiring: bandOf(narrowest.women).nullable(),
  })
  .refine(
    ({ posts, shifts, present, onCall }) => posts.low > 0 && present.high <= shifts.high && onCall.high <= shifts.high,
  )
export type Bands = z.infer<typeof Bands>

/** The first day of a quarter: a day she chose would be the day of a gap. */
export const isCutOff = (day: CivilDate): boolean => precisionOf(day) === 'day' && /-(01|04|07|10)-01$/.test(day)

/** Months in which a certificate that ends is counted. */
export const monthsAhead = 6

/** How many cut-offs back a register still tells who served: longer ago, who left since would be missing. */
export const mostCutOffsBack = 4
