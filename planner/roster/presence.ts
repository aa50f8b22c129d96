import { dearestOf } from './dearest.ts'
import type { Model, PersonModel } from './model.ts'

/** `missing`: so many at the least of the demands that are dearest to miss; `beside`: what others cost at the least that are missed. */
export type Absent = { readonly missing: number; readonly beside: number }

/**
 * Who is missing at the least, by counting who can be there: of any days in a row somebody works no more than her leave, her
 * rows and rests, her weekends and her minutes let her, and all together may be fewer than are asked for. A bound without an LP, which
 * a planner can follow on paper. Left out of it: shifts that may not follow one another, nights, and the days before.
 */
export function absentByPresence(model: Model): Absent {
  const dearest = dearestOf(model)
  let [missing, beside] = [0, 0]
  for (const kind of kindsOf(model)) {
    const under = model.under[kind[0] ?? 0] ?? 0
    const least = leastOfKind(model, kind)
    if (under === dearest) missing += least
    else beside += least * under
  }
  return { missing, beside }
}

/** Demands for the same people that cost the same: what is missing of one kind is paid beside what is missing of another. */
function kindsOf({ problem: { cover }, under, required }: Model): readonly (readonly number[])[] {
  const asked = [...cover.keys()].filter((demand) => (under[demand] ?? 0) > 0 && (required[demand] ?? 0) > 0)
  return [...Map.groupBy(asked, (demand) => `${under[demand]} ${cover[demand]?.skill ?? ''}`).values()]
}

/** How many are missing of them at the least. */
function leastOfKind(model: Model, kind: readonly number[]): number {
  const { days, problem, required } = model
  const demands = new Set(kind)
  const missing = windowsOf(days, (day) =>
    kind.reduce((sum, demand) => sum + (problem.cover[demand]?.day === day ? (required[demand] ?? 0) : 0), 0),
  )
  takeAll(model, missing, demands)
  const together = missingTogether(model, kind)
  // Of windows that do not overlap, those in which most are missing together.
  const most = new Float64Array(days + 1)
  for (let to = 0; to < days; to++) {
    let best = most[to] ?? 0
    for (let from = Math.max(0, to - longestWindow + 1); from <= to; from++) {
      const at = from * days + to
      best = Math.max(best, (most[from] ?? 0) + Math.max(missing[at] ?? 0, together?.[at] ?? 0))
    }
    most[to + 1] = best
  }
  return most[days] ?? 0
}

/** Days of a window at the most: of more, what is missing is the sum of its parts. */
const longestWindow = 42

/** For each first and last day (`first * days + last`), the sum of what is asked on them and between. */
function windowsOf(days: number, askedOn: (day: number) => number): Float64Array {
  const asked = Float64Array.from({ length: days }, (_, day) => askedOn(day))
  const sums = new Float64Array(days * days)
  for (let from = 0; from < days; from++) {
    let sum = 0
    for (let to = from; to < days; to++) {
      sum += asked[to] ?? 0
      sums[from * days + to] = sum
    }
  }
  return sums
}

/**
 * Where nobody is alone on any of these shifts: what is missing of them because everybody together is too few, and half of a shift is
 * none. Null where it is not so.
 */
function missingTogether(model: Model, kind: readonly number[]): Float64Array | null {
  const { days, problem, company, others, required } = model
  const leastOn = new Map<string, number>()
  for (const [index, { day, shift, least }] of company.entries())
    if (others[index] === 0) leastOn.set(`${day} ${shift}`, least)
  const shifts = new Set<string>()
  let [together, each] = [Infinity, Infinity]
  for (const demand of kind) {
    const { day, by } = problem.cover[demand] ?? { day: 0, by: [] }
    const shift = `${day} ${by[0]}`
    const least = by.length === 1 ? (leastOn.get(shift) ?? 1) : 1
    // A shift that is asked for twice would be counted twice.
    if (least < 2 || shifts.has(shift)) return null
    shifts.add(shift)
    together = Math.min(together, least)
    each = Math.min(each, required[demand] ?? 0)
  }
  const there = windowsOf(days, () => 0)
  const places = new Set(
    [...company.keys()].flatMap((index) => {
      const { day, shift } = company[index] ?? { day: 0, shift: '' }
      return shifts.has(`${day} ${shift}`) ? [problem.cover.length + index] : []
    }),
  )
  takeAll(model, there, places)
  const asked = windowsOf(days, (day) => kind.filter((demand) => problem.cover[demand]?.day === day).length)
  return asked.map((count, at) => each * (count - Math.floor(-(there[at] ?? 0) / together)))
}

