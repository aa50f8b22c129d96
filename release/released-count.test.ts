import type { Count } from '@lentera/core/results/count'
import { expect, test } from 'vitest'
import { figureValueOf, type ReleasedCount, releaseTables } from './release.ts'

// The compiler is the test: each line below must be refused by it, or `tsc -b` fails on an unused directive.
// @ts-expect-error an object that looks like a released count is none: the mark is this room's alone
const forged: ReleasedCount = { kind: 'count', low: 5, high: 5 }
const raw: Count = { persons: { low: 5, high: 5 }, contacts: 5 }
// @ts-expect-error a raw count is not a released one
const mixed: ReleasedCount = raw
const [first] = releasedCells()
// @ts-expect-error and a released count is not a raw one
const back: Count | undefined = first?.persons

test('a released count is plain data, and a figure can be made of it', () => {
  expect([forged, mixed, back]).toHaveLength(3)
  expect(first && figureValueOf(first.persons)).toEqual({ kind: 'count', count: { low: 7, high: 7 } })
  expect(JSON.parse(JSON.stringify(first?.persons))).toEqual({ kind: 'count', low: 7, high: 7 })
})

function releasedCells() {
  const cell = { fact: 'served', period: 'all', scope: 'programme' as const, dimensions: {} }
  const count: Count = { persons: { low: 7, high: 7 }, contacts: 9 }
  const input = { fact: 'served', asOf: '2026-Q3', cells: [{ cell, count }], breakdowns: [[]], dimensions: {} }
  const released = releaseTables(input)
  return released.ok ? released.value.cells : []
}
