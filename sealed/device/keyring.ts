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
  #device: DeviceKey | undefined

  get device(): DeviceKey | undefined {
    return this.#device
  }

  setDevice(device: DeviceKey): void {
    this.#device = device
  }

  addCase(key: CaseKey): void {
    this.#cases.set(key.id, key)
  }

  addPerson(key: PersonKeySecret): void {
    this.#persons.set(key.id, key)
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
    return [...this.#cases.values()].filter((key) => key.stream === stream)
  }

  /** The key of the latest epoch of a case: the one to grant and to wrap with. */
  latestCase(stream: StreamId): CaseKey | undefined {
    return latest(this.casesOf(stream))
  }

  /** The key of a person's latest epoch: the one to write with. */
  latestPerson(stream: StreamId, person: PersonKey): PersonKeySecret | undefined {
    return latest([...this.#persons.values()].filter((key) => key.stream === stream && key.person === person))
  }

  /** Every person key of a case, of every epoch: what a new epoch wraps again. */
  personsOf(stream: StreamId): readonly PersonKeySecret[] {
    return [...this.#persons.values()].filter((key) => key.stream === stream)
  }

  /** Forgets a case: it was closed on this device, or she left its team. */
  forget(stream: StreamId): void {
    for (const keys of [this.#cases, this.#persons]) {
      for (const [id, key] of keys) {
        if (key.stream !== stream) continue
        key.secret.wipe()
        keys.delete(id)
      }
    }
  }

  /** Forgets these keys: they were made here, and the entry that would name them could not be written. */
  forgetKeys(ids: readonly KeyId[]): void {
    for (const keys of [this.#cases, this.#persons]) {
      for (const id of ids) {
        keys.get(id)?.secret.wipe()
        keys.delete(id)
      }
    }
  }

  /** Overwrites and forgets every key: the lock. */
  wipe(): void {
    for (const { secret } of [...this.#cases.values(), ...this.#persons.values()]) secret.wipe()
    this.#device?.secret.wipe()
    this.#cases.clear()
    this.#persons.clear()
    this.#device = undefined
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
