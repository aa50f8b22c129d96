import type { MemberId } from '@lentera/core/shared/ids'
import { accept, type Decision } from '@lentera/core/shared/refusals'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import type { MemberKeys, RecoveryCodeKey, UnlockKey, UserKey } from '../keys/roles.ts'
import type { KdfParameters } from './kdf-parameters.ts'
import type { LoginVerifier, RecoveryVerifier } from './login.ts'
import { newMemberKeys, openMemberKeys, wrapMemberKeys } from './member-keys.ts'
import { deriveAccount, newKdfParameters } from './passphrase.ts'
import { newRecoveryCodeKey, printRecoveryCode, readRecoveryCode, recoveryVerifierOf } from './recovery-code.ts'
import { type Stretch, stretch } from './stretch.ts'
import { newUserKey, openUserKey, wrapUserKey } from './user-key.ts'
import type { WrappedMemberKeys } from './wrapped-member-keys.ts'
import type { WrappedUserKey } from './wrapped-user-key.ts'

/** What the server keeps of an account's keys; none of it opens anything there. */
export type AccountRecord = {
  readonly kdf: KdfParameters
  readonly byPassphrase: WrappedUserKey
  readonly byRecoveryCode: WrappedUserKey
  readonly memberKeys: WrappedMemberKeys
}

/** What signing in gives the device, in memory only. */
export type UnlockedAccount = { readonly member: MemberId; readonly userKey: UserKey; readonly keys: MemberKeys }

/**
 * A new account, whole: keys, what the server keeps, the verifiers it may hash, and the recovery code to print once.
 * Refused: `sealed.passphrase-empty`.
 */
export async function newAccount(
  member: MemberId,
  passphrase: string,
  random: Randomness = randomBytes,
  stretchIt: Stretch = stretch,
): Promise<
  Decision<{
    record: AccountRecord
    loginVerifier: LoginVerifier
    recoveryVerifier: RecoveryVerifier
    unlocked: UnlockedAccount
    recoveryCode: string
  }>
> {
  const kdf = newKdfParameters(random)
  const derived = await deriveAccount(passphrase, kdf, stretchIt)
  if (!derived.ok) return derived
  const { loginVerifier, unlockKey } = derived.value
  const userKey = newUserKey(random)
  const keys = newMemberKeys(random)
  const unlocked = { member, userKey, keys }
  // In this order: what a fixed randomness once gave must stay as it is.
  const codeKey = newRecoveryCodeKey(random)
  const byPassphrase = await wrapUserKey(userKey, unlockKey, member, random)
  const { byRecoveryCode, recoveryCode, recoveryVerifier } = await recoveryBy(codeKey, unlocked, random)
  const memberKeys = await wrapMemberKeys(keys, userKey, member, random)
  unlockKey.wipe()
  const record: AccountRecord = { kdf, byPassphrase, byRecoveryCode, memberKeys }
  return accept({ record, loginVerifier, recoveryVerifier, unlocked, recoveryCode })
}

/**
 * Opens an account with the unlock key that `deriveAccount` gave beside the login verifier: Argon2id runs once a signing in.
 * Refused: `sealed.passphrase-wrong`, `sealed.wrap-altered`.
 */
export async function unlockAccount(
  record: Pick<AccountRecord, 'byPassphrase' | 'memberKeys'>,
  unlockKey: UnlockKey,
): Promise<Decision<UnlockedAccount>> {
  return unlockedBy(await openUserKey(record.byPassphrase, unlockKey), record.memberKeys)
}

/** Opens an account by its printed code, when the passphrase is lost. Refused: as `readRecoveryCode`; `sealed.recovery-code-wrong`, `sealed.wrap-altered`. */
export async function recoverAccount(
  record: Pick<AccountRecord, 'byRecoveryCode' | 'memberKeys'>,
  typed: string,
): Promise<Decision<UnlockedAccount>> {
  const codeKey = readRecoveryCode(typed)
  if (!codeKey.ok) return codeKey
  return unlockedBy(await openUserKey(record.byRecoveryCode, codeKey.value), record.memberKeys)
}

/** A new passphrase wraps the same user key again; no other key and no entry changes. Refused: `sealed.passphrase-empty`. */
export async function changePassphrase(
  unlocked: UnlockedAccount,
  passphrase: string,
  random: Randomness = randomBytes,
  stretchIt: Stretch = stretch,
): Promise<Decision<Pick<AccountRecord, 'kdf' | 'byPassphrase'> & { loginVerifier: LoginVerifier }>> {
  const kdf = newKdfParameters(random)
  const derived = await deriveAccount(passphrase, kdf, stretchIt)
  if (!derived.ok) return derived
  const { loginVerifier, unlockKey } = derived.value
  const byPassphrase = await wrapUserKey(unlocked.userKey, unlockKey, unlocked.member, random)
  unlockKey.wipe()
  return accept({ kdf, byPassphrase, loginVerifier })
}

async function unlockedBy(
  userKey: Decision<UserKey>,
  memberKeys: WrappedMemberKeys,
): Promise<Decision<UnlockedAccount>> {
  if (!userKey.ok) return userKey
  const keys = await openMemberKeys(memberKeys, userKey.value)
  return keys.ok ? accept({ member: memberKeys.member, userKey: userKey.value, keys: keys.value }) : keys
}

/** A new recovery code to print once; the one before opens nothing more as soon as the server has taken this. */
export function newRecoveryCode(unlocked: UnlockedAccount, random: Randomness = randomBytes): Promise<RecoveryByCode> {
  return recoveryBy(newRecoveryCodeKey(random), unlocked, random)
}

export type RecoveryByCode = Pick<AccountRecord, 'byRecoveryCode'> & {
  readonly recoveryCode: string
  readonly recoveryVerifier: RecoveryVerifier
}

async function recoveryBy(
  codeKey: RecoveryCodeKey,
  { userKey, member }: UnlockedAccount,
  random: Randomness,
): Promise<RecoveryByCode> {
  const byRecoveryCode = await wrapUserKey(userKey, codeKey, member, random)
  const recoveryVerifier = await recoveryVerifierOf(codeKey)
  const recoveryCode = printRecoveryCode(codeKey)
  codeKey.wipe()
  return { byRecoveryCode, recoveryCode, recoveryVerifier }
}
