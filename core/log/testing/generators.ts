import * as fc from 'fast-check'
import { CivilDate } from '../../shared/dates.ts'
import { DeviceId, EntryId, MemberId, ProgrammeId, randomUuid, StreamId } from '../../shared/ids.ts'
import type { Entry } from '../entry.ts'
import { fold, isInConflict, streamRecord } from '../fold.ts'
import { described, noteAdded, noteCorrected, opened, tomorrow, weighed } from './kinds.ts'

/**
 * Honest histories of one stream: devices that work apart, meet, disagree, settle and correct, on program versions older
 * and newer than this one. A history is made from a script, so that a failing one shrinks to the steps that matter.
 */
export type History = { readonly entries: readonly Entry[]; readonly made: Made }

/** What a history holds, by name: a property that never met a conflict has proven nothing of conflicts. */
export type Made = Readonly<Record<Thing, number>>
export const things = [
  'entries',
  'made apart from another',
  'merges',
  'conflicts on a clear field',
  'conflicts on a sealed field',
  'settlements',
  'corrections',
  'unknown kinds',
  'future versions',
  'older versions',
] as const
export type Thing = (typeof things)[number]

const acts = ['describe', 'remark', 'add', 'correct', 'settle', 'older', 'future', 'unknown'] as const
const step = fc.record({
  device: fc.nat(2),
  act: fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...acts) },
    { weight: 4, arbitrary: fc.constantFrom('describe', 'remark', 'correct', 'settle') },
    { weight: 5, arbitrary: fc.constant('meet') },
  ),
  with: fc.nat(2),
  pick: fc.nat(1000),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

export const histories: fc.Arbitrary<History> = fc
  .record({ seed: fc.nat(2 ** 31), steps: fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }) })
  .map(({ seed, steps }) => play(seed, steps))

/** Entries of a history as a reader may meet them: out of order, some of them again, some of them not (yet) there. */
export type Delivery = { readonly sent: readonly Entry[]; readonly repeats: number; readonly dropped: number }

export const deliveries = (history: History): fc.Arbitrary<Delivery> =>
  fc
    .record({ seed: fc.nat(2 ** 31), loses: fc.boolean() })
    .map(({ seed, loses }) => deliver(history.entries, seed, loses))

export function deliver(entries: readonly Entry[], seed: number, loses: boolean): Delivery {
  const random = randomFrom(seed)
  const arrived = entries.filter(() => !loses || random() > 0.15)
  const again = arrived.filter(() => random() < 0.25)
  return {
    sent: shuffled([...arrived, ...again.map((entry) => ({ ...entry }))], random),
    repeats: again.length,
    dropped: entries.length - arrived.length,
  }
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [mixed[i], mixed[j]]
    // Both places are within the array.
    mixed[i] = b as T
    mixed[j] = a as T
  }
  return mixed
}

/** mulberry32 (public domain, T. Ettinger): small, and the same on every machine. */
export function randomFrom(seed: number): () => number {
  const state = { at: seed >>> 0 }
  return () => {
    state.at = (state.at + 0x6d2b79f5) >>> 0
    let t = state.at
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function uuidFrom(random: () => number): string {
  return randomUuid(Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)))
}

/** An entry with everything beside the point filled in. */
export function entryOf(fields: Partial<Entry> & Pick<Entry, 'id' | 'kind'>): Entry {
  return {
    v: 1,
    programme: ProgrammeId.parse('6d0c1c4e-0000-4000-8000-000000000001'),
    stream: StreamId.parse('6d0c1c4e-0000-4000-8000-000000000002'),
    parents: [],
    version: 1,
    on: CivilDate.parse('2026-Q4'),
    coded: {},
    sealed: {},
    author: MemberId.parse('6d0c1c4e-0000-4000-8000-000000000003'),
    device: DeviceId.parse('6d0c1c4e-0000-4000-8000-000000000004'),
    at: null,
    prev: null,
    ...fields,
  }
}

