import { type Draft, draft, isNothing } from '../log/draft.ts'
import { type ErasureReason, personErased } from '../log/erasure.ts'
import { streamRecord } from '../log/fold.ts'
import type { Moment, NewStream } from '../log/sealed-kinds.ts'
import { type CivilDate, firstDayOf, quarterOf } from '../shared/dates.ts'
import type { EntryId, StreamId } from '../shared/ids.ts'
import type { AgeGroup, Sex } from '../shared/people.ts'
import { thisQuarter } from '../shared/quarters.ts'
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
import type { CaseSealed, ClosingReason, ConsentState, Form, Service } from './words.ts'

export type { Moment }

type OpenedFields = Readonly<Partial<Record<CaseSealed, string>>>

export type OpenCase = NewStream & {
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
  return accept([draft(caseOpened, stream, thisQuarter(moment), coded, { ...filled(opened), at: moment.at })])
}

/** Only what is said anew: a field left out stays as it is; an empty text takes back what stood there. */
export type DescribeCase = {
  readonly sex?: Sex
  readonly age?: AgeGroup
  readonly form?: Form
  readonly opened: OpenedFields
}

export function describeCase(stream: StreamId, command: DescribeCase, moment: Moment): Decision<Draft[]> {
  const { sex, age, form } = command
  const { at: _, ...opened } = command.opened
  if (isNothing({ sex, age, form, ...opened })) return refuse('support.nothing-changed')
  const sealed = { ...opened, describedAt: moment.at }
  return accept([draft(caseDescribed, stream, thisQuarter(moment), { sex, age, form }, sealed)])
}

export type RecordConsent = {
  readonly consentServices?: ConsentState
  readonly consentCounting?: ConsentState
  readonly note?: string
}

/** On a closed case too: consent can be taken back at any time. */
export function recordConsent(stream: StreamId, command: RecordConsent, moment: Moment): Decision<Draft[]> {
  const { note, consentServices, consentCounting } = command
  if (isNothing({ consentServices, consentCounting })) return refuse('support.nothing-changed')
  const coded = { consentServices, consentCounting }
  const opened = { ...filled({ consentNote: note }), consentAt: moment.at }
  return accept([draft(consentRecorded, stream, thisQuarter(moment), coded, opened)])
}

export function recordNeed(
  stream: StreamId,
  file: CaseFile,
  command: { readonly service: Service; readonly detail?: string },
  moment: Moment,
): Decision<Draft[]> {
  if (file.status === 'closed') return refuse('support.case-is-closed')
  const opened = { ...filled({ detail: command.detail }), at: moment.at }
  return accept([draft(needRecorded, stream, thisQuarter(moment), { service: command.service }, opened)])
}

export type DeliverService = {
  readonly service: Service
  readonly need?: EntryId
  readonly provider?: string
  readonly detail?: string
  /** The day it was given, at least the quarter of it: that is the entry's date, and the day itself is sealed. */
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
  const { service, need, provider, detail, deliveredOn } = command
  if (need && !file.needs.some((known) => known.record === need)) return refuse('support.no-such-record')
  const on = quarterGiven(deliveredOn, moment)
  if (!on.ok) return on
  const opened = { ...filled({ provider, detail }), deliveredOn, at: moment.at }
  return accept([draft(serviceDelivered, stream, on.value, { service, need }, opened)])
}

/** Only what was wrong: a field left out stays as it is; an empty text takes back what stood there. */
export type CorrectRecord = {
  readonly record: EntryId
  readonly service?: Service
  readonly provider?: string
  readonly detail?: string
  /** Of a service only: it is then counted in the quarter of this day. */
  readonly deliveredOn?: CivilDate
  readonly reason: string
}

export function correctRecord(
  stream: StreamId,
  file: CaseFile,
  command: CorrectRecord,
  moment: Moment,
): Decision<Draft[]> {
  const { record, service, provider, detail, deliveredOn, reason } = command
  const served = file.services.find((known) => known.record === record)
  if (!served && !file.needs.some((known) => known.record === record)) return refuse('support.no-such-record')
  if (isReasonMissing(file, reason)) return refuse('support.reason-missing')
  if (isNothing({ service, provider, detail, deliveredOn })) return refuse('support.nothing-changed')
  if (deliveredOn !== undefined && !served) return refuse('support.need-has-no-day')
  const given = deliveredOn === undefined ? accept(undefined) : quarterGiven(deliveredOn, moment)
  if (!given.ok) return given
  const coded = { record, service, quarter: given.value }
  const opened = { provider, detail, ...(file.erased ? {} : { deliveredOn, reason }), correctedAt: moment.at }
  return accept([draft(recordCorrected, stream, thisQuarter(moment), coded, opened)])
}

