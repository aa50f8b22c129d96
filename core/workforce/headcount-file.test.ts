import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, OrganisationId, StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import { type Form, findForm, leftIn, type Mapping } from '../sheets/mapping.ts'
import { openFile } from '../sheets/sheet.ts'
import { csvOf, utf16, workbookOf } from '../sheets/test-files.ts'
import { takeHeadcount } from './capture.ts'
import { importCounted, type Reading as ReadingOf, suggestCounted } from './counted/file.ts'
import { type HeadcountField, headcountFields } from './headcount-fields.ts'
import { type HeadcountFile, readHeadcounts } from './headcount-file.ts'
import type { Headcount } from './project.ts'

type Reading = ReadingOf<Headcount>

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const today = CivilDate.parse('2026-11-24')
const organisation = OrganisationId.parse(id(2))
const reading: Reading = {
  given: { on: CivilDate.parse('2026-03-31'), source: 'Personnel table (invented)' },
  country: 'KH',
  today,
  standing: [],
}

async function formOf(bytes: Uint8Array): Promise<Form> {
  const opened = await openFile(bytes)
  if (!opened.ok) throw new Error(opened.refusal.code)
  const found = findForm(opened.value.sheets, headcountFields)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}

const forAll = { counted: { all: 'sworn' }, trust: { all: 'records' } } as const
const mapped = (form: Form, more: Mapping<HeadcountField>['columns'] = {}): Mapping<HeadcountField> => {
  const { columns, words } = suggestCounted(form, headcountFields)
  return { columns: { rank: { all: 'not-given' }, ...forAll, ...columns, ...more }, words }
}

const codeOf = (decided: Decision<unknown>) => (decided.ok ? undefined : decided.refusal.code)
async function read(rows: string[][], change: Partial<Reading> = {}): Promise<HeadcountFile> {
  const form = await formOf(csvOf(rows))
  const file = readHeadcounts(form, mapped(form), { ...reading, ...change })
  if (!file.ok) throw new Error(`${file.refusal.code} ${JSON.stringify(file.refusal.values)}`)
  return file.value
}
const why = ({ bad }: HeadcountFile) => bad.map(({ line, reason }) => `${line} ${reason}`)
const numbers = ({ records }: HeadcountFile) =>
  records.map(({ agency, unit, place, on, rows }) => [
    ...[agency, unit, place, on],
    ...rows.map(({ rank, women, men, unrecorded }) => `${rank} ${women}/${men}/${unrecorded}`),
  ])

const head = ['Agency', 'Place', 'Rank', 'Women', 'Men']

describe('what is refused of a file, by name', () => {
  it('one without numbers, one that counts in two ways, one without a date or source', async () => {
    const form = await formOf(
      csvOf([
        [...head, 'Sex', 'Number'],
        ['police', 'national', 'line', '9', '90', 'F', '9'],
      ]),
    )
    const { women, ...others } = mapped(form).columns
    const columns = women ? { ...others, women } : others
    const as = (of: Mapping<HeadcountField>['columns'], change: Partial<Reading> = {}) =>
      codeOf(readHeadcounts(form, { columns: of, words: [] }, { ...reading, ...change }))
    expect(as(others)).toBe('workforce.file-no-counts')
    expect(as({ ...columns, officers: { header: 'Number' } })).toBe('workforce.file-two-ways')
    expect(as(columns, { given: { on: undefined, source: 'A table' } })).toBe('workforce.file-no-date')
    expect(as(columns, { given: { on: CivilDate.parse('2027'), source: 'A table' } })).toBe('workforce.file-no-date')
    expect(as(columns, { given: { on: today, source: ' ' } })).toBe('workforce.no-source')
    expect(as(columns, { given: { on: today, source: 'x'.repeat(301) } })).toBe('workforce.text-too-long')
    expect(as(columns)).toBeUndefined()
  })

  it('an encoding of before Unicode, with the line where it shows; UTF-16 with its mark is read', async () => {
    const bytes = new Uint8Array([...csvOf([head]), 0xbb, 0xc3, 0xd0, 0x0d, 0x0a])
    expect(codeOf(await openFile(bytes))).toBe('sheets.wrong-encoding')
    const form = await formOf(utf16('Agency;Place;Women;Men\r\nตำรวจ;ชายแดน;๑๒;๓๔๐\r\n'))
    const file = readHeadcounts(form, mapped(form), reading)
    expect(file.ok && numbers(file.value)).toEqual([
      ['police', 'all', 'border-crossing', '2026-03-31', 'not-given 12/340/0'],
    ])
  })
})

