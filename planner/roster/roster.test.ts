import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRoster } from '../checker/checker.ts'
import { unbound } from '../checker/testing/roster-problems.ts'
import { type Person, type RosterProblem, type ShiftType, solveRoster } from './roster.ts'

const solver = await loadSolver()

const shifts: readonly ShiftType[] = [
  { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] },
  { key: 'N', starts: 1320, minutes: 600, isNight: true, isOnCall: false, cannotFollow: ['D'] },
]
const anybody: Person = { ...unbound, key: '', leastInARow: 1, mostInARow: 5, leastFreeInARow: 2 }

/** So many people, each with her own leave and rules; one on every shift of every day. */
function post(days: number, people: readonly Partial<Person>[], required = 1): RosterProblem {
  return {
    days,
    startsOn: 0,
    shifts,
    people: people.map((her, index) => ({ ...anybody, key: `P${index}`, ...her })),
    cover: Array.from({ length: days * 2 }, (_, index) => ({
      day: Math.floor(index / 2),
      by: [index % 2 === 0 ? 'D' : 'N'],
      skill: null,
      required,
      under: 10,
      over: 1,
    })),
  }
}

async function solved(problem: RosterProblem, options: Partial<Parameters<typeof solveRoster>[2]> = {}) {
  const decision = await solveRoster(problem, solver, { seed: 7, rounds: 12, ...options })
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

const own = fc.record({
  mostShifts: fc.constantFrom<Person['mostShifts']>({}, { N: 0 }, { N: 3 }, { D: 4, N: 2 }),
  leastMinutes: fc.constantFrom(0, 0, 1920),
  mostMinutes: fc.constantFrom(3840, 4800, Infinity),
  leastInARow: fc.constantFrom(1, 2),
  leastFreeInARow: fc.constantFrom(1, 2),
  mostInARow: fc.constantFrom(4, 5),
  mostWeekends: fc.constantFrom(1, 2, Infinity),
  windows: fc.constantFrom<Person['windows']>([], [{ days: 7, most: 5 }], [{ days: 12, most: 7 }]),
  daysOff: fc.constantFrom<readonly number[]>([], [3], [5, 6]),
  before: fc.constantFrom<Person['before']>([], [null, null, 'N'], ['D', 'D', null]),
})

describe('a small post, for every mixture of rules', () => {
  test('one officer more never makes the proven least cost of missing shifts higher', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(own, { minLength: 1, maxLength: 2 }), own, async (people, more) => {
        const idle = { ...more, leastMinutes: 0 }
        const few = await solveRoster(post(12, people), solver, { seed: 1, rounds: 4 })
        const many = await solveRoster(post(12, [...people, idle]), solver, { seed: 1, rounds: 4 })
        if (!few.ok || !many.ok || few.value.status !== 'proven') return
        // Her free days cost nothing, so the least with her is at most the least without her.
        expect(many.value.bound).toBeLessThanOrEqual(few.value.cost + 1e-6)
        if (many.value.status === 'proven') expect(many.value.cost).toBeLessThanOrEqual(few.value.cost + 1e-6)
      }),
      { numRuns: 12, seed: 20261128, endOnFailure: true },
    )
  })

  test('the same seed gives the same roster, cost and bound', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(own, { minLength: 2, maxLength: 4 }), fc.nat(), async (people, seed) => {
        const problem = post(10, people)
        const first = await solveRoster(problem, solver, { seed, rounds: 2 })
        const second = await solveRoster(problem, solver, { seed, rounds: 2 })
        expect(second).toEqual(first)
      }),
      { numRuns: 6, seed: 20261128, endOnFailure: true },
    )
  })
})

test('a night longer than the longest duty stays open rather than that anybody works it', async () => {
  const problem = { ...post(7, [{}, {}, {}]), longestDuty: 540 }
  const { roster } = await solved(problem)
  const worked = new Set(Object.values(roster).flat())
  expect([worked.has('D'), worked.has('N')]).toEqual([true, false])
  expect(checkRoster(problem, roster).broken).toEqual([])
})

test('days set by hand stand, free days too', async () => {
  const fixed = [
    { day: 2, shift: 'N' },
    { day: 3, shift: null },
    { day: 7, shift: 'D' },
  ]
  const problem = post(10, [{ fixed }, {}, {}, {}])
  const { roster } = await solved(problem)
  expect([roster.P0?.[2], roster.P0?.[3], roster.P0?.[7]]).toEqual(['N', null, 'D'])
  expect(checkRoster(problem, roster).broken).toEqual([])
})

