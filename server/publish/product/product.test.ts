import type { EditionModel } from '@lentera/core/edition/model'
import { sayEdition } from '@lentera/core/edition/say'
import { citeFact, correctFact, projectFact, withdrawFact } from '@lentera/core/evidence/capture'
import { publishProduct } from '@lentera/core/evidence/dissemination/capture'
import {
  beginEdition,
  describeEdition,
  freezeEdition,
  linkFigure,
  nameAuthor,
  relinkFigure,
  writeSection,
} from '@lentera/core/evidence/dissemination/edition/capture'
import { type Edition, editionText, projectEdition } from '@lentera/core/evidence/dissemination/edition/project'
import type { FigureSource } from '@lentera/core/evidence/dissemination/edition/words'
import { projectProduct } from '@lentera/core/evidence/dissemination/project'
import { FactCited } from '@lentera/core/evidence/entries'
import type { Draft } from '@lentera/core/log/draft'
import { CivilDate } from '@lentera/core/shared/dates'
import { EntryId, Hash, PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { PrintedLanguage } from '@lentera/core/shared/languages'
import type { Publication } from '@lentera/core/shared/publication'
import type { Decision } from '@lentera/core/shared/refusals'
import { holdSession, recordAttendance } from '@lentera/core/training/capture'
import { projectSession } from '@lentera/core/training/project'
import { randomBytes } from '@lentera/sealed/open'
import { hashNow } from '@lentera/sealed/verify'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { get } from '../../../tools/device/found.ts'
import { found, join, type Place, today, type Worker } from '../../../tools/device/world.ts'
import { makeCutOff } from '../../projections/cut-off.ts'
import { ask, type Running, runServer, signIn } from '../../testing/running.ts'
import { textOfPdf } from '../brochure/testing/text-of-pdf.ts'
import { reportVoice } from '../donor-report/voice.ts'
import { releasesOf } from '../releases.ts'
import { type EditionChoices, editionFor } from './edition.ts'
import type { Publications } from './linked.ts'

/** Cambodia: 26 officers of two agencies trained by the first cut-off, seven more by the second; one cited fact; one publication. */
let running: Running
let place: Place
const workers = {} as Record<'trainer' | 'manager' | 'steward' | 'caseworker' | 'other', Worker>
const tokens = {} as Record<keyof typeof workers, string>
const frozenAt = '2026-11-25'
const later = '2026-11-26'
const product = newStream()
const edition = newStream()
const fact = newStream()

beforeAll(async () => {
  running = await runServer()
  place = await found(running.database, 'Shelter')
  workers.trainer = await join(running.database, place, ['trainer'], 'trainer')
  workers.manager = await join(running.database, place, ['manager'], 'manager')
  workers.steward = await join(running.database, place, ['steward'], 'steward')
  workers.caseworker = await join(running.database, place, ['caseworker'], 'caseworker')
  const clinic = await found(running.database, 'Clinic', place.organisation)
  workers.other = await join(running.database, clinic, ['manager'], 'other manager')
  for (const name of Object.keys(workers) as (keyof typeof workers)[])
    tokens[name] = await signIn(running, workers[name].viewer.programme, workers[name].viewer.member)
  await train(20, 'police', '2026-10-12')
  await train(6, 'immigration', '2026-11-02')
  await write(workers.steward, citeFact(fact, cited, today))
  await makeCutOff(running.database, place.organisation.programme, frozenAt)

  const { organisation } = place.organisation
  await write(workers.manager, publishProduct(product, organisation, said, today))
  const of = projectProduct(workers.manager.device.state(product))
  if (!of) throw new Error('it was published')
  await write(workers.manager, beginEdition({ stream: edition, organisation, product }, of, [], today))
  await on((it) => linkFigure(edition, it, { name: 'officers', source: officers }, today))
  await on((it) => linkFigure(edition, it, { name: 'share', source: { from: 'fact', fact, said: factSaid() } }, today))
  await on((it) => linkFigure(edition, it, { name: 'cell', source: cell }, today))
  await on((it) => writeSection(edition, it, { language: 'en', heading: 'What was found', text }, today))
  await on((it) =>
    writeSection(
      edition,
      it,
      {
        record: it.sections[0]?.record ?? EntryId.parse(newStream()),
        language: 'my',
        heading: 'တွေ့ရှိချက်',
        text: 'အရာရှိ {officers} ဦး\n{officers}',
      },
      today,
    ),
  )
})

afterAll(async () => {
  await running.stop()
})

const said = {
  title: 'Who is at the crossing (invented)',
  kind: 'study',
  edition: '2026-05',
  languages: ['en'],
  publishedOn: CivilDate.parse('2026-05'),
} as const
const text = 'In all {officers} officers & friends.\n{officers}\nOf the detected, {share} are women; hidden: {cell}.'
const cited = FactCited.parse({
  text: 'detected-victims-women-and-girls',
  value: { kind: 'ratio', numerator: 65, denominator: 100 },
  source: 'An invented source',
  edition: '2026',
  verifiedOn: '2026-11-01',
})
const officers: FigureSource = {
  from: 'indicator',
  indicator: 'officers-trained',
  definition: 1,
  period: 'all',
  cutOff: CivilDate.parse(frozenAt),
  by: 'agency',
}
const contentHash = Hash.parse('B'.repeat(43))
const cell: FigureSource = {
  from: 'publication',
  address: 'invented-table',
  hash: contentHash,
  codes: { sex: 'female' },
}

function newStream(): StreamId {
  return StreamId.parse(randomUuid(randomBytes(16)))
}

async function write({ device, door }: Worker, decided: Decision<Draft[]>): Promise<void> {
  await device.write(get(decided))
  expect(await device.push(door)).toEqual([])
}

const stood = (stream = edition): Edition => {
  const it = projectEdition(workers.manager.device.state(stream))
  if (!it) throw new Error('it was begun')
  return it
}
const on = (decide: (it: Edition) => Decision<Draft[]>, stream = edition) =>
  write(workers.manager, decide(stood(stream)))

const factStands = () => {
  const it = projectFact(workers.steward.device.state(fact))
  if (!it) throw new Error('it was cited')
  return it
}
const factSaid = () => factStands().said

async function train(many: number, agency: 'police' | 'immigration', day: string): Promise<void> {
  const { device } = workers.trainer
  const stream = newStream()
  const { organisation } = place.organisation
  const heldOn = CivilDate.parse(day)
  await write(workers.trainer, holdSession({ stream, organisation, country: 'KH', modules: ['see'], heldOn }, today))
  const session = projectSession(device.state(stream))
  if (!session) throw new Error('it was held')
  const sheet = Array.from({ length: many }, () => ({
    officer: PersonKey.parse(randomUuid(randomBytes(16))),
    sex: 'female' as const,
    agency,
  }))
  await write(workers.trainer, recordAttendance(stream, session, sheet, 'paper'))
}

/** A publication as the publishing door hands it out: female 40, male hidden. */
const table = (hash = contentHash, withdrawn: Publication['withdrawn'] = null): Publication => ({
  address: 'invented-table',
  title: { en: 'An invented table' },
  about: { en: 'Invented' },
  publisher: 'An invented office',
  source: 'Invented',
  asOf: '2026-10-01',
  releasedOn: '2026-11-01',
  hash,
  method: { name: 'suppression', minimum: 5 },
  licence: 'CC-BY-4.0',
  unit: 'persons',
  persons: null,
  demonstration: true,
  withdrawn,
  fields: [
    {
      name: 'sex',
      label: { en: 'Sex' },
      kind: 'category',
      codes: [
        { code: 'female', label: { en: 'Female' } },
        { code: 'male', label: { en: 'Male' } },
        { code: 'all', label: { en: 'All' }, is: 'total' },
      ],
    },
  ],
  data: {
    kind: 'table',
    cells: [
      { codes: [0], value: 40 },
      { codes: [1], value: null, why: 'small' },
    ],
  },
  quality: null,
})
const handing =
  (publication: Publication | undefined): Publications =>
  async () => ({
    publications: publication ? [publication] : [],
    publication: async (address) =>
      publication?.address === address && !publication.withdrawn ? publication : undefined,
  })

async function modelOf(publications: Publications = handing(table()), stream = edition): Promise<EditionModel> {
  const { database } = running
  const made = await editionFor(
    { database, releases: releasesOf(database), handed: publications },
    workers.manager.viewer,
    stream,
  )
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}
const figureOf = async (name: string, publications?: Publications) => {
  const figure = (await modelOf(publications)).figures.find((each) => each.name === name)
  if (!figure) throw new Error(`${name} is not linked`)
  return figure
}

const answer = (stream: StreamId, token: string) =>
  ask<EditionModel & { refusal: { code: string } }>(running.server.desk, `GET /api/editions/${stream}`, { token })

async function file(form: string, language: PrintedLanguage = 'en') {
  const { body, status } = await ask<{ name: string; file: string }>(
    running.server.desk,
    `GET /api/editions/${edition}/file?form=${form}&language=${language}`,
    { token: tokens.manager },
  )
  expect(status).toBe(200)
  return { name: body.name, bytes: new Uint8Array(Buffer.from(body.file, 'base64')) }
}
const textFile = async (form: string, language?: PrintedLanguage) =>
  new TextDecoder().decode((await file(form, language)).bytes)

/** Independent of every tally: the officers that entries name, in plain SQL over the log. */
async function officersInTheLog(agency: string | null): Promise<number> {
  const [row] = await running.database.asOwner((transaction) =>
    transaction.query<{ count: string }>(
      'officers in the log',
      `select count(distinct coded ->> 'officer') as count
       from (select text::jsonb -> 'coded' as coded from lentera.entry) entry
       where coded ? 'officer' and ($1::text is null or coded ->> 'agency' = $1)`,
      [agency],
    ),
  )
  return Number(row?.count)
}

describe('an edition is refused', () => {
  it('to whoever does not write editions, to a manager of another organisation, and where there is none', async () => {
    for (const name of ['caseworker', 'trainer', 'other'] as const)
      expect((await answer(edition, tokens[name])).status).toBe(404)
    const { body } = await answer(newStream(), tokens.manager)
    expect(body.refusal.code).toBe('access.not-found')
  })

  it('to be written by a caseworker, whatever her device decides', async () => {
    const { device, door } = workers.caseworker
    await device.write(get(describeEdition(edition, stood(), { doi: '10.1000/1' }, today)))
    const [refused] = await device.push(door)
    expect(JSON.stringify(refused)).toContain('access.role')
  })
})

describe('a figure of an edition', () => {
  it('prints what the log counts, and its bars add up to it', async () => {
    const { holds, standing } = await figureOf('officers')
    const inAll = await officersInTheLog(null)
    expect(inAll).toBe(26)
    expect(standing).toEqual({ is: 'linked' })
    expect(holds).toMatchObject({ value: { kind: 'count', count: { low: inAll, high: inAll } }, unit: 'officers' })
    const bars = holds.from === 'indicator' ? (holds.bars ?? []) : []
    for (const { group, value } of bars)
      expect(value).toMatchObject({
        count: { low: await officersInTheLog(group), high: await officersInTheLog(group) },
      })
    expect(bars.map(({ group }) => group)).toEqual(['immigration', 'police'])
  })

  it('has no bars where one part is too small to leave: the rest and the whole would tell it', async () => {
    await train(2, 'police', '2024-02-01')
    await train(3, 'immigration', '2024-02-02')
    await makeCutOff(running.database, place.organisation.programme, '2026-11-27')
    const link = { ...officers, period: CivilDate.parse('2024'), cutOff: CivilDate.parse('2026-11-27') }
    await on((it) => linkFigure(edition, it, { name: 'few', source: link }, today))
    const { holds } = await figureOf('few')
    expect(holds).toMatchObject({ bars: null, value: { kind: 'count', count: { low: 5, high: 5 } } })
  })

  it('keeps what it was linked to at its cut-off, and says that the count has moved and to what', async () => {
    await train(7, 'police', '2026-11-20')
    await makeCutOff(running.database, place.organisation.programme, later)
    await makeCutOff(running.database, place.organisation.programme, '2026-11-28')
    expect(await figureOf('officers')).toMatchObject({
      holds: { value: { count: { low: 26, high: 26 } } },
      standing: { is: 'moved', why: 'counted-anew', now: { value: { count: { low: 38, high: 38 } } } },
    })
    const record = stood().figures.find(({ name }) => name === 'few')?.record ?? EntryId.parse(newStream())
    await on((it) => relinkFigure(edition, it, { record, source: { ...officers, definition: 7 } }, today))
    expect((await figureOf('few')).standing).toMatchObject({ is: 'moved', why: 'defined-anew' })
    await on((it) =>
      relinkFigure(edition, it, { record, source: { ...officers, cutOff: CivilDate.parse('2026-11-01') } }, today),
    )
    expect((await figureOf('few')).standing).toMatchObject({ is: 'withdrawn', why: 'no-cut-off' })
    await on((it) => relinkFigure(edition, it, { record, source: { ...officers, indicator: 'no-such-thing' } }, today))
    expect((await figureOf('few')).standing).toMatchObject({ is: 'withdrawn', why: 'no-indicator' })
  })

  it('reads a cell of a publication by its hash: hidden stays hidden, another content is not printed, a withdrawn one is gone', async () => {
    expect(await figureOf('cell')).toMatchObject({ holds: { value: 40 }, standing: { is: 'linked' } })
    const other = handing(table(Hash.parse('C'.repeat(43))))
    expect(await figureOf('cell', other)).toMatchObject({
      holds: { from: 'nowhere' },
      standing: { is: 'moved', why: 'published-anew', now: null },
    })
    const gone = handing(table(contentHash, { on: '2026-11-20', why: 'A slip (invented)' }))
    expect((await figureOf('cell', gone)).standing).toEqual({
      is: 'withdrawn',
      why: 'publication-withdrawn',
      note: 'A slip (invented)',
    })
    expect((await figureOf('cell', handing(undefined))).standing).toMatchObject({ why: 'no-publication' })
    await on((it) => linkFigure(edition, it, { name: 'hidden', source: { ...cell, codes: { sex: 'male' } } }, today))
    expect((await figureOf('hidden')).holds).toMatchObject({ value: null })
    await on((it) => linkFigure(edition, it, { name: 'none', source: { ...cell, codes: { age: 'adult' } } }, today))
    expect((await figureOf('none')).standing).toMatchObject({ is: 'withdrawn', why: 'no-cell' })
  })

  it('prints a fact as the entry said it that was linked, after a correction too, and not at all once it is withdrawn', async () => {
    const corrected = { ...cited, value: { kind: 'ratio', numerator: 64, denominator: 100 } } as const
    await write(workers.steward, correctFact(fact, factStands(), corrected, today))
    const figure = await figureOf('share')
    expect(figure.holds).toMatchObject({ fact: { value: { numerator: 65 } } })
    expect(figure.standing).toMatchObject({ why: 'cited-anew', now: { fact: { value: { numerator: 64 } } } })
    await write(workers.steward, withdrawFact(fact, factStands(), { withdrawn: true, note: 'Wrong table' }, today))
    expect((await figureOf('share')).standing).toMatchObject({ why: 'fact-withdrawn', note: 'Wrong table' })
    const said = sayEdition(await modelOf(), reportVoice('en', 'Asia/Phnom_Penh'))
    expect(JSON.stringify(said)).not.toContain('65.0')
    await write(workers.steward, withdrawFact(fact, factStands(), { withdrawn: false, note: 'It stands' }, today))
    expect((await figureOf('share')).standing).toMatchObject({ is: 'moved', why: 'cited-anew' })
  })
})

describe('what is offered to link to', () => {
  it('is the cut-offs there are, the newest first', async () => {
    const { body } = await ask<EditionChoices>(running.server.desk, 'GET /api/editions', { token: tokens.steward })
    expect(body.cutOffs[0]).toBe('2026-11-28')
    expect(body.publications).toEqual([])
  })
})

describe('a frozen edition', () => {
  it('stays as it was printed, and says so where somebody wrote apart', async () => {
    await on((it) => nameAuthor(edition, it, { author: 'organisation', name: 'An invented office' }, today))
    await on((it) => describeEdition(edition, it, { licence: 'CC-BY-4.0', doi: '10.1000/182' }, today))
    await on((it) => freezeEdition(edition, it, hashNow(editionText(it)), today))
    expect(await modelOf()).toMatchObject({ isAsFrozen: true, edition: { frozen: { on: today } } })
    const other = newStream()
    const { organisation } = place.organisation
    const of = projectProduct(workers.manager.device.state(product))
    if (!of) throw new Error('it was published')
    await write(workers.manager, beginEdition({ stream: other, organisation, product }, of, [stood()], today))
    await on((it) => describeEdition(other, it, { changed: 'More words (invented)' }, today), other)
    await on((it) => freezeEdition(other, it, hash, today), other)
    expect(await modelOf(undefined, other)).toMatchObject({
      isAsFrozen: false,
      others: [{ number: 1, frozenOn: today }],
    })
  })
})

const hash = Hash.parse('A'.repeat(43))

describe('the files', () => {
  it('print every number that the screen shows, in a form a machine reads, each with its source', async () => {
    const { figures } = (await answer(edition, tokens.manager)).body
    const data = JSON.parse(await textFile('json'))
    expect(data).toMatchObject({ demonstration: true, licence: 'CC-BY-4.0', edition: 1 })
    const rows: { name: string; part: string | null; number: number | null; cutOff: string | null; source: string }[] =
      data.figures
    expect([...new Set(rows.map(({ name }) => name))]).toEqual(figures.map(({ name }) => name))
    expect(rows.filter(({ name }) => name === 'officers').map(({ number }) => number)).toEqual([26, 6, 20])
    expect(rows.find(({ name }) => name === 'officers')).toMatchObject({ cutOff: frozenAt, definition: 1 })
    // The portal of this server publishes nothing: no number stands in its place.
    expect(rows.find(({ name }) => name === 'cell')).toMatchObject({ number: null, standing: 'withdrawn' })
    const csv = (await textFile('csv')).trim().split('\r\n')
    expect(csv).toHaveLength(rows.length + 1)
    for (const row of csv.slice(1)) expect(row).toMatch(/,DEMONSTRATION$/)
  })

  it('are one page of HTML that fetches nothing, with every section, and what was typed as text', async () => {
    const page = await textFile('html')
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('officers &#38; friends.')
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(/)
    expect(page).toMatch(/<div class="bars" role="img" aria-label="Bar chart\. [^"]*26|6[^"]*">/)
    expect(page.match(/DEMONSTRATION/g)?.length).toBeGreaterThanOrEqual(2)
    expect(await textFile('html', 'my')).toContain('<html lang="my">')
  })

  it('cite it as BibTeX and RIS, by who is named', async () => {
    expect(await textFile('bib')).toContain('author = {{An invented office}}')
    expect(await textFile('ris')).toMatch(/^TY {2}- RPRT\r\nAU {2}- An invented office\r\n/)
    for (const language of ['en', 'th', 'my'] as const) {
      expect(await textFile('bib', language)).toMatch(/\[DEMONSTRATION\]\}\}.*note = \{\{DEMONSTRATION: /s)
      expect(await textFile('ris', language)).toMatch(/\[DEMONSTRATION\]\r\n.*\r\nN1 {2}- DEMONSTRATION: /s)
    }
  })

  it.each(['en', 'th', 'my'] as const)(
    'are PDF/UA-1 in %s: tagged, titled, its headings in order, its tables with heads, its picture with a text',
    async (language) => {
      const { name, bytes } = await file('pdf', language)
      expect(name).toBe(`DEMONSTRATION-edition-1-${language}.pdf`)
      const raw = new TextDecoder('latin1').decode(bytes)
      expect(raw).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/)
      expect(raw).toMatch(/\/MarkInfo <<\s*\/Marked true/)
      expect(raw).toContain('/DisplayDocTitle true')
      const pages = textOfPdf(bytes)
      for (const page of pages) expect(page).toContain('DEMONSTRATION')
      const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
      expect((await pdf.getMetadata()).info).toMatchObject({ Title: said.title, Language: language })
      const nodes = await nodesOf(pdf)
      const roles = nodes.map(({ role }) => role)
      expect(roles.filter((role) => role === 'H1')).toHaveLength(1)
      for (const role of ['H2', 'H3', 'Table', 'TH', 'TD', 'Figure', 'P']) expect(roles).toContain(role)
      const levels = roles.flatMap((role) => (/^H\d$/.test(role) ? [Number(role[1])] : []))
      for (const [at, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1)
      for (const { role, alt } of nodes) if (role === 'Figure') expect(alt).toMatch(/.{20,}/)
      // Embedded, and ours.
      const fonts = [...raw.matchAll(/\/BaseFont \/([A-Z]{6}\+)?([\w-]+)/g)]
      for (const [, subset, font] of fonts) {
        expect(subset).toBeDefined()
        expect(font).toMatch(/^NotoSans(Thai|Myanmar)?-(Regular|Bold)$/)
      }
    },
  )
})

async function nodesOf(pdf: Awaited<ReturnType<typeof getDocument>['promise']>) {
  const nodes: { readonly role: string; readonly alt: string | undefined }[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('role' in node && typeof node.role === 'string')
      nodes.push({ role: node.role, alt: 'alt' in node && typeof node.alt === 'string' ? node.alt : undefined })
    if ('children' in node && Array.isArray(node.children)) for (const child of node.children) walk(child)
  }
  for (let number = 1; number <= pdf.numPages; number++) walk(await (await pdf.getPage(number)).getStructTree())
  return nodes
}
