import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPlan } from '../checker/checker.ts'
import { planProblems } from '../checker/testing/plan-problems.ts'
import { type Gap, type Plan, solvePlan } from './plan.ts'

const solver = await loadSolver()

/** What a plan says of itself, each made false; null where there is nothing to falsify. */
const falsified: Readonly<Record<string, (plan: Plan) => Plan | null>> = {
  'reached, with its bound': (plan) => {
    const reached = 2 * plan.value.reached + 5
    return { ...plan, status: 'proven', value: { ...plan.value, reached, bound: reached } }
  },
  'no number reached': (plan) => ({ ...plan, value: { ...plan.value, reached: Number.NaN, bound: Number.NaN } }),
  'called proven, with its bound elsewhere': (plan) =>
    plan.status === 'proven' ? null : { ...plan, status: 'proven' },
  'a bound on the wrong side': (plan) => {
    const { sense, reached } = plan.value
    return { ...plan, value: { ...plan.value, bound: sense === 'least' ? reached + 1 : reached - 1 } }
  },
  'a false row before the right one': (plan) => {
    const [row] = plan.after
    return row ? { ...plan, after: [{ ...row, covered: row.covered + 1 }, ...plan.after] } : null
  },
  'why it stays open': (plan) =>
    ofGaps(plan, (gap) => ({ ...gap, why: gap.why === 'impossible' ? 'shared' : 'impossible' })),
  'women it has, and that are missing': (plan) =>
    ofGaps(plan, (gap) => ({ ...gap, proof: { ...gap.proof, has: gap.proof.has + 3, missing: 99 } })),
  'women a way could add': (plan) =>
    ofGaps(plan, ({ proof, ...gap }) => {
      const parts = proof.parts.map((part) => (part.way === 'hire' ? { ...part, can: part.can + 1 } : part))
      return { ...gap, proof: { ...proof, parts } }
    }),
  'a reason left out': (plan) => {
    const has = plan.gaps.some(({ proof }) => proof.parts.some(({ because }) => because.length > 0))
    const without = ({ proof, ...gap }: Gap): Gap => ({
      ...gap,
      proof: { ...proof, parts: proof.parts.map((part) => ({ ...part, because: [] })) },
    })
    return has ? ofGaps(plan, without) : null
  },
  'the proof of another post': (plan) =>
    ofGaps(plan, (gap) => ({ ...gap, proof: { ...gap.proof, post: 'elsewhere' } })),
}

function ofGaps(plan: Plan, to: (gap: Gap) => Gap): Plan | null {
  return plan.gaps.length === 0 ? null : { ...plan, gaps: plan.gaps.map(to) }
}

test('whatever a plan says falsely of itself is found: its value, its rows, why a post stays open and each proof', async () => {
  const tried = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(planProblems, async (problem) => {
      const decided = await solvePlan(problem, { solver, elapsed: () => 0 })
      if (!decided.ok || checkPlan(problem, decided.value).broken.length > 0) return
      for (const [what, falsify] of Object.entries(falsified)) {
        const plan = falsify(decided.value)
        if (plan === null) continue
        tried.set(what, (tried.get(what) ?? 0) + 1)
        expect([what, checkPlan(problem, plan).broken.length > 0]).toEqual([what, true])
      }
    }),
    { seed: 11, numRuns: 60, endOnFailure: true },
  )
  expect(Object.keys(falsified).filter((what) => (tried.get(what) ?? 0) < 10)).toEqual([])
})
