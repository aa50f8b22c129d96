import { codesFor, type Records } from '../records/words.ts'
import { textAt } from './record-attacks.ts'

/** Some of the records, in the order given. */
export function chosen({ columns }: Records, order: readonly number[]): Records {
  return {
    count: order.length,
    columns: columns.map(({ name, values, codes }) => {
      const taken = codesFor(values.length, order.length)
      order.forEach((record, at) => {
        taken[at] = codes[record] ?? 0
      })
      return { name, values, codes: taken }
    }),
  }
}

/** Counts of combinations of present values by brute force, another way than the engine: by text, one record after the other. */
export function combinationsOf(records: Records, length: number): Map<string, number> {
  const counts = new Map<string, number>()
  const extend = (present: readonly string[], from: number, key: string, depth: number): void => {
    for (let at = from; at < present.length; at++) {
      const longer = key === '' ? (present[at] ?? '') : `${key}\t${present[at]}`
      counts.set(longer, (counts.get(longer) ?? 0) + 1)
      if (depth < length) extend(present, at + 1, longer, depth + 1)
    }
  }
  for (let record = 0; record < records.count; record++) {
    const present = records.columns.flatMap(({ name }, column) => {
      const text = textAt(records, record, column)
      return text === '' ? [] : [`${name}=${text}`]
    })
    extend(present, 0, '', 1)
  }
  return counts
}

/** Rows as text, sorted: equal for two files that differ in the order of their rows only. */
export const sortedRows = (records: Records): string[] =>
  Array.from({ length: records.count }, (_, record) =>
    records.columns.map((_, column) => textAt(records, record, column)).join('\t'),
  ).toSorted()
