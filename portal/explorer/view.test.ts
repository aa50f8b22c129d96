import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readyMadeViews } from './ready-made.ts'
import { inventedAnswers, inventedRecords, inventedTable } from './testing/publications.ts'
import { drawingOf, drawings, drawingsFor, queryOf, readView } from './view.ts'

const records = inventedRecords()
const table = inventedTable()
const refusalOf = (query: string, of = records) => {
  const read = readView(of, query)
  return read.ok ? undefined : read.refusal
}
const viewOf = (query: string, of = records) => {
  const read = readView(of, query)
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}

describe('an address that asks for what is not there is refused, and told what is', () => {
  it('a field nobody knows, whether to split by or to leave in', () => {
    for (const query of ['by=name', 'only.name=A', 'by=__proto__', 'only.constructor=x'])
      expect(refusalOf(query)).toMatchObject({
        code: 'portal.no-such-field',
        values: { allowed: 'sex, age, citizenship, exploited in, form, means of control, year' },
      })
  })

  it('a code that the field has not', () => {
    expect(refusalOf('only.sex=X')).toEqual({
      code: 'portal.no-such-code',
      values: { field: 'sex', code: 'X', allowed: 'F, M, not-recorded' },
    })
  })

  it('a third field to split by, a drawing nobody draws, an endless address', () => {
    expect(refusalOf('by=sex&by=age&by=form')).toEqual({ code: 'portal.too-many-splits', values: { most: 2 } })
    expect(refusalOf('as=pie')).toMatchObject({ code: 'portal.no-such-drawing', values: { drawing: 'pie' } })
    expect(refusalOf(`only.sex=${'x'.repeat(5000)}`)).toMatchObject({ code: 'portal.query-too-long' })
    expect(String(refusalOf(`by=${'x'.repeat(500)}`)?.values.field).length).toBeLessThan(50)
  })

  it('a part that addresses have not, even an empty one: a filter without its beginning would be none', () => {
    for (const part of ['sex', 'country', 'only', 'utm', '__proto__'])
      for (const value of ['F', ''])
        expect(refusalOf(`by=age&${part}=${value}`), part).toEqual({
          code: 'portal.no-such-part',
          values: {
            part,
            allowed:
              'by, as, of, only.sex, only.age, only.citizenship, only.exploited in, only.form, only.means of control, only.year',
          },
        })
  })

  it('a part that is asked for in two ways', () => {
    for (const query of ['only.sex=F&only.sex=M', 'only.sex=M&by=age&only.sex=F', 'as=bars&as=table'])
      expect(refusalOf(query)).toMatchObject({ code: 'portal.asked-twice' })
    expect(refusalOf('only.sex=F&only.sex=M')?.values).toEqual({ part: 'only.sex' })
    expect(refusalOf('only.sex=F&only.sex=F&only.sex=')).toBeUndefined()
  })

  it('is not refused for what is hung onto an address that is passed on, nor changed by it', () => {
    const plain = readView(table, 'by=sex')
    for (const more of ['fbclid=IwAR0', 'utm_source=letter&utm_medium=mail', 'gclid=1&gclid=2'])
      expect(readView(table, `by=sex&${more}`)).toEqual(plain)
  })

  it('whatever the address, the answer is a view or a refusal of these seven', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'by',
        'as',
        'only.sex',
        'only.year',
        'sex',
        'age',
        'F',
        'not-recorded',
        'bars',
        '2021',
        '%',
        '&',
        '=',
        '+',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.constantFrom('&', '='), (words, between) => {
        const read = readView(records, words.join(between))
        if (!read.ok)
          expect(read.refusal.code).toMatch(/^portal\.(no-such-|too-many-splits|query-too-long|asked-twice)/)
      }),
      { seed: 11 },
    )
  })
})

describe('a view', () => {
  it('is all in its address, and passes over what was not asked for', () => {
    const view = viewOf('by=age&by=sex&only.form=labour&only.citizenship=not-recorded&as=pyramid')
    expect(viewOf(queryOf(records, view))).toEqual(view)
    expect(viewOf(`${queryOf(records, view)}&only.form=labour&only.year=&by=`)).toEqual(view)
    expect(queryOf(records, viewOf('as=&by=&only.sex='))).toBe('')
  })

  it('split twice by the same field is split once', () => {
    expect(viewOf('by=sex&by=sex').by).toEqual([0])
  })

  it('of a table without a cell for all of a field shows one of its codes, the last of years, and says which', () => {
    const view = viewOf('by=sex', table)
    expect([...view.only].map(([field, { code }]) => [field, code])).toEqual([[0, '2022']])
    expect([...view.unasked]).toEqual([0])
    expect(queryOf(table, view)).toBe('by=sex')
    expect(viewOf('by=year', table).only.size).toBe(0)
    expect(viewOf('only.sex=total', table).only.has(2)).toBe(false)
  })

  it('is drawn as asked where that can be, else as reads best', () => {
    const drawn = (query: string) => drawingOf(records, viewOf(query))
    expect(drawn('by=sex&as=map')).toEqual({ as: 'bars', isAsked: false })
    expect(drawn('by=sex')).toEqual({ as: 'bars', isAsked: true })
    expect(drawn('by=citizenship&as=map')).toEqual({ as: 'map', isAsked: true })
    expect(drawn('by=citizenship&by=exploited+in')).toEqual({ as: 'flows', isAsked: true })
    expect(drawn('by=age&by=sex').as).toBe('pyramid')
    expect(drawn('by=age&by=form').as).toBe('bars')
    expect(drawn('by=year&by=form').as).toBe('lines')
    expect(drawn('').as).toBe('table')
    const possible = records.fields.flatMap((_, a) =>
      records.fields.flatMap((_, b) => [...drawingsFor(records, { by: a === b ? [a] : [a, b] })]),
    )
    expect(new Set([...possible, ...drawingsFor(inventedAnswers(), { by: [] })])).toEqual(new Set(drawings))
  })
})

describe('the ready-made views', () => {
  it('are those whose fields are there, and each can be drawn as it says', () => {
    const named = readyMadeViews(records)
    expect(named.map(({ name }) => name)).toEqual([
      ...['map', 'flows', 'forms-by-sex', 'forms-by-age', 'sex-and-age', 'control', 'years'],
    ])
    for (const { query } of named) expect(drawingOf(records, viewOf(query)).isAsked).toBe(true)
    expect(readyMadeViews(table).map(({ name }) => name)).toEqual(['map', 'years'])
  })

  it('of data that ask yes or no are the means of control, and all answers', () => {
    expect(readyMadeViews(inventedAnswers())).toEqual([
      { name: 'control', query: 'as=answers&of=meansOfControl' },
      { name: 'answers', query: 'as=answers' },
    ])
    expect(refusalOf('as=answers&of=nothing', inventedAnswers())?.code).toBe('portal.no-such-field')
  })
})
