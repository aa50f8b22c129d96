import type { Hash, KeyId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Bytes, fromBase64Url, toBase64Url } from '../bytes/base64url.ts'
import { concat, readUint32, uint32, uuidBytes, uuidText } from '../bytes/compose.ts'
import { nonceLength, tagLength } from '../primitives/aes-gcm.ts'
import { buckets } from './padding.ts'

/**
 * The envelope, version 1:
 *
 *   0   version        1 byte    1
 *   1   suite          1 byte    1 = AES-256-GCM for the field and for the wrap of its content key
 *   2   epoch          4 bytes   of the case, when written
 *   6   key id        16 bytes   the person key the content key is wrapped by
 *  22   certificate   32 bytes   SHA-256 of the author's certificate
 *  54   content key   60 bytes   nonce, wrapped key, tag
 * 114   field                    nonce, padded value, tag
 */
export type EnvelopeHeader = {
  readonly version: number
  readonly suite: number
  readonly epoch: number
  readonly key: KeyId
  readonly certificate: Hash
  /** Bytes of the whole envelope; says the bucket, not the length. */
  readonly size: number
}

export const version = 1
export const suite = 1
export const headerLength = 54
export const wrapLength = nonceLength + 32 + tagLength

export function headerBytes(header: Omit<EnvelopeHeader, 'size' | 'version' | 'suite'>): Bytes {
  const certificate = fromBase64Url(header.certificate)
  if (certificate?.length !== 32) throw new RangeError('a certificate hash has 32 bytes')
  return concat(Uint8Array.of(version, suite), uint32(header.epoch), uuidBytes(header.key), certificate)
}

/**
 * What an envelope says of itself, without opening it: nothing here is authentic until the field is opened.
 * Refused: `sealed.envelope-malformed`, `sealed.envelope-version-unknown` {version, suite}.
 */
export function readEnvelopeHeader(envelope: string): Decision<EnvelopeHeader> {
  const parts = readEnvelope(envelope)
  return parts.ok ? accept(parts.value.header) : parts
}

export type EnvelopeParts = {
  readonly header: EnvelopeHeader
  readonly headerBytes: Bytes
  readonly contentKey: Bytes
  readonly field: Bytes
}

export function readEnvelope(envelope: string): Decision<EnvelopeParts> {
  const bytes = fromBase64Url(envelope)
  if (bytes === undefined || bytes.length < 2) return refuse('sealed.envelope-malformed')
  if (bytes[0] !== version || bytes[1] !== suite) {
    return refuse('sealed.envelope-version-unknown', { version: bytes[0] ?? 0, suite: bytes[1] ?? 0 })
  }
  const bucket = bytes.length - headerLength - wrapLength - nonceLength - tagLength
  if (!buckets.some((size) => size === bucket)) return refuse('sealed.envelope-malformed')
  const epoch = readUint32(bytes, 2)
  if (epoch < 1) return refuse('sealed.envelope-malformed')
  const header: EnvelopeHeader = {
    version,
    suite,
    epoch,
    // Sixteen and thirty-two bytes written out are a key id and a hash by construction.
    key: uuidText(bytes.subarray(6, 22)) as KeyId,
    certificate: toBase64Url(bytes.subarray(22, headerLength)) as Hash,
    size: bytes.length,
  }
  return accept({
    header,
    headerBytes: bytes.slice(0, headerLength),
    contentKey: bytes.slice(headerLength, headerLength + wrapLength),
    field: bytes.slice(headerLength + wrapLength),
  })
}
