import { evidenceKinds } from './evidence/entries.ts'
import { personErased } from './log/erasure.ts'
import type { StreamState } from './log/fold.ts'
import { gatherKinds, type StreamNoun } from './log/kind.ts'
import { membershipKinds } from './log/membership.ts'
import { personLinked } from './log/persons.ts'
import type { Contribution } from './shared/contribution.ts'
import { supportKinds } from './support/entries.ts'
import { contributionsOfCase } from './support/tally.ts'

/** Every kind of entry this version of the programme knows: the one list that device, server and command line share. */
export const kinds = gatherKinds(membershipKinds, [personLinked, personErased], supportKinds, evidenceKinds)

/** What a stream contributes to results, by what it is about. */
export function contributionsOf(noun: StreamNoun, state: StreamState): Contribution[] {
  return noun === 'case' ? contributionsOfCase(state) : []
}