describe('a row that cannot be taken is listed by its line and reason', () => {
  it('wrong numbers, sexes, words and empty cells', async () => {
    const file = await read([
      [...head, 'Total'],
      ['police', 'national', 'line', '-3', '90', '87'],
      ['customs', 'national', 'line', '12.5', '90', '102'],
      ['immigration', 'national', 'line', '', '90', '90'],
      ['army of ants', 'national', 'line', '1', '9', '10'],
      ['maritime', 'national', 'line', '8', '90', '99'],
      ['military', 'moon', 'line', '8', '90', '98'],
      ['other', 'national', 'line', '6000000', '90', '6000090'],
      ['border-police', 'national', 'line', '1,200', '9 000', '10200'],
    ])
    expect(why(file)).toEqual([
      '2 not-a-count',
      '3 not-a-count',
      '4 cell-empty',
      '5 word-unknown',
      '6 total-differs',
      '7 word-unknown',
      '8 not-a-count',
    ])
    expect(numbers(file)).toEqual([['border-police', 'all', 'national', '2026-03-31', 'line 1200/9000/0']])
    const bySex = await read([
      ['Agency', 'Place', 'Sex', 'Number', 'Who'],
      ['police', 'border', 'F', '21', 'a'],
      ['police', 'border', 'M', '699', 'b'],
      ['police', 'border', 'Q', '3', 'c'],
      ['customs', 'border', 'หญิง', '7', 'd'],
      ['customs', 'border', 'other', '2', 'e'],
    ])
    // Of customs nobody says how many men there are: with nobody else it would be all women.
    expect(why(bySex)).toEqual(['2 part-broken', '3 part-broken', '4 word-unknown', '5 sex-missing', '6 sex-missing'])
    expect(numbers(bySex)).toEqual([])
    const alone = [
      ['Agency', 'Place', 'Sex', 'Number'],
      ['customs', 'border', 'F', '9'],
    ]
    expect(why(await read(alone))).toEqual(['2 sex-missing'])
    expect(numbers(await read([...alone, ['customs', 'border', 'M', '0']]))).toEqual([
      ['customs', 'all', 'border-crossing', '2026-03-31', 'not-given 9/0/0'],
    ])
  })

  it('rows that are sums of others, for nobody is counted twice; one that does not come to its rows is said', async () => {
    const file = await read([
      ['No', 'Agency', 'Place', 'Rank', 'Women', 'Men', '% women'],
      ['1', 'customs', 'border', 'line', '7', '82', '7.9%'],
      ['2', 'customs', 'border', 'command', '3', '28', '9.7%'],
      ['', 'customs', 'border', 'Total', '10', '110', '8.3%'],
      ['3', 'police', 'national', 'line', '7', '82', ''],
      ['4', 'police', 'national', 'รวม', '8', '82', ''],
      ['5', 'military', 'national', 'total', '9', '90', ''],
    ])
    expect(why(file)).toEqual(['4 row-is-sum', '5 part-broken', '6 sum-differs'])
    expect(numbers(file)).toEqual([
      ['customs', 'all', 'border-crossing', '2026-03-31', 'line 7/82/0', 'command 3/28/0'],
      // Alone in its part it is all that is known.
      ['military', 'all', 'national', '2026-03-31', 'not-given 9/90/0'],
    ])
    const crossings = await read([
      ['Agency', 'Place', 'Crossing', 'Rank', 'Women', 'Men'],
      ['customs', 'border', 'A (invented)', 'line', '7', '82'],
      ['customs', 'border', 'A (invented)', 'command', '1', '9'],
      ['customs', 'border', 'A (invented)', '', '8', '91'],
      ['customs', 'border', 'B (invented)', 'line', '5', '40'],
      ['customs', 'border', 'B (invented)', 'command', '2', '3'],
      ['customs', 'border', 'B (invented)', '', '4', '3'],
      ['customs', 'border', 'Grand total', '', '19', '137'],
      ['customs', 'border', 'Sub total', 'line', '12', '122'],
    ])
    // The line of B without a rank is no sum: those are officers, and in the grand total.
    expect(why(crossings)).toEqual(['4 row-is-sum', '8 row-is-sum', '9 row-is-sum'])
    expect(numbers(crossings)).toEqual([
      [
        ...['customs', 'all', 'border-crossing', '2026-03-31'],
        ...['line 12/122/0', 'command 3/12/0', 'not-given 4/3/0'],
      ],
    ])
    const bySex = await read([
      ['Agency', 'Place', 'Rank', 'Sex', 'Number'],
      ['police', 'border', 'line', 'F', '21'],
      ['police', 'border', 'line', 'M', '699'],
      ['police', 'border', 'command', 'F', '2'],
      ['police', 'border', 'command', 'M', '40'],
      ['police', 'border', '', 'F', '23'],
      ['police', 'border', 'all ranks', 'M', '739'],
    ])
    expect(why(bySex)).toEqual(['6 row-is-sum', '7 row-is-sum'])
  })

  it('dates that are none, could be two, or are yet to come; years of the Buddhist era are brought to ours', async () => {
    const rows = (...days: string[]) => [
      ['Agency', 'Place', 'Women', 'Men', 'Date'],
      ...days.map((day) => ['police', 'national', '9', '90', day]),
    ]
    const good = await read(rows('2569-03-31', '31/03/2568', '2567', '๒๕๖๖', '2022-Q4', '06/2564', '2020-02-29'))
    expect(why(good)).toEqual([])
    expect(good.records.map(({ on }) => on)).toEqual([
      ...['2026-03-31', '2025-03-31', '2024', '2023', '2022-Q4', '2021-06', '2020-02-29'],
    ])
    const wrong = await read(rows('2026-02-30', '04/05/2026', '12 March', '2026-12-24', '2026-13', '1026', '45992', ''))
    expect(why(wrong)).toEqual([
      ...['2 date-not-understood', '3 date-not-understood', '4 date-not-understood', '5 date-to-come'],
      ...['6 date-not-understood', '7 date-not-understood', '8 date-not-understood', '9 cell-empty'],
    ])
  })

  it('a day that a workbook keeps as a number is read as the day it shows', async () => {
    const form = await formOf(
      workbookOf(
        {
          Staff: [
            ['Agency', 'Place', 'Women', 'Men', 'Date'],
            ['police', 'national', 9, 90, { day: 46112 }],
          ],
        },
        'shared',
      ),
    )
    const file = readHeadcounts(form, mapped(form), reading)
    expect(file.ok && numbers(file.value)).toEqual([['police', 'all', 'national', '2026-03-31', 'not-given 9/90/0']])
  })
})

