import { DeviceId, MemberId, TeamId } from '@lentera/core/shared/ids'
import { Role } from '@lentera/core/shared/roles'
import * as z from 'zod'
import type { Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/database.ts'

/** Who belongs to an organisation, by the names of posts: what a device needs to check signatures and to grant keys. */
export const Members = z.object({
  members: z.array(
    z.object({
      member: MemberId,
      team: TeamId.nullable(),
      roles: z.array(Role),
      label: z.string(),
      certificate: z.unknown(),
      removed: z.boolean(),
    }),
  ),
  devices: z.array(z.object({ device: DeviceId, member: MemberId, certificate: z.unknown() })),
  teams: z.array(z.object({ team: TeamId, name: z.string() })),
})
export type Members = z.infer<typeof Members>

/** The members, devices and teams of the viewer's own organisation; removed members too, their signatures remain. */
export async function membersOf(database: Database, { programme, organisation }: Viewer): Promise<Members> {
  return database.inProgramme(programme, async (transaction) => {
    const of = [programme, organisation]
    return Members.parse({
      members: await transaction.query(
        'members of an organisation',
        `select member, team, roles, label, certificate, removed from lentera.member
         where programme = $1 and organisation = $2 order by label, member`,
        of,
      ),
      devices: await transaction.query(
        'devices of an organisation',
        `select device.device, device.member, device.certificate from lentera.device
         join lentera.member on member.programme = device.programme and member.member = device.member
         where device.programme = $1 and member.organisation = $2 order by device.device`,
        of,
      ),
      teams: await transaction.query(
        'teams of an organisation',
        'select team, name from lentera.team where programme = $1 and organisation = $2 order by name, team',
        of,
      ),
    })
  })
}
