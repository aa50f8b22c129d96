import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { type DateOrder, isOfTwoDays, orderOfDates } from './dates.ts'
import { whoSomebodyIs } from './headings.ts'
import type { Line, Sheet } from './sheet.ts'
import { longest, type UnreadableLine } from './words.ts'

/** What a room wants to know of each row of a form. */
export type Field = {
  /** How forms head such a column, in the nine languages. The best to fit is suggested, and a person decides. */
  readonly headings: readonly string[]
  /** Headings that count only where they are all of the head: short words, which stand in many others. */
  readonly whole?: readonly string[]
  /** Words that stand in no head of this field, whatever else does: `issued` for a last day. */
  readonly never?: readonly string[]
  /** Where the answer is one of a few codes: each of them, with the words that stand for it on forms. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /** Its cells are dates, of which the numbers may be read in two orders. */
  readonly dates?: true
  /** Different words that its column may have, where more than a few spellings a code are to be expected: names of ranks. */
  readonly most?: number
  readonly required: boolean
  /** What is read from it is sealed on this device, so that its column may say who somebody is. */
  readonly sealed?: true
}
export type Fields<Name extends string> = Readonly<Record<Name, Field>>

/** Where an answer stands: in a column, named by its head; or nowhere, since it is the same for all rows. */
export type Answer = { readonly header: string } | { readonly all: string }

export type Mapping<Name extends string> = {
  readonly columns: Readonly<Partial<Record<Name, Answer>>>
  /** What a person said of words that are not known here, or stand for something else on this form. */
  readonly words: readonly Word<Name>[]
  /** What a person said of dates that are numbers alone, where the file itself does not tell. */
  readonly dates?: DateOrder
}
export type Word<Name extends string> = { readonly field: Name; readonly word: string; readonly means: string }

/** The table inside a file, below whatever stands above it. */
export type Form = {
  readonly header: Line
  readonly body: readonly Line[]
  readonly unreadable: readonly UnreadableLine[]
  /** The places of columns that say who somebody is: they are never mapped. */
  readonly naming: ReadonlySet<number>
}

/** The column that we add to a form, so that its rows are known again. It makes no other form of it. */
export const addedHeading = 'Lentera code'

// ---------------------------------------------------------------- the head of the table

/** The head is looked for in this many lines of each sheet: seals, titles and dates stand above it. */
const searched = 30

/**
 * Finds the line that names most columns known here, in any sheet. Code words speak against it: it would be one of the rows.
 * Refused: `sheets.no-headings` where no line names a column, `sheets.no-rows`.
 */
