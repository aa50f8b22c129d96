import { loadSolver } from '@lentera/solver'
import { describe, expect, test } from 'vitest'
import { type Audited, auditPublished } from './audit.ts'
import type { PublishedTable } from './published.ts'
import { readingsOf } from './readings.ts'

const solver = await loadSolver()

const tableOf = (dimensions: readonly string[], rows: readonly string[]): PublishedTable => ({
  name: 't',
  dimensions,
  rows: rows.map((row) => {
    const cells = row.split(' ')
    return { codes: cells.slice(0, -1), shown: cells.at(-1) ?? '' }
  }),
})

const restsOn = (table: PublishedTable, dimension: string) => readingsOf([table]).restsOn.get(dimension)

describe('what it rests on that codes add up', () => {
  test('rules, names and many figures settle it', () => {
    const table = tableOf(['sex'], ['Total 30', 'F x', 'M x', 'Other 4'])
    expect(restsOn(table, 'sex')).toBe('names')
    const said = readingsOf([table], { partitions: { sex: { Total: ['F', 'M', 'Other'] } } })
    expect(said.restsOn.get('sex')).toBe('rules')
    const years = ['2019', '2020', '2021', '2022']
    const rows = years.flatMap((year, at) => [
      `${year} all-of-it ${30 + 3 * at}`,
      `${year} a ${10 + at}`,
      `${year} b ${20 + 2 * at}`,
    ])
    expect(restsOn(tableOf(['year', 'kind'], rows), 'kind')).toBe('figures')
    expect(restsOn(tableOf(['year', 'kind'], rows), 'year')).toBe('nothing')
  })

  test('one line that adds up by chance settles nothing, nor does a total that is less than the others', () => {
    expect(restsOn(tableOf(['kind'], ['p 12', 'q 5', 'r 7', 's x']), 'kind')).toBe('unsettled')
    expect(restsOn(tableOf(['kind'], ['Total 30', 'p 20', 'q 15', 'r x', 's 10']), 'kind')).toBe('unsettled')
  })
})

// ---------------------------------------------------------------- invented tables of some levels

type Node = { readonly code: string; readonly parts: readonly Node[] }

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Invented = {
  readonly table: PublishedTable
  readonly truth: ReadonlyMap<string, number>
  readonly partitions: Readonly<Record<string, readonly string[]>>
}

function inventedTable(seed: number): Invented {
  const chance = chanceOf(seed)
  const below = (most: number): number => Math.floor(chance() * most)
  const counter = { next: 0 }
  const grown = (levels: number): Node => ({
    code: `k${counter.next++}`,
    parts: levels === 0 || chance() < 0.4 ? [] : Array.from({ length: 2 + below(3) }, () => grown(levels - 1)),
  })
  const top: Node = {
    code: chance() < 0.5 ? 'Total' : 'top',
    parts: Array.from({ length: 2 + below(3) }, () => grown(1)),
  }
  const listed = (node: Node): readonly Node[] => [node, ...node.parts.flatMap(listed)]
  const columns = Array.from({ length: 1 + below(4) }, (_, at) => `b${at}`)
  const leaves = new Map<string, number>()
  const countOf = (node: Node, column: string): number => {
    if (node.parts.length > 0) return node.parts.reduce((sum, part) => sum + countOf(part, column), 0)
    const key = `${node.code} ${column}`
    leaves.set(key, leaves.get(key) ?? below(30))
    return leaves.get(key) ?? 0
  }
  const truth = new Map<string, number>()
  const rows = listed(top).flatMap((node) =>
    columns.map((column) => {
      const count = countOf(node, column)
      truth.set(`${node.code} ${column}`, count)
      const isHidden = (count > 0 && count < 5) || chance() < 0.12
      return { codes: [node.code, column], shown: isHidden ? (count < 5 ? '<5' : 'x') : String(count) }
    }),
  )
  const partitions = Object.fromEntries(
    listed(top).flatMap(({ code, parts }) => (parts.length > 0 ? [[code, parts.map((part) => part.code)]] : [])),
  )
  return { table: { name: `${seed}`, dimensions: ['kind', 'by'], rows }, truth, partitions }
}

