import type { Batch } from '@lentera/core/log/batch'
import { draft } from '@lentera/core/log/draft'
import { keyGranted } from '@lentera/core/log/membership'
import { CivilDate } from '@lentera/core/shared/dates'
import { randomUuid, StreamId, TeamId } from '@lentera/core/shared/ids'
import { describeCase, eraseIdentity, recordConsent } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { eraseOfficer, registerOfficer } from '@lentera/core/workforce/officer/capture'
import { isServing, projectOfficer } from '@lentera/core/workforce/officer/project'
import { beginEpoch, type PersonKeySecret, randomBytes } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import { appendBatch } from '@lentera/server/log/append'
import { exportKeys, exportLog } from '@lentera/server/log/export'
import { importKeys, importLog } from '@lentera/server/log/import'
import { pull, pullStates } from '@lentera/server/log/pull'
import type { Viewer } from '@lentera/server/viewer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { get, writeNewCase, writeNewKeyed } from '../device/found.ts'
import { bringDevice, found, join, type Place, today, type Worker } from '../device/world.ts'

const moment = { today, at: '2026-11-24T09:00:00Z' }
const quarter = CivilDate.parse('2026-Q4')
const tests: TestDatabase[] = []
const open: Database[] = []
let database: Database
let shelter: Place
let clinic: Place
let bopha: Worker
let supervisor: Worker
let stranger: Worker

async function emptyDatabase(): Promise<Database> {
  const test = await createTestDatabase()
  const pool = openPool(test.ownerUrl)
  tests.push(test)
  open.push(pool)
  return pool
}

beforeAll(async () => {
  database = await emptyDatabase()
  shelter = await found(database, 'Poipet shelter')
  clinic = await found(database, 'Poipet clinic', shelter.organisation)
  bopha = await join(database, shelter, ['caseworker'], 'Caseworker 1')
  supervisor = await join(database, shelter, ['supervisor'], 'Supervisor 1')
  stranger = await join(database, clinic, ['supervisor'], 'Supervisor of the clinic')
})

afterAll(async () => {
  for (const each of open) await each.close()
  for (const test of tests) await test.drop()
})

type Made = { readonly stream: StreamId; readonly key: PersonKeySecret }

