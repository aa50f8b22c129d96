import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  changePassphrase,
  newRecoveryCode,
  randomBytes,
  readRecoveryCode,
  recoverAccount,
  recoveryVerifierOf,
  type UnlockedAccount,
} from '@lentera/sealed/open'
import { type LoginVerifier, loginLookup, type RecoveryVerifier } from '@lentera/sealed/verify'
import type { Api } from './api.ts'
import type { Recovery } from './desk.ts'
import { directory, type Opening, type Place } from './directory.ts'
import type { MemberDevice } from './member-device.ts'
import { stretchApart } from './stretch-apart.ts'
import { openPlace, openWith } from './unlock.ts'

/** At least so many letters: a few words that only she puts together. */
export const passphraseLength = 15

/** Whether a passphrase is long enough to be taken. Refused: `desk.passphrase-short` {least}. */
export function longEnough(passphrase: string): Decision<void> {
  return passphrase.length < passphraseLength
    ? refuse('desk.passphrase-short', { least: passphraseLength })
    : accept(undefined)
}

/**
 * Gives her account another passphrase. What the new one opens is kept here before the server is asked, so that a cut at any
 * moment leaves her with a passphrase that opens this device: until the server is known to have taken the new one, both do.
 * Refused: `desk.passphrase-short`, `sealed.passphrase-wrong`, `desk.passphrase-changed`, `desk.offline`, as the server refuses.
 */
export async function takeNewPassphrase(
  member: MemberDevice,
  api: Api,
  present: string,
  next: string,
): Promise<Decision<void>> {
  const proven = await provenHere(member, present)
  if (!proven.ok) return proven
  const isLongEnough = longEnough(next)
  if (!isLongEnough.ok) return isLongEnough
  const { place, verifier } = proven.value
  const made = await madeFor(place, member.account, next)
  if (!made.ok) return made
  const { opening } = made.value
  member.isUnsettled = false // from here on it is settled below
  await directory.put({ ...place, changing: opening })
  const signedIn = await api.signIn(member.lookup, verifier)
  if (!signedIn.ok) {
    if (signedIn.refusal.code !== 'access.sign-in-wrong') return signedIn
    // Where an earlier answer was lost it is changed already.
    const changed = await api.signIn(member.lookup, made.value.verifier)
    if (changed.ok) return settled(member, made.value)
    if (isDefinite(changed)) await directory.put(place)
    return changed.refusal.code === 'access.sign-in-wrong' ? refuse('desk.passphrase-changed') : changed
  }
  const change = {
    proof: { by: 'passphrase', verifier },
    passphrase: { kdf: opening.kdf, verifier: made.value.verifier },
    account: { byPassphrase: opening.account.byPassphrase },
  }
  const answer = await api.ask('/api/account', change, () => undefined)
  if (answer.ok) return settled(member, made.value)
  if (isDefinite(answer)) await directory.put(place)
  return answer
}

/**
 * A new recovery code, to print once; the one before opens nothing more. Her passphrase again, for a device may have been
 * left open. Refused: as `takeNewPassphrase`.
 */
export async function printNewCode(member: MemberDevice, api: Api, passphrase: string): Promise<Decision<Recovery>> {
  const proven = await provenHere(member, passphrase)
  if (!proven.ok) return proven
  const { verifier } = proven.value
  const signedIn = await api.signIn(member.lookup, verifier)
  if (!signedIn.ok) {
    return signedIn.refusal.code === 'access.sign-in-wrong' ? refuse('desk.passphrase-changed') : signedIn
  }
  const { recoveryCode, recoveryVerifier, byRecoveryCode } = await newRecoveryCode(member.account)
  const change = { proof: { by: 'passphrase', verifier }, recovery: recoveryVerifier, account: { byRecoveryCode } }
  const answer = await api.ask('/api/account', change, () => undefined)
  return answer.ok ? accept({ recoveryCode }) : answer
}

