import { type CivilDate, firstDayOf } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Barrier } from '@lentera/core/workforce/barrier/project'
import type { Recommendation, Reform, StatusRecord } from '@lentera/core/workforce/project'
import type { Projected } from '../../../device/context.ts'

/** One step on the way from a barrier over a recommendation to what changed. */
export type Step = { readonly key: string; readonly on: CivilDate } & (
  | { readonly what: 'barrier'; readonly barrier: Barrier }
  | { readonly what: 'status'; readonly status: StatusRecord['status']; readonly evidence: string | undefined }
  | { readonly what: 'reform'; readonly stream: StreamId; readonly reform: Reform }
)

/** `recommendation`: undefined of changes that follow none. `steps`: in the order of their days. */
export type Way = { readonly recommendation: Projected<Recommendation> | undefined; readonly steps: readonly Step[] }

/** All that stands of a team, by the number of each recommendation; the changes that follow none come last. What was entered in error is no step. */
export function waysOf(
  recommendations: readonly Projected<Recommendation>[],
  reforms: readonly Projected<Reform>[],
  barriers: readonly Projected<Barrier>[],
): readonly Way[] {
  const [recommended, changed, found] = [
    recommendations.filter(stands),
    reforms.filter(stands),
    barriers.filter(stands),
  ]
  const alone = changed.filter(({ state }) => !state.recommendations?.length).map(stepOfReform)
  const ways = recommended
    .toSorted((a, b) => (a.state.number ?? 0) - (b.state.number ?? 0))
    .map((recommendation) => wayOf(recommendation, changed, found))
  return [...ways, ...(alone.length > 0 ? [{ recommendation: undefined, steps: alone.toSorted(byDay) }] : [])]
}

function wayOf(
  recommendation: Projected<Recommendation>,
  reforms: readonly Projected<Reform>[],
  barriers: readonly Projected<Barrier>[],
): Way {
  const { stream, state } = recommendation
  const steps: readonly Step[] = [
    ...barriers
      .filter(({ state: barrier }) => barrier.recommendation === stream)
      .map(({ stream: key, state: barrier }) => ({ key, on: barrier.on, what: 'barrier' as const, barrier })),
    { key: stream, on: state.on, what: 'status', status: 'proposed', evidence: undefined },
    ...state.statuses
      .filter(({ enteredInError }) => !enteredInError)
      .map(({ record, on, status, evidence }) => ({ key: record, on, what: 'status' as const, status, evidence })),
    ...reforms.filter(({ state: reform }) => reform.recommendations?.includes(stream)).map(stepOfReform),
  ]
  return { recommendation, steps: steps.toSorted(byDay) }
}

const stands = ({ state }: Projected<{ readonly enteredInError: boolean }>): boolean => !state.enteredInError

const byDay = (a: Step, b: Step): number => (firstDayOf(a.on) < firstDayOf(b.on) ? -1 : 1)

const stepOfReform = ({ stream, state }: Projected<Reform>): Step => ({
  key: stream,
  on: state.on,
  what: 'reform',
  stream,
  reform: state,
})
