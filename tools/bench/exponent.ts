/** Slope of log seconds over log size by least squares: how the time grows. */
export function exponent(sizes: readonly { readonly entries: number; readonly seconds: number }[]): number {
  const points = sizes.map(({ entries, seconds }) => [Math.log(entries), Math.log(seconds)] as const)
  const mean = (i: 0 | 1): number => points.reduce((sum, point) => sum + point[i], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
