import type { Bytes } from '../bytes/base64url.ts'
import { readUint32, uint32 } from '../bytes/compose.ts'

/**
 * Size buckets in bytes, length included: what is sealed is as long as its bucket, so that a reader of ciphertexts learns
 * which of seven sizes a value has, and not its length.
 */
export const buckets = [64, 256, 1024, 4096, 16384, 65536, 131072] as const

/** The longest value that can be sealed, in bytes. */
export const longestValue = 131072 - 4

/** Length, value, zeros up to the bucket; undefined where it is longer than any bucket holds. */
export function pad(value: Uint8Array): Bytes | undefined {
  const bucket = buckets.find((size) => value.length + 4 <= size)
  if (bucket === undefined) return undefined
  const padded = new Uint8Array(bucket)
  padded.set(uint32(value.length))
  padded.set(value, 4)
  return padded
}

/** What `pad` was given, or undefined where this is not what it makes. */
export function unpad(padded: Bytes): Bytes | undefined {
  if (!buckets.some((size) => size === padded.length)) return undefined
  const length = readUint32(padded, 0)
  if (length + 4 > padded.length) return undefined
  if (padded.subarray(4 + length).some((byte) => byte !== 0)) return undefined
  return padded.slice(4, 4 + length)
}
