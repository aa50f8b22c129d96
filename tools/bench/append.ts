import type { Batch } from '@lentera/core/log/batch'
import { correctRecord, deliverService, recordNeed } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { Service } from '@lentera/core/support/words'
import { randomBytes } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import { migrate } from '@lentera/server/migrations'
import { get, writeNewCase } from '../device/found.ts'
import { bringDevice, doorOf, found, join, today, type Place, type Worker } from '../proof/world.ts'

const moment = { today, at: '2026-11-24T09:00:00Z' }
const services = Service.options

/**
 * Entries as a team writes them: each case opened and its key granted, then needs, services and a correction, twenty
 * entries a case, four sealed fields at opening. Signed beforehand: what is measured is the server.
 */
export async function writeCases(worker: Worker, place: Place, team: readonly Worker[], cases: number): Promise<void> {
  for (let i = 0; i < cases; i++) {
    const { stream, key } = await writeNewCase(
      worker.device,
      place.organisation,
      team.map(({ person }) => person),
      {
        team: place.team,
        country: 'KH',
        sex: i % 9 ? 'female' : 'male',
        age: i % 5 ? 'adult' : 'child',
        form: i % 3 ? 'forced-labour' : 'sexual-exploitation',
        consentCounting: 'given',
        opened: { name: `Invented ${i}`, birthDate: '2001-01-01', place: 'invented', narrative: 'An invented text. '.repeat(20) },
      },
      today,
      randomBytes,
    )
    for (let n = 0; n < 18; n++) {
      const file = projectCase(worker.device.state(stream))
      if (!file) throw new Error('no case')
      const service = services[n % services.length] ?? 'other'
      const record = file.services[0]?.record
      const drafts =
        n % 3 === 0
          ? recordNeed(stream, file, { service, detail: 'invented' }, moment)
          : n % 9 === 8 && record
            ? correctRecord(stream, file, { record, service, reason: 'invented' }, moment)
            : deliverService(stream, file, { service, provider: 'invented', deliveredOn: today }, moment)
      await worker.device.write(get(drafts), key)
    }
  }
}

/** The whole outbox as batches, signed in order, taken as placed: the server has not seen them yet. */
export async function batchesOf(worker: Worker, size: number): Promise<Batch[]> {
  const batches: Batch[] = []
  for (let batch = await worker.device.nextBatch(size); batch; batch = await worker.device.nextBatch(size)) {
    worker.device.placed(batch, { ok: true, outcomes: [], head: null })
    batches.push(batch)
  }
  return batches
}

export type Measured = { readonly entries: number; readonly seconds: number; readonly slowest: number }

/** Sends each device's batches one after the other, all devices side by side. */
export async function sendAll(
  loads: readonly { readonly batches: readonly Batch[]; readonly send: (batch: Batch) => Promise<unknown> }[],
): Promise<Measured> {
  let slowest = 0
  const started = performance.now()
  await Promise.all(
    loads.map(async ({ batches, send }) => {
      for (const batch of batches) {
        const sent = performance.now()
        await send(batch)
        slowest = Math.max(slowest, performance.now() - sent)
      }
    }),
  )
  const entries = loads.reduce((sum, { batches }) => sum + batches.reduce((all, batch) => all + batch.entries.length, 0), 0)
  return { entries, seconds: (performance.now() - started) / 1000, slowest }
}

/** The same rows in the same batches by bare INSERTs: what the database alone can do. */
export async function insertRaw(database: Database, loads: readonly (readonly Batch[])[]): Promise<Measured> {
  await database.asOwner((transaction) =>
    transaction.query('raw table', `create table if not exists public.bench_raw (device uuid, number bigint, text text, signature text, primary key (device, number))`),
  )
  return sendAll(
    loads.map((batches) => {
      let number = 0
      return {
        batches,
        send: (batch) =>
          database.asOwner((transaction) =>
            transaction.query(
              'raw insert',
              `insert into public.bench_raw select $1, $2 + ordinal, text, signature from unnest($3::text[], $4::text[]) with ordinality as row (text, signature, ordinal)`,
              [batch.device, (number += batch.entries.length), batch.entries.map(({ text }) => text), batch.entries.map(({ signature }) => signature)],
            ),
          ),
      }
    }),
  )
}

export async function benchAppend(databaseUrl: string, casesPerDevice: number): Promise<{ append: Measured; raw: Measured }> {
  await migrate(databaseUrl)
  const database = openPool(databaseUrl, 10)
  try {
    const place = await found(database, 'Bench shelter')
    const first = await join(database, place, ['caseworker'], 'Caseworker 1')
    const others = await Promise.all(Array.from({ length: 7 }, () => bringDevice(database, place, first.person)))
    const workers = [first, ...others]
    const loads = []
    for (const worker of workers) {
      await writeCases(worker, place, [first], casesPerDevice)
      loads.push({ batches: await batchesOf(worker, 100), send: doorOf(database, worker.viewer) })
    }
    const append = await sendAll(loads)
    const raw = await insertRaw(database, loads.map(({ batches }) => batches))
    return { append, raw }
  } finally {
    await database.close()
  }
}
