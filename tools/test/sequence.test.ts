import { expect, test } from 'vitest'
import { evenly } from './sequence.ts'

test('walks stand evenly among all others, each in its order, and none is lost', () => {
  expect(evenly(['A', 'B'], ['1', '2', '3', '4', '5', '6']).join('')).toBe('A123B456')
  expect(evenly(['A', 'B', 'C', 'D'], ['1']).join('')).toBe('ABC1D')
  expect(evenly([], ['1', '2'])).toEqual(['1', '2'])
  expect(evenly(['A'], [])).toEqual(['A'])
})
