import * as z from 'zod'
import { phases } from '../results/framework.ts'
import { CivilDate, precisionOf } from '../shared/dates.ts'
import { StreamId } from '../shared/ids.ts'

/** A phase of the programme: one donor's grant, as `core/results/framework.ts` lists them. */
export const Phase = z.enum(phases.map(({ key }) => key))
export type Phase = z.infer<typeof Phase>

/** Phases begin and end with quarters: what is counted of survivors is dated no finer. */
export const Quarter = CivilDate.refine((date) => precisionOf(date) === 'quarter')

/** Of what a target is: of all years together, of one year, of one phase. */
export const TargetPeriod = z.union([z.literal('all'), Phase, z.string().regex(/^20\d\d$/)])
export type TargetPeriod = z.infer<typeof TargetPeriod>

export const Qualifier = z.enum(['exact', 'at-least', 'more-than', 'about'])
export type Qualifier = z.infer<typeof Qualifier>

/** Which side of a target is meant: few failures and many sessions are both aimed at. */
export const Direction = z.enum(['at-least', 'at-most'])
export type Direction = z.infer<typeof Direction>

/** More than is planned of anything: a slip of the keys. */
export const mostPlanned = 1_000_000_000

const whole = z.int().min(0).max(mostPlanned)

/** A share with both its numbers: of a percentage alone nobody can tell what it is of. */
const Share = z
  .strictObject({ numerator: whole, denominator: whole.min(1) })
  .refine(({ numerator, denominator }) => numerator <= denominator, { path: ['numerator'] })
const Value = z.strictObject({ value: whole })

/** What an indicator stood at: a count, or a share with both its numbers. */
export const Measured = z.union([Value, Share])
export type Measured = z.infer<typeof Measured>

/** What is aimed at: as a baseline, or for a share its percentage alone (in tenths), since of how many is not known yet. */
export const Aimed = z.union([Value, Share, z.strictObject({ percentTenths: z.int().min(0).max(1000) })])
export type Aimed = z.infer<typeof Aimed>

export const longestSource = 300

/** The key of an indicator. Which there are is for `core/results` to say: a plan may name one that a later version brings. */
export const IndicatorKey = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/)
  .max(64)

/**
 * The stream of one thing that is planned, the same on every device of every member: so that two who date one phase
 * without having heard of each other disagree visibly, and do not date it twice. Not secret, and not unguessable.
 */
export function planStream(what: 'phase' | 'baseline' | 'target', ...of: readonly string[]): StreamId {
  const name = [what, ...of].join(' ')
  const hex = [0, 1, 2, 3].map((part) => fnv1a(`${part} ${name}`).toString(16).padStart(8, '0')).join('')
  // UUID version 8 (RFC 9562, 5.8): made from other values.
  return StreamId.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`,
  )
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo): spreads the few hundred names there can be; a test shows that none meet. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}
