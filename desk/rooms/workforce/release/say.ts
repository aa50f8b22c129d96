import type { Interval } from '@lentera/core/shared/counts'
import type { Translate } from '@lentera/ui/catalogues/text'
import type { Dot, Formats } from '@lentera/ui/parts'

export const bandNames = ['posts', 'shifts', 'present', 'onCall', 'women', 'expiring'] as const

/** A band as it leaves; a star where it is kept inside. */
export const sayBand = (band: Interval | null, t: Translate, format: Formats): string =>
  band ? format.interval(band) : t('cover-release.star')

/** A part of the shifts of a week, with both its numbers and the shares between which it lies. */
export function sayPart(part: Interval, whole: Interval, t: Translate, format: Formats): string {
  const { low, high } = shareOf(part, whole)
  return t('cover-release.part', {
    part: format.interval(part),
    whole: format.interval(whole),
    share: format.interval({ low: Math.round(low), high: Math.round(high) }),
  })
}

export const dotOf = (part: Interval, whole: Interval, t: Translate, format: Formats): Dot => ({
  kind: 'between',
  ...shareOf(part, whole),
  says: sayPart(part, whole, t, format),
})

/** In percent: the least of the longest whole, the most of the shortest that can hold it. */
const shareOf = (part: Interval, whole: Interval): Interval => ({
  low: (100 * part.low) / whole.high,
  high: Math.min(100, (100 * part.high) / whole.low),
})
