import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CivilDate } from '../shared/dates.ts'
import { EntryId, MemberId } from '../shared/ids.ts'
import { canonicalText, Entry } from './entry.ts'
import {
  advance,
  agreedValue,
  emptyState,
  fold,
  type Head,
  isInConflict,
  parentsAfter,
  type StreamState,
  streamRecord,
} from './fold.ts'
import { type Kinds, read } from './kind.ts'
import {
  deliver,
  deliveries,
  entryOf,
  type History,
  histories,
  randomFrom,
  shuffled,
  things,
  uuidFrom,
} from './testing/generators.ts'
import { described, noteAdded, noteCorrected, opened, today, tomorrow, weighed } from './testing/kinds.ts'

const runs = { seed: 20261124, numRuns: 300 }
const delivered = histories.chain((history) => fc.tuple(fc.constant(history), deliveries(history)))

test('the generated histories hold each thing the properties speak of', () => {
  const samples = fc.sample(delivered, runs)
  const totals = new Map<string, number>(things.map((thing) => [thing, 0]))
  const raise = (thing: string, by: number) => totals.set(thing, (totals.get(thing) ?? 0) + by)
  for (const [{ made }, { repeats, dropped }] of samples) {
    for (const thing of things) raise(thing, made[thing])
    raise('delivered again', repeats)
    raise('parents that are missing', dropped)
  }
  const entries = totals.get('entries') ?? 0
  const shares = [...totals].map(([thing, count]) => `${thing} ${count} (${((100 * count) / entries).toFixed(1)} %)`)
  console.info(`${samples.length} histories: ${shares.join(', ')}`)
  for (const [thing, count] of totals) expect(count, thing).toBeGreaterThan(entries / 200)
})

