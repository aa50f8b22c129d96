import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../log/draft.ts'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, Hash, MemberId, OrganisationId, PersonKey, StreamId } from '../shared/ids.ts'
import { officerCode } from '../shared/person-codes.ts'
import type { Decision } from '../shared/refusals.ts'
import { rememberMapping } from '../sheets/capture.ts'
import { type Form, findForm, formText, leftIn, type Mapping, suggest } from '../sheets/mapping.ts'
import { openFile } from '../sheets/sheet.ts'
import { csvOf, utf16, workbookOf } from '../sheets/test-files.ts'
import { type AttendanceField, attendanceFields } from './attendance-fields.ts'
import { type AttendanceFile, readAttendance, withCodes } from './attendance-file.ts'
import { importAttendance } from './capture.ts'
import type { Attendance, TrainingSession } from './project.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const officer = (n: number): PersonKey =>
  PersonKey.parse(`${String(n * 7919).padStart(8, '0')}-0000-4000-8000-000000000000`)
const stream = StreamId.parse(id(1))
const today = CivilDate.parse('2026-11-24')
const attended = (n: number, source: 'paper' | 'file' = 'paper'): Attendance => ({
  record: EntryId.parse(id(50 + n)),
  author: MemberId.parse(id(4)),
  officer: officer(n),
  sex: 'female',
  agency: 'police',
  source,
  enteredInError: false,
})
const session: TrainingSession = {
  ...{ opening: EntryId.parse(id(9)), organisation: OrganisationId.parse(id(2)), heldOn: today, country: 'KH' },
  ...{ modules: ['see'], enteredInError: false, attendance: [], conflicts: [] },
}

async function formOf(bytes: Uint8Array): Promise<Form> {
  const opened = await openFile(bytes)
  if (!opened.ok) throw new Error(opened.refusal.code)
  const found = findForm(opened.value.sheets, attendanceFields)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}

function readAs(
  form: Form,
  of: Partial<TrainingSession> = {},
  mapping = suggest(form, attendanceFields),
): AttendanceFile {
  let made = 1000
  const reading = {
    session: { ...session, ...of },
    officers: [1, 2, 3].map(officer),
    newOfficer: () => officer(made++),
  }
  const read = readAttendance(form, mapping, reading)
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}

const read = async (rows: string[][], of: Partial<TrainingSession> = {}) => readAs(await formOf(csvOf(rows)), of)
const bad = ({ bad: rows }: AttendanceFile) => rows.map(({ line, reason, values }) => [line, reason, values])
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)

describe('a row that is not taken is named, with its line and why', () => {
  it('without a sex or an agency, or with a word that nobody said the meaning of', async () => {
    const file = await read([
      ['Sex', 'Agency'],
      ['', 'police'],
      ['F', ''],
      ['Q', 'customs'],
      ['m', 'post office'],
      ['m', 'PNP'],
    ])
    expect(bad(file)).toEqual([
      [2, 'cell-empty', { column: 'Sex' }],
      [3, 'cell-empty', { column: 'Agency' }],
      [4, 'word-unknown', { column: 'Sex' }],
      [5, 'word-unknown', { column: 'Agency' }],
    ])
    expect(file.rows).toMatchObject([{ line: 6, sex: 'male', agency: 'police', code: 'made' }])
  })

  it('an officer who comes twice, is on the sheet already, or whose code is of nobody here', async () => {
    const [first, second] = [officerCode(officer(1)), officerCode(officer(2))]
    const rows = [
      ['Lentera code', 'Sex', 'Agency', 'Name'],
      [first, 'f', 'police', 'a'],
      [` ${first.toLowerCase().replace('-', ' ')}`, 'f', 'police', 'a'],
      [second, 'f', 'police', 'b'],
      ['222-222', 'f', 'police', 'c'],
      ['', 'f', 'police', 'd'],
      ['', 'f', 'police', 'd'],
      ['', 'm', 'police', 'd'],
    ]
    const file = await read(rows, { attendance: [attended(2)] })
    expect(bad(file)).toEqual([
      [3, 'officer-twice', { first: 2 }],
      [4, 'there-already', {}],
      [5, 'code-unknown', {}],
      [7, 'row-twice', { first: 6 }],
    ])
    expect(file.rows.map(({ line, code }) => [line, code])).toEqual([
      [2, 'given'],
      [6, 'made'],
      [8, 'made'],
    ])
    expect(file.rows[0]?.officer).toBe(officer(1))
  })

  it('officers whose forms have no names are as many as their rows', async () => {
    expect(
      (
        await read([
          ['Sex', 'Agency'],
          ['f', 'police'],
          ['f', 'police'],
        ])
      ).rows,
    ).toHaveLength(2)
  })
})

