import type { ReportVoice } from '../donor-report/say.ts'
import { sourceOf } from '../evidence/dissemination/edition/capture.ts'
import { readText } from '../evidence/dissemination/edition/text.ts'
import { PrintedLanguage } from '../shared/languages.ts'
import type { EditionModel } from './model.ts'
import type { SaidFigureOf } from './say-figure.ts'

/** One section as it is read: its heading, and its text cut where its figures stand. */
export type SaidSection = {
  readonly heading: string
  /** Of its text: another than the rest where it is not written in that. */
  readonly language: PrintedLanguage
  readonly note: string | null
  readonly blocks: readonly SaidBlock[]
}

/** A paragraph, or a figure that stands alone: large, with its bars where it has them. */
export type SaidBlock =
  | {
      readonly kind: 'paragraph'
      readonly pieces: readonly { readonly text: string; readonly figure: string | null }[]
    }
  | { readonly kind: 'figure'; readonly figure: SaidFigureOf }

/** A section in the language of the voice; where it is not written in that, in the first in which it is, with a note that says so. */
export function saySection(
  section: EditionModel['edition']['sections'][number],
  { edition }: EditionModel,
  figures: readonly SaidFigureOf[],
  voice: ReportVoice,
): SaidSection {
  const { t, language } = voice
  const has = (of: PrintedLanguage): boolean => section.headings[of] !== undefined || section.texts[of] !== undefined
  const written = has(language) ? language : (PrintedLanguage.options.find(has) ?? sourceOf(edition))
  const inOther = written === language ? null : t('edition.text-in-other', { language: t(`language.${written}`) })
  return {
    heading: section.headings[written] ?? t('results.unsettled'),
    language: written,
    note: inOther,
    blocks: (section.texts[written] ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => sayBlock(line, figures)),
  }
}

/**
 * A line with every figure in its place. What is no number stands in brackets, so that nobody reads it as part of the sentence; a name
 * that no figure has any more stays as it was typed: nothing is dropped from what somebody wrote.
 */
function sayBlock(line: string, figures: readonly SaidFigureOf[]): SaidBlock {
  const pieces = readText(
    line,
    figures.map(({ name }) => name),
  )
  if (!pieces.ok) return { kind: 'paragraph', pieces: [{ text: line, figure: null }] }
  const [only, ...others] = pieces.value
  const alone = only && 'figure' in only && others.length === 0 && figures.find(({ name }) => name === only.figure)
  if (alone) return { kind: 'figure', figure: alone }
  return {
    kind: 'paragraph',
    pieces: pieces.value.map((piece) => {
      if ('text' in piece) return { text: piece.text, figure: null }
      const said = figures.find(({ name }) => name === piece.figure)
      return { text: said?.isNumber ? said.text : `[${said?.text ?? piece.figure}]`, figure: piece.figure }
    }),
  }
}
