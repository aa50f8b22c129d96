import * as z from 'zod'
import { Base64Url, DeviceId, type EntryId, Hash, KeyId, MemberId, ProgrammeId } from '../shared/ids.ts'
import type { Refusal } from '../shared/refusals.ts'
import { limits, SignedEntry } from './entry.ts'

/**
 * A key wrapped for one recipient: a case key sealed (HPKE) to a member's or the organisation's recovery key, or a
 * person's key wrapped by her case's. Wrapped keys live beside the log, where they can be destroyed; the entry
 * `log.key-granted` holds only `hash`.
 */
export const WrappedKey = z.strictObject({
  key: KeyId,
  epoch: z.int().min(1),
  /** Who can unwrap it: a member, the organisation's recovery key, or the holder of another key. */
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('member'), member: MemberId }),
    z.strictObject({ kind: z.literal('recovery') }),
    z.strictObject({ kind: z.literal('key'), key: KeyId }),
  ]),
  wrapped: Base64Url.max(1024),
  /** SHA-256 of the wrapped bytes. */
  hash: Hash,
})
export type WrappedKey = z.infer<typeof WrappedKey>

/**
 * What a device sends. `chain` lists the hashes of its entries in order since the last one it knows the server has
 * placed, also of those that were refused or are held back: the device signs the list, so its chain goes on over them.
 * `signature` is Ed25519 over the canonical text of `{chain, device, programme, v}`.
 */
export const Batch = z.strictObject({
  v: z.literal(1),
  programme: ProgrammeId,
  device: DeviceId,
  chain: z.array(Hash).max(5000),
  signature: Base64Url.length(86),
  entries: z.array(SignedEntry).max(limits.batch),
  keys: z.array(WrappedKey).max(limits.batch * 16),
})
export type Batch = z.infer<typeof Batch>

/** What became of each entry of a batch, in the order sent. */
export type Outcome =
  | { readonly entry: EntryId; readonly outcome: 'stored' }
  | { readonly entry: EntryId; readonly outcome: 'already there' }
  | { readonly entry: EntryId | null; readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly entry: EntryId; readonly outcome: 'quarantined'; readonly refusal: Refusal }

/** A batch refused as a whole: its own signature, device or chain is wrong. `head` is where the server stands. */
export type BatchReply =
  | { readonly ok: true; readonly outcomes: readonly Outcome[]; readonly head: Hash | null }
  | { readonly ok: false; readonly refusal: Refusal; readonly head: Hash | null }
