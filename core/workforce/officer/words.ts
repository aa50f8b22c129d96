import * as z from 'zod'
import { CivilDate, precisionOf } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { ProgrammeLanguage } from '../../shared/languages.ts'
import type { Module } from '../../shared/modules.ts'
import { Day } from '../post/words.ts'
import type { Schema } from '../sealed-texts.ts'

/**
 * The modules whose valid certificates make an officer trained: seeing the signs and meeting the person. Whoever stands at a crossing
 * does both within minutes and hands over; to carry a case through is the work of those who take it on, so it is not asked of every
 * shift. A programme that asks for more says so here.
 */
export const modulesForTrained: readonly Module[] = ['see', 'meet']

/** Ends within so many days: time enough to send her to a course before the gap opens. */
export const soonDays = 90

export const Month = CivilDate.refine((date) => precisionOf(date) === 'month')

/**
 * What she offers and what is planned within. There is no field for saying no: who does not volunteer has said nothing, and nobody can
 * count who declined. `mostNights`: in 28 days, for whatever reason, which is never asked.
 */
export const Wishes = z.strictObject({
  volunteersForNights: z.boolean(),
  /** Posts to which she would move. */
  volunteersFor: z.array(StreamId).max(20),
  mostNights: z.int().min(0).max(28).nullable(),
})
export type Wishes = z.infer<typeof Wishes>

/** Days on which she is not there. No reason is asked: it would be her health, or a child. */
export const Absence = z.strictObject({ from: Day, to: Day })
export type Absence = z.infer<typeof Absence>

/** What she would have on one day of a roster: to be free, a shift, or not that shift. */
export const RosterWishKind = z.enum(['free', 'shift', 'not-shift'])
export type RosterWishKind = z.infer<typeof RosterWishKind>

/**
 * A wish for a roster: a soft one, which gives way where a shift would stay open. `starts`: the shift by its beginning, minutes after
 * midnight; null where the wish is a free day. `weight`: 1 would be nice, 2 matters, 3 matters much. No reason is asked, and nothing
 * says whether it was met: a wish is over with its day (docs/decisions, "Wishes lapse").
 */
export const RosterWish = z
  .strictObject({
    on: Day,
    wish: RosterWishKind,
    starts: z.int().min(0).max(1439).nullable(),
    weight: z.int().min(1).max(3),
  })
  .refine(({ wish, starts }) => (wish === 'free') === (starts === null))
export type RosterWish = z.infer<typeof RosterWish>

/**
 * A post at which she served before: from which day, where anybody said it, and until which day she was no longer there. It is told
 * with a move, so that the agency can still count who covered a post before she went.
 */
export const Stay = z.strictObject({ post: StreamId, from: Day.nullable(), until: Day })
export type Stay = z.infer<typeof Stay>

export const most = {
  stays: 60,
  languages: 12,
  rosterWishes: 60,
  absences: 60,
  reach: 720,
  yearsOfCertificate: 10,
  /** How far ahead a last day of service is written down: beyond, a slip of the pen. */
  yearsToLeave: 10,
  /** Officers marked at one session: those of one write. */
  marked: 200,
} as const

/**
 * Months that a certificate holds where its agency has not said otherwise, and where: a figure of ours, and no rule of anybody's. Whoever
 * sets another says where it stands.
 */
export const validityOfOurs = 24

/** Letters of a service number, a name, a rank, a home area and a source. */
export const longest = { number: 32, name: 120, rank: 60, home: 120, source: 200 } as const

/** The sealed fields of an officer. */
export const sealedOfOfficer = [
  'number',
  'name',
  'rank',
  'home',
  'languages',
  'wishes',
  'reach',
  'absences',
  'rosterWishes',
  'postedOn',
  'stays',
  'leftOn',
] as const
export type OfficerField = (typeof sealedOfOfficer)[number]

/**
 * Whoever says anything of her says all of these, blank where nothing is said, as they stood where nothing is new: whether she offers something,
 * or takes it back, is told neither by the name of a field nor by its length. `least`: letters of its JSON that a text has at least; with that all wishes
 * are of one size, and so are up to two absences, or eight wishes for a roster, or none. `marks`: how many earlier sayings one names that it was said
 * over: wishes for a roster are said one by one.
 */
export const carried = {
  number: { least: 0 },
  name: { least: 0 },
  rank: { least: 0 },
  home: { least: 0 },
  languages: { least: 0 },
  wishes: { least: 1000 },
  reach: { least: 240 },
  absences: { least: 240 },
  rosterWishes: { least: 1000, marks: 60 },
} as const satisfies Partial<Record<OfficerField, { readonly least: number; readonly marks?: number }>>

/**
 * What is said of an officer to her agency alone. `number`: her service number or a pseudonym: what the agency finds her again by.
 * `reach`: minutes from a call to her post; whoever offers to be on call gives one. `postedOn`: since when she is at her post.
 */
export type OfficerSaid = {
  readonly number: string
  readonly name: string
  readonly rank: string
  readonly home: string
  readonly languages: readonly ProgrammeLanguage[]
  readonly wishes: Wishes
  readonly reach: number
  readonly absences: readonly Absence[]
  readonly rosterWishes: readonly RosterWish[]
  readonly postedOn: CivilDate
  readonly stays: readonly Stay[]
  readonly leftOn: CivilDate
}

export const textsOfOfficer: { readonly [Field in OfficerField]: Schema<OfficerSaid[Field]> } = {
  number: z.string().min(1).max(longest.number),
  name: z.string().min(1).max(longest.name),
  rank: z.string().min(1).max(longest.rank),
  home: z.string().min(1).max(longest.home),
  languages: z.array(ProgrammeLanguage).max(most.languages),
  wishes: Wishes,
  reach: z.int().min(1).max(most.reach),
  absences: z.array(Absence).max(most.absences),
  rosterWishes: z.array(RosterWish).max(most.rosterWishes),
  postedOn: Day,
  stays: z.array(Stay).max(most.stays),
  leftOn: Day,
}

/**
 * The sealed fields of a certificate: which text was taught, from which day to which, and at which session. `validBy`: where it stands how
 * long it holds. `beyondSheet`: more were marked at the session than its sheet counts, and somebody said that they were there.
 */
export const sealedOfCertificate = ['moduleVersion', 'issued', 'until', 'session', 'validBy', 'beyondSheet'] as const
export type CertificateField = (typeof sealedOfCertificate)[number]
