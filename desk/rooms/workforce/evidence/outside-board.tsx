import type { Figure, FigureValue } from '@lentera/core/results/figure'
import { yearOf } from '@lentera/core/shared/dates'
import { Rank } from '@lentera/core/workforce/words'
import {
  DotsByCountry,
  EmptyState,
  FailedState,
  LoadingState,
  OfflineState,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { lazy, Suspense, useState } from 'react'
import { useDesk, useSnapshot } from '../../../device/context.ts'
import { BreakdownTables } from '../../results/breakdown-tables.tsx'
import { Door, type Opening } from '../../results/door.tsx'
import { countedOf, sayGroup } from '../../results/figure-words.ts'
import { useFigures } from '../../results/use-figures.ts'
import { MapMissing } from './map/map-missing.tsx'
import { dotOf, sayDrop } from './shares.ts'

/**
 * What may be seen of all agencies of the programme, or for a regional office of the countries: as the server protects it. What is
 * of fewer than five never comes here, and is striped.
 */
export function OutsideBoard() {
  const t = useText()
  const format = useFormat()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { today } = useDesk().moment()
  const [period, setPeriod] = useState('all')
  const { answer, reload } = useFigures(period)
  const [opening, setOpening] = useState<Opening | undefined>(undefined)
  const row = me?.country === null ? 'country' : 'agency'
  if (answer === undefined) return <LoadingState label={t('results.loading')} />
  if (!answer.ok)
    return answer.refusal.code === 'desk.offline' ? (
      <OfflineState onRetry={reload}>{t('results.offline')}</OfflineState>
    ) : (
      <FailedState onRetry={reload}>
        <RefusalNotice refusal={answer.refusal} />
      </FailedState>
    )
  const figure = answer.value.find(({ key }) => key === 'women-share-by-place')
  const byRank = answer.value.find(({ key }) => key === 'women-share-by-rank')
  if (!figure || !byRank) return null
  const thisYear = Number(yearOf(today))
  return (
    <Stack>
      <SelectField
        label={t('results.period')}
        value={period}
        empty={t('results.period.all')}
        choices={[0, 1, 2, 3, 4].map((ago) => ({ value: `${thisYear - ago}`, label: format.plain(thisYear - ago) }))}
        onChange={(chosen) => setPeriod(chosen || 'all')}
      />
      {partsOf(figure, [row, 'place']).length === 0 ? (
        <EmptyState title={t('workforce.outside-none')}>{t('workforce.outside-none-text')}</EmptyState>
      ) : (
        <>
          <Shares figure={figure} row={row} onOpen={setOpening} />
          <SharesByRank figure={byRank} row={row} onOpen={setOpening} />
          {row === 'country' && <CountriesOnMap figure={figure} />}
          <BreakdownTables figures={[figure, ranksOnly(byRank)]} onOpen={setOpening} />
        </>
      )}
      {opening && <Door opening={opening} onClose={() => setOpening(undefined)} />}
    </Stack>
  )
}

function Shares({ figure, row, onOpen }: SharesProps) {
  const t = useText()
  const format = useFormat()
  const rows = [...new Set(partsOf(figure, [row, 'place']).map(({ key }) => key[row] ?? ''))]
  const opens = figure.opensTo !== 'none'
  return (
    <DotsByCountry
      title={t(`workforce.outside.${row}`)}
      units={t('workforce.outside-units')}
      source={t('workforce.outside-source')}
      counted={countedOf(figure)}
      rowsAre={t(`results.dimension.${row}`)}
      series={places.map((id, i) => ({ id, label: t(`workforce.place.${id}`), look: i === 0 ? 1 : 2 }))}
      rows={rows.map((each) => ({
        id: each,
        label: sayGroup(row, each, t),
        note: sayDrop(
          places.map((place) => valueAt(figure, { [row]: each, place })),
          t,
          format,
        ),
        dots: Object.fromEntries(
          places.map((place) => [place, dotOf(valueAt(figure, { [row]: each, place }), t, format)]),
        ),
      }))}
      {...(opens ? { onOpen: (each: string, place: string) => onOpen({ figure, part: { [row]: each, place } }) } : {})}
    />
  )
}

/** Where women stand in the ranks of whole agencies. An agency that gives no ranks says nothing of them. */
function SharesByRank({ figure, row, onOpen }: SharesProps) {
  const t = useText()
  const format = useFormat()
  const told = partsOf(figure, [row, 'rank']).filter(({ key }) => ranks.some((rank) => rank === key.rank))
  if (told.length === 0) return null
  const opens = figure.opensTo !== 'none'
  return (
    <DotsByCountry
      title={t(`workforce.outside-ranks.${row}`)}
      units={t('workforce.outside-ranks-units')}
      source={t('workforce.outside-source')}
      counted={countedOf(figure)}
      rowsAre={t(`results.dimension.${row}`)}
      series={ranks.map((rank, i) => ({
        id: rank,
        label: t(`workforce.rank.${rank}`),
        look: ([1, 2, 3] as const)[i] ?? 4,
      }))}
      rows={[...new Set(told.map(({ key }) => key[row] ?? ''))].map((each) => ({
        id: each,
        label: sayGroup(row, each, t),
        dots: Object.fromEntries(ranks.map((rank) => [rank, dotOf(valueAt(figure, { [row]: each, rank }), t, format)])),
      }))}
      {...(opens ? { onOpen: (each: string, rank: string) => onOpen({ figure, part: { [row]: each, rank } }) } : {})}
    />
  )
}

/** Its tables by rank: what it says of whole forces stands beside them already. */
const ranksOnly = (figure: Figure): Figure => ({
  ...figure,
  breakdowns: figure.breakdowns.filter(({ by }) => by.includes('rank')),
})

const ranks = Rank.exclude(['not-given']).options

/** Its own chunk: whoever never opens this board loads no map. */
const CountriesMap = lazy(() => import('./map/countries-map.tsx').catch(() => ({ default: MapMissing })))

function CountriesOnMap({ figure }: { readonly figure: Figure }) {
  const t = useText()
  const shares = new Map(partsOf(figure, ['country']).map(({ key, value }) => [key.country ?? '', value]))
  return (
    <Section title={t('workforce.map.title-countries')} note={t('workforce.map.note-countries')}>
      <Suspense fallback={<LoadingState label={t('workforce.map.loading')} />}>
        <CountriesMap shares={shares} />
      </Suspense>
    </Section>
  )
}

type SharesProps = {
  readonly figure: Figure
  readonly row: 'country' | 'agency'
  readonly onOpen: (opening: Opening) => void
}

const places = ['national', 'border-crossing'] as const

const partsOf = (figure: Figure, by: readonly string[]) =>
  figure.breakdowns.find((each) => each.by.toSorted().join() === by.toSorted().join())?.parts ?? []

function valueAt(figure: Figure, key: Readonly<Record<string, string>>): FigureValue | undefined {
  return partsOf(figure, Object.keys(key)).find((part) =>
    Object.entries(key).every(([name, value]) => part.key[name] === value),
  )?.value
}
