import { capsFor, countryOf, noCaps } from '@lentera/planner/invented/country'
import { type PlanProblem, solvePlan } from '@lentera/planner/plan'
import { loadSolver, type Solver } from '@lentera/solver'

/**
 * Plans of an invented country at three sizes: the fewest changes to a trained woman on every shift, the same within caps
 * and a budget, and the most risk-weighted cover for a budget. From the problem to the plan with its proofs; seconds are of
 * the processor, on one core. Of the smallest size ten countries are planned: median and slowest.
 */
export async function benchPlans(measured: (row: string[]) => void): Promise<void> {
  const solver = await loadSolver()
  for (const each of asked)
    for (const posts of [200, 1000, 5000]) {
      const seeds = Array.from({ length: posts === 200 && each.years === 1 ? 10 : 1 }, (_, at) => at + 1)
      const planned: Planned[] = []
      for (const seed of seeds) planned.push(await plannedFor(solver, each, posts, seed))
      measured(rowOf(each.what, posts, planned))
    }
}

const every = (): PlanProblem['aim'] => ({ kind: 'every-shift', budget: null })

type Asked = {
  readonly what: string
  readonly years: number
  readonly caps: boolean
  readonly aim: (posts: number) => PlanProblem['aim']
}

const asked: readonly Asked[] = [
  { what: 'fewest changes', years: 1, caps: false, aim: every },
  { what: 'fewest changes within caps', years: 1, caps: true, aim: every },
  {
    what: 'fewest changes for a budget within caps',
    years: 1,
    caps: true,
    aim: (posts) => ({ kind: 'every-shift', budget: 6000 * posts }),
  },
  { what: 'fewest changes within caps, 3 years', years: 3, caps: true, aim: every },
  {
    what: 'most cover for a budget within caps',
    years: 1,
    caps: true,
    aim: (posts) => ({ kind: 'most-cover', budget: 6000 * posts, counts: 'shifts' }),
  },
]

type Planned = {
  readonly seconds: number
  readonly gap: number
  readonly status: string
  readonly officers: number
  readonly found: string
}

async function plannedFor(solver: Solver, { years, caps, aim }: Asked, posts: number, seed: number): Promise<Planned> {
  const yearly = Array.from({ length: years }, () => (caps ? capsFor(posts) : noCaps))
  const problem = countryOf({ posts, seed, years, changes: { aim: aim(posts), caps: yearly } })
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
  const [seconds, officers] = [(user + system) / 1e6, problem.officers.length]
  if (!decided.ok) return { seconds, officers, gap: Number.NaN, status: decided.refusal.code, found: '' }
  const { status, value, actions, gaps } = decided.value
  const gap = Math.abs(value.reached - value.bound) / Math.max(1, Math.abs(value.bound))
  const found = `${actions.length.toLocaleString('en')} actions, ${gaps.length.toLocaleString('en')} posts with uncovered shifts`
  return { seconds, officers, gap, status, found }
}

function rowOf(what: string, posts: number, planned: readonly Planned[]): string[] {
  const [first] = planned
  const seconds = planned.map((each) => each.seconds).sort((a, b) => a - b)
  const [median, slowest] = [seconds[seconds.length >> 1] ?? 0, seconds.at(-1) ?? 0]
  const gap = Math.max(...planned.map((each) => each.gap))
  const times = planned.length === 1 ? '' : ` (slowest of ${planned.length}: ${slowest.toFixed(2)} s)`
  const statuses = Map.groupBy(planned, ({ status }) => status)
  const said = [...statuses]
    .map(([status, of]) => (planned.length === 1 ? status : `${of.length} ${status}`))
    .join(', ')
  return [
    `plan, ${what}, ${posts.toLocaleString('en')} posts, ${(first?.officers ?? 0).toLocaleString('en')} officers`,
    `${median.toFixed(2)} s${times}, gap ${(100 * gap).toFixed(3)} %`,
    posts > 200 ? '10 s, gap 1 % (5,000 posts)' : '1 s, proven',
    `${said}; ${first?.found ?? ''}`,
  ]
}
