import { describe, expect, it } from 'vitest'
import type { PublishedTable } from '../audit/published.ts'
import { tableOf } from '../audit/testing/small-tables.ts'
import { fraction, seededBits } from '../noise/random-bits.ts'
import { clopperPearson } from '../testing/clopper-pearson.ts'
import { readRules } from './rules.ts'
import { protectTable } from './suppress.ts'

async function decide(table: PublishedTable, epsilon: number, seed: number, more: object = {}) {
  const rules = readRules({ method: 'dp', epsilon, ...more })
  if (!rules.ok) throw new Error(rules.refusal.code)
  const options = { solver: null, elapsed: () => 0, budget: 0, bits: seededBits(seed), keyOf: () => 0 }
  return protectTable(table, rules.value, options)
}

async function released(...given: Parameters<typeof decide>): Promise<ReadonlyMap<string, number>> {
  const done = await decide(...given)
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
    expect(await codeOf(splits, 1, 1)).toBe('protect.totals-do-not-add-up')
    expect(await codeOf(splits, 1, 1, { hierarchies: { combine: [['by', 'who']] } })).toBe('protect.several-partitions')
    const twice = { a: { North: ['a0', 'a1'], South: ['a1'] } }
    expect(await codeOf(tableOf(['a'], ['a0 3', 'a1 4']), 1, 1, { hierarchies: { partitions: twice } })).toBe(
      'protect.several-partitions',
    )
  })

  it('where two codes are called totals, and no rule says which is the whole of which', async () => {
    expect(await codeOf(tableOf(['a'], ['Total 7', 'All 7', 'a0 3', 'a1 4']), 1, 1)).toBe('protect.several-totals')
  })

  it('where a row has a code that the rules do not list', async () => {
    const table = tableOf(['a'], ['Total 7', 'a0 3', 'a1 4'])
    expect(await codeOf(table, 1, 1, { codes: { a: ['a0'] } })).toBe('protect.code-not-listed')
    expect(await codeOf(table, 1, 1, { codes: { a: ['a0', 'a1', 'a2'] } })).toBeUndefined()
  })

  it('where there are more combinations than persons could ever fill', async () => {
    const long = Array.from({ length: 1600 }, (_, n) => `a${n % 800} b${(n * 7) % 799} 1`)
    expect(await codeOf(tableOf(['a', 'b'], long), 1, 1)).toBe('protect.too-many-combinations')
  })
})

/** The largest loss that is certain, over the events, in either direction. */
function certainLoss<Run>(one: readonly Run[], other: readonly Run[], events: readonly ((run: Run) => boolean)[]) {
  const risk = 0.001 / (4 * events.length)
  return Math.max(
    ...events.flatMap((event) => {
      const [a, b] = [one.filter(event).length, other.filter(event).length]
      const bound = (x: number, y: number): number =>
        Math.log(clopperPearson(x, one.length, risk).low / clopperPearson(y, other.length, risk).high)
      return [bound(a, b), bound(b, a)]
    }),
  )
}

