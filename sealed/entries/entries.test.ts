import type { Batch } from '@lentera/core/log/batch'
import { canonicalText, type Entry, limits } from '@lentera/core/log/entry'
import { type Hash, ProgrammeId } from '@lentera/core/shared/ids'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { newDeviceKey } from '../device/device-key.ts'
import { newCaseKey, newPersonKey } from '../keys/case-keys.ts'
import { wrapPersonKey } from '../keys/grants.ts'
import { hashNow } from '../primitives/hash.ts'
import { accepted, bopha, day, device, entryId, firstCase, programme, refusalOf, survivor } from '../testing/cast.ts'
import { flipBit } from '../testing/mutations.ts'
import { addToDigest, digestOf, emptyDigest, removeFromDigest } from './digest.ts'
import { signBatch, signEntry } from './sign-entry.ts'
import { verifyBatch, verifyEntries, verifyEntry } from './verify-entry.ts'
import { verifySignature } from './verify-signature.ts'

const key = newDeviceKey()
const entryOf = (word: string, prev: Hash | null = null, more: Partial<Entry> = {}): Entry => ({
  v: 1,
  id: entryId(word),
  programme,
  stream: firstCase,
  parents: [],
  kind: 'support.service-delivered',
  version: 1,
  on: day('2026-Q4'),
  coded: { service: 'legal aid', days: 3 },
  sealed: {},
  author: bopha,
  device,
  at: null,
  prev,
  ...more,
})
/** A text as a hostile device would sign it: any text at all. */
const signText = async (text: string) => {
  const { signature } = await signRaw(text)
  return { text, signature }
}
const signRaw = async (text: string) => {
  const { signerOf } = await import('../primitives/ed25519.ts')
  const { bytesOf } = await import('../keys/secret.ts')
  const { utf8 } = await import('../bytes/compose.ts')
  return { signature: toBase64Url(await (await signerOf(bytesOf(key.secret)))(utf8(text))) }
}