describe('the same entries give the same state', () => {
  test('in any order, with any of them repeated or missing', () => {
    fc.assert(
      fc.property(delivered, fc.nat(), ([, { sent }], seed) => {
        const state = fold(today, sent)
        expect(fold(today, shuffled(sent, randomFrom(seed)))).toEqual(state)
        expect(fold(today, [...sent, ...sent])).toEqual(state)
      }),
      runs,
    )
  })

  test('in any two parts, joined in either order, overlapping or not', () => {
    fc.assert(
      fc.property(delivered, fc.integer({ min: 1, max: 99 }), ([{ entries }, { sent }], cut) => {
        const [left, right] = [sent.slice(0, (sent.length * cut) / 100), entries.slice((entries.length * cut) / 200)]
        expect(fold(today, [...left, ...right])).toEqual(fold(today, [...right, ...left]))
      }),
      runs,
    )
  })

  test('as an independent reading of the definition: a value stands unless a later entry sets its field', () => {
    fc.assert(
      fc.property(delivered, ([, { sent }]) => {
        for (const kinds of [today, tomorrow]) expect(headsOf(fold(kinds, sent))).toEqual(naiveHeads(kinds, sent))
      }),
      runs,
    )
  })

  test('arriving one by one, advanced where that can be and folded again where not', () => {
    const taken = { advanced: 0, folded: 0 }
    fc.assert(
      fc.property(
        delivered,
        fc.boolean(),
        fc.constantFrom(today, tomorrow),
        ([{ entries }, { sent }], inOrder, kinds) => {
          const arriving = new Map((inOrder ? entries : sent).map((entry) => [entry.id, entry]))
          const here: Entry[] = []
          let state = emptyState
          for (const entry of arriving.values()) {
            here.push(entry)
            const next = advance(kinds, state, entry)
            taken[next ? 'advanced' : 'folded']++
            state = next ?? fold(kinds, here)
            expect(state).toEqual(fold(kinds, here))
          }
        },
      ),
      { ...runs, numRuns: 200 },
    )
    expect(taken.advanced).toBeGreaterThan(200)
    expect(taken.folded).toBeGreaterThan(200)
  })

  test('also after a journey through JSON', () => {
    fc.assert(
      fc.property(delivered, ([, { sent }]) => {
        const travelled = sent.map((entry) => Entry.parse(JSON.parse(canonicalText(entry))))
        const state = fold(today, sent)
        expect(fold(today, travelled)).toEqual(state)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      runs,
    )
  })
})

describe('two people who write at the same time', () => {
  const root = opening('a')
  const left: Entry = { ...describing('b', [root]), coded: { colour: 'green' }, sealed: { remark: 'bGVmdA' } }
  const right: Entry = { ...describing('c', [root]), coded: { colour: 'blue' }, sealed: { remark: 'cmlnaHQ' } }

  test('are both kept on a clear and on a sealed field', () => {
    const record = fold(today, [left, root, right]).records[streamRecord]
    expect(record?.fields.colour?.map((head) => 'value' in head && head.value)).toEqual(['green', 'blue'])
    expect(record?.fields.remark?.map((head) => 'envelope' in head && head.envelope)).toEqual(['bGVmdA', 'cmlnaHQ'])
    expect(isInConflict(record, 'colour')).toBe(true)
    expect(isInConflict(record, 'remark')).toBe(true)
    expect(agreedValue(record, 'colour')).toBeUndefined()
  })

  test('are not in conflict where they say the same in the clear', () => {
    const record = fold(today, [root, left, { ...right, coded: { colour: 'green' } }]).records[streamRecord]
    expect(record?.fields.colour).toHaveLength(2)
    expect(isInConflict(record, 'colour')).toBe(false)
    expect(agreedValue(record, 'colour')).toBe('green')
    expect(isInConflict(record, 'remark')).toBe(true)
  })

  test('are settled by a later entry that saw both', () => {
    const settling = { ...describing('d', [left, right]), coded: { colour: 'amber' }, sealed: { remark: 'Ym90aA' } }
    const record = fold(today, [settling, right, left, root]).records[streamRecord]
    expect(record?.fields.colour).toEqual([expect.objectContaining({ value: 'amber', entry: settling.id })])
    expect(isInConflict(record, 'remark')).toBe(false)
  })

  test('are not settled by an entry that saw only one of them, nor on a field the later entry leaves alone', () => {
    const sawOne = { ...describing('d', [left]), coded: { colour: 'amber' } }
    expect(fold(today, [root, left, right, sawOne]).records[streamRecord]?.fields.colour).toHaveLength(2)
    const sawBoth = { ...describing('d', [left, right]), coded: { size: 4 } }
    expect(fold(today, [root, left, right, sawBoth]).records[streamRecord]?.fields.colour).toHaveLength(2)
  })

  test('stay in conflict though one of them goes on alone for long', () => {
    const line = [left]
    for (let i = 0; i < 50; i++) {
      const last = line.at(-1) ?? left
      line.push({ ...describing(`e${i}`, [last]), coded: { colour: `shade ${i}` } })
    }
    const colour = fold(today, [...line, right, root]).records[streamRecord]?.fields.colour
    expect(colour?.map((head) => 'value' in head && head.value).sort()).toEqual(['blue', 'shade 49'])
  })
})

describe('entries of another version of the program', () => {
  test('are kept, named as waiting for an update, and stop nothing', () => {
    const root = opening('a')
    const unknown = { ...entryOf({ id: id('b'), kind: weighed.kind }), parents: [root.id], coded: { weight: 3 } }
    const future = { ...describing('c', [unknown]), version: 4, coded: { shade: 'dark' } }
    const after = { ...describing('d', [future]), coded: { colour: 'green' } }
    const state = fold(today, [after, future, unknown, root])
    expect(state.needsUpdate).toEqual([unknown.id, future.id].sort())
    expect(state.heads).toEqual([after.id])
    expect(agreedValue(state.records[streamRecord], 'colour')).toBe('green')
    const updated = fold(tomorrow, [after, future, unknown, root])
    expect(updated.needsUpdate).toEqual([])
    expect(agreedValue(updated.records[streamRecord], 'weight')).toBe(3)
  })

  test('are folded once the kind is known, also into a state that was kept from before', () => {
    fc.assert(
      fc.property(delivered, ([, { sent }]) => {
        const before = [...new Map(sent.map((entry) => [entry.id, entry])).values()]
        const kept = fold(today, before)
        const next = entryOf({ id: id('next'), kind: described.kind, version: 3, parents: [...kept.heads] })
        const after = advance(tomorrow, kept, next) ?? fold(tomorrow, [...before, next])
        expect(after).toEqual(fold(tomorrow, [next, ...before]))
      }),
      runs,
    )
  })

  test('are upcast when they are older, step by step', () => {
    const root = opening('a')
    const first = { ...describing('b', [root]), version: 1, coded: { color: 'green' } }
    const second = { ...describing('c', [first]), version: 2, coded: { size: 'large' } }
    const record = fold(today, [root, first, second]).records[streamRecord]
    expect(agreedValue(record, 'colour')).toBe('green')
    expect(agreedValue(record, 'size')).toBe(9)
    expect(record?.fields.color).toBeUndefined()
  })
})

describe('a correction', () => {
  const root = opening('a')
  const note = entryOf({ id: id('n'), kind: noteAdded.kind, parents: [root.id], coded: { topic: 'red' } })
  const correction = entryOf({
    id: id('o'),
    kind: noteCorrected.kind,
    parents: [note.id],
    coded: { record: note.id, topic: 'green' },
  })

  test('that arrives before its record makes no record, names what is missing, and holds once the record is there', () => {
    const early = fold(today, [root, correction])
    expect(early.records[note.id]?.kind).toBeNull()
    expect(early.missing).toEqual([note.id])
    const whole = fold(today, [correction, root, note])
    expect(whole.records[note.id]).toMatchObject({ kind: noteAdded.kind, on: '2026-Q4' })
    expect(agreedValue(whole.records[note.id], 'topic')).toBe('green')
    expect(whole.missing).toEqual([])
  })

  test('of something that no id names is kept and changes nothing', () => {
    for (const record of [streamRecord, '__proto__', 'constructor', '', 7, null, { a: 1 }]) {
      const forged = { ...correction, coded: { record, topic: 'x' } } as Entry
      const state = fold(today, [root, note, forged])
      expect(state.needsUpdate).toEqual([forged.id])
      expect(agreedValue(state.records[streamRecord], 'topic')).toBeUndefined()
    }
  })
})

test('a stream that somebody opens a second time keeps its first maker and date', () => {
  const first = opening('a')
  const again: Entry = {
    ...opening('b'),
    parents: [first.id],
    on: CivilDate.parse('2025-Q1'),
    author: MemberId.parse('6d0c1c4e-0000-4000-8000-000000000299'),
    coded: { colour: 'blue', size: 2 },
  }
  const state = fold(today, [again, first])
  expect(state.records[streamRecord]).toMatchObject({ author: first.author, on: first.on })
  expect(agreedValue(state.records[streamRecord], 'colour')).toBe('blue')
  expect(advance(today, fold(today, [first]), again)).toEqual(state)
})

describe('what no honest device makes', () => {
  test('entries in a circle are all kept beside each other, what follows them follows, and nothing hangs', () => {
    const root = opening('a')
    const one = { ...describing('b', []), parents: [root.id, id('d')], coded: { colour: 'one' } }
    const two = { ...describing('c', [one]), coded: { colour: 'two' } }
    const three = { ...describing('d', [two]), coded: { colour: 'three' } }
    const after = { ...describing('e', [three]), coded: { size: 5 } }
    const all = [root, one, two, three, after]
    const state = fold(today, all)
    const colours = state.records[streamRecord]?.fields.colour?.map((head) => 'value' in head && head.value)
    expect(colours?.sort()).toEqual(['one', 'red', 'three', 'two'])
    expect(state.heads).toEqual([root.id, one.id, two.id, after.id].sort())
    const settled = { ...describing('f', []), parents: [...state.heads], coded: { colour: 'settled' } }
    expect(agreedValue(fold(today, [settled, ...all]).records[streamRecord], 'colour')).toBe('settled')
    expect(advance(today, state, settled)).toEqual(fold(today, [settled, ...all]))
    for (let seed = 0; seed < 20; seed++) expect(fold(today, shuffled(all, randomFrom(seed)))).toEqual(state)
  })

  test('an entry that closes a circle is not advanced onto it: the whole is folded again', () => {
    const [root, waited] = [opening('a'), id('w')]
    const waiting = { ...describing('b', [root]), parents: [root.id, waited], coded: { colour: 'waiting' } }
    const closing = { ...describing('w', [waiting]), coded: { colour: 'closing' } }
    const state = fold(today, [root, waiting])
    expect(state.missing).toEqual([waited])
    expect(advance(today, state, closing)).toBeUndefined()
    const beside = { ...describing('c', [waiting]), coded: { colour: 'after' } }
    expect(advance(today, state, beside)).toEqual(fold(today, [root, waiting, beside]))
  })

  test('an entry that is its own parent stands for itself', () => {
    const root = opening('a')
    const own = { ...describing('b', [root]), coded: { colour: 'own' } }
    const state = fold(today, [root, { ...own, parents: [root.id, own.id] }])
    expect(state.entries).toBe(2)
    expect(state.records[streamRecord]?.fields.colour).toHaveLength(2)
  })

  test('two entries under one id: every reader keeps the same one', () => {
    const root = opening('a')
    const [one, two] = [describing('b', [root]), { ...describing('b', [root]), coded: { colour: 'other' } }]
    expect(fold(today, [root, one, two])).toEqual(fold(today, [two, one, root]))
    expect(fold(today, [root, one, two]).entries).toBe(2)
  })

  test('fields named like parts of the language are fields like others', () => {
    const coded = JSON.parse('{"__proto__":{"a":1},"constructor":"c","toString":"t","hasOwnProperty":1}')
    const hostile = { ...opening('a'), coded, sealed: JSON.parse('{"__proto__":"eA","valueOf":"eQ"}') }
    const after = { ...opening('b'), parents: [hostile.id], coded }
    const state = fold(today, [hostile, after])
    const fields = state.records[streamRecord]?.fields ?? {}
    expect(Object.keys(fields).sort()).toEqual(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'])
    expect(advance(today, fold(today, [hostile]), after)).toEqual(state)
    expect(agreedValue(state.records[streamRecord], 'constructor')).toBe('c')
  })

  test('any entries at all, however they hang together, are folded without a throw and in any order alike', () => {
    const pool = Array.from({ length: 12 }, (_, i) => id(`pool ${i}`))
    const kind = fc.constantFrom(opened, described, noteAdded, noteCorrected, weighed)
    const value = fc.oneof(
      fc.constantFrom(...pool),
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.array(fc.integer()),
    )
    const field = fc.oneof(fc.constantFrom('record', 'colour', 'size', 'color', '__proto__', 'toString'), fc.string())
    const hostile = fc
      .record({
        id: fc.constantFrom(...pool),
        parents: fc.array(fc.constantFrom(...pool), { maxLength: 4 }),
        kind: kind.map((known) => known.kind),
        version: fc.integer({ min: 1, max: 5 }),
        coded: fc.array(fc.tuple(field, value), { maxLength: 4 }).map((fields) => Object.fromEntries(fields)),
        sealed: fc.dictionary(fc.constantFrom('remark', 'colour', 'valueOf'), fc.constant('eA'), { maxKeys: 2 }),
      })
      .map((fields) => entryOf(fields))
      // Only what has a canonical form ever gets this far.
      .filter((entry) => isCanonical(entry))
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 25 }), fc.nat(), (entries, seed) => {
        const state = fold(today, entries)
        expect(fold(today, shuffled(entries, randomFrom(seed)))).toEqual(state)
        expect(state.entries).toBe(new Set(entries.map((entry) => entry.id)).size)
        expect(state.heads.length > 0).toBe(entries.length > 0)
        for (const record of Object.values(state.records)) {
          for (const name of Object.keys(record.fields)) isInConflict(record, name)
        }
        advance(today, state, entries[0] ?? opening('a'))
      }),
      { ...runs, numRuns: 1000 },
    )
  })
})

