import { readFileSync } from 'node:fs'
import type { TranslatedLanguage } from '../tokens/scripts.ts'
import { type Catalogue, catalogueFrom } from './catalogue.ts'
import { compilePo } from './compile.ts'

/**
 * The catalogue of `language`, read and compiled from its `.po` file now: for the server, the portal and the command
 * line. Read once at start and keep it. Throws where a file is not well-formed: a release never starts on it.
 */
export function readCatalogue(language: TranslatedLanguage): Catalogue {
  return catalogueFrom(language, compilePo(poText(language)), compilePo(poText('en')))
}

export function poText(language: TranslatedLanguage): string {
  return readFileSync(new URL(`./${language}.po`, import.meta.url), 'utf8')
}
