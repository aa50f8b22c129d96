import { exactly, type Interval } from '../shared/counts.ts'
import { CivilDate, firstDayOf } from '../shared/dates.ts'
import type { FigureValue } from './figure.ts'
import type { Indicator } from './indicators.ts'

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

/**
 * Every stock of an indicator, of every day, the oldest first; where it says so, with the lead that its parts make up.
 *
 * @param beside dimensions that stocks are told apart by besides the indicator's own: of whose programme, of which country
 */
export function stocksOfIndicator(
  cells: Iterable<StockCell>,
  { latest, part = {} }: LatestIndicator,
  beside: readonly string[] = [],
): Stock[] {
  const { each, lead, within, bands } = latest
  const names = [...beside, ...each]
  if (bands) return bandedStocksOf(cells, names, bands)
  if (!within) return stocksOf(cells, names, part)
  const inside = [...cells].filter(({ dimensions }) => isOf(dimensions, within))
  const wholes = stocksOf(
    inside,
    names.filter((name) => !(name in lead)),
    part,
  )
  return [...wholes.map((whole) => ({ ...whole, key: { ...whole.key, ...lead } })), ...stocksOf(inside, names, part)]
}

export type LatestIndicator = Pick<Indicator, 'part'> & { readonly latest: NonNullable<Indicator['latest']> }

const isOf = (dimensions: StockCell['dimensions'], wanted: StockCell['dimensions']): boolean =>
  Object.entries(wanted).every(([name, value]) => dimensions[name] === value)

/** The newest stock of each combination of the dimensions `each`, with `part` of it told apart. */
export const newestStocks = (...of: Parameters<typeof stocksOf>): Stock[] => newest(stocksOf(...of))

/** Every stock that was counted, of every day, the oldest first. */
export function stocksOf(
  cells: Iterable<StockCell>,
  each: readonly string[],
  part: Readonly<Record<string, string>>,
): Stock[] {
  const stocks = new Map<string, { key: Key; on: CivilDate; sources: Map<string, [number, number]> }>()
  for (const { dimensions, amount } of cells) {
    const on = CivilDate.safeParse(dimensions.on).data
    // What was taken back leaves a tally of nobody behind: it is no newer count.
    if (!on || !dimensions.source || amount === 0) continue
    const key = Object.fromEntries(each.map((name) => [name, dimensions[name] ?? 'unknown']))
    const name = nameOf({ key, on })
    const stock = stocks.get(name) ?? { key, on, sources: new Map() }
    stocks.set(name, stock)
    const [ofPart = 0, whole = 0] = stock.sources.get(dimensions.source) ?? []
    const isPart = isOf(dimensions, part)
    stock.sources.set(dimensions.source, [isPart ? ofPart + amount : ofPart, whole + amount])
  }
  return [...stocks.values()].sort(byDay).map(({ key, on, sources }) => ({
    key,
    on,
    sources: [...sources]
      .map(([source, [ofPart, whole]]) => ({ source, part: ofPart, whole }))
      .sort((a, b) => (a.source < b.source ? -1 : 1)),
  }))
}

/**
 * Every stock that was released as bands: `bound` is an end of the band that `of` names. As of sources that contradict each other, a share
 * lies between the least and the most of its part: of the longest and the shortest whole, and of all of the longest where its band is
 * the last.
 */
function bandedStocksOf(
  cells: Iterable<StockCell>,
  each: readonly string[],
  { part, whole }: { readonly part: string; readonly whole: string },
): Stock[] {
  const stocks = new Map<string, { readonly key: Key; readonly on: CivilDate; readonly sources: Map<string, Ends> }>()
  for (const { dimensions, amount } of cells) {
    const on = CivilDate.safeParse(dimensions.on).data
    const { of, bound, source } = dimensions
    if (!on || !source || (of !== part && of !== whole)) continue
    const key = Object.fromEntries(each.map((name) => [name, dimensions[name] ?? 'unknown']))
    const name = nameOf({ key, on })
    const stock = stocks.get(name) ?? { key, on, sources: new Map() }
    stocks.set(name, stock)
    stock.sources.set(source, { ...stock.sources.get(source), [`${of} ${bound}`]: amount })
  }
  return [...stocks.values()].sort(byDay).flatMap(({ key, on, sources }) => {
    const said = [...sources].flatMap(([source, ends]) => {
      const [least, most] = [ends[`${part} low`] ?? 0, ends[`${part} high`] ?? 0]
      const [shortest, longest] = [ends[`${whole} low`] ?? 0, ends[`${whole} high`] ?? 0]
      if (longest === 0 || most === 0) return []
      return [
        { source, part: least, whole: longest },
        { source, part: Math.min(most, shortest), whole: shortest },
        { source, part: most, whole: longest },
      ]
    })
    return said.length === 0 ? [] : [{ key, on, sources: said.sort((a, b) => (a.source < b.source ? -1 : 1)) }]
  })
}

