import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import type { Viewer } from './viewer.ts'

/** Who brings published tables in: the bytes first, then the entry (whose own right is judged in `log.ts`). */
export const bringsEvidence: readonly Role[] = ['steward']

/** Published tables hold nobody of ours: whoever belongs to the programme may read them down to the row. */
export function mayReadEvidence(viewer: Viewer): Decision<void> {
  return viewer.removed ? refuse('access.not-found') : accept(undefined)
}
