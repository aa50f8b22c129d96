import { gcm } from '@noble/ciphers/aes.js'
import { x25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { concat } from '../bytes/compose.ts'
import { fromHex, toHex } from '../testing/hex.ts'
import { readVectors } from '../testing/vectors.ts'
import { decrypt, encrypt, importAesKey } from './aes-gcm.ts'
import { verifierOf, verifyByNoble, verifyByWebCrypto } from './ed25519.ts'
import { hpkeOpener, hpkeSeal, nativeSuite, portableSuite, publicKeyOf } from './x25519.ts'

const none = new Uint8Array(0)

describe('HPKE as RFC 9180 publishes it (X25519, HKDF-SHA256, AES-256-GCM, base mode)', () => {
  const vector =
    readVectors<Record<'info' | 'ikmE' | 'ikmR' | 'skRm' | 'pkRm' | 'enc' | 'aad' | 'pt' | 'ct', string>>('rfc9180')
  const sealed = concat(fromHex(vector.enc), fromHex(vector.ct))

  it('has the published public key for the published private key', () => {
    expect(toHex(publicKeyOf(fromHex(vector.skRm)))).toBe(vector.pkRm)
  })

  it('opens the published ciphertext', async () => {
    const open = await hpkeOpener(fromHex(vector.skRm))
    expect(toHex((await open(sealed, fromHex(vector.info), fromHex(vector.aad))) ?? none)).toBe(vector.pt)
  })

  it('refuses it with another info, another additional text, another key or any bit of it changed', async () => {
    const open = await hpkeOpener(fromHex(vector.skRm))
    const other = await hpkeOpener(fromHex(vector.ikmE))
    expect(await open(sealed, fromHex(`${vector.info}00`), fromHex(vector.aad))).toBeUndefined()
    expect(await open(sealed, fromHex(vector.info), none)).toBeUndefined()
    expect(await other(sealed, fromHex(vector.info), fromHex(vector.aad))).toBeUndefined()
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      // The top bit of an X25519 public key is ignored by the curve (RFC 7748, 5); HPKE hashes it in, so it fails too.
      const altered = Uint8Array.from(sealed)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await open(altered, fromHex(vector.info), fromHex(vector.aad))).toBeUndefined()
    }
  })

  for (const [name, suite] of [
    ['WebCrypto', nativeSuite],
    ['plain JavaScript', portableSuite],
  ] as const) {
    it(`makes the published ciphertext from the published randomness in ${name}`, async () => {
      const { kem } = suite
      const recipient = await kem.deriveKeyPair(fromHex(vector.ikmR))
      expect(toHex(new Uint8Array(await kem.serializePublicKey(recipient.publicKey)))).toBe(vector.pkRm)
      const sender = { recipientPublicKey: recipient.publicKey, info: fromHex(vector.info), ekm: fromHex(vector.ikmE) }
      const { enc, ct } = await suite.seal(sender, fromHex(vector.pt), fromHex(vector.aad))
      expect([toHex(new Uint8Array(enc)), toHex(new Uint8Array(ct))]).toEqual([vector.enc, vector.ct])
    })
  }
})

type Outcome = { readonly tcId: number; readonly comment: string; readonly result: 'valid' | 'acceptable' | 'invalid' }

describe('AES-256-GCM on the Wycheproof vectors', () => {
  type Test = Outcome & Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>
  const { tests } = readVectors<{ tests: Test[] }>('wycheproof-aes-gcm')

  it('opens every valid one and no other, in WebCrypto and in @noble', async () => {
    expect(tests.filter(({ result }) => result === 'invalid').length).toBeGreaterThan(20)
    for (const test of tests) {
      const [key, iv, aad] = [fromHex(test.key), fromHex(test.iv), fromHex(test.aad)]
      const opened = await decrypt(await importAesKey(key), fromHex(test.iv + test.ct + test.tag), aad)
      const byNoble = attempt(() => gcm(key, iv, aad).decrypt(fromHex(test.ct + test.tag)))
      const expected = test.result === 'valid' ? test.msg : undefined
      expect([test.tcId, opened && toHex(opened), byNoble && toHex(byNoble)]).toEqual([test.tcId, expected, expected])
    }
  })

  it('seals to the published ciphertext when given the published nonce', async () => {
    for (const test of tests.filter(({ result }) => result === 'valid')) {
      const sealed = await encrypt(await importAesKey(fromHex(test.key)), fromHex(test.msg), fromHex(test.aad), () =>
        fromHex(test.iv),
      )
      expect(toHex(sealed)).toBe(test.iv + test.ct + test.tag)
    }
  })
})

