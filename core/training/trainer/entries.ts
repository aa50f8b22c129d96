import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { Agency } from '../../shared/agencies.ts'
import { EntryId, OrganisationId, PersonKey, StreamId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import { Sex } from '../../shared/people.ts'
import { Country } from '../../shared/places.ts'
import { Module } from '../words.ts'
import { Certifier, Day, LapseReason, ModuleVersion, Step } from './words.ts'

/** A national trainer is an officer known by her code alone; her name stays on the paper beside it. */
const trainer = {
  version: 1,
  stream: 'national-trainer',
  opens: false,
  who: ['trainer'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const namesMoreThanItsRecord = (coded: object): boolean => Object.keys(coded).length > 1

const about = { country: Country, agency: Agency, sex: Sex }

export const trainerRegistered: Kind = {
  ...trainer,
  kind: 'training.trainer-registered',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, trainer: PersonKey, ...about }),
}

/** The correction of what was said of her: only the fields it names change. */
export const trainerDescribed: Kind = {
  ...trainer,
  kind: 'training.trainer-described',
  sets: 'stream',
  coded: z
    .strictObject(about)
    .partial()
    .refine((coded) => Object.keys(coded).length > 0),
}

/** A step on her way, or a session she led; the session where it was one of ours. */
export const trainerStepTaken: Kind = {
  ...trainer,
  kind: 'training.trainer-step-taken',
  sets: 'itself',
  coded: z.strictObject({ step: Step, session: StreamId.nullable() }),
}

const certificate = {
  module: Module,
  moduleVersion: ModuleVersion,
  language: ProgrammeLanguage,
  by: Certifier,
  certifiedOn: Day,
}

export const trainerCertified: Kind = {
  ...trainer,
  kind: 'training.trainer-certified',
  sets: 'itself',
  coded: z.strictObject(certificate),
}

export const certificateCorrected: Kind = {
  ...trainer,
  kind: 'training.certificate-corrected',
  sets: 'named',
  coded: z
    .strictObject({ ...certificate, record: EntryId })
    .partial()
    .required({ record: true })
    .refine(namesMoreThanItsRecord),
}

/** It lapsed before its time; `lapsed: null` says that it did not. */
export const certificateLapsed: Kind = {
  ...trainer,
  kind: 'training.certificate-lapsed',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, lapsed: LapseReason.nullable(), lapsedOn: Day }),
}

/** A step or certificate that never was, or (`record` is then the entry that opened it) a trainer; `false` takes it back. */
export const trainerEnteredInError: Kind = {
  ...trainer,
  kind: 'training.trainer-entered-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const trainerKinds: readonly Kind[] = [
  trainerRegistered,
  trainerDescribed,
  trainerStepTaken,
  trainerCertified,
  certificateCorrected,
  certificateLapsed,
  trainerEnteredInError,
]
