import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { EntryId, OrganisationId } from '../../shared/ids.ts'
import { LanguageState, ProgrammeLanguage } from '../../shared/languages.ts'
import { Module } from '../words.ts'

/** One module and how far it stands in each language, as the office that looks after its texts says. */
const module = {
  version: 1,
  stream: 'training-module',
  opens: false,
  who: ['steward', 'manager', 'regional-manager'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

export const moduleOpened: Kind = {
  ...module,
  kind: 'training.module-opened',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, module: Module }),
}

/** The languages it names, each a field of its own: two people who work on two languages do not meet. */
export const languagesStated: Kind = {
  ...module,
  kind: 'training.module-languages-stated',
  sets: 'stream',
  coded: z
    .strictObject(Object.fromEntries(ProgrammeLanguage.options.map((language) => [language, LanguageState.optional()])))
    .refine((coded) => Object.keys(coded).length > 0),
}

/** A module that was opened by mistake; `false` takes it back. */
export const moduleEnteredInError: Kind = {
  ...module,
  kind: 'training.module-entered-in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const moduleKinds: readonly Kind[] = [moduleOpened, languagesStated, moduleEnteredInError]
