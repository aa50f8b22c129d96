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
import type { NewRecovery } from './desk.ts'
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
 * Refused: `desk.passphrase-short`, `sealed.passphrase-wrong`, `desk.passphrase-changed`, `desk.passphrase-unsure`,
 * `desk.account-offline`, as the server refuses.
 */
export function takeNewPassphrase(
  member: MemberDevice,
  api: Api,
  present: string,
  next: string,
): Promise<Decision<void>> {
  // One at a time over all tabs of this device: each begins from what the one before has left.
  return navigator.locks.request(`lentera-account-${member.device}`, async () => {
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
    if (!signedIn.ok) return landedBefore(member, api, place, made.value, signedIn)
    const answer = await api.ask(
      '/api/account',
      {
        proof: { by: 'passphrase', verifier },
        passphrase: { kdf: opening.kdf, verifier: made.value.verifier },
        account: { byPassphrase: opening.account.byPassphrase },
      },
      () => undefined,
    )
    if (answer.ok) return settled(member, made.value)
    if (isDefinite(answer)) await directory.put(place)
    return isOffline(answer) ? refuse('desk.passphrase-unsure') : answer
  })
}

/** The old one is not known any more: where an answer was lost before, it is the new one that is. */
async function landedBefore(
  member: MemberDevice,
  api: Api,
  place: Place,
  made: Made,
  refused: Refused,
): Promise<Decision<void>> {
  if (refused.refusal.code !== 'access.sign-in-wrong') return reached(refused)
  const changed = await api.signIn(member.lookup, made.verifier)
  if (changed.ok) return settled(member, made)
  if (isDefinite(changed)) await directory.put(place)
  return changed.refusal.code === 'access.sign-in-wrong' ? refuse('desk.passphrase-changed') : reached(changed)
}

/**
 * A new recovery code to print; it holds, and the one before opens nothing more, when she confirms that it is printed. Her
 * passphrase again, for a device may have been left open. Refused: as `takeNewPassphrase`.
 */
export async function printNewCode(member: MemberDevice, api: Api, passphrase: string): Promise<Decision<NewRecovery>> {
  const proven = await provenHere(member, passphrase)
  if (!proven.ok) return proven
  const { verifier } = proven.value
  const signedIn = await api.signIn(member.lookup, verifier)
  if (!signedIn.ok) {
    return signedIn.refusal.code === 'access.sign-in-wrong' ? refuse('desk.passphrase-changed') : reached(signedIn)
  }
  const { recoveryCode, recoveryVerifier, byRecoveryCode } = await newRecoveryCode(member.account)
  const change = { proof: { by: 'passphrase', verifier }, recovery: recoveryVerifier, account: { byRecoveryCode } }
  return accept({ recoveryCode, confirm: () => changed(api, change) })
}

/**
 * Where the passphrase is lost: the printed code opens the account, which gets a new passphrase and a new code. Both hold when
 * she confirms that the new code is printed; until then nothing has changed. Needs the network. Refused:
 * `desk.passphrase-short`, as `readRecoveryCode` and `recoverAccount`, `access.recovery-wrong`, `desk.account-offline`.
 */
export async function recoverByCode(
  api: Api,
  { login, code, passphrase }: { readonly login: string; readonly code: string; readonly passphrase: string },
): Promise<Decision<NewRecovery>> {
  const isLongEnough = longEnough(passphrase)
  if (!isLongEnough.ok) return isLongEnough
  const key = readRecoveryCode(code)
  if (!key.ok) return key
  const verifier = await recoveryVerifierOf(key.value)
  key.value.wipe()
  const signedIn = await api.signInByCode(loginLookup(login), verifier)
  if (!signedIn.ok) return reached(signedIn)
  const unlocked = await recoverAccount(signedIn.value.account, code)
  const change = unlocked.ok ? await changeByCode(unlocked.value, verifier, passphrase) : unlocked
  if (!change.ok) {
    await api.signOut()
    return change
  }
  const { recoveryCode, body } = change.value
  return accept({
    recoveryCode,
    confirm: async () => {
      const confirmed = await changed(api, body)
      if (confirmed.ok) await api.signOut()
      return confirmed
    },
  })
}

async function changeByCode(unlocked: UnlockedAccount, verifier: RecoveryVerifier, passphrase: string) {
  const changed = await changePassphrase(unlocked, passphrase, randomBytes, stretchApart).catch(notStretched)
  const { recoveryCode, recoveryVerifier, byRecoveryCode } = await newRecoveryCode(unlocked)
  forget(unlocked)
  if (!changed.ok) return changed
  const { kdf, byPassphrase, loginVerifier } = changed.value
  const body = {
    proof: { by: 'recovery-code', verifier },
    passphrase: { kdf, verifier: loginVerifier },
    recovery: recoveryVerifier,
    account: { byPassphrase, byRecoveryCode },
  }
  return accept({ recoveryCode, body })
}

/** The same again is the same to the server, where its answer was lost. */
async function changed(api: Api, change: object): Promise<Decision<void>> {
  const answer = await api.ask('/api/account', change, () => undefined)
  return answer.ok ? answer : reached(answer)
}

type Refused = Extract<Decision<never>, { readonly ok: false }>

const isOffline = ({ refusal }: Refused): boolean => refusal.code === 'desk.offline'

/** What is done to an account is not kept here to be sent later, as entries are: the refusal says so. */
const reached = (refused: Refused): Refused => (isOffline(refused) ? refuse('desk.account-offline') : refused)

/** Whether a passphrase is hers who has this device open. Refused: `sealed.passphrase-wrong`. */
export async function openedBy(member: MemberDevice, passphrase: string): Promise<Decision<void>> {
  const proven = await opensHere(member, passphrase)
  return proven.ok ? accept(undefined) : proven
}

/** That it is she who asks, and what she shows to the server. */
async function provenHere(
  member: MemberDevice,
  passphrase: string,
): Promise<Decision<{ readonly place: Place; readonly verifier: LoginVerifier }>> {
  if (member.me.demonstration) return refuse('access.demonstration')
  return opensHere(member, passphrase)
}

async function opensHere(
  member: MemberDevice,
  passphrase: string,
): Promise<Decision<{ readonly place: Place; readonly verifier: LoginVerifier }>> {
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
const isDefinite = ({ refusal }: Refused): boolean => refusal.code.startsWith('access.')

function forget({ userKey, keys }: UnlockedAccount): void {
  for (const secret of [userKey, keys.sign.secret, keys.seal.secret]) secret.wipe()
}

/** The part of this program that stretches passphrases did not load. */
const notStretched = () => refuse('desk.program-incomplete')
