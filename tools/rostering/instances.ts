import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkRoster } from '@lentera/planner/checker'
import { solveRoster } from '@lentera/planner/roster'
import { loadSolver, type Solver } from '@lentera/planner/solver'
import { readInstance } from './read-instance.ts'

/** `broken`: hard rules broken, as the independent checker counts them; cost and bound are null where there is no roster. */
type Solved = {
  readonly instance: string
  readonly cost: number | null
  readonly bound: number | null
  readonly seconds: number
  readonly broken: number | null
}

/**
 * Solves every `Instance*.txt` of a folder, one after another, each within `--seconds` (60). Prints a table, or with
 * `--json` an array of objects with the same names.
 */
export async function benchInstances(given: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...given],
    options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '60' } },
    allowPositionals: true,
  })
  const [folder] = positionals
  const seconds = Number(values.seconds)
  if (folder === undefined || !(seconds > 0)) {
    console.error('npm run bench -- rostering FOLDER [--json] [--seconds N]')
    process.exitCode = 2
    return
  }
  const files = instancesIn(folder)
  if (files.length === 0) console.error(`No Instance*.txt in ${folder}.`)
  const solver = await loadSolver()
  const solved: Solved[] = []
  if (!values.json) print(['instance', 'cost', 'bound', 'seconds', 'broken'])
  for (const file of files) {
    const one = await solveInstance(solver, file.replace(/\.txt$/, ''), join(folder, file), seconds)
    solved.push(one)
    if (!values.json) print([one.instance, one.cost, one.bound, one.seconds.toFixed(1), one.broken])
  }
  if (values.json) console.log(JSON.stringify(solved, null, 2))
}

/** By their numbers: 2 before 10. */
function instancesIn(folder: string): readonly string[] {
  const number = (file: string): number => Number(/\d+/.exec(file)?.[0] ?? 0)
  return readdirSync(folder)
    .filter((file) => /^Instance.*\.txt$/.test(file))
    .toSorted((a, b) => number(a) - number(b) || a.localeCompare(b))
}

async function solveInstance(solver: Solver, instance: string, path: string, seconds: number): Promise<Solved> {
  const problem = readInstance(readFileSync(path, 'utf8'))
  const started = performance.now()
  const elapsed = (): number => (performance.now() - started) / 1000
  // A search that has begun is ended, not cut: a little is kept back for it.
  const limit = seconds - Math.min(2, seconds / 20)
  const solved = await solveRoster(problem, solver, { seed: 1, elapsed, seconds: limit })
  const took = Math.round(elapsed() * 1000) / 1000
  if (!solved.ok) {
    console.error(`${instance}: ${solved.refusal.code} ${JSON.stringify(solved.refusal.values)}`)
    return { instance, cost: null, bound: null, seconds: took, broken: null }
  }
  // Cost and broken rules are the checker's word, not the solver's.
  const { cost, broken } = checkRoster(problem, solved.value.roster)
  return { instance, cost, bound: solved.value.bound, seconds: took, broken: broken.length }
}

function print(cells: readonly (string | number | null)[]): void {
  console.log(cells.map((cell, index) => String(cell ?? '-').padEnd(index === 0 ? 14 : 10)).join(''))
}
