import { readRecords, seededBits } from '@lentera/release/microdata'
import { describe, expect, it } from 'vitest'
import { inventedRecordsCsv } from '../../../tools/demonstration/invented-records.ts'
import { labelsFromCatalogues } from './labels.ts'
import { type EarlierRecords, makeRecords, type RecordsTask } from './made-records.ts'
import { differenceOf } from './same-records.ts'

/** Records made of records: what is refused before anything is made, what stands beside what, and what is said of how near they are. */
const labels = labelsFromCatalogues()
const rows = 2000
const csv = inventedRecordsCsv(rows, 5)
const lines = new TextDecoder().decode(csv).trimEnd().split('\n')
const bytesOf = (of: readonly string[]): Uint8Array => new TextEncoder().encode(`${of.join('\n')}\n`)

const taskOf = (change: Partial<RecordsTask> = {}): RecordsTask => ({
  bytes: csv,
  rows,
  edition: '2026',
  about: 'survivors',
  categories: [],
  method: { name: 'k-records', k: 10, length: 3 },
  earlier: [],
  ...change,
})
const make = (change: Partial<RecordsTask> = {}) => makeRecords(taskOf(change), labels, seededBits(3), () => true)
const codeOf = (change: Partial<RecordsTask>): string | undefined => {
  const decided = make(change)
  return decided.ok ? undefined : decided.refusal.code
}
const made = (change: Partial<RecordsTask> = {}) => {
  const decided = make(change)
  if (!decided.ok) throw new Error(decided.refusal.code)
  return decided.value
}

describe('what is refused', () => {
  it('a file of one person, of one value, of 500 columns, with a name column, of another encoding, of mixed types, of nothing', () => {
    const text = (content: string): Partial<RecordsTask> => ({ bytes: new TextEncoder().encode(content), rows: 1 })
    const wide = Array.from({ length: 500 }, (_, at) => `c${at}`)
    const ages = Array.from({ length: 300 }, (_, at) => `${20 + (at % 30)},x`)
    expect(codeOf(text('sex,age\nfemale,9\n'))).toBe('records.too-few')
    expect(codeOf(text('a,b\n1,1\n1,1\n1,1\n'))).toBe('records.one-value')
    expect(codeOf(text(`${wide.join(',')}\n${wide.join(',')}\n`))).toBe('records.too-many-columns')
    expect(codeOf(text('full name,sex\nInvented,female\nAnother,male\n'))).toBe('records.names-column')
    expect(codeOf({ bytes: new Uint8Array([0x61, 0x2c, 0x62, 0x0a, 0xe9, 0x2c, 0x31, 0x0a]), rows: 1 })).toBe(
      'records.wrong-encoding',
    )
    expect(codeOf(text(`age,form\n${[...ages, 'about twenty,x'].join('\n')}\n`))).toBe('records.mixed-column')
    expect(codeOf(text(''))).toBe('records.file-empty')
    expect(codeOf(text('a,b\nnull,\n,NA\n'))).toBe('records.nothing-present')
  })

  it('takes a column that looks like names only where the steward said that it holds none, and those who sign are told', () => {
    const named = ['Anna Brown', 'John Jones', 'Mary Miller', 'Peter Smith', 'Ruth Sok', 'Lin Phan']
    const bytes = bytesOf(lines.map((line, at) => `${line},${at === 0 ? 'remark' : named[at % 6]}`))
    expect(codeOf({ bytes })).toBe('records.may-be-names')
    const { inside } = made({ bytes, categories: ['remark'] })
    expect(inside.warnings).toContain('said-categories')
    expect(made().inside.warnings).not.toContain('said-categories')
    // What is out of it is not forgotten where it would be refused today.
    const earlier = [{ bytes, name: 'Records', method: 'k-records', sameName: true }] as const
    expect(codeOf({ bytes, categories: ['remark'], earlier })).toBe('publication.made-once')
  })

  it('another file than was brought, and fewer than a thousand survivors', () => {
    expect(codeOf({ rows: rows + 1 })).toBe('publication.rows-differ')
    const few = lines.slice(0, 801)
    expect(codeOf({ bytes: bytesOf(few), rows: 800 })).toBe('records.too-few')
  })
})

