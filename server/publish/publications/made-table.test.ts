import { openBeside } from '@lentera/release/editions'
import { seededBits } from '@lentera/release/microdata'
import { protectTable } from '@lentera/release/suppress'
import { loadSolver, type Solver } from '@lentera/solver'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EarlierTable } from './earlier-tables.ts'
import { labelsFromCatalogues } from './labels.ts'
import { makeTable, type TableMaking, type TableTask } from './made-table.ts'

/** A table of counts, made to be published beside those that were: each rule is shown to hold, and to be missed where it is taken out. */
let solver: Solver
const labels = labelsFromCatalogues()

beforeAll(async () => {
  solver = await loadSolver()
})

const making = (broken: Partial<TableMaking> = {}): TableMaking => ({
  solver,
  elapsed: () => 0,
  budget: 2000,
  bits: seededBits(1),
  keyOf: () => 0.5,
  ...broken,
})

type Counts = readonly (readonly number[])[]
const sum = (of: readonly number[]): number => of.reduce((all, each) => all + each, 0)

function bytesOf(counts: Counts): { readonly bytes: Uint8Array; readonly rows: number } {
  const lines = [
    ...counts.flatMap((row, r) => [...row.map((count, c) => `r${r},c${c},${count}`), `r${r},Total,${sum(row)}`]),
    ...(counts[0] ?? []).map((_, c) => `Total,c${c},${sum(counts.map((row) => row[c] ?? 0))}`),
    `Total,Total,${sum(counts.map(sum))}`,
  ]
  return { bytes: new TextEncoder().encode(`row,column,persons\n${lines.join('\n')}\n`), rows: lines.length }
}

const taskOf = (counts: Counts, earlier: readonly EarlierTable[] = [], minimum = 5): TableTask => ({
  ...bytesOf(counts),
  edition: '2026',
  method: { name: 'suppression', minimum },
  earlier,
})

async function made(task: TableTask, by = making()) {
  const decided = await makeTable(task, labels, by)
  if (!decided.ok) throw new Error(decided.refusal.code)
  if (decided.value.data.kind !== 'table') throw new Error('it is a table')
  return { fields: decided.value.fields, cells: decided.value.data.cells, inside: decided.value.inside }
}
const refusalOf = async (task: TableTask, by = making()): Promise<string | undefined> => {
  const decided = await makeTable(task, labels, by)
  return decided.ok ? undefined : decided.refusal.code
}
async function releasedAs(task: TableTask, change: Partial<EarlierTable> = {}): Promise<EarlierTable> {
  const { method } = task
  const said =
    method.name === 'suppression'
      ? { name: method.name, minimum: method.minimum }
      : method.name === 'dp-table'
        ? { ...method, epsilon: method.epsilon / 1000, delta: 0 }
        : method
  return {
    bytes: task.bytes,
    name: 'Counts',
    sameName: true,
    method: said,
    shown: await made(task),
    isOut: true,
    ...change,
  }
}
const earlierOf = (counts: Counts, minimum = 5): Promise<EarlierTable> => releasedAs(taskOf(counts, [], minimum))

const valuesOf = ({ fields, cells }: EarlierTable['shown']): ReadonlyMap<string, number | null> =>
  new Map(
    cells.map(({ codes, value }) => [codes.map((code, at) => fields[at]?.codes[code]?.code).join(), value] as const),
  )

/** Every cell as it was counted, in the order that fields of a made table have. */
function sparseCells(of: Counts, fields: EarlierTable['shown']['fields']): EarlierTable['shown']['cells'] {
  const at = (field: number, code: string): number => fields[field]?.codes.findIndex((each) => each.code === code) ?? -1
  return new TextDecoder()
    .decode(bytesOf(of).bytes)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([row = '', column = '', count]) => ({ codes: [at(0, row), at(1, column)], value: Number(count) }))
}

const counts: Counts = [
  [3, 12, 40],
  [17, 22, 9],
  [31, 8, 26],
]

