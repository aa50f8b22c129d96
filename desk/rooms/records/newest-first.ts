/**
 * Streams by a day of their state, the newest first; of one day whatever came last in `rows` stands first.
 *
 * @param dayOf a civil date, ISO 8601, so that the order of the texts is that of the days
 */
export const newestFirst = <Row extends { readonly state: unknown }>(
  rows: readonly Row[],
  dayOf: (state: Row['state']) => string,
): readonly Row[] =>
  rows.toReversed().toSorted((a, b) => {
    const [one, other] = [dayOf(a.state), dayOf(b.state)]
    return one === other ? 0 : one < other ? 1 : -1
  })
