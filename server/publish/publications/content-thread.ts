import { createHmac } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { Made } from '@lentera/core/evidence/publication/answers'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { readLongTable } from '@lentera/core/sheets/long-table'
import { readRecords } from '@lentera/release/microdata'
import { loadSolver } from '@lentera/solver'
import { asTable, type EarlierTable } from './earlier-tables.ts'
import { type Labels, labelsFromCatalogues } from './labels.ts'
import { type EarlierCounts, makeRecords, type RecordsTask } from './made-records.ts'
import { makeTable, type TableTask } from './made-table.ts'
import { openBesideRecords, type TableOut } from './records-beside.ts'
import { secureBits } from './secure-bits.ts'

/** What the thread is started with. `keySecret` makes the noise of cell keys: the same cell of the same people has the same. */
export type ContentTask =
  | ({ readonly form: 'records'; readonly counted: readonly EarlierTable[] } & RecordsTask)
  | ({ readonly form: 'table'; readonly keySecret: Uint8Array } & TableTask)

export type ContentMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly decision: Decision<Made> }

// Given by `content-work.ts`, and by nothing else.
const task = workerData as ContentTask
const tell = (message: ContentMessage): void => parentPort?.postMessage(message)
const progress = (stage: string, done: number, of: number): void => tell({ kind: 'progress', stage, done, of })

/** Milliseconds that hiding as few cells as can be may take; what proves it is never given up. */
const budget = 10_000

tell({ kind: 'done', decision: await make(task) })

async function make(given: ContentTask): Promise<Decision<Made>> {
  const labels = labelsFromCatalogues()
  progress('reading', 0, 1)
  if (given.form === 'records') return makeBesideTables(given, labels)
  const start = performance.now()
  return makeTable(given, labels, {
    solver: await loadSolver(),
    elapsed: () => performance.now() - start,
    budget,
    bits: secureBits(),
    keyOf: (codes) => createHmac('sha256', given.keySecret).update(codes).digest().readUIntBE(0, 6) / 2 ** 48,
    onProgress: progress,
  })
}

/**
 * Records, beside every table of the programme that was made before. Refused as `makeRecords`; `publication.opens-earlier` {open}, where
 * what records held by k tell would open what a table of the same people hides.
 */
async function makeBesideTables(
  given: Extract<ContentTask, { form: 'records' }>,
  labels: Labels,
): Promise<Decision<Made>> {
  const tables: (EarlierCounts & TableOut)[] = []
  for (const { bytes, name, sameName, shown, method } of given.counted) {
    const read = await readLongTable(bytes, null, 'earlier', true)
    if (read.ok) tables.push({ name, sameName, counted: read.value, shown: asTable(shown), method })
  }
  const made = makeRecords({ ...given, tables }, labels, secureBits(), ({ stage, done, of }) => {
    progress(stage, done, of)
    return true
  })
  const own = tables.filter(({ sameName }) => sameName)
  if (!made.ok || given.method.name !== 'k-records' || made.value.data.kind !== 'records' || own.length === 0)
    return made
  const real = readRecords(given.bytes, { categories: given.categories })
  if (!real.ok) return real
  const { fields, data } = made.value
  const held = { real: real.value, k: given.method.k, shown: { fields, rows: data.rows } }
  const open = await openBesideRecords(held, own, await loadSolver())
  return open === 0 ? made : refuse('publication.opens-earlier', { open })
}
