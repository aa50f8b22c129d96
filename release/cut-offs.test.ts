import { exactly } from '@lentera/core/shared/counts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditTables, type Before, type ReleasedCell, type ReleasedTables, releaseTables } from './tables.ts'
import type { TablesInput } from './tables-input.ts'
import { type Person, peopleFrom, tablesOf, textOf } from './testing/populations.ts'

/** What becomes of a small programme from one cut-off to the next, as somebody sees it who is shown nothing but releases. */
const programmes = fc.record({
  seed: fc.nat(1_000_000),
  howMany: fc.integer({ min: 5, max: 90 }),
  who: fc.nat(1_000),
  newYear: fc.boolean(),
})
type Programme = typeof programmes extends fc.Arbitrary<infer Value> ? Value : never

const happenings: Readonly<Record<string, (people: readonly Person[], programme: Programme) => Person[]>> = {
  'one comes': (people, { seed, newYear }) => [
    ...people,
    ...peopleFrom(seed + 1, 1).map((each) => inYear(each, newYear)),
  ],
  'one is corrected': (people, { who }) =>
    people.map((each, at) => (at === who % people.length ? { ...each, ...corrected(each) } : each)),
  'one is withdrawn': (people, { who }) => people.filter((_, at) => at !== who % people.length),
}
const inYear = (person: Person, newYear: boolean): Person =>
  newYear ? { ...person, services: [{ service: 'health', quarter: '2027-Q1' }] } : person
const corrected = ({ sex, age }: Person): Pick<Person, 'sex' | 'age'> => ({
  sex: sex === 'female' ? 'unknown' : 'female',
  age: age === 'adult' ? 'child' : 'adult',
})

function release(input: TablesInput, before?: Before): ReleasedTables {
  const decision = releaseTables(input, before)
  if (!decision.ok) throw new Error(decision.refusal.code)
  return decision.value
}

/** Everything that is printed, with every reason and every cut-off. */
const printOf = (tables: ReleasedTables): string => JSON.stringify([tables.asOf, tables.cells])
const cellsOf = ({ cells }: ReleasedTables): Map<string, ReleasedCell> =>
  new Map(cells.map((each) => [textOf(each.cell), each]))
const truthOf = (input: TablesInput) =>
  new Map(input.cells.map(({ cell, count }) => [textOf(cell), [count.persons.low, count.contacts] as const]))

const total = '["all","programme",[]]'

describe('between two cut-offs', () => {
  for (const [what, happen] of Object.entries(happenings))
    it(`${what}: the next release is the one that would be, had nothing happened`, () => {
      const seen = { complements: 0, words: 0 }
      fc.assert(
        fc.property(programmes, (programme) => {
          const people = peopleFrom(programme.seed, programme.howMany)
          const then = tablesOf(people, '2026-08-31')
          const before = { release: release(then), counted: [then] }
          const nothing = release(tablesOf(people, '2026-09-30'), before)
          const next = tablesOf(happen(people, programme), '2026-09-30')
          expect(printOf(release(next, before))).toBe(printOf(nothing))
          for (const { persons } of nothing.cells) {
            if (persons.kind !== 'protected') continue
            if (persons.rule === 'complement') seen.complements += 1
            else seen.words += 1
          }
        }),
        { seed: 41, numRuns: 100 },
      )
      expect(Math.min(seen.complements, seen.words)).toBeGreaterThan(100)
    })

  it('nothing shows while they come one by one, until they are five: then they are told together', () => {
    const counted: TablesInput[] = []
    const released: ReleasedTables[] = []
    for (const [month, howMany] of [60, 61, 62, 63, 64, 65].entries()) {
      const input = tablesOf(peopleFrom(77, howMany), `2026-0${month + 1}-28`)
      const last = released.at(-1)
      released.push(release(input, last && { release: last, counted }))
      counted.push(input)
    }
    const prints = released.map(printOf)
    expect(new Set(prints.slice(0, 5)).size).toBe(1)
    expect(released.map((each) => cellsOf(each).get(total)?.persons)).toEqual([
      ...Array.from({ length: 5 }, () => ({ kind: 'count', low: 60, high: 60 })),
      { kind: 'count', low: 65, high: 65 },
    ])
  })

  it('a year that one woman begins is not begun, and one that the last has left is still there', () => {
    const people = peopleFrom(5, 60)
    const she: Person = { sex: 'female', age: 'adult', services: [{ service: 'health', quarter: '2027-Q1' }] }
    const periodsOf = ({ cells }: ReleasedTables) => [...new Set(cells.map(({ cell }) => cell.period))]
    const [without, withHer] = [tablesOf(people, '2026-12-31'), tablesOf([...people, she], '2026-12-31')]
    // Many others come, so that there is a release to make.
    const others = [...people, ...peopleFrom(6, 40)]
    const begun = release(tablesOf([...others, she], '2027-01-31'), { release: release(without), counted: [without] })
    expect(begun.asOf).toBe('2027-01-31')
    expect(periodsOf(begun)).not.toContain('2027')
    const left = release(tablesOf(others, '2027-01-31'), { release: release(withHer), counted: [withHer] })
    expect(left.asOf).toBe('2027-01-31')
    expect(periodsOf(left)).toContain('2027')
    const many = Array.from({ length: 6 }, () => ({ ...she }))
    const full = release(tablesOf([...others, ...many], '2027-01-31'), {
      release: release(without),
      counted: [without],
    })
    expect(periodsOf(full)).toContain('2027')
  })
})

