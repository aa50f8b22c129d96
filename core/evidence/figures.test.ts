import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { sum } from '../shared/counts.ts'
import { openFile } from '../sheets/sheet.ts'
import {
  type Cell,
  evidenceFigures,
  type Figures,
  femaleShare,
  indexRows,
  inWords,
  percentTenths,
  rowsOf,
} from './figures.ts'
import { type Observation, readGlotip, readValue } from './glotip.ts'
import { glotipFile, realFile } from './test-files.ts'

// Whole tables on two cores that others use too.
vi.setConfig({ testTimeout: 60_000 })

/** A row about Thailand in 2018: detected victims in all, unless the fields named say otherwise. */
function row(fields: Partial<Observation>): Observation {
  const text = fields.text ?? '10'
  return {
    line: 1,
    iso3: 'THA',
    country: 'Thailand',
    region: 'Asia',
    subregion: 'South-eastern Asia',
    indicator: 'Detected trafficking victims',
    dimension: 'Total',
    category: 'Total',
    sex: 'Total',
    age: 'Total',
    year: 2018,
    unit: 'Counts',
    text,
    value: readValue(text) ?? { low: 0, high: 0 },
    source: 'GLOTIP',
    ...fields,
  }
}

const classes = fc.oneof(
  fc.record({ sex: fc.constantFrom('Female', 'Male', 'Total', 'Other') }),
  fc.record({
    dimension: fc.constant('by form of exploitation'),
    category: fc.constantFrom('Sexual exploitation', 'Forced labour', 'Other forms of exploitation'),
    sex: fc.constantFrom('Female', 'Male', 'Total'),
    age: fc.constantFrom('Total', '18 years or over', '0 to 17 years'),
  }),
)
const anyRow: fc.Arbitrary<Observation> = fc
  .record({
    iso3: fc.constantFrom('THA', 'KHM', 'VNM', 'SAM'),
    year: fc.constantFrom(2018, 2018, 2019),
    text: fc.constantFrom('<5', '7', '120', '1,234'),
    classes,
  })
  .map(({ classes, ...fields }) => row({ ...fields, ...classes, country: fields.iso3 === 'SAM' ? '' : fields.iso3 }))
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 80, size: 'max' })

const cellsOf = ({ femaleShare, forms, asean }: Figures): Cell[] => [
  ...[femaleShare.everyRow, femaleShare.areasOnly].flatMap(({ female, male }) => [female, male]),
  ...[forms.everyRow, forms.areasOnly].flatMap(({ groups }) =>
    groups.flatMap((group) => group.forms.map(({ cell }) => cell)),
  ),
  ...asean.countries.flatMap(({ years }) => years.flatMap(({ total, bySex, byForm }) => [total, ...bySex, ...byForm])),
]

test('the female share counts each detected victim once: totals over age and form, female and male only', () => {
  const rows = indexRows([
    row({ sex: 'Female', text: '60' }),
    row({ sex: 'Male', text: '40' }),
    // None of these is a further victim of that year, sex and indicator.
    row({ sex: 'Female', age: '18 years or over', text: '50' }),
    row({ sex: 'Female', dimension: 'by form of exploitation', category: 'Forced labour', text: '30' }),
    row({ sex: 'Total', text: '103' }),
    row({ sex: 'Other', text: '<5' }),
    row({ sex: 'Female', year: 2019, text: '900' }),
    row({ sex: 'Female', indicator: 'Persons convicted', text: '900' }),
    row({ sex: 'Female', unit: 'Rate per 100,000', text: '900' }),
  ])
  const { share, female, cautions } = femaleShare(rows, 2018, 'every-row')
  expect(share).toEqual({
    value: { numerator: 60, denominator: 100 },
    low: { numerator: 60, denominator: 100 },
    high: { numerator: 60, denominator: 100 },
  })
  expect(cautions).toEqual([])
  expect(inWords(female.where)).toBe(
    'Indicator = Detected trafficking victims; Dimension = Total; Category = Total; Sex = Female; Age = Total; Year = 2018; Unit of measurement = Counts',
  )
})

test('with "<5" the share lies between its two extremes, and its value is over the rows given as numbers', () => {
  const rows = indexRows([
    row({ sex: 'Female', text: '60' }),
    row({ sex: 'Female', iso3: 'KHM', country: 'Cambodia', text: '<5' }),
    row({ sex: 'Male', text: '40' }),
    row({ sex: 'Male', iso3: 'KHM', country: 'Cambodia', text: '<5' }),
  ])
  expect(femaleShare(rows, 2018, 'areas').share).toEqual({
    value: { numerator: 60, denominator: 100 },
    low: { numerator: 60, denominator: 104 },
    high: { numerator: 64, denominator: 104 },
  })
})

