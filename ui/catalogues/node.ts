import { readFileSync } from 'node:fs'
import { allLanguages, type Language, type TranslatedLanguage, translated } from '../tokens/scripts.ts'
import { type Catalogue, catalogueFrom } from './catalogue.ts'
import { compilePo } from './compile.ts'

/**
 * Three sets of texts of one form, held to the same checks: what staff read; what the public pages say; and what an officer reads who
 * answers a survey on a device that was handed to her. The last two are in languages that the desk does not speak yet.
 */
export const catalogueSets = {
  staff: { folder: '.', languages: translated },
  portal: { folder: './portal', languages: allLanguages },
  survey: { folder: './survey', languages: allLanguages },
} as const satisfies Record<string, { readonly folder: string; readonly languages: readonly Language[] }>
export type CatalogueSet = keyof typeof catalogueSets

/**
 * The staff's catalogue of `language`, read and compiled from its `.po` file now: for the server and the command line.
 * Read once at start and keep it. Throws where a file is not well-formed: a release never starts on it.
 */
export function readCatalogue(language: TranslatedLanguage): Catalogue {
  return catalogueFrom(language, compilePo(poText(language)), compilePo(poText('en')))
}

/** The same of the portal's texts. */
export function readPortalCatalogue(language: Language): Catalogue<Language> {
  return catalogueFrom(language, compilePo(poText(language, 'portal')), compilePo(poText('en', 'portal')))
}

export function poText(language: Language, set: CatalogueSet = 'staff'): string {
  return readFileSync(new URL(`${catalogueSets[set].folder}/${language}.po`, import.meta.url), 'utf8')
}
