import { type ReportVoice, type SaidFigure, sayFigure } from '../donor-report/say.ts'
import { sourceOf, stateOf } from '../evidence/dissemination/edition/capture.ts'
import { bibtex, type Cited, citation, ris } from '../evidence/dissemination/edition/cite.ts'
import { standing } from '../evidence/dissemination/edition/project.ts'
import { readText } from '../evidence/dissemination/edition/text.ts'
import type { FactCited } from '../evidence/entries.ts'
import type { FigureValue } from '../results/figure.ts'
import { sayGroup, wordsOf } from '../results/groups.ts'
import { isExact } from '../shared/counts.ts'
import { CivilDate } from '../shared/dates.ts'
import { PrintedLanguage } from '../shared/languages.ts'
import type { Said } from '../shared/publication.ts'
import type { EditionFigure, EditionModel, Holding } from './model.ts'

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
  readonly about: readonly { readonly name: string; readonly text: string }[]
  readonly citation: { readonly plain: string; readonly bibtex: string; readonly ris: string }
}

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

export type SaidFigureOf = {
  readonly name: string
  /** What it is of: the indicator, the fact, the cell. */
  readonly label: string
  /** The number in words, or why there is none. */
  readonly text: string
  /** Whether `text` is a number. */
  readonly isNumber: boolean
  readonly numbers: SaidFigure['number'] | { readonly value: number; readonly as: 'count' }
  readonly parts: SaidFigure['parts']
  readonly period: string
  readonly unit: string
  /** Where it comes from: definition and cut-off; or publisher, title and edition. */
  readonly source: string
  readonly standing: 'linked' | 'moved' | 'withdrawn'
  /** How it stands, in words. */
  readonly stands: string
  readonly bars: {
    readonly title: string
    /** Everything the picture shows, for who does not see it. */
    readonly alt: string
    readonly rows: readonly {
      readonly group: string
      readonly text: string
      readonly value: number
      readonly share: number
    }[]
  } | null
}

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

// ---------------------------------------------------------------- texts

