import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { Hash, OrganisationId, StreamId } from '../../shared/ids.ts'
import { Address, DeltaExponent, EpsilonThousandths, Method, Population, SaidText, SignsAs, signers } from './words.ts'

/** What is published, by whom and at what price: everyone of the programme reads it, and none of it is of a person. */
const publishing = { version: 1, sealed: [], time: 'clear', precisions: ['day'] } as const
const line = z.string().trim().min(1).max(300)

// ---------------------------------------------------------------- a holding

/**
 * A file that something may be published of was brought in: a table of counts in long form, or coded records, one a person.
 * The bytes lie beside the log under `hash` and are given to nobody: only what is made of them is read.
 */
export const holdingBrought: Kind = {
  ...publishing,
  kind: 'evidence.holding-brought',
  stream: 'holding',
  opens: true,
  sets: 'stream',
  who: ['steward'],
  coded: z.strictObject({
    organisation: OrganisationId,
    form: z.enum(['records', 'table']),
    /** With `publisher` it says whose people they are: every edition of it shares one budget. */
    name: line,
    publisher: line,
    /** As its publisher dates or numbers it. */
    edition: line,
    source: z.string().trim().min(1).max(1000),
    terms: z.string().trim().min(1).max(4000),
    /** Records of survivors leave from 1,000 on; whoever says that they are others answers for it. */
    about: z.enum(['survivors', 'others']),
    invented: z.boolean(),
    hash: Hash,
    bytes: z.int().min(1),
    rows: z.int().min(1),
    columns: z.array(z.string().min(1).max(200)).min(2).max(63),
    /** Columns that may hold names by their looks, and of which whoever brought the file says that they hold kinds of something. */
    categories: z.array(z.string().min(1).max(200)).max(63).optional(),
  }),
}

// ---------------------------------------------------------------- a budget

const budget = {
  epsilon: EpsilonThousandths,
  /** Of the whole population, over all releases: 10^-n. */
  deltaExponent: DeltaExponent,
  why: z.string().trim().min(1).max(1000),
}

export const budgetSet: Kind = {
  ...publishing,
  kind: 'evidence.budget-set',
  stream: 'release-budget',
  opens: true,
  sets: 'stream',
  who: ['protection-officer'],
  coded: z.strictObject({ organisation: OrganisationId, population: Population, ...budget }),
}

export const budgetChanged: Kind = {
  ...publishing,
  kind: 'evidence.budget-changed',
  stream: 'release-budget',
  opens: false,
  sets: 'stream',
  who: ['protection-officer'],
  coded: z.strictObject(budget),
}

// ---------------------------------------------------------------- a publication

export const Source = z.discriminatedUnion('kind', [
  /** What was released of these indicators at a cut-off of the programme, or of every programme. */
  z.strictObject({
    kind: z.literal('facts'),
    indicators: z
      .array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/))
      .min(1)
      .max(12)
      .refine((keys) => new Set(keys).size === keys.length),
    cutOff: z.iso.date(),
  }),
  /** A holding, or an imported data set, by its stream. */
  z.strictObject({ kind: z.literal('holding'), holding: StreamId }),
])
export type Source = z.infer<typeof Source>

const proposal = {
  address: Address,
  title: SaidText,
  about: SaidText,
  publisher: line,
  source: z.string().trim().min(1).max(1000),
  /** As an SPDX id where it has one. */
  licence: z.string().trim().min(1).max(60),
  from: Source,
  method: Method,
}
export const Proposal = z.strictObject(proposal)
export type Proposal = z.infer<typeof Proposal>

/** Said once and never changed: a content is made of exactly this, and two people sign that content. */
export const publicationProposed: Kind = {
  ...publishing,
  kind: 'evidence.publication-proposed',
  stream: 'publication',
  opens: true,
  sets: 'stream',
  who: ['steward'],
  coded: z.strictObject({ organisation: OrganisationId, ...proposal }),
}

export const publicationSigned: Kind = {
  ...publishing,
  kind: 'evidence.publication-signed',
  stream: 'publication',
  opens: false,
  sets: 'itself',
  who: signers,
  /** The content she looked at; a signature of another counts for nothing. */
  coded: z.strictObject({ hash: Hash, as: SignsAs }),
}

/** For ever: what was downloaded cannot be called back, and the page says why it should not be used. */
export const publicationWithdrawn: Kind = {
  ...publishing,
  kind: 'evidence.publication-withdrawn',
  stream: 'publication',
  opens: false,
  sets: 'itself',
  who: ['protection-officer'],
  /** Public. */
  coded: z.strictObject({ why: z.string().trim().min(1).max(1000) }),
}

export const publicationKinds: readonly Kind[] = [
  holdingBrought,
  budgetSet,
  budgetChanged,
  publicationProposed,
  publicationSigned,
  publicationWithdrawn,
]
