import { DataTable } from '../data-table/data-table.tsx'
import { useFormat, useText } from '../language/language.tsx'
import {
  Axis,
  ChartFrame,
  type ChartTexts,
  GridLines,
  Legend,
  Mark,
  Patterns,
  type Series,
  Track,
} from './chart-frame.tsx'
import styles from './charts.module.css'
import { at, niceTicks } from './scale.ts'

/**
 * One row a country, one dot a series, joined by a line: how far two shares are apart. Filled dots are counted or
 * cited, hollow ones invented for a demonstration, a dashed box stands where nothing is known: never at zero.
 */
export function DotsByCountry({ rows, series, onOpen, ...texts }: DotsByCountryProps) {
  const t = useText()
  const format = useFormat()
  const known = rows.flatMap((row) => Object.values(row.dots).flatMap((dot) => percentOf(dot) ?? []))
  const ticks = niceTicks(Math.max(1, ...known))
  const end = ticks.at(-1) ?? 1
  const say = (dot: Dot): string => sayDot(dot, t, format)
  return (
    <ChartFrame
      {...texts}
      legend={
        <Legend series={series}>
          <li>
            <svg width={14} height={14} aria-hidden className={styles.swatch}>
              <circle cx={7} cy={7} r={5} fill="var(--ink-2)" stroke="var(--ink-2)" strokeWidth={2} />
            </svg>
            {t('ui.chart.sourced')}
          </li>
          <li>
            <svg width={14} height={14} aria-hidden className={styles.swatch}>
              <circle cx={7} cy={7} r={5} fill="var(--card)" stroke="var(--ink-2)" strokeWidth={2} />
            </svg>
            {t('ui.chart.invented')}
          </li>
        </Legend>
      }
      table={
        <DataTable
          caption={texts.title}
          note={texts.units}
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            { id: 'country', label: t('ui.chart.country'), value: (row) => row.label },
            ...series.map((one) => ({
              id: one.id,
              label: one.label,
              value: (row: DotRow) => say(row.dots[one.id] ?? unknownDot),
            })),
          ]}
        />
      }
    >
      <Patterns />
      <ul className={styles.rows}>
        {rows.map((row) => {
          const places = series.flatMap((one) => percentOf(row.dots[one.id] ?? unknownDot) ?? [])
          const absent = series.filter((one) => percentOf(row.dots[one.id] ?? unknownDot) === undefined)
          return (
            <li key={row.id} className={styles.row}>
              <span className={styles.label}>{row.label}</span>
              <div className={styles.drawing}>
                <Track height={30} label={row.label}>
                  <GridLines ticks={ticks} />
                  {places.length > 1 && (
                    <line
                      x1={at(Math.min(...places), end)}
                      x2={at(Math.max(...places), end)}
                      y1={15}
                      y2={15}
                      stroke="var(--line-strong)"
                      strokeWidth={3}
                    />
                  )}
                  {series.map((one) => {
                    const dot = row.dots[one.id] ?? unknownDot
                    const percent = percentOf(dot)
                    if (percent === undefined) return null
                    const colour = one.look === 'unknown' ? 'var(--edge)' : `var(--cat-${one.look})`
                    return (
                      <Mark
                        key={one.id}
                        label={`${row.label}, ${one.label}: ${say(dot)}`}
                        onOpen={onOpen && (() => onOpen(row.id, one.id))}
                      >
                        <circle cx={at(percent, end)} cy={15} r={13} fill="transparent" />
                        <circle
                          cx={at(percent, end)}
                          cy={15}
                          r={6.5}
                          fill={dot.kind === 'invented' ? 'var(--card)' : colour}
                          stroke={colour}
                          strokeWidth={2.5}
                        />
                      </Mark>
                    )
                  })}
                </Track>
                {absent.map((one) => {
                  const dot = row.dots[one.id] ?? unknownDot
                  return (
                    <span key={one.id} className={styles.absent} data-kind={dot.kind}>
                      {one.label}: {say(dot)}
                    </span>
                  )
                })}
              </div>
            </li>
          )
        })}
        <li className={styles.row} aria-hidden>
          <span />
          <div className={styles.drawing}>
            <Axis ticks={ticks} label={(tick) => format.percent(tick)} />
          </div>
        </li>
      </ul>
    </ChartFrame>
  )
}

export type DotsByCountryProps = ChartTexts & {
  readonly rows: readonly DotRow[]
  readonly series: readonly Series[]
  readonly onOpen?: (row: string, series: string) => void
}

export type DotRow = { readonly id: string; readonly label: string; readonly dots: Readonly<Record<string, Dot>> }

/** A share by where it comes from: counted here, cited from a source, invented for a demonstration, or none. */
export type Dot =
  | { readonly kind: 'counted'; readonly part: number; readonly whole: number }
  | { readonly kind: 'cited'; readonly percent: number; readonly source: string }
  | { readonly kind: 'invented'; readonly percent: number }
  | { readonly kind: 'protected' }
  | { readonly kind: 'unknown' }

const unknownDot: Dot = { kind: 'unknown' }

function percentOf(dot: Dot): number | undefined {
  if (dot.kind === 'counted') return dot.whole > 0 ? (100 * dot.part) / dot.whole : undefined
  return dot.kind === 'cited' || dot.kind === 'invented' ? dot.percent : undefined
}

function sayDot(dot: Dot, t: ReturnType<typeof useText>, format: ReturnType<typeof useFormat>): string {
  switch (dot.kind) {
    case 'counted':
      return format.share(dot, 1) ?? t('ui.figure.unknown')
    case 'cited':
      return t('ui.chart.cited', { percent: format.percent(dot.percent), source: dot.source })
    case 'invented':
      return t('ui.chart.invented-share', { percent: format.percent(dot.percent) })
    case 'protected':
      return t('ui.figure.protected')
    case 'unknown':
      return t('ui.figure.unknown')
  }
}
