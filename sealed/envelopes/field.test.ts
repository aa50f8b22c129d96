import { Hash } from '@lentera/core/shared/ids'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { randomBytes } from '../bytes/randomness.ts'
import { newCaseKey, newPersonKey } from '../keys/case-keys.ts'
import {
  accepted,
  bopha,
  chanthy,
  child,
  entryId,
  firstCase,
  programme,
  refusalOf,
  secondCase,
  survivor,
} from '../testing/cast.ts'
import { flipBit, mutation } from '../testing/mutations.ts'
import { type FieldPlace, openField, openFields, sealField, sealFields } from './field.ts'
import { readEnvelopeHeader } from './header.ts'
import type { JsonValue } from './opened.ts'
import { buckets, longestValue, pad, unpad } from './padding.ts'

const caseKey = newCaseKey({ programme, stream: firstCase }, 1)
const key = newPersonKey(caseKey, survivor)
const place: FieldPlace = { programme, stream: firstCase, entry: entryId('one'), field: 'name', author: bopha }
const certificate = Hash.parse(`${'c'.repeat(42)}A`)
const seal = async (value: JsonValue) => accepted(await sealField(key, place, certificate, value))
const bytesOfEnvelope = (envelope: string): Bytes => fromBase64Url(envelope) ?? new Uint8Array(0)

const text = fc.string({ unit: 'binary', maxLength: 400 }).map((value) => value.normalize('NFC'))
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 4 }),
  fc.dictionary(fc.string({ maxLength: 10 }), fc.oneof(text, fc.integer()), { maxKeys: 4 }),
)
const runs = { numRuns: 1000, seed: 41 }

describe('a sealed field', () => {
  it('opens to what was sealed, in any script', async () => {
    const property = fc.asyncProperty(value, async (sealed) => {
      const opened = accepted(await openField(key, place, await seal(sealed)))
      expect(opened.reveal()).toEqual(JSON.parse(JSON.stringify(sealed)))
    })
    await fc.assert(property, runs)
  })

  it('does not open with any one bit of its envelope flipped', async () => {
    const envelope = bytesOfEnvelope(await seal('សុភា'))
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const answer = await openField(key, place, toBase64Url(flipBit(envelope, bit)))
      expect([bit, answer.ok]).toEqual([bit, false])
    }
  })

  it('does not open cut, lengthened, with bytes exchanged or in another spelling', async () => {
    const property = fc.asyncProperty(value, mutation, async (sealed, change) => {
      const envelope = bytesOfEnvelope(await seal(sealed))
      const altered = change(envelope)
      fc.pre(toBase64Url(altered) !== toBase64Url(envelope))
      expect((await openField(key, place, toBase64Url(altered))).ok).toBe(false)
    })
    await fc.assert(property, runs)
    const envelope = await seal('a name')
    for (const spelling of [
      `${envelope}=`,
      ` ${envelope}`,
      `${envelope}\n`,
      envelope.replace(/.$/, '!'),
      `${envelope}A`,
    ]) {
      expect(refusalOf(await openField(key, place, spelling))).toBe('sealed.envelope-malformed')
    }
  })

  it('does not open under another entry, field, author, case or programme', async () => {
    const envelope = await seal('a name')
    const others: Partial<FieldPlace>[] = [{ entry: entryId('two') }, { field: 'alias' }, { author: chanthy }]
    for (const other of others) {
      expect(refusalOf(await openField(key, { ...place, ...other }, envelope))).toBe('sealed.not-authentic')
    }
    expect(refusalOf(await openField(key, { ...place, stream: secondCase }, envelope))).toBe('sealed.wrong-key')
    // Even a key that claims to be of the other case does not open it there.
    const pretending = { ...key, stream: secondCase }
    expect(refusalOf(await openField(pretending, { ...place, stream: secondCase }, envelope))).toBe(
      'sealed.not-authentic',
    )
  })

  it('does not open when its epoch, key id or certificate is rewritten, nor with another key of the same name', async () => {
    const envelope = bytesOfEnvelope(await seal('a name'))
    const laterEpoch = flipBit(envelope, 5 * 8 + 1)
    expect(refusalOf(await openField(key, place, toBase64Url(laterEpoch)))).toBe('sealed.wrong-key')
    const { epoch } = accepted(readEnvelopeHeader(toBase64Url(laterEpoch)))
    expect(refusalOf(await openField({ ...key, epoch }, place, toBase64Url(laterEpoch)))).toBe('sealed.not-authentic')
    const otherCertificate = flipBit(envelope, 30 * 8)
    expect(refusalOf(await openField(key, place, toBase64Url(otherCertificate)))).toBe('sealed.not-authentic')
    const impostor = { ...newPersonKey(caseKey, survivor), id: key.id }
    expect(refusalOf(await openField(impostor, place, toBase64Url(envelope)))).toBe('sealed.not-authentic')
    expect(refusalOf(await openField(newPersonKey(caseKey, child), place, toBase64Url(envelope)))).toBe(
      'sealed.wrong-key',
    )
  })

  it('does not open with the content key of one envelope and the field of another', async () => {
    const [one, two] = [bytesOfEnvelope(await seal('a name')), bytesOfEnvelope(await seal('a name'))]
    const mixed = Uint8Array.from([...one.subarray(0, 114), ...two.subarray(114)])
    expect(refusalOf(await openField(key, place, toBase64Url(mixed)))).toBe('sealed.not-authentic')
  })

  it('says its version, suite, epoch, key, certificate and bucket without being opened', async () => {
    const header = accepted(readEnvelopeHeader(await seal('a name')))
    expect(header).toEqual({ version: 1, suite: 1, epoch: 1, key: key.id, certificate, size: 54 + 60 + 12 + 64 + 16 })
  })

  it('of a version or suite not known yet is named as such and not guessed at', async () => {
    const envelope = bytesOfEnvelope(await seal('a name'))
    const later = Uint8Array.from(envelope)
    later[0] = 2
    expect(await openField(key, place, toBase64Url(later))).toEqual({
      ok: false,
      refusal: { code: 'sealed.envelope-version-unknown', values: { version: 2, suite: 1 } },
    })
  })

  it('never crashes the reader, whatever text stands in its place', async () => {
    const property = fc.asyncProperty(
      fc.oneof(fc.string(), fc.base64String(), fc.uint8Array({ maxLength: 400 }).map(toBase64Url)),
      async (junk) => {
        expect(readEnvelopeHeader(junk).ok && (await openField(key, place, junk)).ok).toBe(false)
      },
    )
    await fc.assert(property, runs)
  })

  it('cannot be made with the key of another case', async () => {
    expect(refusalOf(await sealField(key, { ...place, stream: secondCase }, certificate, 'a name'))).toBe(
      'sealed.wrong-key',
    )
  })

  it('holds whole numbers only: a fraction could be written in two ways', async () => {
    await expect(sealField(key, place, certificate, 0.5)).rejects.toThrow(TypeError)
  })

  it('draws a fresh content key and fresh nonces every time, and none twice', async () => {
    const drawn = new Set<string>()
    const counting = (length: number) => {
      const bytes = randomBytes(length)
      drawn.add(toBase64Url(bytes))
      return bytes
    }
    const envelopes = new Set<string>()
    for (let i = 0; i < 2000; i++)
      envelopes.add(accepted(await sealField(key, place, certificate, 'the same', counting)))
    expect(drawn.size).toBe(3 * 2000)
    expect(envelopes.size).toBe(2000)
    // The nonces stand where the format says, and they too are all different.
    const nonces = [...envelopes].flatMap((envelope) =>
      [54, 114].map((at) => toBase64Url(bytesOfEnvelope(envelope).subarray(at, at + 12))),
    )
    expect(new Set(nonces).size).toBe(4000)
  })

  it('hides the length of its value but for the bucket', async () => {
    const property = fc.asyncProperty(fc.integer({ min: 0, max: 5000 }), async (length) => {
      const envelope = await seal('x'.repeat(length))
      const bucket = buckets.find((size) => length + 2 + 4 <= size)
      expect(bytesOfEnvelope(envelope).length).toBe(54 + 60 + 12 + (bucket ?? 0) + 16)
    })
    await fc.assert(property, { numRuns: 300, seed: 41 })
    expect((await seal('Li')).length).toBe((await seal('a name of forty-four letters and some spaces')).length)
  })

  it('refuses a value that no bucket holds, saying how large it may be', async () => {
    accepted(await sealField(key, place, certificate, 'x'.repeat(longestValue - 2)))
    expect(await sealField(key, place, certificate, 'x'.repeat(longestValue - 1))).toEqual({
      ok: false,
      refusal: { code: 'sealed.value-too-large', values: { bytes: longestValue + 1, limit: longestValue } },
    })
  })

  it('once opened shows itself to who asks, and is written down by nobody', async () => {
    const opened = accepted(await openField(key, place, await seal('សុភា')))
    expect(opened.reveal()).toBe('សុភា')
    expect(`${opened}`).toBe('[opened]')
    expect(Object.keys(opened)).toEqual([])
    expect(() => JSON.stringify({ opened })).toThrow(TypeError)
  })
})

