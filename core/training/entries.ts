import * as z from 'zod'
import type { Kind } from '../log/kind.ts'
import { Agency } from '../shared/agencies.ts'
import { EntryId, OrganisationId, PersonKey } from '../shared/ids.ts'
import { Sex } from '../shared/people.ts'
import { Country } from '../shared/places.ts'
import { AttendanceSource, Module } from './words.ts'

/**
 * Officers are counted by a key that means nothing outside: their names stay on the paper they signed, beside the code that
 * the key is shown as. So a session's rows may be read by everyone of the organisation that held it.
 */
const training = {
  version: 1,
  stream: 'training-session',
  opens: false,
  who: ['trainer'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const Modules = z
  .array(Module)
  .min(1)
  .max(Module.options.length)
  .refine((modules) => new Set(modules).size === modules.length)

export const sessionHeld: Kind = {
  ...training,
  kind: 'training.session-held',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, country: Country, modules: Modules }),
}

/** The correction of what was said of a session: only the fields it names change. */
export const sessionDescribed: Kind = {
  ...training,
  kind: 'training.session-described',
  sets: 'stream',
  coded: z
    .strictObject({ country: Country.optional(), modules: Modules.optional() })
    .refine((coded) => Object.keys(coded).length > 0),
}

export const attendanceRecorded: Kind = {
  ...training,
  kind: 'training.attendance-recorded',
  sets: 'itself',
  coded: z.strictObject({ officer: PersonKey, sex: Sex, agency: Agency, source: AttendanceSource }),
}

export const attendanceCorrected: Kind = {
  ...training,
  kind: 'training.attendance-corrected',
  sets: 'named',
  coded: z
    .strictObject({ record: EntryId, officer: PersonKey.optional(), sex: Sex.optional(), agency: Agency.optional() })
    .refine((coded) => Object.keys(coded).length > 1),
}

/** An attendance that never was, or (`record` is then the entry that opened it) a whole session; `false` takes it back. */
export const enteredInError: Kind = {
  ...training,
  kind: 'training.entered-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const trainingKinds: readonly Kind[] = [
  sessionHeld,
  sessionDescribed,
  attendanceRecorded,
  attendanceCorrected,
  enteredInError,
]
