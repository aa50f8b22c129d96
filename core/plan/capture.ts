import { type Draft, draft } from '../log/draft.ts'
import type { Kind } from '../log/kind.ts'
import type { Indicator } from '../results/indicators.ts'
import { type CivilDate, firstDayOf } from '../shared/dates.ts'
import type { OrganisationId } from '../shared/ids.ts'
import { accept, type Decision, type Refusal, refuse } from '../shared/refusals.ts'
import {
  baselineCorrected,
  baselineInError,
  baselineSet,
  phaseCorrected,
  phaseDated,
  phaseInError,
  targetCorrected,
  targetInError,
  targetSet,
} from './entries.ts'
import { type Baseline, datesOf, overlapping, type PlannedPhase, type Target } from './project.ts'
import {
  Aimed,
  type Direction,
  longestSource,
  Measured,
  mostPlanned,
  type Phase,
  planStream,
  type Qualifier,
  Quarter,
  TargetPeriod,
} from './words.ts'

/** Whose word it is, and on which day. */
export type Said = { readonly organisation: OrganisationId; readonly today: CivilDate }

// ---------------------------------------------------------------- phases

/** Quarters as they were typed: which they must be, `datePhase` says. */
export type Dates = { readonly from: string; readonly to: string; readonly source: string }

/**
 * Says when a phase is. A phase that was marked as entered in error is dated by taking that back.
 *
 * @param others every phase of the programme that stands, this one too
 * Refused: `plan.said-already`, `plan.not-a-quarter`, `plan.phase-backwards`, `plan.phases-overlap` {phase, from, to},
 * `plan.no-source`, `plan.source-too-long` {most}.
 */
export function datePhase(
  phase: Phase,
  dates: Dates,
  others: readonly PlannedPhase[],
  { organisation, today }: Said,
): Decision<Draft[]> {
  if (others.some((each) => each.phase === phase)) return refuse('plan.said-already')
  const wrong = wrongDates(phase, dates, others)
  if (wrong) return { ok: false, refusal: wrong }
  const coded = { organisation, phase, ...dates, source: dates.source.trim() }
  return accept([draft(phaseDated, planStream('phase', phase), today, coded)])
}

/** Only what was wrong; or what settles two answers. Refused as `datePhase`; and `plan.nothing-changed`, `plan.in-error`. */
export function correctPhase(
  planned: PlannedPhase,
  dates: Dates,
  others: readonly PlannedPhase[],
  today: CivilDate,
): Decision<Draft[]> {
  const { phase } = planned
  const wrong = wrongStanding(planned) ?? wrongDates(phase, dates, others)
  if (wrong) return { ok: false, refusal: wrong }
  return changed(phaseCorrected, planStream('phase', phase), today, { ...dates, source: dates.source.trim() }, planned)
}

/**
 * Marks the dates of a phase as never having been said, or takes that back.
 * Refused: `plan.phases-overlap` where another phase has taken its quarters meanwhile.
 */
export function markPhaseInError(
  planned: PlannedPhase,
  isInError: boolean,
  others: readonly PlannedPhase[],
  today: CivilDate,
): Decision<Draft[]> {
  const { phase, from, to, opening } = planned
  const refusal = isInError || !from || !to ? undefined : wrongOverlap(phase, from, to, others)
  if (refusal) return { ok: false, refusal }
  return accept([
    draft(phaseInError, planStream('phase', phase), today, { record: opening, enteredInError: isInError }),
  ])
}

function wrongDates(phase: Phase, dates: Dates, others: readonly PlannedPhase[]): Refusal | undefined {
  const from = Quarter.safeParse(dates.from).data
  const to = Quarter.safeParse(dates.to).data
  if (!from || !to) return { code: 'plan.not-a-quarter', values: {} }
  if (from > to) return { code: 'plan.phase-backwards', values: {} }
  return wrongOverlap(phase, from, to, others) ?? wrongSource(dates.source)
}

function wrongOverlap(phase: Phase, from: CivilDate, to: CivilDate, others: readonly PlannedPhase[]) {
  const other = others
    .flatMap((each) => datesOf(each) ?? [])
    .find((each) => overlapping({ key: phase, from, to }, each))
  return other && { code: 'plan.phases-overlap', values: { phase: other.key, from: other.from, to: other.to } }
}

// ---------------------------------------------------------------- baselines

/** A number as it was typed: a count, or with `denominator` a share. NaN where it is none. */
export type Numbers = { readonly value: number } | { readonly numerator: number; readonly denominator: number }

export type Stood = {
  readonly measured: Numbers
  readonly qualifier: Qualifier
  readonly day: CivilDate
  readonly source: string
}

/**
 * What an indicator stood at before the programme, as somebody says it.
 *
 * @param standing the baseline that stands of it, if any
 * Refused: `plan.said-already`, `plan.not-a-number` {most}, `plan.share-needs-both`, `plan.part-over-whole`,
 * `plan.count-and-no-share`, `plan.day-to-come`, `plan.no-source`, `plan.source-too-long` {most}.
 */
export function setBaseline(
  indicator: Shown,
  said: Stood,
  standing: Baseline | undefined,
  { organisation, today }: Said,
): Decision<Draft[]> {
  if (standing) return refuse('plan.said-already')
  const wrong = wrongStood(indicator, said, today)
  if (wrong) return { ok: false, refusal: wrong }
  const coded = { organisation, indicator: indicator.key, ...said, source: said.source.trim() }
  return accept([draft(baselineSet, planStream('baseline', indicator.key), today, coded)])
}

