import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { harmlessCell } from '@lentera/core/shared/harmless-cell'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  type AuditReport,
  auditPublished,
  type PublishedTable,
  type Reading,
  type Releases,
  type Zeros,
} from '@lentera/release/audit'
import { checkHierarchies, type Protected, protectTable, type Rules, readRules } from '@lentera/release/suppress'
import { secureBits } from '@lentera/server/publications/secure-bits'
import { loadSolver } from '@lentera/solver'
import { readTable } from './read-table.ts'

/** What the thread is started with; paths of files. */
export type TablesTask =
  | {
      readonly kind: 'audit'
      readonly tables: readonly string[]
      readonly rules: string | null
      readonly reading: Reading
      readonly zeros: Zeros
      readonly releases: Releases
    }
  | {
      readonly kind: 'protect'
      readonly table: string
      /** Published already, the newest first. */
      readonly earlier: readonly string[]
      /** What they were made of, the newest first, as far as that is at hand. */
      readonly stood: readonly string[]
      readonly rules: string | null
      readonly to: string
      /** Where the table as it stands goes, for whoever makes the next edition; null: nowhere. */
      readonly keep: string | null
      readonly seconds: number
      /** For cell keys, and for rounding that is the same each time: the file whose bytes are the secret. */
      readonly secret: string | null
    }

/** Counts only; a protected table itself is in the file. */
export type TablesReport =
  | { readonly kind: 'audit'; readonly audit: AuditReport; readonly seconds: number }
  | {
      readonly kind: 'protect'
      readonly method: Protected['method']
      readonly report: Protected['report']
      readonly seconds: number
    }

export type TablesMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly decision: Decision<TablesReport> }

// Given by `tables.ts`, and by nothing else.
const task = workerData as TablesTask
const tell = (message: TablesMessage): void => parentPort?.postMessage(message)
const progress = (stage: string, done: number, of: number): void => tell({ kind: 'progress', stage, done, of })

tell({ kind: 'done', decision: task.kind === 'audit' ? await audit(task) : await protect(task) })

async function audit({
  tables,
  rules: file,
  reading,
  zeros,
  releases,
}: Extract<TablesTask, { kind: 'audit' }>): Promise<Decision<TablesReport>> {
  const rules = rulesFrom(file)
  if (!rules.ok) return rules
  const read: PublishedTable[] = []
  for (const [index, path] of tables.entries()) {
    progress('reading', index, tables.length)
    const table = await readTable(path, rules.value.value)
    if (!table.ok) return table
    read.push(table.value)
  }
  progress('reading', 1, 1)
  const named = checkHierarchies(read, rules.value)
  if (!named.ok) return named
  const [current, ...earlier] = read
  if (current === undefined) return refuse('tables.no-rows')
  const began = process.threadCpuUsage()
  const { report } = await auditPublished([current], earlier, {
    solver: await loadSolver(),
    minimum: rules.value.minimum,
    named: rules.value.hierarchies,
    reading,
    zeros,
    releases,
    onProgress: (done, of) => progress('auditing', done, of),
  })
  if (report.notes.unreadable + report.notes.empty === report.notes.rows) return refuse('tables.nothing-readable')
  return accept({ kind: 'audit', audit: report, seconds: since(began) })
}

async function protect(given: Extract<TablesTask, { kind: 'protect' }>): Promise<Decision<TablesReport>> {
  const rules = rulesFrom(given.rules)
  if (!rules.ok) return rules
  if (rules.value.method === 'cell-key' && given.secret === null) return refuse('tables.no-secret')
  if (rules.value.method !== 'suppress' && given.keep !== null) return refuse('protect.keeps-only-hiding')
  progress('reading', 0, 1)
  const table = await readTable(given.table, rules.value.value)
  if (!table.ok) return table
  const earlier: PublishedTable[] = []
  for (const path of given.earlier) {
    const before = await readTable(path, rules.value.value)
    if (!before.ok) return before
    earlier.push(before.value)
  }
  const stood: PublishedTable[] = []
  for (const path of given.stood) {
    const madeOf = await readTable(path, rules.value.value)
    if (!madeOf.ok) return madeOf
    stood.push(madeOf.value)
  }
  progress('reading', 1, 1)
  const began = process.threadCpuUsage()
  const start = performance.now()
  // Rounding without a secret is drawn anew each time.
  const secret = given.secret === null ? randomBytes(32) : readFileSync(given.secret)
  const done = await protectTable(table.value, rules.value, {
    solver: await loadSolver(),
    elapsed: () => performance.now() - start,
    budget: given.seconds * 1000,
    earlier,
    stood,
    bits: secureBits(),
    keyOf: (text) => createHmac('sha256', secret).update(text).digest().readUIntBE(0, 6) / 2 ** 48,
    onProgress: progress,
  })
  if (!done.ok) return done
  const { dimensions, rows, method } = done.value
  const report = withoutSecret(done.value.report, method === 'round' && given.secret === null)
  writeTable(given.to, { dimensions, rows })
  if (given.keep !== null && done.value.madeOf) writeTable(given.keep, done.value.madeOf)
  return accept({ kind: 'protect', method, report, seconds: since(began) })
}

function writeTable(to: string, { dimensions, rows }: Pick<PublishedTable, 'dimensions' | 'rows'>): void {
  const lines = [[...dimensions, 'value'], ...rows.map(({ codes, shown }) => [...codes, shown])]
  const text = lines.map((cells) => `${cells.map((cell) => quoted(harmlessCell(cell))).join(',')}\n`).join('')
  writeFileSync(to, text, { flag: 'wx', flush: true })
}

function withoutSecret(report: Protected['report'], isSo: boolean): Protected['report'] {
  return isSo && 'moved' in report ? { ...report, warnings: [...report.warnings, 'drawn-anew'] } : report
}

function rulesFrom(file: string | null): Decision<Rules> {
  if (file === null) return readRules({})
  let given: unknown
  try {
    given = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return refuse('tables.rules-not-json', { empty: '{}' })
  }
  return readRules(given)
}

function since(began: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(began)
  return (user + system) / 1e6
}

/** RFC 4180. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
