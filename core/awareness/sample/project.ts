import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, setOnce } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { leastSaid, mostSaid } from '../said.ts'
import { Question } from '../words.ts'

/** A sample as it stands; of two answers that differ, the fewest more aware out of the most asked. */
export type Sample = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly askedOn: CivilDate
  readonly country: Country | undefined
  readonly question: Question | undefined
  readonly asked: number
  readonly moreAware: number
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a sample; undefined while the entry that opens it has not arrived. */
export function projectSample(state: StreamState): Sample | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  const asked = root && mostSaid(root, 'asked')
  const moreAware = root && leastSaid(root, 'moreAware')
  if (!root?.on || !opening || !organisation || asked === undefined || moreAware === undefined) return undefined
  return {
    opening,
    organisation,
    askedOn: root.on,
    country: Country.safeParse(setOnce(root, 'country')).data,
    question: Question.safeParse(agreedValue(root, 'question')).data,
    asked,
    moreAware,
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}
