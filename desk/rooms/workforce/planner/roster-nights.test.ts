import { daysAfter } from '@lentera/core/shared/dates'
import type { Opening } from '@lentera/core/workforce/post/words'
import { checkRosterProblem } from '@lentera/planner/checker'
import type { Roster } from '@lentera/planner/roster'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAssumptions } from './assumptions.ts'
import { brokenAsKept, brokenToKeep } from './kept-rosters.ts'
import { rosterBefore } from './roster-before.ts'
import { isOpen, sharesOf, shiftsCovered } from './roster-edits.ts'
import { tooFewForNights } from './roster-few.ts'
import { askRoster, type RosterQuestion } from './roster-problem.ts'
import { assumed, id, officer } from './testing/register.ts'
import {
  anyOpening,
  anyWoman,
  ask,
  brokenBut,
  freeOf,
  keptOf,
  make,
  men,
  monday,
  open,
  post,
  solved,
  trained,
  women,
} from './testing/rosters.ts'

/** One officer works nights on these days and nobody else works. */
const nightsOn = (question: ReturnType<typeof ask>, key: string, ...days: readonly number[]): Roster => ({
  ...freeOf(question),
  [id(2)]: Array.from({ length: 28 }, (_, day) => (days.includes(day) ? key : null)),
})
const codes = (question: ReturnType<typeof ask>, roster: Roster) => brokenBut(question, roster).map(({ code }) => code)
const ten = { mostNights: '10' }
const byNight: Opening = { hours: 'shifts', shifts: [{ starts: 1320, minutes: 480, weekdays: [0, 1, 2, 3, 4, 5, 6] }] }

it('nights in 28 days are bounded, by a number that can be changed within bounds', () => {
  const question = ask(post(women(2, 4)), null, ten)
  const eleven = [0, 1, 2, 7, 8, 9, 14, 15, 16, 21, 22]
  expect(codes(question, nightsOn(question, '1320', ...eleven.slice(1)))).toEqual([])
  expect(codes(question, nightsOn(question, '1320', ...eleven))).toEqual(['roster.too-many-of-a-shift'])
  const more = ask(post(women(2, 4)), null, { mostNights: '11' })
  expect(codes(more, nightsOn(more, '1320', ...eleven))).toEqual([])
  expect(readAssumptions({ mostNights: '21' })).toMatchObject({ refusal: { code: 'cover.not-a-number' } })
  // What she can do herself, where that is less.
  const wishes = { volunteersForNights: false, volunteersFor: [], mostNights: 2 }
  const bounded = ask(post([trained(2, { wishes }), ...women(3, 3)]), null, ten)
  expect(codes(bounded, nightsOn(bounded, '1320', 0, 1, 7))).toEqual(['roster.too-many-of-a-shift'])
})

it('nights in a row are bounded, also over the beginning, and by a number that can be changed within bounds', () => {
  const question = ask(post(women(2, 4)))
  expect(codes(question, nightsOn(question, '1320', 0, 1, 2, 3))).toEqual([])
  expect(codes(question, nightsOn(question, '1320', 0, 1, 2, 3, 4))).toEqual(['roster.too-many-nights-in-a-row'])
  const fewer = ask(post(women(2, 4)), null, { mostNightsInARow: '2' })
  expect(codes(fewer, nightsOn(fewer, '1320', 0, 1))).toEqual([])
  expect(codes(fewer, nightsOn(fewer, '1320', 0, 1, 2))).toEqual(['roster.too-many-nights-in-a-row'])
  for (const mostNightsInARow of ['0', '8', 'two'])
    expect(readAssumptions({ mostNightsInARow })).toMatchObject({
      refusal: { code: 'cover.not-a-number', values: { field: 'mostNightsInARow', least: 1, most: 7 } },
    })
  const before = rosterBefore([keptOf(nightsOn(question, '1320', 25, 26, 27), monday)], [id(1)], daysAfter(monday, 28))
  const next = askRoster({
    post: post(women(2, 4)),
    partner: null,
    from: daysAfter(monday, 28),
    assumptions: assumed(),
    before,
  })
  expect(codes(next, nightsOn(next, '1320', 0))).toEqual([])
  const over = brokenBut(next, nightsOn(next, '1320', 0, 1))
  expect(over).toMatchObject([
    { code: 'roster.too-many-nights-in-a-row', days: [-3, -2, -1, 0, 1], found: 5, allowed: 4 },
  ])
})

