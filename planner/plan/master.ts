import { accept, type Decision } from '@lentera/core/shared/refusals'
import type { HeldProblem, Solver } from '@lentera/solver'
import { type BestOfPair, type Column, Columns, noneWeight, type Priced, type Taken, type Triangle } from './columns.ts'
import { filled, greedily } from './greedy.ts'
import { columnsOf, halvesOf, leastOf, type Region, type Relaxed, regionsOf } from './regions.ts'
import { rounded, type Used, usedBy } from './rounding.ts'
import { added, atPrices, inWhole, nameOf, relaxed, withAtMost } from './sheets.ts'
import { isOther, type Local } from './states.ts'
import type { Arc, Target } from './target.ts'
import { missingWeight } from './words.ts'

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
  /** False: what a hand has set leaves some post without anything that the rules allow. */
  readonly isPossible: boolean
}

export type Run = {
  readonly solver: Solver
  readonly seed: number
  /** Relative gap at which it may end; 0: proven. */
  readonly gap: number
  /** Seconds since it began, as the caller's clock has it. */
  readonly elapsed: () => number
  readonly seconds: number
  /** Of each search for whole numbers; null: until it is proven. Unlike seconds the same on every machine. */
  readonly nodes: number | null
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
 * post and pair by looking through all their states; the bound is Lagrange's. With the caps priced by their duals the
 * country falls apart into small regions, which are solved exactly: a closer bound, and without caps the answer. With
 * caps, regions whose LP is whole stay as they are and the others are solved together; last, a master over every column
 * whose reduced cost fits into the gap proves the optimum.
 */
export async function solveTarget(target: Target, run: Run): Promise<Decision<Solved>> {
  return run.gap < near && areMissingWhole(target) ? solveInTurn(target, run) : solveAtOnce(target, run)
}

async function solveAtOnce(target: Target, run: Run): Promise<Decision<Solved>> {
  const master = new Master(target, run)
  try {
    return await master.solve()
  } finally {
    master.release()
  }
}

/** Whether women are missing whole: nobody is expected to leave, and whoever is shared works shifts of one length. */
function areMissingWhole({ reading, posts, pairs, limits, onlyMust }: Target): boolean {
  const ofOne = (post: number): readonly number[] =>
    [posts[post]?.ofOne, posts[post]?.day?.ofOne].filter((shifts) => shifts !== undefined)
  return (
    reading.problem.aim.kind === 'every-shift' &&
    !onlyMust &&
    reading.isWhole &&
    limits.length > 0 &&
    pairs.every(({ a, b }) => new Set([...ofOne(a), ...ofOne(b)]).size <= 1)
  )
}

/**
 * Where limits bind and women are missing whole, in two steps, each far easier to prove than their sum: as few missing as
 * can be, and then the fewest changes with so many. The sum stays bounded: a plan with one more missing would have to save
 * more changes than a missing woman weighs, and the price of missing women in the second step says that none does.
 */
async function solveInTurn(target: Target, run: Run): Promise<Decision<Solved>> {
  const first = new Master(
    { ...target, asks: 'missing' },
    { ...run, onProgress: (step, _, bound) => run.onProgress(step, null, bound) },
  )
  try {
    const fewest = await first.fewestMissing()
    if (!fewest.ok) return fewest
    if (fewest.value === null) return await solveAtOnce(target, run)
    const { missing, isProven, taken, active } = fewest.value
    const base = missing * missingWeight
    const second = new Master(
      { ...target, asks: { mostMissing: missing } },
      {
        ...run,
        onProgress: (step, reached, bound) =>
          run.onProgress(
            step,
            reached === null ? null : reached + base,
            isProven && bound !== null ? bound + base : first.bound(),
          ),
      },
      { taken, active },
    )
    try {
      const solved = await second.solve()
      if (!solved.ok) return solved
      const reached = solved.value.reached + base
      const bound = isProven ? Math.min(solved.value.bound + base, base + second.oneMore()) : first.bound()
      const isDone = isProven && solved.value.isDone && reached - bound <= 1e-6
      return accept({ ...solved.value, reached, bound: Math.min(bound, reached), isDone })
    } finally {
      second.release()
    }
  } finally {
    first.release()
  }
}

/** Only the bound: what no plan passes, without looking for one. */
export async function boundOf(target: Target, run: Run): Promise<Decision<number>> {
  const master = new Master(target, run)
  try {
    return await master.boundAlone()
  } finally {
    master.release()
  }
}

const rest = 1e-7
const whole = 1e-6
/** So many columns within the gap can be given to the whole-number master. */
const mostInGap = 60_000
/** Posts from which on the duals of caps are first guessed on a part of the country. */
const many = 800
const partOf = 300
/** Of the bound: the best plan is often within so much of it. */
const narrow = 3e-4
/** Relative gap at which the open regions are left: the proof looks at all of them again. */
const near = 1e-3
/** Within which most questions are answered. */
const fewNodes = 20
/** Ways of each cohort that come in at once: more only fill the master. */
const waysARound = 2

/** Regions are small: looking for good answers by heuristics takes longer than solving them. */
const quick = {
  mip_heuristic_effort: 0,
  mip_heuristic_run_feasibility_jump: false,
  mip_detect_symmetry: false,
}

/** Of posts tied by limits: a plan is in hand, and looking for others around it takes longer than the search itself. */
const inHand = {
  mip_heuristic_run_rins: false,
  mip_heuristic_run_rens: false,
  mip_heuristic_run_feasibility_jump: false,
  mip_detect_symmetry: false,
  mip_pscost_minreliable: 2,
}

/** Of the prices of limits: a little higher or lower they tell which of what is worth the same takes less of them, or more. */
const aside = 0.01

class Master {
  readonly #target: Target
  readonly #run: Run
  /** What every plan in which nobody moves costs is a whole number of these; 0: not known. */
  readonly #step: number
  #columns: Columns
  #active: ReadonlySet<number>
  readonly #list: Column[] = []
  readonly #known = new Set<string>()
  #held: HeldProblem
  #cuts: readonly Triangle[] = []
  #allTriangles: readonly Triangle[] | null = null
  #priced: Priced | null = null
  #lpValues: Float64Array = new Float64Array()
  #bound = Number.NEGATIVE_INFINITY
  /** The bound of the duals at which columns are priced, and of regions at these: reduced costs are counted from it. */
  #base = Number.NEGATIVE_INFINITY
  /** Of the duals alone. */
  #lpBound = Number.NEGATIVE_INFINITY
  /** Of each post, the region it was bounded in. */
  #regionOf: Int32Array = new Int32Array()
  /** How much closer each region brought the bound: a column there may cost so much more, it need not be closer beside it. */
  #closer: number[] = []
  #best: { readonly taken: readonly Taken[]; readonly reached: number } | null = null

  /** `from`: a plan in hand, and the ways that it counts. */
  constructor(
    target: Target,
    run: Run,
    from: { readonly taken: readonly Taken[]; readonly active: ReadonlySet<number> } | null = null,
  ) {
    this.#target = target
    this.#run = run
    this.#step = stepOf(target)
    // An arrival where nobody can be hired, or of one who may be called where nobody who is hired may, has no other price: those ways
    // are in from the beginning.
    const isPriced = (arc: Arc): boolean =>
      target.posts[arc.to]?.canHire === true && !(arc.isOnCall && isOther(target, arc))
    this.#active = from?.active ?? new Set(target.arcs.flatMap((arc, at) => (isPriced(arc) ? [] : [at])))
    this.#columns = new Columns(target, this.#active)
    for (const column of this.#columns.first()) this.#know(column)
    for (const arc of this.#active) this.#know({ kind: 'arc', arc })
    for (const { column } of from?.taken ?? []) this.#know(column)
    this.#held = run.solver.hold(relaxed(this.#columns, this.#list))
    const idle = this.#idle()
    this.#take(idle)
    const free = this.#columns.priced(new Float64Array(this.#columns.rowLower.length))
    const pairs = target.pairs.map((_, at) => this.#columns.bestOfPair(free, at))
    const standing = idle.map(({ column }) => column)
    this.#take(from?.taken ?? greedily(this.#columns, standing, free, pairs))
    this.#bound = this.#freely(free, pairs)
    this.#say('bounding')
  }

  /** A bound before anything is solved: each post at its best, as if no limit and no neighbour held it back. */
  #freely(priced: Priced, pairs: readonly (BestOfPair | null)[]): number {
    const least = priced.single.map(({ value }) => value)
    for (const [at, pair] of this.#target.pairs.entries())
      for (const post of [pair.a, pair.b]) least[post] = Math.min(least[post] ?? 0, (pairs[at]?.value ?? 0) / 2)
    return least.reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0)
  }

  /** Nothing done anywhere: the plan in hand before any other is known. */
  #idle(): readonly Taken[] {
    const first = this.#columns.first()
    const paired = new Set(
      first.flatMap((column) => {
        const pair = column.kind === 'pair' ? this.#target.pairs[column.pair] : undefined
        return pair ? [pair.a, pair.b] : []
      }),
    )
    return first
      .filter(
        (column) => column.kind === 'pair' || ('post' in column && column.kind !== 'hire' && !paired.has(column.post)),
      )
      .map((column) => ({ column, count: 1 }))
  }

  release(): void {
    this.#held.release()
  }

  /** Duals of the limits alone, for whoever guesses from a part. */
  async limitDuals(): Promise<Decision<Float64Array>> {
    const refusal = await this.#generate(0.02)
    if (refusal) return refusal
    const { rows } = this.#columns
    const duals = this.#priced?.duals ?? new Float64Array()
    return accept(Float64Array.from(this.#target.limits, (_, at) => duals[rows.limits + at] ?? 0))
  }

  async boundAlone(): Promise<Decision<number>> {
    const refusal = (await this.#guess()) ?? (await this.#generate(this.#run.gap))
    return refusal ?? accept(this.#bound)
  }

  bound(): number {
    return this.#bound
  }

  /** As few missing women as can be; the cost of this master is nothing else. Null: a post stays open that must be covered. */
  async fewestMissing(): Promise<
    Decision<{
      readonly missing: number
      readonly isProven: boolean
      readonly taken: readonly Taken[]
      readonly active: ReadonlySet<number>
    } | null>
  > {
    const refusal = await this.#generate(0)
    if (refusal) return refusal
    const priced = this.#priced
    if (priced !== null) {
      const closed = await this.#comeCloser(priced, this.#takeWholeRegions(priced).open)
      if (!closed.ok) return closed
    }
    const missing = (): number => Math.round((this.#best?.reached ?? 0) / missingWeight)
    // First a plan with few, of what is in the rows already: usually it is the best there is.
    const most = Math.min(missing(), wholeAbove(missingWeight * this.#mostMissing()))
    for (let least = wholeAbove(this.#bound); missing() > least && least <= most && !this.#isOver(); least++) {
      const columns = this.#within(least * missingWeight)
      const refused = await this.#withAtMost(unique([...columns, ...this.#bestColumns()]), least, fewNodes)
      if (refused) return refused
    }
    if ((this.#best?.reached ?? 0) >= noneWeight / 2) return accept(null)
    while (missing() > wholeAbove(this.#bound) && !this.#isOver()) {
      const found = await this.#ask()
      if (!found.ok) return found
      if (found.value === 'unknown') break
      if (found.value === 'none') this.#raise(missing() * missingWeight)
    }
    this.#raise(wholeAbove(this.#bound) * missingWeight)
    const isProven = missing() * missingWeight <= this.#bound + whole
    return accept({ missing: missing(), isProven, taken: this.#best?.taken ?? [], active: this.#active })
  }

  /** Of any plan: as if nobody served. */
  #mostMissing(): number {
    return this.#target.posts.reduce((sum, { needs }) => sum + needs, 0)
  }

  #raise(bound: number): void {
    this.#bound = Math.max(this.#bound, Math.min(bound, this.#best?.reached ?? Number.POSITIVE_INFINITY))
  }

  /** The next whole number of steps is a bound too, where no plan that costs less has a way: only they weigh what they like. */
  #raiseToStep(): void {
    const priced = this.#priced
    if (this.#step === 0 || priced === null || this.#bound >= noneWeight / 2) return
    const above = Math.ceil(this.#bound / this.#step - whole) * this.#step
    if (this.#target.arcs.every((_, at) => !this.#isWithin(at, priced, above))) this.#raise(above)
  }

  /** Whether any plan misses fewer women than the best; where one does, it is taken. */
  async #ask(): Promise<Decision<'found' | 'none' | 'unknown'>> {
    const before = this.#best?.reached ?? Number.POSITIVE_INFINITY
    // A little above one missing woman fewer: no plan lies between that and two.
    const upTo = before - missingWeight * 0.999
    const columns = this.#fit(upTo)
    if (columns === null) return accept('unknown')
    this.#say('solving')
    const refusal = await this.#solve(columns, [], 0, 1, upTo)
    if (refusal && !refusal.ok) return refusal
    if ((this.#best?.reached ?? before) < before) return accept('found')
    return accept(this.#bound >= upTo - whole ? 'none' : 'unknown')
  }

  /** Takes a plan with at most so many missing, if one is found in `nodes`: whoever takes the least of the limits is tried first. */
  async #withAtMost(columns: readonly Column[], missing: number, nodes: number): Promise<Decision<never> | null> {
    // A post that must be covered and is not misses nobody by name: it is no plan, and none with few.
    const possible = columns.filter(({ kind }) => kind !== 'none')
    const problem = withAtMost(this.#columns, possible, missing, this.#priced?.duals ?? new Float64Array())
    const solved = await this.#run.solver.solve(problem, {
      seed: this.#run.seed,
      seconds: Math.max(0.05, this.#run.seconds - this.#run.elapsed()),
      shouldStop: () => this.#isOver(),
      onProgress: () => this.#say('solving'),
      nodes,
      settings: { mip_max_improving_sols: 1 },
    })
    if (!solved.ok) return solved
    if (solved.value.values) this.#take(takenOf(possible, solved.value.values))
    return null
  }

  /** What a plan with one more missing woman costs at least, besides those who are missing now. */
  oneMore(): number {
    const { rows, limits } = this.#columns
    const price = -(this.#priced?.duals[rows.limits + limits - 1] ?? 0)
    // Where no LP has fewer missing, their price has no bound: then she weighs what she weighs alone.
    return Math.max(this.#lpBound + Math.max(0, missingWeight - price), missingWeight)
  }

  async solve(): Promise<Decision<Solved>> {
    const refusal = (await this.#guess()) ?? (await this.#generate(this.#run.gap)) ?? (await this.#whole())
    if (refusal) return refusal
    const reached = this.#best?.reached ?? Number.POSITIVE_INFINITY
    return accept({
      chosen: this.#chosen(),
      reached,
      bound: Math.min(this.#bound, reached),
      isDone: this.#gap() <= this.#run.gap + 1e-9,
      isPossible: reached < noneWeight / 2,
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

  #say(step: 'bounding' | 'solving' | 'improving'): void {
    this.#run.onProgress(step, this.#best?.reached ?? null, Number.isFinite(this.#bound) ? this.#bound : null)
  }

  // -------------------------------------------------------------- the bound

  /** In a large country with limits the first duals are those of a part of it, with its part of the limits. */
  async #guess(): Promise<Decision<never> | null> {
    if (this.#target.limits.length === 0 || this.#target.posts.length < many) return null
    const part = new Master(partly(this.#target, partOf), { ...this.#run, onProgress: () => {} })
    try {
      const found = await part.limitDuals()
      if (!found.ok) return found
      const more = this.#columnsAt(found.value)
      this.#add(more)
      return null
    } finally {
      part.release()
    }
  }

  /** The best of every post and pair when limits cost what `limits` says, and a tenth less and more. */
  #columnsAt(limits: Float64Array): readonly Column[] {
    const { rows } = this.#columns
    const found: Column[] = []
    for (const factor of [1, 0.97, 1.03]) {
      const duals = new Float64Array(this.#columns.rowLower.length)
      limits.forEach((dual, at) => {
        duals[rows.limits + at] = dual * factor
      })
      const priced = this.#columns.priced(duals)
      priced.single.forEach(({ state }, post) => {
        const column: Column = { kind: 'post', post, state }
        if (state >= 0 && this.#know(column)) found.push(column)
      })
      for (const [at, pair] of this.#target.pairs.entries()) {
        const best = this.#columns.bestOfPair(priced, at)
        const apart = (priced.single[pair.a]?.value ?? 0) + (priced.single[pair.b]?.value ?? 0)
        if (best === null || best.value >= apart) continue
        const column: Column = { kind: 'pair', pair: at, stateA: best.stateA, stateB: best.stateB }
        if (this.#know(column)) found.push(column)
      }
    }
    return found
  }

  async #generate(gap: number): Promise<Decision<never> | null> {
    let hasWays = false
    // With limits the LP is most of the work, and a plan comes nearer to it than without.
    const share = this.#columns.limits > 0 ? 0.2 : 0.1
    for (let round = 0; round < 100; round++) {
      const solved = await this.#held.solve({ seed: this.#run.seed, shouldStop: () => this.#isOver() })
      if (!solved.ok) return solved
      const { duals, objective, values } = solved.value
      if (duals === null || values === null) return null
      this.#lpValues = values
      const { found, ways } = this.#price(duals.rows)
      this.#say('bounding')
      // Near enough: further rounds would win less than the gap that is asked for.
      const isNear = gap > 0 && objective - this.#bound < share * gap * Math.abs(this.#bound)
      if (isNear || this.#isOver()) return null
      if (found.length + ways.length === 0) {
        if (!this.#cut()) return null
        continue
      }
      // Ways come in once the posts have settled: before, nearly all seem to pay. Halves of ways cannot be rounded, so what is best without them is
      // taken in hand first.
      if (found.length === 0 && !hasWays && this.#priced) this.#takeWholeRegions(this.#priced)
      hasWays ||= found.length === 0
      const more = found.length > 0 ? found : this.#activate(ways)
      this.#add(more)
    }
    return null
  }

  /** The columns that would better the master at these duals; the bound moves up to what they leave possible. */
  #price(rows: Float64Array): { readonly found: readonly Column[]; readonly ways: readonly number[] } {
    const columns = this.#columns
    const duals = this.#signed(rows)
    const priced = columns.priced(duals)
    const found: Column[] = []
    const least = priced.single.map(({ value }) => Math.min(value, 0))
    const offer = (column: Column): void => {
      if (this.#know(column)) found.push(column)
    }
    priced.single.forEach(({ value, state }, post) => {
      if (value < -rest && state >= 0) offer({ kind: 'post', post, state })
    })
    for (const [at, pair] of this.#target.pairs.entries()) {
      const best = columns.bestOfPair(priced, at)
      if (best === null) continue
      for (const post of [pair.a, pair.b]) least[post] = Math.min(least[post] ?? 0, best.value / 2)
      if (best.value < -rest) offer({ kind: 'pair', pair: at, stateA: best.stateA, stateB: best.stateB })
    }
    const ways = this.#priceArcs(duals)
    const bound = this.#dualValue(duals) + least.reduce((sum, value) => sum + value, 0) + ways.lost
    if (this.#priced === null || bound > this.#lpBound) {
      this.#lpBound = bound
      this.#base = bound
      this.#closer = []
      this.#raise(bound)
      this.#priced = priced
    }
    return { found, ways: ways.pays }
  }

  /**
   * Duals on their right side: the solver lets one be wrong by 1e-7, which a budget of thousands makes a change or two. Of duals of the
   * right sign any bound is one, however near the optimum they are (Neumaier & Shcherbina 2004).
   */
  #signed(duals: Float64Array): Float64Array {
    const { rowLower, rowUpper } = this.#columns
    return duals.map((dual, row) => {
      if (dual > 0 && rowLower[row] === Number.NEGATIVE_INFINITY) return 0
      return dual < 0 && rowUpper[row] === Number.POSITIVE_INFINITY ? 0 : dual
    })
  }

  #dualValue(duals: Float64Array): number {
    const { rowLower, rowUpper } = this.#columns
    return duals.reduce(
      (sum, dual, row) => (dual === 0 ? sum : sum + dual * ((dual > 0 ? rowLower : rowUpper)[row] ?? 0)),
      0,
    )
  }

  #priceArcs(duals: Float64Array): { readonly pays: readonly number[]; readonly lost: number } {
    const pays = new Map<number, { readonly at: number; readonly value: number }[]>()
    const least = new Map<number, number>()
    this.#target.arcs.forEach((arc, at) => {
      const value = this.#columns.arcCost(at, duals)
      if (value >= 0) return
      least.set(arc.cohort, Math.min(least.get(arc.cohort) ?? 0, value))
      if (value >= -rest || this.#known.has(nameOf({ kind: 'arc', arc: at }))) return
      const own = pays.get(arc.cohort)
      if (own) own.push({ at, value })
      else pays.set(arc.cohort, [{ at, value }])
    })
    let lost = 0
    for (const [cohort, value] of least) lost += value * (this.#target.reading.cohorts[cohort]?.count ?? 0)
    const best = [...pays.values()].flatMap((own) => own.sort((a, b) => a.value - b.value).slice(0, waysARound))
    return { pays: best.map(({ at }) => at), lost }
  }

  #rewrite(): void {
    this.#columns = new Columns(this.#target, this.#active, this.#cuts, this.#columns.locals)
    this.#priced = null
    for (const column of this.#columns.hires()) this.#know(column)
    if (this.#best) this.#best = { ...this.#best, taken: this.#completed(this.#best.taken) }
    this.#held.release()
    this.#held = this.#run.solver.hold(relaxed(this.#columns, this.#list))
  }

  /** Where hires are now counted apart, those of a plan that was made before. */
  #completed(taken: readonly Taken[]): readonly Taken[] {
    const hired = new Map<number, number>()
    const put = (post: number, count: number): void => void hired.set(post, (hired.get(post) ?? 0) + count)
    for (const { column, count } of taken) {
      if (column.kind === 'arc') put(this.#target.arcs[column.arc]?.to ?? -1, -count)
      else if (column.kind === 'hire') put(column.post, -count)
      for (const { post, state } of this.#columns.statesOf(column)) {
        const locals = this.#columns.locals[post]
        if (locals?.hasArcs && !locals.tellsApart) put(post, locals.states[state]?.arrive ?? 0)
      }
    }
    const more = [...hired].flatMap(([post, count]): Taken[] =>
      count > 0 ? [{ column: { kind: 'hire', post }, count }] : [],
    )
    return [...taken, ...more]
  }

  /** Of three neighbours the LP lets each share by halves with both others: rows against it. False: there is none. */
  #cut(): boolean {
    const shared = new Float64Array(this.#target.pairs.length)
    this.#list.forEach((column, at) => {
      if (column.kind === 'pair') shared[column.pair] = (shared[column.pair] ?? 0) + (this.#lpValues[at] ?? 0)
    })
    const more = this.#triangles().filter(
      ([a, b, c]) => (shared[a] ?? 0) + (shared[b] ?? 0) + (shared[c] ?? 0) > 1 + 1e-4,
    )
    if (more.length === 0) return false
    this.#cuts = [...this.#cuts, ...more]
    this.#rewrite()
    return true
  }

  #triangles(): readonly Triangle[] {
    if (this.#allTriangles === null) {
      const pairOf = new Map(this.#target.pairs.map(({ a, b }, at) => [`${a} ${b}`, at]))
      const after = Map.groupBy(this.#target.pairs, ({ a }) => a)
      this.#allTriangles = this.#target.pairs.flatMap(({ a, b }, first) =>
        (after.get(b) ?? []).flatMap(({ b: c }): Triangle[] => {
          const [second, third] = [pairOf.get(`${b} ${c}`), pairOf.get(`${a} ${c}`)]
          return second === undefined || third === undefined ? [] : [[first, second, third]]
        }),
      )
    }
    return this.#allTriangles
  }

  /** Rows for these ways: the master is written anew, with the columns it has. */
  #activate(arcs: readonly number[]): readonly Column[] {
    this.#active = new Set([...this.#active, ...arcs])
    this.#rewrite()
    const columns = arcs.map((arc): Column => ({ kind: 'arc', arc }))
    for (const column of columns) this.#know(column)
    return columns
  }

  // -------------------------------------------------------------- whole numbers

  async #whole(): Promise<Decision<Solved> | null> {
    const priced = this.#priced
    if (priced === null) return null
    const isTied = this.#columns.limits > 0
    // Also when the time is over: what was relaxed until then is worth more rounded than what was in hand before.
    const { kept, open } = this.#takeWholeRegions(priced)
    if (this.#isOver()) return null
    this.#say('solving')
    if (isTied && this.#run.gap > 0) {
      const refusal = await this.#roundInPieces(priced)
      if (refusal || this.#gap() <= this.#run.gap || this.#isOver()) return refusal
    }
    const closed = await this.#comeCloser(priced, open)
    if (!closed.ok) return closed
    this.#take([...kept, ...closed.value.taken])
    this.#raiseToStep()
    if (this.#gap() <= this.#run.gap || this.#isOver()) return null
    return (isTied ? await this.#together(kept, closed.value.wanted) : null) ?? (await this.#prove())
  }

  /** Each region alone, limits at their price: the bound comes closer. Gives back what they take, and what they looked at. */
  async #comeCloser(
    priced: Priced,
    open: readonly { readonly region: Region; readonly columns: readonly Column[] }[],
  ): Promise<Decision<{ readonly taken: readonly Taken[]; readonly wanted: readonly Column[] }>> {
    const taken: Taken[] = []
    const wanted: Column[] = []
    this.#regionOf = new Int32Array(this.#target.posts.length).fill(-1)
    this.#closer = open.map(() => 0)
    for (const [at, { region, columns }] of open.entries()) {
      if (this.#isOver()) {
        // Stopped: the regions that are left do nothing.
        taken.push(...this.#idleIn(open.slice(at).map((each) => each.region)))
        break
      }
      const solved = await this.#region(priced, region, columns)
      if (!solved.ok) return solved
      taken.push(...solved.value.taken)
      wanted.push(...solved.value.columns)
      for (const post of region.posts) this.#regionOf[post] = at
      this.#closer[at] = solved.value.closer
      this.#base += solved.value.closer
      this.#raise(this.#base)
      this.#say('solving')
    }
    return accept({ taken, wanted })
  }

  /** Regions whose LP is whole stay as they are; with the others rounded, or with nothing done there, they are a plan in hand. */
  #takeWholeRegions(priced: Priced): {
    readonly kept: readonly Taken[]
    readonly open: readonly { readonly region: Region; readonly columns: readonly Column[] }[]
  } {
    const relaxed = this.#relaxed()
    const regions = regionsOf(relaxed, priced, this.#tie())
    const kept: Taken[] = []
    const open: { readonly region: Region; readonly columns: readonly Column[] }[] = []
    const halves: { readonly column: Column; readonly value: number }[] = []
    const byRegion = columnsOf(relaxed, regions)
    for (const [at, region] of regions.entries()) {
      const own = byRegion[at] ?? []
      if (own.every(({ value }) => Math.abs(value - Math.round(value)) < whole))
        for (const { column, value } of own) {
          if (value > 0.5) kept.push({ column, count: Math.round(value) })
        }
      else {
        open.push({ region, columns: own.map(({ column }) => column) })
        halves.push(...own.filter(({ value }) => value > whole))
      }
    }
    this.#take([...kept, ...this.#idleIn(open.map(({ region }) => region))])
    this.#take(rounded(this.#columns, this.#idle(), kept, halves))
    return { kept, open }
  }

  /**
   * Where a gap is enough: what the LP takes whole stays, and posts of which it takes halves are solved with their neighbours in pieces of
   * a few, at prices of the limits that are a little too high. Those that win most for what they take come first, as long as the limits
   * hold; what is left of these is taken where it wins most.
   */
  async #roundInPieces({ duals }: Priced): Promise<Decision<Solved> | null> {
    const { whole: kept, pieces } = halvesOf(this.#relaxed())
    const { rows, rowUpper } = this.#columns
    const idle = Map.groupBy(this.#idle(), ({ column }) => this.#columns.postsOf(column)[0])
    const priceOf = (limit: number): number => -(duals[rows.limits + limit] ?? 0)
    const dearer = (factor: number): Float64Array =>
      duals.map((dual, row) => (row < rows.limits ? dual : dual * factor))
    const found: { readonly now: Used; readonly before: Used; readonly worth: number }[] = []
    for (const columns of pieces) {
      if (this.#isOver()) return null
      const solved = await this.#run.solver.solve(atPrices(this.#columns, columns, dearer(1 + aside)), {
        seed: this.#run.seed,
        shouldStop: () => this.#isOver(),
        settings: quick,
      })
      if (!solved.ok) return solved
      if (solved.value.values === null) return null
      const now = usedBy(this.#columns, takenOf(columns, solved.value.values))
      const posts = new Set(now.taken.flatMap(({ column }) => this.#columns.postsOf(column)))
      const before = usedBy(
        this.#columns,
        [...posts].flatMap((post) => idle.get(post) ?? []),
      )
      const price = now.uses.reduce((sum, use, limit) => sum + use * priceOf(limit), rest)
      found.push({ now, before, worth: (before.cost - now.cost) / price })
    }
    const left = usedBy(this.#columns, kept).uses.map((use, at) => (rowUpper[rows.limits + at] ?? Infinity) - use)
    const taken = [...kept]
    for (const { now, before } of found.toSorted((a, b) => b.worth - a.worth)) {
      const fits = now.uses.every((use, limit) => use <= (left[limit] ?? 0) + rest)
      if (fits)
        now.uses.forEach((use, limit) => {
          left[limit] = (left[limit] ?? 0) - use
        })
      taken.push(...(fits ? now : before).taken)
    }
    const free = this.#columns.priced(new Float64Array(this.#columns.rowLower.length))
    const wanting = this.#columns.priced(dearer(1 - aside))
    const pairs = this.#target.pairs.map((_, at) => this.#columns.bestOfPair(wanting, at))
    this.#take(filled(this.#columns, taken, { prices: priceOf, free, pairs }))
    // Where limits stand in each other's way, their prices alone do not tell who takes which.
    return this.#gap() <= this.#run.gap ? null : this.#solve(pieces.flat(), kept, this.#run.gap / 4, 0.3)
  }

  #relaxed(): Relaxed {
    return { columns: this.#columns, list: this.#list, values: this.#lpValues, active: this.#active }
  }

  #idleIn(regions: readonly Region[]): readonly Taken[] {
    const inside = new Set(regions.flatMap(({ posts }) => posts))
    return this.#idle().filter(({ column }) => this.#columns.postsOf(column).some((post) => inside.has(post)))
  }

  /** The regions that are left, within what the others leave of the limits. */
  async #together(kept: readonly Taken[], columns: readonly Column[]): Promise<Decision<Solved> | null> {
    // Every region was whole by itself: there is nothing to choose among, and no solver takes a problem without columns.
    if (columns.length === 0) return null
    const refusal = await this.#solve(columns, kept, near, this.#target.posts.length >= many ? 1 : 0.3)
    if (refusal || this.#gap() <= this.#run.gap) return refusal
    return null
  }

  /**
   * Every column whose reduced cost is within the gap: a plan better than the best has no other. First those of a small
   * part of it: they are few, and the best plan is usually made of them.
   */
  async #prove(): Promise<Decision<Solved> | null> {
    const base = Math.min(this.#base, this.#bound)
    const first = narrow * Math.abs(base)
    for (const isLast of [false, true]) {
      this.#raiseToStep()
      if (this.#gap() <= this.#run.gap || this.#isOver()) return null
      const reached = this.#best?.reached ?? Number.POSITIVE_INFINITY
      const upTo = isLast ? reached : Math.min(reached, base + first)
      const columns = this.#fit(upTo)
      if (columns === null) return null
      this.#say('improving')
      const refusal = await this.#solve(columns, [], this.#run.gap / 2, 1, upTo)
      if (refusal) return refusal
    }
    return null
  }

  /**
   * Up to which reduced cost a column of these posts is in a plan that costs at most so much: every region but theirs still
   * brings the bound as much closer.
   */
  #room(upTo: number, a: number, b: number): number {
    const [one, other] = [this.#regionOf[a] ?? -1, this.#regionOf[b] ?? -1]
    const closer = (this.#closer[one] ?? 0) + (one === other ? 0 : (this.#closer[other] ?? 0))
    return upTo - this.#base + closer + whole
  }

  #isWithin(at: number, { duals }: Priced, upTo: number): boolean {
    const arc = this.#target.arcs[at]
    return arc !== undefined && this.#columns.arcCost(at, duals) <= this.#room(upTo, arc.from, arc.to)
  }

  /** Columns of the plans that cost at most so much, as far as their ways are in the rows. */
  #within(upTo: number): readonly Column[] {
    const priced = this.#priced
    if (priced === null) return []
    const room = (a: number, b: number): number => this.#room(upTo, a, b)
    const arcs = [...this.#active].filter((arc) => this.#isWithin(arc, priced, upTo))
    return [
      ...this.#columns.within(priced, room, this.#target.posts.keys(), this.#target.pairs.keys()),
      ...arcs.map((arc): Column => ({ kind: 'arc', arc })),
      ...this.#columns.hires(),
    ]
  }

  /**
   * Every column of the plans that cost at most `upTo`; null: too many. Ways whose reduced cost is within that come into the
   * rows first: no plan may be left out because nobody had looked at its ways. What they were priced at before becomes the
   * dual of their rows, so that every bound stays as it is.
   */
  #fit(upTo: number): readonly Column[] | null {
    const priced = this.#priced
    if (priced === null) return null
    const out = [...this.#target.arcs.keys()].filter((arc) => !this.#active.has(arc))
    const ways = out.filter((arc) => this.#isWithin(arc, priced, upTo))
    if (ways.length > 0) {
      const before = this.#columns
      this.#add(this.#activate(ways))
      this.#priced = this.#columns.priced(this.#columns.carried(before, priced.duals))
    }
    const columns = this.#within(upTo)
    return columns.length > mostInGap ? null : columns
  }

  /**
   * A whole-number master over `columns`, beside what is kept. `upTo`: a plan with any other column costs more than that.
   */
  async #solve(
    columns: readonly Column[],
    kept: readonly Taken[],
    gap: number,
    share: number,
    upTo: number | null = null,
  ): Promise<Decision<Solved> | null> {
    const left = Math.max(0.05, (this.#run.seconds - this.#run.elapsed()) * share)
    const list = unique([...columns, ...(upTo === null ? [] : this.#bestColumns())])
    const known = new Map(this.#best?.taken.map(({ column, count }) => [nameOf(column), count]))
    const { problem, start } = inWhole(this.#columns, list, kept, upTo === null ? null : known)
    const solved = await this.#run.solver.solve(problem, {
      seed: this.#run.seed,
      gap,
      seconds: left,
      ...(this.#run.nodes === null ? {} : { nodes: this.#run.nodes }),
      ...(start === null ? {} : { start }),
      shouldStop: () => this.#run.shouldStop(),
      onProgress: () => this.#say('solving'),
      settings: inHand,
    })
    if (!solved.ok) return solved
    const { values, bound } = solved.value
    if (values) this.#take([...kept, ...takenOf(list, values)])
    if (upTo !== null && solved.value.status !== 'infeasible') this.#raise(Math.min(bound, upTo))
    return null
  }

  #bestColumns(): readonly Column[] {
    return this.#best?.taken.map(({ column }) => column) ?? []
  }

  /** A plan in hand is taken when it keeps the limits and betters the best. */
  #take(taken: readonly Taken[]): void {
    const { rows, rowUpper } = this.#columns
    const used = new Float64Array(this.#columns.limits)
    let reached = 0
    const has = new Uint8Array(this.#target.posts.length)
    for (const { column, count } of taken) {
      const { cost, terms } = this.#columns.terms(column)
      reached += cost * count
      for (const [row, value] of terms) {
        if (row < has.length) has[row] = 1
        if (row >= rows.limits && used.length > 0)
          used[row - rows.limits] = (used[row - rows.limits] ?? 0) + value * count
      }
    }
    if (has.includes(0) || reached >= (this.#best?.reached ?? Number.POSITIVE_INFINITY) - 1e-9) return
    if (used.some((amount, at) => amount > (rowUpper[rows.limits + at] ?? 0) + whole)) return
    this.#best = { taken, reached }
  }

  #chosen(): Chosen {
    const posts: { post: number; local: Local }[] = []
    const pools: number[] = []
    const arcs: { arc: Arc; count: number }[] = []
    const put = (post: number, state: number): void => {
      const local = this.#columns.locals[post]?.states[state]
      if (local) posts.push({ post, local })
    }
    for (const { column, count } of this.#best?.taken ?? []) {
      if (column.kind === 'post') put(column.post, column.state)
      else if (column.kind === 'pair') {
        const pair = this.#target.pairs[column.pair]
        if (!pair) continue
        put(pair.a, column.stateA)
        put(pair.b, column.stateB)
        pools.push(column.pair)
      } else if (column.kind === 'arc') {
        const arc = this.#target.arcs[column.arc]
        if (arc) arcs.push({ arc, count })
      }
    }
    return { posts: posts.toSorted((a, b) => a.post - b.post), pools: pools.toSorted((a, b) => a - b), arcs }
  }

  // -------------------------------------------------------------- regions

  /** Reduced cost up to which pairs tie regions together: beyond, a region's bound does not count on them. */
  #tie(): number {
    return (0.5 * Math.abs(this.#bound)) / this.#target.posts.length
  }

  /** A region alone, limits at their price: how much closer its whole numbers bring the bound, and what it would take. */
  async #region(
    priced: Priced,
    region: Region,
    own: readonly Column[],
  ): Promise<
    Decision<{ readonly taken: readonly Taken[]; readonly columns: readonly Column[]; readonly closer: number }>
  > {
    const least = leastOf(this.#columns, priced, own)
    const options = {
      seed: this.#run.seed,
      gap: 0,
      seconds: Math.max(0.05, this.#run.seconds - this.#run.elapsed()),
      ...(this.#run.nodes === null ? {} : { nodes: this.#run.nodes }),
      shouldStop: () => this.#isOver(),
      settings: quick,
    }
    let list = own
    let solved = await this.#run.solver.solve(atPrices(this.#columns, list, priced.duals), options)
    if (!solved.ok) return solved
    let closer = 0
    const tie = this.#tie()
    const gap = solved.value.objective - least
    if (solved.value.values && gap > whole) {
      const room = Math.min(gap, tie)
      const fit = this.#columns.within(priced, () => room + whole, region.posts, region.pairs)
      list = unique([...own, ...fit])
      const again =
        list.length === own.length
          ? solved
          : await this.#run.solver.solve(atPrices(this.#columns, list, priced.duals), options)
      if (!again.ok) return again
      if (again.value.values) solved = again
      // What leads out touches two regions: neither comes closer by more than half of what it costs.
      const most = Math.min(room < gap ? room : Infinity, region.outside / 2)
      closer = Math.max(0, Math.min(again.value.bound - least, most))
    }
    const { values } = solved.ok ? solved.value : { values: null }
    return accept({ taken: values ? takenOf(list, values) : [], columns: list, closer })
  }

  // -------------------------------------------------------------- as linear problems

  #know(column: Column): boolean {
    const name = nameOf(column)
    if (this.#known.has(name)) return false
    this.#known.add(name)
    this.#list.push(column)
    return true
  }

  #add(columns: readonly Column[]): void {
    this.#held.addColumns(added(this.#columns, columns))
  }
}

/** Where only changes are counted: the most that all but moves weigh whole numbers of. In thousandths; finer weights have none. */
function stepOf({ reading, asks }: Target): number {
  if (typeof asks !== 'object') return 0
  const { training, hire, pool, facility, dayOnly } = reading.problem.changes
  const weights = [training, hire, pool, facility, dayOnly].map((weight) => weight * 1000)
  if (weights.some((weight) => Math.abs(weight - Math.round(weight)) > whole)) return 0
  return weights.map(Math.round).reduce(greatestCommonDivisor, 0) / 1000
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** In missing women. What rounding of floating point adds to a whole number is not a woman more. */
function wholeAbove(bound: number): number {
  return Math.max(0, Math.ceil(bound / missingWeight - whole))
}

function unique(columns: readonly Column[]): readonly Column[] {
  return [...new Map(columns.map((column) => [nameOf(column), column])).values()]
}

function takenOf(columns: readonly Column[], values: Float64Array): readonly Taken[] {
  return columns.flatMap((column, at) => {
    const count = Math.round(values[at] ?? 0)
    return count > 0 ? [{ column, count }] : []
  })
}

/** A part of the country, as far as neighbours hold together, with its part of the limits; nobody moves. */
function partly(target: Target, size: number): Target {
  const share = size / target.posts.length
  // Posts of one band of longitudes: their pairs are mostly among themselves.
  const order = [...target.posts.keys()].sort(
    (a, b) => (target.posts[a]?.read.post.longitude ?? 0) - (target.posts[b]?.read.post.longitude ?? 0) || a - b,
  )
  const from = Math.floor((order.length - size) / 2)
  const kept = order.slice(from, from + size)
  const placeOf = new Map(kept.map((post, at) => [post, at]))
  return {
    ...target,
    posts: kept.flatMap((post) => target.posts[post] ?? []).map((post) => ({ ...post, pooledWith: null })),
    pairs: target.pairs.flatMap(({ a, b, minutes }) => {
      const [one, other] = [placeOf.get(a), placeOf.get(b)]
      return one === undefined || other === undefined ? [] : [{ a: one, b: other, minutes }]
    }),
    arcs: [],
    limits: target.limits.map((limit) => ({ ...limit, limit: limit.limit * share })),
  }
}
