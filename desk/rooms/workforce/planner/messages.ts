import type { Decision } from '@lentera/core/shared/refusals'
import type { HumaneOptions, Mending, PlanProblem, PlanProgress, PlanRefusal } from '@lentera/planner/plan'
import type { MadeRoster, Roster, RosterProblem } from '@lentera/planner/roster'

/** What the page asks of the worker that plans. It ends with its answer, and is made anew for the next question. */
export type Asked =
  | { readonly ask: 'options'; readonly problem: PlanProblem }
  /** `start`: what stands, where there is something. */
  | { readonly ask: 'roster'; readonly problem: RosterProblem; readonly seconds: number; readonly start: Roster | null }

/**
 * The solver's bytes come along: the worker itself reaches no network. `stop`: 1 at index 0 when whoever asked wants no more. `life`: the name of a lock
 * that it holds while it lives; null where the browser has none.
 */
export type ToPlanner = {
  readonly solver: ArrayBuffer
  readonly life: string | null
  readonly stop: SharedArrayBuffer | null
  readonly asked: Asked
}

/** Three humane ways, those of them that the rules leave, and what to mend first whichever is taken. */
export type Drawn = HumaneOptions & {
  readonly mendings: readonly Mending[]
  /** Ended before all ways were looked for: by itself, or by whoever waited no longer. */
  readonly cutShort?: CutShort
}

export type CutShort = 'died' | 'stopped'

/** A refusal of the planner may name the smallest set of rules that contradict each other. */
export type PlannerAnswer<T> = Decision<T> | { readonly ok: false; readonly refusal: PlanRefusal }

export type FromPlanner =
  /** It holds the lock of its life. */
  | { readonly say: 'begun' }
  | { readonly say: 'progress'; readonly progress: PlannerProgress }
  /** Ways that are there while others are still looked for: what is left to whoever gives the rest up. */
  | { readonly say: 'drawn-so-far'; readonly drawn: Drawn }
  | { readonly say: 'drawn'; readonly answer: PlannerAnswer<Drawn> }
  | { readonly say: 'roster'; readonly answer: Decision<MadeRoster> }

/** `reached` and `bound` close in on each other; null while nothing is known. */
export type PlannerProgress = Pick<PlanProgress, 'elapsed' | 'reached' | 'bound' | 'rules' | 'way'>
