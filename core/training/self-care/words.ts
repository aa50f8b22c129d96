import * as z from 'zod'
import { CivilDate, precisionOf } from '../../shared/dates.ts'
import type { Sex } from '../../shared/people.ts'

/** The three webinars, by what each is about (design of the training room, "Self-care"). */
export const SelfCareTopic = z.enum(['stress-and-secondary-trauma', 'recovering', 'what-leaders-owe'])
export type SelfCareTopic = z.infer<typeof SelfCareTopic>

/** The kind of unit that asks. Which one is not asked: of a small unit it would say who. */
export const UnitKind = z.enum(['women-and-children-protection', 'border-post', 'investigation', 'academy', 'other'])
export type UnitKind = z.infer<typeof UnitKind>

/** A webinar is about an hour: as long as this at the least and at the most, in minutes. */
export const shortest = 15
export const longest = 480

export const mostPeople = 10_000

const number = z.int().min(0).max(mostPeople)

/** Who was there, as counts and nothing else: `unknown` for those whose sex nobody said, since cameras and names are optional. */
export const AttendanceCounts = z
  .strictObject({ female: number, male: number, another: number, unknown: number })
  .refine((counts) => totalOf(counts) >= 1)
export type AttendanceCounts = Readonly<Record<Sex, number>>

export function totalOf({ female, male, another, unknown }: AttendanceCounts): number {
  return female + male + another + unknown
}

/** Groups smaller than this could be somebody (do-no-harm, "Officers": self-care is counted, never named). */
export const fewest = 5

/**
 * Whether the sexes may be told apart: not where any group is of fewer than five. Women or men of whom nobody came are such a
 * group; of the others only those who came.
 */
export const maySplit = ({ female, male, another, unknown }: AttendanceCounts): boolean =>
  female >= fewest && male >= fewest && [another, unknown].every((count) => count === 0 || count >= fewest)

export const Day = CivilDate.refine((date) => precisionOf(date) === 'day')