describe('rows of one part of an agency', () => {
  it('are added up where anything else tells them apart, so that no crossing leaves the file; and only if she says so', async () => {
    const file = await read([
      [...head, 'Crossing'],
      ['police', 'border', 'line', '0', '40', 'Planted north (invented)'],
      ['police', 'border', 'line', '21', '660', 'Planted south (invented)'],
      ['police', 'border', 'command', '0', '19', 'Planted south (invented)'],
    ])
    expect(numbers(file)).toEqual([
      ['police', 'all', 'border-crossing', '2026-03-31', 'line 21/700/0', 'command 0/19/0'],
    ])
    expect(file.addedUp).toBe(1)
    expect(JSON.stringify(file)).not.toContain('Planted')
    const decide = (areDifferent: boolean) =>
      importCounted(file, { withoutBadRows: false, areDifferent }, (record) =>
        takeHeadcount({ organisation, country: 'KH', stream: StreamId.parse(id(1)), ...record }, today),
      )
    expect(codeOf(decide(false))).toBe('workforce.rows-added-up')
    const drafts = decide(true)
    expect(drafts.ok && drafts.value.map(({ kind }) => kind)).toEqual([
      ...['workforce.headcount-taken', 'workforce.rank-counted', 'workforce.rank-counted'],
    ])
  })

  it('that say the same are one; that differ in their numbers alone contradict each other, and neither is taken', async () => {
    const file = await read([
      head,
      ['police', 'national', 'line', '9', '90'],
      ['police', 'national', 'line', '9', '90'],
      ['customs', 'national', 'line', '9', '90'],
      ['customs', 'national', 'line', '19', '90'],
      ['customs', 'national', 'command', '5', '6'],
    ])
    expect(why(file)).toEqual(['3 row-twice', '4 row-contradicts', '5 row-contradicts', '6 part-broken'])
    expect(numbers(file)).toEqual([['police', 'all', 'national', '2026-03-31', 'line 9/90/0']])
  })

  it('of kinds of units are headcounts of their own, and what the unit is called stays in the file', async () => {
    const form = await formOf(
      csvOf([
        ['Agency', 'Unit', 'Place', 'Women', 'Men', 'Commander', 'Phone'],
        ['police', 'Patrol', 'national', '31', '900', 'Planted Name', '1'],
        ['police', '', 'national', '120', '1800', 'Planted Name', '1'],
      ]),
    )
    const mapping = mapped(form)
    expect(leftIn(form, mapping)).toEqual(['Commander', 'Phone'])
    const file = readHeadcounts(form, mapping, reading)
    expect(file.ok && numbers(file.value).map((said) => said.slice(0, 2))).toEqual([
      ['police', 'patrol'],
      ['police', 'all'],
    ])
  })

  it('hold every officer of the good rows once, whatever order the rows stand in', () => {
    const row = fc.record({
      agency: fc.constantFrom('police', 'customs', 'immigration'),
      place: fc.constantFrom('national', 'border'),
      rank: fc.constantFrom('line', 'command'),
      women: fc.nat(400),
      men: fc.integer({ min: 1, max: 4000 }),
    })
    return fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), fc.nat(), async (rows, by) => {
        const cells = rows.map(({ agency, place, rank, women, men }, i) => [
          ...[agency, place, rank, String(women), String(men), `crossing ${i}`],
        ])
        const turned = [...cells.slice(by % cells.length), ...cells.slice(0, by % cells.length)]
        const [file, other] = [
          await read([[...head, 'Name of post'], ...cells]),
          await read([[...head, 'Name of post'], ...turned]),
        ]
        const sum = ({ records }: HeadcountFile) =>
          records.flatMap((each) => each.rows).reduce((all, { women, men }) => all + women + men, 0)
        expect(sum(file)).toBe(rows.reduce((all, { women, men }) => all + women + men, 0))
        expect(file.bad).toEqual([])
        expect(other.records.map(({ agency, place }) => `${agency} ${place}`).sort()).toEqual(
          file.records.map(({ agency, place }) => `${agency} ${place}`).sort(),
        )
        expect(sum(other)).toBe(sum(file))
      }),
      { seed: 20261128, numRuns: 60 },
    )
  })
})

