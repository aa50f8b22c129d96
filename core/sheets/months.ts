/** Which month a name means, and whether those who write it so usually count years by the Buddhist era. */
export type MonthName = { readonly month: number; readonly isOfBuddhistEra: boolean }

/** A month by its name or what it is shortened to, as Unicode's CLDR has them in the languages of the forms. Vietnamese numbers its months. */
export function monthNamed(text: string): MonthName | undefined {
  if (names.size === 0) for (const [name, month] of everyName()) names.set(name, month)
  return names.get(lettersOf(text))
}

/** Filled when a month is first looked for: it takes some 60 ms. */
const names = new Map<string, MonthName | undefined>()

const languages = ['en', 'id', 'ms', 'fil', 'km', 'lo', 'my', 'th'] as const

/** A name that means two months in two languages means none. */
function everyName(): ReadonlyMap<string, MonthName | undefined> {
  const found = new Map<string, MonthName | undefined>([['sept', { month: 9, isOfBuddhistEra: false }]])
  for (const language of languages)
    for (const length of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { month: length, timeZone: 'UTC' })
      for (let month = 1; month <= 12; month++) {
        const name = lettersOf(format.format(Date.UTC(2026, month - 1, 15)))
        const known = found.get(name)
        const isAnother = known !== undefined && known.month !== month
        found.set(name, isAnother ? undefined : { month, isOfBuddhistEra: language === 'th' })
      }
    }
  return found
}

const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}]+/gu, '')
