import { agreedValue, type StreamState, streamRecord } from '../../log/fold.ts'
import { type Conflict, conflictsOf, isEnteredInError, recordsOfKind, setOnce } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { type EntryId, OrganisationId, PersonKey } from '../../shared/ids.ts'
import { AgeGroup, Sex } from '../../shared/people.ts'
import { Country } from '../../shared/places.ts'
import { leastSaid } from '../said.ts'
import { Setting } from '../words.ts'
import { headsCounted, personMet } from './entries.ts'

/** Heads of one group at one session. Where two numbers stand beside each other `heads` is the smaller. */
export type Headcount = {
  readonly record: EntryId
  readonly sex: Sex
  readonly age: AgeGroup
  readonly heads: number
  readonly enteredInError: boolean
}

/** One person who gave her key. Undefined where two answers stand beside each other. */
export type PersonMet = {
  readonly record: EntryId
  readonly person: PersonKey | undefined
  readonly sex: Sex | undefined
  readonly age: AgeGroup | undefined
  readonly enteredInError: boolean
}

export type OutreachSession = {
  /** The entry that opened it: the name by which the whole session can be marked as entered in error. */
  readonly opening: EntryId
  readonly organisation: OrganisationId
  readonly heldOn: CivilDate
  readonly country: Country | undefined
  readonly setting: Setting | undefined
  readonly enteredInError: boolean
  readonly headcounts: readonly Headcount[]
  readonly persons: readonly PersonMet[]
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a session; undefined while the entry that opens it has not arrived. */
export function projectOutreach(state: StreamState): OutreachSession | undefined {
  const root = state.records[streamRecord]
  const opening = root?.fields.organisation?.[0]?.entry
  const organisation = root && OrganisationId.safeParse(setOnce(root, 'organisation')).data
  if (!root?.on || !opening || !organisation) return undefined
  return {
    opening,
    organisation,
    heldOn: root.on,
    country: Country.safeParse(setOnce(root, 'country')).data,
    setting: Setting.safeParse(agreedValue(root, 'setting')).data,
    enteredInError: isEnteredInError(state.records[opening]),
    headcounts: recordsOfKind(state, headsCounted.kind).map(({ record, state: said }) => ({
      record,
      sex: Sex.safeParse(setOnce(said, 'sex')).data ?? 'unknown',
      age: AgeGroup.safeParse(setOnce(said, 'age')).data ?? 'unknown',
      heads: leastSaid(said, 'heads') ?? 0,
      enteredInError: isEnteredInError(said),
    })),
    persons: recordsOfKind(state, personMet.kind).map(({ record, state: said }) => ({
      record,
      person: PersonKey.safeParse(setOnce(said, 'person')).data,
      sex: Sex.safeParse(agreedValue(said, 'sex')).data,
      age: AgeGroup.safeParse(agreedValue(said, 'age')).data,
      enteredInError: isEnteredInError(said),
    })),
    conflicts: conflictsOf(state),
  }
}

/**
 * Who was there, each once: those who gave a key, and the heads that are left when they are taken out of the headcounts. A
 * person is taken from the headcount of her own sex and age, else from one in which that is not known; whom no headcount
 * holds was there all the same.
 */
export function everybodyAt({ headcounts, persons }: OutreachSession): {
  readonly persons: readonly PersonMet[]
  readonly heads: readonly Headcount[]
} {
  const left = headcounts.filter(({ enteredInError }) => !enteredInError).map((group) => ({ ...group }))
  const there = persons.filter(({ enteredInError }) => !enteredInError)
  const notFound = there.filter((person) => !takeFrom(left, ({ sex, age }) => sex === person.sex && age === person.age))
  for (const person of notFound) takeFrom(left, ({ sex, age }) => couldBe(person.sex, sex) && couldBe(person.age, age))
  return { persons: there, heads: left.filter(({ heads }) => heads > 0) }
}

const couldBe = (said: string | undefined, counted: string): boolean =>
  said === undefined || said === 'unknown' || counted === 'unknown' || said === counted

/** Takes one head out of the first group that fits; false where none does. */
function takeFrom(groups: HeadsLeft[], fits: (group: HeadsLeft) => boolean): boolean {
  const group = groups.find((each) => each.heads > 0 && fits(each))
  if (group) group.heads -= 1
  return group !== undefined
}

type HeadsLeft = Omit<Headcount, 'heads'> & { heads: number }
