import { CivilDate } from '@lentera/core/shared/dates'
import { expect, test } from 'vitest'
import { dateFromPieces, noPieces, piecesFromDate } from './civil-date.ts'

const pieces = (some: Partial<typeof noPieces>) => ({ ...noPieces, ...some })

test('she may stop at a coarser date than the field asks for', () => {
  expect(dateFromPieces(pieces({ year: '2026' }), 'day', false)).toBe('2026')
  expect(dateFromPieces(pieces({ year: '2026', month: '3' }), 'day', false)).toBe('2026-03')
  expect(dateFromPieces(pieces({ year: '2026', month: '3', day: '9' }), 'day', false)).toBe('2026-03-09')
  expect(dateFromPieces(pieces({ year: '2026', quarter: '4' }), 'quarter', false)).toBe('2026-Q4')
})

test('a field never gives a finer date than it may hold', () => {
  expect(dateFromPieces(pieces({ year: '2026', month: '3', day: '9' }), 'month', false)).toBe('2026-03')
  expect(dateFromPieces(pieces({ year: '2026', month: '3', day: '9' }), 'quarter', false)).toBe('2026')
})

test('a year of the Buddhist era is kept as a Gregorian one and shown as it was typed', () => {
  expect(dateFromPieces(pieces({ year: '2569', month: '11' }), 'month', true)).toBe('2026-11')
  expect(piecesFromDate(CivilDate.parse('2026-11-09'), true)).toEqual({
    year: '2569',
    quarter: '',
    month: '11',
    day: '9',
  })
})

test('what is no date is no date', () => {
  expect(dateFromPieces(pieces({ year: '2026', month: '2', day: '30' }), 'day', false)).toBeUndefined()
  expect(dateFromPieces(pieces({ year: '26' }), 'day', false)).toBeUndefined()
  expect(dateFromPieces(noPieces, 'day', false)).toBeUndefined()
})

test('pieces of a date give that date again', () => {
  for (const text of ['2026', '2026-Q2', '2026-07', '2026-07-31']) {
    const date = CivilDate.parse(text)
    expect(dateFromPieces(piecesFromDate(date, true), text.includes('Q') ? 'quarter' : 'day', true)).toBe(date)
  }
})
