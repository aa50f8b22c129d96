import { CivilDate } from '@lentera/core/shared/dates'
import { expect, test } from 'vitest'
import { dayAndNight, rules } from '../invented/country.ts'
import {
  coverageBoard,
  type Officer,
  type OfficerGroup,
  type Post,
  shiftsOfOne,
  wholeWomen,
  womenNeeded,
} from './plan.ts'

const day = (text: string) => CivilDate.parse(text)
const post: Post = {
  key: 'P',
  latitude: 0,
  longitude: 0,
  shifts: dayAndNight,
  dayShifts: null,
  flow: null,
  risk: 1,
  facilities: {},
  vacancies: null,
  mustBeCovered: false,
}
const mayMove = { kind: 'no', mostKm: null, onlyTo: null, notTo: [] } as const
const trained = (key: string, until: string | null): Officer => ({
  key,
  post: 'P',
  isWoman: true,
  training: { isTrained: true, until: until === null ? null : day(until) },
  mayBeTrained: true,
  mayMove,
  isOnCall: false,
  home: null,
})

test.each([
  [0.05, 4.42],
  [0.15, 4.94],
  [0.2, 5.25],
])('a post open for 24 hours needs, at an absence of %f, %f trained women', (absence, women) => {
  expect(womenNeeded(dayAndNight, { ...rules, absence })).toBeCloseTo(women, 2)
})

test('whole women: 4.42 are 5, and what floating point adds to 4 is no woman more', () => {
  expect(wholeWomen(84 / 19)).toBe(5)
  expect(wholeWomen(4 + 1e-12)).toBe(4)
})

test('of shifts of twelve hours a person works no more than her minutes allow', () => {
  const long = [{ key: 'long', starts: 0, minutes: 720, daysAWeek: 7 }]
  expect(shiftsOfOne(long, { ...rules, absence: 0 })).toBeCloseTo(13.33, 2)
})

test('an expiring certificate opens a gap before it happens', () => {
  const officers = [trained('A', '2027-03-14'), ...['B', 'C', 'D', 'E'].map((key) => trained(key, null))]
  const board = (on: string, months: number) =>
    coverageBoard({ posts: [post], officers, groups: [], rules, facts: [], on: day(on), months })[0]
  expect(board('2027-01-01', 6)).toMatchObject({
    needs: 5,
    trained: 5,
    covered: 84,
    opensOn: '2027-03-15',
    changes: [{ on: '2027-03-15', expired: 1, trained: 4, covered: 76 }],
  })
  expect(board('2027-01-01', 2)).toMatchObject({ opensOn: null, changes: [] })
  expect(board('2027-03-15', 6)).toMatchObject({ trained: 4, covered: 76, opensOn: null })
})

test('the board says which shifts of the day are covered, and where no woman serves at all', () => {
  const men: OfficerGroup = { ...trained('M', null), key: 'M', isWoman: false, count: 12 }
  const [first, second] = coverageBoard({
    posts: [post, { ...post, key: 'Q' }],
    officers: [trained('A', null), trained('B', null)],
    groups: [{ ...men, post: 'Q' }],
    rules,
    facts: [],
    on: day('2027-01-01'),
    months: 3,
  })
  expect(first?.shifts).toEqual([
    { key: 'early', needed: 28, covered: 28 },
    { key: 'late', needed: 28, covered: 10 },
    { key: 'night', needed: 28, covered: 0 },
  ])
  expect(first).toMatchObject({ isWithoutWoman: false, women: 2 })
  expect(second).toMatchObject({ isWithoutWoman: true, isWithoutTrained: true, women: 0, covered: 0 })
})

test('how long a gap has been open is the oldest of the facts since which it never closed', () => {
  const facts = [
    { post: 'P', on: day('2026-01-01'), trainedWomen: 1 },
    { post: 'P', on: day('2026-06-01'), trainedWomen: 5 },
    { post: 'P', on: day('2026-09-01'), trainedWomen: 3 },
    { post: 'P', on: day('2026-12-01'), trainedWomen: 2 },
  ]
  const given = { posts: [post], officers: [], groups: [], rules, on: day('2027-01-01'), months: 1 }
  expect(coverageBoard({ ...given, facts })[0]).toMatchObject({ openSince: '2026-09-01', openDays: 122 })
  expect(coverageBoard({ ...given, facts: [] })[0]).toMatchObject({ openSince: null, openDays: null })
})
