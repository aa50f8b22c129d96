import type { DeviceId } from '@lentera/core/shared/ids'
import type { WrappedLocalStoreKey } from '@lentera/sealed/open'
import { hashNow, type KdfParameters } from '@lentera/sealed/verify'
import Dexie from 'dexie'
import type { AccountKept } from './answers.ts'

/** What a passphrase opens an account with: how it is stretched, and the keys that are wrapped by what comes of it. */
export type Opening = { readonly kdf: KdfParameters; readonly account: AccountKept }

/**
 * Who has a store on this device: only what must be read before a passphrase has opened anything. No name, no post, no
 * organisation: a place is found by `who`, a hash of the device's own id and the login's lookup.
 */
export type Place = Opening & {
  readonly device: DeviceId
  readonly who: string
  readonly storeKey: WrappedLocalStoreKey
  /** What a new passphrase opens it with, from before the server is asked until it is known to have taken it. */
  readonly changing?: Opening
}

export const directory = {
  all: (): Promise<Place[]> => using((table) => table.toArray()),
  get: (device: DeviceId): Promise<Place | undefined> => using((table) => table.get(device)),
  put: (place: Place): Promise<unknown> => using((table) => table.put(place)),
  remove: (device: DeviceId): Promise<void> => using((table) => table.delete(device)),
  /** From now on this opens the place and nothing else. */
  settleOn: async (device: DeviceId, { kdf, account }: Opening): Promise<void> => {
    const place = await directory.get(device)
    if (place) await directory.put({ device, who: place.who, storeKey: place.storeKey, kdf, account })
  },
} as const

export const whoOf = (device: DeviceId, lookup: string): string => hashNow(`lentera/place/v1/${device}/${lookup}`)

async function using<T>(work: (table: Dexie.Table<Place, DeviceId>) => PromiseLike<T>): Promise<T> {
  const database = new Dexie('lentera', { chromeTransactionDurability: 'strict' })
  database.version(1).stores({ places: '&device' })
  try {
    return await work(database.table<Place, DeviceId>('places'))
  } finally {
    database.close()
  }
}
