import type { CivilDate } from '@lentera/core/shared/dates'
import { type ShiftCover, shiftsCovered, shiftsNeeded, shiftsOfOne, wholeWomen, womenNeeded } from './need.ts'
import type { Officer, OfficerGroup, PlanRules, Post, PostKey } from './words.ts'

/** How many trained women served at a post on a day, as somebody said or counted. */
export type CoverageFact = { readonly post: PostKey; readonly on: CivilDate; readonly trainedWomen: number }

/** A day on which certificates have expired: what the post then has, if nothing is done. */
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
  /** The first of the dated facts since which it lacked women without a break, and days since; null: it does not, or nobody said. */
  readonly openSince: CivilDate | null
  readonly openDays: number | null
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
  facts,
  on,
  months,
}: {
  readonly posts: readonly Post[]
  readonly officers: readonly Officer[]
  readonly groups: readonly OfficerGroup[]
  readonly rules: PlanRules
  readonly facts: readonly CoverageFact[]
  readonly on: CivilDate
  readonly months: number
}): readonly BoardLine[] {
  const women = Map.groupBy(
    [...officers, ...groups].filter(({ isWoman }) => isWoman),
    ({ post }) => post,
  )
  const said = Map.groupBy(facts, ({ post }) => post)
  return posts.map((post) => lineOf(post, women.get(post.key) ?? [], said.get(post.key) ?? [], rules, on, months))
}

type Serving = Officer | OfficerGroup

const countOf = (serves: Serving): number => ('count' in serves ? serves.count : 1)

function lineOf(
  post: Post,
  women: readonly Serving[],
  facts: readonly CoverageFact[],
  rules: PlanRules,
  on: CivilDate,
  months: number,
): BoardLine {
  const needsExactly = womenNeeded(post.shifts, rules)
  const needs = wholeWomen(needsExactly)
  const needed = shiftsNeeded(post.shifts, rules)
  const trained = trainedOn(women, on)
  const cover = (count: number): number => Math.min(needed, count * shiftsOfOne(post.shifts, rules))
  const changes = changesOf(women, on, monthsLater(on, months)).map((day) => {
    const left = trainedOn(women, day)
    return { on: day, expired: trained - left, trained: left, covered: cover(left) }
  })
  const lacks = trained < needs
  const openSince = lacks ? sinceOf(facts, needs, on) : null
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
    openSince,
    openDays: openSince === null ? null : daysBetween(openSince, on),
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
    training.isTrained && training.until !== null && training.until >= on ? [dayAfter(training.until)] : [],
  )
  return [...new Set(days)].filter((day) => day <= until).sort()
}

/** The oldest of the facts, from the newest backwards, that all say it lacked women. */
function sinceOf(facts: readonly CoverageFact[], needs: number, on: CivilDate): CivilDate | null {
  let since: CivilDate | null = null
  for (const fact of facts.filter((each) => each.on <= on).toSorted((a, b) => (a.on < b.on ? 1 : -1))) {
    if (fact.trainedWomen >= needs) break
    since = fact.on
  }
  return since
}

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

// The days of a calendar that is counted on are days of the brand: nothing else is made here.
const civil = (date: Date): CivilDate => date.toISOString().slice(0, 10) as CivilDate

function dayAfter(day: CivilDate): CivilDate {
  return civil(new Date(utc(day).getTime() + 86_400_000))
}

function monthsLater(day: CivilDate, months: number): CivilDate {
  const from = utc(day)
  return civil(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate())))
}

function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000)
}
