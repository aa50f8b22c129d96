import type { Plan } from '../plan/words.ts'
import type { BrokenPlanRule } from './broken.ts'
import type { Rows } from './plan-cover.ts'
import type { Reading } from './plan-reading.ts'

/** What is to be done, whatever is said of it. */
export type Steps = Pick<Plan, 'actions'>

/** What a rule sees: the problem, the steps, and cover as the checker itself counts it. */
export type Judged<Of extends Steps = Steps> = Reading & {
  readonly plan: Of
  readonly before: Rows
  readonly after: Rows
}
export type StepRuleReading = (judged: Judged) => readonly BrokenPlanRule[]
export type PlanRuleReading = (judged: Judged<Plan>) => readonly BrokenPlanRule[]
