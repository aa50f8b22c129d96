import { accept, type Decision } from '@lentera/core/shared/refusals'
import type { HeldProblem, LinearProblem, Solution, Solver } from '../solver/index.ts'
import { startProblem } from '../solver/problem.ts'
import { arcUses, type Local, type Locals, localsOf, lossOf, weightOf } from './states.ts'
import type { Arc, Target } from './target.ts'

/** What one column of the master decides: all that is done at a post, or at two that share their women; a way; a hire. */
export type Column =
  | { readonly kind: 'post'; readonly post: number; readonly state: number }
  | {
      readonly kind: 'pair'
      readonly pair: number
      readonly stateA: number
      readonly stateB: number
    }
  | { readonly kind: 'arc'; readonly arc: number }
  | { readonly kind: 'hire'; readonly post: number }

export type Chosen = {
  readonly posts: readonly { readonly post: number; readonly local: Local }[]
  readonly pools: readonly number[]
  readonly arcs: readonly { readonly arc: Arc; readonly count: number }[]
}

export type Solved = {
  readonly chosen: Chosen
  readonly reached: number
  readonly bound: number
  readonly isDone: boolean
}

export type Run = {
  readonly solver: Solver
  readonly seed: number
  /** Relative gap at which it may end; 0: proven. */
  readonly gap: number
  /** Seconds since it began, as the caller's clock has it. */
  readonly elapsed: () => number
  readonly seconds: number
  readonly shouldStop: () => boolean
  readonly onProgress: (
    step: 'bounding' | 'solving' | 'improving',
    reached: number | null,
    bound: number | null,
  ) => void
}

/**
 * Column generation (Desaulniers, Desrosiers & Solomon 2005): a column is all that is done at a post, or at a pair of posts
 * that pool; rows say that each post has one, and tie posts by the women who move, caps and budget. Each round prices every
 * post and pair by looking through all their states; the bound is Lagrange's. Then the whole-number master is solved over
 * the columns there are, and last over every column whose reduced cost fits into the gap, which proves the optimum.
 */
export async function solveTarget(target: Target, run: Run): Promise<Decision<Solved>> {
  const master = new Master(target, run)
  try {
    return await master.solve()
  } finally {
    master.release()
  }
}

const rest = 1e-7
/** So many columns within the gap can be given to the whole-number master. */
const mostInGap = 60_000

class Master {
  readonly #target: Target
  readonly #run: Run
  readonly #locals: readonly Locals[]
  readonly #columns: Column[] = []
  readonly #known = new Set<string>()
  readonly #held: HeldProblem
  readonly #rows: RowNames
  readonly #rowLower: number[] = []
  readonly #rowUpper: number[] = []
  readonly #pairCost: number
  #bound = Number.NEGATIVE_INFINITY
  #best: { readonly values: Float64Array; readonly columns: readonly Column[]; readonly reached: number } | null = null
  #duals: Float64Array = new Float64Array()

