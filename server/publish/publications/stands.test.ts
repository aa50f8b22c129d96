import type { Inside } from '@lentera/core/evidence/publication/answers'
import { seededBits } from '@lentera/release/microdata'
import { loadSolver, type Solver } from '@lentera/solver'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EarlierTable } from './earlier-tables.ts'
import { labelsFromCatalogues } from './labels.ts'
import { makeTable, type TableMaking, type TableTask } from './made-table.ts'

/** An outsider keeps every edition of a table, and asks in which cell somebody came, left or was corrected. */
let solver: Solver
const labels = labelsFromCatalogues()

beforeAll(async () => {
  solver = await loadSolver()
})

const making = (): TableMaking => ({
  solver,
  elapsed: () => 0,
  budget: 2000,
  bits: seededBits(1),
  keyOf: () => 0.5,
})

type Counts = ReadonlyMap<string, number>
type File = { readonly hasEmpty: boolean; readonly hasTotals: boolean }

/** Rows of country, sex and count; with a row for nobody, with totals, or without. */
function fileOf(counts: Counts, { hasEmpty, hasTotals }: File): string {
  const inner = [...counts].filter(([, count]) => hasEmpty || count > 0)
  const sums = new Map<string, number>()
  for (const [key, count] of inner) {
    const [country = '', sex = ''] = key.split(',')
    for (const total of [`${country},Total`, `Total,${sex}`, 'Total,Total'])
      sums.set(total, (sums.get(total) ?? 0) + count)
  }
  const rows = [...inner, ...(hasTotals ? sums : [])]
  return `country,sex,persons\n${rows.map((row) => row.join(',')).join('\n')}\n`
}

/** Three tables that share totals, country by sex, sex by form, country by form, of counts by all three: who is in all three is in none. */
function linkedOf(counts: Counts): string {
  const sums = new Map<string, number>()
  for (const [key, count] of counts) {
    const codes = key.split(',')
    for (let kept = 0; kept < 7; kept++) {
      const cell = codes.map((code, at) => ((kept >> at) & 1 ? code : 'Total')).join()
      sums.set(cell, (sums.get(cell) ?? 0) + count)
    }
  }
  return `country,sex,form,persons\n${[...sums].map((row) => row.join(',')).join('\n')}\n`
}

type Edition = { readonly content: EarlierTable['shown']; readonly hidden: number } | { readonly refused: string }

/** A programme that publishes one table again and again: each edition beside all that went out before. */
async function published(
  editions: readonly Counts[],
  file: File | 'linked',
  method: TableTask['method'],
  signed: (inside: Inside) => void = () => {},
): Promise<Edition[]> {
  const earlier: EarlierTable[] = []
  const all: Edition[] = []
  for (const counts of editions) {
    const bytes = new TextEncoder().encode(file === 'linked' ? linkedOf(counts) : fileOf(counts, file))
    const made = await makeTable({ bytes, rows: null, edition: `${all.length}`, method, earlier }, labels, making())
    if (!made.ok) {
      all.push({ refused: made.refusal.code })
      continue
    }
    const { inside, data, fields, ...said } = made.value
    signed(inside)
    if (data.kind !== 'table' || said.method.name !== 'suppression') throw new Error('it is a table')
    expect(inside.audit).toMatchObject({ open: 0, earlier: earlier.length })
    const shown = { fields, cells: data.cells }
    earlier.push({ bytes, name: 'Counts', sameName: true, method: said.method, shown, isOut: true })
    all.push({ content: { ...said, ...shown }, hidden: data.cells.filter(({ value }) => value === null).length })
  }
  return all
}

const places = ['KH', 'LA', 'MM', 'TH'] as const
const keys = places.flatMap((country) => ['F', 'M', 'X'].map((sex) => `${country},${sex}`))

/** Counts of four editions: in some cells many come or go, in the others nobody. */
const grown = fc.record({
  first: fc.array(fc.oneof(fc.nat(9), fc.integer({ min: 10, max: 90 })), {
    minLength: keys.length,
    maxLength: keys.length,
  }),
  large: fc.array(fc.array(fc.constantFrom(0, 0, 0, 9, 14, 23), { minLength: keys.length, maxLength: keys.length }), {
    minLength: 3,
    maxLength: 3,
  }),
})

