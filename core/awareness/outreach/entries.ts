import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { EntryId, OrganisationId, PersonKey } from '../../shared/ids.ts'
import { AgeGroup, Sex } from '../../shared/people.ts'
import { Country } from '../../shared/places.ts'
import { awarenessWriters, mostHeads, Setting } from '../words.ts'

/**
 * Everybody there is a head in a headcount. Who wants to be counted once when she comes again carries a card with a code:
 * the key behind it means nothing outside, and no name is asked for.
 */
const outreach = {
  version: 1,
  stream: 'outreach',
  opens: false,
  who: awarenessWriters,
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const Heads = z.int().min(1).max(mostHeads)

export const outreachHeld: Kind = {
  ...outreach,
  kind: 'awareness.outreach-held',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, country: Country, setting: Setting }),
}

/** The correction of what was said of a session. */
export const outreachDescribed: Kind = {
  ...outreach,
  kind: 'awareness.outreach-described',
  sets: 'stream',
  coded: z.strictObject({ setting: Setting }),
}

export const headsCounted: Kind = {
  ...outreach,
  kind: 'awareness.heads-counted',
  sets: 'itself',
  coded: z.strictObject({ sex: Sex, age: AgeGroup, heads: Heads }),
}

export const headsCorrected: Kind = {
  ...outreach,
  kind: 'awareness.heads-corrected',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, heads: Heads }),
}

export const personMet: Kind = {
  ...outreach,
  kind: 'awareness.person-met',
  sets: 'itself',
  coded: z.strictObject({ person: PersonKey, sex: Sex, age: AgeGroup }),
}

export const personCorrected: Kind = {
  ...outreach,
  kind: 'awareness.person-corrected',
  sets: 'named',
  coded: z
    .strictObject({ record: EntryId, sex: Sex.optional(), age: AgeGroup.optional() })
    .refine((coded) => Object.keys(coded).length > 1),
}

/** A headcount or a person that never was, or (`record` is then the entry that opened it) a whole session; `false` takes it back. */
export const outreachInError: Kind = {
  ...outreach,
  kind: 'awareness.outreach-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const outreachKinds: readonly Kind[] = [
  outreachHeld,
  outreachDescribed,
  headsCounted,
  headsCorrected,
  personMet,
  personCorrected,
  outreachInError,
]
