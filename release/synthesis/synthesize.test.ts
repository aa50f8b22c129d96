import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inventedQuestionnaire } from '../invented/questionnaire.ts'
import { inventedRecords, likeTheLargerSet } from '../invented/records.ts'
import { inventedWide } from '../invented/wide.ts'
import { fraction, seededBits } from '../noise/random-bits.ts'
import { errorOfCounts } from '../quality/counts.ts'
import { type Compared, qualityOf } from '../quality/quality.ts'
import { readRecords } from '../records/read-records.ts'
import type { Records } from '../records/words.ts'
import { synthesizePrivate } from './synthesize.ts'
import { recordsFrom, rowsOf } from './testing/small-files.ts'
import type { PrivateRelease, PrivateSettings } from './words.ts'

const usual: PrivateSettings = { epsilon: 4, delta: 1e-6, length: 3 }

function made(records: Records, settings = usual, seed = 1): PrivateRelease {
  const decision = synthesizePrivate(records, settings, seededBits(seed))
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

function compared(
  real: Records,
  released: Records,
): { readonly all: Compared; readonly byLength: readonly Compared[] } {
  const quality = qualityOf(real, released, { length: 3, k: 10 })
  if (!quality.ok) throw new Error(quality.refusal.code)
  return quality.value
}

/** Ten columns, 8,000 people, a long tail of rows that occur once. */
const longTail = inventedRecords({ records: 8000, columns: 10, values: 18, density: 0.35, seed: 5 })
/** Rows that repeat: forty of them, each many times. */
const repeating = recordsFrom(
  Array.from({ length: 6000 }, (_, r) => [
    1 + (r % 5),
    1 + (r % 4),
    1 + (r % 3),
    1 + (r % 2),
    r % 2,
    r % 3,
    1 + (r % 6),
  ]),
)

describe('A differentially private release of records', () => {
  it('keeps as many answers a record as there are, where noise leaves hardly a triple of a wide file', () => {
    const bits = seededBits(9)
    const rows = Array.from({ length: 2000 }, () =>
      Array.from({ length: 40 }, () => (fraction(bits) < 0.55 ? 1 + Math.floor(3 * fraction(bits)) : 0)),
    )
    const answers = ({ columns, count }: Records): number =>
      columns.reduce((sum, { codes }) => sum + [...codes].filter((code) => code > 0).length, 0) / count
    const wide = recordsFrom(rows)
    const { records, method } = made(wide)
    expect(method.kept).toHaveLength(2)
    expect(Math.abs(answers(records) - answers(wide))).toBeLessThan(0.1 * answers(wide))
  })

  it('counts whole rows where they repeat and combinations where they do not, by its own noisy look', () => {
    expect(made(repeating).method.kind).toBe('whole-rows')
    expect(made(longTail).method.kind).toBe('combinations')
  })

  // A judge that took by chance what nobody has for where counts begin lost 76.6 in 100 at epsilon 4 and 79.6 at 12.
  it('loses no more combinations of a wide file with more budget, on average, and hardly one of nobody', () => {
    const wide = inventedWide({ records: 4000, columns: 20, values: 100, density: 0.3, dependence: 'none', seed: 1 })
    const suppressed = [1, 4, 12].map((epsilon) => {
      const each = [1, 2].map((seed) => compared(wide, made(wide, { ...usual, epsilon }, seed).records).all)
      for (const { fabricated } of each) expect(fabricated.number).toBeLessThan(0.01)
      return each.reduce((sum, all) => sum + all.suppressed.number, 0) / each.length
    })
    expect(suppressed).toEqual(suppressed.toSorted((a, b) => b - a))
  })

  it('counts records of many attributes with less weight where the noise for all of them could not be drawn', () => {
    const bits = seededBits(6)
    const dense = recordsFrom(
      Array.from({ length: 1500 }, () => {
        const kind = bits() % 3
        return Array.from({ length: 30 }, () => 1 + Math.min(3, ((bits() % 4) & (bits() % 4)) | (kind >> 1)))
      }),
    )
    const { method, records } = made(dense)
    if (method.kind !== 'combinations') throw new Error('rows of thirty attributes do not repeat')
    expect(method.fullWidth).toBeLessThan(30)
    expect(records.count).toBeGreaterThan(1000)
  })

  it('does not depend on the order of the rows', () => {
    for (const records of [longTail, repeating]) {
      const rows = rowsOf(records)
      const bits = seededBits(9)
      for (let i = rows.length - 1; i > 0; i--) {
        const j = bits() % (i + 1)
        ;[rows[i], rows[j]] = [rows[j] ?? [], rows[i] ?? []]
      }
      const shuffled: Records = {
        count: records.count,
        columns: records.columns.map((column, c) => ({
          ...column,
          codes: column.codes.map((_, r) => rows[r]?.[c] ?? 0),
        })),
      }
      expect(rowsOf(made(shuffled).records)).toEqual(rowsOf(made(records).records))
    }
  })

  it('is the same for the same seed, and another for another', () => {
    expect(rowsOf(made(longTail).records)).toEqual(rowsOf(made(longTail).records))
    expect(rowsOf(made(longTail, usual, 2).records)).not.toEqual(rowsOf(made(longTail).records))
  })

  it('has about as many records as there are people, every value in its column, and no list longer than what it shows', () => {
    for (const records of [longTail, repeating]) {
      const { records: released } = made(records)
      expect(Math.abs(released.count - records.count)).toBeLessThan(300)
      released.columns.forEach(({ name, values, codes }, c) => {
        expect(name).toBe(records.columns[c]?.name)
        expect(records.columns[c]?.values).toEqual(expect.arrayContaining([...values]))
        expect(new Set([...codes].filter((code) => code > 0)).size).toBe(values.length)
      })
    }
  })

  it('errs no more on average with a larger budget', () => {
    const meanError = (epsilon: number): number =>
      [1, 2, 3].reduce(
        (sum, seed) => sum + compared(longTail, made(longTail, { ...usual, epsilon }, seed).records).all.errorReal,
        0,
      )
    const errors = [0.5, 1, 2, 4, 8].map(meanError)
    expect(errors).toEqual(errors.toSorted((a, b) => b - a))
  })

  it('hands out the counts it was fitted to: whole, positive, no part less than its combination; and errs at most a fifth more in the records than in them', () => {
    const { counts, records } = made(longTail)
    if (!counts) throw new Error('combinations were counted')
    const [singles, pairs, triples] = counts.byLength
    const pair = new Map(
      Array.from(pairs?.counts ?? [], (count, x) => [`${pairs?.parts[0]?.[x]} ${pairs?.parts[1]?.[x]}`, count]),
    )
    for (const { counts: own } of counts.byLength) expect(own.every((count) => count >= 1)).toBe(true)
    pairs?.counts.forEach((count, x) => {
      for (const part of pairs.parts) expect(count).toBeLessThanOrEqual(singles?.counts[part[x] ?? -1] ?? 0)
    })
    triples?.counts.forEach((count, x) => {
      const [i, j, k] = triples.parts.map((part) => part[x])
      for (const key of [`${i} ${j}`, `${i} ${k}`, `${j} ${k}`]) expect(count).toBeLessThanOrEqual(pair.get(key) ?? 0)
    })
    expect(compared(longTail, records).all.errorShared).toBeLessThan(1.2 * errorOfCounts(longTail, counts).all)
    // The measure sees what is wrong: counts twice as high are farther off.
    const doubled = counts.byLength.map((each) => ({ ...each, counts: each.counts.map((count) => 2 * count) }))
    expect(errorOfCounts(longTail, { ...counts, byLength: doubled }).all).toBeGreaterThan(
      2 * errorOfCounts(longTail, counts).all,
    )
    expect(made(repeating).counts).toBe(null)
  })

  it('takes shorter combinations, files of one column or of one value each, and says when nothing is left', () => {
    expect(made(longTail, { ...usual, length: 1 }).method.kept).toHaveLength(1)
    expect(made(longTail, { ...usual, length: 2 }).method.kept).toHaveLength(2)
    expect(made(recordsFrom(Array.from({ length: 2000 }, (_, r) => [r % 3]))).records.count).toBeGreaterThan(1000)
    const empty = synthesizePrivate(recordsFrom(Array.from({ length: 2000 }, () => [0, 0])), usual, seededBits(1))
    expect(empty.ok || empty.refusal.code).toBe('release.nothing-left')
    const scattered = recordsFrom(Array.from({ length: 1000 }, (_, r) => [1 + r, 1 + ((r * 7) % 1000)]))
    const nothing = synthesizePrivate(scattered, usual, seededBits(1))
    expect(nothing.ok || nothing.refusal.code).toBe('release.nothing-left')
  })

  it('refuses budgets that are none, and stops when told to', () => {
    const refusal = (settings: PrivateSettings): string | true => {
      const decision = synthesizePrivate(repeating, settings, seededBits(1))
      return decision.ok || decision.refusal.code
    }
    expect(refusal({ ...usual, epsilon: 0 })).toBe('release.epsilon-out-of-range')
    expect(refusal({ ...usual, epsilon: Number.NaN })).toBe('release.epsilon-out-of-range')
    expect(refusal({ ...usual, delta: 0 })).toBe('release.delta-out-of-range')
    expect(refusal({ ...usual, delta: 0.01 })).toBe('release.delta-out-of-range')
    for (const stage of ['measuring', 'fitting']) {
      const stopped = synthesizePrivate(longTail, usual, seededBits(1), (progress) => progress.stage !== stage)
      expect(stopped.ok || stopped.refusal.code).toBe('release.stopped')
    }
  })
})

describe('Against the figures to beat, at epsilon 4', () => {
  it('stays under an error of 17, of 25 for pairs, and under one in a hundred of nobody, on a set like 91,043 by 19', () => {
    const records = inventedRecords(likeTheLargerSet(1))
    const { all, byLength } = compared(records, made(records).records)
    expect(all.errorShared).toBeLessThan(17)
    expect(byLength.find(({ length }) => length === 2)?.errorShared).toBeLessThan(25)
    expect(all.fabricated.number).toBeLessThan(0.01)
  })

  it('loses fewer than 9.8 in a hundred combinations as well where others have left out most rare ones before', () => {
    const records = made(inventedQuestionnaire(1), usual, 1001).records
    const { all, byLength } = compared(records, made(records).records)
    expect(all.errorShared).toBeLessThan(17)
    expect(byLength.find(({ length }) => length === 2)?.errorShared).toBeLessThan(25)
    expect(all.fabricated.number).toBeLessThan(0.015)
    expect(all.suppressed.number).toBeLessThan(0.098)
  })

  const core = '../shared/data/ctdc/kanon_2020-04-14_core7.csv.gz'
  it.skipIf(!existsSync(core))(
    'stays under an error of 3 with nothing lost or of nobody on 48,773 by 7 (skipped without the shared data)',
    () => {
      const read = readRecords(gunzipSync(readFileSync(core)), { zerosCount: ['isForcedLabour', 'isSexualExploit'] })
      if (!read.ok) throw new Error(read.refusal.code)
      const { all } = compared(read.value, made(read.value).records)
      expect(all.errorShared).toBeLessThan(3)
      expect(all.suppressed.number).toBeLessThan(0.01)
      expect(all.fabricated.number).toBe(0)
    },
  )
})
