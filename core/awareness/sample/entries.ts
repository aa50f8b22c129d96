import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { EntryId, OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { awarenessWriters, mostAsked, Question } from '../words.ts'

/** A sample of women asked the same question before and after: two numbers, and nothing of any one of them. */
const sample = {
  version: 1,
  stream: 'sample',
  opens: false,
  who: awarenessWriters,
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const numbers = { asked: z.int().min(1).max(mostAsked), moreAware: z.int().min(0).max(mostAsked) }

export const sampleTaken: Kind = {
  ...sample,
  kind: 'awareness.sample-taken',
  opens: true,
  sets: 'stream',
  coded: z
    .strictObject({ organisation: OrganisationId, country: Country, question: Question, ...numbers })
    .refine(({ asked, moreAware }) => moreAware <= asked),
}

/** Both numbers stand together in a correction: one alone could leave more women aware than were asked. */
export const sampleCorrected: Kind = {
  ...sample,
  kind: 'awareness.sample-corrected',
  sets: 'stream',
  coded: z.strictObject({ question: Question, ...numbers }).refine(({ asked, moreAware }) => moreAware <= asked),
}

/** A sample that was never taken (`record` is the entry that opened it); `false` takes it back. */
export const sampleInError: Kind = {
  ...sample,
  kind: 'awareness.sample-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const sampleKinds: readonly Kind[] = [sampleTaken, sampleCorrected, sampleInError]
