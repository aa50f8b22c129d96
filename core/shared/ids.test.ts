import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EntryId, Hash, randomUuid, timedUuid } from './ids.ts'

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('an id', () => {
  test('made at random is that of RFC 9562, appendix A.3', () => {
    // Version and variant bits of the example are put back to what a source of randomness could have given.
    expect(randomUuid(bytesOf('919108f752d133205bacf847db4148a8'))).toBe('919108f7-52d1-4320-9bac-f847db4148a8')
  })

  test('made from the time is that of RFC 9562, appendix A.6', () => {
    const random = bytesOf('0000000000000cc318c4dc0c0c07398f')
    expect(timedUuid(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  test('is a well-formed UUID whatever bytes it is made of, and does not change them', () => {
    fc.assert(
      fc.property(sixteen, fc.integer({ min: 0, max: 2 ** 48 - 1 }), (bytes, milliseconds) => {
        const before = Uint8Array.from(bytes)
        expect(randomUuid(bytes)).toMatch(/^.{14}4.{4}[89ab]/)
        expect(EntryId.safeParse(timedUuid(milliseconds, bytes)).success).toBe(true)
        expect(Number.parseInt(timedUuid(milliseconds, bytes).replace('-', '').slice(0, 12), 16)).toBe(milliseconds)
        expect(bytes).toEqual(before)
      }),
      { seed: 20261124, numRuns: 200 },
    )
  })

  test('made from the time sorts by it', () => {
    fc.assert(
      fc.property(sixteen, sixteen, fc.nat(2 ** 31), fc.integer({ min: 1, max: 1000 }), (one, other, at, later) => {
        expect(timedUuid(at, one) < timedUuid(at + later, other)).toBe(true)
      }),
      { seed: 20261124, numRuns: 200 },
    )
  })

  test('is not made of fewer or more than 16 bytes', () => {
    expect(() => randomUuid(new Uint8Array(15))).toThrow(RangeError)
    expect(() => timedUuid(1, new Uint8Array(17))).toThrow(RangeError)
  })

  test.each([
    '',
    'ABCDEF00-0000-4000-8000-000000000000',
    '00000000000040008000000000000000',
    "'; drop table entry; --",
  ])('is not "%s"', (text) => {
    expect(EntryId.safeParse(text).success).toBe(false)
  })
})

test('a hash is 43 letters of base64url', () => {
  expect(Hash.safeParse('A'.repeat(43)).success).toBe(true)
  for (const text of ['A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`])
    expect(Hash.safeParse(text).success).toBe(false)
})
