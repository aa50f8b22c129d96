import { KeyId, PersonKey, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import type { CaseKey, DeviceKey, LocalStoreKey, PersonKeySecret } from '../keys/roles.ts'
import { bytesOf, Secret } from '../keys/secret.ts'
import { deviceKeyFrom, deviceSeedOf } from './device-key.ts'
import { type Box, openBox, sealBox } from './local-store.ts'

/**
 * The keys a device has opened: saved as one box, so that the next unlocking opens one ciphertext and not a thousand wraps,
 * and wiped at the lock. Not to be kept in any other way.
 */
export class Keyring {
  readonly #cases = new Map<KeyId, CaseKey>()
  readonly #persons = new Map<KeyId, PersonKeySecret>()
  /** The keys of each case: an agency's register has thousands of them, and none is looked for among all. */
  readonly #ofStream = new Map<StreamId, { readonly cases: Set<CaseKey>; readonly persons: Set<PersonKeySecret> }>()
  #device: DeviceKey | undefined

  get device(): DeviceKey | undefined {
    return this.#device
  }

  setDevice(device: DeviceKey): void {
    this.#device = device
  }

  addCase(key: CaseKey): void {
    this.#drop(key.id)
    this.#cases.set(key.id, key)
    this.#placed(key.stream).cases.add(key)
  }

  addPerson(key: PersonKeySecret): void {
    this.#drop(key.id)
    this.#persons.set(key.id, key)
    this.#placed(key.stream).persons.add(key)
  }

  findCase(id: KeyId): CaseKey | undefined {
    return this.#cases.get(id)
  }

  /** By the key id an envelope names. */
  findPerson(id: KeyId): PersonKeySecret | undefined {
    return this.#persons.get(id)
  }

  /** Every key of a case: two devices may have begun an epoch at once. */
  casesOf(stream: StreamId): readonly CaseKey[] {
    return [...(this.#ofStream.get(stream)?.cases ?? [])]
  }

  /** The key of the latest epoch of a case: the one to grant and to wrap with. */
  latestCase(stream: StreamId): CaseKey | undefined {
    return latest(this.casesOf(stream))
  }

  /** The key of a person's latest epoch: the one to write with. */
  latestPerson(stream: StreamId, person: PersonKey): PersonKeySecret | undefined {
    return latest(this.personsOf(stream).filter((key) => key.person === person))
  }

  /** Every person key of a case, of every epoch: what a new epoch wraps again. */
  personsOf(stream: StreamId): readonly PersonKeySecret[] {
    return [...(this.#ofStream.get(stream)?.persons ?? [])]
  }

  /** Forgets a case: it was closed on this device, or she left its team. */
  forget(stream: StreamId): void {
    this.forgetKeys([...this.casesOf(stream), ...this.personsOf(stream)].map(({ id }) => id))
  }

  /** Forgets these keys: they were made here, and the entry that would name them could not be written. */
  forgetKeys(ids: readonly KeyId[]): void {
    for (const id of ids) {
      this.#cases.get(id)?.secret.wipe()
      this.#persons.get(id)?.secret.wipe()
      this.#drop(id)
    }
  }

  /** Overwrites and forgets every key: the lock. */
  wipe(): void {
    for (const { secret } of [...this.#cases.values(), ...this.#persons.values()]) secret.wipe()
    this.#device?.secret.wipe()
    this.#cases.clear()
    this.#persons.clear()
    this.#ofStream.clear()
    this.#device = undefined
  }

  #placed(stream: StreamId) {
    const keys = this.#ofStream.get(stream) ?? { cases: new Set(), persons: new Set() }
    this.#ofStream.set(stream, keys)
    return keys
  }

  #drop(id: KeyId): void {
    const [one, person] = [this.#cases.get(id), this.#persons.get(id)]
    if (one) this.#placed(one.stream).cases.delete(one)
    if (person) this.#placed(person.stream).persons.delete(person)
    this.#cases.delete(id)
    this.#persons.delete(id)
  }

  /** All keys as one box for the device's store. */
  save(key: LocalStoreKey): Promise<Box> {
    const saved: SavedKeyring = {
      v: 1,
      device: this.#device === undefined ? null : toBase64Url(deviceSeedOf(this.#device)),
      cases: [...this.#cases.values()].map(({ secret, ...rest }) => ({
        ...rest,
        secret: toBase64Url(bytesOf(secret)),
      })),
      persons: [...this.#persons.values()].map(({ secret, ...rest }) => ({
        ...rest,
        secret: toBase64Url(bytesOf(secret)),
      })),
    }
    return sealBox(key, keyringPlace, saved)
  }

  /** What `save` made. Refused: `sealed.box-altered`. */
  static async load(box: Uint8Array, key: LocalStoreKey): Promise<Decision<Keyring>> {
    const opened = await openBox(key, keyringPlace, box)
    if (!opened.ok) return opened
    const saved = SavedKeyring.safeParse(opened.value)
    if (!saved.success) return refuse('sealed.box-altered')
    const keyring = new Keyring()
    const { device, cases, persons } = saved.data
    if (device !== null) keyring.setDevice(deviceKeyFrom(secretBytes(device)))
    for (const { secret, ...rest } of cases)
      keyring.addCase({ ...rest, secret: new Secret('case', secretBytes(secret)) })
    for (const { secret, ...rest } of persons)
      keyring.addPerson({ ...rest, secret: new Secret('person', secretBytes(secret)) })
    return accept(keyring)
  }
}

const keyringPlace = { table: 'keyring', record: 'v1' } as const

const scope = {
  programme: ProgrammeId,
  stream: StreamId,
  id: KeyId,
  epoch: z.int().min(1),
  secret: z.string().length(43),
}
const SavedKeyring = z.strictObject({
  v: z.literal(1),
  device: z.string().length(43).nullable(),
  cases: z.array(z.strictObject(scope)),
  persons: z.array(z.strictObject({ ...scope, person: PersonKey })),
})
type SavedKeyring = z.input<typeof SavedKeyring>

function secretBytes(text: string) {
  return fromBase64Url(text) ?? new Uint8Array(0)
}

function latest<Key extends { readonly epoch: number }>(keys: readonly Key[]): Key | undefined {
  return keys.reduce<Key | undefined>(
    (best, key) => (best === undefined || key.epoch > best.epoch ? key : best),
    undefined,
  )
}
