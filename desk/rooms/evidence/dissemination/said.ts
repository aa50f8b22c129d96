import type { DisseminationEvent, Distribution, Product } from '@lentera/core/evidence/dissemination/project'
import { womenAmong } from '@lentera/core/evidence/dissemination/words'
import type { Interval } from '@lentera/core/shared/counts'
import type { Me } from '@lentera/core/shared/me'
import type { Translate } from '@lentera/ui/catalogues/text'
import { between, type FigureValue, type Formats, unknownFigure } from '@lentera/ui/parts'

/** Who writes in this room: the declaration of the kinds says the same, and the server judges by it. */
export const isKeeper = (me: Me | undefined): boolean =>
  me?.roles.some((role) => role === 'steward' || role === 'manager' || role === 'regional-manager') === true

export const sayTitle = ({ title }: Product, t: Translate): string => title ?? t('results.unsettled')

export const sayLanguages = ({ languages }: Product, t: Translate): string =>
  languages.map((language) => t(`language.${language}`)).join(', ') || t('results.unsettled')

export const sayAudiences = ({ audiences }: DisseminationEvent, t: Translate): string =>
  audiences.map((audience) => t(`audience.${audience}`)).join(', ') || t('results.unsettled')

export const sayLevel = ({ level }: DisseminationEvent, t: Translate): string =>
  level ? t(`event-level.${level}`) : t('results.unsettled')

/** The number with the word that its source puts beside it: a "more than" is no digit. */
export function sayClaim({ amounts, qualifier, carrier }: Distribution, t: Translate, format: Formats): string {
  const number = amounts.map((amount) => format.number(amount)).join(' / ')
  const qualified = qualifier && qualifier !== 'exact' ? t(`ui.figure.${qualifier}`, { number }) : number
  return `${qualified} · ${carrier ? t(`carrier.${carrier}`) : t('results.unsettled')}`
}

/** Nobody counted: unknown, and never a zero. Two who counted apart: between both. */
export const participantsOf = (event: DisseminationEvent): FigureValue =>
  spanOf(event.headcounts.map(({ total }) => ({ low: total, high: total })))
export const womenOf = (event: DisseminationEvent): FigureValue => spanOf(event.headcounts.map(womenAmong))

function spanOf(counts: readonly Interval[]): FigureValue {
  if (counts.length === 0) return unknownFigure
  return between({
    low: Math.min(...counts.map(({ low }) => low)),
    high: Math.max(...counts.map(({ high }) => high)),
  })
}
