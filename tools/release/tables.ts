import { renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Decision } from '@lentera/core/shared/refusals'
import type { TablesMessage, TablesReport, TablesTask } from './tables-thread.ts'

/**
 * Tables audited or protected in a thread of its own. A protected table is there whole or not at all: until all of it is written
 * it has another name beside it.
 *
 * @param stop ends the thread at once; nothing is left
 * @returns undefined when stopped
 */
export async function workOnTables(
  task: TablesTask,
  progress: (stage: string, done: number, of: number) => void,
  stop: AbortSignal,
): Promise<Decision<TablesReport> | undefined> {
  const to = task.kind === 'protect' ? task.to : null
  const unfinished = to === null ? null : join(dirname(to), `.${basename(to)}.${process.pid}.unfinished`)
  const thread = new Worker(new URL('./tables-thread.ts', import.meta.url), {
    workerData: unfinished === null ? task : ({ ...task, to: unfinished } satisfies object),
  })
  try {
    const decision = await new Promise<Decision<TablesReport> | undefined>((resolve, reject) => {
      thread.on('message', (message: TablesMessage) => {
        if (message.kind === 'progress') progress(message.stage, message.done, message.of)
        else resolve(message.decision)
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`The thread ended with ${code} before it was done.`)))
      stop.addEventListener('abort', () => resolve(undefined))
      if (stop.aborted) resolve(undefined)
    })
    if (decision?.ok && unfinished !== null && to !== null) renameSync(unfinished, to)
    return decision
  } finally {
    await thread.terminate()
    if (unfinished !== null) rmSync(unfinished, { force: true })
  }
}
