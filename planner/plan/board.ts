import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import { type ShiftCover, shiftsCovered, shiftsNeeded, shiftsOfOne, wholeWomen, womenNeeded } from './need.ts'
import type { Officer, OfficerGroup, PlanRules, Post, PostKey } from './words.ts'

/**
 * A trained woman at a post, from the first to the last of these days, as far as anybody knows: she `mayHave` served within the one
 * span, and surely did within the other. Null: it has no bound that anybody knows; null for `surely`: of no day.
 */
export type Served = { readonly post: PostKey; readonly mayHave: Days; readonly surely: Days | null }
export type Days = { readonly from: CivilDate | null; readonly to: CivilDate | null }

/** `isExact`: on the day before it had enough women, by what is known. Otherwise it may have been open for longer. */
export type OpenSince = { readonly on: CivilDate; readonly isExact: boolean }

/** A day on which certificates have expired, or officers have left: what the post then has, if nothing is done. */
export type CoverChange = {
  readonly on: CivilDate
  readonly expired: number
  readonly trained: number
  readonly covered: number
}

/** One post on the board. Shifts are of 28 days; `needs` whole women, `needsExactly` 4.42 of them. */
export type BoardLine = {
  readonly post: PostKey
  readonly needs: number
  readonly needsExactly: number
  readonly women: number
  readonly trained: number
  readonly shifts: readonly ShiftCover[]
  readonly needed: number
  readonly covered: number
  /** Open, and no woman serves there; and none who is trained. */
  readonly isWithoutWoman: boolean
  readonly isWithoutTrained: boolean
  /** Since when it has lacked women without a break; null: it does not, or nobody knows of any day before. */
  readonly openSince: OpenSince | null
  /** Within the months looked at: each expiry, and the first that opens a gap or widens it. */
  readonly changes: readonly CoverChange[]
  readonly opensOn: CivilDate | null
}

/**
 * The coverage board on a day, and the months to come: which shifts those who serve can cover, and on which day an
 * expiring certificate opens a gap before it happens. Posts in the order given.
 */
export function coverageBoard({
  posts,
  officers,
  groups,
  rules,
  served,
  knownSince,
  on,
  months,
}: {
  readonly posts: readonly Post[]
  readonly officers: readonly Officer[]
  readonly groups: readonly OfficerGroup[]
  readonly rules: PlanRules
  /** Who of the past is known of: at the posts, and trained. */
  readonly served: readonly Served[]
  /** The first day that was known of each post when nothing dated was; a post that is not in it has none. */
  readonly knownSince: ReadonlyMap<PostKey, CivilDate>
  readonly on: CivilDate
  readonly months: number
}): readonly BoardLine[] {
  const women = Map.groupBy(
    [...officers, ...groups].filter(({ isWoman }) => isWoman),
    ({ post }) => post,
  )
  const were = Map.groupBy(served, ({ post }) => post)
  return posts.map((post) => {
    const line = lineOf(post, women.get(post.key) ?? [], rules, on, months)
    const past = { served: were.get(post.key) ?? [], knownSince: knownSince.get(post.key) ?? null, on }
    return { ...line, openSince: line.trained < line.needs ? sinceOf(past, line.needs) : null }
  })
}

type Serving = Officer | OfficerGroup

const countOf = (serves: Serving): number => ('count' in serves ? serves.count : 1)

function lineOf(
  post: Post,
  women: readonly Serving[],
  rules: PlanRules,
  on: CivilDate,
  months: number,
): Omit<BoardLine, 'openSince'> {
  const needsExactly = womenNeeded(post.shifts, rules)
  const needs = wholeWomen(needsExactly)
  const needed = shiftsNeeded(post.shifts, rules)
  const trained = trainedOn(women, on)
  const cover = (count: number): number => Math.min(needed, count * shiftsOfOne(post.shifts, rules))
  const changes = changesOf(women, on, monthsLater(on, months)).map((day) => {
    const left = trainedOn(women, day)
    return { on: day, expired: trained - left, trained: left, covered: cover(left) }
  })
  return {
    post: post.key,
    needs,
    needsExactly,
    women: women.reduce((sum, each) => sum + countOf(each), 0),
    trained,
    shifts: shiftsCovered(post, trained, rules),
    needed,
    covered: cover(trained),
    isWithoutWoman: needed > 0 && women.every((each) => countOf(each) === 0),
    isWithoutTrained: needed > 0 && trained === 0,
    changes,
    opensOn: changes.find(({ covered }) => covered < cover(trained) - 1e-9)?.on ?? null,
  }
}

export function trainedOn(women: readonly Serving[], day: string): number {
  return women.reduce(
    (sum, each) =>
      sum +
      (each.training.isTrained && (each.training.until === null || each.training.until >= day) ? countOf(each) : 0),
    0,
  )
}

/** The day after each certificate's last, once. */
function changesOf(women: readonly Serving[], on: CivilDate, until: string): readonly CivilDate[] {
  const days = women.flatMap(({ training }) =>
    training.isTrained && training.until !== null && training.until >= on ? [daysAfter(training.until, 1)] : [],
  )
  return [...new Set(days)].filter((day) => day <= until).sort()
}

type Past = { readonly served: readonly Served[]; readonly knownSince: CivilDate | null; readonly on: CivilDate }

/**
 * The days are looked through backwards from `on`, from change to change, as long as it lacked women even if everybody served there who
 * may have. Where it lacked them before anything dated, it is open since its first known day at least.
 */
function sinceOf({ served, knownSince, on }: Past, needs: number): OpenSince | null {
  const mayHave = (day: CivilDate): number => served.filter((each) => isWithin(each.mayHave, day)).length
  const surely = (day: CivilDate): number => served.filter((each) => each.surely && isWithin(each.surely, day)).length
  const changes = served.flatMap((each) => [each.mayHave, ...(each.surely ? [each.surely] : [])].flatMap(boundsOf))
  const days = [...new Set(changes)].filter((day) => day <= on).toSorted((a, b) => (a < b ? 1 : -1))
  let since: CivilDate | null = null
  for (const day of days) {
    if (mayHave(day) >= needs) return since && { on: since, isExact: surely(daysAfter(since, -1)) >= needs }
    since = day
  }
  if (mayHave(since ? daysAfter(since, -1) : on) >= needs)
    return since && { on: since, isExact: surely(daysAfter(since, -1)) >= needs }
  return knownSince !== null && knownSince <= on ? { on: knownSince, isExact: false } : null
}

const isWithin = ({ from, to }: Days, day: CivilDate): boolean =>
  (from === null || from <= day) && (to === null || day <= to)

/** The days on which something is otherwise than on the day before. */
const boundsOf = ({ from, to }: Days): readonly CivilDate[] => [
  ...(from === null ? [] : [from]),
  ...(to === null ? [] : [daysAfter(to, 1)]),
]

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

// The days of a calendar that is counted on are days of the brand: nothing else is made here.
const civil = (date: Date): CivilDate => date.toISOString().slice(0, 10) as CivilDate

function monthsLater(day: CivilDate, months: number): CivilDate {
  const from = utc(day)
  return civil(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate())))
}
