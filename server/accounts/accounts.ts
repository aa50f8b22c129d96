import { Hash, MemberId, ProgrammeId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { hashVerifier, KdfParameters, LoginVerifier, StoredVerifier } from '@lentera/sealed/verify'
import * as z from 'zod'
import type { Database, Transaction } from '../database/database.ts'

/** What a device brings to have an account kept. `account` is opaque here: keys wrapped for her alone. */
export const NewAccount = z.strictObject({
  /** Hash of the login name, folded: names people choose are listed nowhere. */
  lookup: Hash,
  member: MemberId,
  kdf: KdfParameters,
  verifier: LoginVerifier,
  account: z.record(z.string(), z.json()).refine((account) => JSON.stringify(account).length <= 16_384),
})
export type NewAccount = z.infer<typeof NewAccount>

export type Account = {
  readonly programme: ProgrammeId
  readonly member: MemberId
  readonly kdf: KdfParameters
  readonly verifier: StoredVerifier
  readonly account: Readonly<Record<string, unknown>>
}

export async function findAccount(database: Database, lookup: Hash): Promise<Account | undefined> {
  const [row] = await database.atSignIn((transaction) =>
    transaction.query(
      'account by lookup',
      'select programme, member, kdf, verifier, wrapped as account from lentera.account where lookup = $1',
      [lookup],
    ),
  )
  return row && StoredAccount.parse(row)
}

const StoredAccount = z.object({
  programme: ProgrammeId,
  member: MemberId,
  kdf: KdfParameters,
  verifier: StoredVerifier,
  account: z.record(z.string(), z.unknown()),
})

/**
 * Keeps a member's account; one she had, under whatever login name, is replaced. The verifier is hashed once more: a
 * thief of the table still pays the whole Argon2id for each guess.
 * Refused: `access.login-taken` where another member has that name.
 */
export async function storeAccount(
  transaction: Transaction,
  programme: ProgrammeId,
  { lookup, member, kdf, verifier, account }: NewAccount,
): Promise<Decision<void>> {
  const values = [lookup, programme, member, JSON.stringify(kdf), hashVerifier(verifier), JSON.stringify(account)]
  const inserted = await transaction.query(
    'add account',
    `insert into lentera.account (lookup, programme, member, kdf, verifier, wrapped) values ($1, $2, $3, $4, $5, $6)
     on conflict (lookup) do nothing returning lookup`,
    values,
  )
  // Not `on conflict do update`: on another programme's row, invisible here, that is an error, not an answer.
  const replaced =
    inserted.length > 0
      ? inserted
      : await transaction.query(
          'replace account',
          `update lentera.account set kdf = $4, verifier = $5, wrapped = $6
           where lookup = $1 and programme = $2 and member = $3 returning lookup`,
          values,
        )
  if (replaced.length === 0) return refuse('access.login-taken')
  await transaction.query(
    'drop former login',
    'delete from lentera.account where programme = $1 and member = $2 and lookup <> $3',
    [programme, member, lookup],
  )
  return accept(undefined)
}
