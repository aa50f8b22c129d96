import { fraction, type RandomBits } from '../noise/random-bits.ts'

/** Noisy counts of combinations of one length: values by place in the combination, -1 in none. */
export type Noisy = {
  readonly parts: readonly Int32Array[]
  readonly counts: Float64Array
  /** Of the noise in each, in records. */
  readonly deviations: Float64Array
  /** Only the high ones are here. */
  readonly sampled: boolean
}

/** Noisy counts to learn from: of combination x, whose values are `parts[0][x]`, `parts[1][x]`, `parts[2][x]` (-1 where it is shorter). */
type Observed = {
  readonly parts: readonly [Int32Array, Int32Array, Int32Array]
  readonly counts: Float64Array
  readonly variances: Float64Array
}

/** Kinds of people that are thought of. With half as many more was lost; more gave nothing where the steps were as many. */
const kinds = 16

/** In so many parts counts are divided: of each, what the others lead one to expect. Of more than so many counts, for time, in two. */
const [folds, foldsOfMany, manyCounts] = [4, 2, 10_000]

/**
 * What is to be expected of each pair and triple, learnt from all noisy counts but its own part of them, so that its own noise
 * does not come back to it as an expectation. Of too many candidates only the high ones were seen: nothing is learnt from those.
 *
 * @param values how many there are; @param people about how many
 * @returns of each of `others` in turn, the expected counts
 */
export function expectedCounts(
  values: number,
  people: number,
  singles: Omit<Noisy, 'sampled'>,
  others: readonly Noisy[],
  bits: RandomBits,
): readonly Float64Array[] {
  const isMany = others.reduce((sum, { counts, sampled }) => sum + (sampled ? 0 : counts.length), 0) > manyCounts
  const parted = isMany ? foldsOfMany : folds
  const learnt = Array.from({ length: parted }, (_, fold) => {
    const told = others
      .filter(({ sampled }) => !sampled)
      .map(({ parts, counts, deviations }) => ({
        parts: parts.map((part) => part.filter((_, x) => x % parted !== fold)),
        counts: counts.filter((_, x) => x % parted !== fold),
        deviations: deviations.filter((_, x) => x % parted !== fold),
      }))
    const own = { ...singles, parts: [Int32Array.from(singles.counts, (_, value) => value)] }
    return latentKinds(values, people, together([own, ...told]), bits)
  })
  return others.map(({ parts: [first, second, third], counts }) =>
    Float64Array.from(
      counts,
      (_, x) => learnt[x % parted]?.(first?.[x] ?? -1, second?.[x] ?? -1, third?.[x] ?? -1) ?? 0,
    ),
  )
}

function together(lists: readonly Omit<Noisy, 'sampled'>[]): Observed {
  const size = lists.reduce((sum, { counts }) => sum + counts.length, 0)
  const parts = [new Int32Array(size), new Int32Array(size).fill(-1), new Int32Array(size).fill(-1)] as const
  const [counts, variances] = [new Float64Array(size), new Float64Array(size)]
  let from = 0
  for (const each of lists) {
    for (const [length, part] of each.parts.entries()) parts[length]?.set(part, from)
    counts.set(each.counts, from)
    variances.set(
      each.deviations.map((deviation) => deviation ** 2),
      from,
    )
    from += each.counts.length
  }
  return { parts: [...parts], counts, variances }
}

/** Steps of the descent: with many counts fewer, so that no more than so many terms are reckoned. */
const [mostSteps, fewestSteps, mostTerms] = [300, 50, 2e8]

/** So far off, as a share of the count, the model itself is taken to be. */
const misfit = 0.15

/**
 * What is to be expected of combinations if people were of a few kinds, within each of which answers do not hang together
 * (latent classes: P. Lazarsfeld, N. Henry, *Latent Structure Analysis*, 1968; as a tensor: A. Anandkumar et al., JMLR 15, 2014):
 * N sum of w_h p_h(i) p_h(j) p_h(k). Some hundreds of numbers are fitted to thousands of noisy counts, by least squares weighted
 * by their noise and by Adam (D. Kingma, J. Ba, ICLR 2015) on logarithms, so what the noise hides of one count its like tell.
 *
 * @param values how many there are; @param people about how many
 * @returns the expected count of values i, j and k; -1 for j or k where a combination is shorter
 */
