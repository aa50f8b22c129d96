import * as z from 'zod'
import { MemberId, OrganisationId, ProgrammeId, TeamId } from './ids.ts'
import { Country } from './places.ts'
import { Role } from './roles.ts'

/**
 * What a device is told of the one who signed in: said by the server, read and kept by the device. `country` is null for a regional
 * office, `zone` is the IANA name of the programme's; the roots are the public keys of her organisation, as base64url.
 */
export const Me = z.object({
  programme: ProgrammeId,
  programmeName: z.string(),
  country: Country.nullable(),
  zone: z.string(),
  demonstration: z.boolean(),
  member: MemberId,
  label: z.string(),
  organisation: OrganisationId,
  organisationName: z.string(),
  rootSign: z.string(),
  rootRecovery: z.string(),
  team: TeamId.nullable(),
  teamName: z.string().nullable(),
  roles: z.array(Role).readonly(),
  removed: z.boolean(),
})
export type Me = z.infer<typeof Me>
