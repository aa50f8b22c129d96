import { CivilDate } from '@lentera/core/shared/dates'
import { expect, test } from 'vitest'
import { newestFirst } from './newest-first.ts'

const row = (name: string, on: string) => ({ name, state: { on: CivilDate.parse(on) } })
const inOrder = (...rows: readonly ReturnType<typeof row>[]) =>
  newestFirst(rows, ({ on }) => on).map(({ name }) => name)

test('the newest day stands first, and of one day what was written last', () => {
  expect(
    inOrder(
      row('first of May, written first', '2026-05-01'),
      row('April', '2026-04-30'),
      row('June', '2026-06-02'),
      row('first of May, written last', '2026-05-01'),
    ),
  ).toEqual(['June', 'first of May, written last', 'first of May, written first', 'April'])
})

test('a quarter, a month and a year stand where they begin, whatever the letters of their dates', () => {
  expect(
    inOrder(row('quarter', '2026-Q2'), row('day', '2026-05-01'), row('year', '2026'), row('month', '2026-06')),
  ).toEqual(['month', 'day', 'quarter', 'year'])
})
