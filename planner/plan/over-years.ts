import { type LinearProblem, startProblem } from '@lentera/solver'
import { ordered } from './answer.ts'
import { kmBetween } from './places.ts'
import { changesOf, costOf } from './price.ts'
import { type Cohort, firstYearOf, isForbidden, type Reading, type ReadPost, years } from './reading.ts'
import { merged } from './schedule.ts'
import type { PlanRun } from './solve.ts'
import { capOf, mayGo, maySend, usedByFixed } from './target.ts'
import type { Action, FacilityKey, PlanYear, PostKey, Who, YearCaps } from './words.ts'

/**
 * `none`: no steps in any years cover what must be covered at the end, and that is proven. `unknown`: the problem is too large to be
 * asked so, or its seconds ended. Otherwise the steps that do in the fewest changes, beside those that a hand has set, as far as the
 * rules are written down here: the checker says whether they stand.
 */
export type OverYears = 'none' | 'unknown' | readonly Action[]

/**
 * Whether all that must be covered can be by the end of the last year: one whole-number problem of every step in every year, where the
 * engine asks for one year at a time. A rule that is written down more loosely than the checker has it lets more pass, never less.
 *
 * @param wants whether there are such steps is asked, or for the fewest changes
 */
export async function askOverYears(
  reading: Reading,
  { solver, seed, shouldStop }: Pick<PlanRun, 'solver' | 'seed' | 'shouldStop'>,
  wants: 'any' | 'fewest-changes',
): Promise<OverYears> {
  const sheet = new YearsSheet(reading)
  if (sheet.isNone) return 'none'
  // Nothing can be done, and nothing has to be.
  if (sheet.columns === 0) return []
  if (sheet.columns > mostColumns) return 'unknown'
  const whole = sheet.problem()
  const problem = wants === 'any' ? { ...whole, cost: new Float64Array(whole.cost.length) } : whole
  const solved = await solver.solve(problem, {
    seconds: mostSeconds,
    nodes: mostNodes,
    seed: seed ?? 0,
    shouldStop: () => shouldStop?.() ?? false,
  })
  // What crashes says nothing of the rules.
  if (!solved.ok) return 'unknown'
  const { status, values } = solved.value
  if (status === 'infeasible') return 'none'
  return values === null ? 'unknown' : sheet.actionsOf(values)
}

/** Beyond, the search takes minutes, of which nobody has any. */
const mostColumns = 30_000
const mostNodes = 20_000
const mostSeconds = 5

/** A sum of columns with their factors. */
type Terms = ReadonlyMap<number, number>

/** One step of one person, facility or post, nobody named yet; how many of it are taken is a column. `counts`: the year at whose end it counts first. */
type Step = {
  readonly column: number
  readonly action: Action
  readonly counts: PlanYear
  readonly cohort: number | null
  /** Of a hand's, as they stand. */
  readonly set: number
}

class YearsSheet {
  readonly #sheet = startProblem()
  readonly #reading: Reading
  readonly #last: PlanYear
  readonly #steps: Step[] = []
  columns = 0
  /** Whether a row asks for something that no step touches. */
  isNone = false
  /** Who comes to each post and leaves it. */
  readonly #comes: Step[][]
  readonly #goes: Step[][]
  readonly #trains: Step[][]
  readonly #movesOf: Step[][]
  readonly #cuts: Step[][]
  readonly #pools: Step[][]
  readonly #hires: Step[][]
  readonly #builds: Step[][]
  /** Moves of those who are not trained at the end. */
  readonly #untrained = new Set<Step>()

  constructor(reading: Reading) {
    this.#reading = reading
    this.#last = reading.problem.years
    const perPost = (): Step[][] => reading.posts.map(() => [])
    this.#comes = perPost()
    this.#goes = perPost()
    this.#cuts = perPost()
    this.#pools = perPost()
    this.#hires = perPost()
    this.#builds = perPost()
    this.#trains = reading.cohorts.map(() => [])
    this.#movesOf = reading.cohorts.map(() => [])
    for (const read of reading.posts) this.#stepsAt(read)
    for (const [number, cohort] of reading.cohorts.entries()) this.#stepsOf(cohort, number)
    this.#stepsBetween()
    this.#limits()
    for (const [number, cohort] of reading.cohorts.entries()) this.#people(cohort, number)
    for (const read of reading.posts) this.#place(read)
    for (const read of reading.posts) if (read.post.mustBeCovered) this.#cover(read)
  }

