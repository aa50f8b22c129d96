import { createHmac } from 'node:crypto'
import { loadSolver } from '@lentera/solver'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PublishedTable } from '../audit/audit.ts'
import { tableOf } from '../audit/testing/small-tables.ts'
import { seededBits } from '../noise/random-bits.ts'
import { noiseChances } from './perturb.ts'
import { readRules } from './rules.ts'
import { protectTable } from './suppress.ts'

const solver = await loadSolver()

const protect = (rows: readonly string[], given: unknown, seed = 1) => protectOf(tableOf(['a', 'b'], rows), given, seed)

async function protectOf(table: PublishedTable, given: unknown, seed: number) {
  const rules = readRules(given)
  if (!rules.ok) throw new Error(rules.refusal.code)
  const done = await protectTable(table, rules.value, {
    solver,
    elapsed: () => 0,
    budget: 10_000,
    bits: seededBits(seed),
    keyOf: (text) => createHmac('sha256', `${seed}`).update(text).digest().readUIntBE(0, 6) / 2 ** 48,
  })
  if (!done.ok) throw new Error(done.refusal.code)
  return done.value
}

const rows = [
  'a0 b0 3',
  'a0 b1 17',
  'a1 b0 22',
  'a1 b1 1',
  'a0 Total 20',
  'a1 Total 23',
  'Total b0 25',
  'Total b1 18',
  'Total Total 43',
]
const shownOf = (done: Awaited<ReturnType<typeof protect>>, code: string): number =>
  Number(done.rows.find(({ codes }) => codes.join(' ') === code)?.shown)

test('controlled rounding leaves multiples of the base, each next to its count, and sums that add up', async () => {
  const counts = fc.array(fc.nat(40), { minLength: 4, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(counts, async ([p = 0, q = 0, r = 0, s = 0]) => {
      const table = [
        `a0 b0 ${p}`,
        `a0 b1 ${q}`,
        `a1 b0 ${r}`,
        `a1 b1 ${s}`,
        `a0 Total ${p + q}`,
        `a1 Total ${r + s}`,
        `Total b0 ${p + r}`,
        `Total b1 ${q + s}`,
        `Total Total ${p + q + r + s}`,
      ]
      const done = await protect(table, { method: 'round', base: 5 })
      for (const { codes, shown } of done.rows) {
        const before = Number(table.find((row) => row.startsWith(`${codes.join(' ')} `))?.split(' ')[2])
        expect(Number(shown) % 5).toBe(0)
        expect(Math.abs(Number(shown) - before)).toBeLessThan(5)
      }
      expect(shownOf(done, 'a0 b0') + shownOf(done, 'a0 b1')).toBe(shownOf(done, 'a0 Total'))
      expect(shownOf(done, 'a0 Total') + shownOf(done, 'a1 Total')).toBe(shownOf(done, 'Total Total'))
      expect(shownOf(done, 'a0 b1') + shownOf(done, 'a1 b1')).toBe(shownOf(done, 'Total b1'))
    }),
    { seed: 71, numRuns: 25 },
  )
})

const apart = ['a0 b0 1', 'a0 b1 3', 'a1 b0 5', 'a1 b1 20']

test('a number rounded by lot says no more than that the count is less than a base away, and is right on average', async () => {
  const [base, runs] = [6, 150]
  for (const row of apart) {
    const [a = '', b = '', text = ''] = row.split(' ')
    const count = Number(text)
    const outcomes: number[] = []
    for (let seed = 1; seed <= runs; seed++)
      outcomes.push(shownOf(await protect(apart, { method: 'round', base }, seed), `${a} ${b}`))
    // To the nearest, 1 of base 6 would always be 0, and 5 always 6: who sees a 0 would know that it is at most 3.
    const below = Math.floor(count / base) * base
    expect(new Set(outcomes)).toEqual(new Set([below, below + base]))
    const average = outcomes.reduce((sum, value) => sum + value, 0) / runs
    expect(Math.abs(average - count)).toBeLessThan((4 * base) / 2 / Math.sqrt(runs))
  }
})

test('every table that adds up and is less than a base away from what is printed can have been under it', async () => {
  const printed = new Map([
    ['a0 b0', 0],
    ['a0 b1', 5],
    ['a0 Total', 5],
  ])
  for (const [p, q] of [
    [0, 1],
    [4, 5],
    [1, 8],
    [4, 1],
  ] as const) {
    let found = false
    for (let seed = 1; seed <= 400 && !found; seed++) {
      const done = await protect([`a0 b0 ${p}`, `a0 b1 ${q}`, `a0 Total ${p + q}`], { method: 'round', base: 5 }, seed)
      found = [...printed].every(([code, value]) => shownOf(done, code) === value)
    }
    expect([p, q, found]).toEqual([p, q, true])
  }
})

test('made again with the same secret a rounding is the same, so that its average tells nothing', async () => {
  const first = await protect(rows, { method: 'round' }, 9)
  expect((await protect(rows.toReversed(), { method: 'round' }, 9)).rows.toReversed()).toEqual(first.rows)
})

test('one person more is other noise in her cell and the wholes over it, and the same everywhere else', async () => {
  const two = (count: number) => [`A x ${count}`, 'A y 31', 'B x 44', 'B y 17', 'A Total 0', 'Total Total 0']
  const counted = (count: number) =>
    two(count).map((row) =>
      row.replace('A Total 0', `A Total ${count + 31}`).replace('Total Total 0', `Total Total ${count + 92}`),
    )
  const noises = { same: 0, runs: 200 }
  for (let seed = 1; seed <= noises.runs; seed++) {
    const [before, after] = [20, 21].map((count) => protect(counted(count), { method: 'cell-key' }, seed))
    const [one, other] = [await before, await after]
    if (!one || !other) throw new Error('two tables')
    for (const code of ['A y', 'B x', 'B y']) expect(shownOf(other, code)).toBe(shownOf(one, code))
    if (shownOf(other, 'A x') - shownOf(one, 'A x') === 1) noises.same++
  }
  // Were the key of the codes alone it would be all of them.
  expect(noises.same).toBeLessThan(noises.runs / 2)
})

test('a cell key gives a cell the same noise every time, never more than allowed, and nobody stays nobody', async () => {
  const once = await protect([...rows, 'a2 b0 0', 'a2 Total 0'], { method: 'cell-key' }, 5)
  const again = await protect([...rows, 'a2 b0 0', 'a2 Total 0'].toReversed(), { method: 'cell-key' }, 5)
  for (const { codes, shown } of once.rows) {
    expect(shownOf(again, codes.join(' '))).toBe(Number(shown))
    expect(Number(shown)).toBeGreaterThanOrEqual(0)
  }
  expect(shownOf(once, 'a2 b0')).toBe(0)
  expect(once.report).toMatchObject({ addsUp: false })
  if ('mostMoved' in once.report) expect(once.report.mostMoved).toBeLessThanOrEqual(5)
})

test('the noise of cell keys is nothing on average, for small counts too', () => {
  for (const lowest of [-5, -3, -1]) {
    const chances = noiseChances(lowest, 5, 2)
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1)
    expect(chances.reduce((sum, chance, place) => sum + chance * (lowest + place), 0)).toBeCloseTo(0, 6)
  }
})

