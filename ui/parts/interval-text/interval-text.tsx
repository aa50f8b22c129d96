import type { Interval } from '@lentera/core/shared/counts'
import { useFormat, useText } from '../language/language.tsx'
import styles from './interval-text.module.css'

/** A count known only between two bounds: `20–24`, read aloud as `between 20 and 24`. */
export function IntervalText({ interval, decimals }: { readonly interval: Interval; readonly decimals?: number }) {
  const t = useText()
  const format = useFormat()
  if (interval.low === interval.high) return <span className="num">{format.number(interval.low, decimals)}</span>
  const low = format.number(interval.low, decimals)
  const high = format.number(interval.high, decimals)
  return (
    <span className={`num ${styles.interval}`} data-interval>
      <span aria-hidden>{format.interval(interval, decimals)}</span>
      <span className="said">{t('ui.figure.between', { low, high })}</span>
    </span>
  )
}
