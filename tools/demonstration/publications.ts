import type { PublicationBoard } from '@lentera/core/evidence/publication/answers'
import {
  bringHolding,
  proposePublication,
  setBudget,
  signPublication,
  withdrawPublication,
} from '@lentera/core/evidence/publication/capture'
import type { Proposal } from '@lentera/core/evidence/publication/entries'
import { ledgerOf } from '@lentera/core/evidence/publication/ledger'
import { judgePublication, populationOf, projectPublication } from '@lentera/core/evidence/publication/project'
import type { SignsAs } from '@lentera/core/evidence/publication/words'
import type { CivilDate } from '@lentera/core/shared/dates'
import { Hash, randomUuid, StreamId } from '@lentera/core/shared/ids'
import type { Randomness } from '@lentera/sealed/open'
import { hashNow } from '@lentera/sealed/verify'
import { get } from '../device/found.ts'
import type { Writer } from './found.ts'
import { inventedColumns, inventedRecordsCsv } from './invented-records.ts'

type Two = { readonly steward: Writer; readonly officer: Writer }
type At = { readonly cutOff: string; readonly today: CivilDate }

/** What is published of an invented region: its figures, invented records, an invented table, and one that was withdrawn. */
export async function writePublications(two: Two, { cutOff, today }: At, random: Randomness): Promise<void> {
  const id = (): StreamId => StreamId.parse(randomUuid(random(16)))
  const rows = 10_000
  const records = await bring(two.steward, id(), inventedRecordsCsv(rows, 2026), rows, inventedColumns, today, {
    form: 'records',
    name: 'Records of people who are not (invented)',
    source: 'Drawn from a seed for the demonstration; nothing in it comes from anybody.',
  })
  const numbers = inventedTable()
  const table = await bring(two.steward, id(), numbers.bytes, numbers.rows, tableColumns, today, {
    form: 'table',
    name: 'Persons referred, by country (invented)',
    source: 'Made up for the demonstration.',
  })
  const { organisation } = two.officer.organisation
  const said = {
    epsilon: 4000,
    deltaExponent: 5,
    why: 'Two releases of records a year, at an epsilon of two each. Invented.',
  }
  const population = populationOf({ publisher: nobody, name: 'Records of people who are not (invented)' })
  await two.officer.device.write(
    get(setBudget(id(), organisation, population, said, ledgerOf(population, [], []), today)),
  )
  await two.officer.send()

  const held = { kind: 'holding' } as const
  await publish(two, id(), null, today, {
    ...common('programme-figures', figures),
    source: 'Records of the demonstration, counted as of its last cut-off.',
    from: {
      kind: 'facts',
      indicators: [
        'survivors-supported',
        'survivors-received',
        'women-trained-in-livelihoods',
        'women-given-livelihood-support',
      ],
      cutOff,
    },
    method: { name: 'cut-off-tables' },
  })
  await publish(two, id(), 'records', today, {
    ...common('synthetic-records', syntheticRecords),
    source: 'Records of people who are not (invented).',
    from: { ...held, holding: records },
    method: { name: 'dp-records', epsilon: 2000, deltaExponent: 6, length: 3 },
  })
  await publish(two, id(), 'table', today, {
    ...common('persons-referred', referred),
    source: 'Persons referred, by country (invented).',
    from: { ...held, holding: table },
    method: { name: 'suppression', minimum: 5 },
  })
  const withdrawn = id()
  await publish(two, withdrawn, 'table', today, {
    ...common('persons-referred-first', referredFirst),
    source: 'Persons referred, by country (invented).',
    from: { ...held, holding: table },
    method: { name: 'suppression', minimum: 5 },
  })
  const publication = projectPublication(two.officer.device.state(withdrawn))
  const why = 'Invented: the title named the wrong years. The corrected table stands beside it.'
  if (publication) await two.officer.device.write(get(withdrawPublication(withdrawn, publication, why, today)))
  await two.officer.send()
}

const nobody = 'Nobody: invented for the demonstration'

type Texts = Pick<Proposal, 'title' | 'about'>
const common = (address: string, texts: Texts) => ({ address, ...texts, publisher: nobody, licence: 'CC-BY-4.0' })

