import { Base64Url, DeviceId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import * as z from 'zod'
import type { Bytes } from '../bytes/base64url.ts'
import { fromUtf8, utf8 } from '../bytes/compose.ts'
import { type Randomness, randomBytes } from '../bytes/randomness.ts'
import type { LocalStoreKey, UserKey } from '../keys/roles.ts'
import { aesOf, bytesOf, Secret } from '../keys/secret.ts'
import { bindingBytes, unwrap, wrap } from '../keys/wrap.ts'
import { decrypt, encrypt } from '../primitives/aes-gcm.ts'

/** The key under which everything rests on one device; random, and kept there only wrapped by the user key. */
export function newLocalStoreKey(random: Randomness = randomBytes): LocalStoreKey {
  return new Secret('local-store', random(32))
}

export const WrappedLocalStoreKey = z.strictObject({ v: z.literal(1), device: DeviceId, wrapped: Base64Url.length(80) })
export type WrappedLocalStoreKey = z.infer<typeof WrappedLocalStoreKey>

export async function wrapLocalStoreKey(
  key: LocalStoreKey,
  userKey: UserKey,
  device: DeviceId,
  random: Randomness = randomBytes,
): Promise<WrappedLocalStoreKey> {
  const binding = { purpose: 'lentera/local-store-key/v1', device } as const
  return { v: 1, device, wrapped: await wrap(userKey, bytesOf(key), binding, random) }
}

/** Refused: `sealed.wrap-altered`. */
export async function openLocalStoreKey(
  wrapped: WrappedLocalStoreKey,
  userKey: UserKey,
): Promise<Decision<LocalStoreKey>> {
  const binding = { purpose: 'lentera/local-store-key/v1', device: wrapped.device } as const
  const bytes = await unwrap(userKey, wrapped.wrapped, binding)
  return bytes?.length === 32 ? accept(new Secret('local-store', bytes)) : refuse('sealed.wrap-altered')
}

/** A record at rest: version, nonce, ciphertext, tag, as bytes (IndexedDB keeps them as they are). */
export type Box = Bytes & { readonly [boxBrand]: true }
declare const boxBrand: unique symbol

/** Where a box rests; authenticated, so that boxes cannot be exchanged. */
export type BoxPlace = { readonly table: string; readonly record: string }

/** Seals a value for this device's own store. Unlike a field it is not padded: whoever holds the device sees its sizes. */
export async function sealBox(
  key: LocalStoreKey,
  place: BoxPlace,
  value: unknown,
  random: Randomness = randomBytes,
): Promise<Box> {
  return sealBoxBytes(key, place, utf8(JSON.stringify(value)), random)
}

/** As `sealBox`, for bytes. */
export async function sealBoxBytes(
  key: LocalStoreKey,
  place: BoxPlace,
  bytes: Bytes,
  random: Randomness = randomBytes,
): Promise<Box> {
  const sealed = await encrypt(await aesOf(key), bytes, boxBinding(place), random)
  const box = new Uint8Array(1 + sealed.length)
  box[0] = boxVersion
  box.set(sealed, 1)
  return box as Box // built as described above
}

/** The value `sealBox` was given: parse it. Refused: `sealed.box-altered` (also another record's, another device's). */
export async function openBox(key: LocalStoreKey, place: BoxPlace, box: Uint8Array): Promise<Decision<unknown>> {
  const bytes = await openBoxBytes(key, place, box)
  if (!bytes.ok) return bytes
  const text = fromUtf8(bytes.value)
  return text === undefined ? refuse('sealed.box-altered') : accept(JSON.parse(text))
}

/** As `openBox`, for bytes. */
export async function openBoxBytes(key: LocalStoreKey, place: BoxPlace, box: Uint8Array): Promise<Decision<Bytes>> {
  if (box[0] !== boxVersion) return refuse('sealed.box-altered')
  const bytes = await decrypt(await aesOf(key), Uint8Array.from(box.subarray(1)), boxBinding(place))
  return bytes === undefined ? refuse('sealed.box-altered') : accept(bytes)
}

const boxVersion = 1

function boxBinding({ table, record }: BoxPlace): Bytes {
  return bindingBytes({ purpose: 'lentera/box/v1', table, record })
}
