import { type Draft, draft } from '../../../log/draft.ts'
import { type CivilDate, firstDayOf } from '../../../shared/dates.ts'
import type { EntryId, Hash, OrganisationId, StreamId } from '../../../shared/ids.ts'
import { type LanguageState, PrintedLanguage, type ProgrammeLanguage } from '../../../shared/languages.ts'
import { accept, type Decision, type Refusal, refuse } from '../../../shared/refusals.ts'
import type { Product } from '../project.ts'
import {
  authorNamed,
  editionBegun,
  editionDescribed,
  editionFrozen,
  editionInError,
  editionLanguagesStated,
  figureLinked,
  figureRelinked,
  sectionRewritten,
  sectionWritten,
} from './entries.ts'
import { readDoi, readIsbn, readIssn } from './identifiers.ts'
import { type Author, type Edition, type Section, standing } from './project.ts'
import { readText } from './text.ts'
import { FigureName, FigureSource, type Licence, longestText, stateField, textField, titleField } from './words.ts'

export type BeginEdition = {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly product: StreamId
}

/**
 * Begins the next edition of a product; the earlier ones stay as they are. One that follows another begins with its texts, figures,
 * authors and terms: what the figures are counted by is linked anew when somebody says so.
 *
 * @param earlier every edition of the product
 * Refused: `evidence.product-in-error`, `evidence.edition-begun-already` {number} while one is being written.
 */
export function beginEdition(
  { stream, organisation, product }: BeginEdition,
  of: Product,
  earlier: readonly Edition[],
  today: CivilDate,
): Decision<Draft[]> {
  if (of.enteredInError) return refuse('evidence.product-in-error')
  const others = standing(earlier)
  const open = others.find(({ frozen }) => frozen === null)
  if (open) return refuse('evidence.edition-begun-already', { number: open.number })
  const last = others.toSorted((a, b) => b.number - a.number)[0]
  const number = Math.max(0, ...earlier.map((each) => each.number)) + 1
  const begun = draft(editionBegun, stream, today, { organisation, product, number })
  return accept([begun, ...(last ? carriedOver(stream, last, today) : firstCover(stream, of, today))])
}

/** The cover of a first edition: the title of the product, in English where nobody says otherwise. */
const firstCover = (stream: StreamId, { title }: Product, today: CivilDate): readonly Draft[] =>
  title ? [draft(editionDescribed, stream, today, { [titleField('en')]: title.slice(0, 300) })] : []

function carriedOver(stream: StreamId, last: Edition, today: CivilDate): readonly Draft[] {
  const { licence, issn } = last
  const titles = Object.fromEntries(
    Object.entries(last.titles).map(([language, title]) => [`title-${language}`, title]),
  )
  // A DOI and an ISBN are of one edition; an ISSN is of the series.
  const cover = draft(editionDescribed, stream, today, { ...titles, licence, issn })
  return [
    ...(Object.keys(cover.coded).length > 0 ? [cover] : []),
    ...standing(last.authors).map(({ author, name, agreedOn, agreement }) =>
      draft(authorNamed, stream, today, { author, name, agreedOn, agreement }),
    ),
    ...standing(last.figures).flatMap(({ name, source }) =>
      source ? [draft(figureLinked, stream, today, { name, source: { ...source } })] : [],
    ),
    ...standing(last.sections).map(({ headings, texts, place }) =>
      draft(sectionWritten, stream, today, {
        place,
        ...Object.fromEntries(Object.entries(headings).map(([language, text]) => [`heading-${language}`, text])),
        ...Object.fromEntries(Object.entries(texts).map(([language, text]) => [`text-${language}`, text])),
      }),
    ),
  ]
}

// ---------------------------------------------------------------- its cover

export type SaidOfEdition = {
  readonly titles?: Readonly<Partial<Record<PrintedLanguage, string>>>
  readonly changed?: string
  readonly licence?: Licence
  /** As typed; an empty one takes back what stood there. */
  readonly doi?: string
  readonly isbn?: string
  readonly issn?: string
  readonly publishedOn?: CivilDate | null
}

/**
 * Only what differs. Refused: as `mayWrite`; `evidence.nothing-changed`, `evidence.published-in-the-future` {today}, and as the
 * readers of identifiers.
 */
