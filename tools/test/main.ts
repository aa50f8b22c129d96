import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closingLine, countTests, type Tests } from './count.ts'

const project = join(import.meta.dirname, '../..')
const results = mkdtempSync(join(tmpdir(), 'lentera-results-'))
const report = join(results, 'vitest.json')
const programs = join(project, 'node_modules/.bin')

/** In this order, each also when one before it failed: a person wants to see everything that is wrong at once. */
const checks = [
  { name: 'types', command: [join(programs, 'tsc'), '-b'] },
  { name: 'lint', command: [join(programs, 'biome'), 'check', '.'] },
  { name: 'dead code', command: [join(programs, 'knip')] },
  { name: 'layers', command: [process.execPath, 'tools/layers/layers.ts'] },
] as const

const failedChecks = checks.filter(({ name, command }) => !succeeds(name, command)).map(({ name }) => name)
const ran = succeeds('tests', [
  join(programs, 'vitest'),
  ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ...process.argv.slice(2),
])
const tests = readTests(ran)
rmSync(results, { recursive: true, force: true })

if (failedChecks.length > 0) console.log(`\nNot in order: ${failedChecks.join(', ')}.`)
const failed = tests.failed + failedChecks.length
console.log(`\n${closingLine({ ...tests, failed })}`)
process.exitCode = failed > 0 || tests.passed === 0 ? 1 : 0

function succeeds(name: string, [program, ...args]: readonly [string, ...string[]]): boolean {
  console.log(`\n── ${name}`)
  const { status, error } = spawnSync(program, args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error !== undefined) console.error(error.message)
  return status === 0
}

function readTests(ran: boolean): Tests {
  try {
    return countTests(JSON.parse(readFileSync(report, 'utf8')), ran)
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
