import type { Cell } from '@lentera/core/results/count'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { TablesInput } from './tables-input.ts'

/** The numbers of a cell: persons at least, persons at most, contacts. They are shown together or not at all. */
export type Numbers = readonly [low: number, high: number, contacts: number]

/**
 * What everyone knows about how cells hang together: parts make up a whole. Contacts always add up; persons add up only
 * where each is in one part, else they lie between the largest part and the sum. `surplus` is what the parts count more
 * than the whole (someone whose sex was recorded twice, or work without a quarter); an attacker is taken to know it.
 */
export type Relation = {
  readonly whole: number
  readonly parts: readonly number[]
  readonly personsAdd: boolean
  readonly surplus: Numbers
}

/**
 * The cells stand in order of places (a scope in a period), and at each place in the same order of slots (the values of a
 * breakdown): cell = place * number of slots + slot.
 */
export type LinkedTables = {
  readonly cells: readonly Cell[]
  readonly slots: readonly Readonly<Record<string, string>>[]
  /** Of each place, itself and all places it lies in, and those of the places below it that have no place below them. */
  readonly around: readonly (readonly number[])[]
  readonly leaves: readonly (readonly number[])[]
  readonly dimensions: Readonly<Record<string, readonly string[]>>
  readonly numbers: readonly Numbers[]
  readonly relations: readonly Relation[]
  /** Of each cell, the relations it takes part in. */
  readonly relationsOf: readonly (readonly number[])[]
}

/**
 * Lays out every cell of the input, empty ones too, and every relation between them. Refuses counts that cannot be.
 *
 * @param known cells of earlier tables: their periods and scopes are laid out too, also when nobody is left in them
 */
export function linkTables(input: TablesInput, known: readonly Cell[] = []): Decision<LinkedTables> {
  const refusal = checkInput(input)
  if (refusal) return refusal
  const given = new Map(input.cells.map(({ cell, count }) => [nameOf(cell), count]))
  if (given.size !== input.cells.length) return refuse('release.cell-given-twice')

  const everywhere = [...input.cells.map(({ cell }) => cell), ...known]
  const scopes = unique(everywhere.map(({ scope }) => scope))
  if (scopes.length === 0) scopes.push('programme')
  const periods = unique(['all', ...everywhere.flatMap(({ period }) => [yearOf(period), period])])
  const breakdowns = unique(input.breakdowns.map((by) => JSON.stringify([...by].sort()))).map((text): string[] =>
    JSON.parse(text),
  )
  const slots = breakdowns.flatMap((by) => combinations(input, by))
  const places = scopes.flatMap((scope) => periods.map((period) => ({ scope, period })))
  const cells = places.flatMap((place) => slots.map((dimensions): Cell => ({ fact: input.fact, ...place, dimensions })))
  const index = new Map(cells.map((cell, at) => [nameOf(cell), at]))
  const numbers = cells.map((cell): Numbers => {
    const count = given.get(nameOf(cell))
    return count ? [count.persons.low, count.persons.high, count.contacts] : none
  })
  const stray = input.cells.find(({ cell }) => !index.has(nameOf(cell)))
  if (stray) return refuse('release.cell-outside-the-tables', { cell: nameOf(stray.cell) })

  const relations: Relation[] = []
  const relate = (whole: Cell, parts: readonly Cell[], personsAdd: boolean) => {
    const at = (cell: Cell) => index.get(nameOf(cell)) ?? -1
    const indices = parts.map(at)
    if (indices.length === 0) return
    const sums = indices.reduce<Numbers>((sum, part) => plus(sum, numbers[part] ?? none), none)
    const surplus = plus(sums, times(numbers[at(whole)] ?? none, -1))
    relations.push({ whole: at(whole), parts: indices, personsAdd, surplus })
  }
  for (const cell of cells) {
    for (const added of refinements(Object.keys(cell.dimensions), breakdowns)) {
      relate(
        cell,
        combinations(input, added).map((more) => ({ ...cell, dimensions: { ...cell.dimensions, ...more } })),
        added.every((name) => input.dimensions[name]?.parts === 'exclusive'),
      )
    }
    const shorter = periods.filter((period) => period !== cell.period && periodAbove(period) === cell.period)
    relate(
      cell,
      shorter.map((period) => ({ ...cell, period })),
      false,
    )
    const narrower = scopes.filter((scope) => scope !== cell.scope && scopeAbove(input, scope) === cell.scope)
    relate(
      cell,
      narrower.map((scope) => ({ ...cell, scope })),
      false,
    )
  }
  const relationsOf: number[][] = cells.map(() => [])
  for (const [at, { whole, parts }] of relations.entries())
    for (const member of [whole, ...parts]) relationsOf[member]?.push(at)
  const lies = (inner: Place, outer: Place): boolean =>
    periodsAround(inner.period).includes(outer.period) && scopesAround(input, inner.scope).includes(outer.scope)
  const where = places.map((_, at) => at)
  const around = places.map((inner) => where.filter((at) => lies(inner, places[at] ?? inner)))
  const leaves = where.map((at) =>
    where.filter((leaf) => around[leaf]?.includes(at) && !where.some((o) => o !== leaf && around[o]?.includes(leaf))),
  )
  return accept({
    cells,
    slots,
    around,
    leaves,
    dimensions: Object.fromEntries(Object.entries(input.dimensions).map(([name, { values }]) => [name, values])),
    numbers,
    relations,
    relationsOf,
  })
}

