import type { PublishedTable } from '../published.ts'

/** Rows written as `code code ... shown`. */
export function tableOf(dimensions: readonly string[], rows: readonly string[], name = 'table'): PublishedTable {
  return {
    name,
    dimensions,
    rows: rows.map((row) => {
      const cells = row.split(' ')
      return { codes: cells.slice(0, -1), shown: cells.at(-1) ?? '' }
    }),
  }
}

/** Every cell of a two-way table with its totals: value of a cell from its inner counts. */
export function twoWay(
  inner: readonly (readonly number[])[],
): readonly { readonly a: number; readonly b: number; readonly value: number }[] {
  const [rows, columns] = [inner.length, inner[0]?.length ?? 0]
  const cells: { a: number; b: number; value: number }[] = []
  // -1 is the total.
  for (let a = -1; a < rows; a++) {
    for (let b = -1; b < columns; b++) {
      let value = 0
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          if ((a === -1 || a === i) && (b === -1 || b === j)) value += inner[i]?.[j] ?? 0
        }
      }
      cells.push({ a, b, value })
    }
  }
  return cells
}
