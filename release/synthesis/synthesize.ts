import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { largestMu } from '../noise/accounting.ts'
import type { RandomBits } from '../noise/random-bits.ts'
import { codesFor, type Records } from '../records/words.ts'
import { type Budget, budgetFor, chooseFullWidth, combinationsOf, meanOfNormal, overviewShare } from './budget.ts'
import { pairOffsets, waysToTake } from './combinations.ts'
import { type Aim, type Draft, fit, type Wanted } from './fit.ts'
import { judge, judgeAboveFloor, shareOfNobody } from './judge.ts'
import { expectedCounts } from './latent.ts'
import { type Looked, lookAtPairs, lookAtTriples } from './looks.ts'
import {
  countingFor,
  countTriangles,
  measureOverview,
  measureRows,
  measureValues,
  mostToSee,
  type NoisyCombinations,
  type NoisyRows,
  type NoisyValues,
  type Overview,
  reduce,
  rowThreshold,
} from './measure.ts'
import { leastStepsFor, type Noise, noiseFor } from './noisy-counts.ts'
import { basesOf, type Patterns, patternsOf } from './patterns.ts'
import { protectedCounts } from './protected-counts.ts'
import { drawFromTree } from './tree.ts'
import type { PrivateRelease, PrivateSettings, Watch } from './words.ts'

/** Of delta, what is kept for the chance that a value or row of one record alone passes its threshold. */
const thresholdShare = 0.03

/**
 * Differentially private synthetic records: (epsilon, delta) between files that differ by one record, added or taken away,
 * for everything returned. A first look decides by its own noisy counts whether whole rows or combinations are counted.
 *
 * Refuses `release.epsilon-out-of-range`, `release.delta-out-of-range`, `release.noise-too-wide`,
 * `release.nothing-left`, `release.stopped`.
 *
 * @param bits from the machine's secure source; from a seed only where nothing is to be published
 */
export function synthesizePrivate(
  records: Records,
  settings: PrivateSettings,
  bits: RandomBits,
  watch: Watch = () => true,
): Decision<PrivateRelease> {
  const { epsilon, delta } = settings
  if (!(epsilon >= 0.01 && epsilon <= 20)) return refuse('release.epsilon-out-of-range', { least: 0.01, most: 20 })
  if (!(delta > 0 && delta <= 1 / Math.max(1, records.count)))
    return refuse('release.delta-out-of-range', { records: records.count })
  const leastSteps = leastStepsFor(epsilon, delta * (1 - thresholdShare))
  const muSquared = largestMu(epsilon, delta * (1 - thresholdShare), leastSteps) ** 2
  const chance = delta * thresholdShare
  if (!watch({ stage: 'measuring', done: 0, of: 1 })) return refuse('release.stopped')
  const patterns = patternsOf(records)
  const first = noiseFor(3, muSquared * overviewShare, leastSteps)
  const rows = noiseFor(1, muSquared * (1 - overviewShare), leastSteps)
  if (!first || !rows) return refuse('release.noise-too-wide')
  const frequent = Math.ceil(rowThreshold(rows, chance) / rows.steps)
  const overview = measureOverview(patterns, records.columns.length, frequent, first, bits)
  const left = muSquared * (1 - overviewShare)
  const made = rowsServeBetter(overview, settings.length, rows, left, leastSteps)
    ? fromRows(records, settings, measureRows(patterns, rows, chance, bits), rows)
    : fromCombinations(records, settings, { patterns, overview, muSquared: left, leastSteps, chance }, bits, watch)
  const people = Math.max(0, Math.round(sumOf(overview.widths, () => 1)))
  return made.ok ? accept({ ...made.value, people }) : made
}

/** Whether noise that adds up over rows, and what rare rows lose, come to less than noise on every combination. */
function rowsServeBetter(
  overview: Overview,
  length: number,
  noise: Noise,
  muSquared: number,
  leastSteps: number,
): boolean {
  const { widths, frequentRows, recordsInRareRows } = overview
  if (frequentRows < 1) return false
  const toARecord =
    sumOf(widths, (w) => combinationsOf(w, length)) /
    Math.max(
      1,
      sumOf(widths, () => 1),
    )
  const combinations = aboutHowMany(overview)
  const lost = (recordsInRareRows * toARecord) / combinations
  const added = meanOfNormal * noise.deviation * Math.sqrt((frequentRows * toARecord) / combinations)
  const { fullWidth, muSquared: parts } = planFor(overview, length, muSquared, leastSteps)
  const other = meanOfNormal * Math.sqrt(waysToTake(parts.length, fullWidth) / (parts.at(-1) ?? 1))
  return lost + added < other
}

