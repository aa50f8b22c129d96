export { checkProjection, mostYears } from './check.ts'
export { intakeFor, shareAfter } from './closed-form.ts'
export { expectedYears, intakeNeeded, type Needed, shareOf } from './expected.ts'
export { type Levers, leversOf, withLevers } from './levers.ts'
export { type Simulation, simulate } from './simulate.ts'
export {
  type Assumed,
  assumedAmong,
  type Evidence,
  type Leaning,
  leaningOf,
  type Missing,
  missingOf,
  pooledAmong,
  problemFrom,
} from './start.ts'
export type { Band, Bands, Cell, Flowing, ProjectionProblem, ReachedIn, YearExpected } from './words.ts'
