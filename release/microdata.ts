import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type HeldRelease, synthesiseHeld } from './k-anonymous/synthesise.ts'
import type { RandomBits } from './noise/random-bits.ts'
import { type Records, recordLimits } from './records/words.ts'
import type { ProtectedCounts } from './synthesis/protected-counts.ts'
import { synthesizePrivate } from './synthesis/synthesize.ts'
import type { Method as PrivateMethod } from './synthesis/words.ts'

export type { RandomBits } from './noise/random-bits.ts'
export { seededBits } from './noise/random-bits.ts'
export { errorOfCounts } from './quality/counts.ts'
export { type Homogeneity, homogeneityOf } from './quality/homogeneity.ts'
export { type Quality, qualityOf } from './quality/quality.ts'
export { homogeneityLine, qualityTable } from './quality/table.ts'
export { type ReadingSettings, readRecords, recordsReader } from './records/read-records.ts'
export { type Records, recordLimits } from './records/words.ts'
export { csvOf } from './records/write-records.ts'
export type { ProtectedCounts } from './synthesis/protected-counts.ts'

/** `k`: every record is held by k real persons. `dp`: (epsilon, delta) differential privacy; without a delta, `usualDelta`. */
export type MicrodataSettings = {
  /** That the people in the file are not survivors was declared by whoever releases it; they may be fewer than 1,000. */
  readonly notSurvivors?: boolean
} & (
  | { readonly method: 'k'; readonly k: number; readonly length: number }
  | { readonly method: 'dp'; readonly epsilon: number; readonly delta?: number; readonly length: number }
)

export type Microdata = {
  readonly records: Records
  /** Of `dp` by combinations: the noisy counts behind the records, which answer a table better than they do. */
  readonly counts: ProtectedCounts | null
  /** Of `dp`: how many real records there were, through noise; null where the noise drowns them (0 people beside 195 records), and by `k`, which measures nothing. */
  readonly people: number | null
  readonly method: ({ readonly name: 'k' } & Omit<HeldRelease, 'records'>) | ({ readonly name: 'dp' } & PrivateMethod)
  /** What whoever publishes it must know; each is a sentence of the catalogues under `release.warning.`. */
  readonly warnings: readonly (
    | 'one-off'
    | 'inference'
    | 'split'
    | 'spends'
    | 'high-epsilon'
    | 'few-records'
    | 'emptied'
  )[]
}

/** Told what is being done and how much of all; answers whether to go on. */
export type Watch = (progress: { readonly stage: string; readonly done: number; readonly of: number }) => boolean

/**
 * The one door through which records leave: synthetic, by either method, and never from fewer than 1,000 survivors. Of others
 * held by k, too, no fewer.
 *
 * @param bits from the machine's secure source; from a seed only where nothing is to be published
 * @returns refusals of `synthesiseHeld` and `synthesizePrivate`, `records.too-few` and `records.length-too-long`
 */
export function releaseMicrodata(
  records: Records,
  settings: MicrodataSettings,
  bits: RandomBits,
  watch: Watch,
): Decision<Microdata> {
  if (settings.notSurvivors !== true && records.count < recordLimits.least)
    return refuse('records.too-few', { records: records.count, least: recordLimits.least })
  if (settings.method === 'k') {
    const { k, length } = settings
    const made = synthesiseHeld(records, { k, length, bits, watch })
    if (!made.ok) return made
    const { records: released, ...method } = made.value
    const isSplit = released.count > 1.1 * records.count
    return accept({
      records: released,
      counts: null,
      people: null,
      method: { name: 'k', ...method },
      warnings: ['one-off', 'inference', ...(isSplit ? (['split'] as const) : [])],
    })
  }
  const { epsilon, delta = usualDelta, length } = settings
  if (length !== 1 && length !== 2 && length !== 3) return refuse('records.length-too-long', { length, most: 3 })
  const made = synthesizePrivate(records, { epsilon, delta, length }, bits, watch)
  if (!made.ok) return made
  const { records: released, method, counts, people } = made.value
  return accept({
    records: released,
    counts,
    people: people > released.count / 2 && people < 2 * released.count ? people : null,
    method: { name: 'dp', ...method },
    warnings: [
      'spends',
      ...(epsilon > 4 ? (['high-epsilon'] as const) : []),
      // By what is told of them: a sentence said from their true number would tell of it.
      ...(people < 5000 ? (['few-records'] as const) : []),
      ...(length > 1 && counts && answersIn(released) < leastHeld * answersCounted(counts)
        ? (['emptied'] as const)
        : []),
    ],
  })
}

/** Of the answers counted, as many as records have where noise hides few combinations: from 0.99 on; where it hides most, 0.8 to 0.95. */
const leastHeld = 0.97

const answersIn = ({ columns }: Records): number => {
  let answers = 0
  for (const { codes } of columns) for (const code of codes) if (code !== 0) answers++
  return answers
}

const answersCounted = ({ byLength: [values] }: ProtectedCounts): number =>
  values?.counts.reduce((all, count) => all + count, 0) ?? 0

/**
 * One in a million, about 1 / (n ln n) of the files that Synthetic Data Showcase was measured on. It is fixed: a delta reckoned
 * from the number of records, and said aloud, would tell of files that differ by one record which of them it was.
 */
export const usualDelta = 1e-6
