import type { Bands, Needed, ProjectionProblem, YearExpected } from '@lentera/planner/projection'

/** What the page asks the worker; a later question ends the work on an earlier one. */
export type Question = { readonly ask: number; readonly problems: readonly ProjectionProblem[] }

/** What one of the problems of a question comes to so far: again and again, of more draws each time. */
export type Answer = {
  readonly ask: number
  /** Which of the problems. */
  readonly at: number
  readonly expected: readonly YearExpected[]
  /** Undefined where there is no target. */
  readonly needed: Needed | undefined
  readonly bands: Bands
}
