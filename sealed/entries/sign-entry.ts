import type { Batch, WrappedKey } from '@lentera/core/log/batch'
import { canonicalText, type Entry, type SignedEntry } from '@lentera/core/log/entry'
import type { DeviceId, Hash, ProgrammeId } from '@lentera/core/shared/ids'
import { toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import type { DeviceKey } from '../keys/roles.ts'
import { bytesOf } from '../keys/secret.ts'
import { type Signer, signerOf } from '../primitives/ed25519.ts'
import { hashNow } from '../primitives/hash.ts'
import { batchText } from './verify-entry.ts'

/** The entry as it travels, and the hash the next entry of this device names as its `prev`. */
export async function signEntry(entry: Entry, device: DeviceKey): Promise<SignedEntry & { readonly hash: Hash }> {
  const text = canonicalText(entry)
  const sign = await signerFor(device)
  return { text, signature: toBase64Url(await sign(utf8(text))), hash: hashNow(text) }
}

export type BatchToSign = {
  readonly programme: ProgrammeId
  readonly device: DeviceId
  readonly chain: readonly Hash[]
  readonly entries: readonly SignedEntry[]
  readonly keys: readonly WrappedKey[]
}

export async function signBatch(
  { programme, device, chain, entries, keys }: BatchToSign,
  key: DeviceKey,
): Promise<Batch> {
  const head: Pick<Batch, 'v' | 'programme' | 'device' | 'chain'> = { v: 1, programme, device, chain: [...chain] }
  const sign = await signerFor(key)
  const signature = toBase64Url(await sign(utf8(batchText(head))))
  // Only what belongs to an entry travels, whatever the caller keeps beside it.
  const bare = entries.map(({ text, signature }) => ({ text, signature }))
  return { ...head, signature, entries: bare, keys: [...keys] }
}

/** A device signs many entries; its key is made ready once and forgotten with it. */
async function signerFor(device: DeviceKey): Promise<Signer> {
  // Asked for first: after a wipe a key that was made ready must not sign either.
  const seed = bytesOf(device.secret)
  const kept = ready.get(device)
  if (kept !== undefined) return kept
  const made = signerOf(seed)
  ready.set(device, made)
  return made
}

const ready = new WeakMap<DeviceKey, Promise<Signer>>()
