import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type ColumnOfValues, holdsAddresses, holdsNames, mayHoldNames } from './names-of-persons.ts'

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

describe('a column that may hold names', () => {
  const repeated = (head: string, values: readonly string[], times = 10): ColumnOfValues => ({
    head,
    values: values.map((value) => ({ value, rows: times })),
    rows: times * values.length,
  })
  const given = ['Anna', 'John', 'Mary', 'Peter', 'Ruth', 'Som', 'Lin', 'Hoa', 'Aung', 'Thida']
  const family = ['Brown', 'Jones', 'Miller', 'Smith', 'Sok', 'Phan', 'Nwe', 'Bopha', 'May', 'Ko']
  const full = given.flatMap((first) => family.map((last) => `${first} ${last}`))

  it('is asked about where full names stand in many rows each, under any heading that says nothing else', () => {
    const three = full.flatMap((name) => ['Lin', 'Som', 'Khin'].map((middle) => name.replace(' ', ` ${middle} `)))
    for (const names of [three, full, full.slice(0, 24), full.slice(0, 3)])
      for (const head of ['remark', 'note', 'label', 'x_name', 'recruiter', 'employer'])
        for (const times of [10, 300]) expect(mayHoldNames(repeated(head, names, times)), head).toBe(true)
    const asRegisters = full.slice(0, 24).map((name) => name.split(' ').toReversed().join(', ').toUpperCase())
    expect(mayHoldNames(repeated('remark', asRegisters))).toBe(true)
    const others = Array.from({ length: 60 }, (_, at) => `see file ${at}`)
    expect(mayHoldNames(repeated('remark', [...full.slice(0, 24), ...others]))).toBe(true)
  })

  it('is asked about under a heading of names or persons where they are three, and where first names are many', () => {
    expect(mayHoldNames(repeated('x_name', full.slice(0, 3), 400))).toBe(true)
    expect(mayHoldNames(repeated('remark', [...given, ...family], 100))).toBe(true)
    expect(mayHoldNames(repeated('remark', given, 100))).toBe(false)
  })

  it('is asked about where it holds telephone numbers, not where it holds days, years or sums', () => {
    const numbers = Array.from({ length: 12 }, (_, at) => 81_234_500 + at)
    for (const number of ['0812 345 01', '+66 81 234 5678', '(021) 555-12345', '09830432219'])
      expect(mayHoldNames(repeated('remark', [number, `${number}1`, `${number}2`])), number).toBe(true)
    for (const form of [
      (n: number) => `${n}`,
      (n: number) => `0${n % 9}-0${n % 7}-2018`,
      (n: number) => `2018-01-${n % 28}`,
    ])
      expect(mayHoldNames(repeated('remark', numbers.map(form)))).toBe(false)
  })

  it('holds addresses for sure, under any heading', () => {
    expect(holdsAddresses(repeated('country', ['Laos', 'a.b@x.org']))).toBe(true)
    expect(holdsAddresses(repeated('country', ['Laos', '@', 'a@b', 'Thailand']))).toBe(false)
  })

  it.skipIf(!hasLists)('is asked about in other scripts (skipped where the lists are not there)', () => {
    const thai = fields('th_names.tsv.gz').map(([, name = '']) => name)
    const pairs = thai.slice(0, 300).map((name, at) => `${name} ${thai.at(-1 - at)}`)
    const burmese = [...new Set(fields('my_full_name_variants.tsv.gz').map(([, name = '']) => name))].slice(0, 300)
    const vietnamese = fields('vi_given_names.tsv.gz')
      .slice(0, 300)
      .map(([, name = '']) => `Nguyễn ${name}`)
    for (const names of [pairs, thai.slice(0, 300), burmese, vietnamese])
      expect(mayHoldNames(repeated('remark', names, 30)), names[0]).toBe(true)
  })

  it('is not asked about where it holds kinds of something, whatever the heading', () => {
    const columns: readonly (readonly string[])[] = [
      [
        'Forced Labour',
        'Sexual Exploitation',
        'Domestic Servitude',
        'Forced Marriage',
        'Forced Begging',
        'Organ Removal',
      ],
      ['Domestic Worker', 'Construction Worker', 'Factory Worker', 'Sex Worker', 'Care Worker', 'Farm Worker'],
      [
        'Royal Police',
        'Immigration Department',
        'Border Guard',
        'Ministry of Labour',
        'Legal Aid Centre',
        'City Court',
      ],
      ['Family Member', 'Intimate Partner', 'Close Friend', 'Other Relative', 'Not Known', 'Employment Agency'],
      ['domestic work', 'construction', 'fishing at sea', 'agriculture', 'care of the old', 'street vending'],
      ['แรงงานบังคับ', 'การค้าประเวณี', 'การแต่งงาน', 'ขอทาน', 'งานบ้าน', 'การประมง'],
      ['အဓမ္မ လုပ်အား ခိုင်းစေခြင်း', 'လိင်ပိုင်းဆိုင်ရာ ခေါင်းပုံဖြတ်ခြင်း', 'အိမ်ထောင်ပြုခြင်း', 'တောင်းရမ်းခြင်း', 'အိမ်အကူ', 'ငါးဖမ်းခြင်း'],
      ['kerja paksa', 'eksploitasi seksual', 'kawin paksa', 'pekerja rumah tangga', 'nelayan', 'pengemis'],
      ['lao động cưỡng bức', 'bóc lột tình dục', 'hôn nhân ép buộc', 'ăn xin', 'giúp việc nhà', 'đánh cá'],
    ]
    for (const values of columns) expect(mayHoldNames(repeated('remark', values, 200)), values[0]).toBe(false)
    const places = ['Banteay Meanchey', 'Stung Treng', 'Phnom Penh', 'Preah Vihear', 'Svay Rieng', 'Prey Veng']
    for (const head of ['province', 'Province of origin', 'place_name', 'nationality', 'occupation', 'agency'])
      expect(mayHoldNames(repeated(head, places, 200)), head).toBe(false)
    const countries = ['Viet Nam', 'Sri Lanka', 'Hong Kong', 'Timor-Leste', 'Brunei Darussalam', 'Myanmar', 'Cambodia']
    expect(mayHoldNames(repeated('remark', countries, 200))).toBe(false)
  })
})
