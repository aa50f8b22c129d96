import * as z from 'zod'
import type { Interval } from '../../shared/counts.ts'
import { CivilDate, precisionOf } from '../../shared/dates.ts'

/** What a knowledge product is. */
export const ProductKind = z.enum([
  'study',
  'report',
  'policy-brief',
  'guidance',
  'factsheet',
  'teaching-material',
  'other',
])
export type ProductKind = z.infer<typeof ProductKind>

/** A withdrawn product was published all the same: it stays counted, and said to be withdrawn. */
export type Standing = 'standing' | 'withdrawn'

/** Whom an event was for, and who received a product. Groups, never one person or one office. */
export const Audience = z.enum([
  'policy-makers',
  'academia',
  'civil-society',
  'development-partners',
  'law-enforcement',
  'communities',
])
export type Audience = z.infer<typeof Audience>

/** What came of a product: what others did with it, never what somebody felt at an event. */
export const OutcomeKind = z.enum(['cited', 'used-in-training', 'decision', 'law-or-policy', 'feedback', 'other'])
export type OutcomeKind = z.infer<typeof OutcomeKind>

/**
 * How well it is shown: somebody told us, somebody wrote it to us, or anybody can read it where it stands. Ordered, the weakest first.
 */
export const Strength = z.enum(['told', 'written', 'public'])
export type Strength = z.infer<typeof Strength>

/** Where anybody can look: an address of the web. */
export const WebAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(500)

/** Of how many countries an event was. */
export const Level = z.enum(['international', 'regional', 'country'])
export type Level = z.infer<typeof Level>

/** In what unit a number is claimed: paper handed out and files fetched are never added up. */
export const Carrier = z.enum(['copies', 'downloads'])
export type Carrier = z.infer<typeof Carrier>

/** A day, or a month or year where the product says no more. */
export const PublicationDate = CivilDate.refine((date) => precisionOf(date) !== 'quarter')

/** The highest number of copies, downloads or participants that one claim may be of. */
export const highestClaim = 100_000_000

const number = z.int().min(0).max(highestClaim)

/** How many were there; by sex as far as somebody counted it. */
export const Headcount = z
  .strictObject({ total: number, female: number.optional(), male: number.optional(), another: number.optional() })
  .refine((count) => knownOf(count) <= count.total)
export type Headcount = z.infer<typeof Headcount>

/** Of how many the sex is known. */
export const knownOf = ({ female = 0, male = 0, another = 0 }: BySex): number => female + male + another

type BySex = {
  readonly female?: number | undefined
  readonly male?: number | undefined
  readonly another?: number | undefined
}

/** Those of whom nobody counted the sex. Where women were counted and men were not ("18 women of 40"), they are no women. */
export function restOf(count: Headcount): { readonly sex: 'unknown' | 'not-female'; readonly amount: number } {
  const isOfWomen = count.female !== undefined && count.male === undefined
  return { sex: isOfWomen ? 'not-female' : 'unknown', amount: count.total - knownOf(count) }
}

/** How many women were there: between those counted as women, and those with whomever may be. */
export function womenAmong(count: Headcount): Interval {
  const { sex, amount } = restOf(count)
  const low = count.female ?? 0
  return { low, high: sex === 'unknown' ? low + amount : low }
}
