import { parentPort } from 'node:worker_threads'
import type { Decision } from '@lentera/core/shared/refusals'
import { type RosterProblem, type SolvedRoster, solveRoster } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/solver'

/** What a thread is asked; `known` is shared by all that are at the same problem: the best cost, then the best bound. */
export type Asked = {
  readonly problem: RosterProblem
  readonly leans: 'roster' | 'bound'
  readonly seed: number
  /** Milliseconds since 1970 at which the answer has to be there. */
  readonly until: number
  readonly known: Float64Array
}
export type Answered = Decision<SolvedRoster>

const solver = await loadSolver()

parentPort?.on('message', async ({ problem, leans, seed, until, known }: Asked) => {
  const started = Date.now()
  const answered: Answered = await solveRoster(problem, solver, {
    seed,
    leans,
    elapsed: () => (Date.now() - started) / 1000,
    seconds: Math.max(0, (until - started) / 1000),
    // Together they may have proven what neither has alone.
    shouldStop: () => (known[0] ?? Infinity) <= (known[1] ?? -Infinity) + 1e-6,
    onProgress: ({ best, bound }) => {
      known[0] = Math.min(known[0] ?? Infinity, best)
      known[1] = Math.max(known[1] ?? -Infinity, bound)
    },
  })
  parentPort?.postMessage(answered)
})
parentPort?.postMessage('ready')
