import { canonicalText } from '@lentera/core/log/entry'
import type { Bytes } from '../bytes/base64url.ts'
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import type { Randomness } from '../bytes/randomness.ts'
import { decrypt, encrypt } from '../primitives/aes-gcm.ts'
import { aesOf, type Secret } from './secret.ts'

/**
 * What a wrap is for, as canonical text: a purpose with its version and the names of all it binds. It is authenticated
 * with the ciphertext, so a wrap moved to another member, case or epoch does not open.
 */
export type Binding = { readonly purpose: `lentera/${string}/v${number}` } & Readonly<Record<string, string | number>>

export function bindingBytes(binding: Binding): Bytes {
  return utf8(canonicalText(binding))
}

/** Bytes wrapped under a key by AES-256-GCM, as base64url. */
export async function wrap(key: Secret<string>, plain: Bytes, binding: Binding, random: Randomness): Promise<string> {
  return toBase64Url(await encrypt(await aesOf(key), plain, bindingBytes(binding), random))
}

/** What `wrap` made, or undefined where anything is not as it was. */
export async function unwrap(key: Secret<string>, wrapped: string, binding: Binding): Promise<Bytes | undefined> {
  const bytes = fromBase64Url(wrapped)
  return bytes === undefined ? undefined : decrypt(await aesOf(key), bytes, bindingBytes(binding))
}
