import { toCsv } from '@lentera/core/shared/csv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { between, exact, type FigureValue, protectedFigure, unknownFigure } from '../cells/figure-value.ts'
import { plainCell, sortRows, toClipboard } from './rows.ts'

const words = { protected: 'protected', unknown: 'unknown' }
const self = (value: FigureValue) => value

test('figures sort by size, an interval by its middle, and what has no size stands last both ways', () => {
  const rows = [protectedFigure, exact(10), between({ low: 0, high: 4 }), unknownFigure, exact(3)]
  const [three, small, ten] = [exact(3), between({ low: 0, high: 4 }), exact(10)]
  expect(sortRows(rows, self, 'ascending', 'en')).toEqual([small, three, ten, protectedFigure, unknownFigure])
  expect(sortRows(rows, self, 'descending', 'en')).toEqual([ten, three, small, protectedFigure, unknownFigure])
})

test('rows that are equal keep their order', () => {
  const rows = ['b1', 'a1', 'b2', 'a2']
  expect(sortRows(rows, (row) => row[0] ?? '', 'ascending', 'en')).toEqual(['a1', 'a2', 'b1', 'b2'])
})

test('a downloaded table says protected and unknown in words and never as zero', () => {
  expect(
    [protectedFigure, unknownFigure, between({ low: 0, high: 4 }), exact(0)].map((cell) => plainCell(cell, words)),
  ).toEqual(['protected', 'unknown', '0–4', '0'])
})

test('text that a spreadsheet would run is made harmless; a negative number stays a number', () => {
  const csv = toCsv({ head: ['a'], rows: [['=HYPERLINK("x")'], ['-3'], ['@now'], ['plain']] })
  expect(csv).toBe('\uFEFFa\r\n"\'=HYPERLINK(""x"")"\r\n-3\r\n\'@now\r\nplain\r\n')
})

test('whatever a cell holds, the file has as many cells as the table', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '=', 'ไ', '၁', "'") })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = toCsv({ head: ['x', 'y'], rows }).slice(1)
      // RFC 4180 read back by its own grammar: a field is quoted text or text without quote, comma and line end.
      const fields = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)]
      expect(fields.map((field) => field[3])).toEqual([...Array(rows.length + 1)].flatMap(() => [',', '\r\n']))
      expect(fields.map((field) => field[0].length).reduce((a, b) => a + b, 0)).toBe(text.length)
    }),
    { seed: 20261124 },
  )
})

test('on the clipboard a cell with a tab or a line end stays one cell', () => {
  expect(toClipboard({ head: ['a', 'b'], rows: [['x\ty', 'z\nw']] })).toBe('a\tb\nx y\tz w')
})
