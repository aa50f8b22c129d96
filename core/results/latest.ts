import { exactly, type Interval } from '../shared/counts.ts'
import { CivilDate, firstDayOf } from '../shared/dates.ts'
import type { FigureValue } from './figure.ts'

/**
 * A stock: how many there were on a day (officers of an agency), and of them a part (women). It is never added over days:
 * of each agency and place only the newest day counts. What several sources say of that day stands side by side.
 */
export type Stock = {
  readonly key: Readonly<Record<string, string>>
  readonly on: CivilDate
  readonly sources: readonly { readonly source: string; readonly part: number; readonly whole: number }[]
}

/** One kept tally of a stock. Its dimensions `source` and `on` say whose count it is, and of which day. */
export type StockCell = { readonly dimensions: Readonly<Record<string, string>>; readonly amount: number }

/** The newest stock of each combination of the dimensions `each`, with `part` of it told apart. */
export function newestStocks(
  cells: Iterable<StockCell>,
  each: readonly string[],
  part: Readonly<Record<string, string>>,
): Stock[] {
  const stocks = new Map<
    string,
    { key: Record<string, string>; on: CivilDate; sources: Map<string, [number, number]> }
  >()
  for (const { dimensions, amount } of cells) {
    const on = CivilDate.safeParse(dimensions.on).data
    // What was taken back leaves a tally of nobody behind: it is no newer count.
    if (!on || !dimensions.source || amount === 0) continue
    const key = Object.fromEntries(each.map((name) => [name, dimensions[name] ?? 'unknown']))
    const name = JSON.stringify(key)
    const known = stocks.get(name)
    if (known && firstDayOf(known.on) > firstDayOf(on)) continue
    const stock = known && firstDayOf(known.on) === firstDayOf(on) ? known : { key, on, sources: new Map() }
    stocks.set(name, stock)
    const [ofPart = 0, whole = 0] = stock.sources.get(dimensions.source) ?? []
    const isPart = Object.entries(part).every(([field, value]) => dimensions[field] === value)
    stock.sources.set(dimensions.source, [isPart ? ofPart + amount : ofPart, whole + amount])
  }
  return [...stocks.values()].map(({ key, on, sources }) => ({
    key,
    on,
    sources: [...sources]
      .map(([source, [ofPart, whole]]) => ({ source, part: ofPart, whole }))
      .sort((a, b) => (a.source < b.source ? -1 : 1)),
  }))
}

/** Why a stock is shown to nobody outside the organisation that counted it. */
export type KeptInside = ReadonlyMap<Stock, Extract<FigureValue, { kind: 'protected' }>['rule']>

/**
 * Which stocks stay with those who counted: where fewer than five, none included, are in the part or in the rest. And with
 * one that is inside a whole (`lead`: the whole agency), the others inside that whole: it could be what they leave of it.
 */
export function keptInside(stocks: readonly Stock[], lead: Readonly<Record<string, string>>): KeptInside {
  const inside = new Map<Stock, 'fewer-than-five' | 'complement'>()
  for (const stock of stocks) {
    if (stock.sources.some(({ part }) => part < fewest)) inside.set(stock, 'fewer-than-five')
    else if (stock.sources.some(({ part, whole }) => whole - part < fewest)) inside.set(stock, 'complement')
  }
  const wholeOf = ({ key }: Stock): string => JSON.stringify(Object.entries(key).filter(([name]) => !(name in lead)))
  const isPart = ({ key }: Stock): boolean => Object.entries(lead).some(([name, value]) => key[name] !== value)
  const touched = new Set([...inside.keys()].filter(isPart).map(wholeOf))
  for (const stock of stocks)
    if (isPart(stock) && touched.has(wholeOf(stock)) && !inside.has(stock)) inside.set(stock, 'complement')
  return inside
}

/**
 * The share of the part over some stocks together, with both its numbers and the days they are of. Where sources contradict
 * each other it is the interval between what they say, never a mean. A sum that holds a stock which stays inside does too: it
 * could be taken from it.
 */
export function shareOf(stocks: readonly Stock[], inside: KeptInside = new Map()): FigureValue {
  const [only] = stocks
  if (!only) return { kind: 'none', why: 'nothing-recorded' }
  if (stocks.some((stock) => inside.has(stock)))
    return { kind: 'protected', rule: (stocks.length === 1 ? inside.get(only) : undefined) ?? 'complement' }
  const days = stocks.map(({ on }) => on).sort((a, b) => (firstDayOf(a) < firstDayOf(b) ? -1 : 1))
  const [first = '', last = ''] = [days[0], days.at(-1)]
  return {
    kind: 'ratio',
    numerator: addUp(stocks, ({ part }) => part),
    denominator: addUp(stocks, ({ whole }) => whole),
    percentTenths: { low: tenths(extreme(stocks, -1)), high: tenths(extreme(stocks, 1)) },
    on: { first, last },
  }
}

/** Groups smaller than this stay with the organisation that counted them (do-no-harm, "Officers"). */
const fewest = 5

type Source = Stock['sources'][number]

function addUp(stocks: readonly Stock[], what: (source: Source) => number): Interval {
  return stocks.reduce((sum, { sources }) => {
    const said = sources.map(what)
    return { low: sum.low + Math.min(...said), high: sum.high + Math.max(...said) }
  }, exactly(0))
}

type Share = { readonly part: number; readonly whole: number }

/**
 * The highest (`sign` 1) or lowest (-1) share that one source of each stock can give together, exactly: Dinkelbach, "On
 * nonlinear fractional programming", Management Science 13 (1967). Better by each step, so it ends.
 */
function extreme(stocks: readonly Stock[], sign: 1 | -1): Share {
  const total = (choose: (sources: readonly Source[]) => Share): Share =>
    stocks.reduce<Share>(
      (sum, { sources }) => {
        const chosen = choose(sources)
        return { part: sum.part + chosen.part, whole: sum.whole + chosen.whole }
      },
      { part: 0, whole: 0 },
    )
  let best = total(([source]) => source ?? { part: 0, whole: 0 })
  for (;;) {
    const { part, whole } = best
    const gain = (source: Share): number => sign * (source.part * whole - source.whole * part)
    const next = total((sources) => sources.reduce((a, b) => (gain(b) > gain(a) ? b : a)))
    if (gain(next) <= 0) return best
    best = next
  }
}

const tenths = ({ part, whole }: Share): number => Math.round((1000 * part) / whole)
