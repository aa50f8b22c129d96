import { DataTable } from '../data-table/data-table.tsx'
import { useFormat, useText } from '../language/language.tsx'
import { ChartFrame, type ChartTexts, fillOf, type Series } from './chart-frame.tsx'
import styles from './charts.module.css'
import { niceTicks } from './scale.ts'

/**
 * A share in years to come: a line with the band in which eight of ten draws lie, other lines beside it, and what is aimed at.
 * What it rests on is printed on the picture, so that nobody carries it away without.
 */
export function BandOverYears({ band, others, target, notes, ...texts }: BandOverYearsProps) {
  const t = useText()
  const format = useFormat()
  const years = band.points.map(({ year }) => year)
  const [first = 0, last = 1] = [years[0], years.at(-1)]
  const most = [...band.points.map(({ high }) => high), ...others.flatMap(({ points }) => points.map(({ mid }) => mid))]
  const ticks = niceTicks(Math.max(1, target?.percent ?? 0, ...most), 4)
  const end = ticks.at(-1) ?? 1
  const x = (year: number): number => (100 * (year - first)) / Math.max(1, last - first)
  const y = (percent: number): number => 100 - (100 * percent) / end
  const along = (points: readonly { readonly year: number; readonly at: number }[]): string =>
    points.map(({ year, at }) => `${x(year)},${y(at)}`).join(' ')
  const low = band.points.map(({ year, low: at }) => ({ year, at }))
  const high = band.points.map(({ year, high: at }) => ({ year, at }))
  const lines = [band, ...others]
  const said = band.points.at(-1)
  return (
    <ChartFrame
      {...texts}
      legend={
        <ul className={styles.legend}>
          {lines.map((line, i) => (
            <li key={line.id}>
              <svg width={26} height={12} aria-hidden className={styles.swatch}>
                {i === 0 && <rect width={26} height={12} fill={fillOf(line.look)} opacity={0.25} />}
                <line x1={0} x2={26} y1={6} y2={6} stroke={fillOf(line.look)} strokeWidth={3} {...dashOf(i)} />
              </svg>
              {line.label}
            </li>
          ))}
          {target && (
            <li>
              <svg width={26} height={12} aria-hidden className={styles.swatch}>
                <line x1={0} x2={26} y1={6} y2={6} stroke="var(--ink)" strokeWidth={2} strokeDasharray="2 3" />
              </svg>
              {target.label}
            </li>
          )}
        </ul>
      }
      table={
        <DataTable
          caption={texts.title}
          note={texts.units}
          rows={band.points}
          keyOf={({ year }) => String(year)}
          columns={[
            { id: 'year', label: t('ui.chart.year'), value: ({ year }) => format.plain(year) },
            ...(['low', 'mid', 'high'] as const).map((at) => ({
              id: at,
              label: t(`ui.chart.draws.${at}`),
              value: (point: BandPoint) => format.percent(point[at], 1),
              align: 'end' as const,
            })),
            ...others.map((line) => ({
              id: line.id,
              label: line.label,
              value: ({ year }: BandPoint) => {
                const found = line.points.find((point) => point.year === year)
                return found ? format.percent(found.mid, 1) : ''
              },
              align: 'end' as const,
            })),
          ]}
        />
      }
    >
      <div className={styles.bandPlot}>
        <svg
          className={styles.track}
          width="100%"
          height={bandHeight}
          role="img"
          aria-label={said ? `${band.label}, ${format.plain(said.year)}: ${format.percent(said.mid, 1)}` : band.label}
        >
          <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
            {ticks.map((tick) => (
              <line key={tick} x1={0} x2={100} y1={y(tick)} y2={y(tick)} stroke="var(--line)" {...thin} />
            ))}
            <polygon points={`${along(low)} ${along(high.toReversed())}`} fill={fillOf(band.look)} opacity={0.25} />
            {target && (
              <>
                <line x1={0} x2={100} y1={y(target.percent)} y2={y(target.percent)} {...targetLine} />
                <line x1={x(target.year)} x2={x(target.year)} y1={y(target.percent)} y2={100} {...targetLine} />
              </>
            )}
            {lines.map((line, i) => (
              <polyline
                key={line.id}
                points={along(line.points.map(({ year, mid: at }) => ({ year, at })))}
                fill="none"
                stroke={fillOf(line.look)}
                strokeWidth={3}
                vectorEffect="non-scaling-stroke"
                {...dashOf(i)}
              />
            ))}
          </svg>
          {ticks.slice(1).map((tick) => (
            <text key={tick} x={0} y={`${y(tick)}%`} dy={13} className={styles.yearsTick} aria-hidden>
              {format.percent(tick)}
            </text>
          ))}
        </svg>
        <div className={styles.axis} aria-hidden>
          {labelled(first, last).map((year) => (
            <span key={year} style={{ insetInlineStart: `${x(year)}%` }}>
              {format.plain(year)}
            </span>
          ))}
        </div>
      </div>
      <ul className={styles.notes}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </ChartFrame>
  )
}

/** Every fifth year at most, from the first. */
const labelled = (first: number, last: number): readonly number[] => {
  const step = Math.max(1, Math.ceil((last - first) / 4))
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step)
}

const bandHeight = 240
const thin = { vectorEffect: 'non-scaling-stroke', strokeWidth: 1 } as const
const targetLine = { ...thin, stroke: 'var(--ink)', strokeWidth: 2, strokeDasharray: '2 3' } as const
/** Lines differ in their strokes too, not in colour alone. */
const dashOf = (line: number) => (line === 0 ? {} : { strokeDasharray: ['9 4', '2 3', '12 3 2 3'][(line - 1) % 3] })

export type BandOverYearsProps = ChartTexts & {
  readonly band: BandLine
  /** Their middles alone: bands over bands are read by nobody. */
  readonly others: readonly BandLine[]
  readonly target: { readonly percent: number; readonly year: number; readonly label: string } | undefined
  readonly notes: readonly string[]
}

export type BandLine = Series & { readonly points: readonly BandPoint[] }

/** Percents; nine of ten draws lie above `low`, half above `mid`, one of ten above `high`. */
export type BandPoint = { readonly year: number; readonly low: number; readonly mid: number; readonly high: number }
