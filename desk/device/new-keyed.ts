import type { WrappedKey } from '@lentera/core/log/batch'
import type { Draft } from '@lentera/core/log/draft'
import { quarterOf } from '@lentera/core/shared/dates'
import { type KeyId, type OrganisationId, PersonKey, randomUuid, StreamId, type TeamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Moment } from '@lentera/core/support/capture'
import {
  type CaseKey,
  grantCaseKey,
  newCaseKey,
  newPersonKey,
  type PersonKeySecret,
  randomBytes,
  wrapPersonKey,
} from '@lentera/sealed/open'
import { capture } from './capture.ts'
import type { MemberDevice } from './member-device.ts'
import { granted, granteesOf } from './team-keys.ts'

/** What the opening entry of a keyed stream names, made here. */
export type KeyedIds = {
  readonly stream: StreamId
  readonly person: PersonKey
  readonly caseKey: KeyId
  readonly personKey: KeyId
  readonly organisation: OrganisationId
  readonly team: TeamId
  readonly country: Country
}

/**
 * Opens a stream about one person: makes its key and hers, grants them to every member of the team whose certificate holds
 * today and to the organisation's recovery, and writes both entries. Refused: as `open` decides, `desk.no-team`, `capture`.
 */
export async function openKeyed(
  member: MemberDevice,
  open: (ids: KeyedIds) => Decision<Draft[]>,
  moment: Moment,
): Promise<Decision<StreamId>> {
  const stream = StreamId.parse(randomUuid(randomBytes(16)))
  const opened = await openMany(member, [{ stream, decide: open }], moment)
  return opened.ok ? accept(stream) : opened
}

/**
 * Opens several such streams in one durable write: all of them are there afterwards, or none.
 * Refused: as the first of them is, and as `openKeyed`.
 */
export async function openMany(
  member: MemberDevice,
  many: readonly { readonly stream: StreamId; readonly decide: (ids: KeyedIds) => Decision<readonly Draft[]> }[],
  moment: Moment,
): Promise<Decision<void>> {
  const { me, keyring } = member
  const { programme, team, country, organisation } = me
  if (team === null || country === null) return refuse('desk.no-team')
  const quarter = quarterOf(moment.today)
  const grantees = granteesOf(member, moment.today)
  const drafts: Draft[] = []
  const persons: PersonKeySecret[] = []
  const keys: WrappedKey[] = []
  const cases: CaseKey[] = []
  for (const { stream, decide } of many) {
    const person = PersonKey.parse(randomUuid(randomBytes(16)))
    const caseKey = newCaseKey({ programme, stream }, 1)
    const personKey = newPersonKey(caseKey, person)
    const ids = { stream, person, caseKey: caseKey.id, personKey: personKey.id, organisation, team, country }
    const opening = decide(ids)
    if (!opening.ok) return opening
    if (!quarter || !grantees.some(({ kind }) => kind === 'recovery')) return refuse('desk.device-not-ready')
    const granting = await Promise.all(grantees.map((grantee) => grantCaseKey(caseKey, grantee)))
    const wraps = [await wrapPersonKey(personKey, caseKey)]
    for (const grant of granting) {
      if (!grant.ok) return grant
      wraps.push(grant.value)
    }
    drafts.push(...opening.value, granted(caseKey, wraps, quarter))
    persons.push(personKey)
    cases.push(caseKey)
    keys.push(...wraps)
  }
  for (const key of cases) keyring.addCase(key)
  for (const key of persons) keyring.addPerson(key)
  const written = await capture(member, drafts, { persons, keys })
  if (!written.ok) {
    for (const { stream } of many) keyring.forget(stream)
    return written
  }
  return accept(undefined)
}
