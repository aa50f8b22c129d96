import * as z from 'zod'
import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, openingOf } from '../../log/records.ts'
import { Agency } from '../../shared/agencies.ts'
import { CivilDate, firstDayOf } from '../../shared/dates.ts'
import { type EntryId, StreamId } from '../../shared/ids.ts'
import { BarrierLevel, MowipArea } from './words.ts'

/** Undefined, in each of these, where two answers stand beside each other. */
export type Barrier = {
  readonly opening: EntryId
  readonly on: CivilDate
  readonly agency: Agency | undefined
  readonly area: MowipArea | undefined
  readonly level: BarrierLevel | undefined
  readonly evidence: string | undefined
  /** What is known to help; empty where nothing is. */
  readonly practice: string | undefined
  readonly recommendation: StreamId | null | undefined
  readonly owner: string | undefined
  readonly due: CivilDate | null | undefined
  readonly enteredInError: boolean
  readonly conflicts: readonly Conflict[]
}

export function projectBarrier(state: StreamState): Barrier | undefined {
  const root = state.records[streamRecord]
  const opening = openingOf(state)
  if (!root?.on || !opening) return undefined
  const text = (field: string): string | undefined => z.string().safeParse(agreedValue(root, field)).data
  return {
    opening,
    on: root.on,
    agency: Agency.safeParse(agreedValue(root, 'agency')).data,
    area: MowipArea.safeParse(agreedValue(root, 'area')).data,
    level: BarrierLevel.safeParse(agreedValue(root, 'level')).data,
    evidence: text('evidence'),
    practice: text('practice'),
    recommendation: StreamId.nullable().safeParse(agreedValue(root, 'recommendation')).data,
    owner: text('owner'),
    due: CivilDate.nullable().safeParse(agreedValue(root, 'due')).data,
    enteredInError: isEnteredInError(state.records[opening]),
    conflicts: conflictsOf(state),
  }
}

export type AreaRow<Of extends Barrier = Barrier> = {
  readonly area: MowipArea
  /** Of each kind of agency that has any barrier at all, its newest in this area; undefined where none is written down. */
  readonly by: ReadonlyMap<Agency, Of | undefined>
}

/** Every area with what each kind of agency wrote down last in it; what was entered in error is not among it. */
export function matrixOf<Of extends Barrier>(barriers: readonly Of[]): readonly AreaRow<Of>[] {
  const valid = barriers
    .filter(({ enteredInError, agency, area }) => !enteredInError && agency && area)
    .toSorted((a, b) => (isLater(a, b) ? -1 : 1))
  const agencies = Agency.options.filter((agency) => valid.some((each) => each.agency === agency))
  return MowipArea.options.map((area) => ({
    area,
    by: new Map(agencies.map((agency) => [agency, valid.find((each) => each.agency === agency && each.area === area)])),
  }))
}

/** A month, a quarter or a year stands where it begins; of one day the entry made last is the later one. */
function isLater(one: Barrier, other: Barrier): boolean {
  const [day, otherDay] = [firstDayOf(one.on), firstDayOf(other.on)]
  return day === otherDay ? one.opening > other.opening : day > otherDay
}
