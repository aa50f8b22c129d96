import { Entry } from '@lentera/core/log/entry'
import { fold } from '@lentera/core/log/fold'
import { kinds } from '@lentera/core/rooms'
import type { EntryId } from '@lentera/core/shared/ids'
import { digestOf, hashNow } from '@lentera/sealed/verify'
import { type Database, openPool } from '@lentera/server/database'
import { pull, pullStates } from '@lentera/server/log/pull'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCases } from '../bench/append.ts'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { bringDevice, found, join, type Place, type Worker } from '../device/world.ts'

let test: TestDatabase
let database: Database
let place: Place
let workers: Worker[]

beforeAll(async () => {
  test = await createTestDatabase()
  database = openPool(test.ownerUrl, 12)
  place = await found(database, 'Poipet shelter')
  const first = await join(database, place, ['caseworker'], 'Caseworker 1')
  const others = await Promise.all(Array.from({ length: 7 }, () => bringDevice(database, place, first.person)))
  workers = [first, ...others]
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

describe('eight devices writing and a reader polling', () => {
  it('miss nothing and see nothing twice; numbers have no gaps; digest and states agree with what was read', async () => {
    const [reader] = workers
    if (!reader) throw new Error('no reader')
    for (const worker of workers) await writeCases(worker, place, [reader], 3)
    const written = workers.reduce((sum, { device }) => sum + device.unsent, 0)

    const seen: EntryId[] = []
    const texts: string[] = []
    const state: { epoch: string | null; after: EntryId | null; restarts: number } = {
      epoch: null,
      after: null,
      restarts: 0,
    }
    const writing = { done: false }
    const poll = async (): Promise<boolean> => {
      const pulled = await pull(database, reader.viewer, state)
      if (pulled.restart) state.restarts += 1
      for (const { text } of pulled.entries) {
        texts.push(text)
        seen.push(Entry.parse(JSON.parse(text)).id)
      }
      state.epoch = pulled.epoch
      state.after = pulled.after
      return pulled.entries.length > 0 || pulled.more
    }
    const reading = (async () => {
      while (!writing.done) {
        await poll()
        await new Promise((resolve) => setTimeout(resolve, 3))
      }
      while (await poll());
    })()
    const before = seen.length
    // Small batches, so that many transactions interleave.
    const refused = await Promise.all(workers.map(({ device, door }) => device.push(door, 5)))
    writing.done = true
    await reading

    expect(refused.flat()).toEqual([])
    expect(new Set(seen).size).toBe(seen.length)
    const stored = await database.asOwner((transaction) =>
      transaction.query<{ id: EntryId; number: string }>(
        'all numbers',
        'select id, number from lentera.entry order by number',
      ),
    )
    expect(stored.map((row) => Number(row.number))).toEqual(stored.map((_, i) => i + 1))
    expect(new Set(seen)).toEqual(new Set(stored.map((row) => row.id)))
    expect(seen.length - before).toBeGreaterThanOrEqual(written)
    expect(state.restarts).toBe(1)

    const { digests } = await pull(database, reader.viewer, state)
    const team = `team:${place.team}`
    const ofTeam = texts.filter(
      (text) => text.includes('"kind":"support.') || text.includes('"kind":"log.key-granted"'),
    )
    expect(digests[team]).toEqual({ entries: ofTeam.length, digest: digestOf(ofTeam.map((text) => hashNow(text))) })

    const entries = Map.groupBy(
      texts.map((text) => Entry.parse(JSON.parse(text))),
      (entry) => entry.stream,
    )
    const { states } = await pullStates(database, reader.viewer, { after: null })
    for (const { stream, state } of states) expect(fold(kinds, entries.get(stream) ?? [])).toEqual(state)
  })
})
