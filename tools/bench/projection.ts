import { type Cell, type ProjectionProblem, simulate } from '@lentera/planner/projection'
import { exponent } from './exponent.ts'

/**
 * How long a projection takes, in processor time of one thread: what a slider waits for while it moves (so many draws as a
 * device makes in 150 ms), and all ten thousand draws behind it.
 */
export function benchProjections(measured: (row: string[]) => void): void {
  const sizes = agencies.map(({ ranks, bands }) => benchProjection(ranks, bands))
  for (const { states, first, firstAnswer, all } of sizes)
    measured([
      `projection of ${states} states over 20 years, a first answer`,
      `${firstAnswer.toFixed(0)} ms`,
      '200 ms',
      `with ${first.toLocaleString('en')} draws; all 10,000 after ${(all / 1000).toFixed(2)} s, refined meanwhile`,
    ])
  measured([
    'projection, growth exponent',
    exponent(sizes.map(({ states, all }) => ({ entries: states, seconds: all }))).toFixed(2),
    '<= 1.1',
    'processor time of all draws against states, log-log',
  ])
}

/** As the desk has it, with bands of years served, and the hundred states of the design. */
const agencies = [
  { ranks: 3, bands: 1 },
  { ranks: 5, bands: 3 },
  { ranks: 10, bands: 5 },
] as const

function benchProjection(ranks: number, bands: number): Measured {
  const problem = inventedAgency(ranks, bands)
  const warm = simulate(problem, 1, 200)
  warm.draw(200)
  const started = process.cpuUsage()
  const simulation = simulate(problem, 2, mostDraws)
  do simulation.draw(20)
  while (millisecondsSince(started) < 150 && simulation.made() < mostDraws)
  const first = simulation.made()
  simulation.read()
  const firstAnswer = millisecondsSince(started)
  simulation.draw(mostDraws)
  simulation.read()
  return { states: 2 * ranks * bands, first, firstAnswer, all: millisecondsSince(started) }
}

type Measured = {
  readonly states: number
  /** Draws behind the first answer, and milliseconds to it. */
  readonly first: number
  readonly firstAnswer: number
  /** Milliseconds to the last of ten thousand draws. */
  readonly all: number
}

const mostDraws = 10_000

const millisecondsSince = (started: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

/** Twenty years of ranks and bands of years served: each band moves into the next, each rank into the one above. */
function inventedAgency(ranks: number, bands: number): ProjectionProblem {
  const cells = Array.from({ length: ranks * bands }, (_, at): Cell => {
    const [rank, band] = [Math.floor(at / bands), at % bands]
    const people = Math.round(8000 / (rank + 1) / bands)
    const moves = [
      ...(band < bands - 1 ? [{ to: at + 1, rate: 0.2 }] : []),
      ...(rank < ranks - 1 ? [{ to: (rank + 1) * bands, rate: 0.04 }] : []),
    ]
    return {
      rank: `rank ${rank}`,
      women: { people: Math.round(people / 10), exit: 0.04, moves, known: 500 },
      men: { people, exit: 0.04, moves, known: 5000 },
    }
  })
  const entry = cells.map((_, at) => Number(at === 0))
  const [firstYear, target] = [2026, { share: 0.2, year: 2040 }]
  return { cells, entry, intakeShare: 0.3, ceiling: null, growth: 0.01, firstYear, years: 20, target }
}
