import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../../log/sealed-kinds.ts'
import { EntryId } from '../../shared/ids.ts'
import { AgeGroup, Sex } from '../../shared/people.ts'
import { Quarter } from '../../shared/quarters.ts'
import { ConsentState } from '../words.ts'
import { Course, GrantKind, Running } from './words.ts'

/** As in casework the date is a quarter and the device's time is sealed: with few participants, a day is a name. */
const livelihoods = {
  ...inQuarters,
  stream: 'participant',
  who: ['livelihoods-officer'],
} as const

/** Her own minimal record, never a case: nothing here can say whether she has one. */
export const participantRegistered: Kind = {
  ...livelihoods,
  kind: 'livelihoods.participant-registered',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({
    ...withKeys,
    sex: Sex,
    age: AgeGroup,
    /** Whether she may be counted. Courses and grants never depend on it. */
    consentCounting: ConsentState,
  }),
  sealed: ['name', 'safeContact', 'at'],
}

/** Says something of her anew: a correction, or her consent given or taken back. */
export const participantDescribed: Kind = {
  ...livelihoods,
  kind: 'livelihoods.participant-described',
  sets: 'stream',
  coded: z.strictObject({
    sex: Sex.optional(),
    age: AgeGroup.optional(),
    consentCounting: ConsentState.optional(),
  }),
  sealed: ['name', 'safeContact', 'describedAt'],
}

export const courseAttended: Kind = {
  ...livelihoods,
  kind: 'livelihoods.course-attended',
  sets: 'itself',
  coded: z.strictObject({ course: Course }),
  sealed: ['at'],
}

/** `amount`: as `writeMoney` says it, of a grant in kind what it was worth. `day`: on which it was given, where it was written down. */
export const grantGiven: Kind = {
  ...livelihoods,
  kind: 'livelihoods.grant-given',
  sets: 'itself',
  coded: z.strictObject({ grant: GrantKind }),
  sealed: ['amount', 'what', 'day', 'at'],
}

export const businessFollowedUp: Kind = {
  ...livelihoods,
  kind: 'livelihoods.business-followed-up',
  sets: 'itself',
  coded: z.strictObject({ running: Running }),
  sealed: ['at'],
}

/** Corrects a course, a grant or a follow-up; only the fields it names change. `quarter`: the one in which it was. */
export const recordCorrected: Kind = {
  ...livelihoods,
  kind: 'livelihoods.record-corrected',
  sets: 'named',
  coded: z.strictObject({
    record: EntryId,
    course: Course.optional(),
    grant: GrantKind.optional(),
    running: Running.optional(),
    quarter: Quarter.optional(),
  }),
  sealed: ['amount', 'what', 'day', 'correctedAt'],
}

/** A record that never was (or she altogether: `record` is then the entry that registered her); `false` takes it back. */
export const enteredInError: Kind = {
  ...livelihoods,
  kind: 'livelihoods.entered-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['markedAt'],
}

export const livelihoodsKinds: readonly Kind[] = [
  participantRegistered,
  participantDescribed,
  courseAttended,
  grantGiven,
  businessFollowedUp,
  recordCorrected,
  enteredInError,
]
