import { type Solver, startProblem } from '@lentera/solver'
import { isTooNarrow, type Keeps } from './keeps.ts'
import { boundLarge } from './large.ts'
import { Moves, type See } from './moves.ts'
import { endless } from './published.ts'
import { holdsAll, isEndless, Search, type WholeProblem } from './search.ts'
import type { System } from './system.ts'

/**
 * `complete`: what stands in the tables is all there is, so that the parts of a whole (two of them at least) make it up:
 * what a reader assumes. `strict`: a part that was not published may hide in every rest, so that a rest only bounds.
 */
export type Reading = 'complete' | 'strict'

export type IntervalOptions = {
  readonly reading: Reading
  readonly solver: Solver | null
  /** Values tried in one search before the solver is asked. */
  readonly tries?: number
  /** Seconds the solver has for one end of one cell. */
  readonly seconds?: number
  /** Only sums with 1 here count; all without it. */
  readonly uses?: Uint8Array
  /** Only these cells are asked about (1); all hidden ones without it. */
  readonly asks?: Uint8Array
  /** Stop looking at a cell once its ends are known to be kept apart as this asks; without it intervals are exact. */
  readonly wideEnough?: Keeps
  /** What each cell must keep: then components too large for a search are bounded (`large.ts`), and it is said of which cells nothing is settled. */
  readonly keeps?: Keeps
  /** Components of more cells are too large. */
  readonly mostSearched?: number
  /** A known solution (the owner's own table): only makes it faster. */
  readonly known?: Float64Array
  /**
   * Moves from `known` to other solutions: `cells` by `steps`, `up` times one way or `down` times the other. Each is checked
   * against every sum before it is believed; they only make it faster.
   */
  readonly moves?: readonly {
    readonly cells: Int32Array
    readonly steps: Int8Array
    readonly up: number
    readonly down: number
  }[]
  readonly onProgress?: (done: number, of: number) => void
  readonly shouldStop?: () => boolean
}

export type Intervals = {
  /** What an outsider can work out of each cell; `endless` where nothing limits it. */
  readonly least: Float64Array
  readonly most: Float64Array
  /** 1 where both ends are proven reachable; 0: a bound (the true interval may be narrower), or not looked at. */
  readonly isExact: Uint8Array
  /** 1 where neither the bounds say that a cell is narrower than it must be kept, nor tables that it is not. None without `keeps`. */
  readonly isUndecided: Uint8Array
  /** 1 where it is tables in fractions of persons that keep a cell apart: of components too large to search. */
  readonly isInFractions: Uint8Array
  /** 1 where the tables contradict themselves about a cell even with every rest left open: nothing is concluded. */
  readonly isContradictory: Uint8Array
  /** 0 trusted as a sum, 1 only as a bound (the parts fall short), 2 not at all (they exceed the whole). */
  readonly trust: Uint8Array
  readonly components: number
  readonly askedSolver: number
  readonly wasStopped: boolean
}

/**
 * The exact interval of every hidden cell, over all sums together (the attacker's problem of Fischetti & Salazar 2001,
 * "Solving the cell suppression problem on tabular data with linear constraints", in whole numbers): connected
 * component by component, bounds drawn in, then each end shown by a written-down solution or refuted by a complete
 * search; where that is too long, by the solver.
 */
export async function findIntervals(system: System, options: IntervalOptions): Promise<Intervals> {
  const work: Work = {
    system,
    options,
    least: system.least.slice(),
    most: system.most.slice(),
    isExact: new Uint8Array(system.cells).fill(1),
    isUndecided: new Uint8Array(system.cells),
    isInFractions: new Uint8Array(system.cells),
    isContradictory: new Uint8Array(system.cells),
    trust: trustOf(system, options.reading),
    askedSolver: 0,
  }
  checkFixedSums(work)
  const components = componentsOf(system, options.uses)
  const all = components.reduce((sum, { cells }) => sum + cells.length, 0)
  let [done, told] = [0, 0]
  let wasStopped = false
  const tell = (now: number): void => {
    if (now - told < all / 200 && now < all) return
    told = now
    options.onProgress?.(now, all)
  }
  for (const component of components) {
    if (options.shouldStop?.() === true) {
      wasStopped = true
      for (const cell of component.cells) work.isExact[cell] = 0
      continue
    }
    await settle(work, component, (within) => tell(done + within))
    if (options.shouldStop?.() === true) wasStopped = true
    done += component.cells.length
    tell(done)
  }
  const { system: _, options: _o, ...found } = work
  return { ...found, components: components.length, wasStopped }
}

