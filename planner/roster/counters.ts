import type { Model, PersonModel } from './model.ts'
import { weekendsThere } from './weekends.ts'
import type { ShiftKey, Window } from './words.ts'

/**
 * A number that grows with the days worked, from 0 to `top`. Hard: it may not pass `top`. Soft: it stays at `top`, and each
 * step beyond costs `beyond`.
 */
export type Counter = {
  readonly top: number
  readonly isHard: boolean
  readonly beyond: number
  /** Steps of an action; `isNewWeekend` where the day is the first one worked of its weekend. */
  readonly steps: (action: number, isNewWeekend: boolean) => number
  /** Days on which it counts. */
  readonly from: number
  readonly to: number
  /** Cost of ending at a count; infinite where that is forbidden. */
  readonly end: (count: number) => number
}

/**
 * All that is counted of one person, laid out in cells: counter 0, minutes, is the slowest, so that the cells with the
 * same minutes are one stretch of `stride`.
 */
export type Counted = {
  readonly counters: readonly Counter[]
  readonly sizes: readonly number[]
  readonly cells: number
  readonly stride: number
  readonly ends: Float64Array
  /** For each counter of which less is never worse (hard, without a least): the cell with one less; -1: none. */
  readonly dominating: readonly Int32Array[]
  /** Minutes of one step of counter 0, and the steps she has to work. */
  readonly unit: number
  readonly least: number
  /** Weekends are counted, and a Friday night is work of one. */
  readonly mindsFridays: boolean
  /** The same for people whose counters have the same tops: tables are theirs together. */
  readonly kind: string
}

/** @returns null where there would be more than `most` cells. */
export function countedOf(model: Model, her: PersonModel, tracked: ReadonlySet<string>, most: number): Counted | null {
  const { unit, least, counter } = minutesOf(model, her)
  const counters = [counter, ...countersOf(model, her, tracked)]
  const sizes = counters.map(({ top }) => top + 1)
  const cells = sizes.reduce((product, size) => product * size, 1)
  if (cells > most) return null
  const ends = endsOf(counters, sizes, cells)
  const dominating = counters.flatMap(({ isHard, end }, index) => {
    if (index === 0 || !isHard || end !== free) return []
    const stride = sizes.slice(index + 1).reduce((product, each) => product * each, 1)
    const size = sizes[index] ?? 1
    return [
      Int32Array.from({ length: cells }, (_, cell) => (Math.floor(cell / stride) % size > 0 ? cell - stride : -1)),
    ]
  })
  const kind = JSON.stringify(counters.map(({ top, isHard, beyond }) => [top, isHard, beyond]))
  const mindsFridays =
    model.overMidnight.includes(1) && counters.some(({ steps }) => steps(0, true) !== steps(0, false))
  const stride = cells / (sizes[0] ?? 1)
  return { counters, sizes, cells, stride, ends, dominating, unit, least, mindsFridays, kind }
}

/** Where each cell leads when every counter grows by its step, -1: nowhere; and what that costs, null: nothing. */
export type Table = { readonly target: Int32Array; readonly cost: Float64Array | null }

export class Tables {
  readonly #known = new Map<string, Table>()
  #cells = 0

