import { type StreamState, streamRecord } from '@lentera/core/log/fold'
import { EntryId, type MemberId, type ProgrammeId, type StreamId } from '@lentera/core/shared/ids'
import { projectCase } from '@lentera/core/support/project'
import { type FieldToOpen, type Keyring, openFields } from '@lentera/sealed/open'
import { readEnvelopeHeader } from '@lentera/sealed/verify'
import { caseCode } from './case-code.ts'
import type { OpenedCase, OpenedHead, OpenedRecords } from './desk.ts'
import { folded } from './search.ts'

/** A case with its sealed fields opened, for memory only. Undefined while the entry that opens the case is not here. */
export async function openCaseOf(
  { programme, stream, state, keyring, depth }: CaseToOpen,
  unsent: boolean,
): Promise<OpenedCase | undefined> {
  const file = projectCase(state)
  if (!file) return undefined
  // Where two people wrote different things, the first screen already asks whether they say the same.
  const isWhole = depth === 'whole' || file.conflicts.length > 0
  const isWanted = (record: string, field: string): boolean =>
    isWhole || (record === streamRecord && searched.some((each) => each === field))
  const { fields, records } = await openRecords({ programme, stream, state, keyring }, isWanted)
  const code = caseCode(file.country, stream)
  const said = searched.flatMap((field) => (fields[field] ?? []).map(({ value }) => value ?? ''))
  return {
    stream,
    code,
    file,
    fields,
    records,
    unsent,
    search: folded([code, code.replace('-', ''), ...said].join(' ')),
  }
}

/** The sealed fields of a stream, opened: its own, and those of the records its entries made. */
export async function openRecords(
  { programme, stream, state, keyring }: StreamToOpen,
  isWanted: (record: string, field: string) => boolean = () => true,
): Promise<OpenedRecords> {
  const places = Object.entries(state.records).flatMap(([record, { fields }]) =>
    Object.entries(fields)
      .filter(([field]) => isWanted(record, field))
      .flatMap(([field, heads]) =>
        heads.flatMap((head) => ('envelope' in head ? [{ record, field, head, envelope: head.envelope }] : [])),
      ),
  )
  const values = await openAll(
    keyring,
    places.map(({ field, head, envelope }) => ({
      programme,
      stream,
      entry: head.entry,
      author: head.author,
      field,
      envelope,
    })),
  )
  const records: Record<string, Record<string, OpenedHead[]>> = {}
  for (const [i, { record, field, head }] of places.entries()) {
    const fields = records[record] ?? {}
    const opened = { entry: head.entry, author: head.author, value: values[i] }
    records[record] = { ...fields, [field]: [...(fields[field] ?? []), opened] }
  }
  const { [streamRecord]: fields = {}, ...others } = records
  return { fields, records: Object.fromEntries(Object.entries(others).map(([id, each]) => [EntryId.parse(id), each])) }
}

export type StreamToOpen = {
  readonly programme: ProgrammeId
  readonly stream: StreamId
  readonly state: StreamState
  readonly keyring: Keyring
}

export type CaseToOpen = StreamToOpen & {
  /** `list`: only what lists show and a search finds; the rest of a case is opened when somebody looks at it. */
  readonly depth: 'list' | 'whole'
}

/** What a worker looks for a case by. */
const searched = ['name', 'otherNames', 'place', 'safeContact', 'language'] as const

export type SealedPlace = {
  readonly programme: ProgrammeId
  readonly stream: StreamId
  readonly entry: EntryId
  readonly author: MemberId
  readonly field: string
  readonly envelope: string
}

/** Each field opened, in order; undefined where no key of hers opens it or it is not authentic. */
export async function openAll(
  keyring: Keyring,
  places: readonly SealedPlace[],
): Promise<readonly (string | undefined)[]> {
  const openable = places.flatMap((place, index): { index: number; toOpen: FieldToOpen }[] => {
    const header = readEnvelopeHeader(place.envelope)
    const key = header.ok ? keyring.findPerson(header.value.key) : undefined
    return key ? [{ index, toOpen: { key, place, envelope: place.envelope } }] : []
  })
  const opened = await openFields(openable.map(({ toOpen }) => toOpen))
  const values: (string | undefined)[] = places.map(() => undefined)
  for (const [i, { index }] of openable.entries()) {
    const answer = opened[i]
    const value = answer?.ok ? answer.value.reveal() : undefined
    if (typeof value === 'string') values[index] = value
  }
  return values
}
