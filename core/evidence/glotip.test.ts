import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { openFile } from '../sheets/sheet.ts'
import { csvOf, utf8, workbookOf } from '../sheets/test-files.ts'
import { areaOf, contradictionsIn, nameContradictions, readGlotip, readValue } from './glotip.ts'
import { glotipFile, glotipHeader, glotipRow, realFile } from './test-files.ts'

// Whole tables on two cores that others use too.
vi.setConfig({ testTimeout: 60_000 })

async function read(bytes: Uint8Array) {
  const opened = await openFile(bytes)
  return opened.ok ? readGlotip(opened.value.sheets) : opened
}

async function tableOf(bytes: Uint8Array) {
  const table = await read(bytes)
  if (!table.ok) throw new Error(JSON.stringify(table.refusal))
  return table.value
}

const columns =
  'Iso3_code, Country, Indicator, Dimension, Category, Sex, Age, Year, Unit of measurement, txtVALUE / VALUE'

test('a file that is another table is refused with the columns looked for', async () => {
  const refused = await read(utf8('date,station\n2018-01-01,Mae Sot\n'))
  expect(refused).toEqual({
    ok: false,
    refusal: { code: 'evidence.not-a-glotip-table', values: { columns, missing: columns } },
  })
})

test('a table that lacks one column is refused with the name of that column', async () => {
  const without = glotipHeader.filter((column) => column !== 'Dimension')
  const refused = await read(csvOf([['UNODC'], without]))
  expect(refused.ok || refused.refusal.values).toEqual({ columns, missing: 'Dimension' })
})

test('a table with a header and not one readable row is refused', async () => {
  const refused = await read(csvOf([glotipHeader, glotipRow({ txtVALUE: 'many' })]))
  expect(refused.ok || refused.refusal).toEqual({ code: 'evidence.no-rows', values: { unreadable: 1 } })
})

test.each([
  ['<5', { low: 0, high: 4 }],
  ['< 5', { low: 0, high: 4 }],
  ['5', { low: 5, high: 5 }],
  ['0', { low: 0, high: 0 }],
  ['1,200', { low: 1200, high: 1200 }],
  ['12,345,678', { low: 12345678, high: 12345678 }],
])('the value "%s" is read as what it says', (text, value) => {
  expect(readValue(text)).toEqual(value)
})

test.each(['', ' ', '<10', '>5', '-3', '1.5', '12,34', '1,2000', '5*', 'n/a', '١٢', '1e3', '9'.repeat(16)])(
  'the value "%s" is not understood, and never guessed',
  (text) => {
    expect(readValue(text)).toBeUndefined()
  },
)

test('each unreadable line is listed with its line and reason, and the good rows are kept', async () => {
  const short = glotipRow().slice(0, 11)
  const { observations, issues } = await tableOf(
    csvOf([
      ['Title'],
      glotipHeader,
      glotipRow(),
      short,
      glotipRow({ txtVALUE: '<10' }),
      glotipRow({ Year: '2018/19' }),
      [...glotipRow(), 'stray'],
      glotipRow({ Sex: '' }),
      glotipRow({ Iso3_code: '', Country: '' }),
      [...glotipRow({ txtVALUE: '11' }), '', ''],
    ]),
  )
  expect(observations.map(({ line, text }) => [line, text])).toEqual([
    [3, '10'],
    [10, '11'],
  ])
  expect(issues).toEqual([
    { line: 4, reason: 'cells-missing', values: { expected: 13, found: 11 } },
    { line: 5, reason: 'value-not-understood', values: { found: '<10' } },
    { line: 6, reason: 'year-not-understood', values: { found: '2018/19' } },
    { line: 7, reason: 'cells-too-many', values: { expected: 13, found: 14 } },
    { line: 8, reason: 'cell-empty', values: { column: 'Sex' } },
    { line: 9, reason: 'cell-empty', values: { column: 'Iso3_code, Country' } },
  ])
})

