import { kmBetween } from './places.ts'
import type { Action, PlanProblem } from './words.ts'

/** Money an action costs in all the years of the plan. */
export function costOf({ costs, years }: PlanProblem, action: Action): number {
  const inForce = years - action.year + 1
  if (action.kind === 'facility') return costs.facility[action.facility] ?? 0
  if (action.kind === 'train') return costs.training * action.count
  if (action.kind === 'move') return (costs.move + costs.movePerKm * action.km) * action.count
  if (action.kind === 'hire') return costs.hire * action.count
  return inForce * (action.kind === 'pool' ? costs.poolYear : costs.dayOnlyYear)
}

/** How much an action changes people's lives, in the weights of the problem. */
export function changesOf({ changes }: PlanProblem, action: Action): number {
  if (action.kind === 'facility') return changes.facility
  if (action.kind === 'train') return changes.training * action.count
  if (action.kind === 'hire') return changes.hire * action.count
  if (action.kind === 'pool') return changes.pool
  if (action.kind === 'day-only') return changes.dayOnly
  const once = action.isVolunteer ? changes.volunteerMove : changes.move
  return (once + (changes.movePer100Km * action.km) / 100) * action.count
}

/** The actions a hand has set, with the kilometres and costs of this problem: whoever set them may have known others. */
export function repriced(problem: PlanProblem): PlanProblem {
  if (problem.fixed.length === 0) return problem
  const posts = new Map(problem.posts.map((post) => [post.key, post]))
  return {
    ...problem,
    fixed: problem.fixed.map((action) => {
      const [from, to] = action.kind === 'move' ? [posts.get(action.from), posts.get(action.to)] : []
      const known = action.kind === 'move' && from && to ? { ...action, km: kmBetween(from, to) } : action
      return { ...known, cost: costOf(problem, known) }
    }),
  }
}
