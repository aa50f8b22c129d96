import { dryRun, importDataSet, rowsText } from '@lentera/core/evidence/capture'
import type { Preparation, PublicationBoard, PublicationDraft } from '@lentera/core/evidence/publication/answers'
import {
  bringHolding,
  proposePublication,
  setBudget,
  signPublication,
  withdrawPublication,
} from '@lentera/core/evidence/publication/capture'
import type { Proposal } from '@lentera/core/evidence/publication/entries'
import { ledgerOf } from '@lentera/core/evidence/publication/ledger'
import { judgePublication, projectPublication } from '@lentera/core/evidence/publication/project'
import type { Method, SignsAs } from '@lentera/core/evidence/publication/words'
import { Hash, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Role } from '@lentera/core/shared/roles'
import { randomBytes } from '@lentera/sealed/open'
import { hashNow } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../tools/database/testing/test-database.ts'
import { inventedColumns, inventedRecordsCsv } from '../../../tools/demonstration/invented-records.ts'
import { get } from '../../../tools/device/found.ts'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { ensureSecret } from '../../accounts/secret.ts'
import { openPool } from '../../database/database.ts'
import { exportLog } from '../../log/export.ts'
import { importLog } from '../../log/import.ts'
import { migrate } from '../../migrations/migrate.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import { portalHanded } from '../portal.ts'
import { releasesOf } from '../releases.ts'
import { findHoldingBytes, sealOlderHoldings, storeHolding } from './holding-bytes.ts'
import { preparationsOf } from './preparations.ts'

/** A steward proposes, the server makes, two people sign, the portal is handed it; and everyone who may not. */
let running: Running
let place: Place
let steward: Worker
let officer: Worker
let manager: Worker
let caseworker: Worker
const tokens = new Map<Worker, string>()

beforeAll(async () => {
  running = await runServer()
  place = await found(running.database, 'Poipet shelter')
  const worker = async (role: Role): Promise<Worker> => {
    const made = await join(running.database, place, [role], role)
    tokens.set(made, await signIn(running, made.viewer.programme, made.viewer.member))
    return made
  }
  steward = await worker('steward')
  officer = await worker('protection-officer')
  manager = await worker('manager')
  caseworker = await worker('caseworker')
})

afterAll(async () => {
  await running.stop()
})

const newStream = (): StreamId => StreamId.parse(randomUuid(randomBytes(16)))
const send = async (by: Worker): Promise<void> => expect(await by.device.push(by.door)).toEqual([])
const asked = <Body>(by: Worker | undefined, at: string, body?: unknown) =>
  ask<Body>(running.server.desk, at, { token: by && tokens.get(by), body })
const board = async (by: Worker = steward) => (await asked<PublicationBoard>(by, 'GET /api/publications')).body
const draftOf = async (stream: StreamId, by: Worker = steward) =>
  (await asked<PublicationDraft>(by, `GET /api/publications/${stream}`)).body

async function bring(
  form: 'records' | 'table',
  name: string,
  bytes: Uint8Array,
  rows: number,
  columns: readonly string[],
) {
  const hash = Hash.parse(hashNow(bytes))
  const { status } = await asked(steward, `PUT /api/publications/holdings/${hash}`, bytes)
  expect([200, 201]).toContain(status)
  const stream = newStream()
  const said = {
    form,
    name,
    publisher: 'Nobody (invented)',
    edition: '2026-09-30',
    source: 'Made from a seed',
    terms: 'None: invented',
    about: 'survivors',
    invented: true,
    hash,
    bytes: bytes.length,
    rows,
    columns: [...columns],
  } as const
  await steward.device.write(get(bringHolding(stream, steward.viewer.organisation, said, today)))
  await send(steward)
  return stream
}

const table = (rows: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`sex,form,persons\n${rows.join('\n')}\n`)
const counts = (f: readonly number[], m: readonly number[]): readonly string[] => {
  const forms = ['sexual', 'labour', 'other']
  const sum = (of: readonly number[]): number => of.reduce((all, each) => all + each, 0)
  return [
    ...forms.flatMap((form, at) => [
      `female,${form},${f[at]}`,
      `male,${form},${m[at]}`,
      `Total,${form},${(f[at] ?? 0) + (m[at] ?? 0)}`,
    ]),
    `female,Total,${sum(f)}`,
    `male,Total,${sum(m)}`,
    `Total,Total,${sum(f) + sum(m)}`,
  ]
}
const bringTable = (name: string, rows: readonly string[]) =>
  bring('table', name, table(rows), rows.length, ['sex', 'form', 'persons'])

