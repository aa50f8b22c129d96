import { createHmac } from 'node:crypto'
import { openBeside } from '@lentera/release/editions'
import { seededBits } from '@lentera/release/microdata'
import { protectTable } from '@lentera/release/suppress'
import { loadSolver, type Solver, startProblem } from '@lentera/solver'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EarlierTable } from './earlier-tables.ts'
import { labelsFromCatalogues } from './labels.ts'
import { makeTable, type TableMaking, type TableTask } from './made-table.ts'

/** What an outsider tried: the same people under another name, one person apart, and one table by many methods. */
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
  keyOf: (codes) => createHmac('sha256', 'a key of this test').update(codes).digest().readUIntBE(0, 6) / 2 ** 48,
  ...broken,
})

const suppression = { name: 'suppression', minimum: 5 } as const
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const taskOf = (
  text: string,
  earlier: readonly EarlierTable[] = [],
  method: TableTask['method'] = suppression,
): TableTask => ({ bytes: bytesOf(text), rows: null, edition: '2026', method, earlier })

async function made(task: TableTask, by = making()) {
  const decided = await makeTable(task, labels, by)
  if (!decided.ok) throw new Error(decided.refusal.code)
  if (decided.value.data.kind !== 'table') throw new Error('it is a table')
  return { ...decided.value, cells: decided.value.data.cells }
}
async function refusalOf(task: TableTask, by = making()) {
  const decided = await makeTable(task, labels, by)
  return decided.ok ? undefined : decided.refusal
}
async function released(task: TableTask, change: Partial<EarlierTable> = {}): Promise<EarlierTable> {
  const { fields, cells, method } = await made(task)
  if (method.name === 'cut-off-tables' || method.name === 'dp-records' || method.name === 'k-records')
    throw new Error('it is a table')
  return { bytes: task.bytes, name: 'Counts', sameName: true, method, shown: { fields, cells }, isOut: true, ...change }
}
const valuesOf = ({ fields, cells }: EarlierTable['shown']): ReadonlyMap<string, number | null> =>
  new Map(
    cells.map(({ codes, value }) => [codes.map((code, at) => fields[at]?.codes[code]?.code).join(), value] as const),
  )

/** Rows of country, sex and count, with every total, or without. */
type Row = readonly [country: string, sex: string, count: number]
const base = (more = 0): readonly Row[] => [
  ['MM', 'F', 31],
  ['MM', 'M', 13],
  ['KH', 'F', 55 + more],
  ['KH', 'M', 31],
]
function withTotals(rows: readonly Row[]): readonly Row[] {
  const sum = (of: (row: Row) => boolean): number => rows.filter(of).reduce((all, [, , count]) => all + count, 0)
  const countries = [...new Set(rows.map(([country]) => country))]
  const sexes = [...new Set(rows.map(([, sex]) => sex))]
  return [
    ...rows,
    ...countries.map((country): Row => [country, 'Total', sum(([own]) => own === country)]),
    ...sexes.map((sex): Row => ['Total', sex, sum(([, own]) => own === sex)]),
    ['Total', 'Total', sum(() => true)],
  ]
}
const csv = (rows: readonly Row[], header = 'country,sex,value'): string =>
  `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`