type Ends = Readonly<Record<string, number>>

/** Of each key the stock of the last day. */
export function newest(stocks: readonly Stock[]): Stock[] {
  return [...Map.groupBy(stocks, ({ key }) => JSON.stringify(key)).values()].flatMap(
    (ofKey) => ofKey.toSorted(byDay).at(-1) ?? [],
  )
}

type Key = Stock['key']

/** By its first day: what is said of a year and of its first day is said of one. */
const nameOf = ({ key, on }: Pick<Stock, 'key' | 'on'>): string => JSON.stringify([key, firstDayOf(on)])
const byDay = (a: Pick<Stock, 'on'>, b: Pick<Stock, 'on'>): number =>
  firstDayOf(a.on) === firstDayOf(b.on) ? 0 : firstDayOf(a.on) < firstDayOf(b.on) ? -1 : 1

// ---------------------------------------------------------------- what stays with those who counted

/** Why a stock is shown to nobody outside the organisation that counted it; undefined where it may be. */
export type KeptInside = (stock: Stock) => Extract<FigureValue, { kind: 'protected' }>['rule'] | undefined

/**
 * Which stocks stay with those who counted: where fewer than five, none included, are in the part or in the rest. With one
 * that is inside a whole (`lead`: the whole agency) stay the others inside that whole, which would leave it; and those that
 * leave fewer than five of the whole, whether anybody counted these or not.
 *
 * @param every stock that was ever counted, of all days: a stock is shown or not whatever it is asked beside, so that no two
 * views (all time, a year, a quarter) can be taken from each other
 * @returns `ever`: which those are; `onItsDay`: those of them that stayed inside when nothing newer had been counted
 */
export function keptInside(
  every: readonly Stock[],
  lead: Readonly<Record<string, string>>,
): { readonly ever: KeptInside; readonly onItsDay: KeptInside } {
  const ever = new Map<string, 'fewer-than-five' | 'complement'>()
  for (const stock of every) {
    const rule = ruleOf(stock)
    if (rule) ever.set(nameOf(stock), rule)
  }
  const onItsDay = new Map(ever)
  const wholeOf = ({ key }: Stock): string => JSON.stringify(Object.entries(key).filter(([name]) => !(name in lead)))
  const isPart = ({ key }: Stock): boolean => Object.entries(lead).some(([name, value]) => key[name] !== value)
  for (const family of Map.groupBy(every, wholeOf).values())
    for (const { shown, last } of shownTogether(family))
      for (const part of touchedAmong(shown, isPart)) {
        const name = nameOf(part)
        if (!ever.has(name)) ever.set(name, 'complement')
        if (firstDayOf(part.on) === last && !onItsDay.has(name)) onItsDay.set(name, 'complement')
      }
  return { ever: (stock) => ever.get(nameOf(stock)), onItsDay: (stock) => onItsDay.get(nameOf(stock)) }
}

/** What every period that could be asked for shows together: from any day to any later one, the newest of each key. */
function* shownTogether(
  family: readonly Stock[],
): Generator<{ readonly shown: readonly Stock[]; readonly last: string }> {
  const days = [...Map.groupBy(family.toSorted(byDay), ({ on }) => firstDayOf(on))]
  const keyed = days.map(([last, day]) => ({
    last,
    stocks: day.map((stock) => [JSON.stringify(stock.key), stock] as const),
  }))
  for (let first = 0; first < keyed.length; first++) {
    const shown = new Map<string, Stock>()
    for (const { last, stocks } of keyed.slice(first)) {
      for (const [key, stock] of stocks) shown.set(key, stock)
      yield { shown: [...shown.values()], last }
    }
  }
}

/** The parts from which, shown together, fewer than five could be taken. */
function touchedAmong(shown: readonly Stock[], isPart: (stock: Stock) => boolean): readonly Stock[] {
  const [parts, wholes] = [shown.filter(isPart), shown.filter((stock) => !isPart(stock))]
  if (parts.some((part) => ruleOf(part) !== undefined) || wholes.some((whole) => leavesFew(whole, parts))) return parts
  return parts.filter((part) => wholes.some((whole) => leavesFew(whole, [part])))
}

