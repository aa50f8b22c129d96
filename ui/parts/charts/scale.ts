/**
 * Round ticks from 0 to at least `max`, about `count` of them: steps of 1, 2 or 5 times a power of ten (Heckbert,
 * "Nice numbers for graph labels", Graphics Gems, 1990), and whole where counts are drawn.
 */
export function niceTicks(max: number, count = 4): readonly number[] {
  if (!(max > 0)) return [0, 1]
  const rough = max / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10))
  const last = Math.ceil(max / step)
  return Array.from({ length: last + 1 }, (_, index) => index * step)
}

/** Where `value` stands between 0 and `end`, as the percentage SVG takes: no pixel is measured. */
export const at = (value: number, end: number): string =>
  `${Math.min(100, Math.max(0, (100 * value) / end)).toFixed(3)}%`
