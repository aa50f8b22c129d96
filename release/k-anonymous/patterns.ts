import type { FrequentTuples, RankedRows } from './tuples.ts'

/** Different lists of attributes, each once: pattern `j` is `attributes[starts[j]]` up to `starts[j + 1]`, ascending. */
export type Patterns = {
  readonly count: number
  readonly starts: Int32Array
  readonly attributes: Int32Array
  /** How many records begin with this pattern. */
  readonly times: Int32Array
}

/**
 * Cuts every row to a part of it that at least `k` records hold *as a whole*: the rarest attributes are kept first, each as long as
 * the part has `k` holders; so no record that is let out is like fewer than `k` real ones in any combination, however long.
 *
 * Depth first over parts that begin alike, each with the list of rows that hold it (Eclat; M. J. Zaki, IEEE TKDE 12(3), 2000). What a row loses
 * makes a second part, cut in the same way, that nobody begins with: the fit may take it. Parts of up to `length` attributes are left to
 * the list of frequent combinations, where each has its place.
 */
export function heldPatterns(rows: RankedRows, k: number, length: number, { index, counts }: FrequentTuples): Held {
  const cut = new Cutting(rows, k)
  const first = cut.cut(rows.starts, rows.attributes)
  const rest = restOf(rows, first)
  const second = cut.cut(rest.starts, rest.attributes)
  const long = new Gathered(rows.original.length)
  const short = new Int32Array(counts.length)
  const add = (list: readonly number[], times: number): void => {
    if (list.length > length) {
      long.add(list, times)
      return
    }
    const tuple = index.find(list.reduce((key, attribute) => key * index.base + attribute + 1, 0))
    if (list.length > 0) short[tuple] = (short[tuple] ?? 0) + times
  }
  first.forEach((list, row) => {
    add(list, rows.weights[row] ?? 0)
  })
  for (const list of second) add(list, 0)
  return { long: long.patterns(), short }
}

/** The parts of more than `length` attributes, and how many records begin with each shorter one, by its number. */
export type Held = { readonly long: Patterns; readonly short: Int32Array }

class Gathered {
  private readonly places = new Map<string, number>()
  private readonly lists: (readonly number[])[] = []
  private readonly times: number[] = []
  private readonly wide: boolean

  constructor(attributes: number) {
    this.wide = attributes > 65_000
  }

  add(list: readonly number[], times: number): void {
    const key = this.wide ? list.join(' ') : String.fromCharCode(...list)
    const place = this.places.get(key)
    if (place !== undefined) {
      this.times[place] = (this.times[place] ?? 0) + times
      return
    }
    this.places.set(key, this.lists.length)
    this.lists.push(list)
    this.times.push(times)
  }

  patterns(): Patterns {
    const starts = new Int32Array(this.lists.length + 1)
    this.lists.forEach((list, at) => {
      starts[at + 1] = (starts[at] ?? 0) + list.length
    })
    const attributes = new Int32Array(starts.at(-1) ?? 0)
    this.lists.forEach((list, at) => {
      attributes.set(list, starts[at])
    })
    return { count: this.lists.length, starts, attributes, times: Int32Array.from(this.times) }
  }
}

/** Visits of cells that the cutting of a file is planned for: of every row's list of holders about so many in all are kept. */
const mostVisits = 3e10

class Cutting {
  private readonly rows: RankedRows
  private readonly k: number
  private readonly held: Float64Array
  private readonly wanted: Uint8Array
  private readonly witnesses: number

  constructor(rows: RankedRows, k: number) {
    this.rows = rows
    this.k = k
    const cells = rows.attributes.length
    this.witnesses = Math.max(20 * k, Math.floor(mostVisits / Math.max(1, (cells * cells) / Math.max(1, rows.count))))
    this.held = new Float64Array(rows.original.length)
    this.wanted = new Uint8Array(rows.original.length)
  }

