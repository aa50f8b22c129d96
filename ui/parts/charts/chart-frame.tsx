import { type ReactNode, useId } from 'react'
import { Counted, type CountedAt } from '../figure-tile/figure-tile.tsx'
import { useText } from '../language/language.tsx'
import styles from './charts.module.css'

/**
 * What every chart has around it: a title that says the finding, what is counted in which unit, the source, and the
 * same data as a table. Labels are HTML, so that they wrap in every script; only marks are SVG.
 */
export function ChartFrame({ title, units, source, counted, legend, table, children }: ChartFrameProps) {
  const t = useText()
  const id = useId()
  return (
    <figure className={`card ${styles.chart}`} aria-labelledby={id}>
      <figcaption className={styles.caption}>
        <span id={id} className={styles.title}>
          {title}
        </span>
        <span className={styles.units}>{units}</span>
      </figcaption>
      {legend}
      {children}
      <div className={styles.source}>
        <span>{t('ui.chart.source', { source })}</span>
        {counted !== undefined && <Counted counted={counted} />}
      </div>
      <details className={styles.details}>
        <summary>{t('ui.chart.table')}</summary>
        {table}
      </details>
    </figure>
  )
}

export type ChartTexts = {
  /** The finding, as a sentence. */
  readonly title: string
  /** What is counted, in which unit, and what fill and stripe mean here. */
  readonly units: string
  readonly source: string
  readonly counted?: CountedAt
}

type ChartFrameProps = ChartTexts & {
  readonly legend?: ReactNode
  readonly table: ReactNode
  readonly children: ReactNode
}

/** `unknown` is a category whose size is known: persons whose sex the source does not give. */
export type SeriesLook = 1 | 2 | 3 | 4 | 5 | 6 | 'unknown'
export type Series = { readonly id: string; readonly label: string; readonly look: SeriesLook }

export function Legend({ series, children }: { readonly series: readonly Series[]; readonly children?: ReactNode }) {
  return (
    <ul className={styles.legend}>
      {series.map((one) => (
        <li key={one.id}>
          <svg width={16} height={12} aria-hidden className={styles.swatch}>
            <rect width={16} height={12} rx={3} fill={fillOf(one.look)} />
          </svg>
          {one.label}
        </li>
      ))}
      {children}
    </ul>
  )
}

export const fillOf = (look: SeriesLook): string =>
  look === 'unknown' ? 'url(#lentera-unknown)' : `var(--cat-${look})`

/** The drawing of one row: as wide as there is room, its marks named one by one. */
export function Track({
  height,
  label,
  children,
}: {
  readonly height: number
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset
    <svg className={styles.track} height={height} width="100%" role="group" aria-label={label}>
      {children}
    </svg>
  )
}

/** Hatches shared by all charts of a page; each chart draws them once, they are identical. */
export function Patterns() {
  return (
    <svg width={0} height={0} aria-hidden className={styles.patterns}>
      <defs>
        <pattern id="lentera-unknown" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={6} height={6} fill="var(--card)" />
          <rect width={2} height={6} fill="var(--edge)" />
        </pattern>
        <pattern
          id="lentera-protected"
          width={8}
          height={8}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(135)"
        >
          <rect width={8} height={8} fill="var(--stripe-b)" />
          <rect width={4} height={8} fill="var(--stripe-a)" />
        </pattern>
      </defs>
    </svg>
  )
}

/** A mark that opens to what it counts, by pointer, Enter or Space; only a drawing where nothing opens. */
export function Mark({
  label,
  onOpen,
  children,
}: {
  readonly label: string
  readonly onOpen: (() => void) | undefined
  readonly children: ReactNode
}) {
  if (onOpen === undefined) {
    return (
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of shapes is one picture
      <g role="img" aria-label={label}>
        <title>{label}</title>
        {children}
      </g>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      role="button"
      tabIndex={0}
      aria-label={label}
      className={styles.mark}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onOpen()
      }}
    >
      <title>{label}</title>
      {children}
    </g>
  )
}

export function Axis({
  ticks,
  label,
}: {
  readonly ticks: readonly number[]
  readonly label: (tick: number) => string
}) {
  const end = ticks.at(-1) ?? 1
  return (
    <div className={styles.axis} aria-hidden>
      {ticks.map((tick) => (
        <span key={tick} style={{ insetInlineStart: `${(100 * tick) / end}%` }}>
          {label(tick)}
        </span>
      ))}
    </div>
  )
}

export function GridLines({ ticks }: { readonly ticks: readonly number[] }) {
  const end = ticks.at(-1) ?? 1
  return ticks.map((tick) => {
    const x = `${(100 * tick) / end}%`
    return <line key={tick} x1={x} x2={x} y1={0} y2="100%" stroke="var(--line)" />
  })
}
