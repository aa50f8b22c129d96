import type { Batch, BatchReply } from '@lentera/core/log/batch'
import { CivilDate } from '@lentera/core/shared/dates'
import { MemberId, randomUuid, type TeamId } from '@lentera/core/shared/ids'
import type { Role } from '@lentera/core/shared/roles'
import { newMemberKeys, type Randomness, randomBytes } from '@lentera/sealed/open'
import type { Database } from '@lentera/server/database'
import { appendBatch } from '@lentera/server/log/append'
import { foundOrganisation as foundOnServer } from '@lentera/server/log/found'
import type { Viewer } from '@lentera/server/viewer'
import type { AppendDoor, Device } from './device.ts'
import { addDevice, admitMember, foundOrganisation, newDevice, type Organisation, type Person } from './found.ts'

/** A small invented programme on a real database, and its people at their devices: the ground every proof stands on. */
export const today = CivilDate.parse('2026-11-24')
export const until = CivilDate.parse('2028-12-31')
export const anyRandoms = (): Randomness => randomBytes

export type Place = {
  readonly organisation: Organisation
  readonly team: TeamId
  readonly administrator: { readonly device: Device; readonly door: AppendDoor; readonly viewer: Viewer }
}

export type Worker = {
  readonly person: Person
  readonly device: Device
  readonly viewer: Viewer
  readonly door: AppendDoor
}

/** Founds an organisation with one team; without `within`, a programme of its own (Cambodia) with it. */
export async function found(database: Database, name: string, within?: Organisation): Promise<Place> {
  const { organisation, device } = await foundOrganisation(
    {
      programme: within
        ? { id: within.programme }
        : { name: 'Cambodia', country: 'KH', zone: 'Asia/Phnom_Penh', demonstration: true },
      country: 'KH',
      name,
      teams: ['Casework'],
      today,
      until,
    },
    anyRandoms,
    name,
  )
  const batch = await device.nextBatch()
  if (!batch) throw new Error('a founding has entries')
  const refused = device.placed(batch, await foundOnServer(database, batch))
  if (refused.length > 0) throw new Error(`the founding was refused: ${JSON.stringify(refused)}`)
  const [team] = organisation.teams.values()
  if (!team) throw new Error('a place has a team')
  const viewer = viewerOf(organisation, organisation.administrator)
  return { organisation, team, administrator: { device, viewer, door: doorOf(database, viewer) } }
}

/** Admits a member and brings her first device; both known to the server afterwards. */
export async function join(database: Database, place: Place, roles: readonly Role[], label: string): Promise<Worker> {
  const { organisation, team, administrator } = place
  const { person, admission } = await admitMember(
    organisation,
    { team, roles, label },
    newMemberKeys(),
    MemberId.parse(randomUuid(randomBytes(16))),
    { today, until },
  )
  await administrator.device.write([admission])
  await administrator.device.push(administrator.door)
  return bringDevice(database, place, person)
}

/** One more device of a member, its certificate the first thing it sends. */
export async function bringDevice(database: Database, place: Place, person: Person): Promise<Worker> {
  const viewer = viewerOf(place.organisation, person)
  const device = newDevice(place.organisation, person, anyRandoms, person.label)
  const door = doorOf(database, viewer)
  await device.write([await addDevice(place.organisation, person, device, today, until)])
  await device.push(door)
  return { person, device, viewer, door }
}

export function viewerOf(organisation: Organisation, person: Person): Viewer {
  return {
    programme: organisation.programme,
    country: organisation.country,
    zone: 'Asia/Phnom_Penh',
    member: person.member,
    organisation: organisation.organisation,
    team: person.team,
    roles: person.roles,
    removed: false,
  }
}

export const doorOf =
  (database: Database, viewer: Viewer): AppendDoor =>
  (batch: Batch): Promise<BatchReply> =>
    appendBatch(database, viewer, batch)