describe('the same people under another name', () => {
  const first = csv(withTotals(base()))
  const called: Readonly<Record<string, string>> = { MM: 'Myanmar', KH: 'Cambodia', F: 'women', M: 'men', Total: 'All' }
  const ways: Readonly<Record<string, string>> = {
    'as they were': first,
    'with line ends of another machine': first.replaceAll('\n', '\r\n'),
    'with one person more': csv(withTotals(base(1))),
    'with a constant column': withTotals(base(1)).reduce(
      (text, [country, sex, count]) => `${text}${country},${sex},all forms,${count}\n`,
      'country,sex,kind,value\n',
    ),
    'with other names of columns': csv(withTotals(base(1)), 'land,gender,persons'),
    'with columns in another order': withTotals(base(1)).reduce(
      (text, [country, sex, count]) => `${text}${sex},${country},${count}\n`,
      'sex,country,value\n',
    ),
    'with codes called otherwise': csv(
      withTotals(base(1)).map(([country, sex, count]): Row => [called[country] ?? '', called[sex] ?? '', count]),
      'land,gender,persons',
    ),
    'without totals': csv(base(1)),
    'by country alone': 'country,value\nMM,44\nKH,87\nTotal,131\n',
    'of one country of theirs': 'country,sex,value\nKH,F,56\nKH,M,31\nKH,Total,87\n',
  }

  it.each(Object.keys(ways))('are known %s', async (way) => {
    const before = await released(taskOf(first), { sameName: false, name: 'Women and men' })
    expect(await refusalOf(taskOf(ways[way] ?? '', [before]))).toEqual({
      code: 'publication.same-people',
      values: { name: 'Women and men' },
    })
    // Where nothing was released of them they are published.
    expect(await refusalOf(taskOf(ways[way] ?? ''))).toBeUndefined()
  })

  it('are known by another cut, though neither has a total', async () => {
    const before = await released(taskOf(csv(base())), { sameName: false, name: 'Women and men' })
    const byForm = 'country,form,value\nMM,labour,30\nMM,other,14\nKH,labour,57\nKH,other,29\n'
    expect(await refusalOf(taskOf(byForm, [before]))).toMatchObject({ code: 'publication.same-people' })
    expect(await refusalOf(taskOf(byForm.replace('57', '58'), [before]))).toMatchObject({
      code: 'publication.same-people',
    })
  })

  it('are known whatever the method, so that each name does not have a budget of its own', async () => {
    const dp = { name: 'dp-table', epsilon: 1000 } as const
    const before = await released(taskOf(first, [], dp), { sameName: false })
    for (const text of [`${first}\n\n`, first.replaceAll('\n', '\r\n')])
      expect(await refusalOf(taskOf(text, [before], dp))).toMatchObject({ code: 'publication.same-people' })
    expect(await refusalOf(taskOf(first, [{ ...before, sameName: true }], dp))).toBeUndefined()
  })

  it('are not seen in other people: of a hundred tables of another population one at most', async () => {
    const seen = { taken: 0 }
    const cell = fc.oneof(fc.nat(9), fc.integer({ min: 10, max: 90 }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 6, maxLength: 6 }),
        fc.array(cell, { minLength: 6, maxLength: 6 }),
        async (a, b) => {
          const [one, other] = [a, b].map((counts) =>
            csv(counts.map((count, at): Row => [['MM', 'KH', 'TH'][at % 3] ?? '', at < 3 ? 'F' : 'M', count])),
          )
          const before = await makeTable(taskOf(one ?? ''), labels, making())
          if (!before.ok || before.value.data.kind !== 'table') return
          const earlier = { bytes: bytesOf(one ?? ''), name: 'One', sameName: false, method: suppression, isOut: true }
          const shown = { fields: before.value.fields, cells: before.value.data.cells }
          const refused = await refusalOf(taskOf(other ?? '', [{ ...earlier, shown }]))
          if (refused?.code === 'publication.same-people') seen.taken++
        },
      ),
      { numRuns: 100, seed: 11 },
    )
    expect(seen.taken).toBeLessThanOrEqual(1)
  })
})

