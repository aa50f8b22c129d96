import { type Draft, draft, isNothing } from '../../log/draft.ts'
import type { NewStream } from '../../log/sealed-kinds.ts'
import { type CivilDate, precisionOf, quarterOf } from '../../shared/dates.ts'
import type { EntryId, StreamId } from '../../shared/ids.ts'
import { type Money, writeMoney } from '../../shared/money.ts'
import type { AgeGroup, Sex } from '../../shared/people.ts'
import { quarterSaid, thisQuarter } from '../../shared/quarters.ts'
import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import type { Moment } from '../capture.ts'
import type { ConsentState } from '../words.ts'
import {
  businessFollowedUp,
  courseAttended,
  enteredInError,
  grantGiven,
  participantDescribed,
  participantRegistered,
  recordCorrected,
} from './entries.ts'
import type { Attended, FollowedUp, Given, Participant } from './project.ts'
import type { Course, GrantKind, Running } from './words.ts'

export type RegisterParticipant = NewStream & {
  readonly sex: Sex
  readonly age: AgeGroup
  readonly consentCounting: ConsentState | undefined
  readonly name: string
  readonly safeContact: string
}

/** Refused: `livelihoods.no-name` (nobody would find her again), `livelihoods.counting-not-asked`. */
export function registerParticipant(command: RegisterParticipant, moment: Moment): Decision<Draft[]> {
  const { stream, name, safeContact, consentCounting, ...rest } = command
  if (!name.trim()) return refuse('livelihoods.no-name')
  if (!consentCounting) return refuse('livelihoods.counting-not-asked')
  const opened = { name: name.trim(), safeContact: safeContact.trim() || undefined, at: moment.at }
  const coded = { ...rest, consentCounting }
  return accept([draft(participantRegistered, stream, thisQuarter(moment), coded, opened)])
}

/** Only what is said anew: a field left out stays as it is. */
export type DescribeParticipant = {
  readonly sex?: Sex
  readonly age?: AgeGroup
  readonly consentCounting?: ConsentState
  readonly name?: string
  readonly safeContact?: string
}

/** Refused: `livelihoods.nothing-changed`, `livelihoods.no-name`. */
export function describeParticipant(
  stream: StreamId,
  { sex, age, consentCounting, name, safeContact }: DescribeParticipant,
  moment: Moment,
): Decision<Draft[]> {
  if (isNothing({ sex, age, consentCounting, name, safeContact })) return refuse('livelihoods.nothing-changed')
  if (name !== undefined && !name.trim()) return refuse('livelihoods.no-name')
  const opened = { name: name?.trim(), safeContact: safeContact?.trim(), describedAt: moment.at }
  return accept([draft(participantDescribed, stream, thisQuarter(moment), { sex, age, consentCounting }, opened)])
}

/** The quarter something happened in, as it was typed. */
type InQuarter = { readonly quarter: CivilDate | undefined }

/**
 * Refused: `livelihoods.participant-in-error`, `livelihoods.no-course`, `livelihoods.no-quarter`, `livelihoods.not-yet`,
 * `livelihoods.course-twice` (in one quarter).
 */
export function attendCourse(
  stream: StreamId,
  participant: Participant,
  { course, quarter }: InQuarter & { readonly course: Course | undefined },
  moment: Moment,
): Decision<Draft[]> {
  if (participant.enteredInError) return refuse('livelihoods.participant-in-error')
  if (!course) return refuse('livelihoods.no-course')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  if (isTwice(participant, course, on.value)) return refuse('livelihoods.course-twice')
  return accept([draft(courseAttended, stream, on.value, { course }, { at: moment.at })])
}

export type GiveGrant = InQuarter & {
  readonly grant: GrantKind | undefined
  /** Of a grant in kind, what it was worth. */
  readonly amount: Money | undefined
  /** What was bought or handed over; left empty where nothing need be said. */
  readonly what: string
  /** The day of it, sealed, where it is known: at its rate the sum is turned into dollars. */
  readonly day?: CivilDate | undefined
}

/**
 * Refused: `livelihoods.participant-in-error`, `livelihoods.no-grant-kind`, `livelihoods.grant-without-amount`,
 * `livelihoods.no-quarter`, `livelihoods.not-yet`, `livelihoods.day-outside-quarter`.
 */
export function giveGrant(
  stream: StreamId,
  participant: Participant,
  { grant, amount, what, quarter, day }: GiveGrant,
  moment: Moment,
): Decision<Draft[]> {
  if (participant.enteredInError) return refuse('livelihoods.participant-in-error')
  if (!grant) return refuse('livelihoods.no-grant-kind')
  if (!amount) return refuse('livelihoods.grant-without-amount')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  const given = daySaid(day, on.value, moment)
  if (!given.ok) return given
  const opened = { amount: writeMoney(amount), what: what.trim() || undefined, day: given.value, at: moment.at }
  return accept([draft(grantGiven, stream, on.value, { grant }, opened)])
}