describe('a file that holds several sessions', () => {
  it('gives each its own rows, by date, country and module, whatever comes first in a date and whichever era', async () => {
    const rows = [
      ['Date', 'Country', 'Module', 'Sex', 'Agency'],
      ['24/11/2026', 'Cambodia', '1', 'f', 'police'],
      ['24/11/2569', 'KH', 'See', 'm', 'police'],
      ['25/11/2026', 'KH', '1', 'f', 'police'],
      ['24/11/2026', 'Thailand', '1', 'f', 'police'],
      ['24/11/2026', 'KH', '2', 'f', 'police'],
      ['soon', 'KH', '1', 'f', 'police'],
    ]
    const file = await read(rows)
    expect(file.rows.map(({ line }) => line)).toEqual([2, 3])
    expect(file.elsewhere).toBe(3)
    expect(bad(file)).toEqual([[7, 'date-not-understood', { column: 'Date' }]])
    const american = rows.slice(0, 2).map((row) => [row[0]?.replace('24/11', '11/24') ?? '', ...row.slice(1)])
    expect((await read(american)).rows).toHaveLength(1)
  })

  it('a date that could be two days is not guessed at', async () => {
    const file = await read([
      ['Date', 'Sex', 'Agency'],
      ['03/04/2026', 'f', 'police'],
    ])
    expect(bad(file)).toEqual([[2, 'date-not-understood', { column: 'Date' }]])
  })
})

describe('the import of a file', () => {
  it('is refused until she says that bad rows stay out, and that officers without a code are others than before', async () => {
    const file = await read([
      ['Sex', 'Agency'],
      ['f', 'police'],
      ['', 'police'],
    ])
    const bring = (said: { withoutBadRows: boolean; areOthers: boolean }, of: Partial<TrainingSession> = {}) =>
      importAttendance(stream, { ...session, ...of }, file, said)
    expect(codeOf(bring({ withoutBadRows: false, areOthers: false }))).toBe('training.rows-not-good')
    const before = { attendance: [attended(3, 'file')] }
    expect(codeOf(bring({ withoutBadRows: true, areOthers: false }, before))).toBe('training.file-came-before')
    expect(codeOf(bring({ withoutBadRows: true, areOthers: true }, before))).toBeUndefined()
    expect(codeOf(bring({ withoutBadRows: true, areOthers: true }, { enteredInError: true }))).toBe(
      'training.session-in-error',
    )
    const drafts = bring({ withoutBadRows: true, areOthers: false })
    expect(drafts.ok && drafts.value.map(({ coded }) => coded)).toEqual([
      { officer: officer(1000), sex: 'female', agency: 'police', source: 'file' },
    ])
  })

  it('of no good row is an empty sheet', async () => {
    const file = await read([
      ['Sex', 'Agency'],
      ['', 'police'],
    ])
    expect(codeOf(importAttendance(stream, session, file, { withoutBadRows: false, areOthers: false }))).toBe(
      'training.empty-sheet',
    )
  })

  it('gives the file back with codes, by which the same officers are known the next time', async () => {
    const form = await formOf(
      csvOf([
        ['Name', 'Sex', 'Agency'],
        ['a (invented)', 'f', 'police'],
        ['b (invented)', '', 'police'],
      ]),
    )
    const mapping = suggest(form, attendanceFields)
    const file = readAs(form)
    const made = file.rows[0]?.officer ?? officer(0)
    const saved = withCodes(form, mapping, file, 'Lentera code')
    expect(saved).toEqual({
      head: ['Name', 'Sex', 'Agency', 'Lentera code'],
      rows: [
        ['a (invented)', 'f', 'police', officerCode(made)],
        ['b (invented)', '', 'police', ''],
      ],
    })
    const again = await formOf(csvOf([saved.head, ...saved.rows]))
    expect(formText(again)).toBe(formText(form))
    const next = readAttendance(again, suggest(again, attendanceFields), {
      session,
      officers: [made],
      newOfficer: () => officer(5),
    })
    expect(next.ok && next.value.rows.map((row) => row.officer)).toEqual([made])
  })
})

