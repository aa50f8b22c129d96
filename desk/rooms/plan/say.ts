import type { Baseline, PlannedPhase, Target } from '@lentera/core/plan/project'
import { sayBaseline as sayBaselineAloud, sayTarget as sayTargetAloud } from '@lentera/core/plan/say'
import { CivilDate } from '@lentera/core/shared/dates'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { Formats } from '@lentera/ui/parts'

export const sayBaseline = (baseline: Baseline, t: Translate, format: Formats): string =>
  sayBaselineAloud(baseline, { ...format, t })

export const sayTarget = (target: Target, t: Translate, format: Formats): string =>
  sayTargetAloud(target, { ...format, t })

/** `all`, a year, or a phase by its donor. */
export function sayPeriod(period: string, t: Translate, format: Formats): string {
  if (period === 'all') return t('results.period.all')
  const date = CivilDate.safeParse(period)
  return date.success ? format.date(date.data) : t(`phase.${period}`)
}

/** Who said it, when, and where it is written. Of another organisation a device knows that it is another. */
export function saySaid(
  { organisation, saidOn, source }: PlannedPhase | Baseline | Target,
  me: { readonly organisation: string; readonly organisationName: string } | undefined,
  t: Translate,
  format: Formats,
): string {
  const who = me?.organisation === organisation ? me.organisationName : t('plan.said-by-another')
  return t('plan.said-by', { who, date: format.date(saidOn), source: source ?? t('results.unsettled') })
}