test('differentially private counts add up, are nowhere negative, and come nearer with more epsilon', async () => {
  const errors = [0.1, 1, 10].map(() => 0)
  for (let seed = 1; seed <= 60; seed++) {
    for (const [at, epsilon] of [0.1, 1, 10].entries()) {
      const done = await protect(rows, { method: 'dp', epsilon }, seed)
      expect(shownOf(done, 'a0 b0') + shownOf(done, 'a0 b1')).toBe(shownOf(done, 'a0 Total'))
      expect(shownOf(done, 'Total b0') + shownOf(done, 'Total b1')).toBe(shownOf(done, 'Total Total'))
      for (const { shown } of done.rows) expect(Number(shown)).toBeGreaterThanOrEqual(0)
      if ('averageMove' in done.report) errors[at] = (errors[at] ?? 0) + done.report.averageMove
    }
  }
  expect(errors[0]).toBeGreaterThan(errors[1] ?? 0)
  expect(errors[1]).toBeGreaterThan(errors[2] ?? 0)
})

/** Women and men by one more field, each time another: the same people. */
function linked(field: string, codes: number, seed: number): PublishedTable {
  const cells = new Map<string, number>()
  for (const [sex, persons] of [
    ['F', 238],
    ['M', 97],
  ] as const)
    for (let person = 0; person < persons; person++) {
      const code = `${field}${(person * (2 * seed + 3)) % codes}`
      for (const key of [`${sex} ${code}`, `${sex} Total`, `Total ${code}`, 'Total Total'])
        cells.set(key, (cells.get(key) ?? 0) + 1)
    }
  const rows = [...cells].map(([key, count]) => ({ codes: key.split(' '), shown: String(count) }))
  return { name: field, dimensions: ['sex', field], rows }
}

const turned = ({ dimensions, rows }: Pick<PublishedTable, 'dimensions' | 'rows'>): PublishedTable => ({
  name: 'turned',
  dimensions: dimensions.toReversed(),
  rows: rows.map(({ codes, shown }) => ({ codes: codes.toReversed(), shown })).toReversed(),
})

test.each(['cell-key', 'round'] as const)(
  'by %s a table is the same in any order of its columns and rows',
  async (method) => {
    for (let seed = 1; seed <= 10; seed++) {
      const table = linked('age', 6, seed)
      const straight = await protectOf(table, { method }, seed)
      const other = turned(await protectOf(turned(table), { method }, seed))
      expect(other.rows).toEqual(straight.rows)
      expect(straight.report).toMatchObject({ warnings: ['cut-otherwise'] })
    }
  },
)

test('the same cell has the same noise in twenty tables that are split otherwise, so that their mean tells nothing', async () => {
  const women = new Set<string | undefined>()
  const everybody = new Set<string | undefined>()
  for (let field = 0; field < 20; field++) {
    const done = await protectOf(linked(`d${field}`, 4 + (field % 5), field), { method: 'cell-key' }, 3)
    women.add(done.rows.find(({ codes }) => codes.join(' ') === 'F Total')?.shown)
    everybody.add(done.rows.find(({ codes }) => codes.join(' ') === 'Total Total')?.shown)
  }
  expect([women.size, everybody.size]).toEqual([1, 1])
})

test('a whole of which only one part is anybody has its noise', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const done = await protect(
      ['a0 b0 30', 'a0 b1 0', 'a1 b0 12', 'a1 b1 9', 'a0 Total 30', 'a1 Total 21'],
      { method: 'cell-key' },
      seed,
    )
    expect(shownOf(done, 'a0 b0')).toBe(shownOf(done, 'a0 Total'))
  }
})
