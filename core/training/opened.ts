import { type RecordState, type StreamState, streamRecord } from '../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, openingOf, setOnce } from '../log/records.ts'
import type { CivilDate } from '../shared/dates.ts'
import { type EntryId, OrganisationId } from '../shared/ids.ts'

/** What a stream of this room says of itself; `opening` is the name by which all of it can be marked as entered in error. */
export type Opened = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

/** Undefined while the entry that opens the stream has not arrived. */
export function openedOf(state: StreamState): { root: RecordState; on: CivilDate; opened: Opened } | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || !opening || !organisation) return undefined
  const enteredInError = isEnteredInError(state.records[opening])
  return { root, on: root.on, opened: { opening, organisation, enteredInError, conflicts: conflictsOf(state) } }
}
