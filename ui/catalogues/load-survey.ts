import type { Language } from '../tokens/scripts.ts'
import { type Catalogue, type CompiledFile, catalogueFrom } from './catalogue.ts'

/** What an officer reads who is handed the device, in the language that she chooses, as `loadCatalogue` fetches what staff read. */
export async function loadSurveyCatalogue(language: Language): Promise<Catalogue<Language>> {
  const [own, english] = await Promise.all([files[language](), files.en()])
  return catalogueFrom(language, own.default, english.default)
}

const files: Readonly<Record<Language, () => Promise<{ readonly default: CompiledFile }>>> = {
  en: () => import('./survey/en.po'),
  id: () => import('./survey/id.po'),
  ms: () => import('./survey/ms.po'),
  fil: () => import('./survey/fil.po'),
  km: () => import('./survey/km.po'),
  lo: () => import('./survey/lo.po'),
  my: () => import('./survey/my.po'),
  th: () => import('./survey/th.po'),
  vi: () => import('./survey/vi.po'),
}
