import * as z from 'zod'
import type { Kind } from '../log/kind.ts'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, OrganisationId } from '../shared/ids.ts'
import {
  Aimed,
  Direction,
  IndicatorKey,
  longestSource,
  Measured,
  Phase,
  Qualifier,
  Quarter,
  TargetPeriod,
} from './words.ts'

/** What a programme plans is about nobody: everyone of the programme reads it, and its manager writes it. */
const plan = {
  version: 1,
  opens: false,
  who: ['manager', 'regional-manager'],
  sealed: [],
  precisions: ['day'],
  time: 'clear',
} as const

const source = z.string().trim().min(1).max(longestSource)
const saysSomething = (coded: object): boolean => Object.values(coded).some((value) => value !== undefined)

/** What never was planned (`record` is the entry that opened the stream); `false` takes that back. */
const inError = z.strictObject({ record: EntryId, enteredInError: z.boolean() })

// ---------------------------------------------------------------- phases

const Dated = { from: Quarter, to: Quarter, source }

export const phaseDated: Kind = {
  ...plan,
  kind: 'plan.phase-dated',
  stream: 'phase',
  opens: true,
  sets: 'stream',
  coded: z
    .strictObject({ organisation: OrganisationId, phase: Phase, ...Dated })
    .refine(({ from, to }) => from <= to, { path: ['to'] }),
}

/** The correction of a phase: only the fields it names change. */
export const phaseCorrected: Kind = {
  ...plan,
  kind: 'plan.phase-corrected',
  stream: 'phase',
  sets: 'stream',
  coded: z.strictObject(Dated).partial().refine(saysSomething),
}

export const phaseInError: Kind = {
  ...plan,
  kind: 'plan.phase-in-error',
  stream: 'phase',
  sets: 'named',
  coded: inError,
}

// ---------------------------------------------------------------- baselines

/** `day`: when it stood so, as precisely as the source says. */
const Stood = { measured: Measured, qualifier: Qualifier, day: CivilDate, source }

export const baselineSet: Kind = {
  ...plan,
  kind: 'plan.baseline-set',
  stream: 'baseline',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, indicator: IndicatorKey, ...Stood }),
}

export const baselineCorrected: Kind = {
  ...plan,
  kind: 'plan.baseline-corrected',
  stream: 'baseline',
  sets: 'stream',
  coded: z.strictObject(Stood).partial().refine(saysSomething),
}

export const baselineInError: Kind = {
  ...plan,
  kind: 'plan.baseline-in-error',
  stream: 'baseline',
  sets: 'named',
  coded: inError,
}

// ---------------------------------------------------------------- targets

const Wanted = { aimed: Aimed, direction: Direction, source }

export const targetSet: Kind = {
  ...plan,
  kind: 'plan.target-set',
  stream: 'target',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ organisation: OrganisationId, indicator: IndicatorKey, period: TargetPeriod, ...Wanted }),
}

export const targetCorrected: Kind = {
  ...plan,
  kind: 'plan.target-corrected',
  stream: 'target',
  sets: 'stream',
  coded: z.strictObject(Wanted).partial().refine(saysSomething),
}

export const targetInError: Kind = {
  ...plan,
  kind: 'plan.target-in-error',
  stream: 'target',
  sets: 'named',
  coded: inError,
}

export const planKinds: readonly Kind[] = [
  phaseDated,
  phaseCorrected,
  phaseInError,
  baselineSet,
  baselineCorrected,
  baselineInError,
  targetSet,
  targetCorrected,
  targetInError,
]
