import { handedIn, ofOrganisation, ofProgramme, type StreamNoun } from '@lentera/core/log/kind'
import type { MemberId, OrganisationId, ProgrammeId, TeamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import type { Role } from '@lentera/core/shared/roles'

/** Who is asking, as her session and the log say: never taken from a request. */
export type Viewer = {
  readonly programme: ProgrammeId
  readonly country: Country | null
  readonly zone: string
  readonly member: MemberId
  readonly organisation: OrganisationId
  readonly team: TeamId | null
  readonly roles: readonly Role[]
  /** Her unsent work is still taken, into quarantine; she reads nothing. */
  readonly removed: boolean
}

/** `nobody`: what is handed in and only counted. */
export type Audience = 'programme' | 'stewards' | 'nobody' | `organisation:${string}` | `team:${string}`

/** What this viewer may read. */
export function audiencesOf(viewer: Viewer): Audience[] {
  if (viewer.removed) return []
  const audiences: Audience[] = ['programme', `organisation:${viewer.organisation}`]
  if (viewer.team) audiences.push(`team:${viewer.team}`)
  if (viewer.roles.includes('steward')) audiences.push('stewards')
  return audiences
}

/**
 * Who will be able to read what this author writes on a stream of this noun. It follows from the author alone, never
 * from what exists: so an entry that names a stream she may not see meets nothing, and tells her nothing.
 */
export function audienceFor(noun: StreamNoun | undefined, viewer: Viewer): Audience {
  switch (noun) {
    case 'person-link':
      return 'stewards'
    case 'organisation':
      return `organisation:${viewer.organisation}`
    default:
      if (noun && ofProgramme.has(noun)) return 'programme'
      if (noun && handedIn.has(noun)) return 'nobody'
      if (noun && ofOrganisation.has(noun)) return `organisation:${viewer.organisation}`
      // Cases, and what a newer version may write: the narrowest there is.
      return viewer.team ? `team:${viewer.team}` : `organisation:${viewer.organisation}`
  }
}
