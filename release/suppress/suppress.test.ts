import { loadSolver } from '@lentera/solver'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditPublished, type PublishedTable } from '../audit/audit.ts'
import { tableOf } from '../audit/testing/small-tables.ts'
import { seededBits } from '../noise/random-bits.ts'
import { readRules } from './rules.ts'
import { protectTable, suppress } from './suppress.ts'

const solver = await loadSolver()
const options = { solver, elapsed: () => 0, budget: 10_000 }

function rulesOf(given: unknown) {
  const rules = readRules(given)
  if (!rules.ok) throw new Error(JSON.stringify(rules.refusal))
  return rules.value
}

async function protect(table: PublishedTable, given: unknown = {}, withSolver = true) {
  const done = await suppress(table, rulesOf(given), { ...options, solver: withSolver ? solver : null })
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
  return done.value
}

test('a small cell is hidden, another beside it, and a total that was missing is made', async () => {
  const { rows, report } = await protect(
    tableOf(
      ['sex', 'age'],
      crossed([
        [3, 20],
        [30, 40],
      ]),
    ),
  )
  expect(report).toMatchObject({ sensitive: 1, open: 0 })
  expect(report.secondary).toBe(3)
  expect(rows.find(({ codes }) => codes.every((code) => code === 'Total'))?.shown).toBe('93')
})

test('of a small table the least weight is proven, and patterns alone never weigh less', async () => {
  const table = tableOf(
    ['sex', 'age'],
    crossed([
      [3, 20, 11],
      [30, 2, 9],
      [14, 8, 50],
    ]),
  )
  const exact = await protect(table)
  expect(exact.report.weight).toBeCloseTo(exact.report.bound ?? -1)
  const patterns = await protect(table, {}, false)
  expect(patterns.report.weight).toBeGreaterThanOrEqual(exact.report.weight - 1e-9)
})

test('of a small table no clock decides what is hidden: two runs are the same, however little time was left', async () => {
  for (const zeros of ['hide', 'show'])
    for (let seed = 1; seed <= 6; seed++) {
      const counts = Array.from({ length: 6 }, (_, a) =>
        Array.from({ length: 5 }, (_, b) => (a * 7 * seed + b * b * 5 + seed) % 17),
      )
      const table = tableOf(['a', 'b'], crossed(counts))
      const [begun, over] = await Promise.all(
        [0, 1e9].map((clock) => suppress(table, rulesOf({ zeros }), { ...options, elapsed: () => clock })),
      )
      expect(begun).toMatchObject({ ok: true, value: { report: { open: 0 } } })
      expect(over).toEqual(begun)
    }
})

test('however long it may take in all, the search for the least weight ends after seconds, and the best known stands', async () => {
  const table = tableOf(
    ['a', 'b'],
    crossed(Array.from({ length: 10 }, (_, a) => Array.from({ length: 9 }, (_, b) => (a * 7 + b * 11) % 23))),
  )
  let [clock, least] = [0, 0]
  // Time passes only where somebody looks at it.
  const elapsed = (): number => {
    clock += 400
    return clock
  }
  const onProgress = (stage: string, done: number, of: number): void => {
    if (stage !== 'least') return
    least++
    expect(of).toBeLessThanOrEqual(8000)
    expect(done).toBeLessThanOrEqual(of)
  }
  const done = await suppress(table, rulesOf({ zeros: 'show' }), { ...options, elapsed, budget: 1e7, onProgress })
  expect(least).toBeGreaterThan(0)
  expect(done).toMatchObject({ ok: true, value: { report: { open: 0 } } })
})

test('a cell that one organisation dominates is hidden, though it is large', async () => {
  const rows = crossed([
    [30, 20],
    [30, 40],
  ]).map((row) => row.replace(/ (\d+)$/, (_, count) => ` ${row.startsWith('a0 b0') ? 29 : 5} ${count}`))
  const { report } = await protect(tableOf(['sex', 'age', 'top1'], rows), {
    dominance: { n: 1, k: 90 },
    contributions: ['top1'],
  })
  expect(report).toMatchObject({ sensitive: 1, open: 0 })
})

test('a cell whose second contributor could tell the largest is hidden', async () => {
  const rows = crossed([
    [30, 20],
    [30, 40],
  ]).map((row) => row.replace(/ (\d+)$/, (_, count) => ` ${row.startsWith('a0 b0') ? '20 9' : '5 4'} ${count}`))
  const given = { pPercent: 10, contributions: ['top1', 'top2'] }
  expect((await protect(tableOf(['sex', 'age', 'top1', 'top2'], rows), given)).report).toMatchObject({
    sensitive: 1,
    open: 0,
  })
})

test('a dominated cell is kept as far from what it holds as the rule says, not only four', async () => {
  const rows = ['a 4900 60 5000', 'b 2 2 6', 'c 300 200 900', 'Total 4900 300 5906']
  const table = tableOf(['area', 'largest', 'second'], rows)
  const contributions = ['largest', 'second']
  for (const [given, least] of [
    [{ pPercent: 10 }, 4900 * 1.1 + 60],
    [{ dominance: { n: 1, k: 90 } }, 4900 / 0.9],
  ] as const) {
    const done = await protect(table, { ...given, contributions })
    const out: PublishedTable = { name: 'out', dimensions: done.dimensions, rows: done.rows }
    const { system, intervals } = await auditPublished([out], [], { solver, zeros: 'shown' })
    const cell = system.cellCodes.indexOf(system.codes[0]?.indexOf('a') ?? -1)
    expect(intervals.most[cell]).toBeGreaterThanOrEqual(least)
  }
})

