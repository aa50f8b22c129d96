import type { StreamState } from '../../log/fold.ts'
import { type Contribution, unsettled } from '../../shared/contribution.ts'
import { PersonKey } from '../../shared/ids.ts'
import type { Recorded } from '../recorded.ts'
import { type Passed, projectCriminalCase, standingSentences } from './project.ts'

/**
 * What a criminal case contributes to results. Cases are counted by the case's own key, once however many stages they reach in a
 * period; accused persons each by their own record, so that who is sentenced twice in a case is counted once. Nobody is known to be
 * the same in two cases: there is no list of the accused.
 *
 * An accused is sentenced while a conviction stands: not while it is under appeal, once it is overturned, or while verdicts on
 * one person differ.
 */
export const justiceFacts = {
  followed: 'justice.case-followed',
  accused: 'justice.person-accused',
  sentenced: 'justice.perpetrator-sentenced',
  compensated: 'justice.compensation',
} as const

/** The breakdowns kept as tallies, per fact; `[]` is the total. */
export const justiceBreakdowns = {
  [justiceFacts.followed]: [[], ['stage']],
  [justiceFacts.accused]: [[], ['sex'], ['age'], ['verdict']],
  [justiceFacts.sentenced]: [[], ['sex'], ['years']],
  [justiceFacts.compensated]: [[], ['compensation']],
} as const satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfCriminalCase(state: StreamState): Contribution[] {
  const of = projectCriminalCase(state)
  if (!of || of.enteredInError) return []
  const { key, country, openedOn } = of
  const counted = (
    fact: string,
    { record, on }: Recorded,
    person: PersonKey,
    said: Readonly<Record<string, string>>,
  ): Contribution => ({ fact, record, person, on: on ?? openedOn, dimensions: { country, ...said }, amount: 1 })
  const isTrue = ({ enteredInError }: Recorded): boolean => !enteredInError
  return [
    ...of.stages
      .filter(isTrue)
      .map((each) => counted(justiceFacts.followed, each, key, { stage: each.stage ?? unsettled })),
    ...of.accused.filter(isTrue).map((each) =>
      counted(justiceFacts.accused, each, keyOf(each), {
        sex: each.sex ?? unsettled,
        age: each.age ?? unsettled,
        verdict: each.standing ?? unsettled,
      }),
    ),
    ...standingSentences(of).map((each) =>
      counted(justiceFacts.sentenced, each, keyOf(each.accused), {
        sex: each.accused.sex ?? unsettled,
        years: termOf(each),
      }),
    ),
    ...of.compensations
      .filter(isTrue)
      .map((each) => counted(justiceFacts.compensated, each, key, { compensation: each.compensation ?? unsettled })),
  ]
}

/** An accused is counted under the id of the entry that wrote her down: random, and already there. */
const keyOf = ({ record }: Recorded): PersonKey => PersonKey.parse(record)

/** Whole years of imprisonment; `life`; `none` where nobody is imprisoned by it. */
function termOf({ sentence, years }: Passed): string {
  switch (sentence) {
    case undefined:
      return unsettled
    case 'imprisonment':
      return years === undefined ? unsettled : String(years)
    case 'life-imprisonment':
      return 'life'
    default:
      return 'none'
  }
}
