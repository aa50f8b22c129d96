import { checkRosterProblem } from '@lentera/planner/checker'
import type { Roster } from '@lentera/planner/roster'
import { describe, expect, it } from 'vitest'
import { dutiesOf, ofTheSameDays, standingOf } from './kept-rosters.ts'
import { changed, fixedBy, setByHand } from './roster-edits.ts'
import { rosterElsewhere } from './roster-elsewhere.ts'
import { askRoster, type RosterQuestion } from './roster-problem.ts'
import { isElsewhere } from './roster-sides.ts'
import { assumed, day, id, officer } from './testing/register.ts'
import {
  ask,
  brokenBut,
  byDay,
  freeOf,
  keptOf,
  men,
  monday,
  open,
  post,
  solved,
  trained,
  women,
} from './testing/rosters.ts'

const posts = [id(1), id(11), id(12)].map((stream) => ({ stream, said: { opening: open } }))
const willow = post([...women(2, 3), ...men(5, 3)])
const lantern = post(
  [...Array.from({ length: 3 }, (_, at) => officer(20 + at, { expires: '2028-01', post: id(11) }))],
  open,
  11,
)
const everybody = [...willow.officers, ...lantern.officers].map(({ stream }) => stream)

/** How often a row of one roster and a row of another have her on different duties of one day. */
const clashes = (one: Roster, other: Roster, isSame: (a: string, b: string) => boolean): number =>
  Object.entries(one).reduce(
    (sum, [who, row]) =>
      sum +
      row.filter((shift, at) => {
        const there = other[who]?.[at] ?? null
        return shift !== null && there !== null && !isSame(shift, there)
      }).length,
    0,
  )

describe('duties in another roster', () => {
  it('stand in one that is made for two posts, and cover there: nobody is on two duties at once', async () => {
    const first = (await solved(ask(willow), 4)).roster
    const elsewhere = rosterElsewhere([keptOf(first, monday)], posts, {
      own: [id(11), id(1)],
      from: monday,
      officers: everybody,
    })
    expect(elsewhere.rosters).toEqual([{ post: id(1), partner: undefined, from: monday }])
    const question = askRoster({ post: lantern, partner: willow, from: monday, assumptions: assumed(), elsewhere })
    expect(checkRosterProblem(question.problem)).toEqual([])
    const { roster } = await solved(question, 4)
    expect(brokenBut(question, roster)).toEqual([])
    const worked = Object.values(first)
      .flat()
      .filter((shift) => shift !== null).length
    expect(worked).toBeGreaterThan(50)
    expect(clashes(first, roster, (a, b) => b === `+${a}`)).toBe(0)
    for (const [who, row] of Object.entries(first))
      for (const [at, shift] of row.entries()) if (shift !== null) expect(roster[who]?.[at]).toBe(`+${shift}`)
  })

  it('at a post that this roster is not made for keep her from that day, with rest before and after, and her hours there count', async () => {
    const away = { ...freeOf(ask(willow)), [id(2)]: [null, null, '1320', ...Array<null>(25).fill(null)] }
    const elsewhere = rosterElsewhere([keptOf(away, monday, { post: id(12) })], posts, {
      own: [id(1)],
      from: monday,
      officers: everybody,
    })
    const question = askRoster({ post: willow, partner: null, from: monday, assumptions: assumed(), elsewhere })
    const [her] = question.problem.people
    const there = question.problem.shifts.find(({ key }) => isElsewhere(key))
    expect(her?.elsewhere).toEqual([{ day: 2, shift: there?.key }])
    expect(there).toMatchObject({ starts: 1320, minutes: 480, isNight: true })
    expect(there?.leastTogether).toBeUndefined()
    const { roster } = await solved(question, 4)
    expect(brokenBut(question, roster)).toEqual([])
    expect(roster[id(2)]?.[2]).toBe(there?.key)
    expect(
      Object.values(roster)
        .flat()
        .filter((shift) => shift === there?.key),
    ).toHaveLength(1)
    // A hand that puts her on a duty here is told, and so is one that forgets her rest.
    const standing = changed(freeOf(question), id(2), 2, there?.key ?? '')
    const codes = (of: Roster) => brokenBut(question, of).map(({ code }) => code)
    expect(codes(standing)).toEqual([])
    expect(codes(changed(standing, id(2), 2, '0360'))).toEqual(['roster.two-duties'])
    expect(codes(changed(standing, id(2), 3, '0360'))).toEqual(['roster.follows-too-soon'])
    const byHand = setByHand({ roster: standing, hand: [], moved: [] }, id(2), 2, '0360')
    expect(checkRosterProblem(fixedBy(question.problem, byHand))).toMatchObject([{ code: 'roster.fixed-elsewhere' }])
    // It is kept where it stands, and seen again when this one is opened.
    expect(dutiesOf(standing)[id(2)]).toBe(','.repeat(27))
    expect(standingOf({ duties: dutiesOf(standing) }, question.problem).roster[id(2)]?.[2]).toBe(there?.key)
  })

  it('are none of a roster in error, of other days, of the very same posts and first day, or of one that was made anew since', () => {
    const row = (...keys: readonly (string | null)[]) => ({
      [id(2)]: [...keys, ...Array<null>(28 - keys.length).fill(null)],
    })
    const of = (own: readonly ReturnType<typeof id>[], ...kept: readonly ReturnType<typeof keptOf>[]) =>
      rosterElsewhere(kept, posts, { own, from: monday, officers: everybody })
    expect(of([id(1)], keptOf(row('0360'), monday)).rosters).toEqual([])
    expect(of([id(11)], keptOf(row('0360'), monday, {}, true)).rosters).toEqual([])
    expect(of([id(11)], keptOf(row('0360'), '2026-11-23')).rosters).toEqual([])
    expect(of([id(11), id(1)], keptOf(row('+0360'), monday, { post: id(1), partner: id(11) })).rosters).toEqual([])
    const anew = of([id(11)], keptOf(row('0360', '0360'), monday), keptOf(row(null, '0840'), monday))
    expect(anew.duties.get(id(2))).toEqual([
      { day: 1, post: id(1), name: '0840', starts: 840, minutes: 480, isOnCall: false },
    ])
    // Of the same posts from another day they stand on the days that both have.
    const later = of([id(1)], keptOf(row(null, null, null, null, null, null, null, '~0840'), '2026-11-23'))
    expect(later.duties.get(id(2))).toMatchObject([{ day: 0, name: '0840', isOnCall: true }])
  })

  it('give way to leave that was written down since', () => {
    const absences = [{ from: day('2026-12-02'), to: day('2026-12-03') }]
    const own = post([trained(2, { absences }), ...women(3, 3)])
    const row = ['0360', '1320', '0360', null, '0360', ...Array<null>(23).fill(null)]
    const elsewhere = rosterElsewhere([keptOf({ [id(2)]: row }, monday, { post: id(12) })], posts, {
      own: [id(1)],
      from: monday,
      officers: everybody,
    })
    const { problem } = askRoster({ post: own, partner: null, from: monday, assumptions: assumed(), elsewhere })
    expect(problem.people[0]?.elsewhere?.map((each) => each.day)).toEqual([0, 4])
    // The night that would run into her leave is not hers, and no other work of that day.
    expect(problem.people[0]?.daysOff).toEqual([1, 2, 3])
  })
})

