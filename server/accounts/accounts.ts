import { Hash, MemberId, ProgrammeId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  hashVerifier,
  isVerifier,
  KdfParameters,
  LoginVerifier,
  RecoveryVerifier,
  StoredVerifier,
} from '@lentera/sealed/verify'
import * as z from 'zod'
import type { Database, Transaction } from '../database/database.ts'

/** What a device brings to have an account kept. `account` is opaque here: keys wrapped for her alone. */
export const NewAccount = z.strictObject({
  /** Hash of the login name, folded: names people choose are listed nowhere. */
  lookup: Hash,
  member: MemberId,
  kdf: KdfParameters,
  verifier: LoginVerifier,
  recovery: RecoveryVerifier,
  account: WrappedKeys(),
})
export type NewAccount = z.infer<typeof NewAccount>

/** A change of her own account, with the proof that she still has what it opens with now. */
export const AccountChange = z.strictObject({
  proof: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('passphrase'), verifier: LoginVerifier }),
    z.strictObject({ by: z.literal('recovery-code'), verifier: RecoveryVerifier }),
  ]),
  /** A new passphrase. */
  passphrase: z.strictObject({ kdf: KdfParameters, verifier: LoginVerifier }).optional(),
  /** A new recovery code. */
  recovery: RecoveryVerifier.optional(),
  /** The keys that are wrapped anew; the others stay as they are. */
  account: WrappedKeys(),
})
export type AccountChange = z.infer<typeof AccountChange>

function WrappedKeys() {
  return z.record(z.string(), z.json()).refine((account) => JSON.stringify(account).length <= 16_384)
}

export type Account = z.infer<typeof StoredAccount>

const StoredAccount = z.object({
  lookup: Hash,
  programme: ProgrammeId,
  member: MemberId,
  kdf: KdfParameters,
  verifier: StoredVerifier,
  recovery: StoredVerifier.nullable(),
  account: z.record(z.string(), z.unknown()),
})
const columns = 'lookup, programme, member, kdf, verifier, recovery, wrapped as account'

export async function findAccount(database: Database, lookup: Hash): Promise<Account | undefined> {
  const [row] = await database.atSignIn((transaction) =>
    transaction.query('account by lookup', `select ${columns} from lentera.account where lookup = $1`, [lookup]),
  )
  return row && StoredAccount.parse(row)
}

/** Held until the transaction ends: of two changes with one proof the second is judged by what the first has left. */
export async function findAccountOf(
  transaction: Transaction,
  programme: ProgrammeId,
  member: MemberId,
): Promise<Account | undefined> {
  const [row] = await transaction.query(
    'account of a member',
    `select ${columns} from lentera.account where programme = $1 and member = $2 for update`,
    [programme, member],
  )
  return row && StoredAccount.parse(row)
}

/**
 * Keeps the account of a member who has none; the same again is there already. The verifiers are hashed once more: a thief
 * of the table still pays the whole Argon2id for each guess.
 * Refused: `access.account-there` where she has another, `access.login-taken` where somebody else has that name.
 */
export async function addAccount(
  transaction: Transaction,
  programme: ProgrammeId,
  { lookup, member, kdf, verifier, recovery, account }: NewAccount,
): Promise<Decision<void>> {
  const added = await transaction.query(
    'add account',
    `insert into lentera.account (lookup, programme, member, kdf, verifier, recovery, wrapped)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning lookup`,
    [
      lookup,
      programme,
      member,
      JSON.stringify(kdf),
      hashVerifier(verifier),
      hashVerifier(recovery),
      JSON.stringify(account),
    ],
  )
  if (added.length > 0) return accept(undefined)
  const there = await findAccountOf(transaction, programme, member)
  if (!there) return refuse('access.login-taken')
  return there.lookup === lookup && isVerifier(there.verifier, verifier)
    ? accept(undefined)
    : refuse('access.account-there')
}

/** Whether what is shown opens this account: the passphrase, or the printed code where one is kept. */
export function proves(
  { verifier, recovery }: Pick<Account, 'verifier' | 'recovery'>,
  proof: AccountChange['proof'],
): boolean {
  const stored = proof.by === 'passphrase' ? verifier : recovery
  return stored !== null && isVerifier(stored, proof.verifier)
}

/** Whether this very change was made already: who knows the new passphrase asks again, because the answer was lost. */
export function isThere(account: Account, { passphrase, recovery }: AccountChange): boolean {
  const isNew = passphrase !== undefined && isVerifier(account.verifier, passphrase.verifier)
  return isNew && (recovery === undefined || (account.recovery !== null && isVerifier(account.recovery, recovery)))
}

/** Puts what is new in the place of what was. The caller has seen the proof (`proves`), under the same lock. */
export async function changeAccount(
  transaction: Transaction,
  { programme, member }: Account,
  { passphrase, recovery, account }: AccountChange,
): Promise<void> {
  await transaction.query(
    'change account',
    `update lentera.account set kdf = coalesce($3, kdf), verifier = coalesce($4, verifier),
       recovery = coalesce($5, recovery), wrapped = wrapped || $6
     where programme = $1 and member = $2`,
    [
      programme,
      member,
      passphrase ? JSON.stringify(passphrase.kdf) : null,
      passphrase ? hashVerifier(passphrase.verifier) : null,
      recovery ? hashVerifier(recovery) : null,
      JSON.stringify(account),
    ],
  )
}
