import { expect, it } from 'vitest'
import { placeAfter } from './roster-grid.ts'

const size = { rows: 3, days: 28 }
const from = (key: string, row: number, day: number, isFar = false) => placeAfter(key, isFar, { row, day }, size)

it('other keys go nowhere: they are left to the field', () => {
  for (const key of ['Tab', 'Escape', 'a', '6', 'Shift']) expect(from(key, 1, 1)).toBeUndefined()
})

it('arrow keys go from cell to cell, a page is a week, and nothing goes over the edge', () => {
  expect(from('ArrowRight', 1, 27)).toEqual({ row: 1, day: 27 })
  expect(from('ArrowLeft', 1, 5)).toEqual({ row: 1, day: 4 })
  expect(from('ArrowUp', 0, 5)).toEqual({ row: 0, day: 5 })
  expect(from('ArrowDown', 0, 5)).toEqual({ row: 1, day: 5 })
  expect(from('PageDown', 2, 5)).toEqual({ row: 2, day: 12 })
  expect(from('PageUp', 2, 5)).toEqual({ row: 2, day: 0 })
  expect(from('Home', 2, 5)).toEqual({ row: 2, day: 0 })
  expect(from('End', 0, 5)).toEqual({ row: 0, day: 27 })
  expect([from('Home', 2, 5, true), from('End', 0, 5, true)]).toEqual([
    { row: 0, day: 0 },
    { row: 2, day: 27 },
  ])
})
