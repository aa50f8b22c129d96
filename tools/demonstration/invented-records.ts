import { seededBits } from '@lentera/release/microdata'

/**
 * Coded records of people who are not, one a line of a CSV: the shape of what a collaborative of many organisations could hold,
 * with shares drawn from nothing but a seed. No share of it is anybody's finding, and its publisher says that it is invented.
 *
 * @param rows how many
 */
export function inventedRecordsCsv(rows: number, seed: number): Uint8Array<ArrayBuffer> {
  const bits = seededBits(seed)
  const share = (): number => bits() / 2 ** 32
  const pick = <T>(choices: readonly (readonly [T, number])[]): T => {
    const all = choices.reduce((sum, [, weight]) => sum + weight, 0)
    let left = share() * all
    for (const [value, weight] of choices) {
      left -= weight
      if (left < 0) return value
    }
    const last = choices.at(-1)
    if (!last) throw new RangeError('nothing to choose from')
    return last[0]
  }
  const lines = [inventedColumns.join(',')]
  for (let row = 0; row < rows; row++) {
    const route = pick(routes)
    const sex = pick(route.sexes)
    const form = pick(sex === 'female' ? route.forms : route.formsOfMen)
    const cells = [
      pick(years),
      sex,
      pick(form === 'sexual-exploitation' ? youngAges : ages),
      share() < 0.02 ? pick(anyCountry) : route.from,
      share() < 0.03 ? pick(anyCountry) : route.to,
      share() < 0.06 ? '' : form,
      share() < 0.25 ? '' : pick(means[form] ?? []),
    ]
    lines.push(cells.join(','))
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}

export const inventedColumns = [
  'yearOfRegistration',
  'sex',
  'ageGroup',
  'citizenship',
  'countryOfExploitation',
  'form',
  'meansOfControl',
] as const

type Form = 'sexual-exploitation' | 'forced-labour' | 'other'
type Choices<T> = readonly (readonly [T, number])[]
type Route = {
  readonly from: string
  readonly to: string
  readonly sexes: Choices<'female' | 'male' | 'another'>
  readonly forms: Choices<Form>
  readonly formsOfMen: Choices<Form>
}

// Invented, and meant to look it: every weight is a plain number of nobody's.
const women: Route['sexes'] = [
  ['female', 80],
  ['male', 19],
  ['another', 1],
]
const men: Route['sexes'] = [
  ['female', 25],
  ['male', 75],
]
const forms: Choices<Form> = [
  ['sexual-exploitation', 60],
  ['forced-labour', 30],
  ['other', 10],
]
const labour: Choices<Form> = [
  ['forced-labour', 90],
  ['other', 10],
]
const route = (from: string, to: string, sexes: Route['sexes'], weight: number): readonly [Route, number] => [
  { from, to, sexes, forms: sexes === women ? forms : labour, formsOfMen: labour },
  weight,
]
const routes: Choices<Route> = [
  route('MM', 'TH', men, 22),
  route('KH', 'TH', men, 14),
  route('LA', 'TH', women, 10),
  route('VN', 'KH', women, 8),
  route('PH', 'MY', women, 12),
  route('ID', 'MY', women, 14),
  route('ID', 'ID', women, 5),
  route('PH', 'PH', women, 6),
  route('KH', 'MY', women, 3),
  route('MM', 'MY', men, 4),
  route('VN', 'LA', women, 1),
  route('TL', 'ID', women, 1),
]
const anyCountry: Choices<string> = ['BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'TL', 'VN'].map(
  (code) => [code, 1] as const,
)
const years: Choices<string> = ['2019', '2020', '2021', '2022', '2023', '2024', '2025'].map(
  (year, at) => [year, 10 + 2 * at] as const,
)
const ages: Choices<string> = [
  ['9-17', 12],
  ['18-20', 14],
  ['21-23', 16],
  ['24-26', 16],
  ['27-29', 12],
  ['30-38', 20],
  ['39-47', 8],
  ['48+', 2],
]
const youngAges: Choices<string> = [
  ['0-8', 1],
  ['9-17', 38],
  ['18-20', 24],
  ['21-23', 16],
  ['24-26', 10],
  ['27-29', 6],
  ['30-38', 5],
]
const means: Readonly<Record<Form, Choices<string>>> = {
  'sexual-exploitation': [
    ['threats', 30],
    ['debt', 25],
    ['movement-restricted', 25],
    ['violence', 20],
  ],
  'forced-labour': [
    ['debt', 35],
    ['wages-withheld', 35],
    ['papers-taken', 20],
    ['threats', 10],
  ],
  other: [
    ['threats', 50],
    ['movement-restricted', 50],
  ],
}