test('a total that was made is judged too, as if the same had given most everywhere', async () => {
  const rows = ['a F 400 2 420', 'a M 300 9 320', 'b F 9 8 50', 'b M 9 8 60']
  const table = tableOf(['area', 'sex', 'top1', 'top2'], rows)
  const partitions = { area: { Total: ['a', 'b'] }, sex: { Total: ['F', 'M'] } }
  const given = { pPercent: 10, contributions: ['top1', 'top2'], hierarchies: { partitions } }
  const { rows: shown, report } = await protect(table, given)
  expect(shown.find(({ codes }) => codes.slice(0, 2).join() === 'a,Total')?.shown).toBe('x')
  expect(report.sensitive).toBeGreaterThan(2)
})

test('rules about contributions are refused by name where the contributions are not there', async () => {
  const rows = ['a 4900 60 5000', 'b 2 2 6', 'Total 4900 60 5006']
  const table = tableOf(['area', 'largest', 'second'], rows)
  const tries: readonly (readonly [unknown, string])[] = [
    [{ pPercent: 10 }, 'protect.contributions-missing'],
    [{ pPercent: 10, contributions: ['largest'] }, 'protect.contributions-missing'],
    [{ dominance: { n: 3, k: 90 }, contributions: ['largest', 'second'] }, 'protect.contributions-missing'],
    [{ pPercent: 10, contributions: ['largest', 'third'] }, 'protect.no-such-column'],
  ]
  for (const [given, code] of tries) {
    const done = await suppress(table, rulesOf(given), options)
    expect(done.ok || done.refusal.code).toBe(code)
  }
  const unreadable = tableOf(['area', 'largest', 'second'], ['a many 60 5000', 'b 9 2 6', 'Total 4900 60 5006'])
  const done = await suppress(unreadable, rulesOf({ pPercent: 10, contributions: ['largest', 'second'] }), options)
  expect(done.ok || [done.refusal.code, done.refusal.values.rows]).toEqual(['protect.contributions-unreadable', 2])
})

test('a reader who sees that zeros are shown knows that nothing hidden is nobody: five of one person each are not told by their sum', async () => {
  const table = tableOf(['region'], ['a 1', 'b 1', 'c 1', 'd 1', 'e 1', 'f 0', 'g 12', 'Total 17'])
  const { rows, dimensions } = await protect(table, { zeros: 'show' })
  const { report } = await auditPublished([{ name: 'out', dimensions, rows }], [], { solver, zeros: 'shown' })
  expect(report).toMatchObject({ hidden: 6, open: 0 })
  expect(rows.find(({ codes }) => codes[0] === 'f')?.shown).toBe('0')
  expect((await protect(table)).rows.find(({ codes }) => codes[0] === 'f')?.shown).toBe('x')
})

const years = [
  ...['2020 a 1', '2020 b 1', '2020 c 1', '2020 d 1', '2020 e 1', '2020 g 12', '2020 Total 17'],
  ...['2021 f 9', '2021 g 20', '2021 Total 29'],
]
const overYears = [...'abcde'].map((place) => `Total ${place} 1`)
const withoutZeros: Readonly<Record<string, PublishedTable>> = {
  'years that know nothing of one another': tableOf(['year', 'place'], years),
  'years and their total': tableOf(
    ['year', 'place'],
    [...years, ...overYears, 'Total f 9', 'Total g 32', 'Total Total 46'],
  ),
  'one column': tableOf(['place'], ['MM 1', 'KH 1', 'LA 1', 'VN 1', 'ID 1', 'TH 12', 'Total 17']),
}

test.each(Object.keys(withoutZeros))(
  'rows are somebody where none says nobody, and who reads them so finds none open: %s',
  async (name) => {
    const table = withoutZeros[name]
    if (!table) throw new Error('there are tables')
    const { rows, dimensions, report } = await protect(table)
    expect(report.open).toBe(0)
    for (const zeros of ['shown', 'unsaid'] as const) {
      const audited = await auditPublished([{ name: 'out', dimensions, rows }], [], { solver, zeros })
      expect(audited.report.open).toBe(0)
    }
    // A row that says nobody says so of all: then a hidden cell may be nobody, and the total can stay.
    const last = dimensions.length === 1 ? 'LO 0' : '2020 h 0'
    const told = await protect({ ...table, rows: [...table.rows, ...tableOf(dimensions, [last]).rows] })
    expect(told.report.secondary).toBeLessThan(report.secondary)
  },
)

