import type { Batch } from '@lentera/core/log/batch'
import { draft } from '@lentera/core/log/draft'
import { Entry, limits } from '@lentera/core/log/entry'
import { memberRemoved } from '@lentera/core/log/membership'
import { quarterOf } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { deliverService } from '@lentera/core/support/capture'
import { registerParticipant } from '@lentera/core/support/livelihoods/capture'
import { projectCase } from '@lentera/core/support/project'
import { answerConsent, approveText, beginStory, withdrawConsent } from '@lentera/core/support/story/capture'
import { projectStory } from '@lentera/core/support/story/project'
import { Check } from '@lentera/core/support/story/words'
import { type PersonKeySecret, randomBytes, signBatch, signEntry } from '@lentera/sealed/open'
import { type Database, openPool } from '@lentera/server/database'
import { appendBatch } from '@lentera/server/log/append'
import { pull, pullStates } from '@lentera/server/log/pull'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.ts'
import { get, writeNewCase, writeNewKeyed } from '../device/found.ts'
import { found, join, type Place, today, type Worker } from '../device/world.ts'

let test: TestDatabase
let database: Database
let shelter: Place
let clinic: Place
let bopha: Worker
let dara: Worker
let hidden: { stream: StreamId; key: PersonKeySecret; entries: Entry[] }

const moment = { today, at: '2026-11-24T09:00:00Z' }

beforeAll(async () => {
  test = await createTestDatabase()
  database = openPool(test.ownerUrl)
  shelter = await found(database, 'Poipet shelter')
  clinic = await found(database, 'Poipet clinic', shelter.organisation)
  bopha = await join(database, shelter, ['caseworker'], 'Caseworker 1')
  dara = await join(database, clinic, ['caseworker'], 'Caseworker 1')
  const made = await openCase(bopha, shelter)
  await bopha.device.push(bopha.door)
  hidden = { ...made, entries: bopha.device.entries(made.stream) }
})

afterAll(async () => {
  await database.close()
  await test.drop()
})

