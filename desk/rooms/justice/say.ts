import { longestTerm } from '@lentera/core/support/justice/words'
import type { Translate } from '@lentera/ui/catalogues/text'

/** Years of imprisonment as the board and the case say them. */
export function sayTerm(years: string, t: Translate): string {
  if (!/^\d+$/.test(years)) return t(`justice-term.${years}`)
  return Number(years) >= longestTerm
    ? t('justice-term.longest', { years: longestTerm })
    : t('justice-term.years', { years: Number(years) })
}
