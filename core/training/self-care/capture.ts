import { type Draft, draft } from '../../log/draft.ts'
import type { Agency } from '../../shared/agencies.ts'
import type { CivilDate } from '../../shared/dates.ts'
import type { OrganisationId, StreamId } from '../../shared/ids.ts'
import type { Country } from '../../shared/places.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import {
  selfCareRequestDescribed,
  selfCareRequested,
  selfCareRequestInError,
  selfCareWebinarDescribed,
  selfCareWebinarHeld,
  selfCareWebinarInError,
} from './entries.ts'
import type { SelfCareRequest, SelfCareWebinar } from './project.ts'
import {
  type AttendanceCounts,
  Day,
  longest,
  mostPeople,
  type SelfCareTopic,
  shortest,
  totalOf,
  type UnitKind,
} from './words.ts'

// ---------------------------------------------------------------- a need

export type SaidOfRequest = {
  readonly country: Country
  readonly agency: Agency
  readonly unit: UnitKind
  readonly topic: SelfCareTopic
  readonly people: number
  readonly askedOn: CivilDate
}

/** Refused: `training.not-a-day`, `training.asked-in-the-future`, `training.nobody-asked`, `training.not-a-count` {most}. */
export function requestSelfCare(
  stream: StreamId,
  organisation: OrganisationId,
  said: SaidOfRequest,
  today: CivilDate,
): Decision<Draft[]> {
  const checked = checkRequest(said, today)
  if (!checked.ok) return checked
  return accept([draft(selfCareRequested, stream, said.askedOn, { organisation, ...said })])
}

/** Only what was wrong. Refused: `training.nothing-changed`, and as `requestSelfCare` refuses. */
export function describeRequest(stream: StreamId, change: Partial<SaidOfRequest>, today: CivilDate): Decision<Draft[]> {
  if (Object.keys(change).length === 0) return refuse('training.nothing-changed')
  const checked = checkRequest(change, today)
  if (!checked.ok) return checked
  return accept([draft(selfCareRequestDescribed, stream, today, change)])
}

function checkRequest({ people, askedOn }: Partial<SaidOfRequest>, today: CivilDate): Decision<undefined> {
  if (askedOn !== undefined && !Day.safeParse(askedOn).success) return refuse('training.not-a-day')
  if (askedOn !== undefined && askedOn > today) return refuse('training.asked-in-the-future')
  if (people === 0) return refuse('training.nobody-asked')
  if (people !== undefined && !isCount(people)) return refuse('training.not-a-count', { most: mostPeople })
  return accept(undefined)
}

/** Marks a request as never having been; or takes that back. */
export function markRequestInError(
  stream: StreamId,
  { opening: record }: SelfCareRequest,
  isInError: boolean,
  today: CivilDate,
): Decision<Draft[]> {
  return accept([draft(selfCareRequestInError, stream, today, { record, enteredInError: isInError })])
}

// ---------------------------------------------------------------- a webinar

export type SaidOfWebinar = {
  readonly topic: SelfCareTopic
  readonly heldOn: CivilDate
  readonly minutes: number
  readonly attendance: AttendanceCounts
  readonly answers: readonly StreamId[]
}

/** The requests it may answer, by stream. */
export type Requests = ReadonlyMap<StreamId, SelfCareRequest>

/**
 * Refused: `training.not-a-day`, `training.webinar-in-the-future`, `training.webinar-length` {shortest, longest},
 * `training.not-a-count` {most}, `training.nobody-attended`, `training.request-after-webinar`.
 */
export function holdWebinar(
  stream: StreamId,
  organisation: OrganisationId,
  said: SaidOfWebinar,
  requests: Requests,
  today: CivilDate,
): Decision<Draft[]> {
  const checked = checkWebinar(said, requests, today)
  if (!checked.ok) return checked
  return accept([draft(selfCareWebinarHeld, stream, said.heldOn, { organisation, ...codedWebinar(said) })])
}

/** Only what was wrong. Refused: `training.nothing-changed`, and as `holdWebinar` refuses. */
export function describeWebinar(
  stream: StreamId,
  webinar: SelfCareWebinar,
  change: Partial<SaidOfWebinar>,
  requests: Requests,
  today: CivilDate,
): Decision<Draft[]> {
  if (Object.keys(change).length === 0) return refuse('training.nothing-changed')
  const checked = checkWebinar({ heldOn: webinar.heldOn, answers: webinar.answers, ...change }, requests, today)
  if (!checked.ok) return checked
  return accept([draft(selfCareWebinarDescribed, stream, today, codedWebinar(change))])
}

const codedWebinar = ({ answers, attendance, ...said }: Partial<SaidOfWebinar>) => ({
  ...said,
  attendance: attendance && { ...attendance },
  answers: answers && [...answers],
})

function checkWebinar(
  { heldOn, minutes, attendance, answers = [] }: Partial<SaidOfWebinar>,
  requests: Requests,
  today: CivilDate,
): Decision<undefined> {
  if (heldOn !== undefined && !Day.safeParse(heldOn).success) return refuse('training.not-a-day')
  if (heldOn !== undefined && heldOn > today) return refuse('training.webinar-in-the-future')
  if (minutes !== undefined && !(Number.isInteger(minutes) && minutes >= shortest && minutes <= longest))
    return refuse('training.webinar-length', { shortest, longest })
  if (attendance && !Object.values(attendance).every(isCount))
    return refuse('training.not-a-count', { most: mostPeople })
  if (attendance && totalOf(attendance) === 0) return refuse('training.nobody-attended')
  const isLater = (stream: StreamId): boolean => (requests.get(stream)?.askedOn ?? '') > (heldOn ?? today)
  return answers.some(isLater) ? refuse('training.request-after-webinar') : accept(undefined)
}

/** Marks a webinar as never having been; or takes that back. */
export function markWebinarInError(
  stream: StreamId,
  { opening: record }: SelfCareWebinar,
  isInError: boolean,
  today: CivilDate,
): Decision<Draft[]> {
  return accept([draft(selfCareWebinarInError, stream, today, { record, enteredInError: isInError })])
}

const isCount = (number: number): boolean => Number.isInteger(number) && number >= 0 && number <= mostPeople
