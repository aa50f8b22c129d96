import fc from 'fast-check'
import type { Bytes } from '../bytes/base64url.ts'

/** A change to bytes that must be noticed: a flipped bit, a cut, an addition, a swap, a doubled part. */
export const mutation: fc.Arbitrary<(bytes: Bytes) => Bytes> = fc.oneof(
  fc.nat().map((at) => (bytes: Bytes) => flipBit(bytes, at % (bytes.length * 8))),
  fc.nat().map((at) => (bytes: Bytes) => bytes.slice(0, at % bytes.length)),
  fc.nat().map((at) => (bytes: Bytes) => bytes.slice(1 + (at % bytes.length))),
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map((more) => (bytes: Bytes) => Uint8Array.from([...bytes, ...more])),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([a, b]) =>
      (bytes: Bytes) =>
        exchange(bytes, a % bytes.length, b % bytes.length),
  ),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, by]) => (bytes: Bytes) => {
    const altered = Uint8Array.from(bytes)
    const place = at % bytes.length
    altered[place] = ((altered[place] ?? 0) + by) & 255
    return altered
  }),
)

export function flipBit(bytes: Bytes, bit: number): Bytes {
  const altered = Uint8Array.from(bytes)
  altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return altered
}

function exchange(bytes: Bytes, a: number, b: number): Bytes {
  const altered = Uint8Array.from(bytes)
  altered[a] = bytes[b] ?? 0
  altered[b] = bytes[a] ?? 0
  return altered
}
