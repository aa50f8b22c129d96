import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CivilDate,
  dayIn,
  firstDayOf,
  fromBuddhistYear,
  precisionOf,
  quarterOf,
  toBuddhistYear,
  yearOf,
} from './dates.ts'

const date = (text: string) => CivilDate.parse(text)

describe('a civil date', () => {
  test.each([
    '2026-13',
    '2026-00-10',
    '2026-02-30',
    '2025-02-29',
    '2026-Q5',
    '2026-Q0',
    '26-11-24',
    '2026-11-24T00:00',
    '2569/11/24',
    '',
  ])('is not "%s"', (text) => {
    expect(CivilDate.safeParse(text).success).toBe(false)
  })

  test.each([
    ['2026-11-24', 'day'],
    ['2024-02-29', 'day'],
    ['2026-11', 'month'],
    ['2026-Q4', 'quarter'],
    ['2026', 'year'],
  ])('%s is known to the %s', (text, precision) => {
    expect(precisionOf(date(text))).toBe(precision)
  })

  test('lies in one quarter and one year; a year lies in no quarter', () => {
    expect(quarterOf(date('2026-03-31'))).toBe('2026-Q1')
    expect(quarterOf(date('2026-04'))).toBe('2026-Q2')
    expect(quarterOf(date('2026-Q3'))).toBe('2026-Q3')
    expect(quarterOf(date('2026'))).toBeUndefined()
    expect(yearOf(date('2026-Q3'))).toBe('2026')
  })

  test('begins on a day that lies in it', () => {
    expect(['2026-11-24', '2026-11', '2026-Q4', '2026-Q1', '2026'].map((text) => firstDayOf(date(text)))).toEqual([
      '2026-11-24',
      '2026-11-01',
      '2026-10-01',
      '2026-01-01',
      '2026-01-01',
    ])
  })

  test('is the day it is where the programme works, not where the server stands', () => {
    const lateInUtc = Date.UTC(2026, 10, 24, 18, 30)
    expect(dayIn('Asia/Phnom_Penh', lateInUtc)).toBe('2026-11-25')
    expect(dayIn('Asia/Yangon', lateInUtc)).toBe('2026-11-25')
    expect(dayIn('UTC', lateInUtc)).toBe('2026-11-24')
    expect(dayIn('Asia/Yangon', Date.UTC(2026, 10, 24, 17, 29))).toBe('2026-11-24')
  })

  test('is one of the days of the calendar, at any moment and in every zone of the programme', () => {
    const zones = ['Asia/Phnom_Penh', 'Asia/Yangon', 'Asia/Bangkok', 'Asia/Dili', 'UTC']
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(...zones), (instant, zone) => {
        const day = dayIn(zone, instant)
        const utc = new Date(instant).toISOString().slice(0, 10)
        expect(precisionOf(day)).toBe('day')
        expect(Math.abs(Date.parse(day) - Date.parse(utc))).toBeLessThanOrEqual(86_400_000)
      }),
      { seed: 20261124, numRuns: 200 },
    )
  })

  test('of the Buddhist era is 543 years later', () => {
    expect(toBuddhistYear(2026)).toBe(2569)
    expect(fromBuddhistYear(2569)).toBe(2026)
  })
})
