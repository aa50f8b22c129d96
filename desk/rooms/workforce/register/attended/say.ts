import type { Module } from '@lentera/core/shared/modules'
import type { Sex } from '@lentera/core/shared/people'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { Formats } from '@lentera/ui/parts'
import type { SessionHere } from './use-sessions.ts'

export const sayModules = (modules: readonly Module[], t: Translate): string =>
  modules.map((module) => t(`module.${module}`)).join(', ') || t('results.unsettled')

export const sayHeldBy = (isOwn: boolean, t: Translate): string => t(isOwn ? 'attended.by-us' : 'attended.by-others')

/**
 * How many of a sex the sheet counts: a number, or that it is under five, which may be none. Undefined where there is nothing to say: of a
 * sex of which the sheet counts nobody, or (of those that few are) so few that it is not told.
 */
export function sayAttended(
  attended: SessionHere['attended'],
  sex: Sex,
  t: Translate,
  format: Pick<Formats, 'number'>,
): string | undefined {
  const { low, high } = attended[sex]
  const isRare = sex === 'another' || sex === 'unknown'
  if (high === 0 || (isRare && low === 0)) return undefined
  const values = {
    sex: t(`officer.${sex}`),
    low: format.number(low),
    high: format.number(high),
    next: format.number(high + 1),
  }
  if (low === high) return t('attended.count', values)
  return low === 0 ? t('attended.count-few', values) : t('attended.count-between', values)
}
