import { isRemembered, nightsBefore } from './automaton.ts'
import { Buffers, type Path, type Search, searchByDays } from './by-days.ts'
import { searchByStretches } from './by-stretches.ts'
import { countedOf, countsIn, isOfMinutes } from './counters.ts'
import { type Model, type PersonModel, pricedAt, type Row } from './model.ts'
import { weekendsIn } from './weekends.ts'
import type { ShiftKey, Window } from './words.ts'

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
  /**
   * The cheapest row at a price for each day and action (`day * actions + action`, infinite where it may not be).
   * `isRough`: quicker, with a weaker bound (balance is left out where it is not counted yet, and no fees are tried), and a
   * row that is good.
   */
  readonly find: (
    prices: Float64Array,
    asked?: { readonly wantsOthers?: boolean; readonly isRough?: boolean },
  ) => FoundRow
}

/**
 * The cheapest row of one person: a shortest path with resources over the days (Irnich & Desaulniers 2005). Rows and rests
 * are states; minutes, weekends and whatever else must be counted are counters beside them. A counter, or the nights in a row, that no
 * path has broken yet is left out (decremental state-space relaxation, Righini & Salani 2008): what is found first is a bound, and
 * a rule that it breaks is counted from then on.
 */
export function createRowFinders(model: Model, buffers = new Buffers()): readonly RowFinder[] {
  // One search runs at a time: all share what they write on.
  return model.people.map((her) => createRowFinder(model, her, buffers))
}

function createRowFinder(model: Model, her: PersonModel, buffers: Buffers): RowFinder {
  const tracked = new Set<string>()
  let search: Search | null = null
  return {
    find: (prices, { wantsOthers = false, isRough = false } = {}) => {
      search ??= prepare(model, her, tracked, buffers)
      const known = new Known(model, her, prices)
      for (;;) {
        const unseen = known
          .take(search?.(prices, wantsOthers ? 4 : 1) ?? [])
          .filter(({ name, isHard }) => !tracked.has(name) && (isHard || !isRough))
        if (unseen.length === 0) return known.found()
        // Nights are remembered and fill no cells: they are never too many to be minded.
        const isOfNights = unseen.some(({ name }) => name === nightsTracked)
        const names = isOfNights ? [nightsTracked] : unseen.map(({ name }) => name)
        const wider = prepare(model, her, new Set([...tracked, ...names]), buffers)
        if (wider === null) return charge(model, her, search, prices, known, isRough ? 0 : feesTried)
        for (const name of names) tracked.add(name)
        search = wider
      }
    },
  }
}

/**
 * Too many counters together: a fee on each shift she would work too often instead (Lagrangian relaxation, Fisher 1981).
 * What a fee brings in for the shifts she may work is taken off again, so that the bound stays one. Where fees do not
 * help, the shift is forbidden on the days on which another costs her least.
 */
function charge(
  model: Model,
  her: PersonModel,
  search: Search | null,
  prices: Float64Array,
  known: Known,
  tries: number,
): FoundRow {
  const charged = prices.slice()
  let fees = 0
  let row = known.cheapest()
  for (let attempt = 0; attempt < tries + 2 * model.actions && row !== null; attempt++) {
    const isForbidding = attempt >= tries
    if (isForbidding && known.found().row !== null) break
    const over = tooOften(model, her, row)
    if (over.length === 0) break
    for (const { actions, most, days } of over) {
      const gains = days
        .map((day) => ({ day, gain: alternative(model, her, charged, day, actions, row?.[day] ?? 0) }))
        .toSorted((a, b) => a.gain - b.gain)
      if (isForbidding) allowOnly(model, charged, actions, gains.slice(days.length - most))
      else fees += most * raise(model, charged, actions, (gains[days.length - most - 1]?.gain ?? 0) * 1.01)
    }
    // What is forbidden on some days only proves nothing.
    known.take(search?.(charged, 4) ?? [], isForbidding ? Number.POSITIVE_INFINITY : fees)
    row = known.cheapest()
  }
  return known.found()
}

const feesTried = 8

