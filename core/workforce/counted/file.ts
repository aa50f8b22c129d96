import type { Draft } from '../../log/draft.ts'
import { Agency } from '../../shared/agencies.ts'
import { type CivilDate, firstDayOf } from '../../shared/dates.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { readWholeNumber } from '../../shared/whole-number.ts'
import { type DateOrder, readDate } from '../../sheets/dates.ts'
import {
  checkMapping,
  type Fields,
  type Form,
  type Mapping,
  type Said,
  suggest,
  withAnswer,
} from '../../sheets/mapping.ts'
import type { Line } from '../../sheets/sheet.ts'
import { Counted, longestLine, mostCounted, Place, Rank, Trust } from '../words.ts'
import type { Counts, Headed } from './capture.ts'
import { type CountedField, sumWords } from './fields.ts'
import type { CountedRow, HeadSaid } from './project.ts'

/** Why a row does not go on. The sentence stands in the catalogues under `issue.counted.<reason>`. */
export type BadReason =
  | 'cell-empty'
  | 'word-unknown'
  | 'date-not-understood'
  | 'date-to-come'
  | 'not-a-period'
  | 'not-a-count'
  | 'not-a-promotion'
  | 'total-differs'
  | 'source-too-long'
  | 'row-twice'
  | 'row-contradicts'
  | 'part-broken'
  | 'row-is-sum'
  | 'sum-differs'
  | 'sex-missing'
  | 'nobody-counted'
  | 'said-otherwise'
  | 'quote-not-closed'

/** `values` name a column or a line, never what a cell says. */
export type BadRow = {
  readonly line: number
  readonly reason: BadReason
  readonly values: Readonly<Record<string, string | number>>
}

/** Of whom and of when the numbers of a row are. */
export type Of = Headed & { readonly on: CivilDate }

/** One record as it would be taken, and the lines of the file that say it. */
export type FileRecord<More extends object, About extends object> = Of &
  More & {
    readonly rows: readonly (Counts & About)[]
    readonly lines: readonly number[]
  }

/** A file as it would be taken: nothing is stored. Of cells that are not mapped nothing is in here. */
export type CountedFile<More extends object, About extends object> = {
  readonly records: readonly FileRecord<More, About>[]
  readonly bad: readonly BadRow[]
  /** Records of the file that stand here already, number for number: they are not taken again. */
  readonly known: number
  /** Lines that were added to another line of the same part of an agency: several crossings become all of them together. */
  readonly addedUp: number
  /** Rows that are of another country. */
  readonly elsewhere: number
}

/** What is the same for all rows of a file without such a column. */
export type Given = { readonly on: CivilDate | undefined; readonly source: string }

/** `standing`: the records that stand; what is among them is known again. */
export type Reading<Stands> = {
  readonly given: Given
  readonly country: Country
  readonly today: CivilDate
  readonly standing: readonly Stands[]
}

/** What the cells of a row answer, of whichever record of rows. */
export type Answers = Readonly<Partial<Record<CountedField | 'unit' | 'happening' | 'to', Said>>>

type Maybe<T> = { readonly [Name in keyof T]: T[Name] | undefined }

/** A record that stands, as far as a file is laid against it. */
type Standing<More extends object, About extends object> = Named<More> & {
  readonly enteredInError: boolean
  readonly rows: readonly (Omit<CountedRow, 'record'> & Maybe<About>)[]
}
type Named<More extends object> = Pick<HeadSaid, 'agency' | 'place' | 'counted' | 'source'> &
  Maybe<More> & { readonly on: CivilDate }

/** How one kind of record is read from its rows; what all of them say is read here. `More`: what else one is headed by. */
export type Kind<More extends object, About extends object> = {
  readonly headOf: (of: Of, answers: Answers) => (Of & More) | Bad
  readonly aboutOf: (answers: Answers) => About | Bad
  /** What else than agency, place, date, who is counted and source tells records apart. */
  readonly tells: (head: Maybe<More>) => string
  /** What tells the rows of a record apart. */
  readonly nameOf: (about: Maybe<About>) => string
  /** That nobody is counted is an answer. */
  readonly takesNobody: boolean
}

