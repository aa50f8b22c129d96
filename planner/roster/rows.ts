import { type Automaton, longestRemembered } from './automaton.ts'
import type { Model, PersonModel, Row } from './model.ts'

export type FoundRow = {
  /** Keeps every hard rule of hers; null: none was found (see `bound`). */
  readonly row: Row | null
  /** Its prices, and its balance. */
  readonly value: number
  /** No row of hers has less; infinite: she has no row at all. */
  readonly bound: number
  /** Other rows that keep the rules, good ones, for whoever collects them. */
  readonly others: readonly Row[]
}

export type RowFinder = {
  /** The cheapest row at a price for each day and action (`day * actions + action`, infinite where it may not be). */
  readonly find: (prices: Float64Array, wantsOthers?: boolean) => FoundRow
}

/**
 * The cheapest row of one person: a shortest path with resources over the days (Irnich & Desaulniers 2005). Rows and rests
 * are states; minutes, weekends and whatever else must be counted are counters beside them. A counter that no path has
 * broken yet is left out (decremental state-space relaxation, Righini & Salani 2008): what is found first is a bound, and
 * a rule that it breaks is counted from then on.
 */
export function createRowFinders(model: Model): readonly RowFinder[] {
  // One search runs at a time: all share what they write on.
  const buffers: Buffers = { here: new Float64Array(0), next: new Float64Array(0), back: new Int32Array(0) }
  return model.people.map((her) => createRowFinder(model, her, buffers))
}

function createRowFinder(model: Model, her: PersonModel, buffers: Buffers): RowFinder {
  const tracked = new Set<string>()
  let search = prepare(model, her, tracked, buffers)
  return {
    find: (prices, wantsOthers = false) => {
      let bound = Number.NEGATIVE_INFINITY
      let second: FoundRow | null = null
      for (;;) {
        const paths = search.run(prices, wantsOthers ? 4 : 1)
        const best = paths[0]
        if (best === undefined) return { row: null, value: Infinity, bound: Infinity, others: [] }
        bound = Math.max(bound, best.value)
        const faults = faultsOf(model, her, best.row)
        const unseen = faults.filter(({ name }) => !tracked.has(name))
        const keeping = paths.filter(({ row }) => faultsOf(model, her, row).every(({ isHard }) => !isHard))
        const rows = keeping.map(({ row }) => row)
        const kept = keeping[0]
        if (kept !== undefined) {
          const value = pricedAt(model, her, kept.row, prices)
          if (second === null || value < second.value) second = { row: kept.row, value, bound, others: rows.slice(1) }
        }
        if (unseen.length === 0) return { ...(second ?? { row: null, value: Infinity, others: [] }), bound }
        const wider = prepare(model, her, new Set([...tracked, ...unseen.map(({ name }) => name)]), buffers)
        // Too many counters together: the bound stands, and so does the best row that keeps the rules.
        if (wider.size > mostCells) return { ...(second ?? { row: null, value: Infinity, others: [] }), bound }
        for (const { name } of unseen) tracked.add(name)
        search = wider
      }
    },
  }
}

/** Cells of one day: beyond it a search takes seconds. */
const mostCells = 400_000

// ---------------------------------------------------------------- what a relaxed path breaks

type Fault = { readonly name: string; readonly isHard: boolean }

function faultsOf(model: Model, { person }: PersonModel, row: Row): readonly Fault[] {
  const { shifts } = model.problem
  const faults: Fault[] = []
  const worked = new Int32Array(model.actions)
  for (const action of row) worked[action] = (worked[action] ?? 0) + 1
  for (const [index, { key }] of shifts.entries()) {
    const most = person.mostShifts[key]
    if (most !== undefined && (worked[index + 1] ?? 0) > most) faults.push({ name: `shift ${index + 1}`, isHard: true })
  }
  for (const [index, balance] of person.balance.entries()) {
    const count = shifts.reduce((n, { key }, i) => n + (balance.shifts.includes(key) ? (worked[i + 1] ?? 0) : 0), 0)
    if (count < balance.low || count > balance.high) faults.push({ name: `balance ${index}`, isHard: false })
  }
  for (const [index, window] of person.windows.entries()) {
    const end = firstBroken(person.before, row, window)
    if (end === null) continue
    const isRemembered = window.days <= longestRemembered
    faults.push({ name: isRemembered ? 'windows' : `window ${index} ${end}`, isHard: true })
  }
  return faults
}