/** Hidden, or left out. */
const isAsked = ({ state, isAbsent }: System, cell: number): boolean => state[cell] === 2 || isAbsent[cell] === 1

type Work = {
  readonly system: System
  readonly options: IntervalOptions
  readonly least: Float64Array
  readonly most: Float64Array
  readonly isExact: Uint8Array
  readonly isUndecided: Uint8Array
  readonly isInFractions: Uint8Array
  readonly isContradictory: Uint8Array
  readonly trust: Uint8Array
  askedSolver: number
}

type Component = { readonly cells: readonly number[]; readonly sums: readonly number[] }

function trustOf({ sums }: System, reading: Reading): Uint8Array {
  const trust = new Uint8Array(sums.count)
  for (let sum = 0; sum < sums.count; sum++) {
    const parts = (sums.starts[sum + 1] ?? 0) - (sums.starts[sum] ?? 0)
    trust[sum] = sums.hasAllParts[sum] === 1 || (reading === 'complete' && parts > 1) ? 0 : 1
  }
  return trust
}

/** Sums without a hidden cell: those that do not add up are known here, and nobody relies on them. */
function checkFixedSums({ system, trust }: Work): void {
  const { sums, least, most } = system
  for (let sum = 0; sum < sums.count; sum++) {
    const whole = sums.whole[sum] ?? 0
    let [low, high] = [0, 0]
    for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) {
      low += least[sums.parts[k] ?? 0] ?? 0
      high += most[sums.parts[k] ?? 0] ?? 0
    }
    if (low > (most[whole] ?? 0)) trust[sum] = 2
    else if (high < (least[whole] ?? 0)) trust[sum] = Math.max(1, trust[sum] ?? 0)
  }
}

/** Unknown cells that hang together through sums. */
function componentsOf({ cells, least, most, sums }: System, uses: Uint8Array | undefined): readonly Component[] {
  const parent = Int32Array.from({ length: cells }, (_, cell) => cell)
  const find = (cell: number): number => {
    let root = cell
    while (parent[root] !== root) root = parent[root] ?? root
    for (let at = cell; parent[at] !== root; ) {
      const next = parent[at] ?? root
      parent[at] = root
      at = next
    }
    return root
  }
  const isOpen = (cell: number): boolean => (least[cell] ?? 0) < (most[cell] ?? 0)
  const firstOf = new Int32Array(sums.count).fill(-1)
  for (let sum = 0; sum < sums.count; sum++) {
    if (uses !== undefined && uses[sum] === 0) continue
    const join = (cell: number): void => {
      if (!isOpen(cell)) return
      if (firstOf[sum] === -1) firstOf[sum] = cell
      else parent[find(cell)] = find(firstOf[sum] ?? 0)
    }
    join(sums.whole[sum] ?? 0)
    for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) join(sums.parts[k] ?? 0)
  }
  const found = new Map<number, { cells: number[]; sums: number[] }>()
  for (let sum = 0; sum < sums.count; sum++) {
    if (firstOf[sum] === -1) continue
    const root = find(firstOf[sum] ?? 0)
    const component = found.get(root) ?? { cells: [], sums: [] }
    component.sums.push(sum)
    found.set(root, component)
  }
  for (let cell = 0; cell < cells; cell++) if (isOpen(cell)) found.get(find(cell))?.cells.push(cell)
  return [...found.values()]
}

// ---------------------------------------------------------------- one component

/** Searched cell by cell, a component of so many cells takes seconds; one of ten times as many hours. */
const mostSearched = 1500

