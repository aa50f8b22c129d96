import type {
  Publication,
  PublicationHead,
  PublishedField,
  PublishedQuality,
  PublishedRecords,
} from '@lentera/core/shared/publication'
import { inventedRecords } from '@lentera/release/invented/records'
import { qualityOf, type Records, releaseMicrodata, seededBits } from '@lentera/release/microdata'
import { protectTable, readRules } from '@lentera/release/suppress'
import { chanceFrom } from './invented-table.ts'

/**
 * Publications as the portal is handed them, made by the real engines from people who are not: synthetic records, a suppressed
 * table, and one that was withdrawn.
 */
export async function inventedPublications(): Promise<readonly (Publication | PublicationHead)[]> {
  return [await suppressedTable(), syntheticRecords(), withdrawn]
}

/** What the server hands the portal. */
export function handing(all: readonly (Publication | PublicationHead)[], demonstration = true) {
  return {
    demonstration,
    publications: all,
    publication: async (address: string) => {
      const found = all.find((each) => each.address === address)
      return found && 'data' in found ? found : undefined
    },
  }
}

const head = {
  publisher: 'Nobody (invented)',
  source: 'Invented people',
  asOf: '2026-09-30',
  releasedOn: '2026-10-12',
  licence: 'CC-BY-4.0',
  unit: 'persons',
  persons: null,
  demonstration: true,
  withdrawn: null,
} as const

const withdrawn: PublicationHead = {
  ...head,
  address: 'figures-before',
  title: { en: 'Figures of the quarter before (invented)' },
  about: { en: 'Invented people by country and sex.' },
  hash: '0f'.repeat(32),
  method: { name: 'cut-off-tables', minimum: 5 },
  withdrawn: { on: '2026-11-02', why: 'Two countries were exchanged; the figures of September take its place.' },
}

// ---------------------------------------------------------------- synthetic records

const unknown = { code: 'unknown', label: { en: 'Unknown', th: 'ไม่ทราบ', my: 'မသိပါ' }, is: 'unknown' } as const
const plain = (code: string, en: string) => ({ code, label: { en } })
const countries = {
  MMR: 'Myanmar',
  KHM: 'Cambodia',
  LAO: 'Lao PDR',
  THA: 'Thailand',
  VNM: 'Viet Nam',
  IDN: 'Indonesia',
  PHL: 'Philippines',
  MYS: 'Malaysia',
  SGP: 'Singapore',
  TLS: 'Timor-Leste',
  BGD: 'Bangladesh',
  NPL: 'Nepal',
}
const countryCodes = Object.entries(countries).map(([code, en]) => plain(code, en))

/** The most values first, as the invented records have them. */
const fields: readonly PublishedField[] = [
  {
    name: 'citizenship',
    label: { en: 'Citizenship', th: 'สัญชาติ', my: 'နိုင်ငံသား' },
    kind: 'country-of-origin',
    codes: countryCodes,
  },
  {
    name: 'exploited_in',
    label: { en: 'Country of exploitation', th: 'ประเทศที่ถูกแสวงหาประโยชน์', my: 'ခေါင်းပုံဖြတ်ခံရသည့်နိုင်ငံ' },
    kind: 'country-of-exploitation',
    codes: countryCodes.slice(0, 9),
  },
  {
    name: 'year',
    label: { en: 'Year of registration', th: 'ปีที่ลงทะเบียน', my: 'မှတ်ပုံတင်သည့်နှစ်' },
    kind: 'year',
    codes: ['2018', '2019', '2020', '2021', '2022', '2023'].map((year) => plain(year, year)),
  },
  {
    name: 'age',
    label: { en: 'Age group', th: 'กลุ่มอายุ', my: 'အသက်အုပ်စု' },
    kind: 'age',
    codes: ['0–8', '9–17', '18–26', '27–38', '39+'].map((age) => plain(age, age)),
  },
  {
    name: 'form',
    label: { en: 'Form of exploitation', th: 'รูปแบบการแสวงหาประโยชน์', my: 'ခေါင်းပုံဖြတ်သည့်ပုံစံ' },
    kind: 'category',
    codes: [
      plain('sexual', 'Sexual exploitation'),
      plain('labour', 'Forced labour'),
      plain('other', 'Other forms of exploitation'),
    ],
  },
  {
    name: 'control',
    label: { en: 'Means of control', th: 'วิธีควบคุม', my: 'ထိန်းချုပ်သည့်နည်းလမ်း' },
    kind: 'category',
    codes: [
      plain('debt', 'Debt, or earnings taken'),
      plain('threats', 'Threats'),
      plain('movement', 'Movement restricted'),
    ],
  },
  {
    name: 'sex',
    label: { en: 'Sex', th: 'เพศ', my: 'လိင်' },
    kind: 'category',
    codes: [
      { code: 'F', label: { en: 'Female', th: 'หญิง', my: 'အမျိုးသမီး' } },
      { code: 'M', label: { en: 'Male', th: 'ชาย', my: 'အမျိုးသား' } },
    ],
  },
]

