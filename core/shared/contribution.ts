import type { CivilDate } from './dates.ts'
import type { PersonKey } from './ids.ts'

/**
 * One countable fact that a stream states now. It stays inside the house: only tallies are read by boards, and only
 * `release/` makes of those what may leave. `record` names the record that states it; `amount` is a whole number.
 */
export type Contribution = {
  readonly fact: string
  readonly record: string
  readonly person: PersonKey | null
  readonly on: CivilDate
  readonly dimensions: Readonly<Record<string, string>>
  readonly amount: number
}

/** The value of a dimension whose answers differ until somebody settles it: parts and totals still agree. */
export const unsettled = 'unsettled'
