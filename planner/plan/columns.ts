import { arcUses, arriving, isOther, type Local, type Locals, type Loss, localsOf, lossOf, weightOf } from './states.ts'
import type { Target } from './target.ts'
import { missingWeight } from './words.ts'

/** What one column of the master decides: all that is done at a post, or at two that share their women; a way; a hire. */
export type Column =
  | { readonly kind: 'post'; readonly post: number; readonly state: number }
  | { readonly kind: 'pair'; readonly pair: number; readonly stateA: number; readonly stateB: number }
  | { readonly kind: 'arc'; readonly arc: number }
  | { readonly kind: 'hire'; readonly post: number }
  /** Nothing that the rules allow: only where a hand has set what cannot be. */
  | { readonly kind: 'none'; readonly post: number }

/** A column with how often it is taken. */
export type Taken = { readonly column: Column; readonly count: number }

export type BestOfPair = { readonly value: number; readonly stateA: number; readonly stateB: number }

/** Pairs among three posts that are all neighbours: only one of them can share. */
export type Triangle = readonly [number, number, number]

type Term = readonly [row: number, value: number]

/** A post with no column that the rules allow: heavier than all that must be covered. */
export const noneWeight = 1e9

/** At one post: more than any post needs. */
const mostHired = 10_000

export type Priced = {
  readonly duals: Float64Array
  /** Of each post, of each of its states: reduced cost of what is shared by a single post and a pair. */
  readonly values: readonly Float64Array[]
  readonly single: readonly { readonly value: number; readonly state: number }[]
  readonly levels: readonly { readonly value: Float64Array; readonly state: Int32Array }[]
  readonly loss: Loss
  /** A pool's part in the limits. */
  readonly pool: number
}

/**
 * The columns of one target as numbers: their costs and rows, and their reduced costs at given duals. Ways that women could
 * move are in the rows only once they are `active`: most never pay, and their rows would be most of the master.
 */
export class Columns {
  readonly target: Target
  readonly rows: RowNames
  readonly rowLower: number[] = []
  readonly rowUpper: number[] = []
  readonly locals: readonly Locals[]
  /** How many of the last rows are limits: of kinds and money, and of missing women where so many are asked for. */
  readonly limits: number
  readonly #loss: Loss
  readonly #weight: number

  /** `before`: what can be done at the posts of this target, as far as it is known. */
  constructor(
    target: Target,
    active: ReadonlySet<number>,
    triangles: readonly Triangle[] = [],
    before: readonly Locals[] = [],
  ) {
    this.target = target
    this.#loss = lossOf(target)
    this.limits = target.limits.length + (typeof target.asks === 'object' ? 1 : 0)
    this.#weight = weightOf(target)
    this.locals = localsOf(target, active, before)
    this.rows = rowNames(target, active, triangles, (lower, upper) => {
      this.rowLower.push(lower)
      return this.rowUpper.push(upper) - 1
    })
  }

  /** Doing nothing anywhere, and hires where they are counted apart. */
  first(): readonly Column[] {
    const idle = (post: number): number =>
      this.locals[post]?.states.findIndex(
        ({ train, leave, arrive, closes }) => train + leave + arrive === 0 && !closes,
      ) ?? -1
    return [
      ...this.target.posts.flatMap(({ pooledWith }, post): Column[] => {
        const state = pooledWith === null ? idle(post) : -1
        return state < 0 ? [{ kind: 'none', post }] : [{ kind: 'post', post, state }]
      }),
      ...this.target.pairs.flatMap(({ a, b }, pair): Column[] => {
        const [stateA, stateB] = [idle(a), idle(b)]
        const stands = this.target.posts[a]?.pooledWith === b && stateA >= 0 && stateB >= 0
        return stands ? [{ kind: 'pair', pair, stateA, stateB }] : []
      }),
      ...this.hires(),
    ]
  }

  hires(): readonly Column[] {
    return this.locals.flatMap(({ hasArcs, tellsApart, post }, at): Column[] =>
      hasArcs && !tellsApart && post.canHire ? [{ kind: 'hire', post: at }] : [],
    )
  }