describe('what is refused', () => {
  it('a file that is no table of counts, or not the one that was brought', async () => {
    const task = taskOf(counts)
    expect(await refusalOf({ ...task, rows: 3 })).toBe('publication.rows-differ')
    const words = new TextEncoder().encode('row,column,persons\nr0,c0,some\nr0,c1,9\n')
    expect(await refusalOf({ ...task, bytes: words, rows: 2 })).toBe('protect.not-counts')
    expect(await refusalOf({ ...task, bytes: new Uint8Array([0xff, 0xfe, 0x00]), rows: 1 })).toMatch(
      /^(sheets|tables)\./,
    )
    expect(await refusalOf({ ...task, bytes: new TextEncoder().encode('row,persons\n'), rows: 0 })).toBe(
      'tables.no-rows',
    )
  })

  it('hiding more in a second release than in a first: what was shown is known', async () => {
    const before = await earlierOf(counts)
    expect(await refusalOf(taskOf(counts, [before], 20))).toBe('publication.opens-earlier')
    // An auditor that forgets what was released before lets it through.
    const forgetful: typeof openBeside = (table, method, _, how) => openBeside(table, method, [], how)
    expect(await refusalOf(taskOf(counts, [before], 20), making({ open: forgetful }))).toBeUndefined()
    expect(await refusalOf(taskOf(counts, [before]))).toBeUndefined()
  })

  it('zeros shown beside an edition that hid them, or hidden beside one that showed them', async () => {
    const zeros = async (first: 'show' | 'hide', then: 'show' | 'hide'): Promise<string | undefined> => {
      const method = (each: 'show' | 'hide') => ({ name: 'suppression', minimum: 5, zeros: each }) as const
      const before = await makeTable({ ...taskOf(counts), method: method(first) }, labels, making())
      if (!before.ok || before.value.data.kind !== 'table' || before.value.method.name !== 'suppression')
        throw new Error('it is made')
      const { fields, data, method: said } = before.value
      const earlier = { ...(await earlierOf(counts)), method: said, shown: { fields, cells: data.cells } }
      return refusalOf({ ...taskOf(counts, [earlier]), method: method(then) })
    }
    expect(await zeros('hide', 'show')).toBe('publication.zeros-differ')
    expect(await zeros('show', 'hide')).toBe('publication.zeros-differ')
    expect(await zeros('show', 'show')).toBeUndefined()
  })

  it('nothing for the last few who went from a cell where zeros are shown: it stands, and no zero says so', async () => {
    const method = { name: 'suppression', minimum: 5, zeros: 'show' } as const
    const before = await releasedAs({ ...taskOf(counts), method })
    const gone: Counts = [[0, 12, 40], ...counts.slice(1).map((row) => row.map((count) => count + 10))]
    const earlier = { ...before, method: { name: 'suppression', minimum: 5, zeros: 'shown' } as const }
    const after = valuesOf(await made({ ...taskOf(gone, [earlier]), method }))
    expect([after.get('r0,c0'), after.get('r1,c0')]).toEqual([null, 27])
    expect(await refusalOf(taskOf(gone, [await earlierOf(counts)]))).toBeUndefined()
  })

  it('a table of which an engine hid one cell alone: it is its row less the others', async () => {
    const careless: typeof protectTable = async (table, rules, options) => {
      const done = await protectTable(table, rules, options)
      if (!done.ok) return done
      const rows = table.rows.map((row) => (row.shown === '3' ? { ...row, shown: 'x' } : row))
      return { ok: true, value: { ...done.value, rows } }
    }
    expect(await refusalOf(taskOf(counts), making({ protect: careless }))).toBe('publication.opens-earlier')
  })
})

describe('a table whose publisher hid the few already', () => {
  const hid = (task: TableTask): TableTask => ({
    ...task,
    bytes: new TextEncoder().encode(new TextDecoder().decode(task.bytes).replaceAll(/,[1-4]\n/g, ',<5\n')),
  })

  it('is closed by hiding further, and nothing is said of how far off a hidden cell is', async () => {
    const decided = await makeTable(hid(taskOf(counts)), labels, making())
    if (!decided.ok || decided.value.data.kind !== 'table') throw new Error('it is made')
    expect(decided.value.inside.audit).toMatchObject({ open: 0 })
    const hidden = decided.value.data.cells.filter(({ value }) => value === null)
    expect(hidden.length).toBeGreaterThanOrEqual(4)
    const numbers = JSON.stringify([decided.value.inside.quality, decided.value.inside.picture])
    expect(numbers).not.toMatch(/null,"released"|NaN/)
  })

  it('may not be followed by one in which such a cell has come to be told', async () => {
    const before = await releasedAs(hid(taskOf(counts)))
    const grown: Counts = [[8, 12, 40], ...counts.slice(1)]
    const { fields, cells } = await made(taskOf(grown, [before]))
    expect(valuesOf({ fields, cells }).get('r0,c0')).toBeNull()
  })
})