export function latentKinds(
  values: number,
  people: number,
  { parts: [first, second, third], counts, variances }: Observed,
  bits: RandomBits,
): (i: number, j: number, k: number) => number {
  const many = counts.length
  const steps = Math.max(fewestSteps, Math.min(mostSteps, Math.floor(mostTerms / (many * kinds + 1))))
  // Logarithms of what share of a kind gives each value, then of the kinds' own shares; a value that is always given helps to write.
  const logs = new Float64Array((values + 2) * kinds)
  const shares = values * kinds
  const always = (values + 1) * kinds
  for (let x = 0; x < many; x++)
    if (second[x] === -1)
      logs.fill(
        Math.log(Math.min(0.9, Math.max(1, counts[x] ?? 0) / people)),
        (first[x] ?? 0) * kinds,
        ((first[x] ?? 0) + 1) * kinds,
      )
  for (let x = 0; x < shares; x++) logs[x] = (logs[x] ?? 0) + 1.5 * (fraction(bits) - 0.5)
  logs.fill(-Math.log(kinds), shares, always)
  const plain = new Float64Array(logs.length)
  const slopes = new Float64Array(logs.length)
  const [mean, square] = [new Float64Array(logs.length), new Float64Array(logs.length)]
  const terms = new Float64Array(kinds)
  const unlog = (): void => {
    for (let x = 0; x < always; x++) plain[x] = Math.exp(logs[x] ?? 0)
    plain.fill(1, always)
  }
  const at = (value: number): number => (value < 0 ? always : value * kinds)
  for (let step = 1; step <= steps; step++) {
    unlog()
    slopes.fill(0)
    for (let x = 0; x < many; x++) {
      const [i, j, k] = [at(first[x] ?? -1), at(second[x] ?? -1), at(third[x] ?? -1)]
      let expected = 0
      for (let h = 0; h < kinds; h++) {
        const term = people * (plain[shares + h] ?? 0) * (plain[i + h] ?? 0) * (plain[j + h] ?? 0) * (plain[k + h] ?? 0)
        terms[h] = term
        expected += term
      }
      const count = counts[x] ?? 0
      const larger = Math.max(expected, count)
      const off = (expected - count) / ((variances[x] ?? 1) + (misfit * larger) ** 2 + expected)
      for (let h = 0; h < kinds; h++) {
        const slope = off * (terms[h] ?? 0)
        slopes[shares + h] = (slopes[shares + h] ?? 0) + slope
        slopes[i + h] = (slopes[i + h] ?? 0) + slope
        slopes[j + h] = (slopes[j + h] ?? 0) + slope
        slopes[k + h] = (slopes[k + h] ?? 0) + slope
      }
    }
    // A long stride at first, then shorter ones, so that it comes to rest.
    const stride = 0.08 * Math.min(1, (steps - step + 1) / (0.4 * steps))
    const [ofMean, ofSquare] = [1 - 0.9 ** step, 1 - 0.99 ** step]
    for (let x = 0; x < always; x++) {
      const slope = slopes[x] ?? 0
      mean[x] = 0.9 * (mean[x] ?? 0) + 0.1 * slope
      square[x] = 0.99 * (square[x] ?? 0) + 0.01 * slope * slope
      const next = (logs[x] ?? 0) - (stride * (mean[x] ?? 0)) / ofMean / (Math.sqrt((square[x] ?? 0) / ofSquare) + 1e-6)
      logs[x] = Math.min(0, next)
    }
  }
  unlog()
  return (i, j, k) => {
    let expected = 0
    for (let h = 0; h < kinds; h++)
      expected +=
        people * (plain[shares + h] ?? 0) * (plain[at(i) + h] ?? 0) * (plain[at(j) + h] ?? 0) * (plain[at(k) + h] ?? 0)
    return expected
  }
}
