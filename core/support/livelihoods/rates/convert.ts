import { type CivilDate, firstDayOf, precisionOf } from '../../../shared/dates.ts'
import { type Money, minorDigits } from '../../../shared/money.ts'
import type { RateTable } from './project.ts'
import { isSameRate } from './read.ts'
import { type Foreign, type RateText, standsFor } from './words.ts'

/** A rate with the day it was published for and the tables that say so. */
export type Rate = { readonly day: CivilDate; readonly rate: RateText; readonly tables: readonly RateTable[] }

/**
 * A sum in US cents, with what it was turned by; or why it is not known, which is never nought. `no-day`: nobody wrote down the day.
 * `no-rate`: none of that day, nor of the `standsFor` days before it. `rates-differ`: two tables brought in apart.
 */
export type InDollars =
  | { readonly known: true; readonly cents: number; readonly by: Rate | undefined }
  | { readonly known: false; readonly why: 'no-day' | 'no-rate' | 'rates-differ' }

/** The tables by currency, their days in order: what many sums are turned by. */
export class Rates {
  readonly #days: ReadonlyMap<Foreign, readonly Rate[]>

  constructor(tables: readonly RateTable[]) {
    const found = new Map<Foreign, Rate[]>()
    for (const table of tables.filter(({ enteredInError }) => !enteredInError))
      for (const [currency, day, rate] of table.rates)
        if (!found.get(currency)?.push({ day, rate, tables: [table] }))
          found.set(currency, [{ day, rate, tables: [table] }])
    this.#days = new Map([...found].map(([currency, days]) => [currency, joined(days)]))
  }

  /** In dollars at the rate of its own day, or the last one published before it. */
  turn(sum: Money, day: CivilDate | undefined): InDollars {
    if (sum.currency === 'USD') return { known: true, cents: sum.minor, by: undefined }
    if (!day || precisionOf(day) !== 'day') return { known: false, why: 'no-day' }
    const upTo = (this.#days.get(sum.currency) ?? []).filter((rate) => rate.day <= day)
    const last = upTo.at(-1)
    if (!last || daysBetween(last.day, day) > standsFor) return { known: false, why: 'no-rate' }
    if (upTo.some((rate) => rate.day === last.day && !isSameRate(rate.rate, last.rate)))
      return { known: false, why: 'rates-differ' }
    const cents = centsOf(sum, last.rate)
    // Only a rate that is wrong by many digits makes more than a number holds exactly.
    return Number.isSafeInteger(cents) ? { known: true, cents, by: last } : { known: false, why: 'no-rate' }
  }
}

/** Several sums together: what is known of them, and how many are not. Never a total that passes for whole. */
export function addUp(sums: readonly InDollars[]): { readonly cents: number; readonly unknown: number } {
  const known = sums.flatMap((sum) => (sum.known ? [sum.cents] : []))
  return { cents: known.reduce((all, cents) => all + cents, 0), unknown: sums.length - known.length }
}

/**
 * Whole numbers all the way: minor units of the currency, over units for one dollar, to cents. A half cent goes up, as money is rounded
 * on paper; each sum is rounded once, and a total adds what was rounded, so that it is the sum of what is shown.
 */
export function centsOf({ currency, minor }: Money, rate: RateText): number {
  const [whole = '', fraction = ''] = rate.split('.')
  const over = BigInt(whole + fraction) * 10n ** BigInt(minorDigits[currency])
  const cents = BigInt(minor) * 100n * 10n ** BigInt(fraction.length)
  return Number((2n * cents + over) / (2n * over))
}

/** Days in order; the same rate of several tables is one. */
function joined(days: readonly Rate[]): Rate[] {
  const rates: Rate[] = []
  for (const each of days.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    // Those of one day stand beside each other: only they are looked at.
    let at = rates.length - 1
    while (rates[at]?.day === each.day && !isSameRate(rates[at]?.rate ?? '', each.rate)) at--
    const known = rates[at]
    if (known?.day === each.day) rates[at] = { ...known, tables: [...known.tables, ...each.tables] }
    else rates.push(each)
  }
  return rates
}

const daysBetween = (from: CivilDate, to: CivilDate): number =>
  (Date.parse(firstDayOf(to)) - Date.parse(firstDayOf(from))) / 86_400_000
