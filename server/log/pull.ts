import type { WrappedKey } from '@lentera/core/log/batch'
import type { SignedEntry } from '@lentera/core/log/entry'
import type { StreamState } from '@lentera/core/log/fold'
import type { StreamNoun } from '@lentera/core/log/kind'
import { type EntryId, KeyId, MemberId, type StreamId } from '@lentera/core/shared/ids'
import { type Digest, hashNow } from '@lentera/sealed/verify'
import { type Audience, audiencesOf, type Viewer } from '../access/viewer.ts'
import type { Database, Transaction } from '../database/database.ts'

export type KeyOfStream = WrappedKey & { readonly stream: StreamId }

export type Pulled = {
  readonly epoch: string
  /** The device forgets what it may no longer hold and begins again: her access changed, or the cursor is not known here. */
  readonly restart: boolean
  readonly entries: readonly SignedEntry[]
  readonly keys: readonly KeyOfStream[]
  /** The cursor: the id of the last entry given. Numbers never leave the server, so hidden and absent look the same. */
  readonly after: EntryId | null
  readonly more: boolean
  readonly digests: Readonly<Record<string, { readonly entries: number; readonly digest: Digest }>>
}

const page = 500

/** The entries this viewer may read that came after her cursor, in the order they were stored, 500 at a time. */
export async function pull(
  database: Database,
  viewer: Viewer,
  from: { readonly epoch: string | null; readonly after: EntryId | null },
): Promise<Pulled> {
  const epoch = epochOf(viewer)
  return database.asViewer(viewer, async (transaction) => {
    const audiences = audiencesOf(viewer)
    const [cursor] = from.after
      ? await transaction.query<{ number: string }>(
          'number of a cursor',
          'select number from lentera.entry where programme = $1 and audience = any($2::text[]) and id = $3 order by number desc limit 1',
          [viewer.programme, audiences, from.after],
        )
      : []
    const restart = from.epoch !== epoch || (from.after !== null && !cursor)
    const rows = await transaction.query<{ id: EntryId; stream: StreamId; text: string; signature: string }>(
      'entries after a cursor',
      `select id, stream, text, signature from lentera.entry
       where programme = $1 and audience = any($2::text[]) and number > $3 order by number limit $4`,
      [viewer.programme, audiences, restart ? 0 : Number(cursor?.number ?? 0), page],
    )
    const digests = await transaction.query<{ audience: Audience; entries: string; digest: Digest }>(
      'digests for a viewer',
      'select audience, entries, digest from lentera.audience_digest where programme = $1 and audience = any($2::text[])',
      [viewer.programme, audiences],
    )
    return {
      epoch,
      restart,
      entries: rows.map(({ text, signature }) => ({ text, signature })),
      keys: await keysFor(transaction, viewer, [...new Set(rows.map((row) => row.stream))]),
      after: rows.at(-1)?.id ?? (restart ? null : from.after),
      more: rows.length === page,
      digests: Object.fromEntries(
        digests.map((row) => [row.audience, { entries: Number(row.entries), digest: row.digest }]),
      ),
    }
  })
}

export type PulledStates = {
  readonly states: readonly {
    readonly stream: StreamId
    readonly audience: Audience
    readonly noun: StreamNoun
    readonly state: StreamState
  }[]
  readonly keys: readonly KeyOfStream[]
  readonly after: StreamId | null
  readonly more: boolean
}

const statesPage = 200

/** The folded states this viewer may read, by stream id: a usable caseload before its entries are here and verified. */
export async function pullStates(
  database: Database,
  viewer: Viewer,
  from: { readonly after: StreamId | null },
): Promise<PulledStates> {
  return database.asViewer(viewer, async (transaction) => {
    const states = await transaction.query<PulledStates['states'][number]>(
      'states after a stream',
      `select stream, audience, noun, state from lentera.stream
       where programme = $1 and audience = any($2::text[]) and stream > coalesce($3::uuid, '00000000-0000-0000-0000-000000000000')
       order by stream limit $4`,
      [viewer.programme, audiencesOf(viewer), from.after, statesPage],
    )
    return {
      states,
      keys: await keysFor(
        transaction,
        viewer,
        states.map((row) => row.stream),
      ),
      after: states.at(-1)?.stream ?? from.after,
      more: states.length === statesPage,
    }
  })
}

/** Changes with what she may see, so that a hole is never taken for "nothing there". */
export function epochOf(viewer: Viewer): string {
  return hashNow(audiencesOf(viewer).toSorted().join(','))
}

/** Of the keys of these streams: those sealed to her, and those wrapped by another key (of no use without that one). */
async function keysFor(transaction: Transaction, viewer: Viewer, streams: readonly StreamId[]): Promise<KeyOfStream[]> {
  const rows = await transaction.query<{
    stream: StreamId
    key: string
    epoch: number
    recipient: string
    wrapped: string
    hash: WrappedKey['hash']
  }>(
    'keys of streams',
    `select stream, key, epoch, recipient, wrapped, hash from lentera.wrapped_key
     where programme = $1 and audience = any($2::text[]) and stream = any($3::uuid[])
       and (recipient = $4 or recipient like 'key:%')`,
    [viewer.programme, audiencesOf(viewer), streams, `member:${viewer.member}`],
  )
  return rows.map(({ stream, key, epoch, recipient, wrapped, hash }) => ({
    stream,
    key: KeyId.parse(key),
    epoch,
    to: recipientOf(recipient),
    wrapped,
    hash,
  }))
}

function recipientOf(recipient: string): WrappedKey['to'] {
  const [kind, id] = recipient.split(':')
  if (kind === 'member') return { kind, member: MemberId.parse(id) }
  return kind === 'key' ? { kind, key: KeyId.parse(id) } : { kind: 'recovery' }
}