it('a Friday night is work of the weekend into which it runs: judged, shared and remembered as such', () => {
  const question = ask(post(women(2, 4)))
  const fridays = (...weeks: readonly number[]): readonly number[] => weeks.map((week) => 7 * week + 4)
  expect(codes(question, nightsOn(question, '0840', ...fridays(0, 1, 2, 3)))).toEqual([])
  const three = nightsOn(question, '1320', ...fridays(0, 1, 2))
  expect(codes(question, three)).toEqual([])
  expect(sharesOf(question.problem, three).map(({ weekends }) => weekends)).toEqual([3, 0, 0, 0])
  expect(codes(question, nightsOn(question, '1320', ...fridays(0, 1, 2, 3)))).toEqual(['roster.too-many-weekends'])
  // The weekend that the last Friday night before runs into is hers already: three of four were.
  const before = rosterBefore([keptOf(nightsOn(question, '1320', 11, 18, 25), monday)], [id(1)], daysAfter(monday, 26))
  const from = { post: post(women(2, 4)), partner: null, from: daysAfter(monday, 26), assumptions: assumed(), before }
  const saturday = askRoster(from)
  expect(codes(saturday, nightsOn(saturday, '1320', 0, 1))).toEqual([])
  expect(codes(saturday, nightsOn(saturday, '1320', 0, 7))).toEqual(['roster.weekend-window'])
})

it('a post of nights alone with too few officers stays open on some, and says why', async () => {
  const question = ask(post([...women(2, 2), ...men(4, 1)], byNight), null, ten)
  const { roster } = await solved(question, 4)
  expect(brokenBut(question, roster)).toEqual([])
  expect(shiftsCovered(question.problem, roster).filter(isOpen).length).toBeGreaterThanOrEqual(13)
  expect(tooFewForNights(question.problem)).toEqual({ officers: 3, have: 30, need: 56 })
  expect(tooFewForNights(ask(post(women(2, 6), byNight), null, ten).problem)).toBeUndefined()
  // Of nights that never follow one another every second day is one.
  const parted = { mostNights: '20', mostNightsInARow: '1' }
  expect(tooFewForNights(ask(post(women(2, 3), byNight), null, parted).problem)).toMatchObject({ have: 42, need: 56 })
  expect(tooFewForNights(ask(post(women(2, 5), open), null, ten).problem)).toMatchObject({
    officers: 5,
    have: 50,
    need: 56,
  })
})

it('rules that were broken are kept as the checker names them, and said again; somebody alone is said by itself', () => {
  const question = ask(post(women(2, 4)))
  const roster = nightsOn(question, '1320', 0, 1, 2, 3, 4, 5)
  const kept = brokenToKeep(brokenBut(question, roster))
  expect(kept).toMatchObject([
    { code: 'roster.too-many-in-a-row', person: id(2), days: [0, 1, 2, 3, 4, 5], found: 6, allowed: 5 },
    { code: 'roster.too-many-nights-in-a-row', found: 6, allowed: 4 },
    { code: 'roster.window', found: 6, allowed: 5 },
  ])
  expect(brokenAsKept(kept)).toEqual(brokenBut(question, roster))
  const alone = { code: 'roster.alone' as const, person: id(2), shifts: [], days: [0], found: 1, allowed: 2 }
  expect(brokenToKeep([alone])).toEqual([])
  expect(
    brokenAsKept([{ code: 'roster.of-another-day', person: null, shifts: [], days: [], found: null, allowed: null }]),
  ).toEqual([])
})

