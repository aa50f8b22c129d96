import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { inventedQuestionnaire } from '@lentera/release/invented/questionnaire'
import { type InventedShape, inventedRecords } from '@lentera/release/invented/records'
import { inventedWide, type WideShape } from '@lentera/release/invented/wide'
import {
  errorOfCounts,
  type MicrodataSettings,
  qualityOf,
  type Records,
  readRecords,
  releaseMicrodata,
  seededBits,
} from '@lentera/release/microdata'

/** What one run is: a set of records (invented, or a file of the shared data), a method, a seed. */
export type ReleaseRun = {
  readonly set:
    | { readonly file: string; readonly zerosCount: readonly string[] }
    | InventedShape
    | WideShape
    | { readonly questionnaire: number; readonly published: boolean }
  readonly settings: MicrodataSettings
  readonly seed: number
}

/** What came of it; errors are those of Synthetic Data Showcase. Seconds are of the processor, without reading and comparing. */
export type ReleaseFigures = {
  readonly refused?: string
  readonly records: number
  readonly columns: number
  readonly seconds: number
  /** Largest resident size of the whole process, the real records and the comparison included. */
  readonly megabytes: number
  readonly comparing: number
  readonly error: number
  readonly pairs: number
  readonly overUnion: number
  readonly suppressed: number
  /** Of the real combinations, those of fewer than 10 persons: what k = 10 must suppress. */
  readonly rare: number
  /** Of the combinations of 10 persons or more, those that are gone: what noise alone need not have taken. */
  readonly suppressedFromTen: number
  readonly fabricated: number
  readonly underK: number
  /** The mean error of the protected counts that the records were fitted to; where whole rows were counted, that of the records; 0 for k. */
  readonly aggregate: number
}

/** A process of its own for each run, so that its memory is its own. */
process.once('message', (run: ReleaseRun) => {
  process.send?.(figuresOf(run), () => process.disconnect())
})

function figuresOf({ set, settings, seed }: ReleaseRun): ReleaseFigures {
  const real = realOf(set)
  const began = process.cpuUsage()
  const made = releaseMicrodata(real, settings, seededBits(seed), () => true)
  const seconds = secondsSince(began)
  const megabytes = process.resourceUsage().maxRSS / 1024
  const size = { records: real.count, columns: real.columns.length, seconds, megabytes }
  if (!made.ok) return { ...nothing, ...size, refused: made.refusal.code }
  const { records, method, counts } = made.value
  const compared = process.cpuUsage()
  const decided = qualityOf(real, records, { length: 3, k: settings.method === 'k' ? settings.k : 10 })
  if (!decided.ok) return { ...nothing, ...size, refused: decided.refusal.code }
  const { all, byLength, byCount } = decided.value
  const rare = byCount.reduce((sum, { from, combinations }) => sum + (from < 10 ? combinations : 0), 0)
  const often = byCount.filter(({ from }) => from >= 10)
  const [lost, held] = [
    often.reduce((sum, band) => sum + band.lost, 0),
    often.reduce((sum, band) => sum + band.combinations, 0),
  ]
  return {
    ...size,
    comparing: secondsSince(compared),
    error: all.errorShared,
    pairs: byLength[1]?.errorShared ?? Number.NaN,
    overUnion: all.errorUnion,
    suppressed: all.suppressed.number,
    rare: rare / all.combinations,
    suppressedFromTen: held === 0 ? 0 : lost / held,
    fabricated: all.fabricated.number,
    underK: all.shownUnderK + all.rareShown,
    aggregate: method.name === 'k' ? 0 : counts ? errorOfCounts(real, counts).all : all.errorShared,
  }
}

function realOf(set: ReleaseRun['set']): Records {
  if ('file' in set) return read(set.file, set.zerosCount)
  if ('dependence' in set) return inventedWide(set)
  if (!('questionnaire' in set)) return inventedRecords(set)
  const asked = inventedQuestionnaire(set.questionnaire)
  if (!set.published) return asked
  // As such sets are to be had: released once before, with most rare combinations gone and thousands of rows that occur once.
  const settings = { method: 'dp', epsilon: 4, delta: 1.9e-6, length: 3 } as const
  const made = releaseMicrodata(asked, settings, seededBits(1000 + set.questionnaire), () => true)
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value.records
}

const nothing = {
  comparing: 0,
  error: Number.NaN,
  pairs: Number.NaN,
  overUnion: Number.NaN,
  suppressed: Number.NaN,
  rare: Number.NaN,
  suppressedFromTen: Number.NaN,
  fabricated: Number.NaN,
  underK: 0,
  aggregate: 0,
}

function read(file: string, zerosCount: readonly string[]): Records {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  const decided = readRecords(gunzipSync(readFileSync(file)), { zerosCount })
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value
}

function secondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1e6
}
