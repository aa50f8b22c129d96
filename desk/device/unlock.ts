import { DeviceId, Hash, randomUuid } from '@lentera/core/shared/ids'
import type { Me } from '@lentera/core/shared/me'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  deriveAccount,
  Keyring,
  type LocalStoreKey,
  newLocalStoreKey,
  openLocalStoreKey,
  randomBytes,
  type UnlockedAccount,
  unlockAccount,
  wrapLocalStoreKey,
} from '@lentera/sealed/open'
import { type LoginVerifier, loginLookup } from '@lentera/sealed/verify'
import type { Api } from './api.ts'
import { directory, type Opening, type Place, whoOf } from './directory.ts'
import { keptKeyring, MemberDevice, type Profile } from './member-device.ts'
import { mendStore, rewriteStore } from './rewrite.ts'
import { Store } from './store.ts'
import { stretchApart } from './stretch-apart.ts'

/** The place on this device that belongs to a login name, if it has one. */
export async function findPlace(login: string): Promise<Place | undefined> {
  const lookup = loginLookup(login)
  return (await directory.all()).find(({ device, who }) => who === whoOf(device, lookup))
}

/** An account that a passphrase has opened, what opened it, and what it shows to the server. */
export type Entered = {
  readonly unlocked: UnlockedAccount
  readonly opening: Opening
  readonly verifier: LoginVerifier
}

/**
 * First time on this device, online: the passphrase opens the account that the server kept, and a store is made whose key is
 * wrapped for her alone. Refused: `desk.offline`, `access.sign-in-wrong`, and as `deriveAccount`.
 */
export async function enterFirst(api: Api, login: string, passphrase: string): Promise<Decision<MemberDevice>> {
  const entered = await enterByServer(api, login, passphrase)
  if (!entered.ok) return entered
  const { me, unlocked, opening } = entered.value
  const lookup = loginLookup(login)
  const device = DeviceId.parse(randomUuid(randomBytes(16)))
  const storeKey = newLocalStoreKey()
  const store = new Store(device, storeKey)
  const profile: Profile = { me, lookup }
  const committed = await store.commit({ boxes: { profile } })
  if (!committed.ok) return committed
  const wrapped = await wrapLocalStoreKey(storeKey, unlocked.userKey, device)
  await directory.put({ device, who: whoOf(device, lookup), ...opening, storeKey: wrapped })
  return accept(new MemberDevice({ device, store, storeKey, entered: entered.value, keyring: new Keyring(), profile }))
}

/** From then on: without the network, by the passphrase alone. Refused: `sealed.passphrase-wrong`, `sealed.box-altered`. */
export async function enterAgain(place: Place, passphrase: string): Promise<Decision<MemberDevice>> {
  const entered = await openPlace(place, passphrase)
  return entered.ok ? openStore(place, entered.value) : entered
}

/**
 * With a passphrase that this device does not know: it was changed on another. The server has what it opens, and that must
 * be the account whose store is here. Refused: as `enterFirst`, `sealed.box-altered`.
 */
export async function enterChanged(
  api: Api,
  place: Place,
  login: string,
  passphrase: string,
): Promise<Decision<MemberDevice>> {
  const entered = await enterByServer(api, login, passphrase)
  if (!entered.ok) return entered
  const member = await openStore(place, entered.value)
  if (!member.ok) return member
  await directory.settleOn(place.device, entered.value.opening)
  member.value.isUnsettled = false
  return member
}

/** By the passphrase that opens this place, or by the one that a change under way would open it with. */
export async function openPlace(place: Place, passphrase: string): Promise<Decision<Entered>> {
  const opened = await openWith(place, passphrase)
  if (opened.ok || opened.refusal.code !== 'sealed.passphrase-wrong' || !place.changing) return opened
  return openWith(place.changing, passphrase)
}

export async function openWith({ kdf, account }: Opening, passphrase: string): Promise<Decision<Entered>> {
  const derived = await deriveAccount(passphrase, kdf, stretchApart).catch(notStretched)
  if (!derived.ok) return derived
  const { loginVerifier: verifier, unlockKey } = derived.value
  const unlocked = await unlockAccount(account, unlockKey)
  unlockKey.wipe()
  return unlocked.ok ? accept({ unlocked: unlocked.value, opening: { kdf, account }, verifier }) : unlocked
}

async function enterByServer(
  api: Api,
  login: string,
  passphrase: string,
): Promise<Decision<Entered & { readonly me: Me }>> {
  const lookup = loginLookup(login)
  const kdf = await api.parameters(lookup)
  if (!kdf.ok) return kdf
  const derived = await deriveAccount(passphrase, kdf.value, stretchApart).catch(notStretched)
  if (!derived.ok) return derived
  const { loginVerifier: verifier, unlockKey } = derived.value
  const signedIn = await api.signIn(lookup, verifier)
  if (!signedIn.ok) return signedIn
  const { me, account } = signedIn.value
  const unlocked = await unlockAccount(account, unlockKey)
  unlockKey.wipe()
  if (!unlocked.ok) return unlocked
  return accept({ unlocked: unlocked.value, opening: { kdf: kdf.value, account }, verifier, me })
}

async function openStore(place: Place, entered: Entered): Promise<Decision<MemberDevice>> {
  const { device } = place
  const storeKey = await openLocalStoreKey(place.storeKey, entered.unlocked.userKey)
  if (!storeKey.ok) return storeKey
  await mendStore(device)
  const store = await tidied(new Store(device, storeKey.value), device, storeKey.value)
  const profile = await store.box<Profile>('profile')
  if (!profile || !Hash.safeParse(profile.lookup).success) return refuse('sealed.box-altered')
  const keyring = (await keptKeyring(store, storeKey.value)) ?? new Keyring()
  const member = new MemberDevice({ device, store, storeKey: storeKey.value, entered, keyring, profile })
  member.isUnsettled = place.changing !== undefined
  await member.load()
  return accept(member)
}

/** Where keys were destroyed since, the store is written anew before it is used, so that they are gone from the disk too. */
async function tidied(store: Store, device: DeviceId, storeKey: LocalStoreKey): Promise<Store> {
  if ((await store.box<boolean>('rewrite')) !== true) return store
  store.close()
  const isTidy = await rewriteStore(device, 0)
  const anew = new Store(device, storeKey)
  if (isTidy) await anew.commit({ drop: { boxes: ['rewrite'] } })
  return anew
}

/** The part of this program that stretches passphrases did not load: a cut connection, or a newer version on the server. */
const notStretched = () => refuse('desk.program-incomplete')
