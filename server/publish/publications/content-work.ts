import { Worker } from 'node:worker_threads'
import type { Made } from '@lentera/core/evidence/publication/answers'
import type { Decision } from '@lentera/core/shared/refusals'
import type { ContentMessage, ContentTask } from './content-thread.ts'

/**
 * A content made in a thread of its own, so that the server answers meanwhile and the work ends at once when it is stopped.
 *
 * @returns undefined when stopped: nothing of it is left
 */
export async function workOnContent(
  task: ContentTask,
  progress: (stage: string, done: number, of: number) => void,
  stop: AbortSignal,
): Promise<Decision<Made> | undefined> {
  const thread = new Worker(new URL('./content-thread.ts', import.meta.url), { workerData: task })
  try {
    return await new Promise<Decision<Made> | undefined>((resolve, reject) => {
      thread.on('message', (message: ContentMessage) => {
        if (message.kind === 'progress') progress(message.stage, message.done, message.of)
        else resolve(message.decision)
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`The thread ended with ${code} before it was done.`)))
      stop.addEventListener('abort', () => resolve(undefined))
      if (stop.aborted) resolve(undefined)
    })
  } finally {
    await thread.terminate()
  }
}
