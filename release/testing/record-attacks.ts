import { wilsonInterval } from '@lentera/core/shared/wilson'
import { evenly, type RandomBits } from '../noise/random-bits.ts'
import type { Records } from '../records/words.ts'

/**
 * Attacks on released records by somebody who has the release and part of what is known of a person. Each is made on persons who were in the
 * release and, as a control, on persons who were not: what succeeds on both is learnt about the world, not about anybody.
 *
 * `risk` = (attack - control) / (1 - control), after Anonymeter (M. Giomi et al., PoPETs 2023(2), arXiv 2211.10459); its interval by propagating
 * the Wilson intervals (95 %) of both rates.
 */
export type Risk = {
  readonly attack: number
  readonly control: number
  readonly risk: number
  readonly low: number
  readonly high: number
}

export type Attacked = { readonly released: Records; readonly members: Records; readonly others: Records }

/**
 * Singling out by several attributes: of `guesses` released records, what stands in `columns` columns by chance, where that is unique in the release;
 * it succeeds where exactly one person fits.
 */
export function singlingOut(
  { released, members, others }: Attacked,
  bits: RandomBits,
  guesses = 400,
  columns = 10,
): Risk {
  const uniques = uniqueParts(released, columns, guesses, bits)
  const hits = (world: Records): number => uniques.filter((part) => holders(world, part) === 1).length
  // Where a part is not unique in the release, there is nothing to guess: that counts as a miss.
  return riskOf(hits(members), hits(others), guesses)
}

/** Attribute inference: all columns of a person but one are known; the nearest released record (Hamming) says the last. */
export function attributeInference(attacked: Attacked, secret: number, bits: RandomBits, guesses = 400): Risk {
  const hits = (world: Records): number => {
    let right = 0
    for (const person of targets(world, guesses, bits)) {
      const nearest = nearestTo(attacked.released, world, person, secret)
      if (textAt(attacked.released, nearest, secret) === textAt(world, person, secret)) right++
    }
    return right
  }
  return riskOf(hits(attacked.members), hits(attacked.others), guesses)
}

/** Membership: she is said to be in it where a released record is like hers in every column. Only persons with rows of their own are asked about. */
export function membership({ released, members, others }: Attacked, guesses = 400): Risk {
  const seen = new Set(rowTexts(released))
  const hits = (world: Records): number => rarest(world, guesses).filter((row) => seen.has(row)).length
  return riskOf(hits(members), hits(others), guesses)
}

export function riskOf(attackHits: number, controlHits: number, guesses: number): Risk {
  const [attack, control] = [attackHits / guesses, controlHits / guesses]
  const half = (hits: number): number => {
    const { low, high } = wilsonInterval(hits, guesses)
    return (high - low) / 2
  }
  const left = Math.max(1e-9, 1 - control)
  const risk = (attack - control) / left
  const spread = Math.hypot(half(attackHits) / left, (half(controlHits) * (1 - attack)) / left ** 2)
  return { attack, control, risk, low: risk - spread, high: risk + spread }
}

// ---------------------------------------------------------------- what they look at

type Part = readonly { readonly column: number; readonly text: string }[]

function uniqueParts(released: Records, columns: number, guesses: number, bits: RandomBits): Part[] {
  const found: Part[] = []
  for (let tries = 0; tries < guesses; tries++) {
    const record = evenly(bits, released.count)
    const chosen = new Set<number>()
    while (chosen.size < Math.min(columns, released.columns.length)) chosen.add(evenly(bits, released.columns.length))
    const part = [...chosen].map((column) => ({ column, text: textAt(released, record, column) }))
    if (holders(released, part) === 1) found.push(part)
  }
  return found
}

function holders(world: Records, part: Part): number {
  const codes = part.map(({ column, text }) => {
    const values: readonly string[] = world.columns[column]?.values ?? []
    return text === '' ? 0 : values.indexOf(text) + 1 || -1
  })
  let n = 0
  for (let record = 0; record < world.count; record++)
    if (part.every(({ column }, at) => world.columns[column]?.codes[record] === codes[at])) n++
  return n
}

function nearestTo(released: Records, world: Records, person: number, secret: number): number {
  const wanted: number[] = world.columns.map((_, column) => {
    const text = textAt(world, person, column)
    return text === '' ? 0 : (released.columns[column]?.values.indexOf(text) ?? -1) + 1 || -1
  })
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  for (let record = 0; record < released.count; record++) {
    let distance = 0
    for (let column = 0; column < wanted.length; column++)
      if (column !== secret && released.columns[column]?.codes[record] !== wanted[column]) distance++
    if (distance < least) [best, least] = [record, distance]
  }
  return best
}

function* targets(world: Records, guesses: number, bits: RandomBits): Generator<number> {
  for (let i = 0; i < guesses; i++) yield evenly(bits, world.count)
}

/** Rows that nobody else in the world has, as far as there are so many. */
function rarest(world: Records, guesses: number): string[] {
  const rows = rowTexts(world)
  const often = new Map<string, number>()
  for (const row of rows) often.set(row, (often.get(row) ?? 0) + 1)
  return rows.filter((row) => often.get(row) === 1).slice(0, guesses)
}

const rowTexts = (records: Records): string[] =>
  Array.from({ length: records.count }, (_, record) =>
    records.columns.map((_, column) => textAt(records, record, column)).join('\t'),
  )

export function textAt({ columns }: Records, record: number, column: number): string {
  const { values, codes } = columns[column] ?? { values: [], codes: new Uint8Array() }
  return values[(codes[record] ?? 0) - 1] ?? ''
}
