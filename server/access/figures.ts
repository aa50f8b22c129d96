import type { Indicator } from '@lentera/core/results/indicators'
import type { TeamId } from '@lentera/core/shared/ids'
import type { Role } from '@lentera/core/shared/roles'
import type { Viewer } from './viewer.ts'

/**
 * How a viewer sees what is counted of survivors (do-no-harm, "Who may open a figure"):
 * - `team`: the case team and its supervisor (of livelihoods, their officers), their own work, live, down to the records
 * - `programme`: counts as of a cut-off, protected, and groups of five or more
 * - `region`: the same of all programmes, by country
 * And what is counted of nobody who could be harmed:
 * - `open`: live, down to the rows of her own organisation; in a regional office all programmes, as of their cut-offs
 */
export type FigureView =
  | { readonly kind: 'team'; readonly team: TeamId }
  | { readonly kind: 'programme' }
  | { readonly kind: 'open' }
  | { readonly kind: 'region' }

/** Posts of law enforcement and immigration. Who has another post beside it, a manager's say, answers for the programme. */
const ofAgencies: ReadonlySet<Role> = new Set<Role>(['front-line-officer', 'focal-point'])

/**
 * What this viewer may see of an indicator; empty where it is not for her. What the programme does for communities and survivors
 * (its first objective) is told to agencies no finer than it is published (do-no-harm, "Wall between care and enforcement").
 */
export function viewsOf(viewer: Viewer, indicator: Pick<Indicator, 'objective' | 'subject' | 'workers'>): FigureView[] {
  if (viewer.removed) return []
  if (indicator.objective === 1 && viewer.roles.every((role) => ofAgencies.has(role))) return []
  if (indicator.subject === 'open') return [{ kind: 'open' }]
  const views: FigureView[] = []
  const is = (...roles: Viewer['roles'][number][]): boolean => roles.some((role) => viewer.roles.includes(role))
  if (viewer.team !== null && is(...(indicator.workers ?? []))) views.push({ kind: 'team', team: viewer.team })
  if (viewer.country !== null && is('manager', 'protection-officer', 'steward')) views.push({ kind: 'programme' })
  // Only in a regional office, which is the programme without a country: elsewhere the role opens nothing.
  if (viewer.country === null && is('regional-manager')) views.push({ kind: 'region' })
  return views
}
