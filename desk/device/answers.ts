import { type BatchReply, WrappedKey } from '@lentera/core/log/batch'
import { SignedEntry } from '@lentera/core/log/entry'
import type { StreamState } from '@lentera/core/log/fold'
import { nouns } from '@lentera/core/log/kind'
import { EntryId, Hash, StreamId } from '@lentera/core/shared/ids'
import { Me } from '@lentera/core/shared/me'
import { Role } from '@lentera/core/shared/roles'
import { Digest, KdfParameters, WrappedMemberKeys, WrappedUserKey } from '@lentera/sealed/verify'
import * as z from 'zod'

/** What the server answers, as this device reads it. Whatever does not fit is not taken. */

const Refusal = z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })

const KeyOfStream = WrappedKey.extend({ stream: StreamId })
export type KeyOfStream = z.infer<typeof KeyOfStream>

/** The account as `sealed` made it: what the passphrase opens. */
export const AccountKept = z.object({ byPassphrase: WrappedUserKey, memberKeys: WrappedMemberKeys })
export type AccountKept = z.infer<typeof AccountKept>

const ids = z.array(EntryId)
/** The frame of a folded state; its records are read field by field by the rooms that fold them. */
const State = z.object({
  fold: z.number(),
  heads: ids,
  missing: ids,
  entries: z.number(),
  needsUpdate: ids,
  records: z.record(
    z.string(),
    z.custom<StreamState['records'][string]>((value) => typeof value === 'object'),
  ),
})

export const Answers = {
  refused: z.object({ refusal: Refusal }),
  state: z.object({
    founded: z.boolean(),
    demonstration: z.boolean(),
    cast: z.array(
      z.object({
        login: z.string(),
        passphrase: z.string(),
        label: z.string(),
        programmeName: z.string(),
        roles: z.array(Role),
      }),
    ),
  }),
  parameters: z.object({ kdf: KdfParameters }),
  signedIn: z.object({ token: z.string(), me: Me, account: AccountKept }),
  recovered: z.object({ token: z.string(), me: Me, account: AccountKept.extend({ byRecoveryCode: WrappedUserKey }) }),
  me: Me,
  pulled: z.object({
    epoch: z.string(),
    restart: z.boolean(),
    entries: z.array(SignedEntry),
    keys: z.array(KeyOfStream),
    after: EntryId.nullable(),
    more: z.boolean(),
    digests: z.record(z.string(), z.object({ entries: z.number(), digest: Digest })),
  }),
  states: z.object({
    states: z.array(z.object({ stream: StreamId, audience: z.string(), noun: z.enum(nouns), state: State })),
    keys: z.array(KeyOfStream),
    after: StreamId.nullable(),
    more: z.boolean(),
  }),
} as const

export type PulledAnswer = z.infer<typeof Answers.pulled>
export type StatesAnswer = z.infer<typeof Answers.states>

const Outcome = z.discriminatedUnion('outcome', [
  z.object({ entry: EntryId, outcome: z.literal('stored') }),
  z.object({ entry: EntryId, outcome: z.literal('already there') }),
  z.object({ entry: EntryId.nullable(), outcome: z.literal('refused'), refusal: Refusal }),
  z.object({ entry: EntryId, outcome: z.literal('quarantined'), refusal: Refusal }),
])
export const BatchReplySchema: z.ZodType<BatchReply> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), outcomes: z.array(Outcome), head: Hash.nullable() }),
  z.object({ ok: z.literal(false), refusal: Refusal, head: Hash.nullable() }),
])
