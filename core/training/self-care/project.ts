import { agreedValue, type StreamState } from '../../log/fold.ts'
import { answersIn } from '../../log/records.ts'
import { Agency } from '../../shared/agencies.ts'
import type { CivilDate } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { Country } from '../../shared/places.ts'
import { type Opened, openedOf } from '../opened.ts'
import { AttendanceCounts, Day, SelfCareTopic, UnitKind } from './words.ts'

/** A need as an agency expressed it. Undefined where two answers stand beside each other. */
export type SelfCareRequest = Opened & {
  readonly country: Country | undefined
  readonly agency: Agency | undefined
  readonly unit: UnitKind | undefined
  readonly topic: SelfCareTopic | undefined
  readonly people: number | undefined
  readonly askedOn: CivilDate
}

/** The state of a stream as a request; undefined while the entry that opens it has not arrived. */
export function projectRequest(state: StreamState): SelfCareRequest | undefined {
  const found = openedOf(state)
  if (!found) return undefined
  const { root, on, opened } = found
  const people = agreedValue(root, 'people')
  return {
    ...opened,
    country: Country.safeParse(agreedValue(root, 'country')).data,
    agency: Agency.safeParse(agreedValue(root, 'agency')).data,
    unit: UnitKind.safeParse(agreedValue(root, 'unit')).data,
    topic: SelfCareTopic.safeParse(agreedValue(root, 'topic')).data,
    people: typeof people === 'number' ? people : undefined,
    askedOn: Day.safeParse(agreedValue(root, 'askedOn')).data ?? on,
  }
}

export type SelfCareWebinar = Opened & {
  readonly topic: SelfCareTopic | undefined
  readonly heldOn: CivilDate
  readonly minutes: number | undefined
  /** Every count that stands: one, or those that two people gave apart. */
  readonly attendances: readonly AttendanceCounts[]
  readonly answers: readonly StreamId[]
}

/** The state of a stream as a webinar; undefined while the entry that opens it has not arrived. */
export function projectWebinar(state: StreamState): SelfCareWebinar | undefined {
  const found = openedOf(state)
  if (!found) return undefined
  const { root, on, opened } = found
  const minutes = agreedValue(root, 'minutes')
  const agreed = agreedValue(root, 'attendance')
  return {
    ...opened,
    topic: SelfCareTopic.safeParse(agreedValue(root, 'topic')).data,
    heldOn: Day.safeParse(agreedValue(root, 'heldOn')).data ?? on,
    minutes: typeof minutes === 'number' ? minutes : undefined,
    attendances: (agreed === undefined ? answersIn(root, 'attendance') : [agreed]).flatMap(
      (value) => AttendanceCounts.safeParse(value).data ?? [],
    ),
    answers: StreamId.array().safeParse(agreedValue(root, 'answers')).data ?? [],
  }
}
