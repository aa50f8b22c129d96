import { nightsBefore } from './automaton.ts'
import type { Buffers, Path, Search } from './by-days.ts'
import type { Counted, Table } from './counters.ts'
import type { Model, PersonModel } from './model.ts'

/**
 * Stretch by stretch: first the best way to work each run of days alone, then the runs one after another with rest
 * between them. Far fewer cells than day by day, but windows must be counters or not bind.
 *
 * A stretch is known by its first day and its *sum*, what it adds to the counters; how it is best filled is found over
 * classes of shifts that may stand for one another.
 */
export function searchByStretches(
  model: Model,
  her: PersonModel,
  counted: Counted,
  buffers: Buffers,
  tracksNights: boolean,
): Search {
  const plan = planOf(model, her, counted, buffers, tracksNights)
  return (prices, most) => new Walk(model, her, counted, plan, buffers, prices).paths(most)
}

// ---------------------------------------------------------------- what does not depend on prices

/**
 * Shifts of one class may follow, and be followed by, the same shifts, and count the same. `night`: where nights are tracked, the how
 * manieth in a row it is, a class for each; 0 of any other shift. `isOver`: it makes a Friday one of the weekend.
 */
type Class = {
  readonly actions: readonly number[]
  readonly sign: number
  readonly night: number
  readonly isOver: boolean
}

type Sum = { readonly length: number; readonly grows: readonly number[] }

type Plan = {
  readonly classes: readonly Class[]
  /** Sets of classes that may come before another; and of each class, which of them is its own. */
  readonly earlier: readonly Int32Array[]
  readonly earlierOf: Int32Array
  /** 1 where the class may follow the last day before; and 1 where it may follow a day of rest. */
  readonly mayGoOn: Uint8Array
  readonly mayBegin: Uint8Array
  readonly signs: number
  readonly sums: readonly Sum[]
  readonly levels: Int32Array
  /** The sum reached by a sign, and the one it came from: `sum * signs + sign`; -1: none. */
  readonly after: Int32Array
  readonly from: Int32Array
  /** `first day * sums + sum`; behind all of them, those that end with a Friday night, where that is work of a weekend. */
  readonly tables: readonly (Table | null)[]
  readonly mindsFridays: boolean
  /** By day: the first cell from which her least minutes can still be reached. */
  readonly lowest: Int32Array
  readonly longest: number
  readonly rest: number
  readonly begin: Beginning
}

/** How the days before bind the first ones. */
type Beginning =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'rests'; readonly days: number }
  | { readonly kind: 'works'; readonly least: number; readonly most: number }

function planOf(model: Model, her: PersonModel, counted: Counted, buffers: Buffers, tracksNights: boolean): Plan {
  const { person } = her
  const begin = beginningOf(her)
  const most = Math.min(person.mostInARow, model.days)
  const mostNights = tracksNights ? Math.min(person.mostNightsInARow ?? Infinity, most) : null
  const { classes, earlier, earlierOf, mayGoOn, mayBegin, signVectors } = classesOf(model, her, counted, mostNights)
  const { sums, levels, after, from } = sumsOf(signVectors, most, counted)
  const rest = Math.max(1, person.leastFreeInARow)
  return {
    classes,
    earlier,
    earlierOf,
    mayGoOn,
    mayBegin,
    signs: signVectors.length,
    sums,
    levels,
    after,
    from,
    tables: tablesOf(model, counted, sums, buffers),
    mindsFridays: counted.mindsFridays,
    lowest: lowestOf(model, her, counted, most, rest),
    longest: most,
    rest,
    begin,
  }
}

function beginningOf({ person }: PersonModel): Beginning {
  const { before, leastInARow, mostInARow, leastFreeInARow } = person
  const last = before.at(-1)
  if (last === undefined) return { kind: 'unknown' }
  const works = last !== null
  const start = before.findLastIndex((shift) => (shift !== null) !== works) + 1
  const run = before.length - start
  const isOpen = start === 0
  if (!works) return { kind: 'rests', days: isOpen ? 0 : Math.max(0, leastFreeInARow - run) }
  return { kind: 'works', least: isOpen ? 0 : Math.max(0, leastInARow - run), most: Math.max(0, mostInARow - run) }
}

