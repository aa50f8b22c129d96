import { type Draft, draftOf } from './draft.ts'
import { type Model, modelOf, type Row } from './model.ts'
import { isOfWeekend } from './weekends.ts'
import type { Company, CoverDemand, Person, RosterProblem, ShiftKey } from './words.ts'

/** Some people on some days as a problem of its own, what lies outside as given: far quicker to search than the whole. */
export type Excerpt = {
  readonly model: Model
  /** Indices in the whole; those of the excerpt are their places here. */
  readonly people: readonly number[]
  readonly demands: readonly number[]
  readonly from: number
  /** The first day that does not change. A few days after it stand in the excerpt, so that rows and rests go on over its end. */
  readonly end: number
  /** The rows that stand, as far as they lie in it. */
  readonly draft: Draft
}

export type Days = { readonly from: number; readonly end: number }

/**
 * `share`: the rows end with the excerpt, and what is left to each person is shared out by it; absent: what lies behind
 * the excerpt stands.
 */
export function excerptOf(
  model: Model,
  { rows, counts }: Draft,
  people: readonly number[],
  given: Days,
  share?: (rest: Person, index: number) => Person,
): Excerpt {
  const { problem } = model
  const from = wholeWeekend(model, given.from)
  const { end } = given
  const reach = share === undefined ? Math.max(0, ...people.map((index) => reachOf(model.people[index]?.person))) : 0
  const last = Math.min(problem.days, end + reach)
  const kept = people.map((index) => (rows[index] ?? new Uint8Array(model.days)).subarray(from, last))
  const demands: number[] = []
  for (const [demand, { day }] of problem.cover.entries()) if (day >= from && day < end) demands.push(demand)
  const own = countsOf(model, people, rows)
  const cover = demands.map((demand): CoverDemand => {
    const asked = problem.cover[demand] ?? nothingAsked
    const byOthers = (counts[demand] ?? 0) - (own[demand] ?? 0)
    return { ...asked, day: asked.day - from, required: asked.required - byOthers }
  })
  const company: Company[] = []
  const others: number[] = []
  for (const [index, asked] of model.company.entries()) {
    if (asked.day < from || asked.day >= end) continue
    const demand = problem.cover.length + index
    demands.push(demand)
    company.push({ ...asked, day: asked.day - from })
    others.push((counts[demand] ?? 0) - (own[demand] ?? 0))
  }
  const excerpt: RosterProblem = {
    days: last - from,
    startsOn: (problem.startsOn + from) % 7,
    ...(problem.weekendsByHours ? { weekendsByHours: true } : {}),
    shifts: problem.shifts,
    people: people.flatMap((index) => {
      const her = model.people[index]?.person
      if (her === undefined) return []
      const hers = within(model, her, rows[index] ?? new Uint8Array(0), { from, end, last })
      return [share === undefined ? hers : share(hers, index)]
    }),
    cover,
    company,
  }
  // What it costs to be alone is the whole's: days on which little is asked for are no reason to leave somebody so.
  const its = modelOf(excerpt, { others: Int32Array.from(others), lonely: model.lonely })
  return { model: its, people, demands, from, end, draft: draftOf(its, kept) }
}

/** Part of a weekend cannot be told from a whole one: it is taken in, its Friday night, too, where that is work of it. */
function wholeWeekend({ problem: { startsOn }, overMidnight }: Model, from: number): number {
  const first = overMidnight.includes(1) ? 4 : 5
  const weekday = (startsOn + from) % 7
  return weekday > first ? Math.max(0, from - (weekday - first)) : from
}

/** Days that are to be known on either side of the ones that change. */
export function reachOf(person: Person | undefined): number {
  if (person === undefined) return 0
  const { mostInARow, leastInARow, leastFreeInARow, mostNightsInARow = 0, windows, weekendWindow } = person
  const weekends = 7 * (weekendWindow?.weekends ?? 0)
  const rows = [mostInARow + 1, leastInARow, leastFreeInARow, Math.min(mostNightsInARow, mostInARow) + 1]
  return Math.max(...rows, weekends, ...windows.map(({ days }) => days - 1))
}

const nothingAsked: CoverDemand = { day: 0, by: [], skill: null, required: 0, under: 0, over: 0 }

