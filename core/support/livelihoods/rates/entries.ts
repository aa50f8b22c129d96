import * as z from 'zod'
import type { Kind } from '../../../log/kind.ts'
import { EntryId, Hash } from '../../../shared/ids.ts'
import { mostRates, RateRow, Source } from './words.ts'

/** A table that somebody published: everyone of the programme reads it, without a network too, so its rows are in the entry. */
const table = {
  version: 1,
  stream: 'rate-table',
  opens: false,
  who: ['livelihoods-officer', 'manager', 'steward'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

export const ratesImported: Kind = {
  ...table,
  kind: 'rates.table-imported',
  opens: true,
  sets: 'stream',
  coded: Source.extend({
    rates: z.array(RateRow).min(1).max(mostRates),
    /** SHA-256 of the file's bytes. */
    hash: Hash,
    /** Rows that were left out because the person said so. */
    leftOut: z.int().min(0),
  }),
}

/** Says anew where it is from; a wrong rate is mended by marking the table and bringing in the right one. */
export const ratesDescribed: Kind = {
  ...table,
  kind: 'rates.table-described',
  sets: 'stream',
  coded: Source.partial().refine((coded) => Object.keys(coded).length > 0),
}

/** A table that never should have been brought in (`record` is the entry that did); `false` takes it back. */
export const ratesInError: Kind = {
  ...table,
  kind: 'rates.table-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const rateKinds: readonly Kind[] = [ratesImported, ratesDescribed, ratesInError]