describe('two releases of the same people', () => {
  /** An outsider who subtracts: cells of both that moved by one to four persons. */
  function movedByFew(a: EarlierTable['shown'], b: EarlierTable['shown']): number {
    const second = valuesOf(b)
    return [...valuesOf(a)].filter(([key, value]) => {
      const other = second.get(key)
      const moved = typeof value === 'number' && typeof other === 'number' ? Math.abs(value - other) : 0
      return moved > 0 && moved < 5
    }).length
  }

  it('never differ by one to four persons in what is shown, whatever changed; and would, were they not laid side by side', async () => {
    const seen = { released: 0, refused: 0, given: 0 }
    const cell = fc.oneof(fc.nat(9), fc.integer({ min: 10, max: 60 }))
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })
    const move = fc.record({ row: fc.nat(2), column: fc.nat(2), by: fc.constantFrom(0, 1, 2, 6, 9) })
    await fc.assert(
      fc.asyncProperty(table, move, async (before, { row, column, by }) => {
        const after = before.map((cells, r) =>
          cells.map((count, c) => (r === row && c === column ? count + by : count)),
        )
        const decided = await makeTable(taskOf(before), labels, making())
        if (!decided.ok || decided.value.data.kind !== 'table') return
        const shown = { fields: decided.value.fields, cells: decided.value.data.cells }
        const earlier = await earlierOf(before)
        const next = await makeTable(taskOf(after, [earlier]), labels, making())
        seen[next.ok ? 'released' : 'refused']++
        if (next.ok && next.value.data.kind === 'table')
          expect(movedByFew(shown, { fields: next.value.fields, cells: next.value.data.cells })).toBe(0)
        const alone = await makeTable(taskOf(after), labels, making())
        if (alone.ok && alone.value.data.kind === 'table')
          seen.given += movedByFew(shown, { fields: alone.value.fields, cells: alone.value.data.cells })
      }),
      { numRuns: 25, seed: 7 },
    )
    expect(Math.min(seen.released, seen.refused, seen.given)).toBeGreaterThan(2)
  })
})