describe('leave', () => {
  const leave = { absences: [{ from: day('2026-12-14'), to: day('2026-12-16') }] }
  const away = ({ problem }: RosterQuestion) => problem.people[0]?.away

  it('begins at midnight: no night runs into it, nor past her last day, nor into leave that begins after the roster', async () => {
    const question = ask(post([trained(2, leave), ...women(3, 2), ...men(5, 3)]))
    expect(away(question)).toEqual([14, 15, 16])
    const { roster } = await solved(question, 4)
    expect(brokenBut(question, roster)).toEqual([])
    expect(roster[id(2)]?.[13]).not.toBe('1320')
    const night = changed(freeOf(question), id(2), 13, '1320')
    expect(brokenBut(question, night)).toMatchObject([{ code: 'roster.reaches-day-off', days: [13, 14] }])
    expect(brokenBut(question, changed(freeOf(question), id(2), 13, '0840'))).toEqual([])
    expect(away(ask(post([trained(2, { leftOn: day('2026-12-27') })])))).toEqual([28])
    expect(away(ask(post([trained(2, { absences: [{ from: day('2026-12-28'), to: day('2026-12-30') }] })])))).toEqual([
      28,
    ])
    expect(away(ask(post([trained(2, { postedOn: day('2026-12-02') })])))).toEqual([0, 1])
  })

  it('ends no standby late: one night on call before it is told too', () => {
    const question = ask(post([trained(2, { ...leave, reach: 10 }), ...women(3, 2)]))
    expect(brokenBut(question, changed(freeOf(question), id(2), 13, '~1320')).map(({ code }) => code)).toEqual([
      'roster.reaches-day-off',
    ])
  })

  it('asks nothing of a post that is open by day', () => {
    const question = ask(post([trained(2, leave)], byDay))
    expect(brokenBut(question, changed(freeOf(question), id(2), 13, '0360'))).toEqual([])
  })
})

it('rosters of the same posts that tell of the same days are told, in whichever order the posts are named; one taken back is none', () => {
  const made = (on: string, from: number, partner?: number, isTakenBack = false) =>
    keptOf({}, on, { post: id(from), ...(partner === undefined ? {} : { partner: id(partner) }) }, isTakenBack)
  const [alone, both, turned] = [made(monday, 1), made(monday, 1, 11), made('2026-12-14', 11, 1)]
  const [after, wrong] = [made('2026-12-28', 1, 11), made(monday, 1, 11, true)]
  expect(ofTheSameDays([alone, both, wrong])).toEqual([])
  expect(ofTheSameDays([both, after])).toEqual([])
  expect(ofTheSameDays([alone, both, turned, after])).toEqual([
    [both, turned],
    [turned, after],
  ])
})
