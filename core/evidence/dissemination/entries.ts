import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { Qualifier } from '../../shared/counts.ts'
import { CivilDate } from '../../shared/dates.ts'
import { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import { Country } from '../../shared/places.ts'
import {
  Audience,
  Carrier,
  Headcount,
  highestClaim,
  Level,
  OutcomeKind,
  ProductKind,
  PublicationDate,
  Strength,
  WebAddress,
} from './words.ts'

/** What was published and where it was discussed: of no one who could be harmed, so its rows are the organisation's. */
const dissemination = {
  version: 1,
  opens: false,
  // In a regional office, which has no country, its manager is the regional manager.
  who: ['steward', 'manager', 'regional-manager'],
  sealed: [],
  time: 'clear',
} as const

const line = z.string().trim().min(1).max(300)
const listOf = <T extends z.ZodType>(item: T, least: number, most: number) =>
  z
    .array(item)
    .min(least)
    .max(most)
    .refine((items) => new Set(items).size === items.length)
const saysSomething = (coded: object): boolean => Object.keys(coded).length > 0
const namesMoreThanItsRecord = (coded: object): boolean => Object.keys(coded).length > 1

// ---------------------------------------------------------------- a knowledge product

const product = { ...dissemination, stream: 'product', precisions: ['day', 'month', 'year'] } as const
const Languages = listOf(ProgrammeLanguage, 1, ProgrammeLanguage.options.length)

export const productPublished: Kind = {
  ...product,
  kind: 'evidence.product-published',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({
    organisation: OrganisationId,
    /** As it is printed on it: public, and of a work, never of a person. */
    title: line,
    kind: ProductKind,
    edition: line,
    languages: Languages,
    publishedOn: PublicationDate,
  }),
}

/** The correction of what was said of a product: only the fields it names change. */
export const productDescribed: Kind = {
  ...product,
  kind: 'evidence.product-described',
  sets: 'stream',
  coded: z
    .strictObject({
      title: line.optional(),
      kind: ProductKind.optional(),
      edition: line.optional(),
      languages: Languages.optional(),
      publishedOn: PublicationDate.optional(),
    })
    .refine(saysSomething),
}

/** Withdrawn, or (`false`) standing again; the note says why. */
export const productWithdrawn: Kind = {
  ...product,
  kind: 'evidence.product-withdrawn',
  sets: 'stream',
  coded: z.strictObject({ withdrawn: z.boolean(), note: line }),
}

const claim = {
  audience: Audience,
  carrier: Carrier,
  amount: z.int().min(1).max(highestClaim),
  qualifier: Qualifier,
  /** Who says so, and where. */
  source: line,
  /** At which event it was handed over; left out, or null, where at none. */
  event: StreamId.nullable().optional(),
}

/** The first version knew no event: what it says stands as it is. */
const sameAsFirst: NonNullable<Kind['upcasts']> = { 2: (coded) => coded }

/** Who received it, in what number somebody claims. */
export const productDistributed: Kind = {
  ...product,
  kind: 'evidence.product-distributed',
  version: 2,
  upcasts: sameAsFirst,
  sets: 'itself',
  coded: z.strictObject(claim),
}

export const distributionCorrected: Kind = {
  ...product,
  kind: 'evidence.distribution-corrected',
  version: 2,
  upcasts: sameAsFirst,
  sets: 'named',
  coded: z
    .strictObject({ ...claim, record: EntryId })
    .partial()
    .required({ record: true })
    .refine(namesMoreThanItsRecord),
}

const outcome = {
  outcome: OutcomeKind,
  /** What happened, in a sentence: of offices and laws, never of a person. */
  what: z.string().trim().min(1).max(600),
  /** Who did it, where that is known: a group, as of those who received it. */
  audience: Audience.nullable(),
  /** At which event it was first seen. */
  event: StreamId.nullable(),
  /** Who says so, and where. */
  source: line,
  /** Where anybody can read it. */
  address: WebAddress.nullable(),
  strength: Strength,
}

/** What came of it. */
export const outcomeNoted: Kind = {
  ...product,
  kind: 'evidence.outcome-noted',
  sets: 'itself',
  coded: z.strictObject(outcome),
}

export const outcomeCorrected: Kind = {
  ...product,
  kind: 'evidence.outcome-corrected',
  sets: 'named',
  coded: z
    .strictObject({ ...outcome, record: EntryId })
    .partial()
    .required({ record: true })
    .refine(namesMoreThanItsRecord),
}

/** A distribution or outcome that never was, or (`record` is then the entry that opened it) a whole product; `false` takes it back. */
export const productEnteredInError: Kind = {
  ...product,
  kind: 'evidence.product-entered-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

// ---------------------------------------------------------------- an event

const event = { ...dissemination, stream: 'event', precisions: ['day'] } as const

const said = {
  level: Level,
  /** Of which country it was; none of what is of several, or held by a regional office. */
  country: Country.nullable(),
  audiences: listOf(Audience, 1, Audience.options.length),
  /** The products discussed, by their streams. */
  products: listOf(StreamId, 0, 50),
  heldOn: CivilDate,
  /** Null where nobody counted. */
  participants: Headcount.nullable(),
}

export const eventHeld: Kind = {
  ...event,
  kind: 'evidence.event-held',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ ...said, organisation: OrganisationId }),
}

export const eventDescribed: Kind = {
  ...event,
  kind: 'evidence.event-described',
  sets: 'stream',
  coded: z.strictObject(said).partial().refine(saysSomething),
}

export const eventEnteredInError: Kind = {
  ...event,
  kind: 'evidence.event-entered-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const disseminationKinds: readonly Kind[] = [
  productPublished,
  productDescribed,
  productWithdrawn,
  productDistributed,
  distributionCorrected,
  outcomeNoted,
  outcomeCorrected,
  productEnteredInError,
  eventHeld,
  eventDescribed,
  eventEnteredInError,
]
