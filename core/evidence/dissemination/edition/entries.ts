import * as z from 'zod'
import type { Kind } from '../../../log/kind.ts'
import { CivilDate, precisionOf } from '../../../shared/dates.ts'
import { EntryId, Hash, OrganisationId, StreamId } from '../../../shared/ids.ts'
import { LanguageState, PrintedLanguage, ProgrammeLanguage } from '../../../shared/languages.ts'
import { PublicationDate } from '../words.ts'
import {
  AuthorKind,
  FigureName,
  FigureSource,
  Licence,
  longestText,
  stateField,
  textField,
  titleField,
} from './words.ts'

/** An edition is a public work in the making: of no one who could be harmed, so the organisation's. */
const edition = {
  version: 1,
  stream: 'edition',
  opens: false,
  who: ['steward', 'manager', 'regional-manager'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const line = z.string().trim().min(1).max(300)
const saysSomething = (coded: object): boolean => Object.keys(coded).length > 0
const namesMoreThanItsRecord = (coded: object): boolean => Object.keys(coded).length > 1
const byLanguage = <T extends z.ZodType>(
  of: (language: PrintedLanguage) => string,
  schema: T,
): Record<string, z.ZodOptional<T>> =>
  Object.fromEntries(PrintedLanguage.options.map((language) => [of(language), schema.optional()]))

export const editionBegun: Kind = {
  ...edition,
  kind: 'evidence.edition-begun',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, product: StreamId, number: z.int().min(1).max(1000) }),
}

/** What stands on its cover; only the fields it names change. An empty text, or null, takes back what stood there. */
export const editionDescribed: Kind = {
  ...edition,
  kind: 'evidence.edition-described',
  sets: 'stream',
  coded: z
    .strictObject({
      ...byLanguage(titleField, z.string().max(300)),
      /** What changed since the edition before. */
      changed: z.string().max(2000).optional(),
      licence: Licence.optional(),
      doi: z.string().max(200).nullable().optional(),
      isbn: z.string().max(20).nullable().optional(),
      issn: z.string().max(10).nullable().optional(),
      publishedOn: PublicationDate.nullable().optional(),
    })
    .refine(saysSomething),
}

export const editionLanguagesStated: Kind = {
  ...edition,
  kind: 'evidence.edition-languages-stated',
  sets: 'stream',
  coded: z
    .strictObject(
      Object.fromEntries(ProgrammeLanguage.options.map((language) => [stateField(language), LanguageState.optional()])),
    )
    .refine(saysSomething),
}

const texts = {
  ...byLanguage((language) => textField('heading', language), z.string().max(300)),
  ...byLanguage((language) => textField('text', language), z.string().max(longestText)),
}

/** A section with its texts; `place` is its order in the edition. */
export const sectionWritten: Kind = {
  ...edition,
  kind: 'evidence.section-written',
  sets: 'itself',
  coded: z.strictObject({ ...texts, place: z.int().min(1).max(1000) }),
}

export const sectionRewritten: Kind = {
  ...edition,
  kind: 'evidence.section-rewritten',
  sets: 'named',
  coded: z
    .strictObject({ ...texts, place: z.int().min(1).max(1000).optional(), record: EntryId })
    .refine(namesMoreThanItsRecord),
}

/** A figure by its name and its source: it holds no number. */
export const figureLinked: Kind = {
  ...edition,
  kind: 'evidence.figure-linked',
  sets: 'itself',
  coded: z.strictObject({ name: FigureName, source: FigureSource }),
}

/** The same figure from a newer cut-off, definition or content, or from elsewhere. */
export const figureRelinked: Kind = {
  ...edition,
  kind: 'evidence.figure-relinked',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, source: FigureSource }),
}

/** An author. Of a person, the day on which she agreed to be named and her own words for it stand beside her name. */
export const authorNamed: Kind = {
  ...edition,
  kind: 'evidence.author-named',
  sets: 'itself',
  coded: z
    .strictObject({
      author: AuthorKind,
      name: line,
      agreedOn: CivilDate.refine((date) => precisionOf(date) === 'day').optional(),
      agreement: line.optional(),
    })
    .refine(
      ({ author, agreedOn, agreement }) =>
        (author === 'person') === (agreedOn !== undefined && agreement !== undefined),
    ),
}

/** Nothing of it changes from here on: `hash` is of `editionText`, by whoever froze it. */
export const editionFrozen: Kind = {
  ...edition,
  kind: 'evidence.edition-frozen',
  sets: 'stream',
  coded: z.strictObject({ frozen: z.literal(true), hash: Hash }),
}

/** A section, figure or author that never was, or (`record` is the entry that began it) the whole edition; `false` takes it back. */
export const editionInError: Kind = {
  ...edition,
  kind: 'evidence.edition-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const editionKinds: readonly Kind[] = [
  editionBegun,
  editionDescribed,
  editionLanguagesStated,
  sectionWritten,
  sectionRewritten,
  figureLinked,
  figureRelinked,
  authorNamed,
  editionFrozen,
  editionInError,
]