/** Of each cell its codes as one text. */
function codesOf({ system }: Audited): readonly string[] {
  const names = system.dimensions.map(({ name }) => name)
  return Array.from({ length: system.cells }, (_, cell) => {
    const codes = names.map((_, d) => system.codes[d]?.[system.cellCodes[cell * names.length + d] ?? 0] ?? '')
    return `${codes[names.indexOf('kind')]} ${codes[names.indexOf('by')]}`
  })
}

test('where it is not settled what adds up, no interval is called exact and none leaves the truth out', async () => {
  let [unsettled, hidden] = [0, 0]
  for (let seed = 1; seed <= 400; seed++) {
    const { table, truth } = inventedTable(seed)
    if (readingsOf([table]).restsOn.get('kind') !== 'unsettled') continue
    unsettled++
    const audited = await auditPublished([table], [], { solver })
    const { system, intervals, report } = audited
    expect(report.proven).toBe(0)
    for (const [cell, key] of codesOf(audited).entries()) {
      if (system.state[cell] !== 2 || intervals.isContradictory[cell] === 1) continue
      hidden++
      expect(intervals.least[cell], `${seed}: ${key}`).toBeLessThanOrEqual(truth.get(key) ?? 0)
      expect(intervals.most[cell], `${seed}: ${key}`).toBeGreaterThanOrEqual(truth.get(key) ?? 0)
    }
  }
  expect(unsettled).toBeGreaterThan(100)
  expect(hidden).toBeGreaterThan(500)
})

test('a cell is open that one of the readings opens', async () => {
  // p = q + r by one line, and s hides nothing; if p is their whole, the hidden q of the other line is 6.
  const rows = ['2021 p 12', '2021 q 5', '2021 r 7', '2021 s 9', '2022 p 14', '2022 q x', '2022 r 8', '2022 s 11']
  const { report } = await auditPublished([tableOf(['year', 'kind'], rows)], [], { solver })
  expect(report.dimensions.find(({ name }) => name === 'kind')?.restsOn).toBe('unsettled')
  expect(report).toMatchObject({ hidden: 1, open: 1, proven: 0, byRule: { exact: 1 } })
})

/** Rows in another order, the same for the same seed. */
function shuffled(table: PublishedTable, seed: number): PublishedTable {
  const chance = chanceOf(seed)
  const drawn = table.rows.map((row) => ({ row, at: chance() }))
  return { ...table, rows: drawn.toSorted((a, b) => a.at - b.at).map(({ row }) => row) }
}

/** What is said of each hidden cell, in the order of their codes. */
const saidOf = (audited: Audited): readonly string[] =>
  codesOf(audited)
    .flatMap((key, cell) => {
      const { system, intervals, isOpen } = audited
      const { least, most, isExact } = intervals
      return system.state[cell] === 2 ? [[key, least[cell], most[cell], isExact[cell], isOpen[cell]].join(' ')] : []
    })
    .toSorted()

test('an interval that is called exact is that of the true sums, and holds the truth, in whatever order rows stand', async () => {
  let exact = 0
  for (let seed = 1; seed <= 250; seed++) {
    const { table, truth, partitions } = inventedTable(seed)
    const audited = await auditPublished([table], [], { solver })
    expect(saidOf(await auditPublished([shuffled(table, seed)], [], { solver })), `${seed}`).toEqual(saidOf(audited))
    const byTruth = await auditPublished([table], [], { solver, named: { partitions: { kind: partitions, by: {} } } })
    const places = new Map(codesOf(byTruth).map((key, cell) => [key, cell]))
    const { system, intervals } = audited
    for (const [cell, key] of codesOf(audited).entries()) {
      const place = places.get(key)
      if (system.state[cell] !== 2 || intervals.isExact[cell] !== 1 || place === undefined) continue
      exact++
      const [least, most] = [intervals.least[cell] ?? 0, intervals.most[cell] ?? 0]
      expect([least, most], `${seed}: ${key}`).toEqual([byTruth.intervals.least[place], byTruth.intervals.most[place]])
      expect(least).toBeLessThanOrEqual(truth.get(key) ?? 0)
      expect(most).toBeGreaterThanOrEqual(truth.get(key) ?? 0)
    }
  }
  expect(exact).toBeGreaterThan(30)
})
