import type { Batch } from '@lentera/core/log/batch'
import { canonicalText, Entry, limits, type SignedEntry } from '@lentera/core/log/entry'
import type { Hash } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { fromBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import type { DevicePublicKey } from '../keys/public-keys.ts'
import { hashNow } from '../primitives/hash.ts'
import { verifySignature } from './verify-signature.ts'

/** An entry whose form and signature were checked; `hash` is of its text. */
export type VerifiedEntry = { readonly entry: Entry; readonly signed: SignedEntry; readonly hash: Hash }

/**
 * Checks one entry: size, canonical form, shape, signature of this device. Whether the author may write it is not asked here.
 * Refused: `sealed.entry-too-large` {bytes, limit}, `sealed.not-canonical`, `sealed.entry-malformed` {path},
 * `sealed.bad-signature`.
 */
export async function verifyEntry(signed: SignedEntry, device: DevicePublicKey): Promise<Decision<VerifiedEntry>> {
  const read = readEntry(signed)
  if (!read.ok) return read
  const isGood = await verifySignature(device, signed.text, signed.signature)
  return isGood ? read : refuse('sealed.bad-signature')
}

/** Many entries of one device, answers in their order; in Node the signatures are checked on its thread pool. */
export function verifyEntries(
  signed: readonly SignedEntry[],
  device: DevicePublicKey,
): Promise<readonly Decision<VerifiedEntry>[]> {
  return Promise.all(signed.map((entry) => verifyEntry(entry, device)))
}

/** A batch whose own signature was checked, with the answer for each entry in the order sent. */
export type VerifiedBatch = { readonly batch: Batch; readonly entries: readonly Decision<VerifiedEntry>[] }

/**
 * Checks a batch: its signature over chain, device, programme and version, the hash of each wrapped key, and each entry as
 * `verifyEntry` does, and that it is of this device and programme, stands in the chain in the order sent, and names the
 * hash before it there as its `prev`. Whether the chain continues what is known of the device is for the server to see.
 * Refused as a whole: `sealed.batch-bad-signature`, `sealed.wrap-altered`, `sealed.chain-repeats`. Refused each:
 * `sealed.of-another-device`, `sealed.not-in-chain`, `sealed.chain-broken`.
 */
export async function verifyBatch(batch: Batch, device: DevicePublicKey): Promise<Decision<VerifiedBatch>> {
  const isGood = await verifySignature(device, batchText(batch), batch.signature)
  if (!isGood) return refuse('sealed.batch-bad-signature')
  const places = new Map(batch.chain.map((hash, place) => [hash, place]))
  if (places.size !== batch.chain.length) return refuse('sealed.chain-repeats')
  for (const { wrapped, hash } of batch.keys) {
    const bytes = fromBase64Url(wrapped)
    if (bytes === undefined || hashNow(bytes) !== hash) return refuse('sealed.wrap-altered')
  }
  const answers = await verifyEntries(batch.entries, device)
  const steps = { last: -1 }
  const entries = answers.map((answer) => (answer.ok ? placeInChain(answer.value, batch, places, steps) : answer))
  return accept({ batch, entries })
}

export type BatchHead = Pick<Batch, 'device' | 'programme' | 'v'> & { readonly chain: readonly Hash[] }

/** What a device signs of a batch. */
export function batchText({
  chain,
  device,
  programme,
  v,
}: Pick<Batch, 'chain' | 'device' | 'programme' | 'v'>): string {
  return canonicalText({ chain, device, programme, v })
}

function placeInChain(
  verified: VerifiedEntry,
  batch: Batch,
  places: ReadonlyMap<Hash, number>,
  steps: { last: number },
): Decision<VerifiedEntry> {
  const { entry, hash } = verified
  if (entry.device !== batch.device || entry.programme !== batch.programme) return refuse('sealed.of-another-device')
  const place = places.get(hash)
  if (place === undefined || place <= steps.last) return refuse('sealed.not-in-chain')
  steps.last = place
  if (place > 0 && entry.prev !== batch.chain[place - 1]) return refuse('sealed.chain-broken')
  return accept(verified)
}

function readEntry(signed: SignedEntry): Decision<VerifiedEntry> {
  const { text } = signed
  // A character is at least one byte: what is too long is turned away before it is encoded.
  const bytes = text.length > limits.entryBytes ? text.length : utf8(text).length
  if (bytes > limits.entryBytes) return refuse('sealed.entry-too-large', { bytes, limit: limits.entryBytes })
  const json = parseCanonical(text)
  if (!json.ok) return json
  const entry = Entry.safeParse(json.value)
  if (!entry.success) return refuse('sealed.entry-malformed', { path: entry.error.issues[0]?.path.join('.') ?? '' })
  return accept({ entry: entry.data, signed, hash: hashNow(text) })
}

/** The value of a canonical text. A text too deep for the stack, a fraction or a lone surrogate is not canonical either. */
function parseCanonical(text: string): Decision<unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return canonicalText(value) === text ? accept(value) : refuse('sealed.not-canonical')
  } catch {
    return refuse('sealed.not-canonical')
  }
}
