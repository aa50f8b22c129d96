import { both, inYear, ordered } from './answer.ts'
import { firstYearOf, isForbidden, postsNamed, type Reading, years } from './reading.ts'
import { capOf, decidedBy, type Target, usedByFixed } from './target.ts'
import type { Action, FacilityAction, FacilityKey, PlanYear, Who, YearCaps } from './words.ts'

/**
 * What was chosen for the last year, spread over the years: as soon as each year's caps and money allow, the posts where
 * most is to be won first, facilities before anybody comes. Since the caps of all years together held what was chosen,
 * little or nothing is left over; what is left over is not in the plan.
 */
export function spread(target: Target, actions: readonly Action[]): readonly Action[] {
  const { reading } = target
  const spreading = new Spreading(target, actions)
  const open = new Map<string, Action[]>()
  for (const action of actions) {
    const key = placeOf(action)
    const list = open.get(key)
    if (list) list.push(action)
    else open.set(key, [action])
  }
  const posts = [...target.posts]
    .sort((a, b) => wins(b) - wins(a) || a.read.index - b.read.index)
    .map(({ read }) => read.post.key)
  // Twice: who leaves a post may have waited for what was placed there after her.
  for (const year of years(reading.problem))
    for (const post of [...posts, ...posts]) open.set(post, spreading.place(year, open.get(post) ?? []))
  return ordered(spreading.placed(), new Map(reading.posts.map(({ post, index }) => [post.key, index])))
}

function wins({ read, needs, trained }: Target['posts'][number]): number {
  return read.post.risk * read.ofOne * Math.max(0, needs - trained)
}

/** The post that an action is done for. */
function placeOf(action: Action): string {
  if (action.kind === 'pool') return action.posts[0]
  return action.kind === 'move' ? action.to : action.post
}

const order: readonly Action['kind'][] = ['facility', 'train', 'hire', 'move', 'pool', 'day-only']

class Spreading {
  readonly #target: Target
  readonly #reading: Reading
  readonly #last: ReturnType<typeof decidedBy>
  readonly #placed: Action[] = []
  readonly #left: readonly Record<keyof YearCaps, number>[]
  #budget: number
  readonly #ready = new Map<string, Map<FacilityKey, PlanYear>>()
  /** Who comes to each post, and in which year first. */
  readonly #arrived = new Map<string, { readonly count: number; readonly year: PlanYear }[]>()
  /** Women who wait to move to a post: they may come in the year of those who are hired for it. */
  readonly #movesWait = new Map<string, number>()
  /** The year from which somebody whom the plan trains is trained; Infinity while no year has had room for it. */
  readonly #trainedFrom = new Map<string, PlanYear>()
  /** Trainings of a post, and the cut of its hours, that wait or do not count yet: nobody trained leaves it before. */
  readonly #waiting = new Map<string, number>()
  readonly #sparesFrom = new Map<string, PlanYear>()

