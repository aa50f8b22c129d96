import { Agency } from '../shared/agencies.ts'
import type { PersonKey } from '../shared/ids.ts'
import { Sex } from '../shared/people.ts'
import { officerCode, plainCode } from '../shared/person-codes.ts'
import { accept, type Decision } from '../shared/refusals.ts'
import { type DateOrder, readDay } from '../sheets/dates.ts'
import {
  answersIn,
  checkMapping,
  type Form,
  type Mapping,
  ordersIn,
  recalled,
  type Said,
  suggest,
} from '../sheets/mapping.ts'
import type { Line } from '../sheets/sheet.ts'
import { type AttendanceField, attendanceFields } from './attendance-fields.ts'
import type { Attended } from './capture.ts'
import type { TrainingSession } from './project.ts'

/** A row that goes on: who was there, and whether the file gave her code or the device made it. */
export type FileRow = Attended & { readonly line: number; readonly code: 'given' | 'made' }

/** Why a row does not go on. The sentence stands in the catalogues under `issue.attendance.<reason>`. */
export type BadReason =
  | 'cell-empty'
  | 'word-unknown'
  | 'date-not-understood'
  | 'code-unknown'
  | 'code-of-two'
  | 'officer-twice'
  | 'row-twice'
  | 'there-already'
  | 'quote-not-closed'

/** `values` name a column or a line, never what a cell says: a column mapped by mistake would print a name. */
export type BadRow = {
  readonly line: number
  readonly reason: BadReason
  readonly values: Readonly<Record<string, string | number>>
}

/** A file as it would be taken: nothing is stored. Of cells that are not mapped nothing is in here. */
export type AttendanceFile = {
  readonly rows: readonly FileRow[]
  readonly bad: readonly BadRow[]
  /** Rows that are of another session by their date, country or module. */
  readonly elsewhere: number
}

export type Reading = {
  readonly session: TrainingSession
  /** The officers of the organisation's sessions: the code of one of them is the code of that one. */
  readonly officers: readonly PersonKey[]
  /** A random key, for an officer who has no code yet. */
  readonly newOfficer: () => PersonKey
}

/**
 * Reads the rows of a form as the attendance of one session. Rows that cannot be taken are listed and refuse nothing.
 * Refuses what `checkMapping` refuses.
 */
export function readAttendance(
  form: Form,
  mapping: Mapping<AttendanceField>,
  { session, officers, newOfficer }: Reading,
): Decision<AttendanceFile> {
  const checked = checkMapping(form, attendanceFields, mapping)
  if (!checked.ok) return checked
  const read = answersIn(form, attendanceFields, mapping)
  const order = ordersIn(form, attendanceFields, mapping)('heldOn')
  const known = byCode(officers)
  const there = new Set(session.attendance.flatMap((row) => (row.officer && !row.enteredInError ? row.officer : [])))
  const lineOf = new Map<string, number>()
  const rows: FileRow[] = []
  const bad: BadRow[] = form.unreadable
    .filter(({ line }) => line > form.header.line)
    .map(({ line, reason }) => ({ line, reason, values: {} }))
  let elsewhere = 0
  for (const line of form.body) {
    const answers = read(line)
    const of = placeInSession(answers, session, order)
    if (of === 'elsewhere') {
      elsewhere++
      continue
    }
    const row = of ?? readRow(answers, known)
    const turned = 'reason' in row ? row : (twice(row, line, form.naming, there, lineOf) ?? row)
    if ('reason' in turned) bad.push({ line: line.line, ...turned })
    else rows.push({ ...turned, line: line.line, officer: turned.officer ?? newOfficer() })
  }
  return accept({ rows, bad: bad.toSorted((a, b) => a.line - b.line), elsewhere })
}

/** What is remembered of a form; and the column of codes that we added, where it has that. */
export function recalledAttendance(form: Form, mapping: Mapping<string>): Mapping<AttendanceField> {
  const { columns, ...rest } = recalled(attendanceFields, mapping)
  const own = suggest(form, attendanceFields).columns.code
  return { ...rest, columns: own ? { code: own, ...columns } : columns }
}

/**
 * The form with a code in each row, for her to keep: beside the names, which stay with her, so that who comes again is counted
 * once. Rows that were not taken keep what they had.
 */