describe('a part of the people without the column that says of which part', () => {
  const rows: readonly (readonly [string, string, string, number])[] = [
    ['MM', 'F', 'labour', 31],
    ['MM', 'F', 'sexual', 47],
    ['MM', 'M', 'labour', 26],
    ['MM', 'M', 'sexual', 8],
    ['KH', 'F', 'labour', 55],
    ['KH', 'F', 'sexual', 62],
    ['KH', 'M', 'labour', 71],
    ['KH', 'M', 'sexual', 19],
  ]
  const whole = `country,sex,form,value\n${rows.map((row) => row.join()).join('\n')}\n`
  const partOf = (
    is: (row: (typeof rows)[number]) => boolean,
    places: readonly number[],
    head: string,
    more = 0,
  ): string =>
    `${head}\n${rows
      .filter(is)
      .map((row, at) => [...places.map((place) => row[place]), row[3] + (at === 0 ? more : 0)].join())
      .join('\n')}\n`
  const ways: Readonly<Record<string, string>> = {
    'of one country': partOf(([country]) => country === 'KH', [1, 2], 'sex,form,value'),
    'of one country, with one person more': partOf(([country]) => country === 'KH', [1, 2], 'sex,form,value', 1),
    'of one country, under other headings': partOf(([country]) => country === 'KH', [2, 1], 'kind,gender,persons'),
    'of one sex': partOf(([, sex]) => sex === 'M', [0, 2], 'country,form,value'),
  }

  it.each(Object.keys(ways))(
    'is known %s: under another name as the same people, under their own as what its column would say',
    async (way) => {
      const before = await released(taskOf(whole))
      const text = ways[way] ?? ''
      expect(await refusalOf(taskOf(text, [{ ...before, sameName: false }]))).toMatchObject({
        code: 'publication.same-people',
      })
      const refused = await refusalOf(taskOf(text, [before]))
      expect(refused?.code).toBe('publication.part-without-column')
      expect(refused?.values).toMatchObject(
        way.includes('sex') ? { column: 'sex', code: 'M' } : { column: 'country', code: 'KH' },
      )
      expect(await refusalOf(taskOf(text))).toBeUndefined()
    },
  )

  it('that was published first is known again in the whole, and audited as the part that it is', async () => {
    const before = await released(taskOf(ways['of one country'] ?? ''))
    expect(await refusalOf(taskOf(whole, [{ ...before, sameName: false }]))).toMatchObject({
      code: 'publication.same-people',
    })
    // Its women in labour became one more: beside the part that is out, the whole does not say so.
    const moved = whole.replace('KH,F,labour,55', 'KH,F,labour,56').replace('MM,F,labour,31', 'MM,F,labour,61')
    const after = await makeTable(taskOf(moved, [before]), labels, making())
    if (!after.ok || after.value.data.kind !== 'table') throw new Error('it is made')
    const shown = valuesOf({ fields: after.value.fields, cells: after.value.data.cells })
    expect([shown.get('KH,F,labour'), shown.get('MM,F,labour')]).toEqual([55, 61])
    const alone = await made(taskOf(moved))
    expect(valuesOf(alone).get('KH,F,labour')).toBe(56)
  })

  it('is not seen in other people: of a hundred tables of parts of another population two at most', async () => {
    const count = fc.integer({ min: 5, max: 90 })
    let taken = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(count, { minLength: 8, maxLength: 8 }),
        fc.array(count, { minLength: 4, maxLength: 4 }),
        async (a, b) => {
          const other = `country,sex,form,value\n${rows.map(([country, sex, form], at) => `${country},${sex},${form},${a[at]}`).join('\n')}\n`
          const before = await makeTable(taskOf(other), labels, making())
          if (!before.ok || before.value.data.kind !== 'table') return
          const shown = { fields: before.value.fields, cells: before.value.data.cells }
          const earlier = {
            bytes: bytesOf(other),
            name: 'One',
            sameName: false,
            method: suppression,
            shown,
            isOut: true,
          }
          const text = `sex,form,value\n${rows
            .slice(0, 4)
            .map(([, sex, form], at) => `${sex},${form},${b[at]}`)
            .join('\n')}\n`
          const refused = await refusalOf(taskOf(text, [earlier]))
          if (refused?.code === 'publication.same-people') taken++
        },
      ),
      { numRuns: 100, seed: 17 },
    )
    expect(taken).toBeLessThanOrEqual(2)
  })
})

