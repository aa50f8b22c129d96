import type { Row } from './model.ts'
import type { Person, RosterProblem, ShiftType } from './words.ts'

/** Days, from the first to the last, on whose weekends she may work on so many more. */
export type WeekendSpan = { readonly from: number; readonly to: number; readonly most: number }

/** A shift that makes a Friday one of the weekend, where the problem counts weekends by hours. */
export const isOverMidnight = (
  { weekendsByHours = false }: Pick<RosterProblem, 'weekendsByHours'>,
  { starts, minutes, lasts = minutes }: Pick<ShiftType, 'starts' | 'minutes' | 'lasts'>,
): boolean => weekendsByHours && starts + lasts > 24 * 60

/** Whether work on a day, also one before the horizon, is work of a weekend; `isOver`: it ends on the next day, and that counts. */
export function isOfWeekend(startsOn: number, day: number, isOver: boolean): boolean {
  const weekday = (((startsOn + day) % 7) + 7) % 7
  return weekday >= 5 || (isOver && weekday === 4)
}

/**
 * What `weekendWindow` leaves to the horizon, a span for each of its weekends that can bind. A weekend that was begun before it is worked
 * already, whatever is left of it.
 */
export function weekendSpans(
  problem: Pick<RosterProblem, 'days' | 'startsOn' | 'shifts' | 'weekendsByHours'>,
  { weekendWindow, before }: Pick<Person, 'weekendWindow' | 'before'>,
): readonly WeekendSpan[] {
  if (weekendWindow === undefined) return []
  const { weekends, most } = weekendWindow
  const { days, startsOn, shifts } = problem
  const weekOf = (day: number): number => Math.floor((startsOn + day) / 7)
  const over = shifts.filter((shift) => isOverMidnight(problem, shift)).map(({ key }) => key)
  const worked = new Set(
    before.flatMap((shift, index) => {
      const day = index - before.length
      return shift !== null && isOfWeekend(startsOn, day, over.includes(shift)) ? [weekOf(day)] : []
    }),
  )
  return Array.from({ length: weekOf(days - 1) + 1 }, (_, last): WeekendSpan => {
    const first = last - weekends + 1
    const earlier = [...worked].filter((week) => week >= first && week <= last).length
    const from = worked.has(0) && first <= 0 ? 7 - startsOn : Math.max(0, 7 * first - startsOn)
    return { from, to: Math.min(days - 1, 7 * last + 6 - startsOn), most: Math.max(0, most - earlier) }
  }).filter((span) => span.most < weekendsThere(startsOn, over.length > 0, span))
}

/** Weekends between two days on which anybody could work. */
export function weekendsThere(startsOn: number, isOver: boolean, { from, to }: Omit<WeekendSpan, 'most'>): number {
  return countOf(startsOn, from, to, () => 1, isOver ? everything : nothing)
}

/** Weekends between two days with any work; `overMidnight` as the model has it. */
export function weekendsIn(
  startsOn: number,
  row: Row,
  overMidnight: Uint8Array,
  { from, to }: Omit<WeekendSpan, 'most'>,
): number {
  return countOf(startsOn, from, to, (day) => row[day] ?? 0, overMidnight)
}

const everything = Uint8Array.of(1, 1)
const nothing = new Uint8Array(2)

function countOf(
  startsOn: number,
  from: number,
  to: number,
  actionOf: (day: number) => number,
  overMidnight: Uint8Array,
): number {
  let count = 0
  let last = -1
  for (let day = from; day <= to; day++) {
    const action = actionOf(day)
    if (action === 0 || !isOfWeekend(startsOn, day, overMidnight[action] === 1)) continue
    const week = Math.floor((startsOn + day) / 7)
    if (week !== last) count++
    last = week
  }
  return count
}
