import { latinDigits } from '../../shared/whole-number.ts'
import type { Form, Said } from '../../sheets/mapping.ts'

/** Why a row of an agency's list does not go on. The sentence stands in the catalogues under `issue.register.<reason>`. */
export type BadReason =
  | 'cell-empty'
  | 'word-unknown'
  | 'no-hours'
  | 'number-not-understood'
  | 'place-not-understood'
  | 'date-not-understood'
  | 'date-to-come'
  | 'date-too-late'
  | 'text-too-long'
  | 'too-many-days'
  | 'post-unknown'
  | 'post-not-taken'
  | 'post-of-two'
  | 'post-twice'
  | 'officer-twice'
  | 'officer-two-homes'
  | 'officer-two-posts'
  | 'officer-contradicts'
  | 'two-homes-in-cell'
  | 'officer-left'
  | 'never-was'
  | 'quote-not-closed'

/**
 * `values` name a column or a line; `who` is the officer's number or the post's code and name as the row writes them, empty where it
 * does not: both are sealed, and stay on this device.
 */
export type BadRow = {
  readonly line: number
  readonly who: string
  readonly reason: BadReason
  readonly values: Readonly<Record<string, string | number>>
}

export type Bad = Omit<BadRow, 'line' | 'who'>

export const bad = (reason: BadReason, values: Bad['values'] = {}): Bad => ({ reason, values })

/** Lines of the form that are no rows at all. */
export const unreadable = (form: Form): BadRow[] =>
  form.unreadable
    .filter(({ line }) => line > form.header.line)
    .map(({ line, reason }) => ({ line, who: '', reason, values: {} }))

export const textIn = (answer: Said | undefined): string | undefined =>
  answer?.said === 'code' || answer?.said === 'text' ? answer.text : undefined

/** The same of a cell for a number, a day or a place: what stands there for "not known" says nothing. */
export function knownIn(answer: Said | undefined): string | undefined {
  const text = textIn(answer)
  return text === undefined || notKnown.test(text.trim()) ? undefined : text
}

const notKnown =
  /^(n\/?a|n\.a\.?|[-–—?.]+|nil data|no data|unknown|not known|tbd|ไม่มีข้อมูล|ไม่ทราบ|မသိ|မသိရ|မသိပါ|មិនដឹង|ບໍ່ຮູ້|không rõ|tidak diketahui|tidak ada data|hindi alam|desconhecido|不详)$/iu

/** Words that nobody has said the meaning of. */
export function unknownWord(answers: readonly (Said | undefined)[]): Bad | undefined {
  const unknown = answers.find((answer) => answer?.said === 'unknown-word')
  return unknown && bad('word-unknown', { column: unknown.column })
}

/**
 * Letters as codes, numbers and names are compared: without case, spaces and the marks between them. A mark between two figures stays,
 * since it parts two numbers: `s1`, `S-1`, `s 1` and `S-၁` are one officer, `S-11` and `S1-1` are two.
 */
export const plain = (text: string): string =>
  latinDigits(text.normalize('NFKC'))
    .toLowerCase()
    .replaceAll(/\s+/gu, '')
    .replaceAll(/(?<=\p{Nd})[^\p{L}\p{M}\p{N}]+(?=\p{Nd})/gu, '-')
    .replaceAll(/[^\p{L}\p{M}\p{N}-]+/gu, '')
    .replaceAll(/(?<!\p{Nd})-+|-+(?!\p{Nd})/gu, '')

/** A post as a list calls it: its code, then its name. */
export const nameOf = ({
  code,
  name,
}: {
  readonly code?: string | null | undefined
  readonly name?: string | null | undefined
}): string => [code, name].filter(Boolean).join(' ')
