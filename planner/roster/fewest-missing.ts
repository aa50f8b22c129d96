import { accept, type Decision } from '@lentera/core/shared/refusals'
import type { Solver } from '@lentera/solver'
import { draftOf } from './draft.ts'
import { modelOf, rowsOf } from './model.ts'
import { firstRoster, type RosterOptions, solveByRows, solveRoster } from './search.ts'
import type { Roster, RosterProblem, SolvedRoster } from './words.ts'

/**
 * Shifts that are missing in the best roster found (of those who can meet one), and the fewest that any roster leaves: where both are
 * one number it is proven.
 */
export type FewestMissing = { readonly found: number; readonly least: number; readonly roster: Roster }

/** A roster, and how many shifts no roster at all could cover; null where that was not reckoned to an end. */
export type MadeRoster = SolvedRoster & { readonly fewest: FewestMissing | null }

/**
 * The roster of a post as a planner is given it: first the shifts that are dearest to miss alone, for a third of the time at the most, so that
 * what stays open must; the rest is made around them. From what stands (`start`), where something does. Refused as `solveRoster`.
 */
export async function makeRoster(
  problem: RosterProblem,
  solver: Solver,
  options: RosterOptions,
): Promise<Decision<MadeRoster>> {
  const { seconds, onProgress: _, ...rest } = options
  const least = await fewestMissing(problem, solver, seconds === undefined ? rest : { ...rest, seconds: seconds / 3 })
  const fewest = least.ok ? least.value : null
  // What stands is gone on from; otherwise the roster that has the fewest open.
  const start = options.start ?? fewest?.roster
  const solved = await solveRoster(problem, solver, start === undefined ? options : { ...options, start })
  return solved.ok ? accept({ ...solved.value, fewest }) : solved
}

/**
 * How many of the demands that are dearest to miss stay unmet whatever is done: by the hard rules alone, with wishes, fairness and all
 * other demands left out, so that nobody can say another weight would have covered them. Refused as `solveRoster`.
 */
export async function fewestMissing(
  problem: RosterProblem,
  solver: Solver,
  options: RosterOptions,
): Promise<Decision<FewestMissing>> {
  // Mostly what is best by all rules together leaves no more open than must be: then that is all there is to prove.
  const whole = await firstRoster(problem, solver, options)
  if (!whole.ok) return whole
  const alone = dearestAlone(problem)
  // What the LP does not find at once, the search by all rules finds sooner.
  const rounds = Math.min(options.rounds ?? fewRounds, fewRounds)
  const solved = await solveByRows(alone, solver, { ...options, rounds, start: whole.value.roster })
  if (!solved.ok) return solved
  const { cost, bound } = solved.value
  const model = modelOf(alone)
  const isBest = draftOf(model, rowsOf(model, whole.value.roster)).cost <= cost
  const roster = isBest ? whole.value.roster : solved.value.roster
  return accept({ found: Math.round(cost), least: Math.max(0, Math.ceil(bound - 1e-6)), roster })
}

const fewRounds = 2

/** The demands that are dearest to miss, and those who can meet one of them. */
function dearestAlone(problem: RosterProblem): RosterProblem {
  const dearest = Math.max(0, ...problem.cover.map(({ under }) => under))
  const cover = problem.cover
    .filter(({ under, required }) => under === dearest && required > 0)
    .map((demand) => ({ ...demand, under: 1, over: 0 }))
  const asked = new Set(cover.map(({ skill }) => skill))
  // Whoever meets none may be the one who is there with her.
  const isCompany = (problem.company ?? []).length > 0
  return {
    ...problem,
    cover,
    people: problem.people
      .filter(({ skills }) => isCompany || asked.has(null) || skills.some((skill) => asked.has(skill)))
      .map((person) => ({ ...person, wishes: [], balance: [] })),
  }
}
