import { checkRoster } from '@lentera/planner/checker'
import { fewestMissing, type RosterProblem, solveRoster } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/solver'
import { askedOfPost, officersOfPost, womenOfPost } from './posts2.ts'

/** Of one size: all seconds together, and those of each post. */
type Size = {
  readonly seconds: number
  readonly each: readonly number[]
  readonly proven: number
  readonly cost: number
  readonly bound: number
  readonly gaps: number
  readonly broken: number
}

/** Rows for the table of speeds: what, here, must reach, beside it. */
export async function benchRosters(measured: (row: string[]) => void): Promise<void> {
  for (const posts of [50, 100, 200]) {
    const size = await solveAll(
      Array.from({ length: posts }, (_, seed) => womenOfPost(seed)),
      1,
    )
    measured([
      `rosters of the women of ${posts} posts, 28 days of 3 shifts, one thread`,
      `${size.seconds.toFixed(2)} s`,
      '3 s (200 posts)',
      `${size.gaps} of ${(posts * 84).toLocaleString('en')} shifts uncovered; ${wordsOf(size, posts)}`,
    ])
  }
  for (const officers of [8, 15, 30])
    for (const [what, problemOf] of [
      ['', officersOfPost],
      [', with wishes and women on call', askedOfPost],
    ] as const) {
      const posts = 20
      const size = await solveAll(
        Array.from({ length: posts }, (_, seed) => problemOf(seed, officers)),
        // What people ask for takes long to prove: what a second gives is measured, and how far it may be from the best.
        problemOf === askedOfPost ? 1 : 5,
        problemOf === askedOfPost,
      )
      measured([
        `roster of all ${officers} officers of a post${what}, 28 days, one thread`,
        `median ${(median(size.each) * 1000).toFixed(0)} ms`,
        '1 s (15 officers)',
        wordsOf(size, posts),
      ])
    }
}

/** Seconds of the processor: others work on the machine. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** `isPlanned`: as the desk asks, the shifts that are dearest to miss first and alone. */
async function solveAll(problems: readonly RosterProblem[], seconds: number, isPlanned = false): Promise<Size> {
  const solver = await loadSolver()
  const each: number[] = []
  let [proven, cost, bound, gaps, broken] = [0, 0, 0, 0, 0]
  for (const problem of problems) {
    const started = processorSeconds()
    const elapsed = (): number => processorSeconds() - started
    const first = isPlanned ? await fewestMissing(problem, solver, { seed: 1, elapsed, seconds: seconds / 3 }) : null
    const start = first?.ok ? { start: first.value.roster } : {}
    const solved = await solveRoster(problem, solver, { seed: 1, elapsed, seconds, ...start })
    each.push(elapsed())
    if (!solved.ok) continue
    const judged = checkRoster(problem, solved.value.roster)
    if (solved.value.status === 'proven') proven++
    cost += judged.cost
    bound += solved.value.bound
    gaps += Math.round(judged.parts.underCover / 100)
    broken += judged.broken.length
  }
  return { seconds: each.reduce((sum, one) => sum + one, 0), each, proven, cost, bound, gaps, broken }
}

function wordsOf({ proven, cost, bound, broken, each }: Size, posts: number): string {
  const gap = cost === 0 ? 0 : (100 * (cost - bound)) / cost
  const longest = Math.max(...each)
  return `${proven} of ${posts} proven, gap ${gap.toFixed(1)} %, ${broken} rules broken; longest ${longest.toFixed(2)} s`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
