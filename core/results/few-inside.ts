import type { CountedPart } from './figure-values.ts'
import type { Indicator } from './indicators.ts'

/** Which dimension's small parts stay with those who counted them, and what they are told apart by besides. */
export type FewInside = NonNullable<Indicator['fewInside']>

/** What is told of the parts of one period. */
export type ToldParts = {
  /** Whether the part stays inside; of a part that names none of `by` it never does. */
  readonly isInside: (key: CountedPart['key']) => boolean
  /** The parts that stay inside, whether anybody was counted in them or nobody, each by each breakdown. */
  readonly inside: readonly CountedPart['key'][]
}

/**
 * Which parts (of an agency: how many of its officers, women and men of them) stay with those who counted: where one to four are in
 * a part, or none of a sex of which others have five, the agency is told of no sex in any period; and of an agency of one to four in
 * some period not even how many. So many others stay with them, the smallest first, that what the totals leave of them together is
 * five or more of a sex and in all: then five or more could be in each part. What is not told wears one face, and so does none.
 *
 * The totals, and those by sex, are told whatever stands here.
 *
 * @param periods every period whose parts are told, all time among them: judged over all of them, so that none can be taken from another
 */
export function fewInside(
  periods: ReadonlyMap<string, readonly CountedPart[]>,
  { by, within }: FewInside,
): ToldParts & { readonly periods: ReadonlySet<string> } {
  const counts = [...periods.values()].map((cells) => countsOf(cells, by, within))
  const all = periods.get('all') ?? []
  const parts = valuesIn(all, by).sort((a, b) => numberOf(all, { [by]: a }) - numberOf(all, { [by]: b }))
  const kinds = valuesIn(all, within)
  const split = new Set(parts.filter((part) => counts.some((of) => kinds.some((kind) => of.isSmall(part, kind)))))
  const whole = new Set(parts.filter((part) => counts.some((of) => isFew(of.part(part)))))
  // What is not told of the whole agency is not told of its sexes, which make it up.
  const widen = (some: Set<string>): boolean => {
    const next = parts.find((part) => !some.has(part))
    if (next !== undefined) some.add(next)
    return next !== undefined
  }
  while (isOpen(whole, counts, (of, some) => isFew(sum(some, of.part))) && widen(whole));
  for (const part of whole) split.add(part)
  const leavesFewOf = (of: Counts, some: readonly string[]): boolean =>
    kinds.some((kind) => of.kind(kind) >= fewest && sum(some, (part) => of.cell(part, kind)) < fewest)
  const present = (of: Counts, some: readonly string[]): boolean => some.some((part) => of.part(part) > 0)
  while (isOpen(split, counts, (of, some) => present(of, some) && leavesFewOf(of, some)) && widen(split));
  const inside = [
    ...[...whole].map((part) => ({ [by]: part })),
    ...[...split].flatMap((part) => kinds.map((kind) => ({ [within]: kind, [by]: part }))),
  ]
  return {
    periods: new Set(periods.keys()),
    inside,
    isInside: (key) => {
      const part = key[by]
      return part !== undefined && (within in key ? split.has(part) : whole.has(part))
    },
  }
}

type Counts = {
  readonly part: (part: string) => number
  readonly kind: (kind: string) => number
  readonly cell: (part: string, kind: string) => number
  readonly isSmall: (part: string, kind: string) => boolean
}

function countsOf(cells: readonly CountedPart[], by: string, within: string): Counts {
  const part = (of: string): number => numberOf(cells, { [by]: of })
  const kind = (of: string): number => numberOf(cells, { [within]: of })
  const cell = (of: string, is: string): number => numberOf(cells, { [by]: of, [within]: is })
  const isSmall = (of: string, is: string): boolean => {
    const here = cell(of, is)
    return isFew(here) || (here === 0 && part(of) > 0 && kind(is) >= fewest)
  }
  return { part, kind, cell, isSmall }
}

/** Whether one that stays inside is alone, or all of them together are few in some period. */
const isOpen = (
  some: ReadonlySet<string>,
  counts: readonly Counts[],
  areFew: (of: Counts, some: readonly string[]) => boolean,
): boolean => some.size > 0 && (some.size === 1 || counts.some((of) => areFew(of, [...some])))

/** Nobody is counted by the low end of what is not settled. */
function numberOf(cells: readonly CountedPart[], wanted: CountedPart['key']): number {
  const names = Object.keys(wanted)
  const found = cells.find(
    ({ key }) => Object.keys(key).length === names.length && names.every((name) => key[name] === wanted[name]),
  )
  return found?.count.persons.low ?? 0
}

const valuesIn = (cells: readonly CountedPart[], name: string): string[] =>
  cells.flatMap(({ key }) => (Object.keys(key).length === 1 ? (key[name] ?? []) : [])).sort()

const sum = (parts: readonly string[], of: (part: string) => number): number =>
  parts.reduce((total, part) => total + of(part), 0)

const isFew = (count: number): boolean => count > 0 && count < fewest

/** Groups smaller than this stay with the organisation that counted them (do-no-harm, "Officers"). */
const fewest = 5
