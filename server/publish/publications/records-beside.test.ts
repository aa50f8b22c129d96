import { readLongTable } from '@lentera/core/sheets/long-table'
import { readRecords, seededBits } from '@lentera/release/microdata'
import { loadSolver, type Solver } from '@lentera/solver'
import { beforeAll, describe, expect, it } from 'vitest'
import { inventedRecordsCsv } from '../../../tools/demonstration/invented-records.ts'
import { labelsFromCatalogues } from './labels.ts'
import { makeRecords } from './made-records.ts'
import { makeTable, type TableMaking, type TableTask } from './made-table.ts'
import { openBesideRecords, toldByRecords } from './records-beside.ts'

/** Tables and records of the same people: they are known to be, and what records tell of a table is counted in its audit. */
let solver: Solver
const labels = labelsFromCatalogues()

beforeAll(async () => {
  solver = await loadSolver()
})

const making = (): TableMaking => ({ solver, elapsed: () => 0, budget: 2000, bits: seededBits(1), keyOf: () => 0.5 })
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const suppression = { name: 'suppression', minimum: 5 } as const
const recordsIn = (bytes: Uint8Array) => {
  const read = readRecords(bytes)
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}

/** A table of two columns of a file of records. */
function tableOf(bytes: Uint8Array, a: string, b: string, more = 0): string {
  const [head = '', ...lines] = new TextDecoder().decode(bytes).trim().split('\n')
  const names = head.split(',')
  const [one, two] = [names.indexOf(a), names.indexOf(b)]
  const counts = new Map<string, number>()
  for (const line of lines) {
    const cells = line.split(',')
    if (cells[one] === '' || cells[two] === '') continue
    const key = `${cells[one]},${cells[two]}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const rows = [...counts].map(([key, count], at) => `${key},${count + (at === 0 ? more : 0)}`)
  return `group,kind,persons\n${rows.join('\n')}\n`
}
const taskOf = (text: string, records: TableTask['records'] = []): TableTask => ({
  bytes: bytesOf(text),
  rows: null,
  edition: '2026',
  method: suppression,
  earlier: [],
  records,
})
const csv = inventedRecordsCsv(2000, 5)
const others = inventedRecordsCsv(2000, 6)

describe('the same people, once as records and once as a table', () => {
  const [, a = '', , b = ''] = new TextDecoder().decode(csv).split('\n')[0]?.split(',') ?? []

  it('are known under another name, whichever came first, and with one person more', async () => {
    for (const more of [0, 1]) {
      const text = tableOf(csv, a, b, more)
      const before = { bytes: csv, name: 'Records', sameName: false, held: null }
      const refused = await makeTable(taskOf(text, [before]), labels, making())
      expect(refused).toMatchObject({ refusal: { code: 'publication.same-people', values: { name: 'Records' } } })
      const read = await readTable(text)
      const task = { bytes: csv, rows: null, edition: '2026', about: 'survivors', categories: [], earlier: [] } as const
      const method = { name: 'k-records', k: 10, length: 2 } as const
      const tables = [{ name: 'Counts', sameName: false, counted: read }]
      expect(makeRecords({ ...task, method, tables }, labels, seededBits(2), () => true)).toMatchObject({
        refusal: { code: 'publication.same-people', values: { name: 'Counts' } },
      })
    }
  })

  it('and other people of the same kind are not', async () => {
    const before = { bytes: others, name: 'Records', sameName: false, held: null }
    const made = await makeTable(taskOf(tableOf(csv, a, b), [before]), labels, making())
    expect(made.ok).toBe(true)
  })
})

describe('a table beside records held by k of the same people', () => {
  // A few of LA; whoever hides them hides another with them, and records would say of that one that it is ten or more.
  const counts: readonly (readonly [string, string, number])[] = [
    ['LA', 'F', 4],
    ['LA', 'M', 11],
    ['MM', 'F', 31],
    ['MM', 'M', 12],
    ['KH', 'F', 55],
    ['KH', 'M', 47],
  ]
  const real = bytesOf(
    `country,sex\n${counts.flatMap(([country, sex, count]) => Array.from({ length: count }, () => `${country},${sex}`)).join('\n')}\n`,
  )
  const sum = (of: (row: (typeof counts)[number]) => boolean): number =>
    counts.filter(of).reduce((all, [, , count]) => all + count, 0)
  const text = `country,sex,persons\n${[
    ...counts.map((row) => row.join()),
    ...['LA', 'MM', 'KH'].map((country) => `${country},Total,${sum(([own]) => own === country)}`),
    ...['F', 'M'].map((sex) => `Total,${sex},${sum(([, own]) => own === sex)}`),
    `Total,Total,${sum(() => true)}`,
  ].join('\n')}\n`
  const fields = [
    { name: 'country', kind: 'country', label: { en: 'Country' }, codes: ['LA', 'MM', 'KH'] },
    { name: 'sex', kind: 'category', label: { en: 'Sex' }, codes: ['F', 'M'] },
  ].map(({ codes, ...field }) => ({ ...field, codes: codes.map((code) => ({ code, label: { en: code } })) })) as never
  const held = { k: 11, shown: { fields, rows: [{ codes: [0, 1], count: 11 }] } }

  it('is told that a cell which records have is k or more, and so are its totals', async () => {
    const told = toldByRecords(await readTable(text), { real: recordsIn(real), ...held })
    expect(told.rows.map(({ codes, shown }) => [codes.join(), shown])).toEqual([
      ['LA,M', '11+'],
      ['LA,Total', '11+'],
      ['Total,M', '11+'],
      ['Total,Total', '11+'],
    ])
    // Of what has moved since, nothing.
    const moved = text.replace('LA,M,11', 'LA,M,12').replace('LA,Total,15', 'LA,Total,16')
    const later = toldByRecords(await readTable(moved), { real: recordsIn(real), ...held })
    expect(later.rows.map(({ codes }) => codes.join())).not.toContain('LA,M')
  })

  it('hides more than alone, and records made after it are refused where they would open it', async () => {
    const alone = await makeTable(taskOf(text), labels, making())
    const before = { bytes: real, name: 'Records', sameName: true, held }
    const beside = await makeTable(taskOf(text, [before]), labels, making())
    if (!alone.ok || !beside.ok || alone.value.data.kind !== 'table' || beside.value.data.kind !== 'table')
      throw new Error('both are made')
    expect(beside.value.inside.audit).toMatchObject({ open: 0, earlier: 1 })
    const tableAs = ({ fields: own, data }: typeof alone.value) => {
      if (data.kind !== 'table') throw new Error('it is a table')
      return {
        name: 'out',
        dimensions: own.map(({ name }) => name),
        rows: data.cells.map(({ codes, value }) => ({
          codes: codes.map((code, at) => own[at]?.codes[code]?.code ?? ''),
          shown: value === null ? 'x' : String(value),
        })),
      }
    }
    const counted = await readTable(text)
    const out = (made: typeof alone.value) => [{ counted, shown: tableAs(made), method: suppression }]
    const records = { real: recordsIn(real), ...held }
    const openAlone = await openBesideRecords(records, out(alone.value), solver)
    const openBeside = await openBesideRecords(records, out(beside.value), solver)
    const shown = new Map(tableAs(alone.value).rows.map(({ codes, shown: value }) => [codes.join(), value]))
    // Alone it hides LA,M for the sake of LA,F and shows their sum of 15: beside eleven or more LA,F is four at most.
    expect([shown.get('LA,F'), shown.get('LA,M'), shown.get('LA,Total')]).toEqual(['x', 'x', '15'])
    expect(openAlone).toBeGreaterThan(0)
    expect(openBeside).toBe(0)
  })
})

async function readTable(text: string) {
  const read = await readLongTable(bytesOf(text), null, 'table')
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}
