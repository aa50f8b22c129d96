import type { CivilDate } from '../shared/dates.ts'
import { EntryId, type MemberId } from '../shared/ids.ts'
import { canonicalText, type Entry, limits } from './entry.ts'
import { type Kind, type Kinds, read } from './kind.ts'

/** Raised when the fold itself changes meaning: a stored state of another version is folded anew from the log. */
export const foldVersion = 1

/** The record of the stream itself, beside those its entries make. */
export const streamRecord = 'stream'

/** One value of a field that no later entry has replaced. More than one head is a conflict: all are kept and shown. */
export type Head = { readonly entry: EntryId; readonly author: MemberId; readonly on: CivilDate } & (
  | { readonly value: Entry['coded'][string] }
  | { readonly envelope: string }
)

export type RecordState = {
  /** The kind that made it; null while that entry has not arrived. */
  readonly kind: string | null
  readonly on: CivilDate | null
  readonly author: MemberId | null
  readonly fields: Readonly<Record<string, readonly Head[]>>
}

export type StreamState = {
  readonly fold: number
  /** Entries that nothing here builds upon: the `parents` of the next one. Sorted. */
  readonly heads: readonly EntryId[]
  /** Entries named as parents that are not here (not yet, or not for this reader). Sorted. */
  readonly missing: readonly EntryId[]
  readonly entries: number
  /** Kept, but of a kind or version that this program does not know. Sorted. */
  readonly needsUpdate: readonly EntryId[]
  readonly records: Readonly<Record<string, RecordState>>
}

export const emptyState: StreamState = {
  fold: foldVersion,
  heads: [],
  missing: [],
  entries: 0,
  needsUpdate: [],
  records: {},
}

/**
 * The state of one stream from its entries. The same entries in any order, any of them repeated, give the same state.
 *
 * Each field is a multi-value register (Shapiro et al. 2011, "A comprehensive study of CRDTs", 3.2.2): an entry that
 * sets a field replaces the values set by its ancestors and stands beside the rest.
 */
export function fold(kinds: Kinds, entries: Iterable<Entry>): StreamState {
  const byId = withoutRepeats(entries)
  const { order, parents } = parentsFirst(byId)
  const isAncestor = ancestry(order, parents)
  const records = new Map<string, RecordState>()
  const needsUpdate: EntryId[] = []
  const built = new Set<EntryId>()
  const frontier = new Set<EntryId>()
  for (const entry of order) {
    const own = parents.get(entry.id) ?? []
    // Most entries build on all before them; only the others have to ask who their ancestors are.
    const buildsOnAll = frontier.size <= own.length && [...frontier].every((id) => own.includes(id))
    const change = changeOf(kinds, entry)
    if (change) {
      const replaces = (id: EntryId): boolean => buildsOnAll || isAncestor(id, entry.id)
      records.set(change.record, changed(records.get(change.record), change, entry, replaces))
    } else needsUpdate.push(entry.id)
    for (const parent of own) {
      built.add(parent)
      frontier.delete(parent)
    }
    frontier.add(entry.id)
  }
  const missing = new Set([...byId.values()].flatMap((entry) => entry.parents.filter((parent) => !byId.has(parent))))
  return {
    fold: foldVersion,
    heads: [...byId.keys()].filter((id) => !built.has(id)).sort(),
    missing: [...missing].sort(),
    entries: byId.size,
    needsUpdate: needsUpdate.sort(),
    records: Object.fromEntries(records),
  }
}

/**
 * The state after one more entry that is new to it, where that entry builds on everything folded so far: the common
 * case, which reads no entry again. Undefined where it does not (made offline beside another, or waited for by one that is
 * here), or where an entry waits for a newer program, which this one may be: the caller folds the whole stream again.
 */
export function advance(kinds: Kinds, state: StreamState, entry: Entry): StreamState | undefined {
  if (state.fold !== foldVersion || state.needsUpdate.length > 0 || state.missing.includes(entry.id)) return undefined
  if (entry.parents.length !== state.heads.length || !state.heads.every((head) => entry.parents.includes(head)))
    return undefined
  const change = changeOf(kinds, entry)
  const next = { ...state, entries: state.entries + 1, heads: [entry.id] }
  if (!change) return { ...next, needsUpdate: [entry.id] }
  const record = changed(state.records[change.record], change, entry, () => true)
  return { ...next, records: { ...state.records, [change.record]: record } }
}

/**
 * What the next entry names as its parents: all heads, or as many as an entry may name. Those left out stay heads, and the
 * entry after it names them.
 */
export function parentsAfter({ heads }: Pick<StreamState, 'heads'>): EntryId[] {
  return heads.slice(0, limits.parents)
}

/** The one value of a field; undefined where it was never set or its heads differ. */
export function agreedValue(record: RecordState | undefined, field: string): Entry['coded'][string] | undefined {
  const heads = record?.fields[field] ?? []
  const [first, ...others] = heads
  if (!first || !('value' in first)) return undefined
  const text = canonicalText(first.value)
  return others.every((head) => 'value' in head && canonicalText(head.value) === text) ? first.value : undefined
}

/** True where heads of a field differ. Sealed heads always count as different: only a device can compare them. */
export function isInConflict(record: RecordState | undefined, field: string): boolean {
  const heads = record?.fields[field] ?? []
  if (heads.length < 2) return false
  return heads.some((head) => 'envelope' in head) || agreedValue(record, field) === undefined
}

/** What an entry that is understood does: to which record, and which fields it sets on it. */
type Change = { readonly kind: Kind; readonly record: string; readonly coded: Entry['coded'] }

