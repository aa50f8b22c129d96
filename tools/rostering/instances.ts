import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { checkRoster } from '@lentera/planner/checker'
import type { RosterProblem, SolvedRoster } from '@lentera/planner/roster'
import { MalformedInstance, readInstance } from './read-instance.ts'
import type { Answered, Asked } from './side.ts'

/** `broken`: hard rules broken, as the independent checker counts them; cost and bound are null where there is no roster. */
type Solved = {
  readonly instance: string
  readonly cost: number | null
  readonly bound: number | null
  readonly seconds: number
  readonly broken: number | null
}

/**
 * Solves every `Instance*.txt` of a folder and of those in it, one after another, each within `--seconds` (60), reading it included, on two threads. Prints
 * a table, or with `--json` an array of objects with the same names.
 *
 * Exit code 0: each has a roster that keeps every rule; 1: one has not, or is not of the format (said on stderr, with its
 * line); 2: it was asked wrongly, or there is nothing to solve.
 */
export async function benchInstances(given: readonly string[]): Promise<void> {
  const asked = askedOf(given)
  if (asked === null) {
    console.error('npm run bench -- rostering FOLDER [--json] [--seconds N]')
    process.exitCode = 2
    return
  }
  const { folder, seconds, isJson } = asked
  const files = existsSync(folder) ? instancesIn(folder) : []
  if (files.length === 0) {
    console.error(`No Instance*.txt in ${folder}.`)
    process.exitCode = 2
  }
  const sides = files.length === 0 ? [] : [startSide(), startSide()]
  const solved: Solved[] = []
  if (!isJson) print(['instance', 'cost', 'bound', 'seconds', 'broken'])
  for (const file of files) {
    const one = await solveInstance(sides, basename(file, '.txt'), join(folder, file), seconds)
    solved.push(one)
    if (one.broken !== 0) process.exitCode = 1
    if (!isJson) print([one.instance, one.cost, one.bound, one.seconds.toFixed(1), one.broken])
  }
  for (const side of sides) await (await side).terminate()
  if (isJson) console.log(JSON.stringify(solved, null, 2))
}

function askedOf(given: readonly string[]): { folder: string; seconds: number; isJson: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...given],
      options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '60' } },
      allowPositionals: true,
    })
    const [folder, ...more] = positionals
    const seconds = Number(values.seconds)
    return folder === undefined || more.length > 0 || !(seconds > 0) ? null : { folder, seconds, isJson: values.json }
  } catch {
    // An option there is not.
    return null
  }
}

/** By their numbers: 2 before 10. */
function instancesIn(folder: string): readonly string[] {
  const number = (file: string): number => Number(/\d+/.exec(basename(file))?.[0] ?? 0)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^Instance.*\.txt$/.test(basename(file)))
    .toSorted((a, b) => number(a) - number(b) || a.localeCompare(b))
}

async function solveInstance(
  sides: Promise<Worker>[],
  instance: string,
  path: string,
  seconds: number,
): Promise<Solved> {
  // Before the clock: they are started once for all instances.
  await Promise.all(sides)
  const started = Date.now()
  const took = (): number => (Date.now() - started) / 1000
  const nothing = { instance, cost: null, bound: null, broken: null }
  try {
    const problem = readInstance(readFileSync(path, 'utf8'))
    // A search that has begun is ended, not cut: a little is kept back for it.
    const limit = seconds - Math.min(2.5, seconds / 15)
    const { answers, bound } = await solveBySides(sides, problem, {
      until: started + 1000 * limit,
      latest: started + 1000 * (seconds - Math.min(2, seconds / 25)),
    })
    const found = answers.flatMap((answer) => (answer.ok ? [judged(problem, answer.value)] : []))
    const [best] = found.toSorted((a, b) => a.broken - b.broken || a.cost - b.cost)
    if (best === undefined) {
      for (const answer of answers) {
        if (!answer.ok) console.error(`${instance}: ${answer.refusal.code} ${JSON.stringify(answer.refusal.values)}`)
      }
      return { ...nothing, seconds: took() }
    }
    return { instance, cost: best.cost, bound: Math.min(bound, best.cost), seconds: took(), broken: best.broken }
  } catch (error) {
    if (!(error instanceof MalformedInstance)) throw error
    console.error(`${instance}: ${error.message}`)
    return { ...nothing, seconds: took() }
  }
}

/** Cost and broken rules are the checker's word, not the solver's. */
function judged(problem: RosterProblem, { roster }: SolvedRoster) {
  const { cost, broken } = checkRoster(problem, roster)
  return { cost, broken: broken.length }
}

// ---------------------------------------------------------------- two threads

/** Each loads a solver of its own, once for all instances. */
async function startSide(): Promise<Worker> {
  const side = new Worker(new URL('./side.ts', import.meta.url))
  await next(side)
  return side
}

/**
 * One leans to good rosters, one to the bound; they end when both together have proven the best. Whoever is in the middle of one long LP
 * at `latest` is not waited for when the other has answered: its bounds so far count, and a new one takes its place.
 */
async function solveBySides(
  sides: Promise<Worker>[],
  problem: RosterProblem,
  { until, latest }: { readonly until: number; readonly latest: number },
): Promise<{ readonly answers: readonly Answered[]; readonly bound: number }> {
  const known = new Float64Array(new SharedArrayBuffer(16))
  known.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  const answers: (Answered | null)[] = sides.map(() => null)
  const asking = (await Promise.all(sides)).map(async (side, index) => {
    const asked: Asked = { problem, leans: index === 0 ? 'roster' : 'bound', seed: index + 1, until, known }
    side.postMessage(asked)
    answers[index] = (await next(side)) as Answered
  })
  const isLate = new Promise((resolve) => setTimeout(resolve, latest - Date.now()).unref())
  await Promise.race([Promise.all(asking), isLate])
  await Promise.race(asking)
  for (const [index, side] of sides.entries()) {
    if (answers[index] !== null) continue
    await (await side).terminate()
    sides[index] = startSide()
  }
  const given = answers.filter((answer) => answer !== null)
  const bounds = given.flatMap((answer) => (answer.ok ? [answer.value.bound] : []))
  return { answers: given, bound: Math.max(known[1] ?? Number.NEGATIVE_INFINITY, ...bounds) }
}

/** What a thread says next. */
function next(side: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    side.once('error', reject)
    side.once('message', (said) => {
      side.off('error', reject)
      resolve(said)
    })
  })
}

function print(cells: readonly (string | number | null)[]): void {
  console.log(cells.map((cell, index) => String(cell ?? '-').padEnd(index === 0 ? 14 : 10)).join(''))
}
