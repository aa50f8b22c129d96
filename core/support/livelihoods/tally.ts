import type { StreamState } from '../../log/fold.ts'
import { type Contribution, unsettled } from '../../shared/contribution.ts'
import { projectParticipant } from './project.ts'

/**
 * What a participant contributes to results: each course a woman attended, each grant she was given, each time her business
 * was followed up. Who refused to be counted, or took that back, contributes nothing; nor does who is no woman, or about
 * whom two answers stand on that: these figures are of women.
 */
export const livelihoodsFacts = {
  trained: 'livelihoods.woman-trained',
  supported: 'livelihoods.woman-supported',
  followedUp: 'livelihoods.business-followed-up',
} as const

/** The breakdowns kept as tallies, per fact; `[]` is the total. */
export const livelihoodsBreakdowns = {
  [livelihoodsFacts.trained]: [[], ['course'], ['age']],
  [livelihoodsFacts.supported]: [[], ['grant'], ['age']],
  [livelihoodsFacts.followedUp]: [[], ['running']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfParticipant(state: StreamState): Contribution[] {
  const participant = projectParticipant(state)
  // Where her answers differ, the one that protects her holds: only an undisputed "given" is counted.
  if (participant?.consentCounting !== 'given' || participant.enteredInError || participant.sex !== 'female') return []
  const { person, registeredOn, country, age = unsettled, courses, grants, followUps } = participant
  const counted =
    (fact: string) =>
    (
      { record, on }: { readonly record: string; readonly on: Contribution['on'] | null },
      said: Readonly<Record<string, string>>,
    ): Contribution => ({
      fact,
      record,
      person,
      on: on ?? registeredOn,
      dimensions: { country, age, ...said },
      amount: 1,
    })
  const isTrue = ({ enteredInError }: { readonly enteredInError: boolean }): boolean => !enteredInError
  const [trained, supported, followed] = [
    counted(livelihoodsFacts.trained),
    counted(livelihoodsFacts.supported),
    counted(livelihoodsFacts.followedUp),
  ]
  return [
    ...courses.filter(isTrue).map((each) => trained(each, { course: each.course ?? unsettled })),
    ...grants.filter(isTrue).map((each) => supported(each, { grant: each.grant ?? unsettled })),
    ...followUps.filter(isTrue).map((each) => followed(each, { running: each.running ?? unsettled })),
  ]
}
