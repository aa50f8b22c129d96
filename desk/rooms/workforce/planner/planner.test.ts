import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import type { PostOpened } from '@lentera/core/workforce/post/project'
import type { Action } from '@lentera/planner/plan'
import { describe, expect, it } from 'vitest'
import { countsByPost } from '../register/counts.ts'
import { firstTyped, numberFields, readAssumptions } from './assumptions.ts'
import { boardOf } from './board.ts'
import { allow, changeStep, keep, noEdits, setStep, strike } from './edits.ts'
import { gapsOn } from './gaps-today.tsx'
import { hasPrice } from './prices.ts'
import { askRoster } from './roster-problem.ts'
import { assumed, day, id, officer } from './testing/register.ts'
import { problemOn } from './use-register.ts'

const post: PostOpened = {
  opening: { hours: 'day-and-night' },
  risk: 'high',
  toilets: 'yes',
  position: { latitude: 10, longitude: 104 },
  disputed: [],
}

// What the functions under test read of a post, and no more.
const postAt = { stream: id(1), said: post, post: { enteredInError: false } } as unknown as PostAt

describe('what a plan takes for granted', () => {
  it('is refused with the field and its bounds where it makes no sense', () => {
    for (const [field, typed] of [
      ['years', '6'],
      ['absencePercent', '-1'],
      ['shiftsPerPerson', 'many'],
      ['capHires', '1.5'],
      ['years', ''],
    ] as const) {
      const read = readAssumptions({ ...firstTyped, [field]: typed })
      const { least, most } = numberFields[field]
      expect(read).toEqual({ ok: false, refusal: { code: 'cover.not-a-number', values: { field, least, most } } })
    }
  })

  it('has nobody alone: one officer on a shift is refused by name, with what is allowed and where an order is written down', () => {
    const read = readAssumptions({ ...firstTyped, officersPerShift: '1' })
    expect(read).toEqual({ ok: false, refusal: { code: 'cover.nobody-alone', values: { least: 2 } } })
    expect(readAssumptions({ ...firstTyped, officersPerShift: '0' })).toMatchObject({
      ok: false,
      refusal: { code: 'cover.not-a-number', values: { least: 2 } },
    })
    expect(readAssumptions({ ...firstTyped, officersPerShift: '2' }).ok).toBe(true)
  })

  it('is humane before anybody types: only volunteers move, and nobody to a post without toilets and safe lodging', () => {
    const { rules, caps, changes } = assumed()
    expect(rules.moves).toBe('volunteers')
    expect(rules.facilitiesNeeded).toEqual(['toilets', 'lodging'])
    expect(rules.together.women).toBeGreaterThan(1)
    expect(caps.budget).toBeNull()
    expect(changes.move).toBeGreaterThan(
      Math.max(changes.facility, changes.training, changes.hire, changes.volunteerMove),
    )
    expect(assumed({ capBudget: '០' }).caps.budget).toBe(0)
  })

  it('knows no price before anybody gave one, and takes none for nothing', () => {
    expect(assumed().prices.unknown.size).toBe(8)
    const given = assumed({ costTraining: '0', costHire: '1200', currency: 'KHR' }).prices
    expect(given.unknown.has('costTraining')).toBe(false)
    expect(given.unknown.size).toBe(6)
    const hire = { kind: 'hire', post: id(1), year: 1, count: 1, cost: 1200 } as const
    const pool = { kind: 'pool', posts: [id(1), id(2)], minutes: 9, year: 1, count: 1, cost: 0 } as const
    expect(hasPrice(hire, given)).toBe(true)
    expect(hasPrice(pool, given)).toBe(false)
  })
})

