import { loadSolver } from '@lentera/solver'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AuditOptions, auditPublished } from './audit.ts'
import { findDimensions } from './hierarchy.ts'
import { findIntervals } from './intervals.ts'
import { endless, readShown } from './published.ts'
import { buildSystem } from './system.ts'
import { tableOf, twoWay } from './testing/small-tables.ts'

const solver = await loadSolver()
const options: AuditOptions = { solver }

test('a single gap in a row with a total is open, and the rule it breaks is named', async () => {
  const { report } = await auditPublished([tableOf(['sex'], ['Total 12', 'F 9', 'M <5'])], [], options)
  expect(report).toMatchObject({ hidden: 1, open: 1, byRule: { exact: 1, zero: 0 }, needs: { oneSum: 1 } })
})

test('a gap that can only be nobody discloses a zero', async () => {
  const { report } = await auditPublished([tableOf(['sex'], ['Total 9', 'F 9', 'M <5'])], [], options)
  expect(report).toMatchObject({ open: 1, byRule: { zero: 1, exact: 0 } })
})

test('a part that was not published may hide in a rest: read strictly, a rest only bounds', async () => {
  const tables = [
    tableOf(
      ['year', 'sex'],
      ['2019 Total 12', '2019 F 9', '2019 M <5', '2020 Total 30', '2020 F 10', '2020 M 10', '2020 Other 10'],
    ),
  ]
  const complete = await auditPublished(tables, [], options)
  // In 2020 there is another sex: whether in 2019 nobody is of it, no sum says.
  expect(complete.report).toMatchObject({ open: 1, byRule: { exact: 0, narrow: 1 } })
  const strict = await auditPublished(tables, [], { ...options, reading: 'strict' })
  expect(strict.report).toMatchObject({ open: 1, byRule: { exact: 0, narrow: 1 } })
})

test('a row that was left out is hidden too where the sums tell that somebody is in it, and open where they tell who', async () => {
  const rows = ['a M 6', 'a Total 9', 'b F 8', 'b M 5', 'b Total 13', 'Total F 11', 'Total M 11', 'Total Total 22']
  const { report } = await auditPublished([tableOf(['area', 'sex'], rows)], [], options)
  expect(report).toMatchObject({ hidden: 1, omitted: 1, open: 1, byRule: { exact: 1 }, sums: { fallShort: 0 } })
})

test('a row that was left out is nobody only where a sum says so: until then no interval leaves out what may be true', async () => {
  // Left out: a F, of 3 persons. Of them nothing tells but that a Total is hidden.
  const rows = ['a M 6', 'a Total x', 'b F x', 'b M 5', 'b Total 13', 'c F 11', 'c M 7', 'c Total 18']
  const totals = ['Total F 22', 'Total M 18', 'Total Total x']
  const { system, intervals } = await auditPublished([tableOf(['area', 'sex'], [...rows, ...totals])], [], options)
  const truth: Readonly<Record<string, number>> = { 'a Total': 9, 'b F': 8, 'Total Total': 40, 'a F': 3 }
  const names = system.dimensions.map(({ name }) => name)
  let compared = 0
  for (let cell = 0; cell < system.cells; cell++) {
    const codes = names.map((_, d) => system.codes[d]?.[system.cellCodes[cell * names.length + d] ?? 0] ?? '')
    const value = truth[`${codes[names.indexOf('area')]} ${codes[names.indexOf('sex')]}`]
    if (value === undefined) continue
    compared++
    expect(intervals.least[cell]).toBeLessThanOrEqual(value)
    expect(intervals.most[cell]).toBeGreaterThanOrEqual(value)
  }
  expect(compared).toBe(4)
})

test('two gaps that leave each other room are closed', async () => {
  const { report } = await auditPublished([tableOf(['sex'], ['Total 30', 'F x', 'M x', 'Other 4'])], [], options)
  expect(report).toMatchObject({ hidden: 2, open: 0, proven: 2 })
})

test('rows that do not add up are counted and not trusted', async () => {
  const rows = ['Total 10', 'F 9', 'M 8', 'Other <5']
  const { report } = await auditPublished([tableOf(['sex'], rows)], [], options)
  expect(report).toMatchObject({ sums: { exceed: 1 }, open: 0, contradictory: 0 })
})

test('a row given twice with two values is counted, and the later one is read', async () => {
  const { report } = await auditPublished([tableOf(['sex'], ['Total 9', 'F 9', 'M <5', 'Total 12'])], [], options)
  expect(report).toMatchObject({ notes: { repeated: 1, contradicted: 1 }, byRule: { exact: 1 } })
})