describe('a second edition', () => {
  const edition = (women: number, men: number): string =>
    csv(
      withTotals([
        ['MM', 'F', 24],
        ['MM', 'M', 6],
        ['KH', 'F', women],
        ['KH', 'M', men],
      ]),
    )

  it('in which one was corrected and nothing else moved has nothing new: the first stands', async () => {
    const first = await released(taskOf(edition(55, 9)))
    expect(await refusalOf(taskOf(edition(55, 10), [first]))).toEqual({
      code: 'publication.nothing-new',
      values: { least: 5 },
    })
    // So it does when its columns are called otherwise.
    const renamed = edition(55, 10).replace('country,sex', 'land,gender')
    expect(await refusalOf(taskOf(renamed, [first]))).toMatchObject({ code: 'publication.nothing-new' })
  })

  it('leaves what moved by one to four as it was, with its totals, and shows what moved by more', async () => {
    const first = await released(taskOf(edition(55, 9)))
    const second = valuesOf(await made(taskOf(edition(75, 10), [first])))
    expect([second.get('KH,M'), second.get('Total,M')]).toEqual([9, 15])
    expect(second.get('MM,F')).toBe(24)
    expect([second.get('KH,F'), second.get('KH,Total'), second.get('Total,Total')]).toEqual([75, 84, 114])
  })

  const moving = [{ name: 'rounding', base: 5 } as const, { name: 'cell-key', most: 5 } as const]
  it.each(moving)(
    'by $name leaves what moved by one to four as it was: who came, left or was corrected is nowhere in it',
    async (method) => {
      const first = await released(taskOf(edition(55, 9), [], method))
      const shownFor = async (women: number, men: number) => {
        const { method: said, ...after } = await made(taskOf(edition(women, men), [first], method))
        return { stood: 'stood' in said ? said.stood : undefined, cells: [...valuesOf(after)] }
      }
      const same = await shownFor(75, 9)
      for (const men of [5, 6, 8, 10, 11, 13]) expect((await shownFor(75, men)).cells).toEqual(same.cells)
      // Said of every later edition: of those alone in which somebody moved it would say so.
      expect([same.stood, (await shownFor(75, 10)).stood]).toEqual([true, true])
      // From five on it is told; and where nothing moved by five the first stands.
      expect((await shownFor(75, 24)).cells).not.toEqual(same.cells)
      expect(await refusalOf(taskOf(edition(55, 10), [first], method))).toMatchObject({
        code: 'publication.nothing-new',
      })
    },
  )

  it('after which a third is laid beside how the second stood: a slow move is told when it is five in all', async () => {
    const [method] = moving
    const first = await released(taskOf(edition(55, 9), [], method))
    const second = await released(taskOf(edition(75, 11), [first], method))
    const third = async (men: number) => [...valuesOf(await made(taskOf(edition(95, men), [first, second], method)))]
    // It stood at 9, and was 11.
    expect(await third(13)).toEqual(await third(9))
    expect(await third(24)).not.toEqual(await third(9))
  })

  it('by rounding is the same release whatever moved by few in any of its cells', async () => {
    const places = ['MM', 'KH', 'TH'] as const
    const sexes = ['F', 'M'] as const
    const textOf = (counts: readonly number[]): string =>
      csv(withTotals(counts.map((count, at): Row => [places[at % 3] ?? '', sexes[Math.floor(at / 3)] ?? '', count])))
    const six = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 6, maxLength: 6 })
    const seen = { released: 0, moved: 0 }
    const method = { name: 'rounding', base: 5 } as const
    await fc.assert(
      fc.asyncProperty(
        six(fc.integer({ min: 5, max: 60 })),
        six(fc.constantFrom(0, 0, 12, 20)),
        six(fc.integer({ min: -4, max: 4 })),
        async (counts, large, small) => {
          const first = await released(taskOf(textOf(counts), [], method))
          const after = async (by: readonly number[]) => {
            const now = counts.map(
              (count, at) => count + (large[at] ?? 0) + ((large[at] ?? 0) === 0 ? (by[at] ?? 0) : 0),
            )
            const decided = await makeTable(taskOf(textOf(now), [first], method), labels, making())
            if (!decided.ok) return decided.refusal.code
            if (decided.value.data.kind !== 'table') throw new Error('it is a table')
            return [...valuesOf({ fields: decided.value.fields, cells: decided.value.data.cells })]
          }
          const [moved, stood] = [await after(small), await after(small.map(() => 0))]
          if (typeof moved === 'string' && moved === 'publication.nothing-new') return
          expect(moved).toEqual(stood)
          if (typeof moved !== 'string') seen.released++
          if (small.some((by, at) => by !== 0 && large[at] === 0)) seen.moved++
        },
      ),
      { numRuns: 20, seed: 5 },
    )
    expect(Math.min(seen.released, seen.moved)).toBeGreaterThan(5)
  })

  it('shows again what it hid, once it has moved by five since it was last shown', async () => {
    const first = await released(taskOf(edition(55, 9)))
    const second = await released(taskOf(edition(75, 10), [first]))
    const third = valuesOf(await made(taskOf(edition(95, 14), [first, second])))
    expect(third.get('KH,M')).toBe(14)
  })

  it('does not open what the first hid by a cell that it hid for its sake: what did not move is one number in both', async () => {
    // The few of LA are hidden with others; twenty more come elsewhere.
    const first = csv(
      withTotals([
        ['LA', 'F', 3],
        ['LA', 'M', 12],
        ['MM', 'F', 21],
        ['MM', 'M', 14],
        ['KH', 'F', 40],
        ['KH', 'M', 33],
      ]),
    )
    const second = first
      .replace('KH,F,40', 'KH,F,60')
      .replace('KH,Total,73', 'KH,Total,93')
      .replace('Total,F,64', 'Total,F,84')
      .replace('Total,Total,123', 'Total,Total,143')
    const before = await released(taskOf(first))
    const after = valuesOf(await made(taskOf(second, [before])))
    expect(after.get('LA,F')).toBeNull()
    expect(after.get('KH,F')).toBe(60)
    // An engine that hides others for its sake the second time gives it away beside the first.
    const other: typeof protectTable = async (table, rules, options) => {
      const done = await protectTable(table, rules, options)
      if (!done.ok) return done
      const hides = new Set(['LA,F', 'LA,Total', 'MM,F', 'MM,Total'])
      const shown = new Map(table.rows.map((row) => [row.codes.join(), row.shown]))
      const rows = done.value.rows.map(({ codes }) => ({
        codes,
        shown: hides.has(codes.join()) ? 'x' : (shown.get(codes.join()) ?? ''),
      }))
      return { ok: true, value: { ...done.value, rows } }
    }
    expect(valuesOf(before.shown).get('LA,M')).toBeNull()
    expect(valuesOf(before.shown).get('LA,Total')).toBe(15)
    expect(await refusalOf(taskOf(second, [before]), making({ protect: other }))).toMatchObject({
      code: 'publication.opens-earlier',
    })
  })
})

