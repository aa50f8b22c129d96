import { openReport, writeNarrative } from '@lentera/core/donor-report/capture'
import type { ReportedIndicator, ReportModel } from '@lentera/core/donor-report/model'
import { projectDonorReport } from '@lentera/core/donor-report/project'
import type { Draft } from '@lentera/core/log/draft'
import { datePhase, setBaseline, setTarget } from '@lentera/core/plan/capture'
import type { Phase } from '@lentera/core/plan/words'
import { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Decision } from '@lentera/core/shared/refusals'
import { deliverService } from '@lentera/core/support/capture'
import { projectCase } from '@lentera/core/support/project'
import { holdSession, recordAttendance } from '@lentera/core/training/capture'
import { projectSession } from '@lentera/core/training/project'
import { randomBytes } from '@lentera/sealed/open'
import { strFromU8, unzipSync } from 'fflate'
import readWorkbook, { readSheet } from 'read-excel-file/universal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundOrganisation, get, writeNewCase } from '../../../tools/device/found.ts'
import { doorOf, found, join, type Place, today, until, viewerOf, type Worker } from '../../../tools/device/world.ts'
import { foundOrganisation as foundOnServer } from '../../log/found.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import { bookmarkOf } from './docx.ts'
import type { ReportChoices } from './report.ts'

/**
 * Cambodia, where officers are trained and survivors supported, and a regional office. 26 officers and 9 survivors by the
 * first cut-off; a fourth officer late for one group, and more survivors, after it.
 */
let running: Running
let shelter: Place
let office: Place
const workers = {} as Record<'trainer' | 'manager' | 'steward' | 'caseworker' | 'other' | 'region', Worker>
const tokens = {} as Record<keyof typeof workers, string>
const frozenAt = '2026-11-25'
const later = '2026-11-26'
let report: StreamId

beforeAll(async () => {
  running = await runServer()
  shelter = await found(running.database, 'Shelter')
  office = await foundOffice()
  workers.trainer = await join(running.database, shelter, ['trainer'], 'trainer')
  workers.manager = await join(running.database, shelter, ['manager'], 'manager')
  workers.steward = await join(running.database, shelter, ['steward'], 'steward')
  workers.caseworker = await join(running.database, shelter, ['caseworker'], 'caseworker')
  // Of another organisation of the same programme.
  const clinic = await found(running.database, 'Clinic', shelter.organisation)
  workers.other = await join(running.database, clinic, ['manager'], 'other manager')
  workers.region = await join(running.database, office, ['regional-manager'], 'regional manager')
  for (const name of Object.keys(workers) as (keyof typeof workers)[])
    tokens[name] = await signIn(running, workers[name].viewer.programme, workers[name].viewer.member)

  await write(workers.manager, datePhase('japan-2', dates('2026-Q1', '2026-Q4'), [], said(shelter)))
  await write(workers.manager, setTarget(officers, 'japan-2', target, undefined, said(shelter)))
  await write(workers.manager, setBaseline(officers, stood, undefined, said(shelter)))
  await train(22, '2026-10-12')
  await train(4, '2026-11-02')
  // A few of an earlier quarter: fewer than five.
  await train(3, '2026-08-03')
  await serve(9)
  await makeCutOff(running.database, shelter.organisation.programme, frozenAt)
})

afterAll(async () => {
  await running.stop()
})

const officers = { key: 'officers-trained' }
const target = { aimed: { value: 40 }, direction: 'at-least', source: 'Grant agreement (invented)' } as const
const stood = {
  measured: { value: 12 },
  qualifier: 'about',
  day: CivilDate.parse('2024'),
  source: 'Survey (invented)',
} as const
const dates = (from: string, to: string) => ({ from, to, source: 'Grant agreement (invented)' })
const said = ({ organisation }: Place) => ({ organisation: organisation.organisation, today })

async function foundOffice(): Promise<Place> {
  const { organisation, device } = await foundOrganisation(
    {
      programme: { name: 'Regional office', country: null, zone: 'Asia/Bangkok', demonstration: true },
      country: null,
      name: 'Regional office',
      teams: ['Office'],
      today,
      until,
    },
    () => randomBytes,
    'region',
  )
  const batch = await device.nextBatch()
  if (!batch) throw new Error('a founding has entries')
  expect(device.placed(batch, await foundOnServer(running.database, batch))).toEqual([])
  const [team] = organisation.teams.values()
  if (!team) throw new Error('it has a team')
  const viewer = viewerOf(organisation, organisation.administrator)
  return { organisation, team, administrator: { device, viewer, door: doorOf(running.database, viewer) } }
}

