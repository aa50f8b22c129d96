import * as z from 'zod'
import { CivilDate, daysAfter, fromBuddhistYear } from '../shared/dates.ts'
import { latinDigits } from '../shared/whole-number.ts'
import { type MonthName, monthNamed } from './months.ts'

/** Which comes first where a day is written in numbers alone. */
export const DateOrder = z.enum(['day-first', 'month-first', 'not-known'])
export type DateOrder = z.infer<typeof DateOrder>

/** Told by those dates of a file that can be read one way only; not known where there is none, or they contradict each other. */
export function orderOfDates(texts: readonly (string | undefined)[]): DateOrder {
  const pairs = texts.flatMap((text) => {
    const found = numbered.exec(withoutMidnight(latinDigits(text ?? '')))
    return found ? [[Number(found[1]), Number(found[2])] as const] : []
  })
  const isDayFirst = pairs.some(([first]) => first > 12)
  const isMonthFirst = pairs.some(([, second]) => second > 12)
  if (isDayFirst === isMonthFirst) return 'not-known'
  return isDayFirst ? 'day-first' : 'month-first'
}

/** Whether a date can be read either way, and is another day each time. */
export const isOfTwoDays = (text: string): boolean =>
  readDay(text, 'not-known') === undefined &&
  readDay(text, 'day-first') !== undefined &&
  readDay(text, 'month-first') !== undefined

const numbered = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/

/** What systems put behind a day that has no time. */
const withoutMidnight = (written: string): string => written.replace(/[T ]0{1,2}:00(:00(\.0+)?)?$/, '')

/**
 * A day as forms write it, in numbers or with the name of its month; undefined where it is none, or could be two and nobody has said
 * which. What can be one day only is that day, whatever the order of the others. Years of the Buddhist era are brought to ours.
 */
export function readDay(text: string, order: DateOrder): CivilDate | undefined {
  const written = withoutMidnight(latinDigits(text.trim()))
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(written)
  if (iso) return dayOf(Number(iso[1]), Number(iso[3]), Number(iso[4]))
  const named = withMonthNamed(written)
  if (named) return named
  const [, first, second, year] = (numbered.exec(written) ?? []).map(Number)
  if (first === undefined || second === undefined || year === undefined) return undefined
  const [dayFirst, monthFirst] = [dayOf(year, second, first), dayOf(year, first, second)]
  if (!dayFirst || !monthFirst) return dayFirst ?? monthFirst
  if (order === 'not-known' && dayFirst !== monthFirst) return undefined
  return order === 'month-first' ? monthFirst : dayFirst
}

/** `1 February 2028`, `01-Feb-28`, `Feb 1, 2028`, `1 ก.พ. 2571`: of two figures, the year is of the century of the calendar that names its months so. */
function withMonthNamed(written: string): CivilDate | undefined {
  const [, before, middle = '', after] = /^(\d{1,2})[\s./-]*(\D+?)[\s,./-]*(\d{4}|\d{2})$/u.exec(written) ?? []
  const [, first = '', day, year] = /^(\D+?)[\s./-]*(\d{1,2}),?[\s./-]+(\d{4})$/u.exec(written) ?? []
  const month = monthNamed(middle || first)
  if (!month) return undefined
  return dayOf(fullYear(after ?? year ?? '', month), month.month, Number(before ?? day))
}

const fullYear = (year: string, { isOfBuddhistEra }: MonthName): number =>
  Number(year) + (year.length === 4 ? 0 : isOfBuddhistEra ? 2500 : 2000)

/** The day that a workbook numbers 0: the usual one is two days early, so as to be right after 29 February 1900, which never was. */
export const dayZeros = { usual: CivilDate.parse('1899-12-30'), macintosh: CivilDate.parse('1904-01-01') } as const

/** The day of a cell that a workbook keeps as a bare number of days; undefined where that would be before 1990 or after 2099. */
export function dayOfNumber(text: string, dayZero: CivilDate): CivilDate | undefined {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return undefined
  const day = daysAfter(dayZero, Math.floor(Number(text)))
  return day >= '1990' && day < '2100' ? day : undefined
}

/** A day, or a month (`2026-03`, `03/2569`), quarter (`2026-Q1`) or year (`2569`), where a form says no more. */
export function readDate(text: string, order: DateOrder): CivilDate | undefined {
  const written = latinDigits(text)
  const [, year, rest = ''] = /^(\d{4})(-\d{2}|-Q[1-4])?$/.exec(written) ?? []
  if (year !== undefined) return CivilDate.safeParse(`${ours(Number(year))}${rest}`).data
  const [, month, of] = /^(\d{1,2})\/(\d{4})$/.exec(written) ?? []
  if (month !== undefined) return CivilDate.safeParse(`${ours(Number(of))}-${two(Number(month))}`).data
  return readDay(text, order)
}

const dayOf = (year: number, month: number, day: number): CivilDate | undefined =>
  CivilDate.safeParse(`${ours(year)}-${two(month)}-${two(day)}`).data

/** No calendar of ours comes to the year 2400 in the life of this program, and none of the Buddhist era is before it. */
const ours = (year: number): number => (year > 2400 ? fromBuddhistYear(year) : year)

const two = (value: number): string => String(value).padStart(2, '0')