describe('many fields', () => {
  it('of one entry are each sealed for their own name', async () => {
    const sealed = accepted(await sealFields(key, place, certificate, { name: 'a', born: '2004-05-06', __proto__2: 1 }))
    expect(accepted(await openField(key, { ...place, field: 'born' }, sealed.born ?? '')).reveal()).toBe('2004-05-06')
    expect(refusalOf(await openField(key, { ...place, field: 'name' }, sealed.born ?? ''))).toBe('sealed.not-authentic')
  })

  it('are answered in their order, a bad one among them not disturbing the others', async () => {
    const envelopes = await Promise.all(Array.from({ length: 1200 }, (_, i) => seal(i)))
    const fields = envelopes.map((envelope, i) => ({ key, place, envelope: i === 700 ? 'AAAA' : envelope }))
    const answers = await openFields(fields)
    expect(answers.map((answer) => (answer.ok ? answer.value.reveal() : answer.refusal.code))).toEqual(
      Array.from({ length: 1200 }, (_, i) => (i === 700 ? 'sealed.envelope-version-unknown' : i)),
    )
  })
})

describe('padding', () => {
  it('is undone exactly, and nothing else is taken for it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(unpad(pad(bytes) ?? new Uint8Array(0))).toEqual(Uint8Array.from(bytes))
      }),
      runs,
    )
    const padded = pad(Uint8Array.of(1, 2, 3)) ?? new Uint8Array(0)
    expect(unpad(padded.slice(0, 63))).toBeUndefined()
    expect(unpad(flipBit(padded, 63 * 8))).toBeUndefined()
    expect(unpad(flipBit(padded, 0))).toBeUndefined()
  })
})