test('a whole is found by whatever name it has, before or after its parts, from one line of figures', async () => {
  const names = ['ASEAN', 'World', 'Kabuuan', 'Tổng_số', 'សរុប', 'ລວມ', 'စုစုပေါင်း', 'ทั้งหมด', 'Jumlah', 'Zebra']
  for (const name of names) {
    const { rows, report } = await protect(tableOf(['country'], ['MM 24', 'KH 55', 'TH 2', `${name} 81`]))
    expect([name, report.sensitive, report.secondary]).toEqual([name, 1, 1])
    expect(rows.filter(({ shown }) => shown === 'x')).toHaveLength(2)
  }
  for (const rows of [
    ['A 21', 'a1 3', 'a2 10', 'a3 8', 'B 22', 'b1 2', 'b2 20'],
    ['a1 3', 'a2 10', 'a3 8', 'A 21', 'b1 2', 'b2 20', 'B 22'],
  ]) {
    const { report } = await protect(tableOf(['area'], rows))
    expect(report.dimensions[0]?.partitions.map(({ whole }) => whole).sort()).toEqual(['A', 'B'])
    expect(report).toMatchObject({ sensitive: 2, secondary: 2 })
  }
})

/** Tables of an outsider: what stood here was told exactly by a sum that had not been taken. */
const outsiders: Readonly<Record<string, readonly [rows: readonly string[], sums: readonly (readonly string[])[]]>> = {
  'a place of nobody between two groups is of neither, and of the top': [
    ['Akyab 2', 'Bago 9', 'Chin 8', 'North 19', 'Dawei 0', 'Ela 50', 'Fort 60', 'South 110', 'Total 129'],
    [
      ['North', 'Akyab', 'Bago', 'Chin'],
      ['South', 'Dawei', 'Ela', 'Fort'],
      ['Total', 'North', 'South'],
    ],
  ],
  'three parts add up to the fourth by chance': [
    ['North 112', 'Akyab 55', 'Bago 33', 'Chin 22', 'Dawei 2', 'South 90', 'Ela 41', 'Fort 49'],
    [
      ['North', 'Akyab', 'Bago', 'Chin', 'Dawei'],
      ['South', 'Ela', 'Fort'],
    ],
  ],
  'a group of one place and nobody beside it': [
    ['Total 66', 'West 12', 'a 12', 'b 0', 'c 0', 'East 54', 'd 1', 'e 0', 'f 26', 'g 17', 'h 0', 'i 10'],
    [
      ['Total', 'West', 'East'],
      ['West', 'a', 'b', 'c'],
      ['East', 'd', 'e', 'f', 'g', 'h', 'i'],
    ],
  ],
}

test.each(Object.keys(outsiders))('what adds up in the true figures is kept closed: %s', async (name) => {
  const [rows = [], sums = []] = outsiders[name] ?? []
  const { rows: shown } = await protect(tableOf(['place'], rows))
  const partitions = { place: Object.fromEntries(sums.map(([whole = '', ...parts]) => [whole, parts])) }
  const out: PublishedTable = { name: 'out', dimensions: ['place'], rows: shown }
  const { report } = await auditPublished([out], [], { solver, named: { partitions } })
  expect(report.hidden).toBeGreaterThan(0)
  expect(report.open).toBe(0)
})

test('where nothing was taken as the whole of a dimension the report says so', async () => {
  const { report } = await protect(tableOf(['country'], ['MM 24', 'KH 55', 'TH 2', 'LA 90']))
  expect(report.dimensions).toEqual([{ name: 'country', codes: 4, partitions: [], isWithoutWhole: true }])
})

test('where zeros are secrets they are hidden like small cells', async () => {
  const table = tableOf(
    ['sex', 'age'],
    crossed([
      [0, 20, 7],
      [30, 40, 8],
      [9, 10, 11],
    ]),
  )
  expect((await protect(table, { zeros: 'show' })).report.sensitive).toBe(0)
  expect((await protect(table)).report).toMatchObject({ sensitive: 1, open: 0 })
})

test('beside tables that are out already nothing is open together, or nothing is handed out', async () => {
  const names = (table: readonly { codes: readonly string[]; shown: string }[]) =>
    table.filter(({ shown }) => shown === 'x').map(({ codes }) => codes.join())
  const table = tableOf(['sex'], ['Total 30', 'F 3', 'M 21', 'Other 6'])
  const earlier = tableOf(['sex'], ['Total 30', 'F x', 'M x', 'Other 6'], 'earlier')
  const beside = async (given: PublishedTable, before: readonly PublishedTable[]) => {
    const making = { ...options, earlier: before, bits: seededBits(1), keyOf: () => 0 }
    const done = await protectTable(given, rulesOf({}), making)
    if (!done.ok) return done.refusal.code
    return { name: 'out', dimensions: done.value.dimensions, rows: done.value.rows }
  }
  // Alone it hides F and Other, and both together tell F: 30 less M, less Other.
  expect(names((await protect(table)).rows)).toEqual(['F', 'Other'])
  const out = await beside(table, [earlier])
  if (typeof out === 'string') throw new Error(out)
  expect((await auditPublished([out], [earlier], { solver })).report.open).toBe(0)
  // Of those who went, what is hidden beside F is none that everybody has: the others are six still, and who came to them shows nowhere.
  const fewer = await beside(tableOf(['sex'], ['Total 25', 'F 3', 'M 14', 'Other 8']), [earlier])
  if (typeof fewer === 'string') throw new Error(fewer)
  expect(fewer.rows.map(({ shown }) => shown)).toEqual(['23', 'x', 'x', '6'])
})

