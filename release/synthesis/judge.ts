import { normalBelow } from '../noise/accounting.ts'

/** Of all combinations taken as real, so large a share may be expected to be of nobody. */
export const shareOfNobody = 0.0055

/** What a noisy count says: `real` whether to take the combination as one that somebody has; how likely nobody has it. */
export type Judgement = {
  readonly real: Uint8Array
  readonly nobody: Float64Array
  /** The least count that was taken for possible. */
  readonly from: number
}

/**
 * Empirical Bayes (H. Robbins 1956; B. Efron, *Large-Scale Inference*, 2010, ch. 1 and 5): combinations of about the same
 * expected count are taken together; the mean of their noisy counts, which does not fall where more was expected, and the
 * likeliest spread give a prior for each group, and each noisy count is then judged against it. Combinations are taken as real
 * from the surest on while two reckonings of how many of them nobody has stay under `share`: the prior's own, and one that
 * noise is as often below as above nothing: those whose mirrored count would be taken, each as far as nobody is likely to
 * have it (the knockoffs of R. Barber and E. Candes, Annals of Statistics 43, 2015).
 *
 * @param counts noisy, of every candidate; @param expected of each, above 0
 * @param sure so many more are real without being judged
 * @param begin the least count that is possible, where it is known already
 */
export function judge(
  counts: Float64Array,
  expected: Float64Array,
  deviation: number,
  sure = 0,
  share: number = shareOfNobody,
  begin?: number,
): Judgement {
  const many = counts.length
  const order = Int32Array.from({ length: many }, (_, at) => at).sort(
    (a, b) => (expected[a] ?? 0) - (expected[b] ?? 0) || a - b,
  )
  const groups = groupsOf(order, counts, deviation)
  const nobody = new Float64Array(many)
  const mirrored = new Float64Array(many)
  const spreads = spreadsOf(groups, counts, deviation, begin)
  spreads.forEach((spread, g) => {
    const group = groups[g]
    if (!group) return
    const prior = priorOf(group, spread, deviation)
    for (const at of group.members) {
      const seen = counts[at] ?? 0
      nobody[at] = chanceOfNobody(prior, seen, deviation)
      mirrored[at] = chanceOfNobody(prior, -seen, deviation)
    }
  })
  const surest = Int32Array.from(order).sort((a, b) => (nobody[a] ?? 0) - (nobody[b] ?? 0) || a - b)
  const byMirror = Int32Array.from(order).sort((a, b) => (mirrored[a] ?? 0) - (mirrored[b] ?? 0) || a - b)
  const real = new Uint8Array(many)
  let [wrong, passed, wrongByMirror, last] = [0, 0, 0, 0]
  surest.forEach((at, x) => {
    wrong += nobody[at] ?? 0
    for (; passed < many && (mirrored[byMirror[passed] ?? 0] ?? 2) <= (nobody[at] ?? 0); passed++)
      wrongByMirror += nobody[byMirror[passed] ?? 0] ?? 1
    if (Math.max(wrong, wrongByMirror) <= share * (sure + x + 1)) last = x + 1
  })
  for (const at of surest.subarray(0, last)) real[at] = 1
  return { real, nobody, from: spreads[0]?.from ?? 1 }
}

/** Candidates of about the same expected count, the mean of their counts, and the highest count that need be thought of. */
type Group = { readonly members: Int32Array; readonly mean: number; readonly highest: number }

/** Means of groups that follow on one another rise or are pooled (isotonic regression, by pooling adjacent violators). */
function groupsOf(order: Int32Array, counts: Float64Array, deviation: number): Group[] {
  const many = Math.max(1, Math.min(40, Math.floor(order.length / 40)))
  const pooled: { readonly groups: readonly Int32Array[]; readonly sum: number; readonly size: number }[] = []
  for (let g = 0; g < many; g++) {
    const members = order.subarray(Math.floor((g * order.length) / many), Math.floor(((g + 1) * order.length) / many))
    let next = { groups: [members], sum: members.reduce((sum, at) => sum + (counts[at] ?? 0), 0), size: members.length }
    for (let last = pooled.at(-1); last && last.sum * next.size >= next.sum * last.size; last = pooled.at(-1)) {
      pooled.pop()
      next = { groups: [...last.groups, ...next.groups], sum: last.sum + next.sum, size: last.size + next.size }
    }
    pooled.push(next)
  }
  return pooled.flatMap(({ groups, sum, size }) => {
    // A mean that is all noise is taken for half of what noise can make of it.
    const least = Math.max(deviation / Math.sqrt(Math.max(1, size)) / 2, 1e-3)
    const mean = Math.max(sum / Math.max(1, size), least)
    return groups.map((members) => {
      const furthest = members.reduce((most, at) => Math.max(most, Math.abs(counts[at] ?? 0)), 0)
      return { members, mean, highest: Math.ceil(furthest + 8 * deviation) }
    })
  })
}

/**
 * How counts of the same expectation spread: a share `never` that nobody can have (a man is not pregnant), and of the others a
 * negative binomial of this shape, variance mean + mean^2 / shape, of which those below `from` are nobody's: a set that was released
 * once before ends abruptly, with hardly a combination of a few.
 */
type Spread = { readonly never: number; readonly shape: number; readonly from: number }

const beginnings = [1, 3, 5] as const

