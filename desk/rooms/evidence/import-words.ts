import type { DryRun } from '@lentera/core/evidence/capture'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { Hash } from '@lentera/core/shared/ids'
import type { Decision } from '@lentera/core/shared/refusals'

/** What the page tells the worker that reads a file. */
export type ToWorker =
  | { readonly say: 'read'; readonly bytes: Uint8Array<ArrayBuffer>; readonly today: CivilDate }
  | { readonly say: 'stop' }

/** A run whose table is without its rows: they stay where they were read, and their hash speaks for them. */
export type ReadRun = DryRun & { readonly hash: Hash; readonly rowsHash: Hash }

/** What the worker tells the page. */
export type FromWorker =
  | { readonly say: 'progress'; readonly stage: 'reading' | 'mapping'; readonly done: number; readonly of: number }
  | { readonly say: 'done'; readonly run: Decision<ReadRun> }
