import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { createGunzip } from 'node:zlib'
import { accept, type Decision } from '@lentera/core/shared/refusals'
import {
  csvOf,
  type Homogeneity,
  homogeneityOf,
  type Microdata,
  type MicrodataSettings,
  type Quality,
  qualityOf,
  type ReadingSettings,
  type Records,
  recordsReader,
  releaseMicrodata,
  seededBits,
  type Watch,
} from '@lentera/release/microdata'
import { secureBits } from '@lentera/server/publications/secure-bits'

/** What the thread is started with. Without a seed its chance comes from the machine's secure source. */
export type SynthesisTask = {
  readonly from: string
  readonly to: string
  readonly reading: ReadingSettings
  readonly settings: MicrodataSettings
  readonly seed: number | null
}

/** What it tells of the release; the records themselves are in the file. */
export type SynthesisReport = {
  readonly records: { readonly real: number; readonly released: number; readonly columns: number }
  readonly method: Microdata['method']
  readonly seed: number | null
  readonly warnings: Microdata['warnings']
  /** Made from the real records, without noise: for those who may see them. */
  readonly quality: Quality
  readonly homogeneity: Homogeneity
  readonly seconds: number
}

export type SynthesisMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly decision: Decision<SynthesisReport> }

// Given by `synthesise.ts`, and by nothing else.
const task = workerData as SynthesisTask
const tell = (message: SynthesisMessage): void => parentPort?.postMessage(message)

tell({ kind: 'done', decision: await synthesise(task) })

async function synthesise({ from, to, reading, settings, seed }: SynthesisTask): Promise<Decision<SynthesisReport>> {
  const watch: Watch = (progress) => {
    tell({ kind: 'progress', ...progress })
    return true
  }
  const read = await readFrom(from, reading, watch)
  if (!read.ok) return read
  const real = read.value
  const began = process.threadCpuUsage()
  const made = releaseMicrodata(real, settings, seed === null ? secureBits() : seededBits(seed), watch)
  if (!made.ok) return made
  const used = process.threadCpuUsage(began)
  const { records, method, warnings } = made.value
  const k = settings.method === 'k' ? settings.k : 10
  const quality = qualityOf(real, records, { length: Math.min(settings.length, 3), k, watch })
  if (!quality.ok) return quality
  await pipeline(Readable.from(csvOf(records)), createWriteStream(to, { flags: 'wx', flush: true }))
  return accept({
    records: { real: real.count, released: records.count, columns: records.columns.length },
    method,
    seed,
    warnings,
    quality: quality.value,
    homogeneity: homogeneityOf(records),
    seconds: (used.user + used.system) / 1e6,
  })
}

async function readFrom(file: string, settings: ReadingSettings, watch: Watch): Promise<Decision<Records>> {
  const reader = recordsReader(settings)
  const { size } = statSync(file)
  const packed = createReadStream(file, { highWaterMark: 1 << 20 })
  const bytes = /\.gz$/i.test(file) ? packed.pipe(createGunzip()) : packed
  for await (const piece of bytes) {
    const pushed = reader.push(piece)
    if (!pushed.ok) {
      packed.destroy()
      return pushed
    }
    watch({ stage: 'reading', done: packed.bytesRead, of: size })
  }
  if (bytes !== packed) await finished(packed)
  return reader.end()
}
