import { StreamId } from '@lentera/core/shared/ids'
import { seededBits } from '@lentera/release/microdata'
import { loadSolver, type Solver } from '@lentera/solver'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EarlierTable } from './earlier-tables.ts'
import { labelsFromCatalogues } from './labels.ts'
import { makeTable, type TableTask } from './made-table.ts'

/** What the two who sign a later edition are told of the one before it. */
let solver: Solver
beforeAll(async () => {
  solver = await loadSolver()
})

const method = { name: 'suppression', minimum: 5 } as const
const release = {
  publication: StreamId.parse('00000000-0000-4000-8000-000000000001'),
  title: { en: 'Persons referred (invented)' },
  asOf: '2026-06-30',
  releasedOn: null,
}

type Row = readonly [country: string, women: number, men: number]

function bytesOf(rows: readonly Row[]): Uint8Array {
  const lines = rows.flatMap(([country, women, men]) => [
    `${country},F,${women}`,
    `${country},M,${men}`,
    `${country},Total,${women + men}`,
  ])
  const sum = (of: 1 | 2): number => rows.reduce((total, row) => total + row[of], 0)
  const totals = [`Total,F,${sum(1)}`, `Total,M,${sum(2)}`, `Total,Total,${sum(1) + sum(2)}`]
  return new TextEncoder().encode(`country,sex,persons\n${[...lines, ...totals].join('\n')}\n`)
}

async function made(rows: readonly Row[], earlier: readonly EarlierTable[]) {
  const task: TableTask = { bytes: bytesOf(rows), rows: null, edition: '2026-12-31', method, earlier }
  const done = await makeTable(task, labelsFromCatalogues(), {
    solver,
    elapsed: () => 0,
    budget: 2000,
    bits: seededBits(1),
    keyOf: () => 0.5,
  })
  if (!done.ok || done.value.data.kind !== 'table' || done.value.method.name !== 'suppression')
    throw new Error('it is a table')
  const { inside, data, fields, method: said } = done.value
  const before: EarlierTable = {
    bytes: task.bytes,
    name: 'Referred',
    sameName: true,
    method: said,
    shown: { fields, cells: data.cells },
    release,
    isOut: true,
  }
  return { inside, before, cells: data.cells }
}

describe('a later edition', () => {
  const first: readonly Row[] = [
    ['KH', 20, 30],
    ['LA', 40, 50],
    ['TH', 60, 70],
  ]

  it('says which release it was laid beside, and that all stood but what moved by many', async () => {
    const { before } = await made(first, [])
    const { inside, cells } = await made([['KH', 20, 50], ...first.slice(1)], [before])
    expect(cells.filter(({ value }) => value === null)).toEqual([])
    // Men of KH, KH, men, and all of them moved; eight stood.
    expect(inside.since).toEqual({
      release,
      cells: { stand: 8, moved: 4, newlyHidden: 0, newlyShown: 0, stayHidden: 0, added: 0, gone: 0 },
    })
  })

  it('counts what is newly hidden, and every cell once', async () => {
    const { before } = await made(first, [])
    const { inside, cells } = await made([['KH', 2, 30], ...first.slice(1)], [before])
    const hidden = cells.filter(({ value }) => value === null).length
    expect(hidden).toBeGreaterThan(1)
    const fates = inside.since?.cells
    expect(fates).toMatchObject({ newlyHidden: hidden, newlyShown: 0, stayHidden: 0, added: 0, gone: 0 })
    expect((fates?.stand ?? 0) + (fates?.moved ?? 0) + hidden).toBe(12)
  })

  it('says the one reason why the other choice of zeros is not beside it', async () => {
    const { inside, before } = await made([['KH', 2, 30], ...first.slice(1)], [])
    expect(inside.since).toBeUndefined()
    expect(inside.zeros?.notTried).toBeUndefined()
    expect(inside.zeros?.effects.show).not.toBeNull()
    const later = await made([['KH', 2, 30], ['LA', 60, 50], ...first.slice(2)], [before])
    expect(later.inside.zeros).toMatchObject({ notTried: 'earlier-edition', effects: { show: null } })
  })
})