/** `mostNights`: in a row; null where they are not tracked. */
function classesOf(
  model: Model,
  { person, may }: PersonModel,
  { counters, mindsFridays }: Counted,
  mostNights: number | null,
) {
  const { shifts } = model.problem
  const last = model.days - 1
  const works = shifts
    .map((_, index) => index + 1)
    .filter((action) => Array.from({ length: model.days }, (_, day) => may[day * model.actions + action]).includes(1))
  const mayFollow = (earlier: number, later: number): boolean => model.follows[earlier * model.actions + later] === 1
  const isNight = (action: number): boolean => mostNights !== null && model.nights[action] === 1
  const isOver = (action: number): boolean => mindsFridays && model.overMidnight[action] === 1
  const before = shifts.findIndex(({ key }) => key === person.before.at(-1)) + 1
  const signOf = (action: number): number[] =>
    counters.map(({ steps, from, to }) => (from === 0 && to === last ? steps(action, false) : 0))
  const keyOf = (action: number): string =>
    JSON.stringify([
      works.map((other) => mayFollow(action, other)),
      works.map((other) => mayFollow(other, action)),
      signOf(action),
      mayFollow(before, action),
      isNight(action),
      isOver(action),
    ])
  const groups = [...Map.groupBy(works, keyOf).values()]
  const vectors = new Map(groups.map(([action = 0]) => [signOf(action).join(), signOf(action)]))
  const signVectors = [...vectors.values()]
  const signKeys = [...vectors.keys()]
  const classes = groups.flatMap((actions) => {
    const [action = 0] = actions
    const one = { actions, sign: signKeys.indexOf(signOf(action).join()), isOver: isOver(action) }
    if (!isNight(action)) return [{ ...one, night: 0 }]
    return Array.from({ length: mostNights ?? 0 }, (_, index): Class => ({ ...one, night: index + 1 }))
  })
  const sets = new Map<string, number>()
  const earlier: Int32Array[] = []
  const earlierOf = Int32Array.from(classes, (later) => {
    const set = classes.flatMap((kind, index) => {
      const isNext = later.night === 0 || kind.night === later.night - 1
      return isNext && mayFollow(kind.actions[0] ?? 0, later.actions[0] ?? 0) ? [index] : []
    })
    const number = sets.get(set.join()) ?? earlier.push(Int32Array.from(set)) - 1
    sets.set(set.join(), number)
    return number
  })
  const next = nightsBefore(model.problem, person.before) + 1
  const mayGoOn = Uint8Array.from(classes, ({ actions: [action = 0], night }) =>
    (before === 0 || mayFollow(before, action)) && (night === 0 || night === next) ? 1 : 0,
  )
  const mayBegin = Uint8Array.from(classes, ({ night }) => (night <= 1 ? 1 : 0))
  return { classes, earlier, earlierOf, mayGoOn, mayBegin, signVectors }
}

function sumsOf(signVectors: readonly (readonly number[])[], most: number, { counters }: Counted) {
  const sums: Sum[] = [{ length: 0, grows: counters.map(() => 0) }]
  const levels = [0, 1]
  const after: number[] = []
  const from: number[][] = [[]]
  for (let length = 1; length <= most; length++) {
    const numbers = new Map<string, number>()
    for (let sum = levels[length - 1] ?? 0; sum < (levels[length] ?? 0); sum++) {
      for (const [sign, vector] of signVectors.entries()) {
        const grows = vector.map((step, index) => step + (sums[sum]?.grows[index] ?? 0))
        const key = grows.join()
        const number = numbers.get(key) ?? sums.push({ length, grows }) - 1
        numbers.set(key, number)
        after[sum * signVectors.length + sign] = number
        from[number] ??= []
        const back = from[number]
        if (back !== undefined) back[sign] = sum
      }
    }
    levels.push(sums.length)
  }
  const signs = signVectors.length
  return {
    sums,
    levels: Int32Array.from(levels),
    after: Int32Array.from({ length: sums.length * signs }, (_, index) => after[index] ?? -1),
    from: Int32Array.from({ length: sums.length * signs }, (_, i) => from[Math.floor(i / signs)]?.[i % signs] ?? -1),
  }
}

