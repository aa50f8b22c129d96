import { fraction, type RandomBits } from '../noise/random-bits.ts'
import { pairOffsets, tripleOffsets } from './combinations.ts'

/** Combinations of one length that were taken as real, with the counts that records are to have. */
export type Wanted = {
  readonly parts: readonly Int32Array[]
  readonly counts: Float64Array
  /** Of the noise in each. */
  readonly deviations: Float64Array
}

/**
 * What records are fitted to: for each length the combinations that are real. Values are numbered from 0, those of one
 * column together; `columnOf` names each one's column, from 0.
 */
export type Aim = { readonly columns: number; readonly columnOf: Int32Array; readonly wanted: readonly Wanted[] }

/** Values record after record: `values[record * columns + column]`, -1 where nothing is given. */
export type Draft = { readonly records: number; readonly values: Int16Array }

/**
 * Moves records, one attribute at a time, so that the weighted squared distance of their counts from the wanted ones
 * falls; combinations that are not wanted cost a fixed price for every record, low at first and prohibitive at the end.
 * Coordinate descent over the records themselves: the result is always a set of records, so that no count is negative,
 * parts never exceed wholes, and sums over values agree, which is what a consistent fit of the noisy counts must see to;
 * and the nearest such set to noisy counts is nearer to the true ones than they are.
 *
 * @param draft changed in place
 * @param sweeps how often every record is looked at
 * @param watch told sweeps done; to stop ends the fit with undefined
 */
export function fit(
  aim: Aim,
  draft: Draft,
  sweeps: number,
  bits: RandomBits,
  watch: (done: number) => boolean,
): Draft | undefined {
  const residuals = new Residuals(aim)
  const { columns } = aim
  const list = new Int32Array(columns)
  for (let r = 0; r < draft.records; r++) residuals.addWhole(draft.values, r * columns, columns, list)
  const byColumn = Array.from({ length: columns }, (_, c) => valuesOf(aim.columnOf, c))
  const step = strideFor(draft.records)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (sweep === Math.ceil(sweeps / 2)) residuals.forbidUnwanted()
    let record = Math.floor(fraction(bits) * draft.records)
    let changed = 0
    for (let i = 0; i < draft.records; i++) {
      record = (record + step) % draft.records
      if (i % 8192 === 0 && !watch(sweep + i / draft.records)) return undefined
      for (let c = 0; c < columns; c++)
        if (improve(residuals, draft.values, record * columns, c, byColumn[c] ?? none, list, bits)) changed++
    }
    if (sweep > sweeps / 2 && changed < draft.records / 2000) break
  }
  return draft
}

const none = new Int32Array(0)

