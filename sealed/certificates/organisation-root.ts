import type { Bytes } from '../bytes/base64url.ts'
import { toBase64Url } from '../bytes/base64url.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import { RecoveryPublicKey, RootPublicKey } from '../keys/public-keys.ts'
import type { OrganisationRoot } from '../keys/roles.ts'
import { Secret } from '../keys/secret.ts'
import { publicKeyOf as signPublicKeyOf } from '../primitives/ed25519.ts'
import { deriveBytes } from '../primitives/hkdf.ts'
import { publicKeyOf as sealPublicKeyOf } from '../primitives/x25519.ts'

/** A new organisation's root. Split it onto sheets, certify the first administrator, then `wipeRoot`. */
export function newOrganisationRoot(random: Randomness = randomBytes): Promise<OrganisationRoot> {
  return rootFromSeed(random(32))
}

/** Root (Ed25519) and recovery (X25519) keys from the 32-byte seed. */
export async function rootFromSeed(seed: Bytes): Promise<OrganisationRoot> {
  const sign = await deriveBytes(seed, 'lentera/root-sign/v1')
  const recovery = await deriveBytes(seed, 'lentera/recovery-seal/v1')
  return {
    seed: new Secret('root-seed', seed),
    sign: { public: RootPublicKey.parse(toBase64Url(signPublicKeyOf(sign))), secret: new Secret('root-sign', sign) },
    recovery: {
      public: RecoveryPublicKey.parse(toBase64Url(sealPublicKeyOf(recovery))),
      secret: new Secret('recovery-seal', recovery),
    },
  }
}

export function wipeRoot(root: OrganisationRoot): void {
  for (const secret of [root.seed, root.sign.secret, root.recovery.secret]) secret.wipe()
}
