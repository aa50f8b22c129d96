import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../bytes/base64url.ts'
import { concat, utf8 } from '../bytes/compose.ts'
import { sameBytes } from '../bytes/same-bytes.ts'

/**
 * Bytes as a code to print and to type again by hand. Crockford's base32 (no I, L, O, U; O is read as 0, I and L as 1, case
 * does not matter), in lines of four groups of four characters and a fifth of two that checks the line and its place, so
 * that a slip of the pen is named by its line. A first byte says what kind of code it is, six last bytes check the whole.
 *
 * @example
 * 0C7D-40GR-ZQ2M-8Y31-5K
 * 9XAV-...
 */
export function printCode(kind: CodeKind, payload: Uint8Array): string {
  const whole = withCheck(kind, payload)
  const digits = toBase32(whole)
  const lines: string[] = []
  for (let start = 0; start < digits.length; start += lineDigits) {
    const line = digits.slice(start, start + lineDigits).padEnd(lineDigits, '0')
    lines.push(
      [line.slice(0, 4), line.slice(4, 8), line.slice(8, 12), line.slice(12), lineCheck(line, lines.length)].join('-'),
    )
  }
  return lines.join('\n')
}

/**
 * What `printCode` was given, from what a person typed: spaces, hyphens, dots and line ends are her own affair.
 * Refused: `sealed.code-length` {typed, expected}, `sealed.code-line-mistyped` {line} (counted from 1),
 * `sealed.code-mistyped`, `sealed.code-of-another-kind`.
 */
export function readCode(kind: CodeKind, payloadLength: number, typed: string): Decision<Bytes> {
  const digits = normalise(typed)
  const wholeLength = payloadLength + kindLength + checkLength
  const lines = Math.ceil((wholeLength * 8) / 5 / lineDigits)
  const expected = lines * (lineDigits + 2)
  if (digits.length !== expected) return refuse('sealed.code-length', { typed: digits.length, expected })
  const body: string[] = []
  for (let i = 0; i < lines; i++) {
    const line = digits.slice(i * (lineDigits + 2), i * (lineDigits + 2) + lineDigits)
    const check = digits.slice(i * (lineDigits + 2) + lineDigits, (i + 1) * (lineDigits + 2))
    if (!isBase32(line) || lineCheck(line, i) !== check) return refuse('sealed.code-line-mistyped', { line: i + 1 })
    body.push(line)
  }
  const whole = fromBase32(body.join(''), wholeLength)
  const payload = whole.slice(kindLength, kindLength + payloadLength)
  if (whole[0] !== kinds[kind]) return refuse('sealed.code-of-another-kind')
  return sameBytes(whole, withCheck(kind, payload)) ? accept(payload) : refuse('sealed.code-mistyped')
}

export type CodeKind = keyof typeof kinds
/** First byte of a code; never reused, never changed. */
const kinds = { 'root-sheet': 1, 'member-recovery': 2 } as const

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const lineDigits = 16
const kindLength = 1
const checkLength = 6

function withCheck(kind: CodeKind, payload: Uint8Array): Bytes {
  const body = concat(Uint8Array.of(kinds[kind]), payload)
  return concat(body, sha256(concat(utf8('lentera/code/v1'), body)).subarray(0, checkLength))
}

function lineCheck(line: string, index: number): string {
  return toBase32(sha256(utf8(`lentera/line/v1/${index}/${line}`)).subarray(0, 2)).slice(0, 2)
}

function normalise(typed: string): string {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\p{Pd}]/gu, '')
  return plain.replaceAll('O', '0').replace(/[IL]/g, '1')
}

function isBase32(text: string): boolean {
  return [...text].every((digit) => alphabet.includes(digit))
}

function toBase32(bytes: Uint8Array): string {
  let digits = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      digits += alphabet[(held >> (bits - 5)) & 31]
      bits -= 5
      held &= (1 << bits) - 1
    }
  }
  return bits === 0 ? digits : digits + alphabet[(held << (5 - bits)) & 31]
}

function fromBase32(digits: string, length: number): Bytes {
  const bytes = new Uint8Array(length)
  let at = 0
  let held = 0
  let bits = 0
  for (const digit of digits) {
    held = (held << 5) | alphabet.indexOf(digit)
    bits += 5
    if (bits >= 8 && at < length) {
      bytes[at++] = (held >> (bits - 8)) & 255
      bits -= 8
    }
    held &= (1 << bits) - 1
  }
  return bytes
}
