import type { Records } from '../records/words.ts'

/**
 * The different records of a file and how often each occurs. An attribute (a column's value) is a number: attributes of
 * one column lie together, in the order of the columns and of their values, so that a record's attributes ascend.
 * Pattern `p` has the attributes `attributes[starts[p] .. starts[p + 1]]` and occurs `times[p]` times.
 */
export type Patterns = {
  readonly records: number
  readonly times: Int32Array
  readonly starts: Int32Array
  readonly attributes: Int32Array
}

/** Finds the different records of a file. Their order follows the rows; nothing that is released may depend on it. */
export function patternsOf(records: Records): Patterns {
  const { count, columns } = records
  const bases = basesOf(records)
  const size = 2 ** Math.ceil(Math.log2(count * 2 + 2))
  const slots = new Int32Array(size).fill(-1)
  const first = new Int32Array(count)
  const times = new Int32Array(count)
  let found = 0
  let length = 0
  for (let r = 0; r < count; r++) {
    let hash = 0
    for (const { codes } of columns) hash = Math.imul(hash ^ (codes[r] ?? 0), 0x9e3779b1) ^ (hash >>> 15)
    let slot = (hash ^ (hash >>> 13)) & (size - 1)
    for (;;) {
      const pattern = slots[slot] ?? -1
      if (pattern === -1) {
        slots[slot] = found
        first[found] = r
        times[found++] = 1
        for (const { codes } of columns) if (codes[r] !== 0) length++
        break
      }
      if (columns.every(({ codes }) => codes[r] === codes[first[pattern] ?? 0])) {
        times[pattern] = (times[pattern] ?? 0) + 1
        break
      }
      slot = (slot + 1) & (size - 1)
    }
  }
  const starts = new Int32Array(found + 1)
  const attributes = new Int32Array(length)
  let at = 0
  for (let p = 0; p < found; p++) {
    columns.forEach(({ codes }, c) => {
      const code = codes[first[p] ?? 0] ?? 0
      if (code !== 0) attributes[at++] = (bases[c] ?? 0) + code - 1
    })
    starts[p + 1] = at
  }
  return { records: count, times: times.slice(0, found), starts, attributes }
}

/** The first attribute of each column, and after the last column how many there are in all. */
export function basesOf({ columns }: Pick<Records, 'columns'>): Int32Array {
  const bases = new Int32Array(columns.length + 1)
  columns.forEach(({ values }, c) => {
    bases[c + 1] = (bases[c] ?? 0) + values.length
  })
  return bases
}
