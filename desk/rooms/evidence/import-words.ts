import type { DryRun } from '@lentera/core/evidence/capture'
import type { Decision } from '@lentera/core/shared/refusals'

/** What the page tells the worker that reads a file. */
export type ToWorker = { readonly say: 'read'; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly say: 'stop' }

/** What the worker tells the page. The run's table comes without its rows: they stay where they were read. */
export type FromWorker =
  | { readonly say: 'progress'; readonly stage: 'reading' | 'mapping'; readonly done: number; readonly of: number }
  | { readonly say: 'done'; readonly run: Decision<DryRun> }
