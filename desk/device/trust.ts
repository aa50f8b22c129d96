import type { Entry, SignedEntry } from '@lentera/core/log/entry'
import type { StreamState } from '@lentera/core/log/fold'
import { deviceAdded, memberAdmitted, memberRemoved, teamFormed } from '@lentera/core/log/membership'
import { CivilDate } from '@lentera/core/shared/dates'
import { type DeviceId, type EntryId, MemberId, TeamId } from '@lentera/core/shared/ids'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { Role } from '@lentera/core/shared/roles'
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
  readonly members: ReadonlyMap<MemberId, Believed>
  readonly devices: ReadonlyMap<DeviceId, { readonly member: MemberId; readonly key: DevicePublicKey }>
  readonly colleagues: readonly Colleague[]
}

/** The latest certificate of a member's keys, and what was signed of it. */
export type Believed = Verified<MemberCertificate> & { readonly signed: SignedCertificate }

export const nobody: Trust = { members: new Map(), devices: new Map(), colleagues: [] }

/** What entries say of membership, from a folded stream or from entries that have just arrived. */
export type Claim = Pick<Entry, 'kind' | 'coded'> & { readonly entry: EntryId }

/** Whether one entry of an organisation's stream is an ancestor of another (`ancestryIn`). */
export type IsBefore = (first: EntryId, second: EntryId) => boolean

/** @param ancestry asked only where two certificates give one member different keys */
export async function trustIn(
  claims: readonly Claim[],
  root: RootPublicKey,
  ancestry: () => Promise<IsBefore>,
): Promise<Trust> {
  const admissions = claims.flatMap((claim) => readAdmission(claim))
  const issuers = admissions.map(({ signed }) => signed)
  const vouched: Vouched[] = []
  for (const admission of admissions) {
    const from = beginOf(admission.signed)
    const verified = from && (await verifyMemberCertificate(admission.signed, { root, issuers, at: from }))
    if (!verified?.ok || verified.value.certificate.member !== admission.member) continue
    vouched.push({ ...admission, ...verified.value })
  }
  const removed = new Set(claims.filter(({ kind }) => kind === memberRemoved.kind).map(({ coded }) => coded.member))
  const members = new Map<MemberId, Believed>()
  const colleagues: Colleague[] = []
  const believed: Vouched[] = []
  for (const [member, all] of Map.groupBy(vouched, (each) => each.member)) {
    const hers = await withHerKeys(all, ancestry)
    believed.push(...hers)
    const [first] = hers
    if (first)
      members.set(
        member,
        hers.reduce((best, each) => (isNewer(each, best) ? each : best), first),
      )
    const said = hers.at(-1) ?? all[0]
    if (!said) continue
    const { label, team, roles } = said
    colleagues.push({
      member,
      label,
      team,
      roles,
      removed: removed.has(member),
      disputed: all.some((each) => !haveSameKeys(each, said)),
    })
  }
  const devices = new Map<DeviceId, { member: MemberId; key: DevicePublicKey }>()
  for (const certificate of claims.flatMap((claim) => readDevice(claim))) {
    const from = beginOf(certificate)
    for (const member of believed) {
      const verified = from && (await verifyDeviceCertificate(certificate, member, { at: from }))
      if (!verified?.ok) continue
      const { device, key } = verified.value.certificate
      // A device's first certificate holds: nobody can take it over with a second one.
      if (!devices.has(device)) devices.set(device, { member: verified.value.certificate.member, key })
      break
    }
  }
  return { members, devices, colleagues }
}

/** An admission whose certificate leads back to the root. */
type Vouched = ReturnType<typeof readAdmission>[number] & Verified<MemberCertificate>

/**
 * Of a member's certificates, those that count: all of one key pair. Where they name more than one, an administrator tried to
 * replace her keys, and the first hold: those whose admission is an ancestor of every other. Ids and dates are written by
 * whoever writes the entry, and tell no order. Where none is an ancestor, the root's own word goes before an administrator's;
 * else nobody's hold: nothing is sealed to her and nothing of hers believed, which shows, and gives no false key anything.
 */
async function withHerKeys(all: readonly Vouched[], ancestry: () => Promise<IsBefore>): Promise<readonly Vouched[]> {
  const byKeys = [...Map.groupBy(all, keysOf).values()]
  if (byKeys.length <= 1) return all
  const isBefore = await ancestry()
  const first = byKeys.find((some) =>
    all.every((other) => some.includes(other) || some.some(({ entry }) => isBefore(entry, other.entry))),
  )
  const ofRoot = byKeys.filter((some) => some.some(({ certificate }) => certificate.issuer === 'root'))
  return first ?? (ofRoot.length === 1 ? (ofRoot[0] ?? []) : [])
}

const keysOf = ({ certificate: { keys } }: Vouched): string => `${keys.sign} ${keys.seal}`
const haveSameKeys = (a: Vouched, b: Vouched): boolean => keysOf(a) === keysOf(b)
const isNewer = (a: Vouched, b: Vouched): boolean => a.certificate.from >= b.certificate.from

/** What a folded stream of an organisation says of membership, in the order it was said, as far as its authors are honest. */
export function claimsOf(state: StreamState | undefined): Claim[] {
  // Ids there are version 7: sorted they tell the order.
  const records = Object.entries(state?.records ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return records.flatMap(([entry, { kind, fields }]) => {
    if (kind === null) return []
    const coded = Object.entries(fields).flatMap(([name, [head]]) =>
      head && 'value' in head ? [[name, head.value] as const] : [],
    )
    // A record of these kinds is named by its entry; the stream's own is no claim that anything is asked of.
    return [{ entry: entry as EntryId, kind, coded: Object.fromEntries(coded) }]
  })
}

/** The teams of a folded stream of an organisation, in the order they were formed. */
export function teamsIn(state: StreamState | undefined): { readonly team: TeamId; readonly name: string }[] {
  return claimsOf(state).flatMap(({ kind, coded }) => {
    const team = TeamId.safeParse(coded.team)
    return kind === teamFormed.kind && team.success ? [{ team: team.data, name: String(coded.name) }] : []
  })
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

function readAdmission({ entry, kind, coded }: Claim) {
  if (kind !== memberAdmitted.kind) return []
  const certificate = SignedCertificate.safeParse(coded.certificate)
  const member = MemberId.safeParse(coded.member)
  if (!certificate.success || !member.success) return []
  const team = TeamId.safeParse(coded.team).data ?? null
  const roles = Role.array().safeParse(coded.roles).data ?? []
  return [{ entry, member: member.data, signed: certificate.data, label: String(coded.label), team, roles }]
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
