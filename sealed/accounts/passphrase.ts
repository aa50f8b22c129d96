import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Bytes, fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import type { UnlockKey } from '../keys/roles.ts'
import { Secret } from '../keys/secret.ts'
import { deriveBytes } from '../primitives/hkdf.ts'
import { KdfParameters } from './kdf-parameters.ts'
import type { LoginVerifier } from './login.ts'
import { type Stretch, stretch } from './stretch.ts'

/** What a new account always takes: Argon2id, 64 MiB, 3 passes, 1 lane (0.26 s on our machine), a random salt. */
export function newKdfParameters(random: Randomness = randomBytes): KdfParameters {
  return { algorithm: 'argon2id', memoryKiB: 64 * 1024, passes: 3, lanes: 1, salt: toBase64Url(random(16)) }
}

/**
 * The two secrets that follow from a passphrase: what is shown to the server at signing in, and what unlocks the user key and
 * never leaves the device. Neither can be had from the other. Parameters from a server are refused below the floor pinned
 * here (19 MiB, 2 passes: OWASP Password Storage Cheat Sheet) and above what a phone can do.
 * The passphrase is taken as RFC 8265 (OpaqueString) prepares it: other spaces become a space, then NFC.
 * Refused: `sealed.kdf-too-weak`, `sealed.kdf-too-heavy` {memoryKiB, passes}, `sealed.kdf-malformed`, `sealed.passphrase-empty`.
 */
export async function deriveAccount(
  passphrase: string,
  parameters: KdfParameters,
  stretchIt: Stretch = stretch,
): Promise<Decision<{ loginVerifier: LoginVerifier; unlockKey: UnlockKey }>> {
  const checked = checkParameters(parameters)
  if (!checked.ok) return checked
  const password = prepare(passphrase)
  if (password.length === 0) return refuse('sealed.passphrase-empty')
  const stretched = await stretchIt(password, parameters)
  const loginVerifier = toBase64Url(await deriveBytes(stretched, 'lentera/auth/v1'))
  const unlockKey = new Secret('unlock', await deriveBytes(stretched, 'lentera/unlock/v1'))
  stretched.fill(0)
  password.fill(0)
  // Thirty-two bytes in base64url are a login verifier by construction.
  return accept({ loginVerifier: loginVerifier as LoginVerifier, unlockKey })
}

/** Nothing weaker is ever taken, whoever asks. */
export const kdfFloor = { memoryKiB: 19 * 1024, passes: 2 } as const
/** Nothing heavier is tried: a server could otherwise stop a phone. */
export const kdfCeiling = { memoryKiB: 1024 * 1024, passes: 20, lanes: 4 } as const

function checkParameters(parameters: KdfParameters): Decision<true> {
  const salt = KdfParameters.safeParse(parameters).success ? fromBase64Url(parameters.salt) : undefined
  if (salt === undefined || salt.length < 16 || salt.length > 64) return refuse('sealed.kdf-malformed')
  const { memoryKiB, passes, lanes } = parameters
  if (memoryKiB < kdfFloor.memoryKiB || passes < kdfFloor.passes)
    return refuse('sealed.kdf-too-weak', { memoryKiB, passes })
  if (memoryKiB > kdfCeiling.memoryKiB || passes > kdfCeiling.passes || lanes > kdfCeiling.lanes) {
    return refuse('sealed.kdf-too-heavy', { memoryKiB, passes })
  }
  return accept(true)
}

function prepare(passphrase: string): Bytes {
  return utf8(passphrase.replace(/\p{Zs}/gu, ' ').normalize('NFC'))
}
