import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type ColumnOfValues, holdsNames } from './names-of-persons.ts'

/** Names are told from what is called like them. The lists of names and places are public ones, for tests alone. */
const lists = new URL('../../../shared/data/linkage/', import.meta.url)
const fields = (file: string): readonly (readonly string[])[] =>
  gunzipSync(readFileSync(new URL(file, lists)))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
const hasLists = existsSync(lists)

/** As records: value after value, the first ones more often. */
function records(head: string, values: readonly string[], rows = 1000): ColumnOfValues {
  const counts = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    const place = Math.floor((((row * 7919) % rows) / rows) ** 1.5 * values.length)
    const value = values[place] ?? ''
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return { head, values: [...counts].map(([value, times]) => ({ value, rows: times })), rows }
}
const table = (head: string, values: readonly string[], persons: number): ColumnOfValues => ({
  head,
  values: values.map((value) => ({ value, rows: 1, persons })),
  rows: values.length,
})
const invented = [
  'Malee',
  'Sokha',
  'Thida',
  'Dewi',
  'Nilar',
  'Somchai',
  'Rosa',
  'Bopha',
  'Lan',
  'Aye Aye',
  'Siti',
  'Chanthy',
]

describe('a column that holds names', () => {
  it('is known under a heading of persons, in records and in tables', () => {
    for (const head of [
      'survivor',
      'Victim',
      'client_1',
      'penyintas',
      'biktima',
      'nạn nhân',
      'ผู้เสียหาย',
      'ជនរងគ្រោះ',
      'ຜູ້ເສຍຫາຍ',
    ]) {
      expect(holdsNames(records(head, invented)), head).toBe(true)
      expect(holdsNames(table(head, invented.slice(0, 3), 1)), head).toBe(true)
    }
  })

  it('is known where a table of one person a row heads it by nothing', () => {
    expect(holdsNames(table('x', invented, 1))).toBe(true)
    expect(holdsNames(table('x', invented, 40))).toBe(false)
  })

  it.skipIf(!hasLists)(
    'is known in many languages and scripts, whatever its heading (skipped where the lists are not there)',
    () => {
      const popular = fields('asean_popular_names.tsv.gz').filter(([kind]) => kind === 'forename')
      const thai = fields('th_names.tsv.gz').filter(([kind]) => kind === 'female')
      const burmese = [...new Set(fields('my_full_name_variants.tsv.gz').map(([, name = '']) => name))]
      const malay = fields('ms_id_name_lists.tsv.gz').filter(([, list = '']) => list.startsWith('firstName'))
      const kinds: readonly (readonly [string, readonly string[]])[] = [
        ['popular', [...new Set(popular.map((row) => row[4] ?? ''))]],
        ['Thai', thai.slice(0, 600).map(([, name = '']) => name)],
        [
          'Vietnamese',
          fields('vi_given_names.tsv.gz')
            .slice(0, 600)
            .map(([, name = '']) => name),
        ],
        ['Malay and Indonesian', [...new Set(malay.map((row) => row[2] ?? ''))].slice(0, 600)],
      ]
      for (const [kind, names] of kinds) {
        expect(holdsNames(records('survivor', names)), kind).toBe(true)
        expect(holdsNames(records('x', names, names.length * 3)), kind).toBe(true)
        expect(holdsNames(records('note', names, names.length * 3)), kind).toBe(true)
      }
      expect(holdsNames(records('survivor', burmese))).toBe(true)
    },
  )
})

describe('a column that holds none', () => {
  const regions = ['en', 'id', 'fil', 'km', 'lo', 'my', 'th', 'vi'].map(
    (language) => new Intl.DisplayNames(language, { type: 'region' }),
  )
  const codes = 'MM KH TH LA VN ID PH MY SG BN TL CN IN BD NP LK KR JP US GB FR DE AU NZ'.split(' ')

  it('of countries passes in every language, under any heading', () => {
    for (const region of regions) {
      const named = codes.map((code) => region.of(code) ?? code)
      for (const head of ['country', 'from', 'victim', 'asal']) {
        expect(holdsNames(records(head, named, 60)), head).toBe(false)
        expect(holdsNames(table(head, named, 1)), head).toBe(false)
      }
    }
  })

  it('of kinds, codes, answers and ages passes', () => {
    const columns: readonly (readonly [string, readonly string[]])[] = [
      ['victim', ['Women', 'Girls', 'Men', 'Boys']],
      ['survivor', ['Yes', 'No', 'Unknown']],
      ['victim', ['0--8', '9--17', '18--20']],
      ['survivor', Array.from({ length: 300 }, (_, at) => `S-${at}`)],
      ['x', ['Forced labour', 'Sexual exploitation', 'Forced marriage', 'Forced begging', 'Organ removal']],
      ['x', ['IOM', 'UNODC', 'UNICEF', 'ILO', 'UNHCR', 'WFP']],
      ['agency', ['Royal Police', 'Immigration', 'Border Guard', 'Navy', 'Customs', 'Coast Guard']],
      ['language', ['Khmer', 'Lao', 'Thai', 'Burmese', 'Shan', 'Karen', 'Mon', 'Malay', 'Tagalog', 'Cebuano']],
    ]
    for (const [head, values] of columns) expect(holdsNames(records(head, values)), `${head}: ${values[0]}`).toBe(false)
    for (const [head, values] of columns)
      expect(holdsNames(table(head, values, 30)), `${head}: ${values[0]}`).toBe(false)
  })

  it.skipIf(!hasLists)(
    'of places passes where its heading says so, and where few places have many rows (skipped where the lists are not there)',
    () => {
      const khmer = fields('km_place_name_pairs.tsv.gz')
      const thai = fields('th_place_name_pairs.tsv.gz')
      const districts = khmer.filter(([level]) => level === 'district')
      for (const head of ['district', 'DistrictOfOrigin', 'ស្រុក', 'kabupaten', 'place_of_work'])
        for (const at of [2, 3]) {
          const names = districts.map((row) => row[at] ?? '').filter((name) => name !== '')
          expect(holdsNames(records(head, names, names.length * 2)), head).toBe(false)
          expect(holdsNames(table(head, names, 1)), head).toBe(false)
        }
      const provinces = thai.filter(([level]) => level === 'province')
      for (const at of [2, 3])
        expect(
          holdsNames(
            records(
              'x',
              provinces.map((row) => row[at] ?? ''),
            ),
          ),
        ).toBe(false)
    },
  )
})