/** Files of case records have some two to seven times as many combinations as frequent rows; the least is taken. */
const aboutHowMany = ({ frequentRows }: Overview): number => Math.max(300, 2 * frequentRows)

function planFor(overview: Overview, length: number, muSquared: number, leastSteps: number): Budget {
  const { widths } = overview
  const longest = Math.max(
    1,
    Math.min(
      length,
      widths.findLastIndex((records) => records > 0),
    ),
  )
  const isDrawable = (budget: Budget): boolean =>
    budget.muSquared.every((mu, k) => noiseFor(waysToTake(k + 1, budget.fullWidth), mu, leastSteps) !== undefined)
  const width = chooseFullWidth(widths, longest, aboutHowMany(overview), muSquared, isDrawable)
  return budgetFor(width, longest, muSquared)
}

const sumOf = (widths: readonly number[], of: (width: number) => number): number =>
  widths.reduce((sum, records, width) => sum + records * of(width), 0)

// ---------------------------------------------------------------- whole rows

function fromRows(
  source: Records,
  settings: PrivateSettings,
  { rows, counts }: NoisyRows,
  noise: Noise,
): Decision<Omit<PrivateRelease, 'people'>> {
  const times = counts.map((count) => Math.max(0, Math.round(count)))
  const records = times.reduce((sum, many) => sum + many, 0)
  if (records === 0) return refuse('release.nothing-left')
  const bases = basesOf(source)
  const codes = source.columns.map(({ values }) => codesFor(values.length, records))
  let at = 0
  rows.forEach((row, r) => {
    const end = at + (times[r] ?? 0)
    let column = 0
    for (const attribute of row) {
      while (attribute >= (bases[column + 1] ?? 0)) column++
      codes[column]?.fill(attribute - (bases[column] ?? 0) + 1, at, end)
    }
    at = end
  })
  return accept({
    records: withSeenValues(source, codes, records),
    method: { ...settings, kind: 'whole-rows', deviations: [noise.deviation], kept: [rows.length] },
    counts: null,
  })
}

// ---------------------------------------------------------------- combinations

type Given = {
  readonly patterns: Patterns
  readonly overview: Overview
  readonly muSquared: number
  readonly leastSteps: number
  readonly chance: number
}

function fromCombinations(
  source: Records,
  settings: PrivateSettings,
  { patterns, overview, muSquared, leastSteps, chance }: Given,
  bits: RandomBits,
  watch: Watch,
): Decision<Omit<PrivateRelease, 'people'>> {
  const plan = planFor(overview, settings.length, muSquared, leastSteps)
  const counting = countingFor(plan, overview.widths, leastSteps)
  const [valueCounting, pairCounting, tripleCounting] = counting ?? []
  if (!counting || !valueCounting) return refuse('release.noise-too-wide')
  const bases = basesOf(source)
  const attributes = bases.at(-1) ?? 0
  const people = Math.round(sumOf(overview.widths, () => 1))
  const values = measureValues(patterns, attributes, valueCounting, chance, bits)
  if (values.attributes.length === 0 || people < 1) return refuse('release.nothing-left')
  const reduced = reduce(patterns, attributes, values.attributes)
  let column = 0
  const columnOf = Int32Array.from(values.attributes, (attribute) => {
    while (attribute >= (bases[column + 1] ?? 0)) column++
    return column
  })
  const singles: Wanted = {
    parts: [],
    counts: Float64Array.from(values.counts),
    deviations: new Float64Array(values.counts.length).fill(valueCounting.noise.deviation),
  }
  const wanted: Wanted[] = [singles]
  if (pairCounting) {
    const again = { columns: source.columns.length, leastSteps, bits }
    const pairs = lookAtPairs(reduced, columnOf, pairCounting, { ...again, muSquared: plan.again[1] ?? [] })
    const [expected] = expectedCounts(columnOf.length, people, singles, [pairs], bits)
    if (!tripleCounting) wanted.push(only(pairs, judgeLooked(pairs, expected).real))
    else {
      const watching = (done: number): boolean => watch({ stage: 'measuring', done, of: columnOf.length })
      const more = { ...again, muSquared: plan.again[2] ?? [] }
      const triples = lookAtTriples(
        reduced,
        columnOf,
        livePairs(pairs, expected, columnOf.length),
        tripleCounting,
        more,
        watching,
      )
      if (!triples) return refuse('release.stopped')
      const [ofPairs, ofTriples] = expectedCounts(columnOf.length, people, singles, [pairs, triples], bits)
      const judgedTriples = judgeLooked(triples, ofTriples)
      const realPairs = judgeLooked(pairs, ofPairs, judgedTriples.from).real
      const real = borneOut(triples, judgedTriples.real, pairs, realPairs, columnOf.length)
      const held = holdPairs(pairs, realPairs, triples, real, columnOf.length)
      wanted.push(only(pairs, held), only(triples, closed(triples, real, pairs, held, columnOf.length)))
    }
  }
  const told = asFarAsTold(wanted, people)
  const aim: Aim = { columns: source.columns.length, columnOf, wanted: told }
  const sweeps = sweepsFor(people, aim.columns, overview.widths)
  const draft = fit(aim, drawFromTree(aim, people, bits), sweeps, bits, (done) =>
    watch({ stage: 'fitting', done, of: sweeps }),
  )
  if (!draft) return refuse('release.stopped')
  return accept({
    records: recordsOf(source, draft, values, bases),
    method: {
      ...settings,
      kind: 'combinations',
      deviations: counting.map(({ noise }) => noise.deviation),
      kept: told.map(({ counts }) => counts.length),
      fullWidth: plan.fullWidth,
    },
    counts: protectedCounts(source, values, bases, told),
  })
}

