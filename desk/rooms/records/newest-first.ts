import { type CivilDate, firstDayOf } from '@lentera/core/shared/dates'

/**
 * Streams by a date of their state, the newest first; of one day whatever came last in `rows` stands first.
 *
 * @param dayOf of whatever precision: a month, a quarter or a year stands where it begins
 */
export const newestFirst = <Row extends { readonly state: unknown }>(
  rows: readonly Row[],
  dayOf: (state: Row['state']) => CivilDate,
): readonly Row[] =>
  rows.toReversed().toSorted((a, b) => {
    const [one, other] = [firstDayOf(dayOf(a.state)), firstDayOf(dayOf(b.state))]
    return one === other ? 0 : one < other ? 1 : -1
  })
