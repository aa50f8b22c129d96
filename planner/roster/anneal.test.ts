import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRoster, checkRosterProblem } from '../checker/checker.ts'
import { shifts, somebody, someDemand, upTo } from '../checker/testing/roster-problems.ts'
import { Annealing } from './anneal.ts'
import { chanceOf } from './chance.ts'
import { draftOf } from './draft.ts'
import { modelOf, rosterOf, rowsOf } from './model.ts'
import { type RosterProblem, solveRoster } from './roster.ts'

const solver = await loadSolver()

const problems = fc
  .integer({ min: 4, max: 28 })
  .chain((days) =>
    fc.record({
      days: fc.constant(days),
      startsOn: upTo(6),
      weekendsByHours: fc.boolean(),
      shifts: fc.constant(shifts),
      people: fc.tuple(somebody('P', days), somebody('Q', days), somebody('R', days)),
      cover: fc.array(someDemand(days), { maxLength: 40 }),
      isTogether: fc.boolean(),
    }),
  )
  .map(({ isTogether, ...problem }): RosterProblem => {
    if (!isTogether) return problem
    const types = shifts.map((type) => ({ ...type, leastTogether: type.isOnCall ? 1 : 2 }))
    const company = types.flatMap(({ key, leastTogether: least }) =>
      least < 2 ? [] : Array.from({ length: problem.days }, (_, day) => ({ day, shift: key, least })),
    )
    return { ...problem, shifts: types, company }
  })
  .filter((problem) => checkRosterProblem({ ...problem, cover: [] }).length === 0)

test('however hot, no change of a roster breaks a hard rule, and what it costs is what the checker counts', async () => {
  let changed = 0
  let lonely = 0
  await fc.assert(
    fc.asyncProperty(problems, upTo(1000), async (problem, seed) => {
      const first = await solveRoster(problem, solver, { seed: 1, rounds: 0 })
      if (!first.ok) return
      const model = modelOf(problem)
      const annealing = new Annealing(model, draftOf(model, rowsOf(model, first.value.roster)), chanceOf(seed))
      for (const heat of [1000, 10, 0.1]) {
        if (model.company.length > 0) annealing.weighAlone(100 / heat)
        annealing.cool(1000, heat)
        const draft = annealing.draft()
        const roster = rosterOf(model, draft.rows)
        const { broken, cost } = checkRoster(problem, roster)
        // Whoever is alone on the way is weighed, and goes in the end.
        const alone = broken.filter(({ code }) => code === 'roster.alone').length
        if (alone > 0) lonely++
        expect(broken).toHaveLength(alone)
        expect(annealing.cost()).toBeCloseTo(cost + (alone * 100) / heat, 6)
        expect(draft.cost).toBeCloseTo(annealing.cost(), 6)
        if (JSON.stringify(roster) !== JSON.stringify(first.value.roster)) changed++
      }
    }),
    { numRuns: 30, seed: 20261128 },
  )
  expect(changed).toBeGreaterThan(30)
  expect(lonely).toBeGreaterThan(3)
})

/** Weeks of one shift, and people who may work five days in a row and three weekends of four. */
function weeksOf(weeks: number, people: number, required: number): RosterProblem {
  const days = 7 * weeks
  return {
    days,
    startsOn: 0,
    shifts: [{ key: 'D', starts: 480, minutes: 480, isNight: false, isOnCall: false, cannotFollow: [] }],
    people: Array.from({ length: people }, (_, person) => ({
      key: `P${person}`,
      skills: [],
      mostShifts: {},
      mostOnCall: Infinity,
      leastMinutes: 0,
      mostMinutes: 5 * weeks * 480,
      leastInARow: 2,
      mostInARow: 5,
      leastFreeInARow: 2,
      mostWeekends: Math.floor((3 * weeks) / 4),
      windows: [],
      daysOff: [],
      wishes: [],
      balance: [],
      fixed: [],
      before: [],
    })),
    cover: Array.from({ length: days }, (_, day) => ({ day, by: ['D'], skill: null, required, under: 100, over: 1 })),
  }
}

test('from free days alone, nearly all shifts of a month come to be covered', () => {
  const problem = weeksOf(4, 10, 6)
  const model = modelOf(problem)
  const free = model.people.map(() => new Uint8Array(model.days))
  const annealing = new Annealing(model, draftOf(model, free), chanceOf(1))
  for (let step = 0; step < 100; step++) annealing.cool(1000, 30 * 0.95 ** step)
  const { broken, cost } = checkRoster(problem, rosterOf(model, annealing.draft().rows))
  expect(broken).toEqual([])
  // 168 shifts are asked for: of 28 days of nobody it costs 16,800.
  expect(cost).toBeLessThan(500)
})

test('of many people, too, the same seed gives the same roster where nobody measures the time', async () => {
  const problem = weeksOf(6, 44, 30)
  const [one, other] = [
    await solveRoster(problem, solver, { seed: 7, rounds: 1, leans: 'roster' }),
    await solveRoster(problem, solver, { seed: 7, rounds: 1, leans: 'roster' }),
  ]
  if (!one.ok || !other.ok) throw new Error('refused')
  expect(checkRoster(problem, one.value.roster).broken).toEqual([])
  // By turns alone it costs 57,200.
  expect(one.value.cost).toBeLessThan(10_000)
  expect(other.value).toEqual(one.value)
})