async function settle(work: Work, component: Component, onProgress: (done: number) => void): Promise<void> {
  const { system, options, trust } = work
  const targets = component.cells.filter((cell) =>
    options.asks === undefined ? isAsked(system, cell) : options.asks[cell] === 1,
  )
  if (targets.length === 0) return
  const local = new Map(component.cells.map((cell, index) => [cell, index]))
  // Sums that contradict the rest are believed less and less: as a bound, then not at all.
  for (let attempt = 0; attempt <= 2 * component.sums.length + 2; attempt++) {
    const { problem, sumOf } = problemOf(work, component, local)
    const search = new Search(problem)
    if (!search.drawIn()) {
      doubt(work, search, sumOf)
      continue
    }
    const { keeps } = options
    if (keeps !== undefined && component.cells.length > (options.mostSearched ?? mostSearched)) {
      await settleLarge(work, component, search, { keeps, targets, local, onProgress })
      return
    }
    const order = inOrder(search, 0, component.cells.length)
    const wish = options.known
      ? Float64Array.from(component.cells, (cell) => options.known?.[cell] ?? 0)
      : middle(search)
    // A known solution that is one needs no search for another; what was guessed may be none.
    const isKnown = options.known !== undefined && holdsAll(problem, wish)
    const first = isKnown ? wish : await anySolution(work, search, order, wish)
    if (first === 'none') {
      const weakened = component.sums.filter((sum) => trust[sum] === 0)
      if (weakened.length > 0) for (const sum of weakened) trust[sum] = 1
      else break
      continue
    }
    await reachEnds(work, component, search, targets, local, first, onProgress)
    return
  }
  for (const cell of component.cells) {
    work.isContradictory[cell] = 1
    work.isExact[cell] = 0
  }
}

async function settleLarge(
  work: Work,
  { cells }: Component,
  search: Search,
  {
    keeps,
    targets,
    local,
    onProgress,
  }: {
    readonly keeps: Keeps
    readonly targets: readonly number[]
    readonly local: ReadonlyMap<number, number>
    readonly onProgress: (done: number) => void
  },
): Promise<void> {
  const columns = targets
    .map((cell) => local.get(cell) ?? 0)
    .filter((column) => !isPerhapsNobody(work, cells, search, column))
  const { solver, shouldStop } = work.options
  const found = await boundLarge({
    system: work.system,
    cells,
    search,
    targets: columns,
    keeps,
    solver,
    onProgress,
    shouldStop,
  })
  for (const [column, cell] of cells.entries()) {
    const [least, most] = [found.least[column] ?? 0, found.most[column] ?? 0]
    work.least[cell] = least
    work.most[cell] = isEndless(most) ? endless : most
    work.isExact[cell] = least === most ? 1 : 0
  }
  for (const column of columns) {
    const cell = cells[column] ?? 0
    const isOpen = isTooNarrow(keeps, cell, work.least[cell] ?? 0, work.most[cell] ?? 0)
    if (isOpen) continue
    if (found.isApart[column] === 1) work.isInFractions[cell] = 1
    else work.isUndecided[cell] = 1
  }
}

/** Without a row, and perhaps nobody: how many could be there tells nothing of anybody. */
const isPerhapsNobody = ({ system }: Work, cells: readonly number[], { least }: Search, column: number): boolean =>
  system.isAbsent[cells[column] ?? 0] === 1 && least[column] === 0

function problemOf(work: Work, component: Component, local: ReadonlyMap<number, number>) {
  const { system, trust } = work
  const { sums, least, most } = system
  const starts = [0]
  const columns: number[] = []
  const factors: number[] = []
  const rowLeast: number[] = []
  const rowMost: number[] = []
  const sumOf: number[] = []
  for (const sum of component.sums) {
    if (trust[sum] === 2) continue
    let constant = 0
    const put = (cell: number, factor: number): void => {
      const column = local.get(cell)
      if (column === undefined) constant += factor * (least[cell] ?? 0)
      else {
        columns.push(column)
        factors.push(factor)
      }
    }
    put(sums.whole[sum] ?? 0, -1)
    for (let k = sums.starts[sum] ?? 0; k < (sums.starts[sum + 1] ?? 0); k++) put(sums.parts[k] ?? 0, 1)
    starts.push(columns.length)
    rowLeast.push(trust[sum] === 0 ? -constant : -1e15)
    rowMost.push(-constant)
    sumOf.push(sum)
  }
  const problem: WholeProblem = {
    least: Float64Array.from(component.cells, (cell) => least[cell] ?? 0),
    most: Float64Array.from(component.cells, (cell) => most[cell] ?? 0),
    rowLeast: Float64Array.from(rowLeast),
    rowMost: Float64Array.from(rowMost),
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    factors: Int8Array.from(factors),
  }
  return { problem, sumOf }
}