describe('an outsider with both editions and a solver', () => {
  const places = ['MM', 'KH', 'TH', 'Total'] as const
  const sexes = ['F', 'M', 'X', 'Total'] as const
  const rowsOf = (counts: readonly number[]): readonly Row[] =>
    withTotals(counts.map((count, at): Row => [places[Math.floor(at / 3)] ?? '', sexes[at % 3] ?? '', count]))
  const byKey = (rows: readonly Row[]): ReadonlyMap<string, number> =>
    new Map(rows.map(([country, sex, count]) => [`${country},${sex}`, count]))

  /**
   * Knows what is shown in both, that totals are sums, that what was shown and is hidden now is what it was unless it moved by five, and of numbers hidden in both that they did not move where
   * nothing moved beside them. What stands did not move.
   *
   * @returns how many hidden cells it bounds to fewer than five values, or to fewer than five persons
   */
  async function openTo(
    before: EarlierTable['shown'],
    after: EarlierTable['shown'],
    a: readonly Row[],
    b: readonly Row[],
  ) {
    const keys = [...byKey(a).keys()]
    const editions = [
      { shown: valuesOf(before), from: 0 },
      { shown: valuesOf(after), from: keys.length },
    ]
    const isShown = (key: string, at: number): boolean => typeof editions[at]?.shown.get(key) === 'number'
    const moveOf = (key: string): number =>
      isShown(key, 0) && isShown(key, 1) ? (byKey(b).get(key) ?? 0) - (byKey(a).get(key) ?? 0) : 0
    const isQuiet = (line: readonly string[]): boolean =>
      line.every((key) => !isShown(key, 0) || isShown(key, 1)) &&
      line.slice(0, -1).reduce((sum, key) => sum + moveOf(key), 0) === moveOf(line.at(-1) ?? '')
    const mayBeSame = (key: string): boolean => {
      if (isShown(key, 0)) return true
      const [country = '', sex = ''] = key.split(',')
      const lines = [
        ...(sex === 'Total' ? [] : [sexes.map((each) => `${country},${each}`)]),
        ...(country === 'Total' ? [] : [places.map((each) => `${each},${sex}`)]),
      ]
      return lines.length === 0 || lines.some(isQuiet)
    }
    const sheetFor = (asked: number, cost: number) => {
      const sheet = startProblem()
      for (const { shown, from } of editions)
        for (const [at, key] of keys.entries()) {
          const value = shown.get(key) ?? null
          sheet.column({
            lower: value ?? 0,
            upper: value ?? 500,
            cost: from + at === asked ? cost : 0,
          })
        }
      const column = (from: number, country: string, sex: string): number => from + keys.indexOf(`${country},${sex}`)
      for (const { from } of editions) {
        for (const country of places)
          sheet.row(
            0,
            0,
            sexes.map((sex) => [column(from, country, sex), sex === 'Total' ? -1 : 1] as const),
          )
        for (const sex of sexes)
          sheet.row(
            0,
            0,
            places.map((country) => [column(from, country, sex), country === 'Total' ? -1 : 1] as const),
          )
      }
      for (const [at, key] of keys.entries()) {
        if (byKey(a).get(key) === byKey(b).get(key) && mayBeSame(key))
          sheet.row(0, 0, [
            [at, 1],
            [keys.length + at, -1],
          ])
      }
      return sheet.problem()
    }
    let open = 0
    for (const { shown, from } of editions)
      for (const [at, key] of keys.entries()) {
        if (shown.get(key) !== null) continue
        const [least, most] = [await solver.solve(sheetFor(from + at, 1)), await solver.solve(sheetFor(from + at, -1))]
        if (!least.ok || !most.ok) throw new Error('the solver answers')
        const [low, high] = [Math.ceil(least.value.objective - 1e-6), Math.floor(1e-6 - most.value.objective)]
        if (high - low < 4 || high < 5) open++
      }
    return open
  }

  it('bounds no hidden cell to few; and would, were the two not audited together', async () => {
    const seen = { released: 0, refused: 0, given: 0, moved: 0 }
    const forgetful: typeof openBeside = (table, method, _, how) => openBeside(table, method, [], how)
    const cell = fc.oneof(fc.nat(9), fc.integer({ min: 10, max: 60 }))
    const move = fc.oneof(
      { weight: 5, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 2, arbitrary: fc.integer({ min: 6, max: 20 }) },
    )
    const nine = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 9, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(nine(cell), nine(move), async (counts, moves) => {
        const after = (least: number) =>
          rowsOf(counts.map((count, at) => count + ((moves[at] ?? 0) < least ? 0 : (moves[at] ?? 0))))
        const [a, b, stood] = [rowsOf(counts), after(0), after(5)]
        if (!(await makeTable(taskOf(csv(a)), labels, making())).ok) return
        const first = await released(taskOf(csv(a)))
        const attacked = async (by: TableMaking): Promise<number | undefined> => {
          const second = await makeTable(taskOf(csv(b), [first]), labels, by)
          if (!second.ok || second.value.data.kind !== 'table') return undefined
          return openTo(first.shown, { fields: second.value.fields, cells: second.value.data.cells }, a, stood)
        }
        const open = await attacked(making())
        seen[open === undefined ? 'refused' : 'released']++
        expect(open ?? 0).toBe(0)
        seen.given += (await attacked(making({ open: forgetful }))) ?? 0
        if (open !== undefined && moves.some((by) => by > 0 && by < 5)) seen.moved++
      }),
      { numRuns: 30, seed: 3 },
    )
    expect(Math.min(seen.released, seen.given, seen.moved)).toBeGreaterThan(2)
  })
})

