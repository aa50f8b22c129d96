import { DeviceId, Hash, randomUuid } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  deriveAccount,
  Keyring,
  newLocalStoreKey,
  openLocalStoreKey,
  randomBytes,
  unlockAccount,
  wrapLocalStoreKey,
} from '@lentera/sealed/open'
import { loginLookup } from '@lentera/sealed/verify'
import type { Api } from './api.ts'
import { directory, type Place, whoOf } from './directory.ts'
import { keptKeyring, MemberDevice, type Profile } from './member-device.ts'
import { Store } from './store.ts'
import { stretchApart } from './stretch-apart.ts'

/** The place on this device that belongs to a login name, if it has one. */
export async function findPlace(login: string): Promise<Place | undefined> {
  const lookup = loginLookup(login)
  return (await directory.all()).find(({ device, who }) => who === whoOf(device, lookup))
}

/**
 * First time on this device, online: the passphrase opens the account that the server kept, and a store is made whose key is
 * wrapped for her alone. Refused: `desk.offline`, `access.sign-in-wrong`, and as `deriveAccount`.
 */
export async function enterFirst(api: Api, login: string, passphrase: string): Promise<Decision<MemberDevice>> {
  const lookup = loginLookup(login)
  const kdf = await api.parameters(lookup)
  if (!kdf.ok) return kdf
  const derived = await deriveAccount(passphrase, kdf.value, stretchApart).catch(notStretched)
  if (!derived.ok) return derived
  const { loginVerifier, unlockKey } = derived.value
  const signedIn = await api.signIn(lookup, loginVerifier)
  if (!signedIn.ok) return signedIn
  const { me, account } = signedIn.value
  const unlocked = await unlockAccount(account, unlockKey)
  unlockKey.wipe()
  if (!unlocked.ok) return unlocked
  const device = DeviceId.parse(randomUuid(randomBytes(16)))
  const storeKey = newLocalStoreKey()
  const store = new Store(device, storeKey)
  const profile: Profile = { me, lookup }
  const committed = await store.commit({ boxes: { profile } })
  if (!committed.ok) return committed
  const wrapped = await wrapLocalStoreKey(storeKey, unlocked.value.userKey, device)
  await directory.put({ device, who: whoOf(device, lookup), kdf: kdf.value, account, storeKey: wrapped })
  return accept(
    new MemberDevice({
      device,
      store,
      storeKey,
      account: unlocked.value,
      keyring: new Keyring(),
      profile,
      verifier: loginVerifier,
    }),
  )
}

/** From then on: without the network, by the passphrase alone. Refused: `sealed.passphrase-wrong`, `sealed.box-altered`. */
export async function enterAgain(place: Place, passphrase: string): Promise<Decision<MemberDevice>> {
  const derived = await deriveAccount(passphrase, place.kdf, stretchApart).catch(notStretched)
  if (!derived.ok) return derived
  const { loginVerifier, unlockKey } = derived.value
  const unlocked = await unlockAccount(place.account, unlockKey)
  unlockKey.wipe()
  if (!unlocked.ok) return unlocked
  const storeKey = await openLocalStoreKey(place.storeKey, unlocked.value.userKey)
  if (!storeKey.ok) return storeKey
  const store = new Store(place.device, storeKey.value)
  const profile = await store.box<Profile>('profile')
  if (!profile || !Hash.safeParse(profile.lookup).success) return refuse('sealed.box-altered')
  const keyring = (await keptKeyring(store, storeKey.value)) ?? new Keyring()
  const { device } = place
  const member = new MemberDevice({
    device,
    store,
    storeKey: storeKey.value,
    account: unlocked.value,
    keyring,
    profile,
    verifier: loginVerifier,
  })
  await member.load()
  return accept(member)
}

/** The part of this program that stretches passphrases did not load: a cut connection, or a newer version on the server. */
const notStretched = () => refuse('desk.program-incomplete')