test('any mixture of good, repeated and broken rows is kept, repeated and listed, line by line', async () => {
  const good = fc.record({ Iso3_code: fc.constantFrom('THA', 'KHM'), txtVALUE: fc.constantFrom('<5', '7', '1,234') })
  const broken = fc.record({ txtVALUE: fc.constantFrom('', 'x', '<50', '1.5') })
  const row = fc.oneof(
    good.map((cells) => ({ ok: true, cells })),
    broken.map((cells) => ({ ok: false, cells })),
  )
  const seen = { good: 0, broken: 0, repeats: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const { observations, issues } = await tableOf(
        csvOf([glotipHeader, glotipRow(), ...rows.map(({ cells }) => glotipRow(cells))]),
      )
      const linesWhere = (ok: boolean) => rows.flatMap((made, index) => (made.ok === ok ? [index + 3] : []))
      expect(observations.map(({ line }) => line)).toEqual([2, ...linesWhere(true)])
      expect(issues.map(({ line }) => line)).toEqual(linesWhere(false))
      const distinct = new Set(observations.map(({ iso3, text }) => `${iso3} ${text}`))
      seen.good += observations.length
      seen.broken += issues.length
      seen.repeats += observations.length - distinct.size
    }),
    { seed: 20261124, numRuns: 100 },
  )
  // The generator really makes all three.
  expect(Math.min(seen.good, seen.broken, seen.repeats)).toBeGreaterThan(50)
})

test('a cell that is told twice with different values is named with its lines; one that is only repeated is not', async () => {
  const { observations } = await tableOf(
    csvOf([
      glotipHeader,
      glotipRow({ txtVALUE: '<5' }),
      glotipRow({ Country: 'Viet Nam', Iso3_code: 'VNM', txtVALUE: '1,234' }),
      glotipRow({ txtVALUE: '7', Source: 'another' }),
      glotipRow({ Country: 'Viet Nam', Iso3_code: 'VNM', txtVALUE: '1234' }),
      glotipRow({ txtVALUE: '<5' }),
      glotipRow({ Year: '2019', txtVALUE: '8' }),
    ]),
  )
  const found = contradictionsIn(observations)
  expect(found.map((rows) => rows.map(({ line, text }) => [line, text]))).toEqual([
    [
      [2, '<5'],
      [4, '7'],
      [6, '<5'],
    ],
  ])
  expect(nameContradictions(found)).toBe('2: <5, 4: 7, 6: <5')
  expect(nameContradictions(Array.from({ length: 6 }, () => found[0] ?? []))).toMatch(/; …$/)
})

test('columns are found by name: in any order, with more of them, in any sheet, below any preamble', async () => {
  const turned = [...glotipHeader].reverse()
  const row = [...glotipRow({ Country: 'Viet Nam', txtVALUE: '<5' })].reverse()
  const bytes = workbookOf(
    { Notes: [['about']], data: [['Trafficking'], ['30/05/2023'], [], ['more', ...turned], ['x', ...row]] },
    'shared',
  )
  const { observations, preamble } = await tableOf(bytes)
  expect(preamble).toEqual(['Trafficking', '30/05/2023'])
  expect(observations).toMatchObject([
    { line: 5, country: 'Viet Nam', text: '<5', year: 2018, value: { low: 0, high: 4 } },
  ])
})

test('the line of a sub-region is not an area; a joint report and an area without a code are', () => {
  expect(areaOf({ iso3: 'SAM', country: '' })).toBeUndefined()
  expect(areaOf({ iso3: 'Aruba/Curacao', country: '' })).toBe('Aruba/Curacao')
  expect(areaOf({ iso3: '', country: 'Sark' })).toBe('Sark')
  expect(areaOf({ iso3: 'THA', country: 'Thailand' })).toBe('THA')
})

const published = realFile(glotipFile)
test.skipIf(!published)(
  'UNODC\'s published table is read whole: 46,556 rows as they are, 255 of them repeats, 23,076 "<5"',
  async () => {
    const { observations, issues } = await tableOf(published ?? new Uint8Array())
    expect(issues).toEqual([])
    expect(observations).toHaveLength(46556)
    expect(observations.filter(({ text }) => text === '<5')).toHaveLength(23076)
    const cells = observations.map(({ line: _, value: __, ...row }) => JSON.stringify(row))
    expect(cells.length - new Set(cells).size).toBe(255)
  },
)