/** Takes off of every window the most that each person can meet of these demands. */
function takeAll(model: Model, windows: Float64Array, demands: ReadonlySet<number>): void {
  for (const her of model.people) {
    const gains = gainsOf(model, her, demands)
    const gain = Math.max(...gains)
    if (gain > 0) takeHers(model, her, gains, gain * daysOfHers(model, her, demands), windows)
  }
}

/** How many of the demands she can meet on each day. */
function gainsOf({ days, actions }: Model, { may, meets }: PersonModel, demands: ReadonlySet<number>): Int32Array {
  return Int32Array.from({ length: days }, (_, day) => {
    let most = 0
    for (let at = day * actions + 1; at < (day + 1) * actions; at++) {
      if (may[at] === 0) continue
      let met = 0
      for (let k = meets.starts[at] ?? 0; k < (meets.starts[at + 1] ?? 0); k++)
        if (demands.has(meets.demands[k] ?? -1)) met++
      most = Math.max(most, met)
    }
    return most
  })
}

/** The days on which she can meet any of them at the most, by her minutes and her days on call alone. */
function daysOfHers(model: Model, { person, may, meets }: PersonModel, demands: ReadonlySet<number>): number {
  const { days, actions, minutes, onCall } = model
  let shortest = Infinity
  let free = 0
  for (let action = 1; action < actions; action++) {
    let isOne = false
    for (let day = 0; day < days; day++) {
      const at = day * actions + action
      if (may[at] === 0) continue
      for (let k = meets.starts[at] ?? 0; k < (meets.starts[at + 1] ?? 0); k++)
        if (demands.has(meets.demands[k] ?? -1)) isOne = true
    }
    if (!isOne) continue
    if ((minutes[action] ?? 0) > 0) shortest = Math.min(shortest, minutes[action] ?? 0)
    else free = onCall[action] === 1 ? person.mostOnCall : Infinity
    if (free === Infinity) return Infinity
  }
  return free + (shortest < Infinity ? Math.floor(person.mostMinutes / shortest) : 0)
}

/**
 * The most she meets from each day to each later one: over the days she has worked in a row or rested, and the weekends of hers. What
 * lies before the first day is not looked at: no row goes on over it, and she is rested.
 */
function takeHers(
  { days, problem: { startsOn } }: Model,
  { person }: PersonModel,
  gains: Int32Array,
  most: number,
  windows: Float64Array,
): void {
  const longest = Math.min(person.mostInARow, days)
  const rest = Math.min(Math.max(1, person.leastFreeInARow), days)
  const counted = Math.min(person.mostWeekends, Math.ceil(days / 7) + 1) + 1
  // Worked for 0 .. `longest` days (0: rested), then rested for 1 .. `rest - 1`.
  const runs = longest + rest
  let here = new Float64Array(runs * counted)
  let next = new Float64Array(runs * counted)
  for (let from = 0; from < days; from++) {
    here.fill(Number.NEGATIVE_INFINITY)
    here[0] = 0
    for (let day = from; day < Math.min(days, from + longestWindow); day++) {
      next.fill(Number.NEGATIVE_INFINITY)
      const weekday = (startsOn + day) % 7
      let best = 0
      for (let run = 0; run < runs; run++) {
        const works = run > 0 && run <= longest
        // Free: rested as before, or a day more, and whoever has rested long enough is as if she had never worked.
        const freed = run === 0 ? 0 : (works ? longest : run) + 1 < runs ? (works ? longest : run) + 1 : 0
        const worked = run < longest ? run + 1 : -1
        const isNew = weekday === 5 || (weekday === 6 && (!works || day === from)) ? 1 : 0
        for (let weekend = 0; weekend < counted; weekend++) {
          const value = here[run * counted + weekend] ?? Number.NEGATIVE_INFINITY
          if (value === Number.NEGATIVE_INFINITY) continue
          best = Math.max(best, value)
          const free = freed * counted + weekend
          next[free] = Math.max(next[free] ?? 0, value)
          if (worked < 0 || weekend + isNew >= counted) continue
          const met = value + (gains[day] ?? 0)
          best = Math.max(best, met)
          const work = worked * counted + weekend + isNew
          next[work] = Math.max(next[work] ?? 0, met)
        }
      }
      windows[from * days + day] = (windows[from * days + day] ?? 0) - Math.min(best, most)
      ;[here, next] = [next, here]
    }
  }
}