test('days before the roster count: a row and a rest go on, and no day shift follows the last night', async () => {
  const tired = { before: ['D', 'D', 'D', 'D', 'N'] }
  const resting = { before: ['D', null] }
  const problem = post(6, [tired, resting, { before: [null, null, 'N'] }])
  const { roster } = await solved(problem)
  expect(checkRoster(problem, roster).broken).toEqual([])
  expect(roster.P0?.slice(0, 2)).toEqual([null, null])
  expect(roster.P1?.[0]).toBeNull()
  expect(roster.P2?.[0]).not.toBe('D')
})

test('a long window of days before and after is kept, though no rule of rows forbids it', async () => {
  const before = Array.from({ length: 20 }, (_, day) => (day % 7 < 5 ? 'D' : null))
  const problem = post(21, [{ before, windows: [{ days: 28, most: 18 }], leastFreeInARow: 1 }])
  const { roster } = await solved(problem, { rounds: 2 })
  expect(checkRoster(problem, roster).broken).toEqual([])
})

/** No day shift follows a night: one of them stays unmet, which no counting tells. */
const wishes: Person['wishes'] = [
  { day: 9, shift: 'N', weight: 3, isWanted: true },
  { day: 10, shift: 'D', weight: 3, isWanted: true },
]

test('whoever asks to stop at once gets a roster that keeps the rules, and a bound', async () => {
  const people = [{ leastMinutes: 4800 }, { wishes }, { wishes, leastInARow: 3 }, { wishes, mostWeekends: 1 }]
  const problem = post(28, people, 2)
  const { status, cost, bound, roster } = await solved(problem, { shouldStop: () => true })
  expect(status).toBe('stopped')
  expect(bound).toBeLessThan(cost)
  expect(checkRoster(problem, roster)).toMatchObject({ broken: [], cost })
})

test('whoever asks to stop later gets the best that was told', async () => {
  const problem = post(28, [{ leastMinutes: 4800 }, {}, { leastInARow: 3 }, { mostWeekends: 1 }, {}], 2)
  const told: number[] = []
  const { cost } = await solved(problem, {
    onProgress: ({ best, bound }) => {
      expect(bound).toBeLessThanOrEqual(best)
      told.push(best)
    },
    shouldStop: () => told.length > 6,
  })
  expect(cost).toBe(told.at(-1))
  expect(told).toEqual(told.toSorted((a, b) => b - a))
})

test('two trained women among four officers: their nights are shared, and every night has one', async () => {
  const trained = { skills: ['trained-woman'], balance: [{ shifts: ['N'], low: 6, high: 8, weight: 1 }] }
  const problem = post(14, [trained, trained, {}, {}])
  const cover = problem.cover.map((demand) => (demand.by[0] === 'N' ? { ...demand, skill: 'trained-woman' } : demand))
  const { roster, cost, bound } = await solved({ ...problem, cover })
  const judged = checkRoster({ ...problem, cover }, roster)
  expect(judged.broken).toEqual([])
  expect(cost).toBe(judged.cost)
  expect(bound).toBe(cost)
})

test('somebody whose own rules leave her no row is named', async () => {
  const impossible = { leastMinutes: 4800, daysOff: [0, 1, 2, 3, 4, 5] }
  const decision = await solveRoster(post(10, [{}, impossible]), solver, { seed: 1 })
  expect(decision).toMatchObject({ ok: false, refusal: { code: 'planner.no-row', values: { person: 'P1' } } })
})

test('without anybody every shift is missing, and that is proven', async () => {
  expect(await solved(post(3, []))).toMatchObject({ cost: 60, bound: 60, status: 'proven', roster: {} })
})

test('a solver that crashes for good leaves the roster that was there', async () => {
  const broken = await loadSolver()
  const refusing = {
    ...broken,
    hold: (problem: Parameters<typeof broken.hold>[0]) => ({
      ...broken.hold(problem),
      solve: async () => ({ ok: false as const, refusal: { code: 'solver.crashed', values: {} } }),
    }),
  }
  const problem = post(28, [{ wishes, leastMinutes: 4800 }, { wishes }, { wishes }], 2)
  const decision = await solveRoster(problem, refusing, { seed: 1 })
  if (!decision.ok) throw new Error(decision.refusal.code)
  expect(decision.value.status).toBe('stopped')
  expect(checkRoster(problem, decision.value.roster).broken).toEqual([])
})