  statesOf(column: Column): readonly { readonly post: number; readonly state: number }[] {
    if (column.kind === 'post') return [column]
    const pair = column.kind === 'pair' ? this.target.pairs[column.pair] : undefined
    if (column.kind !== 'pair' || !pair) return []
    return [
      { post: pair.a, state: column.stateA },
      { post: pair.b, state: column.stateB },
    ]
  }

  postsOf(column: Column): readonly number[] {
    return column.kind === 'none' ? [column.post] : this.statesOf(column).map(({ post }) => post)
  }

  /** In a pool no more of them come who may not be called than its states say; or no fewer of them who may, where only they are. */
  get #sign(): 1 | -1 {
    return this.target.reading.problem.rules.onCall.hires ? 1 : -1
  }

  /** At a post alone nobody is called. */
  #othersAlone({ arrive }: Local): number {
    return this.#sign === 1 ? -arrive : 0
  }

  /** Cost of a column, and what stands in its rows. */
  terms(column: Column): {
    readonly cost: number
    readonly terms: readonly Term[]
    readonly upper: number
    /** What stays uncovered, as a part of the cost. */
    readonly loss: number
  } {
    const { target, rows } = this
    const terms: Term[] = []
    const { costs, changes } = target.reading.problem
    const loss = this.#loss
    if (column.kind === 'none') return { cost: noneWeight, terms: [[column.post, 1]], upper: 1, loss: 0 }
    if (column.kind === 'arc') {
      const arc = target.arcs[column.arc]
      if (!arc) return { cost: 0, terms, upper: 0, loss: 0 }
      terms.push([rows.arrive[arc.to] ?? -1, -1], [rows.cohort.get(arc.cohort) ?? -1, 1])
      terms.push([(arc.trains ? rows.trainLeave : rows.leave)[arc.from] ?? -1, 1])
      if (isOther(target, arc)) terms.push([rows.others[arc.to] ?? -1, this.#sign])
      for (const [at, limit] of target.limits.entries())
        terms.push([rows.limits + at, arcUses(limit, arc, costs.training)])
      return {
        cost: this.#weight * arc.changes,
        terms: real(terms),
        upper: target.reading.cohorts[arc.cohort]?.count ?? 0,
        loss: 0,
      }
    }
    if (column.kind === 'hire') {
      terms.push([rows.arrive[column.post] ?? -1, -1])
      target.limits.forEach(({ of, counts }, at) => {
        if (counts.hires) terms.push([rows.limits + at, of === 'budget' ? costs.hire : 1])
      })
      return { cost: this.#weight * changes.hire, terms: real(terms), upper: mostHired, loss: 0 }
    }
    const put = (post: number, state: number, isAlone: boolean): number => {
      const locals = this.locals[post]
      const local = locals?.states[state]
      if (!locals || !local) return 0
      terms.push([post, 1], [rows.arrive[post] ?? -1, arriving(locals, local).come])
      terms.push([rows.others[post] ?? -1, isAlone ? this.#othersAlone(local) : -this.#sign * local.other])
      if (isAlone || target.isLoose) {
        terms.push([rows.leave[post] ?? -1, -local.leave])
        const free = locals.post.trainOnCall + locals.post.trainOther - local.train
        if (local.arrive === 0 || target.isLoose) terms.push([rows.trainLeave[post] ?? -1, -free])
      }
      const size = locals.states.length
      for (const at of target.limits.keys()) terms.push([rows.limits + at, locals.uses[at * size + state] ?? 0])
      return locals.cost[state] ?? 0
    }
    if (column.kind === 'post') {
      const locals = this.locals[column.post]
      if (!locals) return { cost: 0, terms, upper: 0, loss: 0 }
      const cost = put(column.post, column.state, true)
      const lost = loss(locals.post, locals.needs[column.state] ?? 0, locals.trained[column.state] ?? 0)
      return this.#lost(lost, { cost, terms: real(terms), upper: 1 })
    }
    const pair = target.pairs[column.pair]
    const [a, b] = [this.locals[pair?.a ?? -1], this.locals[pair?.b ?? -1]]
    if (!pair || !a || !b) return { cost: 0, terms, upper: 0, loss: 0 }
    const { stateA, stateB } = column
    const cost = put(pair.a, stateA, false) + put(pair.b, stateB, false)
    for (const row of rows.triangles.get(column.pair) ?? []) terms.push([row, 1])
    const stands = a.post.pooledWith === pair.b
    if (!stands)
      target.limits.forEach(({ of, counts }, at) => {
        if (counts.pools) terms.push([rows.limits + at, of === 'budget' ? target.poolMoney : 1])
      })
    const lost =
      loss(a.post, a.needs[stateA] ?? 0, (a.trained[stateA] ?? 0) + (b.called[stateB] ?? 0) / (a.ofOne[stateA] ?? 1)) +
      loss(b.post, b.needs[stateB] ?? 0, (b.trained[stateB] ?? 0) + (a.called[stateA] ?? 0) / (b.ofOne[stateB] ?? 1))
    return this.#lost(lost, { cost: cost + (stands ? 0 : this.#pairCost()), terms: merged(real(terms)), upper: 1 })
  }

  /** What stays uncovered is a part of the cost, or in the row of those who may be missing. */
  #lost(loss: number, made: { readonly cost: number; readonly terms: readonly Term[]; readonly upper: number }) {
    if (typeof this.target.asks !== 'object') return { ...made, cost: made.cost + loss, loss }
    const row = this.rows.limits + this.target.limits.length
    return { ...made, terms: loss > 0 ? [...made.terms, [row, loss / missingWeight] as const] : made.terms, loss }
  }

  /** What stays uncovered, at these duals. */
  #lossAt(duals: Float64Array): Loss {
    if (typeof this.target.asks !== 'object') return this.#loss
    const price = -(duals[this.rows.limits + this.target.limits.length] ?? 0) / missingWeight
    const loss = this.#loss
    return (post, needs, women) => price * loss(post, needs, women)
  }

  /** Reduced cost of every state, of the best single one of each post, and the best state of each level. */
  priced(duals: Float64Array): Priced {
    const { rows } = this
    const loss = this.#lossAt(duals)
    const { isLoose } = this.target
    const limits = this.target.limits.length
    const values: Float64Array[] = []
    const single = this.locals.map((locals, post) => {
      const size = locals.states.length
      const value = locals.cost.slice()
      for (let limit = 0; limit < limits; limit++) {
        const dual = duals[rows.limits + limit] ?? 0
        if (dual !== 0)
          for (let at = 0; at < size; at++) value[at] = (value[at] ?? 0) - dual * (locals.uses[limit * size + at] ?? 0)
      }
      const arrive = dualOf(duals, rows.arrive[post])
      const [leave, others, trainLeave] = [
        dualOf(duals, rows.leave[post]),
        dualOf(duals, rows.others[post]),
        dualOf(duals, rows.trainLeave[post]),
      ]
      const own = duals[post] ?? 0
      let best = { value: Number.POSITIVE_INFINITY, state: -1 }
      const free = locals.post.trainOnCall + locals.post.trainOther
      for (let at = 0; at < size; at++) {
        const state = locals.states[at]
        if (!state) continue
        const inPair = others * this.#sign * state.other
        const gone = leave * state.leave + (state.arrive === 0 || isLoose ? trainLeave * (free - state.train) : 0)
        const shared = (value[at] ?? 0) - own - arrive * arriving(locals, state).come + inPair + (isLoose ? gone : 0)
        value[at] = shared
        // Who of those who come may be called is told apart for a pool alone.
        if (locals.post.pooledWith !== null || state.other > 0 || locals.sharedOnly[at] === 1) continue
        const alone =
          shared -
          inPair +
          (isLoose ? 0 : gone) -
          others * this.#othersAlone(state) +
          loss(locals.post, locals.needs[at] ?? 0, locals.trained[at] ?? 0)
        if (alone < best.value) best = { value: alone, state: at }
      }
      values.push(value)
      return best
    })
    const levels = this.locals.map((locals, post) => {
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
    return { duals, values, single, levels, loss, pool: this.#poolDual(duals) }
  }

  bestOfPair(priced: Priced, pair: number): BestOfPair | null {
    const { a, b } = this.target.pairs[pair] ?? { a: -1, b: -1 }
    const [one, other, levelA, levelB] = [this.locals[a], this.locals[b], priced.levels[a], priced.levels[b]]
    if (!one || !other || !levelA || !levelB) return null
    const { loss } = priced
    const pool = this.#poolOf(priced, pair)
    // All covered in the full hours: no loss is less.
    const least = loss(one.post, one.post.needs, Infinity) + loss(other.post, other.post.needs, Infinity)
    let [value, bestA, bestB] = [Number.POSITIVE_INFINITY, -1, -1]
    for (let i = 0; i < one.levels; i++) {
      const [base, womenA, calledA, ofOneA, needsA] = [
        levelA.value[i] ?? 0,
        one.levelTrained[i] ?? 0,
        one.levelCalled[i] ?? 0,
        one.levelOfOne[i] ?? 1,
        one.levelNeeds[i] ?? 0,
      ]
      // Nobody comes by ways that are in no row yet.
      if (base === Number.POSITIVE_INFINITY) continue
      for (let j = 0; j < other.levels; j++) {
        const theirs = levelB.value[j] ?? 0
        if (base + theirs + pool + least >= value) continue
        const sum =
          base +
          theirs +
          pool +
          loss(one.post, needsA, womenA + (other.levelCalled[j] ?? 0) / ofOneA) +
          loss(
            other.post,
            other.levelNeeds[j] ?? 0,
            (other.levelTrained[j] ?? 0) + calledA / (other.levelOfOne[j] ?? 1),
          )
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

  #poolDual(duals: Float64Array): number {
    return this.target.limits.reduce(
      (sum, { of, counts }, at) =>
        counts.pools ? sum + (duals[this.rows.limits + at] ?? 0) * (of === 'budget' ? this.target.poolMoney : 1) : sum,
      0,
    )
  }

  /**
   * Reduced cost of a way. Where it is in no row yet, an arrival is worth at most what a hire costs there, and a woman who
   * leaves a post without a surplus costs at least the training of another: with these duals the bound holds for all ways.
   */
  arcCost(at: number, duals: Float64Array): number {
    const { rows, target } = this
    const arc = target.arcs[at]
    if (!arc) return 0
    const { costs, changes } = target.reading.problem
    let value = this.#weight * arc.changes
    const arrive = rows.arrive[arc.to]
    value -= arrive === undefined ? this.#price('hires', changes.hire, costs.hire, duals) : -(duals[arrive] ?? 0)
    value -= dualOf(duals, rows.cohort.get(arc.cohort))
    const leave = (arc.trains ? rows.trainLeave : rows.leave)[arc.from]
    if (leave !== undefined) value -= duals[leave] ?? 0
    else if (!arc.trains && !this.#hasSurplus(arc.from))
      value += this.#price('trainings', changes.training, costs.training, duals)
    if (isOther(target, arc)) value -= this.#sign * dualOf(duals, rows.others[arc.to])
    target.limits.forEach((limit, of) => {
      value -= (duals[rows.limits + of] ?? 0) * arcUses(limit, arc, costs.training)
    })
    return value
  }

  /** Whether a row is of posts and of women who move, and no limit. */
  isOwnRow(row: number): boolean {
    return this.limits === 0 || row < this.rows.limits
  }

  /** Duals of the rows of `before`, and of rows that came in since what `arcCost` took in their place. */
  carried(before: Columns, duals: Float64Array): Float64Array {
    const { costs, changes } = this.target.reading.problem
    const carried = new Float64Array(this.rowLower.length)
    const carry = (row: number, from: number | undefined, priced: () => number): void => {
      carried[row] = from === undefined ? priced() : (duals[from] ?? 0)
    }
    const free = (): number => 0
    for (const post of this.target.posts.keys()) carry(post, post, free)
    for (const [post, row] of numbered(this.rows.arrive))
      carry(row, before.rows.arrive[post], () => -before.#price('hires', changes.hire, costs.hire, duals))
    for (const [post, row] of numbered(this.rows.leave))
      carry(row, before.rows.leave[post], () =>
        this.#hasSurplus(post) ? 0 : -before.#price('trainings', changes.training, costs.training, duals),
      )
    for (const [post, row] of numbered(this.rows.others)) carry(row, before.rows.others[post], free)
    for (const [post, row] of numbered(this.rows.trainLeave)) carry(row, before.rows.trainLeave[post], free)
    for (const [cohort, row] of this.rows.cohort) carry(row, before.rows.cohort.get(cohort), free)
    for (const [pair, rows] of this.rows.triangles)
      for (const [at, row] of rows.entries()) carry(row, before.rows.triangles.get(pair)?.[at], free)
    for (let at = 0; at < this.limits; at++) carry(this.rows.limits + at, before.rows.limits + at, free)
    return carried
  }

  /** Whether a trained woman may leave a post before another is trained in her place. */
  #hasSurplus(post: number): boolean {
    const home = this.target.posts[post]
    return home === undefined || home.trained > Math.min(home.needs, home.day?.needs ?? Infinity) + 1e-9
  }

  /** What one hire or training costs with all it takes of the limits. */
  #price(kind: 'hires' | 'trainings', changes: number, money: number, duals: Float64Array): number {
    return this.target.limits.reduce(
      (sum, { of, counts }, at) =>
        counts[kind] ? sum - (duals[this.rows.limits + at] ?? 0) * (of === 'budget' ? money : 1) : sum,
      this.#weight * changes,
    )
  }

  /** What sharing itself costs, at the price of the limits and of the triangles that the pair is in. */
  #poolOf({ duals, pool }: Priced, pair: number): number {
    const { a, b } = this.target.pairs[pair] ?? { a: -1, b: -1 }
    const stands = this.target.posts[a]?.pooledWith === b
    const triangles = (this.rows.triangles.get(pair) ?? []).reduce((sum, row) => sum + (duals[row] ?? 0), 0)
    return (stands ? 0 : this.#pairCost() - pool) - triangles
  }

  #pairCost(): number {
    return this.#weight * this.target.reading.problem.changes.pool
  }

  /** Every column of these posts and pairs whose reduced cost is at most the `room` of its posts. */
  within(
    priced: Priced,
    room: (a: number, b: number) => number,
    posts: Iterable<number>,
    pairs: Iterable<number>,
  ): readonly Column[] {
    const found: Column[] = []
    for (const post of posts) this.#postsWithin(priced, room(post, post), post, found)
    for (const pair of pairs) {
      const { a, b } = this.target.pairs[pair] ?? { a: -1, b: -1 }
      this.#pairsWithin(priced, room(a, b), pair, found)
    }
    return found
  }

  #postsWithin(priced: Priced, room: number, post: number, found: Column[]): void {
    const locals = this.locals[post]
    if (!locals || locals.post.pooledWith !== null) return
    locals.states.forEach((_, state) => {
      if (this.alone(priced, post, state) <= room) found.push({ kind: 'post', post, state })
    })
  }

  #pairsWithin(priced: Priced, room: number, pair: number, found: Column[]): void {
    const { a, b } = this.target.pairs[pair] ?? { a: -1, b: -1 }
    const [one, other] = [this.locals[a], this.locals[b]]
    if (!one || !other) return
    const { loss } = priced
    const pool = this.#poolOf(priced, pair)
    for (let i = 0; i < one.states.length; i++) {
      if ((one.level[i] ?? -1) < 0 || priced.values[a]?.[i] === Number.POSITIVE_INFINITY) continue
      for (let j = 0; j < other.states.length; j++) {
        if ((other.level[j] ?? -1) < 0) continue
        const value =
          (priced.values[a]?.[i] ?? 0) +
          (priced.values[b]?.[j] ?? 0) +
          pool +
          loss(one.post, one.needs[i] ?? 0, (one.trained[i] ?? 0) + (other.called[j] ?? 0) / (one.ofOne[i] ?? 1)) +
          loss(other.post, other.needs[j] ?? 0, (other.trained[j] ?? 0) + (one.called[i] ?? 0) / (other.ofOne[j] ?? 1))
        if (value <= room) found.push({ kind: 'pair', pair, stateA: i, stateB: j })
      }
    }
  }

  /** Reduced cost of a post's state, in no pool. */
  alone(priced: Priced, post: number, at: number): number {
    const { rows } = this
    const locals = this.locals[post]
    const state = locals?.states[at]
    if (!locals || !state || state.other > 0 || locals.sharedOnly[at] === 1) return Number.POSITIVE_INFINITY
    const free = locals.post.trainOnCall + locals.post.trainOther
    const gone =
      dualOf(priced.duals, rows.leave[post]) * state.leave +
      (state.arrive === 0 ? dualOf(priced.duals, rows.trainLeave[post]) * (free - state.train) : 0)
    return (
      (priced.values[post]?.[at] ?? 0) +
      // Of a loose question it is counted in what is shared.
      (this.target.isLoose ? 0 : gone) -
      dualOf(priced.duals, rows.others[post]) * (this.#sign * state.other + this.#othersAlone(state)) +
      priced.loss(locals.post, locals.needs[at] ?? 0, locals.trained[at] ?? 0)
    )
  }
}

export type RowNames = {
  readonly arrive: Readonly<Record<number, number>>
  /** Of a post: women who move to it and are not called as the hired are. */
  readonly others: Readonly<Record<number, number>>
  readonly leave: Readonly<Record<number, number>>
  readonly trainLeave: Readonly<Record<number, number>>
  readonly cohort: ReadonlyMap<number, number>
  /** Of each pair. */
  readonly triangles: ReadonlyMap<number, readonly number[]>
  readonly limits: number
}

/** Row `p` of the first is post p's: one column of it. Then those of women who move, then the limits. */
function rowNames(
  target: Target,
  active: ReadonlySet<number>,
  triangles: readonly Triangle[],
  row: (lower: number, upper: number) => number,
): RowNames {
  for (const _ of target.posts) row(1, 1)
  const arrive: Record<number, number> = {}
  const others: Record<number, number> = {}
  const leave: Record<number, number> = {}
  const trainLeave: Record<number, number> = {}
  const cohort = new Map<number, number>()
  for (const at of active) {
    const arc = target.arcs[at]
    if (!arc) continue
    arrive[arc.to] ??= row(0, 0)
    if (isOther(target, arc)) others[arc.to] ??= row(-Infinity, 0)
    if (arc.trains) trainLeave[arc.from] ??= row(-Infinity, 0)
    else leave[arc.from] ??= row(-Infinity, 0)
    if (!cohort.has(arc.cohort)) cohort.set(arc.cohort, row(-Infinity, target.reading.cohorts[arc.cohort]?.count ?? 0))
  }
  const inTriangles = new Map<number, number[]>()
  for (const triangle of triangles) {
    const name = row(-Infinity, 1)
    for (const pair of triangle) inTriangles.set(pair, [...(inTriangles.get(pair) ?? []), name])
  }
  const most = target.limits.map(({ limit }) => limit)
  if (typeof target.asks === 'object') most.push(target.asks.mostMissing)
  const limits = most.map((limit) => row(-Infinity, limit))
  return {
    arrive,
    others,
    leave,
    trainLeave,
    cohort,
    triangles: inTriangles,
    limits: limits[0] ?? row(-Infinity, Infinity),
  }
}

function numbered(rows: Readonly<Record<number, number>>): readonly (readonly [number, number])[] {
  return Object.entries(rows).map(([post, row]) => [Number(post), row])
}

function dualOf(duals: Float64Array, row: number | undefined): number {
  return row === undefined ? 0 : (duals[row] ?? 0)
}

function real(terms: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return terms.filter(([row, value]) => row >= 0 && value !== 0)
}

function merged(terms: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const sum = new Map<number, number>()
  for (const [row, value] of terms) sum.set(row, (sum.get(row) ?? 0) + value)
  return [...sum]
}
