import { canonicalText } from '../../../log/entry.ts'
import { agreedValue, type RecordState, type StreamState, streamRecord } from '../../../log/fold.ts'
import {
  answersIn,
  type Conflict,
  conflictsOf,
  isEnteredInError,
  recordsOfKind,
  setOnce,
} from '../../../log/records.ts'
import { CivilDate } from '../../../shared/dates.ts'
import { type EntryId, Hash, OrganisationId, StreamId } from '../../../shared/ids.ts'
import { LanguageState, PrintedLanguage, ProgrammeLanguage } from '../../../shared/languages.ts'
import { authorNamed, figureLinked, sectionWritten } from './entries.ts'
import { AuthorKind, FigureSource, Licence, stateField, textField, titleField } from './words.ts'

/** A text by language, where there is one. */
export type Texts = Readonly<Partial<Record<PrintedLanguage, string>>>

export type Section = {
  readonly record: EntryId
  readonly place: number
  readonly headings: Texts
  readonly texts: Texts
  readonly enteredInError: boolean
}

/** A figure as it is linked; `source` is undefined while two people say different ones. */
export type LinkedFigure = {
  readonly record: EntryId
  readonly name: string
  readonly source: FigureSource | undefined
  readonly enteredInError: boolean
}

export type Author = {
  readonly record: EntryId
  readonly author: AuthorKind
  readonly name: string
  readonly agreedOn: CivilDate | undefined
  readonly agreement: string | undefined
  readonly enteredInError: boolean
}

export type Edition = {
  /** The entry by whose id the whole edition is in error. */
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly product: StreamId
  readonly number: number
  readonly begunOn: CivilDate
  readonly titles: Texts
  readonly changed: string | undefined
  readonly licence: Licence | undefined
  readonly doi: string | undefined
  readonly isbn: string | undefined
  readonly issn: string | undefined
  readonly publishedOn: CivilDate | undefined
  readonly states: readonly { readonly language: ProgrammeLanguage; readonly state: LanguageState | undefined }[]
  /** In their order, those entered in error among them. */
  readonly sections: readonly Section[]
  readonly figures: readonly LinkedFigure[]
  readonly authors: readonly Author[]
  /** The hash of `editionText` it was frozen with, and when; null while it is being written. */
  readonly frozen: { readonly on: CivilDate; readonly hash: Hash } | null
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as an edition; undefined while the entry that begins it has not arrived. */
export function projectEdition(state: StreamState): Edition | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  const product = root && StreamId.safeParse(setOnce(root, 'product')).data
  const number = root && setOnce(root, 'number')
  if (!root?.on || !opening || !organisation || !product || typeof number !== 'number') return undefined
  const text = (field: string) => asText(agreedValue(root, field))
  return {
    opening,
    organisation,
    product,
    number,
    begunOn: root.on,
    titles: textsOf(root, titleField),
    changed: text('changed'),
    licence: Licence.safeParse(agreedValue(root, 'licence')).data,
    doi: text('doi'),
    isbn: text('isbn'),
    issn: text('issn'),
    publishedOn: CivilDate.safeParse(agreedValue(root, 'publishedOn')).data,
    states: ProgrammeLanguage.options.map((language) => ({
      language,
      state:
        answersIn(root, stateField(language)).length === 0
          ? 'missing'
          : LanguageState.safeParse(agreedValue(root, stateField(language))).data,
    })),
    sections: recordsOfKind(state, sectionWritten.kind)
      .map(({ record, state: row }) => ({
        record,
        place: placeOf(row),
        headings: textsOf(row, (language) => textField('heading', language)),
        texts: textsOf(row, (language) => textField('text', language)),
        enteredInError: isEnteredInError(row),
      }))
      .toSorted((a, b) => a.place - b.place || (a.record < b.record ? -1 : 1)),
    figures: recordsOfKind(state, figureLinked.kind).map(({ record, state: row }) => ({
      record,
      name: asText(setOnce(row, 'name')) ?? '',
      source: FigureSource.safeParse(agreedValue(row, 'source')).data,
      enteredInError: isEnteredInError(row),
    })),
    authors: recordsOfKind(state, authorNamed.kind).flatMap(({ record, state: row }) => authorOf(record, row)),
    frozen: frozenOf(root),
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}

/**
 * All that an edition prints of its own, as one text: what it is frozen by. Whatever somebody writes apart of a frozen edition
 * makes another text, and is seen. States of languages are not in it: a review may come after.
 */
export function editionText(edition: Edition): string {
  const { titles, changed, licence, doi, isbn, issn, publishedOn } = edition
  return canonicalText({
    cover: { titles, changed, licence, doi, isbn, issn, publishedOn },
    sections: standing(edition.sections).map(({ headings, texts }) => ({ headings, texts })),
    figures: standing(edition.figures).map(({ name, source }) => ({ name, source })),
    authors: standing(edition.authors).map(({ author, name }) => ({ author, name })),
  })
}

export const standing = <T extends { readonly enteredInError: boolean }>(rows: readonly T[]): readonly T[] =>
  rows.filter(({ enteredInError }) => !enteredInError)

function frozenOf(root: RecordState): Edition['frozen'] {
  const head = root.fields.hash?.[0]
  const hash = head && 'value' in head ? Hash.safeParse(head.value).data : undefined
  return head && hash ? { on: head.on, hash } : null
}

/** Where two people moved a section apart, it stands at the first of both places. */
const placeOf = (row: RecordState): number =>
  Math.min(...answersIn(row, 'place').flatMap((value) => (typeof value === 'number' ? value : [])), 1000)

/** Of two texts that were written apart both are given, one after the other, until somebody settles which is meant. */
function textsOf(record: RecordState, field: (language: PrintedLanguage) => string): Texts {
  return Object.fromEntries(
    PrintedLanguage.options.flatMap((language) => {
      const said = [...new Set(answersIn(record, field(language)).flatMap((value) => asText(value) ?? []))]
      return said.length === 0 ? [] : [[language, said.join('\n\n')]]
    }),
  )
}

function authorOf(record: EntryId, row: RecordState): readonly Author[] {
  const author = AuthorKind.safeParse(setOnce(row, 'author')).data
  const name = asText(setOnce(row, 'name'))
  if (!author || !name) return []
  return [
    {
      record,
      author,
      name,
      agreedOn: CivilDate.safeParse(setOnce(row, 'agreedOn')).data,
      agreement: asText(setOnce(row, 'agreement')),
      enteredInError: isEnteredInError(row),
    },
  ]
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