/** A fee on shifts, on all days; what it came to. */
function raise(model: Model, charged: Float64Array, actions: readonly number[], wished: number): number {
  if (!Number.isFinite(wished)) return 0
  const fee = Math.max(1e-3, wished)
  for (const action of actions)
    for (let at = action; at < charged.length; at += model.actions) charged[at] = (charged[at] ?? 0) + fee
  return fee
}

/** Only on the days on which it gains most: then it cannot be worked too often. */
function allowOnly(
  model: Model,
  charged: Float64Array,
  actions: readonly number[],
  kept: readonly { readonly day: number }[],
): void {
  const allowed = new Set(kept.map(({ day }) => day))
  for (let day = 0; day < model.days; day++) {
    if (allowed.has(day)) continue
    for (const action of actions) charged[day * model.actions + action] = Infinity
  }
}

function tooOften(model: Model, { person }: PersonModel, row: Row) {
  const { shifts } = model.problem
  const onCall = shifts.flatMap(({ isOnCall }, index) => (isOnCall ? [index + 1] : []))
  const bounds = [
    ...shifts.map(({ key }, index) => ({ actions: [index + 1], most: person.mostShifts[key] ?? Infinity })),
    { actions: onCall, most: person.mostOnCall },
    // One that is as long as the horizon, without the days before: a bound that a longer one only tightens.
    ...person.windows.flatMap((window) =>
      window.shifts === undefined || window.days < model.days
        ? []
        : [{ actions: actionsOf(model, window.shifts), most: window.most }],
    ),
  ]
  return bounds.flatMap(({ actions, most }) => {
    const days = Array.from(row.keys()).filter((day) => actions.includes(row[day] ?? 0))
    return days.length > most ? [{ actions, most, days }] : []
  })
}

const actionsOf = ({ problem }: Model, keys: readonly ShiftKey[]): readonly number[] =>
  problem.shifts.flatMap(({ key }, index) => (keys.includes(key) ? [index + 1] : []))

/** What the cheapest action of the day that is none of these costs more than the one she works. */
function alternative(
  model: Model,
  { may }: PersonModel,
  prices: Float64Array,
  day: number,
  these: readonly number[],
  worked: number,
): number {
  let best = Infinity
  for (let other = 0; other < model.actions; other++) {
    const at = day * model.actions + other
    if (!these.includes(other) && may[at] === 1) best = Math.min(best, prices[at] ?? Infinity)
  }
  return best - (prices[day * model.actions + worked] ?? 0)
}

/** What the searches of one question have found. */
class Known {
  readonly #model: Model
  readonly #her: PersonModel
  readonly #prices: Float64Array
  #bound = Number.NEGATIVE_INFINITY
  #best: { row: Row; value: number } | null = null
  #others: Row[] = []
  #cheapest: Row | null = null

  constructor(model: Model, her: PersonModel, prices: Float64Array) {
    this.#model = model
    this.#her = her
    this.#prices = prices
  }