function tablesOf(model: Model, counted: Counted, sums: readonly Sum[], buffers: Buffers): (Table | null)[] {
  const known = new Map<string, Table>()
  const tables: (Table | null)[] = []
  for (const endsOver of counted.mindsFridays ? [false, true] : [false]) {
    for (let first = 0; first < model.days; first++) {
      let days = { length: -1, grows: [0], key: '' }
      for (const [index, { length, grows }] of sums.entries()) {
        if (length === 0 || first + length > model.days || (endsOver && !isFriday(model, first + length - 1))) {
          tables.push(null)
          continue
        }
        if (days.length !== length) days = byDaysAlone(model, counted, first, length, endsOver)
        const key = `${index} ${days.key}`
        const all = (): number[] => grows.map((grow, counter) => grow + (days.grows[counter] ?? 0))
        const table = known.get(key) ?? buffers.tables.of(counted, all())
        known.set(key, table)
        tables.push(table)
      }
    }
  }
  return tables
}

const isFriday = ({ problem }: Model, day: number): boolean => (problem.startsOn + day) % 7 === 4

/** What a stretch adds to counters of weekends and of some days, whichever shifts are worked; `endsOver`: with a Friday night. */
function byDaysAlone(model: Model, { counters }: Counted, first: number, length: number, endsOver: boolean) {
  const grows = counters.map(({ from, to, steps }) => {
    const isByAction = from === 0 && to === model.days - 1
    let sum = 0
    for (let day = first; day < first + length; day++) {
      const weekday = (model.problem.startsOn + day) % 7
      const isLastOver = endsOver && day === first + length - 1
      const isNewWeekend = weekday === 5 || (weekday === 6 && day === first) || isLastOver
      if (isByAction) sum += steps(1, isNewWeekend) - steps(1, false)
      else if (day >= from && day <= to) sum += steps(1, isNewWeekend)
    }
    return sum
  })
  return { length, grows, key: grows.join() }
}

function lowestOf(model: Model, her: PersonModel, counted: Counted, most: number, rest: number): Int32Array {
  const { days, actions, minutes } = model
  const dayMost = Float64Array.from({ length: days }, (_, day) => {
    let longest = Number.NEGATIVE_INFINITY
    for (let action = 1; action < actions; action++) {
      if (her.may[day * actions + action] === 1) longest = Math.max(longest, (minutes[action] ?? 0) / counted.unit)
    }
    return longest
  })
  const reach = new Float64Array(days + 1)
  for (let day = days - 1; day >= 0; day--) {
    let best = reach[day + 1] ?? 0
    let sum = 0
    for (let length = 1; length <= most && day + length <= days; length++) {
      sum += dayMost[day + length - 1] ?? 0
      best = Math.max(best, sum + (reach[Math.min(days, day + length + rest)] ?? 0))
    }
    reach[day] = best
  }
  return Int32Array.from(reach, (each) => Math.max(0, counted.least - each) * counted.stride)
}

// ---------------------------------------------------------------- one search

const byFreeDay = -1
const byRestFromTheStart = -2

class Walk {
  readonly #model: Model
  readonly #her: PersonModel
  readonly #counted: Counted
  readonly #plan: Plan
  readonly #prices: Float64Array
  /** Best value of each cell at the beginning of a day on which she may begin to work: `day * cells + cell`. */
  readonly #value: Float64Array
  /** How it was reached: a stretch (`first day * sums + sum`, as the plan's tables have it) or one of the two above, and from which cell. */
  readonly #by: Int32Array
  readonly #fromCell: Int32Array
  /** Of the stretches: the class before, by `(first day * sums + sum) * classes + class`. */
  readonly #before: Int32Array
  readonly #lastClass: Int32Array
  /** The cheapest shift of each class on each day. */
  readonly #price: Float64Array
  readonly #action: Int32Array
  readonly #freePrice: Float64Array
  readonly #freeForbidden: Int32Array
  readonly #stretch: Float64Array
  /** Cells of the day that is gone on from; `alive` of them. */
  readonly #cells: Int32Array
  readonly #least: Float64Array
  readonly #bestKind: Int32Array
  #alive = 0
  /** By day: the first cell reached, and the one after the last. */
  readonly #first: Int32Array
  readonly #end: Int32Array