function countsOf(model: Model, people: readonly number[], rows: readonly Row[]): Int32Array {
  const counts = new Int32Array(model.required.length)
  for (const index of people) {
    const meets = model.people[index]?.meets
    for (const [day, action] of (rows[index] ?? new Uint8Array(0)).entries()) {
      const at = day * model.actions + action
      for (let k = meets?.starts[at] ?? 0; k < (meets?.starts[at + 1] ?? 0); k++) {
        const demand = meets?.demands[k] ?? 0
        counts[demand] = (counts[demand] ?? 0) + 1
      }
    }
  }
  return counts
}

/** Her rules, less what she works outside. */
function within(model: Model, person: Person, row: Row, { from, end, last }: Days & { readonly last: number }): Person {
  const { problem } = model
  const keyOf = (action: number): ShiftKey | null => problem.shifts[action - 1]?.key ?? null
  const outside: Record<ShiftKey, number> = {}
  let minutes = 0
  let onCall = 0
  for (const [day, action] of row.entries()) {
    const shift = problem.shifts[action - 1]
    if (shift === undefined || (day >= from && day < last)) continue
    outside[shift.key] = (outside[shift.key] ?? 0) + 1
    minutes += shift.minutes
    if (shift.isOnCall) onCall++
  }
  const known = [...person.before, ...Array.from(row.subarray(0, from), keyOf)]
  const isChanged = (day: number): boolean => day >= from && day < end
  const moved = <T extends { readonly day: number }>(each: T): T => ({ ...each, day: each.day - from })
  return {
    key: person.key,
    skills: person.skills,
    mostShifts: Object.fromEntries(
      Object.entries(person.mostShifts).map(([key, most]) => [key, Math.max(0, most - (outside[key] ?? 0))]),
    ),
    mostOnCall: person.mostOnCall - onCall,
    leastMinutes: Math.max(0, person.leastMinutes - minutes),
    mostMinutes: person.mostMinutes - minutes,
    leastInARow: person.leastInARow,
    mostInARow: person.mostInARow,
    ...(person.mostNightsInARow === undefined ? {} : { mostNightsInARow: person.mostNightsInARow }),
    leastFreeInARow: person.leastFreeInARow,
    mostWeekends: person.mostWeekends - weekendsOutside(model, row, from, last),
    ...(person.weekendWindow ? { weekendWindow: person.weekendWindow } : {}),
    windows: person.windows,
    daysOff: person.daysOff.filter(isChanged).map((day) => day - from),
    // A night of the last day that changes reaches into the day after it.
    ...(person.away ? { away: person.away.filter((day) => day > from && day <= end).map((day) => day - from) } : {}),
    ...(person.elsewhere ? { elsewhere: person.elsewhere.filter(({ day }) => isChanged(day)).map(moved) } : {}),
    wishes: person.wishes.filter(({ day }) => isChanged(day)).map(moved),
    balance: person.balance.map(({ shifts, low, high, weight }) => {
      const worked = shifts.reduce((sum, key) => sum + (outside[key] ?? 0), 0)
      return { shifts, low: low - worked, high: Math.max(0, high - worked), weight }
    }),
    fixed: [
      ...person.fixed.filter(({ day }) => isChanged(day)).map(moved),
      ...Array.from(row.subarray(end, last), (action, index) => ({ day: end - from + index, shift: keyOf(action) })),
    ],
    before: from === 0 ? person.before : known.slice(-Math.max(1, reachOf(person))),
  }
}

/** Weekends worked outside, less one that is begun on the last days of the excerpt, which stand: there it counts. */
function weekendsOutside({ problem: { startsOn }, overMidnight }: Model, row: Row, from: number, last: number): number {
  const weekOf = (day: number): number => Math.floor((startsOn + day) / 7)
  const outside = new Set<number>()
  let isBegun = false
  for (const [day, action] of row.entries()) {
    if (action === 0 || !isOfWeekend(startsOn, day, overMidnight[action] === 1)) continue
    if (day < from || day >= last) outside.add(weekOf(day))
    else if (weekOf(day) === weekOf(last - 1)) isBegun = true
  }
  if (isBegun) outside.delete(weekOf(last - 1))
  return outside.size
}