/**
 * Believes less of what met no values. Something left out of a whole is likelier than parts that exceed it: first the
 * sum itself becomes a bound, then those that share its cells, and only where all are bounds it counts no more.
 */
function doubt({ trust }: Work, search: Search, sumOf: readonly number[]): void {
  const { conflict, problem } = search
  const sum = sumOf[conflict] ?? 0
  if (trust[sum] === 0 && fallsShort(search, conflict)) {
    trust[sum] = 1
    return
  }
  const beside = new Set<number>()
  for (let k = problem.starts[conflict] ?? 0; k < (problem.starts[conflict + 1] ?? 0); k++) {
    for (const row of search.rowsOf(problem.columns[k] ?? 0)) {
      const other = sumOf[row] ?? 0
      if (other !== sum && trust[other] === 0) beside.add(other)
    }
  }
  for (const other of beside) trust[other] = 1
  if (beside.size === 0) trust[sum] = trust[sum] === 0 ? 1 : 2
}

/** Whether the parts, at their most, still leave something of the whole over. */
function fallsShort({ problem, least, most }: Search, row: number): boolean {
  let high = 0
  for (let k = problem.starts[row] ?? 0; k < (problem.starts[row + 1] ?? 0); k++) {
    const column = problem.columns[k] ?? 0
    high += (problem.factors[k] ?? 0) > 0 ? (most[column] ?? 0) : -(least[column] ?? 0)
  }
  return high < (problem.rowLeast[row] ?? 0)
}

/** Columns from `start` outwards along the rows, at most `limit`; then whatever hangs on none of them. */
function inOrder(search: Search, start: number, limit: number): Int32Array {
  const { problem } = search
  const seen = new Uint8Array(problem.least.length)
  const order: number[] = []
  const push = (column: number): void => {
    if (seen[column] === 1 || order.length >= limit) return
    seen[column] = 1
    order.push(column)
  }
  push(start)
  for (let head = 0; head < order.length; head++) {
    for (const row of search.rowsOf(order[head] ?? 0)) {
      for (let k = problem.starts[row] ?? 0; k < (problem.starts[row + 1] ?? 0); k++) push(problem.columns[k] ?? 0)
    }
  }
  if (limit >= problem.least.length) for (let column = 0; column < problem.least.length; column++) push(column)
  return Int32Array.from(order)
}

function middle({ least, most }: Search): Float64Array {
  return least.map((low, column) => (isEndless(most[column] ?? 0) ? low : Math.floor((low + (most[column] ?? 0)) / 2)))
}

async function anySolution(
  work: Work,
  search: Search,
  order: Int32Array,
  wish: Float64Array,
): Promise<Float64Array | 'none' | null> {
  const tries = work.options.tries ?? Math.max(3000, 4 * order.length)
  const found = search.find(order, wish, tries)
  if (found.kind === 'found') return found.values
  if (found.kind === 'none') return 'none'
  const asked = await ask(work, search, new Map())
  return asked === null ? null : asked.values === null ? (asked.isProven ? 'none' : null) : asked.values
}

/** Components up to this size are searched whole; in larger ones the cell's surroundings come first. */
const smallComponent = 250
const surroundings = [40, 160]

