import { CivilDate, firstDayOf, precisionOf } from '../../shared/dates.ts'
import type { AgeGroup } from '../../shared/people.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import type { Line } from '../../sheets/sheet.ts'
import type { OpenCase } from '../capture.ts'
import type { CaseSealed, ClosingReason, ConsentState, Form, Service } from '../words.ts'
import {
  closingOf,
  type Destination,
  destinations,
  type FieldName,
  fieldNames,
  fieldOf,
  formOf,
  isNotTaken,
  type NotTaken,
  ownColumns,
  proposed,
  serviceOf,
  sexOf,
} from './words.ts'

/** What a row becomes: the words of a new case, what she needs, and how it was closed where it was. */
export type HtcdsCase = {
  readonly line: number
  /** What the row is known again by: its own words in an order that no program changes, or the column that names it. */
  readonly knownBy: string
  readonly opening: Pick<OpenCase, 'sex' | 'age' | 'form' | 'consentCounting'> & {
    readonly opened: Readonly<Partial<Record<CaseSealed, string>>>
  }
  readonly need: { readonly service: Service; readonly detail: string } | undefined
  readonly closing: { readonly reason: ClosingReason; readonly note: string } | undefined
}

/** Why no case can be made of a row. The sentence stands in the catalogues under `issue.htcds.<reason>`. */
export type RowReason =
  | 'cells-missing'
  | 'cells-too-many'
  | 'row-empty'
  | 'row-twice'
  | 'identifier-empty'
  | 'no-consent'
  | 'checkbox-not-understood'
  | 'code-not-known'
  | 'code-proposed'
  | 'one-code-only'
  | 'date-not-understood'
  | 'date-in-the-future'
  | 'date-too-early'
  | 'not-a-victim'
  | 'of-an-accused'
  | 'text-too-long'

/** `values` never hold what a cell says: a shifted column would print a name. */
export type RowProblem = {
  readonly line: number
  readonly reason: RowReason
  readonly values: Readonly<Record<string, string | number>>
}

export type ColumnReport = {
  readonly column: string
  /** `not-of-the-standard`: no field has that name; `instead` is the nearest that has, empty where none is near. */
  readonly why: NotTaken | 'not-of-the-standard' | 'no-name'
  readonly instead: string
}

export type HtcdsReading = {
  readonly cases: readonly HtcdsCase[]
  readonly problems: readonly RowProblem[]
  /** Fields that are read, by the standard's names. */
  readonly taken: readonly string[]
  /** Every other column of the file: nothing is dropped without being named. */
  readonly notTaken: readonly ColumnReport[]
  /** Codes outside the standard's list that only go into a sealed text: kept as written, and named by field and line. */
  readonly keptAsWritten: readonly {
    readonly field: string
    readonly lines: readonly number[]
    readonly rows: number
  }[]
  /** Rows whose file does not say that she agreed to be counted: they become cases that are not counted. */
  readonly notCounted: number
}

/** Characters of a row: what an entry has room for once it is sealed, in any script. */
export const longestText = 30_000

export type Reading = {
  readonly today: CivilDate
  /** A column that names each row, where the file has one: `CaseNumber`. */
  readonly identifiedBy?: string
}

/**
 * Reads the lines of a file with HTCDS 2.0 field names. Rows that no case can be made of are problems and refuse nothing.
 * Refuses the whole: `htcds.no-fields` (no line names a field), `htcds.no-consent-column`, `htcds.nothing-of-her` {column, fields},
 * `htcds.column-twice` {column}, `htcds.no-such-column` {column}, `htcds.no-rows`.
 */