/**
 * Refused: `livelihoods.participant-in-error`, `livelihoods.no-answer`, `livelihoods.no-quarter`, `livelihoods.not-yet`.
 */
export function followUp(
  stream: StreamId,
  participant: Participant,
  { running, quarter }: InQuarter & { readonly running: Running | undefined },
  moment: Moment,
): Decision<Draft[]> {
  if (participant.enteredInError) return refuse('livelihoods.participant-in-error')
  if (!running) return refuse('livelihoods.no-answer')
  const on = quarterIn(quarter, moment)
  if (!on.ok) return on
  return accept([draft(businessFollowedUp, stream, on.value, { running }, { at: moment.at })])
}

/** Only what was wrong. */
export type CorrectRecord = {
  readonly course?: Course
  readonly grant?: GrantKind
  readonly running?: Running
  readonly amount?: Money
  readonly what?: string
  /** Empty takes back the day that stood there. */
  readonly day?: CivilDate | ''
  readonly quarter?: CivilDate
}

/**
 * Refused: `livelihoods.no-such-record`, `livelihoods.nothing-changed`, `livelihoods.no-quarter`, `livelihoods.not-yet`,
 * `livelihoods.course-twice`, `livelihoods.day-outside-quarter`, `livelihoods.only-of-a-grant`.
 */
export function correctRecord(
  stream: StreamId,
  participant: Participant,
  record: EntryId,
  change: CorrectRecord,
  moment: Moment,
): Decision<Draft[]> {
  const known = recordsOf(participant).find((each) => each.record === record)
  if (!known) return refuse('livelihoods.no-such-record')
  if (isNothing(change)) return refuse('livelihoods.nothing-changed')
  const { course, grant, running, amount, what, day, quarter } = change
  const on = quarter === undefined ? accept(undefined) : quarterIn(quarter, moment)
  if (!on.ok) return on
  const attended = participant.courses.find((each) => each.record === record)
  const [taught, when] = [course ?? attended?.course, on.value ?? known.on]
  if (attended && taught && when && isTwice(participant, taught, when, record))
    return refuse('livelihoods.course-twice')
  if (day !== undefined && !participant.grants.some((each) => each.record === record))
    return refuse('livelihoods.only-of-a-grant')
  const given = day && when ? daySaid(day, when, moment) : accept(day)
  if (!given.ok) return given
  const opened = {
    amount: amount && writeMoney(amount),
    what: what?.trim(),
    day: given.value,
    correctedAt: moment.at,
  }
  const coded = { record, course, grant, running, quarter: on.value }
  return accept([draft(recordCorrected, stream, thisQuarter(moment), coded, opened)])
}

/** Marks a record, or (`participant.opening`) all of hers, as never having been; or takes that back. Refused: `livelihoods.no-such-record`. */
export function markInError(
  stream: StreamId,
  participant: Participant,
  record: EntryId,
  isInError: boolean,
  moment: Moment,
): Decision<Draft[]> {
  if (record !== participant.opening && !recordsOf(participant).some((each) => each.record === record))
    return refuse('livelihoods.no-such-record')
  const coded = { record, enteredInError: isInError }
  return accept([draft(enteredInError, stream, thisQuarter(moment), coded, { markedAt: moment.at })])
}

const recordsOf = ({ courses, grants, followUps }: Participant): readonly (Attended | Given | FollowedUp)[] => [
  ...courses,
  ...grants,
  ...followUps,
]

/** @param besides the record that is being corrected */
const isTwice = ({ courses }: Participant, course: Course, on: CivilDate, besides?: EntryId): boolean =>
  courses.some((each) => each.record !== besides && !each.enteredInError && each.course === course && each.on === on)

const quarterIn = (quarter: CivilDate | undefined, moment: Moment): Decision<CivilDate> =>
  quarterSaid(quarter, moment, { none: refuse('livelihoods.no-quarter'), ahead: refuse('livelihoods.not-yet') })

/** A day lies in the quarter that is counted, and has come. */
function daySaid(day: CivilDate | undefined, quarter: CivilDate, { today }: Moment): Decision<CivilDate | undefined> {
  if (day === undefined) return accept(undefined)
  if (precisionOf(day) !== 'day' || quarterOf(day) !== quarter) return refuse('livelihoods.day-outside-quarter')
  return day > today ? refuse('livelihoods.not-yet') : accept(day)
}
