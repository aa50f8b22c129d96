import type { DeviceId } from '@lentera/core/shared/ids'
import Dexie from 'dexie'
import { nameOf, openDatabase } from './store.ts'

/**
 * Writes a device's store anew, so that what was deleted from it is gone from the disk too. A browser deletes by writing that
 * something is deleted; the bytes lie in its files until it tidies them, days later. A whole database it does drop at once: so
 * the rows that are left are carried into a second one, the first is dropped and made again. A cut in between costs nothing:
 * `mendStore` goes on from the second.
 *
 * In Chromium the files are known to be clean after it (`tools/proof/travel`, `tools/proof/erasure`).
 *
 * @param longestWait milliseconds to wait for tabs that have it open: one that is locked ends what it is keeping first
 * @returns false where a tab still had it open: the box `rewrite` says that it is to be done at the next unlocking
 */
export async function rewriteStore(device: DeviceId, longestWait: number): Promise<boolean> {
  const signal = AbortSignal.timeout(longestWait)
  return navigator.locks
    .request(openLock(device), longestWait > 0 ? { signal } : { ifAvailable: true }, async (lock) => {
      if (lock) await rewrite(device)
      return lock !== null
    })
    .catch((error: unknown) => {
      if (signal.aborted) return false
      throw error
    })
}

/** Held, shared, by every tab that has the store of this device open. */
export const openLock = (device: DeviceId): string => `lentera-open-${device}`

function rewrite(device: DeviceId): Promise<void> {
  return alone(device, async () => {
    // What Chromium still holds in memory and its journal it would drop and keep in one piece: dropping anything makes it
    // write that out first.
    await touchAndDrop(spareOf(device))
    await carry(nameOf(device), spareOf(device))
    await Dexie.delete(nameOf(device))
    await finish(device)
    await touchAndDrop(spareOf(device))
  })
}

/** Where a rewriting was cut off: goes on from there. To be asked before a store is opened. */
export function mendStore(device: DeviceId): Promise<void> {
  return alone(device, async () => {
    if (await Dexie.exists(spareOf(device))) await finish(device)
  })
}

/** The spare one is written in one piece: where it has rows it has all of them. */
async function finish(device: DeviceId): Promise<void> {
  const isMade = (await count(nameOf(device))) > 0
  if (!isMade) await carry(spareOf(device), nameOf(device))
  await Dexie.delete(spareOf(device))
}

/** All rows of one database into another, sealed as they are, or none. */
async function carry(from: string, to: string): Promise<void> {
  const [source, target] = [openDatabase(from), openDatabase(to)]
  try {
    await source.open()
    const rows = await Promise.all(source.tables.map(async (table) => [table.name, await table.toArray()] as const))
    await target.open()
    await target.transaction('rw', target.tables, async () => {
      for (const [name, some] of rows) await target.table(name).bulkPut(some)
    })
  } finally {
    source.close()
    target.close()
  }
}

async function count(name: string): Promise<number> {
  const database = openDatabase(name)
  try {
    const counts = await Promise.all(database.tables.map((table) => table.count()))
    return counts.reduce((sum, each) => sum + each, 0)
  } finally {
    database.close()
  }
}

async function touchAndDrop(name: string): Promise<void> {
  const database = openDatabase(name)
  await database.open()
  database.close()
  await Dexie.delete(name)
}

const spareOf = (device: DeviceId): string => `${nameOf(device)}-spare`

/** One at a time over all tabs, and not while one of them writes. */
function alone(device: DeviceId, work: () => Promise<void>): Promise<void> {
  return navigator.locks.request(`lentera-chain-${device}`, work)
}
