import type { Interval } from '../shared/counts.ts'
import { isExact } from '../shared/counts.ts'
import type { FigureValue } from './figure.ts'
import type { Qualifier, RecordedFigure } from './publication-of-record.ts'

/** The same thing as a recorded figure, counted over all programmes, and by the country of each. */
export type CountedAgain = {
  readonly whole: FigureValue
  readonly byCountry: ReadonlyMap<string, FigureValue>
}

/**
 * Whether a line of the publication of record is what is counted here, as one answer over the whole and all its parts: which of
 * them differs is never said. `exact` is the same number, `more-than` a greater one, `at-least` the same or a greater one. A
 * percentage agrees where both ends of what is counted round to it. A count that is an interval agrees with no exact number.
 */
export function agrees(recorded: RecordedFigure, { whole, byCountry }: CountedAgain): boolean {
  const { value, qualifier, parts = [], across } = recorded
  const isEach = parts.every((part) => says(byCountry.get(part.country), part.value, qualifier))
  return isEach && says(whole, value, qualifier) && (across === undefined || isIn(across, byCountry))
}

function says(counted: FigureValue | undefined, value: number, qualifier: Qualifier): boolean {
  if (counted?.kind === 'ratio') return rounded(counted).every((percent) => compares(percent, value, qualifier))
  if (counted?.kind !== 'count') return false
  const { count } = counted
  // What was said as "at least so many" may be more: it is no exact number. "About" is the source's own word, and is printed.
  const isOpen = counted.qualifier === 'at-least' || !isExact(count)
  return compares(count.low, value, qualifier) && !(qualifier === 'exact' && isOpen)
}

function compares(counted: number, value: number, qualifier: Qualifier): boolean {
  if (qualifier === 'more-than') return counted > value
  return qualifier === 'at-least' ? counted >= value : counted === value
}

/** From its two numbers, not from its tenths: a share of 47.46 % is 47 %, not the 48 that its 47.5 would make. */
function rounded({ numerator, denominator }: { numerator: Interval; denominator: Interval }): readonly number[] {
  const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((100 * part) / whole))
  return [percent(numerator.low, denominator.high), percent(numerator.high, denominator.low)]
}

function isIn(countries: readonly string[], byCountry: CountedAgain['byCountry']): boolean {
  const counted = [...byCountry].filter(([, value]) => value.kind === 'count' && value.count.high > 0)
  return counted.length === countries.length && counted.every(([country]) => countries.includes(country))
}
