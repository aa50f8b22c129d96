import { fraction, type RandomBits, seededBits } from '../noise/random-bits.ts'
import { codesFor, type RecordColumn, type Records } from '../records/words.ts'

/** Three columns of 3, 3 and 7 values, then sixteen statements that are made or not: 19 columns, 29 values. */
const sizes = [3, 3, 7, ...Array.from({ length: 16 }, () => 1)]

/** Statements that only go with one kind of profile, with another, and with all: what is never said together. */
const families = [
  [0, 1, 2, 3],
  [4, 5, 6, 7, 8, 9],
  [10, 11, 12, 13, 14, 15],
] as const

/**
 * Invented people asked questions of which many exclude each other, so that a third of all combinations are nobody's, and a
 * long tail of combinations of fewer than ten: a quarter of those that there are. The other sets of this room leave hardly a
 * combination empty. Nothing in it comes from anybody.
 *
 * @param profiles kinds of people, of unequal frequency
 */
export function inventedQuestionnaire(seed: number, records = 91_043, profiles = 6): Records {
  const bits = seededBits(seed + 1000)
  const kinds = Array.from({ length: profiles }, (_, kind) => kindOf(kind % 3, bits))
  const shares = kinds.map((_, kind) => (kind + 1) ** -1.5)
  const made = sizes.map((size) => codesFor(size, records))
  for (let record = 0; record < records; record++) {
    const kind = kinds[drawn(shares, bits)]
    kind?.answers.forEach(({ known, likely }, column) => {
      const codes = made[column]
      if (codes && fraction(bits) < known) codes[record] = 1 + drawn(likely, bits)
    })
    // Some people are known better than others.
    const openness = 0.5 + fraction(bits)
    kind?.statements.forEach((chance, statement) => {
      const codes = made[3 + statement]
      if (codes && fraction(bits) < Math.min(0.98, chance * openness)) codes[record] = 1
    })
  }
  return {
    count: records,
    columns: made.map(
      (codes, column): RecordColumn => ({
        name: `question ${column + 1} (invented)`,
        values: Array.from({ length: sizes[column] ?? 0 }, (_, value) => `${value + 1}`.padStart(5, '0')),
        codes,
      }),
    ),
  }
}

function kindOf(family: number, bits: RandomBits) {
  const chance = (): number => fraction(bits)
  const answers = [
    { known: 0.99, likely: [0, 1, 2].map(() => chance() ** 3 + 0.003) },
    { known: 0.95, likely: [1, 0.2 * chance() + 0.003, 0.004 * chance()] },
    { known: 0.3 + 0.5 * chance(), likely: Array.from({ length: 7 }, () => chance() ** 2 + 0.002) },
  ]
  const statements = Array.from({ length: 16 }, (_, statement) => {
    if (families[family]?.some((own) => own === statement) === true)
      return chance() < 0.5 ? 0.3 + 0.6 * chance() : 0.1 * chance() ** 3
    if (families[2].some((own) => own === statement)) return 0.25 * chance() ** 4
    return chance() < 0.25 ? 0.02 * chance() ** 4 : 0
  })
  return { answers, statements }
}

function drawn(weights: readonly number[], bits: RandomBits): number {
  let left = fraction(bits) * weights.reduce((sum, weight) => sum + weight, 0)
  const at = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return at === -1 ? weights.length - 1 : at
}