describe('the board', () => {
  const board = (officers: readonly OfficerAt[], on = '2026-11-24') =>
    boardOf([postAt], officers, day(on), assumed()).lines[0]

  it('counts trained women alone, and says how many the hours need', () => {
    const mixed = [officer(2, { expires: '2027-06' }), officer(3), officer(4, { sex: 'male', expires: '2027-06' })]
    expect(board(mixed)).toMatchObject({ women: 2, trained: 1, needs: 5, needed: 84, covered: 17 })
    // Which shifts: the first of the day is filled first.
    expect(board(mixed)?.openShifts).toEqual([
      { starts: 360, minutes: 480, needed: 28, covered: 17 },
      { starts: 840, minutes: 480, needed: 28, covered: 0 },
      { starts: 1320, minutes: 480, needed: 28, covered: 0 },
    ])
  })

  it('sees the gap that a certificate opens before it opens', () => {
    const five = [2, 3, 4, 5, 6].map((n) =>
      officer(n, {
        expires: n === 6 ? '2027-02' : '2028-01',
        issued: '2025-01-10',
        said: { postedOn: day('2024-01-01') },
      }),
    )
    expect(board(five)).toMatchObject({
      trained: 5,
      covered: 84,
      openShifts: [],
      openSince: null,
      opensOn: '2027-03-01',
    })
    expect(board(five, '2027-03-05')).toMatchObject({
      trained: 4,
      covered: 68,
      openSince: { on: '2027-03-01', isExact: true },
    })
  })

  it('says since when a post is open by the days on which she left or moved; of undated certificates only that it is so since then at least', () => {
    const women = (count: number, issued?: string) =>
      Array.from({ length: count }, (_, n) =>
        officer(n + 2, { expires: '2028-01', ...(issued ? { issued } : {}), said: { postedOn: day('2024-01-01') } }),
      )
    const leaver = (issued?: string) =>
      officer(9, {
        expires: '2028-01',
        ...(issued ? { issued } : {}),
        left: true,
        said: { postedOn: day('2024-01-01'), leftOn: day('2026-11-10') },
      })
    const since = (officers: readonly OfficerAt[]) => board(officers, '2026-11-28')?.openSince
    expect(since([...women(4, '2025-01-10'), leaver('2025-01-10')])).toEqual({ on: '2026-11-11', isExact: true })
    expect(since([...women(4), leaver()])).toEqual({ on: '2026-11-11', isExact: false })
    const mover = officer(9, {
      expires: '2028-01',
      issued: '2025-01-10',
      post: id(8),
      said: {
        postedOn: day('2026-11-10'),
        stays: [{ post: id(1), from: day('2024-01-01'), until: day('2026-11-10') }],
      },
    })
    expect(since([...women(4, '2025-01-10'), mover])).toEqual({ on: '2026-11-10', isExact: true })
  })

  it('says before it happens which gap a known retirement will open, and plans for who is still there when the first year ends', () => {
    const retires = (last: string) =>
      officer(9, {
        expires: '2030-01',
        issued: '2025-01-10',
        left: true,
        said: { postedOn: day('2024-01-01'), leftOn: day(last) },
      })
    const four = [2, 3, 4, 5].map((n) =>
      officer(n, { expires: '2030-01', issued: '2025-01-10', said: { postedOn: day('2024-01-01') } }),
    )
    expect(board([...four, retires('2027-04-30')], '2026-11-28')).toMatchObject({
      trained: 5,
      openSince: null,
      opensOn: '2027-05-01',
    })
    const planned = (last: string) =>
      problemOn({ posts: [postAt], officers: [...four, retires(last)] }, day('2026-11-28'), assumed()).problem.officers
    expect(planned('2027-04-30')).toHaveLength(4)
    expect(planned('2028-06-30').find(({ key }) => key === id(9))?.training).toEqual({
      isTrained: true,
      until: '2028-06-30',
    })
  })

  it('has one meaning for a last day of service: she serves on it, on the board, in a roster and by the post, and the gap opens the day after', () => {
    const last = day('2026-11-28')
    const leaver = officer(9, {
      expires: '2028-01',
      issued: '2025-01-10',
      left: true,
      said: { postedOn: day('2024-01-01'), leftOn: last },
    })
    const four = [2, 3, 4, 5].map((n) =>
      officer(n, { expires: '2028-01', issued: '2025-01-10', said: { postedOn: day('2024-01-01') } }),
    )
    const officers = [...four, leaver]
    expect(board(officers, '2026-11-28')).toMatchObject({ trained: 5, openSince: null, opensOn: '2026-11-29' })
    expect(board(officers, '2026-11-29')).toMatchObject({ trained: 4, openSince: { on: '2026-11-29', isExact: true } })
    expect(countsByPost(officers, last).get(id(1))).toMatchObject({ trained: 5, ending: 1 })
    expect(countsByPost(officers, day('2026-11-29')).get(id(1))).toMatchObject({ trained: 4, ending: 0 })
    const daysOff = (from: string) =>
      askRoster({
        post: { ...postAt, opening: post.opening, officers },
        partner: null,
        from: day(from),
        assumptions: assumed(),
      }).problem.people.find(({ key }) => key === id(9))?.daysOff
    expect(daysOff('2026-11-27')).toEqual(Array.from({ length: 26 }, (_, n) => n + 2))
    expect(daysOff('2026-11-28')).toEqual(Array.from({ length: 27 }, (_, n) => n + 1))
    expect(daysOff('2026-11-29')).toBeUndefined()
    // A plan looks ahead, and counts on nobody who has left.
    const register = { posts: [postAt], officers }
    expect(problemOn(register, last, assumed()).problem.officers.map(({ key }) => key)).toEqual([2, 3, 4, 5].map(id))
    // Of whom nobody knows the day serves on none.
    const undated = officer(9, { expires: '2028-01', left: true })
    expect(board([...four, undated], '2026-11-28')).toMatchObject({ trained: 4 })
  })

  it('invents no day: of a post that never had enough it says the day it was written down, or that nobody knows', () => {
    const four = [2, 3, 4, 5].map((n) => officer(n, { expires: '2028-01' }))
    expect(board(four)).toMatchObject({ trained: 4, needs: 5, openSince: null })
    // What a device opened of the post besides.
    const opened = { ...postAt, fields: { at: [{ value: '2026-10-05T09:00:00Z' }] } } as PostAt
    const lines = boardOf([opened], four, day('2026-11-24'), assumed()).lines
    expect(lines[0]?.openSince).toEqual({ on: '2026-10-05', isExact: false })
  })

  it('names what a post lacks before anybody may be sent there, what nobody knows of too', () => {
    expect(board([])?.missing).toEqual(['lodging'])
  })
})