const spreadsFrom = beginnings.map((from) =>
  [0, 0.2, 0.4, 0.6, 0.8, 0.9].flatMap((never) =>
    [0.1, 0.25, 0.5, 1, 2, 5, 20].map((shape): Spread => ({ never, shape, from })),
  ),
)

/** So many groups to either side are asked with it how counts spread: of one alone the noise leaves too little. */
const neighbours = 3

/** So many of a group are asked at most: of sixty of a wide file's thousands too few, and too many were taken for nobody's. */
const mostAsked = 240

/**
 * By so many natural logarithms a later beginning must be likelier than one. Under wide noise all beginnings are about as likely, and
 * a later one taken by chance takes every combination of one and two for nobody's: more budget, which shows more of these, lost more.
 */
const clearlyLater = 3

/** The likeliest spread of each group and its neighbours, each about its own mean; where counts begin is one for all. */
function spreadsOf(
  groups: readonly Group[],
  counts: Float64Array,
  deviation: number,
  begin: number | undefined,
): Spread[] {
  let best: { readonly spreads: Spread[]; readonly likely: number } = {
    spreads: [],
    likely: Number.NEGATIVE_INFINITY,
  }
  const seen = groups.map(({ members }) => {
    const step = Math.max(1, Math.floor(members.length / mostAsked))
    return Array.from(
      members.filter((_, m) => m % step === 0),
      (at) => likelihoods(counts[at] ?? 0, deviation),
    )
  })
  for (const choice of spreadsFrom) {
    if (begin !== undefined && choice[0]?.from !== begin) continue
    const likely = groups.map((group, g) =>
      choice.map((spread) => {
        const prior = priorOf(group, spread, deviation)
        return prior ? (seen[g] ?? []).reduce((sum, each) => sum + Math.log(evidence(prior, each).all + 1e-300), 0) : 0
      }),
    )
    let all = 0
    const spreads = groups.map((_, g) => {
      const near = likely.slice(Math.max(0, g - neighbours), g + neighbours + 1)
      const sums = choice.map((_, s) => near.reduce((sum, each) => sum + (each[s] ?? 0), 0))
      const most = sums.reduce((top, sum, s) => (sum > (sums[top] ?? 0) ? s : top), 0)
      // Its own alone: its neighbours count theirs themselves.
      all += likely[g]?.[most] ?? 0
      return choice[most] ?? { never: 0, shape: 1, from: 1 }
    })
    const from = choice[0]?.from ?? 1
    const proven = all - (from > 1 && begin === undefined ? clearlyLater : 0)
    if (proven > best.likely) best = { spreads, likely: proven }
  }
  return best.spreads
}

/** Probabilities of counts from 0, as far as they matter; undefined where counts stand far above the noise. */
function priorOf(
  { mean, highest }: Group,
  { never, shape, from }: Spread,
  deviation: number,
): Float64Array | undefined {
  if (mean > 40 * deviation) return undefined
  const some = mean / (1 - never)
  let prior = negativeBinomial(some, shape, highest)
  // So much more is assumed that what is left from `from` on has the mean.
  for (let round = 0, assumed = some; from > 1 && round < 3; round++) {
    let lost = 0
    for (let c = 1; c < from; c++) lost += c * (prior[c] ?? 0)
    assumed *= some / Math.max(some / 4, assumed - lost)
    prior = negativeBinomial(assumed, shape, highest)
  }
  for (let c = 1; c < from; c++) {
    prior[0] = (prior[0] ?? 0) + (prior[c] ?? 0)
    prior[c] = 0
  }
  for (let c = 0; c < prior.length; c++) prior[c] = (prior[c] ?? 0) * (1 - never)
  prior[0] = (prior[0] ?? 0) + never
  return prior
}

/** How likely a noisy count is of 0, and of each count about it from `first` on, without what is common to all. */
type Likelihoods = { readonly ofNobody: number; readonly first: number; readonly of: Float64Array }

function likelihoods(count: number, deviation: number): Likelihoods {
  const at = (c: number): number => Math.exp(-((count - c) ** 2) / (2 * deviation ** 2))
  const first = Math.max(1, Math.floor(count - 8 * deviation))
  const last = Math.max(first, Math.ceil(count + 8 * deviation))
  const of = new Float64Array(last - first + 1)
  // From one count to the next by a factor that itself falls by a factor: no exponential for each.
  const falls = Math.exp(-1 / deviation ** 2)
  let [likely, factor] = [at(first), Math.exp((2 * (count - first) - 1) / (2 * deviation ** 2))]
  for (let c = 0; c < of.length; c++) {
    of[c] = likely
    likely *= factor
    factor *= falls
  }
  return { ofNobody: at(0), first, of }
}

/** How likely a noisy count is under a prior, and what of it is that of nobody. */
function evidence(prior: Float64Array, { ofNobody, first, of }: Likelihoods) {
  const nobody = (prior[0] ?? 0) * ofNobody
  let all = nobody
  const to = Math.min(prior.length, first + of.length)
  for (let c = first; c < to; c++) all += (prior[c] ?? 0) * (of[c - first] ?? 0)
  return { all, nobody }
}

function chanceOfNobody(prior: Float64Array | undefined, count: number, deviation: number): number {
  const { all, nobody } = prior ? evidence(prior, likelihoods(count, deviation)) : { all: 0, nobody: 0 }
  // Where counts stand far above the noise, or this one is like none of its group.
  if (all < 1e-300) return count > 4 * deviation ? 0 : 1
  return nobody / all
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
