import type { Entry, SignedEntry } from '@lentera/core/log/entry'
import type { StreamState } from '@lentera/core/log/fold'
import { deviceAdded, memberAdmitted, memberRemoved, teamFormed } from '@lentera/core/log/membership'
import { CivilDate } from '@lentera/core/shared/dates'
import { type DeviceId, MemberId, TeamId } from '@lentera/core/shared/ids'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import {
  type DevicePublicKey,
  type MemberCertificate,
  type RootPublicKey,
  SignedCertificate,
  type Verified,
  type VerifiedEntry,
  verifyDeviceCertificate,
  verifyEntry,
  verifyMemberCertificate,
} from '@lentera/sealed/verify'
import type { Colleague } from './desk.ts'

/**
 * Whom this device believes, and why: certificates that lead back to the root it pinned at the first signing in. It is built
 * from what the organisation's stream says; a certificate vouches for itself, whoever brought it.
 */
export type Trust = {
  readonly members: ReadonlyMap<MemberId, Verified<MemberCertificate>>
  readonly devices: ReadonlyMap<DeviceId, { readonly member: MemberId; readonly key: DevicePublicKey }>
  readonly colleagues: readonly Colleague[]
}

export const nobody: Trust = { members: new Map(), devices: new Map(), colleagues: [] }

/** What entries say of membership, from a folded stream or from entries that have just arrived. */
export type Claim = Pick<Entry, 'kind' | 'coded'>

export async function trustIn(claims: readonly Claim[], root: RootPublicKey): Promise<Trust> {
  const admissions = claims.flatMap((claim) => readAdmission(claim))
  const issuers = admissions.map(({ certificate }) => certificate)
  const certified = new Map<MemberId, Verified<MemberCertificate>[]>()
  const colleagues = new Map<MemberId, Colleague>()
  const removed = new Set(claims.filter(({ kind }) => kind === memberRemoved.kind).map(({ coded }) => coded.member))
  for (const { member, label, team, certificate } of admissions) {
    const from = beginOf(certificate)
    const verified = from && (await verifyMemberCertificate(certificate, { root, issuers, at: from }))
    if (!verified?.ok || verified.value.certificate.member !== member) continue
    certified.set(member, [...(certified.get(member) ?? []), verified.value])
    colleagues.set(member, { member, label, team, removed: removed.has(member) })
  }
  const devices = new Map<DeviceId, { member: MemberId; key: DevicePublicKey }>()
  for (const certificate of claims.flatMap((claim) => readDevice(claim))) {
    const from = beginOf(certificate)
    for (const member of [...certified.values()].flat()) {
      const verified = from && (await verifyDeviceCertificate(certificate, member, { at: from }))
      if (!verified?.ok) continue
      const { device, key } = verified.value.certificate
      // A device's first certificate holds: nobody can take it over with a second one.
      if (!devices.has(device)) devices.set(device, { member: verified.value.certificate.member, key })
      break
    }
  }
  const latest = [...certified].flatMap(([member, all]) => {
    const last = all.reduce((best, each) => (each.certificate.from >= best.certificate.from ? each : best))
    return [[member, last] as const]
  })
  return { members: new Map(latest), devices, colleagues: [...colleagues.values()] }
}

/** What a folded stream of an organisation says of membership, in the order it was said. */
export function claimsOf(state: StreamState | undefined): Claim[] {
  // Ids there are version 7: sorted they tell the order.
  const records = Object.entries(state?.records ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return records.flatMap(([, { kind, fields }]) => {
    if (kind === null) return []
    const coded = Object.entries(fields).flatMap(([name, [head]]) =>
      head && 'value' in head ? [[name, head.value] as const] : [],
    )
    return [{ kind, coded: Object.fromEntries(coded) }]
  })
}

/** The teams of a folded stream of an organisation, in the order they were formed. */
export function teamsIn(state: StreamState | undefined): { readonly team: TeamId; readonly name: string }[] {
  return claimsOf(state).flatMap(({ kind, coded }) => {
    const team = TeamId.safeParse(coded.team)
    return kind === teamFormed.kind && team.success ? [{ team: team.data, name: String(coded.name) }] : []
  })
}

/** The certificate by which a member was last admitted: what she certifies others with. */
export function certificateOf(state: StreamState | undefined, member: MemberId): SignedCertificate | undefined {
  return claimsOf(state)
    .flatMap(readAdmission)
    .findLast((admission) => admission.member === member)?.certificate
}

/** Whether an entry is of the device it names and that device of its author. Refused: `desk.signer-unknown`, and as `verifyEntry`. */
export async function believe(signed: SignedEntry, trust: Trust): Promise<Decision<VerifiedEntry>> {
  const claimed = readSigner(signed)
  const device = claimed && trust.devices.get(claimed.device)
  if (!claimed || !device || device.member !== claimed.author) return refuse('desk.signer-unknown')
  return verifyEntry(signed, device.key)
}

function readSigner({ text }: SignedEntry): Pick<Entry, 'device' | 'author'> | undefined {
  try {
    const { device, author } = JSON.parse(text)
    // Only looked up by; `verifyEntry` then checks the whole of it.
    return typeof device === 'string' ? { device: device as DeviceId, author: author as MemberId } : undefined
  } catch {
    return undefined
  }
}

function readAdmission({ kind, coded }: Claim) {
  if (kind !== memberAdmitted.kind) return []
  const certificate = SignedCertificate.safeParse(coded.certificate)
  const member = MemberId.safeParse(coded.member)
  if (!certificate.success || !member.success) return []
  const team = TeamId.safeParse(coded.team).data ?? null
  return [{ member: member.data, certificate: certificate.data, label: String(coded.label), team }]
}

function readDevice({ kind, coded }: Claim): SignedCertificate[] {
  if (kind !== deviceAdded.kind) return []
  const certificate = SignedCertificate.safeParse(coded.certificate)
  return certificate.success ? [certificate.data] : []
}

/**
 * The first day of a certificate: the day for which it is checked. What it signed while it held stays believed after it has run
 * out; what is granted or signed now is checked for today where that is done.
 */
function beginOf({ text }: SignedCertificate): CivilDate | undefined {
  try {
    return CivilDate.safeParse(JSON.parse(text).from).data
  } catch {
    return undefined
  }
}
