import { readPortalCatalogue } from '@lentera/ui/catalogues/node'
import { type Translate, textOf } from '@lentera/ui/catalogues/text'
import { allLanguages, type Language, languages } from '@lentera/ui/tokens/scripts'

/** The words of one language, read once at start. */
export type Texts = {
  readonly t: Translate
  readonly language: Language
  /** A translation that no native speaker has reviewed: the page says so. */
  readonly isDraft: boolean
  /** Somebody has reviewed it, named in the catalogue's header: only then is advice in it public. */
  readonly isReviewed: boolean
}

export function textsOf(language: Language): Texts {
  return all[language]
}

function read(language: Language): Texts {
  const catalogue = readPortalCatalogue(language)
  const { kind } = catalogue.state
  return { t: textOf(catalogue), language, isDraft: kind === 'draft', isReviewed: kind === 'reviewed' }
}

const all: Readonly<Record<Language, Texts>> = {
  en: read('en'),
  id: read('id'),
  ms: read('ms'),
  fil: read('fil'),
  km: read('km'),
  lo: read('lo'),
  my: read('my'),
  th: read('th'),
  vi: read('vi'),
}

/** Each language by its own name, in its own script. */
export const languageNames = allLanguages.map((tag) => ({ tag, name: languages[tag].name }))

/** Stands on every page of a demonstration, in this one form whatever the language, so that nobody can miss it. */
export const demonstrationMark = 'DEMONSTRATION'
