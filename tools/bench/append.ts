import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { Entry } from '@lentera/core/log/entry'
import { correctRecord, deliverService, recordNeed } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { Service } from '@lentera/core/support/words'
import { randomBytes } from '@lentera/sealed/open'
import { hashNow, hashToken, newToken } from '@lentera/sealed/verify'
import { type Database, openPool } from '@lentera/server/database'
import { get, writeNewCase } from '../device/found.ts'
import { bringDevice, found, join, type Place, today, type Worker } from '../device/world.ts'

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
        opened: {
          name: `Invented ${i}`,
          birthDate: '2001-01-01',
          place: 'invented',
          narrative: 'An invented text. '.repeat(20),
        },
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
async function batchesOf(worker: Worker, size: number): Promise<Batch[]> {
  const batches: Batch[] = []
  for (let batch = await worker.device.nextBatch(size); batch; batch = await worker.device.nextBatch(size)) {
    worker.device.placed(batch, { ok: true, outcomes: [], head: null })
    batches.push(batch)
  }
  return batches
}

export type Measured = { readonly entries: number; readonly seconds: number; readonly slowest: number }

/** Sends each device's batches one after the other, all devices side by side. */
async function sendAll(
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
  const entries = loads.reduce(
    (sum, { batches }) => sum + batches.reduce((all, batch) => all + batch.entries.length, 0),
    0,
  )
  return { entries, seconds: (performance.now() - started) / 1000, slowest }
}

/** The same rows in the same batches by bare INSERTs into the log's own table: what the database alone can do. */
async function insertRaw(database: Database, loads: readonly (readonly Batch[])[]): Promise<Measured> {
  await database.asOwner((transaction) =>
    transaction.query('raw table', 'create table public.raw_entry (like lentera.entry including all)'),
  )
  const next = { number: 0 }
  return sendAll(
    loads.map((batches) => ({
      batches,
      send: (batch) => {
        const entries = batch.entries.map(({ text }) => Entry.parse(JSON.parse(text)))
        const first = next.number + 1
        next.number += entries.length
        return database.asOwner((transaction) =>
          transaction.query(
            'raw insert',
            `insert into public.raw_entry
               (programme, received_on, audience, id, number, stream, kind, version, author, device, hash, text, signature)
             select $1, current_date, 'programme', * from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::int[],
               $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[])`,
            [
              batch.programme,
              entries.map(({ id }) => id),
              entries.map((_, i) => first + i),
              entries.map(({ stream }) => stream),
              entries.map(({ kind }) => kind),
              entries.map(({ version }) => version),
              entries.map(({ author }) => author),
              entries.map(({ device }) => device),
              batch.entries.map(({ text }) => hashNow(text)),
              batch.entries.map(({ text }) => text),
              batch.entries.map(({ signature }) => signature),
            ],
          ),
        )
      },
    })),
  )
}

/** Appends over HTTP to a running server, then the raw inserts beside it. */
export async function benchAppend(
  databaseUrl: string,
  desk: string,
  casesPerDevice: number,
): Promise<{ append: Measured; raw: Measured }> {
  const database = openPool(databaseUrl, 10)
  try {
    const place = await found(database, 'Bench shelter')
    const first = await join(database, place, ['caseworker'], 'Caseworker 1')
    const others = await Promise.all(Array.from({ length: 7 }, () => bringDevice(database, place, first.person)))
    const token = newToken()
    await database.inProgramme(place.organisation.programme, (transaction) =>
      transaction.query(
        'bench session',
        'insert into lentera.session (token, programme, member, last_used) values ($1, $2, $3, now())',
        [hashToken(token), place.organisation.programme, first.person.member],
      ),
    )
    const send = async (batch: Batch): Promise<void> => {
      const answer = await fetch(new URL('/api/log/append', desk), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(batch),
      })
      // What the server answered is read whole: a refused batch would be quick and worth nothing.
      const reply = (await answer.json()) as BatchReply
      if (!reply.ok || reply.outcomes.some(({ outcome }) => outcome !== 'stored'))
        throw new Error(`not stored: ${JSON.stringify(reply).slice(0, 300)}`)
    }
    const loads: { batches: Batch[]; send: typeof send }[] = []
    for (const worker of [first, ...others]) {
      await writeCases(worker, place, [first], casesPerDevice)
      loads.push({ batches: await batchesOf(worker, 100), send })
    }
    const append = await sendAll(loads)
    return {
      append,
      raw: await insertRaw(
        database,
        loads.map(({ batches }) => batches),
      ),
    }
  } finally {
    await database.close()
  }
}
