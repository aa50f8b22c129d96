import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Bytes } from '../bytes/base64url.ts'
import type { Secret } from '../keys/secret.ts'
import { bytesOf } from '../keys/secret.ts'
import { hpkeOpener } from '../primitives/x25519.ts'

/** A private key that things are sealed to. */
export type SealSecret = Secret<'member-seal'> | Secret<'recovery-seal'>

/** Opens what `sealTo` sealed, given the same `info`. Refused: `sealed.not-authentic`. */
export async function openSealed(key: SealSecret, sealed: Bytes, info: Bytes): Promise<Decision<Bytes>> {
  const open = await hpkeOpener(bytesOf(key))
  const bytes = await open(sealed, info, new Uint8Array(0))
  return bytes === undefined ? refuse('sealed.not-authentic') : accept(bytes)
}
