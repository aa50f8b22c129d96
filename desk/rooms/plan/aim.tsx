import type { Figure } from '@lentera/core/results/figure'
import { isExact } from '@lentera/core/shared/counts'
import { useFormat, useText } from '@lentera/ui/parts'
import styles from './plan.module.css'
import { sayBaseline, sayTarget } from './say.ts'
import { type Plan, standing } from './use-plan.ts'

/**
 * What is planned of a figure, beside what was counted: the target of the period that is shown, and the baseline, each with
 * its source. The bar stands only where both are plain counts; a share or an interval has none.
 */
export function Aim({ figure, plan }: { readonly figure: Figure; readonly plan: Plan }) {
  const t = useText()
  const format = useFormat()
  const target = standing(plan.targets, (each) => each.indicator === figure.key && each.period === figure.period)
  const baseline = standing(plan.baselines, (each) => each.indicator === figure.key)
  if (!target && !baseline) return <span className={styles.aim}>{t('plan.tile.neither')}</span>
  const unsettled = t('results.unsettled')
  return (
    <span className={styles.aim}>
      {target ? (
        <>
          {t('plan.tile.target', { aim: sayTarget(target, t, format), source: target.source ?? unsettled })}
          <Bar value={figure.value} aimed={target.direction === 'at-least' ? target.aimed : undefined} />
        </>
      ) : (
        t('plan.tile.no-target')
      )}
      <span>
        {baseline
          ? t('plan.tile.baseline', {
              date: baseline.day ? format.date(baseline.day) : unsettled,
              value: sayBaseline(baseline, t, format),
              source: baseline.source ?? unsettled,
            })
          : t('plan.tile.no-baseline')}
      </span>
    </span>
  )
}

function Bar({ value, aimed }: { readonly value: Figure['value']; readonly aimed: object | undefined }) {
  const t = useText()
  const format = useFormat()
  if (value.kind !== 'count' || value.qualifier || !isExact(value.count)) return null
  if (!aimed || !('value' in aimed) || typeof aimed.value !== 'number' || aimed.value === 0) return null
  const [done, whole] = [value.count.low, aimed.value]
  return (
    <progress
      className={styles.bar}
      value={Math.min(done, whole)}
      max={whole}
      aria-label={t('plan.tile.bar', { done: format.number(done), aimed: format.number(whole) })}
    />
  )
}
