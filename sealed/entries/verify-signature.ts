import { type Bytes, fromBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import type { SignPublicKey } from '../keys/public-keys.ts'
import { type Verifier, verifierOf } from '../primitives/ed25519.ts'

/** Whether `signature` (base64url, 64 bytes) is the key's Ed25519 signature over these bytes or this text's UTF-8. */
export async function verifySignature(
  key: SignPublicKey,
  content: Bytes | string,
  signature: string,
): Promise<boolean> {
  const bytes = fromBase64Url(signature)
  if (bytes?.length !== 64) return false
  const verify = await verifierFor(key)
  return verify(typeof content === 'string' ? utf8(content) : content, bytes)
}

/** Keys made ready are kept, oldest dropped first: making one ready costs as much as a check. */
function verifierFor(key: SignPublicKey): Promise<Verifier> {
  const kept = ready.get(key)
  if (kept !== undefined) return kept
  const made = verifierOf(fromBase64Url(key) ?? new Uint8Array(0))
  if (ready.size >= mostReady) ready.delete(ready.keys().next().value ?? key)
  ready.set(key, made)
  return made
}

const ready = new Map<SignPublicKey, Promise<Verifier>>()
const mostReady = 2000
