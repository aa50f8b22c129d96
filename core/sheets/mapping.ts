import type { CivilDate } from '../shared/dates.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { type DateOrder, dayOfNumber, isOfTwoDays, orderOfDates, readDay } from './dates.ts'
import { whoSomebodyIs } from './headings.ts'
import type { Line, Merged, Sheet } from './sheet.ts'
import { headsAt } from './two-line-heads.ts'
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
  /** What a person said of dates that are numbers alone, column by column, where the file itself does not tell. */
  readonly dates?: DateOrders<Name>
}
/** Day or month first, of each field of whose column somebody said it. */
export type DateOrders<Name extends string> = Readonly<Partial<Record<Name, Exclude<DateOrder, 'not-known'>>>>
export type Word<Name extends string> = { readonly field: Name; readonly word: string; readonly means: string }

/** The table inside a file, below whatever stands above it. */
export type Form = {
  readonly header: Line
  readonly body: readonly Line[]
  readonly unreadable: readonly UnreadableLine[]
  /** The places of columns that say who somebody is: they are never mapped. */
  readonly naming: ReadonlySet<number>
  /** As `Sheet.dayZero`. */
  readonly dayZero?: CivilDate
}

/** The column that we add to a form, so that its rows are known again. It makes no other form of it. */
export const addedHeading = 'Lentera code'

// ---------------------------------------------------------------- the head of the table

/** The head is looked for in this many lines of each sheet: seals, titles and dates stand above it. */
const searched = 30

/**
 * Finds the line that names most columns known here, in any sheet, and joins it to the other line of a head of two. Code words speak
 * against it: it would be one of the rows.
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
  if (!best) return refuse('sheets.no-headings')
  const { header, last } = headsAt(best.sheet.lines, best.index, {
    isHead: (text) => headingOf(text, fields) !== undefined,
    isAnswer: (text) => isCodeWord(text, fields),
  })
  const below = best.sheet.lines.slice(last + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const body = filledDown(below, best.sheet.merged ?? [])
  if (body.length === 0) return refuse('sheets.no-rows')
  // Where what is read is sealed, she may read from any column.
  const isSealed = namesOf(fields).some((name) => fields[name].sealed)
  const naming = isSealed
    ? []
    : header.cells.flatMap((cell, at) => (headingOf(cell, fields) === 'who-somebody-is' ? [at] : []))
  return accept({
    header,
    body,
    unreadable: best.sheet.issues,
    naming: new Set(naming),
    ...(best.sheet.dayZero ? { dayZero: best.sheet.dayZero } : {}),
  })
}

/** Rows with what is merged over several of them in each: of heads and titles nothing is taken down. */
function filledDown(body: readonly Line[], merged: readonly Merged[]): readonly Line[] {
  const rows = new Map(body.map((row) => [row.line, row]))
  for (const { at, from, to } of merged) {
    const text = rows.get(from)?.cells[at] ?? ''
    if (text === '') continue
    for (let line = from + 1; line <= to; line++) {
      const row = rows.get(line)
      if (!row || (row.cells[at] ?? '') !== '') continue
      const cells = Array.from({ length: Math.max(row.cells.length, at + 1) }, (_, place) => row.cells[place] ?? '')
      rows.set(line, { line, cells: cells.with(at, text) })
    }
  }
  return [...rows.values()]
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

/**
 * What the heads of the columns suggest: of two for one field the better fit, then the earlier. A head that stands twice suggests
 * nothing, nor does that of a date beside which dates without a head stand: it is over both, and which is meant cannot be known.
 */
export function suggest<Name extends string>(form: Form, fields: Fields<Name>): Mapping<Name> {
  const { header, naming } = form
  const columns: Partial<Record<Name, Answer>> = {}
  const best: Partial<Record<Name, number>> = {}
  for (const [at, head] of header.cells.entries()) {
    const fit = fitOf(head, fields)
    if (fit === undefined || fit.field === 'who-somebody-is' || naming.has(at) || !isOnce(header, head)) continue
    if (fit.letters <= (best[fit.field] ?? 0)) continue
    if (fields[fit.field].dates && standsOverTwo(form, at)) continue
    columns[fit.field] = { header: head }
    best[fit.field] = fit.letters
  }
  return { columns, words: [] }
}

/** Whether the next column has no head and holds dates alone. */
function standsOverTwo({ header, body, dayZero }: Form, at: number): boolean {
  if ((header.cells[at + 1] ?? '') !== '') return false
  const beside = body.map(({ cells }) => (cells[at + 1] ?? '').trim()).filter((cell) => plain(cell) !== '')
  return beside.length > 0 && beside.every((cell) => isDate(cell, dayZero))
}

const isDate = (cell: string, dayZero: CivilDate | undefined): boolean =>
  readDay(cell, 'day-first') !== undefined || (dayZero !== undefined && dayOfNumber(cell, dayZero) !== undefined)

/** What is remembered of a form, as far as this version has its fields. */
export function recalled<Name extends string>(
  fields: Fields<Name>,
  { columns, words, dates }: Mapping<string>,
): Mapping<Name> {
  const isField = (name: string): name is Name => Object.hasOwn(fields, name)
  const kept: Partial<Record<Name, Answer>> = {}
  for (const [field, answer] of Object.entries(columns)) if (isField(field) && answer) kept[field] = answer
  const orders: { [field in Name]?: Exclude<DateOrder, 'not-known'> } = {}
  for (const [field, order] of Object.entries(dates ?? {}))
    if (isField(field) && fields[field].dates && order) orders[field] = order
  return {
    columns: kept,
    ...(Object.keys(orders).length > 0 ? { dates: orders } : {}),
    words: words.flatMap((each) => (isField(each.field) ? [{ ...each, field: each.field }] : [])),
  }
}

/** The mapping with another answer to one field. What was said of the words and dates of its old column goes: none of it is remembered. */
export function withAnswer<Name extends string>(
  mapping: Mapping<Name>,
  field: Name,
  answer: Answer | undefined,
): Mapping<Name> {
  const { columns, words, ...rest } = withDates(mapping, field, undefined)
  const answered: Partial<Record<Name, Answer>> = { ...columns }
  delete answered[field]
  if (answer) answered[field] = answer
  return { ...rest, columns: answered, words: words.filter((each) => each.field !== field) }
}

/** The mapping with what a person says of the dates of one field; undefined where she says nothing. */
export function withDates<Name extends string>(
  { dates, ...rest }: Mapping<Name>,
  field: Name,
  order: Exclude<DateOrder, 'not-known'> | undefined,
): Mapping<Name> {
  const orders: { [field in Name]?: Exclude<DateOrder, 'not-known'> } = { ...dates }
  delete orders[field]
  if (order) orders[field] = order
  return Object.keys(orders).length > 0 ? { ...rest, dates: orders } : rest
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

/** The columns of dates that are mapped, and their dates as they are written; several in one cell are parted. */
const datesIn = <Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): readonly DatesOf<Name>[] =>
  answersOf(mapping).flatMap(([field, answer]) => {
    const at = fields[field].dates && 'header' in answer ? placeOf(form, answer.header) : undefined
    if (at === undefined || !('header' in answer)) return []
    const dates = form.body.flatMap(({ cells }) => (cells[at] ?? '').split(/[;,\n]/)).map((date) => date.trim())
    return [{ field, column: answer.header, dates }]
  })
type DatesOf<Name> = { readonly field: Name; readonly column: string; readonly dates: readonly string[] }

/** Of each column of dates one that could be two days, where neither that column nor the others tell which is meant: a person has to say it. */
export function unclearDates<Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): readonly { readonly field: Name; readonly column: string; readonly date: string }[] {
  const columns = datesIn(form, fields, mapping)
  const others = orderOfDates(columns.flatMap(({ dates }) => dates))
  return columns.flatMap(({ field, column, dates }) => {
    const date = dates.find(isOfTwoDays)
    return date === undefined || others !== 'not-known' || orderOfDates(dates) !== 'not-known'
      ? []
      : [{ field, column, date }]
  })
}

