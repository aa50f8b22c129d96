import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../../log/sealed-kinds.ts'
import { EntryId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import { Answer, Asked, Check } from './words.ts'

/** As in casework the date is a quarter and the device's time is sealed. */
const story = {
  ...inQuarters,
  stream: 'story',
  who: ['caseworker', 'supervisor'],
} as const

/** What would be printed: one version of it, which the second reader reads whole. `photo`: which photograph, and what it shows. */
const text = ['text', 'changedName', 'photo'] as const

/** A stream of its own under a key of its own: nothing here can say whether she has a case, or which. */
export const storyBegun: Kind = {
  ...story,
  kind: 'story.begun',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({
    ...withKeys,
    language: ProgrammeLanguage,
  }),
  sealed: [...text, 'who', 'contact', 'notes', 'at'],
}

/** Another version of the text, whole: the second reading of the one before does not hold for it. */
export const textChanged: Kind = {
  ...story,
  kind: 'story.text-changed',
  sets: 'stream',
  coded: z.strictObject({ language: ProgrammeLanguage }),
  sealed: [...text, 'textAt'],
}

/** Says anew who she is, how she is reached, or what the team notes: nothing of it is ever printed. */
export const storyDescribed: Kind = {
  ...story,
  kind: 'story.described',
  sets: 'stream',
  coded: z.strictObject({}),
  sealed: ['who', 'contact', 'notes', 'describedAt'],
}

/**
 * Her answers, by use. No entry says so without stating that the warning was read to her (copies cannot be called back) and
 * that whoever asked controls no aid.
 */
export const consentAnswered: Kind = {
  ...story,
  kind: 'story.consent-answered',
  sets: 'stream',
  coded: z
    .strictObject({ ...answersBy(Answer), warningRead: z.literal(true), askerControlsNoAid: z.literal(true) })
    .refine((coded) => Asked.options.some((asked) => coded[asked] !== undefined)),
  sealed: ['consentAt'],
}

/** She takes her answer back, for one use or for all: without a reason, and without anything having to be so before. */
export const consentWithdrawn: Kind = {
  ...story,
  kind: 'story.consent-withdrawn',
  sets: 'stream',
  coded: z
    .strictObject(answersBy(z.strictObject({ answer: z.literal('withdrawn') })))
    .refine((coded) => Object.keys(coded).length > 0),
  sealed: ['withdrawnAt'],
}

/** `record`: the entry that wrote the version which was read. All of the list is ticked, or it is sent back. */
export const textApproved: Kind = {
  ...story,
  kind: 'story.text-approved',
  sets: 'named',
  coded: z.strictObject({
    record: EntryId,
    reading: z.literal('approved'),
    checked: z.array(Check).refine((checked) => Check.options.every((each) => checked.includes(each))),
  }),
  sealed: ['approvedAt'],
}

/** `remove`: what must go before it can be read again. */
export const textSentBack: Kind = {
  ...story,
  kind: 'story.text-sent-back',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, reading: z.literal('sent-back') }),
  sealed: ['remove', 'sentBackAt'],
}

/** To whom a copy went, for which use and in which quarter: no figure needs that, and all of it is sealed. */
export const givenOut: Kind = {
  ...story,
  kind: 'story.given-out',
  sets: 'itself',
  coded: z.strictObject({}),
  sealed: ['use', 'quarter', 'toWhom', 'withPhotograph', 'at'],
}

export const recordCorrected: Kind = {
  ...story,
  kind: 'story.record-corrected',
  sets: 'named',
  coded: z.strictObject({ record: EntryId }),
  sealed: ['use', 'quarter', 'toWhom', 'correctedAt'],
}

/** A copy that was never given, or (`record` is then the entry that began it) a whole story that never was; `false` takes it back. */
export const enteredInError: Kind = {
  ...story,
  kind: 'story.entered-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['markedAt'],
}

export const storyKinds: readonly Kind[] = [
  storyBegun,
  textChanged,
  storyDescribed,
  consentAnswered,
  consentWithdrawn,
  textApproved,
  textSentBack,
  givenOut,
  recordCorrected,
  enteredInError,
]

/** One field a use, so that answers given apart of different uses do not disagree. */
function answersBy<T extends z.ZodType>(answer: T): Record<Asked, z.ZodOptional<T>> {
  return {
    'printed-report': answer.optional(),
    website: answer.optional(),
    'social-media': answer.optional(),
    press: answer.optional(),
    training: answer.optional(),
    'donor-meeting': answer.optional(),
    photograph: answer.optional(),
  }
}
