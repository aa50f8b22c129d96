import { type Messages, setupI18n } from '@lingui/core'
import { formatNumber, numberLocales } from '../tokens/numbers.ts'
import type { Language } from '../tokens/scripts.ts'
import type { Catalogue } from './catalogue.ts'

/** Fills the text `id` with `values`. Numbers appear in the reader's digits; give every number as a number. */
export type Translate = (id: string, values?: TextValues) => string
export type TextValues = Readonly<Record<string, string | number>>

/**
 * The one way to words: `t('today.title')`, `t('device.unsent', { count: 3 })`. No framework in it: the portal and the
 * server use it as it is, the parts through `useText()`. An id that no catalogue has comes back as itself, which a test
 * over the sources does not let happen.
 */
export function textOf(catalogue: Catalogue<Language>): Translate {
  // Lingui's own type for compiled messages is mutable; it never changes them.
  const messages = catalogue.messages as unknown as Messages
  const locales = [numberLocales[catalogue.language]]
  const i18n = setupI18n({ locale: catalogue.language, locales, messages: { [catalogue.language]: messages } })
  return (id, values) => i18n._(id, values && inReadersDigits(values, catalogue.language))
}

/** Whether the catalogue, or the English under it, has the id: for lists of optional texts such as refusals. */
export const hasText = (catalogue: Catalogue<Language>, id: string): boolean => Object.hasOwn(catalogue.messages, id)

/**
 * Marks an id that stands in data instead of in a call of `t`: `{ label: textId('nav.today') }`. Does nothing but be
 * found by the scan in `check.ts`.
 */
export const textId = (id: string): string => id

/**
 * Lingui puts a plain placeholder's value in as JavaScript prints it, in Latin digits. A number therefore travels as
 * an object that prints itself in the reader's digits and still counts as a number in plural and select.
 */
function inReadersDigits(values: TextValues, language: Language): Record<string, unknown> {
  const printed = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' ? new ReadersNumber(value, language) : value,
  ])
  return Object.fromEntries(printed)
}

class ReadersNumber {
  readonly #value: number
  readonly #language: Language

  constructor(value: number, language: Language) {
    this.#value = value
    this.#language = language
  }

  [Symbol.toPrimitive](hint: 'number' | 'string' | 'default'): string | number {
    if (hint === 'number') return this.#value
    // As a property key ('string') it picks the exact case `=0` of a plural; added to text ('default') it is read.
    return hint === 'string' ? String(this.#value) : formatNumber(this.#value, this.#language)
  }
}
