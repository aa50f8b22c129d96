import { Agency } from '../shared/agencies.ts'
import { type CivilDate, firstDayOf } from '../shared/dates.ts'
import type { Country } from '../shared/places.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import { readWholeNumber } from '../shared/whole-number.ts'
import { type DateOrder, orderOfDates, readDate } from '../sheets/dates.ts'
import { type Answer, answersIn, checkMapping, type Form, type Mapping, type Said, suggest } from '../sheets/mapping.ts'
import type { Line } from '../sheets/sheet.ts'
import type { Counts, Headed } from './capture.ts'
import { type HeadcountField, headcountFields } from './headcount-fields.ts'
import type { Headcount } from './project.ts'
import { Counted, longestLine, mostCounted, Place, Rank, Trust, Unit } from './words.ts'

/** Why a row does not go on. The sentence stands in the catalogues under `issue.headcount.<reason>`. */
export type BadReason =
  | 'cell-empty'
  | 'word-unknown'
  | 'date-not-understood'
  | 'date-to-come'
  | 'not-a-count'
  | 'total-differs'
  | 'source-too-long'
  | 'row-twice'
  | 'row-contradicts'
  | 'part-broken'
  | 'nobody-counted'
  | 'said-otherwise'
  | 'quote-not-closed'

/** `values` name a column or a line, never what a cell says. */
export type BadRow = {
  readonly line: number
  readonly reason: BadReason
  readonly values: Readonly<Record<string, string | number>>
}

/** One headcount as it would be taken, and the lines of the file that say it. */
export type FileHeadcount = Headed & {
  readonly on: CivilDate
  readonly rows: readonly (Counts & { readonly rank: Rank })[]
  readonly lines: readonly number[]
}

/** A file as it would be taken: nothing is stored. Of cells that are not mapped nothing is in here. */
export type HeadcountFile = {
  readonly headcounts: readonly FileHeadcount[]
  readonly bad: readonly BadRow[]
  /** Headcounts of the file that stand here already, number for number: they are not taken again. */
  readonly known: number
  /** Lines that were added to another line of the same part of an agency: several crossings become all of them together. */
  readonly addedUp: number
  /** Rows that are of another country. */
  readonly elsewhere: number
}

export type Reading = {
  /** What is the same for all rows of a file without such a column. */
  readonly given: { readonly on: CivilDate | undefined; readonly source: string }
  readonly country: Country
  readonly today: CivilDate
  /** The headcounts that stand: what is among them is known again. */
  readonly standing: readonly Headcount[]
}

/**
 * Reads the rows of a form as headcounts. Rows that cannot be taken are listed and refuse nothing. Rows of one part and rank
 * are added up where anything else in them, a column that stays in the file too, tells them apart: so no crossing leaves it.
 * Refuses what `checkMapping` refuses, `workforce.file-no-counts`, `workforce.file-two-ways`, `workforce.file-no-date`,
 * `workforce.no-source` and `workforce.text-too-long` {most}.
 */
export function readHeadcounts(
  form: Form,
  mapping: Mapping<HeadcountField>,
  reading: Reading,
): Decision<HeadcountFile> {
  const way = checkHeadcountMapping(form, mapping)
  if (!way.ok) return way
  const given = checkGiven(mapping, reading)
  if (!given.ok) return given
  const read = answersIn(form, headcountFields, mapping)
  const order = orderOfDates(form.body.map((line) => textOf(read(line).on)))
  const bad: BadRow[] = form.unreadable
    .filter(({ line }) => line > form.header.line)
    .map(({ line, reason }) => ({ line, reason, values: {} }))
  const rows: Row[] = []
  const broken = new Map<string, number>()
  let elsewhere = 0
  for (const line of form.body) {
    const row = readRow(read(line), way.value, { ...reading, order })
    if (row === 'elsewhere') elsewhere++
    else if ('reason' in row) {
      const { of, ...why } = row
      bad.push({ line: line.line, ...why })
      if (of) broken.set(partOf(of), line.line)
    } else rows.push({ ...row, line, tells: tellsApart(form, mapping, line) })
  }
  const apart = withoutTwice(rows, broken)
  const counted = headcountsOf(apart.rows, broken)
  const stood = withoutStanding(counted.headcounts, reading.standing)
  return accept({
    headcounts: stood.headcounts,
    bad: [...bad, ...apart.bad, ...counted.bad, ...stood.bad].toSorted((a, b) => a.line - b.line),
    known: stood.known,
    addedUp: counted.addedUp,
    elsewhere,
  })
}

/** What is remembered of a form, as far as this version has its fields. */
export function recalledHeadcounts({ columns, words }: Mapping<string>): Mapping<HeadcountField> {
  const kept: Partial<Record<HeadcountField, Answer>> = {}
  for (const [field, answer] of Object.entries(columns)) if (isField(field) && answer) kept[field] = answer
  return {
    columns: kept,
    words: words.flatMap((each) => (isField(each.field) ? [{ ...each, field: each.field }] : [])),
  }
}