  of(counted: Counted, grows: readonly number[]): Table {
    const key = `${counted.kind} ${grows.join()}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    // Whoever uses one keeps it: what is forgotten here is only made again.
    if (this.#cells > mostTableCells) {
      this.#known.clear()
      this.#cells = 0
    }
    const table = tableOf(counted, grows)
    this.#known.set(key, table)
    this.#cells += counted.cells
    return table
  }
}

const mostTableCells = 3e7

function tableOf(counted: Counted, grows: readonly number[]): Table {
  const { counters, sizes, cells } = counted
  const target = new Int32Array(cells)
  const cost = new Float64Array(cells)
  for (let cell = 0; cell < cells; cell++) {
    let left = cell
    let stride = 1
    let to = 0
    for (let i = counters.length - 1; i >= 0; i--) {
      const size = sizes[i] ?? 1
      const counter = counters[i]
      const count = (left % size) + (grows[i] ?? 0)
      left = Math.floor(left / size)
      if (counter === undefined) continue
      if (count > counter.top && counter.isHard) to = Number.NEGATIVE_INFINITY
      to += Math.min(count, counter.top) * stride
      cost[cell] = (cost[cell] ?? 0) + Math.max(0, count - counter.top) * counter.beyond
      stride *= size
    }
    target[cell] = to < 0 ? -1 : to
  }
  return { target, cost: cost.some((each) => each > 0) ? cost : null }
}

const free = (): number => 0

function countersOf(model: Model, her: PersonModel, tracked: ReadonlySet<string>): readonly Counter[] {
  const { person } = her
  const always = { from: 0, to: model.days - 1, beyond: 0 }
  const counters: Counter[] = []
  const whole = { from: 0, to: model.days - 1 }
  if (person.mostWeekends < weekendsThere(model.problem.startsOn, model.overMidnight.includes(1), whole)) {
    const steps = (_: number, isNewWeekend: boolean): number => (isNewWeekend ? 1 : 0)
    counters.push({ ...always, top: person.mostWeekends, isHard: true, steps, end: free })
  }
  for (const [index, { from, to, most }] of her.weekends.entries()) {
    if (!tracked.has(`weekends ${index}`)) continue
    const steps = (_: number, isNewWeekend: boolean): number => (isNewWeekend ? 1 : 0)
    counters.push({ top: most, isHard: true, beyond: 0, steps, from, to, end: free })
  }
  for (const [index, { key }] of model.problem.shifts.entries()) {
    const most = person.mostShifts[key]
    if (most === undefined || !tracked.has(`shift ${index + 1}`)) continue
    counters.push({ ...always, top: most, isHard: true, steps: (action) => (action === index + 1 ? 1 : 0), end: free })
  }
  if (tracked.has('on call')) {
    const steps = (action: number): number => model.onCall[action] ?? 0
    counters.push({ ...always, top: person.mostOnCall, isHard: true, steps, end: free })
  }
  for (const [index, { counts, low, high, weight }] of her.balance.entries()) {
    if (!tracked.has(`balance ${index}`)) continue
    const isBounded = high < model.days
    counters.push({
      ...always,
      top: isBounded ? high : Math.min(low, model.days),
      isHard: false,
      beyond: isBounded ? weight : 0,
      steps: (action) => counts[action] ?? 0,
      end: (count) => weight * Math.max(0, low - count),
    })
  }
  for (const [index, window] of person.windows.entries()) {
    const { days, most } = window
    for (let end = 0; end < model.days; end++) {
      if (!tracked.has(`window ${index} ${end}`)) continue
      const earlier = person.before.slice(Math.max(0, person.before.length + end - days + 1))
      const top = Math.max(0, most - earlier.filter((shift) => countsIn(window, shift)).length)
      const counts = [null, ...model.problem.shifts.map(({ key }) => key)].map((shift) => countsIn(window, shift))
      const steps = (action: number): number => (counts[action] ? 1 : 0)
      counters.push({ top, isHard: true, beyond: 0, steps, from: Math.max(0, end - days + 1), to: end, end: free })
    }
  }
  return counters
}

/** Whether a day of that shift is one of those a window bounds. */
export const countsIn = ({ shifts }: Window, shift: ShiftKey | null): boolean =>
  shift !== null && (shifts?.includes(shift) ?? true)

/** Minutes are always counted where a bound can bind, in steps of what all her shifts have in common. */
function minutesOf(model: Model, her: PersonModel): { unit: number; least: number; counter: Counter } {
  const { person } = her
  const lengths = model.problem.shifts.filter(({ key }) => person.mostShifts[key] !== 0).map(({ minutes }) => minutes)
  const unit = lengths.reduce(divisor, 0) || 1
  const longest = Math.max(0, ...lengths)
  const most = Math.min(person.mostMinutes, mostByWindows(model, person, lengths))
  const isShared = her.balance.some((_, index) => isOfMinutes(model, her, index))
  const isBinding = most < longest * model.days || isShared
  const least = Math.ceil(person.leastMinutes / unit)
  const counter: Counter = {
    top: isBinding ? Math.floor(Math.min(most, longest * model.days) / unit) : least,
    isHard: isBinding,
    beyond: 0,
    // Where no minutes bind, there is nothing to tell rows apart by.
    steps: (action) => (isBinding || least > 0 ? (model.minutes[action] ?? 0) / unit : 0),
    from: 0,
    to: model.days - 1,
    end: (count) => (count < least ? Infinity : shareCost(model, her, (count * unit) / longest)),
  }
  return { unit, least, counter }
}

/**
 * Balance over all shifts, which have one length, is a matter of minutes: no counter of its own. Standby of no minutes that it does
 * not count changes nothing of it.
 */
export function isOfMinutes({ minutes, actions, days }: Model, { balance, may }: PersonModel, index: number): boolean {
  const lengths = new Set<number>()
  for (let action = 1; action < actions; action++) {
    let isWorked = false
    for (let day = 0; day < days; day++) if (may[day * actions + action] === 1) isWorked = true
    if (!isWorked) continue
    if (balance[index]?.counts[action] === 1) lengths.add(minutes[action] ?? 0)
    else if (minutes[action] !== 0) return false
  }
  return lengths.size === 1 && !lengths.has(0)
}

function shareCost(model: Model, her: PersonModel, worked: number): number {
  return her.balance.reduce((cost, { low, high, weight }, index) => {
    if (!isOfMinutes(model, her, index)) return cost
    return cost + weight * (Math.max(0, low - worked) + Math.max(0, worked - high))
  }, 0)
}

/** A window over all days there are, and shifts of one length: a bound on minutes. */
function mostByWindows(model: Model, { windows, before }: PersonModel['person'], lengths: readonly number[]): number {
  const [length = 0] = lengths
  if (lengths.some((other) => other !== length)) return Infinity
  const earlier = before.filter((shift) => shift !== null).length
  const binding = windows.filter(({ days, shifts }) => days >= model.days + before.length && shifts === undefined)
  return Math.min(Infinity, ...binding.map(({ most }) => Math.max(0, most - earlier) * length))
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}

/** Cost of ending in each cell; infinite where that is forbidden. */
function endsOf(counters: readonly Counter[], sizes: readonly number[], cells: number): Float64Array {
  return Float64Array.from({ length: cells }, (_, cell) => {
    let left = cell
    let cost = 0
    for (let i = counters.length - 1; i >= 0; i--) {
      const size = sizes[i] ?? 1
      cost += counters[i]?.end(left % size) ?? 0
      left = Math.floor(left / size)
    }
    return cost
  })
}
