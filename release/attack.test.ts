import type { Cell } from '@lentera/core/results/count'
import { exactly } from '@lentera/core/shared/counts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DANGEROUS_markReleased } from './released-count.ts'
import type { Settings } from './settings.ts'
import { auditTables, type Before, type ReleasedTables, releaseTables } from './tables.ts'
import type { TablesInput } from './tables-input.ts'
import { keyOf, possibleNumbers } from './testing/attacker.ts'

/** Per sex: persons with the first service only, with the second only, with both; and contacts above one each. */
const kinds = fc.tuple(fc.nat(9), fc.nat(7), fc.nat(4), fc.nat(3), fc.nat(3))

function tables([f, m]: readonly (readonly number[])[], zeros: Settings['zeros'], asOf = '2026-Q3'): TablesInput {
  const cells: { cell: Cell; count: { persons: { low: number; high: number }; contacts: number } }[] = []
  const add = (dimensions: Record<string, string>, persons: number, contacts: number) =>
    cells.push({
      cell: { fact: 'served', period: 'all', scope: 'programme', dimensions },
      count: { persons: exactly(persons), contacts },
    })
  const sums = [f ?? [], m ?? []].map(([first = 0, second = 0, both = 0, moreA = 0, moreB = 0]) => {
    const [a, b] = [first + both, second + both]
    return { a, b, all: first + second + both, contactsA: a && a + moreA, contactsB: b && b + moreB }
  })
  const total = { a: 0, b: 0, all: 0, contactsA: 0, contactsB: 0 }
  for (const [at, sum] of sums.entries()) {
    const sex = at === 0 ? 'f' : 'm'
    add({ sex }, sum.all, sum.contactsA + sum.contactsB)
    add({ service: 'a', sex }, sum.a, sum.contactsA)
    add({ service: 'b', sex }, sum.b, sum.contactsB)
    for (const key of ['a', 'b', 'all', 'contactsA', 'contactsB'] as const) total[key] += sum[key]
  }
  add({}, total.all, total.contactsA + total.contactsB)
  add({ service: 'a' }, total.a, total.contactsA)
  add({ service: 'b' }, total.b, total.contactsB)
  return {
    fact: 'served',
    asOf,
    cells,
    breakdowns: [[], ['sex'], ['service'], ['service', 'sex']],
    dimensions: {
      sex: { parts: 'exclusive', values: ['f', 'm'] },
      service: { parts: 'overlapping', values: ['a', 'b'] },
    },
    settings: { zeros },
  }
}

