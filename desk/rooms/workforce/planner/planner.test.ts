import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import type { OfficerAt } from '@lentera/core/workforce/officer/capture'
import type { PostAt } from '@lentera/core/workforce/post/capture'
import type { PostOpened } from '@lentera/core/workforce/post/project'
import type { Action } from '@lentera/planner/plan'
import { describe, expect, it } from 'vitest'
import { type Assumptions, firstTyped, numberFields, readAssumptions } from './assumptions.ts'
import { boardOf } from './board.ts'
import { allow, changeStep, keep, noEdits, setStep, strike } from './edits.ts'
import { hasPrice } from './prices.ts'
import { changed, fixedBy, openShifts } from './roster-edits.ts'
import { rosterProblemOf, trainedWoman } from './roster-problem.ts'

const id = (n: number) => StreamId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
const day = (text: string) => CivilDate.parse(text)

function assumed(typed: Readonly<Record<string, string>> = {}): Assumptions {
  const read = readAssumptions({ ...firstTyped, ...typed })
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}

type Made = { readonly sex?: 'female' | 'male'; readonly expires?: string; readonly said?: OfficerAt['said'] }

/** An officer (invented) whose certificates of both modules end in a month. */
const officer = (n: number, { sex = 'female', expires, said }: Made = {}): OfficerAt =>
  ({
    stream: id(n),
    officer: { post: id(1), posts: [id(1)], sex, left: false, enteredInError: false, conflicts: [] },
    said: said ?? { disputed: [] },
    certificates: expires
      ? (['see', 'meet'] as const).map((module) => ({
          certificate: { module, expires: day(expires), withdrawn: false, enteredInError: false },
        }))
      : [],
    // What the functions under test read of an officer, and no more.
  }) as unknown as OfficerAt

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
  })

  it('sees the gap that a certificate opens before it opens', () => {
    const five = [2, 3, 4, 5, 6].map((n) => officer(n, { expires: n === 6 ? '2027-02' : '2028-01' }))
    expect(board(five)).toMatchObject({ trained: 5, covered: 84, openSince: null, opensOn: '2027-03-01' })
    expect(board(five, '2027-03-05')).toMatchObject({ trained: 4, covered: 68, openSince: '2027-03-01' })
  })

  it('names what a post lacks before anybody may be sent there, what nobody knows of too', () => {
    expect(board([])?.missing).toEqual(['lodging'])
  })
})

describe('a roster problem', () => {
  const women = [2, 3, 4, 5, 6].map((n) => officer(n, { expires: '2028-01' }))
  const problem = rosterProblemOf(post, women, day('2026-11-30'), assumed())

  it('asks for a trained woman on each of 84 shifts, and for company', () => {
    expect(problem.cover.filter(({ skill }) => skill === trainedWoman)).toHaveLength(84)
    expect(problem.cover.filter(({ skill, required }) => skill === null && required === 2)).toHaveLength(84)
    expect(problem.startsOn).toBe(0)
  })

  it('leaves eleven hours between two shifts', () => {
    const follows = Object.fromEntries(problem.shifts.map(({ key, cannotFollow }) => [key, cannotFollow]))
    expect(follows).toEqual({ '0360': [], '0840': ['0360'], '1320': ['0360', '0840'] })
  })

  it('counts nobody whose certificate ends within it, and lets nobody work on a day she is away', () => {
    const away = { disputed: [], absences: [{ from: day('2026-12-01'), to: day('2026-12-02') }] }
    const [one, two] = rosterProblemOf(
      post,
      [officer(2, { expires: '2026-12' }), officer(3, { expires: '2028-01', said: away })],
      day('2026-11-30'),
      assumed(),
    ).people
    // It holds to the end of December, and the roster ends on the 27th.
    expect(one?.skills).toEqual([trainedWoman])
    expect(two?.daysOff).toEqual([1, 2])
    const [late] = rosterProblemOf(post, [officer(2, { expires: '2026-12' })], day('2026-12-07'), assumed()).people
    expect(late?.skills).toEqual([])
  })

  it('keeps what a hand changed, and no more, when the rest is made again', () => {
    const free = Object.fromEntries(problem.people.map(({ key }) => [key, Array<null>(28).fill(null)]))
    const edited = changed(free, id(2), 3, '0360')
    expect(fixedBy(problem, free, edited).people.map(({ fixed }) => fixed)).toEqual([
      [{ day: 3, shift: '0360' }],
      ...women.slice(1).map(() => []),
    ])
    expect(openShifts(problem, free)).toHaveLength(84)
    expect(openShifts(problem, edited)).toHaveLength(83)
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