  /** For each row of the given lists the part of it that `k` records hold. */
  cut(starts: Int32Array, attributes: Int32Array): (readonly number[])[] {
    const parts: (readonly number[])[] = Array.from({ length: starts.length - 1 }, () => [])
    const all = Int32Array.from({ length: this.rows.count }, (_, row) => row)
    const owners = all.filter((row) => (starts[row + 1] ?? 0) > (starts[row] ?? 0))
    this.descend([], all, owners, starts, attributes, parts)
    return parts
  }

  /** `holders`: rows that hold `part`; `owners`: rows whose cut begins with it. */
  private descend(
    part: readonly number[],
    holders: Int32Array,
    owners: Int32Array,
    starts: Int32Array,
    attributes: Int32Array,
    parts: (readonly number[])[],
  ): void {
    const last = part.at(-1) ?? -1
    const next = this.ownersByNext(last, holders, owners, starts, attributes, (row) => {
      parts[row] = part
    })
    const lists = this.holdersOf(last, holders, next)
    for (const [attribute, owning] of next)
      this.descend(
        [...part, attribute],
        lists.get(attribute) ?? holders,
        Int32Array.from(owning),
        starts,
        attributes,
        parts,
      )
  }

  private ownersByNext(
    last: number,
    holders: Int32Array,
    owners: Int32Array,
    starts: Int32Array,
    attributes: Int32Array,
    ends: (row: number) => void,
  ): Map<number, number[]> {
    const { held, rows } = this
    const touched: number[] = []
    for (const row of holders) {
      const weight = rows.weights[row] ?? 0
      for (let at = (rows.starts[row + 1] ?? 0) - 1; at >= (rows.starts[row] ?? 0); at--) {
        const attribute = rows.attributes[at] ?? 0
        if (attribute <= last) break
        if (held[attribute] === 0) touched.push(attribute)
        held[attribute] = (held[attribute] ?? 0) + weight
      }
    }
    const next = new Map<number, number[]>()
    for (const row of owners) {
      let at = starts[row] ?? 0
      const end = starts[row + 1] ?? 0
      while (at < end && ((attributes[at] ?? 0) <= last || (held[attributes[at] ?? 0] ?? 0) < this.k)) at++
      if (at === end) {
        ends(row)
        continue
      }
      const attribute = attributes[at] ?? 0
      const owning = next.get(attribute)
      if (owning) owning.push(row)
      else next.set(attribute, [row])
    }
    for (const attribute of touched) held[attribute] = 0
    return next
  }

  private holdersOf(
    last: number,
    holders: Int32Array,
    next: ReadonlyMap<number, readonly number[]>,
  ): Map<number, Int32Array> {
    const { rows, wanted } = this
    const lists = new Map<number, number[]>()
    for (const attribute of next.keys()) {
      wanted[attribute] = 1
      lists.set(attribute, [])
    }
    if (next.size > 0)
      for (const row of holders)
        for (let at = (rows.starts[row + 1] ?? 0) - 1; at >= (rows.starts[row] ?? 0); at--) {
          const attribute = rows.attributes[at] ?? 0
          if (attribute <= last) break
          if (wanted[attribute] === 1) lists.get(attribute)?.push(row)
        }
    for (const attribute of next.keys()) wanted[attribute] = 0
    return new Map([...lists].map(([attribute, list]) => [attribute, this.fewer(list)]))
  }

  /** Evenly chosen ones of many: that `k` of these hold a part is proof enough, and large dense files end in time. */
  private fewer(list: readonly number[]): Int32Array {
    const { witnesses } = this
    if (list.length <= witnesses) return Int32Array.from(list)
    return Int32Array.from({ length: witnesses }, (_, at) => list[Math.floor((at * list.length) / witnesses)] ?? 0)
  }
}

function restOf(rows: RankedRows, parts: readonly (readonly number[])[]) {
  const starts = new Int32Array(rows.count + 1)
  const attributes = new Int32Array(rows.attributes.length)
  let to = 0
  parts.forEach((part, row) => {
    let kept = 0
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at++) {
      const attribute = rows.attributes[at] ?? 0
      if (part[kept] === attribute) kept++
      else attributes[to++] = attribute
    }
    starts[row + 1] = to
  })
  return { starts, attributes }
}
