import type { Batch } from '@lentera/core/log/batch'
import type { Hash, ProgrammeId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import type { Transaction } from '../database/database.ts'

/**
 * Lays a batch's signed hash list against what is known of the device, and stores what is new of it. The list may begin
 * with hashes already known (a batch sent again after its answer was lost) and must then go on from the last known one:
 * a list that leaves something out is refused with the hash to go on from.
 *
 * @param prevs what each entry of the batch says came before it, by the entry's hash
 */
export async function placeChain(
  transaction: Transaction,
  programme: ProgrammeId,
  batch: Batch,
  prevs: ReadonlyMap<Hash, Hash | null>,
): Promise<
  | { readonly ok: true; readonly head: Hash | null }
  | { readonly ok: false; readonly head: Hash | null; readonly refusal: Refusal }
> {
  const [[last], rows] = await Promise.all([
    transaction.query<{ position: string; hash: Hash }>(
      'head of a chain',
      `select position, hash from lentera.chain_link where programme = $1 and device = $2 order by position desc limit 1`,
      [programme, batch.device],
    ),
    transaction.query<{ hash: Hash }>(
      'known links of a chain',
      // One by one, for the key's own index, as in `storedHashes`.
      `select asked.hash from unnest($3::text[]) as asked (hash) cross join lateral (
         select from lentera.chain_link where programme = $1 and device = $2 and hash = asked.hash limit 1
       ) as link`,
      [programme, batch.device, batch.chain],
    ),
  ])
  const known = new Set(rows.map((row) => row.hash))
  const head = last?.hash ?? null
  const fresh = batch.chain.filter((hash) => !known.has(hash))
  const overlap = batch.chain.length - fresh.length
  const inOrder = batch.chain.slice(overlap).every((hash, i) => hash === fresh[i])
  const goesOn = overlap === 0 || fresh.length === 0 || batch.chain[overlap - 1] === head
  if (!inOrder || !goesOn) return { ok: false, head, refusal: { code: 'log.chain-broken', values: {} } }
  // A list that begins too late does not meet the head: its first entry says itself what came before it.
  const first = fresh[0] === undefined ? undefined : prevs.get(fresh[0])
  if (first !== undefined && first !== head)
    return { ok: false, head, refusal: { code: 'log.chain-broken', values: {} } }
  if (fresh.length > 0) {
    await transaction.query(
      'extend a chain',
      `insert into lentera.chain_link (programme, device, position, hash)
       select $1, $2, $3 + ordinal, hash from unnest($4::text[]) with ordinality as link (hash, ordinal)`,
      [programme, batch.device, Number(last?.position ?? 0), fresh],
    )
  }
  return { ok: true, head: fresh.at(-1) ?? head }
}
