import * as z from 'zod'
import type { Role } from '../shared/roles.ts'

/** Who writes awareness down: those who go out or stand at a crossing, and the manager who gathers what was reached. */
export const awarenessWriters = [
  'livelihoods-officer',
  'front-line-officer',
  'trainer',
  'manager',
] as const satisfies readonly Role[]

/** Where an outreach session was held: the kind of place, never which. */
export const Setting = z.enum(['village', 'workplace', 'school', 'transit', 'online', 'other'])
export type Setting = z.infer<typeof Setting>

/** What women are asked about before and after, as the brochure lists what they became more aware of. */
export const Question = z.enum(['rights', 'recruiters-ways', 'how-to-report', 'services'])
export type Question = z.infer<typeof Question>

export const Channel = z.enum(['exhibition', 'video', 'page'])
export type Channel = z.infer<typeof Channel>

/** In what reach is told. No two are ever added: a visit is no view, and neither is a person who was counted. */
export const ReachUnit = z.enum(['visits', 'views', 'people-claimed'])
export type ReachUnit = z.infer<typeof ReachUnit>

/** Who says so: a count of one's own, the platform's statistics, a partner's statement, the press. */
export const ReachSource = z.enum(['own-count', 'platform', 'partner', 'press'])
export type ReachSource = z.infer<typeof ReachSource>

/** The most heads of one group at one session: more is a slip of the finger. */
export const mostHeads = 20_000
/** The most women asked in one sample. */
export const mostAsked = 100_000
/** The most that one statement of reach may say. */
export const mostReached = 1_000_000_000
/** Persons on one list: more are two lists. */
export const longestList = 200
