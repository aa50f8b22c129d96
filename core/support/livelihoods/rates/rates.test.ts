import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../log/draft.ts'
import { Entry } from '../../../log/entry.ts'
import { emptyState, fold, type StreamState } from '../../../log/fold.ts'
import { check, gatherKinds } from '../../../log/kind.ts'
import { CivilDate } from '../../../shared/dates.ts'
import { Hash, StreamId } from '../../../shared/ids.ts'
import { type Currency, minorDigits, ofUnits } from '../../../shared/money.ts'
import type { Decision } from '../../../shared/refusals.ts'
import { describeRates, type ImportRates, importRates, markRatesInError } from './capture.ts'
import { addUp, centsOf, Rates } from './convert.ts'
import { rateKinds } from './entries.ts'
import { projectRates, type RateTable } from './project.ts'
import { type RatesRead, readRates } from './read.ts'
import { mostRates, standsFor } from './words.ts'

/** Rates of no market: every number here is invented. */
const kinds = gatherKinds(rateKinds)
const today = CivilDate.parse('2026-11-24')
const day = (text: string): CivilDate => CivilDate.parse(text)
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const hash = (n: number): Hash => Hash.parse(String(n).padStart(43, 'A'))
const header = ['day', 'currency', 'units per USD']
const linesOf = (...rows: readonly string[][]) => [header, ...rows].map((cells, at) => ({ line: at + 1, cells }))

function read(...rows: readonly string[][]): RatesRead {
  const decided = readRates(linesOf(...rows), today)
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value
}

const riel = ['2026-11-20', 'KHR', '4000']
const typed = { source: 'Bank of nowhere (invented)', edition: '2026-11', verifiedOn: today }
const command = (changed: Partial<ImportRates> = {}): ImportRates => ({
  ...typed,
  stream: StreamId.parse(id(1)),
  read: read(riel),
  hash: hash(1),
  leaveOut: false,
  tables: [],
  ...changed,
})
const codeOf = (decided: Decision<unknown>): string => (decided.ok ? 'accepted' : decided.refusal.code)

/** A table as a device has it. */
class One {
  entries: Entry[] = []
  readonly n: number

  constructor(n: number, changed: Partial<ImportRates> = {}) {
    this.n = n
    this.write(importRates(command({ stream: StreamId.parse(id(n)), hash: hash(n), ...changed }), today))
  }

  get state(): StreamState {
    return this.entries.length === 0 ? emptyState : fold(kinds, this.entries)
  }

  get table(): RateTable {
    const table = projectRates(this.state)
    if (!table) throw new Error('no table yet')
    return table
  }

  write(decided: Decision<Draft[]>, parents: readonly string[] = this.state.heads): void {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const { kind, version, stream, on, coded } of decided.value) {
      const n = this.entries.length + 1
      const entry = Entry.parse({
        v: 1,
        id: `0199${String(this.n).padStart(4, '0')}-${String(n).padStart(4, '0')}-7000-8000-000000000000`,
        programme: id(3),
        stream,
        parents,
        kind,
        version,
        on,
        coded,
        sealed: {},
        author: id(4),
        device: id(5),
        at: { time: n, clock: [n, 0] },
        prev: null,
      })
      expect(check(kinds, entry).ok).toBe(true)
      this.entries.push(entry)
    }
  }
}