/**
 * Reads the rows of a form as records of rows. Rows that cannot be taken are listed and refuse nothing. Rows of one part and name
 * are added up where anything else in them, a column that stays in the file too, tells them apart: so no crossing leaves it.
 * Refuses `workforce.file-no-counts`, `workforce.file-two-ways`, `workforce.file-no-date`, `workforce.no-source` and
 * `workforce.text-too-long` {most}.
 *
 * @param read the mapped cells of a line, and in which order its dates are written
 */
export function readCounted<More extends object, About extends object>(
  kind: Kind<More, About>,
  form: Form,
  mapping: CountedMapping,
  { answersOf, order }: { readonly answersOf: (line: Line) => Answers; readonly order: DateOrder },
  reading: Reading<Standing<More, About>>,
): Decision<CountedFile<More, About>> {
  const way = wayOfCounting(mapping)
  if (!way.ok) return way
  const given = checkGiven(mapping, reading)
  if (!given.ok) return given
  const bad: BadRow[] = form.unreadable
    .filter(({ line }) => line > form.header.line)
    .map(({ line, reason }) => ({ line, reason, values: {} }))
  const rows: Row<More, About>[] = []
  const broken = new Map<string, number>()
  let elsewhere = 0
  for (const line of form.body) {
    const row = readRow(kind, answersOf(line), way.value, { ...reading, order })
    if (row === 'elsewhere') elsewhere++
    else if ('reason' in row) {
      const { of, ...why } = row
      bad.push({ line: line.line, ...why })
      if (of) broken.set(partOf(kind, of), line.line)
    } else rows.push({ ...row, line, words: wordsOf(form, mapping, line) })
  }
  const apart = withoutTwice(kind, rows, broken)
  const single = withoutSums(kind, apart.rows, headsOfSums(form, mapping), broken)
  const counted = recordsOf(kind, way.value, single.rows, broken)
  const stood = withoutStanding(kind, counted.records, reading.standing)
  return accept({
    records: stood.records,
    bad: [...bad, ...apart.bad, ...single.bad, ...counted.bad, ...stood.bad].toSorted((a, b) => a.line - b.line),
    known: stood.known,
    addedUp: counted.addedUp,
    elsewhere,
  })
}

/** What she says before a file is taken, where it asks for it. */
export type SaidOfFile = { readonly withoutBadRows: boolean; readonly areDifferent: boolean }

/**
 * The records of a file, all of them or none. Refused: `workforce.rows-not-good` {bad} where rows would be left out and she
 * has not said so, `workforce.rows-added-up` {lines} likewise where lines are added up, and what `take` refuses.
 *
 * @param take one record of the file, in a stream of its own
 */
export function importCounted<More extends object, About extends object>(
  { records, bad, addedUp }: CountedFile<More, About>,
  said: SaidOfFile,
  take: (record: Omit<FileRecord<More, About>, 'lines'>) => Decision<Draft[]>,
): Decision<Draft[]> {
  if (records.length > 0 && bad.length > 0 && !said.withoutBadRows)
    return refuse('workforce.rows-not-good', { bad: bad.length })
  if (addedUp > 0 && !said.areDifferent) return refuse('workforce.rows-added-up', { lines: addedUp })
  const drafts: Draft[] = []
  for (const { lines, ...record } of records) {
    const taken = take(record)
    if (!taken.ok) return taken
    drafts.push(...taken.value)
  }
  return accept(drafts)
}

/** What the heads suggest, by the one way of counting they fit best: columns of women and men before a column of sexes. */
export function suggestCounted<More extends string>(
  form: Form,
  fields: Fields<CountedField | More>,
): Mapping<CountedField | More> {
  const suggested = suggest(form, fields)
  const { women, men } = suggested.columns
  return women && men ? withAnswer(withAnswer(suggested, 'sex', undefined), 'officers', undefined) : suggested
}

// ---------------------------------------------------------------- how a form counts

/** The answers of a mapping that are read here, of whichever record of rows. */
type CountedMapping = { readonly columns: Mapping<CountedField>['columns'] }
type Way = 'columns' | 'sexes'

