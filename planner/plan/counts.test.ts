import { CivilDate } from '@lentera/core/shared/dates'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayAndNight, rules } from '../invented/country.ts'
import { type CoverCounts, coverageBoard, coverCounts, type Officer, type Post } from './plan.ts'

const on = CivilDate.parse('2026-10-01')
/** Posts on a line, 10 km from one to the next: 15 minutes at 40 km an hour. */
const postAt = (n: number, shifts: Post['shifts'] = dayAndNight): Post => ({
  key: `P${n}`,
  latitude: 0,
  longitude: n * 0.09,
  shifts,
  dayShifts: null,
  flow: null,
  risk: 1,
  facilities: {},
  vacancies: null,
  mustBeCovered: false,
})
const woman = (key: string, post: number, isOnCall: boolean, until: string | null = null): Officer => ({
  key,
  post: `P${post}`,
  isWoman: true,
  training: { isTrained: true, until: until === null ? null : CivilDate.parse(until) },
  mayBeTrained: true,
  mayMove: { kind: 'no', mostKm: null, onlyTo: null, notTo: [] },
  isOnCall,
  home: null,
})
const within = { ...rules, absence: 0.05, onCall: { minutes: 20, hires: false }, travel: { kmPerHour: 40, known: [] } }
const counts = (posts: readonly Post[], officers: readonly Officer[], months = 6): CoverCounts =>
  coverCounts({ posts, officers, groups: [], rules: within, on, months })

it('are those of the board, in shifts of a week, without posts that are open for nobody', () => {
  const posts = [postAt(0), postAt(1), postAt(2, [])]
  const officers = [woman('A', 0, false, '2026-12-31'), woman('B', 0, false, '2027-12-31'), woman('C', 1, false)]
  const { posts: counted } = counts(posts, officers)
  expect(counted.map(({ post, needed, trained, needs, expiring }) => [post, needed, trained, needs, expiring])).toEqual(
    [
      ['P0', 21, 2, 5, 1],
      ['P1', 21, 1, 5, 0],
    ],
  )
  const board = coverageBoard({
    posts,
    officers,
    groups: [],
    rules: within,
    served: [],
    knownSince: new Map(),
    on,
    months: 6,
  })
  expect(counted.map(({ covered }) => 4 * covered)).toEqual(board.slice(0, 2).map(({ covered }) => covered))
})

it('a woman who can be called covers at a neighbouring post besides, once, and nowhere farther than a call reaches', () => {
  const present = ({ posts }: CoverCounts): number => posts.reduce((sum, { covered }) => sum + covered, 0)
  const alone = counts([postAt(0), postAt(1)], [woman('A', 0, false)])
  expect(alone.onCall).toBe(present(alone))
  const called = counts([postAt(0), postAt(1), postAt(-1)], [woman('A', 0, true)])
  expect(called.onCall - present(called)).toBeCloseTo(4.75)
  const far = counts([postAt(0), postAt(3)], [woman('A', 0, true)])
  expect(far.onCall).toBe(present(far))
})

it('whom two posts could call goes where she is needed: another goes in her place where that covers more', () => {
  const short = [{ key: 'short', starts: 0, minutes: 480, daysAWeek: 4 }]
  // P1 can be helped by P0 and by P2, P3 by P2 alone.
  const posts = [postAt(0, short), postAt(1, short), postAt(2, short), postAt(3, short)]
  const officers = [woman('A', 0, true), woman('B', 2, true)]
  expect(counts(posts, officers).onCall).toBeCloseTo(16)
})

it('one officer more never covers less, and no shift is covered twice', () => {
  const officer = fc.tuple(fc.nat(5), fc.boolean()).map(([post, isOnCall]) => ({ post, isOnCall }))
  fc.assert(
    fc.property(fc.array(officer, { maxLength: 24 }), officer, fc.integer({ min: 2, max: 6 }), (some, one, open) => {
      const posts = Array.from({ length: open }, (_, n) => postAt(n))
      const serving = [...some, one].map(({ post, isOnCall }, i) => woman(`W${i}`, post % open, isOnCall))
      const [without, all] = [counts(posts, serving.slice(0, -1)), counts(posts, serving)]
      expect(all.onCall).toBeGreaterThanOrEqual(without.onCall - 1e-9)
      expect(all.onCall).toBeLessThanOrEqual(21 * open + 1e-9)
      expect(all.onCall).toBeGreaterThanOrEqual(all.posts.reduce((sum, { covered }) => sum + covered, 0) - 1e-9)
    }),
    { numRuns: 300, seed: 20261128 },
  )
})