/** What the heads suggest, by the one way of counting they fit best: columns of women and men before a column of sexes. */
export function suggestHeadcounts(form: Form): Mapping<HeadcountField> {
  const { columns, words } = suggest(form, headcountFields)
  const { sex, officers, ...others } = columns
  return { columns: others.women && others.men ? others : columns, words }
}

const isField = (name: string): name is HeadcountField => Object.hasOwn(headcountFields, name)

// ---------------------------------------------------------------- how a form counts

type Way = 'columns' | 'sexes'

/** Whether rows can be read by a mapping, and how they count. Refused: what `readHeadcounts` refuses of the mapping. */
export function checkHeadcountMapping(form: Form, mapping: Mapping<HeadcountField>): Decision<Way> {
  const checked = checkMapping(form, headcountFields, mapping)
  return checked.ok ? wayOfCounting(mapping) : checked
}

function wayOfCounting({ columns }: Mapping<HeadcountField>): Decision<Way> {
  const hasColumns = columns.women !== undefined && columns.men !== undefined
  const hasSexes = columns.sex !== undefined && columns.officers !== undefined
  if (hasColumns && (columns.sex !== undefined || columns.officers !== undefined))
    return refuse('workforce.file-two-ways')
  if (!hasColumns && !hasSexes) return refuse('workforce.file-no-counts')
  return accept(hasColumns ? 'columns' : 'sexes')
}

function checkGiven({ columns }: Mapping<HeadcountField>, { given, today }: Reading): Decision<true> {
  if (!columns.on && (!given.on || firstDayOf(given.on) > today)) return refuse('workforce.file-no-date')
  if (columns.source) return accept(true)
  if (given.source.trim() === '') return refuse('workforce.no-source')
  return given.source.trim().length > longestLine
    ? refuse('workforce.text-too-long', { most: longestLine })
    : accept(true)
}

// ---------------------------------------------------------------- one row

type Answers = Readonly<Partial<Record<HeadcountField, Said>>>
type Bad = Omit<BadRow, 'line'>
type Of = Headed & { readonly on: CivilDate }
/** `of`: the part that the row would be of, where so much of it can be read. */
type BadOf = Bad & { readonly of?: Of }
type ReadRow = {
  readonly of: Of
  readonly rank: Rank
  readonly counts: Counts
  readonly sex: string
}
type Row = ReadRow & { readonly line: Line; readonly tells: string }

function readRow(
  answers: Answers,
  way: Way,
  reading: Reading & { readonly order: DateOrder },
): ReadRow | BadOf | 'elsewhere' {
  const coded = [
    answers.agency,
    answers.place,
    answers.rank,
    answers.counted,
    answers.trust,
    answers.unit,
    answers.country,
  ]
  for (const answer of coded)
    if (answer?.said === 'unknown-word') return { reason: 'word-unknown', values: { column: answer.column } }
  if (answers.country?.said === 'code' && answers.country.text !== reading.country) return 'elsewhere'
  const of = headedOf(answers, reading)
  if ('reason' in of) return of
  const counts = way === 'columns' ? countsBeside(answers) : countsOfSex(answers)
  if ('reason' in counts) return { ...counts, of }
  const rank = Rank.safeParse(textOf(answers.rank)).data
  // An empty rank is one that the form does not give.
  if (!rank && answers.rank?.said !== 'nothing') return { ...unknownWord(answers.rank), of }
  return { of, rank: rank ?? 'not-given', counts, sex: way === 'sexes' ? (textOf(answers.sex) ?? '') : '' }
}

function headedOf(answers: Answers, { given, today, order }: Reading & { readonly order: DateOrder }): Of | Bad {
  for (const answer of [answers.agency, answers.place, answers.counted, answers.trust, answers.on, answers.source])
    if (answer?.said === 'nothing') return { reason: 'cell-empty', values: { column: answer.column } }
  const [agency, place] = [Agency.safeParse(textOf(answers.agency)).data, Place.safeParse(textOf(answers.place)).data]
  const [counted, trust] = [
    Counted.safeParse(textOf(answers.counted)).data,
    Trust.safeParse(textOf(answers.trust)).data,
  ]
  // An empty unit is the whole of the part.
  const unit = Unit.safeParse(textOf(answers.unit) ?? 'all').data
  // A remembered mapping may name a code that this version does not know.
  if (!agency) return unknownWord(answers.agency)
  if (!place) return unknownWord(answers.place)
  if (!counted) return unknownWord(answers.counted)
  if (!trust) return unknownWord(answers.trust)
  if (!unit) return unknownWord(answers.unit)
  const said = textOf(answers.on)
  const on = said === undefined ? given.on : readDate(said, order)
  const column = answers.on?.column ?? ''
  if (!on || on < oldest) return { reason: 'date-not-understood', values: { column } }
  if (firstDayOf(on) > today) return { reason: 'date-to-come', values: { column } }
  const source = (textOf(answers.source) ?? given.source).trim()
  if (source.length > longestLine) return { reason: 'source-too-long', values: { most: longestLine } }
  return { agency, unit, place, counted, trust, source, on }
}

