import { type Draft, draft } from '../../log/draft.ts'
import { type CivilDate, firstDayOf } from '../../shared/dates.ts'
import type { EntryId, OrganisationId, PersonKey, StreamId } from '../../shared/ids.ts'
import type { AgeGroup, Sex } from '../../shared/people.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { longestList, mostHeads, type Setting } from '../words.ts'
import {
  headsCorrected,
  headsCounted,
  outreachDescribed,
  outreachHeld,
  outreachInError,
  personCorrected,
  personMet,
} from './entries.ts'
import type { OutreachSession } from './project.ts'

export type HoldOutreach = {
  readonly stream: StreamId
  readonly organisation: OrganisationId
  readonly country: Country
  readonly setting: Setting
  readonly heldOn: CivilDate
}

/** Refused: `awareness.not-happened-yet`. */
export function holdOutreach(command: HoldOutreach, today: CivilDate): Decision<Draft[]> {
  const { stream, heldOn, organisation, country, setting } = command
  if (firstDayOf(heldOn) > today) return refuse('awareness.not-happened-yet')
  return accept([draft(outreachHeld, stream, heldOn, { organisation, country, setting })])
}

/** Refused: `awareness.nothing-changed`. */
export function describeOutreach(
  stream: StreamId,
  session: OutreachSession,
  setting: Setting | undefined,
): Decision<Draft[]> {
  if (setting === undefined || setting === session.setting) return refuse('awareness.nothing-changed')
  return accept([draft(outreachDescribed, stream, session.heldOn, { setting })])
}

export type CountedHeads = { readonly sex: Sex; readonly age: AgeGroup; readonly heads: number }

/**
 * How many were there, a row a group; groups of nobody are left out.
 * Refused: `awareness.session-in-error`, `awareness.empty-headcount`, `awareness.not-a-headcount` {most},
 * `awareness.group-twice`.
 */
export function countHeads(
  stream: StreamId,
  session: OutreachSession,
  counted: readonly CountedHeads[],
): Decision<Draft[]> {
  if (session.enteredInError) return refuse('awareness.session-in-error')
  const groups = counted.filter(({ heads }) => heads !== 0)
  if (groups.length === 0) return refuse('awareness.empty-headcount')
  if (!groups.every(({ heads }) => isHeadcount(heads))) return refuse('awareness.not-a-headcount', { most: mostHeads })
  const there = new Set(session.headcounts.filter(({ enteredInError: not }) => !not).map(groupOf))
  for (const group of groups) {
    if (there.has(groupOf(group))) return refuse('awareness.group-twice')
    there.add(groupOf(group))
  }
  return accept(groups.map(({ sex, age, heads }) => draft(headsCounted, stream, session.heldOn, { sex, age, heads })))
}

const groupOf = ({ sex, age }: Pick<CountedHeads, 'sex' | 'age'>): string => `${sex} ${age}`
const isHeadcount = (heads: number): boolean => Number.isInteger(heads) && heads > 0 && heads <= mostHeads

/** Refused: `awareness.no-such-row`, `awareness.not-a-headcount` {most}, `awareness.nothing-changed`. */
export function correctHeads(
  stream: StreamId,
  session: OutreachSession,
  record: EntryId,
  heads: number,
): Decision<Draft[]> {
  const row = session.headcounts.find((each) => each.record === record)
  if (!row) return refuse('awareness.no-such-row')
  if (!isHeadcount(heads)) return refuse('awareness.not-a-headcount', { most: mostHeads })
  // Where two numbers stand, saying the smaller again settles them.
  const isDisputed = session.conflicts.some((each) => each.record === record && each.field === 'heads')
  if (heads === row.heads && !isDisputed) return refuse('awareness.nothing-changed')
  return accept([draft(headsCorrected, stream, session.heldOn, { record, heads })])
}

export type Met = { readonly person: PersonKey; readonly sex: Sex; readonly age: AgeGroup }

/**
 * Persons who gave their key, a row a person. They were counted among the heads too.
 * Refused: `awareness.session-in-error`, `awareness.empty-list`, `awareness.list-too-long` {most}, `awareness.person-twice` {row}.
 */
export function meetPersons(stream: StreamId, session: OutreachSession, met: readonly Met[]): Decision<Draft[]> {
  if (session.enteredInError) return refuse('awareness.session-in-error')
  if (met.length === 0) return refuse('awareness.empty-list')
  if (met.length > longestList) return refuse('awareness.list-too-long', { most: longestList })
  const there = new Set(session.persons.flatMap(({ person, enteredInError: not }) => (person && !not ? person : [])))
  for (const [i, { person }] of met.entries()) {
    if (there.has(person)) return refuse('awareness.person-twice', { row: i + 1 })
    there.add(person)
  }
  return accept(met.map(({ person, sex, age }) => draft(personMet, stream, session.heldOn, { person, sex, age })))
}

/** Refused: `awareness.no-such-row`, `awareness.nothing-changed`. */
export function correctPerson(
  stream: StreamId,
  session: OutreachSession,
  record: EntryId,
  { sex, age }: { readonly sex?: Sex; readonly age?: AgeGroup },
): Decision<Draft[]> {
  if (!session.persons.some((each) => each.record === record)) return refuse('awareness.no-such-row')
  if (sex === undefined && age === undefined) return refuse('awareness.nothing-changed')
  return accept([draft(personCorrected, stream, session.heldOn, { record, sex, age })])
}

/** Marks a row, or (`session.opening`) the whole session, as never having been; or takes that back. Refused: `awareness.no-such-row`. */
export function markOutreachInError(
  stream: StreamId,
  session: OutreachSession,
  record: EntryId,
  isInError: boolean,
): Decision<Draft[]> {
  const rows = [...session.headcounts, ...session.persons]
  if (record !== session.opening && !rows.some((each) => each.record === record)) return refuse('awareness.no-such-row')
  return accept([draft(outreachInError, stream, session.heldOn, { record, enteredInError: isInError })])
}
