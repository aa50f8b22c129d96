import { expectedYears, intakeNeeded, simulate } from '@lentera/planner/projection'
import type { Answer, Question } from './words.ts'

/** Projects apart from the page: as many draws as fit into a moment first, then more and more of them. */
const asked = { last: 0 }

self.onmessage = ({ data }: MessageEvent<Question>) => {
  asked.last = data.ask
  answer(data).catch((error: unknown) =>
    // A broken promise reaches nobody outside; a fault that is thrown from a turn of its own is heard by the page.
    setTimeout(() => {
      throw error
    }),
  )
}

async function answer({ ask, problems }: Question): Promise<void> {
  const runs = problems.map((problem) => ({
    expected: expectedYears(problem),
    needed: intakeNeeded(problem),
    // The same chance for each: what differs between two paths is what was decided, not luck.
    simulation: simulate(problem, seed, mostDraws),
  }))
  for (let moment = firstMoment; ; moment *= 2) {
    for (const [at, { expected, needed, simulation }] of runs.entries()) {
      drawFor(simulation, moment)
      const isLast = simulation.made() === mostDraws
      tell({ ask, at, expected, needed, bands: simulation.read(), isLast })
      // A turn of the loop, in which the next question can arrive.
      await new Promise((resolve) => setTimeout(resolve))
      if (asked.last !== ask) return
    }
    if (runs.every(({ simulation }) => simulation.made() === mostDraws)) return
  }
}

function drawFor(simulation: ReturnType<typeof simulate>, milliseconds: number): void {
  const until = performance.now() + milliseconds
  do simulation.draw(20)
  while (performance.now() < until && simulation.made() < mostDraws)
}

const tell = (answer: Answer): void => self.postMessage(answer)

const seed = 1945
const mostDraws = 10_000
/** Milliseconds of drawing before the first answer: while a slider moves nobody waits for more. */
const firstMoment = 40
