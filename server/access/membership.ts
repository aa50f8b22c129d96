import type { Entry } from '@lentera/core/log/entry'
import type { Reading } from '@lentera/core/log/kind'
import { deviceAdded, memberAdmitted, memberRemoved, teamFormed } from '@lentera/core/log/membership'
import type { EntryId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import type { Transaction } from '../database/database.ts'
import type { Viewer } from './viewer.ts'

/**
 * Which entries on membership reach beyond the author's own organisation, where that takes a look at who is there: a
 * member, team or device that another organisation has is never taken over, and no one is put into another's team.
 * Asked after `mayAppend`, inside the transaction that stores the entries. Refused: `access.other-organisation`.
 */
export async function findForeignMembership(
  transaction: Transaction,
  viewer: Viewer,
  entries: readonly { readonly entry: Entry; readonly reading: Reading }[],
): Promise<ReadonlyMap<EntryId, Refusal>> {
  const refusals = new Map<EntryId, Refusal>()
  for (const { entry, reading } of entries) {
    const may = await mayChangeMembership(transaction, viewer, reading)
    if (!may.ok) refusals.set(entry.id, may.refusal)
  }
  return refusals
}

async function mayChangeMembership(
  transaction: Transaction,
  viewer: Viewer,
  reading: Reading,
): Promise<Decision<void>> {
  if (!reading.known) return accept(undefined)
  const { kind, coded } = reading
  const own = viewer.organisation
  switch (kind.kind) {
    case teamFormed.kind: {
      const holder = await holderOf(transaction, viewer, 'team', coded.team)
      return holder === undefined || holder === own ? accept(undefined) : refuse('access.other-organisation')
    }
    case memberAdmitted.kind: {
      const holder = await holderOf(transaction, viewer, 'member', coded.member)
      if (holder !== undefined && holder !== own) return refuse('access.other-organisation')
      if (coded.team === null) return accept(undefined)
      // A team formed in the same batch is not there yet: unknown is allowed, another's is not, and the id is random.
      const team = await holderOf(transaction, viewer, 'team', coded.team)
      return team === undefined || team === own ? accept(undefined) : refuse('access.other-organisation')
    }
    case memberRemoved.kind:
    case deviceAdded.kind: {
      const holder = await holderOf(transaction, viewer, 'member', coded.member)
      return holder === undefined || holder === own ? accept(undefined) : refuse('access.other-organisation')
    }
    default:
      return accept(undefined)
  }
}

async function holderOf(
  transaction: Transaction,
  viewer: Viewer,
  noun: 'team' | 'member',
  id: Entry['coded'][string] | undefined,
): Promise<string | undefined> {
  const texts = {
    team: 'select organisation from lentera.team where programme = $1 and team = $2',
    member: 'select organisation from lentera.member where programme = $1 and member = $2',
  } as const
  const [row] = await transaction.query<{ organisation: string }>(`holder of ${noun}`, texts[noun], [
    viewer.programme,
    id,
  ])
  return row?.organisation
}
