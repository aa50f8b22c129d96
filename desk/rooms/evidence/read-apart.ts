import { type Decision, refuse } from '@lentera/core/shared/refusals'
import type { FromWorker, ReadRun, ToWorker } from './import-words.ts'

export type Progress = { readonly done: number; readonly of: number; readonly stage: 'reading' | 'mapping' }
export type Reading = { readonly run: Promise<Decision<ReadRun>>; readonly stop: () => void }

/** Starts to read a file in a worker; refused `evidence.stopped` where it was stopped, `evidence.file-damaged` where it broke. */
export function readApart(bytes: Uint8Array<ArrayBuffer>, onProgress: (progress: Progress) => void): Reading {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module', name: 'evidence' })
  const send = (message: ToWorker): void => worker.postMessage(message)
  const run = new Promise<Decision<ReadRun>>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.say === 'progress') onProgress(data)
      else resolve(data.run)
    }
    worker.onerror = () => resolve(refuse('evidence.file-damaged'))
  }).finally(() => worker.terminate())
  send({ say: 'read', bytes })
  return { run, stop: () => send({ say: 'stop' }) }
}
