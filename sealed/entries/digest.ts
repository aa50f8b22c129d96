import type { Hash } from '@lentera/core/shared/ids'
import * as z from 'zod'
import type { Bytes } from '../bytes/base64url.ts'
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts'

/**
 * A digest of a collection of hashes in which order does not count and repetition does: eight sums of 32 bits each. It finds
 * faults (an entry lost or doubled between server and device); it proves nothing against someone who makes entries to fit.
 */
export const Digest = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .brand<'Digest'>()
export type Digest = z.infer<typeof Digest>

/** The digest of nothing. */
export const emptyDigest: Digest = Digest.parse('A'.repeat(43))

export function digestOf(hashes: Iterable<Hash>): Digest {
  const sums = new Uint32Array(8)
  for (const hash of hashes) accumulate(sums, hash, 1)
  return write(sums)
}

export function addToDigest(digest: Digest, ...hashes: readonly Hash[]): Digest {
  const sums = read(digest)
  for (const hash of hashes) accumulate(sums, hash, 1)
  return write(sums)
}

/** Takes out again what was added once. */
export function removeFromDigest(digest: Digest, ...hashes: readonly Hash[]): Digest {
  const sums = read(digest)
  for (const hash of hashes) accumulate(sums, hash, -1)
  return write(sums)
}

function accumulate(sums: Uint32Array, hash: Hash, sign: 1 | -1): void {
  const view = viewOf(fromBase64Url(hash))
  for (let i = 0; i < 8; i++) sums[i] = (sums[i] ?? 0) + sign * view.getUint32(4 * i)
}

function read(digest: Digest): Uint32Array {
  const view = viewOf(fromBase64Url(digest))
  return Uint32Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i))
}

function write(sums: Uint32Array): Digest {
  const bytes = new Uint8Array(32)
  const view = new DataView(bytes.buffer)
  sums.forEach((sum, i) => {
    view.setUint32(4 * i, sum)
  })
  return toBase64Url(bytes) as Digest // 32 bytes are 43 characters
}

function viewOf(bytes: Bytes | undefined): DataView {
  if (bytes?.length !== 32) throw new RangeError('a hash has 32 bytes')
  return new DataView(bytes.buffer)
}
