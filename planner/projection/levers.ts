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

/**
 * The same agency with other decisions. What differs between ranks keeps its proportion, as far as nobody can leave or rise twice: where
 * all of a rank would be gone it stays at that, and the others make up the level.
 */
export function withLevers(problem: ProjectionProblem, levers: Levers): ProjectionProblem {
  const { cells } = problem
  const stood = leversOf(problem)
  const exits = levelled(
    cells.map(({ women }) => ({ people: women.people, rate: women.exit, most: 1 - sumOf(women.moves) })),
    stood.exitOfWomen,
    levers.exitOfWomen,
  )
  const risers = cells.map((cell) => promotionsOf(cells, cell))
  const canRise = cells.flatMap((_, at) => (risers[at]?.length ? [at] : []))
  const rises = levelled(
    canRise.map((at) => {
      const { people = 0, moves = [] } = cells[at]?.women ?? {}
      const rate = sumOf(risers[at] ?? [])
      return { people, rate, most: 1 - (exits[at] ?? 0) - (sumOf(moves) - rate) }
    }),
    stood.promotionOfWomen,
    levers.promotionOfWomen,
  )
  return {
    ...problem,
    intakeShare: levers.intakeShare,
    growth: levers.growth,
    cells: cells.map((cell, at) => {
      const [promoted, risen] = [risers[at] ?? [], rises[canRise.indexOf(at)] ?? 0]
      const before = sumOf(promoted)
      const moves = cell.women.moves.map((move) =>
        promoted.includes(move)
          ? { ...move, rate: before === 0 ? risen / promoted.length : (move.rate * risen) / before }
          : move,
      )
      return { ...cell, women: { ...cell.women, exit: exits[at] ?? 0, moves } }
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

const sumOf = (moves: Cell['women']['moves']): number => moves.reduce((sum, { rate }) => sum + rate, 0)

type Levelled = { readonly people: number; readonly rate: number; readonly most: number }

/**
 * Rates whose mean is another level, in proportion to what they were (from nothing all alike), and none over the most it can be: those
 * that would be are set to it one after another, and the rest scaled anew.
 */
function levelled(rates: readonly Levelled[], from: number, to: number): readonly number[] {
  const nobody = rates.every(({ people }) => people === 0)
  const weight = ({ people }: Levelled): number => (nobody ? 1 : people)
  const scale = ({ rate }: Levelled): number => (from === 0 ? 1 : rate)
  const all = rates.reduce((sum, each) => sum + weight(each), 0)
  const full = new Set<Levelled>()
  for (;;) {
    const open = rates.filter((each) => !full.has(each))
    const taken = [...full].reduce((sum, each) => sum + weight(each) * Math.max(0, each.most), 0)
    const per = open.reduce((sum, each) => sum + weight(each) * scale(each), 0)
    const factor = per === 0 ? (from === 0 ? to : to / from) : Math.max(0, to * all - taken) / per
    const over = open.filter((each) => factor * scale(each) > each.most)
    if (over.length === 0) return rates.map((each) => (full.has(each) ? Math.max(0, each.most) : factor * scale(each)))
    for (const each of over) full.add(each)
  }
}
