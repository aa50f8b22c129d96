import { agreedValue, type RecordState, type StreamState, streamRecord } from '../log/fold.ts'
import { isEnteredInError, personOf, setOnce } from '../log/records.ts'
import { CivilDate } from '../shared/dates.ts'
import type { EntryId, PersonKey } from '../shared/ids.ts'
import { Country } from '../shared/places.ts'

/** What every record of casework has, whatever it is of. */
export type Recorded = {
  readonly record: EntryId
  /** The quarter it counts in: as first written down, or as corrected once the correction is undisputed. */
  readonly on: CivilDate | null
  /** True as soon as one answer says so, also while another disputes it: what may never have been is not counted. */
  readonly enteredInError: boolean
}

export const recorded = (record: EntryId, said: RecordState): Recorded => ({
  record,
  on: CivilDate.safeParse(agreedValue(said, 'quarter')).data ?? said.on,
  enteredInError: isEnteredInError(said),
})

/** How a stream with keys of its own was opened. */
export type Opening = {
  readonly root: RecordState
  /** The entry that opened it: the name by which all of it can be marked as entered in error. */
  readonly opening: EntryId
  readonly person: PersonKey
  readonly country: Country
  readonly on: CivilDate
  readonly enteredInError: boolean
}

/** Undefined while the entry that opens it has not arrived. */
export function openingOf(state: StreamState): Opening | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.person?.[0]?.entry
  const person = personOf(state)
  const country = root && Country.safeParse(setOnce(root, 'country')).data
  if (!root?.on || !opening || !person || !country) return undefined
  return { root, opening, person, country, on: root.on, enteredInError: isEnteredInError(state.records[opening]) }
}
