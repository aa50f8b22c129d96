import { DataTable } from '../data-table/data-table.tsx'
import { useFormat, useText } from '../language/language.tsx'
import { Axis, ChartFrame, type ChartTexts, GridLines, Mark, Track } from './chart-frame.tsx'
import styles from './charts.module.css'
import { at } from './scale.ts'

/**
 * One share on a line from 0 to 100 %, with the interval that what is not known leaves open, its counts, its formula,
 * and facts cited from elsewhere beside it as hollow marks with their source.
 */
export function ShareWithInterval({
  share,
  label,
  formula,
  facts = [],
  decimals = 1,
  onOpen,
  ...texts
}: ShareWithIntervalProps) {
  const t = useText()
  const format = useFormat()
  const percent = (100 * share.part) / share.whole
  const said = format.share(share, decimals) ?? t('ui.figure.unknown')
  const [low, high] = [format.percent(share.low, decimals), format.percent(share.high, decimals)]
  const interval = t('ui.chart.interval', { low, high })
  return (
    <ChartFrame
      {...texts}
      table={
        <DataTable
          caption={texts.title}
          rows={[
            { id: 'share', label, value: said, source: texts.source },
            { id: 'interval', label: t('ui.chart.interval-label'), value: `${low} – ${high}`, source: texts.source },
            ...facts.map((fact) => ({
              id: fact.id,
              label: fact.label,
              value: format.percent(fact.percent),
              source: fact.source,
            })),
          ]}
          keyOf={(row) => row.id}
          columns={[
            { id: 'label', label: t('ui.chart.what'), value: (row) => row.label },
            { id: 'value', label: t('ui.chart.share'), value: (row) => row.value },
            { id: 'source', label: t('ui.chart.source-label'), value: (row) => row.source },
          ]}
        />
      }
    >
      <div className={styles.shareHead}>
        <span className={styles.shareValue}>{format.percent(percent, decimals)}</span>
        <span className={styles.shareCounts}>
          {label}
          <br />
          <span className="small num">
            {t('ui.chart.counts', { part: format.number(share.part), whole: format.number(share.whole) })} · {interval}
          </span>
        </span>
      </div>
      <div className={styles.shareLine}>
        <Track height={54} label={label}>
          <GridLines ticks={ticks} />
          <line x1="0%" x2="100%" y1={22} y2={22} stroke="var(--line-strong)" strokeWidth={3} />
          <Mark label={`${label}: ${said}. ${interval}`} onOpen={onOpen}>
            <rect
              x={at(share.low, 100)}
              width={at(share.high - share.low, 100)}
              y={10}
              height={24}
              rx={4}
              fill="var(--cat-1)"
              opacity={0.25}
            />
            <line
              x1={at(share.low, 100)}
              x2={at(share.low, 100)}
              y1={10}
              y2={34}
              stroke="var(--cat-1)"
              strokeWidth={2}
            />
            <line
              x1={at(share.high, 100)}
              x2={at(share.high, 100)}
              y1={10}
              y2={34}
              stroke="var(--cat-1)"
              strokeWidth={2}
            />
            <circle cx={at(percent, 100)} cy={22} r={8} fill="var(--cat-1)" stroke="var(--card)" strokeWidth={2} />
          </Mark>
          {facts.map((fact, index) => (
            <Mark
              key={fact.id}
              label={`${fact.label}: ${format.percent(fact.percent)}. ${fact.source}`}
              onOpen={undefined}
            >
              {/* biome-ignore lint/a11y/noSvgWithoutTitle: the mark around it is named */}
              <svg x={at(fact.percent, 100)} y={36} width={1} height={18} overflow="visible">
                <path
                  d="M0 1 L7 13 L-7 13 Z"
                  fill="var(--card)"
                  stroke={`var(--cat-${factLook(index)})`}
                  strokeWidth={2}
                />
              </svg>
            </Mark>
          ))}
        </Track>
        <Axis ticks={ticks} label={(tick) => format.percent(tick)} />
      </div>
      <p className={styles.formula}>{formula}</p>
      {facts.length > 0 && (
        <ul className={styles.facts}>
          {facts.map((fact, index) => (
            <li key={fact.id}>
              <svg width={16} height={14} viewBox="-8 0 16 14" aria-hidden className={styles.swatch}>
                <path
                  d="M0 1 L7 13 L-7 13 Z"
                  fill="var(--card)"
                  stroke={`var(--cat-${factLook(index)})`}
                  strokeWidth={2}
                />
              </svg>
              <span>
                {t('ui.chart.fact', { percent: format.percent(fact.percent), what: fact.label, source: fact.source })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </ChartFrame>
  )
}

export type ShareWithIntervalProps = ChartTexts & {
  /** Counts of the share, and its least and greatest possible value in percent. */
  readonly share: { readonly part: number; readonly whole: number; readonly low: number; readonly high: number }
  readonly label: string
  /** How it is computed, in words: numerator over denominator and what is left out. */
  readonly formula: string
  readonly facts?: readonly CitedFact[]
  readonly decimals?: number
  readonly onOpen?: () => void
}

/** A share somebody else has published: it has a source and an edition instead of a count. */
export type CitedFact = {
  readonly id: string
  readonly label: string
  readonly percent: number
  readonly source: string
}

const ticks = [0, 25, 50, 75, 100]
const factLook = (index: number): number => (index % 5) + 2
