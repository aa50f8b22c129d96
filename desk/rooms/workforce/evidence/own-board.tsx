import { newest, newestStocks, type Stock, stocksOf } from '@lentera/core/results/latest'
import { sum } from '@lentera/core/shared/counts'
import { firstDayOf } from '@lentera/core/shared/dates'
import type { Headcount } from '@lentera/core/workforce/project'
import { Rank, Unit } from '@lentera/core/workforce/words'
import type { Translate } from '@lentera/ui/catalogues/text'
import { DataTable, DotsByCountry, SharesOverTime, Stack, useFormat, useText } from '@lentera/ui/parts'
import { useNavigate } from '@tanstack/react-router'
import { sayCode } from '../../records/say.ts'
import { type Newest, NewestShares } from '../newest-shares.tsx'
import { figureOf } from '../say.ts'
import styles from './evidence.module.css'
import { dotOfStock, sayDrop, shareOfStock, yearsOf } from './shares.ts'

/**
 * What her organisation counted, unprotected since it is its own, and only on its devices: the drop from the whole agency to its
 * crossings, ranks, kinds of units and years. Every share opens to the headcount it is of.
 */
export function OwnBoard({ newest: known }: OwnBoardProps) {
  const cells = known.counted.flatMap(({ state }) => state.contributions)
  const all = stocksOf(cells, ['agency', 'place'], women)
  return (
    <Stack>
      <Drop newest={known} />
      <NewestShares newest={known} />
      <ByRank newest={known} ranked={newestStocks(cells, ['agency', 'place', 'rank'], women)} />
      <ByUnit newest={known} />
      <OverYears newest={known} all={all} />
    </Stack>
  )
}

export type OwnBoardProps = { readonly newest: Newest }

const women = { sex: 'female' } as const
const places = ['national', 'border-crossing'] as const

/** Opens the headcount that a stock is of; where two contradict each other the first, beside which the table has the other. */
function useOpen({ counted }: Newest): (stock: Stock | undefined) => void {
  const navigate = useNavigate()
  return (stock) => {
    const source = stock?.sources[0]?.source
    const of = counted.find(({ state }) => source?.startsWith(state.headcount.opening))
    if (of) navigate({ to: '/workforce/headcounts/$stream', params: { stream: of.stream } })
  }
}

/** From the whole agency to its crossings: two dots an agency, and how far they are apart. */
function Drop({ newest: known }: OwnBoardProps) {
  const t = useText()
  const format = useFormat()
  const open = useOpen(known)
  const agencies = [...new Set(known.stocks.map(({ key }) => key.agency ?? ''))]
  const at = (agency: string, place: string): Stock | undefined =>
    known.stocks.find(({ key }) => key.agency === agency && key.place === place)
  return (
    <DotsByCountry
      title={t('workforce.drop')}
      units={t('workforce.drop-units')}
      source={t('workforce.drop-source')}
      rowsAre={t('workforce.agency')}
      series={series(t)}
      rows={agencies.map((agency) => ({
        id: agency,
        label: sayCode((code) => t(`agency.${code}`), agency, t),
        note: sayDrop(
          places.map((place) => shareOfStock(at(agency, place))),
          t,
          format,
        ),
        dots: Object.fromEntries(places.map((place) => [place, dotOfStock(at(agency, place), t, format)])),
      }))}
      onOpen={(agency, place) => open(at(agency, place))}
    />
  )
}

const series = (t: Translate) => [
  { id: 'national', label: t('workforce.place.national'), look: 1 as const },
  { id: 'border-crossing', label: t('workforce.place.border-crossing'), look: 2 as const },
]

/** Where women stand in the ranks: how many lead is another question than how many there are. */
function ByRank({ newest: known, ranked }: OwnBoardProps & { readonly ranked: readonly Stock[] }) {
  const t = useText()
  const format = useFormat()
  const open = useOpen(known)
  const told = ranked.filter(({ key }) => key.rank !== 'not-given')
  if (told.length === 0) return null
  const agencies = [...new Set(told.map(({ key }) => key.agency ?? ''))]
  const rows = agencies.flatMap((agency) =>
    Rank.options
      .filter((rank) => told.some(({ key }) => key.agency === agency && key.rank === rank))
      .map((rank) => ({ id: `${agency} ${rank}`, agency, rank })),
  )
  const at = (id: string, place: string): Stock | undefined =>
    told.find(({ key }) => `${key.agency} ${key.rank}` === id && key.place === place)
  return (
    <DotsByCountry
      title={t('workforce.by-rank')}
      units={t('workforce.by-rank-units')}
      source={t('workforce.drop-source')}
      rowsAre={t('workforce.rank')}
      series={series(t)}
      rows={rows.map(({ id, agency, rank }) => ({
        id,
        label: [
          t(`workforce.rank.${rank}`),
          ...(agencies.length > 1 ? [sayCode((code) => t(`agency.${code}`), agency, t)] : []),
        ].join(', '),
        note: sayDrop(
          places.map((place) => shareOfStock(at(id, place))),
          t,
          format,
        ),
        dots: Object.fromEntries(places.map((place) => [place, dotOfStock(at(id, place), t, format)])),
      }))}
      onOpen={(id, place) => open(at(id, place))}
    />
  )
}