async function reachEnds(
  work: Work,
  component: Component,
  search: Search,
  targets: readonly number[],
  local: ReadonlyMap<number, number>,
  first: Float64Array | null,
  onProgress: (done: number) => void,
): Promise<void> {
  const columns = component.cells.length
  const seenLeast = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
  const seenMost = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY)
  const see = (values: Float64Array): void => {
    for (let column = 0; column < columns; column++) {
      const value = values[column] ?? 0
      if (value < (seenLeast[column] ?? 0)) seenLeast[column] = value
      if (value > (seenMost[column] ?? 0)) seenMost[column] = value
    }
  }
  if (first !== null) see(first)
  if (first !== null && work.options.known !== undefined) seeMoves(work, search, local, first, seenLeast, seenMost)
  const { wideEnough } = work.options
  const isEnough = (column: number): boolean => {
    const cell = component.cells[column] ?? 0
    return wideEnough !== undefined && !isTooNarrow(wideEnough, cell, seenLeast[column] ?? 0, seenMost[column] ?? 0)
  }
  if (first !== null && wideEnough !== undefined) {
    if (columns > smallComponent)
      seePatterns(work, component, search, { first, wideEnough, seenLeast, seenMost, local, targets })
    const left = () => targets.map((cell) => local.get(cell) ?? 0).filter((column) => !isEnough(column))
    await seeManyAtOnce(work, component, search, { first, wideEnough, left, see })
  }
  const whole = inOrder(search, local.get(targets[0] ?? 0) ?? 0, columns)
  const areEnough = targets.every((cell) => isEnough(local.get(cell) ?? 0))
  if (columns <= smallComponent && !areEnough) {
    for (const wish of [search.least, search.most]) {
      const found = search.find(whole, wish.slice(), work.options.tries ?? 3000)
      if (found.kind === 'found') see(found.values)
    }
  }
  for (const [at, cell] of targets.entries()) {
    onProgress((at / targets.length) * columns)
    const column = local.get(cell) ?? 0
    if (isPerhapsNobody(work, component.cells, search, column)) {
      work.isExact[cell] = 0
      work.most[cell] = search.most[column] ?? endless
      continue
    }
    if (isEnough(column)) {
      work.isExact[cell] = 0
      work.least[cell] = seenLeast[column] ?? 0
      work.most[cell] = seenMost[column] ?? 0
      continue
    }
    const end: End = { work, search, column, see, base: first, seenLeast, seenMost, isEnough }
    const high = await reach(end, 'up')
    const low = await reach(end, 'down')
    work.most[cell] = isEndless(high.at) ? endless : high.at
    work.least[cell] = low.at
    work.isExact[cell] = high.isProven && low.isProven ? 1 : 0
    const { keeps } = work.options
    if (keeps === undefined || work.isExact[cell] === 1) continue
    const isOpen = isTooNarrow(keeps, cell, work.least[cell] ?? 0, work.most[cell] ?? 0)
    const isApart = !isTooNarrow(keeps, cell, seenLeast[column] ?? 0, seenMost[column] ?? 0)
    work.isUndecided[cell] = isApart || isOpen ? 0 : 1
  }
  // What was not asked about is known as far as it was drawn in.
  for (const cell of component.cells) {
    const column = local.get(cell) ?? 0
    if (isAsked(work.system, cell) && (work.options.asks === undefined || work.options.asks[cell] === 1)) continue
    work.least[cell] = Math.max(work.least[cell] ?? 0, search.least[column] ?? 0)
    work.most[cell] = Math.min(work.most[cell] ?? 0, search.most[column] ?? 0)
    work.isExact[cell] = 0
  }
}

/** What patterns away from a solution show: most cells are kept apart by one, and need no search. */
function seePatterns(
  { system }: Work,
  { cells }: Component,
  search: Search,
  {
    first,
    wideEnough,
    seenLeast,
    seenMost,
    local,
    targets,
  }: {
    readonly first: Float64Array
    readonly wideEnough: Keeps
    readonly seenLeast: Float64Array
    readonly seenMost: Float64Array
    readonly local: ReadonlyMap<number, number>
    readonly targets: readonly number[]
  },
): void {
  const asked = targets.map((cell) => local.get(cell) ?? 0)
  const moves = new Moves({ system, cells, search, targets: asked, keeps: wideEnough }, first, true)
  const see: See = (column, low, high) => {
    if (low < (seenLeast[column] ?? 0)) seenLeast[column] = low
    if (high > (seenMost[column] ?? 0)) seenMost[column] = high
  }
  for (const column of asked) {
    const cell = cells[column] ?? 0
    if (!isTooNarrow(wideEnough, cell, seenLeast[column] ?? 0, seenMost[column] ?? 0)) continue
    if (!moves.one(column, see)) moves.several(column, see)
  }
}

