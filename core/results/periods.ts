import { type CivilDate, precisionOf, quarterOf, yearOf } from '../shared/dates.ts'
import type { phases } from './framework.ts'

/** A phase of one programme with its first and last quarter. The framework gives it no dates: a programme says them. */
export type DatedPhase = {
  readonly key: (typeof phases)[number]['key']
  readonly from: CivilDate
  readonly to: CivilDate
}

/**
 * The periods that what happened on a date is counted in: all time, its year, its quarter, and every phase that it lies in
 * whole. What is known by year alone is in no quarter, and in a phase only where the whole year is.
 */
export function periodsOf(on: CivilDate, phases: readonly DatedPhase[]): readonly string[] {
  const quarter = quarterOf(on)
  const inPhases = phases.filter((phase) => periodContains(phase, on)).map(({ key }) => key)
  return ['all', yearOf(on), ...(quarter ? [quarter] : []), ...inPhases]
}

/** Quarters of one form sort by time as texts do. */
export function periodContains({ from, to }: Pick<DatedPhase, 'from' | 'to'>, on: CivilDate): boolean {
  const [first, last] = precisionOf(on) === 'year' ? [`${on}-Q1`, `${on}-Q4`] : [quarterOf(on), quarterOf(on)]
  return first !== undefined && last !== undefined && first >= from && last <= to
}
