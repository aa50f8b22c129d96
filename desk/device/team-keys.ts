import { draft } from '@lentera/core/log/draft'
import { streamRecord } from '@lentera/core/log/fold'
import { keyGranted } from '@lentera/core/log/membership'
import { dayIn, quarterOf } from '@lentera/core/shared/dates'
import type { MemberId, StreamId } from '@lentera/core/shared/ids'
import { accept, type Decision } from '@lentera/core/shared/refusals'
import { beginEpoch, type CaseKey, type Grantee, grantCaseKey } from '@lentera/sealed/open'
import { RecoveryPublicKey } from '@lentera/sealed/verify'
import { capture } from './capture.ts'
import type { MemberDevice } from './member-device.ts'
import type { KeptStream } from './store.ts'

/**
 * Keeps the keys of cases with the team: who has joined is granted them, and where somebody left the case begins a new epoch,
 * so that what is written from now on is not for her. Of each case it is done by who opened it, or, where she is gone, by the
 * first of those who stay; what two of her devices do twice harms nothing.
 */
export async function alignTeamKeys(member: MemberDevice): Promise<Decision<readonly StreamId[]>> {
  const { me, trust, store } = member
  if (me.team === null || !me.roles.some((role) => keyGranted.who.includes(role))) return accept([])
  const active = trust.colleagues
    .filter(({ team, removed }) => team === me.team && !removed)
    .map((colleague) => colleague.member)
    .sort()
  const known = await store.box<readonly MemberId[]>('team')
  const joined = known ? active.filter((each) => !known.includes(each)) : []
  const someoneLeft = known?.some((each) => !active.includes(each)) === true
  const touched: StreamId[] = []
  if (joined.length > 0 || someoneLeft) {
    for (const kept of [...member.streams.values()]) {
      if (member.closed || giverOf(kept, active) !== me.member) continue
      const key = kept.verified ? member.keyring.latestCase(kept.stream) : undefined
      if (!key) continue
      const written = someoneLeft
        ? await newEpoch(member, key, granteesIn(member, active))
        : await grantTo(member, key, granteesIn(member, joined, false))
      if (!written.ok) return written
      touched.push(kept.stream)
    }
  }
  const isNews = !known || known.length !== active.length || joined.length > 0
  if (isNews) {
    const kept = await member.commit({ boxes: { team: active } })
    if (!kept.ok) return kept
  }
  return accept(touched)
}

function giverOf({ noun, state }: KeptStream, active: readonly MemberId[]): MemberId | undefined {
  if (noun !== 'case') return undefined
  const opener = state.records[streamRecord]?.author
  return opener && active.includes(opener) ? opener : active[0]
}

/** Those whose certificate holds today. The recovery key stands with them where a new key is made. */
function granteesIn({ me, trust }: MemberDevice, members: readonly MemberId[], withRecovery = true): Grantee[] {
  const today = dayIn(me.zone, Date.now())
  const recovery = RecoveryPublicKey.safeParse(me.rootRecovery)
  const grantees = members.flatMap((each): Grantee[] => {
    const certificate = trust.members.get(each)?.certificate
    const holds = certificate && certificate.from <= today && today <= certificate.until
    return holds ? [{ kind: 'member', member: each, key: certificate.keys.seal }] : []
  })
  return withRecovery && recovery.success ? [...grantees, { kind: 'recovery', key: recovery.data }] : grantees
}

async function grantTo(member: MemberDevice, key: CaseKey, grantees: readonly Grantee[]): Promise<Decision<unknown>> {
  const grants = []
  for (const grantee of grantees) {
    const grant = await grantCaseKey(key, grantee)
    if (!grant.ok) return grant
    grants.push(grant.value)
  }
  if (grants.length === 0) return accept(undefined)
  return capture(member, [granted(member, key, grants)], { keys: grants })
}

async function newEpoch(member: MemberDevice, key: CaseKey, grantees: readonly Grantee[]): Promise<Decision<unknown>> {
  const begun = await beginEpoch(key, member.keyring.personsOf(key.stream), grantees)
  if (!begun.ok) return begun
  const { caseKey, personKeys, wrapped } = begun.value
  member.keyring.addCase(caseKey)
  for (const person of personKeys) member.keyring.addPerson(person)
  return capture(member, [granted(member, caseKey, wrapped)], { keys: wrapped })
}

function granted({ me }: MemberDevice, key: CaseKey, wraps: readonly { readonly hash: string }[]) {
  const quarter = quarterOf(dayIn(me.zone, Date.now()))
  if (!quarter) throw new RangeError('today is a day')
  const hashes = wraps.map(({ hash }) => hash)
  return draft(keyGranted, key.stream, quarter, { key: key.id, epoch: key.epoch, hashes })
}
