import * as z from 'zod'

/**
 * Branded identifiers, one brand a noun: a `StreamId` cannot be passed where a `PersonKey` is asked for.
 * Each is a lower-case UUID. The core has no randomness of its own: the caller brings the 16 random bytes.
 */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)

export const ProgrammeId = uuid.brand<'ProgrammeId'>()
export type ProgrammeId = z.infer<typeof ProgrammeId>
export const OrganisationId = uuid.brand<'OrganisationId'>()
export type OrganisationId = z.infer<typeof OrganisationId>
export const TeamId = uuid.brand<'TeamId'>()
export type TeamId = z.infer<typeof TeamId>
export const MemberId = uuid.brand<'MemberId'>()
export type MemberId = z.infer<typeof MemberId>
export const DeviceId = uuid.brand<'DeviceId'>()
export type DeviceId = z.infer<typeof DeviceId>
/** What entries are gathered under: a case, a data set, an organisation's membership ... */
export const StreamId = uuid.brand<'StreamId'>()
export type StreamId = z.infer<typeof StreamId>
export const EntryId = uuid.brand<'EntryId'>()
export type EntryId = z.infer<typeof EntryId>
/** Random and meaningless; names one registration of one person in one programme. It is all the server knows of her. */
export const PersonKey = uuid.brand<'PersonKey'>()
export type PersonKey = z.infer<typeof PersonKey>
/** Names a symmetric key (of a case or a person); never the key itself. */
export const KeyId = uuid.brand<'KeyId'>()
export type KeyId = z.infer<typeof KeyId>

/** SHA-256, base64url without padding: 43 characters. */
export const Hash = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .brand<'Hash'>()
export type Hash = z.infer<typeof Hash>
/** Any bytes, base64url without padding. */
export const Base64Url = z.string().regex(/^[A-Za-z0-9_-]*$/)

/** UUID version 4 (RFC 9562, 5.4) from 16 random bytes: used wherever the moment of making must not show. */
export function randomUuid(random: Uint8Array): string {
  return format(withVersion(random, 4))
}

/** UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random. For entries whose time is clear. */
export function timedUuid(milliseconds: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random)
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(milliseconds / 2 ** (8 * (5 - i))) & 0xff
  return format(withVersion(bytes, 7))
}

function withVersion(random: Uint8Array, version: number): Uint8Array {
  if (random.length !== 16) throw new RangeError('a UUID is made of 16 bytes')
  const bytes = Uint8Array.from(random)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes
}

function format(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
