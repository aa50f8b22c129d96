import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, niceTicks } from './scale.ts'

test('ticks are round, begin at zero, reach the largest figure, and are few', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (max) => {
      const ticks = niceTicks(max)
      const step = ticks[1] ?? 0
      expect(ticks[0]).toBe(0)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max)
      expect(ticks.length).toBeLessThanOrEqual(6)
      expect(String(step)).toMatch(/^[125]0*$/)
    }),
    { seed: 20261124 },
  )
})

test('with nothing to draw there is still an axis', () => {
  expect(niceTicks(0)).toEqual([0, 1])
})

test('a mark never leaves the drawing', () => {
  expect([at(50, 200), at(-1, 10), at(30, 10)]).toEqual(['25.000%', '0.000%', '100.000%'])
})