/**
 * The lengths of which the noise left enough to be fitted to. Records have no combination that is not among those taken as real: of a wide file of few
 * records hardly any triple stands out, and records without triples would be all but empty. Reckoned from noisy counts alone.
 */
function asFarAsTold(wanted: readonly Wanted[], people: number): readonly Wanted[] {
  const each = wanted.map(({ counts }) => counts.reduce((all, count) => all + count, 0) / people)
  const [values = 0, pairs = 0, triples = 0] = each
  if (pairs < leastTold * ((values * (values - 1)) / 2)) return wanted.slice(0, 1)
  // As many values a record as have so many pairs.
  const width = (1 + Math.sqrt(1 + 8 * pairs)) / 2
  return triples < leastTold * ((width * (width - 1) * (width - 2)) / 6) ? wanted.slice(0, 2) : wanted
}

/** Of the pairs or triples that a record's values make up: files whose triples stand out have from 0.9 to 1.5, since what goes together is more. */
const leastTold = 0.6

/**
 * How often every record is looked at: with six sweeps instead of twelve, pairs are off by a third more. Of the largest
 * files fewer, for time, and of dense wide ones, where a step walks over all pairs of a record's other attributes.
 */
const sweepsFor = (people: number, columns: number, widths: readonly number[]): number => {
  const pairs = columns * sumOf(widths, (width) => width * width)
  return Math.max(5, Math.min(12, Math.round(30_000_000 / (people * columns)), Math.round(1_600_000_000 / pairs)))
}

/**
 * A pair that more likely than this nobody has is not asked about in triples: they would be candidates of nobody, and many. The
 * first of these that leaves so few candidates that all can be seen.
 */
const hardlyAnybody = [0.8, 0.5, 0.2, 0.05, 0.01, 0.001]

/** Pairs whose triples are asked about, as a table. Triples tell more of a pair, so it is let in before it is sure. */
function livePairs(pairs: Looked, expected: Float64Array | undefined, values: number): Uint8Array {
  const { real, nobody } = judgeLooked(pairs, expected, 1)
  if (pairs.sampled) return tableOf(pairs, real, values)
  const offsets = pairOffsets(values)
  let table: Uint8Array = new Uint8Array(0)
  for (const most of hardlyAnybody) {
    table = tableOf(
      pairs,
      Uint8Array.from(nobody, (each) => (each < most ? 1 : 0)),
      values,
    )
    if (countTriangles(values, offsets, table) <= mostToSee) break
  }
  return table
}

/** Sure ones are real; the others are judged. */
function judgeLooked(
  { sure, counts, candidates, deviation, sampled }: Looked,
  expected: Float64Array = new Float64Array(counts.length),
  begin?: number,
) {
  const doubtful = [...sure.keys()].filter((x) => sure[x] === 0)
  const noisy = Float64Array.from(doubtful, (x) => counts[x] ?? 0)
  const known = counts.length - doubtful.length
  const [real, nobody] = [sure.slice(), new Float64Array(counts.length)]
  if (sampled) {
    const judged = judgeAboveFloor(noisy, candidates, deviation, known)
    doubtful.forEach((x, at) => {
      real[x] = judged[at] ?? 0
    })
    return { real, nobody, from: undefined }
  }
  const judged = judge(
    noisy,
    Float64Array.from(doubtful, (x) => expected[x] ?? 0),
    deviation,
    known,
    shareOfNobody,
    begin,
  )
  doubtful.forEach((x, at) => {
    real[x] = judged.real[at] ?? 0
    nobody[x] = judged.nobody[at] ?? 1
  })
  return { real, nobody, from: judged.from }
}