describe('beside an earlier release', () => {
  const earlier = (of: readonly string[], change: Partial<EarlierRecords> = {}): EarlierRecords => ({
    bytes: bytesOf(of),
    name: 'Earlier',
    method: 'k-records',
    sameName: true,
    ...change,
  })
  const without = (persons: number): readonly string[] => lines.slice(0, lines.length - persons)

  it('records held by k are made once: of the same people, or nearly the same, never again, whatever the k', () => {
    for (const k of [5, 10, 20])
      for (const persons of [0, 1, 9, 10, 150])
        expect([
          k,
          persons,
          codeOf({ method: { name: 'k-records', k, length: 3 }, earlier: [earlier(without(persons))] }),
        ]).toEqual([k, persons, 'publication.made-once'])
    // One who was corrected is one who went and one who came.
    const corrected = [...lines.slice(0, -1), '2019,another,48+,TL,BN,other,threats']
    expect(codeOf({ earlier: [earlier(corrected)] })).toBe('publication.made-once')
    // Forgetting what was released lets her through.
    expect(codeOf({ earlier: [] })).toBeUndefined()
  })

  it('and of others beside them only where nobody came or went, or so many that the difference tells of none', () => {
    const others = new TextDecoder().decode(inventedRecordsCsv(rows, 6)).trimEnd().split('\n').slice(1)
    const grown = (came: number): Partial<RecordsTask> => {
      const kept = lines.slice(0, lines.length - 400)
      return {
        bytes: bytesOf([...kept, ...others.slice(0, came)]),
        rows: kept.length - 1 + came,
        earlier: [earlier(lines)],
      }
    }
    expect(codeOf(grown(0))).toBeUndefined()
    // Four hundred went, and five came.
    expect(codeOf(grown(5))).toBe('publication.differs-by-few')
    expect(codeOf(grown(400))).toBeUndefined()
  })

  it('the same people under another name are known again, in another order and with a column less', () => {
    const narrower = lines
      .map((line) => line.split(',').slice(1).join(','))
      .toSorted((a, b) => (a.startsWith('sex') ? -1 : b.startsWith('sex') ? 1 : a < b ? 1 : -1))
    expect(codeOf({ earlier: [earlier(narrower, { sameName: false })] })).toBe('publication.same-people')
    const others = new TextDecoder().decode(inventedRecordsCsv(rows, 6)).trimEnd().split('\n')
    expect(codeOf({ earlier: [earlier(others, { sameName: false })] })).toBeUndefined()
  })

  it('nor do other names of columns hide them, nor another order of columns, nor values that are called otherwise, with one person more', () => {
    const columns = (lines[0] ?? '').split(',')
    const turned = (of: readonly string[], called: (value: string, column: number) => string): readonly string[] =>
      of.map((line, at) =>
        line
          .split(',')
          .map((value, column) => (at === 0 ? `field ${column + 1}` : called(value, column)))
          .toReversed()
          .join(','),
      )
    const sex = columns.indexOf('sex')
    const ways: readonly (readonly string[])[] = [
      turned(without(1), (value) => value),
      turned(without(1), (value) => value.toUpperCase()),
      turned(without(1), (value, column) => (column === sex && value !== '' ? `kind ${value.length}` : value)),
    ]
    for (const way of ways) {
      expect(codeOf({ earlier: [earlier(way, { sameName: false, name: 'Turned' })] })).toBe('publication.same-people')
      expect(codeOf({ earlier: [earlier(way)] })).toBe('publication.made-once')
    }
    const others = new TextDecoder().decode(inventedRecordsCsv(rows, 6)).trimEnd().split('\n')
    expect(
      codeOf({
        earlier: [
          earlier(
            turned(others, (value) => value),
            { sameName: false },
          ),
        ],
      }),
    ).toBeUndefined()
  })

  it('nor does leaving all but one kind of them out, without the column that says so', () => {
    const columns = (lines[0] ?? '').split(',')
    const sex = columns.indexOf('sex')
    const women = lines
      .filter((line, at) => at === 0 || line.split(',')[sex] === 'female')
      .map((line) => line.split(',').toSpliced(sex, 1).join(','))
    const task = { bytes: bytesOf(women), rows: women.length - 1 }
    expect(codeOf({ ...task, earlier: [earlier(lines, { sameName: false })] })).toBe('publication.same-people')
    expect(codeOf({ ...task, earlier: [earlier(lines)] })).toBe('publication.made-once')
    // The part first, and then the whole.
    expect(codeOf({ earlier: [earlier(women, { sameName: false })] })).toBe('publication.same-people')
    const others = new TextDecoder().decode(inventedRecordsCsv(rows, 6)).trimEnd().split('\n')
    expect(codeOf({ ...task, earlier: [earlier(others, { sameName: false })] })).toBeUndefined()
  })

  it('records of the same people do not leave by noise and held by k: no budget would say what they lose in all', () => {
    expect(codeOf({ earlier: [earlier(lines, { method: 'dp-records' })] })).toBe('publication.two-promises')
    const method = { name: 'dp-records', epsilon: 1000, deltaExponent: 6, length: 1 } as const
    expect(codeOf({ method, earlier: [earlier(lines)] })).toBe('publication.two-promises')
    expect(codeOf({ method, earlier: [earlier(lines, { method: 'dp-records' })] })).toBeUndefined()
  })

  it('counts who came and who went as a plain count of lines does', () => {
    const [now, before] = [readRecords(csv), readRecords(bytesOf(without(7)))]
    if (!now.ok || !before.ok) throw new Error('both are read')
    expect(differenceOf(now.value, before.value)).toMatchObject({ came: 7, gone: 0, isOfSamePeople: true })
    // Two draws of one population are not the same people, however few columns both have.
    const columns = (of: readonly string[]): Uint8Array =>
      bytesOf(of.map((line) => line.split(',').slice(0, 2).join(',')))
    const others = new TextDecoder().decode(inventedRecordsCsv(rows, 6)).trimEnd().split('\n')
    const [one, other] = [
      readRecords(columns(lines)),
      readRecords(columns(others.map((line, at) => (at === 0 ? 'a,b,c' : line)))),
    ]
    if (!one.ok || !other.ok) throw new Error('both are read')
    expect(differenceOf(one.value, other.value).isOfSamePeople).toBe(false)
    expect(differenceOf(one.value, one.value).isOfSamePeople).toBe(true)
  })
})

