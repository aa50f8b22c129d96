import * as z from 'zod'
import type { Kind } from '../log/kind.ts'
import { Hash, OrganisationId } from '../shared/ids.ts'
import { DateOrder } from './dates.ts'
import { Code, CodeWord, HeaderText, Purpose } from './words.ts'

/**
 * How a form is read, remembered for everyone of the organisation: heads of columns and words that stand for codes. What a cell
 * says is no code word when it is longer than one, and the schema refuses it on the server too.
 */
const mapping = {
  version: 1,
  stream: 'sheet-mapping',
  sets: 'stream',
  who: ['trainer', 'focal-point'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const isUnique = (names: readonly string[]): boolean => new Set(names).size === names.length

export type Columns = z.infer<typeof Columns>
export const Columns = z
  .array(z.union([z.strictObject({ field: Code, header: HeaderText }), z.strictObject({ field: Code, all: Code })]))
  .min(1)
  .max(24)
  .refine((columns) => isUnique(columns.map(({ field }) => field)))

export const Words = z
  .array(z.strictObject({ field: Code, word: CodeWord, means: Code }))
  .max(120)
  .refine((words) => isUnique(words.map(({ field, word }) => `${field} ${word}`)))

/** Day or month first, of each field whose column does not tell; of all fields alike where it is one word, as it was once said. */
export type Dates = z.infer<typeof Dates>
export const Dates = z.union([
  DateOrder,
  z
    .array(z.strictObject({ field: Code, order: DateOrder.exclude(['not-known']) }))
    .max(24)
    .refine((dates) => isUnique(dates.map(({ field }) => field))),
])

export const mappingRemembered: Kind = {
  ...mapping,
  kind: 'sheets.mapping-remembered',
  opens: true,
  coded: z.strictObject({
    organisation: OrganisationId,
    purpose: Purpose,
    /** SHA-256 of `formText`: what the form is known again by, of whose other columns nothing is kept. */
    form: Hash,
    columns: Columns,
    words: Words,
    /** In which order dates are written, where a person had to say it. */
    dates: Dates.optional(),
  }),
}

/** The correction: the same form is read another way from now on. What was read before stays as it was written. */
export const mappingCorrected: Kind = {
  ...mapping,
  kind: 'sheets.mapping-corrected',
  opens: false,
  coded: z.strictObject({ columns: Columns, words: Words, dates: Dates.optional() }),
}

export const sheetKinds: readonly Kind[] = [mappingRemembered, mappingCorrected]