/** Whether rows can be read by a mapping. Refused: what `checkMapping` refuses, `workforce.file-no-counts`, `workforce.file-two-ways`. */
export function checkCounted<More extends string>(
  form: Form,
  fields: Fields<CountedField | More>,
  mapping: Mapping<CountedField | More>,
): Decision<unknown> {
  const checked = checkMapping(form, fields, mapping)
  return checked.ok ? wayOfCounting(mapping) : checked
}

function wayOfCounting({ columns }: CountedMapping): Decision<Way> {
  const hasColumns = columns.women !== undefined && columns.men !== undefined
  const hasSexes = columns.sex !== undefined && columns.officers !== undefined
  if (hasColumns && (columns.sex !== undefined || columns.officers !== undefined))
    return refuse('workforce.file-two-ways')
  if (!hasColumns && !hasSexes) return refuse('workforce.file-no-counts')
  return accept(hasColumns ? 'columns' : 'sexes')
}

function checkGiven({ columns }: CountedMapping, { given, today }: Pick<Reading<unknown>, 'given' | 'today'>) {
  if (!columns.on && (!given.on || firstDayOf(given.on) > today)) return refuse('workforce.file-no-date')
  if (columns.source) return accept(true)
  if (given.source.trim() === '') return refuse('workforce.no-source')
  return given.source.trim().length > longestLine
    ? refuse('workforce.text-too-long', { most: longestLine })
    : accept(true)
}

// ---------------------------------------------------------------- one row

export type Bad = Omit<BadRow, 'line'>
/** `of`: the part that the row would be of, where so much of it can be read. */
type BadOf<More> = Bad & { readonly of?: Of & More }
type ReadRow<More, About> = {
  readonly of: Of & More
  readonly about: About
  readonly counts: Counts
  readonly sex: string
}
type Row<More, About> = ReadRow<More, About> & { readonly line: Line; readonly words: readonly string[] }
type InOrder = Pick<Reading<unknown>, 'given' | 'country' | 'today'> & { readonly order: DateOrder }

function readRow<More extends object, About extends object>(
  kind: Kind<More, About>,
  answers: Answers,
  way: Way,
  reading: InOrder,
): ReadRow<More, About> | BadOf<More> | 'elsewhere' {
  const { country } = answers
  if (country?.said === 'unknown-word') return unknownWord(country)
  if (country?.said === 'code' && country.text !== reading.country) return 'elsewhere'
  const whose = ofWhom(answers, reading)
  if (isBad(whose)) return whose
  const of = kind.headOf(whose, answers)
  if (isBad(of)) return of
  const counts = way === 'columns' ? countsBeside(answers) : countsOfSex(answers)
  if (isBad(counts)) return { ...counts, of }
  const about = kind.aboutOf(answers)
  if (isBad(about)) return { ...about, of }
  return { of, about, counts, sex: way === 'sexes' ? (textOf(answers.sex) ?? '') : '' }
}

const isBad = (read: object): read is Bad => 'reason' in read

function ofWhom(answers: Answers, { given, today, order }: InOrder): Of | Bad {
  for (const answer of [answers.agency, answers.place, answers.counted, answers.trust, answers.on, answers.source])
    if (answer?.said === 'nothing') return { reason: 'cell-empty', values: { column: answer.column } }
  const [agency, place] = [Agency.safeParse(textOf(answers.agency)).data, Place.safeParse(textOf(answers.place)).data]
  const [counted, trust] = [
    Counted.safeParse(textOf(answers.counted)).data,
    Trust.safeParse(textOf(answers.trust)).data,
  ]
  // A word of no meaning; and a remembered mapping may name a code that this version does not know.
  if (!agency) return unknownWord(answers.agency)
  if (!place) return unknownWord(answers.place)
  if (!counted) return unknownWord(answers.counted)
  if (!trust) return unknownWord(answers.trust)
  const said = textOf(answers.on)
  const on = said === undefined ? given.on : readDate(said, order)
  const column = answers.on?.column ?? ''
  if (!on || on < oldest) return { reason: 'date-not-understood', values: { column } }
  if (firstDayOf(on) > today) return { reason: 'date-to-come', values: { column } }
  const source = (textOf(answers.source) ?? given.source).trim()
  if (source.length > longestLine) return { reason: 'source-too-long', values: { most: longestLine } }
  return { agency, place, counted, trust, source, on }
}

/** No women served in the police forces of the region before: an earlier year is a slip, or an era that is not ours. */
const oldest = '1945'

