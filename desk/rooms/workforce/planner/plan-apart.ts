import { type Decision, refuse } from '@lentera/core/shared/refusals'
import type { PlanProblem } from '@lentera/planner/plan'
import type { Roster, RosterProblem } from '@lentera/planner/roster'
import solverFile from 'highs/runtime?url'
import type { Asked, Drawn, FromPlanner, MadeRoster, PlannerProgress, ToPlanner } from './messages.ts'

/** `stop` asks for the best so far. */
export type Planning<T> = { readonly answer: Promise<Decision<T>>; readonly stop: () => void }

/** The three humane options of a problem. Refused as the planner says, and `planner.not-loaded`, `planner.died`, `planner.stopped`. */
export const planApart = (problem: PlanProblem, onProgress: (progress: PlannerProgress) => void): Planning<Drawn> =>
  apart({ ask: 'options', problem }, onProgress, (said) => (said.say === 'drawn' ? said.answer : undefined))

/** A roster within that many seconds, from what stands where something does. Refused likewise. */
export const rosterApart = (
  problem: RosterProblem,
  start: Roster | null,
  seconds: number,
  onProgress: (progress: PlannerProgress) => void,
): Planning<MadeRoster> =>
  apart({ ask: 'roster', problem, start, seconds }, onProgress, (said) =>
    said.say === 'roster' ? said.answer : undefined,
  )

/**
 * Loads the solver, so that it is on this device before the network is gone. The service worker keeps it: on a first visit it comes later
 * than this page, and what is loaded before it is kept by nobody.
 */
export async function keepSolver(): Promise<void> {
  await isKept()
  await bytesOfSolver().catch(() => undefined)
}

function isKept(): Promise<void> {
  const { serviceWorker } = navigator
  if (!serviceWorker || serviceWorker.controller) return Promise.resolve()
  return new Promise((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
  })
}

const bytesOfSolver = async (): Promise<ArrayBuffer> => {
  const response = await fetch(solverFile)
  if (!response.ok) throw new Error(`the solver could not be had: ${response.status}`)
  return response.arrayBuffer()
}

function apart<T>(
  asked: Asked,
  onProgress: (progress: PlannerProgress) => void,
  answerIn: (said: FromPlanner) => Decision<T> | undefined,
): Planning<T> {
  const ended = Promise.withResolvers<Decision<T>>()
  // Without it (an old browser) a worker deep in its work cannot be asked to stop, and is ended instead.
  const flag = typeof SharedArrayBuffer === 'undefined' ? null : new SharedArrayBuffer(4)
  const begin = async (): Promise<void> => {
    const solver = await bytesOfSolver().catch(() => undefined)
    if (!solver) return ended.resolve(refuse('planner.not-loaded'))
    const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), {
      type: 'module',
      name: 'planner-worker',
    })
    worker.onmessage = ({ data }: MessageEvent<FromPlanner>) => {
      if (data.say === 'progress') return onProgress(data.progress)
      const answer = answerIn(data)
      if (answer) ended.resolve(answer)
    }
    worker.onerror = () => ended.resolve(refuse('planner.died'))
    worker.onmessageerror = () => ended.resolve(refuse('planner.died'))
    void ended.promise.finally(() => worker.terminate())
    worker.postMessage({ solver, stop: flag, asked } satisfies ToPlanner, [solver])
  }
  void begin()
  const stop = (): void => {
    if (flag) Atomics.store(new Int32Array(flag), 0, 1)
    setTimeout(() => ended.resolve(refuse('planner.stopped')), flag ? patience : 0)
  }
  return { answer: ended.promise, stop }
}

/** Milliseconds a worker has to give the best it has. */
const patience = 5000