describe('what is said of them', () => {
  it('of records held by k the errors to two figures; of private ones an estimate that the real ones had no part in', () => {
    const held = made()
    expect(held.method).toEqual({ name: 'k-records', k: 10, length: 3 })
    for (const { error } of held.quality?.byLength ?? []) expect(error).toBe(Number(error.toPrecision(2)))
    expect(held.quality?.estimated).toBeUndefined()
    const method = { name: 'dp-records', epsilon: 4000, deltaExponent: 6, length: 2 } as const
    const privately = made({ method })
    // Of 2,000 real persons: rounded down to a multiple of k, and as the noise let it be measured; never the made-up ones.
    expect(made({ method: { name: 'k-records', k: 30, length: 2 } }).persons).toBe(1980)
    expect(privately.persons).not.toBe(rows)
    expect(Math.abs((privately.persons ?? 0) - rows)).toBeLessThan(100)
    expect(privately.method).toEqual({ name: 'dp-records', epsilon: 4, delta: 1e-6, length: 2 })
    expect(privately.quality?.estimated).toBe(true)
    expect(privately.quality?.byLength.length).toBe(2)
    expect(privately.inside.quality).not.toEqual(privately.quality)
    expect(privately.inside.warnings).toContain('spends')
    // The picture is of the real ones: it stays inside.
    expect(JSON.stringify({ ...privately, inside: undefined })).not.toContain('"real"')
  })

  it('has codes in the order in which people count, and rows that say them back', () => {
    const { fields, data } = made({ method: { name: 'dp-records', epsilon: 4000, deltaExponent: 6, length: 3 } })
    const age = fields.find(({ kind }) => kind === 'age')
    expect(age?.codes.map(({ code }) => code)).toEqual(
      ['0-8', '9-17', '18-20', '21-23', '24-26', '27-29', '30-38', '39-47', '48+'].filter((code) =>
        age?.codes.some((each) => each.code === code),
      ),
    )
    if (data.kind !== 'records') throw new Error('they are records')
    const sex = fields.findIndex(({ name }) => name === 'sex')
    const women = data.rows
      .filter(({ codes }) => fields[sex]?.codes[codes[sex] ?? -1]?.code === 'female')
      .reduce((sum, { count }) => sum + count, 0)
    const all = data.rows.reduce((sum, { count }) => sum + count, 0)
    const real = lines.filter((line) => line.includes(',female,')).length
    expect(Math.abs(women / all - real / rows)).toBeLessThan(0.05)
    expect(fields[sex]?.label).toMatchObject({ en: 'Sex', th: 'เพศ' })
  })
})
