import type { Voice } from '../results/brochure.ts'
import type { Baseline, Target } from './project.ts'
import type { Aimed, Measured } from './words.ts'

/** A baseline in words; that two answers stand where they do. */
export function sayBaseline({ measured, qualifier }: Pick<Baseline, 'measured' | 'qualifier'>, voice: Voice): string {
  if (!measured || !qualifier) return voice.t('results.unsettled')
  return voice.t(`plan.said.${qualifier}`, { value: sayNumber(measured, voice) })
}

export function sayTarget({ aimed, direction }: Pick<Target, 'aimed' | 'direction'>, voice: Voice): string {
  if (!aimed || !direction) return voice.t('results.unsettled')
  return voice.t(`plan.aimed.${direction}`, { value: sayNumber(aimed, voice) })
}

/** A number or a share as it was said. */
function sayNumber(said: Measured | Aimed, { t, number, percent }: Voice): string {
  if ('value' in said) return number(said.value)
  if ('percentTenths' in said) return percent(said.percentTenths / 10, said.percentTenths % 10 === 0 ? 0 : 1)
  const share = percent((100 * said.numerator) / said.denominator, 1)
  return t('ui.share', { percent: share, part: number(said.numerator), whole: number(said.denominator) })
}
