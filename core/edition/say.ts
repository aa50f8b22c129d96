import type { ReportVoice } from '../donor-report/say.ts'
import { sourceOf, stateOf } from '../evidence/dissemination/edition/capture.ts'
import { standing } from '../evidence/dissemination/edition/project.ts'
import type { PrintedLanguage } from '../shared/languages.ts'
import type { EditionModel } from './model.ts'
import { type SaidAbout, type SaidCitation, sayAbout, sayCitation } from './say-about.ts'
import { type SaidFigureOf, sayEditionFigure } from './say-figure.ts'
import { type SaidSection, saySection } from './say-section.ts'

/** An edition as it is read: words and numbers in one language, once for the screen, PDF, HTML and data. */
export type SaidEdition = {
  readonly language: PrintedLanguage
  readonly title: string
  readonly under: string
  /** What a reader must know first: that it is not frozen, not reviewed, withdrawn, or that figures have moved. */
  readonly notes: readonly string[]
  readonly sections: readonly SaidSection[]
  readonly figures: readonly SaidFigureOf[]
  readonly columns: Readonly<Record<'figure' | 'value' | 'source' | 'standing', string>>
  readonly words: Readonly<Record<'figures' | 'about' | 'cite' | 'group', string>>
  /** What stands of it at its end: authors, licence, identifiers, what changed, the earlier editions. */
  readonly about: readonly SaidAbout[]
  readonly citation: SaidCitation
}

/** An edition with its figures, in the words and numbers of one language. Nothing is left out: what is missing or moved is said. */
export function sayEdition(model: EditionModel, voice: ReportVoice): SaidEdition {
  const { t, date, language } = voice
  const { edition, product } = model
  const figures = model.figures.map((figure) => sayEditionFigure(figure, voice))
  const title = edition.titles[language] ?? edition.titles[sourceOf(edition)] ?? product.title ?? t('results.unsettled')
  const when = edition.publishedOn ?? edition.frozen?.on
  return {
    language,
    title,
    under: [
      ...(product.kind ? [t(`product-kind.${product.kind}`)] : []),
      t('edition.number', { number: voice.number(edition.number) }),
      ...(when ? [date(when)] : []),
      model.publisher,
    ].join(' · '),
    notes: sayNotes(model, figures, voice),
    sections: standing(edition.sections).map((section) => saySection(section, model, figures, voice)),
    figures,
    columns: {
      figure: t('edition.figure'),
      value: t('edition.value'),
      source: t('edition.source'),
      standing: t('edition.standing'),
    },
    words: {
      figures: t('edition.figures'),
      about: t('edition.about'),
      cite: t('edition.cite'),
      group: t('edition.group'),
    },
    about: sayAbout(model, voice),
    citation: sayCitation(model, title, voice),
  }
}

function sayNotes(
  { edition, product, isAsFrozen }: EditionModel,
  figures: readonly SaidFigureOf[],
  voice: ReportVoice,
): readonly string[] {
  const { t, date, language } = voice
  const state = stateOf(edition, language)
  const moved = figures.filter((figure) => figure.standing !== 'linked').length
  return [
    ...(product.standing === 'withdrawn' ? [t('edition.note.product-withdrawn', { note: product.note ?? '' })] : []),
    edition.frozen ? t('edition.note.frozen', { date: date(edition.frozen.on) }) : t('edition.note.in-the-making'),
    ...(isAsFrozen ? [] : [t('edition.note.not-as-frozen')]),
    ...(state === 'reviewed'
      ? []
      : [t(`edition.note.language-${state ?? 'draft'}`, { language: t(`language.${language}`) })]),
    ...(moved > 0 ? [t('edition.note.moved', { count: moved })] : []),
    ...(voice.isDraft ? [t('brochure.draft')] : []),
  ]
}
