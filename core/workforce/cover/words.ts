import * as z from 'zod'
import type { CivilDate } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { Day } from '../post/words.ts'

/** Letters of a title. A plan and a roster are kept as the planner's own texts, in a sealed field of at most 128 KiB. */
export const longest = { title: 120, text: 120_000 } as const

const PlannersText = z.string().min(2).max(longest.text)

/** What a plan rests on and says: the planner's own text, which this room does not read. `title`: what the agency calls it. */
export const textsOfPlan = {
  title: z.string().trim().min(1).max(longest.title),
  drawn: PlannersText,
} as const
export const sealedOfPlan = ['title', 'drawn'] as const
export type PlanField = (typeof sealedOfPlan)[number]
export type PlanSaid = { readonly title: string; readonly drawn: string }

/** For each officer (by her stream) the shift of each day, '' where she is free: keys of the post's shifts, with commas between. */
export const Duties = z.record(StreamId, z.string().max(1000))
export type Duties = z.infer<typeof Duties>

/** A roster of one post: its first day, and who works when. */
export const textsOfRoster = { post: StreamId, from: Day, duties: Duties } as const
export const sealedOfRoster = ['post', 'from', 'duties'] as const
export type RosterField = (typeof sealedOfRoster)[number]
export type RosterSaid = { readonly post: StreamId; readonly from: CivilDate; readonly duties: Duties }
