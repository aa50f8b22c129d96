import * as z from 'zod'

/**
 * A civil date in the programme's zone with its precision, as one string:
 * day `2026-11-24`, month `2026-11`, quarter `2026-Q4`, year `2026`. Gregorian always; the Buddhist era is converted at
 * the edge (`fromBuddhistYear`).
 */
export type Precision = 'day' | 'month' | 'quarter' | 'year'

export const CivilDate = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-Q[1-4])?$/)
  .refine((text) => text.length !== 10 || isRealDay(text), 'no such day')
  .brand<'CivilDate'>()
export type CivilDate = z.infer<typeof CivilDate>

export function precisionOf(date: CivilDate): Precision {
  if (date.length === 4) return 'year'
  if (date.length === 10) return 'day'
  return date[5] === 'Q' ? 'quarter' : 'month'
}

/** The quarter a day or month lies in, `2026-Q4`; a quarter stays itself. A year has no quarter: undefined. */
export function quarterOf(date: CivilDate): CivilDate | undefined {
  const precision = precisionOf(date)
  if (precision === 'year') return undefined
  if (precision === 'quarter') return date
  const quarter = Math.ceil(Number(date.slice(5, 7)) / 3)
  return CivilDate.parse(`${date.slice(0, 4)}-Q${quarter}`)
}

export function yearOf(date: CivilDate): CivilDate {
  return CivilDate.parse(date.slice(0, 4))
}

/** The first day of a period; a day stays itself. */
export function firstDayOf(date: CivilDate): CivilDate {
  const precision = precisionOf(date)
  if (precision === 'day') return date
  if (precision === 'month') return CivilDate.parse(`${date}-01`)
  const month = precision === 'quarter' ? 3 * Number(date[6]) - 2 : 1
  return CivilDate.parse(`${date.slice(0, 4)}-${String(month).padStart(2, '0')}-01`)
}

/** The civil day it is in `zone` (an IANA name) at `instant` (milliseconds since 1970, UTC). */
export function dayIn(zone: string, instant: number): CivilDate {
  return CivilDate.parse(dayFormat(zone).format(instant))
}

/** Made once a zone: making one takes longer than all else that happens to an entry on its way in. */
function dayFormat(zone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(zone)
  if (known) return known
  // en-CA writes ISO order; calendar and digits are set so that no reader's locale can change what is stored.
  const made = new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', { timeZone: zone, dateStyle: 'short' })
  dayFormats.set(zone, made)
  return made
}

const dayFormats = new Map<string, Intl.DateTimeFormat>()

export const fromBuddhistYear = (year: number): number => year - 543
export const toBuddhistYear = (year: number): number => year + 543

function isRealDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The day so many days after another. */
export const daysAfter = (day: CivilDate, days: number): CivilDate =>
  CivilDate.parse(new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10))