describe('Ed25519 on the Wycheproof vectors', () => {
  type Test = Outcome & Record<'pk' | 'msg' | 'sig', string>
  const { tests } = readVectors<{ tests: Test[] }>('wycheproof-ed25519')

  it('accepts every valid signature and no other, in Node, in WebCrypto and in @noble', async () => {
    expect(tests.filter(({ result }) => result === 'invalid').length).toBeGreaterThan(60)
    for (const { tcId, pk, msg, sig, result } of tests) {
      const [key, message, signature] = [fromHex(pk), fromHex(msg), fromHex(sig)]
      const byNode = await (await verifierOf(key))(message, signature)
      const byWebCrypto = await (await verifyByWebCrypto(key))(message, signature)
      const byNoble = verifyByNoble(key, message, signature)
      const expected = result === 'valid'
      expect({ tcId, byNode, byWebCrypto, byNoble }).toEqual({
        tcId,
        byNode: expected,
        byWebCrypto: expected,
        byNoble: expected,
      })
    }
  })
})

describe('X25519 on the Wycheproof vectors', () => {
  type Test = Outcome & Record<'public' | 'private' | 'shared', string> & { readonly zero: boolean }
  const { tests } = readVectors<{ tests: Test[] }>('wycheproof-x25519')

  it('agrees on the published secret in WebCrypto and in @noble, and refuses a secret of zeros', async () => {
    expect(tests.filter(({ zero }) => zero).length).toBeGreaterThan(20)
    for (const test of tests) {
      const byNoble = attempt(() => x25519.getSharedSecret(fromHex(test.private), fromHex(test.public)))
      const byWebCrypto = await agreeByWebCrypto(test.private, test.public)
      const expected = test.zero ? undefined : test.shared
      expect([test.tcId, byNoble && toHex(byNoble), byWebCrypto]).toEqual([test.tcId, expected, expected])
    }
  })

  it('seals nothing to a public key whose secret would be zeros', async () => {
    for (const test of tests.filter(({ zero }) => zero)) {
      expect([test.tcId, await hpkeSeal(fromHex(test.public), fromHex('00'), none, none)]).toEqual([
        test.tcId,
        undefined,
      ])
    }
  })
})

describe('HKDF-SHA256 on the Wycheproof vectors', () => {
  type Test = Outcome & Record<'ikm' | 'salt' | 'info' | 'okm', string> & { readonly size: number }
  const { tests } = readVectors<{ tests: Test[] }>('wycheproof-hkdf-sha256')

  it('derives the published bytes in WebCrypto and in @noble, and refuses more than there can be', async () => {
    for (const test of tests) {
      const [ikm, salt, info] = [fromHex(test.ikm), fromHex(test.salt), fromHex(test.info)]
      const byNoble = attempt(() => hkdf(sha256, ikm, salt, info, test.size))
      const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits'])
      const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info }
      const byWebCrypto = await crypto.subtle.deriveBits(parameters, key, 8 * test.size).then(
        (bits) => toHex(new Uint8Array(bits)),
        () => undefined,
      )
      const expected = test.result === 'valid' ? test.okm : undefined
      expect([test.tcId, byNoble && toHex(byNoble), byWebCrypto]).toEqual([test.tcId, expected, expected])
    }
  })
})

async function agreeByWebCrypto(privateHex: string, publicHex: string): Promise<string | undefined> {
  const pkcs8 = fromHex(`302e020100300506032b656e04220420${privateHex}`)
  const secret = await crypto.subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits'])
  const other = await crypto.subtle.importKey('raw', fromHex(publicHex), 'X25519', false, [])
  return crypto.subtle.deriveBits({ name: 'X25519', public: other }, secret, 256).then(
    (bits) => toHex(new Uint8Array(bits)),
    () => undefined,
  )
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
