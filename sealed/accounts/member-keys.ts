import type { MemberId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Bytes, toBase64Url } from '../bytes/base64url.ts'
import { concat } from '../bytes/compose.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import { MemberSealPublicKey, MemberSignPublicKey } from '../keys/public-keys.ts'
import type { MemberKeys, UserKey } from '../keys/roles.ts'
import { bytesOf, Secret } from '../keys/secret.ts'
import { unwrap, wrap } from '../keys/wrap.ts'
import { publicKeyOf as signPublicKeyOf } from '../primitives/ed25519.ts'
import { publicKeyOf as sealPublicKeyOf } from '../primitives/x25519.ts'
import type { WrappedMemberKeys } from './wrapped-member-keys.ts'

export function newMemberKeys(random: Randomness = randomBytes): MemberKeys {
  return memberKeysFrom(random(32), random(32))
}

export async function wrapMemberKeys(
  keys: MemberKeys,
  userKey: UserKey,
  member: MemberId,
  random: Randomness = randomBytes,
): Promise<WrappedMemberKeys> {
  const seeds = concat(bytesOf(keys.sign.secret), bytesOf(keys.seal.secret))
  return { v: 1, member, wrapped: await wrap(userKey, seeds, { purpose: 'lentera/member-keys/v1', member }, random) }
}

/**
 * The public halves are computed from the private ones and never taken from the server. Refused: `sealed.wrap-altered`.
 */
export async function openMemberKeys(wrapped: WrappedMemberKeys, userKey: UserKey): Promise<Decision<MemberKeys>> {
  const { member } = wrapped
  const seeds = await unwrap(userKey, wrapped.wrapped, { purpose: 'lentera/member-keys/v1', member })
  if (seeds?.length !== 64) return refuse('sealed.wrap-altered')
  return accept(memberKeysFrom(seeds.slice(0, 32), seeds.slice(32)))
}

function memberKeysFrom(sign: Bytes, seal: Bytes): MemberKeys {
  return {
    sign: {
      public: MemberSignPublicKey.parse(toBase64Url(signPublicKeyOf(sign))),
      secret: new Secret('member-sign', sign),
    },
    seal: {
      public: MemberSealPublicKey.parse(toBase64Url(sealPublicKeyOf(seal))),
      secret: new Secret('member-seal', seal),
    },
  }
}
