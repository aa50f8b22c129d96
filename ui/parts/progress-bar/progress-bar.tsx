import { useId } from 'react'
import { QuietButton } from '../buttons/buttons.tsx'
import { useFormat, useText } from '../language/language.tsx'
import styles from './progress-bar.module.css'

/** Long work: how far it is, in counts, and a way to stop it. `total` null where the end is not known. */
export function ProgressBar({ label, done, total, onStop }: ProgressBarProps) {
  const t = useText()
  const format = useFormat()
  const id = useId()
  const known = total !== null && total > 0
  const said = known ? t('ui.progress.of', { done, total }) : t('ui.progress.done', { done })
  return (
    <div className={styles.progress}>
      <div className={styles.head}>
        <span id={id}>{label}</span>
        <span className={styles.count}>{said}</span>
      </div>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuetext={said}
        {...(known ? { 'aria-valuenow': done, 'aria-valuemin': 0, 'aria-valuemax': total } : {})}
        className={styles.track}
        lang={format.language}
      >
        <div
          className={known ? styles.bar : styles.unknown}
          style={known ? { width: `${Math.min(100, (100 * done) / total)}%` } : undefined}
        />
      </div>
      {onStop !== undefined && <QuietButton onClick={onStop}>{t('ui.progress.stop')}</QuietButton>}
    </div>
  )
}

export type ProgressBarProps = {
  readonly label: string
  readonly done: number
  readonly total: number | null
  readonly onStop?: () => void
}