function play(seed: number, steps: readonly Step[]): History {
  const random = randomFrom(seed)
  const entries: Entry[] = []
  const made: Record<Thing, number> = Object.fromEntries(things.map((thing) => [thing, 0])) as Record<Thing, number>
  const devices = [0, 1, 2].map((n) => ({
    known: new Map<string, Entry>(),
    device: DeviceId.parse(`6d0c1c4e-0000-4000-8000-00000000010${n}`),
    author: MemberId.parse(`6d0c1c4e-0000-4000-8000-00000000020${n}`),
  }))
  const make = (at: number, fields: Pick<Entry, 'kind' | 'version'> & Partial<Entry>): void => {
    const { known, device, author } = devices[at] as (typeof devices)[number]
    const parents = [...fold(tomorrow, known.values()).heads].slice(0, 32)
    const entry = entryOf({ id: EntryId.parse(uuidFrom(random)), device, author, parents, ...fields })
    if (known.size < entries.length) made['made apart from another']++
    if (parents.length > 1) made.merges++
    made.entries++
    known.set(entry.id, entry)
    entries.push(entry)
  }

  make(0, { kind: opened.kind, version: 1, coded: { colour: 'red', size: 1 }, sealed: { remark: 'cmVk' } })
  for (const { known } of devices) for (const entry of entries) known.set(entry.id, entry)
  for (const { device: at, act, with: other, pick } of steps) {
    const own = devices[at]?.known
    if (!own) continue
    const state = fold(tomorrow, own.values())
    const notes = Object.keys(state.records).filter((name) => name !== streamRecord)
    const note = notes[pick % Math.max(notes.length, 1)]
    const colour = ['red', 'green', 'blue', 'amber'][pick % 4] ?? 'red'
    const envelope = envelopeOf(`${colour}${made.entries}`)
    switch (act) {
      case 'meet':
        for (const entry of devices[other]?.known.values() ?? []) own.set(entry.id, entry)
        for (const entry of own.values()) devices[other]?.known.set(entry.id, entry)
        break
      case 'describe':
        make(at, { kind: described.kind, version: 3, coded: pick % 2 ? { colour } : { colour, size: pick % 7 } })
        break
      case 'remark':
        make(at, { kind: described.kind, version: 3, sealed: { remark: envelope } })
        break
      case 'add':
        make(at, { kind: noteAdded.kind, version: 1, coded: { topic: colour }, sealed: { text: envelope } })
        break
      case 'correct':
        if (!note) break
        made.corrections++
        if (pick % 2) make(at, { kind: noteCorrected.kind, version: 1, coded: { record: note, topic: colour } })
        else make(at, { kind: noteCorrected.kind, version: 1, coded: { record: note }, sealed: { text: envelope } })
        break
      case 'older':
        made['older versions']++
        if (pick % 2) make(at, { kind: described.kind, version: 1, coded: { color: colour } })
        else make(at, { kind: described.kind, version: 2, coded: { colour, size: pick % 3 ? 'small' : 'large' } })
        break
      case 'future':
        made['future versions']++
        make(at, { kind: described.kind, version: 4, coded: { colour, shade: 'dark' } })
        break
      case 'unknown':
        made['unknown kinds']++
        make(at, { kind: weighed.kind, version: 1, coded: { weight: pick } })
        break
      case 'settle': {
        const disputed = Object.entries(state.records).flatMap(([record, { fields }]) =>
          Object.keys(fields)
            .filter((field) => isInConflict(state.records[record], field))
            .map((field) => ({ record, field })),
        )
        const settled = disputed[pick % Math.max(disputed.length, 1)]
        if (!settled) break
        made.settlements++
        const { record, field } = settled
        const isSealed = field === 'remark' || field === 'text'
        const coded = isSealed ? {} : { [field]: field === 'size' || field === 'weight' ? pick : colour }
        const sealed = isSealed ? { [field]: envelope } : {}
        if (record !== streamRecord)
          make(at, { kind: noteCorrected.kind, version: 1, coded: { ...coded, record }, sealed })
        else if (field === 'weight') make(at, { kind: weighed.kind, version: 1, coded })
        else make(at, { kind: described.kind, version: 4, coded, sealed })
        break
      }
    }
  }
  const all = fold(tomorrow, entries)
  for (const record of Object.values(all.records)) {
    for (const [field, heads] of Object.entries(record.fields)) {
      if (!isInConflict(record, field)) continue
      made[heads.some((head) => 'envelope' in head) ? 'conflicts on a sealed field' : 'conflicts on a clear field']++
    }
  }
  return { entries, made }
}

/** Stands for an envelope: to the log it is an opaque text of base64url letters. */
function envelopeOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, '')
}
