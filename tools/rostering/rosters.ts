import { checkRoster } from '@lentera/planner/checker'
import { makeRoster, type Roster, type RosterProblem } from '@lentera/planner/roster'
import { loadSolver } from '@lentera/solver'
import { askedOfPost, officersOfPost, womenAlone, womenOfPost } from './posts.ts'

/** Of one size: seconds of each post, and of all together what is counted. */
type Size = {
  readonly each: readonly number[]
  readonly proven: number
  readonly cost: number
  readonly bound: number
  /** Shifts without a trained woman, and how many of them no roster could cover. */
  readonly open: number
  readonly unavoidable: number
  readonly broken: number
}

/**
 * Rows for the table of speeds: what, here, must reach, beside it. Every roster is made as the desk makes it, and judged by the checker.
 */
export async function benchRosters(measured: (row: string[]) => void): Promise<void> {
  const invented = (posts: number, problemOf: (seed: number) => RosterProblem): readonly RosterProblem[] =>
    Array.from({ length: posts }, (_, seed) => problemOf(seed))
  for (const posts of [50, 100, 200]) {
    const size = await makeAll(invented(posts, womenOfPost), 15)
    measured([
      `rosters of the women of ${posts} posts, 28 days of 3 shifts, one thread`,
      `${size.each.reduce((sum, one) => sum + one, 0).toFixed(2)} s`,
      '3 s (200 posts)',
      wordsOf(size, posts),
    ])
  }
  for (const officers of [8, 15, 30])
    for (const [what, problemOf, seconds] of [
      ['', officersOfPost, 5],
      // What people ask for takes long to prove: what a second gives is measured, and how far it may be from the best.
      [', with wishes and women on call', askedOfPost, 1],
    ] as const) {
      const posts = 20
      const size = await makeAll(
        invented(posts, (seed) => problemOf(seed, officers)),
        seconds,
      )
      measured([
        `roster of all ${officers} officers of a post${what}, 28 days, one thread, ${seconds} s at the most`,
        `median ${(median(size.each) * 1000).toFixed(0)} ms`,
        '1 s (15 officers)',
        wordsOf(size, posts),
      ])
    }
  for (const women of [3, 4, 5]) {
    const posts = 10
    const size = await makeAll(
      invented(posts, (seed) => womenAlone(seed, women)),
      5,
    )
    measured([
      `roster of ${women} women and nobody else, none of them alone, 28 days, one thread, 5 s at the most`,
      `median ${(median(size.each) * 1000).toFixed(0)} ms`,
      'open only where proven',
      wordsOf(size, posts),
    ])
  }
}

/** Seconds of the processor: others work on the machine. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function makeAll(problems: readonly RosterProblem[], seconds: number): Promise<Size> {
  const solver = await loadSolver()
  const each: number[] = []
  let [proven, cost, bound, open, unavoidable, broken] = [0, 0, 0, 0, 0, 0]
  for (const problem of problems) {
    const started = processorSeconds()
    const elapsed = (): number => processorSeconds() - started
    const made = await makeRoster(problem, solver, { seed: 1, elapsed, seconds })
    each.push(elapsed())
    if (!made.ok) throw new Error(made.refusal.code)
    const judged = checkRoster(problem, made.value.roster)
    if (made.value.status === 'proven') proven++
    cost += judged.cost
    bound += made.value.bound
    open += openIn(problem, made.value.roster)
    unavoidable += made.value.fewest?.least ?? 0
    broken += judged.broken.length
  }
  return { each, proven, cost, bound, open, unavoidable, broken }
}

/** How many are missing of those who are dearest to miss, counted here and not by an engine. */
function openIn({ cover, people }: RosterProblem, roster: Roster): number {
  const dearest = Math.max(...cover.map(({ under }) => under))
  let open = 0
  for (const { day, by, skill, required, under } of cover) {
    if (under < dearest) continue
    const there = people.filter(({ key, skills }) => {
      const shift = roster[key]?.[day] ?? null
      return shift !== null && by.includes(shift) && (skill === null || skills.includes(skill))
    })
    open += Math.max(0, required - there.length)
  }
  return open
}

function wordsOf({ proven, cost, bound, open, unavoidable, broken, each }: Size, posts: number): string {
  const gap = cost === 0 ? 0 : (100 * (cost - bound)) / cost
  const shifts = `${open} of ${(posts * 84).toLocaleString('en')} shifts without a trained woman: ${unavoidable} proven unavoidable, ${open - unavoidable} not`
  const best = `${proven} of ${posts} rosters proven the best, cost ${cost.toFixed(0)}, gap ${gap.toFixed(1)} %, ${broken} rules broken`
  return `${shifts}; ${best}; longest ${Math.max(...each).toFixed(2)} s`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