export function findForm<Name extends string>(sheets: readonly Sheet[], fields: Fields<Name>): Decision<Form> {
  let best: { readonly sheet: Sheet; readonly index: number; readonly known: number } | undefined
  for (const sheet of sheets) {
    for (const [index, { cells }] of sheet.lines.slice(0, searched).entries()) {
      const heads = cells.filter((cell) => headingOf(cell, fields) !== undefined).length
      const known = heads - cells.filter((cell) => isCodeWord(cell, fields)).length
      if (known > (best?.known ?? 0)) best = { sheet, index, known }
    }
  }
  const header = best?.sheet.lines[best.index]
  if (!best || !header) return refuse('sheets.no-headings')
  const body = best.sheet.lines.slice(best.index + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (body.length === 0) return refuse('sheets.no-rows')
  // Where what is read is sealed, she may read from any column.
  const isSealed = namesOf(fields).some((name) => fields[name].sealed)
  const naming = isSealed
    ? []
    : header.cells.flatMap((cell, at) => (headingOf(cell, fields) === 'who-somebody-is' ? [at] : []))
  return accept({
    header: { line: header.line, cells: header.cells.map((cell) => cell.trim()) },
    body,
    unreadable: best.sheet.issues,
    naming: new Set(naming),
  })
}

/** Whether a head is of the column we added: no form is without it or with it, so that nothing is remembered of it. */
export const isAdded = (head: string): boolean => plain(head) === plain(addedHeading)

/** What a form is known again by: the heads of its columns, however they are spaced, without the column we added. */
export function formText({ header }: Form): string {
  const heads = header.cells.filter((head) => !isAdded(head)).map(plain)
  return JSON.stringify(heads.slice(0, heads.findLastIndex((head) => head !== '') + 1))
}

const headingOf = <Name extends string>(text: string, fields: Fields<Name>): Name | 'who-somebody-is' | undefined =>
  fitOf(text, fields)?.field

/** How well a head names a field: letters of the longest heading that stands in it; `Infinity` where that is all of it. */
type Fit<Name extends string> = { readonly field: Name | 'who-somebody-is'; readonly letters: number }

/** Of several fields the one whose heading says most of the head; what the field never is does not count. */
function fitOf<Name extends string>(text: string, fields: Fields<Name>): Fit<Name> | undefined {
  const head = plain(text)
  if (head === '') return undefined
  const fits = namesOf(fields).flatMap((field) => {
    const letters = lettersOf(head, fields[field])
    return letters === 0 ? [] : [{ field, letters }]
  })
  const whole = fits.find(({ letters }) => letters === Infinity)
  if (whole) return whole
  const sealed = fits.filter(({ field }) => fields[field].sealed)
  const saysWho = whoSomebodyIs.some((heading) => stands(plain(heading), head))
  if (saysWho && sealed.length === 0) return { field: 'who-somebody-is', letters: head.length }
  return (saysWho ? sealed : fits).toSorted((a, b) => b.letters - a.letters)[0]
}

/** 0 where no heading of the field stands in the head. */
function lettersOf(head: string, { headings, whole = [], never = [] }: Field): number {
  if ([...headings, ...whole].some((heading) => plain(heading) === head)) return Infinity
  if (never.some((word) => stands(plain(word), head))) return 0
  return Math.max(0, ...headings.map(plain).map((heading) => (stands(heading, head) ? heading.length : 0)))
}

const isCodeWord = <Name extends string>(cell: string, fields: Fields<Name>): boolean =>
  plain(cell) !== '' &&
  namesOf(fields).some((name) => fields[name].required && codeOfWord(cell, name, fields, []) !== undefined)

// ---------------------------------------------------------------- which column and word means what

/** Different words that a column of codes can have: each code in a few spellings. */
const mostWords = ({ words, most }: Field): number => most ?? Math.max(12, 4 * Object.keys(words ?? {}).length)

/** What the heads of the columns suggest: of two for one field the better fit, then the earlier. A head that stands twice suggests nothing. */
export function suggest<Name extends string>({ header, naming }: Form, fields: Fields<Name>): Mapping<Name> {
  const columns: Partial<Record<Name, Answer>> = {}
  const best: Partial<Record<Name, number>> = {}
  for (const [at, head] of header.cells.entries()) {
    const fit = fitOf(head, fields)
    if (fit === undefined || fit.field === 'who-somebody-is' || naming.has(at) || !isOnce(header, head)) continue
    if (fit.letters <= (best[fit.field] ?? 0)) continue
    columns[fit.field] = { header: head }
    best[fit.field] = fit.letters
  }
  return { columns, words: [] }
}

/** What is remembered of a form, as far as this version has its fields. */
export function recalled<Name extends string>(
  fields: Fields<Name>,
  { columns, words, dates }: Mapping<string>,
): Mapping<Name> {
  const isField = (name: string): name is Name => Object.hasOwn(fields, name)
  const kept: Partial<Record<Name, Answer>> = {}
  for (const [field, answer] of Object.entries(columns)) if (isField(field) && answer) kept[field] = answer
  return {
    columns: kept,
    ...(dates ? { dates } : {}),
    words: words.flatMap((each) => (isField(each.field) ? [{ ...each, field: each.field }] : [])),
  }
}

/** The mapping with another answer to one field. What was said of the words of its old column goes: none of them is remembered. */
export function withAnswer<Name extends string>(
  { columns, words, ...rest }: Mapping<Name>,
  field: Name,
  answer: Answer | undefined,
): Mapping<Name> {
  const answered: Partial<Record<Name, Answer>> = { ...columns }
  delete answered[field]
  if (answer) answered[field] = answer
  return { ...rest, columns: answered, words: words.filter((each) => each.field !== field) }
}

/** The mapping with what a person says of its dates; undefined where she says nothing. */
export function withDates<Name extends string>(
  { dates: _, ...rest }: Mapping<Name>,
  order: DateOrder | undefined,
): Mapping<Name> {
  return order ? { ...rest, dates: order } : rest
}

/** The columns that may be mapped: they have a head, which stands once, and say nothing of who somebody is. */
export const columnsOf = ({ header, naming }: Form): readonly string[] =>
  header.cells.filter((head, at) => head !== '' && !naming.has(at) && isOnce(header, head))

/** The columns that stay in the file, in their order. */
export function leftIn<Name extends string>({ header }: Form, mapping: Mapping<Name>): readonly string[] {
  const mapped = new Set(answersOf(mapping).flatMap(([, answer]) => ('header' in answer ? answer.header : [])))
  return header.cells.filter((head) => head !== '' && !mapped.has(head))
}

/**
 * Each word that stands in the mapped columns of codes, once, and what it means so far. Of a column of more different words
 * than code words are, none: they could be names.
 */
export function wordsIn<Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): WordFound<Name>[] {
  return answersOf(mapping).flatMap(([field, answer]) => {
    const at = 'header' in answer ? placeOf(form, answer.header) : undefined
    if (at === undefined || fields[field].words === undefined) return []
    const words = distinct(form, at).filter((word) => word.length <= longest.word)
    if (words.length > mostWords(fields[field])) return []
    return words.map((word) => ({ field, word, means: codeOfWord(word, field, fields, mapping.words) }))
  })
}
export type WordFound<Name extends string> = Omit<Word<Name>, 'means'> & { readonly means: string | undefined }

