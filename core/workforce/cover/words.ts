import * as z from 'zod'
import type { CivilDate } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { Day } from '../post/words.ts'

/** Letters of a title, bytes of a text. A plan and a roster are the planner's own texts, each in a sealed field of at most 128 KiB. */
export const longest = { title: 120, text: 120_000 } as const

/** Rules that a roster which is kept may break: beyond it nobody has read them. */
export const mostBroken = 200

/** A letter of Burmese or Thai is three bytes of UTF-8, and it is bytes that a sealed field holds. */
const bytesOf = (text: string): number => {
  let bytes = 0
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

const PlannersText = z
  .string()
  .min(2)
  .refine((text) => bytesOf(text) <= longest.text)

/**
 * What a plan rests on and says: the planner's own texts, which this room does not read. `title`: what the agency calls it; `drawn`: the
 * steps, to be solved again; `page`: the page as it was signed, in words, whatever becomes of the register (since version 2).
 */
export const textsOfPlan = {
  title: z.string().trim().min(1).max(longest.title),
  drawn: PlannersText,
  page: PlannersText,
} as const
export const sealedOfPlan = ['title', 'drawn', 'page'] as const
export type PlanField = (typeof sealedOfPlan)[number]
export type PlanSaid = { readonly title: string; readonly drawn: string; readonly page: string }

/** For each officer (by her stream) the shift of each day, '' where she is free: keys of the post's shifts, with commas between. */
export const Duties = z.record(StreamId, z.string().max(1000))
export type Duties = z.infer<typeof Duties>

/** Shifts on which somebody is alone, as the roster room names them: `12 1320`, the day from 0 and the key of the shift. */
export const Alone = z.array(z.string().max(60)).max(2000)
export type Alone = z.infer<typeof Alone>

/**
 * Rules that a roster breaks, as the checker names them, and which whoever kept it said to keep so; days from 0, those before the roster
 * below it. As many as a sealed field holds.
 */
export const BrokenAsKept = z
  .array(
    z.strictObject({
      code: z.string().max(60),
      person: StreamId.nullable(),
      shifts: z.array(z.string().max(60)).max(100),
      days: z.array(z.int()).max(100),
      found: z.number().nullable(),
      allowed: z.number().nullable(),
    }),
  )
  .max(mostBroken)
export type BrokenAsKept = z.infer<typeof BrokenAsKept>

/** Days from 0 that a hand has set for an officer, shifts and free days: they stand when the rest is made again. */
export const ByHand = z.record(StreamId, z.array(z.int().nonnegative()).max(400))
export type ByHand = z.infer<typeof ByHand>

/**
 * A roster of one post, or (`partner`) of two that share their women on call: its first day, who works when, and (since version 2) the
 * shifts on which somebody is alone and which whoever kept it said to keep so; since version 3, which days a hand has set; since version
 * 4, which other rules it breaks, likewise.
 */
export const textsOfRoster = {
  post: StreamId,
  partner: StreamId,
  from: Day,
  duties: Duties,
  alone: Alone,
  byHand: ByHand,
  broken: BrokenAsKept,
} as const
export const sealedOfRoster = ['post', 'partner', 'from', 'duties', 'alone', 'byHand', 'broken'] as const
export type RosterField = (typeof sealedOfRoster)[number]
export type RosterSaid = {
  readonly post: StreamId
  readonly partner: StreamId
  readonly from: CivilDate
  readonly duties: Duties
  readonly alone: Alone
  readonly byHand: ByHand
  readonly broken: BrokenAsKept
}
