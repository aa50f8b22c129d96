import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../database/open-database.ts'
import { benchRosters } from '../rostering/rosters.ts'
import { ensureDesk } from '../start/desk.ts'
import { benchAppend, type Measured } from './append.ts'
import { benchBoards } from './boards.ts'
import { benchDesk, fillCaseload } from './desk.ts'
import { benchExplorer } from './explorer.ts'
import { exponent } from './exponent.ts'
import { benchPlans } from './plan.ts'
import { benchPortal } from './portal.ts'
import { benchProjections } from './projection.ts'
import { benchReleases } from './release.ts'

/** Prints the table of speeds. Every size runs in a database of its own, durable as in use. */
const isLarge = process.argv.includes('--large')
/** Each row is said as it is measured: the large sizes take minutes. */
const rows: string[][] = []
const measured = (row: string[]): void => {
  rows.push(row)
  console.error(row.join('  '))
}

await inFreshCluster(async (url, pid) => {
  noise()
  const sizes: { readonly entries: number; readonly seconds: number }[] = []
  for (const [i, cases] of [5, 15, 45].entries()) {
    const database = `${url.replace(/\/lentera$/, '')}/bench_${i}`
    await createDatabase(url, `bench_${i}`)
    const server = await startServer(database)
    const { append, raw } = await benchAppend(database, server.desk, cases)
    await server.stop()
    sizes.push(append)
    measured([
      `append over HTTP, 8 devices, batches of 100, ${append.entries} entries`,
      `${perSecond(append)}/s`,
      '3,000/s',
      `${(append.entries / append.seconds / (raw.entries / raw.seconds)).toFixed(2)} of raw INSERTs (${perSecond(raw)}/s); slowest batch ${append.slowest.toFixed(0)} ms`,
    ])
  }
  measured(['append, growth exponent', exponent(sizes).toFixed(2), '<= 1.1', 'seconds against entries, log-log'])
  for (const contributions of isLarge ? [100_000, 1_000_000, 10_000_000] : [100_000, 300_000, 1_000_000]) {
    await createDatabase(url, `boards_${contributions}`)
    const board = await benchBoards(`${url.replace(/\/lentera$/, '')}/boards_${contributions}`, contributions)
    measured([
      `board over ${contributions.toLocaleString('en')} contributions, unique persons, disaggregated`,
      `p95 ${board.p95.toFixed(1)} ms`,
      '100 ms (at 10 million)',
      `count(distinct) over the rows themselves: ${board.distinct.toFixed(0)} ms; ${board.tallies} tallies`,
    ])
  }
  await benchDesks(url)
  const server = await startServer(`${url.replace(/\/lentera$/, '')}/bench_0`)
  const pages = await benchPortal(server.portal)
  const slowest = pages.toSorted((a, b) => b.readable - a.readable)[0]
  const heaviest = pages.toSorted((a, b) => b.bytes - a.bytes)[0]
  measured([
    `portal page on 400 kbit/s and 400 ms, the slowest of ${pages.length}`,
    `${((slowest?.readable ?? Number.NaN) / 1000).toFixed(2)} s`,
    '2 s',
    `${slowest?.path}, in its own letters; median ${(median(pages.map(({ readable }) => readable)) / 1000).toFixed(2)} s; to open the connection is another 0.4 s, with TLS 0.8 s`,
  ])
  measured([
    'portal page with all it fetches, the heaviest',
    `${((heaviest?.bytes ?? Number.NaN) / 1024).toFixed(1)} KB`,
    '50 KB',
    `${heaviest?.path}, headers and all; its script ${heaviest?.script} bytes of at most 2,048`,
  ])
  await new Promise((resolve) => setTimeout(resolve, 2000))
  measured([
    'server at rest with the embedded database',
    `${megabytes(server.pid) + (pid === null ? 0 : treeOf(pid).reduce((sum, each) => sum + megabytes(each), 0))} MB`,
    '300 MB',
    'proportional set size of the server and of every process of PostgreSQL',
  ])
  await server.stop()
})
await benchExplorer(measured)
benchProjections(measured)
await benchPlans(measured)
await benchRosters(measured)
await benchReleases(measured)
print()

