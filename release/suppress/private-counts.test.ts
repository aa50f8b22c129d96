import { describe, expect, it } from 'vitest'
import type { PublishedTable } from '../audit/published.ts'
import { tableOf } from '../audit/testing/small-tables.ts'
import { fraction, seededBits } from '../noise/random-bits.ts'
import { clopperPearson } from '../testing/clopper-pearson.ts'
import { readRules } from './rules.ts'
import { protectTable } from './suppress.ts'

async function decide(table: PublishedTable, epsilon: number, seed: number) {
  const rules = readRules({ method: 'dp', epsilon })
  if (!rules.ok) throw new Error(rules.refusal.code)
  const options = { solver: null, elapsed: () => 0, budget: 0, bits: seededBits(seed), keyOf: () => 0 }
  return protectTable(table, rules.value, options)
}

async function released(table: PublishedTable, epsilon: number, seed: number): Promise<ReadonlyMap<string, number>> {
  const done = await decide(table, epsilon, seed)
  if (!done.ok) throw new Error(done.refusal.code)
  return new Map(done.value.rows.map(({ codes, shown }) => [codes.join(' '), Number(shown)]))
}

/** Counts by two codes with all their totals. */
function twoWay(counts: ReadonlyMap<string, number>): PublishedTable {
  const all = new Map<string, number>()
  for (const [key, count] of counts) {
    const [a = '', b = ''] = key.split(' ')
    for (const cell of [`${a} ${b}`, `${a} Total`, `Total ${b}`, 'Total Total'])
      all.set(cell, (all.get(cell) ?? 0) + count)
  }
  return tableOf(
    ['a', 'b'],
    [...all].map(([key, count]) => `${key} ${count}`),
  )
}

const small = new Map([
  ['a0 b0', 10],
  ['a0 b1', 17],
  ['a1 b0', 22],
  ['a1 b1', 1],
])

describe('Counts under differential privacy are refused', () => {
  const codeOf = async (...of: Parameters<typeof decide>) => {
    const done = await decide(...of)
    return done.ok ? undefined : done.refusal.code
  }

  it('where a person would be in two cells that are not parts of one another: her noise would be half of what is said', async () => {
    const margins = tableOf(['a', 'b'], ['a0 Total 30', 'a1 Total 20', 'Total b0 25', 'Total b1 25', 'Total Total 50'])
    expect(await codeOf(margins, 1, 1)).toBe('protect.totals-do-not-add-up')
    const splits = tableOf(['by', 'who'], ['Total Total 30', 'sex f 10', 'sex m 20', 'age child 12', 'age adult 18'])
    expect(await codeOf(splits, 1, 1)).toBe('protect.several-partitions')
  })

  it('where there are more combinations than persons could ever fill', async () => {
    const long = Array.from({ length: 1600 }, (_, n) => `a${n % 800} b${(n * 7) % 799} 1`)
    expect(await codeOf(tableOf(['a', 'b'], long), 1, 1)).toBe('protect.too-many-combinations')
  })
})

describe('Counts under differential privacy', () => {
  it('are whole numbers that add up at every epsilon, and no fraction of one tells what is under the noise', async () => {
    for (const epsilon of [0.05, 0.3, 0.7, 1, 1.1, 1.7, 2.5, 4, 13])
      for (const seed of [1, 2, 3]) {
        const shown = await released(twoWay(small), epsilon, seed)
        for (const count of shown.values()) expect(Number.isInteger(count) && count >= 0).toBe(true)
        expect((shown.get('a0 Total') ?? 0) + (shown.get('a1 Total') ?? 0)).toBe(shown.get('Total Total'))
        expect((shown.get('a0 b0') ?? 0) + (shown.get('a1 b0') ?? 0)).toBe(shown.get('Total b0'))
      }
  })

  it('do not tell whether a combination had a row, nor in which order the rows came', async () => {
    const told = twoWay(new Map([...small, ['a2 b0', 4], ['a2 b1', 0]]))
    const untold = twoWay(new Map([...small, ['a2 b0', 4]]))
    const once = await released(told, 0.5, 9)
    expect(once.has('a2 b1')).toBe(true)
    expect(new Map([...(await released(untold, 0.5, 9))].sort())).toEqual(new Map([...once].sort()))
    const turned = await released({ ...told, rows: told.rows.toReversed() }, 0.5, 9)
    expect(new Map([...turned].sort())).toEqual(new Map([...once].sort()))
  })

  it('lose no more than epsilon, as far as thousands of runs beside a table with one person less can tell; half the noise is found out', async () => {
    const runs = 2500
    const less = twoWay(new Map([...small, ['a1 b1', 0]]))
    const seen = async (table: PublishedTable, epsilon: number, from: number): Promise<readonly number[]> => {
      const values: number[] = []
      for (let run = 0; run < runs; run++) values.push((await released(table, epsilon, from + run)).get('a1 b1') ?? 0)
      return values
    }
    /** The largest loss that is certain, over all thresholds and values, in either direction. */
    const loss = (one: readonly number[], other: readonly number[]): number => {
      const events = Array.from({ length: 8 }, (_, at) => at).flatMap((at) => [
        (value: number) => value === at,
        (value: number) => value >= at,
      ])
      const risk = 0.001 / (4 * events.length)
      return Math.max(
        ...events.flatMap((event) => {
          const [a, b] = [one.filter(event).length, other.filter(event).length]
          const bound = (x: number, y: number): number =>
            Math.log(clopperPearson(x, runs, risk).low / clopperPearson(y, runs, risk).high)
          return [bound(a, b), bound(b, a)]
        }),
      )
    }
    for (const epsilon of [0.7, 1.7]) {
      const [withHer, without] = [await seen(twoWay(small), epsilon, 1), await seen(less, epsilon, 100_000)]
      expect(loss(withHer, without)).toBeLessThan(epsilon)
    }
    const tooLittle = 1.2
    const [withHer, without] = [await seen(twoWay(small), 2 * tooLittle, 1), await seen(less, 2 * tooLittle, 100_000)]
    expect(loss(withHer, without)).toBeGreaterThan(tooLittle)
  })

  it('have totals that are near though nearly all cells are nobody: noise that was cut off at nobody is not summed up', async () => {
    const bits = seededBits(4)
    const counts = new Map<string, number>()
    for (let person = 0; person < 2000; person++) {
      const key = `a${Math.floor(40 * fraction(bits) ** 2)} b${Math.floor(50 * fraction(bits) ** 3)}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const table = twoWay(counts)
    let [total, cut] = [0, 0]
    for (let seed = 1; seed <= 10; seed++) {
      const shown = await released(table, 1, seed)
      total += Math.abs((shown.get('Total Total') ?? 0) - 2000) / 10
      cut += [...shown].filter(([key]) => !key.includes('Total')).length / 10
    }
    // Cells cut at nobody one by one would add some 0.4 each.
    expect(cut).toBeGreaterThan(1500)
    expect(total).toBeLessThan(0.04 * cut)
  })
})
