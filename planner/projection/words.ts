/**
 * A stock-flow model of a graded workforce: of each cell a fixed part leaves or moves on each year, and recruits fill what is
 * missing of the strength wanted. Seal, "The mathematics of a population composed of k stationary strata each recruited from
 * the stratum below", Biometrika 33 (1945); Bartholomew, Forbes & McClean, "Statistical Techniques for Manpower Planning"
 * (2nd ed. 1991), ch. 4. All shares and rates are parts of one (0.04 is 4 %), rates are of a year.
 */
export type ProjectionProblem = {
  /** The lowest rank first. A band of years served is a cell of its own, with a move into the next band. */
  readonly cells: readonly Cell[]
  /** How recruits spread over the cells: weights of any size. */
  readonly entry: readonly number[]
  /** Of the recruits, how many are women: a decision, so that only who the people are is left to chance. */
  readonly intakeShare: number
  /** A quota that acts as a ceiling: never more than this part of an intake are women. Null where there is none. */
  readonly ceiling: number | null
  /** Of the strength, from one year to the next; below zero it shrinks, and nobody is sent away for it. */
  readonly growth: number
  /** The year of the stock: nothing is foretold of it. */
  readonly firstYear: number
  readonly years: number
  readonly target: { readonly share: number; readonly year: number } | null
}

/** People of one rank, and of one band of years served where those are told apart. */
export type Cell = { readonly rank: string; readonly women: Flowing; readonly men: Flowing }

export type Sex = 'women' | 'men'

export type Flowing = {
  readonly people: number
  /** Of them, who leaves the agency within a year. */
  readonly exit: number
  /** Of them, who goes to another cell within a year: a promotion where its rank is another. */
  readonly moves: readonly { readonly to: number; readonly rate: number }[]
  /** Person-years these rates are known from: the more, the less they are left to chance. */
  readonly known: number
}

/** What is expected of one year. */
export type YearExpected = {
  readonly year: number
  readonly officers: number
  readonly women: number
  readonly recruits: number
  /** In the order in which ranks first stand in the cells. */
  readonly ranks: readonly { readonly rank: string; readonly officers: number; readonly women: number }[]
}

/** One in ten draws lies below `low`, one in ten above `high`, half on either side of `mid` (P10, P50, P90). */
export type Band = { readonly low: number; readonly mid: number; readonly high: number }

/** What so many draws say. A rank in which nobody is left in every draw has no band. */
export type Bands = {
  readonly draws: number
  /** Of each year from the first, the share of women. */
  readonly all: readonly Band[]
  readonly ranks: readonly { readonly rank: string; readonly shares: readonly (Band | undefined)[] }[]
  /** Undefined where there is no target. */
  readonly target: { readonly met: ReachedIn; readonly chance: number } | undefined
}

/** The first year in which the target's share is reached; null is not within the years looked at. */
export type ReachedIn = { readonly low: number | null; readonly mid: number | null; readonly high: number | null }
