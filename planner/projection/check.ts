import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Cell, Flowing, ProjectionProblem } from './words.ts'

/** As far as rates of today can be carried at all. */
export const mostYears = 40

/**
 * Whether a problem can be projected.
 * Refused: `projection.no-strength`, `projection.not-people`, `projection.rate-out-of-range`, `projection.rates-over-one` {rank},
 * `projection.known-from-nothing`, `projection.no-entry`, `projection.share-out-of-range`, `projection.growth-out-of-range`,
 * `projection.years-out-of-range` {most}, `projection.target-in-the-past` {year}, `projection.target-too-late` {year}.
 */
export function checkProjection(problem: ProjectionProblem): Decision<ProjectionProblem> {
  const { cells, entry, intakeShare, ceiling, growth, years } = problem
  const flows = cells.flatMap(({ women, men }) => [women, men])
  if (!flows.every(({ people }) => Number.isSafeInteger(people) && people >= 0)) return refuse('projection.not-people')
  if (flows.every(({ people }) => people === 0)) return refuse('projection.no-strength')
  if (!flows.every(({ exit, moves }) => [exit, ...moves.map(({ rate }) => rate)].every(isPart)))
    return refuse('projection.rate-out-of-range')
  const over = cells.find(({ women, men }) => [women, men].some((flow) => goneOf(flow) > 1 + 1e-12))
  if (over) return refuse('projection.rates-over-one', { rank: over.rank })
  if (!cells.every((cell, at) => leadsSomewhere(cell, at, cells.length))) return refuse('projection.rate-out-of-range')
  if (!flows.every(({ known }) => Number.isFinite(known) && known > 0)) return refuse('projection.known-from-nothing')
  const isEntry = entry.length === cells.length && entry.every((weight) => Number.isFinite(weight) && weight >= 0)
  if (!isEntry || entry.every((weight) => weight === 0)) return refuse('projection.no-entry')
  if (!isPart(intakeShare) || (ceiling !== null && !isPart(ceiling))) return refuse('projection.share-out-of-range')
  if (!Number.isFinite(growth) || Math.abs(growth) > mostGrowth) return refuse('projection.growth-out-of-range')
  if (!Number.isSafeInteger(years) || years < 1 || years > mostYears)
    return refuse('projection.years-out-of-range', { most: mostYears })
  return checkTarget(problem)
}

function checkTarget(problem: ProjectionProblem): Decision<ProjectionProblem> {
  const { target, firstYear, years } = problem
  if (!target) return accept(problem)
  if (!isPart(target.share) || target.share === 0) return refuse('projection.share-out-of-range')
  if (!Number.isSafeInteger(target.year) || target.year <= firstYear)
    return refuse('projection.target-in-the-past', { year: firstYear })
  return target.year > firstYear + years
    ? refuse('projection.target-too-late', { year: firstYear + years })
    : accept(problem)
}

/** An agency that grows or shrinks faster is another agency. */
const mostGrowth = 0.25

const isPart = (rate: number): boolean => rate >= 0 && rate <= 1

const goneOf = ({ exit, moves }: Flowing): number => moves.reduce((sum, { rate }) => sum + rate, exit)

const leadsSomewhere = ({ women, men }: Cell, at: number, cells: number): boolean =>
  [...women.moves, ...men.moves].every(({ to }) => Number.isSafeInteger(to) && to >= 0 && to < cells && to !== at)
