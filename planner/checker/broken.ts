import type { PersonKey, ShiftKey } from '../roster/words.ts'

/** Every hard rule of a roster. Its sentence stands in the catalogues under `rule.<code>`. */
export const rosterRules = [
  'roster.person-missing',
  'roster.person-unknown',
  'roster.wrong-length',
  'roster.unknown-shift',
  'roster.follows-too-soon',
  'roster.too-many-of-a-shift',
  'roster.too-many-minutes',
  'roster.too-few-minutes',
  'roster.too-many-in-a-row',
  'roster.too-few-in-a-row',
  'roster.too-few-free-in-a-row',
  'roster.too-many-weekends',
  'roster.window',
  'roster.day-off',
  'roster.fixed-changed',
] as const
export type RosterRule = (typeof rosterRules)[number]

/** What makes a roster problem contradict itself. Its sentence stands in the catalogues under `refusal.<code>`. */
export const rosterContradictions = [
  'roster.no-days',
  'roster.no-weekday',
  'roster.number-wrong',
  'roster.shift-twice',
  'roster.person-twice',
  'roster.no-such-shift',
  'roster.outside-days',
  'roster.demand-without-shift',
  'roster.demands-contradict',
  'roster.least-above-most-minutes',
  'roster.least-above-most-in-a-row',
  'roster.low-above-high',
  'roster.too-little-time',
  'roster.fixed-twice',
  'roster.fixed-on-day-off',
  'roster.fixed-contradicts',
] as const
export type RosterContradiction = (typeof rosterContradictions)[number]

/**
 * One broken rule. `days` count from 0, the first day of the horizon; a row that began before it has days below 0.
 * `found` and `allowed` are days, shifts, weekends or minutes, as the rule counts; null where it counts nothing.
 */
export type BrokenRule<Code extends string = RosterRule> = {
  readonly code: Code
  readonly person: PersonKey | null
  readonly shifts: readonly ShiftKey[]
  readonly days: readonly number[]
  readonly found: number | null
  readonly allowed: number | null
}

/** `code` with what is known of it. */
export function broken<Code extends string>(
  code: Code,
  known: Partial<Omit<BrokenRule<Code>, 'code'>>,
): BrokenRule<Code> {
  return { code, person: null, shifts: [], days: [], found: null, allowed: null, ...known }
}
