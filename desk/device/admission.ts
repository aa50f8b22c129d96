import { draft } from '@lentera/core/log/draft'
import { memberAdmitted, memberRemoved, teamFormed } from '@lentera/core/log/membership'
import { CivilDate, dayIn } from '@lentera/core/shared/dates'
import { MemberId, randomUuid, TeamId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { certifyMember, newAccount, randomBytes } from '@lentera/sealed/open'
import { loginLookup } from '@lentera/sealed/verify'
import { longEnough } from './account.ts'
import type { Api } from './api.ts'
import { capture } from './capture.ts'
import type { Admission, Recovery } from './desk.ts'
import type { MemberDevice } from './member-device.ts'
import { stretchApart } from './stretch-apart.ts'
import { teamsIn } from './trust.ts'

/**
 * Admits a member: her account made here from the passphrase she types, her keys certified by the administrator, the entries
 * of her team and admission sent, then her account stored. Where that is refused she is removed again: nothing half done
 * stays. Needs the network. Refused: `desk.passphrase-short`, `desk.account-offline`, `desk.device-not-ready`, and as the server
 * refuses.
 *
 * @param send sends what waits; answers whether all of it was placed
 */
export async function admitMember(
  member: MemberDevice,
  api: Api,
  { label, roles, team, login, passphrase }: Admission,
  send: () => Promise<boolean>,
): Promise<Decision<Recovery>> {
  const isLongEnough = longEnough(passphrase)
  if (!isLongEnough.ok) return isLongEnough
  if (!label.trim() || !login.trim()) return refuse('desk.admission-incomplete')
  const { me } = member
  const organisation = [...member.streams.values()].find(({ noun }) => noun === 'organisation')
  const standing = member.trust.members.get(me.member)
  if (!organisation || !standing) return refuse('desk.device-not-ready')
  const today = dayIn(me.zone, Date.now())
  const admitted = MemberId.parse(randomUuid(randomBytes(16)))
  const account = await newAccount(admitted, passphrase, randomBytes, stretchApart)
  if (!account.ok) return account
  const { record, loginVerifier, recoveryVerifier, unlocked, recoveryCode } = account.value
  const keys = { sign: unlocked.keys.sign.public, seal: unlocked.keys.seal.public }
  const inTwoYears = CivilDate.parse(`${Number(today.slice(0, 4)) + 2}${today.slice(4, 8)}01`)
  const { until } = standing.certificate
  const certified = await certifyMember(
    { keys: member.account.keys, certificate: standing.signed },
    { organisation: me.organisation, member: admitted, keys },
    { from: today, until: until < inTwoYears ? until : inTwoYears },
  )
  for (const secret of [unlocked.userKey, unlocked.keys.sign.secret, unlocked.keys.seal.secret]) secret.wipe()
  // A team that is there may come with its name: it is not formed a second time.
  const newName = team && !('team' in team) ? team.name.trim() : undefined
  const there = newName === undefined ? undefined : teamsIn(organisation.state).find(({ name }) => name === newName)
  const formed = newName && !there ? { team: TeamId.parse(randomUuid(randomBytes(16))), name: newName } : undefined
  const of = { organisation: me.organisation }
  const drafts = [
    ...(formed ? [draft(teamFormed, organisation.stream, today, { ...of, ...formed })] : []),
    draft(memberAdmitted, organisation.stream, today, {
      ...of,
      member: admitted,
      team: formed?.team ?? there?.team ?? (team && 'team' in team ? team.team : null),
      roles: [...roles],
      label: label.trim(),
      certificate: { ...certified },
    }),
  ]
  const written = await capture(member, drafts)
  if (!written.ok) return written
  const undo = async (): Promise<void> => {
    const removed = draft(memberRemoved, organisation.stream, today, { member: admitted })
    if ((await capture(member, [removed])).ok) await send()
  }
  const isSent = await send()
  // Before anything is undone: whom the server did not admit is not taken out, she may be there as another.
  const refused = member.waiting.find(({ id, refusal }) => refusal && written.value.some((entry) => entry.id === id))
  if (refused?.refusal) return { ok: false, refusal: refused.refusal }
  if (!isSent) {
    await undo()
    return refuse('desk.account-offline')
  }
  const { kdf, ...kept } = record
  const body = {
    lookup: loginLookup(login),
    member: admitted,
    kdf,
    verifier: loginVerifier,
    recovery: recoveryVerifier,
    account: kept,
  }
  let stored = await api.ask('/api/accounts', body, () => undefined)
  // An answer that was lost: the same again is there already.
  if (!stored.ok && stored.refusal.code === 'desk.offline')
    stored = await api.ask('/api/accounts', body, () => undefined)
  if (stored.ok) return accept({ recoveryCode })
  await undo()
  return stored.refusal.code === 'desk.offline' ? refuse('desk.account-offline') : stored
}
