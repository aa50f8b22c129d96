import * as z from 'zod'

/**
 * What a member may be in her organisation. A role says which kinds of entry she may write and which figures she may
 * open; the table of both is in `server/access`.
 */
export const Role = z.enum([
  'caseworker',
  'supervisor',
  'livelihoods-officer',
  'trainer',
  'focal-point',
  'front-line-officer',
  'manager',
  'steward',
  'protection-officer',
  'administrator',
  'regional-manager',
])
export type Role = z.infer<typeof Role>