test('totals that differ because people came contradict each other as the same counts, and not as grown ones', async () => {
  const grown: AuditOptions = { ...options, releases: 'grown' }
  const earlier = tableOf(['sex'], ['Total 30', 'F x', 'M 20', 'Other x'])
  const closed = tableOf(['sex'], ['Total 31', 'F x', 'M x', 'Other x'])
  const { report } = await auditPublished([closed], [earlier], grown)
  expect(report).toMatchObject({ contradictory: 0, notes: { moved: 0 } })
  const { report: same } = await auditPublished([closed], [earlier], options)
  expect(same.notes.moved).toBeGreaterThan(0)
})

test('the bounds of growth are exactly those of every population that can have grown so', async () => {
  // Two releases of F + M = Total; each hides F and M; every pair of populations that fits is tried.
  const before = tableOf(['sex'], ['Total 7', 'F x', 'M x'])
  const between = tableOf(['sex'], ['Total 9', 'F 6', 'M 3'])
  const { system, intervals } = await auditPublished([between], [before], { ...options, releases: 'grown' })
  const ends = new Map<string, [number, number]>()
  for (let f = 0; f <= 7; f++) {
    const m = 7 - f
    if (f > 6 || m > 3) continue
    for (const [code, value] of [
      ['F', f],
      ['M', m],
    ] as const) {
      const [low, high] = ends.get(code) ?? [value, value]
      ends.set(code, [Math.min(low, value), Math.max(high, value)])
    }
  }
  const codesAt = (cell: number): string =>
    system.codes.map((codes, d) => codes[system.cellCodes[cell * system.codes.length + d] ?? 0]).join(' ')
  let compared = 0
  for (let cell = 0; cell < system.cells; cell++) {
    const [sex, release] = codesAt(cell).split(' ')
    const wanted = release === '1' ? ends.get(sex ?? '') : undefined
    if (!wanted) continue
    expect([intervals.least[cell], intervals.most[cell]]).toEqual(wanted)
    compared++
  }
  // F from 4 to 6, M from 1 to 3: open, and only through both releases.
  expect(compared).toBe(2)
  const { report } = await auditPublished([between], [before], { ...options, releases: 'grown' })
  expect(report).toMatchObject({ hidden: 2, open: 2, onlyThroughReleases: 2 })
})

/**
 * Of persons by A, B and C three two-way tables; all one-way totals are hidden. Each table fixes the difference of two
 * totals, or their sum; two of them leave a whole line of solutions, three a point.
 */
test('cells open only through three linked tables are found, and not by any two of them', async () => {
  const { report } = await auditPublished([threeLinkedTables], [], options)
  expect(report.hidden).toBe(12)
  expect(report.open).toBe(12)
  expect(report.needs).toEqual({ oneSum: 0, oneTable: 0, twoTables: 0, threeTables: 12, more: 0 })
})

test('an auditor that looks at one table at a time finds none of them', async () => {
  for (const left of ['a', 'b', 'c']) {
    const place = threeLinkedTables.dimensions.indexOf(left)
    const rows = threeLinkedTables.rows.filter(({ codes }) => codes[place] === 'Total')
    const { report } = await auditPublished([{ ...threeLinkedTables, rows }], [], options)
    expect(report.hidden).toBeGreaterThan(0)
    expect(report.open).toBe(0)
  }
})

test('cells open only through two releases of the same cut are found, and in neither alone', async () => {
  const first = tableOf(['sex'], ['Total 30', 'F x', 'M x', 'Other 6'], 'first')
  const second = tableOf(['sex'], ['Total 30', 'F 13', 'M x', 'Other x'], 'second')
  const { report } = await auditPublished([first], [second], options)
  expect(report).toMatchObject({ open: 2, onlyThroughReleases: 2 })
  for (const alone of [first, second]) expect((await auditPublished([alone], [], options)).report.open).toBe(0)
})

test('figures that moved by fewer than five persons between releases are counted', async () => {
  const now = tableOf(['sex'], ['Total 30', 'F 13', 'M 17'])
  const before = tableOf(['sex'], ['Total 28', 'F 11', 'M 17'])
  const { report } = await auditPublished([now], [before], options)
  expect(report.notes).toMatchObject({ moved: 2, movedByFew: 2 })
})

test('wholes below a total are found from the figures', () => {
  const rows = [1, 2, 3].flatMap((year) => [
    ...[
      `${year} world ${31 * year}`,
      `${year} asia ${10 * year}`,
      `${year} laos ${4 * year}`,
      `${year} siam ${6 * year}`,
    ],
    ...[`${year} europe ${21 * year}`, `${year} malta ${year}`, `${year} spain ${20 * year}`],
  ])
  const place = findDimensions([tableOf(['year', 'place'], rows)], { partitions: {} }).find(
    ({ name }) => name === 'place',
  )
  expect(place?.partitions.map(({ whole, parts }) => [whole, parts.length])).toEqual([
    ['asia', 2],
    ['europe', 2],
    ['world', 2],
  ])
})