/**
 * Where the passphrase is lost: the printed code opens the account, which gets a new passphrase and a new code to print. Needs
 * the network. Refused: `desk.passphrase-short`, as `readRecoveryCode` and `recoverAccount`, `access.recovery-wrong`,
 * `desk.offline`.
 */
export async function recoverByCode(
  api: Api,
  { login, code, passphrase }: { readonly login: string; readonly code: string; readonly passphrase: string },
): Promise<Decision<Recovery>> {
  const isLongEnough = longEnough(passphrase)
  if (!isLongEnough.ok) return isLongEnough
  const key = readRecoveryCode(code)
  if (!key.ok) return key
  const verifier = await recoveryVerifierOf(key.value)
  key.value.wipe()
  const signedIn = await api.signInByCode(loginLookup(login), verifier)
  if (!signedIn.ok) return signedIn
  const unlocked = await recoverAccount(signedIn.value.account, code)
  const recovered = unlocked.ok ? await openAnew(api, unlocked.value, verifier, passphrase) : unlocked
  await api.signOut()
  return recovered
}

async function openAnew(
  api: Api,
  unlocked: UnlockedAccount,
  verifier: RecoveryVerifier,
  passphrase: string,
): Promise<Decision<Recovery>> {
  const changed = await changePassphrase(unlocked, passphrase, randomBytes, stretchApart).catch(notStretched)
  const { recoveryCode, recoveryVerifier, byRecoveryCode } = await newRecoveryCode(unlocked)
  forget(unlocked)
  if (!changed.ok) return changed
  const { kdf, byPassphrase, loginVerifier } = changed.value
  const change = {
    proof: { by: 'recovery-code', verifier },
    passphrase: { kdf, verifier: loginVerifier },
    recovery: recoveryVerifier,
    account: { byPassphrase, byRecoveryCode },
  }
  const answer = await api.ask('/api/account', change, () => undefined)
  return answer.ok ? accept({ recoveryCode }) : answer
}

/** That it is she who asks, and what she shows to the server. */
async function provenHere(
  member: MemberDevice,
  passphrase: string,
): Promise<Decision<{ readonly place: Place; readonly verifier: LoginVerifier }>> {
  if (member.me.demonstration) return refuse('access.demonstration')
  const place = await directory.get(member.device)
  if (!place) return refuse('desk.nobody-here')
  const entered = await openPlace(place, passphrase)
  if (!entered.ok) return entered
  forget(entered.value.unlocked)
  return accept({ place, verifier: entered.value.verifier })
}

type Made = { readonly opening: Opening; readonly verifier: LoginVerifier }

/** What the new passphrase opens the account with; asked again after a cut it is what was sent then. */
async function madeFor(place: Place, account: UnlockedAccount, passphrase: string): Promise<Decision<Made>> {
  const before = place.changing && (await openWith(place.changing, passphrase))
  if (before?.ok) {
    forget(before.value.unlocked)
    return before
  }
  const made = await changePassphrase(account, passphrase, randomBytes, stretchApart).catch(notStretched)
  if (!made.ok) return made
  const { kdf, byPassphrase, loginVerifier: verifier } = made.value
  return accept({ opening: { kdf, account: { ...place.account, byPassphrase } }, verifier })
}

async function settled(member: MemberDevice, { opening, verifier }: Made): Promise<Decision<void>> {
  member.opening = opening
  member.verifier = verifier
  await directory.settleOn(member.device, opening)
  return accept(undefined)
}

/** A refusal that says that nothing was changed; of a cut connection or a failing server that is not known. */
const isDefinite = ({ refusal }: { readonly refusal: { readonly code: string } }): boolean =>
  refusal.code.startsWith('access.')

function forget({ userKey, keys }: UnlockedAccount): void {
  for (const secret of [userKey, keys.sign.secret, keys.seal.secret]) secret.wipe()
}

/** The part of this program that stretches passphrases did not load. */
const notStretched = () => refuse('desk.program-incomplete')
