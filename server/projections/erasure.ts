import { isErased } from '@lentera/core/log/erasure'
import type { ProgrammeId } from '@lentera/core/shared/ids'
import type { Transaction } from '../database/database.ts'
import type { FoldedStream } from './project.ts'

/**
 * Destroys every wrapped key of the cases that say they are erased: her own, and the case's, which opens nothing but hers.
 * Only those of the same audience: an entry on a case that its author may not see reaches no key.
 */
export async function destroyKeys(
  transaction: Transaction,
  programme: ProgrammeId,
  folded: readonly FoldedStream[],
): Promise<void> {
  const erased = folded.filter(({ state }) => isErased(state))
  if (erased.length === 0) return
  await transaction.query(
    'destroy keys of erased cases',
    `delete from lentera.wrapped_key as kept using unnest($2::text[], $3::uuid[]) as erased (audience, stream)
     where kept.programme = $1 and kept.audience = erased.audience and kept.stream = erased.stream`,
    [programme, erased.map(({ audience }) => audience), erased.map(({ stream }) => stream)],
  )
}