it('an action is kept until it is let go, and one that is struck out stays out until it is allowed again', () => {
  const train: Action = {
    kind: 'train',
    post: id(1),
    year: 1,
    count: 2,
    cost: 10,
    isRenewal: false,
    who: { officers: [], groups: [] },
  }
  const kept = keep(noEdits, train)
  expect(kept.fixed).toEqual([train])
  expect(keep(kept, { ...train, cost: 99 }).fixed).toEqual([])
  const struck = strike(kept, train)
  expect(struck.fixed).toEqual([])
  expect(struck.forbidden).toMatchObject([{ kind: 'train', post: id(1) }])
  expect(struck.forbidden.reduce(allow, struck).forbidden).toEqual([])
})

it('a step that is changed stands as it was changed, and what would otherwise be done again in its old place is struck out', () => {
  const hire = { kind: 'hire', post: id(1), year: 1, count: 2, cost: 0 } as const
  const elsewhere = changeStep(setStep(noEdits, hire), hire, { ...hire, post: id(2) })
  expect(elsewhere).toMatchObject({ fixed: [{ post: id(2) }], forbidden: [{ kind: 'hire', post: id(1), year: null }] })
  const later = changeStep(noEdits, hire, { ...hire, year: 2 })
  expect(later).toMatchObject({ fixed: [{ year: 2 }], forbidden: [{ kind: 'hire', post: id(1), year: 1 }] })
  const more = changeStep(setStep(noEdits, hire), hire, { ...hire, count: 3 })
  expect(more).toMatchObject({ fixed: [{ count: 3 }], forbidden: [] })
})

describe('what a focal point begins her day with', () => {
  const today = day('2026-11-28')
  const linesOf = (officers: readonly OfficerAt[]) => boardOf([postAt], officers, today, assumed()).lines
  const women = (count: number, expires: string) => Array.from({ length: count }, (_, n) => officer(n + 2, { expires }))

  it('is a post that is open, with since when; the board and *today* say it by the same numbers', () => {
    const lines = linesOf(women(4, '2028-01'))
    expect(lines[0]).toMatchObject({ trained: 4, needs: 5 })
    expect(gapsOn(lines, today).map(({ line, endsOn }) => [line.post, endsOn])).toEqual([[id(1), undefined]])
  })

  it('is a post that a certificate will open or widen within ninety days, and none that has longer', () => {
    const soon = [...women(4, '2028-01'), officer(9, { expires: '2027-01' })]
    expect(gapsOn(linesOf(soon), today).map(({ endsOn }) => endsOn)).toEqual(['2027-02-01'])
    const wider = [...women(3, '2028-01'), officer(9, { expires: '2027-01' })]
    expect(gapsOn(linesOf(wider), today).map(({ endsOn }) => endsOn)).toEqual(['2027-02-01'])
    const later = [...women(4, '2028-01'), officer(9, { expires: '2027-03' })]
    expect(gapsOn(linesOf(later), today)).toEqual([])
  })
})
