import type { Row } from './model.ts'
import type { Person, RosterProblem } from './words.ts'

/** Days, from the first to the last, on whose weekends she may work on so many more. */
export type WeekendSpan = { readonly from: number; readonly to: number; readonly most: number }

/**
 * What `weekendWindow` leaves to the horizon, a span for each of its weekends that can bind. A weekend whose Saturday was worked before it
 * is worked already, whatever its Sunday is.
 */
export function weekendSpans(
  { days, startsOn }: Pick<RosterProblem, 'days' | 'startsOn'>,
  { weekendWindow, before }: Pick<Person, 'weekendWindow' | 'before'>,
): readonly WeekendSpan[] {
  if (weekendWindow === undefined) return []
  const { weekends, most } = weekendWindow
  const weekOf = (day: number): number => Math.floor((startsOn + day) / 7)
  const worked = new Set(
    before.flatMap((shift, index) => {
      const day = index - before.length
      return shift !== null && isWeekend(startsOn, day) ? [weekOf(day)] : []
    }),
  )
  return Array.from({ length: weekOf(days - 1) + 1 }, (_, last): WeekendSpan => {
    const first = last - weekends + 1
    const earlier = [...worked].filter((week) => week >= first && week <= last).length
    const from = worked.has(0) && first <= 0 ? 1 : Math.max(0, 7 * first - startsOn)
    return { from, to: Math.min(days - 1, 7 * last + 6 - startsOn), most: Math.max(0, most - earlier) }
  }).filter((span) => span.most < weekendsIn(startsOn, null, span))
}

/** Weekends between two days with any work; of no row: all there are. */
export function weekendsIn(startsOn: number, row: Row | null, { from, to }: Omit<WeekendSpan, 'most'>): number {
  let count = 0
  let last = -1
  for (let day = from; day <= to; day++) {
    if (!isWeekend(startsOn, day) || (row !== null && row[day] === 0)) continue
    const week = Math.floor((startsOn + day) / 7)
    if (week !== last) count++
    last = week
  }
  return count
}

/** A day before the horizon, too. */
const isWeekend = (startsOn: number, day: number): boolean => (((startsOn + day) % 7) + 7) % 7 >= 5
