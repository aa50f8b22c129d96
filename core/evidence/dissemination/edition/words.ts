import * as z from 'zod'
import { CivilDate, precisionOf } from '../../../shared/dates.ts'
import { EntryId, Hash, StreamId } from '../../../shared/ids.ts'
import type { PrintedLanguage } from '../../../shared/languages.ts'

/** Under which terms an edition may be used: SPDX ids, and what is left where nobody has given any right. */
export const Licence = z.enum([
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-4.0',
  'CC-BY-NC-SA-4.0',
  'CC0-1.0',
  'all-rights-reserved',
])
export type Licence = z.infer<typeof Licence>

/** Organisations write; a person is named only where she agreed, in her own words. */
export const AuthorKind = z.enum(['organisation', 'person'])
export type AuthorKind = z.infer<typeof AuthorKind>

/** A number, or beside it the bars of one breakdown. */
const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(80)

/** By which the texts call a figure: `{officers}`. */
export const FigureName = Slug.max(40)

const Day = CivilDate.refine((date) => precisionOf(date) === 'day')

/** Of what an indicator is counted: since the beginning, a year, or a quarter. */
export const FigurePeriod = z.union([
  z.literal('all'),
  CivilDate.refine((date) => ['year', 'quarter'].includes(precisionOf(date))),
])

/**
 * Where a figure of an edition comes from, and never what it is. An indicator is counted by its definition as of a cut-off; a cited
 * fact is what one entry said; a cell of a publication stands under its address in the content that has this hash, at these codes by
 * the names of its fields.
 */
export const FigureSource = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('indicator'),
    indicator: Slug,
    definition: z.int().min(1).max(1000),
    period: FigurePeriod,
    cutOff: Day,
    /** The breakdown drawn as bars beside the number. */
    by: Slug.exactOptional(),
  }),
  z.strictObject({ from: z.literal('fact'), fact: StreamId, said: EntryId }),
  z.strictObject({
    from: z.literal('publication'),
    address: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(120),
    hash: Hash,
    codes: z.record(z.string().min(1).max(100), z.string().max(200)),
  }),
])
export type FigureSource = z.infer<typeof FigureSource>

/** Characters of one text of a section, in one language. */
export const longestText = 12_000

/** Each text is a field of its own, so that two who wrote two of them apart do not disagree. */
export type TextField = `${'heading' | 'text'}-${PrintedLanguage}`
export const textField = (what: 'heading' | 'text', language: PrintedLanguage): TextField => `${what}-${language}`
export const titleField = (language: PrintedLanguage): `title-${PrintedLanguage}` => `title-${language}`
export const stateField = (language: string): `state-${string}` => `state-${language}`
