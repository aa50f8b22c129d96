import { expect, it } from 'vitest'
import { agrees } from './agreement.ts'
import type { FigureValue } from './figure.ts'
import type { RecordedFigure } from './publication-of-record.ts'

const count = (low: number, high = low): FigureValue => ({ kind: 'count', count: { low, high } })
const ratio = (part: number, whole: number): FigureValue => ({
  kind: 'ratio',
  numerator: { low: part, high: part },
  denominator: { low: whole, high: whole },
  percentTenths: { low: 0, high: 0 },
})
const nowhere: ReadonlyMap<string, FigureValue> = new Map()
const recorded = (change: Partial<RecordedFigure>): RecordedFigure => ({
  key: 'any',
  objective: 1,
  unit: 'women',
  value: 81,
  qualifier: 'exact',
  ...change,
})
const says = (whole: FigureValue, change: Partial<RecordedFigure> = {}, byCountry = nowhere): boolean =>
  agrees(recorded(change), { whole, byCountry })

it('nothing, a protected number and an interval agree with no exact number', () => {
  expect(says({ kind: 'none', why: 'nothing-recorded' })).toBe(false)
  expect(says({ kind: 'protected', rule: 'complement' })).toBe(false)
  expect([says(count(81, 82)), says(count(80, 81)), says(count(82)), says(count(81))]).toEqual([
    false,
    false,
    false,
    true,
  ])
})

it('a line agrees only where each of its parts does', () => {
  const parts = [
    { country: 'KH', value: 79 },
    { country: 'TH', value: 2 },
  ] as const
  const counted = (kh: number, th: number) => new Map(Object.entries({ KH: count(kh), TH: count(th) }))
  expect(says(count(81), { parts }, counted(79, 2))).toBe(true)
  expect(says(count(81), { parts }, counted(78, 3))).toBe(false)
  expect(says(count(82), { parts }, counted(79, 3))).toBe(false)
  expect(says(count(81), { parts }, new Map([['KH', count(79)]]))).toBe(false)
})

it('"more than" is greater, "and more" the same or greater', () => {
  expect([24_000, 24_001].map((n) => says(count(n), { value: 24_000, qualifier: 'more-than' }))).toEqual([false, true])
  expect([2999, 3000, 3001].map((n) => says(count(n), { value: 3000, qualifier: 'at-least' }))).toEqual([
    false,
    true,
    true,
  ])
  // Of an interval its low end is what is sure.
  expect(says(count(24_001, 30_000), { value: 24_000, qualifier: 'more-than' })).toBe(true)
  expect(says(count(24_000, 30_000), { value: 24_000, qualifier: 'more-than' })).toBe(false)
})

it('what a source says is about so many agrees as its number; what it says is at least so many is no exact number', () => {
  const claimed = (qualifier: 'about' | 'at-least'): FigureValue => ({
    kind: 'count',
    count: { low: 400_000, high: 400_000 },
    qualifier,
  })
  expect(says(claimed('about'), { value: 400_000 })).toBe(true)
  expect(says(claimed('at-least'), { value: 400_000 })).toBe(false)
  expect(says(claimed('at-least'), { value: 400_000, qualifier: 'at-least' })).toBe(true)
})

it('a share agrees where both its ends round to the printed percent, from its two numbers', () => {
  expect(says(ratio(277, 578), { value: 48, unit: 'percent' })).toBe(true)
  expect(says(ratio(274, 578), { value: 48, unit: 'percent' })).toBe(false)
  // 474.6 of 1000 would be 47.5 in tenths, and 48 if that were rounded again.
  expect(says(ratio(4746, 10_000), { value: 48, unit: 'percent' })).toBe(false)
  const open: FigureValue = {
    kind: 'ratio',
    numerator: { low: 270, high: 280 },
    denominator: { low: 578, high: 578 },
    percentTenths: { low: 467, high: 484 },
  }
  expect(says(open, { value: 48, unit: 'percent' })).toBe(false)
})

it('a line that names its countries agrees in these, and in no other', () => {
  const across = ['KH', 'TH'] as const
  const inCountries = (...countries: string[]) => new Map(countries.map((each) => [each, count(40)]))
  expect(says(count(81), { across }, inCountries('KH', 'TH'))).toBe(true)
  expect(says(count(81), { across }, inCountries('KH'))).toBe(false)
  expect(says(count(81), { across }, inCountries('KH', 'TH', 'VN'))).toBe(false)
  expect(says(count(81), { across }, new Map([...inCountries('KH', 'TH'), ['VN', count(0)]]))).toBe(true)
})
