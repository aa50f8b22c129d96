import type { Automaton } from './automaton.ts'
import { type Counted, type Table, Tables } from './counters.ts'
import type { Model, PersonModel, Row } from './model.ts'
import { isOfWeekend } from './weekends.ts'

export type Path = { readonly row: Row; readonly value: number }
/** The cheapest path, and up to `most - 1` others that are good. */
export type Search = (prices: Float64Array, most: number) => readonly Path[]

/** What searches write on, kept from one to the next; one runs at a time. */
export class Buffers {
  readonly tables = new Tables()
  readonly #floats = new Map<string, Float64Array>()
  readonly #integers = new Map<string, Int32Array>()

  floats(name: string, length: number): Float64Array {
    const known = this.#floats.get(name)
    if (known !== undefined && known.length >= length) return known
    const made = new Float64Array(length * 2)
    this.#floats.set(name, made)
    return made
  }

  integers(name: string, length: number): Int32Array {
    const known = this.#integers.get(name)
    if (known !== undefined && known.length >= length) return known
    const made = new Int32Array(length * 2)
    this.#integers.set(name, made)
    return made
  }
}

/**
 * Day by day, over the states of rows, rests and windows: for people whose windows bind, or who may work on a Sunday after a Friday
 * night and a free Saturday where that is one weekend. What a cell of a state leads to
 * is looked up.
 */
export function searchByDays(
  model: Model,
  her: PersonModel,
  counted: Counted,
  buffers: Buffers,
  tracksNights: boolean,
): Search {
  const automaton = her.automaton({ windows: true, nights: tracksNights, fridays: counted.mindsFridays })
  const steps = stepsOf(model, counted, buffers)
  const lowest = lowestCells(model, her, automaton, counted)
  return (prices, most) => shortest({ model, her, automaton, counted, steps, lowest, prices, most }, buffers)
}

type Steps = (day: number, isNewWeekend: boolean, action: number) => Table

function stepsOf(model: Model, counted: Counted, { tables }: Buffers): Steps {
  const byDay: Table[] = []
  for (let day = 0; day < model.days; day++) {
    for (const isNewWeekend of [false, true]) {
      for (let action = 0; action < model.actions; action++) {
        const grows = counted.counters.map(({ steps, from, to }) =>
          action > 0 && day >= from && day <= to ? steps(action, isNewWeekend) : 0,
        )
        byDay.push(tables.of(counted, grows))
      }
    }
  }
  const nothing: Table = { target: new Int32Array(0), cost: null }
  return (day, isNewWeekend, action) => byDay[(day * 2 + (isNewWeekend ? 1 : 0)) * model.actions + action] ?? nothing
}

/** By day and state: the first cell from which her least minutes can still be reached; beyond the end: none can. */
function lowestCells(
  { days, actions, minutes }: Model,
  { may }: PersonModel,
  automaton: Automaton,
  { unit, least, stride }: Counted,
): Int32Array {
  const { states, starts, moveAction, moveTo } = automaton
  let later = new Float64Array(states)
  const lowest = new Int32Array((days + 1) * states)
  const put = (day: number, reach: Float64Array): void => {
    for (let state = 0; state < states; state++) {
      const missing = Math.max(0, least - (reach[state] ?? 0))
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
        const most = (minutes[action] ?? 0) / unit + (later[moveTo[move] ?? 0] ?? 0)
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
  readonly counted: Counted
  readonly steps: Steps
  readonly lowest: Int32Array
  readonly prices: Float64Array
  readonly most: number
}

/** Day by day; `back` remembers for every cell the cell before it and the action. */
function shortest(given: Run, buffers: Buffers): readonly Path[] {
  const { model, automaton, counted } = given
  const size = automaton.states * counted.cells
  let here = buffers.floats('here', size)
  let next = buffers.floats('next', size)
  const back = buffers.integers('back', size * model.days)
  here.fill(Infinity, 0, size)
  here[automaton.start * counted.cells] = 0
  for (let day = 0; day < model.days; day++) {
    next.fill(Infinity, 0, size)
    for (let state = 0; state < automaton.states; state++) goOn(given, buffers, day, state, here, next, back)
    const swap = here
    here = next
    next = swap
  }
  return pathsOf(given, here, back, size)
}

/** From one state of a day to those of the next. */
function goOn(
  { model, her, automaton, counted: { cells, dominating }, steps, lowest, prices }: Run,
  buffers: Buffers,
  day: number,
  state: number,
  here: Float64Array,
  next: Float64Array,
  back: Int32Array,
): void {
  const { actions, overMidnight } = model
  const { startsOn } = model.problem
  const { states, starts, moveAction, moveTo } = automaton
  const alive = buffers.integers('alive', cells)
  const from = state * cells
  const count = aliveOf(here, from, lowest[day * states + state] ?? 0, cells, dominating, alive)
  if (count === 0) return
  const isBegun = isWeekendBegun(model, automaton, day, state)
  for (let move = starts[state] ?? 0; move < (starts[state + 1] ?? 0); move++) {
    const action = moveAction[move] ?? 0
    const price = prices[day * actions + action] ?? 0
    if (her.may[day * actions + action] === 0 || price === Infinity) continue
    const to = (moveTo[move] ?? 0) * cells
    const layer = day * states * cells + to
    const isNewWeekend = !isBegun && isOfWeekend(startsOn, day, overMidnight[action] === 1)
    const { target, cost } = steps(day, isNewWeekend, action)
    for (let index = 0; index < count; index++) {
      const cell = alive[index] ?? 0
      const reached = target[cell] ?? -1
      if (reached < 0) continue
      const value = (here[from + cell] ?? Infinity) + (cost === null ? price : price + (cost[cell] ?? 0))
      if (value >= (next[to + reached] ?? Infinity)) continue
      next[to + reached] = value
      back[layer + reached] = (from + cell) * actions + action
    }
  }
}

/** Whether work within the horizon has made the weekend of this day hers already. */
function isWeekendBegun({ problem }: Model, { isWork, ranOver }: Automaton, day: number, state: number): boolean {
  const weekday = (problem.startsOn + day) % 7
  if (weekday === 5) return day > 0 && ranOver[state] === 1
  return weekday === 6 && ((day > 0 && isWork[state] === 1) || (day > 1 && ranOver[state] === 2))
}

/** Cells that were reached and that no cell undercuts with as little counted; how many, written to `alive`. */
function aliveOf(
  values: Float64Array,
  from: number,
  first: number,
  cells: number,
  dominating: readonly Int32Array[],
  alive: Int32Array,
): number {
  let count = 0
  for (let cell = first; cell < cells; cell++) {
    const value = values[from + cell] ?? Infinity
    if (value === Infinity) continue
    let isUndercut = false
    for (const under of dominating) {
      const other = under[cell] ?? -1
      if (other >= first && (values[from + other] ?? Infinity) <= value) isUndercut = true
    }
    if (!isUndercut) alive[count++] = cell
  }
  return count
}

/** The best path, and the best of other last states. */
function pathsOf(
  { model, automaton, counted: { cells, ends }, most }: Run,
  here: Float64Array,
  back: Int32Array,
  size: number,
) {
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
