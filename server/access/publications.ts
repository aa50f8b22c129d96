import { signers } from '@lentera/core/evidence/publication/words'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import type { Viewer } from './viewer.ts'

/** Who has a content made of what was proposed, and stops it. */
export const preparesPublications: readonly Role[] = ['steward']

/** A content that is not released is read by those who may sign it, and by nobody else. */
export const readsDrafts: readonly Role[] = signers

/** Beside what is released, what it was made of: managers see survivors as counts of a cut-off, and no finer. */
export const seesWhatItWasMadeOf: readonly Role[] = ['steward', 'protection-officer']

/** In a country the role of a regional manager opens nothing. */
export function mayReadDrafts({ country, roles }: Viewer): Decision<void> {
  const isOffice = country === null || roles.some((role) => role !== 'regional-manager' && readsDrafts.includes(role))
  return isOffice ? accept(undefined) : refuse('access.not-found')
}
