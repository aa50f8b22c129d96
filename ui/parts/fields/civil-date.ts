import { CivilDate, fromBuddhistYear, type Precision, toBuddhistYear } from '@lentera/core/shared/dates'

/** The pieces of a date as typed: year as the reader counts, month or quarter and day from 1; empty where not given. */
export type DatePieces = {
  readonly year: string
  readonly quarter: string
  readonly month: string
  readonly day: string
}

export const noPieces: DatePieces = { year: '', quarter: '', month: '', day: '' }

/**
 * The civil date the pieces say at `finest` precision or a coarser one she has stopped at; undefined where there is no
 * such date (yet). A Thai reader's year is of the Buddhist era.
 */
export function dateFromPieces(pieces: DatePieces, finest: Precision, buddhist: boolean): CivilDate | undefined {
  if (!/^\d{4}$/.test(pieces.year)) return undefined
  const typed = Number(pieces.year)
  const year = String(buddhist ? fromBuddhistYear(typed) : typed).padStart(4, '0')
  const two = (text: string): string => text.padStart(2, '0')
  let text = year
  if (finest === 'quarter' && pieces.quarter !== '') text = `${year}-Q${pieces.quarter}`
  if ((finest === 'month' || finest === 'day') && pieces.month !== '') {
    text = `${year}-${two(pieces.month)}`
    if (finest === 'day' && pieces.day !== '') text = `${text}-${two(pieces.day)}`
  }
  const date = CivilDate.safeParse(text)
  return date.success ? date.data : undefined
}

export function piecesFromDate(date: CivilDate, buddhist: boolean): DatePieces {
  const gregorian = Number(date.slice(0, 4))
  const year = String(buddhist ? toBuddhistYear(gregorian) : gregorian)
  if (date[5] === 'Q') return { ...noPieces, year, quarter: date.slice(6) }
  const [month, day] = [date.slice(5, 7), date.slice(8, 10)]
  return { year, quarter: '', month: month && String(Number(month)), day: day && String(Number(day)) }
}
