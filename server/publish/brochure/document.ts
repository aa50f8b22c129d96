import { brochureFacts } from '@lentera/core/evidence/cited'
import { type SaidLine, type Standing, sayBrochure, saySources, type Voice } from '@lentera/core/results/brochure'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { formatDate } from '@lentera/ui/tokens/dates'
import { formatInterval, formatNumber, formatPlain, percentText } from '@lentera/ui/tokens/numbers'
import { languages, type TranslatedLanguage } from '@lentera/ui/tokens/scripts'
import { latinFont, scriptFonts } from '../typst.ts'
import type { ComparedRecord } from './compare.ts'

/** What `brochure.typ` sets: words and numbers as they are read, nothing to be counted or translated any more. */
export type BrochureDocument = {
  readonly language: TranslatedLanguage
  readonly fonts: readonly string[]
  /** The height of a line, in parts of the size: of running text, and of headings. */
  readonly leading: number
  readonly tight: number
  /** The reader's digits from 0 to 9, for the numbers of pages. */
  readonly digits: readonly string[]
  readonly title: string
  readonly under: string
  /** Stands on every page of a demonstration. */
  readonly demonstration: string | null
  readonly draft: string | null
  readonly page: string
  readonly together: string
  readonly objectives: readonly string[]
  readonly sections: readonly {
    readonly title: string
    readonly plain: boolean
    readonly lines: readonly {
      readonly pieces: readonly { readonly text: string; readonly number: boolean }[]
      readonly lead: string | null
      readonly standing: Standing | null
      readonly sources: readonly string[]
    }[]
  }[]
  readonly donors: string
  readonly sources: { readonly title: string; readonly lines: readonly string[] }
}

/** The whole text of the brochure in a language, with its numbers. */
export function documentOf(
  { asOf, lines }: ComparedRecord,
  language: TranslatedLanguage,
  isDemonstration: boolean,
): BrochureDocument {
  const voice = voiceOf(language)
  const { t } = voice
  const sections = sayBrochure(voice, brochureFacts, lines)
  const { script, state, leading, leadingTight } = languages[language]
  return {
    language,
    fonts: [...(script === 'latin' ? [] : [scriptFonts[script]]), latinFont],
    leading,
    tight: leadingTight,
    digits: Array.from({ length: 10 }, (_, digit) => formatPlain(digit, language)),
    title: t('brochure.title'),
    under: t('brochure.under'),
    demonstration: isDemonstration ? t('brochure.demonstration') : null,
    draft: state === 'complete' ? null : t('brochure.draft'),
    page: t('brochure.page', { page: '{page}', pages: '{pages}' }),
    together: t('brochure.together'),
    objectives: sections.filter(({ key }) => key !== 'why').map(({ key }) => t(`brochure.section.${key}`)),
    sections: sections.map(({ key, lines: said }) => ({
      title: t(`brochure.section.${key}`),
      plain: key === 'why',
      lines: said.map(setLine),
    })),
    donors: t('brochure.donors'),
    sources: { title: t('brochure.sources'), lines: saySources(voice, brochureFacts, asOf) },
  }
}

function voiceOf(language: TranslatedLanguage): Voice {
  return {
    t: textOf(readCatalogue(language)),
    number: (value) => formatNumber(value, language),
    interval: (interval) => formatInterval(interval, language),
    // A line does not end between a number and its sign.
    percent: (percent, decimals) => percentText(percent, language, decimals).replace(' %', '\u00A0%'),
    date: (date) => formatDate(date, language),
  }
}

const setLine = ({
  pieces,
  lead,
  standing,
  sources,
}: SaidLine): BrochureDocument['sections'][number]['lines'][number] => ({
  pieces: pieces.map(({ text, of }) => ({ text, number: of !== undefined })),
  lead: lead?.text ?? null,
  standing: standing ?? null,
  sources,
})
