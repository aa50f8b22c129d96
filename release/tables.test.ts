import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditTables, type Before, type ReleasedTables, releaseTables } from './tables.ts'
import type { TablesInput } from './tables-input.ts'
import { type Person, peopleFrom, tablesOf, textOf } from './testing/populations.ts'

function release(input: TablesInput, before?: Before): ReleasedTables {
  const decision = releaseTables(input, before)
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

const shownIn = (tables: ReleasedTables) =>
  new Map(
    tables.cells.flatMap(({ cell, persons, contacts, asOf }) =>
      persons.kind === 'count' && contacts.kind === 'count'
        ? [[textOf(cell), { persons: persons.low, contacts: contacts.low, asOf }] as const]
        : [],
    ),
  )

const seeds = fc.record({ seed: fc.nat(1_000_000), howMany: fc.integer({ min: 1, max: 90 }) })

test('no cell of one to four persons is ever shown, and what is shown is what was counted', () => {
  fc.assert(
    fc.property(seeds, ({ seed, howMany }) => {
      const input = tablesOf(peopleFrom(seed, howMany))
      const truth = new Map(input.cells.map(({ cell, count }) => [textOf(cell), count]))
      for (const [name, { persons, contacts }] of shownIn(release(input))) {
        expect(persons === 0 || persons >= 5).toBe(true)
        expect(persons).toBe(truth.get(name)?.persons.low ?? 0)
        expect(contacts).toBe(truth.get(name)?.contacts ?? 0)
      }
    }),
    { seed: 11, numRuns: 40 },
  )
})

test('a release of linked quarters, services and sexes passes the audit', () => {
  fc.assert(
    fc.property(seeds, ({ seed, howMany }) => {
      const input = tablesOf(peopleFrom(seed, howMany))
      expect(auditTables(input, release(input))).toEqual({ ok: true, value: [] })
    }),
    { seed: 12, numRuns: 40 },
  )
})

test('organisations and teams, work without a team, and women registered twice do not open the tables', () => {
  const where = [{ organisation: 'o1', team: 't1' }, { organisation: 'o1', team: 't2' }, { organisation: 'o2' }, {}]
  fc.assert(
    fc.property(seeds, ({ seed, howMany }) => {
      const people = peopleFrom(seed, howMany).map((person, at): Person => {
        const place = where[(at * 7 + seed) % where.length] ?? {}
        // Every sixth registration is of a woman known already, under whatever values it was taken down.
        return at % 6 === 5 ? { ...person, ...place, who: `known ${at % 4}` } : { ...person, ...place }
      })
      const input = {
        ...tablesOf(people),
        teams: { 'team:t1': 'organisation:o1', 'team:t2': 'organisation:o1' },
      }
      const released = release(input)
      for (const { persons } of shownIn(released).values()) expect(persons === 0 || persons >= 5).toBe(true)
      expect(auditTables(input, released)).toEqual({ ok: true, value: [] })
    }),
    { seed: 14, numRuns: 8 },
  )
})

test('persons and contacts of a cell are shown together or not at all, for the same reason', () => {
  for (const { persons, contacts } of release(tablesOf(peopleFrom(5, 60))).cells) {
    expect(contacts.kind).toBe(persons.kind)
    if (persons.kind === 'protected') expect(contacts).toEqual(persons)
  }
})

test('the overall total of a programme of usual size stays shown', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const total = release(tablesOf(peopleFrom(seed, 81))).cells.find(
      ({ cell }) => cell.period === 'all' && Object.keys(cell.dimensions).length === 0,
    )
    expect(total?.persons).toEqual({ kind: 'count', low: 81, high: 81 })
  }
})

test('the same counts give the same release, in whatever order they come', () => {
  const input = tablesOf(peopleFrom(7, 70))
  expect(shownIn(release({ ...input, cells: [...input.cells].reverse() }))).toEqual(shownIn(release(input)))
})

test('a person whose identity is not settled counts as not being there', () => {
  const people = peopleFrom(3, 40)
  const input = tablesOf(people)
  const unsettled: TablesInput = {
    ...input,
    cells: input.cells.map(({ cell, count }) => ({
      cell,
      count: count.persons.low === 5 ? { ...count, persons: { low: 4, high: 5 } } : count,
    })),
  }
  const fives = input.cells.filter(({ count }) => count.persons.low === 5).map(({ cell }) => textOf(cell))
  expect(fives.length).toBeGreaterThan(0)
  const shown = shownIn(release(unsettled))
  expect(fives.filter((name) => shown.has(name))).toEqual([])
})

