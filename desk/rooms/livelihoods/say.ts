import { CivilDate } from '@lentera/core/shared/dates'
import { type Currency, minorDigits, readMoney } from '@lentera/core/shared/money'
import type { Formats } from '@lentera/ui/parts'

/** A sum as it was paid, in its own currency. */
export function sayMoney(text: string, format: Formats): string {
  const sum = readMoney(text)
  return sum ? format.money({ ...sum, minorDigits: minorDigits[sum.currency] }) : text
}

export function sayDay(text: string, format: Formats): string {
  const day = CivilDate.safeParse(text).data
  return day ? format.date(day) : text
}

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
