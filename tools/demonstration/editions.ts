import { projectFact } from '@lentera/core/evidence/capture'
import { noteOutcome, type SaidOfOutcome } from '@lentera/core/evidence/dissemination/capture'
import {
  beginEdition,
  describeEdition,
  freezeEdition,
  linkFigure,
  stateEditionLanguage,
  writeSection,
} from '@lentera/core/evidence/dissemination/edition/capture'
import { type Edition, editionText, projectEdition } from '@lentera/core/evidence/dissemination/edition/project'
import type { FigureSource } from '@lentera/core/evidence/dissemination/edition/words'
import { projectProduct } from '@lentera/core/evidence/dissemination/project'
import type { Draft } from '@lentera/core/log/draft'
import { indicators } from '@lentera/core/results/indicators'
import { CivilDate } from '@lentera/core/shared/dates'
import { Hash, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { PrintedLanguage } from '@lentera/core/shared/languages'
import type { Decision } from '@lentera/core/shared/refusals'
import type { Randomness } from '@lentera/sealed/open'
import { hashNow } from '@lentera/sealed/verify'
import * as z from 'zod'
import { get } from '../device/found.ts'
import { earlier } from './days.ts'
import type { Writer } from './found.ts'

export type WriteEditions = {
  readonly product: StreamId
  /** The label of the cut-off that was made last. */
  readonly cutOff: string
  /** Cited facts of the programme, by their streams. */
  readonly facts: readonly StreamId[]
  /** The address of a publication of records that stands already; null where none is linked to. */
  readonly publication: string | null
  readonly today: CivilDate
}

/** The first edition of an invented product, frozen, and the second in the making; and what came of it. All texts are invented. */
export async function writeEditions(
  { device, ask, organisation: { organisation } }: Writer,
  { product, cutOff, facts, publication, today }: WriteEditions,
  random: Randomness,
): Promise<void> {
  const of = projectProduct(device.state(product))
  if (!of) return
  const first = StreamId.parse(randomUuid(random(16)))
  const stood = (stream: StreamId): Edition => {
    const edition = projectEdition(device.state(stream))
    if (!edition) throw new Error('the edition was begun')
    return edition
  }
  const write = (stream: StreamId, decide: (edition: Edition) => Decision<Draft[]>) =>
    device.write(get(decide(stood(stream))))
  await device.write(get(beginEdition({ stream: first, organisation, product }, of, [], today)))
  for (const [name, source] of Object.entries(linksOf(CivilDate.parse(cutOff)))) {
    await write(first, (edition) => linkFigure(first, edition, { name, source }, today))
  }
  const published = publication && (await publishedAt(ask, publication))
  if (published) await write(first, (it) => linkFigure(first, it, { name: 'records', source: published }, today))
  const [fact] = facts
  const said = fact && projectFact(device.state(fact))?.said
  if (fact && said)
    await write(first, (it) => linkFigure(first, it, { name: 'detected', source: { from: 'fact', fact, said } }, today))
  for (const { heading, text } of texts(said !== undefined, published !== null)) {
    await write(first, (it) => writeSection(first, it, { language: 'en', heading, text }, today))
  }
  for (const [language, heading, text] of translated) {
    await write(first, (it) => writeSection(first, it, { ...sectionOf(it, 0), language, heading, text }, today))
  }
  await write(first, (it) => stateEditionLanguage(first, it, { language: 'en', state: 'reviewed' }, today))
  await write(first, (it) => describeEdition(first, it, { licence: 'CC-BY-4.0', publishedOn: today }, today))
  await write(first, (it) => freezeEdition(first, it, hashNow(editionText(it)), today))

  const second = StreamId.parse(randomUuid(random(16)))
  await device.write(get(beginEdition({ stream: second, organisation, product }, of, [stood(first)], today)))
  await write(second, (it) => describeEdition(second, it, { changed: 'A shorter summary (invented).' }, today))
  const text = 'Invented, and being written anew: {officers} officers so far.'
  await write(second, (it) =>
    writeSection(second, it, { ...sectionOf(it, 0), language: 'en', heading: 'Summary', text }, today),
  )
  for (const [i, outcome] of outcomes.entries()) {
    const on = earlier(today, 30 - i * 12)
    const now = projectProduct(device.state(product))
    if (now) await device.write(get(noteOutcome(product, now, outcome, { on, today })))
  }
}

const sectionOf = ({ sections }: Edition, at: number) => {
  const record = sections[at]?.record
  return record ? { record } : {}
}

function linksOf(cutOff: CivilDate): Readonly<Record<string, FigureSource>> {
  const link = (key: string, by?: string): FigureSource => ({
    from: 'indicator',
    indicator: key,
    definition: indicators.find((each) => each.key === key)?.definition ?? 1,
    period: 'all',
    cutOff,
    ...(by ? { by } : {}),
  })
  return {
    officers: link('officers-trained', 'sex'),
    women: link('women-among-officers-trained'),
    survivors: link('survivors-supported'),
  }
}

const texts = (withFact: boolean, withPublication: boolean) => [
  {
    heading: 'Summary',
    text: 'Invented for the demonstration. {officers} officers were trained, and {women} of them are women.\n{officers}',
  },
  {
    heading: 'Why it matters',
    text: `Invented. {survivors} survivors were supported since the beginning.${
      withFact ? ' Of the victims whom the countries of the world detected, women and girls were:\n{detected}' : ''
    }${withPublication ? '\nInvented records that anybody can have: {records}.' : ''}`,
  },
]

/** All records of a publication, as anybody who writes an edition is offered it. */
async function publishedAt(ask: Writer['ask'], address: string): Promise<FigureSource> {
  const { publications } = Offered.parse(await ask('GET /api/editions'))
  const found = publications.find((each) => each.address === address)
  if (!found) throw new Error(`nothing is published at ${address}`)
  return { from: 'publication', address, hash: found.hash, codes: {} }
}

const Offered = z.object({ publications: z.array(z.object({ address: z.string(), hash: Hash })) })

const translated: readonly (readonly [PrintedLanguage, string, string])[] = [
  ['th', 'สรุป', 'สมมติขึ้นเพื่อการสาธิต มีเจ้าหน้าที่ผ่านการอบรม {officers} คน\n{officers}'],
  ['my', 'အကျဉ်းချုပ်', 'သရုပ်ပြရန် စိတ်ကူးထားသည်။ အရာရှိ {officers} ဦး သင်တန်းတက်ခဲ့သည်။\n{officers}'],
]

const outcomes: readonly SaidOfOutcome[] = [
  {
    outcome: 'used-in-training',
    what: 'An invented academy teaches from its second chapter.',
    audience: 'law-enforcement',
    event: null,
    source: 'Curriculum of the academy (invented)',
    address: 'https://example.org/curriculum',
    strength: 'public',
  },
  {
    outcome: 'feedback',
    what: 'An invented network of shelters asked for a shorter version.',
    audience: 'civil-society',
    event: null,
    source: 'Letter to the office (invented)',
    address: '',
    strength: 'written',
  },
]