/** The solver is asked so often for many columns at once; so many left are asked about one by one. */
const [mostAtOnce, fewLeft] = [24, 8]

/**
 * Solutions in which many columns that are not known to be kept apart go up, or down, at once, each no further than it must: all of them, then half of them one
 * way and half the other, by each digit of their places in turn.
 */
async function seeManyAtOnce(
  work: Work,
  { cells }: Component,
  search: Search,
  {
    first,
    wideEnough,
    left,
    see,
  }: {
    readonly first: Float64Array
    readonly wideEnough: Keeps
    readonly left: () => readonly number[]
    readonly see: (values: Float64Array) => void
  },
): Promise<void> {
  const far = first.map((value, column) => {
    const cell = cells[column] ?? 0
    return Math.max(value + (wideEnough.width[cell] ?? 0), wideEnough.most[cell] ?? 0)
  })
  let [columns, idle] = [left(), 0]
  for (let time = 0; time < mostAtOnce && columns.length > fewLeft && idle < 4; time++) {
    const digit = (time >> 1) - 1
    const costs = new Map(
      columns.map((column, place) => [
        column,
        (digit < 0 || ((place >> digit) & 1) === 0) === (time % 2 === 0) ? -1 : 1,
      ]),
    )
    const asked = await ask(work, search, costs, far)
    if (asked?.values) see(asked.values)
    const now = left()
    idle = now.length < columns.length ? 0 : idle + 1
    columns = now
  }
}

/** Furthest that a move without limit is taken: far enough for any width that is asked for. */
const longMove = 1e6

/** What moves from the known solution show, each checked: bounds of its cells, and every row that one of them is in. */
function seeMoves(
  { options, system }: Work,
  search: Search,
  local: ReadonlyMap<number, number>,
  first: Float64Array,
  seenLeast: Float64Array,
  seenMost: Float64Array,
): void {
  const { problem } = search
  const step = new Float64Array(problem.least.length)
  for (const { cells, steps, up, down } of options.moves ?? []) {
    const columns: number[] = []
    for (const [k, cell] of cells.entries()) {
      const column = local.get(cell)
      if (column === undefined) continue
      columns.push(column)
      step[column] = steps[k] ?? 0
    }
    let [far, near] = [Math.min(up, longMove), Math.min(down, longMove)]
    // All of them in this component, or a shown cell would move.
    let holds = columns.length === cells.length && cells.every((cell) => system.state[cell] === 2)
    for (const column of columns) {
      const [value, by] = [first[column] ?? 0, step[column] ?? 0]
      const above = (problem.most[column] ?? 0) - value
      const below = value - (problem.least[column] ?? 0)
      far = Math.min(far, (by > 0 ? above : below) / Math.abs(by))
      near = Math.min(near, (by > 0 ? below : above) / Math.abs(by))
      for (const row of search.rowsOf(column)) {
        let moved = 0
        for (let k = problem.starts[row] ?? 0; k < (problem.starts[row + 1] ?? 0); k++) {
          moved += (problem.factors[k] ?? 0) * (step[problem.columns[k] ?? 0] ?? 0)
        }
        if (moved !== 0) holds = false
      }
    }
    for (const column of columns) {
      const [value, by] = [first[column] ?? 0, step[column] ?? 0]
      step[column] = 0
      if (!holds) continue
      for (const end of [value + by * Math.floor(far), value - by * Math.floor(near)]) {
        if (end < (seenLeast[column] ?? 0)) seenLeast[column] = end
        if (end > (seenMost[column] ?? 0)) seenMost[column] = end
      }
    }
  }
}

type End = {
  readonly work: Work
  readonly search: Search
  readonly column: number
  readonly see: (values: Float64Array) => void
  readonly base: Float64Array | null
  readonly seenLeast: Float64Array
  readonly seenMost: Float64Array
  readonly isEnough: (column: number) => boolean
}

