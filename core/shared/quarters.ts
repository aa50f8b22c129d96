import { CivilDate, firstDayOf, precisionOf, quarterOf } from './dates.ts'
import { accept, type Decision } from './refusals.ts'

/** What streams with keys of their own say of a day in the clear: with few people, a day is a name. */
export const Quarter = CivilDate.refine((date) => precisionOf(date) === 'quarter')

type Today = { readonly today: CivilDate }

export function thisQuarter({ today }: Today): CivilDate {
  const on = quarterOf(today)
  if (!on) throw new RangeError('today is a day')
  return on
}

/** The quarter something happened in, as it was typed. Refused as the room says: none was said, or it has not begun. */
export function quarterSaid(
  quarter: CivilDate | undefined,
  { today }: Today,
  refused: { readonly none: Decision<never>; readonly ahead: Decision<never> },
): Decision<CivilDate> {
  if (quarter === undefined || precisionOf(quarter) !== 'quarter') return refused.none
  return firstDayOf(quarter) > today ? refused.ahead : accept(quarter)
}
