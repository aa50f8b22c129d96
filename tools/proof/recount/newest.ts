/**
 * What one source says of the officers (or recruits) of a part of an agency on a day (or in a period): a row of `stock` in `count.sql`. Parts are its
 * places, of which the whole is `national`, or its ranks, of which the whole is `all`.
 */
export type StockRow = {
  readonly what: string
  readonly period: string
  readonly agency: string
  readonly told: 'place' | 'rank'
  readonly part: string
  readonly source: string
  readonly organisation: string
  /** Its first day. */
  readonly first_day: string
  /** 1 where nothing newer was counted of it within the period. */
  readonly age: number
  readonly women: number
  readonly whole: number
}

/** What all sources say of one agency, part and day. */
type Stock = readonly StockRow[]

/** Groups of fewer than this stay inside (do-no-harm, "Officers"). */
const fewest = 5

/**
 * The share of women as a board must say it, of the newest stocks that `isOf` chooses; null where there is none.
 *
 * @param rows of the period, the newest of each agency and part
 * @param every all rows that were ever counted: what one period hides, no other may give away
 * @param stands whether they are the same people day after day, of whom no two days may tell that fewer than five came or left
 */
export function expectedShare(
  rows: readonly StockRow[],
  every: readonly StockRow[],
  isOf: (row: StockRow) => boolean,
  stands: boolean,
): object | null {
  const chosen = stocksOf(rows).filter((stock) => stock.some(isOf))
  if (chosen.length === 0) return null
  const { hidden, firstHidden } = hiddenAmong(every)
  if (chosen.some((stock) => hidden.has(nameOf(stock)))) return { kind: 'protected' }
  const sums = sumsOf(stands ? chosen.map((stock) => asTold(stock, every, firstHidden)) : chosen)
  const shares = sums.map(({ women, whole }) => Math.round((1000 * women) / whole))
  const between = (numbers: readonly number[]) => ({ low: Math.min(...numbers), high: Math.max(...numbers) })
  return {
    kind: 'ratio',
    numerator: between(sums.map(({ women }) => women)),
    denominator: between(sums.map(({ whole }) => whole)),
    percentTenths: between(shares),
  }
}

type Sum = Pick<StockRow, 'women' | 'whole'>

const stocksOf = (rows: readonly StockRow[]): Stock[] => [
  ...Map.groupBy(rows, ({ agency, part, first_day: day }) => `${agency} ${part} ${day}`).values(),
]

const nameOf = ([row]: Stock): string => `${row?.agency} ${row?.part} ${row?.first_day}`

/**
 * As a board tells it: the women, and the others, as on the earlier day that is nearest and less than five away, the last of several. What
 * stayed inside on its day was told to nobody.
 */
function asTold(stock: Stock, every: readonly StockRow[], firstHidden: ReadonlySet<string>): Stock {
  const [row] = stock
  if (!row) return stock
  const women: number[] = []
  const others: number[] = []
  const near = (count: number, among: readonly number[]): number => {
    for (let away = 0; away < fewest; away++) {
      const found = among.findLast((number) => Math.abs(number - count) === away)
      if (found !== undefined) return found
    }
    return count
  }
  /** Of one day the least first: what it tells stands for the others of that day too. */
  const tellOf = (day: Stock, among: number[], of: (source: StockRow) => number): readonly number[] => {
    const told = new Map<StockRow, number>()
    for (const source of day.toSorted((one, other) => of(one) - of(other))) {
      told.set(source, near(of(source), among))
      if (!among.includes(near(of(source), among))) among.push(of(source))
    }
    return day.map((source) => told.get(source) ?? Number.NaN)
  }
  const tell = (day: Stock): Stock => {
    const ofWomen = tellOf(day, women, (source) => source.women)
    const ofOthers = tellOf(day, others, (source) => source.whole - source.women)
    return day.map((source, i) => ({
      ...source,
      women: ofWomen[i] ?? 0,
      whole: (ofWomen[i] ?? 0) + (ofOthers[i] ?? 0),
    }))
  }
  const days = stocksOf(every.filter(({ agency, part }) => agency === row.agency && part === row.part))
    .map((day) => day.toSorted((a, b) => (a.source < b.source ? -1 : 1)))
    .sort(([a], [b]) => ((a?.first_day ?? '') < (b?.first_day ?? '') ? -1 : 1))
  for (const day of days) {
    if ((day[0]?.first_day ?? '') >= row.first_day) break
    if (firstHidden.has(nameOf(day))) continue
    tell(day)
  }
  return tell(stock)
}

/** Every sum of one source of each. */
const sumsOf = (stocks: readonly Stock[]): readonly Sum[] =>
  stocks.reduce<readonly Sum[]>(
    (all, stock) =>
      all.flatMap((sum) => stock.map(({ women, whole }) => ({ women: sum.women + women, whole: sum.whole + whole }))),
    [{ women: 0, whole: 0 }],
  )

/**
 * Which stocks no board may show. A small one; and of an agency's parts those that stand in one view with a small one, or
 * with a whole of which they, one of them or all, leave a few. A view is what two days enclose: of each part the last.
 */
function hiddenAmong(every: readonly StockRow[]): Hidden {
  const isSmall = (stock: Stock): boolean => stock.some(({ women, whole }) => women < fewest || whole - women < fewest)
  const stocks = stocksOf(every)
  const hidden = new Set(stocks.filter(isSmall).map(nameOf))
  const firstHidden = new Set(hidden)
  for (const agency of new Set(every.map((row) => row.agency))) {
    const own = stocks.filter(([row]) => row?.agency === agency)
    const days = [...new Set(own.map(([row]) => row?.first_day ?? ''))].sort()
    for (const from of days)
      for (const to of days.filter((day) => day >= from)) {
        const view = viewOf(own, from, to)
        const parts = view.filter(([row]) => row && !isWhole(row))
        const whole = view.find(([row]) => row && isWhole(row))
        const isTold = parts.some(isSmall) || (parts.length > 0 && leavesFew(whole, parts))
        for (const part of parts)
          if (isTold || leavesFew(whole, [part])) {
            hidden.add(nameOf(part))
            if (part[0]?.first_day === to) firstHidden.add(nameOf(part))
          }
      }
  }
  return { hidden, firstHidden }
}

/** `firstHidden`: those that were when nothing newer had been counted. */
type Hidden = { readonly hidden: ReadonlySet<string>; readonly firstHidden: ReadonlySet<string> }

export const isWhole = ({ told, part }: StockRow): boolean => part === (told === 'place' ? 'national' : 'all')

const viewOf = (stocks: readonly Stock[], from: string, to: string): readonly Stock[] => {
  const last = new Map<string, Stock>()
  for (const stock of stocks.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const [row] = stock
    if (row && row.first_day >= from && row.first_day <= to) last.set(row.part, stock)
  }
  return [...last.values()]
}

function leavesFew(whole: Stock | undefined, parts: readonly Stock[]): boolean {
  return (whole ?? []).some((of) =>
    sumsOf(parts).some((sum) => {
      const [women, others] = [of.women - sum.women, of.whole - of.women - (sum.whole - sum.women)]
      if (women < 0 || others < 0 || women + others === 0) return false
      return women < fewest || others < fewest
    }),
  )
}