async function besideEarlier(given: PublishedTable, earlier: readonly PublishedTable[]) {
  const done = await protectTable(given, rulesOf({}), { ...options, earlier, bits: seededBits(1), keyOf: () => 0 })
  if (!done.ok) throw new Error(done.refusal.code)
  return { ...done.value, name: 'out' }
}

test('a table beside its own earlier edition stays as it is', async () => {
  const table = tableOf(['place'], ['Total 7', 'A 0', 'B 0', 'C 0', 'D 4', 'E 3'])
  const first = await besideEarlier(table, [])
  const again = await besideEarlier(table, [first])
  expect(again.rows).toEqual(first.rows)
  expect((await auditPublished([again], [first], { solver })).report).toMatchObject({ hidden: 5, open: 0 })
})

test('one who was withdrawn, or came, blocks nothing and shows nowhere: the earlier table stands until the minimum moved', async () => {
  const first = await besideEarlier(tableOf(['d'], ['Total 29', 'a 9', 'b 12', 'c 8']), [])
  for (const moved of [
    ['Total 28', 'a 8', 'b 12', 'c 8'],
    ['Total 30', 'a 9', 'b 13', 'c 8'],
    ['Total 29', 'a 8', 'b 13', 'c 8'],
  ]) {
    const next = await besideEarlier(tableOf(['d'], moved), [first])
    expect(next.rows).toEqual(first.rows)
    expect(next.report).toMatchObject({ stands: true, open: 0 })
  }
  // One that is itself open is not handed out again.
  const open = tableOf(['d'], ['Total 29', 'a 9', 'b 17', 'c x'], 'open')
  const beside = { ...options, earlier: [open], bits: seededBits(1), keyOf: () => 0 }
  const next = await protectTable(tableOf(['d'], ['Total 28', 'a 8', 'b 17', 'c 3']), rulesOf({}), beside)
  expect(next.ok || next.refusal.code).toBe('protect.opens-earlier')
  const grown = await besideEarlier(tableOf(['d'], ['Total 35', 'a 15', 'b 12', 'c 8']), [first])
  expect(grown.rows.find(({ codes }) => codes[0] === 'a')?.shown).toBe('15')
})

test('a zero that rows left out tell, whatever is hidden, is shown, and does not refuse the whole table', async () => {
  const table = tableOf(
    ['country', 'sex'],
    [
      ...['KH F 8', 'KH M 9', 'KH Total 17', 'TH Total 0', 'MM F 3', 'MM M 20', 'MM Total 23'],
      ...['Total F 11', 'Total M 29', 'Total Total 40'],
    ],
  )
  const { rows, dimensions, report } = await protect(table)
  expect(rows.filter(({ shown }) => shown === '0').map(({ codes }) => codes.join(' '))).toEqual(['TH Total'])
  expect(report).toMatchObject({ sensitive: 1, open: 0 })
  expect((await auditPublished([{ name: 'out', dimensions, rows }], [], { solver })).report).toMatchObject({ open: 0 })
})

test('two cuts of the same people without totals are one table to a reader: each line of both adds up to the same', async () => {
  const bySex = tableOf(['country', 'sex'], ['KH F 68', 'KH M 38', 'MM F 127', 'MM M 64', 'TH F 38', 'TH M 21'])
  const byForm = tableOf(
    ['country', 'form'],
    [
      ...[
        'KH begging 14',
        'KH labour 66',
        'KH other 1',
        'KH sexual 25',
        'MM begging 26',
        'MM labour 113',
        'MM other 6',
      ],
      ...['MM sexual 46', 'TH begging 9', 'TH labour 36', 'TH other 3', 'TH sexual 11'],
    ],
  )
  const alone = await protect(byForm)
  const naive: PublishedTable = { name: 'naive', dimensions: alone.dimensions, rows: alone.rows }
  expect((await auditPublished([naive], [bySex], { solver })).report).toMatchObject({ hidden: 2, open: 2 })
  const beside = async (given: PublishedTable) => {
    const making = { ...options, earlier: [bySex], bits: seededBits(1), keyOf: () => 0 }
    const done = await protectTable(given, rulesOf({}), making)
    if (!done.ok) throw new Error(done.refusal.code)
    return { name: 'out', dimensions: done.value.dimensions, rows: done.value.rows }
  }
  const out = await beside(byForm)
  expect((await auditPublished([out], [bySex], { solver })).report).toMatchObject({ hidden: 4, open: 0 })
  // One more in Cambodia: no line of the new cut adds up to what the other told, or the difference would be her.
  const grown = { ...byForm, rows: byForm.rows.map((row) => (row.shown === '66' ? { ...row, shown: '67' } : row)) }
  const kh = (await beside(grown)).rows.filter(({ codes }) => codes[0] === 'KH')
  expect(kh.some(({ shown }) => shown === 'x')).toBe(true)
})

