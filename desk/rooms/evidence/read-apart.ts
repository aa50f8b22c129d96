import type { CivilDate } from '@lentera/core/shared/dates'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import type { FromWorker, ReadRun, ToWorker } from './import-words.ts'

export type Progress = { readonly done: number; readonly of: number; readonly stage: 'reading' | 'mapping' }
export type Reading = { readonly run: Promise<Decision<ReadRun>>; readonly stop: () => void }

/**
 * Starts to read a file in a worker. Refused `sheets.stopped` where it was stopped, and `evidence.reader-stopped` where
 * the worker did not load, died or cannot be understood: nothing is said of the file then, and it can be read again.
 */
export function readApart(
  bytes: Uint8Array<ArrayBuffer>,
  today: CivilDate,
  onProgress: (progress: Progress) => void,
): Reading {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'evidence' })
  const send = (message: ToWorker): void => worker.postMessage(message)
  const ended = Promise.withResolvers<Decision<ReadRun>>()
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.say === 'progress') onProgress(data)
    else ended.resolve(data.run)
  }
  worker.onerror = () => ended.resolve(refuse('evidence.reader-stopped'))
  worker.onmessageerror = () => ended.resolve(refuse('evidence.reader-stopped'))
  send({ say: 'read', bytes, today })
  const stop = (): void => {
    send({ say: 'stop' })
    // One that died without a word, or is deep in a workbook, is not waited for.
    setTimeout(() => ended.resolve(refuse('sheets.stopped')), patience)
  }
  return { run: ended.promise.finally(() => worker.terminate()), stop }
}

/** Milliseconds a worker has to hear that it should stop. */
const patience = 2000
