import { agreedValue, type StreamState, streamRecord } from '../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, recordsOfKind, setOnce } from '../log/records.ts'
import { Agency } from '../shared/agencies.ts'
import type { CivilDate } from '../shared/dates.ts'
import { type EntryId, type MemberId, OrganisationId, PersonKey } from '../shared/ids.ts'
import { Sex } from '../shared/people.ts'
import { Country } from '../shared/places.ts'
import { attendanceRecorded } from './entries.ts'
import { AttendanceSource, Module } from './words.ts'

/** One officer at one session. Undefined where two answers stand beside each other. */
export type Attendance = {
  readonly record: EntryId
  readonly author: MemberId | null
  readonly officer: PersonKey | undefined
  readonly sex: Sex | undefined
  readonly agency: Agency | undefined
  readonly source: AttendanceSource | undefined
  readonly enteredInError: boolean
}

export type TrainingSession = {
  /** The entry that opened it: the name by which the whole session can be marked as entered in error. */
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly heldOn: CivilDate
  readonly country: Country | undefined
  readonly modules: readonly Module[]
  readonly enteredInError: boolean
  readonly attendance: readonly Attendance[]
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a session; undefined while the entry that opens it has not arrived. */
export function projectSession(state: StreamState): TrainingSession | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || !opening || !organisation) return undefined
  return {
    opening,
    organisation,
    heldOn: root.on,
    country: Country.safeParse(agreedValue(root, 'country')).data,
    modules: Module.array().safeParse(agreedValue(root, 'modules')).data ?? [],
    enteredInError: isEnteredInError(state.records[opening]),
    attendance: recordsOfKind(state, attendanceRecorded.kind).map(({ record, state: said }) => ({
      record,
      author: said.author,
      officer: PersonKey.safeParse(agreedValue(said, 'officer')).data,
      sex: Sex.safeParse(agreedValue(said, 'sex')).data,
      agency: Agency.safeParse(agreedValue(said, 'agency')).data,
      source: AttendanceSource.safeParse(setOnce(said, 'source')).data,
      enteredInError: isEnteredInError(said),
    })),
    conflicts: conflictsOf(state),
  }
}
