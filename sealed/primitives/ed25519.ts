import { ed25519 } from '@noble/curves/ed25519.js'
import { type Bytes, fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { concat } from '../bytes/compose.ts'
import { webCryptoKnows } from './curves.ts'
import { nodeCrypto } from './node-crypto.ts'

/** Ed25519 (RFC 8032) by WebCrypto, by Node where it is faster, by @noble where neither knows it. Keys and signatures raw. */

export function publicKeyOf(seed: Bytes): Bytes {
  return Uint8Array.from(ed25519.getPublicKey(seed))
}

export type Signer = (message: Bytes) => Promise<Bytes>

/** A function that signs with the private key of this 32-byte seed. */
export async function signerOf(seed: Bytes): Promise<Signer> {
  if (!(await webCryptoKnows('Ed25519'))) return async (message) => Uint8Array.from(ed25519.sign(message, seed))
  const key = await crypto.subtle.importKey('pkcs8', concat(pkcs8Prefix, seed), 'Ed25519', false, ['sign'])
  return async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, message))
}

export type Verifier = (message: Bytes, signature: Bytes) => Promise<boolean>

/** A function that checks signatures of this public key; make it once a device, not once an entry. */
export async function verifierOf(publicKey: Bytes): Promise<Verifier> {
  if (nodeCrypto !== undefined) {
    const { verify, createPublicKey } = nodeCrypto
    try {
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) }, format: 'jwk' })
      return (message, signature) =>
        new Promise((resolve) =>
          verify(null, message, key, signature, (error, good) => resolve(error === null && good)),
        )
    } catch {
      return async () => false
    }
  }
  if (await webCryptoKnows('Ed25519')) return verifyByWebCrypto(publicKey)
  return async (message, signature) => verifyByNoble(publicKey, message, signature)
}

export async function verifyByWebCrypto(publicKey: Bytes): Promise<Verifier> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    return (message, signature) => crypto.subtle.verify('Ed25519', key, signature, message)
  } catch {
    return async () => false
  }
}

export function verifyByNoble(publicKey: Bytes, message: Bytes, signature: Bytes): boolean {
  try {
    // zip215: false is the strict reading of RFC 8032, the one WebCrypto and OpenSSL follow.
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

/** What stands before the seed in a PKCS #8 private key (RFC 8410, 7): WebCrypto takes no raw private key. */
const pkcs8Prefix = fromBase64Url('MC4CAQAwBQYDK2VwBCIEIA') ?? new Uint8Array(0)
