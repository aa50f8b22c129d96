import { type Entry, Entry as EntrySchema } from '@lentera/core/log/entry'
import { isErased } from '@lentera/core/log/erasure'
import { advance, emptyState, fold, foldVersion, type StreamState } from '@lentera/core/log/fold'
import { nounOf, read, type StreamNoun } from '@lentera/core/log/kind'
import { contributes, contributionsOf, kinds } from '@lentera/core/rooms'
import type { ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import type { Audience } from '../access/viewer.ts'
import type { Transaction } from '../database/database.ts'
import { replaceContributions, type StreamContributions } from './contributions.ts'
import { destroyKeys } from './erasure.ts'
import { projectMembership } from './membership.ts'
import { projectPersonLinks } from './person-links.ts'
import { phasesOf, projectPhases } from './phases.ts'

/** One stream as one audience sees it. */
export type StreamKey = { readonly audience: Audience; readonly stream: StreamId }

/**
 * Carries new entries of one programme through to everything that is derived: stream states, membership, person links,
 * contributions and tallies, phases; and destroys the keys of erased cases. Runs inside the transaction that stored the entries, under the programme's lock.
 */
export async function project(
  transaction: Transaction,
  programme: ProgrammeId,
  placed: readonly { readonly audience: Audience; readonly entry: Entry }[],
): Promise<void> {
  const byStream = new Map<string, StreamKey & { entries: Entry[] }>()
  for (const { audience, entry } of placed) {
    const name = `${audience}|${entry.stream}`
    const group = byStream.get(name) ?? { audience, stream: entry.stream, entries: [] }
    group.entries.push(entry)
    byStream.set(name, group)
  }
  const [folded, phases] = await Promise.all([
    foldStreams(transaction, programme, [...byStream.values()]),
    phasesOf(transaction, programme),
  ])
  const contributions: StreamContributions[] = folded
    .filter(({ noun }) => contributes(noun))
    .map((stream) => ({ ...stream, contributions: contributionsOf(stream.noun, stream.state) }))
  await Promise.all([
    storeStreams(transaction, programme, folded),
    destroyKeys(transaction, programme, folded),
    projectMembership(transaction, programme, folded),
    projectPersonLinks(transaction, programme, folded).then((moved) =>
      replaceContributions(transaction, programme, contributions, moved, phases),
    ),
  ])
  await projectPhases(transaction, programme, folded, phases)
}

export type FoldedStream = StreamKey & { readonly noun: StreamNoun; readonly state: StreamState }

async function foldStreams(
  transaction: Transaction,
  programme: ProgrammeId,
  streams: readonly (StreamKey & { entries: readonly Entry[] })[],
): Promise<FoldedStream[]> {
  const stored = await transaction.query<{
    audience: Audience
    stream: StreamId
    noun: StreamNoun
    state: StreamState
  }>(
    'streams of a batch',
    `select audience, stream, noun, state from lentera.stream
     where programme = $1 and audience = any($2::text[]) and stream = any($3::uuid[])`,
    [programme, [...new Set(streams.map((each) => each.audience))], streams.map((each) => each.stream)],
  )
  const before = new Map(stored.map((row) => [`${row.audience}|${row.stream}`, row]))
  const folded: FoldedStream[] = []
  for (const { audience, stream, entries } of streams) {
    const known = before.get(`${audience}|${stream}`)
    const state =
      advanceAll(known?.state ?? emptyState, entries) ??
      fold(kinds, await entriesOf(transaction, programme, { audience, stream }))
    folded.push({ audience, stream, noun: nounSaidIn(entries) ?? known?.noun ?? 'case', state })
  }
  return folded
}

async function storeStreams(
  transaction: Transaction,
  programme: ProgrammeId,
  folded: readonly FoldedStream[],
): Promise<void> {
  await transaction.query(
    'store streams',
    `insert into lentera.stream (programme, audience, stream, noun, state, erased)
     select $1, * from unnest($2::text[], $3::uuid[], $4::text[], $5::jsonb[], $6::boolean[])
     on conflict (programme, audience, stream) do update set noun = excluded.noun, state = excluded.state,
       erased = excluded.erased`,
    [
      programme,
      folded.map((each) => each.audience),
      folded.map((each) => each.stream),
      folded.map((each) => each.noun),
      folded.map((each) => JSON.stringify(each.state)),
      folded.map((each) => isErased(each.state)),
    ],
  )
}

/** Undefined where an entry does not build on all before it: then the whole stream is folded again. */
function advanceAll(state: StreamState, entries: readonly Entry[]): StreamState | undefined {
  let next: StreamState | undefined = state.fold === foldVersion ? state : undefined
  for (const entry of entries) next = next && advance(kinds, next, entry)
  return next
}

/** Keys may be granted before the device that opened the stream has sent all: that entry alone does not say what it is. */
function nounSaidIn(entries: readonly Entry[]): StreamNoun | undefined {
  for (const entry of entries) {
    const reading = read(kinds, entry)
    const noun = reading.known ? nounOf(reading.kind) : undefined
    if (noun) return noun
  }
  return undefined
}

/** Every entry of a stream, in the order it was stored. The texts were checked when they came in. */
export async function entriesOf(transaction: Transaction, programme: ProgrammeId, of: StreamKey): Promise<Entry[]> {
  const rows = await transaction.query<{ text: string }>(
    'entries of a stream',
    'select text from lentera.entry where programme = $1 and audience = $2 and stream = $3 order by number',
    [programme, of.audience, of.stream],
  )
  return rows.map((row) => EntrySchema.parse(JSON.parse(row.text)))
}
