import { distinctRows } from '../records/rows.ts'
import type { Records } from '../records/words.ts'

/**
 * Groups are the persons who share a combination of present values in one or two columns. A group is *homogeneous* where all in it
 * share one present value of a further column: whoever knows that somebody belongs to it knows that value too, and no k stops that
 * (A. Machanavajjhala et al., "l-diversity", ACM TKDD 1(1), 2007). `leastL`: the fewest different values of a column in any group, absent counted as one.
 */
export type Homogeneity = {
  readonly groups: number
  readonly homogeneous: number
  readonly leastL: number
  /** By the column that is told, most groups first. */
  readonly telling: readonly { readonly column: string; readonly groups: number }[]
}

/** Of the released records alone. A column with one value everywhere tells nothing and is left out. */
export function homogeneityOf(records: Records): Homogeneity {
  const rows = codedRows(records)
  const columns = records.columns.length
  const told = new Float64Array(columns)
  const result = { groups: 0, homogeneous: 0, leastL: Number.POSITIVE_INFINITY }
  const varies = rows.columns.map((codes) => new Set(codes).size > 1)
  for (let a = 0; a < columns; a++)
    for (let b = a; b < columns; b++)
      for (const members of groupsBy(rows, a, b)) {
        result.groups++
        let isTold = false
        for (let other = 0; other < columns; other++) {
          if (other === a || other === b || !varies[other]) continue
          const codes = rows.columns[other] ?? new Int32Array()
          const first = codes[members[0] ?? 0] ?? 0
          const same = members.every((row) => codes[row] === first)
          result.leastL = Math.min(result.leastL, same ? 1 : 2)
          if (!same || first === 0) continue
          told[other] = (told[other] ?? 0) + 1
          isTold = true
        }
        if (isTold) result.homogeneous++
      }
  const telling = records.columns
    .map(({ name }, column) => ({ column: name, groups: told[column] ?? 0 }))
    .filter(({ groups }) => groups > 0)
    .toSorted((x, y) => y.groups - x.groups)
  return { ...result, leastL: Number.isFinite(result.leastL) ? result.leastL : 1, telling }
}

type CodedRows = { readonly count: number; readonly columns: readonly Int32Array[]; readonly sizes: readonly number[] }

function codedRows(records: Records): CodedRows {
  const rows = distinctRows(records)
  const columns = records.columns.map(() => new Int32Array(rows.count))
  for (let row = 0; row < rows.count; row++) {
    let column = 0
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at++) {
      const attribute = rows.attributes[at] ?? 0
      while (attribute >= (rows.offsets[column + 1] ?? 0)) column++
      const codes = columns[column]
      if (codes) codes[row] = attribute - (rows.offsets[column] ?? 0) + 1
    }
  }
  return { count: rows.count, columns, sizes: records.columns.map(({ values }) => values.length) }
}

/** Rows by their present values in one column (`a` equal to `b`) or two. */
function groupsBy({ count, columns, sizes }: CodedRows, a: number, b: number): Iterable<readonly number[]> {
  const groups = new Map<number, number[]>()
  const [x, y] = [columns[a], columns[b]]
  for (let row = 0; row < count; row++) {
    const [first, second] = [x?.[row] ?? 0, y?.[row] ?? 0]
    if (first === 0 || second === 0) continue
    const key = first * ((sizes[b] ?? 0) + 1) + second
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups.values()
}