export function readHtcds(lines: readonly Line[], { today, identifiedBy }: Reading): Decision<HtcdsReading> {
  const at = lines.slice(0, searched).findIndex(({ cells }) => cells.some((cell) => fieldNamed(cell) !== undefined))
  const header = lines[at]
  if (!header) return refuse('htcds.no-fields', { fields: `${ofHer}, con_Consent` })
  const found = columnsOf(header, identifiedBy)
  if (!found.ok) return found
  const columns = found.value
  const body = lines.slice(at + 1)
  if (body.length === 0) return refuse('htcds.no-rows')

  const cases: HtcdsCase[] = []
  const problems: RowProblem[] = []
  const kept = new Map<string, number[]>()
  const seen = new Map<string, number>()
  for (const line of body) {
    const read = readRow(line, columns, today)
    for (const field of read.strangers) kept.set(field, [...(kept.get(field) ?? []), line.line])
    if ('problem' in read) {
      problems.push({ line: line.line, ...read.problem })
      continue
    }
    const first = seen.get(read.made.knownBy)
    if (first !== undefined) problems.push({ line: line.line, reason: 'row-twice', values: { first } })
    else cases.push(read.made)
    seen.set(read.made.knownBy, first ?? line.line)
  }
  return accept({
    cases,
    problems,
    taken: columns.fields.filter(({ to }) => !isNotTaken(to)).map(({ field }) => field),
    notTaken: columns.notTaken,
    keptAsWritten: [...kept].map(([field, all]) => ({ field, rows: all.length, lines: all.slice(0, linesNamed) })),
    notCounted: cases.filter(({ opening }) => opening.consentCounting !== 'given').length,
  })
}

/** Fields of which a case is made, for a file that has none. */
const ofHer = 'prs_FirstName, vic_TypeOfExploitation'
const searched = 100
const linesNamed = 20

// ---------------------------------------------------------------- the header

type Columns = {
  readonly width: number
  readonly fields: readonly { readonly field: FieldName; readonly to: Destination; readonly at: number }[]
  readonly counting: number | undefined
  readonly identifier: number | undefined
  readonly notTaken: readonly ColumnReport[]
}

function columnsOf(header: Line, identifiedBy: string | undefined): Decision<Columns> {
  const width = header.cells.findLastIndex((cell) => cell.trim() !== '') + 1
  const fields: { field: FieldName; to: Destination; at: number }[] = []
  const notTaken: ColumnReport[] = []
  const meant: FieldName[] = []
  let counting: number | undefined
  let identifier: number | undefined
  for (const [at, cell] of header.cells.slice(0, width).entries()) {
    const column = cell.replace('\uFEFF', '').trim()
    const field = fieldNamed(column)
    if (identifiedBy !== undefined && plain(column) === plain(identifiedBy)) identifier ??= at
    if (field) {
      const to = destinations[field]
      // The standard itself says of some that they may repeat: all of those are only told.
      if (to !== 'told' && fields.some((known) => known.field === field))
        return refuse('htcds.column-twice', { column })
      fields.push({ field, to, at })
      if (isNotTaken(to)) notTaken.push({ column, why: to, instead: '' })
    } else if (plain(column) === plain(ownColumns.counting)) counting ??= at
    else if (at !== identifier) {
      const instead = nearest(column)
      if (instead && isOfHer(destinations[instead])) meant.push(instead)
      notTaken.push({
        column: column || String(at + 1),
        why: column ? 'not-of-the-standard' : 'no-name',
        instead: instead ?? '',
      })
    }
  }
  if (identifiedBy !== undefined && identifier === undefined)
    return refuse('htcds.no-such-column', { column: identifiedBy })
  const consent = fields.find(({ to }) => to === 'consent')
  if (!consent) return refuse('htcds.no-consent-column', { column: 'con_Consent' })
  // Of somebody accused its rows say so themselves.
  if (!fields.some(({ to }) => isOfHer(to) || to === 'of-an-accused'))
    return refuse('htcds.nothing-of-her', {
      column: consent.field,
      fields: meant.length > 0 ? [...new Set(meant)].slice(0, linesNamed).join(', ') : ofHer,
    })
  return accept({ width, fields, counting, identifier, notTaken })
}

/** That she agreed, and whether her case is open, is not yet a word about her: a case of it would be empty. */
const isOfHer = (to: Destination): boolean => to !== 'consent' && to !== 'status' && !isNotTaken(to)