/** The day, worked, with which the first window that holds too many ends. */
function firstBroken(
  before: readonly unknown[],
  row: Row,
  { days, most }: { readonly days: number; readonly most: number },
): number | null {
  const isWorked = (day: number): boolean =>
    day < 0 ? (before[day + before.length] ?? null) !== null : (row[day] ?? 0) > 0
  for (let end = 0; end < row.length; end++) {
    if (!isWorked(end)) continue
    let count = 0
    for (let day = Math.max(-before.length, end - days + 1); day <= end; day++) if (isWorked(day)) count++
    if (count > most) return end
  }
  return null
}

function pricedAt(model: Model, { person }: PersonModel, row: Row, prices: Float64Array): number {
  let value = 0
  for (let day = 0; day < row.length; day++) value += prices[day * model.actions + (row[day] ?? 0)] ?? 0
  for (const { shifts, low, high, weight } of person.balance) {
    let count = 0
    for (const action of row) if (action > 0 && shifts.includes(model.problem.shifts[action - 1]?.key ?? '')) count++
    value += weight * (Math.max(0, low - count) + Math.max(0, count - high))
  }
  return value
}

// ---------------------------------------------------------------- counters

/**
 * A number that grows with the days worked, from 0 to `top`. Hard: it may not pass `top`. Soft: it stays at `top`, and each
 * step beyond costs `beyond`.
 */
