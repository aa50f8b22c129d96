import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, randomUuid, StreamId, timedUuid } from '../shared/ids.ts'
import type { Entry } from './entry.ts'
import { personErased } from './erasure.ts'
import { emptyState, fold } from './fold.ts'
import { check, gatherKinds, type Kind, nounOf, read } from './kind.ts'
import { keyGranted } from './membership.ts'
import { personOf } from './records.ts'
import { entryOf } from './testing/generators.ts'
import { described, opened, today, tomorrow, weighed } from './testing/kinds.ts'

const bytes = Uint8Array.from({ length: 16 }, (_, i) => i * 7)
const id = EntryId.parse(randomUuid(bytes))
const good = entryOf({ id, kind: opened.kind, coded: { colour: 'red', size: 1 }, sealed: { remark: 'eA' } })
const timed: Kind = { ...weighed, kind: 'test.weighed-in-public', time: 'clear', precisions: ['day', 'month'] }
const kinds = gatherKinds([...today.values(), timed])
const codeOf = (entry: Entry) => {
  const checked = check(kinds, entry)
  return checked.ok ? 'accepted' : checked.refusal.code
}

describe('an entry is refused, by name, that holds', () => {
  test.each<[string, Partial<Entry>, string]>([
    [
      'a coded field its kind does not have',
      { coded: { colour: 'red', size: 1, name: 'x' } },
      'log.coded-field-not-allowed',
    ],
    [
      'a coded value its kind does not allow',
      { coded: { colour: 'red', size: 'large' } },
      'log.coded-field-not-allowed',
    ],
    ['too little', { coded: { colour: 'red' } }, 'log.coded-field-not-allowed'],
    ['a sealed field its kind does not have', { sealed: { diagnosis: 'eA' } }, 'log.sealed-field-not-allowed'],
    ['a day where a quarter is asked for', { on: CivilDate.parse('2026-11-24') }, 'log.date-precision'],
    ['a year where a quarter is asked for', { on: CivilDate.parse('2026') }, 'log.date-precision'],
    ['the time of the device in the clear', { at: { time: 1, clock: [1, 0] } }, 'log.time-not-as-declared'],
    ['an id made from the time', { id: EntryId.parse(timedUuid(1_790_000_000_000, bytes)) }, 'log.id-tells-time'],
    [
      'a stream named by the time',
      { stream: StreamId.parse(timedUuid(1_790_000_000_000, bytes)) },
      'log.id-tells-time',
    ],
  ])('%s', (_, wrong, code) => {
    expect(codeOf(good)).toBe('accepted')
    expect(codeOf({ ...good, ...wrong })).toBe(code)
  })

  test('no time of the device where its kind declares one', () => {
    const clear: Entry = { ...good, kind: timed.kind, coded: { weight: 1 }, sealed: {}, on: CivilDate.parse('2026-11') }
    expect(codeOf(clear)).toBe('log.time-not-as-declared')
    expect(codeOf({ ...clear, at: { time: 1, clock: [1, 0] } })).toBe('accepted')
  })

  test('an older version that cannot be brought to this one', () => {
    const fragile: Kind = {
      ...weighed,
      version: 2,
      upcasts: { 2: (coded) => ({ weight: z.object({ grams: z.int() }).parse(coded.weight).grams }) },
    }
    const older = { ...good, kind: weighed.kind, version: 1, sealed: {} }
    const world = gatherKinds([fragile])
    expect(check(world, { ...older, coded: { weight: { grams: 5 } } }).ok).toBe(true)
    expect(check(world, { ...older, coded: { weight: 'heavy' } })).toMatchObject({
      refusal: { code: 'log.coded-field-not-allowed' },
    })
    expect(read(world, { ...older, coded: { weight: 'heavy' } })).toEqual({ known: false })
  })
})

describe('an entry is accepted', () => {
  test('that holds what its kind allows', () => {
    expect(check(today, good)).toMatchObject({ ok: true, value: { known: true, coded: good.coded } })
  })

  test('of a kind or a version that is not known here, whatever it holds: it is kept for a later program', () => {
    const unknown = { ...good, kind: weighed.kind, coded: { weight: 3 } }
    expect(check(today, unknown)).toEqual({ ok: true, value: { known: false } })
    expect(check(tomorrow, { ...unknown, sealed: {} })).toMatchObject({ value: { known: true } })
    expect(check(today, { ...good, kind: described.kind, version: 4, coded: { shade: 1 } })).toEqual({
      ok: true,
      value: { known: false },
    })
  })

  test('of an older version, and is checked as what it becomes', () => {
    const older = { ...good, kind: described.kind, version: 1, sealed: {} }
    expect(check(today, { ...older, coded: { color: 'red' } })).toMatchObject({ value: { coded: { colour: 'red' } } })
    expect(codeOf({ ...older, coded: { color: 7 } })).toBe('log.coded-field-not-allowed')
  })
})

describe('the kinds of a programme', () => {
  test('are declared once each', () => {
    expect(() => gatherKinds([opened], [opened])).toThrow(/declared twice/)
  })

  test('have an upcast from each version to the next', () => {
    expect(() => gatherKinds([{ ...opened, version: 2 }])).toThrow(/no way from version 1/)
  })
})

describe('a stream with keys of its own', () => {
  test('is named by its opening, never by what may stand on any of them', () => {
    expect(nounOf(opened)).toBe('case')
    expect([keyGranted, personErased, undefined].map(nounOf)).toEqual([undefined, undefined, undefined])
  })

  test('says whose key its texts are sealed with once its opening is there', () => {
    const person = '00000000-0000-4000-8000-000000000004'
    const begun: Kind = { ...opened, kind: 'test.begun', coded: z.strictObject({ person: z.string() }), sealed: [] }
    const first = entryOf({ id, kind: begun.kind, coded: { person }, sealed: {} })
    expect(personOf(fold(gatherKinds([begun]), [first]))).toBe(person)
    expect(personOf(emptyState)).toBeUndefined()
  })
})
