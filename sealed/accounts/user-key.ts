import type { MemberId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import type { RecoveryCodeKey, UnlockKey, UserKey } from '../keys/roles.ts'
import { bytesOf, Secret } from '../keys/secret.ts'
import { unwrap, wrap } from '../keys/wrap.ts'
import type { WrappedUserKey } from './wrapped-user-key.ts'

export function newUserKey(random: Randomness = randomBytes): UserKey {
  return new Secret('user', random(32))
}

/** Changing the passphrase is this again, with the new unlock key: nothing else is touched. */
export async function wrapUserKey(
  userKey: UserKey,
  by: UnlockKey | RecoveryCodeKey,
  member: MemberId,
  random: Randomness = randomBytes,
): Promise<WrappedUserKey> {
  const binding = { purpose: 'lentera/user-key/v1', member, by: by.role } as const
  return { v: 1, member, by: by.role, wrapped: await wrap(by, bytesOf(userKey), binding, random) }
}

/** Refused: `sealed.passphrase-wrong`, `sealed.recovery-code-wrong` (or the wrap was altered: the two look the same). */
export async function openUserKey(
  wrapped: WrappedUserKey,
  by: UnlockKey | RecoveryCodeKey,
): Promise<Decision<UserKey>> {
  const wrong = by.role === 'unlock' ? 'sealed.passphrase-wrong' : 'sealed.recovery-code-wrong'
  if (wrapped.by !== by.role) return refuse(wrong)
  const binding = { purpose: 'lentera/user-key/v1', member: wrapped.member, by: by.role } as const
  const bytes = await unwrap(by, wrapped.wrapped, binding)
  return bytes?.length === 32 ? accept(new Secret('user', bytes)) : refuse(wrong)
}
