import type { StreamState } from '../log/fold.ts'
import { type Contribution, unsettled } from '../shared/contribution.ts'
import { everybodyAt, projectOutreach } from './outreach/project.ts'
import { latestReach, projectWork } from './reach/project.ts'
import { projectSample } from './sample/project.ts'
import type { ReachUnit } from './words.ts'

/**
 * What awareness contributes to results. Whoever was reached is one fact, counted in two ways: how often (contacts), and how
 * many persons. Reach is a fact of its own for each unit, so that no two units can ever be added.
 */
export const awarenessFacts = {
  held: 'awareness.outreach-held',
  reached: 'awareness.person-reached',
  answered: 'awareness.sample-answered',
  shown: 'awareness.work-shown',
  visits: 'awareness.reach-visits',
  views: 'awareness.reach-views',
  claimed: 'awareness.reach-people-claimed',
} as const

/** Heads without a key: each may be a person not counted yet or one who is, so persons lie between (`countCells`). */
export const awarenessHeadFacts: readonly string[] = [awarenessFacts.reached]

const reachBreakdowns = [
  [],
  ['channel'],
  ['said-by'],
  ['qualifier'],
  ['channel', 'qualifier'],
  ['said-by', 'qualifier'],
]

/** The breakdowns kept as tallies, per fact; `[]` is the total. */
export const awarenessBreakdowns = {
  [awarenessFacts.held]: [[], ['setting']],
  [awarenessFacts.reached]: [[], ['sex'], ['age'], ['setting'], ['sex', 'age'], ['sex', 'setting']],
  [awarenessFacts.answered]: [[], ['answer'], ['question'], ['question', 'answer']],
  [awarenessFacts.shown]: [[], ['channel']],
  [awarenessFacts.visits]: reachBreakdowns,
  [awarenessFacts.views]: reachBreakdowns,
  [awarenessFacts.claimed]: reachBreakdowns,
} satisfies Record<string, readonly (readonly string[])[]>

export function contributionsOfOutreach(state: StreamState): Contribution[] {
  const session = projectOutreach(state)
  if (!session || session.enteredInError) return []
  const { heldOn: on, country = unsettled, setting = unsettled } = session
  const dimensions = { country, setting }
  const held = { fact: awarenessFacts.held, record: 'stream', person: null, on, dimensions, amount: 1 }
  const { persons, heads } = everybodyAt(session)
  const reached = persons.map(({ record, person, sex = unsettled, age = unsettled }) => ({
    fact: awarenessFacts.reached,
    record,
    person: person ?? null,
    on,
    dimensions: { ...dimensions, sex, age },
    amount: 1,
  }))
  const others = heads.map(({ record, sex, age, heads: amount }) => ({
    fact: awarenessFacts.reached,
    record,
    person: null,
    on,
    dimensions: { ...dimensions, sex, age },
    amount,
  }))
  return [held, ...reached, ...others]
}

/** Those asked, by whether they knew more after. They are no persons of an outreach session, and stand for nobody else. */
export function contributionsOfSample(state: StreamState): Contribution[] {
  const sample = projectSample(state)
  if (!sample || sample.enteredInError) return []
  const { askedOn: on, country = unsettled, question = unsettled, asked, moreAware } = sample
  const answers = [
    ['more-aware', moreAware],
    ['not-more-aware', asked - moreAware],
  ] as const
  return answers.map(([answer, amount]) => ({
    fact: awarenessFacts.answered,
    record: `stream ${answer}`,
    person: null,
    on,
    dimensions: { country, question, answer },
    amount,
  }))
}

const factOf = {
  visits: awarenessFacts.visits,
  views: awarenessFacts.views,
  'people-claimed': awarenessFacts.claimed,
} as const satisfies Record<ReachUnit, string>

export function contributionsOfReach(state: StreamState): Contribution[] {
  const work = projectWork(state)
  if (!work || work.enteredInError) return []
  const { country = unsettled, channel = unsettled } = work
  const shown = {
    fact: awarenessFacts.shown,
    record: 'stream',
    person: null,
    on: work.shownOn,
    dimensions: { country, channel },
    amount: 1,
  }
  const reached = latestReach(work).map(
    ({ record, asOf: on, unit, amount, qualifier = unsettled, source = unsettled }) => ({
      fact: factOf[unit],
      record,
      person: null,
      on,
      dimensions: { country, channel, qualifier, 'said-by': source },
      amount,
    }),
  )
  return [shown, ...reached]
}