describe('a file is refused', () => {
  it('whole, where it names no day, currency and rate, has no rows, or more than an entry holds', () => {
    expect(codeOf(readRates([{ line: 1, cells: ['when', 'what'] }], today))).toBe('rates.no-columns')
    expect(codeOf(readRates(linesOf(), today))).toBe('rates.no-rows')
    const many = Array.from({ length: mostRates + 1 }, (_, i) => [
      new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10),
      'KHR',
      '4000',
    ])
    expect(codeOf(readRates(linesOf(...many), today))).toBe('rates.too-many')
  })

  it.each([
    ['of a currency that no grant is given in', ['2026-11-20', 'EUR', '0.9'], 'currency-unknown'],
    ['of the dollar itself', ['2026-11-20', 'USD', '1'], 'of-the-dollar'],
    ['of nought', ['2026-11-20', 'KHR', '0'], 'rate-not-positive'],
    ['of nought with digits', ['2026-11-20', 'KHR', '0.000'], 'rate-not-positive'],
    ['of nothing', ['2026-11-20', 'KHR', ''], 'rate-not-positive'],
    ['below nought', ['2026-11-20', 'KHR', '-4000'], 'rate-not-positive'],
    ['with a comma', ['2026-11-20', 'KHR', '4,000'], 'rate-not-understood'],
    ['of a month', ['2026-11', 'KHR', '4000'], 'day-not-understood'],
    ['of a day written in another way', ['20/11/2026', 'KHR', '4000'], 'day-not-understood'],
    ['of a day that has not come', ['2026-11-25', 'KHR', '4000'], 'day-in-the-future'],
  ] as const)('by the line, for a rate %s', (_, row, reason) => {
    const { rates, problems } = read(riel, [...row])
    expect([rates.length, problems]).toEqual([1, [expect.objectContaining({ line: 3, reason })]])
  })

  it('by the line, for two rates of one day: neither is taken; the same one twice is one', () => {
    const { rates, problems } = read(riel, ['2026-11-20', 'KHR', '4001'], ['2026-11-21', 'KHR', '4002'])
    expect(rates).toEqual([['KHR', '2026-11-21', '4002']])
    expect(problems).toEqual([expect.objectContaining({ line: 3, reason: 'day-twice' })])
    expect(read(riel, ['2026-11-20', 'khr', '4000.00'])).toEqual({
      rates: [riel.toSpliced(0, 2, 'KHR', '2026-11-20')],
      problems: [],
    })
  })

  it.each([
    ['without its source', { source: ' ' }, 'rates.no-source'],
    ['without its edition', { edition: '' }, 'rates.no-edition'],
    ['which nobody compared with its source', { verifiedOn: undefined }, 'rates.not-verified'],
    ['compared on a day that has not come', { verifiedOn: day('2026-11-25') }, 'rates.verified-in-the-future'],
    ['from a source longer than a line', { source: 'x'.repeat(301) }, 'rates.text-too-long'],
    ['with lines that give no rate', { read: read(riel, ['2026-11-20', 'EUR', '1']) }, 'rates.rows-not-good'],
    ['of which no line is good', { read: read(['2026-11-20', 'EUR', '1']), leaveOut: true }, 'rates.no-rows'],
  ] as const)('%s', (_, changed, code) => expect(codeOf(importRates(command(changed), today))).toBe(code))

  it('that is here already, or says otherwise of a day than another; not once that one is marked', () => {
    const one = new One(1)
    const other = { hash: hash(2), read: read(['2026-11-20', 'KHR', '4100']) }
    expect(codeOf(importRates(command({ tables: [one.table] }), today))).toBe('rates.known')
    expect(codeOf(importRates(command({ ...other, tables: [one.table] }), today))).toBe('rates.otherwise-elsewhere')
    one.write(markRatesInError(StreamId.parse(id(1)), one.table, true, { today, others: [] }))
    expect(one.table.enteredInError).toBe(true)
    expect(codeOf(importRates(command({ ...other, tables: [one.table] }), today))).toBe('accepted')
    const second = new One(2, other)
    expect(codeOf(markRatesInError(StreamId.parse(id(1)), one.table, false, { today, others: [second.table] }))).toBe(
      'rates.otherwise-elsewhere',
    )
  })
})

describe('a table', () => {
  it('stands with its source, and a correction of that is an entry', () => {
    const one = new One(1)
    const stream = StreamId.parse(id(1))
    expect(codeOf(describeRates(stream, one.table, typed, today))).toBe('rates.nothing-changed')
    one.write(describeRates(stream, one.table, { ...typed, edition: '2026-11, second' }, today))
    expect([one.table.source, one.table.edition, one.table.conflicts]).toEqual([typed.source, '2026-11, second', []])
  })

  it('shows two answers where two devices corrected it apart', () => {
    const one = new One(1)
    const stream = StreamId.parse(id(1))
    const { heads } = one.state
    const [a, b] = ['a', 'b'].map((edition) => describeRates(stream, one.table, { ...typed, edition }, today))
    for (const decided of [a, b]) if (decided) one.write(decided, heads)
    expect([one.table.edition, one.table.conflicts.map(({ field }) => field)]).toEqual([undefined, ['edition']])
  })
})

