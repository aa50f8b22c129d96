import { daysAfter } from '@lentera/core/shared/dates'
import { checkRoster } from '@lentera/planner/checker'
import type { Roster } from '@lentera/planner/roster'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RosterBefore, rosterBefore } from './roster-before.ts'
import { changed } from './roster-edits.ts'
import { askRoster, type RosterQuestion } from './roster-problem.ts'
import { assumed, day, id } from './testing/register.ts'
import {
  anyOpening,
  anyWoman,
  ask,
  brokenBut,
  freeOf,
  keptOf,
  make,
  mayBeAlone,
  monday,
  post,
  solved,
  trained,
  women,
} from './testing/rosters.ts'

describe('the days before', () => {
  const own = women(2, 5)
  const after = (before: RosterBefore | undefined, who = own) =>
    askRoster({ post: post(who), partner: null, from: day('2026-12-28'), assumptions: assumed(), before })

  it('are those of the newest roster that ends the day before, and the rules go on over the join', async () => {
    const first = await solved(ask(post(own)))
    const older = keptOf(freeOf(ask(post(own))), '2026-11-02')
    const before = rosterBefore([older, keptOf(first.roster, '2026-11-30')], [id(1)], day('2026-12-28'))
    expect(before).toMatchObject({ from: '2026-11-30', last: '2026-12-27', untold: 0 })
    const next = after(before)
    for (const { key, before: known } of next.problem.people) expect(known).toEqual(first.roster[key])
    const { roster } = await solved(next)
    expect(brokenBut(next, roster)).toEqual([])
    // Whoever worked on the last days goes on with them, and the checker says where a hand forgets it.
    const last = Object.entries(first.roster).find(([, row]) => row.at(-1) !== null)?.[0] ?? ''
    const six = Array.from({ length: 28 }, (_, on) => (on < 5 ? '1320' : null))
    const { broken } = checkRoster(next.problem, { ...roster, [last]: six })
    expect(broken.map(({ code }) => code)).toContain('roster.too-many-in-a-row')
  })

  it('lie as far back as the calendar says: days between that no roster tells of are free, and said', () => {
    const free = freeOf(ask(post(own)))
    const rested = { ...free, [id(2)]: [...Array<null>(24).fill(null), '1320', '1320', '1320', '1320'] }
    const gap = rosterBefore([keptOf(rested, '2026-11-29')], [id(1)], day('2026-12-28'))
    expect(gap).toMatchObject({ last: '2026-12-26', untold: 1 })
    const next = after(gap)
    expect(next.problem.people[0]?.before.slice(-6)).toEqual([null, '1320', '1320', '1320', '1320', null])
    // One free day after four nights is no rest, a second one is.
    const from = (on: number) => brokenBut(next, changed(freeOf(next), id(2), on, '0360')).map(({ code }) => code)
    expect([from(0), from(1)]).toEqual([['roster.too-few-free-in-a-row'], []])
  })

  it('are those of a roster that ends later too, of the one kept last where two tell of a day, and of none of other posts alone', () => {
    const free = freeOf(ask(post(own)))
    const works = (key: string) => ({ ...free, [id(2)]: Array<string | null>(28).fill(key) })
    const longer = rosterBefore(
      [keptOf(works('0360'), '2026-12-01'), keptOf(works('0840'), '2026-12-27')],
      [id(1)],
      day('2026-12-28'),
    )
    expect(longer).toMatchObject({ from: '2026-12-01', last: '2026-12-27', untold: 0 })
    expect(longer?.days.get(id(2))?.slice(-2)).toEqual(['0360', '0840'])
    expect(rosterBefore([keptOf(free, '2026-12-28')], [id(1)], day('2026-12-28'))).toBeUndefined()
    expect(rosterBefore([keptOf(free, '2026-10-01')], [id(1)], day('2026-12-28'))).toBeUndefined()
    expect(rosterBefore([keptOf(free, '2026-11-30', { post: id(9) })], [id(1)], day('2026-12-28'))).toBeUndefined()
    // Who came from another post rests after her shifts there.
    const moved = rosterBefore(
      [
        keptOf({ [id(2)]: Array<string | null>(28).fill('0360') }, '2026-11-30', { post: id(9) }),
        keptOf({ [id(3)]: free[id(3)] ?? [] }, '2026-11-30'),
      ],
      [id(1)],
      day('2026-12-28'),
    )
    expect(moved?.days.get(id(2))?.at(-1)).toBe('0360')
  })

  it('leave no fourth weekend in a row, and of the days on call in 28 those that are left', () => {
    const called = [trained(2, { reach: 15 }), ...women(3, 4, { reach: 15 })]
    const weekends = Array.from({ length: 28 }, (_, on) => (on % 7 === 5 && on > 6 ? '~0360' : null))
    const before = rosterBefore(
      [keptOf({ ...freeOf(ask(post(called))), [id(2)]: weekends }, '2026-11-30')],
      [id(1)],
      day('2026-12-28'),
    )
    const next = after(before, called)
    const by = (...on: readonly (readonly [number, string])[]) =>
      brokenBut(
        next,
        on.reduce<Roster>((each, [at, key]) => changed(each, id(2), at, key), freeOf(next)),
      ).map(({ code }) => code)
    expect(by([5, '0360'])).toEqual(['roster.weekend-window'])
    expect(by([12, '0360'])).toEqual([])
    expect(next.problem.people[0]?.mostOnCall).toBe(4)
    expect(by([1, '~0360'])).toEqual([])
    expect(by([1, '~0360'], [4, '~0360'])).toEqual(['roster.window-of-shifts'])
    // The first of hers of before is out of reach by then.
    expect(by([1, '~0360'], [14, '~0360'])).toEqual([])
  })

  it('are read from a roster of the neighbour too, in which their shifts have the other name', () => {
    const row = ['+0360', '~+0840', '0360', ...Array<string | null>(25).fill(null)]
    const before = rosterBefore(
      [keptOf({ [id(2)]: row }, '2026-11-30', { post: id(11), partner: id(1) })],
      [id(1)],
      day('2026-12-28'),
    )
    expect(before?.days.get(id(2))?.slice(0, 3)).toEqual(['0360', '~0840', '+0360'])
    // Of shifts that are not open to her now it is known that she worked.
    expect(after(before).problem.people[0]?.before.slice(0, 3)).toEqual(['0360', '0840', '0360'])
  })

  it('bound the nights of any 28 days, and who had more of them than others has fewer', async () => {
    const wishes = { volunteersForNights: false, volunteersFor: [], mostNights: 2 }
    const bounded = [trained(2, { wishes }), ...women(3, 4)]
    const late = Array.from({ length: 28 }, (_, on) => (on === 20 || on === 21 ? '1320' : null))
    const before = rosterBefore(
      [keptOf({ ...freeOf(ask(post(bounded))), [id(2)]: late }, '2026-11-30')],
      [id(1)],
      day('2026-12-28'),
    )
    const next = after(before, bounded)
    const { roster } = await solved(next, 4)
    expect(brokenBut(next, roster)).toEqual([])
    // Both leave the 28 days only with the days 20 and 21.
    expect(roster[id(2)]?.slice(0, 20)).not.toContain('1320')
    const high = (person: number): number | undefined => next.problem.people[person]?.balance[0]?.high
    expect((high(1) ?? 0) - (high(0) ?? 0)).toBeGreaterThan(0)
  })
})

