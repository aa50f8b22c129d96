import type { Interval } from '@lentera/core/shared/counts'
import type { CivilDate } from '@lentera/core/shared/dates'
import { createContext, type ReactNode, use, useEffect, useMemo } from 'react'
import type { Catalogue } from '../../catalogues/catalogue.ts'
import { type Translate, textOf } from '../../catalogues/text.ts'
import { formatDate, formatDateWithWeekday, formatInstant } from '../../tokens/dates.ts'
import {
  formatInterval,
  formatMoney,
  formatNumber,
  formatPlain,
  formatShare,
  percentText,
} from '../../tokens/numbers.ts'
import { directionOf, isTranslated, type Language, type TranslatedLanguage } from '../../tokens/scripts.ts'

/** Words, digits and dates for everything below; also sets `lang` and `dir` of the document. */
export function LanguageProvider({ catalogue, zone, children }: LanguageProviderProps) {
  const { language } = catalogue
  const value = useMemo(
    () => ({ catalogue, t: textOf(catalogue), format: formatsOf(catalogue, zone) }),
    [catalogue, zone],
  )
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = directionOf(language)
  }, [language])
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export type LanguageProviderProps = {
  readonly catalogue: Catalogue<Language>
  /** IANA name of the programme's zone: instants are shown as its wall clock. */
  readonly zone: string
  readonly children: ReactNode
}

/** `const t = useText()`, then `t('today.title', { count: 3 })`: the only way words reach a screen. */
export const useText = (): Translate => useLanguageContext().t

/** Numbers, dates, shares and money in the reader's way. */
export const useFormat = (): Formats => useLanguageContext().format

export const useCatalogue = (): Catalogue<Language> => useLanguageContext().catalogue

/**
 * The language of this screen as far as staff are spoken to in it: that of the works the server makes, and of texts that stand in these
 * languages alone. English where the screen speaks another, as one does that was handed to an officer.
 */
export function useStaffLanguage(): TranslatedLanguage {
  const { language } = useFormat()
  return isTranslated(language) ? language : 'en'
}

export type Formats = {
  readonly language: Language
  readonly zone: string
  readonly number: (value: number, decimals?: number) => string
  /** Digits without grouping: numbers of rows, versions. */
  readonly plain: (value: number) => string
  readonly interval: (interval: Interval, decimals?: number) => string
  /** `48 % (277 of 578)`; undefined where the whole is nothing. */
  readonly share: (share: { readonly part: number; readonly whole: number }, decimals?: number) => string | undefined
  /** For axes, and for cited facts that carry their source. A share of counts goes through `share`. */
  readonly percent: (percent: number, decimals?: number) => string
  readonly money: (money: { readonly minor: number; readonly currency: string; readonly minorDigits: number }) => string
  readonly date: (date: CivilDate) => string
  readonly dateWithWeekday: (date: CivilDate) => string
  readonly instant: (instant: number) => string
  readonly time: (instant: number) => string
  /** `06:00` of minutes after midnight. */
  readonly clock: (minutes: number) => string
}

function formatsOf(catalogue: Catalogue<Language>, zone: string): Formats {
  const { language } = catalogue
  const t = textOf(catalogue)
  return {
    language,
    zone,
    number: (value, decimals) => formatNumber(value, language, decimals),
    plain: (value) => formatPlain(value, language),
    interval: (interval, decimals) => formatInterval(interval, language, decimals),
    share: (share, decimals) => {
      const pieces = formatShare(share, language, decimals)
      return pieces && t('ui.share', pieces)
    },
    percent: (percent, decimals) => percentText(percent, language, decimals),
    money: (money) => formatMoney(money, language),
    date: (date) => formatDate(date, language),
    dateWithWeekday: (date) => formatDateWithWeekday(date, language),
    instant: (instant) => formatInstant(instant, zone, language),
    clock: (minutes) =>
      `${formatPlain(Math.floor(minutes / 60), language, 2)}:${formatPlain(minutes % 60, language, 2)}`,
    time: (instant) => formatInstant(instant, zone, language, 'time'),
  }
}

type LanguageValue = { readonly catalogue: Catalogue<Language>; readonly t: Translate; readonly format: Formats }
const LanguageContext = createContext<LanguageValue | null>(null)

function useLanguageContext(): LanguageValue {
  const value = use(LanguageContext)
  if (value === null) throw new Error('a part stands outside LenteraProvider')
  return value
}
