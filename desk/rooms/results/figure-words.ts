import type { Figure, FigurePart, FigureValue } from '@lentera/core/results/figure'
import { sayGroup as sayGroupOf } from '@lentera/core/results/groups'
import { headFacts, indicators } from '@lentera/core/results/indicators'
import { unsettled } from '@lentera/core/shared/contribution'
import { isExact } from '@lentera/core/shared/counts'
import { CivilDate } from '@lentera/core/shared/dates'
import type { Translate } from '@lentera/ui/catalogues/text'
import { between, type CountedAt, type Formats, type FigureValue as Shown } from '@lentera/ui/parts'
import { sayTerm } from '../justice/say.ts'

/** A figure as the parts draw it. Protected and nothing keep their reason; a ratio shows what it is over. */
export function shownFigure(value: FigureValue, t: Translate): Shown {
  switch (value.kind) {
    case 'count':
      return value.qualifier && value.count.low === value.count.high
        ? { kind: 'exact', value: value.count.low, read: value.qualifier }
        : between(value.count)
    case 'sample':
      return { kind: 'exact', value: value.percentTenths / 10, read: 'percent' }
    case 'ratio':
      return between(value.numerator)
    case 'protected':
      return { kind: 'protected', why: t(`figure.protected.${value.rule}`) }
    case 'none':
      return { kind: 'unknown', why: t(`figure.none.${value.why}`) }
  }
}

/** What a share is of, and how much of it: both numbers stay; a share of those asked keeps its interval too. */
export function shareOf(value: FigureValue, t: Translate, format: Formats): string | undefined {
  if (value.kind === 'sample') {
    const [least, most] = [format.percent(value.between.low / 10, 1), format.percent(value.between.high / 10, 1)]
    return t('results.sample', { said: value.said, asked: value.asked, low: least, high: most })
  }
  if (value.kind !== 'ratio') return undefined
  const { denominator, on } = value
  if (!on) return t('results.share', { share: sayPercent(value, format), whole: denominator.high })
  const day = [...new Set([on.first, on.last])].map((each) => format.date(CivilDate.parse(each))).join(' – ')
  return t('results.share-on', { share: sayPercent(value, format), whole: format.interval(denominator), day })
}

export type Ratio = Extract<FigureValue, { kind: 'ratio' }>

/** A share alone, for where its two numbers stand beside it. */
export function sayPercent({ percentTenths: { low, high } }: Ratio, format: Formats): string {
  const percent = (tenths: number): string => format.percent(tenths / 10, 1)
  return low === high ? percent(low) : `${percent(low)} – ${percent(high)}`
}

/** A value in words, where two stand in one sentence. */
export function sayValue(value: FigureValue, t: Translate, format: Formats): string {
  if (value.kind === 'count') return format.interval(value.count)
  if (value.kind === 'sample') return format.percent(value.percentTenths / 10, 1)
  if (value.kind !== 'ratio') return whyNoNumber(value, t) ?? ''
  const [part, whole] = [format.interval(value.numerator), format.interval(value.denominator)]
  return t('results.share-cell', { share: sayPercent(value, format), part, whole })
}

/** Why a count of persons lies between two bounds where not everybody counted by head gave a key. */
export function whyBetween({ key, value }: Pick<Figure, 'key' | 'value'>, t: Translate): string | undefined {
  const fact = indicators.find((indicator) => indicator.key === key && indicator.measure === 'persons')?.fact
  if (fact === undefined || !headFacts.has(fact) || value.kind !== 'count' || isExact(value.count)) return undefined
  return t('results.heads', { count: value.count.low })
}

/** The sentence under a figure that has no number. */
export function whyNoNumber(value: FigureValue, t: Translate): string | undefined {
  if (value.kind === 'protected') return t(`figure.protected.${value.rule}`)
  return value.kind === 'none' ? t(`figure.none.${value.why}`) : undefined
}

export function countedOf({ asOf, countedAt }: Pick<Figure, 'asOf' | 'countedAt'>): CountedAt {
  const date = CivilDate.safeParse(asOf?.slice(0, 10))
  return date.success ? { kind: 'cut-off', date: date.data } : { kind: 'counted', at: Date.parse(countedAt) }
}

/** What a group of a breakdown is called; a term of imprisonment in the words of the case. */
export const sayGroup = (dimension: string, value: string, t: Translate): string =>
  dimension === 'years' && value !== unsettled && value !== 'unknown'
    ? sayTerm(value, t)
    : sayGroupOf(dimension, value, t)

export function sayKey(key: FigurePart['key'], t: Translate): string {
  return Object.entries(key)
    .filter(([dimension]) => !unsaid.has(dimension))
    .map(([dimension, value]) => sayGroup(dimension, value, t))
    .join(', ')
}

/** By which headcounts are told apart: the day stands in its own column, and the name of a source is for no reader. */
const unsaid: ReadonlySet<string> = new Set(['source', 'on', 'organisation', 'cutOff'])

/** With the names of the dimensions, where groups of several breakdowns stand in one list. */
export function sayKeyInFull(key: FigurePart['key'], t: Translate): string {
  return Object.entries(key)
    .map(([dimension, value]) => `${t(`results.dimension.${dimension}`)}: ${sayGroup(dimension, value, t)}`)
    .join(', ')
}
