import { capsFor, countryOf, noCaps } from '@lentera/planner/invented/country'
import { solvePlan } from '@lentera/planner/plan'
import { loadSolver } from '@lentera/solver'

const [what = 'most', posts = '200', seeds = '10'] = process.argv.slice(2)
const solver = await loadSolver()
const times: number[] = []
for (let seed = 1; seed <= Number(seeds); seed++) {
  const n = Number(posts)
  const aim =
    what === 'most'
      ? ({ kind: 'most-cover', budget: 6000 * n, counts: 'shifts' } as const)
      : ({ kind: 'every-shift', budget: what === 'budget' ? 6000 * n : null } as const)
  const problem = countryOf({
    posts: n,
    seed,
    years: 1,
    changes: { aim, caps: [what === 'plain' ? noCaps : capsFor(n)] },
  })
  const began = performance.now()
  const before = process.cpuUsage()
  const d = await solvePlan(problem, {
    solver,
    seed: 1,
    gap: n > 200 ? 0.01 : 0,
    seconds: 60,
    elapsed: () => (performance.now() - began) / 1000,
  })
  const { user, system } = process.cpuUsage(before)
  times.push((user + system) / 1e6)
  if (d.ok)
    console.log(
      seed,
      times.at(-1)?.toFixed(2),
      ((performance.now() - began) / 1000).toFixed(2),
      d.value.status,
      d.value.value.reached,
      d.value.value.bound,
      d.value.actions.length,
    )
  else console.log(seed, d.refusal)
}
times.sort((a, b) => a - b)
console.log('median', times[times.length >> 1], 'max', times.at(-1))
