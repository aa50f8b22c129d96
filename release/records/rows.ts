import type { Records } from './words.ts'

/**
 * The different rows of a file, each once, as lists of attributes. Attributes are numbered over all columns: column `c`'s
 * value `v` (from 1) is `offsets[c] + v - 1`. Row `j` is `attributes[starts[j]]` up to `starts[j + 1]`, ascending; `weights[j]` is
 * how many records are like it. In lexical order of their codes, so that the order of the records never shows.
 */
export type DistinctRows = {
  readonly count: number
  readonly offsets: Int32Array
  readonly starts: Int32Array
  readonly attributes: Int32Array
  readonly weights: Int32Array
}

/** Groups equal records: a counting sort by each column, the last one first; linear in cells. */
export function distinctRows(records: Records): DistinctRows {
  const { count, columns } = records
  const offsets = offsetsOf(records)
  const order = sortedOrder(records)
  const firsts: number[] = []
  const weights: number[] = []
  for (let at = 0; at < count; at++) {
    const record = order[at] ?? 0
    const before = order[at - 1]
    if (before === undefined || columns.some(({ codes }) => codes[record] !== codes[before])) {
      firsts.push(record)
      weights.push(1)
    } else {
      weights[weights.length - 1] = (weights.at(-1) ?? 0) + 1
    }
  }
  const starts = new Int32Array(firsts.length + 1)
  let cells = 0
  firsts.forEach((record, row) => {
    for (const { codes } of columns) if (codes[record] !== 0) cells++
    starts[row + 1] = cells
  })
  const attributes = new Int32Array(cells)
  let to = 0
  for (const record of firsts)
    columns.forEach(({ codes }, column) => {
      const code = codes[record] ?? 0
      if (code !== 0) attributes[to++] = (offsets[column] ?? 0) + code - 1
    })
  return { count: firsts.length, offsets, starts, attributes, weights: Int32Array.from(weights) }
}

/** Where each column's attributes begin; one more entry than columns, the last being how many attributes there are. */
export function offsetsOf({ columns }: Records): Int32Array {
  const offsets = new Int32Array(columns.length + 1)
  columns.forEach(({ values }, column) => {
    offsets[column + 1] = (offsets[column] ?? 0) + values.length
  })
  return offsets
}

function sortedOrder({ count, columns }: Records): Int32Array {
  let order = Int32Array.from({ length: count }, (_, record) => record)
  let other = new Int32Array(count)
  for (const { codes, values } of columns.toReversed()) {
    const places = new Int32Array(values.length + 2)
    for (let at = 0; at < count; at++) {
      const next = (codes[at] ?? 0) + 1
      places[next] = (places[next] ?? 0) + 1
    }
    for (let value = 1; value < places.length; value++) places[value] = (places[value] ?? 0) + (places[value - 1] ?? 0)
    for (let at = 0; at < count; at++) {
      const record = order[at] ?? 0
      const code = codes[record] ?? 0
      const place = places[code] ?? 0
      other[place] = record
      places[code] = place + 1
    }
    ;[order, other] = [other, order]
  }
  return order
}