/** The furthest value one way: between what was seen and what drawing in allows, the further first, then halved. */
async function reach(end: End, way: 'up' | 'down'): Promise<{ readonly at: number; readonly isProven: boolean }> {
  const { search, column, seenLeast, seenMost } = end
  const isUp = way === 'up'
  const limit = isUp ? (search.most[column] ?? 0) : (search.least[column] ?? 0)
  if (isUp && isEndless(limit)) return await endlessOr(end)
  const seen = (): number => (isUp ? (seenMost[column] ?? 0) : (seenLeast[column] ?? 0))
  let outer = limit
  let isFirst = true
  while (!Number.isFinite(seen()) || seen() !== outer) {
    const inner = Number.isFinite(seen())
      ? seen()
      : isUp
        ? (search.least[column] ?? 0) - 1
        : (search.most[column] ?? 0) + 1
    if (end.isEnough(column)) return { at: seen(), isProven: false }
    const half = isUp ? Math.ceil((inner + outer) / 2) : Math.floor((inner + outer) / 2)
    const value = isFirst ? outer : half
    isFirst = false
    const answer = await canReach(end, value, isUp)
    if (answer === 'unknown') return await bySolver(end, isUp, outer)
    if (answer === 'no') outer = isUp ? value - 1 : value + 1
    if (isUp ? outer < (search.least[column] ?? 0) : outer > (search.most[column] ?? 0))
      return { at: limit, isProven: false }
  }
  return { at: outer, isProven: true }
}

/** Whether some solution holds the cell at `value` or beyond; what is found is seen. */
async function canReach(end: End, value: number, isUp: boolean): Promise<'yes' | 'no' | 'unknown'> {
  const { search, column, work, base } = end
  if (work.options.shouldStop?.() === true) return 'unknown'
  const size = search.problem.least.length
  const tries = work.options.tries ?? Math.max(3000, 4 * size)
  if (size > smallComponent && base !== null) {
    for (const near of surroundings) {
      const found = nearby(search, column, value, isUp, base, near)
      if (found === null) continue
      end.see(found)
      return 'yes'
    }
  }
  const mark = search.mark()
  const holds = isUp
    ? search.hold(column, value, Number.POSITIVE_INFINITY)
    : search.hold(column, Number.NEGATIVE_INFINITY, value)
  if (!holds) {
    search.undo(mark)
    return 'no'
  }
  const order = inOrder(search, column, size)
  const wish = base ?? middle(search)
  const from = wish.slice()
  from[column] = value
  const found = search.find(order, from, tries)
  search.undo(mark)
  if (found.kind === 'found') {
    end.see(found.values)
    return 'yes'
  }
  return found.kind === 'none' ? 'no' : 'unknown'
}

/** A solution that differs from `base` only in at most `limit` cells around the column. */
function nearby(
  search: Search,
  column: number,
  value: number,
  isUp: boolean,
  base: Float64Array,
  limit: number,
): Float64Array | null {
  const { problem } = search
  const around = inOrder(search, column, limit)
  const places = new Map<number, number>()
  for (const [place, of] of around.entries()) places.set(of, place)
  const rows = new Set<number>()
  for (const of of around) for (const row of search.rowsOf(of)) rows.add(row)
  const starts = [0]
  const columns: number[] = []
  const factors: number[] = []
  const rowLeast: number[] = []
  const rowMost: number[] = []
  for (const row of rows) {
    let constant = 0
    for (let k = problem.starts[row] ?? 0; k < (problem.starts[row + 1] ?? 0); k++) {
      const of = problem.columns[k] ?? 0
      const place = places.get(of)
      const factor = problem.factors[k] ?? 0
      if (place === undefined) constant += factor * (base[of] ?? 0)
      else {
        columns.push(place)
        factors.push(factor)
      }
    }
    starts.push(columns.length)
    rowLeast.push((problem.rowLeast[row] ?? 0) - constant)
    rowMost.push((problem.rowMost[row] ?? 0) - constant)
  }
  const small = new Search({
    least: Float64Array.from(around, (of) => search.least[of] ?? 0),
    most: Float64Array.from(around, (of) => search.most[of] ?? 0),
    rowLeast: Float64Array.from(rowLeast),
    rowMost: Float64Array.from(rowMost),
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    factors: Int8Array.from(factors),
  })
  const wish = Float64Array.from(around, (of) => base[of] ?? 0)
  wish[0] = value
  const holds = isUp ? small.hold(0, value, Number.POSITIVE_INFINITY) : small.hold(0, Number.NEGATIVE_INFINITY, value)
  if (!holds || !small.drawIn()) return null
  const found = small.find(
    Int32Array.from(around, (_, place) => place),
    wish,
    400,
  )
  if (found.kind !== 'found') return null
  const values = base.slice()
  for (const [place, of] of around.entries()) values[of] = found.values[place] ?? 0
  return values
}