test('subtotals that follow their parts are found from the one line that shows them all, and what they give away', async () => {
  const [a, b] = [
    ['a1 F x', 'a1 M x', 'a1 Total 15', 'a2 F 10', 'a2 M 9', 'a2 Total 19', 'a3 F 8', 'a3 M 7', 'a3 Total 15'],
    ['b1 F x', 'b1 M x', 'b1 Total 17', 'b2 F 20', 'b2 M 9', 'b2 Total 29'],
  ]
  const wholes = ['A F 21', 'A M 28', 'A Total 49', 'B F 22', 'B M 24', 'B Total 46']
  const table = tableOf(['area', 'sex'], [...a, ...wholes.slice(0, 3), ...b, ...wholes.slice(3)])
  const { report } = await auditPublished([table], [], options)
  expect(report).toMatchObject({ hidden: 4, open: 4, byRule: { exact: 4 } })
  expect(report.dimensions.map(({ isWithoutWhole }) => isWithoutWhole)).toEqual([false, false])
})

test('years that happen to add up are no sum, nor is what one line speaks against', () => {
  const years = findDimensions([tableOf(['year'], ['2019 5', '2020 3', '2021 2'])])
  expect(years.map(({ partitions }) => partitions)).toEqual([[]])
  const rows = ['x p 5', 'x q 3', 'x r 2', 'y p 5', 'y q 3', 'y r 3']
  const found = findDimensions([tableOf(['place', 'kind'], rows)])
  expect(found.find(({ name }) => name === 'kind')?.partitions).toEqual([])
})

test('a kind of breakdown and its category are one dimension, and a label is none', () => {
  const rows = [
    'MM Myanmar Total Total 9',
    'MM Myanmar form sexual 4',
    'MM Myanmar form labour 5',
    'TH Thailand citizenship Laos 7',
  ]
  const found = findDimensions([tableOf(['code', 'country', 'kind', 'category'], rows)])
  expect(found.map(({ name, partitions }) => [name, partitions.length])).toEqual([
    ['kind / category', 2],
    ['country', 0],
  ])
})

test('what stands in a cell is read as its publisher meant it', () => {
  expect(readShown('1,234')).toEqual({ kind: 'number', least: 1234, most: 1234 })
  expect(readShown('<5')).toEqual({ kind: 'band', least: 0, most: 4 })
  expect(readShown('5-9')).toEqual({ kind: 'band', least: 5, most: 9 })
  expect(readShown('10+')).toEqual({ kind: 'band', least: 10, most: endless })
  expect([readShown('x').kind, readShown('').kind, readShown('-3').kind, readShown('4.5').kind]).toEqual([
    ...['hidden', 'empty', 'unreadable', 'unreadable'],
  ])
})

// ---------------------------------------------------------------- properties

const smallTable = fc
  .record({ rows: fc.constantFrom(2, 3), counts: fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }) })
  .chain(({ rows, counts }) => {
    const inner = Array.from({ length: rows }, (_, row) => counts.slice(2 * row, 2 * row + 2))
    const cells = twoWay(inner)
    return fc.tuple(fc.constant(cells), fc.array(fc.boolean(), { minLength: cells.length, maxLength: cells.length }))
  })
  .map(([cells, hides]) =>
    cells.map((cell, index) => ({
      ...cell,
      shown:
        (hides[index] ?? false) && !(cell.a === -1 && cell.b === -1)
          ? cell.value < 3
            ? '<3'
            : 'x'
          : String(cell.value),
    })),
  )

test("the auditor's interval is that of trying every table there could be, whether or not a hidden cell can be nobody", async () => {
  await fc.assert(
    fc.asyncProperty(smallTable, fc.constantFrom('shown', 'unsaid'), async (drawn, zeros) => {
      const cells = drawn.map((cell) => (zeros === 'shown' && cell.value === 0 ? { ...cell, shown: '0' } : cell))
      const table = rowsOf(cells)
      const dimensions = findDimensions([table])
      const system = buildSystem([table], dimensions, { minimum: 5, zeros })
      const found = await findIntervals(system, { reading: 'complete', solver: null })
      const tried = everyTable(cells, zeros === 'shown' ? 1 : 0)
      expect(system.cells).toBe(cells.length)
      for (let index = 0; index < cells.length; index++) {
        if (system.state[index] !== 2) continue
        expect(found.isExact[index]).toBe(1)
        expect([found.least[index], found.most[index]]).toEqual(tried[index])
      }
    }),
    { seed: 51, numRuns: 150 },
  )
})

