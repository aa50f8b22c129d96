import { type Interval, isExact, sum } from '../shared/counts.ts'
import { Country, countries } from '../shared/places.ts'
import { areaOf, type Observation } from './glotip.ts'
import { type GlotipColumn, glotip, glotipColumns } from './words.ts'

/**
 * Figures over UNODC's table, and how each is opened.
 *
 * Every figure is a sum over rows that a `Where` names; `rowsOf` gives exactly those rows, so a reader can open any
 * number here and add it up herself. Rules of the definitions:
 * - a row counts as often as it stands in the table, and rows of one group add up. The source files several finer forms
 *   under "Other forms of exploitation" (Philippines 2018: 231, 230 and 289) and splits some totals over two rows; nothing
 *   marks a row as the copy of another;
 * - "<5" stays an interval from 0 to 4 and is never narrowed by what other rows say, totals least of all;
 * - no row is unknown (`count` null), which is neither 0 nor an interval.
 */
export type Figures = {
  readonly coverage: Coverage
  readonly femaleShare: { readonly everyRow: FemaleShare; readonly areasOnly: FemaleShare }
  readonly forms: { readonly everyRow: FormsBySexAndAge; readonly areasOnly: FormsBySexAndAge }
  readonly asean: AseanSideBySide
}

/** All evidence figures over the rows of the table; `year` is the year of the shares and of the forms. */
export function evidenceFigures(observations: readonly Observation[], year: number): Figures {
  const rows = indexRows(observations)
  return {
    coverage: coverage(observations),
    femaleShare: { everyRow: femaleShare(rows, year, 'every-row'), areasOnly: femaleShare(rows, year, 'areas') },
    forms: { everyRow: formsBySexAndAge(rows, year, 'every-row'), areasOnly: formsBySexAndAge(rows, year, 'areas') },
    asean: aseanSideBySide(rows),
  }
}

/**
 * Which rows a number counts: a class of each breakdown in the words of the source, and a year and an area if it is of
 * one. `lines`: every row of the table, or those of areas, without the seven lines of sub-regions (`subregionCodes`).
 */
export type Where = {
  readonly indicator: string
  readonly dimension: string
  readonly category: string
  readonly sex: string
  readonly age: string
  readonly year?: number
  readonly area?: string
  readonly lines: Lines
}
export type Lines = 'every-row' | 'areas'

/** A number with the rows it counts: how many, how many of them "<5", and their sum; null where there is no row. */
export type Cell = {
  readonly where: Where
  readonly rows: number
  readonly lessThanFive: number
  readonly count: Interval | null
}

export type Ratio = { readonly numerator: number; readonly denominator: number }

/**
 * A share with its parts. `value` is over the rows given as numbers, null where a class has no such row; `low` and
 * `high` are the least and the greatest it can be with each "<5" anywhere from 0 to 4. Null where a class has no row.
 */
export type Share = { readonly value: Ratio | null; readonly low: Ratio; readonly high: Ratio } | null

/** numerator / denominator x 100: the rows to sum above and below the line. The numerator is part of the denominator. */
export type Formula = { readonly numerator: readonly Where[]; readonly denominator: readonly Where[] }

/** What a reader of a figure should know of its rows. Sentences stand in the catalogues under `caution.evidence.<code>`. */
export type Caution =
  | { readonly code: 'several-rows-in-one-group'; readonly groups: number }
  | { readonly code: 'sub-region-lines-counted'; readonly rows: number }

/** In tenths of a percent, rounded to the nearest. */
export const percentTenths = ({ numerator, denominator }: Ratio): number => Math.round((1000 * numerator) / denominator)

// ---------------------------------------------------------------- female share of the detected victims

export type FemaleShare = {
  readonly key: 'detected-victims-female-share'
  readonly definition: 1
  readonly year: number
  readonly lines: Lines
  readonly formula: Formula
  readonly female: Cell
  readonly male: Cell
  readonly share: Share
  readonly cautions: readonly Caution[]
}

/**
 * Female / (Female + Male) of the detected victims of a year whose sex is given as one of the two.
 *
 * Definition 1: Indicator "Detected trafficking victims"; Dimension "Total" and Age "Total", so that nobody is counted a
 * second time by form, citizenship or age; Unit "Counts"; sexes "Other" and "Unknown" left out on both sides.
 * With `every-row` each such row of the published table counts, the lines of sub-regions too (2018: 65.1 %). Those seem to
 * hold victims of areas that also have rows of their own; `areas` leaves them out (2018: 65.0 %).
 */