describe('a signed entry', () => {
  it('is accepted from the device that signed it and from no other', async () => {
    const signed = await signEntry(entryOf('a'), key)
    const verified = accepted(await verifyEntry(signed, key.public))
    expect([verified.entry.id, verified.hash]).toEqual([entryId('a'), signed.hash])
    expect(refusalOf(await verifyEntry(signed, newDeviceKey().public))).toBe('sealed.bad-signature')
  })

  it('is made by no key that was wiped, though it signed before', async () => {
    const gone = newDeviceKey()
    await signEntry(entryOf('a'), gone)
    gone.secret.wipe()
    await expect(signEntry(entryOf('b'), gone)).rejects.toThrow('wiped')
  })

  it('is refused with any bit of its signature flipped', async () => {
    const signed = await signEntry(entryOf('a'), key)
    const signature = fromBase64Url(signed.signature) ?? new Uint8Array(0)
    for (let bit = 0; bit < 512; bit++) {
      const altered = { ...signed, signature: toBase64Url(flipBit(signature, bit)) }
      expect([bit, refusalOf(await verifyEntry(altered, key.public))]).toEqual([bit, 'sealed.bad-signature'])
    }
  })

  it('is refused with any character of its text changed, whatever that makes of it', async () => {
    const signed = await signEntry(entryOf('a'), key)
    const property = fc.asyncProperty(fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }), async (at, put) => {
      const place = at % signed.text.length
      const text = signed.text.slice(0, place) + put + signed.text.slice(place + 1)
      fc.pre(text !== signed.text)
      const code = refusalOf(await verifyEntry({ ...signed, text }, key.public))
      expect(['sealed.not-canonical', 'sealed.entry-malformed', 'sealed.bad-signature']).toContain(code)
    })
    await fc.assert(property, { numRuns: 1000, seed: 77 })
  })

  it('is refused in any form but the canonical one, though its own device signed it so', async () => {
    const text = canonicalText(entryOf('a'))
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()))
    const others = {
      spaced: text.replace(':', ': '),
      reordered: reversed,
      doubled: text.replace('{"at":null', '{"at":null,"at":null'),
      fraction: text.replace('"days":3', '"days":3.0'),
      exponent: text.replace('"days":3', '"days":3e0'),
      escaped: text.replace('legal', '\\u006cegal'),
      decomposed: text.replace('legal', 'cafe\u0301'),
      loneSurrogate: text.replace('legal', '\\ud800'),
      notJson: text.slice(0, -1),
      empty: '{}x',
      deep: '['.repeat(60_000) + ']'.repeat(60_000),
    }
    for (const [name, other] of Object.entries(others)) {
      expect([name, refusalOf(await verifyEntry(await signText(other), key.public))]).toEqual([
        name,
        'sealed.not-canonical',
      ])
    }
  })

  it('is refused when it is canonical but no entry, naming where', async () => {
    for (const change of [{ v: 2 }, { kind: 'x' }, { extra: 1 }, { on: '2026-Q5' }, { id: 'x' }]) {
      const text = canonicalText({ ...entryOf('a'), ...change })
      expect(refusalOf(await verifyEntry(await signText(text), key.public))).toBe('sealed.entry-malformed')
    }
    const answer = await verifyEntry(await signText(canonicalText({ ...entryOf('a'), on: '2026-Q5' })), key.public)
    expect(answer).toMatchObject({ refusal: { values: { path: 'on' } } })
  })

  it('is refused when too large, before anything is made of it', async () => {
    const large = await signEntry(entryOf('a', null, { sealed: { narrative: 'A'.repeat(limits.entryBytes) } }), key)
    expect(await verifyEntry(large, key.public)).toMatchObject({
      refusal: { code: 'sealed.entry-too-large', values: { limit: limits.entryBytes } },
    })
    // Three bytes a letter: short enough in letters, too long in bytes.
    const khmer = await signEntry(entryOf('a', null, { coded: { note: 'ស'.repeat(100_000) } }), key)
    expect(refusalOf(await verifyEntry(khmer, key.public))).toBe('sealed.entry-too-large')
  })

  it('never crashes the server, whatever arrives', async () => {
    const property = fc.asyncProperty(fc.oneof(fc.string(), fc.json()), fc.string(), async (text, signature) => {
      expect((await verifyEntry({ text, signature }, key.public)).ok).toBe(false)
    })
    await fc.assert(property, { numRuns: 500, seed: 78 })
    expect(await verifySignature(key.public, 'text', 'A'.repeat(86))).toBe(false)
  })

  it('of many is answered in order', async () => {
    const signed = await Promise.all(Array.from({ length: 30 }, (_, i) => signEntry(entryOf(`n${i}`), key)))
    const answers = await verifyEntries(
      signed.map((entry, i) => (i === 7 ? { ...entry, text: `${entry.text} ` } : entry)),
      key.public,
    )
    expect(answers.map((answer) => (answer.ok ? answer.value.entry.id : answer.refusal.code))).toEqual(
      Array.from({ length: 30 }, (_, i) => (i === 7 ? 'sealed.not-canonical' : entryId(`n${i}`))),
    )
  })
})

