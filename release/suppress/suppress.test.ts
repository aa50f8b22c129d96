import { loadSolver } from '@lentera/solver'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditPublished, type PublishedTable } from '../audit/audit.ts'
import { tableOf } from '../audit/testing/small-tables.ts'
import { readRules } from './rules.ts'
import { suppress } from './suppress.ts'

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

test('where zeros are secrets they are hidden like small cells', async () => {
  const table = tableOf(
    ['sex', 'age'],
    crossed([
      [0, 20, 7],
      [30, 40, 8],
      [9, 10, 11],
    ]),
  )
  expect((await protect(table)).report.sensitive).toBe(0)
  expect((await protect(table, { zeros: 'hide' })).report).toMatchObject({ sensitive: 1, open: 0 })
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
      expect((await auditPublished([table], [], { solver })).report).toMatchObject({ open: 0, bounded: 0 })
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

test('a rule nobody knows is refused by its name', () => {
  const read = readRules({ minimum: 1 })
  expect(read.ok || [read.refusal.code, read.refusal.values.field]).toEqual(['protect.rules-unreadable', 'minimum'])
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
      const { report } = await auditPublished([{ name: 'out', dimensions, rows }], [], { solver, named })
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

test('the order of rows never matters', async () => {
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
          await suppress(tableOf(['a', 'b'], rows), rulesOf({ hierarchies: named }), options),
          await suppress(tableOf(['a', 'b'], shuffled), rulesOf({ hierarchies: named }), options),
        ]
        const weight = (done: typeof one) => (done.ok ? done.value.report.weight.toFixed(6) : done.refusal.code)
        expect(weight(other)).toBe(weight(one))
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
