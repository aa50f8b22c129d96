import { WrappedKey } from '@lentera/core/log/batch'
import { SignedEntry } from '@lentera/core/log/entry'
import type { StreamState } from '@lentera/core/log/fold'
import { nouns } from '@lentera/core/log/kind'
import { EntryId, Hash, StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { Digest } from '@lentera/sealed/verify'
import * as z from 'zod'
import type { Audience } from '../access/viewer.ts'

/** What the log answers, as schemas: what they do not declare does not travel. */

const RefusalOut: z.ZodType<Refusal> = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

const Outcome = z.discriminatedUnion('outcome', [
  z.object({ entry: EntryId, outcome: z.literal('stored') }),
  z.object({ entry: EntryId, outcome: z.literal('already there') }),
  z.object({ entry: EntryId.nullable(), outcome: z.literal('refused'), refusal: RefusalOut }),
  z.object({ entry: EntryId, outcome: z.literal('quarantined'), refusal: RefusalOut }),
])

export const BatchReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), outcomes: z.array(Outcome).readonly(), head: Hash.nullable() }),
  z.object({ ok: z.literal(false), refusal: RefusalOut, head: Hash.nullable() }),
])

const KeyOfStream = WrappedKey.extend({ stream: StreamId })

export const Pulled = z.object({
  epoch: z.string(),
  restart: z.boolean(),
  entries: z.array(SignedEntry).readonly(),
  keys: z.array(KeyOfStream).readonly(),
  after: EntryId.nullable(),
  more: z.boolean(),
  digests: z.record(z.string(), z.object({ entries: z.number(), digest: Digest })),
})

/** The state is the fold's own, made here: it is not parsed a second time on its way out. */
const State = z.custom<StreamState>((value) => typeof value === 'object' && value !== null)

export const PulledStates = z.object({
  states: z
    .array(
      z.object({
        stream: StreamId,
        audience: z.custom<Audience>((value) => typeof value === 'string'),
        noun: z.enum(nouns),
        state: State,
      }),
    )
    .readonly(),
  keys: z.array(KeyOfStream).readonly(),
  after: StreamId.nullable(),
  more: z.boolean(),
})
