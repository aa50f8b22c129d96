/** How far the ends of a hidden cell must stay apart, and what the upper must reach, by cell. */
export type Keeps = { readonly width: Float64Array; readonly most: Float64Array }

/** The same for every cell: the ends as far apart as the minimum asks, and the upper at it. */
export const keptAt = (cells: number, minimum: number): Keeps => ({
  width: new Float64Array(cells).fill(minimum - 1),
  most: new Float64Array(cells).fill(minimum),
})

/** Whether bounds alone say that a cell is not kept as it must be. */
export const isTooNarrow = ({ width, most: reach }: Keeps, cell: number, least: number, most: number): boolean =>
  most - least < (width[cell] ?? 0) || most < (reach[cell] ?? 0)
