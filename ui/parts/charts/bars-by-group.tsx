import { sum } from '@lentera/core/shared/counts'
import type { Translate } from '../../catalogues/text.ts'
import { FigureText } from '../cells/figure-text.tsx'
import { between, type FigureValue, sizeOf, unknownFigure } from '../cells/figure-value.ts'
import { DataTable } from '../data-table/data-table.tsx'
import { type Formats, useFormat, useText } from '../language/language.tsx'
import {
  Axis,
  ChartFrame,
  type ChartTexts,
  fillOf,
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
 * Horizontal bars, one row a group. `stacked` puts the series end to end, `grouped` under one another. What is certain
 * is solid, what an interval leaves open is hatched in the same colour with a whisker over it; a protected figure is a
 * striped box and an unknown one a hatched box, both of fixed width because they have no size that may be read.
 */
export function BarsByGroup({ groups, series, layout, fileName, onOpen, ...texts }: BarsByGroupProps) {
  const t = useText()
  const format = useFormat()
  const end = niceTicks(Math.max(1, ...groups.map((group) => reach(group, series, layout))))
  const endValue = end.at(-1) ?? 1
  const label = (group: BarGroup, one: Series, figure: FigureValue): string =>
    `${group.label}, ${one.label}: ${sayFigure(figure, t, format)}`
  return (
    <ChartFrame
      {...texts}
      legend={<Legend series={series} />}
      table={
        <DataTable
          caption={texts.title}
          note={texts.units}
          rows={groups}
          keyOf={(group) => group.id}
          columns={[
            { id: 'group', label: t('ui.chart.group'), value: (group) => group.label },
            ...series.map((one) => ({
              id: one.id,
              label: one.label,
              value: (group: BarGroup) => figureOf(group, one),
            })),
          ]}
          {...(fileName === undefined ? {} : { fileName })}
        />
      }
    >
      <Patterns />
      <ul className={styles.rows}>
        {groups.map((group) => {
          const lanes = layout === 'stacked' ? 1 : series.length
          const height = layout === 'stacked' ? 26 : lanes * 18 + 4
          return (
            <li key={group.id} className={styles.row}>
              <span className={styles.label}>{group.label}</span>
              <Track height={height} label={group.label}>
                <GridLines ticks={end} />
                {layout === 'stacked'
                  ? stackedMarks(group, series).map(({ one, figure, start }) => (
                      <Mark
                        key={one.id}
                        label={label(group, one, figure)}
                        onOpen={onOpen && (() => onOpen(group.id, one.id))}
                      >
                        <Bar figure={figure} start={start} end={endValue} y={3} height={20} fill={fillOf(one.look)} />
                      </Mark>
                    ))
                  : series.map((one, lane) => (
                      <Mark
                        key={one.id}
                        label={label(group, one, figureOf(group, one))}
                        onOpen={onOpen && (() => onOpen(group.id, one.id))}
                      >
                        <Bar
                          figure={figureOf(group, one)}
                          start={0}
                          end={endValue}
                          y={lane * 18 + 4}
                          height={14}
                          fill={fillOf(one.look)}
                        />
                      </Mark>
                    ))}
              </Track>
              {layout === 'stacked' && (
                <span className={styles.total}>
                  <FigureText figure={totalOf(group, series)} />
                </span>
              )}
            </li>
          )
        })}
        <li className={styles.row} aria-hidden>
          <span />
          <Axis ticks={end} label={(tick) => format.number(tick)} />
          {layout === 'stacked' && <span className={styles.total} />}
        </li>
      </ul>
    </ChartFrame>
  )
}

export type BarsByGroupProps = ChartTexts & {
  readonly groups: readonly BarGroup[]
  readonly series: readonly Series[]
  readonly layout: 'stacked' | 'grouped'
  /** Gives the table its copy and CSV buttons. */
  readonly fileName?: string
  readonly onOpen?: (group: string, series: string) => void
}

export type BarGroup = {
  readonly id: string
  readonly label: string
  readonly figures: Readonly<Record<string, FigureValue>>
}

function Bar({
  figure,
  start,
  end,
  y,
  height,
  fill,
}: {
  figure: FigureValue
  start: number
  end: number
  y: number
  height: number
  fill: string
}) {
  if (figure.kind === 'protected' || figure.kind === 'unknown') {
    const pattern = figure.kind === 'protected' ? 'url(#lentera-protected)' : 'url(#lentera-unknown)'
    return (
      <rect x={at(start, end)} y={y} width={34} height={height} rx={3} fill={pattern} stroke="var(--line-strong)" />
    )
  }
  const low = figure.kind === 'exact' ? figure.value : figure.low
  const high = figure.kind === 'exact' ? figure.value : figure.high
  const middle = y + height / 2
  return (
    <>
      {/* Something to meet with a pointer even where the bar is a hair. */}
      <rect x={at(start, end)} y={y - 2} width={24} height={height + 4} fill="transparent" />
      <rect x={at(start, end)} y={y} width={at(low, end)} height={height} rx={2} fill={fill} stroke="var(--card)" />
      {high > low && (
        <>
          <rect x={at(start + low, end)} y={y} width={at(high - low, end)} height={height} fill={fill} opacity={0.28} />
          <line
            x1={at(start + low, end)}
            x2={at(start + high, end)}
            y1={middle}
            y2={middle}
            stroke="var(--ink)"
            strokeWidth={1.5}
          />
          <line
            x1={at(start + low, end)}
            x2={at(start + low, end)}
            y1={middle - 4}
            y2={middle + 4}
            stroke="var(--ink)"
            strokeWidth={1.5}
          />
          <line
            x1={at(start + high, end)}
            x2={at(start + high, end)}
            y1={middle - 4}
            y2={middle + 4}
            stroke="var(--ink)"
            strokeWidth={1.5}
          />
        </>
      )}
    </>
  )
}

const figureOf = (group: BarGroup, one: Series): FigureValue => group.figures[one.id] ?? unknownFigure
const highOf = (figure: FigureValue): number =>
  figure.kind === 'exact' ? figure.value : figure.kind === 'interval' ? figure.high : 0

function stackedMarks(group: BarGroup, series: readonly Series[]) {
  let start = 0
  return series.map((one) => {
    const figure = figureOf(group, one)
    const mark = { one, figure, start }
    start += highOf(figure)
    return mark
  })
}

/** The sum of what is stacked; where one part may not be read, neither may the sum. */
function totalOf(group: BarGroup, series: readonly Series[]): FigureValue {
  const figures = series.map((one) => figureOf(group, one))
  const closed = figures.find((figure) => sizeOf(figure) === undefined)
  if (closed !== undefined) return closed
  return between(
    sum(
      figures.flatMap((figure) =>
        figure.kind === 'exact'
          ? [{ low: figure.value, high: figure.value }]
          : figure.kind === 'interval'
            ? [figure]
            : [],
      ),
    ),
  )
}

function reach(group: BarGroup, series: readonly Series[], layout: 'stacked' | 'grouped'): number {
  const highs = series.map((one) => highOf(figureOf(group, one)))
  return layout === 'stacked' ? highs.reduce((a, b) => a + b, 0) : Math.max(0, ...highs)
}

function sayFigure(figure: FigureValue, t: Translate, format: Formats): string {
  switch (figure.kind) {
    case 'exact':
      return format.number(figure.value)
    case 'interval':
      return t('ui.figure.between', { low: format.number(figure.low), high: format.number(figure.high) })
    case 'protected':
      return t('ui.figure.protected')
    case 'unknown':
      return t('ui.figure.unknown')
  }
}
