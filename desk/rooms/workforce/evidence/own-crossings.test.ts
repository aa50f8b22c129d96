import { shiftsOf } from '@lentera/core/workforce/post/words'
import { expect, test } from 'vitest'
import { womenFor } from './own-crossings.tsx'

test('a post that is open day and night needs five trained women for one on every shift, by day four', () => {
  expect(womenFor(shiftsOf({ hours: 'day-and-night' }))).toBe(5)
  expect(womenFor(shiftsOf({ hours: 'day' }))).toBe(4)
  expect(womenFor([{ starts: 480, minutes: 480, weekdays: [0, 2, 4, 5] }])).toBe(1)
})
