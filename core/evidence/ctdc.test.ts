import { expect, test, vi } from 'vitest'
import { openFile } from '../sheets/sheet.ts'
import { csvOf } from '../sheets/test-files.ts'
import { nameOfTable } from './capture.ts'
import { layoutOf, readCtdc, smallestClass, splitsOf } from './ctdc.ts'
import { ctdcFile, realFile } from './test-files.ts'

// Whole tables on two cores that others use too.
vi.setConfig({ testTimeout: 60_000 })

async function read(bytes: Uint8Array) {
  const opened = await openFile(bytes)
  return opened.ok ? readCtdc(opened.value.sheets) : opened
}

async function tableOf(bytes: Uint8Array) {
  const table = await read(bytes)
  if (!table.ok) throw new Error(JSON.stringify(table.refusal))
  return table.value
}

const header = [
  'yearOfRegistration',
  'Datasource',
  'gender',
  'ageBroad',
  'citizenship',
  'isForcedLabour',
  'isSexualExploit',
  'CountryOfExploitation',
]

test('another table is refused with the columns looked for and those missing', async () => {
  const refused = await read(
    csvOf([
      ['yearOfRegistration', 'gender', 'score'],
      ['2016', 'Female', '3'],
    ]),
  )
  const values = {
    columns: 'yearOfRegistration, gender, ageBroad / ageCategories, citizenship',
    missing: 'ageBroad / ageCategories, citizenship',
  }
  expect(refused).toEqual({ ok: false, refusal: { code: 'evidence.not-a-ctdc-table', values } })
})

test('unknown is a part of its own in every split, however the edition writes it, and never a "no"', async () => {
  const table = await tableOf(
    csvOf([
      header,
      ['2016', 'Case Management', 'Female', '18--20', 'KH', '1', '0', 'TH'],
      ['2016', '-99', '', '-99', '00', '-99', '', '0'],
      ['-99', '-99', 'Female', '', '-99', '0.0', '1.0', '-99'],
    ]),
  )
  const parts = Object.fromEntries(
    splitsOf(table).map(({ column, parts }) => [column, parts.map((part) => [part.value, part.records])]),
  )
  expect(parts).toEqual({
    yearOfRegistration: [
      ['2016', 2],
      [null, 1],
    ],
    gender: [
      ['Female', 2],
      [null, 1],
    ],
    ageBroad: [
      ['18--20', 1],
      [null, 2],
    ],
    citizenship: [
      ['KH', 1],
      [null, 2],
    ],
    isForcedLabour: [
      ['0', 1],
      ['1', 1],
      [null, 1],
    ],
    isSexualExploit: [
      ['0', 1],
      ['1', 1],
      [null, 1],
    ],
    CountryOfExploitation: [
      ['TH', 1],
      [null, 2],
    ],
  })
})

test('a record is kept cell by cell as it came, and an unreadable line is listed with its reason', async () => {
  const odd = ['2016', '-99', 'Female', '9--17', 'PH', 'maybe', '0', 'PH']
  const table = await tableOf(csvOf([header, ['2016.5', ...odd.slice(1)], odd, odd.slice(0, 4), odd.with(5, '-99')]))
  expect(table.records).toEqual([{ line: 5, cells: odd.with(5, '-99') }])
  expect(table.issues).toEqual([
    { line: 2, reason: 'year-not-understood', values: { found: '2016.5' } },
    { line: 3, reason: 'answer-not-understood', values: { column: 'isForcedLabour', found: 'maybe' } },
    { line: 4, reason: 'cells-missing', values: { expected: 8, found: 4 } },
  ])
})

test('the smallest class tells a file that is not k-anonymous', async () => {
  const row = ['2016', 'x', 'Female', '9--17', 'PH', '1', '0', 'PH']
  expect(smallestClass(await tableOf(csvOf([header, row, row, row])))).toBe(3)
  expect(smallestClass(await tableOf(csvOf([header, row, row, row.with(4, 'TH')])))).toBe(1)
})

const published = realFile(ctdcFile)
test.skipIf(!published)('the published k-anonymous set is read whole: 48,773 records, no class under 11', async () => {
  const table = await tableOf(published ?? new Uint8Array())
  expect([table.records.length, table.issues.length, smallestClass(table)]).toEqual([48773, 0, 11])
  const splits = splitsOf(table)
  for (const { parts } of splits) expect(parts.reduce((sum, { records }) => sum + records, 0)).toBe(48773)
  expect(splits.find(({ column }) => column === 'gender')?.parts).toEqual([
    { value: 'Female', records: 35506 },
    { value: 'Male', records: 13267 },
  ])
  expect(splits.find(({ column }) => column === 'ageBroad')?.parts.at(-1)).toEqual({ value: null, records: 12348 })
})

test.each([
  ['the 63 columns of 2020', ['Datasource', 'majorityEntry', 'meansOfControlDebtBondage'], 'k-anonymous'],
  [
    'the synthetic edition of 2021',
    ['majorityStatusAtExploit', 'traffickMonths', 'meansOfControlThreats'],
    'synthetic',
  ],
  ['the synthetic editions since', ['traffickMonths', 'meansThreats', 'sectorOfLabourAgriculture'], 'synthetic'],
  ['a part of the columns', ['isForcedLabour'], 'unclear'],
  ["somebody's mixture of both", ['Datasource', 'traffickMonths'], 'unclear'],
] as const)('%s are told by their header', (_, columns, layout) => {
  expect(layoutOf(['yearOfRegistration', 'gender', ...columns])).toBe(layout)
  expect(layoutOf(columns.map((column) => ` ${column.toUpperCase()} `))).toBe(layout)
})

test('a synthetic edition is read by the same reader: its means and recruiters are split, and hold yes, no or unknown', async () => {
  const columns = [
    'yearOfRegistration',
    'gender',
    'ageBroad',
    'citizenship',
    'traffickMonths',
    'meansThreats',
    'recruiterRelationFriend',
  ]
  const table = await tableOf(
    csvOf([
      columns,
      ['2019', 'Woman', '18--20', 'PHL', '0--12 (0-1 yr)', '1', ''],
      ['2019', 'Woman', '18--20', 'PHL', '0--12 (0-1 yr)', '0', '1'],
      ['2019', 'Woman', '18--20', 'PHL', '', 'often', ''],
    ]),
  )
  expect(table.issues).toEqual([
    { line: 4, reason: 'answer-not-understood', values: { column: 'meansThreats', found: 'often' } },
  ])
  const means = splitsOf(table).find(({ column }) => column === 'meansThreats')
  expect(means?.parts).toEqual([
    { value: '0', records: 1 },
    { value: '1', records: 1 },
  ])
  expect(nameOfTable(table)).toBe('Global synthetic data set')
})
