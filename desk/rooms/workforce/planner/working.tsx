import { QuietButton, useFormat, useText } from '@lentera/ui/parts'
import styles from './cover.module.css'
import type { PlannerProgress } from './messages.ts'
import type { Work } from './use-planning.ts'

type WorkingProps = {
  readonly work: Pick<Work<unknown>, 'progress' | 'isStopping' | 'stop' | 'giveUp'>
}

/** A plan is being made: how near the best so far is to the best there could be, and the way to take it. */
export function Working({ work: { progress, isStopping, stop, giveUp } }: WorkingProps) {
  const t = useText()
  const format = useFormat()
  return (
    <div className={`card ${styles.assumed} ${styles.working}`} role="status">
      <p>{isStopping ? t('cover.work.stopping') : sayBegun(progress, t)}</p>
      <p className={styles.small}>{sayProgress(progress, t, (percent) => format.number(percent, 1))}</p>
      {isStopping ? (
        <QuietButton onClick={giveUp}>{t('cover.work.give-up')}</QuietButton>
      ) : (
        <QuietButton onClick={stop}>{t('cover.work.stop')}</QuietButton>
      )}
    </div>
  )
}

type Text = (id: string, values?: Readonly<Record<string, string | number>>) => string

/** Which of the ways is being drawn: what is told beneath is of it alone. */
export function sayBegun(progress: PlannerProgress | undefined, t: Text): string {
  const { way } = progress ?? {}
  if (way === undefined) return t('cover.work.begun')
  return t('cover.work.way', { at: way.at, of: way.of, way: t(`cover.option.${way.key}`) })
}

/** The planner weighs posts, shifts and steps in one number, which says nothing to anybody: only how far it is from the bound does. */
export function sayProgress(
  progress: PlannerProgress | undefined,
  t: Text,
  number: (percent: number) => string,
): string {
  if (progress?.rules !== undefined) return t('cover.work.rules', { rules: progress.rules })
  const { reached, bound } = progress ?? { reached: null, bound: null }
  if (reached === null || !Number.isFinite(reached)) return t('cover.work.none-yet')
  if (bound === null || !Number.isFinite(bound)) return t('cover.work.no-bound')
  const far = Math.abs(reached - bound)
  const percent = far < 1e-9 ? 0 : (100 * far) / Math.max(Math.abs(reached), Math.abs(bound))
  return t('cover.work.gap', { percent: number(percent) })
}
