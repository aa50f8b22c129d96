import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { PlanProblem } from '@lentera/planner/plan'
import type { MadeRoster, Roster, RosterProblem } from '@lentera/planner/roster'
import solverFile from 'highs/runtime?url'
import type { Asked, CutShort, Drawn, FromPlanner, PlannerProgress, ToPlanner } from './messages.ts'
import { type Heard, type Planner, type Planning, waitFor } from './planning.ts'

/** The three humane options of a problem. Refused as the planner says, and `planner.not-loaded`, `planner.died`, `planner.stopped`. */
export const planApart = (problem: PlanProblem, onProgress: (progress: PlannerProgress) => void): Planning<Drawn> =>
  apart(
    { ask: 'options', problem },
    onProgress,
    (said) => {
      if (said.say === 'drawn-so-far') return { soFar: said.drawn }
      return said.say === 'drawn' ? { answer: said.answer } : {}
    },
    (drawn, cutShort) => ({ ...drawn, cutShort }),
  )

/** A roster within that many seconds, from what stands where something does. Refused likewise. */
export const rosterApart = (
  problem: RosterProblem,
  start: Roster | null,
  seconds: number,
  onProgress: (progress: PlannerProgress) => void,
): Planning<MadeRoster> =>
  apart(
    { ask: 'roster', problem, start, seconds },
    onProgress,
    (said) => (said.say === 'roster' ? { answer: said.answer } : {}),
    // A roster is handed over whole or not at all.
    (made) => made,
  )

/**
 * Loads the solver, so that it is on this device before the network is gone. The service worker keeps it: on a first visit it comes later
 * than this page, and what is loaded before it is kept by nobody.
 */
export async function keepSolver(): Promise<void> {
  await isServed()
  await bytesOfSolver().catch(() => undefined)
}

function isServed(): Promise<void> {
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

/** Calls back when nobody holds a lock any more. */
const whenFree = (lock: string, then: () => void): void => void navigator.locks.request(lock, then)

function apart<T>(
  asked: Asked,
  onProgress: (progress: PlannerProgress) => void,
  heard: (said: FromPlanner) => Heard<T>,
  cutShort: (soFar: T, by: CutShort) => T,
): Planning<T> {
  // Without it (an old browser) a worker deep in its work cannot be asked to stop: what it has handed over is taken, or it is waited for.
  const stop = typeof SharedArrayBuffer === 'undefined' ? null : new SharedArrayBuffer(4)
  // What the system ends for want of memory raises no error: its lock alone tells.
  const life = 'locks' in navigator ? `planner ${crypto.randomUUID()}` : null
  const open = async (): Promise<Decision<Planner>> => {
    const solver = await bytesOfSolver().catch(() => undefined)
    if (!solver) return refuse('planner.not-loaded')
    const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), {
      type: 'module',
      name: 'planner-worker',
    })
    return accept({
      listen: (onSaid, onDied) => {
        worker.onmessage = ({ data }: MessageEvent<FromPlanner>) => {
          if (data.say === 'begun' && life) whenFree(life, onDied)
          else onSaid(data)
        }
        worker.onerror = onDied
        worker.onmessageerror = onDied
        worker.postMessage({ solver, stop, life, asked } satisfies ToPlanner, [solver])
      },
      end: () => worker.terminate(),
    })
  }
  return waitFor({ open, onProgress, heard, cutShort, flag: stop && new Int32Array(stop) })
}
