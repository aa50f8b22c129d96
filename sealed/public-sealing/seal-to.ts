import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Bytes, fromBase64Url } from '../bytes/base64url.ts'
import type { SealPublicKey } from '../keys/public-keys.ts'
import { hpkeSeal } from '../primitives/x25519.ts'

/**
 * Seals bytes to a public key: HPKE base mode, X25519-HKDF-SHA256, AES-256-GCM (RFC 9180). `info` names the purpose and all
 * it belongs to, and must be given again to open. Gives the encapsulated key, ciphertext and tag: 48 bytes more than went
 * in. Anyone can seal, so an opened seal says nothing of who made it. Refused: `sealed.public-key-unusable`.
 */
export async function sealTo(publicKey: SealPublicKey, plain: Bytes, info: Bytes): Promise<Decision<Bytes>> {
  const key = fromBase64Url(publicKey)
  const sealed = key === undefined ? undefined : await hpkeSeal(key, plain, info, new Uint8Array(0))
  return sealed === undefined ? refuse('sealed.public-key-unusable') : accept(sealed)
}
