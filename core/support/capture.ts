import { type Draft, draft } from '../log/draft.ts'
import { CivilDate, quarterOf } from '../shared/dates.ts'
import type { EntryId, KeyId, OrganisationId, PersonKey, StreamId, TeamId } from '../shared/ids.ts'
import type { Country } from '../shared/places.ts'
import { accept, type Decision, refuse } from '../shared/refusals.ts'
import {
  caseClosed,
  caseDescribed,
  caseOpened,
  caseReopened,
  consentRecorded,
  enteredInError,
  needRecorded,
  recordCorrected,
  serviceDelivered,
} from './entries.ts'
import type { CaseFile } from './project.ts'
import type { AgeGroup, CaseSealed, ClosingReason, ConsentState, Form, Service, Sex } from './words.ts'

/** When a command is given: the civil day in the programme's zone, and the exact instant (ISO 8601, UTC), which is sealed. */
export type Moment = { readonly today: CivilDate; readonly at: string }
type OpenedFields = Readonly<Partial<Record<CaseSealed, string>>>

export type OpenCase = {
  readonly stream: StreamId
  readonly person: PersonKey
  readonly caseKey: KeyId
  readonly personKey: KeyId
  readonly organisation: OrganisationId
  readonly team: TeamId
  readonly country: Country
  readonly sex: Sex
  readonly age: AgeGroup
  readonly form: Form
  readonly consentServices: ConsentState | undefined
  readonly consentCounting: ConsentState | undefined
  /** The limits of confidentiality were read to her before anything was asked. */
  readonly limitsExplained: boolean
  readonly opened: OpenedFields
}

export function openCase(command: OpenCase, moment: Moment): Decision<Draft[]> {
  const { stream, opened, limitsExplained, consentServices, consentCounting, ...rest } = command
  if (!limitsExplained) return refuse('support.limits-not-explained')
  if (consentServices !== 'given') return refuse('support.no-consent-to-services')
  if (!consentCounting) return refuse('support.counting-not-asked')
  const coded = { ...rest, status: 'open', consentServices, consentCounting }
  return accept([draft(caseOpened, stream, quarter(moment.today), coded, { ...opened, at: moment.at })])
}

export type DescribeCase = {
  readonly sex?: Sex
  readonly age?: AgeGroup
  readonly form?: Form
  readonly opened: OpenedFields
}

export function describeCase(stream: StreamId, command: DescribeCase, moment: Moment): Decision<Draft[]> {
  const { opened, ...coded } = command
  if (Object.keys(coded).length === 0 && Object.keys(opened).length === 0) return refuse('support.nothing-changed')
  return accept([draft(caseDescribed, stream, quarter(moment.today), coded, { ...opened })])
}

export type RecordConsent = {
  readonly consentServices?: ConsentState
  readonly consentCounting?: ConsentState
  readonly note?: string
}

export function recordConsent(stream: StreamId, command: RecordConsent, moment: Moment): Decision<Draft[]> {
  const { note, ...coded } = command
  if (Object.keys(coded).length === 0) return refuse('support.nothing-changed')
  return accept([
    draft(consentRecorded, stream, quarter(moment.today), coded, { consentNote: note, consentAt: moment.at }),
  ])
}

export function recordNeed(
  stream: StreamId,
  file: CaseFile,
  command: { readonly service: Service; readonly detail?: string },
  moment: Moment,
): Decision<Draft[]> {
  if (file.status === 'closed') return refuse('support.case-is-closed')
  const opened = { detail: command.detail, at: moment.at }
  return accept([draft(needRecorded, stream, quarter(moment.today), { service: command.service }, opened)])
}

export type DeliverService = {
  readonly service: Service
  readonly need?: EntryId
  readonly provider?: string
  readonly detail?: string
  /** The day it was given; its quarter is the entry's date, the day itself is sealed. */
  readonly deliveredOn: CivilDate
}

export function deliverService(
  stream: StreamId,
  file: CaseFile,
  command: DeliverService,
  moment: Moment,
): Decision<Draft[]> {
  if (file.status === 'closed') return refuse('support.case-is-closed')
  if (file.consentServices !== 'given') return refuse('support.no-consent-to-services')
  if (command.deliveredOn > moment.today) return refuse('support.date-in-the-future', { today: moment.today })
  const coded = command.need ? { service: command.service, need: command.need } : { service: command.service }
  const { provider, detail, deliveredOn } = command
  const opened = { provider, detail, deliveredOn, at: moment.at }
  return accept([draft(serviceDelivered, stream, quarter(deliveredOn), coded, opened)])
}

export type CorrectRecord = {
  readonly record: EntryId
  readonly service?: Service
  readonly provider?: string
  readonly detail?: string
  readonly reason: string
}

export function correctRecord(
  stream: StreamId,
  file: CaseFile,
  command: CorrectRecord,
  moment: Moment,
): Decision<Draft[]> {
  const { record, service, provider, detail, reason } = command
  if (![...file.needs, ...file.services].some((known) => known.record === record))
    return refuse('support.no-such-record')
  if (!reason.trim()) return refuse('support.reason-missing')
  if (service === undefined && provider === undefined && detail === undefined) return refuse('support.nothing-changed')
  const coded = service ? { record, service } : { record }
  return accept([draft(recordCorrected, stream, quarter(moment.today), coded, { provider, detail, reason })])
}

export function markEnteredInError(
  stream: StreamId,
  file: CaseFile,
  command: { readonly record: EntryId; readonly reason: string },
  moment: Moment,
): Decision<Draft[]> {
  if (![...file.needs, ...file.services].some((known) => known.record === command.record))
    return refuse('support.no-such-record')
  if (!command.reason.trim()) return refuse('support.reason-missing')
  const opened = { reason: command.reason, at: moment.at }
  return accept([
    draft(enteredInError, stream, quarter(moment.today), { record: command.record, enteredInError: true }, opened),
  ])
}

export function closeCase(
  stream: StreamId,
  file: CaseFile,
  command: { readonly reason: ClosingReason; readonly note?: string },
  moment: Moment,
): Decision<Draft[]> {
  if (file.status === 'closed') return refuse('support.case-is-closed')
  const coded = { status: 'closed', closingReason: command.reason }
  return accept([
    draft(caseClosed, stream, quarter(moment.today), coded, { closingNote: command.note, closedAt: moment.at }),
  ])
}

export function reopenCase(stream: StreamId, file: CaseFile, note: string, moment: Moment): Decision<Draft[]> {
  if (file.status !== 'closed') return refuse('support.case-is-open')
  const opened = { reopeningNote: note, reopenedAt: moment.at }
  return accept([draft(caseReopened, stream, quarter(moment.today), { status: 'open' }, opened)])
}

function quarter(day: CivilDate): CivilDate {
  return quarterOf(day) ?? CivilDate.parse(`${day.slice(0, 4)}-Q1`)
}
