import { Aes256Gcm, CipherSuite, HkdfSha256, DhkemX25519HkdfSha256 as NativeKem } from '@hpke/core'
import { DhkemX25519HkdfSha256 as PortableKem } from '@hpke/dhkem-x25519'
import { x25519 } from '@noble/curves/ed25519.js'
import type { Bytes } from '../bytes/base64url.ts'
import { concat } from '../bytes/compose.ts'
import { webCryptoKnows } from './curves.ts'

/**
 * HPKE (RFC 9180) in base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: what is sealed here is the
 * encapsulated key (32 bytes), then the ciphertext with its tag (16 more than the plaintext). One key, one message.
 */

export function publicKeyOf(secret: Bytes): Bytes {
  return Uint8Array.from(x25519.getPublicKey(secret))
}

/** Seals to a public key; undefined where the key is no usable point of the curve. */
export async function hpkeSeal(publicKey: Bytes, plain: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined> {
  const suite = await hpkeSuite()
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey)
    const { ct, enc } = await suite.seal({ recipientPublicKey, info }, plain, aad)
    return concat(new Uint8Array(enc), new Uint8Array(ct))
  } catch {
    return undefined
  }
}

/** A private key made ready to open many seals. */
export async function hpkeOpener(
  secret: Bytes,
): Promise<(sealed: Bytes, info: Bytes, aad: Bytes) => Promise<Bytes | undefined>> {
  const suite = await hpkeSuite()
  const recipientKey = await suite.kem.deserializePrivateKey(secret)
  return async (sealed, info, aad) => {
    if (sealed.length < 32 + 16) return undefined
    try {
      const opened = await suite.open({ recipientKey, enc: sealed.slice(0, 32), info }, sealed.slice(32), aad)
      return new Uint8Array(opened)
    } catch {
      return undefined
    }
  }
}

/** By WebCrypto's X25519, and without it. Both are exported so that tests can set one against the other. */
export const nativeSuite = new CipherSuite({ kem: new NativeKem(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
export const portableSuite = new CipherSuite({ kem: new PortableKem(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

async function hpkeSuite(): Promise<CipherSuite> {
  return (await webCryptoKnows('X25519')) ? nativeSuite : portableSuite
}