describe('a table that is made', () => {
  it('shows no cell of one to four persons and has its wholes marked as such; the picture says what was hidden to those who may see it', async () => {
    const { fields, cells, inside } = await made(taskOf(counts))
    expect(cells.filter(({ value }) => value !== null && value > 0 && value < 5)).toEqual([])
    expect(fields.map(({ codes }) => codes.filter(({ is }) => is === 'total').length)).toEqual([1, 1])
    expect(inside.audit).toMatchObject({ open: 0, earlier: 0 })
    const [, byTwo] = inside.quality?.byLength ?? []
    const hidden = cells.filter(({ codes, value }) => value === null && codes.every((code) => code > 0)).length
    expect(byTwo).toMatchObject({ length: 2, combinations: 9, suppressed: { number: hidden / 9 } })
    expect(hidden).toBeGreaterThan(1)
    expect(inside.picture.map(({ field, parts }) => [field, parts.length])).toEqual([
      ['row', 4],
      ['column', 4],
    ])
  })

  it('has errors over every number that was counted: a hidden one is lost whole, in the mean and in the tail', async () => {
    const sparse: Counts = [
      [0, 3, 40],
      [2, 55, 0],
      [30, 21, 4],
    ]
    const { fields, cells, inside } = await made(taskOf(sparse))
    const shown = valuesOf({ fields, cells })
    const ofTwo = sparse.flatMap((counts, r) =>
      counts.map((count, c) => ({ count, value: shown.get(`r${r},c${c}`) ?? null })),
    )
    const ofSomebody = ofTwo.filter(({ count }) => count > 0)
    const lost = ofSomebody.filter(({ value }) => value === null).map(({ count }) => count)
    const sum = lost.reduce((all, count) => all + count, 0)
    expect(sum).toBeGreaterThan(9)
    expect(inside.quality?.byLength[1]).toMatchObject({
      length: 2,
      combinations: ofSomebody.length,
      error: sum / ofSomebody.length,
      suppressed: { number: lost.length / ofSomebody.length },
      fabricated: { number: 0, weight: 0 },
    })
    expect(inside.quality?.tail?.largest).toBeGreaterThanOrEqual(Math.max(...lost))
  })

  it('shows empty cells where its proposer chose so, and says to those who sign what either choice lets be seen', async () => {
    const sparse: Counts = [
      [0, 3, 40],
      [17, 0, 9],
      [31, 8, 0],
    ]
    const asked = async (zeros: 'show' | 'hide' | undefined) => {
      const method = { name: 'suppression', minimum: 5, ...(zeros ? { zeros } : {}) } as const
      const decided = await makeTable({ ...taskOf(sparse), method }, labels, making())
      if (!decided.ok || decided.value.data.kind !== 'table') throw new Error('it is made')
      return { ...decided.value, cells: decided.value.data.cells }
    }
    const [shown, hidden, unsaid] = [await asked('show'), await asked('hide'), await asked(undefined)]
    expect(unsaid.cells).toEqual(hidden.cells)
    expect(shown.method).toEqual({ name: 'suppression', minimum: 5, zeros: 'shown' })
    expect(hidden.method).toEqual({ name: 'suppression', minimum: 5 })
    expect(shown.cells.filter(({ value }) => value === 0)).toHaveLength(3)
    expect(shown.inside.audit).toMatchObject({ open: 0 })
    // What is said of the other choice is what making it gives.
    expect(shown.inside.zeros?.chosen).toBe('show')
    expect(hidden.inside.zeros?.chosen).toBe('hide')
    expect(shown.inside.zeros?.effects).toEqual(hidden.inside.zeros?.effects)
    for (const [zeros, { cells }] of [['show', shown] as const, ['hide', hidden] as const]) {
      const effect = hidden.inside.zeros?.effects[zeros]
      expect(effect?.shown).toBe(cells.filter(({ value }) => value !== null).length)
      expect(effect?.ofSomebody).toBe(cells.filter(({ value }) => value !== null && value > 0).length)
      expect(effect?.hidden).toBe(cells.filter(({ value }) => value === null).length)
      const real = valuesOf({ fields: shown.fields, cells: sparseCells(sparse, shown.fields) })
      const lost = [...valuesOf({ fields: shown.fields, cells })].filter(([, value]) => value === null)
      expect(effect?.persons).toBe(sum(lost.map(([key]) => real.get(key) ?? 0)))
    }
  })

  it('says what was taken to add up, and where a sum may have been missed', async () => {
    const { inside } = await made(taskOf(counts))
    expect(inside.addsUp).toEqual([
      { field: 'row', codes: 4, sums: [{ whole: 'Total', parts: ['r0', 'r1', 'r2'] }], isWithoutWhole: false },
      { field: 'column', codes: 4, sums: [{ whole: 'Total', parts: ['c0', 'c1', 'c2'] }], isWithoutWhole: false },
    ])
    const text = 'place,persons\na,9\nb,12\nc,30\nd,8\n'
    const alone = await made({ ...taskOf(counts), bytes: new TextEncoder().encode(text), rows: 4 })
    expect(alone.inside.addsUp).toEqual([{ field: 'place', codes: 4, sums: [], isWithoutWhole: true }])
  })

  it('may be rounded, or moved by noise, and says by which method and how strongly', async () => {
    const task = taskOf(counts)
    const methodOf = async (method: TableTask['method']) => {
      const decided = await makeTable({ ...task, method }, labels, making())
      return decided.ok ? decided.value.method : decided.refusal.code
    }
    expect(await methodOf({ name: 'rounding', base: 5 })).toEqual({ name: 'rounding', base: 5 })
    expect(await methodOf({ name: 'cell-key', most: 5 })).toEqual({ name: 'cell-key', most: 5, average: 1.08 })
    expect(await methodOf({ name: 'dp-table', epsilon: 500 })).toEqual({ name: 'dp-table', epsilon: 0.5, delta: 0 })
  })

  it('warns its signers of an epsilon that protects in theory more than in practice', async () => {
    const warned = async (epsilon: number) =>
      (await made({ ...taskOf(counts), method: { name: 'dp-table', epsilon } })).inside.warnings
    expect([await warned(1000), await warned(12_000)]).toEqual([[], ['high-epsilon']])
  })

  it('says how far a noisy one is off from itself alone: the real counts have no part in it', async () => {
    const errors: number[] = []
    for (const epsilon of [1000, 200, 20]) {
      const task: TableTask = { ...taskOf(counts), method: { name: 'dp-table', epsilon } }
      const decided = await makeTable(task, labels, making())
      if (!decided.ok) throw new Error(decided.refusal.code)
      const { quality, inside } = decided.value
      expect(quality?.estimated).toBe(true)
      // Over the cells that show somebody, then or when it was made once more.
      const { data } = decided.value
      const shows = (length: number): number =>
        data.kind === 'table'
          ? data.cells.filter(
              ({ codes, value }) => (value ?? 0) > 0 && codes.filter((code) => code > 0).length === length,
            ).length
          : Number.NaN
      expect(quality?.byLength.map(({ length }) => length)).toEqual([1, 2])
      for (const { length, combinations } of quality?.byLength ?? []) {
        expect(combinations).toBeGreaterThanOrEqual(shows(length))
        expect(combinations).toBeLessThanOrEqual(length === 1 ? 6 : 9)
      }
      expect(quality).not.toEqual(inside.quality)
      errors.push(quality?.byLength[1]?.error ?? Number.NaN)
    }
    expect(errors).toEqual(errors.toSorted((a, b) => a - b))
    // Of the others nothing that was measured is said: what their method promises is, where it is read.
    for (const method of [{ name: 'suppression', minimum: 5 } as const, { name: 'rounding', base: 5 } as const]) {
      const decided = await makeTable({ ...taskOf(counts), method }, labels, making())
      expect(decided.ok && decided.value.quality).toBeNull()
    }
  })
})
