import { expect, test } from 'vitest'
import { newestFirst } from './newest-first.ts'

const rows = [
  { name: 'first of May, written first', state: { on: '2026-05-01' } },
  { name: 'April', state: { on: '2026-04-30' } },
  { name: 'June', state: { on: '2026-06-02' } },
  { name: 'first of May, written last', state: { on: '2026-05-01' } },
]

test('the newest day stands first, and of one day what was written last', () => {
  expect(newestFirst(rows, ({ on }) => on).map(({ name }) => name)).toEqual([
    'June',
    'first of May, written last',
    'first of May, written first',
    'April',
  ])
})
