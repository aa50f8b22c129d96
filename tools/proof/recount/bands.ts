import type { Cell } from './recounts.ts'

/** What one agency released of its cover: both ends of the band of a part and of its whole, and what all four add up to. */
export type ReleasedRow = {
  readonly agency: string
  readonly organisation: string
  readonly source: string
  readonly made: string
  readonly part: readonly [low: number, high: number]
  readonly whole: readonly [low: number, high: number]
}

/** Of every agency the releases whose bands are of its last cut-off. */
export function newestReleases(cells: Iterable<Cell>, part: string): readonly ReleasedRow[] {
  const rows = [...Map.groupBy(cells, ({ dims }) => dims.source).values()].flatMap((ends): ReleasedRow[] => {
    const endOf = (of: string, bound: string): number =>
      ends.find(({ dims }) => dims.of === of && dims.bound === bound)?.contacts ?? 0
    const { agency = '', organisation = '', source = '', on: made = '' } = ends[0]?.dims ?? {}
    if (endOf(part, 'high') === 0 || endOf('shifts', 'high') === 0) return []
    return [
      {
        agency,
        organisation,
        source,
        made,
        part: [endOf(part, 'low'), endOf(part, 'high')],
        whole: [endOf('shifts', 'low'), endOf('shifts', 'high')],
      },
    ]
  })
  return [...Map.groupBy(rows, ({ agency, organisation }) => `${agency} ${organisation}`).values()].flatMap((own) => {
    const last = own
      .map(({ made }) => made)
      .toSorted()
      .at(-1)
    return own.filter(({ made }) => made === last)
  })
}

/**
 * Between which shares of shifts a board must say it lies: every choice of one of their releases for each agency, of an end of its part, and of a
 * whole that can hold it. Null where nobody released.
 */
export function expectedBetween(releases: readonly ReleasedRow[]): object | null {
  if (releases.length === 0) return null
  const sums = [...Map.groupBy(releases, ({ agency, organisation }) => `${agency} ${organisation}`).values()].reduce(
    (all, own) => distinct(all.flatMap(([p, w]) => own.flatMap(choices).map(([part, whole]) => [p + part, w + whole]))),
    [[0, 0]] as readonly Pair[],
  )
  const between = (numbers: readonly number[]) => ({ low: Math.min(...numbers), high: Math.max(...numbers) })
  return {
    kind: 'ratio',
    numerator: between(sums.map(([part]) => part)),
    denominator: between(sums.map(([, whole]) => whole)),
    percentTenths: between(sums.map(([part, whole]) => Math.round((1000 * part) / whole))),
  }
}

type Pair = readonly [part: number, whole: number]

const choices = ({ part: [least, most], whole: [shortest, longest] }: ReleasedRow): readonly Pair[] => [
  [least, longest],
  [Math.min(most, shortest), shortest],
  [most, longest],
]

const distinct = (pairs: readonly (readonly number[])[]): readonly Pair[] => [
  ...new Map(pairs.map(([part = 0, whole = 0]) => [`${part} ${whole}`, [part, whole] as const])).values(),
]