describe('another cut of the same people, neither with a total', () => {
  const bySex = 'country,sex,value\nKH,F,68\nKH,M,38\nMM,F,127\nMM,M,64\nTH,F,38\nTH,M,21\n'
  const forms = ['begging', 'labour', 'other', 'sexual']
  const byForm = (...counts: readonly (readonly number[])[]): string =>
    `country,form,value\n${counts
      .flatMap((row, country) => row.map((count, form) => `${['KH', 'MM', 'TH'][country]},${forms[form]},${count}`))
      .join('\n')}\n`
  const first = [
    [14, 66, 1, 25],
    [26, 113, 6, 46],
    [9, 36, 3, 11],
  ]

  it('is refused under another name, with one person more too', async () => {
    const before = await released(taskOf(bySex), { sameName: false, name: 'By sex' })
    for (const more of [0, 1]) {
      const counts = first.map((row, country) => row.map((count, form) => count + (country + form === 0 ? more : 0)))
      expect(await refusalOf(taskOf(byForm(...counts), [before]))).toEqual({
        code: 'publication.same-people',
        values: { name: 'By sex' },
      })
    }
  })

  it('hides beside its few under the same name, so that none is the rest of a row', async () => {
    const before = await released(taskOf(bySex))
    const after = valuesOf(await made(taskOf(byForm(...first), [before])))
    const hidden = [...after].flatMap(([key, value]) => (value === null ? [key] : []))
    expect(hidden).toEqual(expect.arrayContaining(['KH,other', 'TH,other']))
    for (const country of ['KH', 'TH'])
      expect(hidden.filter((key) => key.startsWith(country)).length).toBeGreaterThan(1)
    expect(after.get('MM,other')).toBe(6)
    // And so by sex, where the forms were first: what each country has in all would tell the one form that it hid.
    const formsFirst = await released(taskOf(byForm(...first)))
    const sexes = valuesOf(await made(taskOf(bySex, [formsFirst])))
    const shown = [...sexes].filter(([, value]) => value !== null).map(([key]) => key)
    expect(shown).toEqual(['KH,F', 'MM,F', 'MM,M', 'TH,F'])
  })

  it('tells of nobody who came since: of 106 by sex and 108 by form not every form is shown', async () => {
    const before = await released(taskOf(bySex))
    const moved = byForm([10, 68, 5, 25], [26, 133, 6, 46], [9, 36, 3, 11])
    const after = valuesOf(await made(taskOf(moved, [before])))
    const hiddenOf = (country: string) => forms.filter((form) => after.get(`${country},${form}`) === null)
    expect([hiddenOf('KH').length > 0, hiddenOf('MM'), hiddenOf('TH').length > 1]).toEqual([true, [], true])
    // An engine that forgets what moved is found out.
    const forgetful: typeof protectTable = (table, rules, { alsoSensitive: _, ...options }) =>
      protectTable(table, rules, options)
    expect(await refusalOf(taskOf(moved, [before]), making({ protect: forgetful }))).toMatchObject({
      code: 'publication.opens-earlier',
    })
  })
})

