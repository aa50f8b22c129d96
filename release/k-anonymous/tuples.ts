import type { DistinctRows } from '../records/rows.ts'

/**
 * Rows of attributes without the rare ones, renumbered so that the rarest attribute comes first. Row `j` is
 * `attributes[starts[j]]` up to `starts[j + 1]`, ascending. `original[a]` is the number the attribute had.
 */
export type RankedRows = {
  readonly count: number
  readonly starts: Int32Array
  readonly attributes: Int32Array
  readonly weights: Int32Array
  readonly original: Int32Array
}

/** Leaves out attributes of fewer than `k` records; the others rarest first, equals in their old order. */
export function rankRows(rows: DistinctRows, k: number): RankedRows {
  const counts = new Float64Array(rows.offsets.at(-1) ?? 0)
  for (let row = 0; row < rows.count; row++)
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at++) {
      const attribute = rows.attributes[at] ?? 0
      counts[attribute] = (counts[attribute] ?? 0) + (rows.weights[row] ?? 0)
    }
  const original = Int32Array.from(
    [...counts.keys()]
      .filter((attribute) => (counts[attribute] ?? 0) >= k)
      .toSorted((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || a - b),
  )
  const rank = new Int32Array(counts.length).fill(-1)
  original.forEach((attribute, at) => {
    rank[attribute] = at
  })
  const starts = new Int32Array(rows.count + 1)
  const attributes = new Int32Array(rows.attributes.length)
  let to = 0
  for (let row = 0; row < rows.count; row++) {
    const from = to
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at++) {
      const ranked = rank[rows.attributes[at] ?? 0] ?? -1
      if (ranked !== -1) attributes[to++] = ranked
    }
    attributes.subarray(from, to).sort()
    starts[row + 1] = to
  }
  return { count: rows.count, starts, attributes: attributes.slice(0, to), weights: rows.weights, original }
}

/** Numbers for combinations of up to `length` attributes: a table where there is room for one, else a hash. */
export class TupleIndex {
  readonly base: number
  readonly length: number
  private readonly direct: Int32Array | undefined
  private keys = new Float64Array(1 << 12).fill(-1)
  private ids = new Int32Array(1 << 12)
  size = 0

  /** @param attributes how many there are; (attributes + 1)^length must be below 2^53 */
  constructor(attributes: number, length: number) {
    this.base = attributes + 1
    this.length = length
    const cells = this.base ** length
    if (cells <= 1 << 24) this.direct = new Int32Array(cells).fill(-1)
  }

  find(key: number): number {
    if (this.direct) return this.direct[key] ?? -1
    const slot = this.slotOf(key)
    return this.keys[slot] === key ? (this.ids[slot] ?? -1) : -1
  }

  add(key: number): number {
    const found = this.find(key)
    if (found !== -1) return found
    const id = this.size++
    if (this.direct) {
      this.direct[key] = id
      return id
    }
    if (this.size * 2 > this.keys.length) this.grow()
    const slot = this.slotOf(key)
    this.keys[slot] = key
    this.ids[slot] = id
    return id
  }

  private slotOf(key: number): number {
    const mask = this.keys.length - 1
    let slot = (Math.imul(key % 0x7fffffff, 0x9e3779b1) ^ Math.imul((key / 0x7fffffff) | 0, 0x85ebca6b)) >>> 7
    for (slot &= mask; this.keys[slot] !== -1 && this.keys[slot] !== key; ) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const [keys, ids] = [this.keys, this.ids]
    this.keys = new Float64Array(keys.length * 2).fill(-1)
    this.ids = new Int32Array(ids.length * 2)
    keys.forEach((key, at) => {
      if (key === -1) return
      const slot = this.slotOf(key)
      this.keys[slot] = key
      this.ids[slot] = ids[at] ?? 0
    })
  }
}

/** Combinations that at least `k` records hold. `counts[id]` of the number that `index` gives. */
export type FrequentTuples = { readonly index: TupleIndex; readonly counts: Float64Array; readonly keys: Float64Array }

/**
 * Counts combinations of up to `length` attributes level by level: a longer one is only counted where its beginning and its last pair are
 * frequent (Apriori; R. Agrawal and R. Srikant, VLDB 1994), so that the many rare ones take no room.
 */
export function frequentTuples(rows: RankedRows, length: number, k: number): FrequentTuples {
  const kept = { index: new TupleIndex(rows.original.length, length), counts: [] as number[], keys: [] as number[] }
  for (let level = 1; level <= length; level++) {
    const found = new TupleIndex(rows.original.length, level)
    let counts = new Float64Array(1 << 12)
    const keys: number[] = []
    for (let row = 0; row < rows.count; row++) {
      const weight = rows.weights[row] ?? 0
      eachOfLevel(rows.attributes, rows.starts[row] ?? 0, rows.starts[row + 1] ?? 0, level, kept.index, (key) => {
        const id = found.add(key)
        if (id === keys.length) keys.push(key)
        if (id >= counts.length) {
          const wider = new Float64Array(counts.length * 2)
          wider.set(counts)
          counts = wider
        }
        counts[id] = (counts[id] ?? 0) + weight
      })
    }
    keys.forEach((key, id) => {
      const count = counts[id] ?? 0
      if (count < k) return
      kept.index.add(key)
      kept.counts.push(count)
      kept.keys.push(key)
    })
  }
  return { index: kept.index, counts: Float64Array.from(kept.counts), keys: Float64Array.from(kept.keys) }
}

/** All frequent combinations of a list of attributes (ascending, `from` up to `to`), by their number. */
export function eachTuple(
  list: Int32Array,
  from: number,
  to: number,
  index: TupleIndex,
  visit: (id: number) => void,
): void {
  const { base, length } = index
  const extend = (at: number, prefix: number, depth: number): void => {
    for (let next = at; next < to; next++) {
      const key = prefix * base + (list[next] ?? 0) + 1
      const id = index.find(key)
      if (id === -1) continue
      visit(id)
      if (depth < length) extend(next + 1, key, depth + 1)
    }
  }
  extend(from, 0, 1)
}

/** The attributes of a combination, from its key. */
export function attributesOf(key: number, base: number): number[] {
  const list: number[] = []
  for (let rest = key; rest > 0; rest = Math.floor(rest / base)) list.push((rest % base) - 1)
  return list.reverse()
}

function eachOfLevel(
  list: Int32Array,
  from: number,
  to: number,
  level: number,
  frequent: TupleIndex,
  visit: (key: number) => void,
): void {
  const { base } = frequent
  const extend = (at: number, prefix: number, depth: number): void => {
    const before = at > from ? (list[at - 1] ?? 0) + 1 : 0
    for (let next = at; next < to; next++) {
      const attribute = (list[next] ?? 0) + 1
      if (depth > 2 && frequent.find(before * base + attribute) === -1) continue
      const key = prefix * base + attribute
      if (depth === level) visit(key)
      else if (frequent.find(key) !== -1) extend(next + 1, key, depth + 1)
    }
  }
  extend(from, 0, 1)
}
