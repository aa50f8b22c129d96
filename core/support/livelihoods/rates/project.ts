import * as z from 'zod'
import { agreedValue, type StreamState, streamRecord } from '../../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, setOnce } from '../../../log/records.ts'
import type { CivilDate } from '../../../shared/dates.ts'
import { type EntryId, Hash } from '../../../shared/ids.ts'
import { RateRow, Source } from './words.ts'

/** A table of rates as it was brought in. Of where it is from, undefined is what two answers stand beside each other for. */
export type RateTable = {
  /** The entry by whose id it can be marked as entered in error. */
  readonly opening: EntryId
  readonly on: CivilDate
  readonly source: string | undefined
  readonly edition: string | undefined
  readonly verifiedOn: CivilDate | undefined
  readonly rates: readonly RateRow[]
  readonly hash: Hash
  readonly leftOut: number
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a table of rates; undefined while the entry that brought it in has not arrived. */
export function projectRates(state: StreamState): RateTable | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.hash?.[0]?.entry
  // What was brought in is never said anew: a kind's schema has checked it.
  const rates = root && z.array(RateRow).safeParse(setOnce(root, 'rates')).data
  const hash = root && Hash.safeParse(setOnce(root, 'hash')).data
  if (!root?.on || !opening || !rates || !hash) return undefined
  return {
    opening,
    on: root.on,
    source: Source.shape.source.safeParse(agreedValue(root, 'source')).data,
    edition: Source.shape.edition.safeParse(agreedValue(root, 'edition')).data,
    verifiedOn: Source.shape.verifiedOn.safeParse(agreedValue(root, 'verifiedOn')).data,
    rates,
    hash,
    leftOut: z.int().safeParse(setOnce(root, 'leftOut')).data ?? 0,
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}
