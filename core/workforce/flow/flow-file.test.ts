import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CivilDate } from '../../shared/dates.ts'
import { EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import { type Form, findForm, type Mapping } from '../../sheets/mapping.ts'
import { openFile } from '../../sheets/sheet.ts'
import { csvOf, workbookOf } from '../../sheets/test-files.ts'
import { importCounted, type Reading, suggestCounted } from '../counted/file.ts'
import { writeFlow } from './capture.ts'
import { type FlowField, flowFields } from './flow-fields.ts'
import { type FlowFile, readFlows } from './flow-file.ts'
import type { Flow } from './project.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const today = CivilDate.parse('2026-11-28')
const organisation = OrganisationId.parse(id(2))
const reading: Reading<Flow> = {
  given: { on: CivilDate.parse('2025'), source: 'Personnel orders (invented)' },
  country: 'TH',
  today,
  standing: [],
}
const forAll = {
  agency: { all: 'police' },
  place: { all: 'national' },
  counted: { all: 'sworn' },
  trust: { all: 'records' },
} as const

async function formOf(bytes: Uint8Array): Promise<Form> {
  const opened = await openFile(bytes)
  if (!opened.ok) throw new Error(opened.refusal.code)
  const found = findForm(opened.value.sheets, flowFields)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}
const mapped = (form: Form): Mapping<FlowField> => {
  const { columns, words } = suggestCounted(form, flowFields)
  return { columns: { ...forAll, ...columns }, words }
}
const codeOf = (decided: Decision<unknown>) => (decided.ok ? undefined : decided.refusal.code)
async function read(rows: string[][], change: Partial<Reading<Flow>> = {}): Promise<FlowFile> {
  const form = await formOf(csvOf(rows))
  const file = readFlows(form, mapped(form), { ...reading, ...change })
  if (!file.ok) throw new Error(`${file.refusal.code} ${JSON.stringify(file.refusal.values)}`)
  return file.value
}
const why = ({ bad }: FlowFile) => bad.map(({ line, reason }) => `${line} ${reason}`)
const said = ({ records }: FlowFile) =>
  records.map(({ on, rows }) => [
    on,
    ...rows.map(({ happening, rank, to, women, men }) => `${happening} ${rank}${to ? `>${to}` : ''} ${women}/${men}`),
  ])

const head = ['What happened', 'Rank', 'To rank', 'Year', 'Women', 'Men']

describe('a row of a table of flows that cannot be taken is named by its line and reason', () => {
  it('a word of no meaning, a day, a date to come, a number that is none, a promotion that leads nowhere higher', async () => {
    const file = await read([
      head,
      ['transferred', 'line', '', '2020', '1', '2'],
      ['recruited', 'line', '', '2024-05-03', '1', '2'],
      ['recruited', 'line', '', '2027', '1', '2'],
      ['recruited', 'line', '', '2023', 'few', '2'],
      ['promoted', 'supervisory', 'supervisory', '2022', '1', '2'],
      ['promoted', 'command', '', '2021', '1', '2'],
      ['left', 'line', 'command', '2019', '1', '2'],
      ['', 'line', '', '2018', '1', '2'],
    ])
    expect(why(file)).toEqual([
      ...['2 word-unknown', '3 not-a-period', '4 date-to-come', '5 not-a-count', '6 not-a-promotion'],
      ...['7 not-a-promotion', '8 not-a-promotion', '9 cell-empty'],
    ])
    expect(file.records).toEqual([])
  })

  it('a sex that is none; whom the form gives another is counted as not recorded', async () => {
    const file = await read([
      ['Movement', 'Rank', 'Period', 'Sex', 'Number'],
      ['recruits', 'line', '2025-Q2', 'F', '4'],
      ['recruits', 'line', '2025-Q2', 'M', '36'],
      ['recruits', 'line', '2025-Q3', 'Q', '36'],
      ['recruits', 'line', '2025-Q3', 'F', '3'],
    ])
    expect(said(file)).toEqual([['2025-Q2', 'recruited line 4/36']])
    expect(why(file)).toEqual(['4 word-unknown', '5 part-broken'])
  })

  it('an encoding of before Unicode refuses the file, with the line where it shows', async () => {
    const bytes = new Uint8Array([...csvOf([head]), 0xbb, 0xc3, 0xd0, 0x0d, 0x0a])
    expect(codeOf(await openFile(bytes))).toBe('sheets.wrong-encoding')
  })

  it('a day that she gives for a whole file is no period', async () => {
    const form = await formOf(
      csvOf([
        ['Movement', 'Rank', 'Women', 'Men'],
        ['left', 'line', '1', '20'],
      ]),
    )
    const given = (on: string) =>
      codeOf(readFlows(form, mapped(form), { ...reading, given: { on: CivilDate.parse(on), source: 'x' } }))
    expect(given('2025-03-01')).toBe('workforce.not-a-period')
    expect(given('2025-03')).toBeUndefined()
    expect(given('2027')).toBe('workforce.file-no-date')
  })
})

describe('who came, rose and left, from a file', () => {
  it('is read from a workbook: years of the Buddhist era, Thai words, the rank above where the form does not say', async () => {
    const form = await formOf(
      workbookOf(
        {
          'flows (invented)': [
            ['การเคลื่อนไหว', 'ชั้นยศ', 'ปี', 'หญิง', 'ชาย'],
            ['บรรจุ', 'ประทวน', '2568', '๑๒', '340'],
            ['เลื่อนยศ', 'ประทวน', '2568', '2', '61'],
            ['เกษียณ', 'สัญญาบัตร', '2568', '0', '44'],
          ],
        },
        'inline',
      ),
    )
    const file = readFlows(form, mapped(form), reading)
    expect(file.ok && said(file.value)).toEqual([
      ['2025', 'recruited line 12/340', 'promoted line>supervisory 2/61', 'left supervisory 0/44'],
    ])
  })

  it('that nobody left is an answer, and the rank of recruits may stand in the column of ranks after', async () => {
    const file = await read([
      head,
      ['left', 'line', '', '2024', '0', '0'],
      ['recruited', '', 'supervisory', '2024', '1', '9'],
      ['promoted', 'line', 'command', '2024', '1', '1'],
    ])
    expect(said(file)).toEqual([['2024', 'left line 0/0', 'recruited supervisory 1/9', 'promoted line>command 1/1']])
  })

  it('of several crossings becomes all of them together, only if she says so; and no crossing leaves the file', async () => {
    const file = await read([
      ['Movement', 'Rank', 'Women', 'Men', 'Crossing'],
      ['left', 'line', '0', '4', 'Planted north (invented)'],
      ['left', 'line', '1', '6', 'Planted south (invented)'],
    ])
    expect(said(file)).toEqual([['2025', 'left line 1/10']])
    expect(JSON.stringify(file)).not.toContain('Planted')
    const decide = (areDifferent: boolean) => taken(file, areDifferent)
    expect(codeOf(decide(false))).toBe('workforce.rows-added-up')
    const drafts = decide(true)
    expect(drafts.ok && drafts.value.map(({ kind }) => kind)).toEqual([
      'workforce.flow-written',
      'workforce.flow-counted',
    ])
  })
})

describe('the same file twice', () => {
  it('takes nothing the second time, whatever it holds; another number of the same source is a correction of what stands', async () => {
    const row = fc.record({
      what: fc.constantFrom('recruited', 'promoted', 'left'),
      rank: fc.constantFrom('line', 'supervisory'),
      year: fc.integer({ min: 2019, max: 2025 }),
      women: fc.nat({ max: 50 }),
      men: fc.nat({ max: 900 }),
    })
    let again = 0
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, {
          minLength: 1,
          maxLength: 12,
          selector: ({ what, rank, year }) => `${what} ${rank} ${year}`,
        }),
        async (rows) => {
          const table = [head, ...rows.map((r) => [r.what, r.rank, '', `${r.year}`, `${r.women}`, `${r.men}`])]
          const first = await read(table)
          expect(first.bad).toEqual([])
          const standing = first.records.map((record) => stands(record))
          const second = await read(table, { standing })
          expect([second.records, second.known, second.bad]).toEqual([[], first.records.length, []])
          const [line, ...others] = table.slice(1)
          const changed = [head, [...(line ?? []).slice(0, 5), '901'], ...others]
          const third = await read(changed, { standing })
          expect(third.records).toEqual([])
          expect(new Set(third.bad.map(({ reason }) => reason))).toEqual(new Set(['said-otherwise']))
          again += second.known
        },
      ),
      { seed: 20261128, numRuns: 25 },
    )
    expect(again).toBeGreaterThan(40)
  })
})

const taken = (file: FlowFile, areDifferent: boolean) =>
  importCounted(file, { withoutBadRows: false, areDifferent }, (record) =>
    writeFlow({ organisation, country: 'TH', stream: StreamId.parse(id(1)), ...record }, today),
  )

/** A record of a file as it stands once it was taken. */
function stands({ rows, lines, ...of }: FlowFile['records'][number]): Flow {
  const exactly = (count: number) => ({ low: count, high: count })
  return {
    ...of,
    opening: EntryId.parse(id(5)),
    organisation,
    country: 'TH',
    enteredInError: false,
    conflicts: [],
    rows: rows.map((row) => ({
      ...row,
      record: EntryId.parse(id(9)),
      women: exactly(row.women),
      men: exactly(row.men),
      unrecorded: exactly(row.unrecorded),
      enteredInError: false,
    })),
  }
}
