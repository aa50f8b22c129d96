import { draft } from '@lentera/core/log/draft'
import { deviceAdded } from '@lentera/core/log/membership'
import { CivilDate, dayIn } from '@lentera/core/shared/dates'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { certifyDevice, newDeviceKey } from '@lentera/sealed/open'
import { capture } from './capture.ts'
import type { MemberDevice } from './member-device.ts'
import { claimsOf } from './trust.ts'

/**
 * Makes the device's key, certified by its member, and writes the entry by which everybody will know it, usually the first
 * of its chain. Does nothing where that has been said: a device that was cut off between key and entry says it now. Refused: `desk.device-not-ready` where she is not (or no longer) admitted.
 */
export async function ensureDevice(member: MemberDevice): Promise<Decision<void>> {
  const { me } = member
  const organisation = [...member.streams.values()].find(({ noun }) => noun === 'organisation')
  const isAnnounced =
    // In the log, or folded from the outbox; what was refused is shown, and not said again at every exchange.
    claimsOf(organisation?.state).some(
      ({ kind, coded }) => kind === deviceAdded.kind && coded.device === member.device,
    ) || member.waiting.some(({ kind }) => kind === deviceAdded.kind)
  if (member.keyring.device && isAnnounced) return accept(undefined)
  const standing = member.trust.members.get(me.member)
  if (!organisation || !standing) return refuse('desk.device-not-ready')
  const today = dayIn(me.zone, Date.now())
  const nextYear = CivilDate.parse(`${Number(today.slice(0, 4)) + 1}${today.slice(4, 8)}01`)
  const { until } = standing.certificate
  const key = member.keyring.device ?? newDeviceKey()
  const certified = await certifyDevice(
    { keys: member.account.keys, certificate: standing.signed },
    { organisation: me.organisation, member: me.member, device: member.device, key: key.public },
    { from: today, until: until < nextYear ? until : nextYear },
  )
  member.keyring.setDevice(key)
  const added = draft(deviceAdded, organisation.stream, today, {
    device: member.device,
    member: me.member,
    certificate: { ...certified },
  })
  // The key is kept before the entry that names it: an entry without its key could never be followed by another.
  const kept = await member.commit({ boxes: await member.keyringBox() })
  if (!kept.ok) return kept
  const written = await capture(member, [added])
  if (!written.ok) return written
  await member.refreshTrust()
  return accept(undefined)
}
