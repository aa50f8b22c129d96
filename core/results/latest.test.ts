import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactly } from '../shared/counts.ts'
import { CivilDate } from '../shared/dates.ts'
import {
  keptInside,
  type LatestIndicator,
  newestStocks,
  type StockCell,
  shareOf,
  stocksOf,
  stocksOfIndicator,
  toldOf,
} from './latest.ts'
import { periodsOf } from './periods.ts'

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
  return shareOf(stocks, keptInside(stocks, lead).ever)
}

describe('stocks whose parts make up the whole', () => {
  const byRank = { part: women, latest: { each: ['agency', 'rank'], by: [], lead: { rank: 'all' }, within: lead } }
  const ranked = (rank: string, ofWomen: number, ofMen: number, place = 'national', source = 'a') =>
    cellsOf('police', '2026', source, ofWomen, ofMen, place).map(
      ({ dimensions, amount }): StockCell => ({ dimensions: { ...dimensions, rank }, amount }),
    )

  it('have it beside them, of what is counted within only', () => {
    const cells = [...ranked('command', 5, 60), ...ranked('line', 40, 300), ...ranked('line', 9, 9, 'border-crossing')]
    const told = stocksOfIndicator(cells, byRank, ['country'])
    expect(told.map(({ key, sources }) => [key, sources])).toEqual([
      [{ country: 'unknown', agency: 'police', rank: 'all' }, [{ source: 'a', part: 45, whole: 405 }]],
      [{ country: 'unknown', agency: 'police', rank: 'command' }, [{ source: 'a', part: 5, whole: 65 }]],
      [{ country: 'unknown', agency: 'police', rank: 'line' }, [{ source: 'a', part: 40, whole: 340 }]],
    ])
  })

  it('stay inside with one that is small, and where the whole would leave one of them few', () => {
    const inside = (cells: readonly StockCell[]) => {
      const stocks = stocksOfIndicator(cells, byRank)
      const rule = keptInside(stocks, byRank.latest.lead).ever
      return Object.fromEntries(stocks.map((stock) => [stock.key.rank, rule(stock)]))
    }
    expect(inside([...ranked('command', 4, 60), ...ranked('line', 40, 300)])).toEqual({
      all: undefined,
      command: 'fewer-than-five',
      line: 'complement',
    })
    expect(inside([...ranked('command', 5, 60), ...ranked('line', 40, 300)])).toEqual({})
    // Another source counts three more and gives no ranks: two ways of counting, and no three women.
    const [a, b] = [
      [...ranked('command', 5, 60), ...ranked('line', 40, 300)],
      ranked('not-given', 48, 360, 'national', 'b'),
    ]
    expect(inside([...a, ...b])).toEqual({})
  })
})

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
    const inside = keptInside(stocks, lead).ever
    expect(stocks.map(({ key: { agency, place } }, i) => [agency, place, stocks[i] && inside(stocks[i])])).toEqual([
      ['customs', 'national', undefined],
      ['customs', 'regional', 'complement'],
      ['customs', 'border-crossing', 'fewer-than-five'],
      ['police', 'regional', undefined],
    ])
  })
})

