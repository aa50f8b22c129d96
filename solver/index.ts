export { type Columns, type LinearProblem, type ProblemSheet, startProblem } from './problem.ts'
export {
  type HeldProblem,
  loadSolver,
  type Progress,
  type Solution,
  type SolveOptions,
  type Solver,
  type SolverPlace,
} from './solver.ts'