describe('a batch', () => {
  const caseKey = newCaseKey({ programme, stream: firstCase }, 1)
  const make = async () => {
    const one = await signEntry(entryOf('one'), key)
    const two = await signEntry(entryOf('two', one.hash), key)
    const three = await signEntry(entryOf('three', two.hash), key)
    const keys = [await wrapPersonKey(newPersonKey(caseKey, survivor), caseKey)]
    const chain = [one.hash, two.hash, three.hash]
    return {
      one,
      two,
      three,
      batch: await signBatch({ programme, device, chain, entries: [one, two, three], keys }, key),
    }
  }
  const outcomes = async (batch: Batch) =>
    accepted(await verifyBatch(batch, key.public)).entries.map((answer) => (answer.ok ? 'good' : answer.refusal.code))

  it('is checked whole, and carries nothing but what belongs to an entry', async () => {
    const { batch } = await make()
    expect(await outcomes(batch)).toEqual(['good', 'good', 'good'])
    expect(Object.keys(batch.entries[0] ?? {})).toEqual(['text', 'signature'])
  })

  it('may hold back entries: the chain goes on over them', async () => {
    const { one, three, batch } = await make()
    const { text, signature } = three
    expect(await outcomes({ ...batch, entries: [{ text, signature }] })).toEqual(['good'])
    expect(
      await outcomes({
        ...batch,
        entries: [
          { text: one.text, signature: one.signature },
          { text, signature },
        ],
      }),
    ).toEqual(['good', 'good'])
  })

  it('is refused when its chain, device or programme is not as signed', async () => {
    const { batch } = await make()
    const otherProgramme = ProgrammeId.parse('00000000-0000-4000-8000-000000000001')
    for (const change of [
      { chain: batch.chain.slice(1) },
      { chain: [...batch.chain].reverse() },
      { programme: otherProgramme },
    ]) {
      expect(refusalOf(await verifyBatch({ ...batch, ...change }, key.public))).toBe('sealed.batch-bad-signature')
    }
    expect(refusalOf(await verifyBatch(batch, newDeviceKey().public))).toBe('sealed.batch-bad-signature')
  })

  it('is refused when a wrapped key is not the one its hash names, or a hash stands twice in the chain', async () => {
    const { one, batch } = await make()
    const keys = batch.keys.map((wrapped) => ({ ...wrapped, wrapped: `${wrapped.wrapped.slice(0, -2)}AA` }))
    expect(refusalOf(await verifyBatch({ ...batch, keys }, key.public))).toBe('sealed.wrap-altered')
    const twice = await signBatch({ programme, device, chain: [one.hash, one.hash], entries: [one], keys: [] }, key)
    expect(refusalOf(await verifyBatch(twice, key.public))).toBe('sealed.chain-repeats')
  })

  it('answers each entry that is not of this device, not in the chain, out of order or broken off from the one before', async () => {
    const { one, two, three } = await make()
    const bare = [one, two, three]
    const chain = bare.map(({ hash }) => hash)
    const sign = (entries: typeof bare, hashes = chain) =>
      signBatch({ programme, device, chain: hashes, entries, keys: [] }, key)
    expect(await outcomes(await sign([one], [two.hash]))).toEqual(['sealed.not-in-chain'])
    expect(await outcomes(await sign([two, one]))).toEqual(['good', 'sealed.not-in-chain'])
    expect(await outcomes(await sign([one, one]))).toEqual(['good', 'sealed.not-in-chain'])
    expect(await outcomes(await sign([one, three], [one.hash, three.hash]))).toEqual(['good', 'sealed.chain-broken'])
    const foreign = await signEntry(
      entryOf('f', null, { programme: ProgrammeId.parse('00000000-0000-4000-8000-000000000001') }),
      key,
    )
    expect(await outcomes(await sign([foreign], [foreign.hash]))).toEqual(['sealed.of-another-device'])
  })
})

describe('the digest of a collection of hashes', () => {
  const hashes = fc.array(
    fc.string().map((text) => hashNow(text)),
    { maxLength: 40 },
  )
  it('does not mind order or partition, and minds every hash and every repetition', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), (all, at) => {
        const cut = all.length === 0 ? 0 : at % all.length
        const inParts = addToDigest(digestOf(all.slice(cut)), ...all.slice(0, cut))
        expect(inParts).toBe(digestOf(all))
        expect(digestOf([...all].reverse())).toBe(digestOf(all))
        expect(removeFromDigest(digestOf(all), ...all)).toBe(emptyDigest)
        if (all.length === 0) return
        expect(digestOf(all.filter((_, i) => i !== cut))).not.toBe(digestOf(all))
        // Where an exclusive-or would cancel, a sum does not: an entry doubled twice over is noticed.
        expect(digestOf([...all, ...all.slice(cut, cut + 1), ...all.slice(cut, cut + 1)])).not.toBe(digestOf(all))
      }),
      { numRuns: 300, seed: 8 },
    )
  })
})