function saySection(
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

// ---------------------------------------------------------------- figures

/** One figure in words. Nothing is rounded, filled in or carried over from elsewhere: a number is said where its source has one. */
export function sayEditionFigure(figure: EditionFigure, voice: ReportVoice): SaidFigureOf {
  const { holds, standing: stands } = figure
  const gone = {
    number: null,
    parts: [],
    text: voice.t(`edition.withdrawn.${stands.is === 'withdrawn' ? stands.why : 'no-cell'}`),
  }
  // What was withdrawn is not printed again, also where its number could still be read.
  const said = stands.is === 'withdrawn' ? gone : sayHolding(holds, voice)
  return {
    name: figure.name,
    label: sayLabel(figure, voice),
    text: said.text,
    isNumber: stands.is !== 'withdrawn' && isNumber(holds),
    numbers: said.number,
    parts: said.parts,
    period: sayPeriod(figure, voice),
    unit: sayUnit(holds, voice),
    source: saySource(figure, voice),
    standing: stands.is,
    stands: sayStanding(figure, voice),
    bars: stands.is === 'withdrawn' ? null : sayBars(figure, voice),
  }
}

function sayHolding(holds: Holding, voice: ReportVoice): Pick<SaidFigure, 'text' | 'number' | 'parts'> {
  const { t, number } = voice
  switch (holds.from) {
    case 'indicator':
      return sayFigure(holds.value, voice)
    case 'fact':
      return sayFactValue(holds.fact, voice)
    case 'publication':
      return holds.value === null
        ? { text: t('edition.hidden'), number: null, parts: [] }
        : { text: number(holds.value), number: { value: holds.value, as: 'count' }, parts: [] }
    case 'nowhere':
      return { text: t('edition.withdrawn.no-cell'), number: null, parts: [] }
  }
}

const isNumber = (holds: Holding): boolean =>
  holds.from === 'fact' ||
  (holds.from === 'indicator' && holds.value.kind !== 'protected' && holds.value.kind !== 'none') ||
  (holds.from === 'publication' && holds.value !== null)

/** A percentage with both its numbers where the source gives them. */
function sayFactValue(
  { value }: FactCited,
  { t, percent, number }: ReportVoice,
): Pick<SaidFigure, 'text' | 'number' | 'parts'> {
  if (value.kind === 'percent-tenths')
    return { text: percent(value.tenths / 10, 1), number: { value: value.tenths / 1000, as: 'percent' }, parts: [] }
  const { numerator, denominator } = value
  const share = numerator / denominator
  return {
    text: t('ui.share', { percent: percent(share * 100, 1), part: number(numerator), whole: number(denominator) }),
    number: { value: Math.round(share * 1000) / 1000, as: 'percent' },
    parts: [
      { name: 'part', value: numerator },
      { name: 'whole', value: denominator },
    ],
  }
}

function sayLabel({ source, holds, name }: EditionFigure, voice: ReportVoice): string {
  const { t } = voice
  if (holds.from === 'publication')
    return (
      holds.cell.map(({ field, code }) => `${saidIn(field, voice)}: ${saidIn(code, voice)}`).join(', ') ||
      saidIn(holds.title, voice)
    )
  if (holds.from === 'fact') return t(`fact.${holds.fact.text}`)
  return source?.from === 'indicator' ? t(`indicator.${source.indicator}`) : name
}

function sayPeriod({ source, holds }: EditionFigure, { t, date }: ReportVoice): string {
  if (source?.from === 'indicator') return source.period === 'all' ? t('results.period.all') : date(source.period)
  if (holds.from === 'fact') return holds.fact.period ? date(holds.fact.period) : ''
  return ''
}

function sayUnit(holds: Holding, { t }: ReportVoice): string {
  if (holds.from === 'indicator') return t(`unit.${holds.unit}`)
  return holds.from === 'publication' ? holds.unit : ''
}

function saySource({ source, holds }: EditionFigure, voice: ReportVoice): string {
  const { t } = voice
  if (source?.from === 'indicator')
    return t('edition.source.indicator', {
      version: source.definition,
      date: dayOf(holds.from === 'indicator' && holds.asOf ? holds.asOf : source.cutOff, voice),
    })
  if (holds.from === 'fact') {
    const { source: of, edition, page, verifiedOn } = holds.fact
    const cited = page ? t('edition.source.page', { source: of, edition, page }) : `${of}, ${edition}`
    return t('edition.source.fact', { cited, date: dayOf(verifiedOn, voice) })
  }
  if (holds.from === 'publication')
    return t('edition.source.publication', {
      publisher: holds.publisher,
      title: saidIn(holds.title, voice),
      date: dayOf(holds.asOf, voice),
      hash: source?.from === 'publication' ? source.hash.slice(0, 12) : '',
    })
  return source?.from === 'publication' ? source.address : t('edition.source.nowhere')
}

function sayStanding({ standing: stands }: EditionFigure, voice: ReportVoice): string {
  const { t } = voice
  if (stands.is === 'linked') return t('edition.linked')
  if (stands.is === 'withdrawn') {
    const why = t(`edition.withdrawn.${stands.why}`)
    return stands.note ? `${why}: ${stands.note}` : why
  }
  const why = t(`edition.moved.${stands.why}`)
  if (!stands.now) return why
  const now =
    'value' in stands.now ? sayFigure(stands.now.value, voice).text : sayFactValue(stands.now.fact, voice).text
  return t('edition.moved.now', { why, now })
}

function sayBars({ source, holds }: EditionFigure, voice: ReportVoice): SaidFigureOf['bars'] {
  if (source?.from !== 'indicator' || !source.by || holds.from !== 'indicator' || !holds.bars) return null
  const { t } = voice
  const by = source.by
  const ofGroup = wordsOf([holds], t)
  const rows = holds.bars.flatMap(({ group, value }) => {
    const amount = exactOf(value)
    return amount === null
      ? []
      : [{ group: sayGroup(by, group, ofGroup), text: sayFigure(value, voice).text, value: amount }]
  })
  // A picture of a part of what was counted would show something else.
  if (rows.length < holds.bars.length || rows.length === 0) return null
  const most = Math.max(...rows.map(({ value }) => value), 1)
  const title = t('edition.bars', { figure: t(`indicator.${source.indicator}`), by: t(`results.dimension.${by}`) })
  return {
    title,
    alt: t('edition.bars-alt', { title, rows: rows.map(({ group, text }) => `${group}: ${text}`).join('; ') }),
    rows: rows.map((row) => ({ ...row, share: row.value / most })),
  }
}

const exactOf = (value: FigureValue): number | null =>
  value.kind === 'count' && isExact(value.count) ? value.count.low : null

// ---------------------------------------------------------------- cover and citation

function sayAbout(model: EditionModel, voice: ReportVoice): SaidEdition['about'] {
  const { t, date } = voice
  const { edition, others, publisher } = model
  const said = (id: string, text: string | undefined): SaidEdition['about'] => (text ? [{ name: t(id), text }] : [])
  return [
    ...said(
      'edition.authors',
      authorsOf(model)
        .map(({ name }) => name)
        .join(', '),
    ),
    ...said('edition.publisher', publisher),
    ...said('edition.licence', edition.licence && t(`licence.${edition.licence}`)),
    ...said('edition.doi', edition.doi),
    ...said('edition.isbn', edition.isbn),
    ...said('edition.issn', edition.issn),
    ...said('edition.changed', edition.changed),
    ...others
      .filter(({ number }) => number < edition.number)
      .flatMap(({ number, frozenOn, changed }) =>
        said(
          'edition.earlier',
          [
            t('edition.number', { number: voice.number(number) }),
            ...(frozenOn ? [dayOf(frozenOn, voice)] : []),
            ...(changed ? [changed] : []),
          ].join(' · '),
        ),
      ),
    ...said('edition.published-on', edition.publishedOn && date(edition.publishedOn)),
  ]
}

/** Where nobody is named, the organisation whose product it is. */
const authorsOf = ({ edition, publisher }: EditionModel): Cited['authors'] => {
  const named = standing(edition.authors)
  return named.length > 0 ? named : [{ author: 'organisation', name: publisher }]
}

function sayCitation(
  model: EditionModel,
  title: string,
  { t, number, language }: ReportVoice,
): SaidEdition['citation'] {
  const { edition, publisher } = model
  const cited: Cited = {
    authors: authorsOf(model),
    title,
    number: edition.number,
    publishedOn: edition.publishedOn ?? edition.frozen?.on,
    publisher,
    doi: edition.doi,
    isbn: edition.isbn,
    issn: edition.issn,
    language,
  }
  return {
    plain: citation(cited, {
      noDate: t('edition.no-date'),
      edition: (of) => t('edition.number', { number: number(of) }),
    }),
    bibtex: bibtex(cited),
    ris: ris(cited),
  }
}

const saidIn = (said: Said, { language }: ReportVoice): string => said[language] ?? said.en

function dayOf(label: string, { date }: ReportVoice): string {
  const day = CivilDate.safeParse(label).data
  return day ? date(day) : label
}
