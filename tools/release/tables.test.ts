import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { harmlessCell } from '@lentera/core/shared/harmless-cell'
import type { PublishedTable } from '@lentera/release/audit'
import { protectTable, readRules } from '@lentera/release/suppress'
import { secureBits } from '@lentera/server/publications/secure-bits'
import { loadSolver } from '@lentera/solver'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { inventedTable, likeUnodc, partitionsOfInvented } from './invented-table.ts'
import { readTable } from './read-table.ts'
import { workOnTables } from './tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'lentera-tables-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const never = new AbortController().signal

function put(name: string, text: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function csv({ dimensions, rows }: ReturnType<typeof inventedTable>): string {
  return [[...dimensions, 'value'], ...rows.map(({ codes, shown }) => [...codes, shown])]
    .map((row) => `${row.join(',')}\n`)
    .join('')
}

const protect = (
  table: string,
  to: string,
  rules: unknown = {},
  signal = never,
  progress: (stage: string) => void = () => {},
  earlier: readonly string[] = [],
  stood: string | null = null,
  keep: string | null = null,
) =>
  workOnTables(
    {
      kind: 'protect',
      table,
      earlier,
      stood: stood === null ? [] : [stood],
      to: join(folder, to),
      keep,
      rules: put('rules.json', JSON.stringify(rules)),
      seconds: 20,
      secret: null,
    },
    progress,
    signal,
  )
const audit = (tables: readonly string[], rules: unknown = {}) =>
  workOnTables(
    {
      kind: 'audit',
      tables,
      rules: put('rules.json', JSON.stringify(rules)),
      reading: 'complete',
      zeros: 'unsaid',
      releases: 'same',
    },
    () => {},
    never,
  )

describe('a full table becomes one that may be published', () => {
  it('in which the auditor finds none open, and as it was in which it finds many', async () => {
    const rules = { hierarchies: { partitions: partitionsOfInvented([6, 5, 4]) } }
    const full = inventedTable([6, 5, 4], 2000, 3)
    const table = put('full.csv', csv(full))
    expect(await protect(table, 'out.csv', rules)).toMatchObject({ ok: true, value: { report: { open: 0 } } })
    const safe = await audit([join(folder, 'out.csv')], rules)
    expect(safe).toMatchObject({
      ok: true,
      value: { audit: { open: 0, inTheClear: 0, contradictory: 0, sums: { fallShort: 0, exceed: 0 } } },
    })
    const unprotected = await audit([table], rules)
    const few = full.rows.filter(({ shown }) => Number(shown) > 0 && Number(shown) < 5).length
    expect(unprotected).toMatchObject({ ok: true, value: { audit: { hidden: 0, open: 0, inTheClear: few } } })
    expect(few).toBeGreaterThan(5)
    // Primary suppression only: what most publishers do.
    const rows = full.rows.map(({ codes, shown }) => ({
      codes,
      shown: Number(shown) > 0 && Number(shown) < 5 ? '<5' : shown,
    }))
    const naive = await audit([put('naive.csv', csv({ ...full, rows }))], rules)
    expect(naive?.ok && naive.value.kind === 'audit' && naive.value.audit.open).toBeGreaterThan(0)
  })

  it("of the shape of UNODC's, and none of it is open afterwards", async () => {
    const rules = { hierarchies: { combine: [['Dimension', 'Category']] } }
    const full = likeUnodc(4, 5)
    const table = put('unodc.csv', csv(full))
    expect(await protect(table, 'unodc-out.csv', rules)).toMatchObject({ ok: true, value: { report: { open: 0 } } })
    expect(await audit([join(folder, 'unodc-out.csv')], rules)).toMatchObject({
      ok: true,
      value: { audit: { open: 0 } },
    })
    const rows = full.rows.map(({ codes, shown }) => ({ codes, shown: Number(shown) < 5 ? '<5' : shown }))
    const naive = await audit([put('unodc-naive.csv', csv({ ...full, rows }))], rules)
    expect(naive?.ok && naive.value.kind === 'audit' && naive.value.audit.open).toBeGreaterThan(5)
  })

  it('in which a spreadsheet runs nothing', async () => {
    const table = put('formula.csv', 'area,value\n=cmd|calc,30\n@sum,40\n-7,50\nTotal,120\n')
    expect(await protect(table, 'formula-out.csv')).toMatchObject({ ok: true })
    expect(readFileSync(join(folder, 'formula-out.csv'), 'utf8').split('\n').slice(1, 4)).toEqual([
      "'=cmd|calc,30",
      "'@sum,40",
      '-7,50',
    ])
  })

  it('whole or not at all: whoever stops it has no file, nor a piece of one', async () => {
    const table = put('large.csv', csv(inventedTable([12, 11, 10], 20_000, 3)))
    const stop = new AbortController()
    const begun = vi.fn(() => stop.abort())
    expect(await protect(table, 'stopped.csv', {}, stop.signal, begun)).toBeUndefined()
    expect(begun).toHaveBeenCalled()
    expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual([])
  })
})

it('two releases that are each closed are found open together, and only how many cells is told', async () => {
  const first = put('first.csv', 'sex,value\nTotal,30\nF,x\nM,x\nOther,6\n')
  const second = put('second.csv', 'sex,value\nTotal,30\nF,13\nM,x\nOther,x\n')
  const found = await audit([first, second])
  expect(found).toMatchObject({ ok: true, value: { audit: { open: 2, onlyThroughReleases: 2 } } })
  const { dimensions, ...told } = found?.ok && found.value.kind === 'audit' ? found.value.audit : { dimensions: [] }
  expect(dimensions.map(({ partitions }) => partitions)).toEqual([[{ whole: 'Total', parts: ['F', 'M', 'Other'] }]])
  expect(JSON.stringify(told)).not.toMatch(/"(F|M|Other)"|\b1[13]\b/)
  for (const alone of [first, second])
    expect(await audit([alone])).toMatchObject({ ok: true, value: { audit: { open: 0 } } })
})

it('a table is protected beside one that is out already, or refused by name', async () => {
  const table = put('beside.csv', 'sex,value\nTotal,30\nF,3\nM,21\nOther,6\n')
  const earlier = put('beside-earlier.csv', 'sex,value\nTotal,30\nF,x\nM,x\nOther,6\n')
  const alone = await protect(table, 'alone-out.csv')
  expect(alone).toMatchObject({ ok: true })
  expect(await audit([join(folder, 'alone-out.csv'), earlier])).toMatchObject({ value: { audit: { open: 2 } } })
  expect(await protect(table, 'beside-out.csv', {}, never, () => {}, [earlier])).toMatchObject({ ok: true })
  expect(await audit([join(folder, 'beside-out.csv'), earlier])).toMatchObject({ value: { audit: { open: 0 } } })
  const refused = await protect(table, 'beside-refused.csv', { method: 'cell-key' }, never, () => {}, [earlier])
  expect(refused?.ok === false && refused.refusal.code).toBe('tables.no-secret')
  const rounded = await protect(table, 'beside-rounded.csv', { method: 'round' }, never, () => {}, [earlier])
  if (!rounded || rounded.ok) throw new Error('rounding hides nothing beside what is out')
  expect(rounded.refusal.code).toBe('protect.earlier-only-hides')
  // To go on without the earlier table would show who came or left: nobody is told to.
  const said = textOf(readCatalogue('en'))(`refusal.${rounded.refusal.code}`)
  expect(said).toContain('Use the method “suppress” with --earlier')
  expect(said).not.toMatch(/leave .*earlier/)
})

it('what went out is followed by a table of what stands, beside which nobody who came or left shows', async () => {
  const table = put('beside.csv', 'sex,value\nTotal,30\nF,3\nM,21\nOther,6\n')
  const earlier = put('beside-earlier.csv', 'sex,value\nTotal,30\nF,x\nM,x\nOther,6\n')
  const more = put('beside-more.csv', 'sex,value\nTotal,40\nF,x\nM,x\nOther,6\n')
  const fewer = put('beside-fewer.csv', 'sex,value\nTotal,29\nF,3\nM,20\nOther,6\n')
  expect(await protect(fewer, 'beside-stands.csv', {}, never, () => {}, [earlier])).toMatchObject({
    value: { report: { stands: true } },
  })
  expect(readFileSync(join(folder, 'beside-stands.csv'), 'utf8')).toBe(readFileSync(earlier, 'utf8'))
  // Ten went: that blocks nothing. What the newest was made of may be said, and has to be it.
  expect(await protect(table, 'beside-shrank.csv', {}, never, () => {}, [more])).toMatchObject({
    value: { report: { stood: 5 } },
  })
  const was = put('beside-was.csv', 'sex,value\nTotal,40\nF,3\nM,31\nOther,6\n')
  const kept = join(folder, 'beside-kept.csv')
  const moved = put('beside-moved.csv', 'sex,value\nTotal,51\nF,4\nM,40\nOther,7\n')
  expect(await protect(moved, 'beside-stood.csv', {}, never, () => {}, [more], was, kept)).toMatchObject({ ok: true })
  expect(readFileSync(join(folder, 'beside-stood.csv'), 'utf8')).toBe('sex,value\nTotal,49\nF,x\nM,x\nOther,6\n')
  expect(readFileSync(kept, 'utf8')).toBe('sex,value\nTotal,49\nF,3\nM,40\nOther,6\n')
  const other = put('beside-other.csv', 'sex,value\nTotal,50\nF,3\nM,31\nOther,16\n')
  const differs = await protect(table, 'beside-differs.csv', {}, never, () => {}, [more], other)
  expect(differs?.ok === false && differs.refusal.code).toBe('protect.stood-differs')
  expect(readdirSync(folder)).not.toContain('beside-differs.csv')
})

it('codes that a spreadsheet would run make the same editions through files as in memory, and show no newcomer', async () => {
  const rules = { hierarchies: { partitions: { '+age': { Total: ['+60', '=x', '-17', "'+60", "'plain"] } } } }
  const counts = (plus: number, more: number): PublishedTable => {
    const inner = [
      ['F', '+60', 12 + plus],
      ['F', '=x', 20 + more],
      ['F', '-17', 3],
      ['F', "'+60", 30],
      ['F', "'plain", 31],
      ['M', '+60', 9],
      ['M', '=x', 2],
      ['M', '-17', 14],
      ['M', "'+60", 8],
      ['M', "'plain", 25],
    ] as const
    const cells = new Map<string, number>()
    for (const [sex, age, count] of inner)
      for (const key of [`${sex} ${age}`, `${sex} Total`, `Total ${age}`, 'Total Total'])
        cells.set(key, (cells.get(key) ?? 0) + count)
    const rows = [...cells].map(([key, count]) => ({ codes: key.split(' '), shown: String(count) }))
    return { name: 't', dimensions: ['sex', '+age'], rows }
  }
  const [t0, t1, t2] = [counts(0, 0), counts(1, 0), counts(1, 12)]
  const written = [t0, t1, t2].map(({ dimensions, rows }, edition) => {
    // As it came from elsewhere: unguarded, but for the code that would be read as a guarded one.
    const typed = (code: string): string => (code.startsWith("'") ? harmlessCell(code) : code)
    const given = rows.map((row) => ({ ...row, codes: row.codes.map(typed) }))
    return put(`plus-${edition}.csv`, csv({ name: 't', dimensions, rows: given }))
  })
  const file = (name: string): string => join(folder, name)
  const [first = '', second = '', third = ''] = written
  expect(await protect(first, 'plus-e0.csv', rules, never, () => {}, [], null, file('plus-k0.csv'))).toMatchObject({
    ok: true,
  })
  const e0 = file('plus-e0.csv')
  const one = await protect(second, 'plus-e1.csv', rules, never, () => {}, [e0], file('plus-k0.csv'))
  expect(one).toMatchObject({ value: { report: { stands: true } } })
  expect(readFileSync(file('plus-e1.csv'), 'utf8')).toBe(readFileSync(e0, 'utf8'))
  expect(await protect(third, 'plus-e2.csv', rules, never, () => {}, [e0], file('plus-k0.csv'))).toMatchObject({
    value: { report: { stood: 5 } },
  })
  const read = readRules(rules)
  if (!read.ok) throw new Error(read.refusal.code)
  const inMemory = async (table: PublishedTable, earlier: readonly PublishedTable[], stood?: PublishedTable) => {
    const start = performance.now()
    const done = await protectTable(table, read.value, {
      solver: await loadSolver(),
      elapsed: () => performance.now() - start,
      budget: 20_000,
      earlier,
      ...(stood ? { stood: [stood] } : {}),
      bits: secureBits(),
      keyOf: () => 0,
    })
    if (!done.ok) throw new Error(done.refusal.code)
    return { name: 'e', dimensions: done.value.dimensions, rows: done.value.rows, stood: done.value.madeOf }
  }
  const m0 = await inMemory(t0, [])
  const m2 = await inMemory(t2, [m0], m0.stood)
  for (const [name, edition] of Object.entries({ 'plus-e0.csv': m0, 'plus-e2.csv': m2 })) {
    const again = await readTable(file(name), null)
    expect(again.ok && again.value).toMatchObject({ dimensions: edition.dimensions, rows: edition.rows })
  }
  expect(readFileSync(e0, 'utf8')).toContain("\nF,'+60,")
  expect(readFileSync(e0, 'utf8')).toContain("\nF,''+60,")
})

it('how far the totals of what stands lag is told to the owner, and nothing of it is in the file', async () => {
  const forms = ['labour', 'sexual', 'marriage']
  const counts = (more: number): PublishedTable => {
    const cells = new Map<string, number>()
    for (let district = 0; district < 6; district++)
      for (const [at, form] of forms.entries())
        for (const key of [`d${district} ${form}`, `d${district} Total`, `Total ${form}`, 'Total Total'])
          cells.set(key, (cells.get(key) ?? 0) + 8 + 3 * district + at + more)
    const rows = [...cells].map(([key, count]) => ({ codes: key.split(' '), shown: String(count) }))
    return { name: 't', dimensions: ['district', 'form'], rows }
  }
  const [first, second] = [put('lag-0.csv', csv(counts(0))), put('lag-1.csv', csv(counts(4)))]
  const kept = join(folder, 'lag-k0.csv')
  const one = await protect(first, 'lag-e0.csv', {}, never, () => {}, [], null, kept)
  expect(one).toMatchObject({ value: { report: { warnings: ['one-run'] } } })
  expect(JSON.stringify(one)).not.toContain('totalAway')
  const e0 = join(folder, 'lag-e0.csv')
  const two = await protect(second, 'lag-e1.csv', {}, never, () => {}, [e0], kept)
  // Four in each of eighteen: more than the minimum, though none of them moved by it.
  expect(two).toMatchObject({ value: { report: { stands: true, totalAway: 72, warnings: [] } } })
  expect(readFileSync(join(folder, 'lag-e1.csv'), 'utf8')).toBe(readFileSync(e0, 'utf8'))
})

describe('a bad file is refused with its reason, and nothing is written', () => {
  it.each([
    ['empty', '', 'sheets.file-empty'],
    ['only names of columns', 'sex,value\n', 'tables.no-rows'],
    ['a column of names', 'name,value\nAye,3\n', 'tables.names-column'],
    [
      'a column of first names under another heading',
      'survivor,country,value\nMalee,TH,1\nSokha,KH,1\nThida,MM,1\nTotal,Total,3\n',
      'tables.looks-like-names',
    ],
    ['no column of counts', 'sex,age\nF,3\n', 'tables.no-value-column'],
    ['a line too short', 'sex,age,value\nF,3\n', 'tables.line-length'],
    ['two columns of one name', 'sex,sex,value\nF,F,3\n', 'tables.column-twice'],
    [
      '500 columns',
      `${Array.from({ length: 500 }, (_, n) => `c${n}`).join(',')},value\n${'1,'.repeat(500)}2\n`,
      'tables.too-many-columns',
    ],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'sheets.is-an-image'],
    [
      'letters of another encoding',
      Uint8Array.of(...Buffer.from('sex,value\nF'), 0xe9, 0xff, ...Buffer.from(',3\n')),
      'sheets.wrong-encoding',
    ],
    ['mixed types', 'sex,value\nF,three\nM,3\n', 'protect.not-counts'],
    ['cells of nothing', 'sex,value\nF,\nM,3\n', 'protect.not-counts'],
    ['totals that are none', 'sex,value\nTotal,9\nF,3\nM,3\n', 'protect.totals-do-not-add-up'],
  ])('%s', async (_, content, code) => {
    const decision = await protect(put('bad.csv', content), 'bad-out.csv')
    expect(decision?.ok === false && decision.refusal.code).toBe(code)
    expect(readdirSync(folder).filter((name) => name.includes('bad-out'))).toEqual([])
  })

  it('of a table of one person nothing is shown', async () => {
    expect(await protect(put('one.csv', 'sex,value\nF,1\n'), 'one-out.csv')).toMatchObject({ ok: true })
    expect(readFileSync(join(folder, 'one-out.csv'), 'utf8')).toBe('sex,value\nF,x\n')
  })
})
