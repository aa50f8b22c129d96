import { normalBelow } from '../noise/accounting.ts'

/** Of all combinations taken as real, so large a share may be expected to be of nobody. */
export const shareOfNobody = 0.0045

/**
 * Noise is as often below as above nothing: as many combinations of nobody are taken wrongly as there are candidates whose
 * mirrored count would be taken. That holds whatever the prior (the knockoffs of R. Barber and E. Candes, Annals of Statistics
 * 43, 2015), and small real counts are among the mirrored, so that several in a hundred of them mean about one of nobody.
 */
const mirrorShare = 0.025

/** What a noisy count says: `real` whether to take the combination as one that somebody has; how likely nobody has it. */
export type Judgement = {
  readonly real: Uint8Array
  readonly nobody: Float64Array
  /** The count to be expected, given what was seen and how its like came out. */
  readonly mean: Float64Array
}

/**
 * Empirical Bayes (H. Robbins 1956; B. Efron, *Large-Scale Inference*, 2010, ch. 1 and 5): combinations of about the same
 * expected count, reckoned from their parts, are taken together; mean and variance of their noisy counts, noise taken off,
 * give a negative binomial prior for each group, and each noisy count is then judged against it. Combinations are taken
 * as real from the surest on while the expected share of those of nobody stays under `share`.
 *
 * @param counts noisy, of every candidate; @param expected of each from its parts, above 0
 */
export function judge(
  counts: Float64Array,
  expected: Float64Array,
  deviation: number,
  share: number = shareOfNobody,
): Judgement {
  const many = counts.length
  const order = Int32Array.from({ length: many }, (_, at) => at).sort(
    (a, b) => (expected[a] ?? 0) - (expected[b] ?? 0) || a - b,
  )
  const groups = groupsOf(order, counts, deviation)
  const nobody = new Float64Array(many)
  const mirrored = new Float64Array(many)
  const mean = new Float64Array(many)
  groups.forEach((group, g) => {
    const shape = shapeOf(groups.slice(Math.max(0, g - neighbours), g + neighbours + 1))
    judgeGroup(group, shape, counts, deviation, nobody, mean)
    judgeGroup(
      group,
      shape,
      counts.map((count) => -count),
      deviation,
      mirrored,
      new Float64Array(many),
    )
  })
  const surest = Int32Array.from(order).sort((a, b) => (nobody[a] ?? 0) - (nobody[b] ?? 0) || a - b)
  const real = new Uint8Array(many)
  const mirrors = Float64Array.from(mirrored).sort()
  let [wrong, taken, mirror, last] = [0, 0, 0, 0]
  surest.forEach((at, x) => {
    wrong += nobody[at] ?? 0
    taken++
    while (mirror < many && (mirrors[mirror] ?? 2) <= (nobody[at] ?? 0)) mirror++
    if (wrong <= share * taken && mirror <= mirrorShare * taken) last = x + 1
  })
  for (const at of surest.subarray(0, last)) real[at] = 1
  return { real, nobody, mean }
}

/** Candidates of about the same expected count; the mean of their counts, and how much those vary beyond the noise. */
type Group = { readonly members: Int32Array; readonly mean: number; readonly spread: number }

function groupsOf(order: Int32Array, counts: Float64Array, deviation: number): Group[] {
  const many = Math.max(1, Math.min(40, Math.floor(order.length / 40)))
  return Array.from({ length: many }, (_, g) => {
    const members = order.subarray(Math.floor((g * order.length) / many), Math.floor(((g + 1) * order.length) / many))
    let sum = 0
    for (const at of members) sum += counts[at] ?? 0
    const seen = sum / Math.max(1, members.length)
    let squares = 0
    for (const at of members) squares += ((counts[at] ?? 0) - seen) ** 2
    // A mean that is all noise is taken for half of what noise can make of it.
    const mean = Math.max(seen, deviation / Math.sqrt(members.length) / 2, 1e-3)
    return { members, mean, spread: squares / Math.max(1, members.length - 1) - deviation ** 2 }
  })
}

/** So many groups to either side are asked with it how much counts vary: of one alone the noise leaves too little. */
const neighbours = 3

/** The shape of the negative binomial at which variance is mean + mean^2 / shape; small where counts are very unlike. */
function shapeOf(groups: readonly Group[]): number {
  let [beyond, squares] = [0, 0]
  for (const { mean, spread } of groups) {
    // By their relative size, or the group of the largest counts would speak for all.
    beyond += (spread - mean) / mean ** 2
    squares += 1
  }
  return beyond <= 0 ? mostAlike : Math.min(mostAlike, Math.max(0.1, squares / beyond))
}

/** Some combinations that one would expect are never there: no group is taken to be more alike than this. */
const mostAlike = 1.5

function judgeGroup(
  { members, mean }: Group,
  shape: number,
  counts: Float64Array,
  deviation: number,
  nobody: Float64Array,
  means: Float64Array,
): void {
  const variance = deviation ** 2
  const highest = Math.ceil(mean * 12 + 8 * deviation)
  const prior = mean > 40 * deviation ? undefined : negativeBinomial(mean, shape, highest)
  for (const at of members) {
    const count = counts[at] ?? 0
    const from = Math.max(0, Math.floor(count - 8 * deviation))
    const to = Math.ceil(count + 8 * deviation)
    if (!prior || from > 0 || to > highest) {
      nobody[at] = count > 4 * deviation ? 0 : 1
      means[at] = count
      continue
    }
    let [all, weighted] = [0, 0]
    for (let c = 0; c <= to; c++) {
      const likely = (prior[c] ?? 0) * Math.exp((c * (2 * count - c)) / (2 * variance))
      all += likely
      weighted += likely * c
    }
    nobody[at] = (prior[0] ?? 0) / all
    means[at] = weighted / all
  }
}

/** Probabilities of 0, 1, 2 ... up to `highest`. */
function negativeBinomial(mean: number, shape: number, highest: number): Float64Array {
  const chances = new Float64Array(highest + 1)
  chances[0] = (1 + mean / shape) ** -shape
  for (let c = 1; c <= highest; c++)
    chances[c] = (((chances[c - 1] ?? 0) * (shape + c - 1)) / c) * (mean / (mean + shape))
  return chances
}

/**
 * Where only counts above a floor were seen: those above the least height at which noise alone, of all candidates, would
 * make up no more than `share` of what is taken.
 */
export function judgeAboveFloor(
  counts: Float64Array,
  candidates: number,
  deviation: number,
  share: number = shareOfNobody,
): Uint8Array {
  const heights = Float64Array.from(counts).sort().reverse()
  let least = Number.POSITIVE_INFINITY
  heights.forEach((height, taken) => {
    if (candidates * normalBelow(-height / deviation) <= share * (taken + 1)) least = height
  })
  return Uint8Array.from(counts, (count) => (count >= least ? 1 : 0))
}
