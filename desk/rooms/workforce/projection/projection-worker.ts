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
  /** Of how many draws each was told last. */
  const told = runs.map(() => 0)
  for (let moments = 1; ; moments *= 2) {
    for (const [at, { expected, needed, simulation }] of runs.entries()) {
      for (let moment = 0; moment < moments && simulation.made() < mostDraws; moment++) {
        drawForAMoment(simulation)
        // A turn of the loop, in which the next question can arrive: it never waits for longer than this.
        await new Promise((resolve) => setTimeout(resolve))
        if (asked.last !== ask) return
      }
      if (told[at] !== simulation.made()) tell({ ask, at, expected, needed, bands: simulation.read() })
      told[at] = simulation.made()
    }
    if (runs.every(({ simulation }) => simulation.made() === mostDraws)) return
  }
}

function drawForAMoment(simulation: ReturnType<typeof simulate>): void {
  const until = performance.now() + aMoment
  do simulation.draw(20)
  while (performance.now() < until && simulation.made() < mostDraws)
}

const tell = (answer: Answer): void => self.postMessage(answer)

const seed = 1945
const mostDraws = 10_000
/** Milliseconds: the first answer is what is drawn in one, the next in two more, then in four. */
const aMoment = 25
