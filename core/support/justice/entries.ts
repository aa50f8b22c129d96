import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../../log/sealed-kinds.ts'
import { EntryId } from '../../shared/ids.ts'
import { AgeGroup, Sex } from '../../shared/people.ts'
import { Quarter } from '../../shared/quarters.ts'
import { AppealOutcome, Compensation, criminalCaseSealed, SentenceKind, Stage, Verdict, Years } from './words.ts'

/** As in casework the date is a quarter and the device's time is sealed: the day of a hearing names a case, and a survivor. */
const justice = {
  ...inQuarters,
  stream: 'criminal-case',
  who: ['caseworker', 'supervisor'],
} as const

/**
 * A stream and keys of its own, as a participant has: nothing clear connects it with a survivor's case. `person` is whose keys
 * these are: no human being, the criminal case itself. `survivors`: the ids of cases, always sealed along, also when there are
 * none, so that their being there does not show.
 */
export const criminalCaseOpened: Kind = {
  ...justice,
  kind: 'justice.case-opened',
  opens: true,
  sets: 'stream',
  coded: z.strictObject(withKeys),
  sealed: [...criminalCaseSealed, 'survivors', 'at'],
}

/** Says what is sealed of it anew; `survivors` is sealed along each time, changed or not. */
export const criminalCaseDescribed: Kind = {
  ...justice,
  kind: 'justice.case-described',
  sets: 'stream',
  coded: z.strictObject({}),
  sealed: [...criminalCaseSealed, 'survivors', 'describedAt'],
}

export const stageReached: Kind = {
  ...justice,
  kind: 'justice.stage-reached',
  sets: 'itself',
  coded: z.strictObject({ stage: Stage }),
  sealed: ['note', 'at'],
}

/** A person accused in this case: never a name in the clear. */
export const accusedRecorded: Kind = {
  ...justice,
  kind: 'justice.accused-recorded',
  sets: 'itself',
  coded: z.strictObject({ sex: Sex, age: AgeGroup }),
  sealed: ['name', 'role', 'note', 'at'],
}

export const verdictGiven: Kind = {
  ...justice,
  kind: 'justice.verdict-given',
  sets: 'itself',
  coded: z.strictObject({ accused: EntryId, verdict: Verdict }),
  sealed: ['note', 'at'],
}

/** `years`: of imprisonment, whole. `note`: the exact term, a sum, whatever is said beside it. */
export const sentencePassed: Kind = {
  ...justice,
  kind: 'justice.sentence-passed',
  sets: 'itself',
  coded: z.strictObject({ verdict: EntryId, sentence: SentenceKind, years: Years.optional() }),
  sealed: ['note', 'at'],
}

export const appealFiled: Kind = {
  ...justice,
  kind: 'justice.appeal-filed',
  sets: 'itself',
  coded: z.strictObject({ verdict: EntryId, outcome: z.literal('pending') }),
  sealed: ['note', 'at'],
}

/** On the appeal it names; its date is the quarter in which it was decided. */
export const appealDecided: Kind = {
  ...justice,
  kind: 'justice.appeal-decided',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, outcome: AppealOutcome }),
  sealed: ['decidedNote', 'decidedAt'],
}

/** `amount`: as `writeMoney` says it. */
export const compensationRecorded: Kind = {
  ...justice,
  kind: 'justice.compensation-recorded',
  sets: 'itself',
  coded: z.strictObject({ compensation: Compensation }),
  sealed: ['amount', 'note', 'at'],
}

/** Corrects any of these records; only the fields it names change. `quarter`: the one in which it was. */
export const recordCorrected: Kind = {
  ...justice,
  kind: 'justice.record-corrected',
  sets: 'named',
  coded: z.strictObject({
    record: EntryId,
    stage: Stage.optional(),
    sex: Sex.optional(),
    age: AgeGroup.optional(),
    verdict: Verdict.optional(),
    sentence: SentenceKind.optional(),
    years: Years.optional(),
    outcome: AppealOutcome.optional(),
    compensation: Compensation.optional(),
    quarter: Quarter.optional(),
  }),
  sealed: ['name', 'role', 'amount', 'note', 'decidedNote', 'correctedAt'],
}

/** A record that never was (or the criminal case: `record` is then the entry that opened it); `false` takes it back. */
export const enteredInError: Kind = {
  ...justice,
  kind: 'justice.entered-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['markedAt'],
}

export const justiceKinds: readonly Kind[] = [
  criminalCaseOpened,
  criminalCaseDescribed,
  stageReached,
  accusedRecorded,
  verdictGiven,
  sentencePassed,
  appealFiled,
  appealDecided,
  compensationRecorded,
  recordCorrected,
  enteredInError,
]