/** Kinds of units, the newest of each: parts of what is counted above, and for her agency alone. */
function ByUnit({ newest: { counted } }: OwnBoardProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const units = counted.filter(({ state: { headcount } }) => !headcount.enteredInError && headcount.unit !== 'all')
  if (units.length === 0) return null
  const key = ({ agency, unit, place }: Headcount): string => JSON.stringify([agency, unit, place])
  const rows = [...Map.groupBy(units, ({ state }) => key(state.headcount)).values()]
    .flatMap((same) => {
      // As everywhere: of a quarter and a day in it that which begins later is the newer.
      const last = same
        .map(({ state }) => firstDayOf(state.headcount.on))
        .sort()
        .at(-1)
      return same.filter(({ state }) => firstDayOf(state.headcount.on) === last)
    })
    .map(({ stream, state: { headcount } }) => ({ stream, headcount, ...countsOf(headcount) }))
    .toSorted((a, b) => unitOrder(a.headcount) - unitOrder(b.headcount))
  return (
    <div className={`card ${styles.table}`}>
      <DataTable
        caption={t('workforce.by-unit')}
        note={t('workforce.by-unit-note')}
        rows={rows}
        keyOf={({ stream }) => stream}
        stacks
        onOpenRow={({ stream }) => navigate({ to: '/workforce/headcounts/$stream', params: { stream } })}
        columns={[
          {
            id: 'unit',
            label: t('workforce.unit'),
            value: ({ headcount }) => sayCode((code) => t(`workforce.unit.${code}`), headcount.unit, t),
          },
          {
            id: 'place',
            label: t('workforce.place'),
            value: ({ headcount }) =>
              [
                sayCode((code) => t(`workforce.place.${code}`), headcount.place, t),
                sayCode((code) => t(`agency.${code}`), headcount.agency, t),
              ].join(', '),
          },
          {
            id: 'share',
            label: t('workforce.share'),
            value: (row) => (row.all.high === 0 ? '' : format.percent((100 * row.women.high) / row.all.high, 1)),
            align: 'end',
          },
          { id: 'women', label: t('workforce.count.women'), value: (row) => figureOf(row.women) },
          { id: 'all', label: t('workforce.count.all'), value: (row) => figureOf(row.all) },
          { id: 'on', label: t('workforce.counted-on'), value: ({ headcount }) => format.date(headcount.on) },
          {
            id: 'source',
            label: t('workforce.source'),
            value: ({ headcount }) => sayCode((text) => text, headcount.source, t),
          },
        ]}
      />
    </div>
  )
}

const unitOrder = ({ unit }: Headcount): number => (unit ? Unit.options.indexOf(unit) : Unit.options.length)

function countsOf({ rows }: Headcount) {
  const stand = rows.filter(({ enteredInError }) => !enteredInError)
  return {
    women: sum(stand.map((row) => row.women)),
    all: sum(stand.flatMap((row) => [row.women, row.men, row.unrecorded])),
  }
}

/** What was counted on several days, a line an agency and place. */
function OverYears({ newest: known, all }: OwnBoardProps & { readonly all: readonly Stock[] }) {
  const t = useText()
  const format = useFormat()
  const open = useOpen(known)
  const nameOf = ({ key }: Stock): string => `${key.agency} ${key.place}`
  const lines = [...Map.groupBy(all, nameOf).values()].filter((days) => days.length > 1)
  if (lines.length === 0) return null
  return (
    <SharesOverTime
      title={t('workforce.over-years')}
      units={t('workforce.over-years-units')}
      source={t('workforce.drop-source')}
      rowsAre={t('workforce.place')}
      lines={lines.flatMap((days) => {
        const [last] = newest(days)
        if (!last) return []
        const { agency = '', place = '' } = last.key
        return {
          id: nameOf(last),
          label: [
            sayCode((code) => t(`agency.${code}`), agency, t),
            sayCode((code) => t(`workforce.place.${code}`), place, t),
          ].join(', '),
          points: days.flatMap((stock) => {
            const dot = dotOfStock(stock, t, format)
            if (dot.kind !== 'between') return []
            const { low, high, says } = dot
            return { id: stock.on, at: yearsOf(stock.on), day: format.date(stock.on), low, high, says }
          }),
        }
      })}
      onOpen={(line, day) => open(all.find((stock) => nameOf(stock) === line && stock.on === day))}
    />
  )
}
