import type { PlanYear, PostKey } from '../plan/words.ts'
import type { PersonKey, ShiftKey } from '../roster/words.ts'

/** Every hard rule of a roster. Its sentence stands in the catalogues under `rule.<code>`. */
export const rosterRules = [
  'roster.person-missing',
  'roster.person-unknown',
  'roster.wrong-length',
  'roster.unknown-shift',
  'roster.shift-closed',
  'roster.duty-too-long',
  'roster.follows-too-soon',
  'roster.alone',
  'roster.too-many-of-a-shift',
  'roster.too-many-on-call',
  'roster.too-many-minutes',
  'roster.too-few-minutes',
  'roster.too-many-in-a-row',
  'roster.too-many-nights-in-a-row',
  'roster.too-few-in-a-row',
  'roster.too-few-free-in-a-row',
  'roster.too-many-weekends',
  'roster.weekend-window',
  'roster.window',
  'roster.window-of-shifts',
  'roster.day-off',
  'roster.reaches-day-off',
  'roster.two-duties',
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
  'roster.shift-too-long',
  'roster.least-above-most-minutes',
  'roster.least-above-most-in-a-row',
  'roster.low-above-high',
  'roster.too-little-time',
  'roster.fixed-twice',
  'roster.fixed-on-day-off',
  'roster.fixed-elsewhere',
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

/** Every rule of a plan. Its sentence stands in the catalogues under `rule.<code>`. */
export const planRules = [
  // What an action speaks of exists, and its words agree.
  'plan.unknown-post',
  'plan.unknown-person',
  'plan.unknown-year',
  'plan.too-late',
  'plan.count-wrong',
  'plan.not-there',
  'plan.person-twice',
  'plan.facility-not-built',
  'plan.facility-twice',
  'plan.pool-wrong',
  'plan.closes-wrong',
  'plan.kilometres-wrong',
  'plan.minutes-wrong',
  // Who.
  'plan.not-a-woman',
  'plan.may-not-be-trained',
  'plan.needs-no-training',
  'plan.renewal-wrong',
  'plan.said-no',
  'plan.not-a-volunteer',
  'plan.moves-not-allowed',
  'plan.volunteer-wrong',
  'plan.not-where-she-would-go',
  'plan.too-far-for-her',
  'plan.too-far',
  'plan.moved-untrained',
  // Humane.
  'plan.facility-missing',
  'plan.posted-alone',
  'plan.too-few-officers',
  'plan.comes-and-goes',
  'plan.loses-cover',
  'plan.must-be-covered',
  'plan.hours-may-not-be-cut',
  'plan.pooling-not-allowed',
  'plan.pool-too-far',
  // Limits.
  'plan.cap',
  'plan.budget',
  'plan.vacancies',
  'plan.fixed-missing',
  'plan.forbidden',
  // What the plan says of itself.
  'plan.cost-wrong',
  'plan.total-wrong',
  'plan.changes-wrong',
  'plan.cover-before-wrong',
  'plan.cover-after-wrong',
  'plan.row-wrong',
  'plan.gap-wrong',
  'plan.why-wrong',
  'plan.proof-wrong',
  'plan.value-wrong',
  'plan.not-proven',
] as const
export type PlanRule = (typeof planRules)[number]

/**
 * One broken rule of a plan. `action` is its place among the plan's actions, from 0; `of` a facility, an officer or
 * group, a cap, or a number of the plan by its name; `found` and `allowed` as the rule counts: people, shifts, money,
 * kilometres, minutes. Null where the rule knows none.
 */
export type BrokenPlanRule = {
  readonly code: PlanRule
  readonly action: number | null
  readonly post: PostKey | null
  readonly year: PlanYear | null
  readonly of: string | null
  readonly found: number | null
  readonly allowed: number | null
}

export function brokenPlan(code: PlanRule, known: Partial<Omit<BrokenPlanRule, 'code'>>): BrokenPlanRule {
  return { code, action: null, post: null, year: null, of: null, found: null, allowed: null, ...known }
}
