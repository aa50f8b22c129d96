import type { FigureValue } from '@lentera/core/results/figure'
import { expect, test } from 'vitest'
import { releaseBeside, releaseOpen, releaseTables } from './release.ts'

const count = (low: number, high = low): FigureValue => ({ kind: 'count', count: { low, high } })
const kindOf = (value: FigureValue): string => releaseOpen(value).kind
const protectedBy = (rule: 'fewer-than-five' | 'complement') => ({ kind: 'protected', rule })

test('of whom nobody could be harmed, fewer than five are not shown, nor a share of so few or of all but so few', () => {
  expect([0, 1, 4, 5].map((n) => kindOf(count(n)))).toEqual(['protected', 'protected', 'protected', 'count'])
  expect(kindOf(count(4, 9))).toBe('protected')
  const ratio = (part: number, whole: number): FigureValue => ({
    kind: 'ratio',
    numerator: { low: part, high: part },
    denominator: { low: whole, high: whole },
    percentTenths: { low: 0, high: 0 },
  })
  expect([ratio(4, 50), ratio(46, 50), ratio(45, 50), ratio(277, 578)].map(kindOf)).toEqual([
    'protected',
    'protected',
    'ratio',
    'ratio',
  ])
  const sample = (said: number): FigureValue => ({
    kind: 'sample',
    said,
    asked: 20,
    percentTenths: 0,
    between: { low: 0, high: 1 },
  })
  expect([4, 5, 15, 16].map((said) => kindOf(sample(said)))).toEqual(['protected', 'sample', 'sample', 'protected'])
})

test('beside a number that was public before, a count that is nearer than five to it is not shown', () => {
  const beside = (counted: number, before: number) => releaseBeside(released(counted), before)
  for (const counted of [77, 80, 81, 82, 85]) expect(beside(counted, 81)).toEqual(protectedBy('complement'))
  expect([beside(76, 81), beside(86, 81)]).toEqual([count(76), count(86)])
  expect(beside(3, 81)).toEqual(protectedBy('complement'))
})

function released(persons: number) {
  const cell = { fact: 'served', period: 'all', scope: 'programme' as const, dimensions: {} }
  const tables = releaseTables({
    fact: 'served',
    asOf: '2026-Q3',
    cells: [{ cell, count: { persons: { low: persons, high: persons }, contacts: persons } }],
    breakdowns: [[]],
    dimensions: {},
  })
  const [first] = tables.ok ? tables.value.cells : []
  if (!first) throw new Error('one cell was released')
  return first.persons
}
