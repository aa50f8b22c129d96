import { existsSync, readFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { citeFact, dryRun, earlierRowsText, importDataSet, rowsText } from '@lentera/core/evidence/capture'
import { brochureFacts } from '@lentera/core/evidence/cited'
import { DataSetImported, type FactCited } from '@lentera/core/evidence/entries'
import { indexRows, rowsOf } from '@lentera/core/evidence/figures'
import type { Draft } from '@lentera/core/log/draft'
import type { Figure } from '@lentera/core/results/figure'
import { randomUuid, StreamId } from '@lentera/core/shared/ids'
import { hashNow, randomBytes } from '@lentera/sealed/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { accepted, judge, place as placeBatch } from '../../log/append.ts'
import { exportLog } from '../../log/export.ts'
import { importLog } from '../../log/import.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import { type EvidenceBoard, evidenceBoard } from './board.ts'
import { readDataSet } from './data-sets.ts'

/** UNODC's table as published; tests that need the real one say plainly that they were skipped where it is absent. */
const glotipFile = path(import.meta.dirname, '../../../../shared/data/glotip/data_glotip_2023-05-30.csv.gz')
const ctdcFile = path(import.meta.dirname, '../../../../shared/data/ctdc/kanon_2020-04-14_core7.csv.gz')
const areAtHand = existsSync(glotipFile) && existsSync(ctdcFile)
if (!areAtHand) console.warn('SKIPPED: the published tables are not at hand (../shared/data)')

let running: Running
let place: Place
let sok: Worker
let steward: string
let caseworker: string

beforeAll(async () => {
  running = await runServer()
  place = await found(running.database, 'Poipet shelter')
  const { programme } = place.organisation
  sok = await join(running.database, place, ['steward'], 'Steward 1')
  const bopha = await join(running.database, place, ['caseworker'], 'Caseworker 1')
  steward = await signIn(running, programme, sok.viewer.member)
  caseworker = await signIn(running, programme, bopha.viewer.member)
})

afterAll(async () => {
  await running.stop()
})

const small = new TextEncoder().encode(
  [
    'Detected trafficking victims,30/05/2023',
    'Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,VALUE,Source',
    'KHM,Cambodia,Asia,South-eastern Asia,Detected trafficking victims,Total,Total,Female,Total,2018,Counts,"1,200",UNODC',
    'KHM,Cambodia,Asia,South-eastern Asia,Detected trafficking victims,Total,Total,Male,Total,2018,Counts,<5,UNODC',
    'THA,Thailand,Asia,South-eastern Asia,Detected trafficking victims,Total,Total,Male,Total,2018,Counts,600,UNODC',
    '',
  ].join('\n'),
)

const bring = (bytes: Uint8Array, token: string, hash: string = hashNow(bytes)) =>
  ask<{ refusal: { code: string } }>(running.server.desk, `PUT /api/evidence/blobs/${hash}`, { body: bytes, token })
const newStream = (): StreamId => StreamId.parse(randomUuid(randomBytes(16)))

async function draftsFor(
  dataset: 'glotip' | 'ctdc',
  bytes: Uint8Array,
  edition = '2023-05-30',
): Promise<readonly Draft[]> {
  const run = await dryRun(dataset, bytes, today)
  if (!run.ok) throw new Error(run.refusal.code)
  const hash = hashNow(run.value.content)
  const decided = importDataSet(
    run.value,
    {
      stream: newStream(),
      hash,
      rowsHash: hashNow(rowsText(run.value.table)),
      edition,
      leaveOutUnreadable: false,
      imported: [],
    },
    today,
  )
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value
}

function citing(fact: FactCited): Draft {
  const cited = citeFact(newStream(), fact, today)
  const [entry] = cited.ok ? cited.value : []
  if (!entry) throw new Error('a citation is an entry')
  return entry
}

async function importAs(worker: Worker, dataset: 'glotip' | 'ctdc', bytes: Uint8Array, edition?: string) {
  await worker.device.write(await draftsFor(dataset, bytes, edition))
  return worker.device.push(worker.door)
}

describe('bytes', () => {
  it('are taken from a steward only, and only under their own hash; the same again are there already', async () => {
    expect((await bring(small, caseworker)).status).toBe(404)
    const misnamed = await bring(small, steward, hashNow('other bytes'))
    expect([misnamed.status, misnamed.body.refusal.code]).toEqual([400, 'evidence.bytes-not-as-named'])
    expect((await bring(small, steward)).status).toBe(201)
    expect((await bring(small, steward)).status).toBe(200)
  })
})

describe('an import', () => {
  it('whose file was not brought first is refused, and whose file holds other than it says', async () => {
    const other = new TextEncoder().encode(`${new TextDecoder().decode(small)}`.replace('600', '601'))
    const missing = await importAs(sok, 'glotip', other)
    expect(missing).toMatchObject([{ outcome: 'refused', refusal: { code: 'evidence.bytes-missing' } }])
    const [honest] = await draftsFor('glotip', small)
    if (!honest) throw new Error('an import is an entry')
    await sok.device.write([{ ...honest, coded: { ...honest.coded, rows: 4 } }])
    expect(await sok.device.push(sok.door)).toMatchObject([
      { outcome: 'refused', refusal: { code: 'evidence.rows-differ', values: { said: 4, read: 3 } } },
    ])
    const rows = await running.database.asOwner((transaction) =>
      transaction.query('rows', 'select 1 from lentera.data_set_row'),
    )
    expect(rows).toEqual([])
  })

  it('keeps every row as it is and shows what it says, with its interval, and the cited facts beside it', async () => {
    await bring(small, steward)
    expect(await importAs(sok, 'glotip', small)).toEqual([])
    await sok.device.write(brochureFacts.map(citing))
    expect(await sok.device.push(sok.door)).toEqual([])
    const { body } = await ask<EvidenceBoard>(running.server.desk, 'GET /api/evidence', { token: caseworker })
    expect(body.dataSets).toMatchObject([{ dataset: 'glotip', rows: 3, edition: '2023-05-30' }])
    expect(body.facts.map((fact) => 'tenths' in fact.value && fact.value.tenths).toSorted()).toEqual([
      140, 650, 770, 90,
    ])
    const [said] = body.figures
    expect(said?.dataset === 'glotip' && said.figures.femaleShare.everyRow.share).toEqual({
      value: { numerator: 1200, denominator: 1800 },
      low: { numerator: 1200, denominator: 1804 },
      high: { numerator: 1200, denominator: 1800 },
    })
  })

  it('brought a second time, by someone who did not know, changes no figure', async () => {
    const before = await ask<EvidenceBoard>(running.server.desk, 'GET /api/evidence', { token: steward })
    expect(await importAs(sok, 'glotip', small)).toEqual([])
    const after = await ask<EvidenceBoard>(running.server.desk, 'GET /api/evidence', { token: steward })
    expect(after.body.figures).toHaveLength(before.body.figures.length)
  })

  it('of an earlier edition stands behind the newest, whichever was brought last', async () => {
    const earlier = new TextEncoder().encode(`${new TextDecoder().decode(small).trimEnd()}\n`.replace('2018', '2017'))
    await bring(earlier, steward)
    expect(await importAs(sok, 'glotip', earlier, '2019-01-31')).toEqual([])
    const { body } = await ask<EvidenceBoard>(running.server.desk, 'GET /api/evidence', { token: steward })
    expect(body.dataSets.map(({ edition }) => edition)).toEqual(['2023-05-30', '2019-01-31'])
  })
})

describe('a table with a year that has not come', () => {
  it('is kept as it is, and the board is of the newest year that had', async () => {
    const bytes = new TextEncoder().encode(
      new TextDecoder().decode(small).replace('Female,Total,2018', 'Female,Total,2099').replaceAll('2018', '2014'),
    )
    await bring(bytes, steward)
    expect(await importAs(sok, 'glotip', bytes, '2015-06-30')).toEqual([])
    const { body } = await ask<EvidenceBoard>(running.server.desk, 'GET /api/evidence', { token: steward })
    const stream = body.dataSets.find(({ edition }) => edition === '2015-06-30')?.stream
    const said = body.figures.find((figures) => figures.stream === stream)
    expect(said?.dataset === 'glotip' && [said.year, said.figures.coverage.years]).toEqual([
      2014,
      { first: 2014, last: 2099 },
    ])
  })
})

describe('a table that was brought twice', () => {
  const text = new TextDecoder().decode(small).replace('600', '612')
  const rowsOf = (year: string) => new TextEncoder().encode(text.replaceAll('2018', year))
  const board = async (): Promise<EvidenceBoard> =>
    (await ask<EvidenceBoard>(running.server.desk, 'GET /api/evidence', { token: steward })).body
  /** As an old or a hostile program writes it: no word of the rows. */
  const withoutRowsHash = async (bytes: Uint8Array, edition: string): Promise<readonly Draft[]> =>
    (await draftsFor('glotip', bytes, edition)).map((each) => {
      const { rowsHash: _, ...coded } = each.coded
      return { ...each, coded }
    })

  it('in other bytes, by an entry that keeps silent about its rows, counts once and is shown as brought again', async () => {
    const before = await board()
    const [first, again] = [
      rowsOf('2016'),
      new TextEncoder().encode(`A line above\n${new TextDecoder().decode(rowsOf('2016'))}`),
    ]
    await Promise.all([bring(first, steward), bring(again, steward)])
    expect(await importAs(sok, 'glotip', first, '2020-01-31')).toEqual([])
    await sok.device.write(await withoutRowsHash(again, '2021-01-31'))
    expect(await sok.device.push(sok.door)).toEqual([])
    const after = await board()
    expect([after.dataSets.length, after.figures.length]).toEqual([
      before.dataSets.length + 1,
      before.figures.length + 1,
    ])
    const [counted] = after.dataSets.filter(({ repeats }) => repeats.some(({ edition }) => edition === '2021-01-31'))
    // The first brought counts, whatever edition or day the second claims.
    expect(counted).toMatchObject({ edition: '2020-01-31', repeats: [{ importedOn: today }] })
    const run = await dryRun('glotip', first, today)
    expect(run.ok && hashNow(rowsText(run.value.table))).toBe(counted?.rowsHash)
  })

  it('by two devices at once, neither of which knew of the other, loses neither entry and counts once', async () => {
    const dara = await join(running.database, place, ['steward'], 'Steward 2')
    const bytes = rowsOf('2017')
    await bring(bytes, steward)
    const before = await board()
    const refused = await Promise.all([sok, dara].map((each) => importAs(each, 'glotip', bytes, '2020-02-29')))
    expect(refused).toEqual([[], []])
    const after = await board()
    expect(after.figures).toHaveLength(before.figures.length + 1)
    expect(after.dataSets.find(({ edition }) => edition === '2020-02-29')?.repeats).toHaveLength(1)
  })

  it('because an answer was lost is there already: nothing is repeated', async () => {
    const bytes = rowsOf('2015')
    await bring(bytes, steward)
    await sok.device.write(await draftsFor('glotip', bytes, '2020-03-31'))
    const batch = await sok.device.nextBatch()
    if (!batch) throw new Error('an import is an entry')
    const [first, second] = [await sok.door(batch), await sok.door(batch)]
    expect(first).toMatchObject({ ok: true, outcomes: [{ outcome: 'stored' }] })
    expect(second).toMatchObject({ ok: true, outcomes: [{ outcome: 'already there' }] })
    sok.device.placed(batch, second)
    expect((await board()).dataSets.find(({ edition }) => edition === '2020-03-31')?.repeats).toEqual([])
  })
})

describe('an entry that a device of this version would not write', () => {
  const bytes = new TextEncoder().encode(new TextDecoder().decode(small).replace('600', '613'))
  it.each([
    [{ edition: 'yesterday 2' }, 'evidence.edition-not-understood'],
    [{ edition: '1850-01-01' }, 'evidence.rows-after-edition'],
    [{ edition: '2099' }, 'evidence.edition-in-the-future'],
    [{ edition: '30/05/2023' }, 'evidence.edition-not-understood'],
    [{ leftOut: 5 }, 'evidence.entry-differs'],
    [{ bytes: 1 }, 'evidence.entry-differs'],
    [{ columns: ['Iso3_code'] }, 'evidence.entry-differs'],
  ])('%j is refused by name', async (lie, code) => {
    await bring(bytes, steward)
    const [honest] = await draftsFor('glotip', bytes)
    if (!honest) throw new Error('an import is an entry')
    await sok.device.write([{ ...honest, coded: { ...honest.coded, ...lie } }])
    expect(await sok.device.push(sok.door)).toMatchObject([{ outcome: 'refused', refusal: { code } }])
  })
})

describe('a log of an earlier version', () => {
  it('is imported whole: editions of any words stay, and rows vouched for as they were written then', async () => {
    const old = await found(running.database, 'Aranyaprathet shelter')
    const worker = await join(running.database, old, ['steward'], 'Steward 1')
    const token = await signIn(running, old.organisation.programme, worker.viewer.member)
    const ctdc = new TextEncoder().encode(
      'yearOfRegistration,gender,ageBroad,citizenship,isForcedLabour\n2016,Female,18--20,KH,1.0\n2016,Female,-99,KH,-99\n',
    )
    await Promise.all([bring(ctdc, token), bring(small, token)])
    const run = await dryRun('ctdc', ctdc, today)
    if (!run.ok) throw new Error(run.refusal.code)
    const [records] = await draftsFor('ctdc', ctdc, '2020-04-14')
    const [victims] = await draftsFor('glotip', small)
    if (!records || !victims) throw new Error('an import is an entry')
    const asThen = hashNow(earlierRowsText(run.value.table))
    expect(asThen).not.toBe(records.coded.rowsHash)
    await worker.device.write([{ ...records, coded: { ...records.coded, rowsHash: asThen } }])
    expect(await worker.device.push(worker.door)).toEqual([])

    // What the server of then let in, by the door of then.
    await worker.device.write([{ ...victims, coded: { ...victims.coded, edition: 'yesterday 2' } }])
    const batch = await worker.device.nextBatch()
    if (!batch) throw new Error('an import is an entry')
    const judged = await judge(worker.viewer, batch, worker.device.identity.key.public, undefined)
    if (!judged.ok) throw new Error(judged.refusal.code)
    const [entry] = accepted(judged.value)
    const rows = await readDataSet(small, DataSetImported.parse(entry?.entry.coded), today)
    if (!entry || !rows.ok) throw new Error('the rows of then can be read')
    await running.database.asLogInTurn(worker.viewer.programme, (transaction) =>
      placeBatch(transaction, worker.viewer, batch, judged.value, {
        rows: new Map([[entry.entry.id, rows.value]]),
        refusals: new Map(),
      }),
    )
    // Sent again by a device that heard no answer: its entry is there, whatever would be refused today.
    expect(await worker.door(batch)).toMatchObject({ ok: true, outcomes: [{ outcome: 'already there' }] })

    const other = await runServer({ empty: true })
    try {
      const lines = async function* (): AsyncGenerator<string> {
        for await (const line of exportLog(running.database)) yield JSON.stringify(line)
      }
      expect(await importLog(other.database, lines())).toMatchObject({ ok: true })
      const board = await evidenceBoard({ database: other.database, evidence: new Map() }, worker.viewer)
      expect(board.dataSets.map(({ edition, rows }) => [edition, rows])).toEqual([
        ['2020-04-14', 2],
        ['yesterday 2', 3],
      ])
    } finally {
      await other.stop()
    }
  })
})

describe.runIf(areAtHand)('the published tables', () => {
  it('give 65.1 % with its formula, and every figure opens to exactly the rows it counts', async () => {
    const real = await runServer()
    try {
      const own = await found(real.database, 'Shelter')
      const worker = await join(real.database, own, ['steward'], 'Steward 1')
      const token = await signIn(real, own.organisation.programme, worker.viewer.member)
      const { desk } = real.server
      for (const [dataset, file] of [
        ['glotip', glotipFile],
        ['ctdc', ctdcFile],
      ] as const) {
        const bytes = new Uint8Array(gunzipSync(readFileSync(file)))
        const brought = await ask(desk, `PUT /api/evidence/blobs/${hashNow(bytes)}`, { body: bytes, token })
        expect(brought.status).toBe(201)
        expect(await importAs(worker, dataset, bytes)).toEqual([])
      }
      const stored = await real.database.asOwner((transaction) =>
        transaction.query<{ rows: string }>(
          'rows by data set',
          'select count(*) as rows from lentera.data_set_row group by data_set order by 1',
        ),
      )
      expect(stored.map(({ rows }) => Number(rows))).toEqual([46_556, 48_773])

      const { body } = await ask<{ figures: Figure[] }>(desk, 'GET /api/figures', { token })
      const share = body.figures.find((figure) => figure.key === 'detected-victims-female-share')
      expect(share).toMatchObject({ period: '2018', scope: 'published', value: { given: { percentTenths: 651 } } })
      expect(share?.formula).toContain('Sex = Female')
      expect(share?.source).toContain('UNODC')
      const coverage = body.figures.find((figure) => figure.key === 'glotip-coverage')
      expect(coverage?.value).toEqual({ kind: 'count', count: { low: 46_556, high: 46_556 } })
      expect(coverage?.breakdowns[0]?.parts).toContainEqual({
        key: { counted: 'areas' },
        value: { kind: 'count', count: { low: 201, high: 201 } },
      })
      // An independent count in plain SQL over the rows.
      const [plain] = await real.database.asOwner((transaction) =>
        transaction.query<{ female: string; both: string }>(
          'plain count',
          `select sum(n) filter (where sex = 'Female') as female, sum(n) as both from (
             select cells->>'sex' as sex, replace(cells->>'text', ',', '')::int as n from lentera.data_set_row
             where cells->>'indicator' = 'Detected trafficking victims' and cells->>'dimension' = 'Total'
               and cells->>'category' = 'Total' and cells->>'age' = 'Total' and cells->>'unit' = 'Counts'
               and cells->>'sex' in ('Female', 'Male') and cells->>'year' = '2018' and cells->>'text' not like '<%') as rows`,
        ),
      )
      const given = share?.value.kind === 'ratio' ? share.value.given : undefined
      expect([given?.numerator, given?.denominator]).toEqual([Number(plain?.female), Number(plain?.both)])

      type Opened = { opening: string; dataSet: string; filters: object[] }
      type Rows = { rows: { line: number; cells: Record<string, string> }[]; after: number; more: boolean }
      const open = (key: string, part: Record<string, string>) =>
        ask<Opened>(desk, 'POST /api/figures/open', { token, body: { key, scope: 'published', period: '2018', part } })
      const rowsBehind = async ({ dataSet, filters }: Opened) => {
        const all: Rows['rows'] = []
        for (const filter of filters) {
          for (let after = 0, more = true; more; ) {
            const page = await ask<Rows>(desk, 'POST /api/evidence/rows', { token, body: { dataSet, filter, after } })
            if (page.status !== 200) throw new Error(`${JSON.stringify(filter)} ${page.text} ${await real.events()}`)
            all.push(...page.body.rows)
            ;({ more } = page.body)
            after = page.body.after ?? after
          }
        }
        return all
      }
      const run = await dryRun('glotip', new Uint8Array(readFileSync(glotipFile)), today)
      if (!run.ok || run.value.table.dataset !== 'glotip') throw new Error('the table cannot be read')
      const index = indexRows(run.value.table.observations)
      for (const [key, part] of [
        ['detected-victims-female-share', {}],
        ['detected-victims-female-share-areas-only', { sex: 'Female' }],
        ['detected-victims-asean', { country: 'KH', year: '2018' }],
        ['detected-victims-asean', { country: 'TH', year: '2018', form: 'Forced labour' }],
      ] as const) {
        const opened = await open(key, { ...part })
        const wanted = opened.body.filters.flatMap((filter) => rowsOf(index, filter as never).map(({ line }) => line))
        expect((await rowsBehind(opened.body)).map(({ line }) => line).toSorted()).toEqual(wanted.toSorted())
      }
      const records = body.figures.find((figure) => figure.key === 'global-data-set-records')
      const parts = records?.breakdowns.find(({ by }) => by[0] === 'gender')?.parts ?? []
      for (const { key, value } of parts.slice(0, 2)) {
        const opened = await open('global-data-set-records', { ...key })
        const count = value.kind === 'count' ? value.count.low : 0
        expect((await rowsBehind(opened.body)).length).toBe(count)
      }
    } finally {
      await real.stop()
    }
  })
})
