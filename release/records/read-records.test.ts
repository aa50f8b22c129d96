import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inventedRecords } from '../invented/records.ts'
import { sortedRows } from '../testing/records.ts'
import { type ReadingSettings, readRecords, recordsReader } from './read-records.ts'
import { csvOf } from './write-records.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string, settings?: ReadingSettings) => readRecords(bytes(text), settings)
const refusalOf = (text: string | Uint8Array, settings?: ReadingSettings) => {
  const decided = typeof text === 'string' ? read(text, settings) : readRecords(text, settings)
  return decided.ok ? 'read' : decided.refusal
}
const lines = (head: string, row: (record: number) => string, records = 1000): string =>
  `${head}\n${Array.from({ length: records }, (_, record) => row(record)).join('\n')}\n`

describe('UTF-16 with a mark at its beginning', () => {
  it('is read as what it says, either way round, in whatever pieces it comes', () => {
    const text = lines('sex,place', (record) => `${record % 3 ? 'หญิง' : 'ชาย'},${record % 7}`)
    const plain = read(text)
    for (const isLittle of [true, false]) {
      const wide = new Uint8Array(2 * text.length + 2)
      const view = new DataView(wide.buffer)
      view.setUint16(0, 0xfeff, isLittle)
      for (let at = 0; at < text.length; at++) view.setUint16(2 + 2 * at, text.charCodeAt(at), isLittle)
      const reader = recordsReader()
      for (let at = 0; at < wide.length; at += 333) expect(reader.push(wide.subarray(at, at + 333)).ok).toBe(true)
      expect(reader.end()).toEqual(plain)
      expect(plain.ok).toBe(true)
    }
  })

  it('that is cut off is refused with its line', () => {
    const wide = Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x62, 0, 0x0a, 0, 0x31)
    expect(refusalOf(wide)).toMatchObject({ code: 'records.wrong-encoding' })
  })
})

