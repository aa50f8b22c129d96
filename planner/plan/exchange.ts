import { type StepsChecker, stepsChecker } from '../checker/checker.ts'
import { rowsAsCover, worthOf } from './cover.ts'
import { nameOfBroken } from './keeping.ts'
import { kmBetween } from './places.ts'
import { changesOf, costOf } from './price.ts'
import { type Cohort, firstYearOf, postsNamed, type Reading, readProblem, years } from './reading.ts'
import { merged, namesOf, splitIn } from './schedule.ts'
import { isTrainedAt, isWithinLimits, maySend, usedBy } from './target.ts'
import {
  type Action,
  changeWeight,
  type FacilityAction,
  type PlanProblem,
  type PlanYear,
  type Post,
  type PostKey,
  type Who,
  type YearCaps,
} from './words.ts'

/** Whoever waits for it. `most`: plans that are tried at most, the same on every machine. */
export type Patience = { readonly isOver: () => boolean; readonly most: number }

/**
 * A plan of several years, mended step by step: a step is done in another year, left out, or another is done in its place, one
 * or two at once, as long as the plan is better for it and the checker finds no rule broken that was not before. What is asked of
 * one year at a time cannot weigh that whoever is hired early has left by the end, nor that a year's money holds one hire and not one
 * and a third. Posts that share women, or could, are looked at together, in what all others leave of the caps.
 *
 * @param onlyMust only what is done for the posts that must be covered, until they are, in the fewest changes
 */
export function exchanged(
  reading: Reading,
  actions: readonly Action[],
  patience: Patience,
  onlyMust = false,
): readonly Action[] {
  let now = onlyMust ? stepsForMust(reading, actions) : actions
  let left = patience.most
  // Single steps everywhere before two at once anywhere: those are the most to try.
  for (const isDeep of [false, true])
    for (const keys of clustersOf(reading, now)) {
      if (left <= 0 || patience.isOver()) return now
      if (onlyMust && !hasMust(reading, keys)) continue
      const isInside = (action: Action): boolean => postsNamed(action).every((key) => keys.has(key))
      const others = now.filter((action) => !isInside(action))
      const search = new Exchange(reading, keys, others, { ...patience, most: left }, { isDeep, onlyMust })
      const own = now.filter(isInside)
      const better = search.better(own)
      left -= search.tried
      if (better !== own) now = [...others, ...better]
    }
  return now
}

/** Posts of one cluster, at most, beside those that the plan ties together anyway. */
const mostTogether = 3

/** Posts that share women or send each other some, and neighbours that could, as long as they are no more than `together`. */
function clustersOf(
  { problem, posts, pairs, placeOf }: Reading,
  actions: readonly Action[],
  together = mostTogether,
): readonly Set<PostKey>[] {
  const parent = posts.map((_, index) => index)
  const size = posts.map(() => 1)
  const rootOf = (post: number): number => {
    let root = post
    while (parent[root] !== root) root = parent[root] ?? root
    return root
  }
  const tie = (a: number, b: number, most: number): void => {
    const [one, other] = [rootOf(a), rootOf(b)]
    const together = (size[one] ?? 0) + (size[other] ?? 0)
    if (one === other || together > most) return
    parent[other] = one
    size[one] = together
  }
  for (const action of [...problem.fixed, ...actions]) {
    const [a, b] = postsNamed(action).map((key) => placeOf.get(key) ?? 0)
    if (a !== undefined && b !== undefined) tie(a, b, Number.POSITIVE_INFINITY)
  }
  for (const { a, b } of pairs) tie(a, b, together)
  if (posts.length <= together) for (const index of posts.keys()) tie(0, index, together)
  const found = Map.groupBy(posts, ({ index }) => rootOf(index))
  return [...found.values()].map((some) => new Set(some.map(({ post }) => post.key)))
}

/** Steps at posts that must be covered, and at those that the plan ties to them. */
function stepsForMust(reading: Reading, actions: readonly Action[]): readonly Action[] {
  const near = clustersOf(reading, actions, 1).filter((keys) => hasMust(reading, keys))
  return actions.filter((action) => near.some((keys) => postsNamed(action).every((key) => keys.has(key))))
}

