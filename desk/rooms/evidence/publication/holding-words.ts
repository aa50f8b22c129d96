import type { Hash } from '@lentera/core/shared/ids'
import type { Decision } from '@lentera/core/shared/refusals'

/** What a file holds, as far as bringing it asks: its bytes are sent, its rows are never shown. */
export type ReadHolding = {
  readonly form: 'records' | 'table'
  readonly content: Uint8Array<ArrayBuffer>
  readonly hash: Hash
  readonly rows: number
  readonly columns: readonly string[]
}

export type ToHoldingWorker = {
  readonly form: ReadHolding['form']
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Columns of records that hold kinds of something, whatever they look like. */
  readonly categories: readonly string[]
}
export type FromHoldingWorker = Decision<ReadHolding>
