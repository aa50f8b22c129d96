import { waysToTake } from './combinations.ts'

/**
 * How a record is counted: fully up to `fullWidth` attributes, with less weight beyond. `again` is spent on further looks at
 * combinations of each length, of which those before leave doubt.
 */
export type Budget = {
  readonly fullWidth: number
  readonly muSquared: readonly number[]
  readonly again: readonly (readonly number[])[]
}

/** What further looks cost of each length's budget: one at pairs, two at triples. */
const furtherLooks: readonly (readonly number[])[] = [[], [0.3], [0.2, 0.25, 0.25]]

/** Of the whole budget, what the first look at the file may cost: widths, and how much its rows repeat. */
export const overviewShare = 0.02

/** Values have to pass a threshold before anything else is asked of them: they get no less than this share. */
const leastForValues = 0.04

/**
 * What pairs and triples count against a value: about as many triples as there are in files of case records, and fewer pairs
 * than there are, since triples tell of them too (twice and half as many were tried: the error is the least about here).
 */
const combinationsToAValue = [1, 6, 60]

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
  const shares = wanted.map((part, k) =>
    others === 0 ? muSquared : muSquared * (k === 0 ? values : ((1 - values) * part) / others),
  )
  return {
    fullWidth,
    muSquared: shares.map((mu, k) => mu * (1 - (furtherLooks[k] ?? []).reduce((sum, share) => sum + share, 0))),
    again: shares.map((mu, k) => (furtherLooks[k] ?? []).map((share) => mu * share)),
  }
}

/**
 * The number of attributes up to which records count fully: the least sum of noise (more with every attribute) and of
 * what wide records lose. Records beyond count with less weight, by length of combination, so that they move the
 * measurement as far as a record of that width does.
 *
 * @param widths about how many records have 0, 1, 2 ... attributes
 * @param combinations about how many combinations there are in all
 * @param isDrawable whether the noise of a budget can be drawn exactly: of dense files with many columns it cannot for the widest
 */
export function chooseFullWidth(
  widths: readonly number[],
  length: number,
  combinations: number,
  muSquared: number,
  isDrawable: (budget: Budget) => boolean,
): number {
  const last = widths.findLastIndex((records) => records > 0)
  const relative = combinationsToAValue.slice(0, length)
  const unit = combinations / relative.reduce((sum, many) => sum + many, 0)
  let best = { width: length, cost: Number.POSITIVE_INFINITY }
  for (let width = length; width <= Math.max(length, last); width++) {
    const budget = budgetFor(width, length, muSquared)
    if (!isDrawable(budget)) continue
    let cost = 0
    budget.muSquared.forEach((mu, k) => {
      cost += unit * (relative[k] ?? 0) * meanOfNormal * Math.sqrt(waysToTake(k + 1, width) / mu)
      for (let w = width + 1; w <= last; w++)
        cost += (widths[w] ?? 0) * (1 - weightOf(w, k + 1, width)) * waysToTake(k + 1, w)
    })
    if (cost < best.cost) best = { width, cost }
  }
  return best.width
}

/** Mean absolute value of a standard normal. */
export const meanOfNormal = Math.sqrt(2 / Math.PI)

/** The weight of a record of `width` attributes in counts of one length: they move no further than those of `fullWidth`. */
export function weightOf(width: number, length: number, fullWidth: number): number {
  return width <= fullWidth ? 1 : Math.sqrt(waysToTake(length, fullWidth) / waysToTake(length, width))
}

/** Combinations of one to `length` attributes that a record of `width` has. */
export function combinationsOf(width: number, length: number): number {
  let sum = 0
  for (let k = 1; k <= length; k++) sum += waysToTake(k, width)
  return sum
}
