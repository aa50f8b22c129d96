import type { Baseline, PlannedPhase, Target } from '@lentera/core/plan/project'
import type { Aimed, Measured } from '@lentera/core/plan/words'
import { CivilDate } from '@lentera/core/shared/dates'
import type { useFormat, useText } from '@lentera/ui/parts'

type Translate = ReturnType<typeof useText>
type Formats = ReturnType<typeof useFormat>

/** A number or a share as it was said; that two answers stand where they do. */
function sayNumber(said: Measured | Aimed, format: Formats): string {
  if ('value' in said) return format.number(said.value)
  if ('percentTenths' in said) return format.percent(said.percentTenths / 10, said.percentTenths % 10 === 0 ? 0 : 1)
  return format.share({ part: said.numerator, whole: said.denominator }, 1) ?? ''
}

export function sayBaseline({ measured, qualifier }: Baseline, t: Translate, format: Formats): string {
  if (!measured || !qualifier) return t('results.unsettled')
  return t(`plan.said.${qualifier}`, { value: sayNumber(measured, format) })
}

export function sayTarget({ aimed, direction }: Target, t: Translate, format: Formats): string {
  if (!aimed || !direction) return t('results.unsettled')
  return t(`plan.aimed.${direction}`, { value: sayNumber(aimed, format) })
}

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