function syntheticRecords(): Publication {
  const sizes = fields.map(({ codes }) => codes.length)
  const shape = inventedRecords({
    records: 12_000,
    columns: fields.length,
    values: sizes.reduce((sum, size) => sum + size, 0),
    density: 0.85,
    seed: 20,
  })
  // The invented columns have sizes of their own: each is folded onto the codes of its field.
  const real: Records = {
    count: shape.count,
    columns: shape.columns.map(({ codes }, at) => ({
      name: fields[at]?.name ?? '',
      values: (fields[at]?.codes ?? []).map(({ code }) => code).toSorted(),
      codes: codes.map((code) => (code === 0 ? 0 : 1 + ((code - 1) % (sizes[at] ?? 1)))),
    })),
  }
  const made = releaseMicrodata(real, { method: 'dp', epsilon: 4, length: 3 }, seededBits(3), () => true)
  if (!made.ok) throw new Error(made.refusal.code)
  return {
    ...head,
    address: 'invented-records',
    title: { en: 'Records of invented people', th: 'ระเบียนของบุคคลสมมุติ', my: 'စိတ်ကူးထားသော လူများ၏ မှတ်တမ်းများ' },
    about: { en: 'People who were never there: where from, where to, form, means of control, sex, age and year.' },
    hash: 'a7'.repeat(32),
    method: { name: 'dp-records', epsilon: 4, delta: 1e-6, length: 3 },
    fields,
    data: rowsOf(made.value.records),
    quality: qualityBetween(real, made.value.records),
  }
}

/** Distinct rows with how many there are of each, as indices into the codes of the fields. */
function rowsOf(records: Records): PublishedRecords {
  const columns = fields.map((field) => {
    const column = records.columns.find(({ name }) => name === field.name)
    const places = (column?.values ?? []).map((value) => field.codes.findIndex(({ code }) => code === value))
    return { codes: column?.codes, places }
  })
  const counts = new Map<string, number>()
  for (let record = 0; record < records.count; record++) {
    const row = columns.map(({ codes, places }) => places[(codes?.[record] ?? 0) - 1] ?? -1).join()
    counts.set(row, (counts.get(row) ?? 0) + 1)
  }
  return { kind: 'records', rows: [...counts].map(([row, count]) => ({ codes: row.split(',').map(Number), count })) }
}

function qualityBetween(real: Records, released: Records): PublishedQuality {
  const compared = qualityOf(real, released, { length: 3, k: 10 })
  if (!compared.ok) throw new Error(compared.refusal.code)
  const { byLength, tail, questions } = compared.value
  return {
    byLength: byLength.map(({ length, combinations, errorUnion, suppressed, fabricated }) => ({
      length,
      combinations,
      error: errorUnion,
      suppressed,
      fabricated,
    })),
    tail,
    questions: questions.map(({ name, distance }) => ({ name, distance })),
  }
}

// ---------------------------------------------------------------- a suppressed table

const all = { code: 'Total', label: { en: 'All', th: 'ทั้งหมด', my: 'အားလုံး' }, is: 'total' } as const
const tableFields: readonly PublishedField[] = [
  {
    name: 'Year',
    label: { en: 'Year', th: 'ปี', my: 'နှစ်' },
    kind: 'year',
    codes: ['2021', '2022', '2023'].map((year) => plain(year, year)),
  },
  {
    name: 'Country',
    label: { en: 'Country', th: 'ประเทศ', my: 'နိုင်ငံ' },
    kind: 'country',
    codes: [plain('KH', 'Cambodia'), plain('MM', 'Myanmar'), plain('TH', 'Thailand'), unknown, all],
  },
  {
    name: 'Sex',
    label: { en: 'Sex', th: 'เพศ', my: 'လိင်' },
    kind: 'category',
    codes: [plain('Female', 'Female'), plain('Male', 'Male'), all],
  },
]

async function suppressedTable(): Promise<Publication> {
  const chance = chanceFrom(8)
  const parts = tableFields.map(({ codes }) => codes.filter((code) => !('is' in code) || code.is !== 'total'))
  const cells = new Map<string, number>()
  for (const year of parts[0] ?? [])
    for (const country of parts[1] ?? [])
      for (const sex of parts[2] ?? []) {
        const persons = Math.floor(90 * chance() ** 3)
        for (const c of [country.code, 'Total'])
          for (const s of [sex.code, 'Total']) {
            const key = [year.code, c, s].join('|')
            cells.set(key, (cells.get(key) ?? 0) + persons)
          }
      }
  const rules = readRules({ hierarchies: { ignore: [] } })
  if (!rules.ok) throw new Error(rules.refusal.code)
  const made = await protectTable(
    {
      name: 'invented',
      dimensions: tableFields.map(({ name }) => name),
      rows: [...cells].map(([key, count]) => ({ codes: key.split('|'), shown: String(count) })),
    },
    rules.value,
    { solver: null, elapsed: () => 0, budget: 1000, bits: seededBits(1), keyOf: () => 0 },
  )
  if (!made.ok) throw new Error(made.refusal.code)
  const order = tableFields.map(({ name }) => made.value.dimensions.indexOf(name))
  return {
    ...head,
    address: 'invented-table',
    title: {
      en: 'Invented people by country and sex',
      th: 'บุคคลสมมุติตามประเทศและเพศ',
      my: 'နိုင်ငံနှင့် လိင်အလိုက် စိတ်ကူးထားသော လူများ',
    },
    about: { en: 'Counts of people who were never there, by year, country and sex.' },
    hash: '5c'.repeat(32),
    method: { name: 'suppression', minimum: 5 },
    fields: tableFields,
    data: {
      kind: 'table',
      // Of the unknown of one year nothing is published, so that such a combination, too, is there.
      cells: made.value.rows
        .map(({ codes, shown }) => ({
          codes: tableFields.map((field, at) => field.codes.findIndex(({ code }) => code === codes[order[at] ?? 0])),
          value: shown === 'x' ? null : Number(shown),
        }))
        .filter(({ codes }) => !(codes[0] === 2 && codes[1] === 3)),
    },
    quality: null,
  }
}
