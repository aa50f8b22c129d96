import { waysToTake } from './combinations.ts'

/** How a record is counted: fully up to `fullWidth` attributes, with less weight beyond. */
export type Budget = { readonly fullWidth: number; readonly muSquared: readonly number[] }

/** Of the whole budget, what the first look at the file may cost: widths, and how much its rows repeat. */
export const overviewShare = 0.02

/** Values have to pass a threshold before anything else is asked of them: they get no less than this share. */
const leastForValues = 0.06

/** About how many pairs and triples there are to a value in files of case records; only their ratio matters. */
const combinationsToAValue = [1, 10, 60]

/**
 * Divides what is left over the lengths so that the expected error over all combinations is least: with noise of
 * variance moved / share, the sum of n sqrt(moved / share) is least at shares of moved^(1/3) n^(2/3).
 */
export function budgetFor(fullWidth: number, length: number, muSquared: number): Budget {
  const wanted = combinationsToAValue
    .slice(0, length)
    .map((many, k) => Math.cbrt(waysToTake(k + 1, fullWidth)) * Math.cbrt(many * many))
  const all = wanted.reduce((sum, part) => sum + part, 0)
  const values = Math.max(leastForValues, (wanted[0] ?? 0) / all)
  const others = all - (wanted[0] ?? 0)
  return {
    fullWidth,
    muSquared: wanted.map((part, k) =>
      others === 0 ? muSquared : muSquared * (k === 0 ? values : ((1 - values) * part) / others),
    ),
  }
}

/**
 * The number of attributes up to which records count fully: the least sum of noise (more with every attribute) and of
 * what wide records lose. Records beyond count with a weight at which they move the whole measurement as far as a record
 * of that width does.
 *
 * @param widths about how many records have 0, 1, 2 ... attributes, noise included
 */
export function chooseFullWidth(widths: readonly number[], length: number, muSquared: number): number {
  let best = { width: 1, cost: Number.POSITIVE_INFINITY }
  const last = widths.findLastIndex((records) => records > 0)
  for (let width = 1; width <= Math.max(1, last); width++) {
    const budget = budgetFor(width, length, muSquared)
    let lost = 0
    for (let w = width + 1; w <= last; w++)
      lost += Math.max(0, widths[w] ?? 0) * (1 - weightOf(w, budget)) * combinationsOf(w, length)
    // Mean absolute noise over about as many combinations as files of this kind have.
    const noise = budget.muSquared.reduce(
      (sum, mu, k) => sum + 40 * (combinationsToAValue[k] ?? 0) * 0.8 * Math.sqrt(waysToTake(k + 1, width) / mu),
      0,
    )
    if (noise + lost < best.cost) best = { width, cost: noise + lost }
  }
  return best.width
}

/** The weight of a record of `width` attributes: the whole measurement moves by no more than its budget. */
export function weightOf(width: number, { fullWidth, muSquared }: Budget): number {
  if (width <= fullWidth) return 1
  let [allowed, moved] = [0, 0]
  muSquared.forEach((mu, k) => {
    allowed += mu
    moved += (mu * waysToTake(k + 1, width)) / Math.max(1, waysToTake(k + 1, fullWidth))
  })
  return Math.sqrt(allowed / moved)
}

/** Combinations of one to `length` attributes that a record of `width` has. */
export function combinationsOf(width: number, length: number): number {
  let sum = 0
  for (let k = 1; k <= length; k++) sum += waysToTake(k, width)
  return sum
}
