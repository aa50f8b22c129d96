import { capsFor, countryOf, noCaps } from '@lentera/planner/invented/country'
import { type PlanProblem, solvePlan } from '@lentera/planner/plan'
import { loadSolver, type Solver } from '@lentera/planner/solver'

/**
 * Plans of an invented country at three sizes: the fewest changes to a trained woman on every shift, the same within caps,
 * and the most risk-weighted cover for a budget within caps. From the problem to the plan with its proofs; seconds are of
 * the processor, on one core.
 */
export async function benchPlans(measured: (row: string[]) => void): Promise<void> {
  const solver = await loadSolver()
  for (const { what, years, caps, aim } of asked)
    for (const posts of [200, 1000, 5000]) {
      const yearly = Array.from({ length: years }, () => (caps ? capsFor(posts) : noCaps))
      const problem = countryOf({ posts, seed: 1, years, changes: { aim: aim(posts), caps: yearly } })
      measured(await benchPlan(solver, what, problem))
    }
}

const every = (): PlanProblem['aim'] => ({ kind: 'every-shift', budget: null })

const asked: readonly {
  readonly what: string
  readonly years: number
  readonly caps: boolean
  readonly aim: (posts: number) => PlanProblem['aim']
}[] = [
  { what: 'fewest changes', years: 1, caps: false, aim: every },
  { what: 'fewest changes within caps', years: 1, caps: true, aim: every },
  { what: 'fewest changes within caps, 3 years', years: 3, caps: true, aim: every },
  {
    what: 'most cover for a budget within caps',
    years: 1,
    caps: true,
    aim: (posts) => ({ kind: 'most-cover', budget: 6000 * posts, counts: 'shifts' }),
  },
]

async function benchPlan(solver: Solver, what: string, problem: PlanProblem): Promise<string[]> {
  const posts = problem.posts.length
  const began = performance.now()
  const before = process.cpuUsage()
  const decided = await solvePlan(problem, {
    solver,
    seed: 1,
    gap: posts > 200 ? 0.01 : 0,
    seconds: 60,
    elapsed: () => (performance.now() - began) / 1000,
  })
  const { user, system } = process.cpuUsage(before)
  const size = `plan, ${what}, ${posts.toLocaleString('en')} posts, ${problem.officers.length.toLocaleString('en')} officers`
  const must = posts > 200 ? '10 s, gap 1 % (5,000 posts)' : '1 s, proven'
  if (!decided.ok) return [size, decided.refusal.code, must, '']
  const { status, value, actions, gaps } = decided.value
  const gap = Math.abs(value.reached - value.bound) / Math.max(1, Math.abs(value.bound))
  return [
    size,
    `${((user + system) / 1e6).toFixed(2)} s, gap ${(100 * gap).toFixed(3)} %`,
    must,
    `${status}; ${actions.length.toLocaleString('en')} actions, ${gaps.length.toLocaleString('en')} posts with uncovered shifts`,
  ]
}