/** The dates in the mapped columns, as they are written; several in one cell are parted. */
const datesIn = <Name extends string>(form: Form, fields: Fields<Name>, mapping: Mapping<Name>): readonly string[] =>
  answersOf(mapping).flatMap(([field, answer]) => {
    const at = fields[field].dates && 'header' in answer ? placeOf(form, answer.header) : undefined
    return at === undefined ? [] : form.body.flatMap(({ cells }) => (cells[at] ?? '').split(/[;,\n]/))
  })

/** A date of the form that could be two days, where no other tells which is meant: then a person has to say it. */
export function unclearDate<Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): string | undefined {
  const dates = datesIn(form, fields, mapping).map((date) => date.trim())
  return orderOfDates(dates) === 'not-known' ? dates.find(isOfTwoDays) : undefined
}

/** In which order the dates of a form are read: as it tells, and where it does not, as a person said. */
export function orderIn<Name extends string>(form: Form, fields: Fields<Name>, mapping: Mapping<Name>): DateOrder {
  const told = orderOfDates(datesIn(form, fields, mapping))
  return told === 'not-known' ? (mapping.dates ?? told) : told
}

/**
 * Whether rows can be read by a mapping. Refused: `sheets.field-missing` {field}, `sheets.column-missing` {column},
 * `sheets.column-says-who` {column}, `sheets.not-code-words` {column, most} for a column of more different words than code
 * words are, `sheets.heading-too-long` {most}, `sheets.word-too-long` {most}.
 */
export function checkMapping<Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): Decision<Mapping<Name>> {
  const missing = namesOf(fields).find((name) => fields[name].required && mapping.columns[name] === undefined)
  if (missing) return refuse('sheets.field-missing', { field: missing })
  for (const [field, answer] of answersOf(mapping)) {
    if (!('header' in answer)) continue
    const at = placeOf(form, answer.header)
    if (answer.header.length > longest.header) return refuse('sheets.heading-too-long', { most: longest.header })
    if (at === undefined || !isOnce(form.header, answer.header))
      return refuse('sheets.column-missing', { column: answer.header })
    if (form.naming.has(at)) return refuse('sheets.column-says-who', { column: answer.header })
    const most = mostWords(fields[field])
    if (fields[field].words && distinct(form, at).length > most)
      return refuse('sheets.not-code-words', { column: answer.header, most })
  }
  if (mapping.words.some(({ word }) => word.length > longest.word))
    return refuse('sheets.word-too-long', { most: longest.word })
  return accept(mapping)
}

