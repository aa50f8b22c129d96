import { QuietButton, useFormat, useText } from '@lentera/ui/parts'
import styles from './cover.module.css'
import type { PlannerProgress } from './messages.ts'

/** A plan is being made: how good the best so far is, how good one could be at most, and the way to take the best so far. */
export function Working({
  progress,
  onStop,
}: {
  readonly progress: PlannerProgress | undefined
  readonly onStop: () => void
}) {
  const t = useText()
  const format = useFormat()
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined || !Number.isFinite(value) ? t('cover.work.not-yet') : format.number(value, 1)
  return (
    <div className={`card ${styles.assumed}`} role="status">
      <p>{t('cover.work.begun')}</p>
      <p className={styles.small}>
        {progress?.rules === undefined
          ? t('cover.work.bounds', { reached: number(progress?.reached), bound: number(progress?.bound) })
          : t('cover.work.rules', { rules: progress.rules })}
      </p>
      <QuietButton onClick={onStop}>{t('cover.work.stop')}</QuietButton>
    </div>
  )
}