function openCase(worker: Worker, place: Place) {
  return writeNewCase(
    worker.device,
    place.organisation,
    [worker.person],
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
}

/** The next batch of a worker, with its first entry made anew by `change` and everything signed again by her device. */
async function forged(worker: Worker, change: (entry: Entry) => unknown): Promise<Batch> {
  const batch = await worker.device.nextBatch(1)
  const [first] = batch?.entries ?? []
  if (!batch || !first) throw new Error('nothing to send')
  const changed = change(Entry.parse(JSON.parse(first.text)))
  // Signing needs an entry's type, not its promises: what is forged here breaks them on purpose.
  const signed = await signEntry(changed as Entry, worker.device.identity.key)
  const { programme, device, chain } = batch
  return signBatch(
    { programme, device, chain: [...chain.slice(0, -1), signed.hash], entries: [signed], keys: [] },
    worker.device.identity.key,
  )
}

async function refusalsOf(worker: Worker, batch: Batch): Promise<string[]> {
  const reply = await appendBatch(database, worker.viewer, batch)
  if (!reply.ok) return [reply.refusal.code]
  return reply.outcomes.map((each) => (each.outcome === 'refused' ? each.refusal.code : each.outcome))
}

describe('a forged entry is refused by name', () => {
  const cases: readonly [string, (entry: Entry) => unknown, string][] = [
    [
      'written in the name of a colleague',
      (entry) => ({ ...entry, author: shelter.administrator.viewer.member }),
      'log.of-another-author',
    ],
    [
      'with a name among its clear fields',
      (entry) => ({ ...entry, coded: { ...entry.coded, name: 'Invented' } }),
      'log.coded-field-not-allowed',
    ],
    [
      'with a sealed field its kind does not know',
      (entry) => ({ ...entry, sealed: { ...entry.sealed, face: 'AAAA' } }),
      'log.sealed-field-not-allowed',
    ],
    ['that tells the day', (entry) => ({ ...entry, on: '2026-11-24' }), 'log.date-precision'],
    ['that tells the time', (entry) => ({ ...entry, at: { time: 1, clock: [1, 0] } }), 'log.time-not-as-declared'],
    [
      'whose id tells the time',
      (entry) => ({ ...entry, id: '01890000-0000-7000-8000-000000000000' }),
      'log.id-tells-time',
    ],
    [
      'for another organisation',
      (entry) => ({ ...entry, coded: { ...entry.coded, organisation: shelter.organisation.organisation } }),
      'access.other-organisation',
    ],
    [
      'for another country',
      (entry) => ({ ...entry, coded: { ...entry.coded, country: 'TH' } }),
      'access.other-country',
    ],
    [
      'of a kind that only stewards write',
      (entry) => ({
        ...entry,
        kind: 'log.person-linked',
        coded: { a: entry.coded.person, b: 'ffffffff-ffff-4fff-8fff-ffffffffffff', relation: 'same', consented: true },
        sealed: {},
      }),
      'access.role',
    ],
    [
      'with an envelope larger than an entry may be',
      (entry) => ({ ...entry, sealed: { name: 'A'.repeat(limits.entryBytes) } }),
      'sealed.entry-too-large',
    ],
    ['with a field no entry has', (entry) => ({ ...entry, name: 'Invented' }), 'sealed.entry-malformed'],
  ]
  it.each(cases)('%s', async (_, change, code) => {
    const worker = await join(database, clinic, ['caseworker'], 'Caseworker')
    await openCase(worker, clinic)
    expect(await refusalsOf(worker, await forged(worker, change))).toEqual([code])
  })
})

describe('a member of one organisation', () => {
  it('pulls nothing of another: no entry, no state, no key, no digest', async () => {
    const pulled = await pull(database, dara.viewer, { epoch: null, after: null })
    const texts = pulled.entries.map(({ text }) => text).join()
    expect(texts).not.toContain(hidden.stream)
    expect(pulled.keys.map((key) => key.stream)).not.toContain(hidden.stream)
    expect(Object.keys(pulled.digests)).not.toContain(`team:${shelter.team}`)
    const { states } = await pullStates(database, dara.viewer, { after: null })
    expect(states.map((each) => each.stream)).not.toContain(hidden.stream)
  })

  it('cannot tell a hidden cursor from one that never was', async () => {
    const { epoch } = await pull(database, dara.viewer, { epoch: null, after: null })
    const [entry] = hidden.entries
    if (!entry) throw new Error('the hidden case has entries')
    const atHidden = await pull(database, dara.viewer, { epoch, after: entry.id })
    const atAbsent = await pull(database, dara.viewer, {
      epoch,
      after: Entry.shape.id.parse('6b1f0a52-9a6e-4f8e-9d53-0c4f8f7a1b11'),
    })
    expect(atHidden).toEqual(atAbsent)
  })

  it('cannot tell a hidden case from an absent one by writing to it, and changes nothing there', async () => {
    const before = await pullStates(database, bopha.viewer, { after: null })
    dara.device.learn(hidden.entries)
    const file = projectCase(dara.device.state(hidden.stream))
    if (!file) throw new Error('no case')
    await dara.device.write(
      get(deliverService(hidden.stream, file, { service: 'health', deliveredOn: today }, moment)),
      hidden.key,
    )
    const outcomes = await dara.device.push(dara.door)
    expect(outcomes).toEqual([])
    expect(await pullStates(database, bopha.viewer, { after: null })).toEqual(before)
  })
})

/** What was released, and what was made to be: not even the application's to ask for. */
const notToAskFor = new Set(['release', 'publication_content'])

describe('the database keeps its own promises', () => {
  it('the application cannot change or delete an entry, nor truncate the log', async () => {
    const client = new pg.Client({ connectionString: test.urlAs('lentera_app') })
    await client.connect()
    try {
      for (const statement of [
        'update lentera.entry set text = text',
        'delete from lentera.entry',
        'truncate lentera.entry',
        'drop table lentera.entry',
      ]) {
        await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/)
      }
    } finally {
      await client.end()
    }
  })

  it('without its settings the application sees no row of any table, and every table is locked for its owner too', async () => {
    const client = new pg.Client({ connectionString: test.urlAs('lentera_app') })
    await client.connect()
    try {
      const tables = await client.query<{ relname: string; relrowsecurity: boolean; relforcerowsecurity: boolean }>(
        `select relname, relrowsecurity, relforcerowsecurity from pg_class where relnamespace = 'lentera'::regnamespace and relkind = 'r'`,
      )
      expect(tables.rows.length).toBeGreaterThan(15)
      for (const table of tables.rows) {
        expect(table).toMatchObject({ relrowsecurity: true, relforcerowsecurity: true })
        const rows = await client.query(`select * from lentera.${table.relname} limit 1`).then(
          (result) => result.rows,
          (error: Error) => (/permission denied/.test(error.message) && notToAskFor.has(table.relname) ? [] : [error]),
        )
        expect(rows).toEqual([])
      }
    } finally {
      await client.end()
    }
  })

  it('a setting does not outlive its transaction, however a pool mixes two viewers', async () => {
    const both = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const worker = i % 2 ? bopha : dara
        const rows = await database.asViewer(worker.viewer, (transaction) =>
          transaction.query<{ audience: string }>(
            'audiences seen',
            `select distinct audience from lentera.entry where audience like 'team:%'`,
          ),
        )
        return rows.every((row) => row.audience === `team:${worker.viewer.team}`)
      }),
    )
    expect(both).not.toContain(false)
  })
})

