import { Base64Url, type Hash } from '@lentera/core/shared/ids'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod'
import { type Bytes, toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import { randomBytes } from '../bytes/randomness.ts'
import { sameBytes } from '../bytes/same-bytes.ts'
import { hashNow } from '../primitives/hash.ts'
import type { KdfParameters } from './kdf-parameters.ts'

/** What a device shows at signing in instead of the passphrase: 32 bytes, base64url. */
export const LoginVerifier = Base64Url.length(43).brand<'LoginVerifier'>()
export type LoginVerifier = z.infer<typeof LoginVerifier>

/** What a device shows of the printed recovery code instead of the passphrase: 32 bytes, base64url. */
export const RecoveryVerifier = Base64Url.length(43).brand<'RecoveryVerifier'>()
export type RecoveryVerifier = z.infer<typeof RecoveryVerifier>

/** What the server keeps of either. A thief of the database still pays the whole Argon2id for every guess. */
export const StoredVerifier = z
  .string()
  .regex(/^v1\.[A-Za-z0-9_-]{43}$/)
  .brand<'StoredVerifier'>()
export type StoredVerifier = z.infer<typeof StoredVerifier>

export function hashVerifier(verifier: LoginVerifier | RecoveryVerifier): StoredVerifier {
  return `v1.${hashNow(`lentera/verifier/v1/${verifier}`)}` as StoredVerifier // built to the pattern above
}

/** Whether the verifier shown is the one stored, in constant time. */
export function isVerifier(stored: StoredVerifier, shown: LoginVerifier | RecoveryVerifier): boolean {
  return sameBytes(utf8(stored), utf8(hashVerifier(shown)))
}

/**
 * What an account is looked up by: the hash of its login name, folded (NFKC, lower case, no space around), so that the
 * names people choose are listed nowhere.
 */
export function loginLookup(loginName: string): Hash {
  return hashNow(`lentera/login/v1/${loginName.normalize('NFKC').trim().toLowerCase()}`)
}

/** 256 random bits: a session token, or an invitation. */
export function newToken(): SessionToken {
  return toBase64Url(randomBytes(32)) as SessionToken // 32 bytes are 43 characters
}
export const SessionToken = Base64Url.length(43).brand<'SessionToken'>()
export type SessionToken = z.infer<typeof SessionToken>

/** What the server keeps of a token and looks it up by. */
export function hashToken(token: SessionToken): Hash {
  return hashNow(`lentera/token/v1/${token}`)
}

/**
 * The parameters to answer for a login name that nobody has: the same at every asking, and without the server's secret (32
 * random bytes) not to be told from real ones. Fold the name as your accounts do before asking.
 */
export function fakeKdfParameters(serverSecret: Bytes, loginName: string): KdfParameters {
  const salt = hmac(sha256, serverSecret, utf8(`lentera/fake-salt/v1/${loginName}`)).subarray(0, 16)
  return { algorithm: 'argon2id', memoryKiB: 64 * 1024, passes: 3, lanes: 1, salt: toBase64Url(salt) }
}
