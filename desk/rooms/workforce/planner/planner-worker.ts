import { type HumaneOptions, humaneOptions, type PlanProgress, whatToMendFirst } from '@lentera/planner/plan'
import { makeRoster } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/solver'
import type { Asked, FromPlanner, ToPlanner } from './messages.ts'

/** Plans and rosters, apart from the page: one question, one answer. It reaches no network, and its memory ends with it. */
self.onmessage = async ({ data: { solver: bytes, stop, life, asked } }: MessageEvent<ToPlanner>) => {
  try {
    if (life) await held(life)
    tell({ say: 'begun' })
    const compiled = await WebAssembly.compile(bytes)
    const solver = await loadSolver({
      instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
        void WebAssembly.instantiate(compiled, imports).then(receive)
        return {}
      },
    })
    const flag = stop && new Int32Array(stop)
    const shouldStop = (): boolean => flag !== null && Atomics.load(flag, 0) === 1
    const begun = performance.now()
    tell(await answer(asked, solver, { shouldStop, elapsed: () => (performance.now() - begun) / 1000 }))
  } catch (error) {
    // A broken promise reaches nobody outside; a fault that is thrown from a turn of its own is heard by the page.
    setTimeout(() => {
      throw error
    })
  }
}

/** Holds a lock to the end of its life. */
const held = (lock: string): Promise<void> =>
  new Promise((resolve) => {
    void navigator.locks.request(lock, () => {
      resolve()
      return new Promise<never>(() => {})
    })
  })

type Solver = Awaited<ReturnType<typeof loadSolver>>
type Watch = { readonly shouldStop: () => boolean; readonly elapsed: () => number }

async function answer(asked: Asked, solver: Solver, watch: Watch): Promise<FromPlanner> {
  if (asked.ask === 'roster') {
    const onProgress = ({ best, bound }: { readonly best: number; readonly bound: number }): void =>
      tell({ say: 'progress', progress: { elapsed: watch.elapsed(), reached: best, bound } })
    const { problem, seconds } = asked
    const standing = asked.start ? { start: asked.start } : {}
    const made = await makeRoster(problem, solver, { seed, seconds, onProgress, ...standing, ...watch })
    return { say: 'roster', answer: made }
  }
  const { problem } = asked
  const onProgress = (progress: PlanProgress): void => tell({ say: 'progress', progress: progress })
  const mendings = whatToMendFirst(problem)
  const onOptions = (soFar: HumaneOptions): void => tell({ say: 'drawn-so-far', drawn: { ...soFar, mendings } })
  const run = { solver, seed, seconds: longestPlan, onProgress, onOptions, ...watch }
  const options = await humaneOptions(problem, problem.aim.budget, run)
  if (!options.ok) return { say: 'drawn', answer: options }
  return { say: 'drawn', answer: { ok: true, value: { ...options.value, mendings } } }
}

/** Seconds for the three plans together; they end much earlier where they are proven. */
const longestPlan = 60

/** The same question gives the same answer. */
const seed = 1

const tell = (message: FromPlanner): void => self.postMessage(message)