const figures: Texts = {
  title: {
    en: 'Women the programme stood beside (demonstration)',
    th: 'ผู้หญิงที่โครงการเคียงข้าง (สาธิต)',
    my: 'အစီအစဉ်က ကူညီခဲ့သော အမျိုးသမီးများ (သရုပ်ပြ)',
  },
  about: {
    en: 'Invented. Survivors received and supported, and women at risk trained and supported, by country, year, sex, age and form, as of a cut-off. Groups of fewer than five are hidden, and others for their sake. It does not say how many there are who never came.',
  },
}
const syntheticRecords: Texts = {
  title: {
    en: 'Synthetic records of registered persons (demonstration)',
    th: 'ระเบียนสังเคราะห์ของผู้ลงทะเบียน (สาธิต)',
    my: 'မှတ်ပုံတင်သူများ၏ ဖန်တီးထားသော မှတ်တမ်းများ (သရုပ်ပြ)',
  },
  about: {
    en: 'Invented twice: records of nobody, made from records of people who are not. Seven fields by year of registration. Counts of combinations of up to three fields are near those they were made from; no record is a person.',
  },
}
const referred: Texts = {
  title: {
    en: 'Persons referred, by country, sex and form (demonstration)',
    th: 'ผู้ได้รับการส่งต่อ จำแนกตามประเทศ เพศ และรูปแบบ (สาธิต)',
    my: 'လွှဲပြောင်းခံရသူများ၊ နိုင်ငံ၊ လိင်နှင့် ပုံစံအလိုက် (သရုပ်ပြ)',
  },
  about: {
    en: 'Invented. A table with its totals, in which cells of one to four persons are hidden, and as many others as it takes that none can be worked out.',
  },
}
const referredFirst: Texts = {
  title: { en: 'Persons referred, first edition (demonstration)' },
  about: { en: 'Invented. The first edition of the table, withdrawn.' },
}

// ---------------------------------------------------------------- what they do

type Brought = { readonly form: 'records' | 'table'; readonly name: string; readonly source: string }

async function bring(
  steward: Writer,
  stream: StreamId,
  bytes: Uint8Array<ArrayBuffer>,
  rows: number,
  columns: readonly string[],
  today: CivilDate,
  said: Brought,
): Promise<StreamId> {
  const hash = Hash.parse(hashNow(bytes))
  await steward.ask(`PUT /api/publications/holdings/${hash}`, bytes)
  const holding = {
    ...said,
    publisher: nobody,
    edition: today.slice(0, 7),
    terms: 'None: it is of nobody.',
    about: 'survivors',
    invented: true,
    hash,
    bytes: bytes.length,
    rows,
    columns,
  } as const
  await steward.device.write(get(bringHolding(stream, steward.organisation.organisation, holding, today)))
  await steward.send()
  return stream
}

/** Proposed by the steward, made by the server, signed by her and by the officer. */
async function publish(
  { steward, officer }: Two,
  stream: StreamId,
  form: 'records' | 'table' | null,
  today: CivilDate,
  proposal: Proposal,
): Promise<void> {
  const { organisation } = steward.organisation
  await steward.device.write(get(proposePublication(stream, organisation, proposal, { addresses: [], form }, today)))
  await steward.send()
  const hash = await made(steward, stream)
  const sign = async (by: Writer, as: SignsAs): Promise<void> => {
    by.device.learn([steward, officer].flatMap(({ device }) => device.entries(stream)))
    const publication = projectPublication(by.device.state(stream))
    if (!publication) throw new Error('it was proposed')
    const signing = { hash, as, member: by.person.member }
    await by.device.write(get(signPublication(stream, judgePublication(publication, hash), signing, today)))
    await by.send()
  }
  await sign(steward, 'steward')
  await sign(officer, 'protection-officer')
}

/** The hash of its content, as soon as there is one. */
async function made(steward: Writer, stream: StreamId): Promise<Hash> {
  await steward.ask(`POST /api/publications/${stream}/prepare`)
  for (;;) {
    const { publications } = (await steward.ask('GET /api/publications')) as PublicationBoard
    const row = publications.find((each) => each.stream === stream)
    if (row?.hash) return row.hash
    if (row?.preparation?.state === 'refused') throw new Error(`not made: ${JSON.stringify(row.preparation.refusal)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

// ---------------------------------------------------------------- an invented table

const tableColumns = ['country', 'sex', 'form', 'persons'] as const

/** Counts by country, sex and form with all their totals: plain numbers of nobody's, small ones among them. */
function inventedTable(): { readonly bytes: Uint8Array<ArrayBuffer>; readonly rows: number } {
  const axes = [
    ['ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'TH', 'VN'],
    ['female', 'male'],
    ['sexual-exploitation', 'forced-labour', 'other'],
  ] as const
  const counts = new Map<string, number>()
  const [countries, sexes, forms] = axes
  countries.forEach((country, c) => {
    sexes.forEach((sex, s) => {
      forms.forEach((form, f) => {
        const count = (((c * 7 + s * 5 + f * 11) * 13) % 47) + (s === 0 ? 9 : 0) - (f === 2 ? 12 : 0)
        for (const a of [country, 'Total'])
          for (const b of [sex, 'Total'])
            for (const d of [form, 'Total']) {
              const key = [a, b, d].join(',')
              counts.set(key, (counts.get(key) ?? 0) + Math.max(0, count))
            }
      })
    })
  })
  const lines = [...counts].map(([key, count]) => `${key},${count}`)
  return { bytes: new TextEncoder().encode(`${tableColumns.join(',')}\n${lines.join('\n')}\n`), rows: lines.length }
}