describe('a sum in dollars', () => {
  const sum = ofUnits('KHR', 400_000)
  const rates = new Rates([new One(1).table])

  it('is turned by the rate of its own day, or the last before it, which is named', () => {
    expect(rates.turn(sum, day('2026-11-20'))).toMatchObject({ known: true, cents: 10_000, by: { day: '2026-11-20' } })
    const later = new Rates([new One(1, { read: read(riel, ['2026-11-22', 'KHR', '5000']) }).table])
    expect(later.turn(sum, day('2026-11-21'))).toMatchObject({ cents: 10_000, by: { day: '2026-11-20', rate: '4000' } })
    expect(later.turn(sum, day('2026-11-24'))).toMatchObject({ cents: 8_000, by: { day: '2026-11-22' } })
  })

  it('is not known, and never nought, where there is no rate', () => {
    expect(rates.turn(sum, undefined)).toEqual({ known: false, why: 'no-day' })
    expect(rates.turn(sum, day('2026-Q4'))).toEqual({ known: false, why: 'no-day' })
    expect(rates.turn(sum, day('2026-11-19'))).toEqual({ known: false, why: 'no-rate' })
    expect(rates.turn(ofUnits('THB', 100), day('2026-11-20'))).toEqual({ known: false, why: 'no-rate' })
    const last = new Date(Date.UTC(2026, 10, 20 + standsFor)).toISOString().slice(0, 10)
    const after = new Date(Date.UTC(2026, 10, 21 + standsFor)).toISOString().slice(0, 10)
    expect([rates.turn(sum, day(last)).known, rates.turn(sum, day(after)).known]).toEqual([true, false])
  })

  it('needs neither day nor rate where it is in dollars', () =>
    expect(rates.turn(ofUnits('USD', 12), undefined)).toEqual({ known: true, cents: 1200, by: undefined }))

  it('is not known where two tables that were brought in apart differ; where they agree, both are named', () => {
    const apart = (rate: string) =>
      new Rates([new One(1).table, new One(2, { read: read(['2026-11-20', 'KHR', rate]) }).table])
    expect(apart('4100').turn(sum, day('2026-11-20'))).toEqual({ known: false, why: 'rates-differ' })
    const agreed = apart('4000.0').turn(sum, day('2026-11-21'))
    expect(agreed.known && agreed.by?.tables).toHaveLength(2)
  })

  it('is not turned by a table that was entered in error', () => {
    const one = new One(1)
    one.write(markRatesInError(StreamId.parse(id(1)), one.table, true, { today, others: [] }))
    expect(new Rates([one.table]).turn(sum, day('2026-11-20')).known).toBe(false)
  })

  it('is exact in whole numbers, half a cent up', () => {
    expect(centsOf(ofUnits('KHR', 400_000), '4015.5')).toBe(9961) // 99.6139...
    expect(centsOf({ currency: 'KHR', minor: 1 }, '2')).toBe(1) // 0.005 dollars
    expect(centsOf({ currency: 'KHR', minor: 1 }, '2.00000001')).toBe(0)
    expect(centsOf(ofUnits('VND', 1_000_000), '25000')).toBe(4000) // a currency without a smaller unit
  })

  it('is within half a cent of what a fraction says, for any sum and rate', () => {
    const currencies = Object.keys(minorDigits).filter((code) => code !== 'USD') as Currency[]
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.integer({ min: 1, max: 10 ** 12 }),
        fc.integer({ min: 1, max: 10 ** 8 }),
        fc.integer({ min: 0, max: 8 }),
        (currency, minor, digits, places) => {
          const text = String(digits).padStart(places + 1, '0')
          const rate = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`
          const made = centsOf({ currency, minor }, rate)
          fc.pre(Number.isSafeInteger(made))
          const cents = BigInt(made)
          const over = BigInt(digits) * 10n ** BigInt(minorDigits[currency])
          const exact = BigInt(minor) * 100n * 10n ** BigInt(places)
          const off = 2n * (cents * over - exact)
          expect(off > -over && off <= over).toBe(true)
        },
      ),
    )
  })

  it('is added to others with the number of those that are not known', () => {
    const sums = [
      rates.turn(sum, day('2026-11-20')),
      rates.turn(sum, undefined),
      rates.turn(ofUnits('USD', 1), undefined),
    ]
    expect(addUp(sums)).toEqual({ cents: 10_100, unknown: 1 })
    expect(addUp([])).toEqual({ cents: 0, unknown: 0 })
  })
})
