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
 * @returns false where a tab still had it open, or there was no room for it: the box `rewrite` says that it is to be done at the next unlocking
 */
export async function rewriteStore(device: DeviceId, longestWait: number): Promise<boolean> {
  const signal = AbortSignal.timeout(longestWait)
  return navigator.locks
    .request(openLock(device), longestWait > 0 ? { signal } : { ifAvailable: true }, async (lock) => {
      if (lock) await rewrite(device)
      return lock !== null
    })
    .catch(async (error: unknown) => {
      if (signal.aborted) return false
      // No room, perhaps. What is left is what was there; it is tried again at the next unlocking.
      reportError(error)
      await mendStore(device)
      return false
    })
}

/** Held, shared, by every tab that has the store of this device open. */
export const openLock = (device: DeviceId): string => `lentera-open-${device}`

function rewrite(device: DeviceId): Promise<void> {
  return alone(device, async () => {
    await fillAndDrop(spareOf(device))
    await carry(nameOf(device), spareOf(device))
    await Dexie.delete(nameOf(device))
    await finish(device)
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

/**
 * Chromium holds the last four megabytes it wrote in memory and in a journal, and what is dropped while it lies there is written
 * out in one piece with its deletion, to stay. Behind three times as much, all that was written before is in its tables.
 */
async function fillAndDrop(name: string): Promise<void> {
  const database = openDatabase(name)
  try {
    for (let megabyte = 0; megabyte < 12; megabyte++) {
      const rows = Array.from({ length: 20 }, (_, i) => ({
        id: `${megabyte}/${i}`,
        // Random, or it would be packed; larger, it would be kept in a file of its own.
        box: crypto.getRandomValues(new Uint8Array(52_000)),
      }))
      await database.table('boxes').bulkPut(rows)
    }
  } finally {
    database.close()
    await Dexie.delete(name)
  }
}

const spareOf = (device: DeviceId): string => `${nameOf(device)}-spare`

/** One at a time over all tabs, and not while one of them writes. */
function alone(device: DeviceId, work: () => Promise<void>): Promise<void> {
  return navigator.locks.request(`lentera-chain-${device}`, work)
}