test('a stream of 5,000 entries, and one of 2,000 made at the same time (printed, not judged)', () => {
  const root = opening('root')
  const line = [root]
  for (let i = 0; i < 4999; i++) {
    const last = line.at(-1) ?? root
    line.push(
      i % 2
        ? { ...entryOf({ id: id(`l${i}`), kind: noteAdded.kind }), parents: [last.id], coded: { topic: `${i}` } }
        : { ...describing(`l${i}`, [last]), coded: { colour: `${i}` } },
    )
  }
  const apart = [root]
  for (let i = 0; i < 2000; i++) apart.push({ ...describing(`p${i}`, [root]), coded: { colour: `${i}` } })
  const sides = [root]
  const ends = [root, root]
  for (let i = 0; i < 5000; i++) {
    const next = { ...describing(`s${i}`, [ends[i % 2] ?? root]), coded: { colour: `${i}` } }
    ends[i % 2] = next
    sides.push(next)
  }
  const circle = Array.from({ length: 5000 }, (_, i) => ({
    ...describing(`c${i}`, []),
    parents: [id(`c${(i + 1) % 5000}`)],
  }))
  const mixed = (entries: readonly Entry[]) => deliver(entries, 1, false).sent
  const timed = (what: string, work: () => StreamState): StreamState => {
    const start = performance.now()
    const state = work()
    console.info(`${what}: ${(performance.now() - start).toFixed(0)} ms`)
    return state
  }
  const whole = timed('5,000 entries in a line, folded', () => fold(today, mixed(line)))
  expect(Object.keys(whole.records)).toHaveLength(2500)
  const walked = timed('5,000 entries in a line, advanced one by one', () =>
    line.reduce((state: StreamState, entry) => advance(today, state, entry) ?? emptyState, emptyState),
  )
  expect(walked).toEqual(whole)
  const wide = timed('2,000 entries on one field at the same time', () => fold(today, mixed(apart)))
  expect(wide.records[streamRecord]?.fields.colour).toHaveLength(2000)
  const two = timed('5,000 entries on two devices that never meet', () => fold(today, mixed(sides)))
  expect(two.records[streamRecord]?.fields.colour).toHaveLength(2)
  expect(timed('5,000 entries in one circle', () => fold(today, mixed(circle))).entries).toBe(5000)
})