test('where a class has only "<5" there is no value, only an interval; where it has no row there is neither', () => {
  const onlyFew = indexRows([row({ sex: 'Female', text: '<5' }), row({ sex: 'Male', text: '6' })])
  expect(femaleShare(onlyFew, 2018, 'areas').share).toEqual({
    value: null,
    low: { numerator: 0, denominator: 6 },
    high: { numerator: 4, denominator: 10 },
  })
  const noMale = femaleShare(indexRows([row({ sex: 'Female' })]), 2018, 'areas')
  expect([noMale.share, noMale.male.count, noMale.male.rows]).toEqual([null, null, 0])
})

test("a sub-region's line counts only where every row is asked for, and its share says so", () => {
  const rows = indexRows([
    row({ sex: 'Female', text: '60' }),
    row({ sex: 'Male', text: '40' }),
    row({ sex: 'Male', iso3: 'SAM', country: '', text: '100' }),
  ])
  const [every, areas] = [femaleShare(rows, 2018, 'every-row'), femaleShare(rows, 2018, 'areas')]
  expect(every.share?.value).toEqual({ numerator: 60, denominator: 200 })
  expect(every.cautions).toEqual([{ code: 'sub-region-lines-counted', rows: 1 }])
  expect(areas.share?.value).toEqual({ numerator: 60, denominator: 100 })
  expect(areas.cautions).toEqual([])
})

test('rows of one group add up, copies too, and the figure says how many groups have several rows', () => {
  const rows = indexRows([
    row({ sex: 'Female', text: '30' }),
    row({ sex: 'Female', text: '30' }),
    row({ sex: 'Male', text: '40' }),
  ])
  const { share, cautions } = femaleShare(rows, 2018, 'areas')
  expect(share?.value).toEqual({ numerator: 60, denominator: 100 })
  expect(cautions).toEqual([{ code: 'several-rows-in-one-group', groups: 1 }])
})

test('a hidden number is never narrowed by the totals published beside it', () => {
  // By subtraction the male row could be told to be 2; a figure must not.
  const { bySex } = evidenceFigures(
    [row({ text: '12' }), row({ sex: 'Female', text: '10' }), row({ sex: 'Male', text: '<5' })],
    2018,
  ).asean.countries.find(({ country }) => country === 'TH')?.years[0] ?? { bySex: [] }
  expect(bySex.find(({ where }) => where.sex === 'Male')?.count).toEqual({ low: 0, high: 4 })
})

test('a country without a row is unknown, which is neither zero nor an interval', () => {
  const { asean } = evidenceFigures([row({}), row({ iso3: 'BRN', country: 'Brunei Darussalam', text: '<5' })], 2018)
  const totals = Object.fromEntries(asean.countries.map(({ country, years }) => [country, years[0]?.total.count]))
  expect(totals).toEqual({
    BN: { low: 0, high: 4 },
    ID: null,
    KH: null,
    LA: null,
    MM: null,
    MY: null,
    PH: null,
    SG: null,
    TH: { low: 10, high: 10 },
    TL: null,
    VN: null,
  })
})

test('any order of the rows gives the same figures', () => {
  const shuffled = anyRows.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })),
  )
  fc.assert(
    fc.property(shuffled, ([rows, turned]) => {
      expect(evidenceFigures(turned, 2018)).toEqual(evidenceFigures(rows, 2018))
    }),
    { seed: 20261124, numRuns: 100 },
  )
})

test('every number opens to exactly the rows it counts, and they add up to it', () => {
  let opened = 0
  fc.assert(
    fc.property(anyRows, (rows) => {
      const index = indexRows(rows)
      for (const cell of cellsOf(evidenceFigures(rows, 2018))) {
        const counted = rowsOf(index, cell.where)
        expect(counted.length).toBe(cell.rows)
        expect(counted.length === 0 ? null : sum(counted.map(({ value }) => value))).toEqual(cell.count)
        opened += counted.length
      }
    }),
    { seed: 20261124, numRuns: 50 },
  )
  expect(opened).toBeGreaterThan(1000)
})