describe('what is refused, with what is allowed instead', () => {
  it('a file of one person, of nobody, of nothing', () => {
    expect(refusalOf('sex,age\nfemale,18\n')).toEqual({ code: 'records.too-few', values: { records: 1, least: 1000 } })
    expect(refusalOf('sex,age\n')).toMatchObject({ code: 'records.too-few' })
    expect(refusalOf('')).toEqual({ code: 'records.file-empty', values: {} })
  })

  it('a file of one value, and one in which every cell is empty', () => {
    expect(refusalOf(lines('sex,age', () => 'female,18'))).toEqual({ code: 'records.one-value', values: {} })
    expect(refusalOf(lines('sex,age', () => 'NA,null'))).toEqual({ code: 'records.nothing-present', values: {} })
  })

  it('a column of first names, whatever it is called; left out, the rest is read', () => {
    const names = ['Malee', 'Sokha', 'Thida', 'Dewi', 'Nilar', 'Somchai', 'Rosa', 'Bopha', 'Lan', 'Siti', 'Chanthy']
    const text = lines('sex,survivor', (record) => `${record % 2 ? 'female' : 'male'},${names[record % 11]}`)
    expect(refusalOf(text)).toEqual({ code: 'records.looks-like-names', values: { column: 'survivor' } })
    const provinces = text.replace('survivor', 'province')
    expect(refusalOf(provinces)).toBe('read')
    const wider = lines('sex,age,survivor', (record) => `${record % 2},${record % 3},${names[record % 11]}`)
    expect(refusalOf(wider, { without: ['survivor'] })).toBe('read')
  })

  it('a column that may hold names, or holds addresses; names until whoever knows the file says that there are none', () => {
    const text = lines(
      'sex,age,label',
      (record) => `${record % 2},${record % 3},Som Lin${record % 24 > 11 ? 'n' : ''}${'aeiouy'.at(record % 6)} Phan`,
    )
    expect(refusalOf(text)).toEqual({ code: 'records.may-be-names', values: { column: 'label' } })
    expect(refusalOf(text, { categories: ['label'] })).toBe('read')
    expect(refusalOf(text, { categories: ['other'] })).toMatchObject({ code: 'records.no-such-column' })
    expect(refusalOf(text, { wasRead: true })).toBe('read')
    const addresses = lines('sex,age,label', (record) => `${record % 2},${record % 3},${'abcd'.at(record % 4)}@x.org`)
    for (const categories of [[], ['label']])
      expect(refusalOf(addresses, { categories })).toEqual({
        code: 'records.holds-addresses',
        values: { column: 'label' },
      })
  })

  it('more than a million records', () => {
    const piece = bytes('1,2\n'.repeat(100_000))
    const reader = recordsReader()
    expect(reader.push(bytes('a,b\n')).ok).toBe(true)
    for (let i = 0; i < 10; i++) expect(reader.push(piece).ok).toBe(true)
    const refused = { ok: false, refusal: { code: 'records.too-many', values: { most: 1_000_000 } } }
    expect(reader.push(piece)).toEqual(refused)
    expect(reader.end()).toEqual(refused)
  })

  it('five hundred columns, until few enough are left', () => {
    const names = Array.from({ length: 500 }, (_, column) => `c${column}`)
    const text = lines(names.join(), (record) => names.map((_, column) => (record + column) % 3).join(), 20)
    expect(refusalOf(text)).toEqual({ code: 'records.too-many-columns', values: { columns: 500, most: 63 } })
    expect(refusalOf(text, { without: names.slice(63) })).toBe('read')
  })

  it.each([
    'name',
    'Full Name',
    'victim_name',
    'recruiter_name',
    'perpetrator name',
    'recruiterName',
    'name of trafficker',
    'nama pelaku',
    'surname',
    'phone number',
    'Date of birth',
    'passport',
    'ชื่อ',
    'အမည်',
    '姓名',
  ])('a column that says who somebody is: %s', (column) => {
    const text = lines(`sex,${column}`, (record) => `${record % 2},x${record % 3}`)
    expect(refusalOf(text)).toEqual({ code: 'records.names-column', values: { column } })
    expect(
      refusalOf(
        lines(`sex,age,${column}`, (record) => `${record % 2},${record % 5},x`),
        { without: [column] },
      ),
    ).toBe('read')
  })

  it.each(['country name', 'type of exploitation', 'means of control', 'identification'])(
    'but not a column that only sounds like it: %s',
    (column) => {
      expect(refusalOf(lines(`sex,${column}`, (record) => `${record % 2},x${record % 3}`))).toBe('read')
    },
  )

  it('a column of nearly as many values as people', () => {
    expect(refusalOf(lines('sex,case', (record) => `${record % 2},A${Math.floor(record / 1.5)}`))).toEqual({
      code: 'records.identifier-column',
      values: { column: 'case', values: 667 },
    })
    expect(refusalOf(lines('sex,country', (record) => `${record % 2},A${record % 150}`))).toBe('read')
  })

  it('numbers with a word or two among them, with the line of the first', () => {
    const text = lines('sex,year', (record) => `${record % 2},${record === 700 ? 'see file' : 2010 + (record % 9)}`)
    expect(refusalOf(text)).toEqual({ code: 'records.mixed-column', values: { column: 'year', line: 702 } })
    const bands = lines('sex,age', (record) => `${record % 2},${record % 2 ? '18--20' : 9 + (record % 8)}`)
    expect(refusalOf(bands)).toBe('read')
  })

  it('another encoding, with the line where it shows', () => {
    const latin = Uint8Array.from([...bytes('sex,country\nf,x\n'), ...[0x66, 0x2c, 0xe9, 0x0a]])
    expect(refusalOf(latin)).toEqual({ code: 'records.wrong-encoding', values: { line: 3 } })
    const wide = Uint8Array.from('sex,age\n1,2\n'.split('').flatMap((letter) => [letter.charCodeAt(0), 0]))
    expect(refusalOf(wide)).toEqual({ code: 'records.wrong-encoding', values: { line: 1 } })
    expect(refusalOf(Uint8Array.from([...bytes('a,b\n1,2\n1,'), 0xe0, 0xb8]))).toEqual({
      code: 'records.wrong-encoding',
      values: { line: 3 },
    })
  })

  it('heads that are missing, empty or twice, lines of another length, quotes that stay open', () => {
    expect(refusalOf(',,\n1,2,3\n')).toMatchObject({ code: 'records.no-header' })
    expect(refusalOf('a,,c\n1,2,3\n')).toEqual({ code: 'records.column-unnamed', values: { number: 2 } })
    expect(refusalOf('a,a\n1,2\n')).toEqual({ code: 'records.column-twice', values: { column: 'a' } })
    expect(refusalOf('a\n1\n2\n')).toMatchObject({ code: 'records.one-column' })
    expect(refusalOf('a,b\n1,2\n', { without: ['x'] })).toEqual({
      code: 'records.no-such-column',
      values: { column: 'x' },
    })
    expect(refusalOf('a,b\n1,2\n1,2,3\n')).toEqual({
      code: 'records.line-length',
      values: { line: 3, cells: 3, expected: 2 },
    })
    expect(refusalOf('a,b\n1,"2\n1,2\n')).toEqual({ code: 'records.quote-not-closed', values: { line: 2 } })
  })
})

