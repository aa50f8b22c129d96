import { loadSolver } from '@lentera/solver'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPlan, checkSteps, judgeStep } from '../checker/checker.ts'
import { planProblems } from '../checker/testing/plan-problems.ts'
import { type Action, type PlanProblem, type StepWish, solvePlan, stepByHand } from './plan.ts'

const solver = await loadSolver()
const run = { solver, elapsed: () => 0, seconds: 60 }
const runs = { seed: 20261128, endOnFailure: true }

/** Which of the problem's posts and women, by number: what a form offers exists. */
type Touch = {
  readonly kind: StepWish['kind']
  readonly post: number
  readonly other: number
  readonly who: number
  readonly count: number
  readonly facility: 'lodging' | 'toilets'
  readonly year: number
}
const touches: fc.Arbitrary<Touch> = fc.record({
  kind: fc.constantFrom('facility', 'train', 'hire', 'pool', 'pool', 'move', 'move', 'move', 'move', 'day-only'),
  post: fc.nat(20),
  other: fc.nat(20),
  who: fc.nat(40),
  count: fc.integer({ min: 1, max: 3 }),
  facility: fc.constantFrom('lodging', 'toilets'),
  year: fc.nat(2),
})

function wishOf({ posts, officers, years }: PlanProblem, touch: Touch): StepWish | undefined {
  const { kind, count, facility } = touch
  const at = (index: number): string => posts[index % posts.length]?.key ?? ''
  const post = at(touch.post)
  const year = 1 + (touch.year % years)
  const women = officers.filter(({ isWoman }) => isWoman)
  const who = women[touch.who % Math.max(1, women.length)]?.key
  if (kind === 'train') return who === undefined ? undefined : { kind, officers: [who], year }
  if (kind === 'move') return who === undefined ? undefined : { kind, officers: [who], to: post, year }
  if (kind === 'pool') return { kind, posts: [post, at(touch.other)], year }
  return kind === 'hire'
    ? { kind, post, count, year }
    : kind === 'facility'
      ? { kind, post, facility, year }
      : { kind, post, year }
}

/** What must be covered, and over several years might not be, is another test's. */
const problems = planProblems.map(
  (problem): PlanProblem => ({
    ...problem,
    posts: problem.posts.map((post) => ({ ...post, mustBeCovered: false })),
    forbidden: [],
  }),
)

test('a step that the checker lets a hand set is solved around, and the plan breaks no rule but what only costs', async () => {
  const seen = new Map<string, number>()
  const see = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)
  await fc.assert(
    fc.asyncProperty(problems, fc.array(touches, { minLength: 1, maxLength: 3 }), async (problem, touched) => {
      if (!(await solvePlan(problem, run)).ok) return
      let own: readonly Action[] = []
      for (const touch of touched) {
        const wish = wishOf(problem, touch)
        const step = wish && stepByHand(problem, wish)
        if (!step) continue
        const judged = judgeStep(problem, own, step)
        if (judged.broken.length > 0) {
          see('refused')
          // It is refused by rules that it really breaks beside her own steps.
          const { broken } = checkSteps({ ...problem, fixed: [] }, [...own, step])
          expect(broken.map(({ code }) => code)).toEqual(expect.arrayContaining(judged.broken.map(({ code }) => code)))
          continue
        }
        own = [...own, step]
        const again = await solvePlan({ ...problem, fixed: own }, run)
        if (!again.ok)
          throw new Error(`${again.refusal.code} ${JSON.stringify(again.refusal.contradicts)} ${JSON.stringify(step)}`)
        const harmless = new Set(['plan.needs-no-training', 'plan.moved-untrained'])
        const { broken } = checkPlan({ ...problem, fixed: own }, again.value)
        expect(broken.filter(({ code }) => !harmless.has(code))).toEqual([])
        see(step.kind)
      }
    }),
    { ...runs, numRuns: 250 },
  )
  console.log(`steps by hand: ${[...seen].map(([what, times]) => `${what} ${times}`).join(', ')}`)
  expect(
    ['refused', 'facility', 'train', 'hire', 'pool', 'move', 'day-only'].filter((what) => !seen.has(what)),
  ).toEqual([])
})

test('a step speaks only of posts and officers that exist', () => {
  const [problem] = fc.sample(problems, { seed: 1, numRuns: 1 })
  if (!problem) throw new Error('no problem')
  expect(stepByHand(problem, { kind: 'hire', post: 'Z', count: 1, year: 1 })).toBeUndefined()
  expect(stepByHand(problem, { kind: 'train', officers: ['Z9'], year: 1 })).toBeUndefined()
  expect(stepByHand(problem, { kind: 'pool', posts: ['A', 'A'], year: 1 })).toBeUndefined()
})
