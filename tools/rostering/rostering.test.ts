import { existsSync, readFileSync } from 'node:fs'
import { checkRoster } from '@lentera/planner/checker'
import { solveRoster } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/planner/solver'
import { describe, expect, test } from 'vitest'
import { officersOfPost, womenOfPost } from './posts.ts'
import { readInstance } from './read-instance.ts'

const published = new URL('../../../shared/data/rostering/schedulingbenchmarks/', import.meta.url)

const text = `# a remark
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
N,600,E|N

SECTION_STAFF
A,E=14|N=0,4320,3360,5,2,3,1

SECTION_DAYS_OFF
A,0,13

SECTION_SHIFT_ON_REQUESTS
A,2,E,2

SECTION_SHIFT_OFF_REQUESTS
A,3,N,5

SECTION_COVER
0,E,5,100,1
`

test('every section of the public format is read', () => {
  const problem = readInstance(text)
  expect(problem).toMatchObject({ days: 14, startsOn: 0 })
  expect(problem.shifts.map(({ key, minutes, cannotFollow }) => ({ key, minutes, cannotFollow }))).toEqual([
    { key: 'E', minutes: 480, cannotFollow: [] },
    { key: 'N', minutes: 600, cannotFollow: ['E', 'N'] },
  ])
  expect(problem.people).toMatchObject([
    {
      key: 'A',
      mostShifts: { E: 14, N: 0 },
      mostMinutes: 4320,
      leastMinutes: 3360,
      mostInARow: 5,
      leastInARow: 2,
      leastFreeInARow: 3,
      mostWeekends: 1,
      daysOff: [0, 13],
      wishes: [
        { day: 2, shift: 'E', weight: 2, isWanted: true },
        { day: 3, shift: 'N', weight: 5, isWanted: false },
      ],
    },
  ])
  expect(problem.cover).toEqual([{ day: 0, by: ['E'], skill: null, required: 5, under: 100, over: 1 }])
})

test('a line that is not of the format is refused with its section', () => {
  expect(() => readInstance(text.replace('E,480,', 'E,long,'))).toThrow('SECTION_SHIFTS')
})

const best = [
  { instance: 1, cost: 607 },
  { instance: 2, cost: 828 },
  { instance: 3, cost: 1001 },
]

describe.skipIf(!existsSync(published))('public instances (skipped where their folder is absent)', () => {
  test.each(best)(
    'instance $instance: the best cost that is published, and no rule broken',
    async ({ instance, cost }) => {
      const problem = readInstance(readFileSync(new URL(`Instance${instance}.txt`, published), 'utf8'))
      // Parts are counted, not seconds: as good on a busy machine.
      const solved = await solveRoster(problem, await loadSolver(), { seed: 1, rounds: 10 })
      if (!solved.ok) throw new Error(solved.refusal.code)
      expect(checkRoster(problem, solved.value.roster)).toMatchObject({ cost, broken: [] })
      expect(solved.value.bound).toBeLessThanOrEqual(cost)
    },
  )
})

test('rosters of invented posts keep every rule, and a shift is uncovered only where that is proven', async () => {
  const solver = await loadSolver()
  for (const problem of [...Array.from({ length: 8 }, (_, seed) => womenOfPost(seed)), officersOfPost(1, 15)]) {
    const solved = await solveRoster(problem, solver, { seed: 1, rounds: 20 })
    if (!solved.ok) throw new Error(solved.refusal.code)
    const { broken, parts } = checkRoster(problem, solved.value.roster)
    expect(broken).toEqual([])
    if (parts.underCover > 0) expect(solved.value.status).toBe('proven')
  }
})
