import { base64urlnopad } from '@scure/base'

/** Bytes to base64url without padding (RFC 4648, 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes)
}

/**
 * Base64url without padding to bytes, or undefined. Only the one canonical spelling is read: padding, line breaks, the
 * other alphabet and left-over bits are refused, so that no two texts stand for the same bytes.
 */
export function fromBase64Url(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(base64urlnopad.decode(text))
  } catch {
    return undefined
  }
}

/** Bytes in memory of their own, as WebCrypto asks for (never a view on shared memory). */
export type Bytes = Uint8Array<ArrayBuffer>
