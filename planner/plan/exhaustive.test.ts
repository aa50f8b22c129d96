import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPlan } from '../checker/checker.ts'
import { planProblems } from '../checker/testing/plan-problems.ts'
import { type PlanProblem, solvePlan } from './plan.ts'
import { bestOfAll } from './testing/all-plans.ts'
import { tightProblem } from './testing/tight-problems.ts'

const solver = await loadSolver()

/**
 * Every plan there is, one after another, judged by the checker: what the solver calls proven is the best of them, and
 * what it calls contradictory has none. Two or three posts, up to four women, one year.
 */
test('what is called proven is the best of all plans there are, tried one by one', async () => {
  const seen = new Map<string, number>()
  const see = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)
  await fc.assert(
    fc.asyncProperty(planProblems.map(small), async (problem) => {
      const best = bestOfAll(problem)
      if (best === 'too-many') return see(best)
      const decided = await solvePlan(problem, { solver, elapsed: () => 0 })
      if (!decided.ok) {
        expect([decided.refusal.code, best]).toEqual(['planner.contradiction', null])
        return see('refused')
      }
      const { status, value } = decided.value
      expect(checkPlan(problem, decided.value).broken).toEqual([])
      if (status === 'proven') expect(value.reached).toBeCloseTo(best ?? Number.NaN, 5)
      else {
        // Of those who move some are expected to have left, of those who are hired none: the bound counts on the latter.
        expect(problem.rules.attrition).toBeGreaterThan(0)
        const worth = best ?? Number.NaN
        expect(value.sense === 'least' ? worth - value.bound : value.bound - worth).toBeGreaterThanOrEqual(-1e-6)
      }
      for (const { kind } of decided.value.actions) see(kind)
      see(status)
    }),
    { seed: 7, numRuns: 90, endOnFailure: true },
  )
  console.log(`plans against all others: ${[...seen].map(([what, times]) => `${what} ${times}`).join(', ')}`)
  expect(seen.get('proven')).toBeGreaterThan(35)
  expect(
    ['train', 'hire', 'move', 'pool', 'facility', 'day-only', 'refused'].filter((kind) => !seen.has(kind)),
  ).toEqual([])
}, 180_000)

/**
 * Few women, and ways that only pay together: a hire whose neighbour can be called, hours that are closed so that one may leave, a
 * limit of each kind. Each was once told as proven, or as impossible, and was not.
 */
test.each([46, 94, 55, ...Array.from({ length: 36 }, (_, seed) => seed + 1)])(
  'of tight problem %i no plan is better than the one called proven, and no gap called impossible can be closed',
  async (seed) => {
    const problem = tightProblem(seed)
    const best = bestOfAll(problem)
    if (best === 'too-many') return
    const decided = await solvePlan(problem, { solver, elapsed: () => 0 })
    if (!decided.ok) throw new Error(decided.refusal.code)
    const { status, value, gaps } = decided.value
    expect(checkPlan(problem, decided.value).broken).toEqual([])
    expect([status, value.reached]).toEqual(['proven', expect.closeTo(best ?? Number.NaN, 5)])
    for (const { post } of gaps.filter(({ why }) => why === 'impossible')) {
      const must = problem.posts.map((each) => ({ ...each, mustBeCovered: each.key === post, dayShifts: null }))
      expect([post, bestOfAll({ ...problem, posts: must })]).toEqual([post, null])
    }
  },
)

function small(problem: PlanProblem): PlanProblem {
  const posts = problem.posts.slice(0, 3)
  const keys = new Set(posts.map(({ key }) => key))
  const [cap] = problem.caps
  const women = problem.officers.filter(({ isWoman, post }) => isWoman && keys.has(post)).slice(0, 4)
  const men = problem.officers.filter(({ isWoman, post }) => !isWoman && keys.has(post))
  return { ...problem, years: 1, posts, officers: [...women, ...men], groups: [], caps: cap ? [cap] : [] }
}
