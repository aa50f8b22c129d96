import type { Publication, PublicationHead, PublishedField } from '@lentera/core/shared/publication'

/** Publications for tests of the pages: small, invented, and of nobody. */
const head: Omit<PublicationHead, 'address' | 'title' | 'method'> = {
  about: { en: 'Invented counts, for tests.' },
  publisher: 'Nobody',
  source: 'Invented',
  asOf: '2026-09-30',
  releasedOn: '2026-10-05',
  hash: 'ab'.repeat(32),
  licence: 'CC-BY-4.0',
  unit: 'persons',
  persons: null,
  demonstration: true,
  withdrawn: null,
}

const fields = {
  sex: {
    name: 'sex',
    label: { en: 'Sex', th: 'เพศ' },
    kind: 'category',
    codes: [
      { code: 'F', label: { en: 'Female', th: 'หญิง' } },
      { code: 'M', label: { en: 'Male', th: 'ชาย' } },
    ],
  },
  age: {
    name: 'age',
    label: { en: 'Age' },
    kind: 'age',
    codes: [
      { code: '0-17', label: { en: '0–17' } },
      { code: '18-29', label: { en: '18–29' } },
      { code: '30+', label: { en: '30 and over' } },
      { code: 'unknown', label: { en: 'Unknown' }, is: 'unknown' },
    ],
  },
  citizenship: {
    name: 'citizenship',
    label: { en: 'Citizenship' },
    kind: 'country-of-origin',
    codes: ['KHM', 'LAO', 'MMR', 'XXX'].map((code) => ({ code, label: { en: `Country ${code}` } })),
  },
  exploitedIn: {
    name: 'exploited in',
    label: { en: 'Country of exploitation' },
    kind: 'country-of-exploitation',
    codes: ['MYS', 'THA'].map((code) => ({ code, label: { en: `Country ${code}` } })),
  },
  form: {
    name: 'form',
    label: { en: 'Form of exploitation' },
    kind: 'category',
    codes: ['labour', 'sexual', 'other'].map((code) => ({ code, label: { en: `Form ${code}` } })),
  },
  control: {
    name: 'means of control',
    label: { en: 'Means of control' },
    kind: 'category',
    codes: ['debt', 'threats'].map((code) => ({ code, label: { en: `Control ${code}` } })),
  },
  year: {
    name: 'year',
    label: { en: 'Year of registration' },
    kind: 'year',
    codes: ['2021', '2022', '2023', '2024'].map((code) => ({ code, label: { en: code } })),
  },
} as const satisfies Record<string, PublishedField>

/** Synthetic records of seven fields, some of them empty; the same numbers whenever it is made. */
export function inventedRecords(rows = 400): Publication {
  const all = Object.values(fields)
  let state = 7
  const upTo = (most: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % most
  }
  return {
    ...head,
    address: 'invented-records',
    title: { en: 'Invented records', th: 'ข้อมูลสมมุติ' },
    method: { name: 'dp-records', epsilon: 2, delta: 1e-6, length: 3 },
    fields: all,
    data: {
      kind: 'records',
      rows: Array.from({ length: rows }, () => ({
        codes: all.map(({ codes }) => upTo(codes.length + 1) - 1),
        count: 1 + upTo(30),
      })),
    },
    quality: {
      byLength: [1, 2, 3].map((length) => ({
        length,
        combinations: 10 ** length,
        error: 1.25 * length,
        suppressed: { number: 0.01 * length, weight: 0.001 * length },
        fabricated: { number: 0.02 * length, weight: 0.002 * length },
      })),
      tail: { half: 1, ninety: 4, ninetyNine: 11, largest: 40 },
      questions: [{ name: 'sex by age', distance: 0.0123 }],
    },
  }
}

/** Records that ask yes or no of each form and each means, as the large public sets do. */
export function inventedAnswers(): Publication {
  const yesNo = (name: string): PublishedField => ({
    name,
    label: { en: name },
    kind: 'yes-no',
    codes: ['0', '1'].map((code) => ({ code, label: { en: code } })),
  })
  return {
    ...inventedRecords(0),
    address: 'invented-answers',
    title: { en: 'Invented answers' },
    fields: [fields.sex, ...['isForcedLabour', 'meansOfControlDebt', 'meansOfControlThreats'].map(yesNo)],
    data: {
      kind: 'records',
      rows: [
        { codes: [0, 1, 1, -1], count: 10 },
        { codes: [0, 0, 1, 1], count: 5 },
        { codes: [1, -1, 0, 1], count: 3 },
      ],
    },
  }
}

/** A table of year, sex and country, totals and all, in which one cell is hidden with its complement, and one was never published. */
export function inventedTable(): Publication {
  const total = { code: 'total', label: { en: 'All together' }, is: 'total' } as const
  const sexes: PublishedField = { ...fields.sex, codes: [...fields.sex.codes, total] }
  const country: PublishedField = {
    name: 'country',
    label: { en: 'Country' },
    kind: 'country',
    codes: [
      { code: 'KH', label: { en: 'Cambodia' } },
      { code: 'TH', label: { en: 'Thailand' } },
      { code: 'unknown', label: { en: 'Unknown' }, is: 'unknown' },
      total,
    ],
  }
  const year: PublishedField = { ...fields.year, codes: fields.year.codes.slice(0, 2) }
  const counts = [
    [
      [12, 7, 19],
      [null, null, 20],
      [5, 6, 11],
      [30, 20, 50],
    ],
    [
      [22, 9, 31],
      [14, 6, 20],
      // Never published: the unknown of the second year.
      [undefined, undefined, undefined],
      [40, 21, 61],
    ],
  ]
  return {
    ...head,
    address: 'invented-table',
    title: { en: 'Invented table' },
    method: { name: 'suppression', minimum: 5 },
    fields: [year, country, sexes],
    data: {
      kind: 'table',
      cells: counts.flatMap((countries, y) =>
        countries.flatMap((each, c) =>
          each.flatMap((value, s) => (value === undefined ? [] : [{ codes: [y, c, s], value }])),
        ),
      ),
    },
    quality: null,
  }
}

/** What stays of a publication that was withdrawn. */
export function withdrawnHead(): PublicationHead {
  const { fields: _, data: __, quality: ___, ...kept } = inventedTable()
  return {
    ...kept,
    address: 'withdrawn-table',
    title: { en: 'Withdrawn table' },
    withdrawn: { on: '2026-11-02', why: 'Two countries were exchanged.' },
  }
}