const newStream = (): StreamId => StreamId.parse(randomUuid(randomBytes(16)))

async function write({ device, door }: Worker, decided: Decision<Draft[]>): Promise<void> {
  await device.write(get(decided))
  expect(await device.push(door)).toEqual([])
}

async function train(many: number, day: string): Promise<void> {
  const { device } = workers.trainer
  const stream = newStream()
  const { organisation } = shelter.organisation
  const heldOn = CivilDate.parse(day)
  await write(workers.trainer, holdSession({ stream, organisation, country: 'KH', modules: ['see'], heldOn }, today))
  const session = projectSession(device.state(stream))
  if (!session) throw new Error('it was held')
  const sheet = Array.from({ length: many }, () => ({
    officer: PersonKey.parse(randomUuid(randomBytes(16))),
    sex: 'female' as const,
    agency: 'police' as const,
  }))
  await write(workers.trainer, recordAttendance(stream, session, sheet, 'paper'))
}

async function serve(many: number): Promise<void> {
  const { device, person, door } = workers.caseworker
  for (let i = 0; i < many; i++) {
    const { stream, key } = await writeNewCase(
      device,
      shelter.organisation,
      [person],
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
    const file = projectCase(device.state(stream))
    if (!file) throw new Error('she was registered')
    const moment = { today, at: `${today}T09:00:00Z` }
    await device.write(get(deliverService(stream, file, { service: 'legal-aid', deliveredOn: today }, moment)), key)
  }
  expect(await device.push(door)).toEqual([])
}

type Asked = { readonly phase?: Phase; readonly quarter: string; readonly cutOff: string }

/** Opens a report as its device decides it, whatever the server will say of it. */
async function open(worker: Worker, place: Place, { phase = 'japan-2', quarter, cutOff }: Asked): Promise<StreamId> {
  const stream = newStream()
  const { organisation } = place.organisation
  const known = {
    dates: [{ from: CivilDate.parse('2000-Q1'), to: CivilDate.parse('2100-Q4') }],
    cutOffs: [cutOff],
  }
  await write(worker, openReport({ stream, organisation, phase, quarter, cutOff }, known, [], today))
  return stream
}

async function say(stream: StreamId, text: string, part: 'summary' | 'objective-3' = 'objective-3'): Promise<void> {
  const stands = projectDonorReport(workers.manager.device.state(stream))
  if (!stands) throw new Error('it was opened')
  await write(workers.manager, writeNarrative(stream, stands, { part, language: 'en', text }, today))
}

const reportOf = (stream: StreamId, token: string) =>
  ask<ReportModel & { refusal: { code: string } }>(running.server.desk, `GET /api/donor-reports/${stream}`, { token })

async function indicator(stream: StreamId, key: string, token = tokens.manager): Promise<ReportedIndicator> {
  const { body } = await reportOf(stream, token)
  const found = body.objectives
    .flatMap(({ outcomes }) => outcomes.flatMap(({ outputs }) => outputs.flatMap((output) => output.indicators)))
    .find((each) => each.key === key)
  if (!found) throw new Error(`${key} is not in the report`)
  return found
}

async function file(form: 'docx' | 'xlsx', language: 'en' | 'th' | 'my', token = tokens.manager, stream = report) {
  const { body, status } = await ask<{ name: string; file: string }>(
    running.server.desk,
    `GET /api/donor-reports/${stream}/file?form=${form}&language=${language}`,
    { token },
  )
  expect(status).toBe(200)
  return { name: body.name, bytes: new Uint8Array(Buffer.from(body.file, 'base64')) }
}

/** Every part of the package, as text. */
const partsOf = (bytes: Uint8Array): ReadonlyMap<string, string> =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))

const count = (value: number) => ({ kind: 'count', count: { low: value, high: value } })

