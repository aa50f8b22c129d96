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
  const { to, keep } = task.kind === 'protect' ? task : { to: null, keep: null }
  const unfinishedOf = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}.unfinished`)
  const files = [to, keep].flatMap((path) => (path === null ? [] : [{ path, unfinished: unfinishedOf(path) }]))
  const written = {
    ...(to === null ? {} : { to: unfinishedOf(to) }),
    ...(keep === null ? {} : { keep: unfinishedOf(keep) }),
  }
  const thread = new Worker(new URL('./tables-thread.ts', import.meta.url), { workerData: { ...task, ...written } })
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
    if (decision?.ok) for (const { path, unfinished } of files) renameSync(unfinished, path)
    return decision
  } finally {
    await thread.terminate()
    for (const { unfinished } of files) rmSync(unfinished, { force: true })
  }
}
