import { join } from 'node:path'
import type { SaidEdition } from '@lentera/core/edition/say'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { formatPlain } from '@lentera/ui/tokens/numbers'
import { languages } from '@lentera/ui/tokens/scripts'
import { latinFont, scriptFonts, setPdf } from '../typst.ts'

/** What `edition.typ` sets: an edition as it is read, and how its language is set. */
export type EditionDocument = {
  readonly language: SaidEdition['language']
  readonly fonts: readonly string[]
  /** The height of a line, in parts of the size: of running text, and of headings. */
  readonly leading: number
  readonly tight: number
  /** The reader's digits from 0 to 9, for the numbers of pages. */
  readonly digits: readonly string[]
  readonly page: string
  /** Stands on every page of a demonstration. */
  readonly demonstration: string | null
  readonly said: SaidEdition
}

export function documentOf(said: SaidEdition, isDemonstration: boolean): EditionDocument {
  const { language } = said
  const t = textOf(readCatalogue(language))
  const { script, leading, leadingTight } = languages[language]
  // A section that is not translated yet stands in another language: its script is set too.
  const scripts = new Set([script, ...said.sections.map((section) => languages[section.language].script)])
  return {
    language,
    fonts: [
      ...(['thai', 'myanmar'] as const).filter((each) => scripts.has(each)).map((each) => scriptFonts[each]),
      latinFont,
    ],
    leading,
    tight: leadingTight,
    digits: Array.from({ length: 10 }, (_, digit) => formatPlain(digit, language)),
    page: t('brochure.page', { page: '{page}', pages: '{pages}' }),
    demonstration: isDemonstration ? t('edition.demonstration') : null,
    said,
  }
}

/** An edition as a PDF/UA-1. @param at milliseconds since 1970, for the day of its making */
export const editionPdf = (document: EditionDocument, at: number): Promise<Uint8Array> =>
  setPdf({ file: join(import.meta.dirname, 'edition.typ'), folder: import.meta.dirname }, document, at)
