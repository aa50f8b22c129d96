import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRoster, checkRosterProblem } from '../checker/checker.ts'
import { loadSolver } from '../solver/index.ts'
import { type Person, type Roster, type RosterProblem, type ShiftType, solveRoster } from './roster.ts'

const solver = await loadSolver()

const shifts: readonly ShiftType[] = [
  { key: 'D', starts: 360, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] },
  { key: 'N', starts: 1320, minutes: 600, isNight: true, isOnCall: false, cannotFollow: ['D'] },
  { key: 'S', starts: 0, minutes: 60, isNight: false, isOnCall: true, cannotFollow: [] },
]
const shift = fc.constantFrom('D', 'N', 'S')
const below = (max: number) => fc.integer({ min: 0, max })

const person = (key: string, days: number) =>
  fc.record<Person>({
    key: fc.constant(key),
    skills: fc.constantFrom([], ['trained-woman']),
    mostShifts: fc.dictionary(shift, below(5), { maxKeys: 2 }),
    leastMinutes: below(days * 100),
    mostMinutes: fc.integer({ min: days * 200, max: days * 500 }),
    leastInARow: below(3),
    mostInARow: fc.integer({ min: 3, max: 7 }),
    leastFreeInARow: below(3),
    mostWeekends: below(3),
    windows: fc.array(fc.record({ days: fc.integer({ min: 2, max: 18 }), most: fc.integer({ min: 1, max: 7 }) }), {
      maxLength: 2,
    }),
    daysOff: fc.array(below(days - 1), { maxLength: 2 }),
    wishes: fc.array(fc.record({ day: below(days - 1), shift, weight: below(9), isWanted: fc.boolean() }), {
      maxLength: 4,
    }),
    balance: fc.array(
      fc.record({
        shifts: fc.uniqueArray(shift, { minLength: 1 }),
        low: below(3),
        high: fc.integer({ min: 3, max: 6 }),
        weight: below(9),
      }),
      { maxLength: 2 },
    ),
    fixed: fc.array(fc.record({ day: below(days - 1), shift: fc.option(shift) }), { maxLength: 1 }),
    before: fc.array(fc.option(shift, { freq: 2 }), { maxLength: 6 }),
  })

const problemOf = (mostDays: number, mostPeople: number): fc.Arbitrary<RosterProblem> =>
  fc.tuple(fc.integer({ min: 4, max: mostDays }), fc.integer({ min: 1, max: mostPeople })).chain(([days, count]) =>
    fc.record({
      days: fc.constant(days),
      startsOn: below(6),
      shifts: fc.constant(shifts),
      people: fc.tuple(...['P', 'Q', 'R', 'T'].slice(0, count).map((key) => person(key, days))),
      cover: fc.array(
        fc.record({
          day: below(days - 1),
          by: fc.uniqueArray(shift, { minLength: 1 }),
          skill: fc.constantFrom(null, 'trained-woman'),
          required: below(3),
          under: below(100),
          over: below(5),
        }),
        { maxLength: 20 },
      ),
    }),
  )

/** Demands may contradict one another: that is dear, and no reason to give no roster. */
const isSound = (problem: RosterProblem): boolean => checkRosterProblem({ ...problem, cover: [] }).length === 0

/** A smaller example of a failure would take minutes: the first one is shown. */
const runs = { seed: 20261128, endOnFailure: true }

test('every roster keeps every hard rule, and costs what the checker counts, not less than its bound', async () => {
  let judged = 0
  await fc.assert(
    fc.asyncProperty(problemOf(16, 4).filter(isSound), async (problem) => {
      const solved = await solveRoster(problem, solver, { seed: 1, rounds: 3 })
      if (!solved.ok) return
      judged += 1
      const { roster, cost, bound, status } = solved.value
      const own = checkRoster(problem, roster)
      expect(own.broken).toEqual([])
      expect(cost).toBeCloseTo(own.cost, 6)
      expect(bound).toBeLessThanOrEqual(cost + 1e-6)
      if (status === 'proven') expect(bound).toBeCloseTo(cost, 6)
    }),
    { ...runs, numRuns: 150 },
  )
  expect(judged).toBeGreaterThan(75)
})

test('of one person and a few days every roster is tried: none that keeps the rules costs less, and where there is none it is said', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(problemOf(5, 1).filter(isSound), async (problem) => {
      const costs = everyRoster(problem.days)
        .map((row): Roster => ({ P: row }))
        .map((roster) => checkRoster(problem, roster))
        .filter(({ broken }) => broken.length === 0)
        .map(({ cost }) => cost)
      const solved = await solveRoster(problem, solver, { seed: 1, rounds: 3 })
      expect(solved.ok).toBe(costs.length > 0)
      if (!solved.ok) refused += 1
      else if (solved.value.status === 'proven') expect(solved.value.cost).toBeCloseTo(Math.min(...costs), 6)
      else expect(solved.value.bound).toBeLessThanOrEqual(Math.min(...costs) + 1e-6)
    }),
    { ...runs, numRuns: 80 },
  )
  expect(refused).toBeGreaterThan(0)
})

function everyRoster(days: number): readonly (readonly (string | null)[])[] {
  if (days === 0) return [[]]
  return everyRoster(days - 1).flatMap((row) => [null, 'D', 'N', 'S'].map((shift) => [...row, shift]))
}