const valuesOf = (columnOf: Int32Array, column: number): Int32Array => {
  const first = columnOf.indexOf(column)
  const last = columnOf.lastIndexOf(column)
  return first === -1 ? none : Int32Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/** A step that meets every record once before it meets one again. */
function strideFor(records: number): number {
  let step = Math.max(1, Math.floor(records * 0.618))
  while (commonDivisor(step, records) !== 1) step++
  return step
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

/** In wide columns so many other values are tried at a time, and giving nothing. */
const mostTries = 4

/** Puts in place of one attribute the one, of those tried, that lowers the distance most. */
function improve(
  residuals: Residuals,
  values: Int16Array,
  base: number,
  column: number,
  choice: Int32Array,
  list: Int32Array,
  bits: RandomBits,
): boolean {
  const many = choice.length
  if (many === 0) return false
  const columns = list.length
  let length = 0
  for (let c = 0; c < columns; c++) {
    const value = values[base + c] ?? -1
    if (c !== column && value >= 0) list[length++] = value
  }
  const old = values[base + column] ?? -1
  const without = old >= 0 ? residuals.cost(old, -1, list, length) : 0
  let pick = old
  let best = 0
  if (old >= 0 && without < best) {
    best = without
    pick = -1
  }
  for (let tries = Math.min(many, mostTries), t = 0; t < tries; t++) {
    const value = choice[many <= mostTries ? t : Math.floor(fraction(bits) * many)] ?? -1
    if (value === old) continue
    const cost = without + residuals.cost(value, 1, list, length)
    if (cost < best) {
      best = cost
      pick = value
    }
  }
  if (pick === old) return false
  if (old >= 0) residuals.change(old, -1, list, length)
  if (pick >= 0) residuals.change(pick, 1, list, length)
  values[base + column] = pick
  return true
}

/**
 * By how much the price of what is not wanted rises at the end. So high that no ordinary distance outweighs it, and not so
 * high that values go missing by thousands where the noise hid most combinations.
 */
const forbidding = 20

/** With more cells than this, triples lie in a hash table instead of a full one. */
const mostCells = 16_000_000

/**
 * How far the counts of the records are from the wanted ones. Every combination has a slot with a slope and a bend: one
 * record more costs bend + slope, one less bend - slope, and moves the slope by twice the bend. Slot 0 is all that is not
 * wanted: a fixed slope without bend.
 */
class Residuals {
  readonly #values: number
  readonly #length: number
  readonly #pairAt: Float64Array
  readonly #tripleAt: Float64Array
  readonly #pairSlots: Int32Array
  readonly #tripleSlots: Int32Array
  /** Positions of the hashed triples; empty where the table is full. */
  readonly #keys: Float64Array
  readonly #slopes: Float32Array
  readonly #bends: Float32Array

  constructor({ columnOf, wanted }: Aim) {
    this.#values = columnOf.length
    this.#length = wanted.length
    this.#pairAt = pairOffsets(this.#values)
    this.#tripleAt = tripleOffsets(this.#values)
    const [singles, pairs, triples] = wanted
    const slots = 1 + this.#values + (pairs?.counts.length ?? 0) + (triples?.counts.length ?? 0)
    this.#slopes = new Float32Array(slots)
    this.#bends = new Float32Array(slots)
    this.#pairSlots = new Int32Array(pairs ? (this.#pairAt[this.#values] ?? 0) : 0)
    const cells = triples ? (this.#tripleAt[this.#values] ?? 0) : 0
    const hashed = cells > mostCells
    const room = hashed ? 2 ** Math.ceil(Math.log2(2 * (triples?.counts.length ?? 0) + 2)) : cells
    this.#tripleSlots = new Int32Array(room)
    this.#keys = new Float64Array(hashed ? room : 0).fill(-1)
    // The scale only matters against the price of what is not wanted, which is set by the longest combinations.
    const finest = wanted.at(-1)?.deviations[0] ?? 1
    this.#slopes[0] = (4 * finest) / 1
    let slot = 1
    const put = (count: number, deviation: number): number => {
      const bend = (finest / deviation) ** 2
      this.#bends[slot] = bend
      this.#slopes[slot] = -2 * bend * count
      return slot++
    }
    for (let v = 0; v < this.#values; v++) put(singles?.counts[v] ?? 0, singles?.deviations[v] ?? 1)
    pairs?.counts.forEach((count, at) => {
      const pair = (this.#pairAt[pairs.parts[1]?.[at] ?? 0] ?? 0) + (pairs.parts[0]?.[at] ?? 0)
      this.#pairSlots[pair] = put(count, pairs.deviations[at] ?? 1)
    })
    triples?.counts.forEach((count, at) => {
      const [i, j, k] = [triples.parts[0]?.[at] ?? 0, triples.parts[1]?.[at] ?? 0, triples.parts[2]?.[at] ?? 0]
      const position = (this.#tripleAt[k] ?? 0) + (this.#pairAt[j] ?? 0) + i
      this.#tripleSlots[hashed ? this.#place(position) : position] = put(count, triples.deviations[at] ?? 1)
      if (hashed) this.#keys[this.#place(position)] = position
    })
  }

  /** From now on hardly anything is worth a record that has what is not wanted. */
  forbidUnwanted(): void {
    this.#slopes[0] = (this.#slopes[0] ?? 1) * forbidding
  }

  addWhole(values: Int16Array, base: number, columns: number, list: Int32Array): void {
    let length = 0
    for (let c = 0; c < columns; c++) {
      const value = values[base + c] ?? -1
      if (value < 0) continue
      this.change(value, 1, list, length)
      list[length++] = value
    }
  }

  /**
   * What it costs to give (1) or take (-1) a value, beside the ascending `list` of the record's others. The innermost loop of the
   * synthesis: every combination of `value` with one or two of the others, read without a call for each.
   */
  cost(value: number, sign: number, list: Int32Array, length: number): number {
    if (this.#keys.length > 0 || this.#length < 3) return this.#walk(value, sign, list, length, false)
    const pairAt = this.#pairAt
    const tripleAt = this.#tripleAt
    const pairSlots = this.#pairSlots
    const tripleSlots = this.#tripleSlots
    const slopes = this.#slopes
    const bends = this.#bends
    const ofValue = pairAt[value] ?? 0
    let cost = sign * (slopes[1 + value] ?? 0) + (bends[1 + value] ?? 0)
    let below = 0
    while (below < length && (list[below] ?? 0) < value) below++
    for (let y = 0; y < length; y++) {
      const b = list[y] ?? 0
      const slot = pairSlots[y < below ? ofValue + b : (pairAt[b] ?? 0) + value] ?? 0
      // A pair that is not wanted brings as many triples that are not: no use in adding them all up.
      if (slot === 0 && sign > 0) return Number.POSITIVE_INFINITY
      cost += sign * (slopes[slot] ?? 0) + (bends[slot] ?? 0)
      const ofB = tripleAt[b] ?? 0
      const start = y < below ? (tripleAt[value] ?? 0) + (pairAt[b] ?? 0) : ofB + ofValue
      const to = y < below ? y : below
      for (let x = 0; x < to; x++) {
        const triple = tripleSlots[start + (list[x] ?? 0)] ?? 0
        cost += sign * (slopes[triple] ?? 0) + (bends[triple] ?? 0)
      }
      for (let x = to; x < y; x++) {
        const triple = tripleSlots[ofB + (pairAt[list[x] ?? 0] ?? 0) + value] ?? 0
        cost += sign * (slopes[triple] ?? 0) + (bends[triple] ?? 0)
      }
    }
    return cost
  }

  change(value: number, sign: number, list: Int32Array, length: number): void {
    this.#walk(value, sign, list, length, true)
  }

  /** The same by way of each combination's slot, which a hash may have to find; with `change` the slopes move. */
  #walk(value: number, sign: number, list: Int32Array, length: number, change: boolean): number {
    const pairAt = this.#pairAt
    const tripleAt = this.#tripleAt
    let cost = this.#touch(1 + value, sign, change)
    if (this.#length < 2) return cost
    for (let y = 0; y < length; y++) {
      const b = list[y] ?? 0
      const above = b > value
      const pair = above ? (pairAt[b] ?? 0) + value : (pairAt[value] ?? 0) + b
      const slot = this.#pairSlots[pair] ?? 0
      // A pair that is not wanted brings as many triples that are not: no use in adding them all up.
      if (slot === 0 && sign > 0 && !change) return Number.POSITIVE_INFINITY
      cost += this.#touch(slot, sign, change)
      if (this.#length < 3) continue
      // Of list[x] < b: the three in order are (x, b, value), (x, value, b) or (value, x, b).
      const highest = above ? b : value
      const middle = above ? value : b
      const start = (tripleAt[highest] ?? 0) + (pairAt[middle] ?? 0)
      for (let x = 0; x < y; x++) {
        const a = list[x] ?? 0
        const position = a < value ? start + a : (tripleAt[b] ?? 0) + (pairAt[a] ?? 0) + value
        cost += this.#touch(this.#tripleSlot(position), sign, change)
      }
    }
    return cost
  }

  #touch(slot: number, sign: number, change: boolean): number {
    const bend = this.#bends[slot] ?? 0
    const slope = this.#slopes[slot] ?? 0
    if (change) this.#slopes[slot] = slope + sign * 2 * bend
    return sign * slope + bend
  }

  #tripleSlot(position: number): number {
    if (this.#keys.length === 0) return this.#tripleSlots[position] ?? 0
    return this.#tripleSlots[this.#place(position)] ?? 0
  }

  /** Where a triple lies in the hash table, or would. */
  #place(position: number): number {
    const mask = this.#keys.length - 1
    let place = (Math.imul(position % 0x7fffffff, 0x9e3779b1) >>> 7) & mask
    while (this.#keys[place] !== -1 && this.#keys[place] !== position) place = (place + 1) & mask
    return place
  }
}