test('one person who came since an earlier table is told by no figure of the next', async () => {
  const before = [
    [12, 20, 9],
    [30, 3, 14],
  ]
  const after = before.map((row, a) => row.map((count, b) => (a === 0 && b === 1 ? count + 1 : count)))
  const first = await protect(tableOf(['a', 'b'], crossed(before)))
  const earlier: PublishedTable = { name: 'first', dimensions: first.dimensions, rows: first.rows }
  const given = tableOf(['a', 'b'], crossed(after))
  const done = await protectTable(given, rulesOf({}), {
    ...options,
    earlier: [earlier],
    bits: seededBits(1),
    keyOf: () => 0,
  })
  if (!done.ok) throw new Error(done.refusal.code)
  const shown = new Map(first.rows.map(({ codes, shown: text }) => [codes.join(), text]))
  for (const { codes, shown: text } of done.value.rows)
    expect(text === 'x' || shown.get(codes.join()) === 'x' || shown.get(codes.join()) === text).toBe(true)
  const out: PublishedTable = { name: 'second', dimensions: done.value.dimensions, rows: done.value.rows }
  const { report } = await auditPublished([out], [earlier], { solver, releases: 'grown' })
  expect(report.open).toBe(0)
})

test('a table that does not add up, repeats itself or holds no counts is refused, and nothing of it is handed out', async () => {
  const tries: readonly (readonly [readonly string[], string])[] = [
    [['Total 9', 'F 3', 'M 7'], 'protect.totals-do-not-add-up'],
    [['Total 9', 'F 9', 'F 9'], 'protect.repeated-rows'],
    [['Total 9', 'F 9', 'M -1'], 'protect.not-counts'],
    [[], 'protect.no-rows'],
  ]
  for (const [rows, code] of tries) {
    const done = await suppress(tableOf(['sex'], rows), rulesOf({}), options)
    expect(done.ok || done.refusal.code).toBe(code)
  }
})

