import type { CivilDate } from '@lentera/core/shared/dates'
import type { ReactNode } from 'react'
import { FigureText } from '../cells/figure-text.tsx'
import type { FigureValue } from '../cells/figure-value.ts'
import { useFormat, useText } from '../language/language.tsx'
import styles from './figure-tile.module.css'

/**
 * A figure is a door: the whole tile opens to what it counts, or, where this reader may not see that, to how many and
 * whose. It always says when it was counted, and a share never stands without its counts.
 */
export function FigureTile({ over, figure, unit, parts = [], share, note, beside, counted, onOpen }: FigureTileProps) {
  const content = (
    <>
      {over !== undefined && <span className={styles.over}>{over}</span>}
      <span className={styles.value}>
        <FigureText figure={figure} />
      </span>
      <span className={styles.unit}>{unit}</span>
      {share !== undefined && <ShareLine share={share} />}
      {parts.length > 0 && (
        <span className={styles.line}>
          {parts.map((part) => (
            <span key={part.label} className={styles.part}>
              {part.label} <FigureText figure={part.figure} />
            </span>
          ))}
        </span>
      )}
      {note !== undefined && <span className={styles.line}>{note}</span>}
      {beside}
      <Counted counted={counted} />
    </>
  )
  if (onOpen === undefined) return <div className={`card ${styles.tile}`}>{content}</div>
  return (
    <button type="button" className={`card ${styles.tile} ${styles.door}`} onClick={onOpen}>
      {content}
    </button>
  )
}

/** `48 % women (277 of 578)`. */
export function ShareLine({ share }: { readonly share: FigureShare }) {
  const format = useFormat()
  const text = format.share(share, share.decimals ?? 0)
  if (text === undefined) return null
  return (
    <span className={styles.line}>
      {share.label} <span className="num">{text}</span>
    </span>
  )
}

/** When a figure was counted, or the day up to which it counts. */
export function Counted({ counted }: { readonly counted: CountedAt }) {
  const t = useText()
  const format = useFormat()
  return (
    <span className={styles.counted}>
      {counted.kind === 'cut-off'
        ? t('ui.figure.as-of', { date: format.date(counted.date) })
        : t('ui.figure.counted-at', { time: format.instant(counted.at) })}
    </span>
  )
}

export type FigureTileProps = {
  /** The objective or family the figure belongs to. */
  readonly over?: ReactNode
  readonly figure: FigureValue
  /** What is counted, in words: `survivors supported`. */
  readonly unit: ReactNode
  readonly parts?: readonly { readonly label: string; readonly figure: FigureValue }[]
  readonly share?: FigureShare
  readonly note?: ReactNode
  /** What is planned of it: phrasing content, since the tile may be a button. */
  readonly beside?: ReactNode
  readonly counted: CountedAt
  readonly onOpen?: () => void
}

export type FigureShare = {
  readonly label: string
  readonly part: number
  readonly whole: number
  readonly decimals?: number
}

export type CountedAt =
  | { readonly kind: 'cut-off'; readonly date: CivilDate }
  | { readonly kind: 'counted'; readonly at: number }
