import { normalBelow } from '../noise/accounting.ts'

/** Of all combinations taken as real, so large a share may be expected to be of nobody. */
export const shareOfNobody = 0.0025

/**
 * Noise is as often below as above nothing: as many combinations of nobody are taken wrongly as there are candidates whose
 * mirrored count would be taken. That holds whatever the prior (the knockoffs of R. Barber and E. Candes, Annals of Statistics
 * 43, 2015). Small real counts are mirrored as well, often many times as many, so that this catches a prior that is far off, no more.
 */
const mirrorShare = 0.2

/** What a noisy count says: `real` whether to take the combination as one that somebody has; how likely nobody has it. */
export type Judgement = {
  readonly real: Uint8Array
  readonly nobody: Float64Array
  /** The count to be expected, given what was seen and how its like came out. */
  readonly mean: Float64Array
}

/**
 * Empirical Bayes (H. Robbins 1956; B. Efron, *Large-Scale Inference*, 2010, ch. 1 and 5): combinations of about the same
 * expected count, reckoned from their parts, are taken together; the mean of their noisy counts and the likeliest spread give
 * a prior for each group, and each noisy count is then judged against it. Combinations are taken
 * as real from the surest on while the expected share of those of nobody stays under `share`.
 *
 * @param counts noisy, of every candidate; @param expected of each from its parts, above 0
 * @param sure so many more are real without being judged
 */
export function judge(
  counts: Float64Array,
  expected: Float64Array,
  deviation: number,
  sure = 0,
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
  const mirror = counts.map((count) => -count)
  groups.forEach((group, g) => {
    const spread = spreadOf(groups.slice(Math.max(0, g - neighbours), g + neighbours + 1), counts, deviation)
    judgeGroup(group, spread, counts, deviation, nobody, mean)
    judgeGroup(group, spread, mirror, deviation, mirrored, new Float64Array(many))
  })
  const surest = Int32Array.from(order).sort((a, b) => (nobody[a] ?? 0) - (nobody[b] ?? 0) || a - b)
  const real = new Uint8Array(many)
  const mirrors = Float64Array.from(mirrored).sort()
  let [wrong, taken, passed, last] = [0, 0, 0, 0]
  surest.forEach((at, x) => {
    wrong += nobody[at] ?? 0
    taken++
    while (passed < many && (mirrors[passed] ?? 2) <= (nobody[at] ?? 0)) passed++
    if (wrong <= share * (sure + taken) && passed <= mirrorShare * (sure + taken)) last = x + 1
  })
  for (const at of surest.subarray(0, last)) real[at] = 1
  return { real, nobody, mean }
}

/** Candidates of about the same expected count, and the mean of their counts. */
type Group = { readonly members: Int32Array; readonly mean: number }

function groupsOf(order: Int32Array, counts: Float64Array, deviation: number): Group[] {
  const many = Math.max(1, Math.min(40, Math.floor(order.length / 40)))
  return Array.from({ length: many }, (_, g) => {
    const members = order.subarray(Math.floor((g * order.length) / many), Math.floor(((g + 1) * order.length) / many))
    let sum = 0
    for (const at of members) sum += counts[at] ?? 0
    // A mean that is all noise is taken for half of what noise can make of it.
    const least = Math.max(deviation / Math.sqrt(members.length) / 2, 1e-3)
    return { members, mean: Math.max(sum / Math.max(1, members.length), least) }
  })
}

/** So many groups to either side are asked with it how counts spread: of one alone the noise leaves too little. */
const neighbours = 3

/**
 * How counts of the same expectation spread: a share `never` that nobody can have (a man is not pregnant), and of the others a
 * negative binomial of this shape, variance mean + mean^2 / shape.
 */
type Spread = { readonly never: number; readonly shape: number }

const spreads: readonly Spread[] = [0, 0.2, 0.4, 0.6, 0.8, 0.9].flatMap((never) =>
  [0.1, 0.25, 0.5, 1, 1.5].map((shape) => ({ never, shape })),
)

/** So many of a group are asked at most. */
const mostAsked = 60

/** The likeliest spread of these groups' counts, each about its own mean. */
function spreadOf(groups: readonly Group[], counts: Float64Array, deviation: number): Spread {
  let best = { spread: spreads[0] ?? { never: 0, shape: 1 }, likely: Number.NEGATIVE_INFINITY }
  for (const spread of spreads) {
    let likely = 0
    for (const { members, mean } of groups) {
      const prior = priorOf(mean, spread, deviation)
      if (!prior) continue
      const step = Math.max(1, Math.floor(members.length / mostAsked))
      for (let m = 0; m < members.length; m += step)
        likely += Math.log(evidence(prior, counts[members[m] ?? 0] ?? 0, deviation).all + 1e-300)
    }
    if (likely > best.likely) best = { spread, likely }
  }
  return best.spread
}

/** Probabilities of counts from 0, as far as they matter; undefined where counts stand far above the noise. */
function priorOf(mean: number, { never, shape }: Spread, deviation: number): Float64Array | undefined {
  if (mean > 40 * deviation) return undefined
  const some = mean / (1 - never)
  const prior = negativeBinomial(some, shape, Math.ceil(some * 12 + 8 * deviation))
  for (let c = 0; c < prior.length; c++) prior[c] = (prior[c] ?? 0) * (1 - never)
  prior[0] = (prior[0] ?? 0) + never
  return prior
}

/** How likely a noisy count is, against one of nobody and without what is common to all; and the sum of likely counts. */
function evidence(prior: Float64Array, count: number, deviation: number): { all: number; weighted: number } {
  const variance = deviation ** 2
  const to = Math.min(prior.length - 1, Math.ceil(count + 8 * deviation))
  let [all, weighted] = [prior[0] ?? 0, 0]
  for (let c = 1; c <= to; c++) {
    const likely = (prior[c] ?? 0) * Math.exp((c * (2 * count - c)) / (2 * variance))
    all += likely
    weighted += likely * c
  }
  return { all, weighted }
}

function judgeGroup(
  { members, mean }: Group,
  spread: Spread,
  counts: Float64Array,
  deviation: number,
  nobody: Float64Array,
  means: Float64Array,
): void {
  const prior = priorOf(mean, spread, deviation)
  for (const at of members) {
    const count = counts[at] ?? 0
    if (!prior || count > 8 * deviation || count + 8 * deviation > prior.length) {
      nobody[at] = count > 4 * deviation ? 0 : 1
      means[at] = count
      continue
    }
    const { all, weighted } = evidence(prior, count, deviation)
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
  sure = 0,
  share: number = shareOfNobody,
): Uint8Array {
  const heights = Float64Array.from(counts).sort().reverse()
  let least = Number.POSITIVE_INFINITY
  heights.forEach((height, taken) => {
    if (candidates * normalBelow(-height / deviation) <= share * (sure + taken + 1)) least = height
  })
  return Uint8Array.from(counts, (count) => (count >= least ? 1 : 0))
}
