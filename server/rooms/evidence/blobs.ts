import type { Hash, ProgrammeId } from '@lentera/core/shared/ids'
import type { Transaction } from '../../database/database.ts'

/** Bytes of one file: the published tables are under 10 MB. */
export const blobLimit = 32 * 1024 * 1024

/** The bytes under a hash, if the programme holds them. */
export async function findBlob(
  transaction: Transaction,
  programme: ProgrammeId,
  hash: Hash,
): Promise<Uint8Array | undefined> {
  const [row] = await transaction.query<{ bytes: Uint8Array }>(
    'blob by hash',
    'select bytes from lentera.blob where programme = $1 and hash = $2',
    [programme, hash],
  )
  return row?.bytes
}

/** Keeps bytes under their hash. @returns whether they are new. */
export async function storeBlob(
  transaction: Transaction,
  programme: ProgrammeId,
  hash: Hash,
  bytes: Uint8Array,
): Promise<boolean> {
  const stored = await transaction.query(
    'store blob',
    `insert into lentera.blob (programme, hash, bytes) values ($1, $2, $3)
     on conflict (programme, hash) do nothing returning hash`,
    [programme, hash, bytes],
  )
  return stored.length > 0
}