/** Two cells of no large move: she comes into the one, leaves it, or goes over to the other, before an edition. */
const hers = fc.record({
  does: fc.constantFrom('comes', 'leaves', 'moves'),
  before: fc.integer({ min: 1, max: 3 }),
  at: fc.nat(keys.length - 1),
  to: fc.nat(keys.length - 1),
})

function editionsOf(
  { first, large }: { readonly first: readonly number[]; readonly large: readonly (readonly number[])[] },
  still: ReadonlySet<number>,
  by: (edition: number, cell: number) => number,
): Counts[] {
  return [0, 1, 2, 3].map(
    (edition) =>
      new Map(
        keys.map((key, cell) => {
          const moved = still.has(cell) ? 0 : large.slice(0, edition).reduce((sum, each) => sum + (each[cell] ?? 0), 0)
          return [key, (first[cell] ?? 0) + moved + by(edition, cell)]
        }),
      ),
  )
}

describe('one person who comes, leaves or moves between editions', () => {
  it.each([
    { hasEmpty: true, hasTotals: true, zeros: 'hide' },
    { hasEmpty: false, hasTotals: true, zeros: 'hide' },
    { hasEmpty: false, hasTotals: false, zeros: 'hide' },
    { hasEmpty: true, hasTotals: true, zeros: 'show' },
  ] as const)(
    'changes nothing in any of them: %j',
    async ({ zeros, ...file }) => {
      const method = { name: 'suppression', minimum: 5, zeros } as const
      const seen = { published: 0, hidden: 0, moved: 0 }
      await fc.assert(
        fc.asyncProperty(grown, hers, async (counts, { does, before, at, to }) => {
          const still = new Set([at, to])
          const by = (edition: number, cell: number): number => {
            if (edition < before) return 0
            if (does === 'moves' && cell === to && at !== to) return 1
            return cell === at ? (does === 'comes' ? 1 : -1) : 0
          }
          const moved = editionsOf(counts, still, by)
          if (moved.some((edition) => [...edition.values()].some((count) => count < 0))) return
          const without = await published(
            editionsOf(counts, still, () => 0),
            file,
            method,
          )
          expect(await published(moved, file, method)).toEqual(without)
          seen.moved++
          for (const edition of without) {
            if (!('hidden' in edition)) continue
            seen.published++
            seen.hidden += edition.hidden
          }
        }),
        { numRuns: 12, seed: 2026 },
      )
      expect(seen.moved).toBeGreaterThan(8)
      expect(Math.min(seen.published, seen.hidden)).toBeGreaterThan(20)
    },
    300_000,
  )

  it('changes nothing in linked tables, where her cells share their totals with those in which many came', async () => {
    const cube = places.flatMap((country) =>
      ['F', 'M'].flatMap((sex) => ['labour', 'sexual', 'other'].map((form) => `${country},${sex},${form}`)),
    )
    const agree = (a: string, b: string): number => {
      const other = b.split(',')
      return a.split(',').filter((code, at) => code === other[at]).length
    }
    const asked = fc.record({
      first: fc.array(fc.integer({ min: 2, max: 60 }), { minLength: cube.length, maxLength: cube.length }),
      many: fc.array(fc.constantFrom(0, 0, 0, 9, 14, 25), { minLength: cube.length, maxLength: cube.length }),
      her: fc.constantFrom(...cube),
      by: fc.constantFrom(-1, 1),
    })
    let shown = 0
    await fc.assert(
      fc.asyncProperty(asked, async ({ first, many, her, by }) => {
        const before = new Map(cube.map((key, at) => [key, first[at] ?? 0]))
        // In a cell of two fields where many came, she would be one of many.
        const grew = new Map(
          cube.map((key, at) => [key, (first[at] ?? 0) + (agree(key, her) > 1 ? 0 : (many[at] ?? 0))]),
        )
        const moved = new Map(grew).set(her, (grew.get(her) ?? 0) + by)
        const method = { name: 'suppression', minimum: 5 } as const
        const without = await published([before, grew], 'linked', method)
        expect(await published([before, moved], 'linked', method)).toEqual(without)
        for (const edition of without) if ('hidden' in edition) shown++
      }),
      { numRuns: 15, seed: 2026 },
    )
    expect(shown).toBeGreaterThan(15)
  }, 300_000)

  it('who was the last of her code, or the first, brings no row and takes none away; five do', async () => {
    const counts = (of: Readonly<Record<string, number>>): Counts =>
      new Map([
        ['KH,F', 50],
        ['KH,M', of['KH,M'] ?? 60],
        ...Object.entries({ 'LA,F': 0, 'LA,M': 0, 'TH,F': 0, ...of }).filter(([key]) => key !== 'KH,M'),
      ])
    const file = { hasEmpty: false, hasTotals: true }
    const by = async (...editions: readonly Counts[]): Promise<Edition[]> =>
      published(editions, file, { name: 'suppression', minimum: 5 })
    const grew = counts({ 'TH,F': 2, 'KH,M': 80 })
    const without = await by(counts({ 'TH,F': 2 }), grew)
    for (const moved of [counts({ 'KH,M': 80 }), counts({ 'TH,F': 2, 'LA,F': 3, 'KH,M': 80 })])
      expect(await by(counts({ 'TH,F': 2 }), moved)).toEqual(without)
    const rowsOf = (edition: Edition | undefined): number =>
      edition === undefined || 'refused' in edition ? 0 : edition.content.cells.length
    const [, came] = await by(counts({ 'TH,F': 2 }), counts({ 'TH,F': 2, 'LA,F': 3, 'LA,M': 4, 'KH,M': 80 }))
    expect(rowsOf(came)).toBe(rowsOf(without[1]) + 3)
    const [, went] = await by(counts({ 'TH,F': 8 }), counts({ 'KH,M': 80 }))
    expect(rowsOf(went)).toBe(rowsOf(without[1]) - 2)
    // With rows for nobody, too: none of a code that went is left behind to tell who was not there.
    const full = { hasEmpty: true, hasTotals: true }
    const ofCambodia: [string, number][] = [
      ['KH,F', 50],
      ['KH,M', 60],
    ]
    const ofLaos: [string, number][] = [
      ['LA,F', 31],
      ['LA,M', 44],
    ]
    const first = new Map([...ofCambodia, ...ofLaos, ['TH,F', 8] as const, ['TH,M', 0] as const])
    const method = { name: 'suppression', minimum: 5 } as const
    const [, left] = await published([first, new Map([...ofCambodia, ...ofLaos]).set('KH,M', 80)], full, method)
    if (left === undefined || 'refused' in left) throw new Error('it is made')
    const thailand = left.content.fields[0]?.codes.findIndex(({ code }) => code === 'TH')
    const ofThailand = left.content.cells.filter(({ codes }) => codes[0] === thailand)
    expect(thailand === -1 ? [] : ofThailand).toEqual([])
  })

  it('is taken in with the next four, and so is a cell that shrinks', async () => {
    const counts = (women: number, men: number): Counts =>
      new Map([
        ['KH,F', women],
        ['KH,M', men],
        ['MM,F', 40],
        ['MM,M', 31],
      ])
    const file = { hasEmpty: true, hasTotals: true }
    const away: (number | undefined)[] = []
    const editions = await published(
      [counts(50, 60), counts(70, 61), counts(90, 63), counts(110, 65), counts(130, 55), counts(150, 66)],
      file,
      { name: 'suppression', minimum: 5 },
      ({ totalAway }) => away.push(totalAway),
    )
    const menIn = (edition: Edition | undefined): number | null | undefined => {
      if (edition === undefined || 'refused' in edition) throw new Error('it is made')
      const { fields, cells } = edition.content
      const codesOf = (codes: readonly number[]): string =>
        codes.map((code, at) => fields[at]?.codes[code]?.code).join()
      return cells.find(({ codes }) => codesOf(codes) === 'KH,M')?.value
    }
    // 66 is near to 65, which stood before.
    expect(editions.map(menIn)).toEqual([60, 60, 60, 65, 55, 65])
    // For those who sign alone: in what everybody gets it is not.
    expect(away).toEqual([undefined, 1, 3, 0, 0, 1])
    expect(JSON.stringify(editions)).not.toMatch(/away/i)
  })
})
