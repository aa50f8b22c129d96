import { CivilDate, precisionOf } from '../../../shared/dates.ts'
import { Currency } from '../../../shared/money.ts'
import { accept, type Decision, refuse } from '../../../shared/refusals.ts'
import type { Line } from '../../../sheets/sheet.ts'
import { columns, foreign, mostRates, type RateRow, RateText } from './words.ts'

/** Why a line gives no rate. The sentence stands in the catalogues under `issue.rates.<reason>`. */
export type RateProblem = {
  readonly line: number
  readonly reason:
    | 'currency-unknown'
    | 'day-not-understood'
    | 'day-in-the-future'
    | 'rate-not-understood'
    | 'rate-not-positive'
    | 'day-twice'
    | 'of-the-dollar'
  readonly values: Readonly<Record<string, string | number>>
}

export type RatesRead = { readonly rates: readonly RateRow[]; readonly problems: readonly RateProblem[] }

/**
 * Lines to rates, each of a currency on a day. The same rate twice is one; two different ones of a day are neither. Refuses the whole:
 * `rates.no-columns`, `rates.no-rows`, `rates.too-many` {rows, most}.
 */
export function readRates(lines: readonly Line[], today: CivilDate): Decision<RatesRead> {
  const names = Object.values(columns).map(([name]) => name)
  const header = lines.slice(0, searched).findIndex(({ cells }) => placesOf(cells) !== undefined)
  const at = placesOf(lines[header]?.cells ?? [])
  if (!at) return refuse('rates.no-columns', { columns: names.join(', ') })
  const problems: RateProblem[] = []
  const rates = new Map<string, { readonly row: RateRow; readonly line: number }>()
  const twice = new Set<string>()
  for (const { line, cells } of lines.slice(header + 1)) {
    const cell = (place: number): string => cells[place]?.trim() ?? ''
    const read = readRow(cell(at.currency), cell(at.day), cell(at.rate), today)
    if (!Array.isArray(read)) {
      problems.push({ line, ...read })
      continue
    }
    const key = `${read[0]} ${read[1]}`
    const known = rates.get(key)
    if (known && !isSameRate(known.row[2], read[2])) {
      problems.push({ line, reason: 'day-twice', values: { currency: read[0], day: read[1], first: known.line } })
      twice.add(key)
    } else if (!known) rates.set(key, { row: read, line })
  }
  for (const key of twice) rates.delete(key)
  if (rates.size === 0 && problems.length === 0) return refuse('rates.no-rows')
  if (rates.size > mostRates) return refuse('rates.too-many', { rows: rates.size, most: mostRates })
  return accept({ rates: [...rates.values()].map(({ row }) => row), problems })
}

const searched = 100

function placesOf(cells: readonly string[]): Record<keyof typeof columns, number> | undefined {
  const place = (column: keyof typeof columns): number =>
    cells.findIndex((cell) => columns[column].some((name) => plain(name) === plain(cell)))
  const at = { day: place('day'), currency: place('currency'), rate: place('rate') }
  return Object.values(at).includes(-1) ? undefined : at
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')

type Problem = Omit<RateProblem, 'line'>

function readRow(currency: string, day: string, rate: string, today: CivilDate): RateRow | Problem {
  const problem = (reason: RateProblem['reason'], values: RateProblem['values'] = {}): Problem => ({ reason, values })
  const code = Currency.safeParse(currency.toUpperCase()).data
  if (!code) return problem('currency-unknown', { currency: currency.slice(0, 20), allowed: foreign.join(', ') })
  if (code === 'USD') return problem('of-the-dollar')
  const on = CivilDate.safeParse(day).data
  if (!on || precisionOf(on) !== 'day') return problem('day-not-understood', { day: day.slice(0, 20) })
  if (on > today) return problem('day-in-the-future', { day: on, today })
  // "4 015.50" and "4,015.5" could each be meant otherwise elsewhere: only digits and one point are read.
  if (/^-?0*\.?0*$/.test(rate) || rate.startsWith('-')) return problem('rate-not-positive', { rate: rate.slice(0, 20) })
  const text = RateText.safeParse(rate).data
  return text ? [code, on, text] : problem('rate-not-understood', { rate: rate.slice(0, 20) })
}

/** `4015.5` and `4015.50` are one rate. */
export const isSameRate = (a: RateText, b: RateText): boolean => shortest(a) === shortest(b)
const shortest = (rate: RateText): string => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate)
