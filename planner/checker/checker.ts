export {
  type BrokenPlanRule,
  type BrokenRule,
  type PlanRule,
  planRules,
  type RosterContradiction,
  type RosterRule,
  rosterContradictions,
  rosterRules,
} from './broken.ts'
export { checkPlan, checkSteps, type PlanJudgement, type StepsChecker, type StepsCount, stepsChecker } from './plan.ts'
export { checkRoster, type RosterCost, type RosterJudgement } from './roster.ts'
export { type Contradiction, checkRosterProblem } from './roster-problem.ts'
export { judgeStep, type StepJudgement } from './step.ts'