const proposalOf = (address: string, from: Proposal['from'], method: Method): Proposal => ({
  address,
  title: { en: 'A title' },
  about: { en: 'What it tells of' },
  publisher: 'Poipet shelter (invented)',
  source: 'Invented records',
  licence: 'CC-BY-4.0',
  from,
  method,
})

async function propose(address: string, holding: StreamId, method: Method, form: 'records' | 'table') {
  const stream = newStream()
  const proposal = proposalOf(address, { kind: 'holding', holding }, method)
  const known = { addresses: [], form }
  await steward.device.write(get(proposePublication(stream, steward.viewer.organisation, proposal, known, today)))
  await send(steward)
  return stream
}

/** Asks until its making ended, one way or the other. */
async function prepared(stream: StreamId): Promise<Preparation | undefined> {
  await asked(steward, `POST /api/publications/${stream}/prepare`)
  for (;;) {
    const row = (await board()).publications.find((each) => each.stream === stream)
    if (row?.preparation?.state !== 'running') return row?.preparation ?? undefined
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function sign(by: Worker, stream: StreamId, as: SignsAs, hash: string): Promise<void> {
  by.device.learn([...steward.device.entries(stream), ...officer.device.entries(stream)])
  const publication = projectPublication(by.device.state(stream))
  if (!publication) throw new Error('nothing is proposed')
  const judged = judgePublication(publication, Hash.parse(hash))
  const signing = { hash: Hash.parse(hash), as, member: by.viewer.member }
  await by.device.write(get(signPublication(stream, judged, signing, today)))
  await send(by)
}

const publicly = async () => {
  const handed = await portalHanded(running.database)()
  return { ...handed, addresses: handed.publications.map(({ address }) => address) }
}

describe('who may not', () => {
  it('is told nothing of a draft or of what it was made of, and prepares nothing', async () => {
    const holding = await bringTable('Counts A', counts([40, 22, 12], [11, 31, 3]))
    const stream = await propose('counts-a', holding, { name: 'suppression', minimum: 5 }, 'table')
    for (const by of [officer, manager, caseworker])
      expect((await asked(by, `POST /api/publications/${stream}/prepare`)).status).toBe(404)
    expect((await asked(undefined, 'GET /api/publications')).status).toBe(401)
    expect(await prepared(stream)).toEqual({ state: 'made' })
    for (const [by, path, status] of [
      [caseworker, '', 404],
      [caseworker, '/picture', 404],
      [manager, '/picture', 404],
      [manager, '', 200],
      [steward, '/picture', 200],
      [officer, '/picture', 200],
    ] as const)
      expect([by.person.label, path, (await asked(by, `GET /api/publications/${stream}${path}`)).status]).toEqual([
        by.person.label,
        path,
        status,
      ])
    expect((await publicly()).addresses).toEqual([])
  })

  it('signs as nothing that she is not, and proposes nothing', async () => {
    const stream = (await board()).publications[0]?.stream
    if (!stream) throw new Error('one is proposed')
    const { hash } = await draftOf(stream)
    manager.device.learn(steward.device.entries(stream))
    const publication = projectPublication(manager.device.state(stream))
    if (!publication) throw new Error('one is proposed')
    const judged = judgePublication(publication, hash)
    const signing = { hash, as: 'protection-officer', member: manager.viewer.member } as const
    await manager.device.write(get(signPublication(stream, judged, signing, today)))
    expect(await manager.device.push(manager.door)).toMatchObject([{ refusal: { code: 'access.signs-as-another' } }])
    const proposal = proposalOf(
      'by-a-caseworker',
      { kind: 'facts', indicators: ['survivors-supported'], cutOff: '2026-10-01' },
      { name: 'cut-off-tables' },
    )
    const own = caseworker.viewer.organisation
    await caseworker.device.write(
      get(proposePublication(newStream(), own, proposal, { addresses: [], form: null }, today)),
    )
    expect(await caseworker.device.push(caseworker.door)).toMatchObject([{ refusal: { code: 'access.role' } }])
  })
})

describe('a table of counts', () => {
  it('is on the portal when a steward and a protection officer have signed that very content, and not before', async () => {
    const stream = (await board()).publications[0]?.stream
    if (!stream) throw new Error('one is proposed')
    const draft = await draftOf(stream)
    expect(draft.inside.audit).toMatchObject({ open: 0, earlier: 0, minimum: 5 })
    expect(draft.inside.audit?.hidden).toBeGreaterThan(1)
    await sign(steward, stream, 'steward', draft.hash)
    expect((await publicly()).addresses).toEqual([])
    await sign(officer, stream, 'protection-officer', hashNow('another content'))
    expect((await publicly()).addresses).toEqual([])
    await sign(officer, stream, 'protection-officer', draft.hash)
    const { addresses, publication } = await publicly()
    expect(addresses).toEqual(['counts-a'])
    const shown = await publication('counts-a')
    expect(shown).toMatchObject({
      hash: draft.hash,
      releasedOn: today,
      method: { name: 'suppression', minimum: 5 },
      demonstration: true,
      withdrawn: null,
      unit: 'persons',
    })
    if (shown?.data.kind !== 'table') throw new Error('it is a table')
    const small = shown.data.cells.filter(({ value }) => value !== null && value > 0 && value < 5)
    expect(small).toEqual([])
  })

  it('is made once: a second making of the same proposal is the first', async () => {
    const stream = (await board()).publications[0]?.stream
    if (!stream) throw new Error('one is proposed')
    const before = await draftOf(stream)
    expect((await asked<Preparation>(steward, `POST /api/publications/${stream}/prepare`)).body).toEqual({
      state: 'made',
    })
    expect((await draftOf(stream)).hash).toBe(before.hash)
  })

  it('that differs from an earlier one of the same people by one person has nothing new, and says what is; so under any name', async () => {
    const holding = await bringTable('counts  a', counts([41, 22, 12], [11, 31, 3]))
    const stream = await propose('counts-a-2', holding, { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(stream)).toEqual({
      state: 'refused',
      refusal: { code: 'publication.nothing-new', values: { least: 5 } },
    })
    const renamed = counts([41, 22, 12], [11, 31, 3]).map((row) => row.split(',').toSpliced(1, 0, 'all ages').join(','))
    const other = await bring(
      'table',
      'Other counts',
      new TextEncoder().encode(`gender,age,kind,persons\n${renamed.join('\n')}\n`),
      renamed.length,
      ['gender', 'age', 'kind', 'persons'],
    )
    const under = await propose('other-counts', other, { name: 'dp-table', epsilon: 100 }, 'table')
    expect(await prepared(under)).toMatchObject({ refusal: { code: 'publication.no-budget' } })
    const hiding = await propose('other-counts-2', other, { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(hiding)).toEqual({
      state: 'refused',
      refusal: { code: 'publication.same-people', values: { name: 'Counts A' } },
    })
  })

  it('whose later edition two sign shows nobody who came, left or was corrected since, and says that it stands', async () => {
    const method = { name: 'suppression', minimum: 5 } as const
    const released = async (address: string, rows: readonly string[]) => {
      const stream = await propose(address, await bringTable('Editions', rows), method, 'table')
      expect(await prepared(stream)).toEqual({ state: 'made' })
      const { hash, content } = await draftOf(stream)
      await sign(steward, stream, 'steward', hash)
      await sign(officer, stream, 'protection-officer', hash)
      expect((await publicly()).addresses).toContain(address)
      return content
    }
    await released('editions-1', counts([46, 82, 19], [132, 145, 194]))
    // One of 145 left; 25 came elsewhere.
    const second = await released('editions-2', counts([46, 82, 44], [132, 144, 194]))
    expect(second.method).toEqual({ ...method, stood: true })
    const values = second.data.kind === 'table' ? second.data.cells.map(({ value }) => value) : []
    expect(values).not.toContain(null)
    expect(values.slice(0, 12).toSorted()).toEqual([46, 132, 178, 82, 145, 227, 44, 194, 238, 172, 471, 643].toSorted())
    const third = await propose(
      'editions-3',
      await bringTable('Editions', counts([46, 82, 44], [132, 146, 194])),
      method,
      'table',
    )
    expect(await prepared(third)).toMatchObject({ refusal: { code: 'publication.nothing-new' } })
  })

  it('whose draft stands in another’s way under a wrong name says so, and is out of it once it is withdrawn', async () => {
    const method = { name: 'suppression', minimum: 5 } as const
    const rows = counts([71, 25, 38], [52, 47, 66])
    const mistyped = await propose('mistyped', await bringTable('Mistypd', rows), method, 'table')
    expect(await prepared(mistyped)).toEqual({ state: 'made' })
    const again = await propose('typed', await bringTable('Mistyped', rows), method, 'table')
    expect(await prepared(again)).toMatchObject({
      refusal: { code: 'publication.same-people-draft', values: { address: 'mistyped' } },
    })
    const one = await bringTable('Mistyped too', counts([72, 25, 38], [52, 47, 66]))
    expect(await prepared(await propose('typed-too', one, method, 'table'))).toMatchObject({
      refusal: { code: 'publication.same-people-draft', values: { name: 'Mistypd', address: 'mistyped' } },
    })
    officer.device.learn(steward.device.entries(mistyped))
    const publication = projectPublication(officer.device.state(mistyped))
    if (!publication) throw new Error('one is proposed')
    await officer.device.write(get(withdrawPublication(mistyped, publication, 'A wrong name.', today)))
    await send(officer)
    expect(await prepared(again)).toEqual({ state: 'made' })
  })

  it('that was withdrawn before two had signed it stands in nobody’s way: its proposer may choose its zeros anew', async () => {
    const holding = await bringTable('Zeros', counts([0, 3, 40], [17, 9, 33]))
    const hiding = await propose('zeros-hidden', holding, { name: 'suppression', minimum: 5, zeros: 'hide' }, 'table')
    expect(await prepared(hiding)).toEqual({ state: 'made' })
    expect((await draftOf(hiding)).inside.zeros).toMatchObject({ chosen: 'hide' })
    const showing = await propose('zeros-shown', holding, { name: 'suppression', minimum: 5, zeros: 'show' }, 'table')
    expect(await prepared(showing)).toEqual({
      state: 'refused',
      refusal: { code: 'publication.zeros-differ', values: { zeros: 'hide' } },
    })
    officer.device.learn(steward.device.entries(hiding))
    const publication = projectPublication(officer.device.state(hiding))
    if (!publication) throw new Error('one is proposed')
    await officer.device.write(get(withdrawPublication(hiding, publication, 'Zeros are shown instead.', today)))
    await send(officer)
    expect(await prepared(showing)).toEqual({ state: 'made' })
    const { content, inside } = await draftOf(showing)
    expect(content.method).toEqual({ name: 'suppression', minimum: 5, zeros: 'shown' })
    expect(inside.audit).toMatchObject({ open: 0, earlier: 0 })
    expect(inside.addsUp?.map(({ field }) => field)).toEqual(['sex', 'form'])
  })

  it('with a name in it, or with totals that do not add up, is refused with the reason and nothing is kept', async () => {
    const named = new TextEncoder().encode('full name,sex,persons\nA,female,3\nB,male,4\n')
    const holding = await bring('table', 'Names', named, 2, ['full name', 'sex', 'persons'])
    const stream = await propose('names', holding, { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(stream)).toMatchObject({ refusal: { code: 'tables.names-column' } })
    const first = new TextEncoder().encode('survivor,country,persons\nMalee,TH,1\nSokha,KH,1\nThida,MM,1\n')
    const unsaid = await bring('table', 'First names', first, 3, ['survivor', 'country', 'persons'])
    const hidden = await propose('first-names', unsaid, { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(hidden)).toMatchObject({ refusal: { code: 'tables.looks-like-names' } })
    const rows = counts([90, 8, 61], [27, 70, 19]).with(-1, 'Total,Total,900')
    const wrong = await propose('wrong', await bringTable('Wrong', rows), { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(wrong)).toMatchObject({ refusal: { code: 'protect.totals-do-not-add-up' } })
    expect((await asked(steward, `GET /api/publications/${wrong}`)).status).toBe(404)
  })
})

describe('records', () => {
  const rows = 3000
  const csv = inventedRecordsCsv(rows, 11)

  it('spend nothing where no protection officer has set a budget, and never more than it', async () => {
    const holding = await bring('records', 'Records (invented)', csv, rows, inventedColumns)
    const method = { name: 'dp-records', epsilon: 3000, deltaExponent: 6, length: 3 } as const
    const first = await propose('records', holding, method, 'records')
    expect(await prepared(first)).toMatchObject({ refusal: { code: 'publication.no-budget' } })
    const population = { kind: 'holding', publisher: 'Nobody (invented)', name: 'Records (invented)' } as const
    const said = { epsilon: 4000, deltaExponent: 5, why: 'Two releases a year' }
    const ledger = ledgerOf(population, [], [])
    await officer.device.write(
      get(setBudget(newStream(), officer.viewer.organisation, population, said, ledger, today)),
    )
    await send(officer)
    expect(await prepared(first)).toEqual({ state: 'made' })
    const draft = await draftOf(first)
    expect(draft.content.method).toEqual({ name: 'dp-records', epsilon: 3, delta: 1e-6, length: 3 })
    expect(draft.spending).toMatchObject({
      before: { epsilon: 4000, delta: 10_000_000 },
      after: { epsilon: 1000, delta: 9_000_000 },
    })
    expect(draft.inside.quality?.byLength.map(({ length }) => length)).toEqual([1, 2, 3])
    expect(draft.content.quality?.byLength.length).toBe(3)
    const second = await propose('records-2', holding, method, 'records')
    expect(await prepared(second)).toEqual({
      state: 'refused',
      refusal: { code: 'publication.overspends', values: { asked: '3', left: '1', budget: '4' } },
    })
  })

  it('of the same bytes under another name have no budget of their own', async () => {
    const holding = await bring('records', 'Others (invented)', csv, rows, inventedColumns)
    const stream = await propose('others', holding, { name: 'k-records', k: 10, length: 3 }, 'records')
    expect(await prepared(stream)).toMatchObject({ refusal: { code: 'publication.same-people' } })
  })

  it('held by k are made once: not again with one person fewer, nor of the same at another k', async () => {
    const other = inventedRecordsCsv(rows, 12)
    const lines = new TextDecoder().decode(other).trimEnd().split('\n')
    const method = { name: 'k-records', k: 10, length: 3 } as const
    const one = await bring('records', 'Held (invented)', other, rows, inventedColumns)
    expect(await prepared(await propose('held', one, method, 'records'))).toEqual({ state: 'made' })
    const fewer = new TextEncoder().encode(`${lines.slice(0, -1).join('\n')}\n`)
    const two = await bring('records', 'Held (invented)', fewer, rows - 1, inventedColumns)
    expect(await prepared(await propose('held-2', two, method, 'records'))).toEqual({
      state: 'refused',
      refusal: { code: 'publication.made-once', values: {} },
    })
    for (const k of [5, 10])
      expect(await prepared(await propose(`held-${k}`, one, { ...method, k }, 'records'))).toMatchObject({
        refusal: { code: 'publication.made-once', values: {} },
      })
  })

  it('of fewer than a thousand survivors do not leave, whatever the method', async () => {
    const few = inventedRecordsCsv(999, 13)
    const holding = await bring('records', 'Few (invented)', few, 999, inventedColumns)
    const stream = await propose('few', holding, { name: 'k-records', k: 10, length: 3 }, 'records')
    expect(await prepared(stream)).toMatchObject({ refusal: { code: 'records.too-few' } })
  })
})

describe('a data set that was imported as evidence', () => {
  async function imported(dataset: 'glotip' | 'ctdc', text: string): Promise<StreamId> {
    const run = get(await dryRun(dataset, new TextEncoder().encode(text), today))
    const hash = Hash.parse(hashNow(run.content))
    expect((await asked(steward, `PUT /api/evidence/blobs/${hash}`, run.content)).status).toBe(201)
    const stream = newStream()
    const command = {
      stream,
      hash,
      rowsHash: Hash.parse(hashNow(rowsText(run.table))),
      edition: '2026-05',
      leaveOutUnreadable: false,
      imported: [],
    }
    await steward.device.write(get(importDataSet(run, command, today)))
    await send(steward)
    return stream
  }

  it('of coded records becomes made records; one whose small counts its publisher hid already is closed by hiding further', async () => {
    const rows = inventedRecordsCsv(1500, 31)
    const lines = new TextDecoder().decode(rows).trimEnd().split('\n')
    const named = lines.with(0, 'yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,form,control')
    const records = await imported('ctdc', `${named.join('\n')}\n`)
    expect((await board()).holdings.find(({ stream }) => stream === records)).toMatchObject({
      isDataSet: true,
      form: 'records',
      rows: 1500,
    })
    const made = await propose('from-a-data-set', records, { name: 'k-records', k: 10, length: 3 }, 'records')
    expect(await prepared(made)).toEqual({ state: 'made' })
    const glotip = [
      'Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source',
      'KHM,Cambodia,Asia,SEA,Detected trafficking victims,Total,Total,Female,Total,2020,Counts,12,x',
      'KHM,Cambodia,Asia,SEA,Detected trafficking victims,Total,Total,Male,Total,2020,Counts,<5,x',
    ]
    const table = await imported('glotip', `${glotip.join('\n')}\n`)
    const hidden = await propose('from-unodc', table, { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(hidden)).toEqual({ state: 'made' })
  })
})

describe('the making', () => {
  const rows = 3000
  const csv = inventedRecordsCsv(rows, 21)

  it('is stopped by a steward and leaves nothing, not even what it would have spent; and may be begun again', async () => {
    const holding = await bring('records', 'Stopped (invented)', csv, rows, inventedColumns)
    const stream = await propose('stopped', holding, { name: 'k-records', k: 10, length: 3 }, 'records')
    expect((await asked<Preparation>(steward, `POST /api/publications/${stream}/prepare`)).body.state).toBe('running')
    expect((await asked(steward, `POST /api/publications/${stream}/cancel`)).status).toBe(200)
    for (;;) {
      const row = (await board()).publications.find((each) => each.stream === stream)
      if (row?.preparation?.state !== 'running') break
      await new Promise((resolve) => setImmediate(resolve))
    }
    const [kept] = await running.database.asPublisher((transaction) =>
      transaction.query('kept', 'select 1 from lentera.publication_content where publication = $1', [stream]),
    )
    expect(kept).toBeUndefined()
    expect(await prepared(stream)).toEqual({ state: 'made' })
  })

  it('on two servers at once spends no more than there is: what the second made was never seen, and is not kept', async () => {
    const other = inventedRecordsCsv(rows, 22)
    const holding = await bring('records', 'Twice (invented)', other, rows, inventedColumns)
    const population = { kind: 'holding', publisher: 'Nobody (invented)', name: 'Twice (invented)' } as const
    const said = { epsilon: 3000, deltaExponent: 5, why: 'One release' }
    const own = officer.viewer.organisation
    const budget = setBudget(newStream(), own, population, said, ledgerOf(population, [], []), today)
    await officer.device.write(get(budget))
    await send(officer)
    const method = { name: 'dp-records', epsilon: 2000, deltaExponent: 6, length: 2 } as const
    const streams = [
      await propose('twice-1', holding, method, 'records'),
      await propose('twice-2', holding, method, 'records'),
    ]
    const outcomes = await onTwoServers(streams)
    expect(outcomes.map((each) => each?.state).toSorted()).toEqual(['made', 'refused'])
    expect(outcomes.find((each) => each?.state === 'refused')).toMatchObject({
      refusal: { code: 'publication.overspends', values: { asked: '2', left: '1' } },
    })
  })

  it('on two servers at once knows the same people all the same: what the second made is begun anew beside the first', async () => {
    const rows = counts([71, 33, 24], [19, 46, 28])
    const method = { name: 'suppression', minimum: 5 } as const
    const streams = [
      await propose('at-once-1', await bringTable('At once', rows), method, 'table'),
      await propose('at-once-2', await bringTable('At once, called otherwise', [...rows].reverse()), method, 'table'),
    ]
    const outcomes = await onTwoServers(streams)
    expect(outcomes.map((each) => each?.state).toSorted()).toEqual(['made', 'refused'])
    expect(outcomes.find((each) => each?.state === 'refused')).toMatchObject({
      refusal: { code: 'publication.same-people-draft' },
    })
  })

  async function onTwoServers(streams: readonly StreamId[]): Promise<readonly (Preparation | undefined)[]> {
    const source = {
      database: running.database,
      releases: releasesOf(running.database),
      secret: await ensureSecret(running.dataFolder),
      events: { record: () => undefined, settled: async () => undefined },
    }
    const servers = streams.map((stream) => ({ stream, preparations: preparationsOf(source) }))
    await Promise.all(servers.map(({ stream, preparations }) => preparations.prepare(steward.viewer, stream)))
    const ended = async ({ stream, preparations }: (typeof servers)[number]): Promise<Preparation | undefined> => {
      for (;;) {
        const now = preparations.find(stream)
        if (now?.state !== 'running') return now
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const outcomes: (Preparation | undefined)[] = []
    for (const server of servers) outcomes.push(await ended(server))
    for (const { preparations } of servers) await preparations.stop()
    return outcomes
  }
})

describe('the bytes of a holding', () => {
  const rows = counts([64, 39, 27], [18, 52, 35])
  /** Stands in the file and nowhere else. */
  const marker = 'PLANTED-IN-A-HOLDING'
  const planted = rows.map((row) => row.replace('labour', marker))

  it('are brought by a steward alone, and are what their address says', async () => {
    const bytes = table(planted)
    const at = `PUT /api/publications/holdings/${hashNow(bytes)}`
    for (const by of [officer, manager, caseworker]) expect((await asked(by, at, bytes)).status).toBe(404)
    expect((await asked(undefined, at, bytes)).status).toBe(401)
    const wrong = await asked(steward, `PUT /api/publications/holdings/${hashNow('other')}`, bytes)
    expect(wrong.body).toMatchObject({ refusal: { code: 'evidence.bytes-not-as-named' } })
    expect((await asked(steward, at, bytes)).status).toBe(201)
    expect((await asked(steward, at, bytes)).status).toBe(200)
  })

  it('lie in no table and in no export to be read, and open with the secret of this server alone', async () => {
    const holding = await bringTable('Sealed', planted)
    const bytes = table(planted)
    const hash = Hash.parse(hashNow(bytes))
    const of = { programme: steward.viewer.programme, hash }
    const secret = await ensureSecret(running.dataFolder)
    const find = (by: Uint8Array, asOf = of) =>
      running.database.asViewer(steward.viewer, (transaction) => findHoldingBytes(transaction, by, asOf))
    expect(await find(secret)).toEqual(bytes)
    expect(await find(new Uint8Array(32))).toBeUndefined()
    const lying = await running.database.asOwner((transaction) =>
      transaction.query<{ bytes: Uint8Array }>(
        'all bytes',
        'select sealed as bytes from lentera.holding_bytes union all select bytes from lentera.blob',
      ),
    )
    expect(lying.length).toBeGreaterThan(3)
    for (const each of lying) expect(Buffer.from(each.bytes).includes(marker)).toBe(false)
    for await (const line of exportLog(running.database)) {
      expect(JSON.stringify(line)).not.toContain(marker)
      if (line.line === 'blob') expect(Buffer.from(line.bytes, 'base64url').includes(marker)).toBe(false)
    }
    // One bit of it changed, or laid under another name, and it does not open.
    await running.database.asOwner((transaction) =>
      transaction.query(
        'change a bit',
        'update lentera.holding_bytes set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where hash = $1',
        [hash],
      ),
    )
    expect(await find(secret)).toBeUndefined()
    const stream = await propose('sealed', holding, { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(stream)).toMatchObject({ refusal: { code: 'publication.bytes-missing' } })
    // As that says: the same file brought again is sealed anew.
    expect((await asked(steward, `PUT /api/publications/holdings/${hash}`, bytes)).status).toBe(200)
    expect(await prepared(stream)).toEqual({ state: 'made' })
  })

  it('of an earlier release that cannot be read are asked for, before anything is made beside it', async () => {
    const bytes = table(planted)
    const hash = Hash.parse(hashNow(bytes))
    const of = { programme: steward.viewer.programme, hash }
    await running.database.asViewer(steward.viewer, (transaction) =>
      storeHolding(transaction, new Uint8Array(32), of, bytes),
    )
    const next = await bringTable('Next', counts([81, 24, 33], [15, 62, 29]))
    const stream = await propose('next', next, { name: 'suppression', minimum: 5 }, 'table')
    expect(await prepared(stream)).toEqual({
      state: 'refused',
      refusal: { code: 'publication.earlier-file-missing', values: { name: 'Sealed' } },
    })
    expect((await asked(steward, `PUT /api/publications/holdings/${hash}`, bytes)).status).toBe(200)
    expect(await prepared(stream)).toEqual({ state: 'made' })
  })

  it('that lay open before are sealed by the next start', async () => {
    const bytes = table(planted)
    const hash = Hash.parse(hashNow(bytes))
    await running.database.asOwner(async (transaction) => {
      await transaction.query('none is sealed', 'delete from lentera.holding_bytes where hash = $1', [hash])
      await transaction.query(
        'one lies open',
        'insert into lentera.blob (programme, hash, bytes) values ($1, $2, $3)',
        [steward.viewer.programme, hash, bytes],
      )
    })
    const secret = await ensureSecret(running.dataFolder)
    expect(await sealOlderHoldings(running.database, secret)).toBe(1)
    expect(await sealOlderHoldings(running.database, secret)).toBe(0)
    const left = await running.database.asOwner((transaction) =>
      transaction.query('left', 'select 1 from lentera.blob where hash = $1', [hash]),
    )
    expect(left).toEqual([])
    const of = { programme: steward.viewer.programme, hash }
    expect(
      await running.database.asViewer(steward.viewer, (transaction) => findHoldingBytes(transaction, secret, of)),
    ).toEqual(bytes)
  })
})

describe('a withdrawn publication', () => {
  it('keeps its page with the reason, and its data are gone from that moment', async () => {
    const released = (await board()).publications.filter(({ judged }) => judged.standing === 'released')
    for (const each of released) officer.device.learn(steward.device.entries(each.stream))
    const stream = released.find(
      (each) => projectPublication(officer.device.state(each.stream))?.proposal.address === 'counts-a',
    )?.stream
    if (!stream) throw new Error('one is released')
    const publication = projectPublication(officer.device.state(stream))
    if (!publication) throw new Error('one is released')
    await officer.device.write(get(withdrawPublication(stream, publication, 'A column was read wrongly.', today)))
    await send(officer)
    const { publications, publication: find } = await publicly()
    const withdrawn = publications.find(({ address }) => address === 'counts-a')
    expect(withdrawn).toMatchObject({ withdrawn: { on: today, why: 'A column was read wrongly.' } })
    expect(withdrawn).not.toHaveProperty('data')
    expect(await find('counts-a')).toBeUndefined()
  })
})

describe('a content', () => {
  it('is kept as it was made: the publishing role inserts and changes nothing, the application sees none of it', async () => {
    const stream = (await board()).publications[0]?.stream
    await expect(
      running.database.asPublisher((transaction) =>
        transaction.query('change', 'update lentera.publication_content set hash = $1', ['x']),
      ),
    ).rejects.toThrow(/permission denied/)
    await expect(
      running.database.asPublisher((transaction) =>
        transaction.query('drop', 'delete from lentera.publication_content'),
      ),
    ).rejects.toThrow(/permission denied/)
    await expect(
      running.database.asViewer(steward.viewer, (transaction) =>
        transaction.query('look', 'select * from lentera.publication_content where publication = $1', [stream]),
      ),
    ).rejects.toThrow(/permission denied/)
  })

  it('is judged by streams of publishing alone: of other streams the publishing role sees no row', async () => {
    const nouns = await running.database.asPublisher((transaction) =>
      transaction.query<{ noun: string }>('nouns', 'select distinct noun from lentera.stream order by noun'),
    )
    expect(nouns.map(({ noun }) => noun)).toEqual(['data-set', 'holding', 'publication', 'release-budget'])
  })
})

describe('an exported log', () => {
  it('brings what was made to be published to the next server, byte for byte, and what it spent', async () => {
    const lines: string[] = []
    for await (const line of exportLog(running.database)) lines.push(JSON.stringify(line))
    const test = await createTestDatabase()
    await migrate(test.ownerUrl)
    const other = openPool(test.ownerUrl, 2)
    try {
      const given = async function* (of: readonly string[]) {
        yield* of
      }
      const forged = lines.map((line) =>
        line.includes('"publication-content"') ? line.replace('Poipet shelter (invented)', 'Somebody else') : line,
      )
      expect(await importLog(other, given(forged))).toMatchObject({ refusal: { code: 'log.import-unreadable' } })
      expect(await importLog(other, given(lines))).toMatchObject({ ok: true })
      const contents = (database: typeof other) =>
        database.asOwner((transaction) =>
          transaction.query('all', 'select * from lentera.publication_content order by publication'),
        )
      expect(await contents(other)).toEqual(await contents(running.database))
    } finally {
      await other.close()
      await test.drop()
    }
  })
})
