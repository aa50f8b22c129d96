import type { FigureValue } from '@lentera/core/results/figure'
import { type Stock, shareOf } from '@lentera/core/results/latest'
import { type CivilDate, firstDayOf } from '@lentera/core/shared/dates'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { Dot, Formats } from '@lentera/ui/parts'
import { sayPercent, sayValue } from '../../results/figure-words.ts'

/** A share as a chart of dots draws it: what is protected, and what nobody counted, keep their own look. */
export function dotOf(value: FigureValue | undefined, t: Translate, format: Formats): Dot {
  if (value?.kind === 'protected') return { kind: 'protected' }
  if (value?.kind !== 'ratio') return { kind: 'unknown' }
  const { low, high } = value.percentTenths
  return { kind: 'between', low: low / 10, high: high / 10, says: sayValue(value, t, format) }
}

export const dotOfStock = (stock: Stock | undefined, t: Translate, format: Formats): Dot =>
  dotOf(shareOfStock(stock), t, format)

/** From the first share to the next, in words beside the drawing; nothing where one of them has no number. */
export function sayDrop(
  [whole, crossings]: readonly (FigureValue | undefined)[],
  t: Translate,
  format: Formats,
): string | undefined {
  if (whole?.kind !== 'ratio' || crossings?.kind !== 'ratio') return undefined
  return t('workforce.drop-says', { whole: sayPercent(whole, format), crossings: sayPercent(crossings, format) })
}

export const shareOfStock = (stock: Stock | undefined): FigureValue | undefined => stock && shareOf([stock])

/** A date in years, by its first day. */
export function yearsOf(on: CivilDate): number {
  const day = firstDayOf(on)
  return Number(day.slice(0, 4)) + (Number(day.slice(5, 7)) - 1) / 12 + (Number(day.slice(8, 10)) - 1) / 372
}
