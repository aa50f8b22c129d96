import { canonicalText } from '@lentera/core/log/entry'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { Hash } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type * as z from 'zod'
import { verifySignature } from '../entries/verify-signature.ts'
import type { RootPublicKey, SignPublicKey } from '../keys/public-keys.ts'
import { hashNow } from '../primitives/hash.ts'
import { DeviceCertificate, MemberCertificate, OrganisationCertificate, type SignedCertificate } from './certificate.ts'

/** A certificate that was checked, with the hash that names it. */
export type Verified<T> = { readonly certificate: T; readonly hash: Hash }

/** What a check of a chain goes by. */
export type CertificateContext = {
  readonly root: RootPublicKey
  /** Certificates of the administrators who may have issued this one, in any order. */
  readonly issuers?: readonly SignedCertificate[]
  /** The day for which the certificates must be valid. */
  readonly at: CivilDate
  /** Hashes of certificates that were withdrawn. */
  readonly withdrawn?: ReadonlySet<Hash>
}

/**
 * The organisation's own keys against the pinned root. Refused: `sealed.certificate-malformed`,
 * `sealed.certificate-bad-signature`.
 */
export async function verifyOrganisationCertificate(
  signed: SignedCertificate,
  root: RootPublicKey,
): Promise<Decision<Verified<OrganisationCertificate>>> {
  const read = readCertificate(OrganisationCertificate, signed)
  if (!read.ok) return read
  if (read.value.certificate.root !== root) return refuse('sealed.certificate-bad-signature')
  return checkSignature(read.value, signed, root)
}

/**
 * A member's certificate, back to the root. Refused: `sealed.certificate-malformed`, `sealed.certificate-bad-signature`,
 * `sealed.certificate-not-valid-then` {from, until}, `sealed.certificate-withdrawn`, `sealed.certificate-issuer-unknown`,
 * `sealed.certificate-issuer-may-not`.
 */
export async function verifyMemberCertificate(
  signed: SignedCertificate,
  context: CertificateContext,
): Promise<Decision<Verified<MemberCertificate>>> {
  const read = readCertificate(MemberCertificate, signed)
  if (!read.ok) return read
  const { certificate } = read.value
  const standing = checkStanding(read.value, context)
  if (!standing.ok) return standing
  if (certificate.issuer === 'root') return checkSignature(read.value, signed, context.root)

  const issuer = await findIssuer(certificate.issuer, context)
  if (!issuer.ok) return issuer
  const { organisation, mayCertify, keys } = issuer.value.certificate
  if (!mayCertify || certificate.mayCertify || organisation !== certificate.organisation) {
    return refuse('sealed.certificate-issuer-may-not')
  }
  return checkSignature(read.value, signed, keys.sign)
}

/**
 * A device's certificate against its member's, which must have been verified. Refused: as `verifyMemberCertificate`, and
 * `sealed.certificate-issuer-unknown` where it is not of this member.
 */
export async function verifyDeviceCertificate(
  signed: SignedCertificate,
  member: Verified<MemberCertificate>,
  context: Pick<CertificateContext, 'at' | 'withdrawn'>,
): Promise<Decision<Verified<DeviceCertificate>>> {
  const read = readCertificate(DeviceCertificate, signed)
  if (!read.ok) return read
  const { certificate } = read.value
  const standing = checkStanding(read.value, context)
  if (!standing.ok) return standing
  const isHers =
    certificate.issuer === member.hash &&
    certificate.member === member.certificate.member &&
    certificate.organisation === member.certificate.organisation
  if (!isHers) return refuse('sealed.certificate-issuer-unknown')
  return checkSignature(read.value, signed, member.certificate.keys.sign)
}

/** The hash that names a certificate in envelopes and in the log. */
export function certificateHash(signed: SignedCertificate): Hash {
  return hashNow(signed.text)
}

async function findIssuer(hash: Hash, context: CertificateContext): Promise<Decision<Verified<MemberCertificate>>> {
  const signed = context.issuers?.find((issuer) => certificateHash(issuer) === hash)
  if (signed === undefined) return refuse('sealed.certificate-issuer-unknown')
  const read = readCertificate(MemberCertificate, signed)
  if (!read.ok) return read
  // One administrator at most: an issuer's own issuer is the root. Asked before any signature, so that a long false chain costs nothing.
  if (read.value.certificate.issuer !== 'root') return refuse('sealed.certificate-issuer-may-not')
  return verifyMemberCertificate(signed, context)
}

function readCertificate<T>(schema: z.ZodType<T>, signed: SignedCertificate): Decision<Verified<T>> {
  try {
    const json: unknown = JSON.parse(signed.text)
    const parsed = schema.safeParse(json)
    if (!parsed.success || canonicalText(json) !== signed.text) return refuse('sealed.certificate-malformed')
    return accept({ certificate: parsed.data, hash: certificateHash(signed) })
  } catch {
    return refuse('sealed.certificate-malformed')
  }
}

function checkStanding(
  { certificate, hash }: Verified<{ readonly from: CivilDate; readonly until: CivilDate }>,
  { at, withdrawn }: Pick<CertificateContext, 'at' | 'withdrawn'>,
): Decision<true> {
  if (withdrawn?.has(hash)) return refuse('sealed.certificate-withdrawn')
  const { from, until } = certificate
  // ISO days compare as text.
  return from <= at && at <= until ? accept(true) : refuse('sealed.certificate-not-valid-then', { from, until })
}

async function checkSignature<T>(
  verified: Verified<T>,
  signed: SignedCertificate,
  key: SignPublicKey,
): Promise<Decision<Verified<T>>> {
  const isGood = await verifySignature(key, `lentera/certificate/v1\n${signed.text}`, signed.signature)
  return isGood ? accept(verified) : refuse('sealed.certificate-bad-signature')
}
