import type { TranslatedLanguage } from '../tokens/scripts.ts'
import { type Catalogue, type CompiledFile, catalogueFrom } from './catalogue.ts'

/**
 * The catalogue of `language` in a browser: compiled at build time by `catalogues/vite.ts`, fetched when it is wanted,
 * one chunk a language. Fails only where the chunk cannot be fetched.
 */
export async function loadCatalogue(language: TranslatedLanguage): Promise<Catalogue> {
  const [own, english] = await Promise.all([files[language](), files.en()])
  return catalogueFrom(language, own.default, english.default)
}

const files: Readonly<Record<TranslatedLanguage, () => Promise<{ readonly default: CompiledFile }>>> = {
  en: () => import('./en.po'),
  th: () => import('./th.po'),
  my: () => import('./my.po'),
}
