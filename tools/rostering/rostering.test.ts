import { existsSync, readFileSync } from 'node:fs'
import { checkRoster } from '@lentera/planner/checker'
import { solveRoster } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/solver'
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
13,N,1,100,1
`

test('a negative nothing, as it is published, is nothing', () => {
  expect(readInstance(text.replace('0,E,5,100,1', '0,E,-0,100,1')).cover[0]?.required).toBe(0)
})

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
  expect(problem.cover).toEqual([
    { day: 0, by: ['E'], skill: null, required: 5, under: 100, over: 1 },
    { day: 13, by: ['N'], skill: null, required: 1, under: 100, over: 1 },
  ])
})

test.each([
  ['a shift of no length', 'E,480,', 'E,long,', 6, 'not a whole number'],
  ['a shift twice', 'N,600,E|N', 'E,600,', 7, 'shift E is there twice'],
  ['an unknown shift that may not follow', 'N,600,E|N', 'N,600,E|X', 7, 'no shift X'],
  ['a person with a field too few', '4320,3360,5,2,3,1', '4320,3360,5,2,3', 10, '7 fields'],
  ['a person with a field too many', '4320,3360,5,2,3,1', '4320,3360,5,2,3,1,9', 10, '9 fields'],
  ['least minutes above the most', '4320,3360', '3360,4320', 10, 'least minutes'],
  ['a most of a shift there is not', 'E=14|N=0', 'E=14|X=0', 10, 'no shift X'],
  ['a most that is no number', 'E=14', 'E=many', 10, 'not a whole number'],
  ['a day off beyond the horizon', 'A,0,13', 'A,0,14', 13, 'Day 14'],
  ['leave of a person there is not', 'A,0,13', 'B,0,13', 13, 'no person B'],
  ['a wish without a weight', 'A,2,E,2', 'A,2,E', 16, '3 fields'],
  ['a wish for a shift there is not', 'A,3,N,5', 'A,3,X,5', 19, 'no shift X'],
  ['cover of a negative number', '0,E,5,100,1', '0,E,-5,100,1', 22, 'not a whole number'],
  ['a cover cut in the middle of a line', '13,N,1,100,1', '13,N,1,10', 23, '4 fields'],
  ['a cover cut at the end of a line', '13,N,1,100,1', '', 24, 'ends with day 0'],
  ['a section of another name', 'SECTION_DAYS_OFF', 'SECTION_LEAVE', 12, 'no SECTION_LEAVE'],
  ['a section twice', 'SECTION_SHIFT_OFF_REQUESTS', 'SECTION_SHIFT_ON_REQUESTS', 18, 'there twice'],
  ['a line before any section', '# a remark', 'remark', 1, 'before any section'],
  ['a horizon of no days', '14\n\nSECTION_SHIFTS', '0\n\nSECTION_SHIFTS', 3, 'horizon'],
])('%s is refused by line and reason', (_, right, wrong, line, reason) => {
  expect(text).toContain(right)
  const refused = (): unknown => readInstance(text.replace(right, wrong))
  expect(refused).toThrow(`line ${line}: `)
  expect(refused).toThrow(reason)
})

test('a file cut short at any line is refused, wherever it is cut', () => {
  const lines = text.trimEnd().split('\n')
  for (let kept = 0; kept < lines.length; kept++) {
    expect(() => readInstance(lines.slice(0, kept).join('\n'))).toThrow(/^line \d+: /)
  }
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