/**
 * Real triples of which at least two pairs are real by themselves, and the third too or borne out by a second triple: a pair that
 * was not seen and has one triple is a pair of nobody, and two combinations too many, about every third time.
 */
function borneOut(triples: Looked, real: Uint8Array, pairs: Looked, realPairs: Uint8Array, values: number): Uint8Array {
  const is = tableOf(pairs, realPairs, values)
  const unseen = (x: number): readonly number[] => pairsOf(triples, x).filter((at) => is[at] !== 1)
  const bearers = new Uint32Array(is.length)
  real.forEach((one, x) => {
    if (one === 1) for (const at of unseen(x)) bearers[at] = (bearers[at] ?? 0) + 1
  })
  return real.map((one, x) => {
    if (one === 0) return 0
    const [first, ...more] = unseen(x)
    return first === undefined || (more.length === 0 && (bearers[first] ?? 0) > 1) ? 1 : 0
  })
}

/** A pair is real where it was seen to be, and where a real triple has it. */
function holdPairs(
  pairs: Looked,
  real: Uint8Array,
  triples: Looked,
  realTriples: Uint8Array,
  values: number,
): Uint8Array {
  const used = new Uint8Array(pairOffsets(values)[values] ?? 0)
  realTriples.forEach((is, x) => {
    if (is === 1) for (const at of pairsOf(triples, x)) used[at] = 1
  })
  return real.map((is, x) => is | (used[placeOfPair(pairs, x)] ?? 0))
}

/** Real triples all of whose pairs are held. */
function closed(triples: Looked, real: Uint8Array, pairs: Looked, held: Uint8Array, values: number): Uint8Array {
  const has = tableOf(pairs, held, values)
  return real.map((is, x) => (is === 1 && pairsOf(triples, x).every((at) => has[at] === 1) ? 1 : 0))
}

/** A table of pairs in which those stand that `are`. */
function tableOf(pairs: Looked, are: Uint8Array, values: number): Uint8Array {
  const table = new Uint8Array(pairOffsets(values)[values] ?? 0)
  are.forEach((is, x) => {
    table[placeOfPair(pairs, x)] = is
  })
  return table
}

const placeOf = (i: number, j: number): number => (j * (j - 1)) / 2 + i

const placeOfPair = ({ parts }: NoisyCombinations, x: number): number => placeOf(parts[0]?.[x] ?? 0, parts[1]?.[x] ?? 0)

/** Where in a table the three pairs of a triple lie. */
function pairsOf({ parts }: NoisyCombinations, x: number): readonly number[] {
  const [i, j, k] = [parts[0]?.[x] ?? 0, parts[1]?.[x] ?? 0, parts[2]?.[x] ?? 0]
  return [placeOf(i, j), placeOf(i, k), placeOf(j, k)]
}

function only({ parts, counts, deviations }: Looked, real: Uint8Array): Wanted {
  return {
    parts: parts.map((part) => part.filter((_, x) => real[x] === 1)),
    counts: counts.filter((_, x) => real[x] === 1),
    deviations: deviations.filter((_, x) => real[x] === 1),
  }
}

// ---------------------------------------------------------------- back to records

function recordsOf(source: Records, { records, values }: Draft, kept: NoisyValues, bases: Int32Array): Records {
  const many = source.columns.length
  const codes = source.columns.map((column, c) => {
    const own = codesFor(column.values.length, records)
    for (let r = 0; r < records; r++) {
      const value = values[r * many + c] ?? -1
      if (value >= 0) own[r] = (kept.attributes[value] ?? 0) - (bases[c] ?? 0) + 1
    }
    return own
  })
  return withSeenValues(source, codes, records)
}

/** Only values that stand in a synthetic record are named: the list of a column would tell the others. */
function withSeenValues(
  source: Records,
  codes: readonly Records['columns'][number]['codes'][],
  count: number,
): Records {
  return {
    count,
    columns: source.columns.map(({ name, values }, c) => {
      const own = codes[c] ?? codesFor(0, count)
      const seen = new Uint8Array(values.length + 1)
      for (const code of own) seen[code] = 1
      const names = values.filter((_, v) => seen[v + 1] === 1)
      const numbers = new Uint16Array(values.length + 1)
      let next = 0
      for (let v = 1; v <= values.length; v++) if (seen[v] === 1) numbers[v] = ++next
      const renamed = codesFor(names.length, count)
      for (let r = 0; r < count; r++) renamed[r] = numbers[own[r] ?? 0] ?? 0
      return { name, values: names, codes: renamed }
    }),
  }
}
