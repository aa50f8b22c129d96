import type { Cell, Count } from '@lentera/core/results/count'
import { exactly } from '@lentera/core/shared/counts'
import type { TablesInput } from '../tables-input.ts'

/**
 * An invented person: her values, and each service she got with its quarter. `who` where she is registered twice, perhaps
 * with other values; `team` and `organisation` where her tables are shown by them.
 */
export type Person = {
  readonly who?: string
  readonly organisation?: string
  readonly team?: string
  readonly sex: string
  readonly age: string
  readonly services: readonly { readonly service: string; readonly quarter: string }[]
}

export const supportDimensions: TablesInput['dimensions'] = {
  sex: { parts: 'exclusive', values: ['female', 'male', 'unknown'] },
  age: { parts: 'exclusive', values: ['child', 'adult', 'unknown'] },
  service: { parts: 'overlapping', values: ['legal-aid', 'health', 'other'] },
}

export const supportBreakdowns = [[], ['sex'], ['age'], ['service'], ['service', 'sex']]

/** The tables of these persons, counted the plain way: for each cell, who is in it. */
export function tablesOf(
  persons: readonly Person[],
  asOf = '2026-Q3',
  breakdowns: TablesInput['breakdowns'] = supportBreakdowns,
  dimensions: TablesInput['dimensions'] = supportDimensions,
): TablesInput {
  const open = new Map<string, { cell: Cell; persons: Set<Person | string>; contacts: number }>()
  for (const person of persons) {
    for (const { service, quarter } of person.services) {
      const values: Record<string, string> = { sex: person.sex, age: person.age, service }
      for (const place of placesOf(person, quarter)) {
        for (const by of breakdowns) {
          const chosen = Object.fromEntries(by.map((name) => [name, values[name] ?? 'unknown']))
          const cell: Cell = { fact: 'served', ...place, dimensions: chosen }
          const name = textOf(cell)
          const counted = open.get(name) ?? { cell, persons: new Set(), contacts: 0 }
          counted.persons.add(person.who ?? person)
          open.set(name, { ...counted, contacts: counted.contacts + 1 })
        }
      }
    }
  }
  const cells = [...open.values()].map(({ cell, persons, contacts }) => {
    const count: Count = { persons: exactly(persons.size), contacts }
    return { cell, count }
  })
  return { fact: 'served', asOf, cells, breakdowns, dimensions }
}

function placesOf({ organisation, team }: Person, quarter: string): Pick<Cell, 'scope' | 'period'>[] {
  const scopes: Cell['scope'][] = ['programme']
  if (organisation) scopes.push(`organisation:${organisation}`)
  if (team) scopes.push(`team:${team}`)
  return scopes.flatMap((scope) => ['all', quarter.slice(0, 4), quarter].map((period) => ({ scope, period })))
}

export const textOf = ({ period, scope, dimensions }: Cell): string =>
  JSON.stringify([period, scope, Object.entries(dimensions).sort()])

/** Invented persons, the same for the same seed: mostly women, mostly adults, as in the programme. */
export function peopleFrom(seed: number, howMany: number): Person[] {
  const state = { seed }
  const random = (): number => {
    state.seed = (state.seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return state.seed / 2_147_483_648
  }
  const oneOf = (values: readonly string[], weights: readonly number[]): string => {
    const total = (many: readonly number[]): number => many.reduce((sum, weight) => sum + weight, 0)
    const drawn = random() * total(weights)
    return values.find((_, at) => drawn < total(weights.slice(0, at + 1))) ?? values[0] ?? ''
  }
  return Array.from({ length: howMany }, () => ({
    sex: oneOf(['female', 'male', 'unknown'], [90, 7, 3]),
    age: oneOf(['child', 'adult', 'unknown'], [30, 65, 5]),
    services: Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
      service: oneOf(['legal-aid', 'health', 'other'], [5, 4, 2]),
      quarter: oneOf(['2025-Q4', '2026-Q1', '2026-Q2'], [1, 2, 2]),
    })),
  }))
}