/** An empty rank is one that the form does not give. */
export function rankIn(answer: Said | undefined): Rank | Bad {
  const rank = Rank.safeParse(textOf(answer)).data
  if (rank) return rank
  return answer?.said === 'nothing' ? 'not-given' : unknownWord(answer)
}

export const unknownWord = (answer: Said | undefined): Bad => ({
  reason: 'word-unknown',
  values: { column: answer?.column ?? '' },
})

/** Women and men in columns of their own. An empty cell of either is no number: it could be anybody's. */
function countsBeside(answers: Answers): Counts | Bad {
  for (const answer of [answers.women, answers.men])
    if (answer?.said === 'nothing') return { reason: 'cell-empty', values: { column: answer.column } }
  const counts = { women: countIn(answers.women), men: countIn(answers.men), unrecorded: countIn(answers.unrecorded) }
  for (const name of ['women', 'men', 'unrecorded'] as const)
    if (Number.isNaN(counts[name])) return notACount(answers[name])
  const total = answers.total?.said === 'text' ? countIn(answers.total) : undefined
  if (total === undefined) return counts
  if (Number.isNaN(total)) return notACount(answers.total)
  if (total === counts.women + counts.men + counts.unrecorded) return counts
  return { reason: 'total-differs', values: { column: answers.total?.column ?? '' } }
}

/** One sex a row. Whom the form gives another sex, or none, is unrecorded. */
function countsOfSex({ sex, officers }: Answers): Counts | Bad {
  for (const answer of [sex, officers])
    if (answer?.said === 'nothing') return { reason: 'cell-empty', values: { column: answer.column } }
  if (sex?.said !== 'code') return unknownWord(sex)
  const count = countIn(officers)
  if (Number.isNaN(count)) return notACount(officers)
  const counts = { women: 0, men: 0, unrecorded: 0 }
  const name = sex.text === 'female' ? 'women' : sex.text === 'male' ? 'men' : 'unrecorded'
  return { ...counts, [name]: count }
}

const notACount = (answer: Said | undefined): Bad => ({
  reason: 'not-a-count',
  values: { column: answer?.column ?? '', most: mostCounted },
})

/** NaN where it is no whole number from 0 to the most that are counted; nothing is none. */
function countIn(answer: Said | undefined): number {
  const text = textOf(answer)
  if (text === undefined) return 0
  const count = readWholeNumber(text)
  return count === undefined || count > mostCounted ? Number.NaN : count
}

export const textOf = (answer: Said | undefined): string | undefined =>
  answer?.said === 'code' || answer?.said === 'text' ? answer.text : undefined

// ---------------------------------------------------------------- rows of one part

const partOf = <More extends object, About extends object>(kind: Kind<More, About>, of: Of & More): string =>
  `${identityOf(kind, of)} ${of.trust}`
const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** Everything a line says but its numbers, cell by cell: looked at on this device, and kept nowhere. */
function wordsOf(form: Form, mapping: CountedMapping, { cells }: Line): readonly string[] {
  const numbers = columnsOf(form, mapping, ['women', 'men', 'unrecorded', 'total', 'officers'])
  return cells.map((cell, at) => (numbers.has(at) ? '' : plain(cell)))
}

function columnsOf(
  form: Form,
  { columns }: CountedMapping,
  fields: readonly (CountedField | 'unit')[],
): ReadonlySet<number> {
  // Headcounts alone are asked for a unit.
  const asked: Readonly<Partial<Record<CountedField | 'unit', CountedMapping['columns'][CountedField]>>> = columns
  return new Set(
    fields.flatMap((field) => {
      const answer = asked[field]
      return answer && 'header' in answer ? form.header.cells.indexOf(answer.header) : []
    }),
  )
}