  problem(): LinearProblem {
    return this.#sheet.problem()
  }

  // -------------------------------------------------------------- steps

  #step(action: Action, counts: PlanYear, most: number, cohort: number | null = null, set = 0): Step | null {
    const { problem } = this.#reading
    if (counts > this.#last) return null
    const posts =
      action.kind === 'move' ? [action.from, action.to] : action.kind === 'pool' ? action.posts : [action.post]
    const who = cohort === null ? [] : (this.#reading.cohorts[cohort]?.members.map(({ key }) => key) ?? [])
    const way = action.kind === 'move' ? { from: action.from, to: action.to } : {}
    const upper = isForbidden(problem.forbidden, { kind: action.kind, posts, ...way, who, year: action.year })
      ? set
      : most
    if (upper <= 0) return null
    const priced = { ...action, cost: costOf(problem, action) }
    const column = this.#sheet.column({ cost: changesOf(problem, priced), lower: set, upper, isWhole: true })
    this.columns++
    const step = { column, action: priced, counts, cohort, set }
    this.#steps.push(step)
    return step
  }

  /** What a hand has set of a kind at a post in a year. */
  #setAt(kind: Action['kind'], post: PostKey, year: PlanYear, facility: FacilityKey | null = null): number {
    return this.#reading.problem.fixed.reduce((sum, action) => {
      const isHere = action.kind === kind && 'post' in action && action.post === post && action.year === year
      return isHere && (facility === null || (action.kind === 'facility' && action.facility === facility))
        ? sum + action.count
        : sum
    }, 0)
  }

  #stepsAt(read: ReadPost): void {
    const { problem } = this.#reading
    const { rules, costs } = problem
    const { post, index } = read
    const one = { post: post.key, count: 1, cost: 0 }
    for (const year of years(problem)) {
      const hire = this.#step(
        { kind: 'hire', year, ...one },
        firstYearOf(year, rules.leadMonths.hiring),
        this.#mostHires(read, year),
        null,
        this.#setAt('hire', post.key, year),
      )
      if (hire !== null) {
        this.#comes[index]?.push(hire)
        this.#hires[index]?.push(hire)
      }
      for (const facility of rules.facilitiesNeeded) {
        if (post.facilities[facility] === 'yes' || costs.facility[facility] === undefined) continue
        const ready = firstYearOf(year, rules.leadMonths.facility)
        const set = this.#setAt('facility', post.key, year, facility)
        const build = this.#step({ kind: 'facility', facility, year, ...one }, ready, 1, null, set)
        if (build !== null) this.#builds[index]?.push(build)
      }
      if (read.day === null) continue
      const closes = post.shifts.map(({ key }) => key).filter((key) => !post.dayShifts?.includes(key))
      const set = this.#setAt('day-only', post.key, year)
      const cut = this.#step({ kind: 'day-only', closes, year, ...one }, year, 1, null, set)
      if (cut !== null) this.#cuts[index]?.push(cut)
    }
  }

  /** More would neither cover more nor keep anybody company. */
  #mostHires({ ofOne, officersNeeded, post }: ReadPost, year: PlanYear): number {
    const { problem, posts } = this.#reading
    const needs = Math.max(...posts.map(({ shifts }) => shifts)) / ofOne / (1 - problem.rules.attrition) ** this.#last
    const enough = Math.ceil(needs) + problem.rules.together.women + officersNeeded + 1
    const set = this.#setAt('hire', post.key, year)
    return Math.max(set, Math.min(enough + set, problem.caps[year - 1]?.hires ?? Number.POSITIVE_INFINITY))
  }

  #stepsOf(cohort: Cohort, number: number): void {
    const { problem, posts, atlas } = this.#reading
    const { count, fixed, validThrough, mayBeTrained, isTrained, mayMove } = cohort
    const home = posts[cohort.post]?.post
    if (home === undefined) return
    const one = { count: 1, cost: 0, who: nobody }
    const isForGood = validThrough >= this.#last
    for (const year of years(problem)) {
      const set = fixed.train === year ? count : 0
      if (set === 0 && (fixed.train !== null || !mayBeTrained || isForGood)) continue
      const counts = firstYearOf(year, problem.rules.leadMonths.training)
      const action = { kind: 'train', post: home.key, isRenewal: isTrained, year, ...one } as const
      const step = this.#step(action, counts, count, number, set)
      if (step !== null) this.#trains[number]?.push(step)
    }
    const reached = fixed.move
      ? [fixed.move.to]
      : maySend(this.#reading, cohort)
        ? atlas
            .near(
              home,
              problem.rules.mostMoveKm,
              posts.length,
              (at) => at !== cohort.post && mayGo(this.#reading, cohort, at),
            )
            .map(({ index }) => index)
        : []
    for (const to of reached)
      for (const year of years(problem)) {
        if (fixed.move !== null && fixed.move.year !== year) continue
        const goal = posts[to]?.post
        if (goal === undefined) continue
        const way = {
          from: home.key,
          to: goal.key,
          km: kmBetween(home, goal),
          isVolunteer: mayMove.kind === 'volunteer',
        }
        const action = { kind: 'move', ...way, year, ...one } as const
        const canStayTrained = isForGood || fixed.train !== null || mayBeTrained
        const trained = canStayTrained ? this.#step(action, year, count, number) : null
        const isLater = !isForGood && (year <= validThrough || fixed.move !== null)
        const untrained = isLater ? this.#step(action, year, count, number) : null
        for (const step of [trained, untrained]) {
          if (step === null) continue
          if (step === untrained) this.#untrained.add(step)
          this.#movesOf[number]?.push(step)
          this.#goes[cohort.post]?.push(step)
          this.#comes[to]?.push(step)
        }
      }
  }

  /** A pool of posts of which neither must be covered wins nothing here: of those only what a hand has set. */
  #stepsBetween(): void {
    const { problem, posts, pairs } = this.#reading
    for (const { a, b, minutes } of pairs) {
      const [one, other] = [posts[a]?.post, posts[b]?.post]
      if (one === undefined || other === undefined) continue
      const keys = [one.key, other.key] as const
      for (const year of years(problem)) {
        const isSet = problem.fixed.some(
          (action) => action.kind === 'pool' && action.year === year && keys.every((key) => action.posts.includes(key)),
        )
        if (!isSet && !one.mustBeCovered && !other.mustBeCovered) continue
        const action = { kind: 'pool', posts: keys, minutes, year, count: 1, cost: 0 } as const
        const step = this.#step(action, year, 1, null, isSet ? 1 : 0)
        if (step === null) continue
        this.#pools[a]?.push(step)
        this.#pools[b]?.push(step)
      }
    }
  }

  // -------------------------------------------------------------- rows

  #atMost(limit: number, terms: Terms): void {
    if (terms.size === 0) this.isNone ||= limit < 0
    else if (limit < Number.POSITIVE_INFINITY) this.#sheet.row(Number.NEGATIVE_INFINITY, limit, [...terms])
  }

  #atLeast(limit: number, terms: Terms): void {
    if (terms.size === 0) this.isNone ||= limit > 0
    else this.#sheet.row(limit, Number.POSITIVE_INFINITY, [...terms])
  }

  /** 1 once it has come to be so, in this year or before it. */
  #since(flags: number[], isSo: readonly Step[], year: PlanYear, most: number): number {
    const flag = this.#sheet.column({ upper: 1, isWhole: true })
    this.columns++
    const now = isSo.filter(({ counts }) => counts === year)
    this.#atMost(0, sumOf([now, 1], [[flag], -most]))
    const before = flags.at(-1)
    if (before !== undefined) this.#atLeast(0, sumOf([[flag], 1], [[before], -1]))
    flags.push(flag)
    return flag
  }

  #limits(): void {
    const { problem } = this.#reading
    const used = usedByFixed(this.#reading)
    const spent = used.reduce((sum, { budget }) => sum + budget, 0)
    const setOf = (some: readonly Step[], of: (step: Step) => number): number =>
      some.reduce((sum, step) => sum + step.set * of(step), 0)
    const price = ({ action }: Step): number => action.cost
    for (const [at, caps] of problem.caps.entries()) {
      const decided = this.#steps.filter(({ action }) => action.year === at + 1)
      const left = (of: keyof YearCaps): number => Math.max(0, (caps[of] ?? Infinity) - (used[at]?.[of] ?? 0))
      for (const kind of Object.values(capOf)) {
        const some = decided.filter(({ action }) => capOf[action.kind] === kind)
        this.#atMost(left(kind) + setOf(some, () => 1), sumOf([some, 1]))
      }
      this.#atMost(left('budget') + setOf(decided, price), priced(decided))
    }
    const money = Math.max(0, (problem.aim.budget ?? Infinity) - spent)
    this.#atMost(money + setOf(this.#steps, price), priced(this.#steps))
  }

  /** Nobody is trained twice or moved twice, and nobody but a hand's goes untrained. */
  #people({ count, fixed, validThrough }: Cohort, number: number): void {
    const [trains, moves] = [this.#trains[number] ?? [], this.#movesOf[number] ?? []]
    const [untrained, trained] = [
      moves.filter((step) => this.#untrained.has(step)),
      moves.filter((step) => !this.#untrained.has(step)),
    ]
    this.#atMost(count, sumOf([trains, 1]))
    this.#atMost(count, sumOf([moves, 1]))
    this.#atMost(count, sumOf([trains, 1], [untrained, 1]))
    if (fixed.move !== null) this.#atLeast(count, sumOf([moves, 1]))
    if (validThrough >= this.#last) return
    this.#atMost(0, sumOf([trained, 1], [trains, -1]))
    if (fixed.move !== null) return
    for (const year of years(this.#reading.problem)) {
      if (year <= validThrough) continue
      const gone = trained.filter(({ counts }) => counts > validThrough && counts <= year)
      const ready = trains.filter(({ counts }) => counts <= year)
      if (gone.length > 0) this.#atMost(0, sumOf([gone, 1], [ready, -1]))
    }
  }

  /** Places, facilities, company; and what a post keeps that sends somebody away. */
  #place(read: ReadPost): void {
    const { problem, cohorts } = this.#reading
    const { post, index } = read
    const [comes, goes, cuts, pools] = [this.#comes, this.#goes, this.#cuts, this.#pools].map((of) => of[index] ?? [])
    if (comes === undefined || goes === undefined || cuts === undefined || pools === undefined) return
    if (post.vacancies !== null) this.#atMost(post.vacancies, sumOf([comes, 1], [goes, -1]))
    this.#atMost(1, sumOf([cuts, 1]))
    const built = Map.groupBy(this.#builds[index] ?? [], ({ action }) => action.kind === 'facility' && action.facility)
    for (const some of built.values()) this.#atMost(1, sumOf([some, 1]))
    this.#atMost(1, sumOf([pools, 1]))
    const women = cohorts.reduce((sum, cohort) => sum + (cohort.post === index ? cohort.count : 0), 0)
    const { together, facilitiesNeeded } = problem.rules
    const most = this.#mostOf(comes)
    const [arrived, left]: [number[], number[]] = [[], []]
    for (const year of years(problem)) {
      const by = ({ counts }: Step): boolean => counts <= year
      const leaving = goes.filter(({ counts }) => counts === year)
      if (comes.length > 0) {
        const since = this.#since(arrived, comes, year, most)
        for (const facility of facilitiesNeeded) {
          if (post.facilities[facility] === 'yes') continue
          const built = (this.#builds[index] ?? []).filter(
            (step) => step.action.kind === 'facility' && step.action.facility === facility && by(step),
          )
          this.#atMost(0, sumOf([[since], 1], [built, -1]))
        }
        const there = sumOf([comes.filter(by), 1], [goes.filter(by), -1])
        this.#atLeast(-women, plus(there, since, -together.women))
        this.#atLeast(-read.officers, plus(there, since, -read.officersNeeded))
        // To whom somebody has come, or who shares, sends nobody away.
        if (leaving.length > 0) this.#atMost(women, plus(sumOf([leaving, 1]), since, women))
      }
      if (leaving.length > 0 && pools.some(by)) this.#atMost(women, sumOf([leaving, 1], [pools.filter(by), women]))
      if (goes.length === 0) continue
      const gone = this.#since(left, goes, year, women)
      const before = cohorts.reduce(
        (sum, cohort) => sum + (cohort.post === index && cohort.validThrough >= year ? cohort.count : 0),
        0,
      )
      const keeps = Math.min(read.shifts / read.ofOne, before * this.#stay(year))
      const byDay = read.day === null ? keeps : Math.min(read.day.shifts / read.day.ofOne, keeps)
      const terms = plus(
        this.#trainedAt(index, year, () => true),
        gone,
        -keeps,
      )
      const all = sumOf([cuts.filter(by), keeps - byDay], [pools.filter(by), keeps])
      this.#atLeast(-this.#trainedToday(index, year, () => true) - tiny, added(terms, all))
    }
  }

  #mostOf(steps: readonly Step[]): number {
    const hires = steps.reduce(
      (sum, { action }) => sum + (action.kind === 'hire' ? this.#mostHires(this.#postOf(action.post), action.year) : 0),
      0,
    )
    const cohorts = new Set(steps.flatMap(({ cohort }) => cohort ?? []))
    return [...cohorts].reduce((sum, number) => sum + (this.#reading.cohorts[number]?.count ?? 0), hires)
  }

  #postOf(key: PostKey): ReadPost {
    const read = this.#reading.posts[this.#reading.placeOf.get(key) ?? 0]
    if (read === undefined) throw new Error('a step at no post')
    return read
  }

  // -------------------------------------------------------------- cover

  /** Share of those who serve today. */
  #stay(year: PlanYear): number {
    return this.#reading.stay[year - 1] ?? 1
  }

  /** Trained today and at the end of the year, as if nobody came or left. */
  #trainedToday(index: number, year: PlanYear, isMeant: (cohort: Cohort) => boolean): number {
    return this.#reading.cohorts.reduce(
      (sum, cohort) =>
        cohort.post === index && cohort.validThrough >= year && isMeant(cohort)
          ? sum + cohort.count * this.#stay(year)
          : sum,
      0,
    )
  }

  /**
   * What steps add to that, or take away. Of a year before the last it may be more than there are: who leaves while her certificate lasts
   * and is trained again later is not taken off where others are trained.
   */
  #trainedAt(index: number, year: PlanYear, isMeant: (cohort: Cohort | null) => boolean): Terms {
    const { cohorts, problem } = this.#reading
    const stay = this.#stay(year)
    const by = ({ counts }: Step): boolean => counts <= year
    const terms = new Map<number, number>()
    const put = (some: readonly Step[], factor: number): void => {
      for (const { column } of some) terms.set(column, (terms.get(column) ?? 0) + factor)
    }
    for (const [number, cohort] of cohorts.entries()) {
      if (cohort.post !== index || !isMeant(cohort)) continue
      const moves = (this.#movesOf[number] ?? []).filter(by)
      if (cohort.validThrough >= year) put(moves, -stay)
      else {
        put((this.#trains[number] ?? []).filter(by), stay)
        const isSure = ({ counts }: Step): boolean => year === this.#last || counts > cohort.validThrough
        put(
          moves.filter((step) => !this.#untrained.has(step) && isSure(step)),
          -stay,
        )
      }
    }
    for (const step of (this.#comes[index] ?? []).filter(by)) {
      const cohort = step.cohort === null ? null : (cohorts[step.cohort] ?? null)
      if (!isMeant(cohort)) continue
      if (cohort === null) put([step], (1 - problem.rules.attrition) ** (year - step.counts))
      else if (cohort.validThrough >= year || !this.#untrained.has(step)) put([step], stay)
    }
    return terms
  }

  /** Covered at the end: in full hours, or by day where they are cut. */
  #cover(read: ReadPost): void {
    const { index } = read
    const lent = sumOf([(this.#pools[index] ?? []).flatMap((pool) => this.#lent(read, pool)), 1])
    const trained = this.#trainedAt(index, this.#last, () => true)
    const today = this.#trainedToday(index, this.#last, () => true)
    const cuts = this.#cuts[index] ?? []
    const ask = (ofOne: number, spared: Terms, least: number): void =>
      this.#atLeast(least - today * ofOne - tiny, added(added(times(trained, ofOne), lent), spared))
    ask(read.ofOne, sumOf([cuts, read.shifts]), read.shifts)
    if (read.day !== null && cuts.length > 0) ask(read.day.ofOne, sumOf([cuts, -read.day.shifts]), 0)
  }

  /** What the other post of a pool covers here. */
  #lent(read: ReadPost, pool: Step): readonly number[] {
    const { action } = pool
    if (action.kind !== 'pool') return []
    const lender = this.#postOf(action.posts[0] === read.post.key ? action.posts[1] : action.posts[0])
    const column = this.#sheet.column({ upper: read.shifts })
    this.columns++
    this.#atMost(0, sumOf([[column], 1], [[pool], -read.shifts]))
    const isMeant = (cohort: Cohort | null): boolean => cohort?.isOnCall ?? this.#reading.problem.rules.onCall.hires
    const called = this.#trainedAt(lender.index, this.#last, isMeant)
    const today = this.#trainedToday(lender.index, this.#last, isMeant)
    const cuts = this.#cuts[lender.index] ?? []
    const ask = (ofOne: number, spared: Terms, most: number): void =>
      this.#atMost(most + today * ofOne + tiny, added(added(sumOf([[column], 1]), times(called, -ofOne)), spared))
    ask(lender.ofOne, sumOf([cuts, -read.shifts]), 0)
    if (lender.day !== null && cuts.length > 0) ask(lender.day.ofOne, sumOf([cuts, read.shifts]), read.shifts)
    return [column]
  }

  // -------------------------------------------------------------- what it says

  /** The steps with their people, without those that a hand has set. */
  actionsOf(values: Float64Array): readonly Action[] {
    const taken = (step: Step): number => Math.round(values[step.column] ?? 0)
    const alike = this.#steps
      .filter(({ cohort }) => cohort === null)
      .flatMap((step): readonly Action[] => {
        const count = taken(step) - step.set
        if (count <= 0) return []
        return [{ ...step.action, count, cost: step.action.cost * count }]
      })
    const named = this.#reading.cohorts.flatMap((cohort, number) => this.#named(cohort, number, taken))
    return ordered(merged([...alike, ...named]), this.#reading.placeOf)
  }

  /** Whoever must be trained before she goes is trained first; of the others it makes no difference. */
  #named(cohort: Cohort, number: number, taken: (step: Step) => number): readonly Action[] {
    const each = (some: readonly Step[]): readonly Step[] =>
      some.flatMap((step) => Array.from({ length: taken(step) }, () => step)).sort((a, b) => a.counts - b.counts)
    const people = cohort.members.flatMap(({ key, isGroup, count }) =>
      Array.from({ length: count }, () => ({ key, isGroup })),
    )
    const moves = each(this.#movesOf[number] ?? [])
    const isLate = ({ counts }: Step): boolean => counts > cohort.validThrough
    const trained = moves.filter((step) => !this.#untrained.has(step))
    const inOrder = [...trained.filter(isLate), ...trained.filter((step) => !isLate(step))]
    const untrained = moves.filter((step) => this.#untrained.has(step))
    const trains = each(this.#trains[number] ?? [])
    const actions: Action[] = []
    const put = (step: Step | undefined, at: number, isSet: boolean): void => {
      const { action } = step ?? {}
      const her = people[at]
      if (action === undefined || her === undefined || isSet || !('who' in action)) return
      const who: Who = her.isGroup
        ? { officers: [], groups: [{ group: her.key, count: 1 }] }
        : { officers: [her.key], groups: [] }
      actions.push({ ...action, who })
    }
    for (const [at, step] of trains.entries()) put(step, at, cohort.fixed.train !== null)
    for (const [at, step] of inOrder.entries()) put(step, at, cohort.fixed.move !== null)
    for (const [at, step] of untrained.entries()) put(step, people.length - 1 - at, cohort.fixed.move !== null)
    return actions
  }
}

const nobody: Who = { officers: [], groups: [] }

/** Of shifts and women, by which sums that are equal may differ. */
const tiny = 1e-7

function sumOf(...parts: readonly (readonly [some: readonly (Step | number)[], factor: number])[]): Terms {
  const terms = new Map<number, number>()
  for (const [some, factor] of parts)
    for (const one of some) {
      const column = typeof one === 'number' ? one : one.column
      terms.set(column, (terms.get(column) ?? 0) + factor)
    }
  return terms
}

const priced = (some: readonly Step[]): Terms => new Map(some.map(({ column, action }) => [column, action.cost]))

const plus = (terms: Terms, column: number, factor: number): Terms => added(terms, new Map([[column, factor]]))

function added(one: Terms, other: Terms): Terms {
  const terms = new Map(one)
  for (const [column, factor] of other) terms.set(column, (terms.get(column) ?? 0) + factor)
  return terms
}

const times = (terms: Terms, factor: number): Terms =>
  new Map([...terms].map(([column, each]) => [column, each * factor]))