  constructor(model: Model, her: PersonModel, counted: Counted, plan: Plan, buffers: Buffers, prices: Float64Array) {
    this.#model = model
    this.#her = her
    this.#counted = counted
    this.#plan = plan
    this.#prices = prices
    const cells = (model.days + 1) * counted.cells
    const stretches = model.days * plan.sums.length
    this.#value = buffers.floats('value', cells)
    this.#by = buffers.integers('by', cells)
    this.#fromCell = buffers.integers('from', cells)
    this.#before = buffers.integers('before', stretches * plan.classes.length)
    this.#lastClass = buffers.integers('last', 2 * stretches)
    this.#price = buffers.floats('price', model.days * plan.classes.length)
    this.#action = buffers.integers('action', model.days * plan.classes.length)
    this.#freePrice = buffers.floats('free', model.days + 1)
    this.#freeForbidden = buffers.integers('forbidden', model.days + 1)
    this.#stretch = buffers.floats('stretch', plan.sums.length * plan.classes.length)
    this.#bestKind = buffers.integers('kinds', plan.earlier.length)
    this.#cells = buffers.integers('cells', counted.cells)
    this.#least = buffers.floats('least', counted.cells)
    this.#first = buffers.integers('first', model.days + 1).fill(2 ** 30)
    this.#end = buffers.integers('end', model.days + 1).fill(0)
  }

  paths(most: number): readonly Path[] {
    this.#cheapest()
    this.#begin()
    const { days } = this.#model
    const { longest, begin } = this.#plan
    const least = this.#her.person.leastInARow
    for (let day = 0; day < days; day++) {
      this.#prune(day)
      if (this.#alive === 0) continue
      this.#freeDay(day)
      this.#stretches(day, day, day === 0 && begin.kind === 'unknown' ? 1 : least, longest, false)
    }
    return this.#ends(most)
  }

  #cheapest(): void {
    const { days, actions } = this.#model
    const { classes } = this.#plan
    for (let day = 0; day < days; day++) {
      for (const [index, { actions: members }] of classes.entries()) {
        let best = Infinity
        let chosen = 0
        for (const action of members) {
          const at = day * actions + action
          const price = this.#her.may[at] === 1 ? (this.#prices[at] ?? Infinity) : Infinity
          if (price < best) {
            best = price
            chosen = action
          }
        }
        this.#price[day * classes.length + index] = best
        this.#action[day * classes.length + index] = chosen
      }
      const free = this.#her.may[day * actions] === 1 ? (this.#prices[day * actions] ?? Infinity) : Infinity
      this.#freePrice[day + 1] = (this.#freePrice[day] ?? 0) + (free === Infinity ? 0 : free)
      this.#freeForbidden[day + 1] = (this.#freeForbidden[day] ?? 0) + (free === Infinity ? 1 : 0)
    }
  }

