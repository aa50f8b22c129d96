import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { codeOf, joined } from '../audit/hierarchy.ts'
import type { PublishedTable } from '../audit/published.ts'
import { discreteLaplace } from '../noise/discrete.ts'
import type { RandomBits } from '../noise/random-bits.ts'
import type { Declared } from './declared.ts'
import { innermost, sumUp } from './perturb.ts'
import type { FullTable } from './protected-table.ts'

/** Combinations of the finest codes: beyond, a table has far more noise than persons. */
export const mostCombinations = 500_000

/**
 * The table with every combination of its finest codes: one that has no row is nobody, and must be counted like any other, or that
 * it has none would be told. Refuses `protect.too-many-combinations` {combinations, most}.
 */
export function withAllCombinations({ table, dimensions, codes }: Declared): Decision<PublishedTable> {
  const readers = dimensions.map((dimension) => codeOf(dimension, table))
  const finest = dimensions.map(({ partitions }, d) => {
    const wholes = new Set(partitions.map(({ whole }) => whole))
    return (codes[d] ?? []).filter((code) => !wholes.has(code))
  })
  const combinations = finest.reduce((product, of) => product * of.length, 1)
  if (combinations > mostCombinations)
    return refuse('protect.too-many-combinations', { combinations, most: mostCombinations })
  const there = new Set(table.rows.map((row) => readers.map((read) => read(row.codes)).join('\u0001')))
  const places = dimensions.map(({ columns }) => columns.map((name) => table.dimensions.indexOf(name)))
  const missing: { readonly codes: readonly string[]; readonly shown: string }[] = []
  for (let at = 0; at < combinations; at++) {
    let left = at
    const own = finest.map((of) => {
      const code = of[left % of.length] ?? ''
      left = Math.floor(left / of.length)
      return code
    })
    if (there.has(own.join('\u0001'))) continue
    const row = table.dimensions.map(() => '')
    for (const [d, columns] of places.entries()) {
      const parts = columns.length === 1 ? [own[d] ?? ''] : (own[d] ?? '').split(joined)
      for (const [part, place] of columns.entries()) row[place] = parts[part] ?? ''
    }
    missing.push({ codes: row, shown: '0' })
  }
  return accept({ ...table, rows: [...table.rows, ...missing] })
}

/** The rows in the order of the declared codes: where a row stands must not tell whether it was in the file. */
export function inDeclaredOrder<Row extends { readonly codes: readonly string[] }>(
  rows: readonly Row[],
  { table, dimensions, codes }: Declared,
): readonly Row[] {
  const readers = dimensions.map((dimension) => codeOf(dimension, table))
  const ranks = codes.map((of) => new Map(of.map((code, rank) => [code, rank])))
  const ranked = rows.map((row) => ({
    row,
    at: readers.map((read, d) => ranks[d]?.get(read(row.codes) ?? '') ?? 0),
  }))
  ranked.sort((a, b) => {
    for (const [d, rank] of a.at.entries()) if (rank !== b.at[d]) return rank - (b.at[d] ?? 0)
    return 0
  })
  return ranked.map(({ row }) => row)
}

/**
 * Counts under epsilon-differential privacy. A person is in one innermost cell, and in one cell of each layer over it (all of one
 * year; all of one sex and year): the innermost layer and, where it pays, coarse ones are counted with discrete Laplace noise, each
 * for its share of epsilon, and the innermost counts that fit all of them best are made whole and summed up: so totals are as near as
 * if they had been counted alone, all sums hold, and nothing is negative. As the census's TopDown (Abowd et al. 2022, "The 2020 Census
 * Disclosure Avoidance System TopDown Algorithm"), with all layers fitted at once.
 *
 * @param table with every combination (`withAllCombinations`)
 */
export function perturbPrivately(table: FullTable, epsilon: number, bits: RandomBits): Float64Array {
  const cells = inOrder(table)
  const layers = layersOf(table, cells)
  const shares = sharesOf(cells.length, layers)
  const finest = measured(
    Float64Array.from(cells, (cell) => table.counts[cell] ?? 0),
    shares.finest * epsilon,
    bits,
  )
  const coarse = layers.flatMap((layer, at) => {
    const share = shares.coarse[at] ?? 0
    if (share === 0) return []
    const counts = new Float64Array(layer.groups)
    cells.forEach((cell, i) => {
      const group = layer.of[i] ?? 0
      counts[group] = (counts[group] ?? 0) + (table.counts[cell] ?? 0)
    })
    return [{ ...layer, ...measured(counts, share * epsilon, bits) }]
  })
  const values = new Float64Array(table.system.cells).fill(-1)
  made(fitted(finest, coarse)).forEach((value, i) => {
    values[cells[i] ?? 0] = value
  })
  sumUp(table, values, (sum) => sum)
  return values
}

/** The innermost cells in the order of their codes, whatever the order of the rows. */
function inOrder(table: FullTable): readonly number[] {
  const { codes, cellCodes, dimensions } = table.system
  const ranks = codes.map((list) => {
    const sorted = list.toSorted()
    return list.map((code) => sorted.indexOf(code))
  })
  const width = dimensions.length
  const rank = (cell: number, d: number): number => ranks[d]?.[cellCodes[cell * width + d] ?? 0] ?? 0
  return innermost(table).toSorted((a, b) => {
    for (let d = 0; d < width; d++) if (rank(a, d) !== rank(b, d)) return rank(a, d) - rank(b, d)
    return a - b
  })
}

/** Of each innermost cell the cell of this layer that it is in. */
type Layer = { readonly of: Int32Array; readonly groups: number }

