import type { Bytes } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'

/**
 * HKDF-SHA256 (RFC 5869) by WebCrypto: `length` bytes for the purpose `info`. The secret must be uniform already (random,
 * or from Argon2id), so the salt stays empty.
 */
export async function deriveBytes(
  secret: Bytes,
  info: string,
  length = 32,
  salt: Bytes = new Uint8Array(0),
): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(info) },
    key,
    8 * length,
  )
  return new Uint8Array(bits)
}
