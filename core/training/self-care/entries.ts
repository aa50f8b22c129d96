import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { Agency } from '../../shared/agencies.ts'
import { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { AttendanceCounts, Day, longest, mostPeople, SelfCareTopic, shortest, UnitKind } from './words.ts'

/** What officers ask for and what was held for them: counts, and no field in which anybody could be named. */
const selfCare = {
  version: 1,
  opens: false,
  who: ['trainer'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const saysSomething = (coded: object): boolean => Object.keys(coded).length > 0
const inError = z.strictObject({ record: EntryId, enteredInError: z.boolean() })

// ---------------------------------------------------------------- a need

const request = { ...selfCare, stream: 'self-care-request' } as const

const asked = {
  country: Country,
  agency: Agency,
  unit: UnitKind,
  topic: SelfCareTopic,
  /** How many asked. */
  people: z.int().min(1).max(mostPeople),
  askedOn: Day,
}

export const selfCareRequested: Kind = {
  ...request,
  kind: 'training.self-care-requested',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, ...asked }),
}

/** The correction of what was asked: only the fields it names change. */
export const selfCareRequestDescribed: Kind = {
  ...request,
  kind: 'training.self-care-request-described',
  sets: 'stream',
  coded: z.strictObject(asked).partial().refine(saysSomething),
}

export const selfCareRequestInError: Kind = {
  ...request,
  kind: 'training.self-care-request-entered-in-error',
  sets: 'named',
  coded: inError,
}

// ---------------------------------------------------------------- a webinar

const webinar = { ...selfCare, stream: 'self-care-webinar' } as const

const held = {
  topic: SelfCareTopic,
  heldOn: Day,
  minutes: z.int().min(shortest).max(longest),
  attendance: AttendanceCounts,
  /** The requests it answers, by their streams. */
  answers: z
    .array(StreamId)
    .max(100)
    .refine((streams) => new Set(streams).size === streams.length),
}

export const selfCareWebinarHeld: Kind = {
  ...webinar,
  kind: 'training.self-care-webinar-held',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, ...held }),
}

/** The correction of what was said of a webinar: only the fields it names change. */
export const selfCareWebinarDescribed: Kind = {
  ...webinar,
  kind: 'training.self-care-webinar-described',
  sets: 'stream',
  coded: z.strictObject(held).partial().refine(saysSomething),
}

export const selfCareWebinarInError: Kind = {
  ...webinar,
  kind: 'training.self-care-webinar-entered-in-error',
  sets: 'named',
  coded: inError,
}

export const selfCareKinds: readonly Kind[] = [
  selfCareRequested,
  selfCareRequestDescribed,
  selfCareRequestInError,
  selfCareWebinarHeld,
  selfCareWebinarDescribed,
  selfCareWebinarInError,
]
