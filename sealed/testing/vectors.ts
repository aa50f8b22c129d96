import { readFileSync } from 'node:fs'
import type { Bytes } from '../bytes/base64url.ts'

/** A committed file of published test vectors, with its source inside. */
export function readVectors<T>(name: string): T {
  // The files are ours, committed beside this one, and read by nobody but these tests.
  return JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8')) as T
}

export function fromHex(hex: string): Bytes {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