const hasMust = ({ problem }: Reading, keys: ReadonlySet<PostKey>): boolean =>
  problem.posts.some(({ key, mustBeCovered }) => mustBeCovered && keys.has(key))

/** What is not done any more, and what is done instead. */
type Edit = { readonly out: readonly Action[]; readonly put: readonly Action[] }

type Looks = { readonly isDeep: boolean; readonly onlyMust: boolean }

/** Steps, and what a plan of them is worth: less is better. */
type Tried = { readonly units: readonly Action[]; readonly reached: number }

/** Steps whose rules are not asked about yet: no plan of them is worth less than this. */
type Untold = { readonly units: readonly Action[]; readonly least: number }

/** The search in one cluster. Steps are taken apart: each is of one person, facility or post. */
class Exchange {
  readonly #reading: Reading
  readonly #problem: PlanProblem
  readonly #patience: Patience
  readonly #looks: Looks
  readonly #checker: StepsChecker
  readonly #cohortOf = new Map<string, number>()
  readonly #womenOf = new Map<PostKey, number>()
  /** Rules that are broken before anything is tried: by a hand. */
  #broken: ReadonlySet<string> = new Set()
  tried = 0

  constructor(
    reading: Reading,
    keys: ReadonlySet<PostKey>,
    others: readonly Action[],
    patience: Patience,
    looks: Looks,
  ) {
    this.#problem = partOf(reading.problem, keys, others)
    const read = readProblem(this.#problem)
    // A part of a problem that was read refuses nothing.
    this.#reading = read.ok ? read.value : reading
    this.#patience = patience
    this.#looks = looks
    this.#checker = stepsChecker(this.#problem)
    this.#reading.cohorts.forEach(({ members, post, count }, at) => {
      for (const { key } of members) this.#cohortOf.set(key, at)
      const home = this.#reading.posts[post]?.post.key ?? ''
      this.#womenOf.set(home, (this.#womenOf.get(home) ?? 0) + count)
    })
  }

  /** The same list where nothing is better. */
  better(own: readonly Action[]): readonly Action[] {
    const units = own.flatMap(splitIn)
    this.#broken = new Set(this.#brokenBy(units))
    const first = this.#judged(this.#weighed(units))
    let best = first
    for (let next = first; next !== null; next = this.#step(next)) best = next
    return first !== null && best !== null && best.reached < first.reached - least ? merged(best.units) : own
  }

  #isOver(): boolean {
    return this.tried >= this.#patience.most || this.#patience.isOver()
  }

  /** The best of all single edits; where none is better, the first two that together are, or one after two that are nearly as good. */
  #step(now: Tried): Tried | null {
    const edits = this.#edits(now.units)
    const single = this.#bestAmong(
      now,
      edits.map((edit) => applied(now.units, edit)),
    )
    if (single !== null || !this.#looks.isDeep) return single
    const untold: Untold[] = []
    for (const [at, one] of edits.entries())
      for (const other of edits.slice(at + 1)) {
        if (this.#isOver()) return null
        if (one.put.length + other.put.length === 0 || one.out.some((unit) => other.out.includes(unit))) continue
        const both = { out: [...one.out, ...other.out], put: [...one.put, ...other.put] }
        const weighed = this.#weighed(applied(now.units, both))
        if (weighed === null) continue
        const tried = weighed.least < now.reached - least ? this.#judged(weighed) : null
        if (tried !== null && tried.reached < now.reached - least) return tried
        untold.push(weighed)
      }
    for (const tried of this.#nearest(untold)) {
      const all = this.#edits(tried.units).map((edit) => applied(tried.units, edit))
      const third = this.#bestAmong(now, all)
      if (third !== null || this.#isOver()) return third
    }
    return null
  }

  #bestAmong(now: Tried, all: Iterable<readonly Action[]>): Tried | null {
    let best: Tried | null = null
    for (const units of all) {
      if (this.#isOver()) return best
      const than: number = (best ?? now).reached - least
      const weighed = this.#weighed(units)
      // Whether rules let it be, which takes longest to tell, is asked only of what would be better.
      const tried: Tried | null = weighed !== null && weighed.least < than ? this.#judged(weighed) : null
      if (tried !== null && tried.reached < than) best = tried
    }
    return best
  }

  /** The best of those that rules let be, in their order. */
  #nearest(untold: readonly Untold[]): readonly Tried[] {
    const found: { readonly tried: Tried; readonly at: number }[] = []
    const ordered = untold.map((weighed, at) => ({ weighed, at })).sort((a, b) => a.weighed.least - b.weighed.least)
    for (const { weighed, at } of ordered) {
      // Those that follow are worth no less than this one at least is: none of them comes before the last that is taken.
      if (weighed.least > (found[mostNear - 1]?.tried.reached ?? Number.POSITIVE_INFINITY)) break
      const tried = this.#judged(weighed)
      if (tried === null) continue
      found.push({ tried, at })
      found.sort((a, b) => a.tried.reached - b.tried.reached || a.at - b.at)
    }
    return found.slice(0, mostNear).map(({ tried }) => tried)
  }

  // -------------------------------------------------------------- what a plan is worth

  /** What it is worth where it covers all that must be; null: caps do not let it be. */
  #weighed(units: readonly Action[]): Untold | null {
    const problem = this.#problem
    const all = [...problem.fixed, ...units]
    // Told in a moment, where the checker takes longer: most of what is tried does not fit.
    if (!isWithinLimits(problem, all)) return null
    this.tried++
    const changes = all.reduce((sum, action) => sum + changesOf(problem, action), 0)
    if (this.#looks.onlyMust) return { units, least: changes }
    const worth = worthOf(this.#reading, rowsAsCover(this.#reading, this.#checker.count(all).after))
    return { units, least: problem.aim.kind === 'every-shift' ? worth + changes : changeWeight * changes - worth }
  }

  /** Null: rules do not let it be. */
  #judged(weighed: Untold | null): Tried | null {
    if (weighed === null) return null
    const { broken } = this.#checker.judge([...this.#problem.fixed, ...weighed.units])
    if (broken.some((rule) => !isOfCover(rule.code) && !this.#broken.has(nameOfBroken(rule)))) return null
    const open = broken.reduce(
      (sum, { code, found, allowed }) => sum + (isOfCover(code) ? (allowed ?? 0) - (found ?? 0) : 0),
      0,
    )
    return { units: weighed.units, reached: open * openWeight + weighed.least }
  }

  #brokenBy(units: readonly Action[]): readonly string[] {
    const { broken } = this.#checker.judge([...this.#problem.fixed, ...units])
    return broken.map(nameOfBroken)
  }

  // -------------------------------------------------------------- what may be done otherwise

  #edits(units: readonly Action[]): readonly Edit[] {
    return [...this.#others(units), ...this.#additions(units)]
  }

  /** Each step, and all of one kind, post and year, of one post or one person, or of all who come to one, left out or done in other years. */
  #others(units: readonly Action[]): readonly Edit[] {
    const alike = Map.groupBy(units, (unit) => this.#nameOf(unit))
    const bundles = [...alike.values()].flatMap((some): (readonly Action[])[] =>
      some.length > 1 ? [some.slice(0, 1), some] : [some],
    )
    const byPost = Map.groupBy(units, (unit) => postsNamed(unit).at(-1))
    const byPerson = Map.groupBy(
      units.filter((unit) => 'who' in unit),
      (unit) => namesOf(unit.who).join(' '),
    )
    const together = this.#problem.posts.map(({ key }) => comingTo(key, units))
    const several = [...byPost.values(), ...byPerson.values(), ...together].filter((some) => some.length > 1)
    const without = [...bundles, ...several].map((out): Edit => ({ out, put: [] }))
    const retimed = [...bundles, ...several].flatMap((out) =>
      years(this.#problem)
        .filter((year) => out.some((unit) => unit.year !== year))
        .map((year): Edit => ({ out, put: out.map((unit) => this.#in(unit, year)) })),
    )
    return [...retimed, ...several.flatMap((out) => this.#shifted(out)), ...this.#swapped(units), ...without]
  }

  /** Steps of several years, all of them a year sooner or later. */
  #shifted(out: readonly Action[]): readonly Edit[] {
    if (out.every(({ year }) => year === out[0]?.year)) return []
    return [-1, 1]
      .filter((by) => out.every(({ year }) => year + by >= 1 && year + by <= this.#problem.years))
      .map((by) => ({ out, put: out.map((unit) => this.#in(unit, unit.year + by)) }))
  }

  /** Two of a kind that change years: where each year has room for one alone. */
  #swapped(units: readonly Action[]): readonly Edit[] {
    const first = [...Map.groupBy(units, (unit) => this.#nameOf(unit)).values()].flatMap(([unit]) => unit ?? [])
    return first.flatMap((one, at) =>
      first
        .slice(at + 1)
        .filter((other) => other.kind === one.kind && other.year !== one.year)
        .map((other) => ({ out: [one, other], put: [this.#in(one, other.year), this.#in(other, one.year)] })),
    )
  }

  #in(action: Action, year: PlanYear): Action {
    const now = { ...action, year }
    return { ...now, cost: costOf(this.#problem, now) }
  }

  /** Who is alike is not told apart. */
  #nameOf(unit: Action): string {
    const who = 'who' in unit ? namesOf(unit.who).map((name) => this.#cohortOf.get(name)) : []
    const facility = unit.kind === 'facility' ? unit.facility : ''
    return [unit.kind, ...postsNamed(unit), unit.year, facility, ...who].join(' ')
  }

  /** One step more, with what it needs to be allowed at all. */
  #additions(units: readonly Action[]): readonly Edit[] {
    const all = [...this.#problem.fixed, ...units]
    const more = years(this.#problem).flatMap((year) => [
      ...this.#problem.posts.flatMap((post) => [...this.#hires(post, year, all), ...this.#closing(post, year, all)]),
      ...this.#reading.cohorts.flatMap((cohort) => this.#ofCohort(cohort, year, units)),
    ])
    return [...more.map((put): Edit => ({ out: [], put })), ...this.#pools(units)]
  }

  #hires({ key }: Post, year: PlanYear, all: readonly Action[]): readonly (readonly Action[])[] {
    const first = firstYearOf(year, this.#problem.rules.leadMonths.hiring)
    if (first > this.#problem.years) return []
    const least = this.#leastComing(key, first, all)
    const counts = least > 1 ? [1, least] : [1]
    return this.#facilities(key, first, all).flatMap((facilities) =>
      counts.map((count) => [...facilities, ...this.#hired(key, year, count)]),
    )
  }

  /** Each a step by itself. */
  #hired(post: PostKey, year: PlanYear, count: number): readonly Action[] {
    return Array.from({ length: count }, () => this.#in({ kind: 'hire', post, year, count: 1, cost: 0 }, year))
  }

  /** How many must come to a post in one year so that none of them is alone there. */
  #leastComing(key: PostKey, year: PlanYear, all: readonly Action[]): number {
    const { together, leadMonths } = this.#problem.rules
    const read = this.#reading.posts[this.#reading.placeOf.get(key) ?? 0]
    let [women, officers] = [this.#womenOf.get(key) ?? 0, read?.officers ?? 0]
    for (const action of all) {
      if (action.kind !== 'move' && action.kind !== 'hire') continue
      if ((action.kind === 'hire' ? firstYearOf(action.year, leadMonths.hiring) : action.year) > year) continue
      const goal = action.kind === 'hire' ? action.post : action.to
      const by = goal === key ? action.count : action.kind === 'move' && action.from === key ? -action.count : 0
      women += by
      officers += by
    }
    return Math.max(1, together.women - women, (read?.officersNeeded ?? 0) - officers)
  }

  /** Those that are missing where somebody comes in `year`: as late as can be, or a year sooner. None: they cannot be there. */
  #facilities(key: PostKey, year: PlanYear, all: readonly Action[]): readonly (readonly FacilityAction[])[] {
    const { rules, posts, costs } = this.#problem
    const post = posts.find((each) => each.key === key)
    const built = new Set(all.flatMap((each) => (each.kind === 'facility' && each.post === key ? each.facility : [])))
    const missing = rules.facilitiesNeeded.filter((each) => post?.facilities[each] !== 'yes' && !built.has(each))
    if (missing.length === 0) return [[]]
    const last = year - (firstYearOf(1, rules.leadMonths.facility) - 1)
    if (missing.some((each) => costs.facility[each] === undefined)) return []
    return [last, last - 1]
      .filter((by) => by >= 1)
      .map((by) =>
        missing.map((facility) => ({
          kind: 'facility',
          post: key,
          facility,
          year: by,
          count: 1,
          cost: costs.facility[facility] ?? 0,
        })),
      )
  }

  #closing({ key, shifts, dayShifts }: Post, year: PlanYear, all: readonly Action[]): readonly (readonly Action[])[] {
    const isClosed = all.some((each) => each.kind === 'day-only' && each.post === key)
    const closes = shifts.map((shift) => shift.key).filter((shift) => !dayShifts?.includes(shift))
    if (dayShifts === null || isClosed || closes.length === 0) return []
    return [[this.#in({ kind: 'day-only', post: key, closes, year, count: 1, cost: 0 }, year)]]
  }

  /** A pool more, in place of those that one of the two is in. */
  #pools(units: readonly Action[]): readonly Edit[] {
    const isSet = new Set(this.#problem.fixed.flatMap((each) => (each.kind === 'pool' ? each.posts : [])))
    const keyOf = (index: number): PostKey => this.#problem.posts[index]?.key ?? ''
    return this.#reading.pairs.flatMap(({ a, b, minutes }) => {
      const posts = [keyOf(a), keyOf(b)] as const
      const out = units.filter((each) => each.kind === 'pool' && each.posts.some((key) => posts.includes(key)))
      // One that stands is done in another year.
      const isThere = out.some((each) => posts.every((key) => postsNamed(each).includes(key)))
      if (isThere || posts.some((key) => isSet.has(key))) return []
      return years(this.#problem).map(
        (year): Edit => ({ out, put: [this.#in({ kind: 'pool', posts, minutes, year, count: 1, cost: 0 }, year)] }),
      )
    })
  }

  /** The next of those who are alike is trained, or moved, or both. */
  #ofCohort(cohort: Cohort, year: PlanYear, units: readonly Action[]): readonly (readonly Action[])[] {
    const { problem, posts } = this.#reading
    const taken = { train: new Map<string, number>(), move: new Map<string, number>() }
    for (const unit of units)
      if (unit.kind === 'train' || unit.kind === 'move')
        for (const name of namesOf(unit.who)) taken[unit.kind].set(name, (taken[unit.kind].get(name) ?? 0) + 1)
    const whoIs = (isFree: (name: string, count: number) => boolean): Who | null => {
      const member = cohort.members.find(({ key, count }) => isFree(key, count))
      if (member === undefined) return null
      return member.isGroup
        ? { officers: [], groups: [{ group: member.key, count: 1 }] }
        : { officers: [member.key], groups: [] }
    }
    const free = (kind: 'train' | 'move', name: string, count: number): boolean => (taken[kind].get(name) ?? 0) < count
    const post = posts[cohort.post]?.post
    if (post === undefined) return []
    const isRenewal = cohort.isTrained
    const training = (who: Who): Action =>
      this.#in({ kind: 'train', post: post.key, year, count: 1, cost: 0, who, isRenewal }, year)
    const mayTrain =
      cohort.mayBeTrained && cohort.fixed.train === null && !isTrainedAt(this.#reading, cohort, problem.years)
    const found: Action[][] = []
    const learner = mayTrain ? whoIs((name, count) => free('train', name, count)) : null
    if (learner !== null) found.push([training(learner)])
    if (cohort.fixed.move !== null || !maySend(this.#reading, cohort)) return found
    const isVolunteer = cohort.mayMove.kind === 'volunteer'
    const goes = (who: Who, to: Post, more: readonly Action[]): void => {
      const all = [...problem.fixed, ...units]
      const km = kmBetween(post, to)
      const move = { kind: 'move', from: post.key, to: to.key, km, isVolunteer, year, count: 1, cost: 0, who } as const
      for (const facilities of this.#facilities(to.key, year, all)) {
        const alone = [...facilities, ...more, this.#in(move, year)]
        found.push(alone, ...this.#joined(to.key, year, all).map((company) => [...alone, ...company]))
      }
    }
    const asSheIs = whoIs(
      (name, count) =>
        free('move', name, count) && (!mayTrain || (taken.train.get(name) ?? 0) > (taken.move.get(name) ?? 0)),
    )
    const both = mayTrain ? whoIs((name, count) => free('move', name, count) && free('train', name, count)) : null
    for (const { post: to } of posts) {
      if (to.key === post.key) continue
      if (asSheIs !== null) goes(asSheIs, to, [])
      if (both !== null) goes(both, to, [training(both)])
    }
    return found
  }

  /** Those who are hired to come with one who moves, where alone she may not. */
  #joined(key: PostKey, year: PlanYear, all: readonly Action[]): readonly (readonly Action[])[] {
    const hired = year - (firstYearOf(1, this.#problem.rules.leadMonths.hiring) - 1)
    const count = this.#leastComing(key, year, all) - 1
    return count === 0 || hired < 1 ? [] : [this.#hired(key, hired, count)]
  }
}

/** A plan is better by more than what rounding makes of a sum. */
const least = 1e-7

/** Of pairs of edits that better nothing: from so many of the best a third is tried. */
const mostNear = 40

/** One open shift of a post that must be covered: more than any worth of a few posts. */
const openWeight = 1e6

const isOfCover = (code: string): boolean => code === 'plan.must-be-covered'

function applied(units: readonly Action[], { out, put }: Edit): readonly Action[] {
  return [...units.filter((unit) => !out.includes(unit)), ...put]
}

/** Steps of all who come to a post. */
function comingTo(key: PostKey, units: readonly Action[]): readonly Action[] {
  const movers = new Set(units.flatMap((unit) => (unit.kind === 'move' && unit.to === key ? namesOf(unit.who) : [])))
  return units.filter(
    (unit) =>
      (unit.kind === 'hire' && unit.post === key) ||
      ('who' in unit && namesOf(unit.who).some((name) => movers.has(name))),
  )
}

/** These posts with whoever serves there, within what the others' steps leave of the caps and the money. */
function partOf(problem: PlanProblem, keys: ReadonlySet<PostKey>, others: readonly Action[]): PlanProblem {
  const isHere = (action: Action): boolean => postsNamed(action).every((key) => keys.has(key))
  const used = usedBy([...others, ...problem.fixed.filter((action) => !isHere(action))], problem.years)
  const left = (cap: number | null, taken: number): number | null => (cap === null ? null : Math.max(0, cap - taken))
  const caps = problem.caps.map((cap, at): YearCaps => {
    const taken = used[at]
    if (taken === undefined) return cap
    return {
      trainings: left(cap.trainings, taken.trainings),
      moves: left(cap.moves, taken.moves),
      hires: left(cap.hires, taken.hires),
      facilities: left(cap.facilities, taken.facilities),
      pools: left(cap.pools, taken.pools),
      dayOnly: left(cap.dayOnly, taken.dayOnly),
      budget: left(cap.budget, taken.budget),
    }
  })
  const spent = used.reduce((sum, { budget }) => sum + budget, 0)
  return {
    ...problem,
    posts: problem.posts.filter(({ key }) => keys.has(key)),
    officers: problem.officers.filter(({ post }) => keys.has(post)),
    groups: problem.groups.filter(({ post }) => keys.has(post)),
    caps,
    aim: { ...problem.aim, budget: left(problem.aim.budget, spent) },
    fixed: problem.fixed.filter(isHere),
  }
}