// ---------------------------------------------------------------- small makers, and the naive reading

function id(name: string): EntryId {
  let seed = 7
  for (const letter of name) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0
  return EntryId.parse(
    name.length === 1
      ? `${name.charCodeAt(0).toString(16)}000000-0000-4000-8000-000000000000`
      : uuidFrom(randomFrom(seed)),
  )
}

function opening(name: string): Entry {
  return entryOf({ id: id(name), kind: opened.kind, coded: { colour: 'red', size: 1 } })
}

function describing(name: string, parents: readonly Entry[]): Entry {
  return entryOf({ id: id(name), kind: described.kind, version: 3, parents: parents.map((parent) => parent.id) })
}

function isCanonical(entry: Entry): boolean {
  try {
    return canonicalText(entry) !== ''
  } catch {
    return false
  }
}

/** `record|field|entry|what` of every head, sorted. */
function headsOf(state: StreamState): string[] {
  const content = (head: Head) => ('value' in head ? JSON.stringify(head.value) : head.envelope)
  return Object.entries(state.records)
    .flatMap(([record, { fields }]) =>
      Object.entries(fields).flatMap(([field, heads]) =>
        heads.map((head) => `${record}|${field}|${head.entry}|${content(head)}`),
      ),
    )
    .sort()
}

/** The definition, read literally and slowly: all pairs, no order, no shortcut. */
function naiveHeads(kinds: Kinds, entries: History['entries']): string[] {
  const here = new Map(entries.map((entry) => [entry.id, entry]))
  const ancestors = new Map<string, Set<string>>([...here.keys()].map((name) => [name, new Set<string>()]))
  for (let grew = true; grew; ) {
    grew = false
    for (const [name, entry] of here) {
      const own = ancestors.get(name)
      if (!own) continue
      const before = own.size
      for (const parent of entry.parents) {
        if (!here.has(parent)) continue
        own.add(parent)
        for (const older of ancestors.get(parent) ?? []) own.add(older)
      }
      grew ||= own.size > before
    }
  }
  const sets = [...here.values()].flatMap((entry) => {
    const reading = read(kinds, entry)
    if (!reading.known) return []
    const { record, ...rest } = reading.coded
    const coded = reading.kind.sets === 'named' ? rest : reading.coded
    const name = { stream: streamRecord, itself: entry.id, named: String(record) }[reading.kind.sets]
    const clear = Object.entries(coded).map(([field, value]) => ({ name, field, entry, text: JSON.stringify(value) }))
    const sealed = Object.entries(entry.sealed).map(([field, text]) => ({ name, field, entry, text }))
    return [...clear, ...sealed]
  })
  return sets
    .filter(
      (one) =>
        !sets.some(
          (other) =>
            other.name === one.name && other.field === one.field && ancestors.get(other.entry.id)?.has(one.entry.id),
        ),
    )
    .map(({ name, field, entry, text }) => `${name}|${field}|${entry.id}|${text}`)
    .sort()
}

test('after more branches than an entry may name as its parents, each next entry is still a whole one, and all are taken in', () => {
  const random = randomFrom(32)
  const id = (): EntryId => EntryId.parse(uuidFrom(random))
  const entries: Entry[] = Array.from({ length: 70 }, () =>
    entryOf({ id: id(), kind: noteAdded.kind, coded: { topic: 'red' } }),
  )
  const left: number[] = []
  for (let i = 0; i < 3; i++) {
    const parents = parentsAfter(fold(today, entries))
    entries.push(Entry.parse(entryOf({ id: id(), kind: noteAdded.kind, parents, coded: { topic: 'blue' } })))
    left.push(fold(today, entries).heads.length)
  }
  expect(left).toEqual([39, 8, 1])
  expect(Object.keys(fold(today, entries).records)).toHaveLength(73)
})
