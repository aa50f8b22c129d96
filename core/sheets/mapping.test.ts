import { describe, expect, it } from 'vitest'
import { Entry } from '../log/entry.ts'
import { fold } from '../log/fold.ts'
import { gatherKinds } from '../log/kind.ts'
import { CivilDate } from '../shared/dates.ts'
import { Hash, OrganisationId, StreamId } from '../shared/ids.ts'
import type { Decision } from '../shared/refusals.ts'
import { rememberMapping } from './capture.ts'
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
  orderIn,
  suggest,
  unclearDate,
  withAnswer,
  withDates,
  wordsIn,
} from './mapping.ts'
import { findRemembered, projectMapping, type RememberedMapping } from './project.ts'
import { openFile } from './sheet.ts'
import { csvOf } from './test-files.ts'

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
    const asked = async (...dates: string[]) => unclearDate(await formOn(...dates), dated, on)
    expect(await asked('05/04/2028', '', '03/03/2028')).toBe('05/04/2028')
    expect(await asked('2028-04-05; 6.4.2571')).toBe('6.4.2571')
    expect(await asked('05/04/2028', '13/04/2028')).toBeUndefined()
    expect(await asked('2028-04-05', '03/03/2028', '')).toBeUndefined()
    expect(unclearDate(await formOn('05/04/2028'), dated, { columns: {}, words: [] })).toBeUndefined()
  })

  it('are read as she said, unless the file tells of itself', async () => {
    const read = async (said: Mapping<'on' | 'note'>, ...dates: string[]) =>
      orderIn(await formOn(...dates), dated, said)
    expect(await read(on, '05/04/2028')).toBe('not-known')
    expect(await read(withDates(on, 'month-first'), '05/04/2028')).toBe('month-first')
    expect(await read(withDates(on, 'month-first'), '05/04/2028', '13/04/2028')).toBe('day-first')
    expect(withDates(withDates(on, 'day-first'), undefined)).toEqual(on)
    expect(withAnswer(withDates(on, 'day-first'), 'note', undefined).dates).toBe('day-first')
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
    const first = remember({ ...bySex, dates: 'month-first' })
    const state = stateOf(first)
    if (!state) throw new Error('remembered')
    expect(state.mapping).toEqual({ ...bySex, dates: 'month-first' })
    expect(remember({ ...bySex, dates: 'month-first' }, { stream, state })).toEqual({ ok: true, value: [] })
    expect(stateOf(first, remember({ ...bySex, dates: 'day-first' }, { stream, state }))?.mapping?.dates).toBe(
      'day-first',
    )
    expect(stateOf(first, remember(bySex, { stream, state }))?.mapping).toEqual(bySex)
  })

  it('is found by its form and purpose, the newer of two; and asked again where two colleagues differ', () => {
    const state = stateOf(remember(bySex))
    if (!state) throw new Error('remembered')
    const newer = { ...state, opening: `1${state.opening.slice(1)}` } as RememberedMapping // a later id, all that is asked of it
    expect(findRemembered([{ state }, { state: newer }], 'training.attendance', hash)?.state).toBe(newer)
    expect(findRemembered([{ state }], 'training.attendance', Hash.parse('b'.repeat(43)))).toBeUndefined()
  })
})
