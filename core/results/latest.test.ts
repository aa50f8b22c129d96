import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptInside, newestStocks, type StockCell, shareOf } from './latest.ts'

const each = ['agency', 'place']
const women = { sex: 'female' }

const lead = { place: 'national' }

const cellsOf = (agency: string, on: string, source: string, ofWomen: number, ofMen: number, place = 'national') =>
  [
    { sex: 'female', amount: ofWomen },
    { sex: 'male', amount: ofMen },
  ].map(({ sex, amount }): StockCell => ({ dimensions: { agency, place, on, source, sex }, amount }))

const share = (cells: readonly StockCell[]) => {
  const stocks = newestStocks(cells, each, women)
  return shareOf(stocks, keptInside(stocks, lead))
}

describe('small groups', () => {
  it('of women or of the others, and none at all, stay with those who counted', () => {
    for (const few of [0, 1, 4]) {
      const cells = cellsOf('police', '2026', 'a', few, 100)
      expect(share(cells)).toEqual({ kind: 'protected', rule: 'fewer-than-five' })
      expect(share(cellsOf('police', '2026', 'a', 100, few))).toEqual({ kind: 'protected', rule: 'complement' })
      expect(shareOf(newestStocks(cells, each, women)).kind).toBe('ratio')
    }
    expect(share(cellsOf('police', '2026', 'a', 5, 5)).kind).toBe('ratio')
  })

  it('are in no sum either, from which they could be taken', () => {
    const cells = [...cellsOf('police', '2026', 'a', 50, 500), ...cellsOf('customs', '2026', 'b', 3, 80)]
    expect(share(cells)).toEqual({ kind: 'protected', rule: 'complement' })
  })

  it('of one place take the other places of their agency with them, which the whole agency would leave them by', () => {
    const stocks = newestStocks(
      [
        ...cellsOf('customs', '2026', 'a', 41, 333),
        ...cellsOf('customs', '2026', 'b', 38, 296, 'regional'),
        ...cellsOf('customs', '2026', 'c', 3, 37, 'border-crossing'),
        ...cellsOf('police', '2026', 'd', 38, 296, 'regional'),
      ],
      each,
      women,
    )
    const inside = keptInside(stocks, lead)
    expect(stocks.map(({ key: { agency, place } }, i) => [agency, place, stocks[i] && inside.get(stocks[i])])).toEqual([
      ['customs', 'national', undefined],
      ['customs', 'regional', 'complement'],
      ['customs', 'border-crossing', 'fewer-than-five'],
      ['police', 'regional', undefined],
    ])
  })
})

describe('the newest', () => {
  it('is the last day of each agency and place; what is older, or taken back, is not added', () => {
    const cells = [
      ...cellsOf('police', '2024', 'a', 40, 400),
      ...cellsOf('police', '2026-03', 'b', 60, 540),
      ...cellsOf('police', '2026-09-01', 'taken back', 0, 0),
      ...cellsOf('customs', '2025-06-30', 'c', 40, 160),
    ]
    expect(share(cells)).toEqual({
      kind: 'ratio',
      numerator: { low: 100, high: 100 },
      denominator: { low: 800, high: 800 },
      percentTenths: { low: 125, high: 125 },
      on: { first: '2025-06-30', last: '2026-03' },
    })
    expect(share([])).toEqual({ kind: 'none', why: 'nothing-recorded' })
  })

  it('shows what two sources of one day say as the interval between them, and no mean', () => {
    const cells = [...cellsOf('police', '2026', 'a', 80, 920), ...cellsOf('police', '2026-01-01', 'b', 200, 800)]
    expect(share(cells)).toMatchObject({
      numerator: { low: 80, high: 200 },
      percentTenths: { low: 80, high: 200 },
    })
  })

  it('lies between the lowest and highest share that any choice of sources gives, exactly', () => {
    const source = fc.record({ part: fc.integer({ min: 5, max: 500 }), rest: fc.integer({ min: 5, max: 5000 }) })
    fc.assert(
      fc.property(fc.array(fc.array(source, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }), (all) => {
        const cells = all.flatMap((sources, a) =>
          sources.flatMap(({ part, rest }, s) => cellsOf(`agency ${a}`, '2026', `${s}`, part, rest)),
        )
        // Every choice of one source an agency.
        const choices = all.reduce<{ part: number; whole: number }[]>(
          (sums, sources) =>
            sums.flatMap((sum) =>
              sources.map(({ part, rest }) => ({ part: sum.part + part, whole: sum.whole + part + rest })),
            ),
          [{ part: 0, whole: 0 }],
        )
        const tenths = choices.map(({ part, whole }) => Math.round((1000 * part) / whole))
        expect(share(cells)).toMatchObject({
          percentTenths: { low: Math.min(...tenths), high: Math.max(...tenths) },
        })
      }),
      { seed: 20261128, numRuns: 300 },
    )
  })
})