describe('one table by several methods', () => {
  const small: readonly Row[] = [
    ['MM', 'F', 2],
    ['MM', 'M', 7],
    ['KH', 'F', 11],
    ['KH', 'M', 1],
    ['TH', 'F', 6],
    ['TH', 'M', 13],
    ['LA', 'F', 4],
    ['LA', 'M', 9],
  ]
  const text = csv(small)

  it('is audited as a whole: a rounding that opens what was hidden is refused, and so is hiding beside roundings that open it', async () => {
    const hidden = await released(taskOf(text))
    const bases = [5, 6, 7, 8, 9, 11, 13, 17]
    const let_through: EarlierTable[] = [hidden]
    const refused: string[] = []
    for (const base of bases) {
      const task = taskOf(text, let_through, { name: 'rounding', base })
      const refusal = await refusalOf(task)
      if (refusal) refused.push(refusal.code)
      else let_through.push(await released(task))
    }
    expect(new Set(refused)).toEqual(new Set(['publication.opens-earlier']))
    // The outsider: bands of all that was let through, laid over one another.
    for (const [key, value] of valuesOf(hidden.shown)) {
      if (value !== null) continue
      const bands = let_through.flatMap(({ method, shown }) => {
        const own = valuesOf(shown).get(key)
        return method.name === 'rounding' && typeof own === 'number'
          ? [[own - method.base + 1, own + method.base - 1]]
          : []
      })
      const [least, most] = [
        Math.max(0, ...bands.map(([low]) => low ?? 0)),
        Math.min(1e9, ...bands.map(([, high]) => high ?? 0)),
      ]
      expect([key, most >= 5, most - least >= 4]).toEqual([key, true, true])
    }
    // Without the audit all of them go through.
    for (const base of bases) expect(await refusalOf(taskOf(text, [], { name: 'rounding', base }))).toBeUndefined()
  })

  it('by cell keys beside roundings is refused where a number is told to be one to four', async () => {
    const roundings: EarlierTable[] = []
    for (const base of [5, 7, 11]) roundings.push(await released(taskOf(text, [], { name: 'rounding', base })))
    const method = { name: 'cell-key', most: 4 } as const
    expect(await refusalOf(taskOf(text, roundings, method))).toMatchObject({ code: 'publication.opens-earlier' })
    expect(await refusalOf(taskOf(text, [], method))).toBeUndefined()
  })
})
