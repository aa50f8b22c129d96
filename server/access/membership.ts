import type { Entry } from '@lentera/core/log/entry'
import type { Reading } from '@lentera/core/log/kind'
import { deviceAdded, memberAdmitted, memberRemoved, teamFormed } from '@lentera/core/log/membership'
import type { EntryId } from '@lentera/core/shared/ids'
import { accept, type Decision, type Refusal, refuse } from '@lentera/core/shared/refusals'
import { certificateHash, DeviceCertificate, SignedCertificate } from '@lentera/sealed/verify'
import type { Transaction } from '../database/database.ts'
import { keysIn } from './certificates.ts'
import type { Viewer } from './viewer.ts'

/**
 * Which entries on membership reach for what is another's, where that takes a look at who is there: a member, team or device
 * that another organisation has is never taken over, no one is put into another's team, and a member who is or was there
 * keeps her keys (her certificate is renewed for the same ones). Asked after `mayAppend`, inside the transaction that stores
 * the entries. Refused: `access.other-organisation`, `access.other-keys`.
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
  for (const id of await findReplacedKeys(transaction, viewer, entries))
    if (!refusals.has(id)) refusals.set(id, { code: 'access.other-keys', values: {} })
  return refusals
}

/** Admissions that give a member other keys than she has, and devices in the same batch that only such a certificate vouches for. */
async function findReplacedKeys(
  transaction: Transaction,
  viewer: Viewer,
  entries: readonly { readonly entry: Entry; readonly reading: Reading }[],
): Promise<ReadonlySet<EntryId>> {
  const known = entries.flatMap(({ entry, reading }) =>
    reading.known ? [{ id: entry.id, kind: reading.kind.kind, coded: reading.coded }] : [],
  )
  const admissions = known.filter(({ kind }) => kind === memberAdmitted.kind)
  if (admissions.length === 0) return new Set()
  const rows = await transaction.query<{ member: string; certificate: unknown }>(
    'certificates of members',
    'select member, certificate from lentera.member where programme = $1 and member = any($2::uuid[])',
    [viewer.programme, admissions.map(({ coded }) => coded.member)],
  )
  const keys = new Map<unknown, string | undefined>(rows.map((row) => [row.member, keysIn(row.certificate)]))
  const replaced = new Set<EntryId>()
  const refusedCertificates = new Set<unknown>()
  for (const { id, coded } of admissions) {
    const hers = keys.get(coded.member)
    // Of one that two administrators admit at once, the first to arrive has her keys: the caller holds the programme's row.
    if (hers === undefined) keys.set(coded.member, keysIn(coded.certificate))
    else if (hers !== keysIn(coded.certificate)) {
      replaced.add(id)
      refusedCertificates.add(certificateHash(SignedCertificate.parse(coded.certificate)))
    }
  }
  for (const { id, kind, coded } of known)
    if (kind === deviceAdded.kind && refusedCertificates.has(issuerOf(coded.certificate))) replaced.add(id)
  return replaced
}

function issuerOf(certificate: unknown): unknown {
  const { text } = SignedCertificate.parse(certificate)
  return DeviceCertificate.parse(JSON.parse(text)).issuer
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
