import { agreedValue, type StreamState } from '../../log/fold.ts'
import { type Conflict, conflictsOf, recordsOfKind } from '../../log/records.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { EntryId, PersonKey } from '../../shared/ids.ts'
import { AgeGroup, Sex } from '../../shared/people.ts'
import type { Country } from '../../shared/places.ts'
import { openingOf, type Recorded, recorded } from '../recorded.ts'
import { ConsentState } from '../words.ts'
import { businessFollowedUp, courseAttended, grantGiven } from './entries.ts'
import { Course, GrantKind, Running } from './words.ts'

/** Undefined where two answers stand beside each other, here and below. */
export type Attended = Recorded & { readonly course: Course | undefined }
export type Given = Recorded & { readonly grant: GrantKind | undefined }
export type FollowedUp = Recorded & { readonly running: Running | undefined }

/** A participant as her coded fields tell it: what the server can know. Her name, contact and sums a device opens beside it. */
export type Participant = {
  /** The entry that registered her: the name by which all of it can be marked as entered in error. */
  readonly opening: EntryId
  readonly person: PersonKey
  readonly country: Country
  readonly registeredOn: CivilDate
  readonly sex: Sex | undefined
  readonly age: AgeGroup | undefined
  readonly consentCounting: ConsentState | undefined
  readonly enteredInError: boolean
  readonly courses: readonly Attended[]
  readonly grants: readonly Given[]
  readonly followUps: readonly FollowedUp[]
  readonly conflicts: readonly Conflict[]
}

/** The state of a stream as a participant; undefined while the entry that registers her has not arrived. */
export function projectParticipant(state: StreamState): Participant | undefined {
  const opened = openingOf(state)
  if (!opened) return undefined
  const { root, opening, person, country, on, enteredInError } = opened
  return {
    opening,
    person,
    country,
    registeredOn: on,
    sex: Sex.safeParse(agreedValue(root, 'sex')).data,
    age: AgeGroup.safeParse(agreedValue(root, 'age')).data,
    consentCounting: ConsentState.safeParse(agreedValue(root, 'consentCounting')).data,
    enteredInError,
    courses: recordsOfKind(state, courseAttended.kind).map(({ record, state: said }) => ({
      ...recorded(record, said),
      course: Course.safeParse(agreedValue(said, 'course')).data,
    })),
    grants: recordsOfKind(state, grantGiven.kind).map(({ record, state: said }) => ({
      ...recorded(record, said),
      grant: GrantKind.safeParse(agreedValue(said, 'grant')).data,
    })),
    followUps: recordsOfKind(state, businessFollowedUp.kind).map(({ record, state: said }) => ({
      ...recorded(record, said),
      running: Running.safeParse(agreedValue(said, 'running')).data,
    })),
    conflicts: conflictsOf(state),
  }
}
