import { readCatalogue } from '@lentera/ui/catalogues/node'
import { type Translate, textOf } from '@lentera/ui/catalogues/text'
import { languages, type TranslatedLanguage, translated } from '@lentera/ui/tokens/scripts'

/** The words of one language, read once at start. */
export type Texts = {
  readonly t: Translate
  readonly language: TranslatedLanguage
  /** No native speaker has reviewed this language: the page says so. */
  readonly isDraft: boolean
}

export function textsOf(language: TranslatedLanguage): Texts {
  return all[language]
}

const read = (language: TranslatedLanguage): Texts => {
  const catalogue = readCatalogue(language)
  return { t: textOf(catalogue), language, isDraft: catalogue.state.kind === 'draft' }
}

const all: Readonly<Record<TranslatedLanguage, Texts>> = { en: read('en'), th: read('th'), my: read('my') }

/** Each language by its own name. */
export const languageLinks = translated.map((tag) => ({ tag, name: languages[tag].name }))