/** A row that says the same as another is that other; two that differ in their numbers alone contradict each other. */
function withoutTwice<More extends object, About extends object>(
  kind: Kind<More, About>,
  rows: readonly Row<More, About>[],
  broken: Map<string, number>,
): { readonly rows: readonly Row<More, About>[]; readonly bad: readonly BadRow[] } {
  const bad: BadRow[] = []
  const kept: Row<More, About>[] = []
  const said = ({ words, of, about, sex }: Row<More, About>): string =>
    `${JSON.stringify(words)} ${partOf(kind, of)} ${kind.nameOf(about)} ${sex}`
  for (const same of Map.groupBy(rows, said).values()) {
    const [first, ...others] = same
    if (!first) continue
    const differing = others.find((row) => !isSame(row.counts, first.counts))
    if (differing) broken.set(partOf(kind, first.of), first.line.line)
    else kept.push(first)
    for (const row of differing ? same : others) {
      const other = row === first ? (differing ?? first) : first
      const reason = differing ? 'row-contradicts' : 'row-twice'
      bad.push({ line: row.line.line, reason, values: { first: other.line.line } })
    }
  }
  return { rows: kept, bad }
}

const isSame = (a: Counts, b: Counts): boolean =>
  a.women === b.women && a.men === b.men && a.unrecorded === b.unrecorded

/** Columns in which a word for a sum may stand, and in which it means the whole of an agency instead. */
type HeadsOfSums = { readonly rank: number | undefined; readonly whole: ReadonlySet<number> }

function headsOfSums(form: Form, mapping: CountedMapping): HeadsOfSums {
  const [rank] = columnsOf(form, mapping, ['rank'])
  return { rank, whole: columnsOf(form, mapping, ['agency', 'place', 'unit', 'country', 'source', 'counted', 'trust']) }
}

/**
 * A row that says that it is a sum, and comes to what the rows beside it come to, counts nobody again: it is left out, and said. One that
 * says so and comes to something else breaks its part. A row without a rank that comes to exactly what two ranks or more come to is
 * such a sum without saying so.
 */
function withoutSums<More extends object, About extends object>(
  kind: Kind<More, About>,
  rows: readonly Row<More, About>[],
  heads: HeadsOfSums,
  broken: Map<string, number>,
): { readonly rows: readonly Row<More, About>[]; readonly bad: readonly BadRow[] } {
  const bad: BadRow[] = []
  const kept: Row<More, About>[] = []
  for (const ofPart of Map.groupBy(rows, ({ of }) => partOf(kind, of)).values()) {
    const unsaid = ofPart.filter((row) => !saysSum(row, heads))
    const isSumUnsaid = (row: Row<More, About>): boolean => {
      const among = addends(row, unsaid, heads)
      return among.length > 1 && isSame(added(among), row.counts)
    }
    const single = unsaid.filter((row) => !isSumUnsaid(row))
    for (const row of ofPart) {
      const among = saysSum(row, heads) ? addends(row, single, heads) : []
      if (single.includes(row) || (!unsaid.includes(row) && among.length === 0)) kept.push(row)
      else if (unsaid.includes(row) || isSame(added(among), row.counts))
        bad.push({ line: row.line.line, reason: 'row-is-sum', values: {} })
      else {
        bad.push({ line: row.line.line, reason: 'sum-differs', values: {} })
        broken.set(partOf(kind, row.of), row.line.line)
      }
    }
  }
  return { rows: kept, bad }
}

const saysSum = <More, About>({ words }: Row<More, About>, { whole }: HeadsOfSums): boolean =>
  words.some((word, at) => !whole.has(at) && sumWords.has(word))

/** What a row would be the sum of: the rows that say the same as it, but where it says a sum, or nothing of the rank. */
function addends<More, About>(
  row: Row<More, About>,
  single: readonly Row<More, About>[],
  heads: HeadsOfSums,
): readonly Row<More, About>[] {
  const isSaid = saysSum(row, heads)
  const isOpen = (word: string, at: number): boolean =>
    (!heads.whole.has(at) && sumWords.has(word)) || (isSaid ? isNumber.test(word) : word === '' && at === heads.rank)
  if (!row.words.some(isOpen)) return []
  return single.filter(
    (each) =>
      each !== row &&
      each.sex === row.sex &&
      row.words.every((word, at) => isOpen(word, at) || word === each.words[at]) &&
      (isSaid || heads.rank === undefined || each.words[heads.rank] !== ''),
  )
}

/** A cell with nothing but a number, a share or a rank in a list, or empty: of a sum it is another than of its rows. */
const isNumber = /^[\p{Nd}\s.,%]*$/u

