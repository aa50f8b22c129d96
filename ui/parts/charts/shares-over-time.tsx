import { DataTable } from '../data-table/data-table.tsx'
import { useFormat, useText } from '../language/language.tsx'
import { ChartFrame, type ChartTexts, Mark } from './chart-frame.tsx'
import styles from './charts.module.css'
import { niceTicks } from './scale.ts'

/**
 * Shares over the years, a small picture for each line: all on one scale of percent and one of time, so that they compare. A
 * bar stands where sources of one day contradict each other, and the line is then a band between what they say.
 */
export function SharesOverTime({ lines, rowsAre, onOpen, ...texts }: SharesOverTimeProps) {
  const t = useText()
  const format = useFormat()
  const all = lines.flatMap(({ points }) => points)
  const ticks = niceTicks(Math.max(1, ...all.map(({ high }) => high)), 3)
  const end = ticks.at(-1) ?? 1
  const [from, to] = [Math.min(...all.map(({ at }) => at)), Math.max(...all.map(({ at }) => at))]
  const x = (at: number): number =>
    to === from ? wide / 2 : beside + ((at - from) / (to - from)) * (wide - beside - edge)
  const y = (percent: number): number => tall - edge - (percent / end) * (tall - 2 * edge)
  return (
    <ChartFrame
      {...texts}
      table={
        <DataTable
          caption={texts.title}
          note={texts.units}
          rows={lines.flatMap((line) => line.points.map((point) => ({ ...point, line })))}
          keyOf={({ id, line }) => `${line.id} ${id}`}
          columns={[
            { id: 'line', label: rowsAre, value: ({ line }) => line.label },
            { id: 'day', label: t('ui.chart.day'), value: ({ day }) => day },
            { id: 'share', label: t('ui.chart.share'), value: ({ says }) => says },
          ]}
        />
      }
    >
      <ul className={styles.years}>
        {lines.map(({ id, label, points }) => {
          const along = points.toSorted((a, b) => a.at - b.at)
          const band = [
            ...along.map((point) => `${x(point.at)},${y(point.high)}`),
            ...along.toReversed().map((point) => `${x(point.at)},${y(point.low)}`),
          ].join(' ')
          return (
            <li key={id}>
              <span className={styles.yearsLabel}>{label}</span>
              {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
              <svg viewBox={`0 0 ${wide} ${tall}`} className={styles.yearsDrawing} role="group" aria-label={label}>
                {ticks.map((tick) => (
                  <g key={tick}>
                    <line x1={0} x2={wide} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
                    <text x={0} y={y(tick) - 3} className={styles.yearsTick} aria-hidden>
                      {format.percent(tick)}
                    </text>
                  </g>
                ))}
                <polygon points={band} fill="var(--cat-1)" stroke="var(--cat-1)" strokeWidth={2} opacity={0.45} />
                {along.map((point) => (
                  <Mark
                    key={point.id}
                    label={`${label}, ${point.day}: ${point.says}`}
                    onOpen={onOpen && (() => onOpen(id, point.id))}
                  >
                    <rect x={x(point.at) - 13} y={y(point.high) - 13} width={26} height={26} fill="transparent" />
                    <line
                      x1={x(point.at)}
                      x2={x(point.at)}
                      y1={y(point.low)}
                      y2={y(point.high)}
                      stroke="var(--cat-1)"
                      strokeWidth={10}
                      strokeLinecap="round"
                    />
                  </Mark>
                ))}
              </svg>
              <span className={styles.yearsEnds}>
                {[...new Set([along[0], along.at(-1)])].map((point) => (
                  <span key={point?.id}>{point && `${point.day}: ${point.says}`}</span>
                ))}
              </span>
            </li>
          )
        })}
      </ul>
    </ChartFrame>
  )
}

/** Of the drawing, in its own units: it is as wide as its column. `beside` leaves room for the percents. */
const [wide, tall, edge, beside] = [280, 110, 12, 48]

export type SharesOverTimeProps = ChartTexts & {
  readonly lines: readonly LineOfYears[]
  readonly rowsAre: string
  readonly onOpen?: (line: string, point: string) => void
}

export type LineOfYears = { readonly id: string; readonly label: string; readonly points: readonly PointInTime[] }

/** `at` in years, 2026.5 the middle of it; `day` as it is written; percents, and in `says` the numbers they are of. */
export type PointInTime = {
  readonly id: string
  readonly at: number
  readonly day: string
  readonly low: number
  readonly high: number
  readonly says: string
}
