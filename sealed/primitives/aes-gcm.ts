import type { Bytes } from '../bytes/base64url.ts'
import { concat } from '../bytes/compose.ts'
import type { Randomness } from '../bytes/randomness.ts'

export const nonceLength = 12
export const tagLength = 16

/** A raw 256-bit key for AES-GCM, not to be taken out again. */
export function importAesKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt', 'unwrapKey'])
}

/** AES-256-GCM: a fresh random nonce, then ciphertext, then tag. */
export async function encrypt(key: CryptoKey, plain: Bytes, aad: Bytes, random: Randomness): Promise<Bytes> {
  const iv = random(nonceLength)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad }, key, plain)
  return concat(iv, new Uint8Array(sealed))
}

/** The plaintext of what `encrypt` made, or undefined where key, nonce, additional data or bytes are not the same. */
export async function decrypt(key: CryptoKey, sealed: Bytes, aad: Bytes): Promise<Bytes | undefined> {
  if (sealed.length < nonceLength + tagLength) return undefined
  const iv = sealed.subarray(0, nonceLength)
  try {
    const algorithm = { name: 'AES-GCM', iv, additionalData: aad }
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.subarray(nonceLength)))
  } catch {
    return undefined
  }
}
