import type { StreamState } from '../log/fold.ts'
import { type Contribution, unsettled } from '../shared/contribution.ts'
import { projectCase } from './project.ts'

/**
 * What a case contributes to results: that she is supported, and each service she got. A survivor who refused to be
 * counted, or took that consent back, contributes nothing; what she is given does not depend on it.
 */
export const supportFacts = {
  opened: 'support.case-opened',
  served: 'support.service-delivered',
} as const

/** The breakdowns kept as tallies, per fact; `[]` is the total. */
export const supportBreakdowns = {
  [supportFacts.opened]: [[], ['sex'], ['age'], ['form']],
  [supportFacts.served]: [[], ['service'], ['sex'], ['age'], ['form'], ['service', 'sex']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfCase(state: StreamState): Contribution[] {
  const file = projectCase(state)
  // Where her answers differ, the one that protects her holds: only an undisputed "given" is counted.
  if (file?.consentCounting !== 'given' || file.enteredInError) return []
  const dimensions = {
    country: file.country,
    sex: file.sex ?? unsettled,
    age: file.age ?? unsettled,
    form: file.form ?? unsettled,
  }
  const opened = {
    fact: supportFacts.opened,
    record: 'stream',
    person: file.person,
    on: file.openedOn,
    dimensions,
    amount: 1,
  }
  const served = file.services
    .filter((service) => !service.enteredInError && service.on)
    .map((service) => ({
      fact: supportFacts.served,
      record: service.record,
      person: file.person,
      on: service.on ?? file.openedOn,
      dimensions: { ...dimensions, service: service.service ?? unsettled },
      amount: 1,
    }))
  return [opened, ...served]
}
