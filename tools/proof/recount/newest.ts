/** What one source says of the officers (or recruits) of an agency and place on the newest day (or period) that was counted: a row of `newest` in `count.sql`. */
export type NewestRow = {
  readonly what: string
  readonly period: string
  readonly agency: string
  readonly place: string
  readonly source: string
  readonly organisation: string
  readonly women: number
  readonly whole: number
}

type Stock = readonly NewestRow[]

/** Groups of fewer than this stay inside (do-no-harm, "Officers"). */
const fewest = 5

/**
 * The share of women as a board must say it, of the stocks that `isOf` chooses; null where there is none. Protected where a
 * small group is in them, or a place of an agency of which another place has one: it is what that leaves of the agency.
 */
export function expectedShare(rows: readonly NewestRow[], isOf: (row: NewestRow) => boolean): object | null {
  const stocks: Stock[] = [...Map.groupBy(rows, ({ agency, place }) => `${agency} ${place}`).values()]
  const chosen = stocks.filter((stock) => stock.some(isOf))
  if (chosen.length === 0) return null
  const isSmall = (stock: Stock): boolean => stock.some(({ women, whole }) => women < fewest || whole - women < fewest)
  const isBeside = ([first]: Stock): boolean =>
    first?.place !== 'national' &&
    stocks.some((other) => other[0]?.agency === first?.agency && other[0]?.place !== 'national' && isSmall(other))
  if (chosen.some((stock) => isSmall(stock) || isBeside(stock))) return { kind: 'protected' }
  const sums = chosen.reduce<readonly (readonly [number, number])[]>(
    (all, stock) => all.flatMap(([part, of]) => stock.map(({ women, whole }) => [part + women, of + whole] as const)),
    [[0, 0]],
  )
  const [parts, wholes] = [sums.map(([part]) => part), sums.map(([, whole]) => whole)]
  const shares = sums.map(([part, whole]) => Math.round((1000 * part) / whole))
  const between = (numbers: readonly number[]) => ({ low: Math.min(...numbers), high: Math.max(...numbers) })
  return { kind: 'ratio', numerator: between(parts), denominator: between(wholes), percentTenths: between(shares) }
}