/** The desk in a real browser, on caseloads of three sizes. */
async function benchDesks(url: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lentera-bench-desk-'))
  try {
    // A copy: a desk built anew meanwhile would take its files away.
    cpSync(await ensureDesk(join(import.meta.dirname, '../..'), console.error), folder, { recursive: true })
    const openings: { readonly entries: number; readonly seconds: number }[] = []
    for (const cases of [100, 300, 1000]) {
      const database = `${url.replace(/\/lentera$/, '')}/desk_${cases}`
      await createDatabase(url, `desk_${cases}`)
      const server = await startServer(database, folder)
      await fillCaseload(database, cases)
      const { first, checked, later, stretching, edits } = await benchDesk(server.desk, cases)
      await server.stop()
      const kept = edits.map((edit) => edit.kept)
      openings.push({ entries: cases * 20, seconds: first / 1000 })
      const size = `${cases.toLocaleString('en')} cases, ${(cases * 20).toLocaleString('en')} entries`
      measured([
        `a fresh device, ${size}, to a list that finds the last case`,
        `${(first / 1000).toFixed(1)} s`,
        '5 s (1,000 cases)',
        `every entry behind it fetched and checked after ${(checked / 1000).toFixed(1)} s`,
      ])
      measured([
        `later openings, ${size}`,
        `${(median(later) / 1000).toFixed(2)} s`,
        '1 s (1,000 cases)',
        `of it the passphrase, on purpose slow: ${(stretching / 1000).toFixed(2)} s`,
      ])
      measured([
        `an edit kept with the outbox, ${size}`,
        `median ${median(kept).toFixed(0)} ms`,
        '20 ms',
        `slowest of ${kept.length}: ${Math.max(...kept).toFixed(0)} ms; on the screen after ${median(edits.map(({ shown }) => shown)).toFixed(0)} ms`,
      ])
    }
    measured([
      'a fresh device, growth exponent',
      exponent(openings).toFixed(2),
      '<= 1.1',
      'seconds against entries, log-log',
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// ---------------------------------------------------------------- the ground it stands on

async function inFreshCluster(work: (url: string, pid: number | null) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lentera-bench-'))
  chmodSync(folder, 0o711)
  const database = await openDatabase({ dataFolder: join(folder, 'data'), say: console.error })
  try {
    await work(database.url, database.pid())
  } finally {
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
}

/** The real server in a process of its own: what sends the load is not measured with it. */
async function startServer(
  databaseUrl: string,
  ...builtDesk: string[]
): Promise<{ desk: string; portal: string; pid: number; stop: () => Promise<void> }> {
  const child = fork(join(import.meta.dirname, 'server.ts'), [databaseUrl, ...builtDesk], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [addresses] = (await once(child, 'message')) as [{ desk: string; portal: string }]
  return {
    ...addresses,
    pid: child.pid ?? 0,
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

// ---------------------------------------------------------------- figures

function perSecond({ entries, seconds }: Measured): string {
  return Math.round(entries / seconds).toLocaleString('en')
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The same small work ten times: how much of any difference above is the machine's. */
function noise(): void {
  const times = Array.from({ length: 10 }, () => {
    const started = performance.now()
    for (let i = 0, x = 1; i < 2e7; i++) x = (x * 48271) % 2147483647
    return performance.now() - started
  })
  const [least, most] = [Math.min(...times), Math.max(...times)]
  measured([
    'noise of this machine',
    `${Math.round((100 * (most - least)) / least)} %`,
    '',
    'the same loop ten times, slowest against fastest',
  ])
}

/** Proportional set size: memory shared between processes is counted once. */
function megabytes(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Math.round(Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

function treeOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number)
    return [pid, ...children.flatMap(treeOf)]
  } catch {
    return []
  }
}

function print(): void {
  const all = [['what', 'here', 'must reach', 'beside it'], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  for (const row of all) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
}
