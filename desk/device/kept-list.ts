import type { StreamId } from '@lentera/core/shared/ids'
import type { OpenedCase } from './desk.ts'
import type { KeptStream, Store } from './store.ts'

/**
 * What lists show of each case, kept sealed in a few boxes: a thousand cases are there in the time of opening sixteen
 * ciphertexts, and the streams are read behind them. The streams stay the truth. A list that is older than they are (the
 * device was killed between the two) is mended by them a moment later, so it is written when there is time.
 */
export type ListedCase = { readonly opened: OpenedCase; readonly as: string }

/** What a listed case was opened from. */
export function asOf({ state, verified }: KeptStream, unsent: boolean): string {
  return [state.fold, state.entries, verified, unsent, ...state.heads].join(' ')
}

/** Undefined where nothing was kept, or another version of this program kept it: its cases may look otherwise. */
export async function readList(store: Store): Promise<ReadonlyMap<StreamId, ListedCase> | undefined> {
  const kept = await Promise.all(listBoxes.map((name) => store.box<KeptPart>(name)))
  const parts = kept.flatMap((part) => (part?.program === program ? [part] : []))
  if (parts.length < listBoxes.length) return undefined
  return new Map(parts.flatMap(({ cases }) => cases.map((each) => [each.opened.stream, each])))
}

/** The boxes to keep, by name: the parts of the list in which one of these cases stands; all of them where none is named. */
export function listToKeep(
  listed: ReadonlyMap<StreamId, ListedCase>,
  changed?: Iterable<StreamId>,
): Readonly<Record<string, KeptPart>> {
  const cases = Map.groupBy(listed.values(), ({ opened }) => boxOf(opened.stream))
  const names = changed ? new Set([...changed].map(boxOf)) : listBoxes
  return Object.fromEntries([...names].map((name) => [name, { program, cases: cases.get(name) ?? [] }]))
}

/** A case cut down to what a list shows and a search finds. */
export function listed(opened: OpenedCase, as: string): ListedCase {
  const { file } = opened
  const isDisputed = file.conflicts.length > 0
  const records = { needs: file.needs.map(bare), services: file.services.map(bare) }
  return {
    opened: { ...opened, records: isDisputed ? opened.records : {}, file: { ...file, ...records, sealed: {} } },
    as,
  }
}

const bare = <R extends object>(record: R): R => ({ ...record, sealed: {} })

/** Sixteen parts, by the first digit of a case's random id: an edit writes one of them. */
export const listBoxes: readonly string[] = [...'0123456789abcdef'].map((digit) => `list/${digit}`)
const boxOf = (stream: StreamId): string => `list/${stream[0]}`

type KeptPart = { readonly program: string; readonly cases: readonly ListedCase[] }

/** The built file that this code stands in: its name holds a hash of its content. */
const program = import.meta.url