test('whatever numbers "<5" really stands for, the share they give lies inside the interval', () => {
  const hidden = fc.tuple(anyRows, fc.infiniteStream(fc.integer({ min: 0, max: 4 })))
  let withIntervals = 0
  fc.assert(
    fc.property(hidden, ([rows, stream]) => {
      const known = rows.map((row) => {
        const value = row.value.low === row.value.high ? row.value.low : Number(stream.next().value)
        return { ...row, text: String(value), value: { low: value, high: value } }
      })
      const between = femaleShare(indexRows(rows), 2018, 'every-row').share
      const really = femaleShare(indexRows(known), 2018, 'every-row').share
      if (!between || !really?.value) return
      const share = ({ numerator, denominator }: { numerator: number; denominator: number }) => numerator / denominator
      expect(share(between.low)).toBeLessThanOrEqual(share(really.value))
      expect(share(between.high)).toBeGreaterThanOrEqual(share(really.value))
      if (between.value) expect(share(between.low)).toBeLessThanOrEqual(share(between.value))
      if (between.value) expect(share(between.high)).toBeGreaterThanOrEqual(share(between.value))
      if (share(between.low) < share(between.high)) withIntervals++
    }),
    { seed: 20261124, numRuns: 300 },
  )
  expect(withIntervals).toBeGreaterThan(50)
})

const published = realFile(glotipFile)

async function publishedRows(): Promise<readonly Observation[]> {
  const opened = await openFile(published ?? new Uint8Array())
  const table = opened.ok ? await readGlotip(opened.value.sheets) : opened
  if (!table.ok) throw new Error(table.refusal.code)
  return table.value.observations
}

test.skipIf(!published)(
  "UNODC's table of 30/05/2023: 65.1 % of 2018 over every row, between 65.0 and 65.2 %; 65.0 % over areas",
  async () => {
    const { everyRow, areasOnly } = evidenceFigures(await publishedRows(), 2018).femaleShare
    expect(everyRow.share).toEqual({
      value: { numerator: 28234, denominator: 43344 },
      low: { numerator: 28234, denominator: 43468 },
      high: { numerator: 28318, denominator: 43428 },
    })
    const tenths = (share: typeof everyRow.share) =>
      share && [share.low, share.value, share.high].map((ratio) => ratio && percentTenths(ratio))
    expect(tenths(everyRow.share)).toEqual([650, 651, 652])
    expect(tenths(areasOnly.share)).toEqual([648, 650, 650])
    expect([
      everyRow.female.rows,
      everyRow.female.lessThanFive,
      everyRow.male.rows,
      everyRow.male.lessThanFive,
    ]).toEqual([118, 21, 117, 31])
  },
)

test.skipIf(!published)(
  "UNODC's table of 30/05/2023 covers 201 areas and seven sub-regions, 2003 to 2021",
  async () => {
    expect(evidenceFigures(await publishedRows(), 2018).coverage).toEqual({
      key: 'glotip-coverage',
      definition: 1,
      rows: 46556,
      repeats: 255,
      areas: 201,
      subregions: 7,
      lessThanFive: 23076,
      years: { first: 2003, last: 2021 },
    })
  },
)

test.skipIf(!published)(
  'on the published table every number opens to rows that, counted anew one by one, give it',
  async () => {
    const rows = await publishedRows()
    const figures = evidenceFigures(rows, 2018)
    // An independent count: one pass over all rows, with nothing of the index or of `rowsOf`.
    const subregions = new Set(['CAR', 'CAS', 'EEU', 'MCA', 'MCN', 'SAF', 'SAM'])
    const sums = new Map<string, [number, number, number]>()
    for (const row of rows) {
      const classes = [row.indicator, row.dimension, row.category, row.sex, row.age, row.year]
      const low = row.text === '<5' ? 0 : Number(row.text.replace(',', ''))
      const high = row.text === '<5' ? 4 : low
      const scopes = subregions.has(row.iso3) ? ['every-row'] : ['every-row', 'areas', `areas ${row.iso3}`]
      for (const scope of scopes) {
        const key = [...classes, scope].join('|')
        const [rowsBefore, lowBefore, highBefore] = sums.get(key) ?? [0, 0, 0]
        sums.set(key, [rowsBefore + 1, lowBefore + low, highBefore + high])
      }
    }
    const cells = cellsOf(figures)
    for (const { where, count, rows: counted } of cells) {
      const { indicator, dimension, category, sex, age, year, lines, area } = where
      const key = [indicator, dimension, category, sex, age, year, area ? `${lines} ${area}` : lines].join('|')
      const found = sums.get(key)
      expect(count ? [counted, count.low, count.high] : undefined, key).toEqual(found)
    }
    expect(cells.filter(({ count }) => count === null).length).toBeGreaterThan(100)
    expect(cells.filter(({ count }) => count !== null).length).toBeGreaterThan(400)
  },
)
