import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRoster, checkRosterProblem } from '../checker/checker.ts'
import { shifts, somebody, someDemand, upTo } from '../checker/testing/roster-problems.ts'
import { fewestMissing, type Roster, type RosterProblem, solveRoster } from './roster.ts'
import { everyRow } from './testing/every-roster.ts'

const solver = await loadSolver()

const problemOf = (mostDays: number, mostPeople: number): fc.Arbitrary<RosterProblem> =>
  fc.tuple(fc.integer({ min: 4, max: mostDays }), fc.integer({ min: 1, max: mostPeople })).chain(([days, count]) =>
    fc.record({
      days: fc.constant(days),
      startsOn: upTo(6),
      weekendsByHours: fc.boolean(),
      shifts: fc.constant(shifts),
      people: fc.tuple(...['P', 'Q', 'R', 'T'].slice(0, count).map((key) => somebody(key, days))),
      cover: fc.array(someDemand(days), { maxLength: 20 }),
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
      const costs = everyRow(problem.days, ['D', 'N', 'S', 'W'])
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

test('the shifts that stay open are the fewest of all rosters: neither wishes nor fairness nor other shifts keep one open', async () => {
  let open = 0
  await fc.assert(
    fc.asyncProperty(problemOf(5, 1).filter(isSound), async (problem) => {
      const dearest = Math.max(0, ...problem.cover.map(({ under }) => under))
      const cover = problem.cover
        .filter(({ under, required }) => under === dearest && required > 0)
        .map((demand) => ({ ...demand, under: 1, over: 0 }))
      const missing = everyRow(problem.days, ['D', 'N', 'S', 'W'])
        .map((row) => checkRoster({ ...problem, cover }, { P: row }))
        .filter(({ broken }) => broken.length === 0)
        .map(({ parts }) => parts.underCover)
      const fewest = await fewestMissing(problem, solver, { seed: 1, rounds: 3 })
      if (!fewest.ok || missing.length === 0) return
      const { found, least } = fewest.value
      open += least
      expect(least).toBeLessThanOrEqual(Math.min(...missing))
      if (found === least) expect(least).toBe(Math.min(...missing))
    }),
    { ...runs, numRuns: 60 },
  )
  expect(open).toBeGreaterThan(0)
})
