import { expect, it } from 'vitest'
import { runsOf } from './roster-edits.ts'

it('days that follow one another are told by the first and the last of them, in their order', () => {
  expect(runsOf([])).toEqual([])
  expect(runsOf([4, 0, 1, 2, 9, 8])).toEqual([
    [0, 2],
    [4, 4],
    [8, 9],
  ])
})
