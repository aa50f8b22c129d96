import { renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Decision } from '@lentera/core/shared/refusals'
import type { SynthesisMessage, SynthesisReport, SynthesisTask } from './synthesis-thread.ts'

/**
 * Synthetic records of a file, made in a thread of its own. The file asked for is there whole or not at all: until all of it is
 * written it has another name beside it.
 *
 * @param stop ends the thread at once; nothing is left
 * @returns undefined when stopped
 */
export async function synthesiseFile(
  task: SynthesisTask,
  progress: (stage: string, done: number, of: number) => void,
  stop: AbortSignal,
): Promise<Decision<SynthesisReport> | undefined> {
  const unfinished = join(dirname(task.to), `.${basename(task.to)}.${process.pid}.unfinished`)
  const thread = new Worker(new URL('./synthesis-thread.ts', import.meta.url), {
    workerData: { ...task, to: unfinished } satisfies SynthesisTask,
  })
  try {
    const decision = await new Promise<Decision<SynthesisReport> | undefined>((resolve, reject) => {
      thread.on('message', (message: SynthesisMessage) => {
        if (message.kind === 'progress') progress(message.stage, message.done, message.of)
        else resolve(message.decision)
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`The thread ended with ${code} before it was done.`)))
      stop.addEventListener('abort', () => resolve(undefined))
      if (stop.aborted) resolve(undefined)
    })
    if (decision?.ok) renameSync(unfinished, task.to)
    return decision
  } finally {
    await thread.terminate()
    rmSync(unfinished, { force: true })
  }
}