describe('what one view hides, another does not give away', () => {
  const inside = (cells: readonly StockCell[]) => {
    const stocks = stocksOf(cells, each, women)
    const rule = keptInside(stocks, lead).ever
    return Object.fromEntries(stocks.map((stock) => [`${stock.key.place} ${stock.on}`, rule(stock)]))
  }

  it('a place beside few women stays inside in the period that shows it alone, too', () => {
    const cells = [
      ...cellsOf('customs', '2024-02', 'a', 41, 333),
      ...cellsOf('customs', '2024-02', 'b', 30, 200, 'regional'),
      ...cellsOf('customs', '2024-05', 'c', 3, 37, 'border-crossing'),
      ...cellsOf('customs', '2026', 'd', 61, 333),
      ...cellsOf('customs', '2026', 'e', 40, 200, 'regional'),
      ...cellsOf('customs', '2026', 'f', 9, 37, 'border-crossing'),
    ]
    expect(inside(cells)).toEqual({
      'national 2024-02': undefined,
      // Alone in the first quarter of 2024; beside the three in the year.
      'regional 2024-02': 'complement',
      'border-crossing 2024-05': 'fewer-than-five',
      'national 2026': undefined,
      'regional 2026': undefined,
      'border-crossing 2026': undefined,
    })
  })

  it('parts that leave fewer than five of the whole stay inside, though nobody counted these', () => {
    const whole = cellsOf('police', '2026', 'a', 60, 500)
    const [regions, crossings] = [['regional', 58, 400] as const, ['border-crossing', 30, 80] as const]
    const together = (...parts: (readonly [string, number, number])[]) =>
      inside([...whole, ...parts.flatMap(([place, w, m]) => cellsOf('police', '2026', place, w, m, place))])
    expect(together(regions)['regional 2026']).toBe('complement')
    expect(together(crossings)['border-crossing 2026']).toBeUndefined()
    // Together they leave two women of the whole; alone neither does.
    expect(together(['regional', 28, 300], crossings)).toMatchObject({
      ...{ 'regional 2026': 'complement', 'border-crossing 2026': 'complement' },
    })
    // What makes up the whole leaves nobody, and says nothing of anybody.
    expect(together(['regional', 30, 420], crossings)['regional 2026']).toBeUndefined()
  })

  it('for any counts on any days: no two periods show numbers from which few women or few others can be taken', () => {
    const counted = fc.record({
      place: fc.constantFrom('national', 'regional', 'border-crossing'),
      on: fc.constantFrom('2024', '2024-02', '2024-Q2', '2024-07-15', '2025', '2025-03', '2026'),
      women: fc.integer({ min: 0, max: 30 }),
      men: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(fc.array(counted, { maxLength: 12 }), (all) => {
        const cells = all.flatMap(({ place, on, women: w, men }, i) => cellsOf('police', on, `${i}`, w, men, place))
        const rule = keptInside(stocksOf(cells, each, women), lead).ever
        // Each period counts only what lies in it, as the tallies of that period do.
        const periods = [...new Set(all.flatMap(({ on }) => periodsOf(CivilDate.parse(on), [])))]
        const views = periods.map((period) =>
          newestStocks(
            cells.filter(({ dimensions: { on } }) => periodsOf(CivilDate.parse(on), []).includes(period)),
            each,
            women,
          ),
        )
        const shown = views.map((stocks) => stocks.filter((stock) => rule(stock) === undefined))
        for (const [i, view] of views.entries()) {
          for (const { sources } of shown[i] ?? [])
            for (const { part, whole } of sources) expect(Math.min(part, whole - part)).toBeGreaterThanOrEqual(5)
          const whole = shown[i]?.find(({ key }) => key.place === 'national')
          const hidden = view.filter((stock) => rule(stock) !== undefined && stock.key.place !== 'national')
          // With one part hidden no other of the view is shown by any view: nothing can be taken from the whole.
          if (!whole || hidden.length === 0) continue
          const others = view
            .filter(({ key }) => key.place !== 'national')
            .map((stock) => JSON.stringify([stock.key, stock.on]))
          const anywhere = new Set(shown.flat().map((stock) => JSON.stringify([stock.key, stock.on])))
          if (hidden.some((stock) => stock.sources.some(({ part, whole: w }) => part < 5 || w - part < 5)))
            expect(others.filter((name) => anywhere.has(name))).toEqual([])
        }
      }),
      { seed: 20261128, numRuns: 500 },
    )
  })
})

describe('headcounts of two days', () => {
  const byPlace: LatestIndicator = { part: women, latest: { each, by: [], lead, stands: true } }
  const told = (cells: readonly StockCell[], on: string, place: string, how = byPlace) => {
    const every = stocksOfIndicator(cells, how)
    const { stocks, inside } = toldOf(
      every.filter((stock) => stock.on === on),
      every,
      how,
    )
    return shareOf(
      stocks.filter(({ key }) => key.place === place),
      inside,
    )
  }
  const said = (part: number, whole: number) => ({ numerator: exactly(part), denominator: exactly(whole) })

  it('do not tell of the one woman who left, nor of four; of five they do', () => {
    const crossing = (on: string, ofWomen: number, ofMen = 300) =>
      cellsOf('police', on, on, ofWomen, ofMen, 'border-crossing')
    const cells = [
      ...cellsOf('police', '2026-03-31', 'n', 400, 5000),
      ...crossing('2026-03-31', 21),
      ...crossing('2026-06-30', 20, 304),
      ...crossing('2026-07-31', 17, 305),
      ...crossing('2026-08-31', 16, 299),
      ...crossing('2026-09-30', 22),
    ]
    const at = (on: string) => told(cells, on, 'border-crossing')
    expect(at('2026-03-31')).toMatchObject(said(21, 321))
    expect(at('2026-06-30')).toMatchObject({ ...said(21, 321), on: { first: '2026-06-30', last: '2026-06-30' } })
    expect(at('2026-07-31')).toMatchObject(said(21, 326))
    expect(at('2026-08-31')).toMatchObject(said(16, 316))
    // Back near what was told in March: that, and not one more.
    expect(at('2026-09-30')).toMatchObject(said(21, 321))
    // Recruits of two periods are other people: nothing stands.
    const { stands: _, ...moving } = byPlace.latest
    expect(told(cells, '2026-06-30', 'border-crossing', { ...byPlace, latest: moving })).toMatchObject(said(20, 324))
  })

  it('do not tell of one either where two sources of a day said nearly the same', () => {
    const crossing = (on: string, source: string, ofWomen: number) =>
      cellsOf('police', on, source, ofWomen, 300, 'border-crossing')
    const cells = [
      ...crossing('2026-01', 'a', 20),
      ...crossing('2026-01', 'b', 21),
      ...crossing('2026-05', 'c', 21),
      ...crossing('2026-08', 'd', 20),
    ]
    for (const on of ['2026-01', '2026-05', '2026-08'])
      expect(told(cells, on, 'border-crossing')).toMatchObject(said(20, 320))
  })

  it('give no difference of two wholes to take a hidden few from', () => {
    const cells = [
      ...cellsOf('customs', '2026-01', 'a', 60, 400),
      ...cellsOf('customs', '2026-01', 'b', 3, 40, 'border-crossing'),
      ...cellsOf('customs', '2026-06', 'c', 63, 400),
      ...cellsOf('customs', '2026-06', 'd', 6, 40, 'border-crossing'),
    ]
    expect(told(cells, '2026-01', 'border-crossing')).toMatchObject({ kind: 'protected' })
    expect(told(cells, '2026-06', 'national')).toMatchObject(said(60, 460))
    expect(told(cells, '2026-06', 'border-crossing')).toMatchObject(said(6, 46))
  })

  it('for any chain: two numbers told of one place are one number, or five apart, and none is off by five', () => {
    const day = fc.record({
      place: fc.constantFrom('national', 'regional', 'border-crossing'),
      women: fc.integer({ min: 0, max: 24 }),
      others: fc.integer({ min: 0, max: 40 }),
      again: fc.option(fc.integer({ min: 0, max: 24 }), { freq: 4 }),
    })
    fc.assert(
      fc.property(fc.array(day, { minLength: 2, maxLength: 12 }), (days) => {
        const cells = days.flatMap(({ place, women: w, others, again }, i) => {
          const on = `2026-${String(i + 1).padStart(2, '0')}`
          return [
            ...cellsOf('police', on, 'a', w, others, place),
            ...(again === null ? [] : cellsOf('police', on, 'b', again, others, place)),
          ]
        })
        const counted = stocksOfIndicator(cells, byPlace)
        const numbers = counted.flatMap((stock) => {
          const { stocks, inside } = toldOf([stock], counted, byPlace)
          const [as] = stocks
          if (!as || inside(as)) return []
          return as.sources.flatMap(({ part, whole }, s) => {
            const real = stock.sources[s] ?? { part: Number.NaN, whole: Number.NaN }
            expect(Math.abs(part - real.part)).toBeLessThan(5)
            expect(Math.abs(whole - part - (real.whole - real.part))).toBeLessThan(5)
            return [
              { of: `${as.key.place} women`, on: as.on, n: part },
              { of: `${as.key.place} others`, on: as.on, n: whole - part },
            ]
          })
        })
        for (const a of numbers)
          for (const b of numbers.filter(({ of }) => of === a.of))
            expect(a.n === b.n || Math.abs(a.n - b.n) >= 5).toBe(true)
      }),
      { seed: 20261129, numRuns: 500 },
    )
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