describe('The shape of a table under differential privacy is that of its names, not of its persons', () => {
  /** Tables that differ by one person, as an attacker chose them. */
  const pairs: Readonly<Record<string, readonly [PublishedTable, PublishedTable]>> = {
    'one code that holds as many as two others': [
      tableOf(['country'], ['A 10', 'B 4', 'C 6', 'D 9']),
      tableOf(['country'], ['A 11', 'B 4', 'C 6', 'D 9']),
    ],
    'a column that says nothing new but for her': [
      tableOf(['country', 'sex'], ['KH F 10', 'MM M 5', 'TH F 7']),
      tableOf(['country', 'sex'], ['KH F 10', 'MM M 5', 'TH F 7', 'KH M 1']),
    ],
    'a total that is likely one by its name': [
      tableOf(['place'], ['ASEAN 10', 'B 4', 'C 6']),
      tableOf(['place'], ['ASEAN 11', 'B 5', 'C 6']),
    ],
  }

  it.each(Object.keys(pairs))('of %s: cells, their order and all that is said are the same', async (name) => {
    const told = await Promise.all(
      (pairs[name] ?? []).map(async (table) => {
        // So much noise, so little: what is said may depend on what is handed out, and on nothing else.
        const done = await decide(table, 20, 3)
        if (!done.ok || !('isEstimated' in done.value.report)) throw new Error('refused')
        const { dimensions, cells, warnings } = done.value.report
        return { keys: done.value.rows.map(({ codes }) => codes.join(' ')), dimensions, cells, warnings }
      }),
    )
    expect(told[1]).toEqual(told[0])
  })

  it('and what is said of its errors follows from what is handed out', async () => {
    const [table] = pairs['one code that holds as many as two others'] ?? []
    if (!table) throw new Error('there are pairs')
    // Other counts under noise of nothing at all: were the true moves told, they would be nothing.
    const report = async (epsilon: number) => {
      const done = await decide(table, epsilon, 7)
      return done.ok && 'isEstimated' in done.value.report ? done.value.report : undefined
    }
    expect(await report(0.1)).toMatchObject({ isEstimated: true, warnings: ['spends'] })
    expect(await report(12)).toMatchObject({ warnings: ['spends', 'high-epsilon'] })
  })

  it('no event of thousands of runs tells of her more than epsilon allows, at any of three', async () => {
    const [one, other] = pairs['one code that holds as many as two others'] ?? []
    if (!one || !other) throw new Error('there are pairs')
    const runs = 2500
    const seen = async (table: PublishedTable, epsilon: number, from: number) => {
      const all: ReadonlyMap<string, number>[] = []
      for (let run = 0; run < runs; run++) all.push(await released(table, epsilon, from + run))
      return all
    }
    const of = (run: ReadonlyMap<string, number>, code: string): number => run.get(code) ?? 0
    const events = [
      (run: ReadonlyMap<string, number>) => of(run, 'A') === of(run, 'B') + of(run, 'C'),
      ...[9, 10, 11, 12].map((least) => (run: ReadonlyMap<string, number>) => of(run, 'A') >= least),
    ]
    for (const epsilon of [0.2, 0.5, 1])
      expect(certainLoss(await seen(one, epsilon, 1), await seen(other, epsilon, 50_000), events)).toBeLessThan(epsilon)
  })

  it('rules give the codes: one that nobody has is a cell like any other', async () => {
    const table = tableOf(['country'], ['Total 10', 'KH 7', 'TH 3'])
    const shown = await released(table, 1, 2, { codes: { country: ['TH', 'KH', 'LA'] } })
    expect([...shown.keys()]).toEqual(['TH', 'KH', 'LA', 'Total'])
  })

  it('columns that the rules ignore are left out, with what they say', async () => {
    const table = tableOf(['code', 'label'], ['KH Cambodia 7', 'TH Thailand 3'])
    expect([...(await released(table, 1, 2, { hierarchies: { ignore: ['label'] } })).keys()]).toEqual(['KH', 'TH'])
    expect((await released(table, 1, 2)).size).toBe(4)
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
    expect([...(await released(untold, 0.5, 9))]).toEqual([...once])
    const turned = await released({ ...told, rows: told.rows.toReversed() }, 0.5, 9)
    expect([...turned]).toEqual([...once])
  })

  it('lose no more than epsilon, as far as thousands of runs beside a table with one person less can tell; half the noise is found out', async () => {
    const runs = 2500
    const less = twoWay(new Map([...small, ['a1 b1', 0]]))
    const seen = async (table: PublishedTable, epsilon: number, from: number): Promise<readonly number[]> => {
      const values: number[] = []
      for (let run = 0; run < runs; run++) values.push((await released(table, epsilon, from + run)).get('a1 b1') ?? 0)
      return values
    }
    const events = Array.from({ length: 8 }, (_, at) => at).flatMap((at) => [
      (value: number) => value === at,
      (value: number) => value >= at,
    ])
    for (const epsilon of [0.7, 1.7]) {
      const [withHer, without] = [await seen(twoWay(small), epsilon, 1), await seen(less, epsilon, 100_000)]
      expect(certainLoss(withHer, without, events)).toBeLessThan(epsilon)
    }
    const tooLittle = 1.2
    const [withHer, without] = [await seen(twoWay(small), 2 * tooLittle, 1), await seen(less, 2 * tooLittle, 100_000)]
    expect(certainLoss(withHer, without, events)).toBeGreaterThan(tooLittle)
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