test('the solver gives the same intervals where searching is given up at once', async () => {
  await fc.assert(
    fc.asyncProperty(smallTable, async (cells) => {
      const table = rowsOf(cells)
      const system = buildSystem([table], findDimensions([table]), { minimum: 5 })
      const searched = await findIntervals(system, { reading: 'complete', solver: null })
      const solved = await findIntervals(system, { reading: 'complete', solver, tries: 0 })
      expect([...solved.least]).toEqual([...searched.least])
      expect([...solved.most]).toEqual([...searched.most])
    }),
    { seed: 52, numRuns: 40 },
  )
})

test('the order of rows never matters', async () => {
  const draw = smallTable.chain((cells) =>
    fc.tuple(fc.constant(cells), fc.shuffledSubarray([...cells], { minLength: cells.length })),
  )
  await fc.assert(
    fc.asyncProperty(draw, async ([cells, shuffled]) => {
      const one = await auditPublished([rowsOf(cells)], [], options)
      const other = await auditPublished([rowsOf(shuffled)], [], options)
      const { splits: _, dimensions: _d, ...counts } = one.report
      expect(other.report).toMatchObject(counts)
    }),
    { seed: 53, numRuns: 60 },
  )
})

type ShownCell = { readonly a: number; readonly b: number; readonly value: number; readonly shown: string }

function rowsOf(cells: readonly ShownCell[]) {
  const code = (number: number, letter: string): string => (number === -1 ? 'Total' : `${letter}${number}`)
  return tableOf(
    ['a', 'b'],
    cells.map(({ a, b, shown }) => `${code(a, 'a')} ${code(b, 'b')} ${shown}`),
  )
}

/** Least and most of each cell over all tables that show the same. */
function everyTable(cells: readonly ShownCell[], leastHidden: number): readonly (readonly [number, number])[] {
  const rows = Math.max(...cells.map(({ a }) => a)) + 1
  const total = cells.find(({ a, b }) => a === -1 && b === -1)?.value ?? 0
  const ends = cells.map((): [number, number] => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  const inner = Array.from({ length: rows }, () => [0, 0])
  const fill = (place: number, left: number): void => {
    if (place === rows * 2) {
      if (left > 0) return
      const values = twoWay(inner).map(({ value }) => value)
      const fits = cells.every(({ shown }, index) => {
        const read = readShown(shown)
        if (read.kind !== 'number' && (values[index] ?? 0) < leastHidden) return false
        return !('least' in read) || ((values[index] ?? 0) >= read.least && (values[index] ?? 0) <= read.most)
      })
      if (!fits) return
      for (const [index, end] of ends.entries()) {
        end[0] = Math.min(end[0], values[index] ?? 0)
        end[1] = Math.max(end[1], values[index] ?? 0)
      }
      return
    }
    const row = inner[Math.floor(place / 2)] ?? []
    for (let value = 0; value <= left; value++) {
      row[place % 2] = value
      fill(place + 1, left - value)
    }
    row[place % 2] = 0
  }
  fill(0, total)
  return ends
}

const threeLinkedTables = tableOf(
  ['a', 'b', 'c'],
  [
    'Total Total Total 80',
    ...[
      'a1 Total Total x',
      'a2 Total Total x',
      'Total b1 Total x',
      'Total b2 Total x',
      'Total Total c1 x',
      'Total Total c2 x',
    ],
    ...['a1 b1 Total x', 'a1 b2 Total 20', 'a2 b1 Total 20', 'a2 b2 Total x'],
    ...['Total b1 c1 x', 'Total b1 c2 20', 'Total b2 c1 20', 'Total b2 c2 x'],
    ...['a1 Total c1 20', 'a1 Total c2 x', 'a2 Total c1 x', 'a2 Total c2 20'],
  ],
)

test('a solution that is said to be known and is none changes no interval', async () => {
  // Where zeros are shown each hidden cell is of somebody: nobody and ten add up, and are not it.
  const table = tableOf(['sex'], ['Total 10', 'F x', 'M x'])
  const system = buildSystem([table], findDimensions([table]), { minimum: 5, zeros: 'shown' })
  const known = system.least.map((least, cell) => (system.state[cell] === 1 ? least : 0))
  known[system.state.lastIndexOf(2)] = 10
  const { least, most } = await findIntervals(system, { reading: 'complete', solver, known })
  const hidden = [...system.state.keys()].filter((cell) => system.state[cell] === 2)
  expect(hidden.map((cell) => [least[cell], most[cell]])).toEqual([
    [1, 9],
    [1, 9],
  ])
})
