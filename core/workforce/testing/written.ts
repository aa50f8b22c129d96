import type { Draft } from '../../log/draft.ts'
import { Entry } from '../../log/entry.ts'
import { personErased } from '../../log/erasure.ts'
import { fold, type StreamState, streamRecord } from '../../log/fold.ts'
import { gatherKinds } from '../../log/kind.ts'
import { CivilDate } from '../../shared/dates.ts'
import { type EntryId, KeyId, OrganisationId, PersonKey, type StreamId, TeamId } from '../../shared/ids.ts'
import type { Decision } from '../../shared/refusals.ts'
import { coverKinds } from '../cover/entries.ts'
import { coverReleaseKinds } from '../cover-release/entries.ts'
import type { OfficerAt } from '../officer/capture.ts'
import { officerKinds } from '../officer/entries.ts'
import { certificateSaid, officerSaid, projectOfficer } from '../officer/project.ts'
import type { PostAt } from '../post/capture.ts'
import { postKinds } from '../post/entries.ts'
import { postSaid, projectPost } from '../post/project.ts'

const kinds = gatherKinds(postKinds, officerKinds, coverKinds, coverReleaseKinds, [personErased])

/** A made-up id: the same number is the same id. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const moment = { today: CivilDate.parse('2026-11-24'), at: '2026-11-24T09:00:00Z' }

/** What the opening of every stream here names. */
export const ids = {
  organisation: OrganisationId.parse(idOf(2)),
  team: TeamId.parse(idOf(3)),
  person: PersonKey.parse(idOf(4)),
  caseKey: KeyId.parse(idOf(5)),
  personKey: KeyId.parse(idOf(6)),
  country: 'KH',
} as const

export const codeOf = (decided: Decision<unknown>): string | undefined =>
  decided.ok ? undefined : decided.refusal.code

/**
 * The entries of one stream as a device of the agency has them: drafts become entries that know their parents, and what would be
 * sealed is kept beside them, as the device opens it.
 */
export class Written {
  readonly stream: StreamId
  readonly entries: Entry[] = []
  readonly #opened = new Map<string, Readonly<Record<string, string>>>()
  #next: number

  constructor(stream: StreamId, next = 100) {
    this.stream = stream
    this.#next = next
  }

  /** @param parents of an entry made apart: what its writer had seen */
  write(decided: Decision<Draft[]>, parents?: readonly EntryId[]): EntryId {
    if (!decided.ok) throw new Error(decided.refusal.code)
    for (const { kind, version, on, coded, opened } of decided.value) {
      const entry = Entry.parse({
        v: 1,
        id: idOf(this.#next++),
        programme: idOf(7),
        stream: this.stream,
        parents: parents ?? this.state.heads,
        kind,
        version,
        on,
        coded,
        sealed: Object.fromEntries(Object.keys(opened).map((field) => [field, 'eA'])),
        author: idOf(8),
        device: idOf(9),
        at: null,
        prev: null,
      })
      this.#opened.set(entry.id, opened)
      this.entries.push(entry)
    }
    const last = this.entries.at(-1)
    if (!last) throw new Error('nothing was written')
    return last.id
  }

  /** What an entry said in the clear before it was sealed. */
  opened(entry: EntryId | undefined): Readonly<Record<string, string>> {
    return (entry && this.#opened.get(entry)) ?? {}
  }

  get state(): StreamState {
    return fold(kinds, this.entries)
  }

  /** The sealed fields of a record, as this device opens them. */
  fields(record: string = streamRecord): Readonly<Record<string, readonly { readonly value: string | undefined }[]>> {
    const fields = this.state.records[record]?.fields ?? {}
    return Object.fromEntries(
      Object.entries(fields).map(([field, heads]) => [
        field,
        heads.flatMap((head) => ('envelope' in head ? [{ value: this.#opened.get(head.entry)?.[field] }] : [])),
      ]),
    )
  }

  get post(): PostAt {
    const post = projectPost(this.state)
    if (!post) throw new Error('no post yet')
    return { stream: this.stream, post, said: postSaid(this.fields()) }
  }

  get officer(): OfficerAt {
    const officer = projectOfficer(this.state)
    if (!officer) throw new Error('nobody yet')
    const certificates = officer.certificates.map((certificate) => ({
      certificate,
      said: certificateSaid(this.fields(certificate.record)),
    }))
    return { stream: this.stream, officer, said: officerSaid(this.fields()), certificates }
  }
}