// ---------------------------------------------------------------- the solver

/** Of a cell that drawing in does not limit: whether the sums together do. */
async function endlessOr(end: End): Promise<{ readonly at: number; readonly isProven: boolean }> {
  const asked = await ask(end.work, end.search, new Map([[end.column, -1]]))
  if (asked === null) return { at: endless, isProven: false }
  if (asked.isUnbounded) return { at: endless, isProven: true }
  if (asked.values !== null) end.see(asked.values)
  return { at: Math.floor(-asked.bound + 1e-6), isProven: asked.isProven }
}

async function bySolver(
  end: End,
  isUp: boolean,
  outer: number,
): Promise<{ readonly at: number; readonly isProven: boolean }> {
  const asked = await ask(end.work, end.search, new Map([[end.column, isUp ? -1 : 1]]))
  if (asked === null) return { at: outer, isProven: false }
  if (asked.values !== null) end.see(asked.values)
  if (asked.isProven && asked.values !== null) return { at: asked.values[end.column] ?? outer, isProven: true }
  const bound = isUp ? Math.min(outer, Math.floor(-asked.bound + 1e-6)) : Math.max(outer, Math.ceil(asked.bound - 1e-6))
  return { at: Number.isFinite(bound) ? bound : outer, isProven: false }
}

type Asked = {
  readonly values: Float64Array | null
  readonly bound: number
  readonly isProven: boolean
  readonly isUnbounded: boolean
}

/**
 * One whole-number problem: any solution (without `costs`), or the one end of a column (its cost -1: its most, 1: its least), or of several together. Columns that cost go no
 * further up than `far`.
 */
async function ask(
  work: Work,
  search: Search,
  costs: ReadonlyMap<number, number>,
  far?: Float64Array,
): Promise<Asked | null> {
  const { solver, seconds = 5 } = work.options
  if (solver === null) return null
  work.askedSolver++
  const { problem } = search
  const sheet = startProblem()
  for (let j = 0; j < problem.least.length; j++) {
    const cost = costs.get(j) ?? 0
    const most = Math.min(search.most[j] ?? 0, cost === 0 ? endless : (far?.[j] ?? endless))
    const upper = isEndless(most) ? Number.POSITIVE_INFINITY : most
    sheet.column({ cost, lower: search.least[j] ?? 0, upper, isWhole: true })
  }
  for (let row = 0; row < problem.rowLeast.length; row++) {
    const terms: (readonly [number, number])[] = []
    for (let k = problem.starts[row] ?? 0; k < (problem.starts[row + 1] ?? 0); k++) {
      terms.push([problem.columns[k] ?? 0, problem.factors[k] ?? 0])
    }
    const least = problem.rowLeast[row] ?? 0
    sheet.row(least <= -1e14 ? Number.NEGATIVE_INFINITY : least, problem.rowMost[row] ?? 0, terms)
  }
  const shouldStop = work.options.shouldStop
  const solved = await solver.solve(sheet.problem(), { seconds, ...(shouldStop ? { shouldStop } : {}) })
  if (!solved.ok) return null
  const { status, values, bound } = solved.value
  return {
    values,
    bound,
    isProven: status === 'optimal' || status === 'infeasible',
    isUnbounded: status === 'unbounded',
  }
}