function ruleOf({ sources }: Stock): ReturnType<KeptInside> {
  if (sources.some(({ part }) => part < fewest)) return 'fewer-than-five'
  return sources.some(({ part, whole }) => whole - part < fewest) ? 'complement' : undefined
}

/** Whether parts leave fewer than five, of women or of the others, of a whole: by any of their sources. */
function leavesFew(whole: Stock, parts: readonly Stock[]): boolean {
  const sums = parts.length === 0 ? [] : sumsOf(parts)
  return whole.sources.some((of) =>
    sums.some((sum) => {
      const [part, rest] = [of.part - sum.part, of.whole - of.part - (sum.whole - sum.part)]
      // Nobody is left of a whole that its parts make up; and more in the parts than in the whole is another way of counting.
      return part >= 0 && rest >= 0 && part + rest > 0 && (part < fewest || rest < fewest)
    }),
  )
}

/** Every sum that one source of each stock gives. */
const sumsOf = (stocks: readonly Stock[]): readonly Share[] =>
  stocks.reduce<Share[]>(
    (sums, { sources }) =>
      sums.flatMap((sum) => sources.map(({ part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }))),
    [{ part: 0, whole: 0 }],
  )

/**
 * What is told of the newest stocks of a period: which stay inside, and of the others what stands. Where headcounts of people stand
 * (`stands`), women and others, each, are told as they were told of an earlier day, until they are five away from all that was told: else
 * two days, both shown, would tell of the one who came or left. What was inside on its day was told to nobody, and nothing stands from it.
 *
 * @param counted the stocks of the period
 * @param every stock that was ever counted, of all days: what one period tells, no other may add to
 */
export function toldOf(
  counted: readonly Stock[],
  every: readonly Stock[],
  { latest: { lead, bands, stands } }: LatestIndicator,
): { readonly stocks: readonly Stock[]; readonly inside: KeptInside } {
  if (bands) return { stocks: newest(counted), inside: () => undefined }
  const { ever, onItsDay } = keptInside(every, lead)
  const told = new Map(stands ? standing(every, onItsDay).map((stock) => [nameOf(stock), stock]) : [])
  // What is said of a year and of its first day is of one day, but not of one quarter.
  const stocks = newest(counted).map((stock) => ({
    ...stock,
    sources: stock.sources.map(
      (of) => told.get(nameOf(stock))?.sources.find(({ source }) => source === of.source) ?? of,
    ),
  }))
  return { stocks, inside: ever }
}

function standing(every: readonly Stock[], inside: KeptInside): Stock[] {
  return [...Map.groupBy(every, ({ key }) => JSON.stringify(key)).values()].flatMap((ofKey) => {
    const parts: number[] = []
    const rests: number[] = []
    return ofKey.toSorted(byDay).map((stock) => {
      if (inside(stock)) return stock
      const ofPart = tell(
        parts,
        stock.sources.map(({ part }) => part),
      )
      const ofRest = tell(
        rests,
        stock.sources.map(({ part, whole }) => whole - part),
      )
      const sources = stock.sources.map(({ source, part, whole }) => {
        const stood = ofPart(part)
        return { source, part: stood, whole: stood + ofRest(whole - part) }
      })
      return { ...stock, sources }
    })
  })
}

/** Tells the counts of one day, the least first, so that all that was ever told is one number or five apart, also what sources say of one day. */
function tell(told: number[], counts: readonly number[]): (count: number) => number {
  const stood = new Map<number, number>()
  for (const count of counts.toSorted((a, b) => a - b)) {
    const as = stoodFor(count, told)
    stood.set(count, as)
    if (!told.includes(as)) told.push(as)
  }
  return (count) => stood.get(count) ?? count
}

/** What was told and is nearest, the last of several; the count itself where all of it is five away. */
const stoodFor = (count: number, told: readonly number[]): number =>
  told.reduce<number | undefined>((best, number) => {
    const away = Math.abs(number - count)
    return away < fewest && (best === undefined || away <= Math.abs(best - count)) ? number : best
  }, undefined) ?? count

/**
 * The share of the part over some stocks together, with both its numbers and the days they are of. Where sources contradict
 * each other it is the interval between what they say, never a mean. A sum that holds a stock which stays inside does too: it
 * could be taken from it.
 */
export function shareOf(stocks: readonly Stock[], inside: KeptInside = () => undefined): FigureValue {
  const [only] = stocks
  if (!only) return { kind: 'none', why: 'nothing-recorded' }
  if (stocks.some((stock) => inside(stock) !== undefined))
    return { kind: 'protected', rule: (stocks.length === 1 ? inside(only) : undefined) ?? 'complement' }
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