export function femaleShare(rows: RowIndex, year: number, lines: Lines): FemaleShare {
  const of = (sex: string): Where => ({ ...victims, dimension: total, category: total, sex, age: total, year, lines })
  const female = cellOf(rows, of(glotip.sexes.female))
  const male = cellOf(rows, of(glotip.sexes.male))
  return {
    key: 'detected-victims-female-share',
    definition: 1,
    year,
    lines,
    formula: { numerator: [female.where], denominator: [female.where, male.where] },
    female,
    male,
    share: shareOf(female, [male]),
    cautions: cautionsOf(rows, [female.where, male.where]),
  }
}

// ---------------------------------------------------------------- forms of exploitation by sex and age

export type FormsBySexAndAge = {
  readonly key: 'detected-victims-by-form'
  readonly definition: 1
  readonly year: number
  readonly lines: Lines
  /** One group a pair of sex and age that the source publishes forms for, its own totals among them. */
  readonly groups: readonly {
    readonly sex: string
    readonly age: string
    readonly forms: readonly { readonly form: string; readonly cell: Cell; readonly share: Share }[]
  }[]
  readonly cautions: readonly Caution[]
}

/**
 * Detected victims of a year by form of exploitation, sex and age, in the classes of the source. Each share is the form's
 * part in the three forms of its group. Definition 1: Dimension "by form of exploitation"; no class is made by adding or
 * subtracting others.
 */
export function formsBySexAndAge(rows: RowIndex, year: number, lines: Lines): FormsBySexAndAge {
  const form = glotip.dimensions.form
  const pairs = Object.values(glotip.sexes)
    .flatMap((sex) => Object.values(glotip.ages).map((age) => ({ sex, age })))
    .filter((pair) => forms.some((category) => rows.has(keyOf({ ...victims, dimension: form, category, ...pair }))))
  const groups = pairs.map((pair) => {
    const cells = forms.map((category) => cellOf(rows, { ...victims, dimension: form, category, ...pair, year, lines }))
    return {
      ...pair,
      forms: cells.map((cell) => ({
        form: cell.where.category,
        cell,
        share: shareOf(
          cell,
          cells.filter((other) => other !== cell),
        ),
      })),
    }
  })
  const wheres = groups.flatMap((group) => group.forms.map(({ cell }) => cell.where))
  return { key: 'detected-victims-by-form', definition: 1, year, lines, groups, cautions: cautionsOf(rows, wheres) }
}

// ---------------------------------------------------------------- the ASEAN countries side by side

export type AseanSideBySide = {
  readonly key: 'detected-victims-asean'
  readonly definition: 1
  readonly countries: readonly {
    readonly country: Country
    readonly years: readonly {
      readonly year: number
      readonly total: Cell
      readonly bySex: readonly Cell[]
      readonly byForm: readonly Cell[]
    }[]
  }[]
  readonly cautions: readonly Caution[]
}

/**
 * The detected victims of each ASEAN country in each year of the table: in all, by sex, by form of exploitation. A cell
 * without a row is unknown. The classes need not add up to the total: the source leaves some out.
 */
export function aseanSideBySide(rows: RowIndex): AseanSideBySide {
  const years = yearsOf(rows)
  const sexes = Object.values(glotip.sexes).filter((sex) => sex !== total)
  const wheres: Where[] = []
  const cell = (where: Where): Cell => {
    wheres.push(where)
    return cellOf(rows, where)
  }
  const sideBySide = Country.options.map((country) => ({
    country,
    years: years.map((year) => {
      const here = { ...victims, year, area: countries[country].alpha3, lines: 'areas' } as const
      const all = { ...here, dimension: total, category: total, sex: total, age: total }
      return {
        year,
        total: cell(all),
        // Where the sex is unknown the source gives no age total either: it writes "Unknown" twice.
        bySex: sexes.map((sex) =>
          cell({ ...all, sex, age: sex === glotip.sexes.unknown ? glotip.ages.unknown : total }),
        ),
        byForm: forms.map((category) => cell({ ...all, dimension: glotip.dimensions.form, category })),
      }
    }),
  }))
  return { key: 'detected-victims-asean', definition: 1, countries: sideBySide, cautions: cautionsOf(rows, wheres) }
}

// ---------------------------------------------------------------- what the table covers

export type Coverage = {
  readonly key: 'glotip-coverage'
  readonly definition: 1
  readonly rows: number
  /** Rows beyond the first of those alike in every cell: the source's own repeats, kept and counted. */
  readonly repeats: number
  /** Countries and areas; sub-regions are not among them. */
  readonly areas: number
  readonly subregions: number
  readonly lessThanFive: number
  readonly years: { readonly first: number; readonly last: number } | null
}