/** A cell's name within its fact: the same for equal cells however they were written. */
export function nameOf({ period, scope, dimensions }: Cell): string {
  const parts = Object.entries(dimensions).map(([name, value]) => `${name}=${value}`)
  return `${scope}|${period}|${parts.sort().join('&')}`
}

export const none: Numbers = [0, 0, 0]
export const plus = (a: Numbers, b: Numbers): Numbers => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const times = (a: Numbers, factor: number): Numbers => [a[0] * factor, a[1] * factor, a[2] * factor]

/** Whether a cell can hold these numbers at all: each person has a contact, and there is no contact without a person. */
export function isPossible([low, high, contacts]: Numbers): boolean {
  return low >= 0 && low <= high && high <= contacts && (low > 0 || contacts === 0)
}

// ---------------------------------------------------------------- what lies in what

/** The dimensions that, added to these, give the next finer breakdowns. */
function refinements(names: readonly string[], breakdowns: readonly (readonly string[])[]): string[][] {
  const finer = breakdowns.filter((by) => by.length > names.length && names.every((name) => by.includes(name)))
  const nearest = finer.filter(
    (by) => !finer.some((other) => other.length < by.length && other.every((name) => by.includes(name))),
  )
  return nearest.map((by) => by.filter((name) => !names.includes(name)))
}

type Place = { readonly scope: string; readonly period: string }

const yearOf = (period: string): string => (period === 'all' ? period : period.slice(0, 4))
const periodAbove = (period: string): string => (period.length > 4 ? period.slice(0, 4) : 'all')

function scopeAbove({ teams }: TablesInput, scope: string): string {
  return teams?.[scope] ?? 'programme'
}

const periodsAround = (period: string): string[] =>
  period === 'all' ? [period] : [period, ...periodsAround(periodAbove(period))]
const scopesAround = (input: TablesInput, scope: string): string[] =>
  scope === 'programme' ? [scope] : [scope, ...scopesAround(input, scopeAbove(input, scope))]

function combinations({ dimensions }: TablesInput, by: readonly string[]): Record<string, string>[] {
  return by.reduce<Record<string, string>[]>(
    (sets, name) => sets.flatMap((set) => (dimensions[name]?.values ?? []).map((value) => ({ ...set, [name]: value }))),
    [{}],
  )
}

function checkInput({ fact, cells, breakdowns, dimensions }: TablesInput): ReturnType<typeof refuse> | undefined {
  const unknown = breakdowns.flat().find((name) => !dimensions[name])
  if (unknown !== undefined) return refuse('release.unknown-dimension', { dimension: unknown })
  for (const { cell, count } of cells) {
    if (cell.fact !== fact) return refuse('release.another-fact', { fact: cell.fact })
    const numbers: Numbers = [count.persons.low, count.persons.high, count.contacts]
    if (!numbers.every(Number.isSafeInteger) || !isPossible(numbers))
      return refuse('release.impossible-count', { cell: nameOf(cell) })
  }
  return undefined
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
