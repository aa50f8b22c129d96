import { canonicalText } from '@lentera/core/log/entry'
import type { EntryId, Hash, MemberId, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Bytes, toBase64Url } from '../bytes/base64url.ts'
import { concat, fromUtf8, utf8 } from '../bytes/compose.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import type { PersonKeySecret } from '../keys/roles.ts'
import { aesOf } from '../keys/secret.ts'
import { decrypt, encrypt, importAesKey, nonceLength } from '../primitives/aes-gcm.ts'
import { headerBytes, readEnvelope } from './header.ts'
import { type JsonValue, Opened } from './opened.ts'
import { longestValue, pad, unpad } from './padding.ts'
import type { Sealed } from './sealed.ts'

/** Where a sealed field stands; authenticated with it, so that a ciphertext moved anywhere else does not open. */
export type FieldPlace = {
  readonly programme: ProgrammeId
  readonly stream: StreamId
  readonly entry: EntryId
  readonly field: string
  readonly author: MemberId
}

/**
 * Seals one field of one entry: a fresh content key seals the padded value, the person's key wraps the content key, and
 * the envelope carries the epoch of that key and the hash of the author's certificate.
 * Strings become NFC and numbers must be whole, as in an entry (a fraction throws).
 * Refused: `sealed.value-too-large` {bytes, limit}, `sealed.wrong-key` (a key of another case).
 */
export async function sealField(
  key: PersonKeySecret,
  place: FieldPlace,
  certificate: Hash,
  value: JsonValue,
  random: Randomness = randomBytes,
): Promise<Decision<Sealed>> {
  if (key.programme !== place.programme || key.stream !== place.stream) return refuse('sealed.wrong-key')
  const bytes = utf8(canonicalText(value))
  const padded = pad(bytes)
  if (padded === undefined) return refuse('sealed.value-too-large', { bytes: bytes.length, limit: longestValue })
  const header = headerBytes({ epoch: key.epoch, key: key.id, certificate })
  const secret = random(32)
  const contentKey = await importAesKey(secret)
  const wrapped = await encrypt(await aesOf(key.secret), secret, aad('content-key', header, place, key), random)
  secret.fill(0)
  const field = await encrypt(contentKey, padded, aad('field', header, place, key), random)
  // Envelope bytes in base64url are a Sealed by construction.
  return accept(toBase64Url(concat(header, wrapped, field)) as Sealed)
}

/**
 * Opens a sealed field with the person's key of the epoch it was written in.
 * Refused: `sealed.envelope-malformed`, `sealed.envelope-version-unknown`, `sealed.wrong-key` (the envelope names another
 * key), `sealed.not-authentic` (altered, or moved from another place).
 */
export async function openField(key: PersonKeySecret, place: FieldPlace, envelope: string): Promise<Decision<Opened>> {
  const parts = readEnvelope(envelope)
  if (!parts.ok) return parts
  const { header, headerBytes, contentKey, field } = parts.value
  if (header.key !== key.id || header.epoch !== key.epoch) return refuse('sealed.wrong-key')
  if (key.programme !== place.programme || key.stream !== place.stream) return refuse('sealed.wrong-key')
  const unwrapped = await unwrapContentKey(
    await aesOf(key.secret),
    contentKey,
    aad('content-key', headerBytes, place, key),
  )
  if (unwrapped === undefined) return refuse('sealed.not-authentic')
  const padded = await decrypt(unwrapped, field, aad('field', headerBytes, place, key))
  const value = padded === undefined ? undefined : unpad(padded)
  const text = value === undefined ? undefined : fromUtf8(value)
  if (text === undefined) return refuse('sealed.not-authentic')
  // It was authentic, so it is the JSON that sealField wrote.
  return accept(new Opened(JSON.parse(text) as JsonValue))
}

export type FieldToOpen = { readonly key: PersonKeySecret; readonly place: FieldPlace; readonly envelope: string }

/** Many fields opened together, answers in their order: a caseload of 6,000 fields goes through the browser's thread pool. */
export async function openFields(fields: readonly FieldToOpen[]): Promise<readonly Decision<Opened>[]> {
  const answers: Decision<Opened>[] = []
  for (let start = 0; start < fields.length; start += inFlight) {
    const some = fields
      .slice(start, start + inFlight)
      .map(({ key, place, envelope }) => openField(key, place, envelope))
    answers.push(...(await Promise.all(some)))
  }
  return answers
}

/** All sealed fields of one entry at once: field name to value in, field name to envelope out. The first refusal stands. */
export async function sealFields(
  key: PersonKeySecret,
  place: Omit<FieldPlace, 'field'>,
  certificate: Hash,
  values: Readonly<Record<string, JsonValue>>,
  random: Randomness = randomBytes,
): Promise<Decision<Readonly<Record<string, Sealed>>>> {
  const envelopes: [string, Sealed][] = []
  for (const [field, value] of Object.entries(values)) {
    const sealed = await sealField(key, { ...place, field }, certificate, value, random)
    if (!sealed.ok) return sealed
    envelopes.push([field, sealed.value])
  }
  return accept(Object.fromEntries(envelopes))
}

const inFlight = 512

/** Additional data: what it is, the header as it stands in the envelope, and the place as canonical text. */
function aad(what: 'content-key' | 'field', header: Bytes, place: FieldPlace, key: PersonKeySecret): Bytes {
  const { programme, stream, entry, field, author } = place
  return concat(
    utf8(`lentera/${what}/v1`),
    header,
    utf8(canonicalText({ programme, stream, entry, field, epoch: key.epoch, author })),
  )
}

async function unwrapContentKey(key: CryptoKey, wrapped: Bytes, additionalData: Bytes): Promise<CryptoKey | undefined> {
  const iv = wrapped.subarray(0, nonceLength)
  try {
    const by = { name: 'AES-GCM', iv, additionalData }
    return await crypto.subtle.unwrapKey('raw', wrapped.subarray(nonceLength), key, by, 'AES-GCM', false, ['decrypt'])
  } catch {
    return undefined
  }
}
