import type { Draft } from '@lentera/core/log/draft'
import { quarterOf } from '@lentera/core/shared/dates'
import { type KeyId, type OrganisationId, PersonKey, randomUuid, StreamId, type TeamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Moment } from '@lentera/core/support/capture'
import { grantCaseKey, newCaseKey, newPersonKey, randomBytes, wrapPersonKey } from '@lentera/sealed/open'
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
  const { me, keyring } = member
  const { programme, team, country, organisation } = me
  if (team === null || country === null) return refuse('desk.no-team')
  const stream = StreamId.parse(randomUuid(randomBytes(16)))
  const person = PersonKey.parse(randomUuid(randomBytes(16)))
  const caseKey = newCaseKey({ programme, stream }, 1)
  const personKey = newPersonKey(caseKey, person)
  const ids = { stream, person, caseKey: caseKey.id, personKey: personKey.id, organisation, team, country }
  const opening = open(ids)
  if (!opening.ok) return opening
  const quarter = quarterOf(moment.today)
  const grantees = granteesOf(member, moment.today)
  if (!quarter || !grantees.some(({ kind }) => kind === 'recovery')) return refuse('desk.device-not-ready')
  const wraps = [await wrapPersonKey(personKey, caseKey)]
  for (const grantee of grantees) {
    const grant = await grantCaseKey(caseKey, grantee)
    if (!grant.ok) return grant
    wraps.push(grant.value)
  }
  keyring.addCase(caseKey)
  keyring.addPerson(personKey)
  const written = await capture(member, [...opening.value, granted(caseKey, wraps, quarter)], {
    person: personKey,
    keys: wraps,
  })
  if (!written.ok) {
    keyring.forget(stream)
    return written
  }
  return accept(stream)
}
