import { emptyState } from '@lentera/core/log/fold'
import { EntryId, StreamId } from '@lentera/core/shared/ids'
import { expect, it } from 'vitest'
import type { OpenedOfficer } from './desk.ts'
import { seenOn } from './seen.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const stream = (n: number): StreamId => StreamId.parse(id(n))
const entry = (n: number): EntryId => EntryId.parse(id(n))
const kept = (...heads: readonly EntryId[]) => ({ state: { ...emptyState, heads } })

it('what was brought and is not shown yet was not seen', () => {
  // Of an officer no more is asked here.
  const officers = [{ stream: stream(1), heads: [entry(11)] } as unknown as OpenedOfficer]
  const rows = [{ stream: stream(2), noun: 'headcount', ...kept(entry(21)), unsent: false } as const]
  const brought = new Map([
    [stream(1), kept(entry(12))],
    [stream(2), kept(entry(22))],
    [stream(3), kept(entry(31))],
  ])
  const seen = seenOn({ officers, posts: [], streams: rows }, brought)
  brought.set(stream(3), kept(entry(32)))
  expect([1, 2, 3, 4].map((n) => seen(stream(n)))).toEqual([[entry(11)], [entry(21)], [entry(31)], undefined])
})