describe('what arrives twice, or changed', () => {
  it('a replayed batch changes nothing', async () => {
    await openCase(bopha, shelter)
    const batch = await bopha.device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    const first = await bopha.door(batch)
    bopha.device.placed(batch, first)
    const before = await pull(database, bopha.viewer, { epoch: null, after: null })
    const again = await bopha.door(batch)
    expect(again.ok && again.outcomes.every((each) => each.outcome === 'already there')).toBe(true)
    expect(await pull(database, bopha.viewer, { epoch: null, after: null })).toEqual(before)
  })

  it('an entry under an id that is taken, with other bytes, is refused', async () => {
    const { stream, key } = await openCase(bopha, shelter)
    await bopha.device.push(bopha.door)
    const [taken] = bopha.device.entries(stream)
    const file = projectCase(bopha.device.state(stream))
    if (!file || !taken) throw new Error('no case')
    await bopha.device.write(get(deliverService(stream, file, { service: 'health', deliveredOn: today }, moment)), key)
    expect(await refusalsOf(bopha, await forged(bopha, (entry) => ({ ...entry, id: taken.id })))).toEqual([
      'log.id-taken',
    ])
  })

  it('a chain that leaves something out is refused, with the hash to go on from', async () => {
    const worker = await join(database, shelter, ['caseworker'], 'Caseworker 2')
    await openCase(worker, shelter)
    const first = await worker.device.nextBatch(1)
    if (!first) throw new Error('nothing to send')
    worker.device.placed(first, { ok: true, outcomes: [], head: null })
    const second = await worker.device.nextBatch()
    if (!second) throw new Error('nothing to send')
    const reply = await worker.door(second)
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'log.chain-broken' } })
    expect(reply.head).not.toBeNull()
  })

  it('an entry of a removed member is kept apart until a person decides', async () => {
    const worker = await join(database, shelter, ['caseworker'], 'Caseworker 3')
    await openCase(worker, shelter)
    const batch = await worker.device.nextBatch()
    if (!batch) throw new Error('nothing to send')
    const reply = await appendBatch(database, { ...worker.viewer, removed: true }, batch)
    expect(reply.ok && reply.outcomes.map((each) => each.outcome)).toEqual(['quarantined', 'quarantined'])
    expect((await pull(database, { ...worker.viewer, removed: true }, { epoch: null, after: null })).entries).toEqual(
      [],
    )
  })
})

