import { accept, type Decision } from '@lentera/core/shared/refusals'
import { toBase64Url } from '../bytes/base64url.ts'
import { concat } from '../bytes/compose.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import type { RecoveryCodeKey } from '../keys/roles.ts'
import { bytesOf, Secret } from '../keys/secret.ts'
import { deriveBytes } from '../primitives/hkdf.ts'
import { printCode, readCode } from '../printed/printed-code.ts'
import type { RecoveryVerifier } from './login.ts'

/** 256 random bits that open the user key when the passphrase is forgotten; printed, never stored. */
export function newRecoveryCodeKey(random: Randomness = randomBytes): RecoveryCodeKey {
  return new Secret('recovery-code', random(32))
}

/** The code to print: four lines of eighteen characters in groups. */
export function printRecoveryCode(key: RecoveryCodeKey): string {
  return printCode('member-recovery', concat(Uint8Array.of(1), bytesOf(key)))
}

/** The key from what was typed. Refused: as `readCode` of printed/. */
export function readRecoveryCode(typed: string): Decision<RecoveryCodeKey> {
  const payload = readCode('member-recovery', 33, typed)
  return payload.ok ? accept(new Secret('recovery-code', payload.value.slice(1))) : payload
}

/** What the code shows at signing in. It says nothing of the key: the code is 256 random bits, and HKDF goes one way. */
export async function recoveryVerifierOf(key: RecoveryCodeKey): Promise<RecoveryVerifier> {
  // Thirty-two bytes in base64url are a verifier by construction.
  return toBase64Url(await deriveBytes(bytesOf(key), 'lentera/recovery-auth/v1')) as RecoveryVerifier
}
