import { cellNames } from './cell-names.ts'
import type { FullTable } from './protected-table.ts'

/**
 * Cell keys (Fraser & Wooton 2005, "A proposed method for confidentialising tabular output to protect against differencing"; Thompson, Broadfoot & Elazar 2013,
 * "Methodology for the automatic confidentialisation of statistical outputs"): each cell has a key in [0, 1), and the key looks up the noise. There a key is the sum of
 * its people's keys, so that the same people have the same noise wherever they are counted; a table knows none of them, so here it hangs on the cell's name
 * (`cellNames`) and on how many they are. What that keeps: the same cell has the same noise in every table that is made with this secret, in any order of columns and rows; one person
 * more is another key, in her cell and in all wholes over it, so that the noise of two editions does not cancel. What it does not keep: the same people under other names of columns or codes, or as the sum of
 * cells that are cut otherwise, have other noise, and the mean over many such tables is the true number. Sums do not add up: that is the price.
 *
 * @param keyOf from a secret and a text (name and count of a cell), evenly in [0, 1)
 */
export function perturbByKey(
  table: FullTable,
  { variance, most }: { readonly variance: number; readonly most: number },
  keyOf: (text: string) => number,
): Float64Array {
  const names = cellNames(table)
  const noises = new Map<number, Float64Array>()
  return table.counts.map((count, cell) => {
    if (count === 0) return 0
    const lowest = -Math.min(count, most)
    const chances = noises.get(lowest) ?? noiseChances(lowest, most, variance)
    noises.set(lowest, chances)
    let left = keyOf([names[cell], count].join('\u0001'))
    for (const [place, chance] of chances.entries()) {
      left -= chance
      if (left < 0) return count + lowest + place
    }
    return count + most
  })
}

/**
 * Chances of the noise from `lowest` to `most`: of the greatest entropy for its mean of nothing and its spread (Giessing 2016,
 * "Computational issues in the design of transition probabilities and disclosure risk estimation for additive noise"). No
 * count becomes negative; near nothing the spread is smaller.
 */
export function noiseChances(lowest: number, most: number, variance: number): Float64Array {
  const made = (tilt: number): { readonly chances: Float64Array; readonly mean: number } => {
    const weights = Float64Array.from({ length: most - lowest + 1 }, (_, place) => {
      const noise = lowest + place
      return Math.exp(tilt * noise - (noise * noise) / (2 * variance))
    })
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    const chances = weights.map((weight) => weight / all)
    return { chances, mean: chances.reduce((sum, chance, place) => sum + chance * (lowest + place), 0) }
  }
  let [low, high] = [-60, 60]
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (made(middle).mean < 0) low = middle
    else high = middle
  }
  return made((low + high) / 2).chances
}

/** Cells that are whole of nothing. */
export function innermost({ system }: FullTable): readonly number[] {
  const isWhole = new Uint8Array(system.cells)
  for (const whole of system.sums.whole) isWhole[whole] = 1
  return [...isWhole.keys()].filter((cell) => isWhole[cell] === 0)
}

/** Fills wholes (-1) from their parts, from the finest upwards. */
export function sumUp({ system }: FullTable, values: Float64Array, make: (sum: number) => number): void {
  const { sums } = system
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (let sum = 0; sum < sums.count; sum++) {
      const whole = sums.whole[sum] ?? 0
      if ((values[whole] ?? 0) >= 0) continue
      let all = 0
      for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) {
        const part = values[sums.parts[k] ?? 0] ?? 0
        if (part < 0) {
          all = -1
          break
        }
        all += part
      }
      if (all < 0) continue
      values[whole] = make(all)
      isMoving = true
    }
  }
}
