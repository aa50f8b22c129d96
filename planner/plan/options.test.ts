import { loadSolver } from '@lentera/solver'
import { expect, test } from 'vitest'
import { checkPlan } from '../checker/checker.ts'
import { countryOf, noCaps, rules } from '../invented/country.ts'
import { changeWeight, type HumaneOption, type HumaneOptions, humaneOptions, type PlanProblem } from './plan.ts'

const solver = await loadSolver()

/** Covered shifts weighed by risk, in the mean of the years, less what the changes weigh: what "most cover" is about. */
function weighedCover({ posts, years }: PlanProblem, { plan }: HumaneOption): number {
  const riskOf = new Map(posts.map(({ key, risk }) => [key, risk]))
  const covered = plan.after.reduce((sum, { post, covered: shifts }) => sum + shifts * (riskOf.get(post) ?? 0), 0)
  return covered / years - changeWeight * plan.changes
}

test.each([4, 7, 9, 12])(
  'over five years no way is told as the best of its kind while one beside it, free to be it, is better (country %i)',
  async (seed) => {
    const changes = { rules: { ...rules, attrition: 0.05, onCall: { minutes: 60, hires: false } } }
    const country = countryOf({ posts: 8, seed, years: 5, changes })
    const budget = 60_000
    const problem: PlanProblem = {
      ...country,
      caps: country.caps.map(() => ({ ...noCaps, budget })),
      aim: { kind: 'every-shift', budget },
    }
    const soFar: HumaneOptions[] = []
    const run = { solver, elapsed: () => 0, onOptions: (drawn: HumaneOptions) => soFar.push(drawn) }
    const answer = await humaneOptions(problem, budget, run)
    if (!answer.ok) throw new Error(answer.refusal.code)
    // Whoever waits no longer has what was there: one way, two, and all.
    expect(soFar.map(({ options }) => options.length)).toEqual([1, 2, 3])
    expect(soFar.at(-1)).toEqual(answer.value)
    const [noMoves, fewest, most] = answer.value.options
    if (!noMoves || !fewest || !most) throw new Error('three options')
    for (const { problem: asked, plan } of answer.value.options) expect(checkPlan(asked, plan).broken).toEqual([])
    for (const other of [noMoves, fewest])
      expect(weighedCover(problem, most)).toBeGreaterThanOrEqual(weighedCover(problem, other) - 1e-6)
    expect(fewest.plan.value.reached).toBeLessThanOrEqual(noMoves.plan.value.reached + 1e-6)
    expect(noMoves.moved).toBe(0)
  },
)
