import { ancestryIn, fold } from '@lentera/core/log/fold'
import { kinds } from '@lentera/core/rooms'
import type { StreamId } from '@lentera/core/shared/ids'
import type { OfficerSeen, Seen } from './desk.ts'
import { entryOf, type MemberDevice } from './member-device.ts'
import { openOfficerOf } from './register.ts'

/** An officer as the entries have her that were seen, and what they build on. Undefined where none of them is here. */
export async function officerSeen(
  member: MemberDevice,
  stream: StreamId,
  seen: Seen,
): Promise<OfficerSeen | undefined> {
  const heads = seen(stream) ?? []
  const entries = (await member.store.entriesOf(stream)).filter(({ unbelieved }) => !unbelieved).map(entryOf)
  const isBefore = ancestryIn(entries)
  const known = entries.filter(({ id }) => heads.some((head) => head === id || isBefore(id, head)))
  const { programme } = member.me
  const of = { programme, stream, state: fold(kinds, known), keyring: member.keyring }
  return openOfficerOf(of, false)
}
