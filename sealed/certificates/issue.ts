import { canonicalText } from '@lentera/core/log/entry'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { DeviceId, MemberId, OrganisationId } from '@lentera/core/shared/ids'
import { toBase64Url } from '../bytes/base64url.ts'
import { utf8 } from '../bytes/compose.ts'
import type { DevicePublicKey, MemberSealPublicKey, MemberSignPublicKey } from '../keys/public-keys.ts'
import type { MemberKeys, OrganisationRoot } from '../keys/roles.ts'
import { bytesOf, type Secret } from '../keys/secret.ts'
import { signerOf } from '../primitives/ed25519.ts'
import type { DeviceCertificate, MemberCertificate, OrganisationCertificate, SignedCertificate } from './certificate.ts'
import { certificateHash } from './verify-certificates.ts'

export type Validity = { readonly from: CivilDate; readonly until: CivilDate }

/** The organisation's keys, signed by its root. */
export function certifyOrganisation(
  root: OrganisationRoot,
  organisation: OrganisationId,
  from: CivilDate,
): Promise<SignedCertificate> {
  const certificate: OrganisationCertificate = {
    v: 1,
    kind: 'organisation',
    organisation,
    root: root.sign.public,
    recovery: root.recovery.public,
    from,
  }
  return sign(root.sign.secret, certificate)
}

export type MemberToCertify = {
  readonly organisation: OrganisationId
  readonly member: MemberId
  readonly keys: { readonly sign: MemberSignPublicKey; readonly seal: MemberSealPublicKey }
}

/** A member certified by the root: the only way to one who may certify others. */
export function certifyMemberByRoot(
  root: OrganisationRoot,
  { organisation, member, keys }: MemberToCertify,
  mayCertify: boolean,
  { from, until }: Validity,
): Promise<SignedCertificate> {
  const body = { organisation, member, keys: { sign: keys.sign, seal: keys.seal }, mayCertify }
  const certificate: MemberCertificate = { v: 1, kind: 'member', ...body, issuer: 'root', from, until }
  return sign(root.sign.secret, certificate)
}

/** A member certified by an administrator, whose own certificate (given) says `mayCertify`. */
export function certifyMember(
  issuer: { readonly keys: MemberKeys; readonly certificate: SignedCertificate },
  { organisation, member, keys }: MemberToCertify,
  { from, until }: Validity,
): Promise<SignedCertificate> {
  const body = { organisation, member, keys: { sign: keys.sign, seal: keys.seal }, mayCertify: false }
  const certificate: MemberCertificate = {
    v: 1,
    kind: 'member',
    ...body,
    issuer: certificateHash(issuer.certificate),
    from,
    until,
  }
  return sign(issuer.keys.sign.secret, certificate)
}

/** A device certified by its member, whose own certificate is given. */
export function certifyDevice(
  issuer: { readonly keys: MemberKeys; readonly certificate: SignedCertificate },
  device: {
    readonly organisation: OrganisationId
    readonly member: MemberId
    readonly device: DeviceId
    readonly key: DevicePublicKey
  },
  { from, until }: Validity,
): Promise<SignedCertificate> {
  const { organisation, member, key } = device
  const body = { organisation, member, device: device.device, key }
  const certificate: DeviceCertificate = {
    v: 1,
    kind: 'device',
    ...body,
    issuer: certificateHash(issuer.certificate),
    from,
    until,
  }
  return sign(issuer.keys.sign.secret, certificate)
}

async function sign(
  secret: Secret<'root-sign'> | Secret<'member-sign'>,
  certificate: OrganisationCertificate | MemberCertificate | DeviceCertificate,
): Promise<SignedCertificate> {
  const text = canonicalText(certificate)
  const signer = await signerOf(bytesOf(secret))
  // The prefix keeps a signature over a certificate from being one over anything else.
  return { text, signature: toBase64Url(await signer(utf8(`lentera/certificate/v1\n${text}`))) }
}
