import { StreamId } from '@lentera/core/shared/ids'
import { expect, it } from 'vitest'
import type { Typed } from '../../../../device/use-kept-form.ts'
import { markedNow, withMark } from './marked.ts'

const [cedar, maple, willow] = [1, 2, 3].map((n) => StreamId.parse(`00000000-0000-4000-8000-00000000000${n}`)) as [
  StreamId,
  StreamId,
  StreamId,
]
const marking = (typed: Typed, officer: StreamId, is: boolean): Typed => ({
  ...typed,
  ...Object.fromEntries(withMark(typed, officer, is)),
})

it('a mark that a colleague sets while this page is open stays, and what was struck out here does not come back', () => {
  const typed = marking(marking({}, maple, true), cedar, false)
  expect([...markedNow([cedar], typed)]).toEqual([maple])
  expect([...markedNow([cedar, willow], typed)]).toEqual([willow, maple])
  expect([...markedNow([cedar], marking(typed, cedar, true))].toSorted()).toEqual([cedar, maple])
  expect([...markedNow([cedar], marking(typed, maple, false))]).toEqual([])
})
