import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inventedRecords } from '@lentera/release/invented/records'
import { csvOf } from '@lentera/release/microdata'
import { afterAll, describe, expect, it } from 'vitest'
import type { SynthesisTask } from './synthesis-thread.ts'
import { synthesiseFile } from './synthesise.ts'

const folder = mkdtempSync(join(tmpdir(), 'lentera-synthesise-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = [...csvOf(inventedRecords({ records: 3000, columns: 6, values: 20, density: 0.5, seed: 1 }))].join('')
const from = join(folder, 'in.csv')
writeFileSync(from, text)

const task = (to: string, changes: Partial<SynthesisTask> = {}): SynthesisTask => ({
  from,
  to: join(folder, to),
  reading: {},
  settings: { method: 'k', k: 10, length: 3 },
  seed: 1,
  ...changes,
})
const never = new AbortController().signal
const run = (given: SynthesisTask, signal = never, progress = () => {}) => synthesiseFile(given, progress, signal)
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

describe('a file of records becomes a file of synthetic ones', () => {
  it('by either method, the same for the same seed, packed or not', async () => {
    writeFileSync(join(folder, 'in.csv.gz'), gzipSync(text))
    const made = await run(task('k.csv'))
    expect(made).toMatchObject({
      ok: true,
      value: { method: { name: 'k', k: 10 }, quality: { all: { shownUnderK: 0 } } },
    })
    await run(task('k2.csv', { from: join(folder, 'in.csv.gz') }))
    expect(read('k2.csv')).toBe(read('k.csv'))
    const noisy = await run(task('dp.csv', { settings: { method: 'dp', epsilon: 4, length: 3 } }))
    expect(noisy).toMatchObject({ ok: true, value: { method: { name: 'dp', epsilon: 4 } } })
    expect(read('dp.csv').split('\n')[0]).toBe(text.split('\n')[0])
  })

  it('without a seed the machine chooses, and never the same twice', async () => {
    await run(task('a.csv', { seed: null }))
    await run(task('b.csv', { seed: null }))
    expect(read('a.csv')).not.toBe(read('b.csv'))
  })
})

describe('nothing half written', () => {
  it('is left where the file is refused', async () => {
    writeFileSync(join(folder, 'small.csv'), text.split('\n').slice(0, 500).join('\n'))
    const decided = await run(task('none.csv', { from: join(folder, 'small.csv') }))
    expect(decided).toEqual({ ok: false, refusal: { code: 'records.too-few', values: { records: 499, least: 1000 } } })
    expect(left()).toEqual([])
  })

  it('is left where it is stopped, and what stood there before stays', async () => {
    writeFileSync(join(folder, 'kept.csv'), 'as it was')
    for (const stage of ['reading', 'cutting', 'comparing']) {
      const stop = new AbortController()
      const decided = await synthesiseFile(task('kept.csv'), (at) => at === stage && stop.abort(), stop.signal)
      expect(decided).toBeUndefined()
    }
    expect(read('kept.csv')).toBe('as it was')
    expect(left()).toEqual([])
  })
})

const left = (): string[] => readdirSync(folder).filter((name) => name.includes('unfinished') || name === 'none.csv')
