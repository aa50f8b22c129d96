import * as z from 'zod'

/**
 * The ten areas in which the Measuring Opportunities for Women in Peace Operations (MOWIP) methodology looks for barriers; here for a
 * posting to a border crossing. The list may be changed: what was written under a word that is gone is shown as that word.
 */
export const MowipArea = z.enum([
  'eligible-pool',
  'deployment-criteria',
  'deployment-selection',
  'household-constraints',
  'infrastructure',
  'experiences',
  'career-value',
  'top-down-leadership',
  'gender-roles',
  'social-exclusion',
])
export type MowipArea = z.infer<typeof MowipArea>

/** How high a barrier is. */
export const BarrierLevel = z.enum(['low', 'medium', 'high'])
export type BarrierLevel = z.infer<typeof BarrierLevel>

/**
 * Where both lists come from. `verifiedOn`: the day somebody compared them with the publication itself; null, and the screen says so,
 * until that is done (they stand here as they were told, from memory).
 */
export const mowipSource: { readonly name: string; readonly verifiedOn: string | null } = {
  name: 'MOWIP Methodology (DCAF and Cornell University, 2020)',
  verifiedOn: null,
}

export const longestLine = 300
export const longestText = 1000
