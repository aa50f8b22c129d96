import * as z from 'zod'
import { agreedValue, type RecordState, type StreamState, streamRecord } from '../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, openingOf, setOnce } from '../log/records.ts'
import { type DatedPhase, periodContains } from '../results/periods.ts'
import { CivilDate } from '../shared/dates.ts'
import { type EntryId, type MemberId, OrganisationId, type StreamId } from '../shared/ids.ts'
import { baselineSet, phaseDated, targetSet } from './entries.ts'
import { Aimed, Direction, IndicatorKey, Measured, Phase, planStream, Qualifier, TargetPeriod } from './words.ts'

/** What everything that is planned has. `opening`: the entry by whose id it can be marked as entered in error. */
type Standing = {
  readonly opening: EntryId
  readonly organisation: OrganisationId
  /** Who said it first. */
  readonly author: MemberId | null
  readonly saidOn: CivilDate
  /** Undefined where two answers stand beside each other. */
  readonly source: string | undefined
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

export type PlannedPhase = Standing & {
  readonly phase: Phase
  readonly from: CivilDate | undefined
  readonly to: CivilDate | undefined
}

export type Baseline = Standing & {
  readonly indicator: string
  readonly measured: Measured | undefined
  readonly qualifier: Qualifier | undefined
  readonly day: CivilDate | undefined
}

export type Target = Standing & {
  readonly indicator: string
  readonly period: TargetPeriod
  readonly aimed: Aimed | undefined
  readonly direction: Direction | undefined
}

/** The state of a stream as the dates of a phase; undefined while the entry that opens it has not arrived. */
export function projectPhase(state: StreamState): PlannedPhase | undefined {
  const root = state.records[streamRecord]
  const standing = standingOf(state, phaseDated.kind)
  const phase = root && Phase.safeParse(setOnce(root, 'phase')).data
  if (!standing || !phase) return undefined
  return { ...standing, phase, from: agreedDate(root, 'from'), to: agreedDate(root, 'to') }
}

export function projectBaseline(state: StreamState): Baseline | undefined {
  const root = state.records[streamRecord]
  const standing = standingOf(state, baselineSet.kind)
  const indicator = root && IndicatorKey.safeParse(setOnce(root, 'indicator')).data
  if (!standing || !indicator) return undefined
  return {
    ...standing,
    indicator,
    measured: Measured.safeParse(agreedValue(root, 'measured')).data,
    qualifier: Qualifier.safeParse(agreedValue(root, 'qualifier')).data,
    day: agreedDate(root, 'day'),
  }
}

export function projectTarget(state: StreamState): Target | undefined {
  const root = state.records[streamRecord]
  const standing = standingOf(state, targetSet.kind)
  const indicator = root && IndicatorKey.safeParse(setOnce(root, 'indicator')).data
  const period = root && TargetPeriod.safeParse(setOnce(root, 'period')).data
  if (!standing || !indicator || !period) return undefined
  return {
    ...standing,
    indicator,
    period,
    aimed: Aimed.safeParse(agreedValue(root, 'aimed')).data,
    direction: Direction.safeParse(agreedValue(root, 'direction')).data,
  }
}

/** Whether it stands under its own name: a stream that says it is of another (`planStream`) would plan one thing twice. */
export const isOwnStream = (stream: StreamId, planned: PlannedPhase | Baseline | Target): boolean =>
  stream ===
  ('phase' in planned
    ? planStream('phase', planned.phase)
    : 'period' in planned
      ? planStream('target', planned.indicator, planned.period)
      : planStream('baseline', planned.indicator))

/**
 * The quarters of a phase, for counting. Undefined where nothing is agreed on: two answers stand beside each other, two
 * corrections made apart have turned it around, or it is marked as entered in error. Then nothing is counted for it.
 */
export function datesOf({ phase, from, to, enteredInError }: PlannedPhase): DatedPhase | undefined {
  if (enteredInError || !from || !to || from > to) return undefined
  return { key: phase, from, to }
}

/** Phases of one programme that share a quarter: said apart, offline, where capture could not refuse. Both count. */
export const overlapping = (one: DatedPhase, other: DatedPhase): boolean =>
  one.key !== other.key && (periodContains(one, other.from) || periodContains(other, one.from))

function standingOf(state: StreamState, kind: string): Standing | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || root.kind !== kind || !opening || !organisation) return undefined
  return {
    opening,
    organisation,
    author: root.author,
    saidOn: root.on,
    source: z.string().safeParse(agreedValue(root, 'source')).data,
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}

const agreedDate = (root: RecordState, field: string): CivilDate | undefined =>
  CivilDate.safeParse(agreedValue(root, field)).data
