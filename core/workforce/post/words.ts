import * as z from 'zod'
import { CivilDate, precisionOf } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'

/** What kind of crossing a post watches: it says what facilities and which flows to expect, and no place. */
export const Crossing = z.enum(['road', 'bridge', 'river-landing', 'sea-port', 'airport', 'railway', 'other'])
export type Crossing = z.infer<typeof Crossing>

/** How much it matters that the post is covered, as the agency itself grades it. */
export const Risk = z.enum(['low', 'medium', 'high'])
export type Risk = z.infer<typeof Risk>

/** Whether something is there. Nobody may be posted where the first two are not known to be. */
export const There = z.enum(['yes', 'no', 'unknown'])
export type There = z.infer<typeof There>

/** Whether its agency says that the post must be covered whatever it costs: a rule that no plan may break, not a wish. */
export const Must = z.enum(['yes', 'no'])
export type Must = z.infer<typeof Must>

/** What a post must have before a woman is sent there, and what makes it a post where she stays. */
export const Facility = z.enum(['toilets', 'lodging', 'changingRoom', 'childCare'])
export type Facility = z.infer<typeof Facility>

/** Nobody is posted where separate toilets or safe lodging are missing or not known of (do no harm, "Officers"). */
export const neededToPost: readonly Facility[] = ['toilets', 'lodging']

/** 0 is a Monday. */
const Weekday = z.int().min(0).max(6)
export type Weekday = z.infer<typeof Weekday>
export const everyDay: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6]

/**
 * `starts`: minutes after midnight. `minutes`: how long it is; it may run into the next day. `weekdays`: those on which it begins, in
 * their order.
 */
const clock = { starts: z.int().min(0).max(1439), minutes: z.int().min(60).max(1440) } as const
export const Shift = z.strictObject({
  ...clock,
  weekdays: z
    .array(Weekday)
    .min(1)
    .refine((days) => days.every((day, index) => index === 0 || day > (days[index - 1] ?? day))),
})
export type Shift = z.infer<typeof Shift>

/** As it was written before the weekdays were: a number of days, which says nothing of which, unless it is all of them. */
const ShiftOfEveryDay = z
  .strictObject({ ...clock, daysAWeek: z.literal(7) })
  .transform(({ starts, minutes }): Shift => ({ starts, minutes, weekdays: [...everyDay] }))

/** When the post is open: day and night, by day, or in shifts that its agency names. */
export const Opening = z.discriminatedUnion('hours', [
  z.strictObject({ hours: z.literal('day-and-night') }),
  z.strictObject({ hours: z.literal('day') }),
  z.strictObject({
    hours: z.literal('shifts'),
    shifts: z
      .array(z.union([Shift, ShiftOfEveryDay]))
      .min(1)
      .max(8),
  }),
])
export type Opening = z.infer<typeof Opening>

/**
 * Minutes. Nobody is on duty for longer than twelve hours: an opening that is longer is divided. Ours, and no law; it leaves the eleven
 * hours of rest within a day that European Union, Directive 2003/88/EC, article 3, asks for. `shiftMinutes`: what a shift of a divided
 * opening lasts at most, the usual watch of border posts.
 */
export const longestDuty = 720
export const shiftMinutes = 480

/** A shift as it is worked: one that is longer than a duty may be, in as many equal ones as it takes; each is of the day it begins on. */
export function divided(shift: Shift, most = shiftMinutes): readonly Shift[] {
  if (shift.minutes <= Math.max(most, longestDuty)) return [shift]
  const parts = Math.ceil(shift.minutes / most)
  return Array.from({ length: parts }, (_, at) => {
    const [from, to] = [at, at + 1].map((part) => shift.starts + Math.round((shift.minutes * part) / parts))
    return atClock(shift, from ?? 0, to ?? 0)
  })
}

/** What begins after midnight begins on the next weekday. */
function atClock({ weekdays }: Shift, from: number, to: number): Shift {
  const days = Math.floor(from / 1440)
  const on = weekdays.map((day) => (day + days) % 7).toSorted((a, b) => a - b)
  return { starts: from % 1440, minutes: to - from, weekdays: on }
}

