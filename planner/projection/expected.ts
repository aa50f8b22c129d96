import type { Cell, ProjectionProblem, Sex, YearExpected } from './words.ts'

/** What is expected of each year, from the first: no chance in it, and parts of people are people here. */
export function expectedYears(problem: ProjectionProblem): YearExpected[] {
  const path: YearExpected[] = []
  let stock = problem.cells.map(({ women, men }) => ({ women: women.people, men: men.people }))
  const first = strengthOf(stock)
  const entry = partsOf(problem.entry)
  const share = Math.min(problem.intakeShare, problem.ceiling ?? 1)
  for (let t = 0; ; t++) {
    const stayed = t === 0 ? stock : afterOneYear(problem.cells, stock)
    const recruits = t === 0 ? 0 : Math.max(0, first * (1 + problem.growth) ** t - strengthOf(stayed))
    stock = stayed.map(({ women, men }, cell) => ({
      women: women + recruits * share * (entry[cell] ?? 0),
      men: men + recruits * (1 - share) * (entry[cell] ?? 0),
    }))
    path.push(yearOf(problem, stock, t, recruits))
    if (t === problem.years) return path
  }
}

export type Needed =
  /** Of all recruits, so many women each year lead there; 0 where it is reached without any. */
  | { readonly kind: 'reached'; readonly intakeShare: number }
  /** Even where every recruit is a woman, this is the share in the target's year. */
  | { readonly kind: 'out-of-reach'; readonly most: number }

/** The share of women among recruits that leads to the target, whatever ceiling there is; undefined where there is no target. */
export function intakeNeeded(problem: ProjectionProblem): Needed | undefined {
  const { target, firstYear } = problem
  if (!target) return undefined
  const reach = { ...problem, ceiling: null, years: target.year - firstYear }
  const shareWith = (intakeShare: number): number => shareOf(expectedYears({ ...reach, intakeShare }).at(-1))
  const most = shareWith(1)
  if (most < target.share) return { kind: 'out-of-reach', most }
  // More women among recruits are never fewer at the end: halving finds it.
  let [low, high] = [0, 1]
  if (shareWith(0) >= target.share) high = 0
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (shareWith(middle) < target.share) low = middle
    else high = middle
  }
  return { kind: 'reached', intakeShare: high }
}

export const shareOf = (year: Pick<YearExpected, 'women' | 'officers'> | undefined): number =>
  year && year.officers > 0 ? year.women / year.officers : 0

/** The ranks of the cells, each once. */
export const ranksOf = (cells: readonly Cell[]): readonly string[] => [...new Set(cells.map(({ rank }) => rank))]

type Stock = readonly Readonly<Record<Sex, number>>[]

const strengthOf = (stock: Stock): number => stock.reduce((sum, { women, men }) => sum + women + men, 0)

function partsOf(weights: readonly number[]): readonly number[] {
  const all = weights.reduce((sum, each) => sum + each, 0)
  return weights.map((each) => each / all)
}

function afterOneYear(cells: readonly Cell[], stock: Stock): Stock {
  const next = stock.map(() => ({ women: 0, men: 0 }))
  const arrive = (sex: Sex, at: number, people: number): void => {
    const there = next[at]
    if (there) there[sex] += people
  }
  for (const [i, cell] of cells.entries())
    for (const sex of ['women', 'men'] as const) {
      const { exit, moves } = cell[sex]
      const people = stock[i]?.[sex] ?? 0
      for (const { to, rate } of moves) arrive(sex, to, people * rate)
      arrive(sex, i, people * (1 - exit - moves.reduce((sum, { rate }) => sum + rate, 0)))
    }
  return next
}

function yearOf({ cells, firstYear }: ProjectionProblem, stock: Stock, t: number, recruits: number): YearExpected {
  const ranks = ranksOf(cells).map((rank) => {
    const of = stock.filter((_, cell) => cells[cell]?.rank === rank)
    return { rank, officers: strengthOf(of), women: of.reduce((sum, { women }) => sum + women, 0) }
  })
  const women = ranks.reduce((sum, rank) => sum + rank.women, 0)
  return { year: firstYear + t, officers: strengthOf(stock), women, recruits, ranks }
}
