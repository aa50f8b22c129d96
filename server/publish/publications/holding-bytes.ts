import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { Hash, ProgrammeId } from '@lentera/core/shared/ids'
import { randomBytes } from '@lentera/sealed/verify'
import type { Database, Transaction } from '../../database/database.ts'
import { publishingOf } from './store.ts'

/** Bytes of one file. */
export const holdingLimit = 32 * 1024 * 1024

type Of = { readonly programme: ProgrammeId; readonly hash: Hash }

/** Keeps the bytes of a holding, sealed. @returns whether they are new */
export async function storeHolding(
  transaction: Transaction,
  secret: Uint8Array,
  of: Of,
  bytes: Uint8Array,
): Promise<boolean> {
  const [stored] = await transaction.query<{ isNew: boolean }>(
    'store a holding',
    `insert into lentera.holding_bytes (programme, hash, sealed) values ($1, $2, $3)
     on conflict (programme, hash) do update set sealed = excluded.sealed returning xmax = 0 as "isNew"`,
    [of.programme, of.hash, sealed(secret, of, bytes)],
  )
  return stored?.isNew === true
}

/** The bytes of a holding, where they lie here and this server's secret opens them. */
export async function findHoldingBytes(
  transaction: Transaction,
  secret: Uint8Array,
  of: Of,
): Promise<Uint8Array | undefined> {
  const [row] = await transaction.query<{ sealed: Uint8Array }>(
    'a holding’s bytes',
    'select sealed from lentera.holding_bytes where programme = $1 and hash = $2',
    [of.programme, of.hash],
  )
  return row && opened(secret, of, row.sealed)
}

/**
 * Seals what was brought before holdings were sealed, and takes it from where it lay to be read. What is an imported data set too stays
 * there: it was published for everybody.
 *
 * @returns how many
 */
export async function sealOlderHoldings(database: Database, secret: Uint8Array): Promise<number> {
  return database.asOwner(async (transaction) => {
    let count = 0
    for (const [programme, { holdings, dataSets }] of await publishingOf(transaction, undefined, [
      'holding',
      'data-set',
    ])) {
      const open = new Set([...dataSets.values()].map(({ hash }) => hash))
      for (const hash of new Set([...holdings.values()].map((each) => each.hash))) {
        if (open.has(hash)) continue
        const [row] = await transaction.query<{ bytes: Uint8Array }>(
          'an older holding',
          'delete from lentera.blob where programme = $1 and hash = $2 returning bytes',
          [programme, hash],
        )
        if (!row) continue
        await storeHolding(transaction, secret, { programme, hash }, row.bytes)
        count++
      }
    }
    return count
  })
}

// ---------------------------------------------------------------- sealed

/** AES-256-GCM (NIST SP 800-38D): nonce, ciphertext, tag; bound to the programme and the file that they are of. */
const cipher = 'aes-256-gcm'
const [nonceBytes, tagBytes] = [12, 16]

/** HKDF (RFC 5869): a key of each programme, and of this use alone. */
const keyFor = (secret: Uint8Array, programme: ProgrammeId): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), `lentera holding ${programme}`, 32))

const said = ({ programme, hash }: Of): Uint8Array => new TextEncoder().encode(`${programme} ${hash}`)

function sealed(secret: Uint8Array, of: Of, bytes: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const seal = createCipheriv(cipher, keyFor(secret, of.programme), nonce).setAAD(said(of))
  return Buffer.concat([nonce, seal.update(bytes), seal.final(), seal.getAuthTag()])
}

/** @returns undefined where another secret sealed it, or it was changed */
function opened(secret: Uint8Array, of: Of, whole: Uint8Array): Uint8Array | undefined {
  const end = whole.length - tagBytes
  if (end < nonceBytes) return undefined
  const open = createDecipheriv(cipher, keyFor(secret, of.programme), whole.subarray(0, nonceBytes))
    .setAAD(said(of))
    .setAuthTag(whole.subarray(end))
  const bytes = open.update(whole.subarray(nonceBytes, end))
  try {
    return new Uint8Array(Buffer.concat([bytes, open.final()]))
  } catch {
    return undefined
  }
}
