import type { Language, TranslatedLanguage } from '../tokens/scripts.ts'

/**
 * A catalogue as the program uses it: messages compiled from ICU text, English under every id that has no translation
 * yet, and the truth about its state.
 */
export type Catalogue<Spoken extends Language = TranslatedLanguage> = {
  readonly language: Spoken
  readonly messages: Readonly<Record<string, CompiledMessage>>
  readonly state: CatalogueState
}

/** What the header of the `.po` file says of the whole file. */
export type CatalogueState =
  | { readonly kind: 'source' }
  | { readonly kind: 'draft' }
  | { readonly kind: 'reviewed'; readonly by: string; readonly on: string }

/** As Lingui's `compileMessage` gives it: text, placeholders `[name]` and formats `[name, 'plural', {...}]`. */
export type CompiledMessage = readonly CompiledToken[]
export type CompiledToken =
  | string
  | readonly [name: string, type?: string, format?: string | Readonly<Record<string, unknown>>]

/** One file's worth, before English is laid under it. */
export type CompiledFile = {
  readonly messages: Readonly<Record<string, CompiledMessage>>
  readonly state: CatalogueState
}

export function catalogueFrom<Spoken extends Language>(
  language: Spoken,
  own: CompiledFile,
  english: CompiledFile,
): Catalogue<Spoken> {
  return { language, messages: { ...english.messages, ...own.messages }, state: own.state }
}