test('a table in which somebody hid the few already is closed by hiding beside them; what stays shown is what was shown', async () => {
  let naivelyOpen = 0
  const few = fc.integer({ min: 0, max: 40 })
  const cells = fc.array(fc.array(few, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(cells, async (counts) => {
      const full = await protect(tableOf(['sex', 'age'], crossed(counts)), { minimum: 2 })
      const shown = full.rows.filter(({ shown }) => shown !== 'x')
      const rows = shown.map(({ codes, shown }) => ({
        codes,
        shown: Number(shown) > 0 && Number(shown) < 5 ? '<5' : shown,
      }))
      const given: PublishedTable = { name: 'given', dimensions: full.dimensions, rows }
      if (rows.every((row) => row.shown !== '<5')) return
      naivelyOpen += (await auditPublished([given], [], { solver })).report.open
      const closed = await protect(given)
      const table = { name: 'closed', dimensions: closed.dimensions, rows: closed.rows }
      expect((await auditPublished([table], [], { solver })).report.open).toBe(0)
      // Proven by the sums that the table was made of: figures of so few lines do not settle them.
      const partsOf = (place: number) => ({
        Total: [...new Set(rows.map(({ codes }) => codes[place] ?? ''))].filter((code) => code !== 'Total'),
      })
      const named = { partitions: { sex: partsOf(0), age: partsOf(1) } }
      expect((await auditPublished([table], [], { solver, named })).report).toMatchObject({ open: 0, bounded: 0 })
      const before = new Map(rows.map(({ codes, shown }) => [codes.join(), shown]))
      for (const { codes, shown } of closed.rows) expect(['x', before.get(codes.join())]).toContain(shown)
      for (const { codes, shown } of closed.rows) if (before.get(codes.join()) === '<5') expect(shown).toBe('x')
      expect(closed.rows.length + closed.report.leftOut).toBe(rows.length)
    }),
    { numRuns: 60, seed: 7 },
  )
  expect(naivelyOpen).toBeGreaterThan(20)
})

test('a hidden cell that finer rows without it say is nobody is left out with its row', async () => {
  const forms = ['Total', 'forced', 'sexual']
  const rows = [...forms.flatMap((form) => ['Total', 'F', 'M'].map((sex) => `${form} ${sex} <5`)), 'other Total <5']
  const { rows: left, report } = await protect(tableOf(['form', 'sex'], rows))
  expect(report).toMatchObject({ leftOut: 1, open: 0 })
  expect(left.map(({ codes }) => codes.join(' '))).not.toContain('other Total')
})

test('whoever stops it gets nothing', async () => {
  const done = await suppress(tableOf(['sex'], ['Total 9', 'F 3', 'M 6']), rulesOf({}), {
    ...options,
    shouldStop: () => true,
  })
  expect(done.ok || done.refusal.code).toBe('protect.stopped')
})

test.each([
  [{ minimum: 1 }, 'protect.rule-too-small', { field: 'minimum', least: 2 }],
  [{ epsilon: 21 }, 'protect.rule-too-large', { field: 'epsilon', most: 20 }],
  [{ zeros: 'maybe' }, 'protect.rule-one-of', { field: 'zeros', allowed: 'show, hide' }],
  [{ base: 'five' }, 'protect.rule-kind', { field: 'base', kind: 'number' }],
  [{ noise: { variance: 2, mots: 5 } }, 'protect.rule-kind', { field: 'noise.most', kind: 'number' }],
  [{ dominance: { n: 1, k: 50, p: 3 } }, 'protect.no-such-rule', { name: 'dominance.p', rules: 'n, k' }],
  ['five', 'protect.rules-no-object', { example: '{"minimum": 5}' }],
])('a rule that cannot be is refused by its name, with what may stand there: %j', (given, code, values) => {
  const read = readRules(given)
  expect(read.ok || read.refusal).toEqual({ code, values })
})

test('a rule nobody knows is refused by its name, with those there are', () => {
  const read = readRules({ minimun: 5 })
  expect(read.ok || read.refusal).toMatchObject({ code: 'protect.no-such-rule', values: { name: 'minimun' } })
  expect(read.ok || read.refusal.values.rules).toContain('minimum')
})

test('hierarchies that name what is not there are refused, whatever the method', async () => {
  const table = tableOf(['sex'], ['Total 30', 'F 9', 'M 21'])
  const refused = async (hierarchies: unknown, method: string) => {
    const making = { ...options, bits: seededBits(1), keyOf: () => 0 }
    const done = await protectTable(table, rulesOf({ method, hierarchies }), making)
    return done.ok ? undefined : done.refusal
  }
  for (const method of ['suppress', 'round', 'cell-key', 'dp']) {
    expect(await refused({ partitions: { sexx: { Total: ['F', 'M'] } } }, method)).toEqual({
      code: 'protect.no-such-column',
      values: { name: 'sexx' },
    })
    expect(await refused({ ignore: ['age'] }, method)).toMatchObject({ code: 'protect.no-such-column' })
    expect(await refused({ partitions: { sex: { Totl: ['F', 'M'] } } }, method)).toEqual({
      code: 'protect.whole-without-row',
      values: { dimension: 'sex', whole: 'Totl' },
    })
    expect(await refused({ partitions: { sex: { Total: ['F', 'M'] } } }, method)).toBeUndefined()
  }
})

test('one column that is split in two ways, by sex and by age: both add up, and what one hides the other does not give', async () => {
  const who = { F: [21, 3], M: [40, 30], child: [19, 16], adult: [42, 17] }
  const rows = Object.entries({ ...who, Total: [61, 33] }).flatMap(([code, [labour = 0, other = 0]]) => [
    `${code} labour ${labour}`,
    `${code} other ${other}`,
    `${code} Any ${labour + other}`,
  ])
  const table = tableOf(['who', 'form'], rows)
  const hierarchies = {
    partitions: {
      who: {
        Total: [
          ['F', 'M'],
          ['child', 'adult'],
        ],
      },
      form: { Any: ['labour', 'other'] },
    },
  }
  const done = await suppress(table, rulesOf({ hierarchies }), options)
  if (!done.ok) throw new Error(done.refusal.code)
  const shown = new Map(done.value.rows.map(({ codes, shown: text }) => [codes.join(' '), text]))
  expect(shown.get('F other')).toBe('x')
  expect([shown.get('M other'), shown.get('Total other')]).toContain('x')
  expect(done.value.report.dimensions[0]).toMatchObject({
    name: 'who',
    partitions: [{ whole: 'Total' }, { whole: 'Total' }],
  })
  const audited = await auditPublished([{ ...table, rows: done.value.rows }], [], {
    solver: options.solver,
    minimum: 5,
    named: hierarchies,
  })
  expect(audited.report.open).toBe(0)
})

// ---------------------------------------------------------------- properties

const inner = fc.integer({ min: 2, max: 4 }).chain((rows) =>
  fc.array(fc.array(fc.oneof(fc.nat(6), fc.integer({ min: 0, max: 60 })), { minLength: 3, maxLength: 3 }), {
    minLength: rows,
    maxLength: rows,
  }),
)

test('after suppression the auditor finds none open, shown figures add up, and none was changed', async () => {
  let [shown, hidden] = [0, 0]
  await fc.assert(
    fc.asyncProperty(inner, fc.boolean(), fc.boolean(), async (counts, hidesZeros, withSolver) => {
      const table = tableOf(['a', 'b'], crossed(counts))
      const done = await suppress(table, rulesOf({ zeros: hidesZeros ? 'hide' : 'show' }), {
        ...options,
        solver: withSolver ? solver : null,
      })
      // A table of too few persons cannot be kept closed; it is refused, not published open.
      if (!done.ok) return expect(done.refusal.code).toBe('protect.cannot-close')
      const { rows, dimensions } = done.value
      const zeros = hidesZeros ? 'unsaid' : 'shown'
      const { report } = await auditPublished([{ name: 'out', dimensions, rows }], [], { solver, named, zeros })
      expect(report).toMatchObject({ open: 0, contradictory: 0, sums: { fallShort: 0, exceed: 0 } })
      const given = new Map(table.rows.map(({ codes, shown: text }) => [codes.join(), text]))
      for (const { codes, shown: text } of rows) {
        expect(text === 'x' || given.get(codes.join()) === undefined || given.get(codes.join()) === text).toBe(true)
        if (text === 'x') hidden++
        else shown++
        expect(text).not.toMatch(/^[1-4]$/)
      }
    }),
    { seed: 61, numRuns: 60 },
  )
  expect(hidden).toBeGreaterThan(100)
  expect(shown).toBeGreaterThan(100)
})

test('any table beside its own edition is handed out as it is', async () => {
  await fc.assert(
    fc.asyncProperty(inner, fc.constantFrom('show', 'hide'), async (counts, zeros) => {
      const table = tableOf(['a', 'b'], crossed(counts))
      const making = { ...options, bits: seededBits(1), keyOf: () => 0 }
      const first = await protectTable(table, rulesOf({ zeros }), making)
      if (!first.ok) throw new Error(first.refusal.code)
      const { dimensions, rows } = first.value
      const again = await protectTable(table, rulesOf({ zeros }), {
        ...making,
        earlier: [{ name: 'first', dimensions, rows }],
      })
      expect(again.ok ? again.value.rows : again.refusal).toEqual(rows)
    }),
    { seed: 19, numRuns: 30 },
  )
})

test('the order of rows never matters, and what is handed out stands in the order of the file', async () => {
  await fc.assert(
    fc.asyncProperty(
      inner.chain((counts) =>
        fc.tuple(
          fc.constant(crossed(counts)),
          fc.shuffledSubarray(crossed(counts), { minLength: crossed(counts).length }),
        ),
      ),
      async ([rows, shuffled]) => {
        const [one, other] = [
          await suppress(tableOf(['a', 'b'], rows), rulesOf({}), options),
          await suppress(tableOf(['a', 'b'], shuffled), rulesOf({}), options),
        ]
        const shown = (done: typeof one) =>
          done.ok
            ? done.value.rows.map(({ codes, shown }) => [...codes, shown].join(' ')).toSorted()
            : done.refusal.code
        expect(shown(other)).toEqual(shown(one))
        const places = (of: readonly string[]) => of.map((row) => row.split(' ').slice(0, 2).join(' '))
        const order = other.ok ? other.value.rows.map(({ codes }) => codes.join(' ')) : places(shuffled)
        expect(order.slice(0, shuffled.length)).toEqual(places(shuffled))
      },
    ),
    { seed: 62, numRuns: 25 },
  )
})

const named = { partitions: { a: { Total: ['a0', 'a1', 'a2', 'a3'] }, b: { Total: ['b0', 'b1', 'b2'] } } }

/** Rows `a0 b0 count` of a two-way table, with the totals of each dimension but the grand one. */
function crossed(counts: readonly (readonly number[])[]): string[] {
  const columns = counts[0]?.length ?? 0
  return [
    ...counts.flatMap((row, a) => row.map((count, b) => `a${a} b${b} ${count}`)),
    ...counts.map((row, a) => `a${a} Total ${row.reduce((sum, count) => sum + count, 0)}`),
    ...Array.from({ length: columns }, (_, b) => `Total b${b} ${counts.reduce((sum, row) => sum + (row[b] ?? 0), 0)}`),
  ]
}

test('a column of numbers beside the counts, which would tell what is hidden, is refused, and left out where it is said to be none', async () => {
  const made = (dimensions: readonly string[], rows: readonly string[], given: unknown = {}) =>
    protectTable(tableOf(dimensions, rows), rulesOf(given), { ...options, bits: seededBits(1), keyOf: () => 0.5 })
  const refused = (name: string) => ({
    ok: false,
    refusal: { code: 'protect.attribute-column', values: { name, rule: `"hierarchies": {"ignore": ["${name}"]}` } },
  })
  const byRegion = (shares: readonly string[]) =>
    ['F A', 'M A', 'Total A', 'F B', 'M B', 'Total B'].map((key, at) => `${key} ${shares[at]} ${counts[at]}`)
  const counts = [3, 20, 23, 30, 30, 60]
  const [share, rounded] = [
    byRegion(['13.0', '87.0', '100.0', '50.0', '50.0', '100.0']),
    byRegion(['13', '87', '100', '50', '51', '101']),
  ]
  for (const method of ['suppress', 'round', 'cell-key'])
    expect(await made(['sex', 'region', 'share'], share, { method })).toEqual(refused('share'))
  expect(await made(['sex', 'region', 'share'], rounded)).toEqual(refused('share'))
  expect(await made(['sex', 'region', 'persons'], byRegion(counts.map(String)))).toEqual(refused('persons'))
  expect(await made(['sex', 'share'], ['F 13 3', 'M 87 20', 'Total 100 23'])).toEqual(refused('share'))
  const without = await made(['sex', 'region', 'share'], share, { hierarchies: { ignore: ['share'] } })
  expect(without.ok && [without.value.dimensions, without.value.rows.map(({ codes }) => codes.length)]).toEqual([
    ['sex', 'region'],
    [2, 2, 2, 2, 2, 2],
  ])
  // Ages, years, and a number of each country that is its label are no such columns; and who says that a column tells groups apart is believed.
  const kept = [
    made(['sex', 'age'], ['F 18 3', 'M 18 20', 'Total 18 23', 'F 19 30', 'M 19 30', 'Total 19 60']),
    made(['sex', 'year'], ['F 2021 3', 'M 2022 20', 'Total 2023 23']),
    made(['code', 'country'], ['104 Myanmar 3', '116 Cambodia 20', '418 Laos 50', '0 Total 73']),
    made(['sex', 'region', 'share'], share, { hierarchies: { partitions: { share: {} } } }),
  ]
  for (const done of await Promise.all(kept)) expect(done).toMatchObject({ ok: true })
})

test('a group of one code, which nobody named, is the whole of it, and a right table is not refused for it', async () => {
  const rows = [
    ['North 2021 26', 'n1 2021 3', 'n2 2021 23', 'South 2021 40', 's1 2021 40', 'Total 2021 66'],
    ['North 2022 41', 'n1 2022 11', 'n2 2022 30', 'South 2022 52', 's1 2022 52', 'Total 2022 93'],
  ].flat()
  for (const each of [rows, rows.toReversed()]) {
    const { rows: out, report } = await protect(tableOf(['area', 'year'], each))
    const sums = report.dimensions[0]?.partitions.map(({ whole, parts }) => `${whole} = ${parts.join(' + ')}`)
    // Which of the two is called the whole of the other is all the same.
    expect(sums?.toSorted()).toEqual(['North = n1 + n2', 'Total = North + s1', 's1 = South'])
    expect(
      out
        .filter(({ shown }) => shown === 'x')
        .map(({ codes }) => codes.join(' '))
        .toSorted(),
    ).toEqual(['n1 2021', 'n2 2021'])
  }
  await expect(protect(tableOf(['area', 'year'], [...rows.slice(0, -1), 'Total 2022 145']))).rejects.toThrow('add-up')
})

test('a part that is nobody where the whole is smallest is still a part: a right table is not refused for it', async () => {
  const inner = [
    [0, 27, 0, 0],
    [81, 0, 0, 0],
    [3, 0, 4, 2],
    [1, 0, 3, 43],
  ]
  const rows = inner.flatMap(([a = 0, b = 0, c = 0, d = 0], place) => {
    const counts = { All: a + b + c + d, k0: a + b, k0_0: a, k0_1: b, k1: c + d, k1_0: c, k1_1: d }
    return Object.entries(counts).map(([code, count]) => `p${place} ${code} ${count}`)
  })
  const { report } = await protect(tableOf(['place', 'kind'], rows))
  expect(report.dimensions.find(({ name }) => name === 'kind')?.partitions).toEqual([
    { whole: 'k0', parts: ['k0_0', 'k0_1'] },
    { whole: 'k1', parts: ['k1_0', 'k1_1'] },
    { whole: 'All', parts: ['k0', 'k1'] },
  ])
})

test('whoever protects says as the auditor whether it is settled what adds up, calls nothing proven where it is not, and leaves it nothing to find open', async () => {
  const count = fc.integer({ min: 0, max: 30 })
  const draw = fc.record({
    counts: fc.array(fc.array(count, { minLength: 3, maxLength: 3 }), { minLength: 5, maxLength: 5 }),
    order: fc.integer({ min: 1, max: 1e6 }),
  })
  const parts = { All: ['a0', 'a1'], a0: ['a0_0', 'a0_1'], a1: ['a1_0', 'a1_1', 'a1_2'] }
  const under: Readonly<Record<string, readonly number[]>> = {
    ...{ All: [0, 1, 2, 3, 4], a0: [0, 1], a1: [2, 3, 4] },
    ...{ a0_0: [0], a0_1: [1], a1_0: [2], a1_1: [3], a1_2: [4] },
  }
  let [unsettled, settled] = [0, 0]
  await fc.assert(
    fc.asyncProperty(draw, async ({ counts, order }) => {
      const rows = Object.entries(under).flatMap(([code, leaves]) => {
        const each = [0, 1, 2].map((at) => leaves.reduce((sum, leaf) => sum + (counts[leaf]?.[at] ?? 0), 0))
        return [...each, each.reduce((sum, one) => sum + one, 0)].map((shown, at) => ({
          codes: [code, at === 3 ? 'Total' : `b${at}`],
          shown: String(shown),
        }))
      })
      const mixed = rows.map((row, at) => ({ row, at: (at * order) % 7919 })).toSorted((a, b) => a.at - b.at)
      const done = await protect({ name: 'mixed', dimensions: ['a', 'b'], rows: mixed.map(({ row }) => row) })
      const out = { name: 'out', dimensions: done.dimensions, rows: done.rows }
      const { report } = await auditPublished([out], [], { solver })
      expect(report.open).toBe(0)
      const doubted = report.dimensions.filter(({ restsOn }) => restsOn === 'unsettled').map(({ name }) => name)
      expect(done.report.unsettled).toEqual(doubted)
      if (doubted.length === 0) settled++
      else {
        unsettled++
        expect(done.report.bound).toBe(null)
      }
      const named = { partitions: { a: parts, b: { Total: ['b0', 'b1', 'b2'] } } }
      expect((await auditPublished([out], [], { solver, named })).report.open).toBe(0)
    }),
    { numRuns: 25, seed: 68 },
  )
  expect(unsettled).toBeGreaterThan(3)
  expect(settled).toBeGreaterThan(3)
})
