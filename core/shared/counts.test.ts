import { expect, test } from 'vitest'
import { exactly, isExact, sum } from './counts.ts'

test('counts known only between two bounds add up to bounds', () => {
  expect(sum([exactly(10), { low: 0, high: 4 }, { low: 1, high: 4 }])).toEqual({ low: 11, high: 18 })
  expect(sum([])).toEqual(exactly(0))
  expect(isExact(sum([exactly(2), exactly(3)]))).toBe(true)
  expect(isExact({ low: 0, high: 4 })).toBe(false)
})
