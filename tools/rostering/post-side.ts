import { parentPort } from 'node:worker_threads'
import type { Decision } from '@lentera/core/shared/refusals'
import { type MadeRoster, makeRoster, type RosterProblem } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/solver'

/** What a thread is asked: the roster of one post, within seconds of its own processor. */
export type PostAsked = { readonly problem: RosterProblem; readonly seconds: number }
/** `seconds`: of the processor, of this thread alone: others work on the machine. */
export type PostAnswered = { readonly made: Decision<MadeRoster>; readonly seconds: number }

const solver = await loadSolver()

const processorSeconds = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}

parentPort?.on('message', async ({ problem, seconds }: PostAsked) => {
  const started = processorSeconds()
  const elapsed = (): number => processorSeconds() - started
  // The same seed for each, whichever thread makes it: how posts are divided changes no roster.
  const made = await makeRoster(problem, solver, { seed: 1, elapsed, seconds })
  const answered: PostAnswered = { made, seconds: elapsed() }
  parentPort?.postMessage(answered)
})
parentPort?.postMessage('ready')
