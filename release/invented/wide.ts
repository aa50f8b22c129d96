import { fraction, type RandomBits, seededBits } from '../noise/random-bits.ts'
import { codesFor, type RecordColumn, type Records } from '../records/words.ts'

export type WideShape = {
  readonly records: number
  readonly columns: number
  /** Values over all columns: a few columns have many (country, age), most have few. */
  readonly values: number
  /** The mean share of cells that are present. */
  readonly density: number
  /** How columns hang together: not at all, or as a tree in which each says something of the next. */
  readonly dependence: 'none' | 'tree'
  readonly seed: number
}

/** So often a cell is as the cell before it in the tree leads one to expect, else as its column alone does. */
const follows = 0.6

/**
 * Invented people asked many questions. `tree`: every column hangs on one of the three before it, whether it is answered and what is
 * answered; each value of the one has a value of the other that it mostly goes with. `none`: every column by itself, which no model
 * gains from. Unlike `inventedRecords` nothing is made of kinds of people, so that a model of kinds is not flattered. Nothing in it
 * comes from anybody.
 */
export function inventedWide({ records, columns, values, density, dependence, seed }: WideShape): Records {
  const bits = seededBits(seed + 2000)
  const questions = sizesOf(columns, values).map((size, column): Question => {
    const parent = dependence === 'none' || column === 0 ? -1 : Math.max(0, column - 1 - Math.floor(3 * fraction(bits)))
    return { size, parent, ...answersOf(size, density, bits) }
  })
  // What a value of the parent mostly goes with; at 0, for a parent without an answer, none.
  const goesWith = questions.map(({ parent, size }) =>
    Array.from({ length: 1 + (questions[parent]?.size ?? 0) }, (_, value) =>
      value === 0 || fraction(bits) > density ? 0 : 1 + Math.floor(size * fraction(bits) ** 2),
    ),
  )
  const made = questions.map(({ size }) => codesFor(size, records))
  for (let record = 0; record < records; record++)
    questions.forEach(({ parent, present, sums }, column) => {
      const codes = made[column]
      if (!codes) return
      if (parent >= 0 && fraction(bits) < follows) codes[record] = goesWith[column]?.[made[parent]?.[record] ?? 0] ?? 0
      else if (fraction(bits) < present) codes[record] = 1 + firstAbove(sums, fraction(bits))
    })
  return {
    count: records,
    columns: made.map(
      (codes, column): RecordColumn => ({
        name: `question ${column + 1} (invented)`,
        values: Array.from({ length: questions[column]?.size ?? 0 }, (_, value) => `${value + 1}`.padStart(5, '0')),
        codes,
      }),
    ),
  }
}

type Question = {
  readonly size: number
  readonly parent: number
  readonly present: number
  /** Cumulated shares of its values. */
  readonly sums: readonly number[]
}

/** Presence spreads about the density; values are as frequent as 1 / i. */
function answersOf(size: number, density: number, bits: RandomBits): Pick<Question, 'present' | 'sums'> {
  const spread = 0.5 + fraction(bits)
  const weights = Array.from({ length: size }, (_, i) => 1 / (i + 1))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return { present: Math.min(0.99, density * spread), sums: weights.map((weight) => (sum += weight / all)) }
}

/** One in six columns shares two thirds of the values beyond one each, the others the rest. */
function sizesOf(columns: number, values: number): number[] {
  const long = Math.max(1, Math.floor(columns / 6))
  const beyond = Math.max(0, values - columns)
  const [each, other] = [Math.floor((2 * beyond) / 3 / long), Math.floor(beyond / 3 / Math.max(1, columns - long))]
  return Array.from({ length: columns }, (_, column) => 1 + (column % 6 === 0 && column / 6 < long ? each : other))
}

function firstAbove(sums: readonly number[], height: number): number {
  const found = sums.findIndex((sum) => height < sum)
  return found === -1 ? sums.length - 1 : found
}
