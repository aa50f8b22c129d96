import type { Publication } from '@lentera/core/shared/publication'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countView } from './count.ts'
import { inventedRecords, inventedTable } from './testing/publications.ts'
import { readView } from './view.ts'

const table = inventedTable()

function counted(publication: Publication, query: string) {
  const read = readView(publication, query)
  if (!read.ok) throw new Error(read.refusal.code)
  return countView(publication, read.value)
}

/** Counts anew, record by record and by the texts of the codes: nothing of the explorer's own is used. */
function counts(publication: Publication, wanted: Readonly<Record<string, string>>): number {
  const { data, fields } = publication
  if (data.kind !== 'records') throw new TypeError('no records')
  return data.rows
    .filter(({ codes }) =>
      Object.entries(wanted).every(([name, code]) => {
        const at = fields.findIndex((field) => field.name === name)
        return (fields[at]?.codes[codes[at] ?? -1]?.code ?? 'not-recorded') === code
      }),
    )
    .reduce((sum, { count }) => sum + count, 0)
}

/** Made-up records leave out what few share: what none of them has need not be nobody. */
const orFewOrNone = (count: number) => (count === 0 ? { value: null, why: 'few-or-none' } : { value: count })

/** Names of fields, and every code an address may ask for. */
const asked = inventedRecords().fields.map(({ name, codes }) => ({
  name,
  codes: [...codes.map(({ code }) => code), 'not-recorded'],
}))
const pick = fc.record({
  by: fc.uniqueArray(fc.constantFrom(...asked.map(({ name }) => name)), { maxLength: 2 }),
  only: fc.uniqueArray(fc.constantFrom(...asked.flatMap(({ name, codes }) => codes.map((code) => ({ name, code })))), {
    maxLength: 4,
    selector: ({ name }) => name,
  }),
})

describe('a view of records shows nothing but the published rows', () => {
  it('each of its cells and totals is a count of them, whatever is left in and split by, and unknown is among them', () => {
    let [cells, empty, unknown] = [0, 0, 0]
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), pick, (rows, { by, only }) => {
        const records = inventedRecords(rows)
        // In so few rows a field may never be empty, and then that cannot be asked for.
        const query = new URLSearchParams([
          ...by.map((name): [string, string] => ['by', name]),
          ...only.map(({ name, code }): [string, string] => [`only.${name}`, code]),
        ]).toString()
        if (!readView(records, query).ok) return
        const fixed = Object.fromEntries(only.map(({ name, code }) => [name, code]))
        const view = counted(records, query)
        ;(view.rows ?? [null]).forEach((row, r) => {
          ;(view.columns ?? [null]).forEach((column, c) => {
            const split = Object.fromEntries(
              [
                [by[0], row?.code],
                [by[1], column?.code],
              ].filter(([name]) => name !== undefined),
            )
            const truth = counts(records, { ...fixed, ...split })
            expect(view.cells[r]?.[c]).toEqual(orFewOrNone(truth))
            cells++
            if (truth === 0) empty++
            if (row?.isUnknown || column?.isUnknown) unknown++
          })
        })
        expect(view.total).toEqual(orFewOrNone(counts(records, fixed)))
      }),
      { seed: 5, numRuns: 300 },
    )
    console.log(`${cells} cells counted again, ${empty} of them empty, ${unknown} of something unknown`)
    expect(Math.min(cells - empty, empty, unknown)).toBeGreaterThan(100)
  })

  it('all of its parts come to the whole, the unknown included', () => {
    const records = inventedRecords()
    const view = counted(records, 'by=age&by=sex')
    const sum = (cells: readonly { readonly value: number | null }[]): number =>
      cells.reduce((all, { value }) => all + (value ?? 0), 0)
    expect(view.total).toEqual({ value: counts(records, {}) })
    expect(sum(view.rowTotals)).toBe(view.total.value)
    expect(sum(view.columnTotals)).toBe(view.total.value)
    expect(sum(view.cells.flat())).toBe(view.total.value)
    expect(view.rows?.slice(-2).map(({ code, isUnknown }) => [code, isUnknown])).toEqual([
      ['unknown', true],
      ['not-recorded', true],
    ])
  })

  it('the same rows without one of them give counts without it: nothing else is remembered', () => {
    const records = inventedRecords(50)
    if (records.data.kind !== 'records') throw new TypeError('no records')
    const fewer = { ...records, data: { ...records.data, rows: records.data.rows.slice(1) } }
    const [all, less] = [counted(records, ''), counted(fewer, '')]
    expect((all.total.value ?? 0) - (less.total.value ?? 0)).toBe(records.data.rows[0]?.count)
  })
})

describe('a view of a table', () => {
  it('shows a hidden cell as hidden and what was never published as not published, neither as zero', () => {
    const view = counted(table, 'by=country&by=sex&only.year=2021')
    expect(view.cells.map((row) => row.map(({ value }) => value))).toEqual([
      [12, 7],
      [null, null],
      [5, 6],
    ])
    expect(view.cells[1]?.[0]).toEqual({ value: null, why: 'hidden' })
    expect(view.rowTotals.map(({ value }) => value)).toEqual([19, 20, 11])
    expect(counted(table, 'by=country&by=sex').cells[2]).toEqual([
      { value: null, why: 'not-published' },
      { value: null, why: 'not-published' },
    ])
  })

  it('leaves of a field that it is split by the one code that was left in', () => {
    for (const of of [table, inventedRecords()]) {
      const view = counted(of, 'by=sex&only.sex=F&only.year=2021')
      expect([view.rows?.map(({ code }) => code), view.rowTotals]).toEqual([['F'], [view.total]])
    }
  })

  it('that says two things of one combination says neither', () => {
    if (table.data.kind !== 'table') throw new TypeError('no table')
    const [first, ...rest] = table.data.cells
    if (!first) throw new TypeError('no cells')
    const torn = { ...table, data: { ...table.data, cells: [first, ...rest, { ...first, value: 13 }] } }
    const cell = (of: Publication) => counted(of, 'only.year=2021&only.country=KH&only.sex=F').total
    expect([cell(table), cell(torn)]).toEqual([{ value: 12 }, { value: null, why: 'not-published' }])
  })

  it('adds nothing up: a whole is a cell that was published, or there is none', () => {
    const view = counted(table, 'by=year&only.country=TH')
    expect(view.cells.flat().map(({ value }) => value)).toEqual([20, 20])
    // No cell is of all years together.
    expect(view.total).toEqual({ value: null, why: 'not-published' })
  })

  it('every number it can show is a number of the table', () => {
    if (table.data.kind !== 'table') throw new TypeError('no table')
    const published = new Set(table.data.cells.map(({ value }) => value))
    for (const by of ['', 'by=sex', 'by=sex&by=country', 'by=year&by=sex'])
      for (const only of ['', 'only.country=KH', 'only.country=unknown', 'only.sex=F', 'only.sex=M&only.year=2021']) {
        const view = counted(table, `${by}&${only}`)
        for (const { value } of [...view.cells.flat(), ...view.rowTotals, ...view.columnTotals, view.total])
          expect(published).toContain(value)
      }
  })
})