describe('forms of the region are read without a word', () => {
  it.each([
    ['Thai', ['ชื่อ-สกุล', 'เพศ', 'สังกัด'], ['x', 'หญิง', 'ตำรวจ'], ['y', 'ชาย', 'ตรวจคนเข้าเมือง']],
    ['Burmese', ['အမည်', 'ကျား/မ', 'ဌာန'], ['x', 'မ', 'ရဲ'], ['y', 'ကျား', 'လဝက']],
    ['Khmer', ['ឈ្មោះ', 'ភេទ', 'ស្ថាប័ន'], ['x', 'ស្រី', 'នគរបាល'], ['y', 'ប្រុស', 'អន្តោប្រវេសន៍']],
    ['Lao', ['ຊື່', 'ເພດ', 'ພາກສ່ວນ'], ['x', 'ຍິງ', 'ຕຳຫຼວດ'], ['y', 'ຊາຍ', 'ກວດຄົນເຂົ້າເມືອງ']],
    ['Vietnamese', ['Họ và tên', 'Giới tính', 'Cơ quan'], ['x', 'Nữ', 'Công an'], ['y', 'Nam', 'Xuất nhập cảnh']],
    ['Indonesian', ['Nama', 'L/P', 'Instansi'], ['x', 'P', 'Polri'], ['y', 'L', 'Imigrasi']],
    ['Malay', ['Nama', 'Jantina', 'Agensi'], ['x', 'Perempuan', 'PDRM'], ['y', 'Lelaki', 'Imigresen']],
    ['Filipino', ['Pangalan', 'Kasarian', 'Ahensya'], ['x', 'Babae', 'PNP'], ['y', 'Lalaki', 'Bureau of Immigration']],
    ['English', ['Full name', 'Sex (M/F)', 'Agency'], ['x', 'F', 'Police'], ['y', 'M', 'Immigration']],
  ])('%s', async (_, ...rows) => {
    const text = rows.map((row) => row.join('\t')).join('\r\n')
    for (const bytes of [csvOf(rows), utf16(text), workbookOf({ Sheet1: [['Title'], [], ...rows] }, 'shared')]) {
      const form = await formOf(bytes)
      expect(leftIn(form, suggest(form, attendanceFields))).toEqual([rows[0][0]])
      expect(readAs(form).rows.map(({ sex, agency }) => [sex, agency])).toEqual([
        ['female', 'police'],
        ['male', 'immigration'],
      ])
    }
  })
})

describe('names stay in the file', () => {
  it('no cell of a column that is not mapped, and no word that is not a code word, comes into an entry, the mapping or the dry run', async () => {
    const who = fc.stringMatching(/^[A-Z][a-z]{3,9}$/).map((name) => `planted ${name}`)
    const row = fc.record({
      name: who,
      phone: who,
      rank: fc.option(who, { nil: '' }),
      // Once in a while a cell has slipped into the next column.
      sex: fc.oneof({ arbitrary: fc.constantFrom('F', 'M', 'หญิง', 'P', ''), weight: 8 }, { arbitrary: who, weight: 1 }),
      agency: fc.oneof(
        { arbitrary: fc.constantFrom('PNP', 'customs', 'army'), weight: 8 },
        { arbitrary: who, weight: 1 },
      ),
    })
    let bad = 0
    let rowsInAll = 0
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 10 }), fc.boolean(), async (rows, asWorkbook) => {
        const table = [
          ['Name', 'Sex', 'Rank', 'Agency', 'Mobile phone'],
          ...rows.map(({ name, phone, rank, sex, agency }) => [name, sex, rank, agency, phone]),
        ]
        const form = await formOf(asWorkbook ? workbookOf({ a: table }, 'inline') : csvOf(table))
        const mapping: Mapping<AttendanceField> = {
          ...suggest(form, attendanceFields),
          words: [{ field: 'sex', word: 'P', means: 'female' }],
        }
        const file = readAs(form, {}, mapping)
        const entries: Decision<Draft[]>[] = [
          importAttendance(stream, session, file, { withoutBadRows: true, areOthers: true }),
          rememberMapping(
            {
              stream,
              organisation: session.organisation,
              purpose: 'training.attendance',
              form: hashOfNothing,
              mapping,
            },
            undefined,
            today,
          ),
        ]
        bad += file.bad.length
        rowsInAll += rows.length
        expect(JSON.stringify([file, entries])).not.toContain('planted')
      }),
      { seed: 20261128, numRuns: 150 },
    )
    // The generator makes both kinds of rows.
    expect(bad / rowsInAll).toBeGreaterThan(0.1)
    expect(bad / rowsInAll).toBeLessThan(0.6)
  })
})

const hashOfNothing = Hash.parse('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU')
