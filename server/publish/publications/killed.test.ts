import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Preparation, PublicationBoard, PublicationDraft } from '@lentera/core/evidence/publication/answers'
import { bringHolding, proposePublication, setBudget } from '@lentera/core/evidence/publication/capture'
import { ledgerOf } from '@lentera/core/evidence/publication/ledger'
import { Hash, randomUuid, StreamId } from '@lentera/core/shared/ids'
import { randomBytes } from '@lentera/sealed/open'
import { hashNow } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tools/database/testing/test-database.ts'
import { inventedColumns, inventedRecordsCsv } from '../../../tools/demonstration/invented-records.ts'
import { get } from '../../../tools/device/found.ts'
import { found, join, today, type Worker } from '../../../tools/device/world.ts'
import { type Database, openPool } from '../../database/database.ts'
import { migrate } from '../../migrations/migrate.ts'
import { ask, signIn } from '../../testing/running.ts'

/**
 * The server is killed while it makes a content, at every stage of the making and while it keeps what it made: nothing half made
 * is there afterwards, no budget is spent twice, and the making can be done again.
 */
let folder: string
let test: TestDatabase
let database: Database
let steward: Worker
let officer: Worker
let server: { readonly child: ChildProcess; readonly desk: string; readonly portal: string }
let token: string