export function coverage(observations: readonly Observation[]): Coverage {
  const areas = new Set<string>()
  const subregions = new Set<string>()
  const distinct = new Set<string>()
  let lessThanFive = 0
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const row of observations) {
    const area = areaOf(row)
    if (area === undefined) subregions.add(row.iso3)
    else areas.add(area)
    const { line: _, value, ...cells } = row
    distinct.add(JSON.stringify(cells))
    if (!isExact(value)) lessThanFive++
    first = Math.min(first, row.year)
    last = Math.max(last, row.year)
  }
  return {
    key: 'glotip-coverage',
    definition: 1,
    rows: observations.length,
    repeats: observations.length - distinct.size,
    areas: areas.size,
    subregions: subregions.size,
    lessThanFive,
    years: observations.length > 0 ? { first, last } : null,
  }
}

// ---------------------------------------------------------------- opening a figure

/** The rows of counts by their class of every breakdown: what the figures above read. */
export type RowIndex = ReadonlyMap<string, readonly Observation[]>

export function indexRows(observations: readonly Observation[]): RowIndex {
  const index = new Map<string, Observation[]>()
  for (const row of observations) {
    if (row.unit !== glotip.units.counts) continue
    const key = keyOf(row)
    const rows = index.get(key)
    if (rows) rows.push(row)
    else index.set(key, [row])
  }
  return index
}

/** The rows a cell counts, in the order of the file. */
export function rowsOf(rows: RowIndex, where: Where): readonly Observation[] {
  return (rows.get(keyOf(where)) ?? []).filter(
    (row) =>
      (where.year === undefined || row.year === where.year) &&
      (where.area === undefined || areaOf(row) === where.area) &&
      (where.lines === 'every-row' || areaOf(row) !== undefined),
  )
}

/** Which rows are counted, in the source's own names of columns and classes: for the formula on the screen. */
export function inWords({ indicator, dimension, category, sex, age, year, area }: Where): string {
  const classes: readonly (readonly [GlotipColumn, string | number | undefined])[] = [
    ['indicator', indicator],
    ['dimension', dimension],
    ['category', category],
    ['sex', sex],
    ['age', age],
    ['year', year],
    ['iso3', area],
    ['unit', glotip.units.counts],
  ]
  const given = classes.filter(([, value]) => value !== undefined)
  return given.map(([column, value]) => `${glotipColumns[column][0]} = ${value}`).join('; ')
}

// ---------------------------------------------------------------- counting

const total = glotip.total
const victims = { indicator: glotip.indicators.victims }
const forms = Object.values(glotip.forms)

function cellOf(rows: RowIndex, where: Where): Cell {
  const counted = rowsOf(rows, where)
  return {
    where,
    rows: counted.length,
    lessThanFive: counted.filter((row) => !isExact(row.value)).length,
    count: counted.length === 0 ? null : sum(counted.map((row) => row.value)),
  }
}

/** The extremes of part / (part + others): the part at one end of its interval while the others are at the other. */
function shareOf(part: Cell, others: readonly Cell[]): Share {
  if (part.count === null) return null
  let rest: Interval = { low: 0, high: 0 }
  for (const { count } of others) {
    if (count === null) return null
    rest = sum([rest, count])
  }
  const low = { numerator: part.count.low, denominator: part.count.low + rest.high }
  const high = { numerator: part.count.high, denominator: part.count.high + rest.low }
  if (low.denominator === 0 || high.denominator === 0) return null
  const eachHasNumbers = [part, ...others].every((cell) => cell.rows > cell.lessThanFive)
  // The low end of a sum is its rows given as numbers, since "<5" starts at 0.
  const value = { numerator: part.count.low, denominator: part.count.low + rest.low }
  return { value: eachHasNumbers && value.denominator > 0 ? value : null, low, high }
}

function cautionsOf(rows: RowIndex, wheres: readonly Where[]): Caution[] {
  const groups = new Map<string, number>()
  let subregionLines = 0
  for (const where of wheres) {
    for (const row of rowsOf(rows, where)) {
      const group = `${keyOf(row)}|${row.year}|${row.iso3}|${row.country}`
      groups.set(group, (groups.get(group) ?? 0) + 1)
      if (areaOf(row) === undefined) subregionLines++
    }
  }
  const several = [...groups.values()].filter((count) => count > 1).length
  const cautions: Caution[] = []
  if (several > 0) cautions.push({ code: 'several-rows-in-one-group', groups: several })
  if (subregionLines > 0) cautions.push({ code: 'sub-region-lines-counted', rows: subregionLines })
  return cautions
}

function keyOf(row: Pick<Where, 'indicator' | 'dimension' | 'category' | 'sex' | 'age'>): string {
  return `${row.indicator}|${row.dimension}|${row.category}|${row.sex}|${row.age}`
}

function yearsOf(rows: RowIndex): number[] {
  const years = new Set<number>()
  for (const group of rows.values()) for (const row of group) years.add(row.year)
  return [...years].sort((a, b) => a - b)
}
