import type { Bytes } from '../bytes/base64url.ts'
import { toBase64Url } from '../bytes/base64url.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import { DevicePublicKey } from '../keys/public-keys.ts'
import type { DeviceKey } from '../keys/roles.ts'
import { bytesOf, Secret } from '../keys/secret.ts'
import { publicKeyOf } from '../primitives/ed25519.ts'

/** A new device's signing key; its member certifies the public half, the private half rests in the keyring's box. */
export function newDeviceKey(random: Randomness = randomBytes): DeviceKey {
  return deviceKeyFrom(random(32))
}

export function deviceKeyFrom(seed: Bytes): DeviceKey {
  return { public: DevicePublicKey.parse(toBase64Url(publicKeyOf(seed))), secret: new Secret('device-sign', seed) }
}

export const deviceSeedOf = (key: DeviceKey): Bytes => bytesOf(key.secret)
