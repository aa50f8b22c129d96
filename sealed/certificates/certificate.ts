import { CivilDate } from '@lentera/core/shared/dates'
import { Base64Url, DeviceId, Hash, MemberId, OrganisationId } from '@lentera/core/shared/ids'
import * as z from 'zod'
import {
  DevicePublicKey,
  MemberSealPublicKey,
  MemberSignPublicKey,
  RecoveryPublicKey,
  RootPublicKey,
} from '../keys/public-keys.ts'

/** A day of the validity of a certificate: first and last day both count. */
const Day = CivilDate.refine((date) => date.length === 10, 'a certificate counts in days')

/** The organisation says its own keys, signed by its root: the root's public key is what a device pins. */
export const OrganisationCertificate = z.strictObject({
  v: z.literal(1),
  kind: z.literal('organisation'),
  organisation: OrganisationId,
  root: RootPublicKey,
  recovery: RecoveryPublicKey,
  from: Day,
})
export type OrganisationCertificate = z.infer<typeof OrganisationCertificate>

/**
 * A member's public keys, signed by the root (`issuer: 'root'`) or by a member whose certificate, named by its hash, says
 * `mayCertify`. Only the root gives `mayCertify`, so a chain has at most one administrator in it.
 */
export const MemberCertificate = z.strictObject({
  v: z.literal(1),
  kind: z.literal('member'),
  organisation: OrganisationId,
  member: MemberId,
  keys: z.strictObject({ sign: MemberSignPublicKey, seal: MemberSealPublicKey }),
  mayCertify: z.boolean(),
  issuer: z.union([z.literal('root'), Hash]),
  from: Day,
  until: Day,
})
export type MemberCertificate = z.infer<typeof MemberCertificate>

/** A device's public key, signed by its member's key; `issuer` is the hash of her certificate. */
export const DeviceCertificate = z.strictObject({
  v: z.literal(1),
  kind: z.literal('device'),
  organisation: OrganisationId,
  member: MemberId,
  device: DeviceId,
  key: DevicePublicKey,
  issuer: Hash,
  from: Day,
  until: Day,
})
export type DeviceCertificate = z.infer<typeof DeviceCertificate>

/** As it travels and is kept: the canonical text as signed, and the issuer's Ed25519 signature. Its hash names it. */
export const SignedCertificate = z.strictObject({ text: z.string().min(2).max(4096), signature: Base64Url.length(86) })
export type SignedCertificate = z.infer<typeof SignedCertificate>
