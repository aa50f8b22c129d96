import { gcm } from '@noble/ciphers/aes.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { argon2id as nobleArgon2id } from '@noble/hashes/argon2.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { argon2id } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { stretch } from '../accounts/stretch.ts'
import { toBase64Url } from '../bytes/base64url.ts'
import { concat, utf8 } from '../bytes/compose.ts'
import { randomBytes } from '../bytes/randomness.ts'
import { decrypt, encrypt, importAesKey } from './aes-gcm.ts'
import { publicKeyOf, signerOf, verifierOf, verifyByNoble, verifyByWebCrypto } from './ed25519.ts'
import { hash, hashNow } from './hash.ts'
import { deriveBytes } from './hkdf.ts'
import { nativeSuite, portableSuite, publicKeyOf as sealPublicKeyOf } from './x25519.ts'

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Uint8Array.from(array))
const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Uint8Array.from(array))
const runs = { numRuns: 300, seed: 9180 }

/** What WebCrypto makes @noble must open and what @noble makes WebCrypto must open: a fault in one shows in the other. */
describe('two implementations of each algorithm', () => {
  it('open what the other sealed with AES-256-GCM', async () => {
    const property = fc.asyncProperty(secret, bytes(300), bytes(60), async (key, plain, aad) => {
      const imported = await importAesKey(key)
      const sealed = await encrypt(imported, plain, aad, randomBytes)
      expect(gcm(key, sealed.subarray(0, 12), aad).decrypt(sealed.subarray(12))).toEqual(plain)
      const iv = randomBytes(12)
      expect(await decrypt(imported, concat(iv, gcm(key, iv, aad).encrypt(plain)), aad)).toEqual(plain)
    })
    await fc.assert(property, runs)
  })

  it('make the same Ed25519 signature, and accept that of the other', async () => {
    const property = fc.asyncProperty(secret, bytes(300), async (seed, message) => {
      const key = publicKeyOf(seed)
      const signature = await (await signerOf(seed))(message)
      expect(signature).toEqual(Uint8Array.from(ed25519.sign(message, seed)))
      expect(await (await verifierOf(key))(message, signature)).toBe(true)
      expect(await (await verifyByWebCrypto(key))(message, signature)).toBe(true)
      expect(verifyByNoble(key, message, signature)).toBe(true)
      expect(await (await verifierOf(key))(concat(message, Uint8Array.of(1)), signature)).toBe(false)
    })
    await fc.assert(property, { ...runs, numRuns: 60 })
  })

  it('open what the other sealed with HPKE', async () => {
    const property = fc.asyncProperty(secret, bytes(100), bytes(60), async (seed, plain, info) => {
      for (const [by, to] of [
        [nativeSuite, portableSuite],
        [portableSuite, nativeSuite],
      ] as const) {
        const recipientPublicKey = await by.kem.deserializePublicKey(sealPublicKeyOf(seed))
        const { enc, ct } = await by.seal({ recipientPublicKey, info }, plain)
        const recipientKey = await to.kem.deserializePrivateKey(seed)
        expect(new Uint8Array(await to.open({ recipientKey, enc, info }, ct))).toEqual(plain)
      }
    })
    await fc.assert(property, { ...runs, numRuns: 40 })
  })

  it('agree on X25519 public keys', async () => {
    const property = fc.asyncProperty(secret, async (seed) => {
      const base = fromBase()
      const pkcs8 = concat(
        Uint8Array.from(atob('MC4CAQAwBQYDK2VuBCIEIA=='), (c) => c.charCodeAt(0)),
        seed,
      )
      const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits'])
      const point = await crypto.subtle.importKey('raw', base, 'X25519', false, [])
      const bits = await crypto.subtle.deriveBits({ name: 'X25519', public: point }, key, 256)
      expect(new Uint8Array(bits)).toEqual(sealPublicKeyOf(seed))
      expect(Uint8Array.from(x25519.scalarMultBase(seed))).toEqual(sealPublicKeyOf(seed))
    })
    await fc.assert(property, { ...runs, numRuns: 60 })
  })

  it('derive the same bytes with HKDF-SHA256', async () => {
    const property = fc.asyncProperty(
      secret,
      fc.string(),
      fc.integer({ min: 1, max: 200 }),
      async (key, info, length) => {
        expect(await deriveBytes(key, info, length)).toEqual(
          Uint8Array.from(hkdf(sha256, key, new Uint8Array(0), utf8(info), length)),
        )
      },
    )
    await fc.assert(property, runs)
  })

  it('hash the same with SHA-256: WebCrypto, Node at once, @noble', async () => {
    const property = fc.asyncProperty(bytes(500), async (content) => {
      expect(await hash(content)).toBe(hashNow(content))
      expect(hashNow(content)).toBe(toBase64Url(sha256(content)))
    })
    await fc.assert(property, runs)
  })

  it('stretch a passphrase the same with Argon2id at the floor we take', async () => {
    const salt = utf8('sixteen byte slt')
    const ours = await argon2id({
      password: 'four words',
      salt,
      memorySize: 19 * 1024,
      iterations: 2,
      parallelism: 1,
      hashLength: 32,
      outputType: 'hex',
    })
    const theirs = nobleArgon2id('four words', salt, { m: 19 * 1024, t: 2, p: 1, dkLen: 32 })
    expect(ours).toBe(Buffer.from(theirs).toString('hex'))
    const parameters = {
      algorithm: 'argon2id',
      memoryKiB: 19 * 1024,
      passes: 2,
      lanes: 1,
      salt: toBase64Url(salt),
    } as const
    expect(toBase64Url(await stretch(utf8('four words'), parameters))).toBe(toBase64Url(theirs))
  })
})

/** The base point of Curve25519 (RFC 7748, 4.1): 9. */
function fromBase() {
  const point = new Uint8Array(32)
  point[0] = 9
  return point
}
