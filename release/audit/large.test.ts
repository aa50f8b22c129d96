import { loadSolver } from '@lentera/solver'
import { expect, test } from 'vitest'
import { findDimensions } from './hierarchy.ts'
import { findIntervals } from './intervals.ts'
import { isTooNarrow } from './keeps.ts'
import type { PublishedTable } from './published.ts'
import { buildSystem } from './system.ts'
import { tableOf } from './testing/small-tables.ts'

const solver = await loadSolver()

type Hides = (codes: readonly string[], value: number, chance: () => number) => boolean

/** A table by three columns with its totals, of invented counts with a long tail. */
function threeWay(seed: number, size: number, scale: number, hides: Hides): PublishedTable {
  const chance = chanceFrom(seed)
  const codes = [...Array.from({ length: size }, (_, at) => `${at}`), 'Total']
  const inner = new Map<string, number>()
  const countOf = (key: readonly string[]): number => {
    const along = key.indexOf('Total')
    if (along >= 0) return codes.slice(0, -1).reduce((sum, code) => sum + countOf(key.with(along, code)), 0)
    const known = inner.get(key.join()) ?? Math.floor(scale * chance() ** 2)
    inner.set(key.join(), known)
    return known
  }
  const rows = codes.flatMap((a) => codes.flatMap((b) => codes.map((c) => [a, b, c])))
  return tableOf(
    ['a', 'b', 'c'],
    rows.map((key) => `${key.join(' ')} ${hides(key, countOf(key), chance) ? 'x' : countOf(key)}`),
  )
}

const totalsIn = (codes: readonly string[]): number => codes.filter((code) => code === 'Total').length

/** Of a few inner cells, chosen by chance and for being small. */
const smallOrBy =
  (share: number): Hides =>
  (codes, value, chance) =>
    totalsIn(codes) < 2 && (value < 5 || chance() < share)

test('of a component too large to search the bounds hold, and what is shown apart is so in whole numbers too', async () => {
  let [open, narrower, compared] = [0, 0, 0]
  for (let seed = 1; seed <= 24; seed++) {
    const table = threeWay(seed, 3 + (seed % 2), [8, 20, 60][seed % 3] ?? 8, smallOrBy(0.1))
    const system = buildSystem([table], findDimensions([table]), { minimum: 5 })
    const keeps = { width: new Float64Array(system.cells).fill(4), most: new Float64Array(system.cells).fill(5) }
    const exact = await findIntervals(system, { reading: 'complete', solver, keeps })
    const large = await findIntervals(system, { reading: 'complete', solver, keeps, mostSearched: 0 })
    for (let cell = 0; cell < system.cells; cell++) {
      if (system.state[cell] !== 2) continue
      const [least, most] = [exact.least[cell] ?? 0, exact.most[cell] ?? 0]
      const [low, high] = [large.least[cell] ?? 0, large.most[cell] ?? 0]
      compared++
      expect(low).toBeLessThanOrEqual(least)
      expect(high).toBeGreaterThanOrEqual(most)
      const isOpen = isTooNarrow(keeps, cell, least, most)
      if (isOpen) open++
      if (isTooNarrow(keeps, cell, low, high)) narrower++
      else if (large.isUndecided[cell] === 0) expect(isOpen).toBe(false)
    }
  }
  expect(compared).toBeGreaterThan(800)
  expect(open).toBeGreaterThan(300)
  // Every open cell is found here: of sums this few the solver sees all.
  expect(narrower).toBe(open)
})

test('in thousands of cells that hang together all are answered, and one that several sums together open is found', async () => {
  const settled = async (hides: Hides) => {
    const table = threeWay(5, 14, 40, hides)
    const system = buildSystem([table], findDimensions([table]), { minimum: 5 })
    const keeps = { width: new Float64Array(system.cells).fill(4), most: new Float64Array(system.cells).fill(5) }
    const found = await findIntervals(system, { reading: 'complete', solver, keeps })
    const hidden = [...system.state.keys()].filter((cell) => system.state[cell] === 2)
    const open = hidden.filter((cell) => isTooNarrow(keeps, cell, found.least[cell] ?? 0, found.most[cell] ?? 0))
    const undecided = hidden.filter((cell) => found.isUndecided[cell] === 1)
    const names = system.dimensions.map(({ name }) => name)
    const codesOf = (cell: number): string =>
      ['a', 'b', 'c']
        .map((name) => {
          const d = names.indexOf(name)
          return system.codes[d]?.[system.cellCodes[cell * names.length + d] ?? 0]
        })
        .join(' ')
    return { hidden: hidden.length, open: open.map(codesOf), undecided: undecided.length }
  }
  const half = smallOrBy(0.5)
  const closed = await settled(half)
  expect(closed).toMatchObject({ open: [], undecided: 0 })
  expect(closed.hidden).toBeGreaterThan(1500)
  // Rows 0 and 1 less columns 0 and 1 of one layer leave a single cell, though every sum it is in has others that are hidden.
  const opened = await settled((codes, value, chance) => {
    const [a, b, c] = codes
    const isHidden = half(codes, value, chance)
    if (c !== '0') return isHidden
    if (['0 0', '0 1', '0 2', '1 0', '1 1', '3 2'].includes(`${a} ${b}`)) return true
    return isHidden && a !== '0' && a !== '1' && b !== '0' && b !== '1'
  })
  expect(opened.open).toContain('0 2 0')
  expect(opened.undecided).toBe(0)
})

/** Park & Miller 1988. */
function chanceFrom(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
