import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { EntryId, OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { Counts, CountsCorrected, Headed } from '../counted/entries.ts'
import { Rank } from '../words.ts'
import { Happening } from './words.ts'

/** Counts of a period, of nobody by name and of no single crossing: everyone of the organisation that wrote them may read the rows. */
const flow = {
  version: 1,
  stream: 'workforce-flow',
  opens: false,
  who: ['focal-point'],
  sealed: [],
  // The period itself: a day is none.
  precisions: ['month', 'quarter', 'year'],
  time: 'clear',
} as const

export const flowWritten: Kind = {
  ...flow,
  kind: 'workforce.flow-written',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, country: Country, ...Headed }),
}

/** The correction of what was said of it: only the fields it names change. */
export const flowDescribed: Kind = {
  ...flow,
  kind: 'workforce.flow-described',
  sets: 'stream',
  coded: z
    .strictObject(Headed)
    .partial()
    .refine((coded) => Object.values(coded).some((value) => value !== undefined)),
}

/** `rank`: in which recruits begin, from which officers are promoted or leave. `to`: into which they are promoted. */
export const flowCounted: Kind = {
  ...flow,
  kind: 'workforce.flow-counted',
  sets: 'itself',
  coded: z.strictObject({ happening: Happening, rank: Rank, to: Rank.nullable(), ...Counts }),
}

export const flowCorrected: Kind = {
  ...flow,
  kind: 'workforce.flow-corrected',
  sets: 'named',
  coded: CountsCorrected,
}

/** A row that never was, or (`record` is then the entry that opened it) the whole; `false` takes it back. */
export const flowInError: Kind = {
  ...flow,
  kind: 'workforce.flow-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const flowKinds: readonly Kind[] = [flowWritten, flowDescribed, flowCounted, flowCorrected, flowInError]
