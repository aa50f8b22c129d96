import { codesFor, type Records } from '../../records/words.ts'

/** Records from rows of codes (0 for nothing given); values are named v1, v2 ... */
export function recordsFrom(rows: readonly (readonly number[])[]): Records {
  const columns = rows[0]?.length ?? 0
  return {
    count: rows.length,
    columns: Array.from({ length: columns }, (_, c) => {
      const most = Math.max(1, ...rows.map((row) => row[c] ?? 0))
      const codes = codesFor(most, rows.length)
      rows.forEach((row, r) => {
        codes[r] = row[c] ?? 0
      })
      return { name: `c${c}`, values: Array.from({ length: most }, (_, v) => `v${v + 1}`), codes }
    }),
  }
}

/** The rows again. */
export const rowsOf = ({ count, columns }: Records): number[][] =>
  Array.from({ length: count }, (_, r) => columns.map(({ codes }) => codes[r] ?? 0))
