import * as z from 'zod'
import type { Entry } from '../log/entry.ts'
import type { Kind } from '../log/kind.ts'
import { EntryId, OrganisationId, StreamId } from '../shared/ids.ts'
import { Country } from '../shared/places.ts'
import { Counts, CountsCorrected, Headed } from './counted/entries.ts'
import { Concern, longestLine, longestText, mostFollowed, Origin, Rank, Sphere, Status, Unit } from './words.ts'

/** Nobody is named, and no single crossing: so everyone of the organisation that counted may read the rows. */
const workforce = {
  version: 1,
  opens: false,
  who: ['focal-point'],
  sealed: [],
  precisions: ['day', 'month', 'quarter', 'year'],
  time: 'clear',
} as const

const line = z.string().trim().min(1).max(longestLine)
const text = z.string().trim().min(1).max(longestText)
const saysSomething = (coded: object): boolean => Object.values(coded).some((value) => value !== undefined)

/** A record that never was, or (`record` is then the entry that opened it) a whole stream; `false` takes it back. */
const inError = z.strictObject({ record: EntryId, enteredInError: z.boolean() })

// ---------------------------------------------------------------- headcounts

const headcount = { ...workforce, stream: 'headcount' } as const

const HeadcountHeaded = { ...Headed, unit: Unit }

export const headcountTaken: Kind = {
  ...headcount,
  kind: 'workforce.headcount-taken',
  // Version 1 knew no units: what it counted were all of them.
  version: 2,
  upcasts: { 2: (coded) => ({ ...coded, unit: 'all' }) },
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, country: Country, ...HeadcountHeaded }),
}

/** The correction of what was said of a headcount: only the fields it names change. */
export const headcountDescribed: Kind = {
  ...headcount,
  kind: 'workforce.headcount-described',
  version: 2,
  upcasts: { 2: (coded) => coded },
  sets: 'stream',
  coded: z.strictObject(HeadcountHeaded).partial().refine(saysSomething),
}

export const rankCounted: Kind = {
  ...headcount,
  kind: 'workforce.rank-counted',
  sets: 'itself',
  coded: z.strictObject({ rank: Rank, ...Counts }),
}

export const rankCorrected: Kind = {
  ...headcount,
  kind: 'workforce.rank-corrected',
  sets: 'named',
  coded: CountsCorrected,
}

export const headcountInError: Kind = {
  ...headcount,
  kind: 'workforce.headcount-in-error',
  sets: 'named',
  coded: inError,
}

// ---------------------------------------------------------------- recommendations

const recommendation = { ...workforce, stream: 'recommendation' } as const

const Recommended = { number: z.int().min(1).max(999), text, origin: Origin, source: line }

export const recommendationMade: Kind = {
  ...recommendation,
  kind: 'workforce.recommendation-made',
  // Version 1 did not ask whose words they are.
  version: 2,
  upcasts: { 2: (coded) => ({ ...coded, origin: 'not-said' }) },
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, ...Recommended }),
}

export const recommendationDescribed: Kind = {
  ...recommendation,
  kind: 'workforce.recommendation-described',
  version: 2,
  upcasts: { 2: (coded) => coded },
  sets: 'stream',
  coded: z.strictObject(Recommended).partial().refine(saysSomething),
}

/** `follows`: the statuses that stood when it was set. Two that follow the same one are two answers until a third follows both. */
export const statusSet: Kind = {
  ...recommendation,
  kind: 'workforce.status-set',
  sets: 'itself',
  coded: z.strictObject({ status: Status, follows: z.array(EntryId).min(1).max(20), evidence: line.optional() }),
}

export const recommendationInError: Kind = {
  ...recommendation,
  kind: 'workforce.recommendation-in-error',
  sets: 'named',
  coded: inError,
}

// ---------------------------------------------------------------- reforms

const reform = { ...workforce, stream: 'reform' } as const

const Reformed = {
  what: text,
  concern: Concern,
  sphere: Sphere,
  evidence: line,
  recommendations: z.array(StreamId).max(mostFollowed),
}

/** Version 1 named one recommendation, or none. */
const followsSeveral = ({ recommendation, ...coded }: Entry['coded']): Entry['coded'] =>
  recommendation === undefined ? coded : { ...coded, recommendations: recommendation === null ? [] : [recommendation] }

export const reformMade: Kind = {
  ...reform,
  kind: 'workforce.reform-made',
  version: 2,
  upcasts: { 2: followsSeveral },
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, country: Country, ...Reformed }),
}

export const reformDescribed: Kind = {
  ...reform,
  kind: 'workforce.reform-described',
  version: 2,
  upcasts: { 2: followsSeveral },
  sets: 'stream',
  coded: z.strictObject(Reformed).partial().refine(saysSomething),
}

export const reformInError: Kind = { ...reform, kind: 'workforce.reform-in-error', sets: 'named', coded: inError }

export const workforceKinds: readonly Kind[] = [
  headcountTaken,
  headcountDescribed,
  rankCounted,
  rankCorrected,
  headcountInError,
  recommendationMade,
  recommendationDescribed,
  statusSet,
  recommendationInError,
  reformMade,
  reformDescribed,
  reformInError,
]