/** Days from 0 to 27 of one roster, some days of none, and days of the next: every 28 of them are judged as a roster of their own. */
const joined = fc.record({
  opening: anyOpening,
  officers: fc.array(anyWoman, { minLength: 2, maxLength: 5 }),
  between: fc.constantFrom(0, 0, 1, 2, 5),
})

it('two rosters one after the other keep the rules together, in every 28 days of both', async () => {
  const seen = { between: 0, weekends: 0, calls: 0, nights: 0 }
  await fc.assert(
    fc.asyncProperty(joined, async ({ opening, officers, between }) => {
      const own = mayBeAlone(
        post(
          officers.map((each, index) => make(each, 20 + index)),
          opening,
        ),
      )
      const asked = (from: number, before?: RosterBefore): RosterQuestion =>
        askRoster({ post: own, partner: null, from: daysAfter(monday, from), assumptions: assumed(), before })
      const first = (await solved(asked(0), 2)).roster
      const second = 28 + between
      const before = rosterBefore([keptOf(first, monday)], [own.stream], daysAfter(monday, second))
      const next = asked(second, before)
      const then = (await solved(next, 2)).roster
      const rows = new Map(
        Object.entries(first).map(([key, row]) => [
          key,
          [...row, ...Array<null>(between).fill(null), ...(then[key] ?? [])],
        ]),
      )
      for (let from = 0; from <= second; from++) {
        const { problem } = asked(from)
        const people = problem.people.map((each) => ({ ...each, before: (rows.get(each.key) ?? []).slice(0, from) }))
        const slice = Object.fromEntries([...rows].map(([key, row]) => [key, row.slice(from, from + 28)]))
        const broken = checkRoster({ ...problem, people }, slice).broken.filter(
          // Minutes are those of a roster, and an order lets one be alone here; certificates may end between the two.
          ({ code }) =>
            code !== 'roster.alone' && code !== 'roster.too-many-minutes' && code !== 'roster.too-many-of-a-shift',
        )
        expect(broken).toEqual([])
      }
      for (const { weekendWindow, windows } of next.problem.people) {
        seen.weekends += weekendWindow ? 1 : 0
        seen.calls += windows.some(({ shifts }) => shifts?.some((key) => key.startsWith('~'))) ? 1 : 0
        seen.nights += windows.some(({ shifts }) => shifts?.includes('1320')) ? 1 : 0
      }
      seen.between += between > 0 ? 1 : 0
    }),
    { seed: 20261128, endOnFailure: true, numRuns: 20 },
  )
  console.log(`of 20 pairs of rosters ${JSON.stringify(seen)}`)
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(1)
})
