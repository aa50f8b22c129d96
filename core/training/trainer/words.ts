import * as z from 'zod'
import { CivilDate, precisionOf } from '../../shared/dates.ts'
import { PersonKey, StreamId } from '../../shared/ids.ts'

/**
 * What an officer does on her way to a certificate, and after it (`led`). How often each is needed before somebody may certify
 * her: design of the training room, "Trainers": all three modules passed, the five-day course, two sessions co-led, observed twice.
 */
export const stepsNeeded = {
  'passed-see': 1,
  'passed-meet': 1,
  'passed-carry-through': 1,
  'five-day-course': 1,
  'co-led': 2,
  observed: 2,
  led: 0,
} as const
export type Step = keyof typeof stepsNeeded
export const Step = z.enum(Object.keys(stepsNeeded) as [Step, ...Step[]])

/** Steps that are taken at a session: it may be named, so that one session is not counted twice. */
export const atSession: ReadonlySet<Step> = new Set<Step>(['co-led', 'observed', 'led'])

/** How long a certificate stands, in years: design of the training room, "Trainers". */
export const certificateYears = 2

/** Ends within so many days: time enough to plan who renews it. */
export const soonDays = 90

export { ModuleVersion } from '../../shared/modules.ts'

/** Who certifies: a national trainer by her key, or those the programme began with, whom nobody here certified. */
export const Certifier = z.union([PersonKey, z.literal('founding-trainers')])
export type Certifier = z.infer<typeof Certifier>

/** Why a certificate lapsed before its time. */
export const LapseReason = z.enum(['module-changed', 'left-the-service', 'standard-not-met', 'at-her-own-wish'])
export type LapseReason = z.infer<typeof LapseReason>

export const Day = CivilDate.refine((date) => precisionOf(date) === 'day')

/** A trainer's stream is named by her key: two people who write her down apart meet on it, and she is one. */
export const trainerStream = (trainer: PersonKey): StreamId => StreamId.parse(trainer)

/** The last day on which a certificate given on this day stands by itself: the same day, two years on. */
export function lastDayOf(certifiedOn: CivilDate): CivilDate {
  const year = Number(certifiedOn.slice(0, 4)) + certificateYears
  const same = CivilDate.safeParse(`${year}${certifiedOn.slice(4)}`)
  return same.success ? same.data : CivilDate.parse(`${year}-02-28`)
}
