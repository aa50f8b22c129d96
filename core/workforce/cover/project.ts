import { type StreamState, streamRecord } from '../../log/fold.ts'
import { isEnteredInError, openingOf, setOnce } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { readSealed } from '../sealed-texts.ts'
import {
  type PlanField,
  type PlanSaid,
  type RosterField,
  type RosterSaid,
  textsOfPlan,
  textsOfRoster,
} from './words.ts'

/** A plan or a roster as its coded fields tell it: that there is one, whose, and the quarter it was written down in. */
export type Kept = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly on: CivilDate
  readonly enteredInError: boolean
}

/** Undefined while the entry that opens it has not arrived. */
export function projectKept(state: StreamState): Kept | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  const country = root && Country.safeParse(setOnce(root, 'country')).data
  if (!root?.on || !opening || !organisation || !country) return undefined
  return { opening, organisation, country, on: root.on, enteredInError: isEnteredInError(state.records[opening]) }
}

/** The sealed fields as a device opened them. */
type Fields = Readonly<Record<string, readonly { readonly value: string | undefined }[]>>

/** `disputed`: two people drew it again apart; both stand until one is taken. */
export type PlanOpened = Partial<PlanSaid> & { readonly disputed: readonly PlanField[] }
export const planSaid = (fields: Fields): PlanOpened => readSealed<PlanSaid, PlanField>(textsOfPlan, fields)

export type RosterOpened = Partial<RosterSaid> & { readonly disputed: readonly RosterField[] }
export const rosterSaid = (fields: Fields): RosterOpened => readSealed<RosterSaid, RosterField>(textsOfRoster, fields)
