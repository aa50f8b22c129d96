import { unsettled } from '../shared/contribution.ts'
import { add, exactly, type Interval, sum } from '../shared/counts.ts'
import { wilsonInterval } from '../shared/wilson.ts'
import type { Count } from './count.ts'
import type { FigurePart, FigureValue } from './figure.ts'
import type { Indicator } from './indicators.ts'

/** What is counted of a fact for some values of some dimensions; `{}` is all of it. */
export type CountedPart = { readonly key: FigurePart['key']; readonly count: Count }

/** What an indicator says of every cell of its fact: of a part alone or over its whole, and how a sum may be read. */
export function valuesOf(indicator: Indicator, cells: readonly CountedPart[]): readonly FigurePart[] {
  return indicator.part
    ? partOf(indicator, indicator.part, cells)
    : cells.map(({ key, count }) => ({ key, value: qualified(indicator, key, liveValue(indicator, count), cells) }))
}

/** What it says of one part; undefined where nothing is counted of it. */
export const valueAt = (
  indicator: Indicator,
  cells: readonly CountedPart[],
  part: FigurePart['key'],
): FigureValue | undefined => valuesOf(indicator, cells).find(({ key }) => isKey(key, part))?.value

/** A cell as its indicator measures it: persons, or how often. */
export function liveValue({ measure }: Indicator, count: Count): FigureValue {
  return { kind: 'count', count: measure === 'persons' ? count.persons : exactly(count.contacts) }
}

/**
 * The cells of one programme as the region counts them, whole and by country: its own breakdown by country is of where it
 * happened; here it is whose. A person is one programme's: who came in two countries is counted in both.
 */
export function ofPlace(cells: readonly CountedPart[], country: string): readonly CountedPart[] {
  return cells
    .filter(({ key }) => !('country' in key))
    .flatMap((part) => [part, { ...part, key: { ...part.key, country } }])
}

/** Cells of several programmes under one key are one cell. */
export function added(cells: readonly CountedPart[]): readonly CountedPart[] {
  const sums = new Map<string, CountedPart>()
  for (const { key, count } of cells) {
    const name = JSON.stringify(Object.entries(key).sort())
    const known = sums.get(name)?.count ?? { persons: exactly(0), contacts: 0 }
    sums.set(name, {
      key,
      count: { persons: add(known.persons, count.persons), contacts: known.contacts + count.contacts },
    })
  }
  return [...sums.values()]
}

/** An indicator of a part of what is counted, alone or over the whole, for the total and for each breakdown. */
function partOf(
  indicator: Indicator,
  part: Readonly<Record<string, string>>,
  cells: readonly CountedPart[],
): readonly FigurePart[] {
  const interval = ({ count }: CountedPart): Interval =>
    indicator.measure === 'persons' ? count.persons : exactly(count.contacts)
  const names = Object.keys(part)
  return cells
    .filter(({ key }) => !names.some((name) => name in key))
    .map((whole) => {
      const heads = (values: Readonly<Record<string, string>>): Interval => {
        const found = cellAt(cells, { ...whole.key, ...values })
        return found ? interval(found) : exactly(0)
      }
      const sure = heads(part)
      const all = interval(whole)
      if (!indicator.ratio || indicator.sample) return { key: whole.key, value: partValue(indicator, sure, all) }
      // Those of whom it is not known, or not settled, may be of the part or not: an interval, and never a guess.
      const open = names.flatMap((name) =>
        ['unknown', unsettled].map((value) => heads({ ...part, [name]: value }).high),
      )
      const count = { low: sure.low, high: Math.min(all.high, sum([sure, ...open.map(exactly)]).high) }
      return { key: whole.key, value: partValue(indicator, count, all) }
    })
}

function partValue({ ratio, sample }: Indicator, count: Interval, whole: Interval): FigureValue {
  if (sample) return sampleOf(count.high, whole.high)
  return ratio ? ratioOf(count, whole) : { kind: 'count', count }
}

/** Those asked and those who said yes are counted, exactly; the interval is what asking only them leaves open. */
function sampleOf(said: number, asked: number): FigureValue {
  if (asked === 0) return { kind: 'none', why: 'nothing-recorded' }
  const { low, high } = wilsonInterval(said, asked)
  const tenths = (share: number): number => Math.round(1000 * share)
  return {
    kind: 'sample',
    said,
    asked,
    percentTenths: tenths(said / asked),
    between: { low: tenths(low), high: tenths(high) },
  }
}

/** A sum is exact only where all of it was said as exact; where some of it was about so many, or is disputed, so is the sum. */
function qualified(
  indicator: Indicator,
  key: FigurePart['key'],
  value: FigureValue,
  cells: readonly CountedPart[],
): FigureValue {
  if (!indicator.qualified || value.kind !== 'count') return value
  const has = (qualifier: string): boolean => (cellAt(cells, { ...key, qualifier })?.count.contacts ?? 0) > 0
  if (has('about') || has(unsettled)) return { ...value, qualifier: 'about' }
  return has('at-least') ? { ...value, qualifier: 'at-least' } : value
}

const cellAt = (cells: readonly CountedPart[], key: FigurePart['key']): CountedPart | undefined =>
  cells.find((each) => isKey(each.key, key))

const isKey = (key: FigurePart['key'], wanted: FigurePart['key']): boolean =>
  Object.keys(key).length === Object.keys(wanted).length &&
  Object.entries(wanted).every(([name, value]) => key[name] === value)

/** Both numbers stay: a share without its whole says nothing. Tenths of a percent, rounded half up. */
function ratioOf(numerator: Interval, denominator: Interval): FigureValue {
  const tenths = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole))
  const percentTenths = {
    low: tenths(numerator.low, denominator.high),
    high: Math.min(1000, tenths(numerator.high, denominator.low)),
  }
  return { kind: 'ratio', numerator, denominator, percentTenths }
}
