import * as z from 'zod'
import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, openingOf, setOnce } from '../../log/records.ts'
import { Agency } from '../../shared/agencies.ts'
import { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId, StreamId } from '../../shared/ids.ts'
import { Sex } from '../../shared/people.ts'
import { instrumentOf } from './instruments.ts'
import { Answers, type Instrument } from './words.ts'

/** Undefined, in what can be corrected, where two answers stand beside each other. */
export type Survey = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly openedOn: CivilDate
  /** Undefined where this version of the program does not know it. */
  readonly instrument: Instrument | undefined
  readonly agencies: readonly Agency[]
  readonly name: string | undefined
  readonly asked: number | undefined
  /** As soon as one of two says that it is closed nobody is asked any more. */
  readonly closed: boolean
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

export function projectSurvey(state: StreamState): Survey | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || !opening || !organisation) return undefined
  return {
    opening,
    organisation,
    openedOn: root.on,
    instrument: instrumentOf(z.string().safeParse(setOnce(root, 'instrument')).data),
    agencies: Agency.array().safeParse(setOnce(root, 'agencies')).data ?? [],
    name: z.string().safeParse(agreedValue(root, 'name')).data,
    asked: z.int().safeParse(agreedValue(root, 'asked')).data,
    closed: (root.fields.closed ?? []).some((head) => 'value' in head && head.value === true),
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}

export const Handed = z.object({ survey: StreamId, on: CivilDate, sex: Sex, agency: Agency, answers: Answers })
export type Sheet = Readonly<z.infer<typeof Handed>>

/** What was said first: nothing of a sheet is ever said anew. */
export function projectSheet(state: StreamState): Sheet | undefined {
  const root = state.records[streamRecord]
  if (!root?.on) return undefined
  const said = Object.fromEntries(Object.keys(Handed.shape).map((field) => [field, setOnce(root, field)]))
  return Handed.safeParse({ ...said, on: root.on }).data
}

export type Remark = { readonly survey: StreamId; readonly question: string }

export function projectRemark(state: StreamState): Remark | undefined {
  const root = state.records[streamRecord]
  const survey = root && StreamId.safeParse(setOnce(root, 'survey')).data
  const question = root && z.string().safeParse(setOnce(root, 'question')).data
  return survey && question ? { survey, question } : undefined
}
