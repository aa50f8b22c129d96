import type { StreamState } from '../../log/fold.ts'
import type { Contribution } from '../../shared/contribution.ts'
import { countedBySex } from '../tally.ts'
import { projectFlow } from './project.ts'

/** What this room contributes to results: the recruits of a period by sex. */
export const flowFacts = { recruited: 'workforce.officers-recruited' } as const

/** Kept as headcounts are: whole, by source and period, and never added. Of each agency and place the newest intake is shown. */
export const flowBreakdowns = {
  [flowFacts.recruited]: [['agency', 'on', 'place', 'sex', 'source']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfFlow(state: StreamState): Contribution[] {
  const flow = projectFlow(state)
  const recruits = flow?.rows.filter(({ happening }) => happening === 'recruited') ?? []
  return flow ? countedBySex(flowFacts.recruited, flow, recruits) : []
}
