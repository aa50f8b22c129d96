import { Batch } from '@lentera/core/log/batch'
import { EntryId, StreamId } from '@lentera/core/shared/ids'
import { accept } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import { noMoreThanWho } from '../access/anyone.ts'
import { appendBatch } from '../log/append.ts'
import { pull, pullStates } from '../log/pull.ts'
import { BatchReply, Pulled, PulledStates } from './log-answers.ts'
import { type Route, route } from './route.ts'

/** A full batch: 200 entries of at most 256 KiB, with their keys. */
const batchBytes = 64 * 1024 * 1024

const append = route({
  at: 'POST /api/log/append',
  // Also one who was removed: what she did before she knew is laid aside for a person to decide.
  who: 'known',
  // Judged entry by entry in `access/log.ts`: one refused entry refuses no other.
  may: noMoreThanWho,
  parse: { body: Batch, upTo: batchBytes },
  decide: async ({ body }, { viewer }, { database }) => accept(await appendBatch(database, viewer, body)),
  present: { status: 200, body: BatchReply },
})

const pullEntries = route({
  at: 'POST /api/log/pull',
  who: 'signed-in',
  may: noMoreThanWho,
  parse: { body: z.strictObject({ epoch: z.string().max(100).nullable(), after: EntryId.nullable() }) },
  decide: async ({ body }, { viewer }, { database }) => accept(await pull(database, viewer, body)),
  present: { status: 200, body: Pulled },
})

const pullFolded = route({
  at: 'POST /api/log/states',
  who: 'signed-in',
  may: noMoreThanWho,
  parse: { body: z.strictObject({ after: StreamId.nullable() }) },
  decide: async ({ body }, { viewer }, { database }) => accept(await pullStates(database, viewer, body)),
  present: { status: 200, body: PulledStates },
})

export const logRoutes: readonly Route[] = [append, pullEntries, pullFolded]
