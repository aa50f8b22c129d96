import { type Form, type Mapping, recalled, suggest } from '@lentera/core/sheets/mapping'
import { officerColumns } from '@lentera/core/workforce/register/fields'
import { describe, expect, it } from 'vitest'
import { readMapping, typedMapping } from './said-of-form.ts'

const formOf = (...heads: readonly string[]): Form => ({
  header: { line: 1, cells: heads },
  body: [{ line: 2, cells: heads.map(() => 'x') }],
  unreadable: [],
  naming: new Set(),
})

const form = formOf('Service No', 'Sex', 'Post', 'See until')

describe('what she says of a form before its rows are written', () => {
  it('comes back as she said it: columns, one answer for all, words, and which day is meant', () => {
    const said: Mapping<string> = {
      columns: { number: { header: 'Service No' }, sex: { all: 'female' }, see: { header: 'See until' } },
      words: [{ field: 'sex', word: 'L', means: 'male' }],
      dates: { see: 'month-first' },
    }
    expect(readMapping(form, { mapping: typedMapping(said) })).toEqual(said)
  })

  it('holds that a suggested column says nothing', () => {
    const suggested = suggest(form, officerColumns)
    expect(suggested.columns.post).toEqual({ header: 'Post' })
    const { post: _, ...others } = suggested.columns
    const kept = readMapping(form, { mapping: typedMapping({ ...suggested, columns: others }) })
    expect(kept && recalled(officerColumns, kept).columns).toEqual(others)
  })

  it('leaves out a column that this file does not have: nothing would stand in its choice', () => {
    const said = { columns: { code: { header: 'Lentera code' }, number: { header: 'Service No' } }, words: [] }
    expect(readMapping(form, { mapping: typedMapping(said) })?.columns).toEqual({ number: { header: 'Service No' } })
  })

  it('is nothing where nothing is kept, or nothing that can be read', () => {
    expect(readMapping(form, {})).toBeUndefined()
    expect(readMapping(form, { mapping: '{"columns"' })).toBeUndefined()
    expect(readMapping(form, { mapping: '{"columns":{"sex":{"header":3}},"words":[]}' })).toBeUndefined()
  })
})
