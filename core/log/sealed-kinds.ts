import * as z from 'zod'
import type { CivilDate } from '../shared/dates.ts'
import { EntryId, KeyId, OrganisationId, PersonKey, type StreamId, TeamId } from '../shared/ids.ts'
import { Country } from '../shared/places.ts'

/**
 * What the kinds about one person declare alike: in the clear stands a quarter, since with few people a day is a name. The moment
 * of writing is a sealed field, named so that no later entry on the same record replaces it.
 */
export const inQuarters = { version: 1, opens: false, precisions: ['quarter'], time: 'sealed' } as const

/** What the entry that opens a stream with keys of its own says: whose keys, which, and the team they follow. */
export const withKeys = {
  person: PersonKey,
  organisation: OrganisationId,
  team: TeamId,
  country: Country,
  caseKey: KeyId,
  personKey: KeyId,
} as const

/** When a command is given: the civil day in the programme's zone, and the exact instant (ISO 8601, UTC), which is sealed. */
export type Moment = { readonly today: CivilDate; readonly at: string }

/** The same in a command that opens one. */
export type NewStream = { readonly stream: StreamId } & Readonly<z.infer<z.ZodObject<typeof withKeys>>>

/** A record that never was, or (`record` is then the entry that opened it) the whole stream; `false` takes it back. */
export const markInError = z.strictObject({ record: EntryId, enteredInError: z.boolean() })
