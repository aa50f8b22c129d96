import { describe, expect, it } from 'vitest'
import { Entry } from '../log/entry.ts'
import { fold } from '../log/fold.ts'
import { gatherKinds } from '../log/kind.ts'
import { CivilDate } from '../shared/dates.ts'
import { Hash, OrganisationId, StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import { rememberMapping } from './capture.ts'
import { readDay } from './dates.ts'
import { mappingRemembered, sheetKinds } from './entries.ts'
import {
  answersIn,
  checkMapping,
  columnsOf,
  type Fields,
  type Form,
  findForm,
  formText,
  leftIn,
  type Mapping,
  numberedDates,
  ordersIn,
  suggest,
  unclearDates,
  withAnswer,
  withDates,
  wordsIn,
} from './mapping.ts'
import { findRemembered, projectMapping, type RememberedMapping } from './project.ts'
import { openFile } from './sheet.ts'
import { csvOf, workbookOf } from './test-files.ts'

type Name = 'sex' | 'place' | 'note'
const fields: Fields<Name> = {
  sex: { required: true, headings: ['sex', 'เพศ'], words: { female: ['f', 'หญิง'], male: ['m', 'ชาย'] } },
  place: { required: false, headings: ['place', 'place name'] },
  note: { required: false, headings: ['note'] },
}
const kinds = gatherKinds(sheetKinds)
const today = CivilDate.parse('2026-11-28')
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const organisation = OrganisationId.parse(id(1))
const stream = StreamId.parse(id(2))
const hash = Hash.parse('a'.repeat(43))

async function formOf(...rows: string[][]): Promise<Form> {
  const found = findForm(await sheetsOf(rows), fields)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}
async function sheetsOf(rows: string[][]) {
  const opened = await openFile(csvOf(rows))
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened.value.sheets
}
const codeOf = (decided: Decision<unknown>): string | undefined => (decided.ok ? undefined : decided.refusal.code)
const bySex: Mapping<Name> = { columns: { sex: { header: 'Sex' } }, words: [] }

describe('what is refused, by name', () => {
  it('a table whose columns have no names, or that has no rows', async () => {
    expect(codeOf(findForm(await sheetsOf([['Aye (invented)', 'f', 'Place']]), fields))).toBe('sheets.no-headings')
    expect(codeOf(findForm(await sheetsOf([['a', 'b']]), fields))).toBe('sheets.no-headings')
    expect(codeOf(findForm(await sheetsOf([['Sex', 'Place']]), fields))).toBe('sheets.no-rows')
  })

  it('a mapping that leaves out what is needed, names a column that is not there once, or one that says who somebody is', async () => {
    const form = await formOf(['Name', 'Sex', 'Place', 'Place'], ['x', 'f', 'a', 'b'])
    const check = (columns: Mapping<Name>['columns']) => codeOf(checkMapping(form, fields, { columns, words: [] }))
    expect(check({})).toBe('sheets.field-missing')
    expect(check({ sex: { header: 'Gender' } })).toBe('sheets.column-missing')
    expect(check({ sex: { header: 'Sex' }, place: { header: 'Place' } })).toBe('sheets.column-missing')
    expect(check({ sex: { header: 'Sex' }, place: { header: 'Name' } })).toBe('sheets.column-says-who')
    expect(check({ sex: { header: 'Sex' } })).toBeUndefined()
  })

  it('a column of more different words than code words are: names, most likely', async () => {
    const rows = Array.from({ length: 13 }, (_, n) => [`word ${n}`, 'f'])
    const form = await formOf(['Who', 'Sex'], ...rows)
    const decided = checkMapping(form, fields, { columns: { sex: { header: 'Who' } }, words: [] })
    expect(decided).toEqual({
      ok: false,
      refusal: { code: 'sheets.not-code-words', values: { column: 'Who', most: 12 } },
    })
  })

  it('a head or a word longer than such are, on the device and in the schema that the server holds', async () => {
    const long = 'a sentence that says something of somebody'
    const said = (mapping: Mapping<string>) =>
      codeOf(
        rememberMapping(
          { stream, organisation, purpose: 'training.attendance', form: hash, mapping },
          undefined,
          today,
        ),
      )
    expect(said({ columns: { sex: { header: `${long} and goes on ${long}` } }, words: [] })).toBe(
      'sheets.heading-too-long',
    )
    const words = [{ field: 'sex', word: long, means: 'female' }]
    expect(said({ ...bySex, words })).toBe('sheets.word-too-long')
    const coded = {
      organisation,
      purpose: 'training.attendance',
      form: hash,
      columns: [{ field: 'sex', header: 'Sex' }],
      words,
    }
    expect(mappingRemembered.coded.safeParse(coded).success).toBe(false)
    expect(mappingRemembered.coded.safeParse({ ...coded, words: [] }).success).toBe(true)
    const form = await formOf(['Sex'], [long])
    expect(
      codeOf(
        checkMapping(form, fields, {
          columns: { sex: { header: 'Sex' } },
          words: [{ field: 'sex', word: long, means: 'male' }],
        }),
      ),
    ).toBe('sheets.word-too-long')
  })
})

describe('dates that could be two days', () => {
  const dated: Fields<'on' | 'note'> = {
    on: { required: false, dates: true, headings: ['on'] },
    note: { required: false, headings: ['note'] },
  }
  const formOn = async (...dates: string[]): Promise<Form> => {
    const found = findForm(await sheetsOf([['On', 'Note'], ...dates.map((date) => [date, '07/08/2028'])]), dated)
    if (!found.ok) throw new Error(found.refusal.code)
    return found.value
  }
  const on: Mapping<'on' | 'note'> = { columns: { on: { header: 'On' }, note: { header: 'Note' } }, words: [] }

  it('are asked of a person where every date is one, and nowhere else', async () => {
    const asked = async (...dates: string[]) => unclearDates(await formOn(...dates), dated, on)[0]?.date
    expect(await asked('05/04/2028', '', '03/03/2028')).toBe('05/04/2028')
    expect(await asked('2028-04-05; 6.4.2571')).toBe('6.4.2571')
    expect(await asked('05/04/2028', '13/04/2028')).toBeUndefined()
    expect(await asked('2028-04-05', '03/03/2028', '')).toBeUndefined()
    expect(unclearDates(await formOn('05/04/2028'), dated, { columns: {}, words: [] })).toEqual([])
  })

  it('are read as she said, unless the file tells of itself', async () => {
    const read = async (said: Mapping<'on' | 'note'>, ...dates: string[]) =>
      ordersIn(await formOn(...dates), dated, said)('on')
    expect(await read(on, '05/04/2028')).toBe('not-known')
    expect(await read(withDates(on, 'on', 'month-first'), '05/04/2028')).toBe('month-first')
    expect(await read(withDates(on, 'on', 'month-first'), '05/04/2028', '13/04/2028')).toBe('day-first')
    expect(withDates(withDates(on, 'on', 'day-first'), 'on', undefined)).toEqual(on)
    expect(withAnswer(withDates(on, 'on', 'day-first'), 'note', undefined).dates).toEqual({ on: 'day-first' })
    expect(withAnswer(withDates(on, 'on', 'day-first'), 'on', { header: 'Note' }).dates).toBeUndefined()
  })

  it('are asked and read column by column; a column that tells nothing is read as the others that do', async () => {
    const two: Fields<'from' | 'to'> = {
      from: { required: false, dates: true, headings: ['from'] },
      to: { required: false, dates: true, headings: ['to'] },
    }
    const read = async (...rows: string[][]) => {
      const found = findForm(await sheetsOf([['From', 'To'], ...rows]), two)
      if (!found.ok) throw new Error(found.refusal.code)
      const mapping = suggest(found.value, two)
      const orders = ordersIn(found.value, two, withDates(mapping, 'to', 'month-first'))
      const asked = unclearDates(found.value, two, mapping).map(({ column, date }) => `${column} ${date}`)
      return [orders('from'), orders('to'), ...asked]
    }
    expect(await read(['13/04/2027', '04/13/2027'], ['03/04/2027', '04/03/2027'])).toEqual(['day-first', 'month-first'])
    expect(await read(['13/04/2027', '04/03/2027'])).toEqual(['day-first', 'month-first'])
    expect(await read(['03/04/2027', '04/03/2027'])).toEqual([
      ...['not-known', 'month-first'],
      ...['From 03/04/2027', 'To 04/03/2027'],
    ])
    expect(await read(['03/04/2027', '2027-03-04'], ['2027-03-04', '13/04/2027'])).toEqual(['day-first', 'day-first'])
  })

  it('are no question where one reading is no day of any calendar', () => {
    for (const order of ['not-known', 'day-first', 'month-first'] as const) {
      expect(readDay('13/04/2027', order)).toBe('2027-04-13')
      expect(readDay('04/13/2027', order)).toBe('2027-04-13')
      expect(readDay('31/13/2027', order)).toBeUndefined()
      expect(readDay('31/02/2027', order)).toBeUndefined()
    }
  })
})

describe('cells of a column of dates that are none', () => {
  const dated: Fields<'who' | 'on'> = {
    who: { required: true, headings: ['who'] },
    on: { required: false, dates: true, headings: ['on'] },
  }
  const readBy = async (bytes: Uint8Array) => {
    const opened = await openFile(bytes)
    const found = opened.ok ? findForm(opened.value.sheets, dated) : opened
    if (!found.ok) throw new Error(found.refusal.code)
    const mapping = suggest(found.value, dated)
    const said = found.value.body.map(answersIn(found.value, dated, mapping)).map(({ on }) => on)
    return {
      said: said.map((on) => (on && 'text' in on ? on.text : on?.said)),
      numbered: numberedDates(found.value, dated, mapping),
    }
  }

  it('say nothing where a form says that there is none, in its words or with a mark; other words are no such answer', async () => {
    const none = ['-', '–', '—', 'n/a', 'N.A.', 'none', 'Nil', '?', 'ไม่มี', 'မရှိ', 'không có', 'belum']
    const { said } = await readBy(csvOf([['Who', 'On'], ...none.map((text) => ['x', text]), ['x', 'soon']]))
    expect(said).toEqual([...none.map(() => 'nothing'), 'soon'])
  })

  it('are days where a workbook keeps them as bare numbers, which is told; in a CSV a number is never taken for a day', async () => {
    const rows = [
      ['Who', 'On'],
      ['x', 46000],
      ['y', '46000.5'],
      ['z', 7],
      ['z', 99999],
    ]
    const { said, numbered } = await readBy(workbookOf({ Sheet: rows }, 'shared'))
    expect(said).toEqual(['2025-12-09', '2025-12-09', '7', '99999'])
    expect(numbered).toEqual({ count: 2, column: 'On', written: '46000', day: '2025-12-09' })
    const { said: inText, numbered: none } = await readBy(csvOf(rows.map((row) => row.map(String))))
    expect([inText[0], none]).toEqual(['46000', undefined])
  })
})

describe('a head of two lines', () => {
  const ends: Fields<'who' | 'see' | 'meet'> = {
    who: { required: true, sealed: true, headings: ['who'] },
    see: { required: false, dates: true, headings: ['see until'], whole: ['see'], never: ['issued'] },
    meet: { required: false, dates: true, headings: ['meet until'], whole: ['meet'], never: ['issued'] },
  }
  const formOfEnds = async (...rows: string[][]): Promise<Form> => {
    const found = findForm(await sheetsOf(rows), ends)
    if (!found.ok) throw new Error(found.refusal.code)
    return found.value
  }
  const heads = async (...rows: string[][]) => (await formOfEnds(...rows)).header.cells
  const both = ['Who', 'See, issued', 'See, until', 'Meet, issued', 'Meet, until']

  it('is joined under each merged cell, wherever the heads that stand alone are written; rows begin below it', async () => {
    const row = ['x', '2025-03-01', '2027-03-01', '2025-03-01', '2027-03-01']
    const upper = ['Who', 'See', '', 'Meet', '']
    const form = await formOfEnds(upper, ['', 'issued', 'until', 'issued', 'until'], row)
    expect(form.header).toEqual({ line: 2, cells: both })
    expect(form.body).toEqual([{ line: 3, cells: row }])
    expect(suggest(form, ends).columns).toEqual({
      ...{ who: { header: 'Who' }, see: { header: 'See, until' }, meet: { header: 'Meet, until' } },
    })
    const low = [['', 'See', '', 'Meet', ''], ['Who', 'issued', 'until', 'issued', 'until'], row]
    expect(await heads(['Strength of the agency (invented)'], ...low)).toEqual(both)
    // Its first cell is often left out, where the upper head says enough.
    expect(await heads(upper, ['', '', 'until', '', 'until'], row)).toEqual([
      'Who',
      'See',
      'See, until',
      'Meet',
      'Meet, until',
    ])
  })

  it('says of each head what stands over it, so that no day of issue is a last day', async () => {
    const lower = ['Who', 'See', 'Meet']
    const form = await formOfEnds(['', 'Certificates issued', ''], lower, ['x', '2025-03-01', '2025-03-01'])
    expect(form.header.cells).toEqual(['Who', 'Certificates issued, See', 'Certificates issued, Meet'])
    expect(suggest(form, ends).columns).toEqual({ who: { header: 'Who' } })
  })

  it('is none where the next line is a row, or the line above a title', async () => {
    const upper = ['Who', 'See', '', 'Meet', '']
    for (const row of [
      ['x', '2027-03-01', '', '', ''],
      ['', '2027-03-01', 'lost', '', ''],
      ['', '', '', '', ''],
      ['x', 'soon', 'lost', '', ''],
    ])
      expect(await heads(upper, row, ['y', '', '', '', ''])).toEqual(upper)
    const alone = ['Who', 'See until', 'Remarks']
    for (const title of [
      ['Officers of the agency', '', ''],
      ['Agency:', 'of the border', ''],
      ['', '2027', ''],
    ])
      expect(await heads(title, alone, ['x', '2027-03-01', 'x'])).toEqual(alone)
  })

  it('that lacks its second line suggests no day where days stand beside it without a head', async () => {
    const form = (...row: string[]) => formOfEnds(['Who', 'See', '', 'Meet'], row)
    expect(suggest(await form('x', '2025-03-01', '2027-03-01', '2027-03-01'), ends).columns).toEqual({
      ...{ who: { header: 'Who' }, meet: { header: 'Meet' } },
    })
    const remarked = await form('x', '2027-03-01', 'on leave', '2027-03-01')
    expect(suggest(remarked, ends).columns.see).toEqual({ header: 'See' })
  })
})

describe('what a form suggests', () => {
  it('is found below a title, in any of the languages, and leaves columns that say who somebody is', async () => {
    const form = await formOf(
      ['List of officers', '', ''],
      [],
      ['ชื่อ-สกุล', ' เพศ ', 'Place name', 'เบอร์โทร', 'ยศ'],
      ['x', 'หญิง', 'a', '1', '2'],
    )
    expect(form.header.line).toBe(3)
    expect(suggest(form, fields).columns).toEqual({ sex: { header: 'เพศ' }, place: { header: 'Place name' } })
    expect(columnsOf(form)).toEqual(['เพศ', 'Place name', 'ยศ'])
    expect(leftIn(form, suggest(form, fields))).toEqual(['ชื่อ-สกุล', 'เบอร์โทร', 'ยศ'])
  })

  it('takes the head that fits best, wherever it stands: all of it, then the longest; never one that says otherwise', async () => {
    const ends: Fields<'see' | 'seen'> = {
      see: { required: false, headings: ['see until', 'see'], never: ['issued', 'from'] },
      seen: { required: false, headings: ['see until when'], whole: ['seen'] },
    }
    const suggested = (...heads: string[]) =>
      suggest({ header: { line: 1, cells: heads }, body: [], unreadable: [], naming: new Set() }, ends).columns
    expect(suggested('See issued', 'See from')).toEqual({})
    expect(suggested('See (remarks)', 'Must see until', 'See until')).toEqual({ see: { header: 'See until' } })
    expect(suggested('See (remarks)', 'Must see until')).toEqual({ see: { header: 'Must see until' } })
    expect(suggested('See, first', 'See, second')).toEqual({ see: { header: 'See, first' } })
    expect(suggested('See until when?', 'Not seen')).toEqual({ seen: { header: 'See until when?' } })
  })

  it('shows each word of a column once, with what it means so far; a person’s word goes before ours', async () => {
    const form = await formOf(['Sex'], ['F'], ['f '], ['W'], ['Male'], ['m'])
    expect(wordsIn(form, fields, bySex)).toEqual([
      { field: 'sex', word: 'F', means: 'female' },
      { field: 'sex', word: 'W', means: undefined },
      { field: 'sex', word: 'Male', means: 'male' },
      { field: 'sex', word: 'm', means: 'male' },
    ])
    const said: Mapping<Name> = {
      ...bySex,
      words: [
        { field: 'sex', word: 'w', means: 'female' },
        { field: 'sex', word: 'M', means: 'female' },
      ],
    }
    expect(form.body.map(answersIn(form, fields, said)).map(({ sex }) => sex && 'text' in sex && sex.text)).toEqual([
      'female',
      'female',
      'female',
      'male',
      'female',
    ])
  })

  it('forgets what was said of the words of a column that is no longer meant', () => {
    const words = [
      { field: 'sex', word: 'Aye', means: 'female' },
      { field: 'place', word: 'x', means: 'y' },
    ] as const
    const other = withAnswer<Name>({ columns: { sex: { header: 'Who' } }, words }, 'sex', { header: 'Sex' })
    expect(other).toEqual({ columns: { sex: { header: 'Sex' } }, words: [words[1]] })
    expect(withAnswer<Name>(other, 'sex', undefined).columns).toEqual({})
  })

  it('is of the same form whatever the spaces, and with the column we add', async () => {
    const plain = formText(await formOf(['Name', 'Sex (M/F)'], ['x', 'f']))
    expect(formText(await formOf(['NAME ', 'Sex  m-f', 'Lentera code', ''], ['y', 'm', 'K2M', '']))).toBe(plain)
    expect(formText(await formOf(['Sex (M/F)', 'Name'], ['f', 'x']))).not.toBe(plain)
  })
})

describe('what is remembered of a form', () => {
  const remember = (mapping: Mapping<string>, known?: { stream: StreamId; state: RememberedMapping }) =>
    rememberMapping({ stream, organisation, purpose: 'training.attendance', form: hash, mapping }, known, today)

  function stateOf(...decided: Decision<readonly { kind: string; version: number; coded: Entry['coded'] }[]>[]) {
    const entries: Entry[] = []
    for (const { kind, version, coded } of decided.flatMap((each) => (each.ok ? each.value : []))) {
      const n = entries.length + 1
      entries.push(
        Entry.parse({
          ...{
            v: 1,
            id: `0199${String(n).padStart(4, '0')}-0000-7000-8000-000000000000`,
            programme: id(3),
            stream,
            kind,
            version,
          },
          ...{
            parents: entries.slice(-1).map((entry) => entry.id),
            on: today,
            coded,
            sealed: {},
            author: id(4),
            device: id(5),
          },
          ...{ at: { time: n, clock: [n, 0] }, prev: null },
        }),
      )
    }
    return projectMapping(fold(kinds, entries))
  }

  it('is what was said, is corrected by an entry, and is not written twice', () => {
    const words = [{ field: 'sex', word: 'W', means: 'female' }]
    const first = remember({ ...bySex, words })
    const state = stateOf(first)
    if (!state) throw new Error('remembered')
    expect(state.mapping).toEqual({ ...bySex, words })
    expect(remember({ words, columns: { ...bySex.columns } }, { stream, state })).toEqual({ ok: true, value: [] })
    const corrected = remember({ columns: { sex: { all: 'male' } }, words: [] }, { stream, state })
    expect(stateOf(first, corrected)?.mapping).toEqual({ columns: { sex: { all: 'male' } }, words: [] })
  })

  it('keeps in which order dates are written, corrects that, and takes it back', () => {
    const dates = { sex: 'month-first' } as const
    const first = remember({ ...bySex, dates })
    const state = stateOf(first)
    if (!state) throw new Error('remembered')
    expect(state.mapping).toEqual({ ...bySex, dates })
    expect(remember({ ...bySex, dates }, { stream, state })).toEqual({ ok: true, value: [] })
    const otherwise = remember({ ...bySex, dates: { sex: 'day-first' } }, { stream, state })
    expect(stateOf(first, otherwise)?.mapping?.dates).toEqual({ sex: 'day-first' })
    expect(stateOf(first, remember(bySex, { stream, state }))?.mapping).toEqual(bySex)
  })

  it('that was remembered while one order was said for all columns holds for each of them', () => {
    const first = remember(bySex)
    const [opening] = first.ok ? first.value : []
    if (!opening) throw new Error('remembered')
    const before = { ...opening, coded: { ...opening.coded, dates: 'month-first' } }
    expect(mappingRemembered.coded.safeParse(before.coded).success).toBe(true)
    expect(stateOf({ ok: true, value: [before] })?.mapping?.dates).toEqual({ sex: 'month-first' })
  })

  it('is found by its form and purpose, the newer of two; and asked again where two colleagues differ', () => {
    const state = stateOf(remember(bySex))
    if (!state) throw new Error('remembered')
    const newer = { ...state, opening: `1${state.opening.slice(1)}` } as RememberedMapping // a later id, all that is asked of it
    expect(findRemembered([{ state }, { state: newer }], 'training.attendance', hash)?.state).toBe(newer)
    expect(findRemembered([{ state }], 'training.attendance', Hash.parse('b'.repeat(43)))).toBeUndefined()
  })
})