/** Every choice of a level in each dimension but the finest of all, the coarsest first. A short branch stays at its end. */
function layersOf({ system }: FullTable, cells: readonly number[]): readonly Layer[] {
  const width = system.dimensions.length
  // By dimension and code: its ancestors from the top down to itself.
  const chains = system.dimensions.map(({ partitions }, d) => {
    const wholeOf = new Map(partitions.flatMap(({ whole, parts }) => parts.map((part) => [part, whole] as const)))
    return (system.codes[d] ?? []).map((code) => {
      const chain = [code]
      for (let at = wholeOf.get(code); at !== undefined && !chain.includes(at); at = wholeOf.get(at)) chain.unshift(at)
      return chain
    })
  })
  const levels = chains.map((of) => of.reduce((most, { length }) => Math.max(most, length), 1))
  const layers: Layer[] = []
  const count = levels.reduce((product, level) => product * level, 1)
  for (let at = 0; at < count - 1; at++) {
    let left = at
    const chosen = levels.map((level) => {
      const own = left % level
      left = Math.floor(left / level)
      return own
    })
    const groups = new Map<string, number>()
    const of = Int32Array.from(cells, (cell) => {
      const key = chosen
        .map((level, d) => {
          const chain = chains[d]?.[system.cellCodes[cell * width + d] ?? 0] ?? []
          return chain[Math.min(level, chain.length - 1)]
        })
        .join('\u0001')
      const group = groups.get(key) ?? groups.size
      groups.set(key, group)
      return group
    })
    if (groups.size < cells.length) layers.push({ of, groups: groups.size })
  }
  return layers.sort((a, b) => a.groups - b.groups)
}

/**
 * How epsilon is shared: of the innermost layer, and evenly over the coarsest of the others. Chosen by the shape of the table alone:
 * least sum of the logarithms of the variances, so that no layer is near at the cost of another. In hundredths.
 */
function sharesOf(
  cells: number,
  layers: readonly Layer[],
): { readonly finest: number; readonly coarse: readonly number[] } {
  let best = { finest: 1, coarse: 0, loss: Infinity }
  const most = Math.min(layers.length, 24)
  for (let coarse = 0; coarse <= most; coarse++)
    for (let hundredths = coarse === 0 ? 100 : 5; hundredths <= (coarse === 0 ? 100 : 95); hundredths += 5) {
      const finest = hundredths / 100
      const direct = (1 - finest) / Math.max(1, coarse)
      const loss = layers.reduce(
        (sum, { groups }, at) => {
          const known = (finest * finest * groups) / cells + (at < coarse ? direct * direct : 0)
          return sum - Math.log(known)
        },
        -Math.log(finest * finest),
      )
      if (loss < best.loss - 1e-9) best = { finest, coarse, loss }
    }
  const direct = (1 - best.finest) / Math.max(1, best.coarse)
  return { finest: best.finest, coarse: layers.map((_, at) => (at < best.coarse ? direct : 0)) }
}

type Measured = { readonly noisy: Float64Array; readonly variance: number }

/** Each count with discrete Laplace noise; its scale in millionths, rounded up: no more is spent than said. */
function measured(counts: Float64Array, epsilon: number, bits: RandomBits): Measured {
  const denominator = epsilon < 0.001 ? 1 : 1_000_000
  const scale = Math.max(1, Math.ceil((denominator / epsilon) * (1 + 1e-12)))
  return {
    noisy: counts.map((count) => count + discreteLaplace(bits, scale, denominator)),
    variance: varianceOf(scale / denominator),
  }
}

/** Of the discrete Laplace of a scale. */
function varianceOf(scale: number): number {
  const q = Math.exp(-1 / scale)
  return Math.max((2 * q) / (1 - q) ** 2, 1e-9)
}

/** At most: mostly some tens, several hundred where nearly all cells are nobody. */
const passes = 1000

/**
 * The innermost counts, not negative, that lie nearest to all that was measured, weighed by the noise of each: by Hildreth's way (1957,
 * "A quadratic programming procedure"), a price for each cell of each layer, all those of one layer at once.
 */
function fitted(finest: Measured, coarse: readonly (Layer & Measured)[]): Float64Array {
  const { noisy, variance } = finest
  const pushed = noisy.slice()
  const prices = coarse.map(({ groups }) => new Float64Array(groups))
  for (let pass = 0; pass < passes; pass++) {
    let moved = 0
    for (const [at, layer] of coarse.entries()) {
      const price = prices[at] ?? new Float64Array()
      const [sums, actives] = [new Float64Array(layer.groups), new Float64Array(layer.groups)]
      for (let i = 0; i < pushed.length; i++) {
        const value = pushed[i] ?? 0
        if (value <= 0) continue
        const group = layer.of[i] ?? 0
        sums[group] = (sums[group] ?? 0) + value
        actives[group] = (actives[group] ?? 0) + 1
      }
      const steps = sums.map((sum, group) => {
        const wish = (layer.noisy[group] ?? 0) - sum - layer.variance * (price[group] ?? 0)
        return wish / (variance * Math.max(1, actives[group] ?? 0) + layer.variance)
      })
      for (let group = 0; group < layer.groups; group++) price[group] = (price[group] ?? 0) + (steps[group] ?? 0)
      for (let i = 0; i < pushed.length; i++) {
        const step = variance * (steps[layer.of[i] ?? 0] ?? 0)
        pushed[i] = (pushed[i] ?? 0) + step
        moved = Math.max(moved, Math.abs(step))
      }
    }
    if (moved < 0.01) break
  }
  return pushed.map((value) => Math.max(0, value))
}

/** Whole counts: what is cut off of one is carried to the next, so that sums along the order stay within one of what they were. */
function made(values: Float64Array): Float64Array {
  let [sum, given] = [0, 0]
  return values.map((value) => {
    sum += value
    const count = Math.max(0, Math.round(sum) - given)
    given += count
    return count
  })
}