/** `record`: a need, a service, or (`file.opening`) the whole case. */
export type MarkRecord = { readonly record: EntryId; readonly reason: string }

export function markEnteredInError(
  stream: StreamId,
  file: CaseFile,
  command: MarkRecord,
  moment: Moment,
): Decision<Draft[]> {
  return mark(stream, file, command, moment, true)
}

/** Takes the mark back: the record was right after all. */
export function restoreRecord(
  stream: StreamId,
  file: CaseFile,
  command: MarkRecord,
  moment: Moment,
): Decision<Draft[]> {
  return mark(stream, file, command, moment, false)
}

function mark(
  stream: StreamId,
  file: CaseFile,
  { record, reason }: MarkRecord,
  moment: Moment,
  asError: boolean,
): Decision<Draft[]> {
  const whole = record === file.opening ? file : undefined
  const known = whole ?? [...file.needs, ...file.services].find((each) => each.record === record)
  if (!known) return refuse('support.no-such-record')
  if (isReasonMissing(file, reason)) return refuse('support.reason-missing')
  // Where two people differ on the mark, either answer settles it.
  if (known.enteredInError === asError && !isDisputed(file, record, 'enteredInError'))
    return refuse(asError ? 'support.already-in-error' : 'support.not-in-error')
  const opened = { ...filled({ reason }), markedAt: moment.at }
  return accept([draft(enteredInError, stream, thisQuarter(moment), { record, enteredInError: asError }, opened)])
}

export function closeCase(
  stream: StreamId,
  file: CaseFile,
  command: { readonly reason: ClosingReason; readonly note?: string },
  moment: Moment,
): Decision<Draft[]> {
  // Closed twice in different words: closing it once more says which hold.
  if (file.status === 'closed' && !isDisputed(file, streamRecord, 'closingReason', 'closingNote'))
    return refuse('support.case-is-closed')
  const coded = { status: 'closed', closingReason: command.reason }
  const opened = { ...filled({ closingNote: command.note }), closedAt: moment.at }
  return accept([draft(caseClosed, stream, thisQuarter(moment), coded, opened)])
}

export function reopenCase(stream: StreamId, file: CaseFile, note: string, moment: Moment): Decision<Draft[]> {
  if (file.status === 'open' && !isDisputed(file, streamRecord, 'reopeningNote')) return refuse('support.case-is-open')
  const opened = { ...filled({ reopeningNote: note }), reopenedAt: moment.at }
  return accept([draft(caseReopened, stream, thisQuarter(moment), { status: 'open' }, opened)])
}

/**
 * Erases her identity for ever. The coded part stays and is counted as she agreed. Refused: `support.erasure-reason-first`,
 * `support.already-erased`.
 */
export function eraseIdentity(
  stream: StreamId,
  file: CaseFile,
  command: { readonly reason: ErasureReason | undefined },
  moment: Moment,
): Decision<Draft[]> {
  if (file.erased) return refuse('support.already-erased')
  if (!command.reason) return refuse('support.erasure-reason-first')
  return accept([draft(personErased, stream, thisQuarter(moment), { erasureReason: command.reason })])
}

/**
 * What may still be written of an erased case: its coded part. The moment of writing goes unsaid, because no key is left to
 * seal it with. Refused: `support.identity-erased` where a text would be sealed, or nothing else is said.
 */
export function afterErasure(of: Draft): Decision<Draft> {
  const texts = Object.entries(of.opened).filter(([field, text]) => text !== '' && !isMoment(field))
  const { record: _, ...coded } = of.coded
  const isEmpty = Object.keys(coded).length === 0
  return texts.length > 0 || isEmpty ? refuse('support.identity-erased') : accept({ ...of, opened: {} })
}

const isMoment = (field: string): boolean => field === 'at' || field.endsWith('At')

/** A reason is sealed, and in an erased case nothing can be. */
const isReasonMissing = (file: CaseFile, reason: string): boolean => !reason.trim() && !file.erased

/** The quarter of a day somebody names; refused where it lies ahead, or names no quarter: none is made up. */
function quarterGiven(day: CivilDate, moment: Moment): Decision<CivilDate> {
  const on = quarterOf(day)
  if (!on) return refuse('support.date-too-vague')
  return firstDayOf(day) > moment.today ? refuse('support.date-in-the-future', { today: moment.today }) : accept(on)
}

function isDisputed(file: CaseFile, record: string, ...fields: readonly string[]): boolean {
  return file.conflicts.some((conflict) => conflict.record === record && fields.includes(conflict.field))
}

/** Without the texts that were left empty: on a new record there is nothing they could take back. */
function filled(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter((text): text is [string, string] => Boolean(text[1]?.trim())))
}
