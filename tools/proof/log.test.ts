import { draft } from '@lentera/core/log/draft'
import { Entry, type SignedEntry } from '@lentera/core/log/entry'
import { fold } from '@lentera/core/log/fold'
import { kinds } from '@lentera/core/rooms'
import { type Hash, randomUuid } from '@lentera/core/shared/ids'
import { deliverService } from '@lentera/core/support/capture'
import { caseOpened } from '@lentera/core/support/entries'
import { projectCase } from '@lentera/core/support/project'
import { randomBytes, signBatch, signEntry } from '@lentera/sealed/open'
import { toBase64Url } from '@lentera/sealed/verify'
import { type Database, openPool } from '@lentera/server/database'
import { appendBatch } from '@lentera/server/log/append'
import { pull, pullStates } from '@lentera/server/log/pull'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { get, writeNewCase } from '../device/found.ts'
import { bringDevice, found, join, type Place, today, type Worker } from '../device/world.ts'

let test: TestDatabase
let database: Database
let place: Place
let bopha: Worker

beforeAll(async () => {
  test = await createTestDatabase()
  database = openPool(test.ownerUrl)
  place = await found(database, 'Poipet shelter')
  bopha = await join(database, place, ['caseworker'], 'Caseworker 1')
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

const moment = { today, at: '2026-11-24T09:00:00Z' }
const newCase = () =>
  writeNewCase(
    bopha.device,
    place.organisation,
    [bopha.person],
    {
      team: place.team,
      country: 'KH',
      sex: 'female',
      age: 'adult',
      form: 'forced-labour',
      consentCounting: 'given',
      opened: { name: 'Invented Name' },
    },
    today,
    randomBytes,
  )

async function tally(fact: string, dimensions: object = {}): Promise<{ low: number; high: number; contacts: number }> {
  const rows = await database.asOwner((transaction) =>
    transaction.query<{ low: string; high: string; contacts: string }>(
      'tally of a test',
      `select persons_low as low, persons_high as high, contacts from lentera.tally
       where fact = $1 and period = 'all' and scope = 'programme' and dimensions = $2::jsonb`,
      [fact, JSON.stringify(dimensions)],
    ),
  )
  return { low: Number(rows[0]?.low ?? 0), high: Number(rows[0]?.high ?? 0), contacts: Number(rows[0]?.contacts ?? 0) }
}

describe('what the one door refuses', () => {
  it('a device nobody certified', async () => {
    const stranger = await bringDevice(database, place, bopha.person).then(async (worker) => worker)
    await writeNewCase(
      stranger.device,
      place.organisation,
      [bopha.person],
      {
        team: place.team,
        country: 'KH',
        sex: 'female',
        age: 'adult',
        form: 'unknown',
        consentCounting: 'given',
        opened: {},
      },
      today,
      randomBytes,
    )
    const batch = await stranger.device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    const other = { ...batch, device: place.administrator.device.identity.device }
    expect(await appendBatch(database, bopha.viewer, other)).toMatchObject({
      ok: false,
      refusal: { code: 'log.device-unknown' },
    })
  })

  it('a batch whose text was changed on the way, by name, and stores nothing of it', async () => {
    await newCase()
    const batch = await bopha.device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    const [first, ...rest] = batch.entries
    if (!first) throw new Error('nothing to send')
    const tampered = {
      ...batch,
      entries: [{ ...first, text: first.text.replace('"sex":"female"', '"sex":"male"') }, ...rest],
    }
    const reply = await appendBatch(database, bopha.viewer, tampered)
    expect(reply).toMatchObject({ ok: true, outcomes: [{ outcome: 'refused' }, { outcome: 'stored' }] })
    const again = await appendBatch(database, bopha.viewer, batch)
    expect(again).toMatchObject({ ok: true, outcomes: [{ outcome: 'stored' }, { outcome: 'already there' }] })
    bopha.device.placed(batch, again)
  })

  it('words where a sealed field stands, of whatever kind the entry is', async () => {
    const maly = await join(database, place, ['caseworker'], 'Caseworker 9')
    const { stream } = await writeNewCase(
      maly.device,
      place.organisation,
      [maly.person],
      {
        team: place.team,
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
    expect(await maly.device.push(maly.door)).toEqual([])
    const [opening] = maly.device.entries(stream)
    const last = maly.device.entries(stream).at(-1)
    if (!opening || !last) throw new Error('no case')
    const { key, device, programme } = maly.device.identity
    const [words, altered] = ['Sreymom Plantedname', '\x01\x01 Sreymom Plantedname'].map((text) =>
      toBase64Url(new TextEncoder().encode(text)),
    )
    const [envelope = ''] = maly.device.entries(stream).flatMap(({ sealed }) => Object.values(sealed))
    const append = async (entries: readonly (SignedEntry & { readonly hash: Hash })[]) =>
      appendBatch(
        database,
        maly.viewer,
        await signBatch({ programme, device, chain: entries.map(({ hash }) => hash), entries, keys: [] }, key),
      )
    // Nothing: it tells where the device's chain stands.
    let { head } = await append([])
    const said: unknown[] = []
    for (const [kind, place] of [
      ['support.case-described', words],
      ['support.case-described', altered],
      ['support.something-new', words],
      ['support.something-new', envelope],
    ]) {
      const entry = {
        ...opening,
        id: randomUuid(randomBytes(16)),
        parents: [last.id],
        kind,
        coded: {},
        sealed: { place },
        prev: head,
      }
      const reply = await append([await signEntry(Entry.parse(entry), key)])
      head = reply.head
      said.push(reply.ok ? reply.outcomes.map((each) => ('refusal' in each ? each.refusal.code : each.outcome)) : reply)
    }
    expect(said).toEqual([
      ['sealed.envelope-version-unknown'],
      ['sealed.envelope-malformed'],
      ['sealed.envelope-version-unknown'],
      ['stored'],
    ])
  })

  it('an entry that would open a case a second time, and make another its person', async () => {
    const { stream } = await newCase()
    expect(await bopha.device.push(bopha.door)).toEqual([])
    const [opening] = bopha.device.entries(stream)
    if (!opening) throw new Error('no case')
    const person = '6d0c1c4e-0000-4000-8000-0000000000ff'
    await bopha.device.write([draft(caseOpened, stream, opening.on, { ...opening.coded, person })])
    expect(await bopha.device.push(bopha.door)).toMatchObject([
      { outcome: 'refused', refusal: { code: 'log.opened-before' } },
    ])
  })
})

describe('a case on the server', () => {
  it('is stored once, folded like on the device, and counted', async () => {
    const before = await tally('support.service-delivered')
    const { stream, key } = await newCase()
    const file = projectCase(bopha.device.state(stream))
    if (!file) throw new Error('no case')
    await bopha.device.write(get(deliverService(stream, file, { service: 'health', deliveredOn: today }, moment)), key)
    const batch = await bopha.device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    const reply = await appendBatch(database, bopha.viewer, batch)
    expect(reply.ok && reply.outcomes.map((each) => each.outcome)).toEqual(['stored', 'stored', 'stored'])
    const repeated = await appendBatch(database, bopha.viewer, batch)
    expect(repeated.ok && repeated.outcomes.map((each) => each.outcome)).toEqual([
      'already there',
      'already there',
      'already there',
    ])
    bopha.device.placed(batch, repeated)

    const states = await pullStates(database, bopha.viewer, { after: null })
    expect(states.states.find((each) => each.stream === stream)?.state).toEqual(bopha.device.state(stream))
    expect(await tally('support.service-delivered')).toEqual({
      low: before.low + 1,
      high: before.high + 1,
      contacts: before.contacts + 1,
    })
    const pulled = await pull(database, bopha.viewer, { epoch: null, after: null })
    const entries = pulled.entries.map(({ text }) => Entry.parse(JSON.parse(text)))
    expect(
      fold(
        kinds,
        entries.filter((entry) => entry.stream === stream),
      ),
    ).toEqual(bopha.device.state(stream))
    expect(
      pulled.keys
        .filter((each) => each.stream === stream)
        .map((each) => each.to.kind)
        .sort(),
    ).toEqual(['key', 'member'])
  })
})