/**
 * The shifts of an opening; one that was written down longer than a duty may be is divided. Where an agency says no more than "24 hours" these are three of eight hours, the usual watch of border
 * posts; where it says "by day", two of six hours from six to six: a figure of ours, replaced as soon as it names its own shifts.
 */
export function shiftsOf(opening: Opening): readonly Shift[] {
  switch (opening.hours) {
    case 'day-and-night':
      return [360, 840, 1320].map((starts) => ({ starts, minutes: 480, weekdays: [...everyDay] }))
    case 'day':
      return [360, 720].map((starts) => ({ starts, minutes: 360, weekdays: [...everyDay] }))
    case 'shifts':
      return opening.shifts.flatMap((shift) => divided(shift))
  }
}

/**
 * What each shift is called by: its beginning (minutes after midnight), and a number where another of other weekdays begins at the
 * same time: `360`, `840`, `360/2`.
 */
export const namesOfShifts = (shifts: readonly Pick<Shift, 'starts'>[]): readonly string[] =>
  shifts.map(({ starts }, index) => {
    const before = shifts.slice(0, index).filter((each) => each.starts === starts).length
    return before === 0 ? `${starts}` : `${starts}/${before + 1}`
  })

/** Two shifts that begin in one minute of one day are one shift written twice; others may overlap, as a handing over does. */
export function isWrittenTwice(shifts: readonly Shift[]): boolean {
  const begun = shifts.flatMap(({ starts, weekdays }) => weekdays.map((day) => `${day} ${starts}`))
  return new Set(begun).size !== begun.length
}

/** Degrees, WGS 84. */
export const Position = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})
export type Position = z.infer<typeof Position>

/** How long it takes from one post to another, by the way that is used: minutes. */
export const Neighbour = z.strictObject({ post: StreamId, minutes: z.int().min(1).max(2880) })
export type Neighbour = z.infer<typeof Neighbour>

export const Day = CivilDate.refine((date) => precisionOf(date) === 'day')

/** More travellers a day than any crossing has, more open places than any post: slips of the keys. */
export const most = { flow: 500_000, vacancies: 500, neighbours: 40 } as const

/** Letters of the agency's own code of a post, of its name, and of a reason. */
export const longest = { code: 24, name: 120, reason: 200 } as const

/** The fields of a post, all of them sealed: of where it is, how it is equipped and when it is open nothing stands in the clear. */
export const sealedOfPost = [
  'code',
  'name',
  'crossing',
  'position',
  'opening',
  'flow',
  'risk',
  'toilets',
  'lodging',
  'changingRoom',
  'childCare',
  'vacancies',
  'mustBeCovered',
  'aloneBecause',
  'neighbours',
  'from',
  'until',
] as const
export type PostField = (typeof sealedOfPost)[number]

/**
 * What is said of a post. `aloneBecause`: the law or order by which one officer may be there alone; where nothing stands, nobody is. `flow`: travellers a day. `vacancies`: places nobody holds. `from`, `until`: first and last day it is
 * kept.
 */
export type PostSaid = {
  readonly code: string
  readonly name: string
  readonly crossing: Crossing
  readonly position: Position
  readonly opening: Opening
  readonly flow: number
  readonly risk: Risk
  readonly toilets: There
  readonly lodging: There
  readonly changingRoom: There
  readonly childCare: There
  readonly vacancies: number
  readonly mustBeCovered: Must
  readonly aloneBecause: string
  readonly neighbours: readonly Neighbour[]
  readonly from: CivilDate
  readonly until: CivilDate
}

/** A sealed field holds one text: whole words as they are, the rest as JSON of these schemas. */
export const textsOfPost = {
  code: z.string().min(1).max(longest.code),
  name: z.string().min(1).max(longest.name),
  crossing: Crossing,
  position: Position,
  opening: Opening,
  flow: z.int().min(0).max(most.flow),
  risk: Risk,
  toilets: There,
  lodging: There,
  changingRoom: There,
  childCare: There,
  vacancies: z.int().min(0).max(most.vacancies),
  mustBeCovered: Must,
  aloneBecause: z.string().min(1).max(longest.reason),
  neighbours: z.array(Neighbour).max(most.neighbours),
  from: Day,
  until: Day,
} as const satisfies Record<PostField, z.ZodType>