export function withCodes(
  form: Form,
  mapping: Mapping<AttendanceField>,
  { rows }: AttendanceFile,
  heading: string,
): { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const answer = mapping.columns.code
  const own = answer && 'header' in answer ? form.header.cells.indexOf(answer.header) : -1
  const at = own === -1 ? form.header.cells.length : own
  const codes = new Map(rows.map(({ line, officer }) => [line, officerCode(officer)]))
  const filled = (cells: readonly string[], code: string | undefined): string[] => {
    const wide = Array.from({ length: Math.max(cells.length, at + 1) }, (_, i) => cells[i] ?? '')
    return code === undefined ? wide : wide.with(at, code)
  }
  return {
    head: filled(form.header.cells, own === -1 ? heading : undefined),
    rows: form.body.map(({ line, cells }) => filled(cells, codes.get(line))),
  }
}

// ---------------------------------------------------------------- one row

type Answers = Readonly<Partial<Record<AttendanceField, Said>>>
type Bad = Omit<BadRow, 'line'>
type Row = Omit<FileRow, 'line' | 'officer'> & { readonly officer: PersonKey | undefined }

/** Undefined where the row is of this session, as far as it says. */
function placeInSession(
  { heldOn, country, module }: Answers,
  session: TrainingSession,
  order: DateOrder,
): Bad | 'elsewhere' | undefined {
  if (heldOn?.said === 'text') {
    const date = readDay(heldOn.text, order)
    if (!date) return { reason: 'date-not-understood', values: { column: heldOn.column } }
    if (date !== session.heldOn) return 'elsewhere'
  }
  for (const answer of [country, module])
    if (answer?.said === 'unknown-word') return { reason: 'word-unknown', values: { column: answer.column } }
  if (country?.said === 'code' && session.country !== undefined && country.text !== session.country) return 'elsewhere'
  if (module?.said === 'code' && !session.modules.some((taught) => taught === module.text)) return 'elsewhere'
  return undefined
}

function readRow({ sex, agency, code }: Answers, known: ByCode): Row | Bad {
  for (const answer of [sex, agency]) {
    if (answer?.said === 'unknown-word') return { reason: 'word-unknown', values: { column: answer.column } }
    if (answer?.said === 'nothing') return { reason: 'cell-empty', values: { column: answer.column } }
  }
  const said = { sex: Sex.safeParse(textOf(sex)).data, agency: Agency.safeParse(textOf(agency)).data }
  // A remembered mapping may name a code that this version does not know.
  if (!said.sex || !said.agency)
    return { reason: 'word-unknown', values: { column: (said.sex ? agency : sex)?.column ?? '' } }
  const row = { sex: said.sex, agency: said.agency }
  const typed = textOf(code)
  if (typed === undefined) return { ...row, officer: undefined, code: 'made' }
  const officer = known.get(plainCode(typed))
  if (officer === undefined) return { reason: 'code-unknown', values: {} }
  return officer === 'two' ? { reason: 'code-of-two', values: {} } : { ...row, officer, code: 'given' }
}

/**
 * Whether she stands in the file or the session already: by her code, or, where she has none yet, by a row that says the same
 * of who she is. What the names say is looked at here, on the device, and kept nowhere.
 */
function twice(
  { officer, sex, agency }: Row,
  { line, cells }: Line,
  naming: Form['naming'],
  there: ReadonlySet<PersonKey>,
  lineOf: Map<string, number>,
): Bad | undefined {
  if (officer && there.has(officer)) return { reason: 'there-already', values: {} }
  const who = [...naming].map((at) => (cells[at] ?? '').trim())
  const same = officer ?? (who.some((text) => text !== '') ? JSON.stringify([who, sex, agency]) : undefined)
  if (same === undefined) return undefined
  const first = lineOf.get(same)
  if (first !== undefined) return { reason: officer ? 'officer-twice' : 'row-twice', values: { first } }
  lineOf.set(same, line)
  return undefined
}

// ---------------------------------------------------------------- codes

type ByCode = ReadonlyMap<string, PersonKey | 'two'>

/** Six characters can be those of two officers: then the code alone does not tell who it is. */
function byCode(officers: readonly PersonKey[]): ByCode {
  const known = new Map<string, PersonKey | 'two'>()
  for (const officer of new Set(officers)) {
    const code = plainCode(officerCode(officer))
    known.set(code, known.has(code) ? 'two' : officer)
  }
  return known
}

const textOf = (answer: Said | undefined): string | undefined =>
  answer?.said === 'code' || answer?.said === 'text' ? answer.text : undefined
