import type { Bytes } from '../bytes/base64url.ts'
import { hashNow } from '../primitives/hash.ts'
import { deriveBytes } from '../primitives/hkdf.ts'
import type { MemberKeys } from './roles.ts'
import { bytesOf } from './secret.ts'

/**
 * Sixteen bytes that this member's keys always give for this text, and nobody without them can give or guess: what she brings in a
 * second time is known again by an id that tells the server nothing of it. HKDF (RFC 5869) is a pseudo-random function of `info`.
 */
export function knownAgain(keys: MemberKeys, purpose: string, text: string): Promise<Bytes> {
  return deriveBytes(bytesOf(keys.seal.secret), `lentera/known-again/v1/${purpose}/${hashNow(text)}`, 16)
}
