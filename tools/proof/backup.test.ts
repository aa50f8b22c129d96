import { correctPhase, datePhase } from '@lentera/core/plan/capture'
import { projectPhase } from '@lentera/core/plan/project'
import { planStream } from '@lentera/core/plan/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { deliverService } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { randomBytes } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import { exportKeys, exportLog } from '@lentera/server/log/export'
import { importKeys, importLog } from '@lentera/server/log/import'
import { makeCutOff } from '@lentera/server/projections/cut-off'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { get, writeNewCase } from '../device/found.ts'
import { bringDevice, found, join, type Place, today, type Worker } from '../device/world.ts'

const tests: TestDatabase[] = []
const open: Database[] = []

async function emptyDatabase(): Promise<Database> {
  const test = await createTestDatabase()
  const database = openPool(test.ownerUrl)
  tests.push(test)
  open.push(database)
  return database
}

let database: Database
let lines: string[]

beforeAll(async () => {
  database = await emptyDatabase()
  const place = await found(database, 'Poipet shelter')
  const bopha = await join(database, place, ['caseworker'], 'Caseworker 1')
  const second = await bringDevice(database, place, bopha.person)
  await found(database, 'Poipet clinic', place.organisation)
  await writeSomeCases(place, [bopha, second], bopha)
  const manager = await join(database, place, ['manager'], 'Programme manager')
  await datePhaseTo(manager, place, '2026-Q4')
  await makeCutOff(database, place.organisation.programme, '2026-10-01')
  await writeSomeCases(place, [bopha, second], bopha)
  await datePhaseTo(manager, place, '2026-Q3')
  await makeCutOff(database, place.organisation.programme, '2026-10-02')
  await datePhaseTo(manager, place, '2027-Q1')
  lines = await exported(database)
})

afterAll(async () => {
  for (const each of open) await each.close()
  for (const test of tests) await test.drop()
})

/** Cases on one device, continued on two that do not know of each other: conflicts and all. */
async function writeSomeCases(place: Place, workers: readonly Worker[], team: Worker): Promise<void> {
  const [first] = workers
  for (let i = 0; i < 3 && first; i++) {
    const { stream, key } = await writeNewCase(
      first.device,
      place.organisation,
      [team.person],
      {
        team: place.team,
        country: 'KH',
        sex: 'female',
        age: 'adult',
        form: 'other',
        consentCounting: 'given',
        opened: { name: 'Invented' },
      },
      today,
      randomBytes,
    )
    for (const worker of workers) {
      worker.device.learn(first.device.entries(stream).slice(0, 2))
      const file = projectCase(worker.device.state(stream))
      if (!file) throw new Error('no case')
      const moment = { today, at: '2026-11-24T09:00:00Z' }
      await worker.device.write(
        get(deliverService(stream, file, { service: 'health', deliveredOn: today }, moment)),
        key,
      )
    }
  }
  for (const worker of workers) expect(await worker.device.push(worker.door)).toEqual([])
}

/** Says, and later corrects, when a phase ends: its figures are counted again, and those of a cut-off stay. */
async function datePhaseTo({ device, door }: Worker, { organisation }: Place, to: string): Promise<void> {
  const stream = planStream('phase', 'japan-1')
  const planned = projectPhase(device.state(stream))
  const dates = { from: '2026-Q1', to, source: 'Grant agreement (invented)' }
  const { organisation: id } = organisation
  await device.write(
    get(
      planned
        ? correctPhase(planned, dates, [planned], today)
        : datePhase('japan-1', dates, [], { organisation: id, today }),
    ),
  )
  expect(await device.push(door)).toEqual([])
}

async function exported(of: Database): Promise<string[]> {
  return texts(exportLog(of))
}

async function texts(lines: AsyncIterable<unknown>): Promise<string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(JSON.stringify(line))
  return all
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

/** Everything that is derived, as text, but for the moments of storing. */
async function derived(of: Database): Promise<Record<string, unknown>> {
  const tables = [
    'programme',
    'stream',
    'tally',
    'tally_at_cut_off',
    'audience_digest',
    'contribution',
    'member',
    'device',
    'organisation',
    'team',
    'chain_link',
    'person_link',
    'phase',
    'entry',
  ]
  const contents = await of.asOwner((transaction) =>
    Promise.all(
      tables.map(async (table) => [
        table,
        await transaction.query(
          `all of ${table}`,
          `select to_jsonb(t) as row from lentera.${table} t order by to_jsonb(t)::text`,
        ),
      ]),
    ),
  )
  return Object.fromEntries(contents)
}

describe('an import is refused, and leaves nothing behind', () => {
  it('where the file was cut off', async () => {
    const empty = await emptyDatabase()
    expect(await importLog(empty, each(lines.slice(0, -2)))).toMatchObject({
      ok: false,
      refusal: { code: 'log.import-cut-off' },
    })
    expect((await derived(empty)).entry).toEqual([])
  })

  it('where one letter of one entry was changed', async () => {
    const empty = await emptyDatabase()
    const changed = lines.map((line) => line.replace('\\"sex\\":\\"female\\"', '\\"sex\\":\\"male\\"'))
    expect(changed).not.toEqual(lines)
    expect(await importLog(empty, each(changed))).toMatchObject({
      ok: false,
      refusal: { code: 'sealed.bad-signature' },
    })
    expect((await derived(empty)).entry).toEqual([])
  })

  it('where the database holds a programme already', async () => {
    expect(await importLog(database, each(lines))).toMatchObject({
      ok: false,
      refusal: { code: 'log.import-not-empty' },
    })
  })

  it('where the keys beside it have expired', async () => {
    const keys = await texts(exportKeys(database, today, today))
    const later = CivilDate.parse('2026-11-25')
    expect(await importKeys(database, each(keys), later)).toMatchObject({
      ok: false,
      refusal: { code: 'log.keys-expired' },
    })
  })
})

describe('an exported log in an empty database', () => {
  it('gives the same states, tallies, cut-offs, digests and chains', async () => {
    const empty = await emptyDatabase()
    expect(await importLog(empty, each(lines))).toMatchObject({ ok: true })
    expect(await derived(empty)).toEqual(await derived(database))
    expect(await exported(empty)).toEqual(lines)
  })

  it('opens again with the keys beside it', async () => {
    const empty = await emptyDatabase()
    expect((await importLog(empty, each(lines))).ok).toBe(true)
    const keys = await texts(exportKeys(database, today, today))
    const brought = await importKeys(empty, each(keys), today)
    expect(brought.ok && brought.value).toBeGreaterThan(0)
    expect(await texts(exportKeys(empty, today, today))).toEqual(keys)
  })
})
