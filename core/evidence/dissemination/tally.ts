import type { StreamState } from '../../log/fold.ts'
import { type Contribution, unsettled } from '../../shared/contribution.ts'
import type { Sex } from '../../shared/people.ts'
import { type DisseminationEvent, projectEvent, projectProduct } from './project.ts'
import { type Headcount, restOf } from './words.ts'

/**
 * What products and events contribute to results. Copies and downloads are facts of their own: numbers of different units
 * are never added up. Participants are contacts: whoever came twice is counted twice.
 */
export const disseminationFacts = {
  published: 'evidence.product-published',
  copies: 'evidence.copies-distributed',
  downloads: 'evidence.product-downloaded',
  held: 'evidence.event-held',
  met: 'evidence.audience-met',
  participants: 'evidence.event-participant',
} as const

/** The breakdowns kept as tallies, per fact; `[]` is the total. */
export const disseminationBreakdowns = {
  [disseminationFacts.published]: [[], ['product'], ['standing']],
  [disseminationFacts.copies]: [[], ['audience'], ['qualifier'], ['audience', 'qualifier']],
  [disseminationFacts.downloads]: [[], ['audience'], ['qualifier'], ['audience', 'qualifier']],
  [disseminationFacts.held]: [[], ['level']],
  [disseminationFacts.met]: [[], ['audience'], ['level', 'audience']],
  [disseminationFacts.participants]: [[], ['sex'], ['level'], ['level', 'sex']],
} as const satisfies Record<string, readonly (readonly string[])[]>

const countsOf = { copies: disseminationFacts.copies, downloads: disseminationFacts.downloads } as const

export function contributionsOfProduct(state: StreamState): Contribution[] {
  const product = projectProduct(state)
  if (!product || product.enteredInError) return []
  const { kind = unsettled, standing = unsettled, publishedOn } = product
  const published = fact(disseminationFacts.published, 'stream', publishedOn, { product: kind, standing })
  const distributed = product.distributions
    .filter(({ enteredInError }) => !enteredInError)
    // While two people disagree of what unit a number is, it is of neither.
    .flatMap(({ record, on, carrier, amounts, audience = unsettled, qualifier = unsettled }) =>
      carrier ? fact(countsOf[carrier], record, on, { audience, qualifier }, leastOf(amounts)) : [],
    )
  return [published, ...distributed]
}

export function contributionsOfEvent(state: StreamState): Contribution[] {
  const event = projectEvent(state)
  if (!event || event.enteredInError) return []
  const { heldOn: on, level = unsettled } = event
  const audiences = event.audiences.length === 0 ? [unsettled] : event.audiences
  return [
    fact(disseminationFacts.held, 'stream', on, { level }),
    ...audiences.map((audience) => fact(disseminationFacts.met, `stream ${audience}`, on, { level, audience })),
    ...participantsOf(event).map(({ sex, amount }) =>
      fact(disseminationFacts.participants, `stream ${sex}`, on, { level, sex }, amount),
    ),
  ]
}

type OfSex = { readonly sex: Sex | 'not-female' | typeof unsettled; readonly amount: number }

/** Parts that add up to the total: those whose sex nobody counted are a part of their own. */
function participantsOf({ headcounts }: DisseminationEvent): readonly OfSex[] {
  const [count, ...others] = headcounts
  if (!count) return []
  const parts: readonly OfSex[] =
    others.length > 0 ? [{ sex: unsettled, amount: leastOf(headcounts.map(({ total }) => total)) }] : bySex(count)
  return parts.filter(({ amount }) => amount > 0)
}

const bySex = (count: Headcount): readonly OfSex[] => [
  { sex: 'female', amount: count.female ?? 0 },
  { sex: 'male', amount: count.male ?? 0 },
  { sex: 'another', amount: count.another ?? 0 },
  restOf(count),
]

/** Of two numbers that stand beside each other, what both allow. */
const leastOf = (numbers: readonly number[]): number => Math.min(...numbers)

const fact = (
  name: string,
  record: string,
  on: Contribution['on'],
  dimensions: Contribution['dimensions'],
  amount = 1,
): Contribution => ({ fact: name, record, person: null, on, dimensions, amount })
