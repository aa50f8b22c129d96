import type { FigureValue } from '@lentera/core/results/figure'
import { newestStocks, type Stock, shareOf, stocksOf } from '@lentera/core/results/latest'
import { daysAfter, firstDayOf } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { type Headcount, projectHeadcount } from '@lentera/core/workforce/project'
import { contributionsOfHeadcount } from '@lentera/core/workforce/tally'
import { Place, Trust } from '@lentera/core/workforce/words'
import { DataTable, exact, type Formats, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { type Projected, useStreams } from '../../device/context.ts'
import { sayCode } from '../records/say.ts'
import { marksColumn } from '../records/stream-table.tsx'
import { sayPercent } from '../results/figure-words.ts'
import styles from './workforce.module.css'

/** A headcount with what it contributes: the board's own counting, on this device and unprotected, since it is her agency's. */
export type Counted = {
  readonly headcount: Headcount
  readonly contributions: ReturnType<typeof contributionsOfHeadcount>
}

export const projectCounted = (state: Parameters<typeof projectHeadcount>[0]): Counted | undefined => {
  const headcount = projectHeadcount(state)
  return headcount && { headcount, contributions: contributionsOfHeadcount(state) }
}

/** The newest headcounts of her organisation, and the share of women at each place. */
export function useNewest(): Newest {
  const counted = useStreams('headcount', projectCounted)
  const stocks = newestStocks(
    counted.flatMap(({ state }) => state.contributions),
    ['agency', 'place'],
    { sex: 'female' },
  )
  const at = (place: Place): FigureValue => shareOf(stocks.filter(({ key }) => key.place === place))
  return { counted, stocks, at }
}

export type Newest = {
  readonly counted: readonly Projected<Counted>[]
  readonly stocks: readonly Stock[]
  readonly at: (place: Place) => FigureValue
}

type Row = Stock['sources'][number] & {
  readonly stock: Stock
  readonly stream: StreamId
  readonly headcount: Headcount
  /** Stands beside a newer one, by which the figures go. */
  readonly isOlder: boolean
}

/**
 * Source by source, the newest day of each agency and place; and beside it what the year before it said that counts others, or is better
 * known: a newer headcount takes its place in the figures, and must not hide it.
 */
export function rowsOfNewest({ counted, stocks }: Pick<Newest, 'counted' | 'stocks'>): readonly Row[] {
  return stocks.flatMap((stock) => {
    const newestOf = stock.sources.flatMap((source): Row[] => {
      const of = counted.find(({ state }) => source.source.startsWith(state.headcount.opening))
      return of ? [{ ...source, stock, stream: of.stream, headcount: of.state.headcount, isOlder: false }] : []
    })
    const isBeside = ({ on, agency, place, unit, counted: who, trust }: Headcount): boolean =>
      unit === 'all' &&
      agency === stock.key.agency &&
      place === stock.key.place &&
      firstDayOf(on) < firstDayOf(stock.on) &&
      firstDayOf(on) >= daysAfter(firstDayOf(stock.on), -365) &&
      newestOf.every(
        ({ headcount }) => headcount.counted !== who || graded.indexOf(trust) < graded.indexOf(headcount.trust),
      )
    const older = counted
      .filter(({ state: { headcount } }) => isBeside(headcount))
      .flatMap(({ stream, state: { headcount, contributions } }) =>
        stocksOf(contributions, ['agency', 'place'], { sex: 'female' }).flatMap(({ sources }) =>
          sources.map((source): Row => ({ ...source, stock, stream, headcount, isOlder: true })),
        ),
      )
    return [...newestOf, ...older.toSorted((a, b) => (a.headcount.on < b.headcount.on ? 1 : -1))]
  })
}

/** The best known first; what two answers stand for is known least. */
const graded: readonly (Headcount['trust'] | undefined)[] = [...Trust.options, undefined]

/** Those that contradict each other stand in rows of their own, and say so. */
export function NewestShares({ newest }: { readonly newest: Newest }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const places: readonly string[] = Place.options
  const order = ({ key }: Stock): number => places.indexOf(key.place ?? '')
  const rows = rowsOfNewest(newest).toSorted((a, b) => order(a.stock) - order(b.stock))
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        stacks
        caption={t('workforce.newest')}
        note={t('workforce.newest-note')}
        rows={rows}
        keyOf={({ source, stock }) => `${source} ${stock.key.place} ${stock.key.agency}`}
        onOpenRow={({ stream }) => navigate({ to: '/workforce/headcounts/$stream', params: { stream } })}
        columns={[
          {
            id: 'place',
            label: t('workforce.place'),
            value: ({ headcount: { place, agency } }) =>
              [
                sayCode((code) => t(`workforce.place.${code}`), place, t),
                sayCode((code) => t(`agency.${code}`), agency, t),
              ].join(', '),
          },
          {
            id: 'share',
            label: t('workforce.share'),
            value: ({ part, whole }) => format.percent((100 * part) / whole, 1),
            align: 'end',
          },
          { id: 'women', label: t('workforce.count.women'), value: ({ part }) => exact(part) },
          { id: 'all', label: t('workforce.count.all'), value: ({ whole }) => exact(whole) },
          { id: 'on', label: t('workforce.counted-on'), value: ({ headcount }) => format.date(headcount.on) },
          {
            id: 'who',
            label: t('workforce.counted'),
            value: ({ headcount }) => sayCode((code) => t(`workforce.counted.${code}`), headcount.counted, t),
          },
          {
            id: 'trust',
            label: t('workforce.trust'),
            value: ({ headcount }) => sayCode((code) => t(`workforce.trust.${code}`), headcount.trust, t),
          },
          {
            id: 'source',
            label: t('workforce.source'),
            value: ({ headcount }) => sayCode((text) => text, headcount.source, t),
          },
          ...marksColumn(
            rows,
            ({ stock, isOlder }) => [
              ...(isOlder ? [t('workforce.older-beside')] : []),
              ...(!isOlder && stock.sources.length > 1 ? [t('workforce.contradicts')] : []),
            ],
            t,
          ),
        ]}
      />
    </div>
  )
}

/** The share at a place in the reader's way; undefined where nothing was counted there. */
export const sayShare = (value: FigureValue, format: Formats): string | undefined =>
  value.kind === 'ratio' ? sayPercent(value, format) : undefined
