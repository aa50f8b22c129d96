import type { StreamState } from '../../log/fold.ts'
import { type Contribution, unsettled } from '../../shared/contribution.ts'
import { projectTrainer } from './project.ts'

/** What a national trainer contributes to results: each certificate she was given, on the day it was given. */
export const trainerFacts = { certified: 'training.trainer-certified' } as const

/**
 * The breakdowns kept as tallies; `[]` is the total. `certificate` tells those that lapsed before their time, which an entry
 * says, from the rest. That two years went by is said by no entry: it is shown where somebody looks, and never counted.
 */
export const trainerBreakdowns = {
  [trainerFacts.certified]: [
    [],
    ['certificate'],
    ['module'],
    ['certificate', 'module'],
    ['language'],
    ['country'],
    ['certificate', 'country'],
    ['sex'],
    ['certificate', 'sex'],
  ],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfTrainer(state: StreamState): Contribution[] {
  const found = projectTrainer(state)
  if (!found || found.enteredInError) return []
  const { trainer: person, country = unsettled, sex = unsettled } = found
  return found.certificates
    .filter(({ enteredInError }) => !enteredInError)
    .map(({ record, certifiedOn: on, lapsed, module = unsettled, language = unsettled }) => ({
      fact: trainerFacts.certified,
      record,
      person,
      on,
      dimensions: { country, sex, module, language, certificate: lapsed ? 'lapsed' : 'standing' },
      amount: 1,
    }))
}