export function describeEdition(
  stream: StreamId,
  edition: Edition,
  said: SaidOfEdition,
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = mayWrite(edition)
  if (wrong) return { ok: false, refusal: wrong }
  const coded: Record<string, string | null> = {}
  for (const language of PrintedLanguage.options) {
    const title = said.titles?.[language]?.trim().normalize('NFC')
    if (title !== undefined && title !== (edition.titles[language] ?? '')) coded[titleField(language)] = title
  }
  const changed = said.changed?.trim()
  if (changed !== undefined && changed !== (edition.changed ?? '')) coded.changed = changed
  if (said.licence && said.licence !== edition.licence) coded.licence = said.licence
  for (const [field, read] of identifiers) {
    const typed = said[field]?.trim()
    if (typed === undefined) continue
    const kept = typed === '' ? accept(null) : read(typed)
    if (!kept.ok) return kept
    if ((kept.value ?? undefined) !== edition[field]) coded[field] = kept.value
  }
  if (said.publishedOn !== undefined && (said.publishedOn ?? undefined) !== edition.publishedOn) {
    if (said.publishedOn && firstDayOf(said.publishedOn) > today)
      return refuse('evidence.published-in-the-future', { today })
    coded.publishedOn = said.publishedOn
  }
  if (Object.keys(coded).length === 0) return refuse('evidence.nothing-changed')
  return accept([draft(editionDescribed, stream, today, coded)])
}

const identifiers = [
  ['doi', readDoi],
  ['isbn', readIsbn],
  ['issn', readIssn],
] as const

/**
 * Says how far the edition stands in a language; also of a frozen one, of which a review may come later.
 * Refused: `evidence.edition-in-error`, `evidence.nothing-changed`, `evidence.no-text-in-language` {language} for one that is printed here
 * and has no text, `evidence.outdated-before-written` {language}.
 */
export function stateEditionLanguage(
  stream: StreamId,
  edition: Edition,
  { language, state }: { readonly language: ProgrammeLanguage; readonly state: LanguageState },
  today: CivilDate,
): Decision<Draft[]> {
  if (edition.enteredInError) return refuse('evidence.edition-in-error')
  const stood = stateOf(edition, language)
  if (stood === state) return refuse('evidence.nothing-changed')
  if (state === 'outdated' && stood === 'missing') return refuse('evidence.outdated-before-written', { language })
  const printed = PrintedLanguage.safeParse(language).data
  if (state !== 'missing' && printed && !hasText(edition, printed))
    return refuse('evidence.no-text-in-language', { language })
  return accept([draft(editionLanguagesStated, stream, today, { [stateField(language)]: state })])
}

// ---------------------------------------------------------------- its texts

export type WriteSection = {
  /** The section that is written anew; a new one, at the end, where none is named. */
  readonly record?: EntryId
  readonly language: PrintedLanguage
  readonly heading: string
  readonly text: string
}

/**
 * Writes a section in a language. A text that is written anew is a draft again, and what was reviewed from it in other languages is
 * outdated. Refused: as `mayWrite`; `evidence.no-such-row`, `evidence.heading-missing`, `evidence.text-too-long` {most, has},
 * `evidence.nothing-changed`, and as `readText`.
 */
export function writeSection(
  stream: StreamId,
  edition: Edition,
  { record, language, heading: typedHeading, text: typedText }: WriteSection,
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = mayWrite(edition)
  if (wrong) return { ok: false, refusal: wrong }
  const section = edition.sections.find((each) => each.record === record)
  if (record && !section) return refuse('evidence.no-such-row')
  const [heading, text] = [typedHeading.trim().normalize('NFC'), typedText.trim().normalize('NFC')]
  if (heading === '' && text !== '') return refuse('evidence.heading-missing')
  if (text.length > longestText) return refuse('evidence.text-too-long', { most: longestText, has: text.length })
  const pieces = readText(text, namesOf(edition))
  if (!pieces.ok) return pieces
  if (heading === (section?.headings[language] ?? '') && text === (section?.texts[language] ?? ''))
    return refuse(section ? 'evidence.nothing-changed' : 'evidence.heading-missing')
  const coded = { [textField('heading', language)]: heading.slice(0, 300), [textField('text', language)]: text }
  const written = section
    ? draft(sectionRewritten, stream, today, { ...coded, record: section.record })
    : draft(sectionWritten, stream, today, { ...coded, place: placeAfter(edition.sections) })
  const moved = statesAfter(edition, language)
  return accept([
    written,
    ...(Object.keys(moved).length > 0 ? [draft(editionLanguagesStated, stream, today, moved)] : []),
  ])
}

