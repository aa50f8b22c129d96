import { type CivilDate, daysAfter, precisionOf } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import type { BrokenAsKept, ByHand, Duties, RosterSaid } from '@lentera/core/workforce/cover/words'
import { type BrokenRule, rosterRules } from '@lentera/planner/checker'
import type { Roster, RosterProblem } from '@lentera/planner/roster'
import * as z from 'zod'
import type { OpenedCoverPlan, OpenedRoster } from '../../../device/desk.ts'
import { humane } from './humane.ts'
import type { Cell, Standing } from './roster-edits.ts'
import { isElsewhere } from './roster-sides.ts'
import { planOfText } from './saved.ts'

/** A roster as it is kept: the shifts of each officer's days, with commas between. */
export const dutiesOf = (roster: Roster): Duties =>
  Object.fromEntries(
    Object.entries(roster).map(([officer, days]) => [
      StreamId.parse(officer),
      // What stands in another roster is kept there.
      days.map((shift) => (shift === null || isElsewhere(shift) ? '' : shift)).join(','),
    ]),
  )

/**
 * The duties that were kept, for those who serve today: who came since is free, and who left is no longer on it. Where she is free, her
 * duty in another roster is seen.
 */
function rosterOf(duties: Duties, problem: RosterProblem): Roster {
  const known = new Set(problem.shifts.map(({ key }) => key))
  return Object.fromEntries(
    problem.people.map(({ key, elsewhere = [] }) => {
      const there = new Map(elsewhere.map(({ day, shift }) => [day, shift]))
      const said = StreamId.safeParse(key).data
      const days = (said ? duties[said] : undefined)?.split(',') ?? []
      return [
        key,
        Array.from({ length: problem.days }, (_, day) => {
          const shift = days[day] ?? ''
          return known.has(shift) ? shift : (there.get(day) ?? null)
        }),
      ]
    }),
  )
}

const Cells = z.array(z.strictObject({ person: z.string(), day: z.int().min(0) }))
const Unsaved = z.strictObject({
  of: z.string(),
  roster: z.record(z.string(), z.array(z.string().nullable())),
  hand: Cells,
  moved: Cells,
})

/** What stands on the screen and was not kept yet, with what it is the roster of. */
export const textOfStanding = (of: string, standing: Standing | undefined): string =>
  standing ? JSON.stringify({ of, ...standing }) : ''

/** Undefined of another roster, or where officers or shifts are others by now: then it is made anew. */
export function standingOfText(text: string | undefined, of: string, problem: RosterProblem): Standing | undefined {
  const unsaved = unsavedOf(text)
  if (unsaved?.of !== of) return undefined
  const { roster, hand, moved } = unsaved
  const known = new Set(problem.shifts.map(({ key }) => key))
  const isSame =
    Object.keys(roster).length === problem.people.length &&
    problem.people.every(({ key }) => roster[key]?.length === problem.days) &&
    Object.values(roster).every((row) => row.every((shift) => shift === null || known.has(shift)))
  return isSame ? { roster, hand, moved } : undefined
}

function unsavedOf(text: string | undefined): z.infer<typeof Unsaved> | undefined {
  try {
    return Unsaved.safeParse(JSON.parse(text ?? '')).data
  } catch {
    return undefined
  }
}

/**
 * Pairs of rosters that are kept of the same posts and tell of the same days, as two devices may keep them apart: both stand until a person
 * takes one back. Of each pair the second is the one that counts for what is made beside it (`rosterElsewhere`, `rosterBefore`).
 *
 * @param kept in the order of their codes
 */
export function ofTheSameDays<T extends Pick<OpenedRoster, 'said' | 'kept'>>(
  kept: readonly T[],
): readonly (readonly [T, T])[] {
  const standing = kept.filter(({ kept: each, said }) => !each.enteredInError && said.from !== undefined)
  const postsOf = ({ said }: T): string => [said.post, said.partner].filter(Boolean).sort().join()
  const overlap = (one: CivilDate, other: CivilDate): boolean =>
    one < daysAfter(other, humane.days) && other < daysAfter(one, humane.days)
  return standing.flatMap((one, at) =>
    standing
      .slice(at + 1)
      .filter((other) => postsOf(one) === postsOf(other))
      .filter(({ said }) => one.said.from && said.from && overlap(one.said.from, said.from))
      .map((other) => [one, other] as const),
  )
}

/** The days that a hand has set, officer by officer. */
export const byHandOf = (hand: readonly Cell[]): ByHand =>
  Object.fromEntries(
    [...Map.groupBy(hand, ({ person }) => person)].map(([person, cells]) => [
      StreamId.parse(person),
      cells.map(({ day }) => day).toSorted((a, b) => a - b),
    ]),
  )

/** The rules that a roster is kept with, though it breaks them. Shifts with somebody alone are said by themselves. */
export const brokenToKeep = (broken: readonly BrokenRule[]): BrokenAsKept =>
  broken
    .filter(({ code }) => code !== 'roster.alone')
    .map(({ code, person, shifts, days, found, allowed }) => ({
      code,
      person: person === null ? null : StreamId.parse(person),
      shifts: [...shifts],
      days: [...days],
      found,
      allowed,
    }))

/** The same as the checker says them; a rule that is no longer one is not said. */
export const brokenAsKept = (broken: BrokenAsKept): readonly BrokenRule[] =>
  broken.flatMap(({ code, ...rule }) => {
    const known = rosterRules.find((each) => each === code)
    return known ? [{ ...rule, code: known }] : []
  })

/** What stands when a roster that is kept is opened again: the marks of the hand on it, for those who are on it still. */
export function standingOf({ duties = {}, byHand = {} }: Partial<RosterSaid>, problem: RosterProblem): Standing {
  const roster = rosterOf(duties, problem)
  const hand = Object.entries(byHand).flatMap(([person, days]) =>
    Object.hasOwn(roster, person) ? days.filter((day) => day < problem.days).map((day) => ({ person, day })) : [],
  )
  return { roster, hand, moved: [] }
}

/** A day as the date field gives it; undefined while only a part of it is chosen. */
export const wholeDay = (date: CivilDate | null): CivilDate | undefined =>
  date !== null && precisionOf(date) === 'day' ? date : undefined

/** Of a day that the calendar does not have, or that is not whole yet: what is shown stays that of the day before. */
export const noSuchDay = { code: 'cover.no-such-day', values: {} } as const

/** The neighbour with whom a plan that is kept lets a post share its women on call; of several plans the last. */
export function poolIn(plans: readonly Pick<OpenedCoverPlan, 'kept' | 'said'>[], post: StreamId): string | undefined {
  const pools = plans
    .filter(({ kept }) => !kept.enteredInError)
    .flatMap(({ said }) => planOfText(said.drawn)?.actions ?? [])
    .flatMap((action) => (action.kind === 'pool' && action.posts.includes(post) ? [action.posts] : []))
  return pools.at(-1)?.find((each) => each !== post)
}
