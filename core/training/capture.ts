import { type Draft, draft } from '../log/draft.ts'
import type { Agency } from '../shared/agencies.ts'
import { type CivilDate, firstDayOf } from '../shared/dates.ts'
import type { EntryId, OrganisationId, PersonKey, StreamId } from '../shared/ids.ts'
import type { Sex } from '../shared/people.ts'
import type { Country } from '../shared/places.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import type { AttendanceFile } from './attendance-file.ts'
import { attendanceCorrected, attendanceRecorded, enteredInError, sessionDescribed, sessionHeld } from './entries.ts'
import type { TrainingSession } from './project.ts'
import { type AttendanceSource, longestSheet, type Module } from './words.ts'

export type HoldSession = {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly modules: readonly Module[]
  readonly heldOn: CivilDate
}

/** Refused: `training.no-module`, `training.not-held-yet`. */
export function holdSession(command: HoldSession, today: CivilDate): Decision<Draft[]> {
  const { stream, heldOn, organisation, country, modules } = command
  if (modules.length === 0) return refuse('training.no-module')
  if (firstDayOf(heldOn) > today) return refuse('training.not-held-yet')
  return accept([draft(sessionHeld, stream, heldOn, { organisation, country, modules: [...modules] })])
}

/** Only what was wrong. Refused: `training.nothing-changed`, `training.no-module`. */
export function describeSession(
  stream: StreamId,
  session: TrainingSession,
  { country, modules }: { readonly country?: Country; readonly modules?: readonly Module[] },
): Decision<Draft[]> {
  if (country === undefined && modules === undefined) return refuse('training.nothing-changed')
  if (modules?.length === 0) return refuse('training.no-module')
  const coded = { country, ...(modules ? { modules: [...modules] } : {}) }
  return accept([draft(sessionDescribed, stream, session.heldOn, coded)])
}

export type Attended = { readonly officer: PersonKey; readonly sex: Sex; readonly agency: Agency }

/**
 * A sheet of attendance, a row an officer.
 * Refused: `training.empty-sheet`, `training.sheet-too-long` {most}, `training.officer-twice` {row}, `training.session-in-error`.
 */
export function recordAttendance(
  stream: StreamId,
  session: TrainingSession,
  sheet: readonly Attended[],
  source: AttendanceSource,
): Decision<Draft[]> {
  if (session.enteredInError) return refuse('training.session-in-error')
  if (sheet.length === 0) return refuse('training.empty-sheet')
  if (sheet.length > longestSheet) return refuse('training.sheet-too-long', { most: longestSheet })
  const there = new Set(
    session.attendance.flatMap(({ officer, enteredInError: not }) => (officer && !not ? officer : [])),
  )
  for (const [i, { officer }] of sheet.entries()) {
    if (there.has(officer)) return refuse('training.officer-twice', { row: i + 1 })
    there.add(officer)
  }
  return accept(sheet.map((row) => draft(attendanceRecorded, stream, session.heldOn, { ...row, source })))
}

/**
 * The good rows of a file. Refused: `training.rows-not-good` {rows, bad} until she takes them without the bad ones,
 * `training.file-came-before` {officers} until she says that officers without a code are others than those a file brought
 * before, and what `recordAttendance` refuses.
 */
export function importAttendance(
  stream: StreamId,
  session: TrainingSession,
  { rows, bad }: AttendanceFile,
  said: { readonly withoutBadRows: boolean; readonly areOthers: boolean },
): Decision<Draft[]> {
  if (rows.length > 0 && bad.length > 0 && !said.withoutBadRows)
    return refuse('training.rows-not-good', { rows: rows.length, bad: bad.length })
  const before = broughtByFile(session)
  if (before > 0 && rows.some(({ code }) => code === 'made') && !said.areOthers)
    return refuse('training.file-came-before', { officers: before })
  const sheet = rows.map(({ officer, sex, agency }) => ({ officer, sex, agency }))
  return recordAttendance(stream, session, sheet, 'file')
}

/** How many of the session a file brought: the same file brought again would count those without a code once more. */
export const broughtByFile = ({ attendance }: TrainingSession): number =>
  attendance.filter(({ source, enteredInError }) => source === 'file' && !enteredInError).length

/** Refused: `training.no-such-row`, `training.nothing-changed`, `training.officer-twice`. */
export function correctAttendance(
  stream: StreamId,
  session: TrainingSession,
  record: EntryId,
  change: Partial<Attended>,
): Decision<Draft[]> {
  const row = session.attendance.find((each) => each.record === record)
  if (!row) return refuse('training.no-such-row')
  const { officer, sex, agency } = change
  if (officer === undefined && sex === undefined && agency === undefined) return refuse('training.nothing-changed')
  const others = session.attendance.filter((each) => each !== row && !each.enteredInError)
  const twice = others.findIndex((each) => officer !== undefined && each.officer === officer)
  if (twice >= 0) return refuse('training.officer-twice', { row: twice + 1 })
  return accept([draft(attendanceCorrected, stream, session.heldOn, { record, officer, sex, agency })])
}

/** Marks a row, or (`session.opening`) the whole session, as never having been; or takes that back. Refused: `training.no-such-row`. */
export function markInError(
  stream: StreamId,
  session: TrainingSession,
  record: EntryId,
  isInError: boolean,
): Decision<Draft[]> {
  if (record !== session.opening && !session.attendance.some((each) => each.record === record))
    return refuse('training.no-such-row')
  return accept([draft(enteredInError, stream, session.heldOn, { record, enteredInError: isInError })])
}