/** What writing in one language makes of the states of all that are printed here. */
function statesAfter(edition: Edition, written: PrintedLanguage): Readonly<Record<string, LanguageState>> {
  return Object.fromEntries(
    PrintedLanguage.options.flatMap((language) => {
      const stood = stateOf(edition, language)
      const state: LanguageState | undefined =
        language === written ? 'draft' : written === sourceOf(edition) && stood === 'reviewed' ? 'outdated' : stood
      return state && state !== stood ? [[stateField(language), state]] : []
    }),
  )
}

/** Which language the others are made from: the first that has a text. */
export const sourceOf = (edition: Edition): PrintedLanguage =>
  PrintedLanguage.options.find((language) => hasText(edition, language)) ?? 'en'

export const hasText = ({ sections }: Edition, language: PrintedLanguage): boolean =>
  standing(sections).some(({ texts, headings }) => texts[language] !== undefined || headings[language] !== undefined)

export const stateOf = ({ states }: Edition, language: ProgrammeLanguage): LanguageState | undefined =>
  states.find((each) => each.language === language)?.state

const placeAfter = (sections: readonly Section[]): number => Math.max(0, ...sections.map(({ place }) => place)) + 1

/** Moves a section before the one that stands before it. Refused: as `mayWrite`; `evidence.no-such-row`, `evidence.section-is-first`. */
export function moveSectionUp(
  stream: StreamId,
  edition: Edition,
  record: EntryId,
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = mayWrite(edition)
  if (wrong) return { ok: false, refusal: wrong }
  const rows = standing(edition.sections)
  const at = rows.findIndex((each) => each.record === record)
  const [row, before] = [rows[at], rows[at - 1]]
  if (!row) return refuse('evidence.no-such-row')
  if (!before) return refuse('evidence.section-is-first')
  return accept([
    draft(sectionRewritten, stream, today, { record: row.record, place: before.place }),
    draft(sectionRewritten, stream, today, { record: before.record, place: row.place }),
  ])
}

// ---------------------------------------------------------------- its figures

/** By which the texts call the figures that stand. */
export const namesOf = ({ figures }: Edition): readonly string[] => standing(figures).map(({ name }) => name)

/**
 * Links a figure under a name. Refused: as `mayWrite`; `evidence.figure-name-not-understood`, `evidence.figure-name-taken` {name},
 * `evidence.figure-source-not-understood`.
 */
export function linkFigure(
  stream: StreamId,
  edition: Edition,
  { name: typed, source }: { readonly name: string; readonly source: FigureSource },
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = mayWrite(edition)
  if (wrong) return { ok: false, refusal: wrong }
  const name = FigureName.safeParse(typed.trim().toLowerCase())
  if (!name.success) return refuse('evidence.figure-name-not-understood')
  if (namesOf(edition).includes(name.data)) return refuse('evidence.figure-name-taken', { name: name.data })
  const kept = FigureSource.safeParse(source)
  if (!kept.success) return refuse('evidence.figure-source-not-understood')
  return accept([draft(figureLinked, stream, today, { name: name.data, source: { ...kept.data } })])
}

/** Links a figure anew. Refused: as `mayWrite`; `evidence.no-such-row`, `evidence.nothing-changed`, `evidence.figure-source-not-understood`. */
export function relinkFigure(
  stream: StreamId,
  edition: Edition,
  { record, source }: { readonly record: EntryId; readonly source: FigureSource },
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = mayWrite(edition)
  if (wrong) return { ok: false, refusal: wrong }
  const figure = standing(edition.figures).find((each) => each.record === record)
  if (!figure) return refuse('evidence.no-such-row')
  const kept = FigureSource.safeParse(source)
  if (!kept.success) return refuse('evidence.figure-source-not-understood')
  if (JSON.stringify(kept.data) === JSON.stringify(figure.source)) return refuse('evidence.nothing-changed')
  return accept([draft(figureRelinked, stream, today, { record, source: { ...kept.data } })])
}

