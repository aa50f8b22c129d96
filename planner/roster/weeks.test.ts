import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRoster, checkRosterProblem } from '../checker/checker.ts'
import { shifts, somebody, someDemand, upTo } from '../checker/testing/roster-problems.ts'
import { Buffers } from './by-days.ts'
import { chanceOf } from './chance.ts'
import { draftOf } from './draft.ts'
import { excerptOf } from './excerpt.ts'
import { rowsByWeeks } from './first.ts'
import { modelOf, type Row, rosterOf } from './model.ts'
import { createRelaxation } from './relaxation.ts'
import { type Person, type RosterProblem, solveRoster } from './roster.ts'

const solver = await loadSolver()
const runs = { numRuns: 30, seed: 20261128 }

const problems = fc.integer({ min: 6, max: 24 }).chain((days) =>
  fc.record<RosterProblem>({
    days: fc.constant(days),
    startsOn: upTo(6),
    weekendsByHours: fc.boolean(),
    shifts: fc.constant(shifts),
    people: fc.tuple(somebody('P', days), somebody('Q', days), somebody('R', days)),
    cover: fc.array(someDemand(days), { maxLength: 30 }),
  }),
)

const sound = problems.filter((problem) => checkRosterProblem({ ...problem, cover: [] }).length === 0)

test('some days of some people, solved alone, fit into their place: no rule is broken, and the whole costs as much less or more as they do', async () => {
  let judged = 0
  await fc.assert(
    fc.asyncProperty(sound, upTo(23), fc.integer({ min: 1, max: 12 }), upTo(3), async (problem, day, length, who) => {
      const first = await solveRoster(problem, solver, { seed: 1, rounds: 0 })
      if (!first.ok) return
      judged++
      const model = modelOf(problem)
      const actionOf = new Map(problem.shifts.map(({ key }, index) => [key, index + 1]))
      const rows = problem.people.map(({ key }) =>
        Uint8Array.from(first.value.roster[key] ?? [], (shift) => actionOf.get(shift ?? '') ?? 0),
      )
      const from = day % problem.days
      const people = [0, 1, 2].filter((person) => person !== who)
      const days = { from, end: Math.min(problem.days, from + length) }
      const excerpt = excerptOf(model, draftOf(model, rows), people, days)
      const stood = checkRoster(excerpt.model.problem, rosterOf(excerpt.model, excerpt.draft.rows))
      expect(stood.broken).toEqual([])
      const again = await solveRoster(excerpt.model.problem, solver, { seed: 1, rounds: 2 })
      if (!again.ok) throw new Error(again.refusal.code)
      const roster: Record<string, readonly (string | null)[]> = { ...first.value.roster }
      for (const { key } of excerpt.model.problem.people) {
        const whole = [...(roster[key] ?? [])]
        whole.splice(excerpt.from, excerpt.model.days, ...(again.value.roster[key] ?? []))
        roster[key] = whole
      }
      const [before, after] = [checkRoster(problem, first.value.roster), checkRoster(problem, roster)]
      expect(after.broken).toEqual([])
      expect(after.cost - before.cost).toBeCloseTo(again.value.cost - stood.cost, 6)
    }),
    { ...runs, numRuns: 60, endOnFailure: true },
  )
  expect(judged).toBeGreaterThan(15)
})

test('whatever its prices, a relaxation promises no less than the best roster found', async () => {
  let tight = 0
  await fc.assert(
    fc.asyncProperty(sound, async (problem) => {
      const solved = await solveRoster(problem, solver, { seed: 1, rounds: 2 })
      if (!solved.ok) return
      const relaxation = createRelaxation(modelOf(problem))
      for (let step = 0; step < 40; step++) relaxation.step(solved.value.cost)
      expect(relaxation.bound()).toBeLessThanOrEqual(solved.value.cost + 1e-6)
      if (solved.value.cost > 0 && relaxation.bound() > 0.9 * solved.value.cost) tight++
    }),
    runs,
  )
  expect(tight).toBeGreaterThan(0)
})

test('half a year made a few weeks at a time keeps the minutes, weekends and rests of the whole', () => {
  const days = 182
  const person = (key: string, index: number): Person => ({
    key,
    skills: [],
    mostShifts: index === 0 ? { N: 0 } : { N: 40 },
    mostOnCall: 20,
    leastMinutes: 48_000,
    mostMinutes: 52_000,
    leastInARow: 2,
    mostInARow: 5,
    leastFreeInARow: 2,
    mostWeekends: 13,
    windows: [],
    daysOff: [10 + index, 60, 61, 62, 63, 64, 100 + index],
    wishes: [],
    balance: [],
    fixed: [],
    before: [],
  })
  const cover = Array.from({ length: days * 2 }, (_, index) => {
    const by = [index % 2 === 0 ? 'D' : 'N']
    return { day: Math.floor(index / 2), by, skill: null, required: 1, under: 100, over: 1 }
  })
  const problem: RosterProblem = { days, startsOn: 0, shifts, people: ['P', 'Q', 'R', 'S'].map(person), cover }
  const model = modelOf(problem)
  const rows = rowsByWeeks(model, new Buffers(), chanceOf(1)).filter((row): row is Row => row !== undefined)
  expect(rows).toHaveLength(4)
  expect(checkRoster(problem, rosterOf(model, rows)).broken).toEqual([])
})
