import * as z from 'zod'
import type { Kind } from '../log/kind.ts'
import { IndicatorKey, Phase, Quarter } from '../plan/words.ts'
import { CivilDate, precisionOf } from '../shared/dates.ts'
import { EntryId, OrganisationId } from '../shared/ids.ts'
import { PrintedLanguage } from '../shared/languages.ts'
import { fieldOf, longestNarrative, Part } from './words.ts'

/** A report is about what was done, and about nobody: everyone of the organisation reads it, and its manager writes it. */
const report = {
  version: 1,
  stream: 'donor-report',
  opens: false,
  who: ['manager', 'regional-manager'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

/** A cut-off bears the day it was made on. */
export const CutOffLabel = CivilDate.refine((date) => precisionOf(date) === 'day')

/** By which definition each figure is counted. The report tells of these indicators, whichever are added later. */
const Definitions = z
  .record(IndicatorKey, z.int().min(1).max(1000))
  .refine((definitions) => Object.keys(definitions).length <= 500)

export const reportOpened: Kind = {
  ...report,
  kind: 'donor-report.opened',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({
    organisation: OrganisationId,
    phase: Phase,
    quarter: Quarter,
    cutOff: CutOffLabel,
    definitions: Definitions,
  }),
}

const Text = z.string().max(longestNarrative)

/** One text or several, each under its part and language; an empty one takes back what stood there. */
export const narrativeWritten: Kind = {
  ...report,
  kind: 'donor-report.narrative-written',
  sets: 'stream',
  coded: z
    .strictObject(
      Object.fromEntries(
        Part.options.flatMap((part) =>
          PrintedLanguage.options.map((language) => [fieldOf(part, language), Text.optional()]),
        ),
      ),
    )
    .refine((coded) => Object.values(coded).some((text) => text !== undefined)),
}

/** A report that was never meant; `false` takes that back. */
export const reportInError: Kind = {
  ...report,
  kind: 'donor-report.in-error',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, enteredInError: z.boolean() }),
}

export const donorReportKinds: readonly Kind[] = [reportOpened, narrativeWritten, reportInError]
