import type { CivilDate } from '../shared/dates.ts'
import type { EntryId, MemberId } from '../shared/ids.ts'
import { canonicalText, type Entry } from './entry.ts'
import { type Kinds, read } from './kind.ts'

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
  let state = emptyState
  const frontier = new Set<EntryId>()
  for (const entry of parentsFirst(byId)) {
    // Most entries build on all before them; only the others have to ask who their ancestors are.
    const buildsOnAll = [...frontier].every((id) => entry.parents.includes(id))
    state = place(kinds, state, entry, (id) => buildsOnAll || isAncestor(byId, id, entry))
    for (const parent of entry.parents) frontier.delete(parent)
    frontier.add(entry.id)
  }
  const missing = new Set<EntryId>()
  const built = new Set<EntryId>()
  for (const entry of byId.values()) {
    for (const parent of entry.parents) (byId.has(parent) ? built : missing).add(parent)
  }
  return { ...state, heads: [...byId.keys()].filter((id) => !built.has(id)).sort(), missing: [...missing].sort() }
}

/**
 * The state after one more entry, where that entry builds on everything folded so far: the common case, and constant in
 * the length of the stream. Undefined where it does not (made offline beside another, or its parents are not all here):
 * the caller folds the whole stream again.
 */
export function advance(kinds: Kinds, state: StreamState, entry: Entry): StreamState | undefined {
  if (state.fold !== foldVersion || state.missing.length > 0) return undefined
  if (entry.parents.length !== state.heads.length || !state.heads.every((head) => entry.parents.includes(head)))
    return undefined
  return { ...place(kinds, state, entry, () => true), heads: [entry.id] }
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

function place(kinds: Kinds, state: StreamState, entry: Entry, replaces: (id: EntryId) => boolean): StreamState {
  const reading = read(kinds, entry)
  const counted = { ...state, entries: state.entries + 1 }
  if (!reading.known) return { ...counted, needsUpdate: [...state.needsUpdate, entry.id].sort() }
  const { kind, coded } = reading
  const name = kind.sets === 'stream' ? streamRecord : kind.sets === 'itself' ? entry.id : String(coded.record)
  const before = state.records[name] ?? { kind: null, on: null, author: null, fields: {} }
  const fields: Record<string, readonly Head[]> = { ...before.fields }
  const origin = { entry: entry.id, author: entry.author, on: entry.on }
  const assign = (field: string, head: Head): void => {
    const kept = (fields[field] ?? []).filter((other) => !replaces(other.entry))
    fields[field] = [...kept, head].sort((a, b) => (a.entry < b.entry ? -1 : 1))
  }
  for (const [field, value] of Object.entries(coded)) {
    if (!(kind.sets === 'named' && field === 'record')) assign(field, { ...origin, value })
  }
  for (const [field, envelope] of Object.entries(entry.sealed)) assign(field, { ...origin, envelope })
  const makes = kind.sets === 'itself' || (kind.sets === 'stream' && kind.opens)
  const made = makes ? { kind: kind.kind, on: entry.on, author: entry.author } : before
  return {
    ...counted,
    records: { ...state.records, [name]: { kind: made.kind, on: made.on, author: made.author, fields } },
  }
}

function withoutRepeats(entries: Iterable<Entry>): Map<EntryId, Entry> {
  const byId = new Map<EntryId, Entry>()
  for (const entry of entries) {
    const other = byId.get(entry.id)
    // The server refuses a second entry under one id; should two ever meet, every reader keeps the same one.
    if (!other || canonicalText(entry) < canonicalText(other)) byId.set(entry.id, entry)
  }
  return byId
}

/** Parents before children, ties by id. Entries in a circle (no honest device makes one) come last, by id. */
function parentsFirst(byId: ReadonlyMap<EntryId, Entry>): Entry[] {
  const waitsFor = new Map<EntryId, number>()
  const children = new Map<EntryId, Entry[]>()
  const sorted = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const entry of sorted) {
    const here = [...new Set(entry.parents)].filter((parent) => byId.has(parent))
    waitsFor.set(entry.id, here.length)
    for (const parent of here) children.set(parent, [...(children.get(parent) ?? []), entry])
  }
  const order = sorted.filter((entry) => waitsFor.get(entry.id) === 0)
  for (let next = 0; next < order.length; next++) {
    for (const child of children.get((order[next] as Entry).id) ?? []) {
      const left = (waitsFor.get(child.id) ?? 0) - 1
      waitsFor.set(child.id, left)
      if (left === 0) order.push(child)
    }
  }
  return [...order, ...sorted.filter((entry) => (waitsFor.get(entry.id) ?? 0) > 0)]
}

function isAncestor(byId: ReadonlyMap<EntryId, Entry>, candidate: EntryId, entry: Entry): boolean {
  const seen = new Set<EntryId>()
  const open = [...entry.parents]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === candidate) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(byId.get(id)?.parents ?? []))
  }
  return false
}
