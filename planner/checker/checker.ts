export {
  type BrokenRule,
  type RosterContradiction,
  type RosterRule,
  rosterContradictions,
  rosterRules,
} from './broken.ts'
export { checkRoster, type RosterCost, type RosterJudgement } from './roster.ts'
export { type Contradiction, checkRosterProblem } from './roster-problem.ts'