  /** Of being free from a day until before another. */
  #freeBetween(from: number, to: number): number {
    if ((this.#freeForbidden[to] ?? 0) > (this.#freeForbidden[from] ?? 0)) return Infinity
    return (this.#freePrice[to] ?? 0) - (this.#freePrice[from] ?? 0)
  }

  #begin(): void {
    const { begin, rest } = this.#plan
    const { days } = this.#model
    this.#value.fill(Infinity, 0, (days + 1) * this.#counted.cells)
    const restUntil = (day: number): void => {
      this.#value[day * this.#counted.cells] = this.#freeBetween(0, day)
      this.#by[day * this.#counted.cells] = byRestFromTheStart
      this.#touch(day, 0, 0)
    }
    if (begin.kind === 'unknown') restUntil(0)
    if (begin.kind === 'rests') restUntil(Math.min(days, begin.days))
    if (begin.kind === 'works') {
      if (begin.least === 0) restUntil(Math.min(days, rest))
      // Day 0 itself is no day on which she may begin; the stretch goes on from nothing counted.
      const kept = this.#value[0] ?? Infinity
      this.#value[0] = 0
      this.#cells[0] = 0
      this.#alive = 1
      this.#stretches(0, 0, begin.least, begin.most, true)
      this.#value[0] = kept
    }
  }

  /** Keeps the cells from which her least minutes can be reached, and which no cell with as little counted undercuts. */
  #prune(day: number): void {
    const { cells, dominating } = this.#counted
    const start = day * cells
    const value = this.#value
    const least = this.#least
    const first = Math.max(this.#plan.lowest[day] ?? 0, this.#first[day] ?? 0)
    const end = this.#end[day] ?? 0
    for (let cell = first; cell < end; cell++) least[cell] = value[start + cell] ?? Infinity
    this.#alive = 0
    for (let cell = first; cell < end; cell++) {
      // Of all cells with less counted, and of this one: seen before it, as they lie lower.
      let lower = Infinity
      for (const under of dominating) {
        const other = under[cell] ?? -1
        if (other >= first) lower = Math.min(lower, least[other] ?? Infinity)
      }
      const so = least[cell] ?? Infinity
      if (lower <= so) least[cell] = lower
      else if (so < Infinity) this.#cells[this.#alive++] = cell
    }
  }

  #freeDay(day: number): void {
    const { cells } = this.#counted
    const price = this.#freeBetween(day, day + 1)
    if (price === Infinity) return
    for (let index = 0; index < this.#alive; index++) {
      const cell = this.#cells[index] ?? 0
      const value = (this.#value[day * cells + cell] ?? Infinity) + price
      const at = (day + 1) * cells + cell
      if (value >= (this.#value[at] ?? Infinity)) continue
      this.#value[at] = value
      this.#by[at] = byFreeDay
      this.#fromCell[at] = cell
      this.#touch(day + 1, cell, cell)
    }
  }

  /** All stretches that begin on a day, and the rest after them. */
  #stretches(source: number, first: number, least: number, most: number, goesOn: boolean): void {
    const { days } = this.#model
    const { levels, sums, rest, mindsFridays } = this.#plan
    const longest = Math.min(most, this.#plan.longest, days - first)
    this.#fill(first, longest, goesOn)
    for (let length = 1; length <= longest; length++) {
      const end = first + length
      if (length < least && end < days) continue
      const ready = Math.min(days, end + rest)
      const free = this.#freeBetween(end, ready)
      if (free === Infinity) continue
      for (let sum = levels[length] ?? 0; sum < (levels[length + 1] ?? 0); sum++) {
        const stretch = first * sums.length + sum
        if (mindsFridays && isFriday(this.#model, end - 1)) {
          this.#close(source, ready, stretch, sum, free, false)
          this.#close(source, ready, stretch + days * sums.length, sum, free, true)
        } else this.#close(source, ready, stretch, sum, free, null)
      }
    }
  }

  /** Of a stretch's last shifts the cheapest: of those that run over midnight, of those that do not, or of all (null). */
  #close(source: number, ready: number, stretch: number, sum: number, free: number, isOver: boolean | null): void {
    const { classes } = this.#plan
    let best = Infinity
    let last = -1
    for (let kind = 0; kind < classes.length; kind++) {
      if (isOver !== null && classes[kind]?.isOver !== isOver) continue
      const cost = this.#stretch[sum * classes.length + kind] ?? Infinity
      if (cost < best) {
        best = cost
        last = kind
      }
    }
    if (last < 0) return
    this.#lastClass[stretch] = last
    this.#add(source, ready, stretch, best + free)
  }

  #add(source: number, ready: number, stretch: number, price: number): void {
    const table = this.#plan.tables[stretch]
    if (table === null || table === undefined) return
    const { target, cost } = table
    const value = this.#value
    const alive = this.#cells
    const [from, to] = [source * this.#counted.cells, ready * this.#counted.cells]
    const goal = this.#plan.lowest[ready] ?? 0
    const count = this.#alive
    let lowest = 2 ** 30
    let highest = 0
    for (let index = 0; index < count; index++) {
      const cell = alive[index] ?? 0
      const reached = target[cell] ?? -1
      if (reached < goal) continue
      const sum = (value[from + cell] ?? Infinity) + (cost === null ? price : price + (cost[cell] ?? 0))
      const at = to + reached
      if (sum >= (value[at] ?? Infinity)) continue
      value[at] = sum
      this.#by[at] = stretch
      this.#fromCell[at] = cell
      lowest = Math.min(lowest, reached)
      highest = Math.max(highest, reached)
    }
    this.#touch(ready, lowest, highest)
  }

  #touch(day: number, lowest: number, highest: number): void {
    if (lowest < (this.#first[day] ?? 0)) this.#first[day] = lowest
    if (highest >= (this.#end[day] ?? 0)) this.#end[day] = highest + 1
  }

  /** The best filling of each sum that ends with each class, from a first day on. */
  #fill(first: number, longest: number, goesOn: boolean): void {
    const { classes, earlierOf, mayGoOn, mayBegin, signs, levels, after, sums } = this.#plan
    const count = classes.length
    const stretch = this.#stretch
    stretch.fill(Infinity, 0, (levels[longest + 1] ?? 0) * count)
    for (const [kind, { sign }] of classes.entries()) {
      if ((goesOn ? mayGoOn : mayBegin)[kind] === 0) continue
      const sum = after[sign] ?? -1
      if (sum >= 0) stretch[sum * count + kind] = this.#price[first * count + kind] ?? Infinity
    }
    for (let length = 1; length < longest; length++) {
      const day = (first + length) * count
      for (let sum = levels[length] ?? 0; sum < (levels[length + 1] ?? 0); sum++) {
        this.#cheapestBefore(sum)
        for (let later = 0; later < count; later++) {
          const price = this.#price[day + later] ?? Infinity
          const set = earlierOf[later] ?? 0
          const kind = this.#bestKind[set] ?? -1
          if (price === Infinity || kind < 0) continue
          const reached = (after[sum * signs + (classes[later]?.sign ?? 0)] ?? 0) * count + later
          const cost = (stretch[sum * count + kind] ?? Infinity) + price
          if (cost >= (stretch[reached] ?? Infinity)) continue
          stretch[reached] = cost
          this.#before[first * sums.length * count + reached] = kind
        }
      }
    }
  }

  /** Of each set of classes, the one with which a sum ends cheapest; -1: none. */
  #cheapestBefore(sum: number): void {
    const { classes, earlier } = this.#plan
    const start = sum * classes.length
    const stretch = this.#stretch
    for (let set = 0; set < earlier.length; set++) {
      const kinds = earlier[set]
      if (kinds === undefined) continue
      let best = Infinity
      let chosen = -1
      for (let index = 0; index < kinds.length; index++) {
        const kind = kinds[index] ?? 0
        const cost = stretch[start + kind] ?? Infinity
        if (cost < best) {
          best = cost
          chosen = kind
        }
      }
      this.#bestKind[set] = chosen
    }
  }

  #ends(most: number): readonly Path[] {
    const { cells, ends, stride } = this.#counted
    const last = this.#model.days * cells
    const finals: { cell: number; value: number }[] = []
    // One of each number of minutes: the others differ little.
    for (let from = 0; from < cells; from += stride) {
      let best = { cell: -1, value: Infinity }
      for (let cell = from; cell < from + stride; cell++) {
        const value = (this.#value[last + cell] ?? Infinity) + (ends[cell] ?? 0)
        if (value < best.value) best = { cell, value }
      }
      if (best.cell >= 0) finals.push(best)
    }
    return finals
      .toSorted((a, b) => a.value - b.value || a.cell - b.cell)
      .slice(0, most)
      .map(({ cell, value }) => ({ row: this.#rowTo(cell), value }))
  }

  #rowTo(cell: number): Uint8Array {
    const row = new Uint8Array(this.#model.days)
    const { cells } = this.#counted
    const { sums } = this.#plan
    let day = this.#model.days
    let at = cell
    while (day > 0) {
      const by = this.#by[day * cells + at] ?? byRestFromTheStart
      if (by === byRestFromTheStart) return row
      const from = this.#fromCell[day * cells + at] ?? 0
      if (by === byFreeDay) day--
      else {
        this.#write(row, by)
        day = Math.floor(by / sums.length) % this.#model.days
      }
      at = from
    }
    return row
  }

  #write(row: Uint8Array, stretch: number): void {
    const { sums, classes, signs, from } = this.#plan
    const first = Math.floor(stretch / sums.length) % this.#model.days
    let sum = stretch % sums.length
    let kind = this.#lastClass[stretch] ?? 0
    for (let length = sums[sum]?.length ?? 0; length > 0; length--) {
      const day = first + length - 1
      row[day] = this.#action[day * classes.length + kind] ?? 0
      const earlier = this.#before[(first * sums.length + sum) * classes.length + kind] ?? 0
      sum = from[sum * signs + (classes[kind]?.sign ?? 0)] ?? 0
      kind = earlier
    }
  }
}
