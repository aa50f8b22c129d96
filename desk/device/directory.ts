import type { DeviceId } from '@lentera/core/shared/ids'
import type { WrappedLocalStoreKey } from '@lentera/sealed/open'
import { hashNow, type KdfParameters } from '@lentera/sealed/verify'
import Dexie from 'dexie'
import type { AccountKept } from './answers.ts'

/**
 * Who has a store on this device: only what must be read before a passphrase has opened anything. No name, no post, no
 * organisation: a place is found by `who`, a hash of the device's own id and the login's lookup.
 */
export type Place = {
  readonly device: DeviceId
  readonly who: string
  readonly kdf: KdfParameters
  readonly account: AccountKept
  readonly storeKey: WrappedLocalStoreKey
}

export const directory = {
  all: (): Promise<Place[]> => using((table) => table.toArray()),
  put: (place: Place): Promise<unknown> => using((table) => table.put(place)),
  remove: (device: DeviceId): Promise<void> => using((table) => table.delete(device)),
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