/** Of a part that lists one of them alone nobody knows the other: that there is none is said with a row of 0. */
const bothSexes = ['female', 'male'] as const

/** A part of which one row cannot be taken is not taken at all: what is left of it would be another share. */
function recordsOf<More extends object, About extends object>(
  kind: Kind<More, About>,
  way: Way,
  rows: readonly Row<More, About>[],
  broken: ReadonlyMap<string, number>,
) {
  const bad: BadRow[] = []
  const records: FileRecord<More, About>[] = []
  let addedUp = 0
  for (const [part, ofPart] of Map.groupBy(rows, ({ of }) => partOf(kind, of))) {
    const [first] = ofPart
    if (!first) continue
    const lines = ofPart.map(({ line }) => line.line)
    const named = [...Map.groupBy(ofPart, ({ about }) => kind.nameOf(about)).values()].flatMap((each) =>
      each[0] ? [{ ...each[0].about, ...added(each) }] : [],
    )
    const distinct = new Set(ofPart.map(({ about, sex }) => `${kind.nameOf(about)} ${sex}`)).size
    const brokenAt = broken.get(part)
    if (brokenAt !== undefined)
      bad.push(...lines.map((line) => ({ line, reason: 'part-broken' as const, values: { first: brokenAt } })))
    else if (!kind.takesNobody && named.every((row) => row.women + row.men + row.unrecorded === 0))
      bad.push(...lines.map((line) => ({ line, reason: 'nobody-counted' as const, values: {} })))
    else if (way === 'sexes' && !kind.takesNobody && !bothSexes.every((sex) => ofPart.some((row) => row.sex === sex)))
      bad.push(...lines.map((line) => ({ line, reason: 'sex-missing' as const, values: {} })))
    else if (named.some((row) => [row.women, row.men, row.unrecorded].some((count) => count > mostCounted)))
      bad.push(
        ...lines.map((line) => ({ line, reason: 'not-a-count' as const, values: { column: '', most: mostCounted } })),
      )
    else {
      addedUp += ofPart.length - distinct
      records.push({ ...first.of, rows: named, lines })
    }
  }
  return { records, bad, addedUp }
}

const added = (rows: readonly { readonly counts: Counts }[]): Counts =>
  rows.reduce(
    (sum, { counts }) => ({
      women: sum.women + counts.women,
      men: sum.men + counts.men,
      unrecorded: sum.unrecorded + counts.unrecorded,
    }),
    { women: 0, men: 0, unrecorded: 0 },
  )

// ---------------------------------------------------------------- what stands already

/**
 * A source is counted once: what it said of a part and a date stands, and is not taken again. Where it says other numbers now,
 * that is a correction of what stands, and no second source that contradicts it.
 */
function withoutStanding<More extends object, About extends object>(
  kind: Kind<More, About>,
  records: readonly FileRecord<More, About>[],
  standing: readonly Standing<More, About>[],
) {
  const known = new Map(
    standing.filter(({ enteredInError }) => !enteredInError).map((each) => [identityOf(kind, each), each]),
  )
  const bad: BadRow[] = []
  const kept: FileRecord<More, About>[] = []
  let same = 0
  for (const record of records) {
    const stands = known.get(identityOf(kind, record))
    if (!stands) kept.push(record)
    else if (saysTheSame(kind, record, stands)) same++
    else bad.push(...record.lines.map((line) => ({ line, reason: 'said-otherwise' as const, values: {} })))
  }
  return { records: kept, bad, known: same }
}

const identityOf = <More extends object, About extends object>({ tells }: Kind<More, About>, of: Named<More>): string =>
  JSON.stringify([of.agency, of.place, of.on, of.counted, plain(of.source ?? ''), tells(of)])

function saysTheSame<More extends object, About extends object>(
  { nameOf }: Kind<More, About>,
  { rows }: FileRecord<More, About>,
  { rows: stands }: Standing<More, About>,
): boolean {
  const said = rows.map((row) => `${nameOf(row)} ${row.women} ${row.men} ${row.unrecorded}`)
  const stood = stands
    .filter(({ enteredInError }) => !enteredInError)
    .map((row) => `${nameOf(row)} ${row.women.high} ${row.men.high} ${row.unrecorded.high}`)
  return said.sort().join() === stood.sort().join()
}