/** In which order the dates of each field are read: as its column tells; where it does not, as a person said, or else as the other columns tell. */
export function ordersIn<Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): (field: Name) => DateOrder {
  const columns = datesIn(form, fields, mapping)
  const others = orderOfDates(columns.flatMap(({ dates }) => dates))
  const orders = new Map(
    columns.map(({ field, dates }) => {
      const told = orderOfDates(dates)
      return [field, told === 'not-known' ? (mapping.dates?.[field] ?? others) : told]
    }),
  )
  return (field) => orders.get(field) ?? 'not-known'
}

/** Dates that a workbook keeps as bare numbers, which are read as it counts days: how many, and the first as it stands and is read. */
export function numberedDates<Name extends string>(
  form: Form,
  fields: Fields<Name>,
  mapping: Mapping<Name>,
): { readonly count: number; readonly column: string; readonly written: string; readonly day: CivilDate } | undefined {
  const { dayZero } = form
  if (!dayZero) return undefined
  const found = datesIn(form, fields, mapping).flatMap(({ column, dates }) =>
    dates.flatMap((written) => {
      const day = dayOfNumber(written, dayZero)
      return day ? [{ column, written, day }] : []
    }),
  )
  return found[0] && { count: found.length, ...found[0] }
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
    const said = heard.get(key) ?? saidIn(cell, column, field, fields, mapping.words, form.dayZero)
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
  dayZero: CivilDate | undefined,
): Said {
  const text = cell.trim()
  if (text === '') return { said: 'nothing', column }
  if (fields[field].dates) {
    if (saysNoDate.has(plain(text))) return { said: 'nothing', column }
    const day = dayZero && dayOfNumber(text, dayZero)
    return { said: 'text', text: day ?? text, column }
  }
  if (fields[field].words === undefined) return { said: 'text', text, column }
  const code = codeOfWord(text, field, fields, words)
  return code === undefined ? { said: 'unknown-word', column } : { said: 'code', text: code, column }
}

/** What forms put where a date is missing, as `plain` spells it: marks alone are nothing at all. */
const saysNoDate: ReadonlySet<string> = new Set([
  ...[
    '',
    'n a',
    'na',
    'none',
    'no',
    'nil',
    'null',
    'not yet',
    'not applicable',
    'ไม่มี',
    'ยังไม่มี',
    'မရှိ',
    'မရှိသေး',
    'គ្មាន',
    'មិនមាន',
    'ບໍ່ມີ',
  ],
  ...[
    'không',
    'không có',
    'chưa có',
    'tidak ada',
    'belum',
    'belum ada',
    'tiada',
    'wala',
    'nenhum',
    'nenhuma',
    'laiha',
    '无',
    '没有',
  ],
])

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
