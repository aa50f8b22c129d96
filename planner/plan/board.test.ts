import { CivilDate } from '@lentera/core/shared/dates'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { dayAndNight, rules } from '../invented/country.ts'
import {
  coverageBoard,
  type Days,
  type Officer,
  type OfficerGroup,
  type Post,
  type Served,
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
    coverageBoard({
      posts: [post],
      officers,
      groups: [],
      rules,
      served: [],
      knownSince: new Map(),
      on: day(on),
      months,
    })[0]
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
    served: [],
    knownSince: new Map(),
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

describe('since when a post is open', () => {
  const span = (from: string | null, to: string | null): Days => ({
    from: from === null ? null : day(from),
    to: to === null ? null : day(to),
  })
  /** A woman of whose days there everything is known, and one of whom it is not known when she came. */
  const known = (from: string, to: string | null): Served => ({
    post: 'P',
    mayHave: span(from, to),
    surely: span(from, to),
  })
  const unknown = (to: string | null): Served => ({ post: 'P', mayHave: span(null, to), surely: null })
  const since = (served: readonly Served[], knownSince?: string, on = '2026-11-28') =>
    coverageBoard({
      posts: [post],
      officers: ['A', 'B', 'C', 'D'].map((key) => trained(key, null)),
      groups: [],
      rules,
      served,
      knownSince: new Map(knownSince ? [['P', day(knownSince)]] : []),
      on: day(on),
      months: 1,
    })[0]?.openSince
  const four = Array.from({ length: 4 }, () => known('2024-01-01', null))

  it('is the day the fifth of five women left, moved or was trained no more', () => {
    expect(since([...four, known('2024-01-01', '2026-11-09')], '2026-01-01')).toEqual({
      on: '2026-11-10',
      isExact: true,
    })
  })

  it('is the newest gap: one that was closed between is over', () => {
    const between = known('2026-05-01', '2026-06-30')
    expect(since([...four, known('2024-01-01', '2025-03-31'), between])).toEqual({ on: '2026-07-01', isExact: true })
  })

  it('is not known where nobody knows when those who served came: at least since the fifth had surely gone', () => {
    const some = Array.from({ length: 4 }, () => unknown(null))
    expect(since([...some, unknown('2026-11-09')], '2026-01-01')).toEqual({ on: '2026-11-10', isExact: false })
  })

  it('is at least the first day known of the post where nothing says that it ever had enough, and no day where none is known', () => {
    expect(since(four, '2026-01-20')).toEqual({ on: '2026-01-20', isExact: false })
    expect(since(four)).toBeNull()
    expect(since([], '2027-01-20')).toBeNull()
    // Five may be there today: no day on which it surely lacked one is known.
    expect(since([...four, unknown(null)], '2026-01-20')).toBeNull()
  })

  it('is what looking through every single day says', () => {
    const dayOf = (n: number): CivilDate => day(new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
    const stays = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 80 }), fc.boolean())
        .map(([a, b, isSure]): Served => {
          const days = { from: dayOf(Math.min(a, b)), to: dayOf(Math.max(a, b)) }
          return { post: 'P', mayHave: days, surely: isSure ? days : null }
        }),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(stays, (served) => {
        const there = (n: number, which: (each: Served) => Days | null): number =>
          served.filter((each) => {
            const days = which(each)
            return days?.from && days.to && days.from <= dayOf(n) && dayOf(n) <= days.to
          }).length
        let open = 60
        while (open > -1 && there(open, ({ mayHave }) => mayHave) < 5) open--
        const expected =
          open === 60
            ? null
            : open < 0
              ? { on: day('2025-06-01'), isExact: false }
              : { on: dayOf(open + 1), isExact: there(open, ({ surely }) => surely) >= 5 }
        expect(since(served, '2025-06-01', dayOf(60))).toEqual(expected)
      }),
      { seed: 20261128, numRuns: 400 },
    )
  })
})
