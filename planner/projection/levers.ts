import type { Cell, ProjectionProblem } from './words.ts'

/** What an agency can decide or influence, each of a year and as a part of one. */
export type Levers = {
  /** Of recruits, women. */
  readonly intakeShare: number
  /** Of all women, who leaves. */
  readonly exitOfWomen: number
  /** Of all women who can rise further, who is promoted. */
  readonly promotionOfWomen: number
  readonly growth: number
}

/** As they stand in a problem: over the ranks, weighted by the women who serve there now. */
export function leversOf({ cells, intakeShare, growth }: ProjectionProblem): Levers {
  const canRise = cells.filter((cell) => promotionsOf(cells, cell).length > 0)
  return {
    intakeShare,
    exitOfWomen: meanOf(cells, ({ women }) => women.exit),
    promotionOfWomen: meanOf(canRise, (cell) => promotionsOf(cells, cell).reduce((sum, { rate }) => sum + rate, 0)),
    growth,
  }
}

/** The same agency with other decisions. What differs between ranks keeps its proportion: only the level moves. */
export function withLevers(problem: ProjectionProblem, levers: Levers): ProjectionProblem {
  const { cells } = problem
  const stood = leversOf(problem)
  const exit = scaled(stood.exitOfWomen, levers.exitOfWomen)
  const promotion = scaled(stood.promotionOfWomen, levers.promotionOfWomen)
  return {
    ...problem,
    intakeShare: levers.intakeShare,
    growth: levers.growth,
    cells: cells.map((cell) => {
      const promoted = promotionsOf(cells, cell)
      const moves = cell.women.moves.map((move) =>
        promoted.includes(move) ? { ...move, rate: promotion(move.rate) } : move,
      )
      return { ...cell, women: { ...cell.women, exit: exit(cell.women.exit), moves } }
    }),
  }
}

/** A move into another rank; one into the next band of years is none. */
const promotionsOf = (cells: readonly Cell[], { rank, women }: Cell): Cell['women']['moves'] =>
  women.moves.filter(({ to }) => cells[to]?.rank !== rank)

function meanOf(cells: readonly Cell[], rateOf: (cell: Cell) => number): number {
  if (cells.length === 0) return 0
  const people = cells.reduce((sum, { women }) => sum + women.people, 0)
  // Where no woman serves, no rank weighs more than another.
  if (people === 0) return cells.reduce((sum, cell) => sum + rateOf(cell), 0) / cells.length
  return cells.reduce((sum, cell) => sum + rateOf(cell) * cell.women.people, 0) / people
}

/** From one level to another; from nothing everybody goes to the new level. */
const scaled =
  (from: number, to: number) =>
  (rate: number): number =>
    from === 0 ? to : (rate * to) / from
