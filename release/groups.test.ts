import { expect, test } from 'vitest'
import { releaseGroups } from './groups.ts'
import { releaseTables } from './tables.ts'
import { peopleFrom, tablesOf, textOf } from './testing/populations.ts'

const released = releaseTables(tablesOf(peopleFrom(9, 160)))
if (!released.ok) throw new Error(released.refusal.code)
const tables = released.value

test('a figure opens to groups of five or more, and says only that there are others', () => {
  const opened = releaseGroups(tables, { period: 'all', scope: 'programme' }, ['service', 'sex'])
  if (!opened.ok) throw new Error(opened.refusal.code)
  expect(opened.value.groups.length).toBeGreaterThan(0)
  for (const { persons } of opened.value.groups)
    expect(persons.kind === 'count' && persons.low).toBeGreaterThanOrEqual(5)
  expect(opened.value.others).toBe(true)
})

test('groups show nothing that the tables do not show', () => {
  const opened = releaseGroups(tables, { period: 'all', scope: 'programme' }, ['sex'])
  if (!opened.ok) throw new Error(opened.refusal.code)
  for (const group of opened.value.groups) {
    const cell = { fact: 'served', period: 'all', scope: 'programme' as const, dimensions: group.key }
    expect(tables.cells.find((one) => textOf(one.cell) === textOf(cell))?.persons).toEqual(group.persons)
  }
})

test('groups by anything else than a released breakdown are refused', () => {
  const opened = releaseGroups(tables, { period: 'all', scope: 'programme' }, ['age', 'sex'])
  expect(!opened.ok && opened.refusal.code).toBe('release.groups-not-released')
})
