import * as z from 'zod'
import type { Kind } from '../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../log/sealed-kinds.ts'
import { EntryId } from '../shared/ids.ts'
import { AgeGroup, Sex } from '../shared/people.ts'
import { Quarter } from '../shared/quarters.ts'
import { ClosingReason, ConsentState, caseSealed, Form, Service } from './words.ts'

/**
 * In support the date is a quarter and the device's time is sealed: with few survivors, a day is a name. Each kind has
 * one sealed field for the exact moment, named so that no later entry on the same record replaces it.
 */
const support = {
  ...inQuarters,
  stream: 'case',
  who: ['caseworker', 'supervisor'],
} as const

export const caseOpened: Kind = {
  ...support,
  kind: 'support.case-opened',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({
    ...withKeys,
    sex: Sex,
    age: AgeGroup,
    form: Form,
    status: z.literal('open'),
    /** Without it no case is opened: help is hers to accept. */
    consentServices: z.literal('given'),
    /** Whether her coded fields may be counted. Help never depends on it. */
    consentCounting: ConsentState,
  }),
  sealed: caseSealed,
}

/** Says something of the case anew: the correction of what was said at opening, and what was learnt since. */
export const caseDescribed: Kind = {
  ...support,
  kind: 'support.case-described',
  sets: 'stream',
  coded: z.strictObject({ sex: Sex.optional(), age: AgeGroup.optional(), form: Form.optional() }),
  sealed: [...caseSealed.filter((field) => field !== 'at'), 'describedAt'],
}

export const consentRecorded: Kind = {
  ...support,
  kind: 'support.consent-recorded',
  sets: 'stream',
  coded: z
    .strictObject({ consentServices: ConsentState.optional(), consentCounting: ConsentState.optional() })
    .refine((coded) => Object.keys(coded).length > 0),
  sealed: ['consentNote', 'consentAt'],
}

export const needRecorded: Kind = {
  ...support,
  kind: 'support.need-recorded',
  sets: 'itself',
  coded: z.strictObject({ service: Service }),
  sealed: ['detail', 'at'],
}

export const serviceDelivered: Kind = {
  ...support,
  kind: 'support.service-delivered',
  sets: 'itself',
  coded: z.strictObject({ service: Service, need: EntryId.optional() }),
  sealed: ['provider', 'detail', 'deliveredOn', 'at'],
}

/**
 * Corrects a need or a service that was recorded before; only the fields it names change. `quarter`: the one in which the
 * service was given, where the day first written down was wrong (clear for the same figures as the date of the entry).
 */
export const recordCorrected: Kind = {
  ...support,
  kind: 'support.record-corrected',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, service: Service.optional(), quarter: Quarter.optional() }),
  sealed: ['provider', 'detail', 'deliveredOn', 'reason', 'correctedAt'],
}

/**
 * A need or a service that never was (or a whole case: `record` is then the entry that opened it): it stays in the history
 * and is counted no more. `enteredInError: false` takes the mark back.
 */
export const enteredInError: Kind = {
  ...support,
  kind: 'support.entered-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['reason', 'markedAt'],
}

export const caseClosed: Kind = {
  ...support,
  kind: 'support.case-closed',
  sets: 'stream',
  coded: z.strictObject({ status: z.literal('closed'), closingReason: ClosingReason }),
  sealed: ['closingNote', 'closedAt'],
}

export const caseReopened: Kind = {
  ...support,
  kind: 'support.case-reopened',
  sets: 'stream',
  coded: z.strictObject({ status: z.literal('open') }),
  sealed: ['reopeningNote', 'reopenedAt'],
}

export const supportKinds: readonly Kind[] = [
  caseOpened,
  caseDescribed,
  consentRecorded,
  needRecorded,
  serviceDelivered,
  recordCorrected,
  enteredInError,
  caseClosed,
  caseReopened,
]
