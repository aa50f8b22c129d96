import type { WrappedKey } from '@lentera/core/log/batch'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { EntryId, Hash, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { caseOpened } from '@lentera/core/support/entries'
import type { VerifiedEntry } from '@lentera/sealed/verify'
import { addToDigest, type Digest, emptyDigest } from '@lentera/sealed/verify'
import type { Audience } from '../access/viewer.ts'
import type { Transaction } from '../database/database.ts'

/** An entry that was verified, and who may read it. */
export type Placed = VerifiedEntry & { readonly audience: Audience }

/** Hashes of what is already stored under the ids of these entries, by `audience|id`. */
export async function storedHashes(
  transaction: Transaction,
  programme: ProgrammeId,
  entries: readonly Placed[],
): Promise<Map<string, Hash>> {
  const rows = await transaction.query<{ audience: Audience; id: string; hash: Hash }>(
    'stored hashes',
    // One by one, for the key's own index: of a young table without statistics all of an audience has been read instead.
    `select asked.audience, asked.id, entry.hash from unnest($2::text[], $3::uuid[]) as asked (audience, id)
     cross join lateral (
       select hash from lentera.entry where programme = $1 and audience = asked.audience and id = asked.id limit 1
     ) as entry`,
    [programme, entries.map((each) => each.audience), entries.map((each) => each.entry.id)],
  )
  return new Map(rows.map((row) => [`${row.audience}|${row.id}`, row.hash]))
}

/** Of these entries, those that would open a case that was opened before: nobody becomes its person in another's place. */
export async function findReopened(
  transaction: Transaction,
  programme: ProgrammeId,
  entries: readonly Placed[],
): Promise<ReadonlyMap<EntryId, Refusal>> {
  const openings = entries.filter(({ entry }) => entry.kind === caseOpened.kind)
  if (openings.length === 0) return new Map()
  const rows = await transaction.query<{ audience: Audience; stream: StreamId; id: EntryId }>(
    'openings of cases',
    `select audience, stream, id from lentera.entry
     where programme = $1 and audience = any($2::text[]) and stream = any($3::uuid[]) and kind = $4`,
    [
      programme,
      [...new Set(openings.map(({ audience }) => audience))],
      openings.map(({ entry }) => entry.stream),
      caseOpened.kind,
    ],
  )
  const first = new Map(rows.map(({ audience, stream, id }) => [`${audience}|${stream}`, id]))
  const refusals = new Map<EntryId, Refusal>()
  for (const { audience, entry } of openings) {
    const name = `${audience}|${entry.stream}`
    const opened = first.get(name) ?? entry.id
    first.set(name, opened)
    if (opened !== entry.id) refusals.set(entry.id, { code: 'log.opened-before', values: {} })
  }
  return refusals
}

/** Numbers, stores and digests; the caller holds the programme's row. */
export async function storeEntries(
  transaction: Transaction,
  programme: ProgrammeId,
  head: number,
  entries: readonly Placed[],
  today: CivilDate,
): Promise<void> {
  if (entries.length === 0) return
  const stored = transaction.query(
    'store entries',
    `insert into lentera.entry
       (programme, received_on, audience, id, number, stream, kind, version, author, device, hash, text, signature)
     select $1, $2, * from unnest($3::text[], $4::uuid[], $5::bigint[], $6::uuid[], $7::text[], $8::int[], $9::uuid[],
       $10::uuid[], $11::text[], $12::text[], $13::text[])`,
    [
      programme,
      today,
      entries.map((each) => each.audience),
      entries.map((each) => each.entry.id),
      entries.map((_, i) => head + 1 + i),
      entries.map((each) => each.entry.stream),
      entries.map((each) => each.entry.kind),
      entries.map((each) => each.entry.version),
      entries.map((each) => each.entry.author),
      entries.map((each) => each.entry.device),
      entries.map((each) => each.hash),
      entries.map((each) => each.signed.text),
      entries.map((each) => each.signed.signature),
    ],
  )
  const taken = transaction.query('take numbers', 'update lentera.programme set head = $2 where programme = $1', [
    programme,
    head + entries.length,
  ])
  await Promise.all([stored, taken, addToDigests(transaction, programme, entries)])
}

async function addToDigests(
  transaction: Transaction,
  programme: ProgrammeId,
  entries: readonly Pick<Placed, 'audience' | 'hash'>[],
): Promise<void> {
  const hashes = Map.groupBy(entries, (each) => each.audience)
  const audiences = [...hashes.keys()]
  const rows = await transaction.query<{ audience: Audience; entries: string; digest: Digest }>(
    'digests of audiences',
    'select audience, entries, digest from lentera.audience_digest where programme = $1 and audience = any($2::text[])',
    [programme, audiences],
  )
  const before = new Map(rows.map((row) => [row.audience, row]))
  const after = audiences.map((audience) => {
    const added = hashes.get(audience) ?? []
    const was = before.get(audience)
    return {
      audience,
      entries: Number(was?.entries ?? 0) + added.length,
      digest: addToDigest(was?.digest ?? emptyDigest, ...added.map((each) => each.hash)),
    }
  })
  await transaction.query(
    'store digests',
    `insert into lentera.audience_digest (programme, audience, entries, digest)
     select $1, * from unnest($2::text[], $3::bigint[], $4::text[])
     on conflict (programme, audience) do update set entries = excluded.entries, digest = excluded.digest`,
    [
      programme,
      after.map((each) => each.audience),
      after.map((each) => each.entries),
      after.map((each) => each.digest),
    ],
  )
}

/** Keeps honest entries of a removed member apart from the log until a person decides. */
export async function storeQuarantined(
  transaction: Transaction,
  programme: ProgrammeId,
  entries: readonly Placed[],
  today: CivilDate,
): Promise<void> {
  for (const { audience, entry, signed } of entries) {
    await transaction.query(
      'quarantine entry',
      `insert into lentera.quarantined_entry (programme, audience, id, text, signature, refusal, received_on)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (programme, audience, id) do nothing`,
      [programme, audience, entry.id, signed.text, signed.signature, 'access.member-removed', today],
    )
  }
}

/**
 * Keeps the wrapped keys that an entry of the log vouches for by their hash; any other is let fall, and so is every one of an
 * erased case: a colleague who has not heard of it yet may wrap her key once more.
 */
export async function storeKeys(
  transaction: Transaction,
  programme: ProgrammeId,
  keys: readonly WrappedKey[],
  grants: ReadonlyMap<Hash, Placed>,
): Promise<void> {
  const granted = keys.flatMap((key) => {
    const grant = grants.get(key.hash)
    return grant ? [{ key, grant }] : []
  })
  if (granted.length === 0) return
  await transaction.query(
    'store wrapped keys',
    `insert into lentera.wrapped_key (programme, audience, stream, key, epoch, recipient, wrapped, hash)
     select $1, given.* from unnest($2::text[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[])
       as given (audience, stream, key, epoch, recipient, wrapped, hash)
     where not exists (select 1 from lentera.stream
       where stream.programme = $1 and stream.audience = given.audience and stream.stream = given.stream and stream.erased)
     on conflict (programme, audience, key, epoch, recipient) do nothing`,
    [
      programme,
      granted.map(({ grant }) => grant.audience),
      granted.map(({ grant }) => grant.entry.stream),
      granted.map(({ key }) => key.key),
      granted.map(({ key }) => key.epoch),
      granted.map(({ key }) => recipientName(key.to)),
      granted.map(({ key }) => key.wrapped),
      granted.map(({ key }) => key.hash),
    ],
  )
}

export function recipientName(to: WrappedKey['to']): string {
  if (to.kind === 'member') return `member:${to.member}`
  return to.kind === 'key' ? `key:${to.key}` : 'recovery'
}