describe('what is read', () => {
  it('values in their order, absent as 0: empty cells and the words that files write for nothing', () => {
    const decided = read('\uFEFFsex;age\r\nfemale;18\r\n male ;NA\r\n;"9 ""or"" so"\r\n')
    expect(decided).toEqual({
      ok: true,
      value: {
        count: 3,
        columns: [
          { name: 'sex', values: ['female', 'male'], codes: Uint8Array.of(1, 2, 0) },
          { name: 'age', values: ['18', '9 "or" so'], codes: Uint8Array.of(1, 0, 2) },
        ],
      },
    })
  })

  it('0 beside 1 says that something is not so, and is absent unless it is declared a statement', () => {
    const text = 'forced,age\n0,1\n1,2\n0,3\n'
    const values = (settings: ReadingSettings) => {
      const decided = read(text, settings)
      return decided.ok ? decided.value.columns[0] : decided
    }
    expect(values({})).toMatchObject({ values: ['1'], codes: Uint8Array.of(0, 1, 0) })
    expect(values({ zerosCount: ['forced'] })).toMatchObject({ values: ['0', '1'], codes: Uint8Array.of(1, 2, 1) })
  })

  it('the same, wherever the file is cut into pieces', () => {
    const whole = bytes('ภาษา,"a ""b"",c"\nไทย,"1\n2"\nລາວ,3\n')
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: whole.length - 1 }), { maxLength: 6 }), (cuts) => {
        const reader = recordsReader()
        let from = 0
        for (const cut of [...cuts.toSorted((a, b) => a - b), whole.length]) {
          expect(reader.push(whole.subarray(from, cut)).ok).toBe(true)
          from = cut
        }
        expect(reader.end()).toEqual(readRecords(whole))
      }),
      { seed: 1 },
    )
  })

  it('what was written, whatever its values are', () => {
    const records = inventedRecords({ records: 300, columns: 5, values: 20, density: 0.5, seed: 1 })
    const odd = {
      count: 300,
      columns: records.columns.map((column) => ({
        ...column,
        values: column.values.map((value, at) => `${["'=", '+', 'a ', "'"][at % 4]}"${value}", b`),
        name: `+${column.name}`,
      })),
    }
    const decided = read([...csvOf(odd)].join(''))
    expect(decided.ok && sortedRows(decided.value)).toEqual(sortedRows(odd))
  })
})
