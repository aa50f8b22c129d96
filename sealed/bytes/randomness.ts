import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from './base64url.ts'
import { utf8 } from './compose.ts'

/** Where secret bytes come from: so many of them, please. */
export type Randomness = (length: number) => Bytes

/** The machine's own randomness. */
export const randomBytes: Randomness = (length) => crypto.getRandomValues(new Uint8Array(length))

/**
 * For the demonstration and for tests ONLY: bytes that follow from a seed (HKDF-SHA256, the label and a counter as info).
 * Each call gives the next bytes; the same seed and label give the same bytes again, so a label must never be used for
 * two purposes, and nothing made with it is secret from who knows the seed.
 */
export function DANGEROUS_seededRandomness(seed: string | Uint8Array, label: string): Randomness {
  const key = typeof seed === 'string' ? utf8(seed) : seed
  let count = 0
  return (length) => {
    count += 1
    return Uint8Array.from(hkdf(sha256, key, utf8('lentera/demonstration/v1'), utf8(`${label}\u0000${count}`), length))
  }
}