// ---------------------------------------------------------------- its authors

export type NameAuthor = Pick<Author, 'author' | 'name'> & {
  readonly agreedOn?: CivilDate | undefined
  readonly agreement?: string | undefined
}

/**
 * Names an author: an organisation, or a person who agreed to it, with the day and her own words. What was printed cannot be called
 * back: she is told before. Refused: as `mayWrite`; `evidence.author-missing`, `evidence.author-named-already`,
 * `evidence.author-without-agreement`, `evidence.agreed-in-the-future` {today}.
 */
export function nameAuthor(
  stream: StreamId,
  edition: Edition,
  { author, name: typed, agreedOn, agreement: said }: NameAuthor,
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = mayWrite(edition)
  if (wrong) return { ok: false, refusal: wrong }
  const [name, agreement] = [typed.trim(), said?.trim()]
  if (name === '' || name.length > 300) return refuse('evidence.author-missing')
  if (standing(edition.authors).some((each) => each.name === name)) return refuse('evidence.author-named-already')
  if (author === 'organisation') return accept([draft(authorNamed, stream, today, { author, name })])
  if (!agreedOn || !agreement) return refuse('evidence.author-without-agreement')
  if (agreedOn > today) return refuse('evidence.agreed-in-the-future', { today })
  return accept([draft(authorNamed, stream, today, { author, name, agreedOn, agreement })])
}

// ---------------------------------------------------------------- frozen, and in error

/**
 * Freezes an edition: nothing of it is written any more, and what changes makes another.
 *
 * @param hash SHA-256 of `editionText`, by the caller
 * Refused: as `mayWrite`; `evidence.two-versions` while two answers stand, `evidence.edition-without-title`,
 * `evidence.edition-without-text`, `evidence.edition-without-licence`, `evidence.changes-not-said` of a later edition.
 */
export function freezeEdition(stream: StreamId, edition: Edition, hash: Hash, today: CivilDate): Decision<Draft[]> {
  const wrong = mayWrite(edition) ?? notReady(edition)
  if (wrong) return { ok: false, refusal: wrong }
  return accept([draft(editionFrozen, stream, today, { frozen: true, hash })])
}

function notReady(edition: Edition): Refusal | undefined {
  const refusal = (code: string): Refusal => ({ code, values: {} })
  if (edition.conflicts.some(({ field }) => !field.startsWith('state-'))) return refusal('evidence.two-versions')
  if (!edition.titles[sourceOf(edition)]) return refusal('evidence.edition-without-title')
  if (!PrintedLanguage.options.some((language) => hasText(edition, language)))
    return refusal('evidence.edition-without-text')
  if (!edition.licence) return refusal('evidence.edition-without-licence')
  return edition.number > 1 && !edition.changed ? refusal('evidence.changes-not-said') : undefined
}

/**
 * Marks a section, a figure, an author, or (`edition.opening`) the whole edition as never having been, or takes that back. A figure that
 * a text still calls stays. Refused: `evidence.no-such-row`, `evidence.edition-frozen` for a part of a frozen one, `evidence.figure-in-text` {name}.
 */
export function markEditionInError(
  stream: StreamId,
  edition: Edition,
  record: EntryId,
  isInError: boolean,
  today: CivilDate,
): Decision<Draft[]> {
  const parts = [...edition.sections, ...edition.figures, ...edition.authors]
  if (record !== edition.opening && !parts.some((each) => each.record === record)) return refuse('evidence.no-such-row')
  if (record !== edition.opening && edition.frozen) return refuse('evidence.edition-frozen')
  const figure = edition.figures.find((each) => each.record === record)
  const calls = (text: string): boolean => text.includes(`{${figure?.name}}`)
  if (figure && isInError && standing(edition.sections).some(({ texts }) => Object.values(texts).some(calls)))
    return refuse('evidence.figure-in-text', { name: figure.name })
  return accept([draft(editionInError, stream, today, { record, enteredInError: isInError })])
}

/** Refused: `evidence.edition-in-error`, `evidence.edition-frozen`. */
function mayWrite({ enteredInError, frozen }: Edition): Refusal | undefined {
  if (enteredInError) return { code: 'evidence.edition-in-error', values: {} }
  return frozen ? { code: 'evidence.edition-frozen', values: {} } : undefined
}
