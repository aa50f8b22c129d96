import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inventedRecords } from '../invented/records.ts'
import { evenly, seededBits } from '../noise/random-bits.ts'
import type { Records } from '../records/words.ts'
import { chosen, combinationsOf } from '../testing/records.ts'
import { type Quality, qualityOf } from './quality.ts'
import { qualityTable } from './table.ts'

function quality(real: Records, released: Records, length = 3, k = 10): Quality {
  const decided = qualityOf(real, released, { length, k })
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value
}

const records = (...rows: readonly (readonly [string, string])[]): Records => ({
  count: rows.length,
  columns: [0, 1].map((at) => {
    const values = [...new Set(rows.map((row) => row[at] ?? ''))].filter((value) => value !== '').toSorted()
    return { name: `c${at}`, values, codes: Uint8Array.from(rows, (row) => values.indexOf(row[at] ?? '') + 1) }
  }),
})

describe('figures as Synthetic Data Showcase defines them', () => {
  it('the error leaves out what was suppressed; over the real ones it counts with all of its persons, over the union the fabricated too', () => {
    const real = records(['a', 'x'], ['a', 'x'], ['a', 'y'], ['b', ''])
    const released = records(['a', 'x'], ['a', 'z'], ['a', ''])
    // Real: a 3, b 1, x 2, y 1, ax 2, ay 1. Released: a 3, x 1, z 1, ax 1, az 1.
    const { all, byLength, byCount } = quality(real, released, 2, 3)
    expect(all).toEqual({
      length: 0,
      combinations: 6,
      meanCount: 10 / 6,
      errorShared: 2 / 3,
      errorReal: (2 + 3) / 6,
      errorUnion: (2 + 3 + 2) / 8,
      suppressed: { number: 3 / 6, weight: 3 / 10 },
      fabricated: { number: 2 / 6, weight: 2 / 7 },
      rareShown: 2,
      rareShownUnderK: 2,
      shownUnderK: 4,
    })
    expect(byLength.map(({ combinations }) => combinations)).toEqual([4, 2])
    // Lost: b 1, y 1, ay 1.
    expect(byCount.map(({ combinations, lost }) => [combinations, lost])).toEqual([[6, 3]])
  })

  it('are those of a count by text, one record after the other', () => {
    const shape = fc.record({
      records: fc.integer({ min: 20, max: 400 }),
      columns: fc.integer({ min: 2, max: 7 }),
      values: fc.integer({ min: 7, max: 60 }),
      density: fc.double({ min: 0.1, max: 0.95, noNaN: true }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    })
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 1e6 }), (given, seed) => {
        const real = inventedRecords(given)
        const bits = seededBits(seed)
        const released = chosen(
          real,
          Array.from({ length: 100 }, () => evenly(bits, real.count)),
        )
        const [ours, theirs] = [combinationsOf(real, 3), combinationsOf(released, 3)]
        const errors = [...ours].map(([key, n]) => Math.abs(n - (theirs.get(key) ?? 0)))
        const { all } = quality(real, released)
        expect(all.combinations).toBe(ours.size)
        expect(all.errorReal).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / Math.max(1, ours.size), 9)
        expect(all.suppressed.number * ours.size).toBeCloseTo(
          [...ours.keys()].filter((key) => !theirs.has(key)).length,
          6,
        )
        expect(all.shownUnderK).toBe([...theirs.values()].filter((n) => n < 10).length)
        expect(all.rareShown).toBe([...theirs.keys()].filter((key) => (ours.get(key) ?? 0) < 10).length)
      }),
      { numRuns: 30, seed: 2 },
    )
  })

  it('of a file beside itself are without error, whatever the order of its rows', () => {
    const real = inventedRecords({ records: 500, columns: 6, values: 30, density: 0.5, seed: 1 })
    const turned = chosen(real, [...Array(500).keys()].toReversed())
    const { all, tail, questions, byCount } = quality(real, turned)
    expect([all.errorUnion, all.suppressed.number, all.fabricated.number, tail.largest]).toEqual([0, 0, 0, 0])
    expect(questions.every(({ distance }) => distance < 1e-12)).toBe(true)
    expect(byCount.every(({ preserved }) => preserved === 1)).toBe(true)
  })

  it('hold where a set of columns has more cells than the table has room for', () => {
    const real = inventedRecords({ records: 3000, columns: 3, values: 6000, density: 0.9, seed: 1 })
    const released = chosen(real, [...Array(1500).keys()])
    expect(quality(real, released).all.combinations).toBe(combinationsOf(real, 3).size)
  })
})

describe('questions', () => {
  it('are answered by how far the shares lie apart, those of whom something is absent included', () => {
    const real = records(['a', 'x'], ['a', 'y'], ['b', 'x'], ['', 'y'])
    const released = records(['a', 'x'], ['a', 'x'])
    const decided = qualityOf(real, released, {
      length: 2,
      k: 3,
      questions: [
        { name: 'first', columns: ['c0'] },
        { name: 'both', columns: ['c0', 'c1'] },
      ],
    })
    expect(decided.ok && decided.value.questions).toEqual([
      { name: 'first', distance: 0.5, cells: 3 },
      { name: 'both', distance: 0.75, cells: 4 },
    ])
  })

  it('about a column that is not there are refused, and so are files of other columns', () => {
    const real = records(['a', 'x'], ['b', 'y'])
    const asked = qualityOf(real, real, { length: 2, k: 3, questions: [{ name: '', columns: ['c9'] }] })
    expect(!asked.ok && asked.refusal).toEqual({ code: 'quality.no-such-column', values: { column: 'c9' } })
    const other = { ...real, columns: real.columns.map((column) => ({ ...column, name: `${column.name}!` })) }
    expect(qualityOf(real, other, { length: 2, k: 3 })).toMatchObject({ refusal: { code: 'quality.other-columns' } })
  })
})

it('the printed table says the same figures', () => {
  const real = records(['a', 'x'], ['a', 'x'], ['a', 'y'], ['b', ''])
  const text = qualityTable(quality(real, records(['a', 'x'], ['a', 'z'], ['a', '']), 2, 3))
  expect(text).toMatch(/4 real records, 3 released/)
  expect(text).toMatch(/all +6 +1\.7 +0\.67 +0\.83 +0\.88 +50\.0 % +30\.0 % +33\.3 % +28\.6 %/)
})
