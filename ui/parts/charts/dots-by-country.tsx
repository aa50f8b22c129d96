import type { Translate } from '../../catalogues/text.ts'
import { DataTable } from '../data-table/data-table.tsx'
import { type Formats, useFormat, useText } from '../language/language.tsx'
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
 * One row a country (or an agency, or a rank), one dot a series, joined by a line: how far two shares are apart. Filled dots
 * are counted or cited, hollow ones invented for a demonstration, a bar stands where sources contradict each other, and a
 * dashed box where nothing is known: never at zero.
 */
export function DotsByCountry({ rows, series, rowsAre, between, onOpen, ...texts }: DotsByCountryProps) {
  const t = useText()
  const format = useFormat()
  const dots = rows.flatMap((row) => Object.values(row.dots))
  const known = dots.flatMap((dot) => rangeOf(dot) ?? [])
  const ticks = niceTicks(Math.max(1, ...known))
  const end = ticks.at(-1) ?? 1
  const say = (dot: Dot): string => sayDot(dot, t, format)
  return (
    <ChartFrame
      {...texts}
      legend={
        <Legend series={series}>
          {dots.some(({ kind }) => kind === 'invented') && <SourcedOrInvented />}
          {dots.some((dot) => dot.kind === 'between' && dot.low < dot.high) && (
            <li>
              <svg width={22} height={14} aria-hidden className={styles.swatch}>
                <rect x={0} y={4} width={22} height={6} rx={3} fill="var(--ink-2)" />
              </svg>
              {between ?? t('ui.chart.between')}
            </li>
          )}
        </Legend>
      }
      table={
        <DataTable
          caption={texts.title}
          note={texts.units}
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            { id: 'country', label: rowsAre ?? t('ui.chart.country'), value: (row) => row.label },
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
          const places = series.flatMap((one) => rangeOf(row.dots[one.id] ?? unknownDot) ?? [])
          const absent = series.filter((one) => rangeOf(row.dots[one.id] ?? unknownDot) === undefined)
          return (
            <li key={row.id} className={styles.row}>
              <span className={styles.label}>
                {row.label}
                {row.note !== undefined && <span className={styles.rowNote}>{row.note}</span>}
              </span>
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
                    const range = rangeOf(dot)
                    if (range === undefined) return null
                    const colour = one.look === 'unknown' ? 'var(--edge)' : `var(--cat-${one.look})`
                    return (
                      <Mark
                        key={one.id}
                        label={`${row.label}, ${one.label}: ${say(dot)}`}
                        onOpen={onOpen && (() => onOpen(row.id, one.id))}
                      >
                        <DotMark range={range} end={end} colour={colour} isHollow={dot.kind === 'invented'} />
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

/** A dot, or a bar from the lowest to the highest of what sources say. */
function DotMark({ range: [low, high], end, colour, isHollow }: DotMarkProps) {
  if (low < high)
    return (
      <>
        <line x1={at(low, end)} x2={at(high, end)} y1={15} y2={15} stroke="transparent" strokeWidth={26} />
        <line
          x1={at(low, end)}
          x2={at(high, end)}
          y1={15}
          y2={15}
          stroke={colour}
          strokeWidth={9}
          strokeLinecap="round"
        />
      </>
    )
  return (
    <>
      <circle cx={at(low, end)} cy={15} r={13} fill="transparent" />
      <circle
        cx={at(low, end)}
        cy={15}
        r={6.5}
        fill={isHollow ? 'var(--card)' : colour}
        stroke={colour}
        strokeWidth={2.5}
      />
    </>
  )
}

type DotMarkProps = {
  readonly range: readonly [low: number, high: number]
  readonly end: number
  readonly colour: string
  readonly isHollow: boolean
}

function SourcedOrInvented() {
  const t = useText()
  return (
    <>
      {(['var(--ink-2)', 'var(--card)'] as const).map((fill) => (
        <li key={fill}>
          <svg width={14} height={14} aria-hidden className={styles.swatch}>
            <circle cx={7} cy={7} r={5} fill={fill} stroke="var(--ink-2)" strokeWidth={2} />
          </svg>
          {t(fill === 'var(--card)' ? 'ui.chart.invented' : 'ui.chart.sourced')}
        </li>
      ))}
    </>
  )
}

export type DotsByCountryProps = ChartTexts & {
  readonly rows: readonly DotRow[]
  readonly series: readonly Series[]
  /** What the rows are, where they are no countries. */
  readonly rowsAre?: string
  /** What a bar between two shares says, where it is not that sources contradict each other. */
  readonly between?: string
  readonly onOpen?: (row: string, series: string) => void
}

/** `note`: what stands under its label, in words. */
export type DotRow = {
  readonly id: string
  readonly label: string
  readonly note?: string | undefined
  readonly dots: Readonly<Record<string, Dot>>
}

/** A share by where it comes from: counted here, cited from a source, invented for a demonstration, or none. */
export type Dot =
  | { readonly kind: 'counted'; readonly part: number; readonly whole: number }
  /** Percents that sources give, one or two that contradict each other; `says` has the numbers they are of. */
  | { readonly kind: 'between'; readonly low: number; readonly high: number; readonly says: string }
  | { readonly kind: 'cited'; readonly percent: number; readonly source: string }
  | { readonly kind: 'invented'; readonly percent: number }
  | { readonly kind: 'protected' }
  | { readonly kind: 'unknown' }

const unknownDot: Dot = { kind: 'unknown' }

function rangeOf(dot: Dot): readonly [low: number, high: number] | undefined {
  if (dot.kind === 'between') return [dot.low, dot.high]
  if (dot.kind === 'counted' && dot.whole > 0) return [(100 * dot.part) / dot.whole, (100 * dot.part) / dot.whole]
  return dot.kind === 'cited' || dot.kind === 'invented' ? [dot.percent, dot.percent] : undefined
}

function sayDot(dot: Dot, t: Translate, format: Formats): string {
  switch (dot.kind) {
    case 'counted':
      return format.share(dot, 1) ?? t('ui.figure.unknown')
    case 'between':
      return dot.says
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