describe('many come, some are corrected and some withdrawn', () => {
  it('what moved by five or more is told; what moved by fewer keeps its face, and all of it is closed', () => {
    const seen = { runs: 0, told: 0, appeared: 0, little: 0, words: 0 }
    fc.assert(
      fc.property(programmes, fc.integer({ min: 12, max: 40 }), (programme, growth) => {
        const people = peopleFrom(programme.seed, programme.howMany)
        const then = tablesOf(people, '2026-08-31')
        const before = { release: release(then), counted: [then] }
        const later = Object.values(happenings).reduce<readonly Person[]>(
          (now, happen) => happen(now, programme),
          [...people, ...peopleFrom(programme.seed + 2, growth)],
        )
        const input = tablesOf(later, '2026-09-30')
        const next = release(input, before)
        expect(auditTables(input, next, before)).toEqual({ ok: true, value: [] })
        const [was, is, earlier] = [truthOf(then), truthOf(input), cellsOf(before.release)]
        seen.runs += 1
        if (cellsOf(next).get(total)?.asOf === '2026-09-30') seen.told += 1
        for (const [name, { asOf, persons }] of cellsOf(next)) {
          const face = earlier.get(name)
          if (!face) continue
          const moves = [0, 1].map((measure) =>
            Math.abs((is.get(name)?.[measure] ?? 0) - (was.get(name)?.[measure] ?? 0)),
          )
          const movedLittle = moves.every((move) => move === 0) || moves.some((move) => move > 0 && move < 5)
          if (!movedLittle) {
            if (face.persons.kind === 'protected' && persons.kind === 'count') seen.appeared += 1
            continue
          }
          seen.little += 1
          if (asOf === face.asOf) expect(persons).toEqual(face.persons)
          else {
            // Nothing but a word that would give somebody away is taken back.
            expect(face.persons).toEqual({ kind: 'protected', rule: 'fewer-than-five' })
            expect(persons).toEqual({ kind: 'protected', rule: 'complement' })
            seen.words += 1
          }
        }
      }),
      { seed: 42, numRuns: 60 },
    )
    expect(seen.told / seen.runs).toBeGreaterThan(0.4)
    expect(seen.appeared).toBeGreaterThan(50)
    expect(seen.words / seen.little).toBeLessThan(0.03)
  })

  it('a hidden cell that grows by two a month appears, though it never moves by five in one', () => {
    const men = (many: number): Person[] =>
      Array.from({ length: many }, () => ({
        sex: 'male',
        age: 'adult',
        services: [{ service: 'health', quarter: '2026-Q1' }],
      }))
    const women = (many: number): Person[] => men(many).map((each) => ({ ...each, sex: 'female' }))
    const unknown = (many: number): Person[] => men(many).map((each) => ({ ...each, sex: 'unknown' }))
    const counted: TablesInput[] = []
    const faces: ReleasedCell['persons'][] = []
    let last: ReleasedTables | undefined
    for (let month = 1; month <= 9; month++) {
      const people = [...women(30 + 10 * month), ...men(2 * month), ...unknown(10 * month)]
      const input = tablesOf(people, `2026-0${month}-28`, [[], ['sex']])
      last = release(input, last && { release: last, counted })
      counted.push(input)
      faces.push(cellsOf(last).get('["all","programme",[["sex","male"]]]')?.persons ?? expect.fail('no such cell'))
    }
    expect(faces[0]).toEqual({ kind: 'protected', rule: 'fewer-than-five' })
    expect(faces.some(({ kind }) => kind === 'count')).toBe(true)
    expect(last?.asOf).toBe('2026-09-28')
  })

  it('a shown cell that withdrawals take under five keeps the number that was true, with its cut-off', () => {
    const cellOf = (dimensions: Record<string, string>, persons: number): TablesInput['cells'][number] => ({
      cell: { fact: 'served', period: 'all', scope: 'programme', dimensions },
      count: { persons: exactly(persons), contacts: persons },
    })
    const tables = (asOf: string, women: number, men: number, others: number): TablesInput => ({
      fact: 'served',
      asOf,
      cells: [
        cellOf({}, women + men + others),
        cellOf({ sex: 'f' }, women),
        cellOf({ sex: 'm' }, men),
        cellOf({ sex: 'x' }, others),
      ],
      breakdowns: [[], ['sex']],
      dimensions: { sex: { parts: 'exclusive', values: ['f', 'm', 'x'] } },
    })
    const then = tables('2026-08-31', 60, 12, 20)
    const now = tables('2026-09-30', 80, 3, 30)
    const before = { release: release(then), counted: [then] }
    const next = release(now, before)
    const men = cellsOf(next).get('["all","programme",[["sex","m"]]]')
    expect(men).toMatchObject({ asOf: '2026-08-31', persons: { kind: 'count', low: 12, high: 12 } })
    expect(auditTables(now, next, before)).toEqual({ ok: true, value: [] })
    // Nor does the sum tell it: of the total and the other two, not all are told anew.
    const anew = [...cellsOf(next).values()].filter(({ asOf }) => asOf === '2026-09-30')
    expect(anew.length).toBeGreaterThan(0)
    expect(anew.length).toBeLessThan(3)
  })
})