  constructor(target: Target, actions: readonly Action[]) {
    this.#target = target
    for (const action of actions) {
      if (action.kind === 'train') for (const who of namesOf(action.who)) this.#trainedFrom.set(who, Infinity)
      if (action.kind === 'train' || action.kind === 'day-only') this.#wait(action.post, action.count)
    }
    this.#reading = target.reading
    const { problem } = target.reading
    this.#last = decidedBy(target.reading, problem.years)
    const used = usedByFixed(target.reading)
    this.#left = problem.caps.map((caps, index) => {
      const of = (name: keyof YearCaps): number => (caps[name] ?? Infinity) - (used[index]?.[name] ?? 0)
      return {
        trainings: of('trainings'),
        moves: of('moves'),
        hires: of('hires'),
        facilities: of('facilities'),
        pools: of('pools'),
        dayOnly: of('dayOnly'),
        budget: of('budget'),
      }
    })
    this.#budget = (problem.aim.budget ?? Infinity) - used.reduce((sum, { budget }) => sum + budget, 0)
    for (const action of problem.fixed) if (action.kind === 'facility') this.#build(action)
  }

  placed(): readonly Action[] {
    const alone = new Set(this.#reading.problem.posts.flatMap(({ key }) => this.#leftAlone(key)))
    return merged(this.#placed.filter((action) => !alone.has(action)))
  }

  /** Those who came counting on others whom no year had room for: they do not come. */
  #leftAlone(key: string): readonly Action[] {
    const { problem } = this.#reading
    const post = this.#target.posts[this.#reading.placeOf.get(key) ?? 0]
    const { hiring } = problem.rules.leadMonths
    const arrivals = this.#placed.flatMap((action): { readonly action: Action; readonly year: PlanYear }[] => {
      if (action.kind === 'hire' && action.post === key) return [{ action, year: firstYearOf(action.year, hiring) }]
      return action.kind === 'move' && action.to === key ? [{ action, year: action.year }] : []
    })
    const dropped: Action[] = []
    let come = 0
    for (const year of years(problem)) {
      const now = arrivals.filter((each) => each.year === year)
      const count = now.reduce((sum, { action }) => sum + action.count, 0)
      if (count === 0) continue
      if (post && this.#isEnough(post, come + count)) come += count
      else dropped.push(...now.map(({ action }) => action))
    }
    return dropped
  }

  #isEnough(post: Target['posts'][number], come: number): boolean {
    const { together } = this.#reading.problem.rules
    return post.heads + come >= together.women && post.officers + come >= post.read.officersNeeded
  }

  /** Places what the year allows, and gives back what must wait. */
  place(year: PlanYear, actions: readonly Action[]): Action[] {
    const waits: Action[] = []
    const moves = actions.filter((action) => action.kind === 'move')
    for (const { to } of moves) this.#movesWait.set(to, 0)
    for (const { to, count } of moves) this.#movesWait.set(to, (this.#movesWait.get(to) ?? 0) + count)
    for (const action of actions.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
      const count = this.#most(year, action)
      if (count === 0) {
        waits.push(action)
        continue
      }
      const [now, later] = split(action, count)
      this.#put(inYear(this.#target, now, year))
      if (later) waits.push(later)
    }
    return waits
  }

  #put(action: Action): void {
    const { leadMonths } = this.#reading.problem.rules
    const left = this.#left[action.year - 1]
    if (left) {
      left[capOf[action.kind]] -= action.count
      left.budget -= action.cost
    }
    this.#budget -= action.cost
    this.#placed.push(action)
    if (action.kind === 'facility') this.#build(action)
    else if (action.kind === 'train') {
      const from = firstYearOf(action.year, leadMonths.training)
      for (const who of namesOf(action.who)) this.#trainedFrom.set(who, from)
      this.#spare(action.post, action.count, from)
    } else if (action.kind === 'day-only') this.#spare(action.post, action.count, action.year)
    else if (action.kind === 'hire')
      this.#arrive(action.post, action.count, firstYearOf(action.year, leadMonths.hiring))
    else if (action.kind === 'move') {
      this.#arrive(action.to, action.count, action.year)
      this.#movesWait.set(action.to, (this.#movesWait.get(action.to) ?? 0) - action.count)
    }
  }

  #wait(post: string, count: number): void {
    this.#waiting.set(post, (this.#waiting.get(post) ?? 0) + count)
  }

  #spare(post: string, count: number, from: PlanYear): void {
    this.#wait(post, -count)
    this.#sparesFrom.set(post, Math.max(from, this.#sparesFrom.get(post) ?? 0))
  }

  /** Also what a hand has set: women who come are not there before it either. */
  #build({ post, facility, year }: FacilityAction): void {
    const of = this.#ready.get(post) ?? new Map<FacilityKey, PlanYear>()
    this.#ready.set(post, of.set(facility, firstYearOf(year, this.#reading.problem.rules.leadMonths.facility)))
  }

  #arrive(post: string, count: number, year: PlanYear): void {
    const before = this.#arrived.get(post)
    if (before) before.push({ count, year })
    else this.#arrived.set(post, [{ count, year }])
  }

  /** How many of an action this year takes. */
  #most(year: PlanYear, action: Action): number {
    const left = this.#left[year - 1]
    const cap = capOf[action.kind]
    if (!left || year > this.#last[cap] || this.#isStruck(year, action)) return 0
    const one = inYear(this.#target, split(action, 1)[0], year).cost
    // Starting a pool or day hours sooner costs more years: only where the money is there in the end.
    const money = Math.min(left.budget, this.#budget)
    const most = Math.min(
      action.count,
      Math.floor(left[cap] + 1e-9),
      one > 0 ? Math.floor(money / one + 1e-9) : action.count,
    )
    if (most <= 0) return 0
    if (action.kind === 'hire')
      return this.#lot(
        action.post,
        firstYearOf(year, this.#reading.problem.rules.leadMonths.hiring),
        most,
        this.#movesWait.get(action.post),
      )
    if (action.kind !== 'move') return most
    const isReady =
      namesOf(action.who).every((who) => (this.#trainedFrom.get(who) ?? 0) <= year) &&
      (this.#waiting.get(action.from) ?? 0) <= 0 &&
      (this.#sparesFrom.get(action.from) ?? 0) <= year
    return isReady ? this.#lot(action.to, year, most, (this.#movesWait.get(action.to) ?? 0) - action.count) : 0
  }

  /** A hand may have struck it out in one year alone. */
  #isStruck(year: PlanYear, action: Action): boolean {
    const way = action.kind === 'move' ? { from: action.from, to: action.to } : {}
    const who = action.kind === 'train' || action.kind === 'move' ? namesOf(action.who) : []
    const { forbidden } = this.#reading.problem
    return isForbidden(forbidden, { kind: action.kind, posts: postsNamed(action), ...way, who, year })
  }

  /** Nobody comes before the facilities are there, and the first who come are enough not to be alone. */
  #lot(key: string, year: PlanYear, most: number, others = 0): number {
    const index = this.#reading.placeOf.get(key) ?? 0
    const post = this.#target.posts[index]
    if (!post) return 0
    const ready = this.#ready.get(key)
    const { facilities } = post.read.post
    const isSafe = this.#reading.problem.rules.facilitiesNeeded.every(
      (facility) => facilities[facility] === 'yes' || (ready?.get(facility) ?? Infinity) <= year,
    )
    if (!isSafe) return 0
    const come = (this.#arrived.get(key) ?? []).reduce((sum, each) => sum + (each.year <= year ? each.count : 0), most)
    return this.#isEnough(post, come + others) ? most : 0
  }
}

export function namesOf({ officers, groups }: Who): readonly string[] {
  return [...officers, ...groups.map(({ group }) => group)]
}

/** Each of an action by itself. */
export function splitIn(action: Action): readonly Action[] {
  const [one, others] = split(action, 1)
  if (others === null) return [action]
  const cost = action.cost / action.count
  return [{ ...one, cost }, ...splitIn({ ...others, cost: action.cost - cost })]
}

/** The first so many of an action, and the others. */
function split(action: Action, count: number): readonly [Action, Action | null] {
  if (count >= action.count) return [action, null]
  if (!('who' in action))
    return [
      { ...action, count },
      { ...action, count: action.count - count },
    ]
  const officers = action.who.officers.slice(0, count)
  let left = count - officers.length
  const now: { group: string; count: number }[] = []
  const later: { group: string; count: number }[] = []
  for (const { group, count: of } of action.who.groups) {
    const taken = Math.min(of, left)
    left -= taken
    if (taken > 0) now.push({ group, count: taken })
    if (of > taken) later.push({ group, count: of - taken })
  }
  return [
    { ...action, count, who: { officers, groups: now } },
    { ...action, count: action.count - count, who: { officers: action.who.officers.slice(count), groups: later } },
  ]
}

/** Hires and trainings of one post and year that were placed in turns. */
export function merged(actions: readonly Action[]): readonly Action[] {
  const found = new Map<string, Action>()
  for (const action of actions) {
    const alike = [
      action.kind,
      placeOf(action),
      action.year,
      action.kind === 'move' ? `${action.from} ${action.isVolunteer}` : '',
      action.kind === 'facility' ? action.facility : '',
      action.kind === 'train' ? action.isRenewal : '',
    ].join('|')
    const before = found.get(alike)
    const sum = before && { count: before.count + action.count, cost: before.cost + action.cost }
    found.set(
      alike,
      !before || !sum
        ? action
        : 'who' in before && 'who' in action
          ? { ...before, ...sum, who: both(before.who, action.who) }
          : { ...before, ...sum },
    )
  }
  return [...found.values()]
}