describe('a donor report is refused', () => {
  it('to a caseworker and to a trainer, as if there were none', async () => {
    report = await open(workers.manager, shelter, { quarter: '2026-Q4', cutOff: frozenAt })
    for (const name of ['caseworker', 'trainer'] as const)
      expect((await reportOf(report, tokens[name])).status).toBe(404)
  })

  it('to a manager of another organisation and of another programme, whose it is not', async () => {
    for (const name of ['other', 'region'] as const) {
      const { status, body } = await reportOf(report, tokens[name])
      expect([status, body.refusal.code]).toEqual([404, 'access.not-found'])
    }
    expect((await reportOf(newStream(), tokens.manager)).body.refusal.code).toBe('access.not-found')
  })

  it('where it says what is not so: another quarter than the phase has, a cut-off nobody made, a phase not dated', async () => {
    const refused = async (asked: Asked) =>
      (await reportOf(await open(workers.manager, shelter, asked), tokens.manager)).body.refusal?.code
    expect(await refused({ quarter: '2025-Q4', cutOff: frozenAt })).toBe('donor-report.quarter-outside-phase')
    expect(await refused({ quarter: '2026-Q4', cutOff: '2026-11-20' })).toBe('donor-report.no-such-cut-off')
    expect(await refused({ phase: 'canada-3', quarter: '2026-Q4', cutOff: frozenAt })).toBe(
      'donor-report.phase-not-dated',
    )
  })

  it('to be written by a regional manager outside a regional office, and by a steward', async () => {
    for (const role of ['regional-manager', 'steward'] as const) {
      const worker = await join(running.database, shelter, [role], `writing ${role}`)
      const known = {
        dates: [{ from: CivilDate.parse('2026-Q1'), to: CivilDate.parse('2026-Q4') }],
        cutOffs: [frozenAt],
      }
      const { organisation } = shelter.organisation
      const asked = {
        stream: newStream(),
        organisation,
        phase: 'japan-2',
        quarter: '2026-Q4',
        cutOff: frozenAt,
      } as const
      await worker.device.write(get(openReport(asked, known, [], today)))
      expect((await worker.device.push(worker.door)).length).toBeGreaterThan(0)
    }
  })
})

describe('a donor report', () => {
  it('offers the phases as they are dated, and the cut-offs there are', async () => {
    const { body } = await ask<ReportChoices>(running.server.desk, 'GET /api/donor-reports', { token: tokens.manager })
    expect(body.cutOffs).toEqual([frozenAt])
    expect(body.phases.find(({ key }) => key === 'japan-2')?.dates).toEqual([
      { country: 'KH', from: '2026-Q1', to: '2026-Q4', source: 'Grant agreement (invented)' },
    ])
  })

  it('tells what was counted in the quarter, in the phase and since the beginning, beside what is planned', async () => {
    expect(await indicator(report, 'officers-trained')).toMatchObject({
      definition: 1,
      unit: 'officers',
      values: { quarter: count(26), phase: count(29), year: count(29), all: count(29) },
      targets: [{ period: 'japan-2', aimed: { value: 40 } }],
      baseline: { measured: { value: 12 }, qualifier: 'about' },
      since: null,
    })
    // The cut-off lies within the quarter: that is allowed, and said.
    expect((await reportOf(report, tokens.manager)).body.isOver).toBe(false)
  })

  it('gives of survivors the year and the whole as they were released, and says of quarter and phase that they are not', async () => {
    expect((await indicator(report, 'survivors-supported')).values).toEqual({
      quarter: { kind: 'none', why: 'not-by-quarter' },
      phase: { kind: 'none', why: 'not-by-phase' },
      year: count(9),
      all: count(9),
    })
  })

  it('hides the few of a quarter', async () => {
    const august = await open(workers.manager, shelter, { quarter: '2026-Q3', cutOff: frozenAt })
    expect((await indicator(august, 'officers-trained')).values).toMatchObject({
      quarter: { kind: 'protected', rule: 'fewer-than-five' },
      phase: count(29),
    })
  })

  it('counts in a quarter what plain SQL over the entries counts', async () => {
    const [row] = await running.database.asOwner((transaction) =>
      transaction.query<{ officers: number }>(
        'officers of a quarter, plainly',
        `select count(distinct text::jsonb -> 'coded' ->> 'officer')::int as officers from lentera.entry
         where kind = 'training.attendance-recorded' and text::jsonb ->> 'on' between '2026-10-01' and '2026-12-31'`,
      ),
    )
    expect((await indicator(report, 'officers-trained')).values.quarter).toEqual(count(row?.officers ?? -1))
  })

  it('stays as it was while the board moves on: a late group shows beside it as a change, survivors do not', async () => {
    await say(
      report,
      'We trained {officers-trained} officers of {officers-trained:all} in all, beside {women-among-officers-trained}.',
    )
    const before = (await reportOf(report, tokens.manager)).body
    await train(6, '2026-10-20')
    await serve(11)
    await makeCutOff(running.database, shelter.organisation.programme, later)
    const { body: after } = await reportOf(report, tokens.manager)
    expect(after).toEqual({
      ...before,
      newest: later,
      objectives: expect.anything(),
    })
    expect(await indicator(report, 'officers-trained')).toMatchObject({
      values: { quarter: count(26), phase: count(29) },
      since: count(32),
    })
    expect(await indicator(report, 'survivors-supported')).toMatchObject({
      values: { year: count(9), all: count(9) },
      since: null,
    })
    const anew = await open(workers.manager, shelter, { quarter: '2026-Q4', cutOff: later })
    expect((await indicator(anew, 'survivors-supported')).values.all).toEqual(count(20))
    expect((await indicator(anew, 'officers-trained')).values.quarter).toEqual(count(32))
  })

  it('is read by the steward of the organisation, the same to the letter', async () => {
    expect((await reportOf(report, tokens.steward)).body).toEqual((await reportOf(report, tokens.manager)).body)
  })

  it('of a regional office tells of every programme, as of that label or its last before', async () => {
    await makeCutOff(running.database, office.organisation.programme, '2026-11-27')
    const regional = await open(workers.region, office, { quarter: '2026-Q4', cutOff: '2026-11-27' })
    const { body } = await reportOf(regional, tokens.region)
    expect(body.cutOffs.map(({ programme, label }) => [programme, label]).sort()).toEqual([
      ['Cambodia', later],
      ['Regional office', '2026-11-27'],
    ])
    expect(body.phase.dates).toEqual([{ country: 'KH', from: '2026-Q1', to: '2026-Q4', source: null }])
    expect((await indicator(regional, 'officers-trained', tokens.region)).values.quarter).toEqual(count(32))
    const first = await open(workers.region, office, { quarter: '2026-Q4', cutOff: frozenAt })
    expect((await indicator(first, 'officers-trained', tokens.region)).values.quarter).toEqual(count(26))
  })
})