/** Undefined where this program does not understand the entry: an unknown kind or version, a record named by no id. */
function changeOf(kinds: Kinds, entry: Entry): Change | undefined {
  const reading = read(kinds, entry)
  if (!reading.known) return undefined
  const { kind, coded } = reading
  if (kind.sets === 'stream') return { kind, record: streamRecord, coded }
  if (kind.sets === 'itself') return { kind, record: entry.id, coded }
  const { record, ...set } = coded
  const named = EntryId.safeParse(record)
  return named.success ? { kind, record: named.data, coded: set } : undefined
}

function changed(
  before: RecordState = { kind: null, on: null, author: null, fields: {} },
  { kind, coded }: Change,
  entry: Entry,
  replaces: (id: EntryId) => boolean,
): RecordState {
  const origin = { entry: entry.id, author: entry.author, on: entry.on }
  const fields = new Map(Object.entries(before.fields))
  const assign = (field: string, head: Head): void => {
    const kept = (fields.get(field) ?? []).filter((other) => other.entry === entry.id || !replaces(other.entry))
    fields.set(field, [...kept, head].sort(byEntry))
  }
  for (const [field, value] of Object.entries(coded)) if (value !== undefined) assign(field, { ...origin, value })
  for (const [field, envelope] of Object.entries(entry.sealed)) assign(field, { ...origin, envelope })
  // A record is made once: whoever opens a stream again sets its fields, and does not become its maker.
  const makes = kind.sets === 'itself' || (kind.sets === 'stream' && kind.opens && before.kind === null)
  const made = makes ? { kind: kind.kind, on: entry.on, author: entry.author } : before
  return { kind: made.kind, on: made.on, author: made.author, fields: Object.fromEntries(fields) }
}

const byEntry = (a: Head, b: Head): number => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0)

function withoutRepeats(entries: Iterable<Entry>): Map<EntryId, Entry> {
  const byId = new Map<EntryId, Entry>()
  for (const entry of entries) {
    const other = byId.get(entry.id)
    // The server refuses a second entry under one id; should two ever meet, every reader keeps the same one.
    if (!other || canonicalText(entry) < canonicalText(other)) byId.set(entry.id, entry)
  }
  return byId
}

/** Whether of two of these entries the first is an ancestor of the second: what nobody can bring about afterwards. */
export function ancestryIn(entries: Iterable<Entry>): (first: EntryId, second: EntryId) => boolean {
  const { order, parents } = parentsFirst(withoutRepeats(entries))
  return ancestry(order, parents)
}

type Ordered = {
  readonly order: readonly Entry[]
  /** Of each entry, the parents that are here. */
  readonly parents: ReadonlyMap<EntryId, readonly EntryId[]>
}

/**
 * Parents before children, ties by id. No honest device makes entries that stand in a circle; where somebody does, those
 * in a circle (and between two) count as building on nothing, so that each is kept beside the others and none is lost.
 */
function parentsFirst(byId: ReadonlyMap<EntryId, Entry>): Ordered {
  const ids = [...byId.keys()].sort()
  const parents = new Map<EntryId, readonly EntryId[]>()
  for (const entry of byId.values()) {
    parents.set(
      entry.id,
      [...new Set(entry.parents)].filter((parent) => byId.has(parent)),
    )
  }
  let order = released(ids, parents)
  if (order.length < ids.length) {
    const free = new Set(order)
    const stuck = ids.filter((id) => !free.has(id))
    // From the other end: whatever can be taken away before what it builds on only follows a circle.
    const followers = new Set(released(stuck, reversed(stuck, parents)))
    for (const id of stuck) if (!followers.has(id)) parents.set(id, [])
    order = released(ids, parents)
  }
  return { order: order.flatMap((id) => byId.get(id) ?? []), parents }
}

/** Ids in an order in which each comes after all it waits for (Kahn 1962); what stands in or behind a circle is left out. */
function released(ids: readonly EntryId[], waitsFor: ReadonlyMap<EntryId, readonly EntryId[]>): EntryId[] {
  const left = new Map(ids.map((id) => [id, waitsFor.get(id)?.length ?? 0]))
  const waiting = reversed(ids, waitsFor)
  const order = ids.filter((id) => left.get(id) === 0)
  // The array grows while it is walked.
  for (const id of order) {
    for (const next of waiting.get(id) ?? []) {
      const remaining = (left.get(next) ?? 0) - 1
      left.set(next, remaining)
      if (remaining === 0) order.push(next)
    }
  }
  return order
}

function reversed(
  ids: readonly EntryId[],
  edges: ReadonlyMap<EntryId, readonly EntryId[]>,
): ReadonlyMap<EntryId, readonly EntryId[]> {
  const back = new Map<EntryId, EntryId[]>()
  for (const id of ids) {
    for (const other of edges.get(id) ?? []) {
      const known = back.get(other)
      if (known) known.push(id)
      else back.set(other, [id])
    }
  }
  return back
}

/**
 * Answers whether one entry is an ancestor of another. An entry's generation is one more than the highest of its parents,
 * so that a search never goes below the generation of what it looks for: two long branches side by side cost nothing.
 */
function ancestry(order: readonly Entry[], parents: Ordered['parents']): (candidate: EntryId, of: EntryId) => boolean {
  const generations = new Map<EntryId, number>()
  const generation = (id: EntryId): number => generations.get(id) ?? 0
  for (const { id } of order) {
    let highest = 0
    for (const parent of parents.get(id) ?? []) highest = Math.max(highest, generation(parent))
    generations.set(id, highest + 1)
  }
  return (candidate, of) => {
    const floor = generation(candidate)
    const seen = new Set<EntryId>()
    const open = [of]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const parent of parents.get(id) ?? []) {
        if (parent === candidate) return true
        if (generation(parent) <= floor || seen.has(parent)) continue
        seen.add(parent)
        open.push(parent)
      }
    }
    return false
  }
}
