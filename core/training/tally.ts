import type { StreamState } from '../log/fold.ts'
import { type Contribution, unsettled } from '../shared/contribution.ts'
import { projectSession } from './project.ts'

/** What a session contributes to results: that it was held, each module taught at it, and each officer who was there. */
export const trainingFacts = {
  held: 'training.session-held',
  taught: 'training.module-taught',
  attended: 'training.officer-attended',
} as const

/** The breakdowns kept as tallies, per fact; `[]` is the total. */
export const trainingBreakdowns = {
  [trainingFacts.held]: [[], ['country']],
  [trainingFacts.taught]: [[], ['module']],
  [trainingFacts.attended]: [[], ['sex'], ['agency'], ['country'], ['sex', 'agency']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfSession(state: StreamState): Contribution[] {
  const session = projectSession(state)
  if (!session || session.enteredInError) return []
  const { heldOn: on, country = unsettled } = session
  const held = { fact: trainingFacts.held, record: 'stream', person: null, on, dimensions: { country }, amount: 1 }
  const taught = session.modules.map((module) => ({
    fact: trainingFacts.taught,
    record: `stream ${module}`,
    person: null,
    on,
    dimensions: { country, module },
    amount: 1,
  }))
  const attended = session.attendance
    .filter((row) => !row.enteredInError)
    .map((row) => ({
      fact: trainingFacts.attended,
      record: row.record,
      person: row.officer ?? null,
      on,
      dimensions: { country, sex: row.sex ?? unsettled, agency: row.agency ?? unsettled },
      amount: 1,
    }))
  return [held, ...taught, ...attended]
}