describe('its DOCX', () => {
  it.each(['en', 'th', 'my'] as const)(
    'in %s is well formed, with headings, table heads, footnotes, and a door from each figure',
    async (language) => {
      const { name, bytes } = await file('docx', language)
      expect(name).toBe(`DEMONSTRATION-donor-report-japan-2-2026-Q4-${language}.docx`)
      const parts = partsOf(bytes)
      const document = parts.get('word/document.xml') ?? ''
      for (const [path, part] of parts)
        if (/\.(xml|rels)$/.test(path)) expect([path, unbalanced(part)]).toEqual([path, []])
      expect(document).toContain('<w:pStyle w:val="Heading1"/>')
      expect(document).toContain('<w:tblHeader/>')
      expect(parts.get('word/styles.xml')).toContain(`<w:lang w:val="${language === 'en' ? 'en-GB' : language}"`)
      const anchors = new Set([...document.matchAll(/w:anchor="([^"]+)"/g)].map((match) => match[1] ?? ''))
      const marks = new Set([...document.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map((match) => match[1]))
      expect(anchors.size).toBeGreaterThan(30)
      for (const anchor of anchors)
        expect([anchor, marks.has(anchor), anchor.length <= 40]).toEqual([anchor, true, true])
      expect(anchors).toContain(bookmarkOf('officers-trained'))
      const notes = [...document.matchAll(/<w:footnoteReference w:id="(\d+)"/g)].map((match) => match[1])
      for (const id of notes) expect(parts.get('word/footnotes.xml')).toContain(`w:id="${id}"`)
      expect(notes.length).toBe(marks.size)
    },
  )

  it('says DEMONSTRATION at the head and foot of every page, and names nobody as its maker', async () => {
    const parts = partsOf((await file('docx', 'en')).bytes)
    for (const each of ['header', 'footer'])
      expect(
        [...parts]
          .filter(([path]) => path.startsWith(`word/${each}`))
          .map(([, part]) => part)
          .join(),
      ).toContain('DEMONSTRATION')
    expect(parts.get('docProps/core.xml')).toMatch(/<dc:creator>Lentera<\/dc:creator>/)
    expect([...parts.keys()].some((path) => path.includes('media'))).toBe(false)
  })

  it('holds the narrative with its figures filled, and the frozen figures beside it', async () => {
    const text = textOf((await file('docx', 'en')).bytes)
    expect(text).toContain('We trained 26 officers of 29 in all')
    expect(text).toContain('not released by quarter')
    expect(text).toContain('about 12')
    expect(text).toContain('at least 40')
    expect(text).toContain('was not over at the cut-off')
    expect(textOf((await file('docx', 'my')).bytes)).toContain('We trained 26 officers of 29 in all')
  })
})

describe('its XLSX', () => {
  it('is read back: numbers as numbers, what is protected in words, DEMONSTRATION on each sheet', async () => {
    const { bytes } = await file('xlsx', 'en')
    const sheets = await readWorkbook(new Blob([new Uint8Array(bytes)]))
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Figures', 'Texts', 'Definitions', 'Sources'])
    for (const { data } of sheets) expect(String(data[0]?.[0])).toContain('DEMONSTRATION')
    const figures = await readSheet(new Blob([new Uint8Array(bytes)]), 'Figures')
    const row = (name: string) => figures.find((cells) => cells[1] === name) ?? []
    expect(row('officers trained').slice(3)).toEqual([12, 'Japan, phase II: at least 40', 26, 29, 29, 29, 32])
    expect(row('survivors supported').slice(5, 9)).toEqual(['not released by quarter', 'not released by phase', 9, 9])
    expect(row('training sessions held').slice(5, 6)).toEqual(['protected: fewer than five'])
    expect(figures.flat()).not.toContain(0)
  })

  it.each(['th', 'my'] as const)('has its links and its sheets in %s too', async (language) => {
    const { bytes } = await file('xlsx', language)
    const parts = partsOf(bytes)
    for (const [path, part] of parts)
      if (/\.(xml|rels)$/.test(path)) expect([path, unbalanced(part)]).toEqual([path, []])
    const sheets = await readWorkbook(new Blob([new Uint8Array(bytes)]))
    for (const { sheet, data } of sheets) {
      expect(sheet.length).toBeLessThanOrEqual(31)
      expect(String(data[0]?.[0])).toContain('DEMONSTRATION')
    }
    const links = [
      ...(parts.get('xl/worksheets/sheet1.xml') ?? '').matchAll(
        /<hyperlink ref="B(\d+)" location="'(.+?)'!A(\d+)"\/>/g,
      ),
    ]
    const [figures, , definitions] = sheets
    expect(links.length).toBeGreaterThan(30)
    for (const [, from, to, line] of links) {
      expect(to).toBe(definitions?.sheet)
      expect(definitions?.data[Number(line) - 1]?.[0]).toBe(figures?.data[Number(from) - 1]?.[1])
    }
  })
})

it('a number that is not released is in no file, nor in the model', async () => {
  // Three officers of one quarter and four survivors of a younger age: planted, and looked for.
  const small = await open(workers.manager, shelter, { quarter: '2026-Q3', cutOff: later })
  const model = (await reportOf(small, tokens.manager)).text
  expect(model).not.toMatch(/"(low|high|said|asked)":[1-4][,}]/)
  for (const form of ['docx', 'xlsx'] as const) {
    const { bytes } = await file(form, 'en', tokens.manager, small)
    for (const [path, part] of partsOf(bytes)) {
      if (form === 'xlsx' && path.includes('sheet'))
        expect([path, /<c r="[F-J]\d+"(?: s="\d+")?><v>[1-4]<\/v>/.test(part)]).toEqual([path, false])
      if (form === 'docx' && path === 'word/document.xml') expect(/<w:t[^>]*>[1-4]<\/w:t>/.test(part)).toBe(false)
    }
  }
})

it('the log of the server knows that a report was asked for, and no word of it', async () => {
  const events = await running.events()
  for (const word of ['We trained', 'officers-trained', 'japan-2']) expect(events).not.toContain(word)
})

/** Tags that are opened and not closed, or closed and not opened: enough to know that a word processor can read it. */
function unbalanced(xml: string): string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, close, name = '', , alone] of xml.matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (alone) continue
    if (!close) open.push(name)
    else if (open.pop() !== name) wrong.push(name)
  }
  const left = xml.replace(/<\?xml[^>]*\?>/, '').replaceAll(/<\/?[\w:]+(?:\s+[\w:]+="[^"<]*")*\s*\/?>/g, '')
  return [...wrong, ...open, ...(/[<]|&(?!amp;|lt;|gt;|quot;|apos;|#)/.test(left) ? ['loose'] : [])]
}

/** What a reader of the body sees, paragraph by paragraph. */
const textOf = (bytes: Uint8Array): string =>
  (partsOf(bytes).get('word/document.xml') ?? '')
    .replaceAll('</w:p>', '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
