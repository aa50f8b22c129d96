import { Entry } from '@lentera/core/log/entry'
import { deviceAdded, memberAdmitted, organisationFounded } from '@lentera/core/log/membership'
import type { MemberId, OrganisationId, ProgrammeId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  type DevicePublicKey,
  MemberCertificate,
  RootPublicKey,
  SignedCertificate,
  verifyDeviceCertificate,
  verifyMemberCertificate,
} from '@lentera/sealed/verify'
import type { Transaction } from '../database/database.ts'
import type { Audience } from './viewer.ts'

/** What an organisation has certified so far: its root, and the certificates of each of its members, all of the same keys. */
export type Standing = {
  readonly organisation: OrganisationId
  readonly root: RootPublicKey
  readonly members: ReadonlyMap<MemberId, readonly SignedCertificate[]>
}

type Claim = Pick<Entry, 'kind' | 'coded' | 'on'>

export async function standingOf(
  transaction: Transaction,
  programme: ProgrammeId,
  organisation: OrganisationId,
): Promise<Standing | undefined> {
  const [row] = await transaction.query<{ root_sign: string }>(
    'root of an organisation',
    'select root_sign from lentera.organisation where programme = $1 and organisation = $2',
    [programme, organisation],
  )
  if (!row) return undefined
  const audience: Audience = `organisation:${organisation}`
  const admissions = await transaction.query<{ text: string }>(
    'admissions to an organisation',
    'select text from lentera.entry where programme = $1 and audience = $2 and kind = $3 order by number',
    [programme, audience, memberAdmitted.kind],
  )
  return {
    organisation,
    root: RootPublicKey.parse(row.root_sign),
    // From the log and not from the members: what a certificate vouched for outlasts its renewal.
    members: withAdmitted(
      new Map(),
      admissions.map(({ text }) => Entry.parse(JSON.parse(text))),
    ),
  }
}

/** The standing that entries of one batch themselves bring: how an organisation is founded. */
export function standingIn(claims: readonly Claim[]): Standing | undefined {
  const founding = claims.find((claim) => claim.kind === organisationFounded.kind)
  const founded = organisationFounded.coded.safeParse(founding?.coded)
  if (!founded.success) return undefined
  const root = RootPublicKey.safeParse(founded.data.rootSign)
  if (!root.success) return undefined
  // The kind's schema gave both fields their brands; its declared type is the general one.
  return {
    organisation: founded.data.organisation as OrganisationId,
    root: root.data,
    members: withAdmitted(new Map(), claims),
  }
}

/**
 * Members certified before, and those that this batch admits. Every certificate is checked where its entry is; one that names
 * other keys than a member has is left out, so that nothing is vouched for by it.
 */
export function withAdmitted(members: Standing['members'], claims: readonly Claim[]): Standing['members'] {
  const all = new Map(members)
  for (const claim of claims) {
    const admitted = claim.kind === memberAdmitted.kind ? memberAdmitted.coded.safeParse(claim.coded) : undefined
    const certificate = SignedCertificate.safeParse(admitted?.data?.certificate)
    if (!admitted?.success || !certificate.success) continue
    const member = admitted.data.member as MemberId // the kind's schema gave it its brand
    const known = all.get(member) ?? []
    if (known.every((each) => keysIn(each) === keysIn(certificate.data))) all.set(member, [...known, certificate.data])
  }
  return all
}

/** The public keys that a member's certificate names, as one text to compare; undefined where it is none. Checks nothing. */
export function keysIn(certificate: unknown): string | undefined {
  try {
    const { text } = SignedCertificate.parse(certificate)
    const { keys } = MemberCertificate.pick({ keys: true }).strip().parse(JSON.parse(text))
    return `${keys.sign} ${keys.seal}`
  } catch {
    return undefined
  }
}

/**
 * Whether what an entry of membership says of keys is certified: a member's by the organisation's root (or by an
 * administrator whom the root let certify), a device's by its member. Other kinds say nothing of keys and pass.
 */
export async function checkCertificate(
  claim: Claim,
  standing: Standing,
): Promise<Decision<DevicePublicKey | undefined>> {
  const context = { root: standing.root, issuers: [...standing.members.values()].flat(), at: claim.on }
  if (claim.kind === memberAdmitted.kind) {
    const { member, organisation } = memberAdmitted.coded.parse(claim.coded)
    const certificate = SignedCertificate.safeParse(claim.coded.certificate)
    if (!certificate.success) return refuse('sealed.certificate-malformed')
    const verified = await verifyMemberCertificate(certificate.data, context)
    if (!verified.ok) return verified
    const names = verified.value.certificate
    return names.member === member && names.organisation === organisation && organisation === standing.organisation
      ? accept(undefined)
      : refuse('access.certificate-of-another')
  }
  if (claim.kind === deviceAdded.kind) {
    const { device, member } = deviceAdded.coded.parse(claim.coded)
    const certificate = SignedCertificate.safeParse(claim.coded.certificate)
    const hers = standing.members.get(member as MemberId) ?? []
    if (!certificate.success) return refuse('sealed.certificate-malformed')
    // A device may have been certified under the certificate before the last: her keys are the same.
    let answer: Decision<DevicePublicKey> = refuse('sealed.certificate-malformed')
    for (const each of hers.toReversed()) {
      const holder = await verifyMemberCertificate(each, context)
      const verified = holder.ok ? await verifyDeviceCertificate(certificate.data, holder.value, context) : holder
      if (verified.ok)
        return verified.value.certificate.device === device
          ? accept(verified.value.certificate.key)
          : refuse('access.certificate-of-another')
      answer = verified
    }
    return answer
  }
  return accept(undefined)
}