  /**
   * `fees`: what the prices of the search may have brought in above the real ones.
   *
   * @returns the rules that the cheapest path breaks, or whose cost it does not count.
   */
  take(paths: readonly Path[], fees = 0): readonly Fault[] {
    const [cheapest] = paths
    this.#cheapest = cheapest?.row ?? null
    if (fees < Infinity) this.#bound = Math.max(this.#bound, (cheapest?.value ?? Infinity) - fees)
    for (const { row } of paths) {
      if (faultsOf(this.#model, this.#her, row).some(({ isHard }) => isHard)) continue
      const value = pricedAt(this.#model.actions, this.#her, row, this.#prices)
      if (value < (this.#best?.value ?? Infinity)) this.#best = { row, value }
      this.#others.push(row)
    }
    return cheapest === undefined ? [] : faultsOf(this.#model, this.#her, cheapest.row)
  }

  cheapest(): Row | null {
    return this.#cheapest
  }

  found(): FoundRow {
    const best = this.#best
    const others = this.#others.filter((row) => row !== best?.row)
    return { row: best?.row ?? null, value: best?.value ?? Infinity, bound: this.#bound, others }
  }
}

/** Cells of one day, beyond which a search takes too long to be asked thousands of times. */
const mostCells = 4_000

function prepare(model: Model, her: PersonModel, tracked: ReadonlySet<string>, buffers: Buffers): Search | null {
  const tracksNights = tracked.has(nightsTracked)
  const counted = countedOf(model, her, tracked, tracked.size > (tracksNights ? 1 : 0) ? mostCells : Infinity)
  if (counted === null) return null
  // What a run of days adds to a counter of some days it tells only where every shift adds the same.
  const isByShift = her.person.windows.some(
    ({ shifts }, index) => shifts !== undefined && [...tracked].some((name) => name.startsWith(`window ${index} `)),
  )
  // Between two runs that are one weekend there is a day: what the first one was has to be remembered.
  const isParted = counted.mindsFridays && her.person.leastFreeInARow < 2
  return isByShift || isParted || tracked.has('windows')
    ? searchByDays(model, her, counted, buffers, tracksNights)
    : searchByStretches(model, her, counted, buffers, tracksNights)
}

/** The name under which nights in a row are tracked. */
const nightsTracked = 'nights'

// ---------------------------------------------------------------- what a relaxed path breaks

type Fault = { readonly name: string; readonly isHard: boolean }

function faultsOf(model: Model, her: PersonModel, row: Row): readonly Fault[] {
  const { person } = her
  const { shifts } = model.problem
  const faults: Fault[] = []
  const worked = new Int32Array(model.actions)
  for (const action of row) worked[action] = (worked[action] ?? 0) + 1
  for (const [index, { key }] of shifts.entries()) {
    const most = person.mostShifts[key]
    if (most !== undefined && (worked[index + 1] ?? 0) > most) faults.push({ name: `shift ${index + 1}`, isHard: true })
  }
  const called = worked.reduce((sum, times, action) => sum + times * (model.onCall[action] ?? 0), 0)
  if (called > person.mostOnCall) faults.push({ name: 'on call', isHard: true })
  for (const [index, { counts, low, high }] of her.balance.entries()) {
    if (isOfMinutes(model, her, index)) continue
    const count = worked.reduce((sum, times, action) => sum + times * (counts[action] ?? 0), 0)
    if (count < low || count > high) faults.push({ name: `balance ${index}`, isHard: false })
  }
  for (const [index, span] of her.weekends.entries()) {
    if (weekendsIn(model.problem.startsOn, row, model.overMidnight, span) > span.most)
      faults.push({ name: `weekends ${index}`, isHard: true })
  }
  if (hasTooManyNights(model, person, row)) faults.push({ name: nightsTracked, isHard: true })
  for (const [index, window] of person.windows.entries()) {
    const end = firstBroken(model, person.before, row, window)
    if (end === null) continue
    faults.push({ name: isRemembered(window) ? 'windows' : `window ${index} ${end}`, isHard: true })
  }
  return faults
}

/** Whether the row, or what it adds to the nights before it, has more of them one after the other than are hers. */
function hasTooManyNights(
  { problem, nights }: Model,
  { before, mostNightsInARow: most = Infinity }: PersonModel['person'],
  row: Row,
): boolean {
  if (most === Infinity) return false
  let run = nightsBefore(problem, before)
  for (const action of row) {
    run = nights[action] === 1 ? run + 1 : 0
    if (run > most) return true
  }
  return false
}

/** The day, worked, with which the first window that holds too many ends. */
function firstBroken(
  { problem }: Model,
  before: readonly (ShiftKey | null)[],
  row: Row,
  window: Window,
): number | null {
  const { days, most } = window
  const isWorked = (day: number): boolean =>
    countsIn(
      window,
      day < 0 ? (before[day + before.length] ?? null) : (problem.shifts[(row[day] ?? 0) - 1]?.key ?? null),
    )
  for (let end = 0; end < row.length; end++) {
    if (!isWorked(end)) continue
    let count = 0
    for (let day = Math.max(-before.length, end - days + 1); day <= end; day++) if (isWorked(day)) count++
    if (count > most) return end
  }
  return null
}
