import { CivilDate } from '@lentera/core/shared/dates'
import { countries } from '@lentera/core/shared/places'
import type { PublishedField } from '@lentera/core/shared/publication'
import { formatDate } from '@lentera/ui/tokens/dates'
import { formatNumber, percentText } from '@lentera/ui/tokens/numbers'
import { type Spoken, spoken } from '../spoken.ts'
import type { Texts } from '../texts.ts'
import type { Category } from './categories.ts'
import type { Cell } from './count.ts'
import { isCountry } from './view.ts'

/**
 * What a category is called: as the publication says it in the reader's language; else years, countries of the programme and the unknown
 * as the portal says them; else in English.
 */
export function labelOf(
  field: PublishedField,
  { code, label, isUnknown, mayBeLeftOut }: Category,
  { t, language }: Texts,
): Spoken {
  const own = (text: string): Spoken => ({ text, isEnglish: false })
  if (label === null) return own(t(mayBeLeftOut ? 'portal.view.not-recorded-or-left-out' : 'portal.view.not-recorded'))
  if (label[language] !== undefined) return spoken(label, language)
  if (isUnknown) return own(t('portal.view.unknown'))
  const year = field.kind === 'year' && /^\d{4}$/.test(code) ? CivilDate.safeParse(code) : undefined
  if (year?.success) return own(formatDate(year.data, language))
  const country = isCountry(field) ? countryOf(code) : undefined
  const name = country && countryName(country, language)
  return name === undefined ? spoken(label, language) : own(name)
}

export const fieldLabel = ({ label }: PublishedField, { language }: Texts): Spoken => spoken(label, language)

/** The programme's country that a code is of, in two letters or in three. */
export function countryOf(code: string): keyof typeof countries | undefined {
  const upper = code.toUpperCase()
  return countryCodes.find((each) => each === upper || countries[each].alpha3 === upper)
}

/**
 * As Unicode's CLDR names it: Node has its data for all nine languages. Without the second name that CLDR gives some countries in
 * brackets; the United Nations have one.
 */
export const countryName = (country: keyof typeof countries, language: Texts['language']): string | undefined =>
  new Intl.DisplayNames([language], { type: 'region', style: 'short', fallback: 'none' })
    .of(country)
    ?.replace(/ ?\(.*\)$/, '')

// The keys of a constant object, which `Object.keys` does not dare to say.
export const countryCodes = Object.keys(countries) as readonly (keyof typeof countries)[]

/** A cell in words: its number in the reader's digits, or why there is none. */
export function cellText(cell: Cell, { t, language }: Texts): string {
  if (cell.value !== null) return formatNumber(cell.value, language)
  return t(`portal.view.${cell.why}`)
}

/** A share beside its count; nothing where either of the two numbers is not there, or the whole is nobody. */
export function shareText(part: Cell, whole: number | null, { language }: Texts): string {
  if (part.value === null || whole === null || whole <= 0) return '–'
  return percentText((100 * part.value) / whole, language, 1)
}