test('zeros look like small cells unless what is shown gives them away', () => {
  const woman: Person = { sex: 'female', age: 'adult', services: [{ service: 'health', quarter: '2026-Q1' }] }
  const women = Array.from({ length: 30 }, () => ({ ...woman }))
  const men = (released: ReleasedTables) =>
    released.cells.find(({ cell }) => cell.period === 'all' && textOf(cell).includes('[["sex","male"]]'))?.persons
  expect(men(release(tablesOf(women)))).toEqual({ kind: 'count', low: 0, high: 0 })
  const mixed = [...women, ...[1, 2, 3].map(() => ({ ...woman, sex: 'unknown' }))]
  expect(men(release(tablesOf(mixed)))).toEqual({ kind: 'protected', rule: 'fewer-than-five' })
  expect(men(release({ ...tablesOf(mixed), settings: { zeros: 'shown' } }))).toEqual({ kind: 'count', low: 0, high: 0 })
  expect(men(release({ ...tablesOf(women), settings: { zeros: 'guarded' } }))?.kind).toBe('protected')
})

test('impossible counts and cells outside the tables are refused by name', () => {
  const input = tablesOf(peopleFrom(1, 10))
  const [first] = input.cells
  if (!first) throw new Error('no cells')
  const codeOf = (changed: Partial<TablesInput>) => {
    const decision = releaseTables({ ...input, ...changed })
    return decision.ok ? 'released' : decision.refusal.code
  }
  expect(codeOf({ fact: 'opened' })).toBe('release.another-fact')
  expect(codeOf({ cells: [first, first] })).toBe('release.cell-given-twice')
  expect(codeOf({ breakdowns: [[], ['village']] })).toBe('release.unknown-dimension')
  expect(codeOf({ cells: [{ ...first, count: { persons: { low: 3, high: 2 }, contacts: 3 } }] })).toBe(
    'release.impossible-count',
  )
  expect(codeOf({ cells: [{ ...first, cell: { ...first.cell, dimensions: { sex: 'martian' } } }] })).toBe(
    'release.cell-outside-the-tables',
  )
})

// ---------------------------------------------------------------- one release after another

test('who watches the figures does not see that one to four women came: no shown number and no cut-off moves', () => {
  const moved = { checked: 0 }
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 4 }), ({ seed, howMany }, newcomers) => {
      const people = peopleFrom(seed, howMany)
      const then = tablesOf(people, '2026-08-31')
      const first = release(then)
      // Each with one service, so that no cell moves by more than there are newcomers.
      const came = peopleFrom(seed + 1, newcomers).map((person) => ({
        ...person,
        services: person.services.slice(0, 1),
      }))
      const input = tablesOf([...people, ...came], '2026-09-30')
      const before = { release: first, counted: [then] }
      const second = release(input, before)
      const after = shownIn(second)
      for (const [name, shown] of shownIn(first)) {
        expect(after.get(name)).toEqual(shown)
        moved.checked += 1
      }
      expect(auditTables(input, second, before)).toEqual({ ok: true, value: [] })
    }),
    { seed: 13, numRuns: 25 },
  )
  expect(moved.checked).toBeGreaterThan(100)
})

test('a figure that moved by five or more is told, with its new cut-off', () => {
  const people = peopleFrom(21, 60)
  const then = tablesOf(people, '2026-08-31')
  const before = { release: release(then), counted: [then] }
  const second = release(tablesOf([...people, ...peopleFrom(22, 40)], '2026-09-30'), before)
  const total = second.cells.find(({ cell }) => cell.period === 'all' && Object.keys(cell.dimensions).length === 0)
  expect(total).toMatchObject({ asOf: '2026-09-30', persons: { kind: 'count', low: 100, high: 100 } })
})

test('every release of a growing programme is closed against the one before, and never takes back what was shown', () => {
  const people = peopleFrom(33, 90)
  const released: ReleasedTables[] = []
  const counted: TablesInput[] = []
  for (const [at, howMany] of [30, 33, 47, 52, 70, 90].entries()) {
    const input = tablesOf(people.slice(0, howMany), `2026-0${at + 1}-28`)
    const last = released.at(-1)
    const before = last && { release: last, counted }
    const now = release(input, before)
    expect(auditTables(input, now, before)).toEqual({ ok: true, value: [] })
    const shown = shownIn(now)
    for (const [name, then] of last ? shownIn(last) : [])
      expect(shown.get(name)?.persons).toBeGreaterThanOrEqual(then.persons)
    released.push(now)
    counted.push(input)
  }
  const totals = released.map((one) => [...shownIn(one)].find(([name]) => name === '["all","programme",[]]')?.[1])
  // 33 after 30 is not told; and where a total cannot be shown safely, the earlier one stays.
  expect(totals.map((total) => total?.persons)).toEqual([30, 30, 30, 30, 70, 90])
  expect(totals[1]).toEqual(totals[0])
})
