import type { Interval } from '@lentera/core/shared/counts'
import type { Language } from './scripts.ts'

/**
 * Locale tags for `Intl.NumberFormat` that both Node and Chromium honour. Where Chromium has no data (Khmer, Lao,
 * Burmese) a neighbour with the same separators lends its rules and the digits are named. Separators and digits as in
 * CLDR 48, main/<language>, numbers; `numbers.test.ts` compares with Node's full data.
 */
export const numberLocales = {
  en: 'en-GB-u-nu-latn',
  id: 'id-u-nu-latn',
  ms: 'ms-u-nu-latn',
  fil: 'fil-u-nu-latn',
  km: 'en-GB-u-nu-latn',
  lo: 'id-u-nu-latn',
  my: 'en-GB-u-nu-mymr',
  th: 'th-u-nu-latn',
  vi: 'vi-u-nu-latn',
} as const satisfies Record<Language, string>

/** A whole or decimal number in the reader's digits and separators. `decimals` fixes the places after the point. */
export function formatNumber(value: number, language: Language, decimals?: number): string {
  const places =
    decimals === undefined
      ? { maximumFractionDigits: 3 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return keptFormat(language, places).format(value)
}

/** Digits only, no grouping: for years, quarters and clock times. */
export function formatPlain(value: number, language: Language, width = 1): string {
  return keptFormat(language, { useGrouping: false, minimumIntegerDigits: width }).format(value)
}

/** Kept: making one takes longer than a hundred uses, and a long list has a date in every row. */
function keptFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.NumberFormat(numberLocales[language], options)
  formats.set(key, format)
  return format
}

const formats = new Map<string, Intl.NumberFormat>()

/** `12` where the bounds meet, `10–14` where they do not. */
export function formatInterval(interval: Interval, language: Language, decimals?: number): string {
  const low = formatNumber(interval.low, language, decimals)
  return interval.low === interval.high ? low : `${low}–${formatNumber(interval.high, language, decimals)}`
}

/**
 * A share in its three pieces. There is no way to get the percentage alone: a percentage without its count is not
 * shown anywhere. Of nothing there is no share: undefined.
 */
export function formatShare(
  share: { readonly part: number; readonly whole: number },
  language: Language,
  decimals = 0,
): { readonly percent: string; readonly part: string; readonly whole: string } | undefined {
  if (share.whole <= 0) return undefined
  return {
    percent: percentText((100 * share.part) / share.whole, language, decimals),
    part: formatNumber(share.part, language),
    whole: formatNumber(share.whole, language),
  }
}

/** A point on a 0–100 axis; for ticks and for cited facts, which stand with their source instead of a count. */
export function percentText(percent: number, language: Language, decimals?: number): string {
  const space = language === 'th' || language === 'my' ? '' : ' '
  return `${formatNumber(percent, language, decimals)}${space}%`
}

/** Money in minor units (`296.00 USD` is 29600) with its ISO 4217 code after it; `minorDigits` as the currency has. */
export function formatMoney(
  money: { readonly minor: number; readonly currency: string; readonly minorDigits: number },
  language: Language,
): string {
  const value = money.minor / 10 ** money.minorDigits
  const whole = Number.isInteger(value)
  return `${formatNumber(value, language, whole ? 0 : money.minorDigits)} ${money.currency}`
}
