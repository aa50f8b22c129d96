import { type Currency, minorDigits } from '@lentera/core/shared/money'
import { readMoney } from '@lentera/core/support/livelihoods/words'
import type { useFormat, useText } from '@lentera/ui/parts'
import type { OpenedHead } from '../../device/desk.ts'

type Translate = ReturnType<typeof useText>

/** Both answers where two stand; a word where one cannot be opened here. */
export function sayHeads(
  heads: readonly OpenedHead[] = [],
  t: Translate,
  say: (value: string) => string = (value) => value,
): string {
  const said = heads.map(({ value }) => (value === undefined ? t('support.not-openable') : value && say(value)))
  return [...new Set(said.filter(Boolean))].join(' / ')
}

/** A sum as it was paid, in its own currency. */
export function sayMoney(text: string, format: ReturnType<typeof useFormat>): string {
  const sum = readMoney(text)
  return sum ? format.money({ ...sum, minorDigits: minorDigits[sum.currency] }) : text
}

/** The one answer there is; empty where there is none, or two: then it is typed anew. */
export const oneValue = (heads: readonly OpenedHead[] = []): string =>
  heads.length === 1 ? (heads[0]?.value ?? '') : ''

/** The currency of a country, which is what a grant there is most often paid in. */
export const currencyOf: Readonly<Record<string, Currency>> = {
  KH: 'KHR',
  LA: 'LAK',
  MM: 'MMK',
  TH: 'THB',
  VN: 'VND',
  ID: 'IDR',
  PH: 'PHP',
}