async function start(): Promise<void> {
  const child = fork(path(import.meta.dirname, '../../testing/publishing-server.ts'), [test.ownerUrl, folder], {
    stdio: 'ignore',
  })
  const [addresses] = (await once(child, 'message')) as [{ desk: string; portal: string }]
  server = { child, ...addresses }
}
async function kill(): Promise<void> {
  const ended = once(server.child, 'exit')
  process.kill(server.child.pid ?? 0, 'SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}

beforeAll(async () => {
  folder = mkdtempSync(path(tmpdir(), 'lentera-killed-'))
  writeFileSync(path(folder, 'index.html'), '<!doctype html><title>Lentera</title>')
  test = await createTestDatabase()
  await migrate(test.ownerUrl)
  database = openPool(test.ownerUrl, 3)
  const place = await found(database, 'Poipet shelter')
  steward = await join(database, place, ['steward'], 'Steward')
  officer = await join(database, place, ['protection-officer'], 'Officer')
  await start()
  token = await signIn({ database, server }, steward.viewer.programme, steward.viewer.member)
})

afterAll(async () => {
  server?.child.disconnect()
  await database?.close()
  await test?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const newStream = (): StreamId => StreamId.parse(randomUuid(randomBytes(16)))
const send = async (by: Worker): Promise<void> => expect(await by.device.push(by.door)).toEqual([])
const asked = <Body>(at: string, body?: unknown) => ask<Body>(server.desk, at, { token, body })
const board = async () => (await asked<PublicationBoard>('GET /api/publications')).body

const rows = 3000
const population = { kind: 'holding', publisher: 'Nobody (invented)', name: 'Killed (invented)' } as const
const method = { name: 'dp-records', epsilon: 2000, deltaExponent: 6, length: 2 } as const

async function bring(): Promise<StreamId> {
  const bytes = inventedRecordsCsv(rows, 61)
  const hash = Hash.parse(hashNow(bytes))
  expect((await asked(`PUT /api/publications/holdings/${hash}`, bytes)).status).toBe(201)
  const stream = newStream()
  const said = {
    form: 'records',
    name: population.name,
    publisher: population.publisher,
    edition: '2026',
    source: 'Made from a seed',
    terms: 'None: invented',
    about: 'survivors',
    invented: true,
    hash,
    bytes: bytes.length,
    rows,
    columns: [...inventedColumns],
  } as const
  await steward.device.write(get(bringHolding(stream, steward.viewer.organisation, said, today)))
  await send(steward)
  const budget = { epsilon: 5000, deltaExponent: 4, why: 'Two releases' }
  const own = officer.viewer.organisation
  await officer.device.write(get(setBudget(newStream(), own, population, budget, ledgerOf(population, [], []), today)))
  await send(officer)
  return stream
}

async function propose(address: string, holding: StreamId): Promise<StreamId> {
  const stream = newStream()
  const proposal = {
    address,
    title: { en: 'A title' },
    about: { en: 'What it tells of' },
    publisher: 'Poipet shelter (invented)',
    source: 'Invented records',
    licence: 'CC-BY-4.0',
    from: { kind: 'holding', holding } as const,
    method,
  }
  const known = { addresses: [], form: 'records' } as const
  await steward.device.write(get(proposePublication(stream, steward.viewer.organisation, proposal, known, today)))
  await send(steward)
  return stream
}

const preparationOf = async (stream: StreamId): Promise<Preparation | undefined> =>
  (await board()).publications.find((each) => each.stream === stream)?.preparation ?? undefined
const begin = (stream: StreamId) => asked<Preparation>(`POST /api/publications/${stream}/prepare`)
async function ended(stream: StreamId): Promise<Preparation | undefined> {
  await begin(stream)
  for (;;) {
    const now = await preparationOf(stream)
    if (now?.state !== 'running') return now
    await nextTurn()
  }
}

/** What is kept of it, and what is left of its people's budget, by the table itself and by what the server says. */
async function standing(stream: StreamId) {
  const kept = await database.asOwner((transaction) =>
    transaction.query<{ publication: string; epsilon: string }>(
      'kept',
      'select publication, epsilon from lentera.publication_content order by prepared_at',
    ),
  )
  const said = await board()
  const ledger = said.ledgers.find((each) => each.population.kind === 'holding')
  return {
    isKept: kept.some(({ publication }) => publication === stream),
    spent: kept.reduce((sum, { epsilon }) => sum + Number(epsilon), 0),
    saidToBeSpent: ledger?.spent.epsilon,
  }
}

describe('a server killed while it makes a content', () => {
  let holding: StreamId
  let first: StreamId

  it('has kept nothing of it, at whatever stage, spent nothing, and makes it when it is asked again', async () => {
    holding = await bring()
    first = await propose('killed', holding)
    const stages = new Set<string>()
    for (let round = 0; round < 6; round++) {
      await begin(first)
      for (;;) {
        const now = await preparationOf(first)
        if (now?.state !== 'running') throw new Error(`it was ${now?.state ?? 'nothing'} before it was killed`)
        if (now.stage === 'waiting' || stages.has(now.stage)) {
          await nextTurn()
          // All of its stages that can be seen were killed in.
          if (stages.size > 1) break
          continue
        }
        stages.add(now.stage)
        break
      }
      await kill()
      await start()
      expect(await standing(first)).toEqual({ isKept: false, spent: 0, saidToBeSpent: 0 })
      expect(await preparationOf(first)).toBeUndefined()
      expect((await asked(`GET /api/publications/${first}`)).status).toBe(404)
      expect((await fetch(`${server.portal}/en/data/killed`)).status).toBe(404)
    }
    expect(stages.size).toBeGreaterThan(1)
  })

  it('just as it keeps what was made has kept nothing either', async () => {
    // Another holds the lock under which contents are kept: so the server stands in the middle of that transaction.
    const { programme } = steward.viewer
    let release = (): void => undefined
    const mayEnd = new Promise<void>((resolve) => {
      release = resolve
    })
    const holds = Promise.withResolvers<void>()
    const holder = database.asOwner(async (transaction) => {
      await transaction.query('hold', `select pg_advisory_xact_lock(hashtext('lentera.publishing ' || $1))`, [
        programme,
      ])
      holds.resolve()
      await mayEnd
    })
    await holds.promise
    await begin(first)
    const isWaiting = async (): Promise<boolean> =>
      (
        await database.asOwner((transaction) =>
          transaction.query(
            'who waits',
            `select 1 from pg_locks join pg_database on pg_database.oid = pg_locks.database
             where locktype = 'advisory' and not granted and datname = current_database()`,
          ),
        )
      ).length > 0
    while (!(await isWaiting())) await nextTurn()
    await kill()
    release()
    await holder
    await start()
    expect(await standing(first)).toEqual({ isKept: false, spent: 0, saidToBeSpent: 0 })
    expect(await ended(first)).toEqual({ state: 'made' })
    expect(await standing(first)).toEqual({ isKept: true, spent: 2000, saidToBeSpent: 2000 })
  })

  it('after it was made has it still, once: asked again it is the same, and the budget is spent once', async () => {
    const draft = async () => (await asked<PublicationDraft>(`GET /api/publications/${first}`)).body
    const before = await draft()
    await kill()
    await start()
    expect((await begin(first)).body).toEqual({ state: 'made' })
    const after = await draft()
    expect(after).toEqual(before)
    expect(after.spending).toMatchObject({ before: { epsilon: 5000 }, after: { epsilon: 3000 } })
    const second = await propose('killed-2', holding)
    expect(await ended(second)).toEqual({ state: 'made' })
    expect(await standing(second)).toEqual({ isKept: true, spent: 4000, saidToBeSpent: 4000 })
    expect(await ended(await propose('killed-3', holding))).toEqual({
      state: 'refused',
      refusal: { code: 'publication.overspends', values: { asked: '2', left: '1', budget: '5' } },
    })
  })
})
