import { gunzipSync, gzipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { CivilDate } from '../shared/dates.ts'
import { Hash, StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import { openFile } from '../sheets/sheet.ts'
import { csvOf, csvText, utf8, workbookOf } from '../sheets/test-files.ts'
import { checkDataSet, citeFact, type DryRun, dryRun, type ImportDataSet, importDataSet, rowsText } from './capture.ts'
import { brochureFacts } from './cited.ts'
import { DataSetImported, FactCited, FactValue } from './entries.ts'
import { ctdcFile, glotipFile, glotipHeader, glotipRow, realFile } from './test-files.ts'

// Whole tables on two cores that others use too.
vi.setConfig({ testTimeout: 60_000 })

// The core is checked without the types of Node; this one event is all that is needed of it here.
declare const process: { on(event: 'worker', heard: () => void): void }

const stream = StreamId.parse('0192f1c6-0000-7000-8000-000000000001')
const today = CivilDate.parse('2026-11-24')
const hash = Hash.parse('A'.repeat(43))
const rowsHash = Hash.parse('B'.repeat(43))
const other = Hash.parse('C'.repeat(43))
const command: ImportDataSet = { stream, hash, rowsHash, leaveOutUnreadable: false, imported: [] }
const preamble = [['Trafficking in persons'], ['30/05/2023'], ['']]

const ctdcHeader = [
  'yearOfRegistration',
  'gender',
  'ageBroad',
  'citizenship',
  'isForcedLabour',
  'CountryOfExploitation',
]
const ctdcRows = [
  ['2016', 'Female', '18--20', 'KH', '1', 'TH'],
  ['2016', 'Female', '', '', '', ''],
]

async function runOf(bytes: Uint8Array): Promise<DryRun> {
  return get(await dryRun('glotip', bytes, today))
}

function get<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

test('bytes that are no table at all are refused before anything is decided', async () => {
  const run = await dryRun('glotip', utf8('hello'), today)
  expect(run.ok || run.refusal.code).toBe('evidence.not-a-glotip-table')
  const ctdc = await dryRun('ctdc', csvOf([glotipHeader, glotipRow()]), today)
  expect(ctdc.ok || ctdc.refusal.code).toBe('evidence.not-a-ctdc-table')
})

test('good rows go on without the unreadable lines only if the person says so', async () => {
  const run = await runOf(csvOf([...preamble, glotipHeader, glotipRow(), glotipRow({ txtVALUE: '?' })]))
  expect(run.report).toMatchObject({ rows: 1, issuesByReason: { 'value-not-understood': 1 } })
  expect(importDataSet(run, command, today)).toEqual({
    ok: false,
    refusal: { code: 'evidence.lines-unreadable', values: { lines: 1, rows: 1 } },
  })
  const decided = importDataSet(run, { ...command, leaveOutUnreadable: true }, today)
  expect(decided.ok && decided.value[0]?.coded).toMatchObject({ rows: 1, leftOut: 1 })
})

test('a table that does not say its edition needs one from the person', async () => {
  const run = await runOf(csvOf([glotipHeader, glotipRow()]))
  expect(run.edition).toBeNull()
  const refused = importDataSet(run, command, today)
  expect(refused.ok || refused.refusal.code).toBe('evidence.edition-missing')
  const decided = importDataSet(run, { ...command, edition: '2023-05-30' }, today)
  expect(decided.ok && decided.value[0]?.coded).toMatchObject({ edition: '2023-05-30' })
})

test.each([
  ['yesterday', 'evidence.edition-not-understood'],
  ['2023-13-45', 'evidence.edition-not-understood'],
  ['2099', 'evidence.edition-in-the-future'],
  ['2099-01-01', 'evidence.edition-in-the-future'],
  ['report of 2099', 'evidence.edition-not-understood'],
  ['yesterday 2', 'evidence.edition-not-understood'],
  ['1850-01-01', 'evidence.rows-after-edition'],
  // The table's rows speak of 2018.
  ['2017-05-30', 'evidence.rows-after-edition'],
])('the edition "%s" is refused as %s', async (edition, code) => {
  const run = await runOf(csvOf([glotipHeader, glotipRow({ Year: '2018' })]))
  const decided = importDataSet(run, { ...command, edition }, today)
  expect(decided.ok || decided.refusal.code).toBe(code)
})

test.each([
  ['2023-05-30', '2023-05-30'],
  ['30/05/2023', '2023-05-30'],
  ['v4', 'version 4'],
])('the edition "%s" is kept as %s', async (written, edition) => {
  const run = await runOf(csvOf([glotipHeader, glotipRow({ Year: '2018' })]))
  const decided = importDataSet(run, { ...command, edition: written }, today)
  expect(decided.ok && decided.value[0]?.coded).toMatchObject({ edition })
})

test('the k-anonymous set has no edition older than its records either', async () => {
  const run = await dryRun('ctdc', csvOf([ctdcHeader, ...ctdcRows]), today)
  const decided = importDataSet(get(run), { ...command, edition: '2015' }, today)
  expect(decided.ok || decided.refusal).toEqual({
    code: 'evidence.rows-after-edition',
    values: { edition: '2015', last: 2016 },
  })
})

test('a year that has not come does not make an honest edition too old', async () => {
  const run = await runOf(csvOf([glotipHeader, glotipRow(), glotipRow({ Year: '2099' })]))
  expect(importDataSet(run, { ...command, edition: '2023' }, today).ok).toBe(true)
})

test('an entry that says of the file what it does not hold is refused with what differs', async () => {
  const run = await runOf(csvOf([...preamble, glotipHeader, glotipRow(), glotipRow({ txtVALUE: '?' })]))
  const decided = importDataSet(run, { ...command, leaveOutUnreadable: true }, today)
  const honest = DataSetImported.parse(decided.ok && decided.value[0]?.coded)
  expect(checkDataSet(run, honest, today)).toEqual({ ok: true, value: undefined })
  const refusalFor = (lie: Partial<DataSetImported>) => {
    const checked = checkDataSet(run, { ...honest, ...lie }, today)
    return checked.ok || [checked.refusal.code, checked.refusal.values.field]
  }
  expect(refusalFor({ rows: 2 })).toEqual(['evidence.rows-differ', undefined])
  expect(refusalFor({ bytes: 3 })).toEqual(['evidence.entry-differs', 'bytes'])
  expect(refusalFor({ leftOut: 0 })).toEqual(['evidence.entry-differs', 'leftOut'])
  expect(refusalFor({ columns: ['x'] })).toEqual(['evidence.entry-differs', 'columns'])
  expect(refusalFor({ dataset: 'ctdc' })).toEqual(['evidence.entry-differs', 'dataset'])
  expect(refusalFor({ edition: 'yesterday 2' })).toEqual(['evidence.edition-not-understood', undefined])
  expect(refusalFor({ edition: '30/05/2023' })).toEqual(['evidence.edition-not-understood', undefined])
})

test('an import is one entry of the kind declared, with the edition the table gives', async () => {
  const bytes = csvOf([...preamble, glotipHeader, glotipRow(), glotipRow()])
  const run = await runOf(gzipSync(bytes))
  expect(run.content).toEqual(bytes)
  expect(run.edition).toBe('2023-05-30')
  const decided = importDataSet(run, command, today)
  const [entry, ...more] = decided.ok ? decided.value : []
  expect(more).toEqual([])
  expect(entry).toMatchObject({ kind: 'evidence.data-set-imported', version: 1, stream, on: today, opened: {} })
  expect(DataSetImported.parse(entry?.coded)).toMatchObject({
    dataset: 'glotip',
    rows: 2,
    leftOut: 0,
    columns: [...glotipHeader],
    bytes: bytes.length,
    hash,
  })
})

test.each([
  ['text, day first', [['30/05/2023']]],
  ['text within a sentence', [['Title'], ['Date of extraction: 30/05/2023 (UNODC)']]],
  ['a cell that is a date', [['Title'], [{ day: 45076 }]]],
])('the edition is found above the table as %s', async (_, above) => {
  const run = await runOf(workbookOf({ data: [...above, [...glotipHeader], glotipRow()] }, 'shared'))
  expect(run.edition).toBe('2023-05-30')
})

test('a source longer than an entry may hold is refused with its field, not cut', async () => {
  const run = await runOf(csvOf([...preamble, glotipHeader, glotipRow()]))
  const decided = importDataSet(run, { ...command, source: 'x'.repeat(1001) }, today)
  expect(decided.ok || decided.refusal).toEqual({ code: 'evidence.data-set-not-allowed', values: { field: 'source' } })
})

test('the same rows are known again with or without lines above them, as CSV or as a workbook; another row is not', async () => {
  const rows = [glotipHeader, glotipRow({ txtVALUE: '1,200' }), glotipRow({ txtVALUE: '<5' })]
  const typed = rows.map((cells) => cells.map((cell) => (cell === '1,200' ? 1200 : cell)))
  const textOf = async (bytes: Uint8Array): Promise<string> => rowsText((await runOf(bytes)).table)
  const text = await textOf(csvOf(rows))
  expect(await textOf(csvOf([...preamble, ...rows]))).toBe(text)
  expect(await textOf(workbookOf({ data: [...preamble, ...typed] }, 'shared'))).toBe(text)
  const [first = [], ...others] = rows
  expect(await textOf(csvOf([first, ...others.toReversed()]))).toBe(text)
  expect(await textOf(csvOf([first.toReversed(), ...others.map((cells) => cells.toReversed())]))).toBe(text)
  expect(await textOf(csvOf(rows.map((cells) => cells.map((cell) => ` ${cell} `))))).toBe(text)
  // A row that stands twice is not the row that stands once.
  expect(await textOf(csvOf([...rows, glotipRow({ txtVALUE: '<5' })]))).not.toBe(text)
})

test.each<[string, Uint8Array]>([
  ['with a byte order mark', utf8(`\ufeff${csvText([ctdcHeader, ...ctdcRows])}`)],
  ['with line feeds alone', utf8(csvText([ctdcHeader, ...ctdcRows]).replaceAll('\r\n', '\n'))],
  ['with every cell in quotes', utf8(csvText([ctdcHeader, ...ctdcRows]).replaceAll(/[^,\r\n]+/g, '"$&"'))],
  ['separated by semicolons', utf8(csvText([ctdcHeader, ...ctdcRows]).replaceAll(',', ';'))],
  [
    'with spaces, decimals and the other words for unknown',
    csvOf([
      ctdcHeader.map((name) => ` ${name.toUpperCase()} `),
      ['2016', ' Female', '18--20', 'KH ', '1.0', 'TH'],
      ['2016', 'Female', '-99', '00', '-99.0', '0'],
    ]),
  ],
  ['in another order', csvOf([ctdcHeader, ...ctdcRows.toReversed()])],
  ['with its columns turned round', csvOf([ctdcHeader, ...ctdcRows].map((cells) => [...cells].reverse()))],
  [
    'as a workbook',
    workbookOf(
      { data: [ctdcHeader, [2016, 'Female', '18--20', 'KH', 1, 'TH'], [2016, 'Female', '', '', '', '']] },
      'shared',
    ),
  ],
])('the k-anonymous set saved again %s is the same data set; another answer is not', async (_, bytes) => {
  const textOf = async (given: Uint8Array): Promise<string> => {
    const run = await dryRun('ctdc', given, today)
    if (!run.ok) throw new Error(run.refusal.code)
    return rowsText(run.value.table)
  }
  const text = await textOf(csvOf([ctdcHeader, ...ctdcRows]))
  expect(await textOf(bytes)).toBe(text)
  expect(await textOf(csvOf([ctdcHeader, ctdcRows[0] ?? [], ['2016', 'Female', '', '', '0', '']]))).not.toBe(text)
})

test('the same file twice changes nothing', async () => {
  const run = await runOf(csvOf([...preamble, glotipHeader, glotipRow()]))
  expect(importDataSet(run, command, today)).toEqual(importDataSet(run, command, today))
  expect(importDataSet(run, { ...command, imported: [{ hash }] }, today)).toEqual({ ok: true, value: [] })
  // The same rows in another file.
  expect(importDataSet(run, { ...command, imported: [{ hash: other, rowsHash }] }, today)).toEqual({
    ok: true,
    value: [],
  })
})

test('classes this version does not know are kept and named in the report', async () => {
  const run = await runOf(
    csvOf([...preamble, glotipHeader, glotipRow({ Sex: 'Non-binary' }), glotipRow({ Sex: 'Non-binary' }), glotipRow()]),
  )
  expect(run.report.rows).toBe(3)
  expect(run.report.unfamiliar).toEqual([{ what: 'class', column: 'Sex', value: 'Non-binary', rows: 2, lines: [5, 6] }])
})

test('years of which nothing was collected, and codes of no country, are named with their lines and not refused', async () => {
  const run = await runOf(
    csvOf([
      glotipHeader,
      glotipRow(),
      glotipRow({ Year: '1918' }),
      glotipRow({ Year: '2099' }),
      glotipRow({ Iso3_code: 'XQZ', Country: 'Nowhere' }),
      glotipRow({ Iso3_code: '', Country: 'Utopia' }),
      // UNODC's own: a joint report, an area without a code, a sub-region.
      glotipRow({ Iso3_code: 'Aruba/Curacao', Country: '' }),
      glotipRow({ Iso3_code: '', Country: 'Sark' }),
      glotipRow({ Iso3_code: 'SAM', Country: '' }),
      glotipRow({ Iso3_code: 'XQZ', Country: 'Nowhere' }),
      glotipRow({ Year: '2026' }),
    ]),
  )
  expect(run.report).toMatchObject({ rows: 10, issues: [], newestYear: 2026 })
  expect(run.report.unfamiliar).toEqual([
    { what: 'year', column: 'Year', value: '1918', rows: 1, lines: [3] },
    { what: 'year', column: 'Year', value: '2099', rows: 1, lines: [4] },
    { what: 'place', column: 'Iso3_code', value: 'XQZ', rows: 2, lines: [5, 10] },
    { what: 'place', column: 'Country', value: 'Utopia', rows: 1, lines: [6] },
  ])
})

test('the k-anonymous set is looked at in the same way: unknown is no unfamiliar code', async () => {
  const odd = [
    ['1918', 'Female', '18--20', 'ZZ', '1', 'TH'],
    ['-99', 'Female', '18--20', '00', '1', 'THA'],
    ['2099', 'Female', '18--20', '', '1', '0'],
  ]
  const run = get(await dryRun('ctdc', csvOf([ctdcHeader, ...ctdcRows, ...odd]), today))
  expect(run.report).toMatchObject({ rows: 5, newestYear: 2016 })
  expect(run.report.unfamiliar).toEqual([
    { what: 'year', column: 'yearOfRegistration', value: '1918', rows: 1, lines: [4] },
    { what: 'place', column: 'citizenship', value: 'ZZ', rows: 1, lines: [4] },
    { what: 'year', column: 'yearOfRegistration', value: '2099', rows: 1, lines: [6] },
  ])
})

test('of a value that stands on many lines the first are named, and how many there are', async () => {
  const rows = Array.from({ length: 30 }, () => glotipRow({ Year: '1918' }))
  const [found] = (await runOf(csvOf([glotipHeader, ...rows]))).report.unfamiliar
  expect([found?.rows, found?.lines.length, found?.lines.at(-1)]).toEqual([30, 20, 21])
})

test('a dry run can be stopped while it maps the rows', async () => {
  const rows = Array.from({ length: 5000 }, () => glotipRow())
  const run = await dryRun('glotip', csvOf([glotipHeader, ...rows]), today, ({ stage }) => stage === 'reading')
  expect(run.ok || run.refusal.code).toBe('sheets.stopped')
})

test("the brochure's shares are cited with source and edition, and say they were read in the brochure only", () => {
  const shares = brochureFacts.map(({ text, value }) => [text, value.kind === 'percent-tenths' && value.tenths])
  expect(shares).toEqual([
    ['detected-victims-women-and-girls', 650],
    ['detected-women-sexual-exploitation', 770],
    ['detected-women-forced-labour', 140],
    ['detected-women-other-forms', 90],
  ])
  for (const fact of brochureFacts) {
    expect(fact).toMatchObject({ source: expect.stringContaining('UNODC'), edition: '2020', verifiedOn: '2026-11-23' })
    expect(fact.readIn).toContain('brochure')
    expect(fact.page).toBeUndefined()
    const cited = citeFact(stream, fact, today)
    expect(cited.ok && FactCited.parse(cited.value[0]?.coded)).toEqual(fact)
  }
})

test('a fact without a source, of more than the whole, or verified tomorrow is not cited', () => {
  const [fact] = brochureFacts
  if (!fact) throw new Error('the brochure cites four')
  const sourceless = citeFact(stream, { ...fact, source: ' ' }, today)
  expect(sourceless.ok || sourceless.refusal).toEqual({ code: 'evidence.fact-incomplete', values: { field: 'source' } })
  const early = citeFact(stream, fact, CivilDate.parse('2026-11-22'))
  expect(early.ok || early.refusal.code).toBe('evidence.verified-in-the-future')
  expect(FactValue.safeParse({ kind: 'ratio', numerator: 5, denominator: 4 }).success).toBe(false)
  expect(FactValue.safeParse({ kind: 'percent-tenths', tenths: 65.1 }).success).toBe(false)
})

const glotip = realFile(glotipFile)
test.skipIf(!glotip)(
  "UNODC's table with preamble lines, as CSV and as a workbook of either make, gives the same rows without a worker",
  async () => {
    const plain = gunzipSync(glotip ?? new Uint8Array())
    const opened = await openFile(plain)
    const rows = (opened.ok ? (opened.value.sheets[0]?.lines ?? []) : []).map(({ cells }) => cells)
    const withPreamble = [...preamble, ...rows]
    // Excel keeps years as numbers.
    const typed = withPreamble.map((cells) => cells.map((cell) => (/^20\d\d$/.test(cell) ? Number(cell) : cell)))
    const values = async (bytes: Uint8Array) => {
      const run = await runOf(bytes)
      if (run.table.dataset !== 'glotip') throw new Error('asked for glotip')
      expect([run.report.issues, run.report.unfamiliar]).toEqual([[], []])
      return { edition: run.edition, rows: run.table.observations.map(({ line: _, ...row }) => row) }
    }
    let workers = 0
    process.on('worker', () => {
      workers++
    })
    const expected = (await values(plain)).rows
    expect(expected).toHaveLength(46556)
    for (const bytes of [
      csvOf(withPreamble),
      workbookOf({ data: typed }, 'shared'),
      workbookOf({ data: typed }, 'inline'),
    ]) {
      const { edition, rows } = await values(bytes)
      expect(edition).toBe('2023-05-30')
      expect(JSON.stringify(rows) === JSON.stringify(expected)).toBe(true)
    }
    // A worker made from a blob is what the desk's content security policy forbids.
    expect(workers).toBe(0)
  },
  60_000,
)

const ctdc = realFile(ctdcFile)
test.skipIf(!ctdc)('the k-anonymous set is imported with its splits in the report', async () => {
  const run = await dryRun('ctdc', ctdc ?? new Uint8Array(), today)
  if (!run.ok) throw new Error(run.refusal.code)
  expect(run.value.report).toMatchObject({
    rows: 48773,
    issues: [],
    unfamiliar: [],
    newestYear: 2018,
    glotip: null,
    ctdc: { smallestClass: 11 },
  })
  const decided = importDataSet(run.value, { ...command, edition: '2020-04-14' }, today)
  expect(decided.ok && decided.value[0]?.coded).toMatchObject({ dataset: 'ctdc', rows: 48773, edition: '2020-04-14' })
})
