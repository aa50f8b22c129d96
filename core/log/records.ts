import { EntryId, PersonKey } from '../shared/ids.ts'
import { type Head, isInConflict, type RecordState, type StreamState, streamRecord } from './fold.ts'

/** A field that entries disagree on: every head is kept and shown until a person settles it. */
export type Conflict = { readonly record: string; readonly field: string; readonly heads: readonly Head[] }

/** The records that entries of one kind made, by their entry's id. */
export function recordsOfKind(
  state: StreamState,
  kind: string,
): readonly { readonly record: EntryId; readonly state: RecordState }[] {
  return Object.entries(state.records)
    .filter(([, record]) => record.kind === kind)
    .map(([name, record]) => ({ record: EntryId.parse(name), state: record }))
    .sort((a, b) => (a.record < b.record ? -1 : 1))
}

/** True as soon as one answer says so, also while another disputes it: what may never have been is not counted. */
export function isEnteredInError(record: RecordState | undefined): boolean {
  return (record?.fields.enteredInError ?? []).some((head) => 'value' in head && head.value === true)
}

export function conflictsOf(state: StreamState): Conflict[] {
  return Object.entries(state.records).flatMap(([name, record]) =>
    Object.keys(record.fields)
      // When and why something was said is no answer that could be settled.
      .filter((field) => !field.endsWith('At') && field !== 'at' && field !== 'reason' && isInConflict(record, field))
      .map((field) => ({ record: name, field, heads: record.fields[field] ?? [] })),
  )
}

/**
 * The entry by whose id a whole stream is marked as entered in error: the one that opened it. Where people opened it apart,
 * knowing nothing of each other, the one that is marked: so that it is marked for everybody, and can be taken back.
 */
export function openingOf({ records }: StreamState): EntryId | undefined {
  const heads = records[streamRecord]?.fields.organisation ?? []
  return (heads.find(({ entry }) => isEnteredInError(records[entry])) ?? heads[0])?.entry
}

/** What was said first and is never said anew: should a forged second opening dispute it, one answer stands, the same everywhere. */
export function setOnce(record: RecordState, field: string): unknown {
  const head = record.fields[field]?.find((each) => 'value' in each)
  return head && 'value' in head ? head.value : undefined
}

/** Every answer that stands in a field: one, or those that two people gave apart. */
export const answersIn = (record: RecordState, field: string): readonly unknown[] =>
  (record.fields[field] ?? []).flatMap((head) => ('value' in head ? [head.value] : []))

/** Whose key the texts of a stream are sealed with: the person its opening names; undefined while that has not arrived. */
export function personOf({ records }: StreamState): PersonKey | undefined {
  const root = records[streamRecord]
  return root && PersonKey.safeParse(setOnce(root, 'person')).data
}
