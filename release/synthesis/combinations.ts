/*
 * Where combinations of two or three attributes lie in a table: the combinatorial number system. With i < j < k the pair
 * is at j (j - 1) / 2 + i and the triple at k (k - 1) (k - 2) / 6 + j (j - 1) / 2 + i.
 */

/** j (j - 1) / 2 for each attribute j. */
export const pairOffsets = (attributes: number): Float64Array =>
  Float64Array.from({ length: attributes + 1 }, (_, j) => (j * (j - 1)) / 2)

/** k (k - 1) (k - 2) / 6 for each attribute k. */
export const tripleOffsets = (attributes: number): Float64Array =>
  Float64Array.from({ length: attributes + 1 }, (_, k) => (k * (k - 1) * (k - 2)) / 6)

/** How many ways there are to take `k` of `n`. */
export function waysToTake(k: number, n: number): number {
  let ways = 1
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1)
  return n < k ? 0 : Math.round(ways)
}