  constructor(target: Target, run: Run) {
    this.#target = target
    this.#run = run
    this.#locals = localsOf(target)
    this.#pairCost = weightOf(target) * target.reading.problem.changes.pool
    this.#rows = rowNames(target, (lower, upper) => {
      this.#rowLower.push(lower)
      return this.#rowUpper.push(upper) - 1
    })
    for (const column of this.#first()) this.#know(column)
    this.#held = run.solver.hold(this.#problem(this.#columns, false))
  }

  release(): void {
    this.#held.release()
  }

  async solve(): Promise<Decision<Solved>> {
    for (let round = 0; round < 60; round++) {
      const solved = await this.#held.solve({ seed: this.#run.seed })
      if (!solved.ok) return solved
      const { duals, objective } = solved.value
      if (duals === null) break
      const more = this.#price(duals.rows, objective)
      this.#run.onProgress('bounding', null, this.#bound)
      if (more.length === 0 || this.#isOver()) break
      // Near enough: further rounds would win less than the gap that is asked for.
      if (this.#run.gap > 0 && objective - this.#bound < 0.1 * this.#run.gap * Math.abs(this.#bound)) break
      this.#add(more)
    }
    const refusal = await this.#round()
    if (refusal) return refusal
    return accept({
      chosen: this.#chosen(),
      reached: this.#best?.reached ?? Number.POSITIVE_INFINITY,
      bound: Math.min(this.#bound, this.#best?.reached ?? Number.POSITIVE_INFINITY),
      isDone: this.#gap() <= this.#run.gap + 1e-9,
    })
  }

  #isOver(): boolean {
    return this.#run.shouldStop() || this.#run.elapsed() >= this.#run.seconds
  }

  #gap(): number {
    if (this.#best === null) return Number.POSITIVE_INFINITY
    const { reached } = this.#best
    if (reached - this.#bound <= 1e-6) return 0
    return (reached - this.#bound) / Math.max(Math.abs(this.#bound), 1e-9)
  }

  // -------------------------------------------------------------- whole numbers

  async #round(): Promise<Decision<Solved> | null> {
    const { gap } = this.#run
    const first = await this.#whole(this.#columns, gap / 2)
    if (first) return first
    while (this.#gap() > gap && !this.#isOver() && this.#best !== null) {
      const before = this.#columns.length
      const fit = this.#within(this.#best.reached - this.#bound)
      if (fit === null) break
      for (const column of fit) this.#know(column)
      this.#run.onProgress('improving', this.#best.reached, this.#bound)
      const isAll = await this.#whole(fit, gap, true)
      if (isAll) return isAll
      if (this.#columns.length === before) break
      break
    }
    return null
  }

  /** `provesAll`: the columns hold every better plan there is, so their bound is one of all. */
  async #whole(columns: readonly Column[], gap: number, provesAll = false): Promise<Decision<Solved> | null> {
    const reached = this.#best?.reached ?? null
    const left = Math.max(0.05, this.#run.seconds - this.#run.elapsed())
    const solved = await this.#run.solver.solve(this.#problem(columns, true), {
      seed: this.#run.seed,
      gap,
      seconds: left,
      shouldStop: () => this.#run.shouldStop(),
      onProgress: ({ best }) => this.#run.onProgress('solving', best ?? reached, this.#bound),
    })
    if (!solved.ok) return solved
    this.#take(columns, solved.value)
    if (provesAll) this.#bound = Math.max(this.#bound, Math.min(solved.value.bound, this.#best?.reached ?? Infinity))
    return null
  }

  #take(columns: readonly Column[], { values, objective }: Solution): void {
    if (values === null || objective >= (this.#best?.reached ?? Number.POSITIVE_INFINITY) - 1e-9) return
    this.#best = { values, columns, reached: objective }
  }

  #chosen(): Chosen {
    const posts: { post: number; local: Local }[] = []
    const pools: number[] = []
    const arcs: { arc: Arc; count: number }[] = []
    this.#best?.values.forEach((value, at) => {
      const column = this.#best?.columns[at]
      const count = Math.round(value)
      if (!column || count === 0) return
      const put = (post: number, state: number): void => {
        const local = this.#locals[post]?.states[state]
        if (local) posts.push({ post, local })
      }
      if (column.kind === 'post') put(column.post, column.state)
      else if (column.kind === 'pair') {
        const pair = this.#target.pairs[column.pair]
        if (!pair) return
        put(pair.a, column.stateA)
        put(pair.b, column.stateB)
        pools.push(column.pair)
      } else if (column.kind === 'arc') {
        const arc = this.#target.arcs[column.arc]
        if (arc) arcs.push({ arc, count })
      }
    })
    return { posts, pools, arcs }
  }

  // -------------------------------------------------------------- columns as numbers

  #know(column: Column): boolean {
    const name = Object.values(column).join(' ')
    if (this.#known.has(name)) return false
    this.#known.add(name)
    this.#columns.push(column)
    return true
  }

  /** Doing nothing anywhere, and hires where they are counted apart. */
  #first(): readonly Column[] {
    const idle = (post: number): number =>
      this.#locals[post]?.states.findIndex(
        ({ train, leave, arrive, closes }) => train + leave + arrive === 0 && !closes,
      ) ?? 0
    return [
      ...this.#target.posts.flatMap(({ pooledWith }, post): Column[] =>
        pooledWith === null ? [{ kind: 'post', post, state: idle(post) }] : [],
      ),
      ...this.#target.pairs.flatMap(({ a, b }, pair): Column[] =>
        this.#target.posts[a]?.pooledWith === b ? [{ kind: 'pair', pair, stateA: idle(a), stateB: idle(b) }] : [],
      ),
      ...this.#locals.flatMap(({ hasArcs, post }): Column[] =>
        hasArcs && post.canHire ? [{ kind: 'hire', post: post.read.index }] : [],
      ),
    ]
  }

  /** Cost of a column, and what stands in its rows. */
  #terms(column: Column): {
    readonly cost: number
    readonly terms: readonly (readonly [row: number, value: number])[]
    readonly upper: number
  } {
    const { target, rows } = { target: this.#target, rows: this.#rows }
    const terms: (readonly [number, number])[] = []
    const { costs, changes } = target.reading.problem
    const loss = lossOf(target)
    if (column.kind === 'arc') {
      const arc = target.arcs[column.arc]
      if (!arc) return { cost: 0, terms, upper: 0 }
      terms.push([rows.arrive[arc.to] ?? -1, -1], [rows.cohort.get(arc.cohort) ?? -1, 1])
      terms.push([(arc.trains ? rows.trainLeave : rows.leave)[arc.from] ?? -1, 1])
      if (arc.isOnCall !== target.reading.problem.rules.onCall.hires) terms.push([rows.notCalled[arc.to] ?? -1, 1])
      for (const [at, limit] of target.limits.entries())
        terms.push([rows.limits + at, arcUses(limit, arc, costs.training)])
      return {
        cost: weightOf(target) * arc.changes,
        terms: real(terms),
        upper: target.reading.cohorts[arc.cohort]?.count ?? 0,
      }
    }
    if (column.kind === 'hire') {
      terms.push([rows.arrive[column.post] ?? -1, -1])
      target.limits.forEach(({ of, counts }, at) => {
        if (counts.hires) terms.push([rows.limits + at, of === 'budget' ? costs.hire : 1])
      })
      return { cost: weightOf(target) * changes.hire, terms: real(terms), upper: 100 }
    }
    const put = (post: number, state: number, isAlone: boolean): number => {
      const locals = this.#locals[post]
      const local = locals?.states[state]
      if (!locals || !local) return 0
      terms.push([post, 1], [rows.arrive[post] ?? -1, local.arrive])
      if (isAlone) {
        terms.push([rows.leave[post] ?? -1, -local.leave], [rows.notCalled[post] ?? -1, -local.arrive])
        const free = locals.post.trainOnCall + locals.post.trainOther - local.train
        if (local.arrive === 0) terms.push([rows.trainLeave[post] ?? -1, -free])
      }
      const size = locals.states.length
      for (const at of target.limits.keys()) terms.push([rows.limits + at, locals.uses[at * size + state] ?? 0])
      return locals.cost[state] ?? 0
    }
    if (column.kind === 'post') {
      const locals = this.#locals[column.post]
      if (!locals) return { cost: 0, terms, upper: 0 }
      const cost = put(column.post, column.state, true)
      return {
        cost: cost + loss(locals.post, locals.needs[column.state] ?? 0, locals.trained[column.state] ?? 0),
        terms: real(terms),
        upper: 1,
      }
    }
    const pair = target.pairs[column.pair]
    const [a, b] = [this.#locals[pair?.a ?? -1], this.#locals[pair?.b ?? -1]]
    if (!pair || !a || !b) return { cost: 0, terms, upper: 0 }
    const { stateA, stateB } = column
    const cost = put(pair.a, stateA, false) + put(pair.b, stateB, false)
    const stands = a.post.pooledWith === pair.b
    if (!stands)
      target.limits.forEach(({ of, counts }, at) => {
        if (counts.pools) terms.push([rows.limits + at, of === 'budget' ? target.poolMoney : 1])
      })
    const [toA, toB] = ratios(a, b)
    return {
      cost:
        cost +
        (stands ? 0 : this.#pairCost) +
        loss(a.post, a.needs[stateA] ?? 0, (a.trained[stateA] ?? 0) + toA * (b.onCall[stateB] ?? 0)) +
        loss(b.post, b.needs[stateB] ?? 0, (b.trained[stateB] ?? 0) + toB * (a.onCall[stateA] ?? 0)),
      terms: merged(real(terms)),
      upper: 1,
    }
  }

  #problem(columns: readonly Column[], isWhole: boolean): LinearProblem {
    const sheet = startProblem()
    const byRow: (readonly [number, number])[][] = this.#rowLower.map(() => [])
    for (const column of columns) {
      const { cost, terms, upper } = this.#terms(column)
      const index = sheet.column({
        cost,
        upper: isWhole ? upper : upper === 1 ? Number.POSITIVE_INFINITY : upper,
        isWhole,
      })
      for (const [row, value] of terms) byRow[row]?.push([index, value])
    }
    byRow.forEach((terms, row) => {
      sheet.row(this.#rowLower[row] ?? 0, this.#rowUpper[row] ?? 0, terms)
    })
    return sheet.problem()
  }

  #add(columns: readonly Column[]): void {
    const cost: number[] = []
    const upper: number[] = []
    const starts = [0]
    const rows: number[] = []
    const values: number[] = []
    for (const column of columns) {
      const made = this.#terms(column)
      cost.push(made.cost)
      upper.push(made.upper === 1 ? Number.POSITIVE_INFINITY : made.upper)
      for (const [row, value] of made.terms) {
        rows.push(row)
        values.push(value)
      }
      starts.push(rows.length)
    }
    this.#held.addColumns({
      cost: Float64Array.from(cost),
      lower: new Float64Array(cost.length),
      upper: Float64Array.from(upper),
      starts: Int32Array.from(starts),
      rows: Int32Array.from(rows),
      values: Float64Array.from(values),
    })
  }

  // -------------------------------------------------------------- pricing

  /** The columns that would better the master at these duals; the bound moves up to what they leave possible. */
  #price(duals: Float64Array, objective: number): readonly Column[] {
    this.#duals = duals
    const priced = this.#priced(duals)
    const found: Column[] = []
    const least = priced.single.map(({ value }) => Math.min(value, 0))
    const offer = (column: Column): void => {
      if (this.#know(column)) found.push(column)
    }
    priced.single.forEach(({ value, state }, post) => {
      if (value < -rest && state >= 0) offer({ kind: 'post', post, state })
    })
    const loss = lossOf(this.#target)
    this.#target.pairs.forEach((pair, at) => {
      const best = this.#bestOfPair(priced, pair, loss)
      if (best === null) return
      for (const post of [pair.a, pair.b]) least[post] = Math.min(least[post] ?? 0, best.value / 2)
      if (best.value < -rest) offer({ kind: 'pair', pair: at, stateA: best.stateA, stateB: best.stateB })
    })
    let lost = 0
    const leastOfCohort = new Map<number, number>()
    this.#target.arcs.forEach((arc, at) => {
      const value = this.#arcCost(arc, duals)
      if (value < -rest) offer({ kind: 'arc', arc: at })
      if (value < 0) leastOfCohort.set(arc.cohort, Math.min(leastOfCohort.get(arc.cohort) ?? 0, value))
    })
    for (const [cohort, value] of leastOfCohort) lost += value * (this.#target.reading.cohorts[cohort]?.count ?? 0)
    this.#bound = Math.max(this.#bound, objective + least.reduce((sum, value) => sum + value, 0) + lost)
    return found
  }

  /** Reduced cost of every state, of the best single one of each post, and the best state of each level. */
  #priced(duals: Float64Array): Priced {
    const rows = this.#rows
    const loss = lossOf(this.#target)
    const limits = this.#target.limits.length
    const values: Float64Array[] = []
    const single = this.#locals.map((locals, post) => {
      const size = locals.states.length
      const value = locals.cost.slice()
      for (let limit = 0; limit < limits; limit++) {
        const dual = duals[rows.limits + limit] ?? 0
        if (dual !== 0)
          for (let at = 0; at < size; at++) value[at] = (value[at] ?? 0) - dual * (locals.uses[limit * size + at] ?? 0)
      }
      const arrive = dualOf(duals, rows.arrive[post])
      const [leave, notCalled, trainLeave] = [
        dualOf(duals, rows.leave[post]),
        dualOf(duals, rows.notCalled[post]),
        dualOf(duals, rows.trainLeave[post]),
      ]
      const own = duals[post] ?? 0
      let best = { value: Number.POSITIVE_INFINITY, state: -1 }
      const free = locals.post.trainOnCall + locals.post.trainOther
      for (let at = 0; at < size; at++) {
        const state = locals.states[at]
        if (!state) continue
        const shared = (value[at] ?? 0) - own - arrive * state.arrive
        value[at] = shared
        if (locals.post.pooledWith !== null) continue
        const alone =
          shared +
          leave * state.leave +
          notCalled * state.arrive +
          (state.arrive === 0 ? trainLeave * (free - state.train) : 0) +
          loss(locals.post, locals.needs[at] ?? 0, locals.trained[at] ?? 0)
        if (alone < best.value) best = { value: alone, state: at }
      }
      values.push(value)
      return best
    })
    const levels = this.#locals.map((locals, post) => {
      const value = new Float64Array(locals.levels).fill(Number.POSITIVE_INFINITY)
      const state = new Int32Array(locals.levels)
      locals.level.forEach((level, at) => {
        const of = values[post]?.[at] ?? Number.POSITIVE_INFINITY
        if (level < 0 || of >= (value[level] ?? 0)) return
        value[level] = of
        state[level] = at
      })
      return { value, state }
    })
    return { values, single, levels }
  }

  #bestOfPair(
    priced: Priced,
    { a, b }: Target['pairs'][number],
    loss: ReturnType<typeof lossOf>,
  ): { readonly value: number; readonly stateA: number; readonly stateB: number } | null {
    const [one, other, levelA, levelB] = [this.#locals[a], this.#locals[b], priced.levels[a], priced.levels[b]]
    if (!one || !other || !levelA || !levelB) return null
    const [toA, toB] = ratios(one, other)
    const pool = one.post.pooledWith === b ? 0 : this.#pairCost - this.#poolDual()
    let [value, bestA, bestB] = [Number.POSITIVE_INFINITY, -1, -1]
    for (let i = 0; i < one.levels; i++) {
      const [base, womenA, calledA, needsA] = [
        levelA.value[i] ?? 0,
        one.levelTrained[i] ?? 0,
        one.levelOnCall[i] ?? 0,
        one.levelNeeds[i] ?? 0,
      ]
      for (let j = 0; j < other.levels; j++) {
        const sum =
          base +
          (levelB.value[j] ?? 0) +
          pool +
          loss(one.post, needsA, womenA + toA * (other.levelOnCall[j] ?? 0)) +
          loss(other.post, other.levelNeeds[j] ?? 0, (other.levelTrained[j] ?? 0) + toB * calledA)
        if (sum < value) {
          value = sum
          bestA = i
          bestB = j
        }
      }
    }
    if (bestA < 0) return null
    return { value, stateA: levelA.state[bestA] ?? 0, stateB: levelB.state[bestB] ?? 0 }
  }

  #poolDual(): number {
    return this.#target.limits.reduce(
      (sum, { of, counts }, at) =>
        counts.pools
          ? sum + (this.#duals[this.#rows.limits + at] ?? 0) * (of === 'budget' ? this.#target.poolMoney : 1)
          : sum,
      0,
    )
  }

  #arcCost(arc: Arc, duals: Float64Array): number {
    const rows = this.#rows
    const training = this.#target.reading.problem.costs.training
    let value = weightOf(this.#target) * arc.changes
    value += dualOf(duals, rows.arrive[arc.to])
    value -= dualOf(duals, rows.cohort.get(arc.cohort))
    value -= dualOf(duals, (arc.trains ? rows.trainLeave : rows.leave)[arc.from])
    if (arc.isOnCall !== this.#target.reading.problem.rules.onCall.hires) value -= dualOf(duals, rows.notCalled[arc.to])
    this.#target.limits.forEach((limit, at) => {
      value -= (duals[rows.limits + at] ?? 0) * arcUses(limit, arc, training)
    })
    return value
  }

  /** Every column whose reduced cost is within `slack`: a plan better than the best has no other. Null: too many. */
  #within(slack: number): readonly Column[] | null {
    const priced = this.#priced(this.#duals)
    const loss = lossOf(this.#target)
    const room = slack + 1e-6
    const found: Column[] = this.#columns.filter(({ kind }) => kind === 'hire')
    const { rows } = { rows: this.#rows }
    const least = priced.single.map(({ value }) => Math.min(0, value))
    for (const [post, locals] of this.#locals.entries()) {
      if (locals.post.pooledWith !== null) continue
      const [leave, notCalled, trainLeave] = [
        dualOf(this.#duals, rows.leave[post]),
        dualOf(this.#duals, rows.notCalled[post]),
        dualOf(this.#duals, rows.trainLeave[post]),
      ]
      const free = locals.post.trainOnCall + locals.post.trainOther
      locals.states.forEach((state, at) => {
        const value =
          (priced.values[post]?.[at] ?? 0) +
          leave * state.leave +
          notCalled * state.arrive +
          (state.arrive === 0 ? trainLeave * (free - state.train) : 0) +
          loss(locals.post, locals.needs[at] ?? 0, locals.trained[at] ?? 0)
        if (value - (least[post] ?? 0) <= room) found.push({ kind: 'post', post, state: at })
      })
      if (found.length > mostInGap) return null
    }
    for (const [at, { a, b }] of this.#target.pairs.entries()) {
      const [one, other] = [this.#locals[a], this.#locals[b]]
      if (!one || !other) continue
      const [toA, toB] = ratios(one, other)
      const pool = one.post.pooledWith === b ? 0 : this.#pairCost - this.#poolDual()
      for (let i = 0; i < one.states.length; i++) {
        if ((one.level[i] ?? -1) < 0) continue
        for (let j = 0; j < other.states.length; j++) {
          if ((other.level[j] ?? -1) < 0) continue
          const value =
            (priced.values[a]?.[i] ?? 0) +
            (priced.values[b]?.[j] ?? 0) +
            pool +
            loss(one.post, one.needs[i] ?? 0, (one.trained[i] ?? 0) + toA * (other.onCall[j] ?? 0)) +
            loss(other.post, other.needs[j] ?? 0, (other.trained[j] ?? 0) + toB * (one.onCall[i] ?? 0))
          if (value <= room) found.push({ kind: 'pair', pair: at, stateA: i, stateB: j })
        }
      }
      if (found.length > mostInGap) return null
    }
    this.#target.arcs.forEach((arc, at) => {
      if (this.#arcCost(arc, this.#duals) <= room) found.push({ kind: 'arc', arc: at })
    })
    return found.length > mostInGap ? null : found
  }
}

type Priced = {
  readonly values: readonly Float64Array[]
  readonly single: readonly { readonly value: number; readonly state: number }[]
  readonly levels: readonly { readonly value: Float64Array; readonly state: Int32Array }[]
}

type RowNames = {
  readonly arrive: Readonly<Record<number, number>>
  readonly notCalled: Readonly<Record<number, number>>
  readonly leave: Readonly<Record<number, number>>
  readonly trainLeave: Readonly<Record<number, number>>
  readonly cohort: ReadonlyMap<number, number>
  readonly limits: number
}

/** Row `p` of the first is post p's: one column of it. Then those of women who move, then the limits. */
function rowNames(target: Target, row: (lower: number, upper: number) => number): RowNames {
  for (const _ of target.posts) row(1, 1)
  const arrive: Record<number, number> = {}
  const notCalled: Record<number, number> = {}
  const leave: Record<number, number> = {}
  const trainLeave: Record<number, number> = {}
  const cohort = new Map<number, number>()
  const { hires } = target.reading.problem.rules.onCall
  for (const arc of target.arcs) {
    arrive[arc.to] ??= row(0, 0)
    if (arc.isOnCall !== hires && target.pairs.length > 0) notCalled[arc.to] ??= row(-Infinity, 0)
    if (arc.trains) trainLeave[arc.from] ??= row(-Infinity, 0)
    else leave[arc.from] ??= row(-Infinity, 0)
    if (!cohort.has(arc.cohort)) cohort.set(arc.cohort, row(-Infinity, target.reading.cohorts[arc.cohort]?.count ?? 0))
  }
  const limits = target.limits.map(({ limit }) => row(-Infinity, limit))
  return { arrive, notCalled, leave, trainLeave, cohort, limits: limits[0] ?? 0 }
}

function dualOf(duals: Float64Array, row: number | undefined): number {
  return row === undefined ? 0 : (duals[row] ?? 0)
}

/** A woman of the other post in women of this one, where their shifts differ in length. */
function ratios(a: Locals, b: Locals): readonly [toA: number, toB: number] {
  return [b.post.ofOne / a.post.ofOne, a.post.ofOne / b.post.ofOne]
}

function real(terms: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return terms.filter(([row, value]) => row >= 0 && value !== 0)
}

function merged(terms: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const sum = new Map<number, number>()
  for (const [row, value] of terms) sum.set(row, (sum.get(row) ?? 0) + value)
  return [...sum]
}