/** The standard's own forms write `prs_First_Name` for what its list of fields calls `prs_FirstName`. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
const byPlainName: ReadonlyMap<string, FieldName> = new Map(fieldNames.map((name) => [plain(name), name]))
const fieldNamed = (cell: string): FieldName | undefined => byPlainName.get(plain(cell))

/** The field whose name, without its prefix, is the nearest; undefined where none is near. */
function nearest(column: string): FieldName | undefined {
  const asked = plain(column.replace(/^[a-z]{3}_/i, ''))
  if (asked.length < 3) return undefined
  let best: { readonly field: FieldName; readonly distance: number } | undefined
  for (const field of fieldNames) {
    const name = plain(field.slice(4))
    const distance = name === asked ? 0 : editsBetween(asked, name)
    if (distance <= Math.floor(asked.length / 3) && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { field, distance }
  }
  return best?.field
}

/** Levenshtein's distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

// ---------------------------------------------------------------- a row

type Problem = Omit<RowProblem, 'line'>
type Said = { readonly field: FieldName; readonly to: Destination; readonly text: string }
type Row = { readonly strangers: readonly string[] } & ({ readonly made: HtcdsCase } | { readonly problem: Problem })

function readRow({ line, cells }: Line, columns: Columns, today: CivilDate): Row {
  const wide = cells.slice(columns.width).some((cell) => cell.trim() !== '')
  if (wide) return failed('cells-too-many', { expected: columns.width, found: cells.length })
  if (cells.length < columns.width) return failed('cells-missing', { expected: columns.width, found: cells.length })
  const said = columns.fields.flatMap(({ field, to, at }): Said[] => {
    const text = cells[at]?.trim().normalize() ?? ''
    return text === '' ? [] : [{ field, to, text }]
  })
  const checked = checkConsent(said) ?? checkWhose(said) ?? checkOfHer(said)
  if (checked) return { problem: checked, strangers: [] }
  const words = readWords(said, today)
  if ('problem' in words) return { problem: words.problem, strangers: [] }
  const counting = readCounting(cells[columns.counting ?? -1]?.trim() ?? '')
  if (!counting) return failed('checkbox-not-understood', { field: ownColumns.counting })
  const identifier =
    columns.identifier === undefined ? undefined : (cells[columns.identifier]?.trim().normalize() ?? '')
  if (identifier === '') return failed('identifier-empty')
  const { gender, codes, closing, need, age, form, sex, birthDate } = words
  const detail = joined(said, 'needDetail')
  const length = said.reduce((sum, { text }) => sum + text.length, 0)
  if (length > longestText) return failed('text-too-long', { most: longestText })
  const narrative = narrativeOf(said, { hasNeed: need !== undefined, isClosed: closing !== null })
  const opened = filled({
    name: texts(said, 'name').join(' '),
    birthDate: birthDate ?? '',
    gender: gender ?? '',
    exploitation: codes.join(' '),
    language: only(said, 'language'),
    place: texts(said, 'place').join(', '),
    narrative,
  })
  return {
    strangers: strangersIn(said),
    made: {
      line,
      knownBy: identifier ?? JSON.stringify(said.map(({ field, text }) => [field, text]).sort()),
      opening: { sex, age, form, consentCounting: counting, opened },
      need: need && { service: need, detail },
      closing: closing ? { reason: closing, note: closingNote(said) } : undefined,
    },
  }
}

const failed = (reason: RowReason, values: RowProblem['values'] = {}): Row => ({
  problem: { reason, values },
  strangers: [],
})

/** A record of somebody who did not agree to it is not made here, and what is not said is no agreement. */
function checkConsent(said: readonly Said[]): Problem | undefined {
  if (said.length === 0) return { reason: 'row-empty', values: {} }
  const consent =
    said.find(({ field }) => field === 'con_Consent') ??
    said.find(({ field }) => field === 'vic_AgreementToManagePersonalData')
  const answer = consent ? readCheckbox(consent.text) : false
  if (answer === undefined) return { reason: 'checkbox-not-understood', values: { field: consent?.field ?? '' } }
  return answer ? undefined : { reason: 'no-consent', values: { field: consent?.field ?? 'con_Consent' } }
}

/** A file may hold people who are no survivors: no case is made of them. Who was both is a survivor here. */
function checkWhose(said: readonly Said[]): Problem | undefined {
  const isAccused = said.some(({ field }) => field.startsWith('per_'))
  if (isAccused && !said.some(({ field }) => field.startsWith('vic_'))) return { reason: 'of-an-accused', values: {} }
  const status = said.find(({ field }) => field === 'vic_TraffickingStatus')
  return status && codeOf('vic_TraffickingStatus', status.text) === 'NotAVictimOfTrafficking'
    ? { reason: 'not-a-victim', values: {} }
    : undefined
}

const checkOfHer = (said: readonly Said[]): Problem | undefined =>
  said.some(({ to }) => isOfHer(to)) ? undefined : { reason: 'row-empty', values: {} }

type Words = {
  readonly gender: string | undefined
  readonly sex: OpenCase['sex']
  readonly birthDate: CivilDate | undefined
  readonly age: AgeGroup
  readonly codes: readonly string[]
  readonly form: Form
  readonly closing: ClosingReason | null
  readonly need: Service | undefined
}

function readWords(said: readonly Said[], today: CivilDate): Words | { readonly problem: Problem } {
  const problems: Problem[] = []
  const codes = (field: FieldName): readonly string[] => {
    const text = said.find((each) => each.field === field)?.text
    if (text === undefined) return []
    const parts = fieldOf(field).several ? partsOf(field, text) : [text]
    return parts.flatMap((part) => {
      const code = codeOf(field, part)
      if (!code) problems.push(unknownCode(field, part))
      return code ?? []
    })
  }
  const [gender] = codes('prs_Gender')
  const exploitation = [...new Set(codes('vic_TypeOfExploitation'))]
  const [status] = codes('cas_Status')
  const [plan] = codes('spl_Type')
  const birth = readBirth(said.find(({ field }) => field === 'prs_Birthdate')?.text, today)
  if (typeof birth === 'object') problems.push(birth)
  const [problem] = problems
  if (problem) return { problem }
  const birthDate = typeof birth === 'string' ? birth : undefined
  const forms = new Set(exploitation.map((code) => formOf[code] ?? 'other'))
  return {
    gender,
    sex: sexOf[gender ?? ''] ?? 'unknown',
    birthDate,
    age: ageOf(birthDate, said.find(({ field }) => field === 'vic_AgeWhenTrafficked')?.text, today),
    codes: exploitation,
    form: forms.size === 0 ? 'unknown' : forms.size === 1 ? ([...forms][0] ?? 'other') : 'other',
    closing: closingOf[status ?? 'Active'] ?? null,
    need: plan === undefined ? undefined : serviceOf[plan],
  }
}

// ---------------------------------------------------------------- cells

/** The code that a cell says, in its own writing or by its label, whatever the letter case and the spaces. */
function codeOf(field: FieldName, text: string): string | undefined {
  const asked = plain(text)
  return Object.entries(fieldOf(field).codes ?? {}).find(
    ([code, label]) => plain(code) === asked || plain(label) === asked,
  )?.[0]
}

/** Several codes in one cell, between semicolons, commas or bars; or between blanks, as the standard's forms write them. */
function partsOf(field: FieldName, text: string): readonly string[] {
  const parts = text.split(/[;,|\n]/).flatMap((part) => part.trim() || [])
  return parts.flatMap((part) =>
    codeOf(field, part) ? part : part.split(/\s+/).every((one) => codeOf(field, one)) ? part.split(/\s+/) : part,
  )
}

function unknownCode(field: FieldName, text: string): Problem {
  const allowed = Object.keys(fieldOf(field).codes ?? {})
  const instead = proposed[plain(text)]
  if (instead && allowed.includes(instead))
    return { reason: 'code-proposed', values: { field, said: text, instead, allowed: allowed.join(', ') } }
  const isSeveral = !fieldOf(field).several && /[;|]/.test(text)
  return { reason: isSeveral ? 'one-code-only' : 'code-not-known', values: { field, allowed: allowed.join(', ') } }
}

/** Fields of a list whose cell has a code outside it, and which only go into the sealed text. */
function strangersIn(said: readonly Said[]): readonly string[] {
  return said
    .filter(({ field, to, text }) => {
      if (to !== 'told' || !fieldOf(field).codes) return false
      const parts = fieldOf(field).several ? partsOf(field, text) : [text]
      return parts.some((part) => !codeOf(field, part))
    })
    .map(({ field }) => field)
}

/** As spreadsheets, forms and databases write a tick. */
function readCheckbox(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (['true', 'yes', 'y', '1', 'x', '✓'].includes(word)) return true
  return ['false', 'no', 'n', '0'].includes(word) ? false : undefined
}

/** What the file does not say is not taken for a yes: she is then not counted until somebody has asked her. */
function readCounting(text: string): ConsentState | undefined {
  if (text === '') return 'refused'
  const answer = readCheckbox(text)
  return answer === undefined ? undefined : answer ? 'given' : 'refused'
}

/** Nobody who was born before it is alive. */
const earliestBirth = '1880'

/** `1999-04-30`, `1999-04` or `1999`. Other ways of writing a day can be read in two ways. */
function readBirth(text: string | undefined, today: CivilDate): CivilDate | Problem | undefined {
  if (text === undefined) return undefined
  const date = CivilDate.safeParse(text.replace(/[T ]00:00(:00(\.0+)?)?Z?$/, ''))
  if (!date.success || precisionOf(date.data) === 'quarter')
    return { reason: 'date-not-understood', values: { field: 'prs_Birthdate' } }
  if (date.data < earliestBirth)
    return { reason: 'date-too-early', values: { field: 'prs_Birthdate', earliest: earliestBirth } }
  return firstDayOf(date.data) > today
    ? { reason: 'date-in-the-future', values: { field: 'prs_Birthdate', today } }
    : date.data
}

/** Only what is certain: born within a year or a month, she may be on either side of her eighteenth birthday. */
function ageOf(born: CivilDate | undefined, whenTrafficked: string | undefined, today: CivilDate): AgeGroup {
  if (born) {
    const eighteen = `${Number(today.slice(0, 4)) - 18}${today.slice(4)}`
    if (lastDayOf(born) <= eighteen) return 'adult'
    return firstDayOf(born) > eighteen ? 'child' : 'unknown'
  }
  // She has not become younger since.
  return /^\d{1,3}$/.test(whenTrafficked ?? '') && Number(whenTrafficked) >= 18 ? 'adult' : 'unknown'
}

const lastDayOf = (date: string): string =>
  date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date

// ---------------------------------------------------------------- sealed texts

const texts = (said: readonly Said[], to: Destination): string[] =>
  said.filter((each) => each.to === to).map(({ text }) => text)
const only = (said: readonly Said[], to: Destination): string => texts(said, to).join('\n')
const asLine = ({ field, text }: Said): string => `${field}: ${text}`
const joined = (said: readonly Said[], to: Destination): string =>
  said
    .filter((each) => each.to === to)
    .map(asLine)
    .join('\n')

/** What was told of her, then every field of the file that has no place of its own, each under the standard's name. */
function narrativeOf(
  said: readonly Said[],
  { hasNeed, isClosed }: { readonly hasNeed: boolean; readonly isClosed: boolean },
): string {
  const rest: readonly Destination[] = [
    'told',
    ...(hasNeed ? [] : ['needDetail' as const]),
    ...(isClosed ? [] : ['closingNote' as const]),
  ]
  const contacts = said
    .filter(({ to }) => to === 'unsafeContact')
    .map(({ field, text }) => `${field} (not known to be safe): ${text}`)
  const told = said.filter(({ to }) => rest.includes(to)).map(asLine)
  return [...texts(said, 'narrative'), [...contacts, ...told].join('\n')].filter(Boolean).join('\n\n')
}

/** With the standard's own word for how it was closed, which tells more than the reason in the clear. */
const closingNote = (said: readonly Said[]): string =>
  [only(said, 'closingNote'), joined(said, 'status')].filter(Boolean).join('\n')

function filled<K extends string>(fields: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const said = Object.entries<string>(fields).filter(([, text]) => text !== '')
  // The keys are those that were given.
  return Object.fromEntries(said) as Partial<Record<K, string>>
}