// ---------------------------------------------------------------- the rows

/** What a row answers: nothing, a code, a text where the field has no codes, or a word that nobody has said the meaning of. */
export type Said =
  | { readonly said: 'nothing' | 'unknown-word'; readonly column: string }
  | { readonly said: 'code' | 'text'; readonly text: string; readonly column: string }

/** Reads the mapped cells of a line, and no others. A field that is not mapped says undefined. */
export function answersIn<Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): (line: Line) => Readonly<Partial<Record<Name, Said>>> {
  const places = answersOf(mapping).map(([field, answer]) => ({
    field,
    answer,
    at: 'header' in answer ? placeOf(form, answer.header) : undefined,
  }))
  // The same few words stand in thousands of cells.
  const heard = new Map<string, Said>()
  const hear = (cell: string, column: string, field: Name): Said => {
    const key = `${field} ${cell}`
    const said = heard.get(key) ?? saidIn(cell, column, field, fields, mapping.words)
    heard.set(key, said)
    return said
  }
  return ({ cells }) => {
    const row: Partial<Record<Name, Said>> = {}
    for (const { field, answer, at } of places) {
      if ('all' in answer) row[field] = { said: 'code', text: answer.all, column: '' }
      else row[field] = hear(at === undefined ? '' : (cells[at] ?? ''), answer.header, field)
    }
    return row
  }
}

function saidIn<Name extends string>(
  cell: string,
  column: string,
  field: Name,
  fields: Fields<Name>,
  words: readonly Word<Name>[],
): Said {
  const text = cell.trim()
  if (text === '') return { said: 'nothing', column }
  if (fields[field].words === undefined) return { said: 'text', text, column }
  const code = codeOfWord(text, field, fields, words)
  return code === undefined ? { said: 'unknown-word', column } : { said: 'code', text: code, column }
}

/** A person's word before ours. */
function codeOfWord<Name extends string>(
  word: string,
  field: Name,
  fields: Fields<Name>,
  said: readonly Word<Name>[],
): string | undefined {
  const written = plain(word)
  const hers = said.find((each) => each.field === field && plain(each.word) === written)
  if (hers) return hers.means
  const ours = Object.entries(fields[field].words ?? {})
  return ours.find(([code, stand]) => [code, ...stand].some((each) => plain(each) === written))?.[0]
}

// ---------------------------------------------------------------- places and letters

const namesOf = <Name extends string>(fields: Fields<Name>): Name[] =>
  // The keys of a record are those its type names: it is written as a literal.
  Object.keys(fields) as Name[]

const answersOf = <Name extends string>({ columns }: Mapping<Name>): (readonly [Name, Answer])[] =>
  (Object.keys(columns) as Name[]).flatMap((field) => {
    const answer = columns[field]
    return answer ? [[field, answer] as const] : []
  })

function placeOf({ header }: Form, head: string): number | undefined {
  const at = header.cells.indexOf(head)
  return at === -1 ? undefined : at
}

const isOnce = ({ cells }: Line, head: string): boolean => cells.indexOf(head) === cells.lastIndexOf(head)

function distinct({ body }: Form, at: number): string[] {
  const words = new Map<string, string>()
  for (const { cells } of body) {
    const word = (cells[at] ?? '').trim()
    if (word !== '' && !words.has(plain(word))) words.set(plain(word), word)
  }
  return [...words.values()]
}

/** Letters, marks and digits alone, in lower case: "Sex (M/F)" and "sex  m-f" are one. */
function plain(text: string): string {
  const letters = text.normalize('NFKC').toLowerCase()
  return letters.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()
}

/** Whether a word stands in a text: among spaces, or anywhere in scripts that write none. */
const stands = (word: string, text: string): boolean =>
  /[\p{Script=Latin}]/u.test(word) ? ` ${text} `.includes(` ${word} `) : text.includes(word)