describe('nights are shared', () => {
  const nightsIn = ({ balance }: RosterQuestion['problem']['people'][number]) => {
    const nights = balance.find(({ shifts }) => shifts.join() === '1320')
    return nights && [nights.low, nights.high]
  }
  const shares = ({ problem }: RosterQuestion) => problem.people.map(nightsIn)
  const each = <T>(times: number, what: T): readonly T[] => Array.from({ length: times }, () => what)
  const away = (from: number, to: number) => ({
    absences: [{ from: daysAfter(monday, from), to: daysAfter(monday, to) }],
  })
  const said = (volunteersForNights: boolean, mostNights: number | null = null) => ({
    wishes: { volunteersForNights, volunteersFor: [], mostNights },
  })

  it('of the trained women those that one of them must be on, of the others the places that are left', () => {
    // Three take 60 of 84 shifts, so 20 of 28 nights; of 56 places twelve others have 36.
    expect(shares(ask(post([...women(2, 3), ...men(5, 12)])))).toEqual([...each(3, [6, 7]), ...each(12, [3, 3])])
    expect(shares(ask(post([...women(2, 5), ...men(7, 10)])))).toEqual([...each(5, [5, 6]), ...each(10, [2, 3])])
    expect(shares(ask(post([...women(2, 1), ...men(4, 14)])))).toEqual([[6, 7], ...each(14, [3, 4])])
    // Where many are trained, all have as many.
    expect(shares(ask(post([...women(2, 10), ...men(12, 4)])))).toEqual(each(14, [4, 4]))
    // Five of whom six are needed on one day leave shifts empty, and owe no nights.
    expect(shares(ask(post(women(2, 5))))).toEqual(each(5, [0, 7]))
  })

  it('by the days on which she is there, and no more than she may', () => {
    const half = ask(post([trained(2, away(0, 13)), ...women(3, 4), ...men(7, 10)]))
    expect(shares(half)).toEqual([[3, 4], ...each(4, [6, 7]), ...each(10, [2, 3])])
    const whole = ask(post([trained(2, away(0, 27)), ...women(3, 4), ...men(7, 10)]))
    expect(shares(whole).slice(0, 2)).toEqual([
      [0, 0],
      [6, 7],
    ])
    const bounded = ask(post([trained(2, said(false, 2)), ...women(3, 4), ...men(7, 10)]))
    expect(shares(bounded)).toEqual([[2, 2], ...each(4, [6, 7]), ...each(10, [2, 3])])
    // A certificate that ends after two weeks: half of her nights are those of a trained woman.
    const ending = askRoster({
      post: post([officer(2, { expires: '2026-12' }), ...women(3, 4), ...men(7, 10)]),
      partner: null,
      from: daysAfter(monday, 18),
      assumptions: assumed(),
    })
    expect(shares(ending).slice(0, 2)).toEqual([
      [4, 5],
      [6, 7],
    ])
  })

  it('with whoever offered nights bound by none, and the others not held to what she may take', () => {
    const one = ask(post([trained(2, said(true)), ...women(3, 4), ...men(7, 10)]))
    expect(shares(one)).toEqual([undefined, ...each(4, [3, 6]), ...each(10, [2, 3])])
  })

  it('with fewer for whoever had more in the last roster, and no more for whoever was away in it', () => {
    const officers = [trained(2), trained(3, away(-28, -1)), ...women(4, 3), ...men(7, 10)]
    const nights = (days: readonly number[]) =>
      Array.from({ length: 28 }, (_, on) => (days.includes(on) ? '1320' : null))
    const row = {
      ...freeOf(ask(post(officers))),
      [id(2)]: nights([0, 1, 2, 3, 7, 8, 9, 10]),
      ...Object.fromEntries([4, 5, 6].map((n) => [id(n), nights([14, 15, 16, 17])])),
    }
    const before = rosterBefore([keptOf(row, '2026-11-02')], [id(1)], monday)
    const next = askRoster({ post: post(officers), partner: null, from: monday, assumptions: assumed(), before })
    // Eight where four had five on average.
    expect(shares(next).slice(0, 5)).toEqual([[3, 4], ...each(4, [6, 7])])
  })

  it('so that the nights of those who are alike differ by one or two, and no shift stays open for it', async () => {
    const question = ask(post([...women(2, 4), ...men(6, 9)]))
    const { roster } = await solved(question, 2)
    expect(brokenBut(question, roster)).toEqual([])
    const nights = sharesOf(question.problem, roster).map((share) => share.nights)
    for (const group of [nights.slice(0, 4), nights.slice(4)])
      expect(Math.max(...group) - Math.min(...group)).toBeLessThanOrEqual(2)
    expect(shiftsCovered(question.problem, roster).filter(isOpen).length).toBe(9)
  })

  it('at any small post, with a least that is never more than the most', () => {
    fc.assert(
      fc.property(
        anyOpening,
        fc.array(anyWoman, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 6 }),
        fc.boolean(),
        (opening, own, others, isOffered) => {
          const offering = isOffered ? [officer(90, { sex: 'male', said: said(true) })] : []
          const made = own.map((woman, index) => make(woman, 20 + index))
          const question = ask(post([...made, ...men(2, others), ...offering], opening))
          expect(checkRosterProblem(question.problem)).toEqual([])
          for (const person of question.problem.people) {
            const [low = 0, high = 0] = nightsIn(person) ?? []
            expect(low).toBeLessThanOrEqual(Math.min(high, person.mostShifts['1320'] ?? 28))
          }
        },
      ),
      { seed: 20261129, numRuns: 200 },
    )
  })
})
