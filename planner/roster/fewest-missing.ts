import { accept, type Decision } from '@lentera/core/shared/refusals'
import type { Solver } from '@lentera/solver'
import { dearestAlone } from './dearest.ts'
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
  const reckoned = await reckon(problem, solver, seconds === undefined ? rest : { ...rest, seconds: seconds / 3 })
  if (!reckoned.ok) {
    const solved = await solveRoster(problem, solver, options)
    return solved.ok ? accept({ ...solved.value, fewest: null }) : solved
  }
  const { whole, fewest } = reckoned.value
  if (whole.status === 'proven') return accept({ ...whole, fewest })
  // What stands is gone on from; otherwise the roster that has the fewest open.
  const start = options.start ?? fewest.roster
  const solved = await solveRoster(
    problem,
    solver,
    { ...options, start },
    { missing: fewest.least, bound: whole.bound },
  )
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
  const reckoned = await reckon(problem, solver, options)
  return reckoned.ok ? accept(reckoned.value.fewest) : reckoned
}

type Reckoned = { readonly whole: SolvedRoster; readonly fewest: FewestMissing }

async function reckon(problem: RosterProblem, solver: Solver, options: RosterOptions): Promise<Decision<Reckoned>> {
  // Mostly what is best by all rules together leaves no more open than must be: then that is all there is to prove.
  const first = await firstRoster(problem, solver, options)
  if (!first.ok) return first
  const { missing, least, ...whole } = first.value
  if (missing <= least) return accept({ whole, fewest: { found: missing, least, roster: whole.roster } })
  const alone = dearestAlone(problem)
  // What the LP does not find at once, the search by all rules finds sooner.
  const rounds = Math.min(options.rounds ?? fewRounds, fewRounds)
  const solved = await solveByRows(
    alone,
    solver,
    { ...options, rounds, start: whole.roster },
    { missing: least, bound: least },
  )
  if (!solved.ok) return solved
  const { cost, bound } = solved.value
  const model = modelOf(alone)
  const isBest = draftOf(model, rowsOf(model, whole.roster)).cost <= cost
  const roster = isBest ? whole.roster : solved.value.roster
  return accept({ whole, fewest: { found: Math.round(cost), least: Math.max(0, Math.ceil(bound - 1e-6)), roster } })
}

const fewRounds = 2
