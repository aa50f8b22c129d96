import type { Hash } from '@lentera/core/shared/ids'
import { columnsOf, type Form, type Mapping } from '@lentera/core/sheets/mapping'
import type { Purpose } from '@lentera/core/sheets/words'
import * as z from 'zod'
import type { Typed } from '../../device/use-kept-form.ts'

/** Under which is kept, sealed on this device, what she says of a form before its rows are written: never the file, nor a row of it. */
export const saidOfForm = (purpose: Purpose, form: Hash): string => `sheet-mapping ${purpose} ${form}`

/** What she says of a form, as it is kept. */
export const typedMapping = (mapping: Mapping<string>): string => JSON.stringify(mapping)

/** What she had said of this form, as far as its columns are in it; undefined where nothing is kept, or nothing this version reads. */
export function readMapping(form: Form, { mapping }: Typed): Mapping<string> | undefined {
  const said = Kept.safeParse(mapping).data
  if (!said) return undefined
  const heads = new Set(columnsOf(form))
  const columns = Object.entries(said.columns).filter(([, answer]) => 'all' in answer || heads.has(answer.header))
  const { dates, words } = said
  return { columns: Object.fromEntries(columns), words, ...(dates ? { dates } : {}) }
}

const Answers = z.record(
  z.string(),
  z.union([z.strictObject({ header: z.string() }), z.strictObject({ all: z.string() })]),
)

const Kept = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('not JSON')
      return z.NEVER
    }
  })
  .pipe(
    z.strictObject({
      columns: Answers,
      words: z.array(z.strictObject({ field: z.string(), word: z.string(), means: z.string() })),
      dates: z.record(z.string(), z.enum(['day-first', 'month-first'])).optional(),
    }),
  )
