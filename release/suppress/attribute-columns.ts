import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { joined } from '../audit/hierarchy.ts'
import { type PublishedTable, readShown } from '../audit/published.ts'
import type { Rules } from './rules.ts'

/**
 * The table without what would be printed beside its cells and is not protected: columns that the rules ignore, unless they are labels, each code of another
 * column having one value of them. Refuses: `protect.attribute-column` {name, rule}, of numbers that say something of each count (`attributeColumns`).
 */
export function withoutAttributes(table: PublishedTable, rules: Rules): Decision<PublishedTable> {
  const attributes = attributeColumns(table, rules)
  const ignored = new Set(rules.hierarchies.ignore ?? [])
  const told = attributes.find((name) => !ignored.has(name))
  if (told !== undefined)
    return refuse('protect.attribute-column', {
      name: told,
      rule: `"hierarchies": {"ignore": ${JSON.stringify([told])}}`,
    })
  const places = [...table.dimensions.keys()]
  const others = places.filter((place) => !ignored.has(table.dimensions[place] ?? ''))
  const kept = places.filter((place) => {
    const name = table.dimensions[place] ?? ''
    return !ignored.has(name) || (!attributes.includes(name) && isLabel(table, place, others))
  })
  if (kept.length === places.length) return accept(table)
  const chosen = (codes: readonly string[]): string[] => kept.map((place) => codes[place] ?? '')
  return accept({
    ...table,
    dimensions: chosen(table.dimensions),
    rows: table.rows.map(({ codes, shown }) => ({ codes: chosen(codes), shown })),
  })
}

/**
 * Columns of numbers that tell no groups of people apart: a share, a rate, the count once more, the total of a country. Beside a hidden cell such a
 * number gives it away, and no sum of the table shows it. Taken for one is a column with fractions or per cents; one in the counts' own proportion; and one of
 * nearly as many numbers as there are rows that tells none apart which the others do not. Years are none, nor what the rules name as a dimension or as contributions.
 */
function attributeColumns(table: PublishedTable, { contributions, hierarchies }: Rules): readonly string[] {
  const { combine = [], partitions = {} } = hierarchies
  const named = new Set([
    ...[...contributions, ...combine.flat()],
    ...Object.keys(partitions).flatMap((name) => [name, ...name.split(joined)]),
  ])
  const columns = table.dimensions.flatMap((name, place) => (named.has(name) ? [] : [{ name, place }]))
  const numbers = columns.filter(({ place }) => {
    const said = saidIn(table, place)
    return said.length > 1 && said.every((code) => number.test(code)) && !said.every(isYear)
  })
  const attributes = new Set(numbers.map(({ place }) => place))
  const others = [...table.dimensions.keys()].filter((place) => !attributes.has(place))
  const keys = new Set(table.rows.map(({ codes }) => others.map((place) => codes[place] ?? '').join('\u0001')))
  const isKey = others.length > 0 && keys.size === table.rows.length
  return numbers
    .filter(({ place }) => {
      const said = saidIn(table, place)
      if (said.some((code) => fraction.test(code)) || isInProportion(table, place)) return true
      return isKey && new Set(said).size > said.length / 2 && !isLabel(table, place, others)
    })
    .map(({ name }) => name)
}

const saidIn = ({ rows }: PublishedTable, place: number): readonly string[] =>
  rows.map(({ codes }) => codes[place]?.trim() ?? '').filter((code) => code !== '')

const number = /^[-+]?\d+([.,]\d+)?\s*%?$/
const fraction = /[.,%]/
const isYear = (code: string): boolean => /^(19|20)\d\d$/.test(code)

/** Each is, rounded, one and the same multiple of its count: of three different counts or more. */
function isInProportion({ rows }: PublishedTable, place: number): boolean {
  let [least, most] = [0, Number.POSITIVE_INFINITY]
  const counts = new Set<number>()
  for (const { codes, shown } of rows) {
    const [count, value] = [readShown(shown), Number.parseFloat(codes[place] ?? '')]
    if (count.kind !== 'number' || count.least === 0 || Number.isNaN(value)) continue
    counts.add(count.least)
    least = Math.max(least, (value - 0.5) / count.least)
    most = Math.min(most, (value + 0.5) / count.least)
  }
  return counts.size > 2 && least <= most
}

const isLabel = ({ rows }: PublishedTable, place: number, others: readonly number[]): boolean =>
  others.some((other) => {
    const values = new Map<string, string>()
    return rows.every(({ codes }) => {
      const [code, value] = [codes[other] ?? '', codes[place] ?? '']
      const before = values.get(code) ?? value
      values.set(code, before)
      return before === value
    })
  })
