/**
 * The languages of the product and how their scripts are set. The browser is not asked: Chromium ships no data for
 * Khmer, Lao and Burmese and would silently answer in another language.
 */
export const languages = {
  en: { name: 'English', script: 'latin', state: 'complete', leading: 1.6, leadingTight: 1.25 },
  id: { name: 'Bahasa Indonesia', script: 'latin', state: 'missing', leading: 1.6, leadingTight: 1.25 },
  ms: { name: 'Bahasa Melayu', script: 'latin', state: 'missing', leading: 1.6, leadingTight: 1.25 },
  fil: { name: 'Filipino', script: 'latin', state: 'missing', leading: 1.6, leadingTight: 1.25 },
  km: { name: 'ខ្មែរ', script: 'khmer', state: 'missing', leading: 1.85, leadingTight: 1.6 },
  lo: { name: 'ລາວ', script: 'lao', state: 'missing', leading: 1.75, leadingTight: 1.5 },
  my: { name: 'မြန်မာ', script: 'myanmar', state: 'draft', leading: 1.85, leadingTight: 1.6 },
  th: { name: 'ไทย', script: 'thai', state: 'draft', leading: 1.7, leadingTight: 1.45 },
  vi: { name: 'Tiếng Việt', script: 'latin', state: 'missing', leading: 1.6, leadingTight: 1.3 },
} as const satisfies Record<string, LanguageFacts>

/** A language of the product, as a BCP 47 tag. */
export type Language = keyof typeof languages

/**
 * All nine, in the order in which a reader is offered them. The portal speaks each of them
 * (`catalogues/portal/*.po`), and in each of them an officer is asked (`catalogues/survey/*.po`).
 */
// `keyof` of a constant object is exactly the list of its keys, which `Object.keys` does not dare to say.
export const allLanguages = Object.keys(languages) as readonly Language[]

/** Languages that the desk speaks today; `catalogues/*.po`. */
export const translated = ['en', 'th', 'my'] as const satisfies readonly Language[]
export type TranslatedLanguage = (typeof translated)[number]

export const isTranslated = (tag: string): tag is TranslatedLanguage => translated.some((language) => language === tag)
export const isLanguage = (tag: string): tag is Language => Object.hasOwn(languages, tag)

/** All nine are written left to right; the question is asked so that a screen never assumes it. */
export const directionOf = (_language: Language): 'ltr' | 'rtl' => 'ltr'

/**
 * The first of the wanted tags (as `navigator.languages` or `Accept-Language` gives them) that is among the languages
 * there are; English otherwise.
 */
export function chooseLanguage(wanted: readonly string[]): TranslatedLanguage
export function chooseLanguage<Spoken extends Language>(
  wanted: readonly string[],
  among: readonly Spoken[],
): Spoken | 'en'
export function chooseLanguage(wanted: readonly string[], among: readonly Language[] = translated): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0] ?? ''
    const found = among.find((language) => language === (renamed[primary] ?? primary))
    if (found) return found
  }
  return 'en'
}

/** Tags that older telephones still send, by what they are called now. */
const renamed: Readonly<Record<string, Language>> = { in: 'id', tl: 'fil' }

type LanguageFacts = {
  /** What its speakers call it; a list of languages shows this and nothing else. */
  readonly name: string
  readonly script: 'latin' | 'khmer' | 'lao' | 'myanmar' | 'thai'
  /** Of the desk's catalogue (the portal's and the surveys' say it in their headers): `draft` is said on the screen wherever the language is shown. */
  readonly state: 'complete' | 'draft' | 'missing'
  /** Line heights for running text and headings; `tokens.css` repeats them by `:lang()` and a test compares. */
  readonly leading: number
  readonly leadingTight: number
}
