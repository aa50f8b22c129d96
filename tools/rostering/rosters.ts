import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { checkRoster } from '@lentera/planner/checker'
import type { MadeRoster, Roster, RosterProblem } from '@lentera/planner/roster'
import type { PostAnswered, PostAsked } from './post-side.ts'
import { askedOfPost, officersOfPost, womenAlone, womenOfPost } from './posts.ts'

/** Of one size: seconds of the processor of each post, of the clock for all, and of all together what is counted. */
type Size = {
  readonly each: readonly number[]
  readonly wall: number
  readonly proven: number
  readonly cost: number
  readonly bound: number
  /** Shifts without a trained woman, and how many of them no roster could cover. */
  readonly open: number
  readonly unavoidable: number
  readonly broken: number
}

/**
 * Rows for the table of speeds: what, here, must reach, beside it. Every roster is made as the desk makes it, posts side by side on two
 * threads, and judged by the checker.
 */
export async function benchRosters(measured: (row: string[]) => void): Promise<void> {
  const threads = await Promise.all([startThread(), startThread()])
  const makeAll = (problems: readonly RosterProblem[], seconds: number): Promise<Size> =>
    makeSize(threads, problems, seconds)
  const invented = (posts: number, problemOf: (seed: number) => RosterProblem): readonly RosterProblem[] =>
    Array.from({ length: posts }, (_, seed) => problemOf(seed))
  for (const posts of [50, 100, 200]) {
    const size = await makeAll(invented(posts, womenOfPost), 15)
    measured([
      `rosters of the women of ${posts} posts, 28 days of 3 shifts, two threads`,
      `${size.wall.toFixed(2)} s`,
      '3 s (200 posts)',
      `${size.each.reduce((sum, one) => sum + one, 0).toFixed(2)} s of the processor; ${wordsOf(size, posts)}`,
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
        `roster of all ${officers} officers of a post${what}, 28 days, ${seconds} s at the most`,
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
      `roster of ${women} women and nobody else, none of them alone, 28 days, 5 s at the most`,
      `median ${(median(size.each) * 1000).toFixed(0)} ms`,
      'open only where proven',
      wordsOf(size, posts),
    ])
  }
  for (const thread of threads) await thread.terminate()
}

async function startThread(): Promise<Worker> {
  const thread = new Worker(new URL('./post-side.ts', import.meta.url))
  await once(thread, 'message')
  return thread
}

/** The answers in the order of the problems: whichever thread is free takes the next. */
async function askAll(
  threads: readonly Worker[],
  problems: readonly RosterProblem[],
  seconds: number,
): Promise<readonly PostAnswered[]> {
  const answers: PostAnswered[] = []
  const waiting = problems.entries()
  const work = async (thread: Worker): Promise<void> => {
    for (const [index, problem] of waiting) {
      thread.postMessage({ problem, seconds } satisfies PostAsked)
      // Only its answers are posted from there.
      const [answer] = (await once(thread, 'message')) as [PostAnswered]
      answers[index] = answer
    }
  }
  await Promise.all(threads.map(work))
  return answers
}

async function makeSize(
  threads: readonly Worker[],
  problems: readonly RosterProblem[],
  seconds: number,
): Promise<Size> {
  const started = performance.now()
  const answers = await askAll(threads, problems, seconds)
  const wall = (performance.now() - started) / 1000
  let [proven, cost, bound, open, unavoidable, broken] = [0, 0, 0, 0, 0, 0]
  for (const [index, problem] of problems.entries()) {
    const made = rosterIn(answers[index])
    const judged = checkRoster(problem, made.roster)
    if (made.status === 'proven') proven++
    cost += judged.cost
    bound += made.bound
    open += openIn(problem, made.roster)
    unavoidable += made.fewest?.least ?? 0
    broken += judged.broken.length
  }
  return { each: answers.map((answer) => answer.seconds), wall, proven, cost, bound, open, unavoidable, broken }
}

function rosterIn(answer: PostAnswered | undefined): MadeRoster {
  const made = answer?.made
  if (made?.ok) return made.value
  throw new Error(made?.refusal.code)
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