/** A case of the shelter's caseworker, sent, and known on her supervisor's device. */
async function openCase(sent: Batch[] = []): Promise<Made> {
  const made = await writeNewCase(
    bopha.device,
    shelter.organisation,
    [bopha.person, supervisor.person],
    {
      team: shelter.team,
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
  const door = (batch: Batch) => bopha.door(sent[sent.push(batch) - 1] ?? batch)
  expect(await bopha.device.push(door)).toEqual([])
  supervisor.device.learn(bopha.device.entries(made.stream))
  return made
}

function erasing(worker: Worker, stream: StreamId) {
  const file = projectCase(worker.device.state(stream))
  if (!file) throw new Error('no case')
  return get(eraseIdentity(stream, file, { reason: 'her-request' }, moment))
}

async function erase(worker: Worker, stream: StreamId): Promise<void> {
  await worker.device.write(erasing(worker, stream))
  expect(await worker.device.push(worker.door)).toEqual([])
}

function keysOf(stream: StreamId, of = database): Promise<{ recipient: string }[]> {
  return of.asOwner((transaction) =>
    transaction.query<{ recipient: string }>(
      'kept keys',
      'select recipient from lentera.wrapped_key where stream = $1',
      [stream],
    ),
  )
}

const tallies = (): Promise<unknown> =>
  database.asOwner((transaction) =>
    transaction.query('tallies', 'select to_jsonb(t) as row from lentera.tally t order by name'),
  )

const stateOf = async (stream: StreamId): Promise<unknown> =>
  (await pullStates(database, bopha.viewer, { after: null })).states.find((each) => each.stream === stream)?.state

/** Writes an erasure on a device of `worker` who has somehow heard of the case, and sends it as `viewer`. */
async function attempt(worker: Worker, viewer: Viewer, stream: StreamId): Promise<unknown[]> {
  const device = (await bringDevice(database, worker === stranger ? clinic : shelter, worker.person)).device
  device.learn(bopha.device.entries(stream))
  await device.write(erasing({ ...worker, device }, stream))
  const batch = await device.nextBatch()
  if (!batch) throw new Error('nothing to send')
  const reply = await appendBatch(database, viewer, batch)
  return reply.ok
    ? reply.outcomes.map((each) => (each.outcome === 'refused' ? each.refusal.code : each.outcome))
    : [reply.refusal.code]
}

describe('an erasure reaches no key', () => {
  let made: Made
  let before: unknown

  beforeAll(async () => {
    made = await openCase()
    before = await stateOf(made.stream)
  })

  const cases: readonly [string, () => Promise<unknown[]>, string][] = [
    ['of a caseworker: refused by name', () => attempt(bopha, bopha.viewer, made.stream), 'access.role'],
    [
      'of a manager of the same organisation: refused by name',
      () => attempt(supervisor, { ...supervisor.viewer, roles: ['manager'], team: null }, made.stream),
      'access.role',
    ],
    [
      'of a supervisor of another team: to her the case is absent',
      () => attempt(supervisor, { ...supervisor.viewer, team: TeamId.parse(randomUuid(randomBytes(16))) }, made.stream),
      'stored',
    ],
    [
      'of a supervisor of another organisation: to her the case is absent',
      () => attempt(stranger, stranger.viewer, made.stream),
      'stored',
    ],
    [
      'of a supervisor who was removed: laid aside for a person',
      () => attempt(supervisor, { ...supervisor.viewer, removed: true }, made.stream),
      'quarantined',
    ],
    [
      'from a device that nobody knows',
      () => attempt(supervisor, { ...supervisor.viewer, member: stranger.viewer.member }, made.stream),
      'log.device-unknown',
    ],
  ]
  it.each(cases)('%s', async (_, work, answer) => {
    expect(await work()).toEqual([answer])
    expect(await keysOf(made.stream)).toHaveLength(4)
    expect(await stateOf(made.stream)).toEqual(before)
  })
})

describe('an officer of an agency', () => {
  it('is erased by a supervisor of her team alone: the key of her own goes, her colleague’s stays, and what is coded of her', async () => {
    const agency = await found(database, 'Border agency (invented)', shelter.organisation)
    const keeper = await join(database, agency, ['focal-point'], 'Gender focal point')
    const commander = await join(database, agency, ['supervisor', 'focal-point'], 'Supervisor of the agency')
    const post = StreamId.parse(randomUuid(randomBytes(16)))
    const register = async (number: string) => {
      const { stream } = await writeNewKeyed(
        keeper.device,
        agency.organisation,
        [keeper.person, commander.person],
        (keys) =>
          registerOfficer(
            {
              ...keys,
              organisation: agency.organisation.organisation,
              team: agency.team,
              country: 'KH',
              post,
              sex: 'female',
              said: { number },
            },
            [{ stream: post, post: { enteredInError: false } }],
            [],
            moment,
          ),
        today,
        randomBytes,
      )
      expect(await keeper.device.push(keeper.door)).toEqual([])
      commander.device.learn(keeper.device.entries(stream))
      return stream
    }
    const [her, colleague] = [await register('INV-1'), await register('INV-2')]
    const asked = async (worker: Worker) => {
      const officer = projectOfficer(worker.device.state(her))
      if (!officer) throw new Error('no officer')
      await worker.device.write(get(eraseOfficer({ stream: her, officer }, 'her-request', moment)))
      return worker.device.push(worker.door)
    }
    expect(await asked(commander)).toEqual([])
    expect([await keysOf(her), (await keysOf(colleague)).length]).toEqual([[], 4])
    const { states } = await pullStates(database, keeper.viewer, { after: null })
    const seen = states.find(({ stream }) => stream === her)
    const officer = seen && projectOfficer(seen.state)
    expect([officer?.erased?.reason, officer?.sex, officer?.post]).toEqual(['her-request', 'female', post])
    expect(officer && isServing(officer)).toBe(false)
    // Who keeps the register may not, of the colleague neither.
    const other = projectOfficer(keeper.device.state(colleague))
    if (!other) throw new Error('no colleague')
    await keeper.device.write(get(eraseOfficer({ stream: colleague, officer: other }, 'her-request', moment)))
    const batch = await keeper.device.nextBatch()
    const reply = batch && (await appendBatch(database, keeper.viewer, batch))
    expect(JSON.stringify(reply)).toContain('access.role')
    expect(await keysOf(colleague)).toHaveLength(4)
  })
})

describe('an erasure by the supervisor of the team', () => {
  it('leaves no wrapped key of that case, every key of the others, and no figure moves', async () => {
    const [made, other] = [await openCase(), await openCase()]
    expect((await keysOf(made.stream)).filter(({ recipient }) => recipient.startsWith('key:'))).toHaveLength(1)
    const before = await tallies()
    await erase(supervisor, made.stream)
    expect(await keysOf(made.stream)).toEqual([])
    expect(await keysOf(other.stream)).toHaveLength(4)
    expect(await tallies()).toEqual(before)
    // What a fresh device of the team is given: every entry, the case as erased, and nothing to open it with.
    const pulled = await pull(database, bopha.viewer, { epoch: null, after: null })
    expect(pulled.keys.filter(({ stream }) => stream === made.stream)).toEqual([])
    expect(pulled.entries.filter(({ text }) => text.includes(made.stream))).toHaveLength(3)
    const { states, keys } = await pullStates(database, bopha.viewer, { after: null })
    expect(keys.filter(({ stream }) => stream === made.stream)).toEqual([])
    const seen = states.find(({ stream }) => stream === made.stream)
    expect(seen && projectCase(seen.state)?.erased).toEqual({ reason: 'her-request', on: '2026-Q4' })
  })

  it('goes with the very batch that opened the case and granted its keys', async () => {
    const made = await writeNewCase(
      supervisor.device,
      shelter.organisation,
      [supervisor.person],
      {
        team: shelter.team,
        country: 'KH',
        sex: 'female',
        age: 'adult',
        form: 'other',
        consentCounting: 'given',
        opened: {},
      },
      today,
      randomBytes,
    )
    await erase(supervisor, made.stream)
    expect(await keysOf(made.stream)).toEqual([])
  })

  it('takes in what a colleague wrote before she heard of it, and her consent is heard as before', async () => {
    const made = await openCase()
    await erase(supervisor, made.stream)
    const counted = await tallies()
    await bopha.device.write(
      get(describeCase(made.stream, { sex: 'another', opened: { safeContact: 'her sister' } }, moment)),
      made.key,
    )
    expect(await bopha.device.push(bopha.door)).toEqual([])
    const { entries } = await pull(database, bopha.viewer, { epoch: null, after: null })
    expect(entries.filter(({ text }) => text.includes(made.stream))).toHaveLength(4)
    expect(await stateOf(made.stream)).toMatchObject({ entries: 4, missing: [], needsUpdate: [] })
    expect(await tallies()).not.toEqual(counted)
    const withdrawn = get(recordConsent(made.stream, { consentCounting: 'withdrawn' }, moment))
    await bopha.device.write(withdrawn, made.key)
    expect(await bopha.device.push(bopha.door)).toEqual([])
    const contributes = await database.asOwner((transaction) =>
      transaction.query('contributes', 'select 1 from lentera.contribution where stream = $1', [made.stream]),
    )
    expect(contributes).toEqual([])
  })

  it('outlasts a colleague who wraps the keys anew, and one who sends the first ones again', async () => {
    const sent: Batch[] = []
    const made = await openCase(sent)
    const current = bopha.device.keyring.latestCase(made.stream)
    if (!current) throw new Error('she opened it')
    await erase(supervisor, made.stream)
    const grantee = { kind: 'member', member: bopha.viewer.member, key: bopha.person.keys.seal.public } as const
    const { caseKey, wrapped } = get(await beginEpoch(current, bopha.device.keyring.personsOf(made.stream), [grantee]))
    const granted = draft(keyGranted, made.stream, quarter, {
      key: caseKey.id,
      epoch: caseKey.epoch,
      hashes: wrapped.map(({ hash }) => hash),
      recipients: [grantee.member],
    })
    await bopha.device.write([granted], undefined, wrapped)
    const batch = await bopha.device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    expect(batch.keys).toHaveLength(3)
    const reply = await bopha.door(batch)
    expect(bopha.device.placed(batch, reply)).toEqual([])
    expect(await keysOf(made.stream)).toEqual([])
    for (const again of [...sent, batch]) {
      expect(again.keys.length).toBeGreaterThan(2)
      expect(await bopha.door(again)).toMatchObject({ ok: true })
      expect(await keysOf(made.stream)).toEqual([])
    }
  })
})

describe('a backup', () => {
  it('of the keys from before does not bring them back, into this database or into one made from the log', async () => {
    const [made, other] = [await openCase(), await openCase()]
    const old = await texts(exportKeys(database, today, today))
    expect(old.join('\n')).toContain(made.stream)
    await erase(supervisor, made.stream)
    const now = (await texts(exportKeys(database, today, today))).join('\n')
    expect(now).not.toContain(made.stream)
    expect(now).toContain(other.stream)
    expect(await importKeys(database, each(old), today)).toMatchObject({ ok: true })
    expect(await keysOf(made.stream)).toEqual([])

    const rebuilt = await emptyDatabase()
    expect(await importLog(rebuilt, each(await texts(exportLog(database))))).toMatchObject({ ok: true })
    expect(await importKeys(rebuilt, each(old), today)).toMatchObject({ ok: true })
    expect(await keysOf(made.stream, rebuilt)).toEqual([])
    expect(await keysOf(other.stream, rebuilt)).toHaveLength(4)
    expect((await texts(exportKeys(rebuilt, today, today))).join('\n')).toBe(now)
  })
})

async function texts(lines: AsyncIterable<unknown>): Promise<string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(JSON.stringify(line))
  return all
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}