describe('a member who is removed', () => {
  it('leaves no wrapped key of hers on the server, and takes no colleague’s with her', async () => {
    const worker = await join(database, shelter, ['caseworker'], 'Caseworker 5')
    const colleague = await join(database, shelter, ['caseworker'], 'Caseworker 6')
    await writeNewCase(
      colleague.device,
      shelter.organisation,
      [colleague.person, worker.person],
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
    await colleague.device.push(colleague.door)
    const kept = async (who: Worker): Promise<number> => {
      const rows = await database.asOwner((transaction) =>
        transaction.query('kept keys', 'select 1 from lentera.wrapped_key where recipient = $1', [
          `member:${who.viewer.member}`,
        ]),
      )
      return rows.length
    }
    const [hers, others] = [await kept(worker), await kept(colleague)]
    expect(hers).toBe(1)
    const { administrator, organisation } = shelter
    await administrator.device.write([
      draft(memberRemoved, organisation.stream, today, { member: worker.viewer.member }),
    ])
    expect(await administrator.device.push(administrator.door)).toEqual([])
    expect(await kept(worker)).toBe(0)
    expect(await kept(colleague)).toBe(others)
  })
})

describe('what a newer version writes', () => {
  it('is stored, counted as needing an update, and stops nothing', async () => {
    const worker = await join(database, shelter, ['caseworker'], 'Caseworker 4')
    const { stream, key } = await openCase(worker, shelter)
    await worker.device.push(worker.door)
    const file = projectCase(worker.device.state(stream))
    if (!file) throw new Error('no case')
    await worker.device.write(get(deliverService(stream, file, { service: 'health', deliveredOn: today }, moment)), key)
    const batch = await forged(worker, (entry) => ({
      ...entry,
      kind: 'support.from-the-future',
      version: 7,
      coded: { anything: 1 },
    }))
    expect(await refusalsOf(worker, batch)).toEqual(['stored'])
    const states = await pullStates(database, worker.viewer, { after: null })
    expect(states.states.find((each) => each.stream === stream)?.state.needsUpdate).toHaveLength(1)
  })
})

describe('a participant', () => {
  const register = (worker: Worker, place: Place, team = place.team) =>
    writeNewKeyed(
      worker.device,
      place.organisation,
      [worker.person],
      (ids) =>
        registerParticipant(
          {
            ...ids,
            organisation: place.organisation.organisation,
            team,
            country: 'KH',
            sex: 'female',
            age: 'adult',
            consentCounting: 'given',
            name: 'Invented',
            safeContact: '',
          },
          moment,
        ),
      today,
      randomBytes,
    )

  it('and her keys reach her officer’s team and nobody else; what only grants a key did not make a case of her', async () => {
    const workshop = await found(database, 'Poipet workshop', shelter.organisation)
    const officer = await join(database, workshop, ['livelihoods-officer'], 'Livelihoods officer 1')
    const { stream } = await register(officer, workshop)
    expect(await officer.device.push(officer.door)).toEqual([])
    const seenBy = async ({ viewer }: Pick<Worker, 'viewer'>) => {
      const { states, keys } = await pullStates(database, viewer, { after: null })
      return {
        nouns: states.filter((each) => each.stream === stream).map(({ noun }) => noun),
        keys: keys.filter((each) => each.stream === stream).length,
      }
    }
    expect(await seenBy(officer)).toEqual({ nouns: ['participant'], keys: 2 })
    const others = [bopha, dara, workshop.administrator].map(({ viewer }) => ({ viewer }))
    const asManager = { ...bopha.viewer, team: null, roles: ['manager', 'steward', 'protection-officer'] as const }
    for (const other of [...others, { viewer: asManager }]) expect(await seenBy(other)).toEqual({ nouns: [], keys: 0 })
  })

  it('is not registered by a caseworker, nor for another’s team', async () => {
    const codes = async (worker: Worker) =>
      (await worker.device.push(worker.door)).map((each) => ('refusal' in each ? each.refusal.code : each.outcome))
    const caseworker = await join(database, shelter, ['caseworker'], 'Caseworker 6')
    await register(caseworker, shelter)
    expect(await codes(caseworker)).toEqual(['access.role'])
    const officer = await join(database, shelter, ['livelihoods-officer'], 'Livelihoods officer 2')
    await register(officer, shelter, clinic.team)
    expect(await codes(officer)).toEqual(['access.other-team'])
  })
})

describe('a story', () => {
  const begin = (worker: Worker, place: Place, team = place.team) =>
    writeNewKeyed(
      worker.device,
      place.organisation,
      [worker.person],
      (ids) =>
        beginStory(
          {
            ...ids,
            organisation: place.organisation.organisation,
            team,
            country: 'KH',
            language: 'en',
            changedName: 'Sparrow',
            text: 'Invented text about learning to weave.',
            photo: '',
            who: 'Willow Heron (invented)',
            contact: '',
            notes: '',
          },
          moment,
        ),
      today,
      randomBytes,
    )
  const codes = async (worker: Worker) =>
    (await worker.device.push(worker.door)).map((each) => ('refusal' in each ? each.refusal.code : each.outcome))

  it('and its keys reach the team that keeps it and nobody else: no other team, no manager, no livelihoods officer', async () => {
    const writer = await join(database, shelter, ['caseworker'], 'Caseworker 7')
    const { stream } = await begin(writer, shelter)
    expect(await writer.device.push(writer.door)).toEqual([])
    const seenBy = async ({ viewer }: Pick<Worker, 'viewer'>) => {
      const { states, keys } = await pullStates(database, viewer, { after: null })
      return {
        nouns: states.filter((each) => each.stream === stream).map(({ noun }) => noun),
        keys: keys.filter((each) => each.stream === stream).length,
      }
    }
    expect(await seenBy(writer)).toEqual({ nouns: ['story'], keys: 2 })
    const workshop = await found(database, 'Weaving workshop', shelter.organisation)
    const officer = await join(database, workshop, ['livelihoods-officer'], 'Livelihoods officer 3')
    const asManager = { ...writer.viewer, team: null, roles: ['manager', 'steward', 'protection-officer'] as const }
    for (const other of [dara, officer, shelter.administrator, { viewer: asManager }])
      expect(await seenBy(other)).toEqual({ nouns: [], keys: 0 })
  })

  it('is begun by a caseworker or a supervisor of the team, for no other team; consent cannot be said to stand unasked', async () => {
    const officer = await join(database, shelter, ['livelihoods-officer'], 'Livelihoods officer 4')
    await begin(officer, shelter)
    expect(await codes(officer)).toEqual(['access.role'])
    const worker = await join(database, shelter, ['caseworker'], 'Caseworker 8')
    await begin(worker, shelter, clinic.team)
    expect(await codes(worker)).toEqual(['access.other-team'])
    const asker = await join(database, shelter, ['supervisor'], 'Supervisor 3')
    const { stream, key } = await begin(asker, shelter)
    const story = projectStory(asker.device.state(stream))
    if (!story) throw new Error('no story')
    const asked = { warningRead: true, askerControlsNoAid: true, until: quarterOf(today) }
    const [consent] = get(answerConsent(stream, story, { ...asked, answers: { press: 'given' } }, moment))
    if (!consent) throw new Error('no consent')
    await asker.device.write([{ ...consent, coded: { ...consent.coded, askerControlsNoAid: false } }], key)
    expect(await codes(asker)).toEqual(['log.coded-field-not-allowed'])
  })

  it('is approved by nobody who wrote it, on the server’s own fold as on a device; a withdrawal is taken from whoever hears it', async () => {
    const writer = await join(database, shelter, ['caseworker'], 'Caseworker 9')
    const { stream, key } = await begin(writer, shelter)
    const stands = () => {
      const story = projectStory(writer.device.state(stream))
      if (!story) throw new Error('no story')
      return story
    }
    const version = stands().version?.entry
    // The device of a second reader, forged on the writer's.
    const other = { reader: bopha.viewer.member, version, checked: Check.options }
    await writer.device.write(get(approveText(stream, stands(), other, moment)), key)
    await writer.device.write(get(withdrawConsent(stream, 'all', moment)), key)
    expect(await writer.device.push(writer.door)).toEqual([])
    const { states } = await pullStates(database, writer.viewer, { after: null })
    const kept = states.find((each) => each.stream === stream)
    expect(kept && projectStory(kept.state)?.reading.reading).toBe('unread')
    expect(kept && projectStory(kept.state)?.consents.website?.answer).toBe('withdrawn')
  })
})

describe('what the whole programme counts', () => {
  it('is read live by nobody: a member sees the tallies of her own team only, whatever she asks the database', async () => {
    const scopes = await database.asViewer(
      { ...bopha.viewer, roles: ['manager', 'steward', 'regional-manager'] },
      (transaction) => transaction.query<{ scope: string }>('scopes seen', 'select distinct scope from lentera.tally'),
    )
    expect(scopes).toEqual([{ scope: `team:${bopha.viewer.team}` }])
  })
})
