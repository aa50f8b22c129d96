import { daysAfter } from '@lentera/core/shared/dates'
import type { Opening } from '@lentera/core/workforce/post/words'
import type { Roster } from '@lentera/planner/roster'
import { expect, it } from 'vitest'
import { readAssumptions } from './assumptions.ts'
import { brokenAsKept, brokenToKeep } from './kept-rosters.ts'
import { rosterBefore } from './roster-before.ts'
import { isOpen, sharesOf, shiftsCovered } from './roster-edits.ts'
import { tooFewForNights } from './roster-few.ts'
import { askRoster } from './roster-problem.ts'
import { assumed, id } from './testing/register.ts'
import { ask, brokenBut, freeOf, keptOf, men, monday, open, post, solved, trained, women } from './testing/rosters.ts'

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
