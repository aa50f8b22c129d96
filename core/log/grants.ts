import { KeyId, type MemberId } from '../shared/ids.ts'
import { agreedValue, type StreamState } from './fold.ts'
import { keyGranted, Recipient } from './membership.ts'

/** What one entry says of a key of its case; `recipients` is undefined where it does not say whom the key was granted to. */
export type Grant = {
  readonly key: KeyId
  readonly epoch: number
  readonly recipients: readonly Recipient[] | undefined
}

export function grantsIn({ records }: StreamState): readonly Grant[] {
  return Object.values(records).flatMap((record): Grant[] => {
    if (record.kind !== keyGranted.kind) return []
    const key = KeyId.safeParse(agreedValue(record, 'key'))
    const epoch = agreedValue(record, 'epoch')
    if (!key.success || typeof epoch !== 'number') return []
    const recipients = Recipient.array().safeParse(agreedValue(record, 'recipients'))
    return [{ key: key.data, epoch, recipients: recipients.data }]
  })
}

/** The team of a case as it is today. */
export type KeyTeam = {
  /** All who belong to it. */
  readonly members: ReadonlySet<MemberId>
  /** Those of them to whom a key can be granted today, and the recovery. */
  readonly grantable: readonly Recipient[]
}

export type KeyStep =
  | { readonly step: 'none' }
  | { readonly step: 'grant'; readonly to: readonly Recipient[] }
  | { readonly step: 'begin-epoch' }

/**
 * What must be done so that the keys of a case follow its team, judged from what the log says of this epoch and nothing
 * else: a device that was emptied decides as one that was always there, and once it is done nothing more is to do.
 *
 * A new epoch begins where a key of this one was granted to somebody who is not of the team now, or to nobody knows whom
 * (version 1); and where somebody must be granted it while two devices began it apart: of two keys she would need both.
 */
export function decideKeys(grants: readonly Grant[], epoch: number, { members, grantable }: KeyTeam): KeyStep {
  const current = grants.filter((grant) => grant.epoch === epoch)
  const recipients = current.map((grant) => grant.recipients)
  const isOfTeam = (each: Recipient): boolean => each === 'recovery' || members.has(each)
  if (recipients.some((some) => some === undefined || !some.every(isOfTeam))) return { step: 'begin-epoch' }
  const byKey = [...Map.groupBy(current, ({ key }) => key).values()]
  const to = grantable.filter((each) => !byKey.every((grant) => grant.some((part) => part.recipients?.includes(each))))
  if (to.length === 0) return { step: 'none' }
  return byKey.length > 1 ? { step: 'begin-epoch' } : { step: 'grant', to }
}

/**
 * Who does it: who opened the case, or else the first by id, so that every device names the same one; of those who may and
 * whose certificate holds today (`able`), and whom the log does not leave out of this epoch. Undefined where that is nobody.
 */
export function giverOf(
  grants: readonly Grant[],
  epoch: number,
  { opener, able }: { readonly opener: MemberId | null | undefined; readonly able: readonly MemberId[] },
): MemberId | undefined {
  const current = grants.filter((grant) => grant.epoch === epoch)
  const mayHold = (member: MemberId): boolean =>
    current.some(({ recipients }) => recipients === undefined || recipients.includes(member))
  const holders = able.filter(mayHold).sort()
  return holders.find((each) => each === opener) ?? holders[0]
}