type Counter = {
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

const free = (): number => 0

function countersOf(model: Model, her: PersonModel, tracked: ReadonlySet<string>): readonly Counter[] {
  const { person } = her
  const always = { from: 0, to: model.days - 1, beyond: 0 }
  const counters: Counter[] = []
  const weekends = new Set(
    Array.from({ length: model.days }, (_, day) => model.problem.startsOn + day)
      .filter((day) => day % 7 >= 5)
      .map((day) => Math.floor(day / 7)),
  ).size
  if (person.mostWeekends < weekends) {
    const steps = (_: number, isNewWeekend: boolean): number => (isNewWeekend ? 1 : 0)
    counters.push({ ...always, top: person.mostWeekends, isHard: true, steps, end: free })
  }
  for (const [index, { key }] of model.problem.shifts.entries()) {
    const most = person.mostShifts[key]
    if (most === undefined || !tracked.has(`shift ${index + 1}`)) continue
    counters.push({ ...always, top: most, isHard: true, steps: (action) => (action === index + 1 ? 1 : 0), end: free })
  }
  for (const [index, { shifts, low, high, weight }] of person.balance.entries()) {
    if (!tracked.has(`balance ${index}`)) continue
    const counts = model.problem.shifts.map(({ key }) => shifts.includes(key))
    const isBounded = high < model.days
    counters.push({
      ...always,
      top: isBounded ? high : Math.min(low, model.days),
      isHard: false,
      beyond: isBounded ? weight : 0,
      steps: (action) => (counts[action - 1] ? 1 : 0),
      end: (count) => weight * Math.max(0, low - count),
    })
  }
  for (const [index, { days, most }] of person.windows.entries()) {
    for (let end = 0; end < model.days; end++) {
      if (!tracked.has(`window ${index} ${end}`)) continue
      const earlier = person.before.slice(Math.max(0, person.before.length + end - days + 1))
      const top = Math.max(0, most - earlier.filter((shift) => shift !== null).length)
      const steps = (action: number): number => (action > 0 ? 1 : 0)
      counters.push({ top, isHard: true, beyond: 0, steps, from: Math.max(0, end - days + 1), to: end, end: free })
    }
  }
  return counters
}

/** Minutes are always counted where a bound can bind, in steps of what all her shifts have in common. */
function minutesOf(
  model: Model,
  { person, automaton }: PersonModel,
): { unit: number; least: number; counter: Counter } {
  const works = [...new Set(automaton(false).moveAction)].filter((action) => action > 0)
  const lengths = works.map((action) => model.minutes[action] ?? 0)
  const unit = lengths.reduce(divisor, 0) || 1
  const longest = Math.max(0, ...lengths)
  const most = Math.min(person.mostMinutes, mostByWindows(model, person, lengths))
  const isBinding = most < longest * model.days
  const least = Math.ceil(person.leastMinutes / unit)
  const counter: Counter = {
    top: isBinding ? Math.floor(most / unit) : least,
    isHard: isBinding,
    beyond: 0,
    steps: (action) => (model.minutes[action] ?? 0) / unit,
    from: 0,
    to: model.days - 1,
    end: (count) => (count < least ? Infinity : 0),
  }
  return { unit, least, counter }
}

/** A window over all days there are, and shifts of one length: a bound on minutes. */
function mostByWindows(model: Model, { windows, before }: PersonModel['person'], lengths: readonly number[]): number {
  const [length = 0] = lengths
  if (lengths.some((other) => other !== length)) return Infinity
  const earlier = before.filter((shift) => shift !== null).length
  const binding = windows.filter(({ days }) => days >= model.days + before.length)
  return Math.min(Infinity, ...binding.map(({ most }) => Math.max(0, most - earlier) * length))
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}

// ---------------------------------------------------------------- the search

type Path = { readonly row: Row; readonly value: number }
type Search = { readonly size: number; readonly run: (prices: Float64Array, most: number) => readonly Path[] }

type Buffers = { here: Float64Array; next: Float64Array; back: Int32Array }

function prepare(model: Model, her: PersonModel, tracked: ReadonlySet<string>, buffers: Buffers): Search {
  const automaton = her.automaton(tracked.has('windows'))
  const minutes = minutesOf(model, her)
  // Minutes first: the cells that can still reach her least minutes are then one stretch of each state.
  const counters = [minutes.counter, ...countersOf(model, her, tracked)]
  const sizes = counters.map(({ top }) => top + 1)
  const cells = sizes.reduce((product, size) => product * size, 1)
  const size = cells * automaton.states
  if (size > mostCells && tracked.size > 0) return { size, run: () => [] }
  const steps = stepsOf(model, counters, sizes, cells)
  const stride = cells / (sizes[0] ?? 1)
  const lowest = lowestCells(model, her, automaton, minutes, stride)
  const ends = endsOf(counters, sizes, cells)
  const run = (prices: Float64Array, most: number): readonly Path[] =>
    shortest(
      { model, her, automaton, cells, steps, lowest, ends, stride, prices, most, minutes: minutes.counter },
      buffers,
    )
  return { size, run }
}

type Steps = {
  /** By day, whether the weekend is new, and action: the cell each cell leads to, -1: none; null: itself. */
  readonly target: (day: number, isNewWeekend: boolean, action: number) => Int32Array
  /** What that costs; null: nothing. */
  readonly cost: (day: number, isNewWeekend: boolean, action: number) => Float64Array | null
}

function stepsOf(model: Model, counters: readonly Counter[], sizes: readonly number[], cells: number): Steps {
  const tables = new Map<string, { target: Int32Array; cost: Float64Array | null }>()
  const phases = Array.from({ length: model.days }, (_, day) =>
    counters.map(({ from, to }) => (day >= from && day <= to ? 1 : 0)).join(''),
  )
  const byDay = Array.from({ length: model.days * 2 * model.actions }, (_, index) => {
    const day = Math.floor(index / (2 * model.actions))
    const isNewWeekend = Math.floor(index / model.actions) % 2 === 1
    const action = index % model.actions
    const key = `${phases[day]} ${isNewWeekend} ${action}`
    const table = tables.get(key) ?? tableOf(counters, sizes, cells, day, isNewWeekend, action)
    tables.set(key, table)
    return table
  })
  const at = (day: number, isNewWeekend: boolean, action: number) =>
    byDay[(day * 2 + (isNewWeekend ? 1 : 0)) * model.actions + action]
  return {
    target: (day, isNewWeekend, action) => at(day, isNewWeekend, action)?.target ?? new Int32Array(0),
    cost: (day, isNewWeekend, action) => at(day, isNewWeekend, action)?.cost ?? null,
  }
}

function tableOf(
  counters: readonly Counter[],
  sizes: readonly number[],
  cells: number,
  day: number,
  isNewWeekend: boolean,
  action: number,
): { target: Int32Array; cost: Float64Array | null } {
  const target = new Int32Array(cells)
  const cost = new Float64Array(cells)
  const grows = counters.map(({ steps, from, to }) =>
    action > 0 && day >= from && day <= to ? steps(action, isNewWeekend) : 0,
  )
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

/** By day and state: the first cell from which her least minutes can still be reached; beyond the end: none can. */
function lowestCells(
  { days, actions, minutes: lengths }: Model,
  { may }: PersonModel,
  automaton: Automaton,
  minutes: { readonly unit: number; readonly least: number },
  stride: number,
): Int32Array {
  const { states, starts, moveAction, moveTo } = automaton
  let later = new Float64Array(states)
  const lowest = new Int32Array((days + 1) * states)
  const put = (day: number, reach: Float64Array): void => {
    for (let state = 0; state < states; state++) {
      const missing = Math.max(0, minutes.least - (reach[state] ?? 0))
      lowest[day * states + state] = Number.isFinite(missing) ? missing * stride : 2 ** 30
    }
  }
  put(days, later)
  for (let day = days - 1; day >= 0; day--) {
    const reach = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
    for (let state = 0; state < states; state++) {
      for (let move = starts[state] ?? 0; move < (starts[state + 1] ?? 0); move++) {
        const action = moveAction[move] ?? 0
        if (may[day * actions + action] === 0) continue
        const most = (lengths[action] ?? 0) / minutes.unit + (later[moveTo[move] ?? 0] ?? 0)
        if (most > (reach[state] ?? 0)) reach[state] = most
      }
    }
    later = reach
    put(day, later)
  }
  return lowest
}

type Run = {
  readonly model: Model
  readonly her: PersonModel
  readonly automaton: Automaton
  readonly cells: number
  readonly steps: Steps
  readonly lowest: Int32Array
  readonly ends: Float64Array
  readonly stride: number
  readonly minutes: Counter
  readonly prices: Float64Array
  readonly most: number
}

/** Day by day; `back` remembers for every cell the cell before it and the action. */
function shortest(given: Run, buffers: Buffers): readonly Path[] {
  const { model, her, automaton, cells, steps, lowest, stride, minutes, prices } = given
  const { days, actions } = model
  const { states, start, isWork, starts, moveAction, moveTo } = automaton
  const size = states * cells
  reserve(buffers, size, days)
  let { here, next } = buffers
  const { back } = buffers
  here.fill(Infinity, 0, size)
  here[start * cells] = 0
  let longest = 0
  for (let action = 1; action < actions; action++) longest = Math.max(longest, minutes.steps(action, false))
  for (let day = 0; day < days; day++) {
    next.fill(Infinity, 0, size)
    const top = Math.min(cells, (Math.min(minutes.top, day * longest) + 1) * stride)
    const weekday = (model.problem.startsOn + day) % 7
    for (let state = 0; state < states; state++) {
      const first = lowest[day * states + state] ?? 0
      if (first >= top) continue
      const isNewWeekend = weekday === 5 || (weekday === 6 && !(day > 0 && isWork[state] === 1))
      const from = state * cells
      for (let move = starts[state] ?? 0; move < (starts[state + 1] ?? 0); move++) {
        const action = moveAction[move] ?? 0
        const price = prices[day * actions + action] ?? 0
        if (her.may[day * actions + action] === 0 || price === Infinity) continue
        const to = (moveTo[move] ?? 0) * cells
        const layer = day * size + to
        const target = steps.target(day, isNewWeekend, action)
        const cost = steps.cost(day, isNewWeekend, action)
        for (let cell = first; cell < top; cell++) {
          const so = here[from + cell] ?? Infinity
          if (so === Infinity) continue
          const reached = target[cell] ?? -1
          if (reached < 0) continue
          const value = cost === null ? so + price : so + price + (cost[cell] ?? 0)
          if (value < (next[to + reached] ?? Infinity)) {
            next[to + reached] = value
            back[layer + reached] = (from + cell) * actions + action
          }
        }
      }
    }
    const swap = here
    here = next
    next = swap
  }
  return pathsOf(given, here, back, size)
}

/** The best path, and the best of other last states. */
function pathsOf({ model, automaton, cells, ends, most }: Run, here: Float64Array, back: Int32Array, size: number) {
  const finals: { cell: number; value: number }[] = []
  for (let state = 0; state < automaton.states; state++) {
    let best = { cell: -1, value: Infinity }
    for (let cell = 0; cell < cells; cell++) {
      const value = (here[state * cells + cell] ?? Infinity) + (ends[cell] ?? 0)
      if (value < best.value) best = { cell: state * cells + cell, value }
    }
    if (best.cell >= 0) finals.push(best)
  }
  return finals
    .toSorted((a, b) => a.value - b.value || a.cell - b.cell)
    .slice(0, most)
    .map(({ cell, value }): Path => {
      const row = new Uint8Array(model.days)
      let at = cell
      for (let day = model.days - 1; day >= 0; day--) {
        const step = back[day * size + at] ?? 0
        row[day] = step % model.actions
        at = Math.floor(step / model.actions)
      }
      return { row, value }
    })
}

function reserve(buffers: Buffers, size: number, days: number): void {
  if (buffers.here.length < size) {
    buffers.here = new Float64Array(size)
    buffers.next = new Float64Array(size)
  }
  if (buffers.back.length < size * days) buffers.back = new Int32Array(size * days)
}