function release(input: TablesInput, before?: Before): ReleasedTables {
  const decision = releaseTables(input, before)
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

const smallCells = (input: TablesInput): string[] =>
  input.cells
    .filter(({ count }) => count.persons.low > 0 && count.persons.low < 5)
    .map(({ cell }) => keyOf(cell.dimensions))

const population = fc.tuple(kinds, kinds)
const anyZeros = fc.constantFrom<Settings['zeros']>('like-small-cells', 'shown', 'guarded')
const most = 13

test('an attacker who tries every population cannot tell by arithmetic that a small cell is small', () => {
  const seenShares = { small: 0, complements: 0, runs: 0 }
  fc.assert(
    fc.property(population, anyZeros, (numbers, zeros) => {
      const input = tables(numbers, zeros)
      const released = release(input)
      const small = smallCells(input)
      seenShares.runs += 1
      if (small.length > 0) seenShares.small += 1
      if (released.cells.some(({ persons }) => persons.kind === 'protected' && persons.rule === 'complement'))
        seenShares.complements += 1
      const isOpen = (key: string, seen: ReadonlyMap<string, ReadonlySet<number>>) =>
        ![...(seen.get(key) ?? [])].some((number) => number >= 5)
      const seen = possibleNumbers(released, most, false, (now) => !small.some((key) => isOpen(key, now)))
      expect(small.filter((key) => isOpen(key, seen))).toEqual([])
    }),
    { seed: 20261124, numRuns: 60 },
  )
  // The generator makes what the property is about.
  expect(seenShares.small / seenShares.runs).toBeGreaterThan(0.5)
  expect(seenShares.complements / seenShares.runs).toBeGreaterThan(0.3)
})

test('an attacker who believes the printed reasons still finds each small cell possibly empty, or possibly large', () => {
  fc.assert(
    fc.property(population, anyZeros, (numbers, zeros) => {
      const input = tables(numbers, zeros)
      const small = smallCells(input)
      const isOpen = (key: string, seen: ReadonlyMap<string, ReadonlySet<number>>) =>
        ![...(seen.get(key) ?? [])].some((number) => number === 0 || number >= 5)
      const seen = possibleNumbers(release(input), most, true, (now) => !small.some((key) => isOpen(key, now)))
      expect(small.filter((key) => isOpen(key, seen))).toEqual([])
    }),
    { seed: 20261125, numRuns: 100 },
  )
})

const few = fc.tuple(fc.nat(5), fc.nat(4), fc.nat(2), fc.nat(1), fc.nat(1))
/** Of one kind there are at most eleven; five more must be thinkable, and of those who make room for them. */
const mostGrown = 20
const growth = fc.tuple(fc.constantFrom(0, 0, 1, 2, 6), fc.constantFrom(0, 0, 1, 5), fc.constantFrom(0, 0, 1))

test('nor can she at the next cut-off, whether she believes the reasons or not; nor tell that a shown number moved a little', () => {
  const seenShares = { made: 0, moved: 0, small: 0, runs: 0 }
  fc.assert(
    fc.property(few, few, growth, growth, fc.boolean(), (f, m, moreF, moreM, believes) => {
      const then = tables([f, m], 'like-small-cells')
      const before = { release: release(then), counted: [then] }
      const grown = [f, m].map((kind, sex) => kind.map((number, at) => number + ((sex === 0 ? moreF : moreM)[at] ?? 0)))
      const input = tables(grown, 'like-small-cells', '2026-Q4')
      const next = release(input, before)
      seenShares.runs += 1
      if (next.asOf !== input.asOf) return
      seenShares.made += 1
      const truth = new Map(input.cells.map(({ cell, count }) => [keyOf(cell.dimensions), count.persons.low]))
      const small = smallCells(input)
      const moved = new Map(
        next.cells.flatMap(({ cell, asOf, persons }) => {
          if (cell.period !== 'all' || persons.kind !== 'count' || asOf === next.asOf) return []
          const move = (truth.get(keyOf(cell.dimensions)) ?? 0) - persons.low
          return move > 0 && move < 5 ? [[keyOf(cell.dimensions), persons.low] as const] : []
        }),
      )
      if (small.length > 0) seenShares.small += 1
      if (moved.size > 0) seenShares.moved += 1
      const isOpen = (key: string, seen: ReadonlyMap<string, ReadonlySet<number>>) =>
        ![...(seen.get(key) ?? [])].some((number) => number >= 5 || (believes && number === 0))
      const isMoveOpen = (key: string, was: number, seen: ReadonlyMap<string, ReadonlySet<number>>) =>
        ![...(seen.get(key) ?? [])].some((number) => number === was || number >= was + 5)
      const open = (seen: ReadonlyMap<string, ReadonlySet<number>>) => [
        ...small.filter((key) => isOpen(key, seen)),
        ...[...moved].flatMap(([key, was]) => (isMoveOpen(key, was, seen) ? [key] : [])),
      ]
      const seen = possibleNumbers(next, mostGrown, believes, (now) => open(now).length === 0)
      expect(open(seen)).toEqual([])
    }),
    { seed: 20261128, numRuns: 80 },
  )
  for (const share of [seenShares.made, seenShares.moved, seenShares.small])
    expect(share / seenShares.runs).toBeGreaterThan(0.2)
})

test('both the attacker and the auditor see a planted leak: a complement printed after all', () => {
  const input = tables(
    [
      [8, 5, 2, 0, 0],
      [2, 0, 0, 1, 0],
    ],
    'like-small-cells',
  )
  const released = release(input)
  expect(auditTables(input, released)).toEqual({ ok: true, value: [] })
  const leaking = DANGEROUS_markReleased({
    ...released,
    cells: released.cells.map((cell) => {
      const truth = input.cells.find((one) => keyOf(one.cell.dimensions) === keyOf(cell.cell.dimensions))
      const count = truth?.count ?? { persons: exactly(0), contacts: 0 }
      return count.persons.low < 5
        ? cell
        : {
            ...cell,
            persons: DANGEROUS_markReleased({ kind: 'count' as const, ...count.persons }),
            contacts: DANGEROUS_markReleased({ kind: 'count' as const, ...exactly(count.contacts) }),
          }
    }),
  })
  expect([...(possibleNumbers(leaking, most, false, () => false).get('sex=m') ?? [])]).toEqual([2])
  const audit = auditTables(input, leaking)
  expect(audit.ok && audit.value.map((cell) => keyOf(cell.dimensions))).toContain('sex=m')
})
