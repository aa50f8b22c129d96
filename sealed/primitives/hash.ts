import type { Hash } from '@lentera/core/shared/ids'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import { nodeCrypto } from './node-crypto.ts'

/** SHA-256 of bytes or of a text's UTF-8 bytes, as 43 characters of base64url. By WebCrypto. */
export async function hash(content: Bytes | string): Promise<Hash> {
  const bytes = typeof content === 'string' ? utf8(content) : content
  return asHash(toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))))
}

/** The same at once: by Node where we are in Node (1.2 million a second), by @noble in a browser. */
export function hashNow(content: Uint8Array | string): Hash {
  if (nodeCrypto !== undefined) return asHash(nodeCrypto.hash('sha256', content, 'base64url'))
  return asHash(toBase64Url(sha256(typeof content === 'string' ? utf8(content) : content)))
}

// A SHA-256 in base64url is a Hash by construction; parsing it again would cost more than making it.
const asHash = (text: string): Hash => text as Hash