describe('a file that is brought again', () => {
  const table = [head, ['police', 'national', 'line', '9', '90'], ['police', 'national', 'command', '1', '20']]
  const standing = (women: number): Headcount => ({
    opening: EntryId.parse(id(9)),
    organisation,
    on: CivilDate.parse('2026-03-31'),
    enteredInError: false,
    conflicts: [],
    country: 'KH',
    agency: 'police',
    unit: 'all',
    place: 'national',
    counted: 'sworn',
    trust: 'records',
    source: 'Personnel table  (Invented)',
    rows: (
      [
        ['command', 1, 20],
        ['line', women, 90],
      ] as const
    ).map(([rank, of, men]) => ({
      record: EntryId.parse(id(9)),
      rank,
      women: { low: of, high: of },
      men: { low: men, high: men },
      unrecorded: { low: 0, high: 0 },
      enteredInError: false,
    })),
  })

  it('takes nothing of what stands number for number, and lists what the same source says otherwise', async () => {
    const again = await read(table, { standing: [standing(9)] })
    expect([again.records, again.known, again.bad]).toEqual([[], 1, []])
    const corrected = await read(table, { standing: [standing(8)] })
    expect([corrected.records, why(corrected)]).toEqual([[], ['2 said-otherwise', '3 said-otherwise']])
  })

  it('is taken where what stood was entered in error, or another source says it', async () => {
    expect((await read(table, { standing: [{ ...standing(9), enteredInError: true }] })).records).toHaveLength(1)
    const other = { on: CivilDate.parse('2026-03-31'), source: 'A newspaper (invented)' }
    expect((await read(table, { standing: [standing(9)], given: other })).records).toHaveLength(1)
  })
})
