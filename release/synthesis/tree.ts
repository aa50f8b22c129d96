import { fraction, type RandomBits } from '../noise/random-bits.ts'
import type { Aim, Draft } from './fit.ts'

/**
 * Records drawn from the tree of columns that the noisy pairs say most about: C. K. Chow, C. N. Liu, "Approximating
 * discrete probability distributions with dependence trees", IEEE Trans. Inf. Theory 14 (1968); what MST of R. McKenna
 * et al. (JPC 11(3), 2021) samples from. It is where the fit begins.
 */
export function drawFromTree(aim: Aim, records: number, bits: RandomBits): Draft {
  const tables = tablesOf(aim, records)
  const values = new Int16Array(records * aim.columns).fill(-1)
  for (const { column, parent } of spanningTree(aim.columns, tables)) {
    const chances = cumulative(tables, column, parent)
    for (let r = 0; r < records; r++) {
      const given = parent < 0 ? 0 : 1 + place(tables, parent, values[r * aim.columns + parent] ?? -1)
      const row = chances[given] ?? chances[0]
      if (!row) continue
      const at = firstAbove(row, fraction(bits) * (row.at(-1) ?? 0))
      if (at > 0) values[r * aim.columns + column] = (tables.first[column] ?? 0) + at - 1
    }
  }
  return { records, values }
}

type Tables = {
  /** First value of each column, and how many it has. */
  readonly first: readonly number[]
  readonly many: readonly number[]
  readonly records: number
  readonly singles: Float64Array
  /** Noisy counts of pairs that are real, by `lower * values + higher`. */
  readonly pairs: ReadonlyMap<number, number>
}

function tablesOf({ columns, columnOf, wanted }: Aim, records: number): Tables {
  const first = Array.from({ length: columns }, (_, c) => Math.max(0, columnOf.indexOf(c)))
  const many = Array.from(
    { length: columns },
    (_, c) => columnOf.lastIndexOf(c) - columnOf.indexOf(c) + (columnOf.includes(c) ? 1 : 0),
  )
  const pairs = new Map<number, number>()
  wanted[1]?.counts.forEach((count, at) => {
    const [i, j] = [wanted[1]?.parts[0]?.[at] ?? 0, wanted[1]?.parts[1]?.[at] ?? 0]
    if (count > 0) pairs.set(i * columnOf.length + j, count)
  })
  return { first, many, records, singles: wanted[0]?.counts ?? new Float64Array(0), pairs }
}

/** Position of a value within its column from 1; 0 for nothing given. */
const place = ({ first }: Tables, column: number, value: number): number =>
  value < 0 ? 0 : value - (first[column] ?? 0) + 1

/** Counts of column `a` against `b`, nothing given first: rows of `a`. */
function crossTable(tables: Tables, a: number, b: number): Float64Array[] {
  const { first, many, records, singles, pairs } = tables
  const [fromA, fromB] = [first[a] ?? 0, first[b] ?? 0]
  const rows = Array.from({ length: (many[a] ?? 0) + 1 }, () => new Float64Array((many[b] ?? 0) + 1))
  const left = Float64Array.from({ length: (many[b] ?? 0) + 1 }, (_, y) =>
    y === 0 ? 0 : (singles[fromB + y - 1] ?? 0),
  )
  rows.forEach((row, x) => {
    if (x === 0) return
    let rest = singles[fromA + x - 1] ?? 0
    for (let y = 1; y < row.length; y++) {
      const [i, j] = [fromA + x - 1, fromB + y - 1]
      const count = pairs.get(Math.min(i, j) * singles.length + Math.max(i, j)) ?? 0
      row[y] = count
      rest -= count
      left[y] = (left[y] ?? 0) - count
    }
    row[0] = Math.max(0, rest)
  })
  const none = rows[0]
  if (none) {
    let others = 0
    for (let y = 1; y < none.length; y++) {
      none[y] = Math.max(0, left[y] ?? 0)
      others += none[y] ?? 0
    }
    for (const row of rows.slice(1)) for (const count of row) others += count
    none[0] = Math.max(0, records - others)
  }
  return rows
}

function information(rows: readonly Float64Array[]): number {
  const ofRow = rows.map((row) => row.reduce((sum, count) => sum + count, 0))
  const ofColumn = Array.from(rows[0] ?? [], (_, y) => rows.reduce((sum, row) => sum + (row[y] ?? 0), 0))
  const all = ofRow.reduce((sum, count) => sum + count, 0)
  let sum = 0
  rows.forEach((row, x) => {
    row.forEach((count, y) => {
      if (count > 0) sum += count * Math.log((count * all) / ((ofRow[x] ?? 1) * (ofColumn[y] ?? 1)))
    })
  })
  return sum
}

/** Prim: each column with the one before it in the tree that says most about it; the root has parent -1. */
function spanningTree(columns: number, tables: Tables): { readonly column: number; readonly parent: number }[] {
  const best = Array.from({ length: columns }, () => ({ parent: -1, says: -1 }))
  const tree: { readonly column: number; readonly parent: number }[] = []
  const left = new Set(Array.from({ length: columns }, (_, c) => c))
  let next = 0
  while (left.size > 0) {
    tree.push({ column: next, parent: best[next]?.parent ?? -1 })
    left.delete(next)
    for (const c of left) {
      const says = information(crossTable(tables, next, c))
      if (says > (best[c]?.says ?? -1)) best[c] = { parent: next, says }
    }
    let most = -2
    for (const c of left)
      if ((best[c]?.says ?? -1) > most) {
        most = best[c]?.says ?? -1
        next = c
      }
  }
  return tree
}

/** For the root one row; for others row 0 unused by values, then a row for each place of the parent. */
function cumulative(tables: Tables, column: number, parent: number): Float64Array[] {
  const { first, many, singles, records } = tables
  const own = Float64Array.from({ length: (many[column] ?? 0) + 1 }, (_, y) =>
    y === 0 ? 0 : Math.max(0, singles[(first[column] ?? 0) + y - 1] ?? 0),
  )
  own[0] = Math.max(0, records - own.reduce((sum, count) => sum + count, 0))
  const rows = parent < 0 ? [] : crossTable(tables, parent, column)
  return [own, ...rows.map((row) => (row.some((count) => count > 0) ? row : own))].map((row) => {
    let sum = 0
    return row.map((count) => (sum += count))
  })
}

function firstAbove(sums: Float64Array, height: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > height) high = middle
    else low = middle + 1
  }
  return low
}