/** No women served in the police forces of the region before: an earlier year is a slip, or an era that is not ours. */
const oldest = '1945'

const unknownWord = (answer: Said | undefined): Bad => ({
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

const textOf = (answer: Said | undefined): string | undefined =>
  answer?.said === 'code' || answer?.said === 'text' ? answer.text : undefined

// ---------------------------------------------------------------- rows of one part

const partOf = (of: Of): string =>
  JSON.stringify([of.agency, of.unit, of.place, of.on, of.counted, of.trust, plain(of.source)])
const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** Everything a line says but its numbers: looked at on this device, and kept nowhere. */
function tellsApart(form: Form, { columns }: Mapping<HeadcountField>, { cells }: Line): string {
  const numbers = new Set(
    (['women', 'men', 'unrecorded', 'total', 'officers'] as const).flatMap((field) => {
      const answer = columns[field]
      return answer && 'header' in answer ? form.header.cells.indexOf(answer.header) : []
    }),
  )
  return JSON.stringify(cells.filter((_, at) => !numbers.has(at)).map(plain))
}

/** A row that says the same as another is that other; two that differ in their numbers alone contradict each other. */
function withoutTwice(
  rows: readonly Row[],
  broken: Map<string, number>,
): { readonly rows: readonly Row[]; readonly bad: readonly BadRow[] } {
  const bad: BadRow[] = []
  const kept: Row[] = []
  for (const same of Map.groupBy(rows, (row) => `${row.tells} ${partOf(row.of)} ${row.rank} ${row.sex}`).values()) {
    const [first, ...others] = same
    if (!first) continue
    const differing = others.find((row) => !isSame(row.counts, first.counts))
    if (differing) broken.set(partOf(first.of), first.line.line)
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

/** A part of which one row cannot be taken is not taken at all: what is left of it would be another share. */
function headcountsOf(rows: readonly Row[], broken: ReadonlyMap<string, number>) {
  const bad: BadRow[] = []
  const headcounts: FileHeadcount[] = []
  let addedUp = 0
  for (const [part, ofPart] of Map.groupBy(rows, ({ of }) => partOf(of))) {
    const [first] = ofPart
    if (!first) continue
    const lines = ofPart.map(({ line }) => line.line)
    const ranks = [...Map.groupBy(ofPart, ({ rank }) => rank)].map(([rank, each]) => ({ rank, ...added(each) }))
    const distinct = new Set(ofPart.map(({ rank, sex }) => `${rank} ${sex}`)).size
    const brokenAt = broken.get(part)
    if (brokenAt !== undefined)
      bad.push(...lines.map((line) => ({ line, reason: 'part-broken' as const, values: { first: brokenAt } })))
    else if (ranks.every((rank) => rank.women + rank.men + rank.unrecorded === 0))
      bad.push(...lines.map((line) => ({ line, reason: 'nobody-counted' as const, values: {} })))
    else if (ranks.some((rank) => [rank.women, rank.men, rank.unrecorded].some((count) => count > mostCounted)))
      bad.push(
        ...lines.map((line) => ({ line, reason: 'not-a-count' as const, values: { column: '', most: mostCounted } })),
      )
    else {
      addedUp += ofPart.length - distinct
      headcounts.push({ ...first.of, rows: ranks, lines })
    }
  }
  return { headcounts, bad, addedUp }
}

const added = (rows: readonly Row[]): Counts =>
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
 * A source is counted once: what it said of a part and a day stands, and is not taken again. Where it says other numbers now,
 * that is a correction of what stands, and no second source that contradicts it.
 */
function withoutStanding(headcounts: readonly FileHeadcount[], standing: readonly Headcount[]) {
  const known = new Map(
    standing.filter(({ enteredInError }) => !enteredInError).map((each) => [identityOf(each), each]),
  )
  const bad: BadRow[] = []
  const kept: FileHeadcount[] = []
  let same = 0
  for (const headcount of headcounts) {
    const stands = known.get(identityOf(headcount))
    if (!stands) kept.push(headcount)
    else if (saysTheSame(headcount, stands)) same++
    else bad.push(...headcount.lines.map((line) => ({ line, reason: 'said-otherwise' as const, values: {} })))
  }
  return { headcounts: kept, bad, known: same }
}

const identityOf = (of: Pick<Headcount, 'agency' | 'unit' | 'place' | 'on' | 'counted' | 'source'>): string =>
  JSON.stringify([of.agency, of.unit, of.place, of.on, of.counted, plain(of.source ?? '')])

function saysTheSame({ rows }: FileHeadcount, { rows: stands }: Headcount): boolean {
  const said = rows.map((row) => `${row.rank} ${row.women} ${row.men} ${row.unrecorded}`)
  const stood = stands
    .filter(({ enteredInError }) => !enteredInError)
    .map((row) => `${row.rank} ${row.women.high} ${row.men.high} ${row.unrecorded.high}`)
  return said.sort().join() === stood.sort().join()
}
