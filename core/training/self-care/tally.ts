import type { StreamState } from '../../log/fold.ts'
import { type Contribution, unsettled } from '../../shared/contribution.ts'
import type { Sex } from '../../shared/people.ts'
import { projectRequest, projectWebinar, type SelfCareWebinar } from './project.ts'
import { fewest, maySplit, totalOf } from './words.ts'

/** What self-care contributes to results: needs, webinars, and how many were there. Whoever came twice is counted twice. */
export const selfCareFacts = {
  requested: 'training.self-care-requested',
  held: 'training.self-care-webinar-held',
  attended: 'training.self-care-attended',
} as const

/** The breakdowns kept as tallies; `[]` is the total. Never sex and topic together: that would be one webinar's few. */
export const selfCareBreakdowns = {
  [selfCareFacts.requested]: [[], ['topic']],
  [selfCareFacts.held]: [[], ['topic']],
  [selfCareFacts.attended]: [[], ['topic'], ['sex']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfRequest(state: StreamState): Contribution[] {
  const request = projectRequest(state)
  if (!request || request.enteredInError) return []
  const { askedOn, topic = unsettled } = request
  return [contribution(selfCareFacts.requested, 'stream', askedOn, { topic })]
}

export function contributionsOfWebinar(state: StreamState): Contribution[] {
  const webinar = projectWebinar(state)
  if (!webinar || webinar.enteredInError) return []
  const { heldOn, topic = unsettled } = webinar
  return [
    contribution(selfCareFacts.held, 'stream', heldOn, { topic }),
    ...attendancesOf(webinar).map(({ sex, amount }) =>
      contribution(selfCareFacts.attended, `stream ${sex}`, heldOn, { topic, sex }, amount),
    ),
  ]
}

type OfSex = { readonly sex: Sex | 'not-split' | typeof unsettled; readonly amount: number }

/**
 * What of a webinar may be counted where others read it: nobody where fewer than five were there, and no sexes where any
 * group is of fewer than five. Of two counts that stand beside each other, what both allow.
 */
function attendancesOf({ attendances }: SelfCareWebinar): readonly OfSex[] {
  const [counts, ...others] = attendances
  const total = Math.min(...attendances.map(totalOf))
  if (!counts || total < fewest) return []
  if (others.length > 0) return [{ sex: unsettled, amount: total }]
  if (!maySplit(counts)) return [{ sex: 'not-split', amount: total }]
  return (['female', 'male', 'another', 'unknown'] as const)
    .map((sex) => ({ sex, amount: counts[sex] }))
    .filter(({ amount }) => amount > 0)
}

const contribution = (
  fact: string,
  record: string,
  on: Contribution['on'],
  dimensions: Contribution['dimensions'],
  amount = 1,
): Contribution => ({ fact, record, person: null, on, dimensions, amount })
