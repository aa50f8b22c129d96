import { describe, expect, it } from 'vitest'
import { inventedRecords } from './invented/records.ts'
import { releaseMicrodata } from './microdata.ts'
import { fraction, seededBits } from './noise/random-bits.ts'
import { homogeneityOf } from './quality/homogeneity.ts'
import type { Records } from './records/words.ts'
import { attributeInference, membership, type Risk, riskOf, singlingOut } from './testing/record-attacks.ts'
import { chosen } from './testing/records.ts'

/** People with rows of their own: half of them are in the release, the other half are the control. */
const people = inventedRecords({ records: 8000, columns: 12, values: 60, density: 0.6, seed: 3 })
const members = chosen(people, [...Array(4000).keys()])
const others = chosen(
  people,
  [...Array(4000).keys()].map((record) => record + 4000),
)

const engines: readonly { readonly name: string; readonly release: (records: Records) => Records }[] = [
  { name: 'k = 10', release: (records) => made(records, { method: 'k', k: 10, length: 3 }) },
  { name: 'epsilon = 1', release: (records) => made(records, { method: 'dp', epsilon: 1, length: 3 }) },
]

/** Engines that are broken on purpose: the tests below must not pass them. */
const copies = (records: Records): Records => records
const halfCopied = (records: Records): Records =>
  chosen(
    records,
    [...Array(records.count).keys()].map((record) => record - (record % 2)),
  )

function made(records: Records, settings: Parameters<typeof releaseMicrodata>[1]): Records {
  const decided = releaseMicrodata(records, settings, seededBits(11), () => true)
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value.records
}

/** Not told apart from chance, or less than one person in twenty more than chance. */
const isSafe = ({ low }: Risk): boolean => low < 0.05

const attacks: readonly { readonly name: string; readonly on: (released: Records) => Risk }[] = [
  { name: 'singling out', on: (released) => singlingOut({ released, members, others }, seededBits(5)) },
  { name: 'membership', on: (released) => membership({ released, members, others }) },
  {
    name: 'inference of an attribute',
    on: (released) => attributeInference({ released, members, others }, 0, seededBits(5)),
  },
]

describe.each(attacks)('$name', ({ on }) => {
  it.each(engines)('learns no more of those in the release than of those outside it: $name', ({ release }) => {
    const risk = on(release(members))
    expect(isSafe(risk), JSON.stringify(risk)).toBe(true)
  })

  it('finds an engine that copies its records', () => {
    expect(isSafe(on(copies(members)))).toBe(false)
  })
})

it('membership and inference find an engine that copies every second record', () => {
  const released = halfCopied(members)
  expect(isSafe(membership({ released, members, others }))).toBe(false)
  expect(isSafe(attributeInference({ released, members, others }, 0, seededBits(5)))).toBe(false)
})

it('says of a risk what Anonymeter says: no more than the control is no risk, everybody is all of it', () => {
  expect(riskOf(30, 30, 100).risk).toBe(0)
  expect(riskOf(100, 20, 100).risk).toBe(1)
  expect(riskOf(60, 20, 100).risk).toBeCloseTo(0.5)
  expect(riskOf(60, 20, 100).low).toBeLessThan(0.5)
})

describe('a group in which all share one value', () => {
  /** All of the first profile's rare value are given the same answer to the last question. */
  function planted(): Records {
    const columns = people.columns.map((column) => ({ ...column, codes: column.codes.slice() }))
    const [known, told] = [columns[0], columns[11]]
    if (!known || !told) throw new Error('twelve columns')
    for (let record = 0; record < people.count; record++) if (known.codes[record] === 2) told.codes[record] = 1
    return { count: people.count, columns }
  }

  it('is no secret that k keeps: it is in the release, and counted beside it', () => {
    const before = homogeneityOf(made(people, { method: 'k', k: 10, length: 3 }))
    const after = homogeneityOf(made(planted(), { method: 'k', k: 10, length: 3 }))
    const toldBy = (all: typeof after): number =>
      all.telling.find(({ column }) => column === 'question 12 (invented)')?.groups ?? 0
    expect(toldBy(after)).toBeGreaterThan(toldBy(before))
    expect(after.leastL).toBe(1)
  })

  it('is counted group by group, absent being a value of its own', () => {
    const records: Records = {
      count: 4,
      columns: [
        { name: 'a', values: ['x', 'y'], codes: Uint8Array.of(1, 1, 2, 2) },
        { name: 'b', values: ['p', 'q'], codes: Uint8Array.of(1, 1, 1, 0) },
      ],
    }
    // a=x tells b=p, b=p tells nothing of a, a=y tells nothing; the two groups of pairs have no further column.
    expect(homogeneityOf(records)).toEqual({
      groups: 5,
      homogeneous: 1,
      leastL: 1,
      telling: [{ column: 'b', groups: 1 }],
    })
  })
})

it('rows too unlike the others to stand whole are split, and that is said', () => {
  const warnings = (records: Records) => {
    const decided = releaseMicrodata(records, { method: 'k', k: 10, length: 3 }, seededBits(1), () => true)
    return decided.ok ? decided.value.warnings : decided.refusal.code
  }
  const wide = inventedRecords({ records: 1500, columns: 30, values: 90, density: 0.9, seed: 1 })
  expect(warnings(wide)).toEqual(['one-off', 'inference', 'split'])
  expect(warnings(inventedRecords({ records: 20_000, columns: 8, values: 16, density: 0.4, seed: 1 }))).toEqual([
    'one-off',
    'inference',
  ])
})

it('records that lost answers to combinations hidden by noise say so, and shorter combinations lose none', () => {
  const drawn = seededBits(7)
  const answer = () => 1 + Math.floor(10 * fraction(drawn) ** 2)
  // Three in ten answers are nobody's habit: triples of them are many, and of few people.
  const kinds = Array.from({ length: 6000 }, answer)
  const sparse: Records = {
    count: 6000,
    columns: Array.from({ length: 7 }, (_, column) => ({
      name: `question ${column}`,
      values: Array.from({ length: 10 }, (_, value) => `${value}`),
      codes: Uint8Array.from(kinds, (kind) => (fraction(drawn) < 0.7 ? kind : answer())),
    })),
  }
  const warnings = (length: number) => {
    const decided = releaseMicrodata(sparse, { method: 'dp', epsilon: 4, length }, seededBits(1), () => true)
    return decided.ok ? decided.value.warnings : decided.refusal.code
  }
  expect(warnings(3)).toEqual(['spends', 'emptied'])
  expect(warnings(2)).toEqual(['spends'])
})
