import * as z from 'zod'

/** The currencies that are paid out where the programme works. */
export const Currency = z.enum(['KHR', 'LAK', 'MMK', 'THB', 'VND', 'IDR', 'PHP', 'MYR', 'USD'])
export type Currency = z.infer<typeof Currency>

/** Digits behind the point, by ISO 4217: what `minor` counts. */
export const minorDigits: Readonly<Record<Currency, number>> = {
  KHR: 2,
  LAK: 2,
  MMK: 2,
  THB: 2,
  VND: 0,
  IDR: 2,
  PHP: 2,
  MYR: 2,
  USD: 2,
}

/** A sum in the smallest unit of its currency: never a fraction, never without its currency. */
export const Money = z.strictObject({ currency: Currency, minor: z.int().min(1) })
export type Money = z.infer<typeof Money>

/** A sum typed in whole units. */
export const ofUnits = (currency: Currency, units: number): Money => ({
  currency,
  minor: units * 10 ** minorDigits[currency],
})

export const inUnits = ({ currency, minor }: Money): number => minor / 10 ** minorDigits[currency]

/** As a sum stands in a sealed field: `KHR 40000000`, in the smallest unit of its currency. */
export const writeMoney = ({ currency, minor }: Money): string => `${currency} ${minor}`

/** Undefined where it is none: another version of this program may write it otherwise. */
export function readMoney(text: string): Money | undefined {
  const [currency, minor] = text.split(' ')
  return Money.safeParse({ currency, minor: Number(minor) }).data
}