/** Only what was wrong. Refused as `setBaseline`; and `plan.nothing-changed`, `plan.in-error`. */
export function correctBaseline(
  indicator: Shown,
  standing: Baseline,
  said: Stood,
  today: CivilDate,
): Decision<Draft[]> {
  const wrong = wrongStanding(standing) ?? wrongStood(indicator, said, today)
  if (wrong) return { ok: false, refusal: wrong }
  const coded = { ...said, source: said.source.trim() }
  return changed(baselineCorrected, planStream('baseline', indicator.key), today, coded, standing)
}

/** Marks a baseline as never having been said, or takes that back. */
export function markBaselineInError(standing: Baseline, isInError: boolean, today: CivilDate): Decision<Draft[]> {
  const coded = { record: standing.opening, enteredInError: isInError }
  return accept([draft(baselineInError, planStream('baseline', standing.indicator), today, coded)])
}

function wrongStood(indicator: Shown, { measured, day, source }: Stood, today: CivilDate): Refusal | undefined {
  if (firstDayOf(day) > today) return { code: 'plan.day-to-come', values: {} }
  return wrongNumbers(indicator, measured) ?? (Measured.safeParse(measured).success ? wrongSource(source) : notANumber)
}

// ---------------------------------------------------------------- targets

export type Wanted = {
  readonly aimed: Numbers | { readonly percentTenths: number }
  readonly direction: Direction
  readonly source: string
}

/**
 * What an indicator aims at, of all years together, of one year, or of one phase.
 *
 * @param standing the target that stands of that period, if any
 * Refused: `plan.said-already`, `plan.not-a-period`, `plan.not-a-number` {most}, `plan.share-needs-both`,
 * `plan.part-over-whole`, `plan.count-and-no-share`, `plan.no-source`, `plan.source-too-long` {most}.
 */
export function setTarget(
  indicator: Shown,
  period: string,
  said: Wanted,
  standing: Target | undefined,
  { organisation, today }: Said,
): Decision<Draft[]> {
  if (standing) return refuse('plan.said-already')
  if (!TargetPeriod.safeParse(period).success) return refuse('plan.not-a-period')
  const wrong = wrongWanted(indicator, said)
  if (wrong) return { ok: false, refusal: wrong }
  const coded = { organisation, indicator: indicator.key, period, ...said, source: said.source.trim() }
  return accept([draft(targetSet, planStream('target', indicator.key, period), today, coded)])
}

/** Only what was wrong. Refused as `setTarget`; and `plan.nothing-changed`, `plan.in-error`. */
export function correctTarget(indicator: Shown, standing: Target, said: Wanted, today: CivilDate): Decision<Draft[]> {
  const wrong = wrongStanding(standing) ?? wrongWanted(indicator, said)
  if (wrong) return { ok: false, refusal: wrong }
  const coded = { ...said, source: said.source.trim() }
  return changed(targetCorrected, planStream('target', indicator.key, standing.period), today, coded, standing)
}

/** Marks a target as never having been said, or takes that back. */
export function markTargetInError(standing: Target, isInError: boolean, today: CivilDate): Decision<Draft[]> {
  const coded = { record: standing.opening, enteredInError: isInError }
  return accept([draft(targetInError, planStream('target', standing.indicator, standing.period), today, coded)])
}

function wrongWanted(indicator: Shown, { aimed, source }: Wanted): Refusal | undefined {
  return wrongNumbers(indicator, aimed) ?? (Aimed.safeParse(aimed).success ? wrongSource(source) : notANumber)
}

// ---------------------------------------------------------------- what all three share

/** As much of an indicator as a plan must know: whether it is a share. */
type Shown = Pick<Indicator, 'key' | 'ratio'>

const notANumber: Refusal = { code: 'plan.not-a-number', values: { most: mostPlanned } }

/** A share is said with both its numbers, a count with one: else baseline, target and actual are not of one thing. */
function wrongNumbers({ ratio }: Shown, said: Wanted['aimed']): Refusal | undefined {
  if (ratio && 'value' in said) return { code: 'plan.share-needs-both', values: {} }
  if (!ratio && !('value' in said)) return { code: 'plan.count-and-no-share', values: {} }
  return 'numerator' in said && said.numerator > said.denominator
    ? { code: 'plan.part-over-whole', values: {} }
    : undefined
}

const wrongStanding = ({ enteredInError }: { readonly enteredInError: boolean }): Refusal | undefined =>
  enteredInError ? { code: 'plan.in-error', values: {} } : undefined

function wrongSource(source: string): Refusal | undefined {
  const length = source.trim().length
  if (length === 0) return { code: 'plan.no-source', values: {} }
  return length > longestSource ? { code: 'plan.source-too-long', values: { most: longestSource } } : undefined
}

/** An entry of the fields that differ from what stands. */
function changed(
  kind: Kind,
  stream: Draft['stream'],
  today: CivilDate,
  now: Parameters<typeof draft>[3],
  stood: object,
): Decision<Draft[]> {
  const before = new Map(Object.entries(stood))
  const fields = Object.entries(now).filter(([name, value]) => !isSame(before.get(name), value))
  return fields.length === 0
    ? refuse('plan.nothing-changed')
    : accept([draft(kind, stream, today, Object.fromEntries(fields))])
}

/** Numbers are kept with their names in the order of the alphabet, and typed in any. */
const isSame = (stood: unknown, now: unknown): boolean => inOrder(stood) === inOrder(now)
const inOrder = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? JSON.stringify(Object.entries(value).sort()) : JSON.stringify(value)
