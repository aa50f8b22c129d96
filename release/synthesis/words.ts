import type { Records } from '../records/words.ts'
import type { ProtectedCounts } from './protected-counts.ts'

/**
 * What a differentially private release may cost and how far it looks.
 *
 * `epsilon`, `delta`: the whole release keeps them between files that differ by one record, added or taken away.
 * `length`: combinations of up to so many attributes are measured.
 */
export type PrivateSettings = {
  readonly epsilon: number
  readonly delta: number
  readonly length: 1 | 2 | 3
}

/** Told what is being done and how much of all; answers whether to go on. A stopped synthesis gives nothing. */
export type Watch = (progress: { readonly stage: Stage; readonly done: number; readonly of: number }) => boolean

export type Stage = 'measuring' | 'fitting'

/**
 * Synthetic records and how they were made. Nothing in it comes from the records but through the noise, so all of it may
 * be printed beside the release.
 */
export type PrivateRelease = {
  readonly records: Records
  /** How many records there were, through noise: of whole rows the rare ones are in it, which are in none of `records`. */
  readonly people: number
  readonly method: Method
  /** The counts that the records were fitted to; null where whole rows were counted, and the records have the counts themselves. */
  readonly counts: ProtectedCounts | null
}

/**
 * `whole-rows`: whole rows were counted, for files in which rows repeat. `combinations`: combinations of attributes were
 * counted, and records fitted to their counts. `deviations` of the noise in records; `kept` combinations by length that
 * were taken as real; `fullWidth` attributes a record may have and still count fully.
 */
export type Method = PrivateSettings &
  (
    | { readonly kind: 'whole-rows'; readonly deviations: readonly [number]; readonly kept: readonly [number] }
    | {
        readonly kind: 'combinations'
        readonly deviations: readonly number[]
        readonly kept: readonly number[]
        readonly fullWidth: number
      }
  )
