import { createHmac } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { Made } from '@lentera/core/evidence/publication/answers'
import type { Decision } from '@lentera/core/shared/refusals'
import { loadSolver } from '@lentera/solver'
import { labelsFromCatalogues } from './labels.ts'
import { makeRecords, type RecordsTask } from './made-records.ts'
import { makeTable, type TableTask } from './made-table.ts'
import { secureBits } from './secure-bits.ts'

/** What the thread is started with. `keySecret` makes the noise of cell keys: the same cell of the same people has the same. */
export type ContentTask =
  | ({ readonly form: 'records' } & RecordsTask)
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
  if (given.form === 'records')
    return makeRecords(given, labels, secureBits(), ({ stage, done, of }) => {
      progress(stage, done, of)
      return true
    })
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
