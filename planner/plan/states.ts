import { wholeWomen } from './need.ts'
import type { Arc, Limit, Target, TargetPost } from './target.ts'
import { changeWeight, missingWeight } from './words.ts'

/** What is done at one post, in numbers. */
export type Local = {
  readonly train: number
  /** Trained women who leave it, at most. */
  readonly leave: number
  readonly arrive: number
  readonly builds: boolean
  readonly closes: boolean
}

/** Everything that can be done at one post, as columns of numbers: thousands of posts are looked through in each round. */
export type Locals = {
  readonly post: TargetPost
  readonly states: readonly Local[]
  /** In units of the aim, without what arrives where arrivals are counted apart. */
  readonly cost: Float64Array
  readonly trained: Float64Array
  readonly onCall: Float64Array
  readonly needs: Float64Array
  /** Of each limit: `uses[limit * states + state]`. */
  readonly uses: Float64Array
  /** States alike in what they cover, for pairs: only those that send nobody away. -1: not in a pool. */
  readonly level: Int32Array
  readonly levels: number
  /** Of each level. */
  readonly levelTrained: Float64Array
  readonly levelOnCall: Float64Array
  readonly levelNeeds: Float64Array
  /** Arrivals are counted in a row of their own: some may be moved here. */
  readonly hasArcs: boolean
}

/** What stays uncovered at a post, in units of the aim; covering more never costs more. */
export type Loss = (post: TargetPost, needs: number, women: number) => number

/** A post that must be covered and is not: more than anything else can weigh. */
export const mustWeight = 1e7

export function lossOf({ reading, onlyMust, year, span }: Target): Loss {
  const { aim, years } = reading.problem
  // A post must be covered in the last year. What an earlier one could have at best is a bound of cover alone.
  const binds = span === 'this-year' || year === years
  const must = ({ read }: TargetPost, isCovered: boolean): number =>
    binds && read.post.mustBeCovered && !isCovered ? mustWeight : 0
  if (onlyMust) return (post, needs, women) => must(post, women >= needs - 1e-9) / mustWeight
  if (aim.kind === 'every-shift')
    return (post, needs, women) => {
      const missing = needs - women > 1e-9 ? needs - women : 0
      return missing * missingWeight + must(post, missing === 0)
    }
  if (aim.counts === 'posts')
    return (post, needs, women) => {
      const isCovered = women >= needs - 1e-9
      return (isCovered ? -post.read.post.risk : 0) + must(post, isCovered)
    }
  return (post, needs, women) => {
    const closed = needs < post.needs && post.day ? post.day : post
    return -post.read.post.risk * Math.min(closed.shifts, closed.ofOne * women) + must(post, women >= needs - 1e-9)
  }
}

/** Weight of a change in units of the aim. */
export function weightOf({ reading, onlyMust }: Target): number {
  return onlyMust ? 0 : reading.problem.aim.kind === 'every-shift' ? 1 : changeWeight
}

/** `active`: the ways that are in rows. What can be done at a post does not depend on them, only where hires are counted. */
export function localsOf(target: Target, active: ReadonlySet<number>): readonly Locals[] {
  const arriving = new Uint8Array(target.posts.length)
  for (const { to } of target.arcs) arriving[to] = 1
  const apart = new Uint8Array(target.posts.length)
  for (const at of active) apart[target.arcs[at]?.to ?? 0] = 1
  const leaving = new Uint8Array(target.posts.length)
  for (const { from, trains } of target.arcs) if (!trains) leaving[from] = 1
  // For a neighbour that is lent to, more women than the post itself needs.
  const most = Float64Array.from(target.posts, ({ needs }) => needs)
  for (const { a, b } of target.pairs) {
    const [one, other] = [target.posts[a], target.posts[b]]
    if (!one || !other) continue
    most[a] = Math.max(most[a] ?? 0, (other.needs * other.ofOne) / one.ofOne)
    most[b] = Math.max(most[b] ?? 0, (one.needs * one.ofOne) / other.ofOne)
  }
  return target.posts.map((post, index) =>
    localsAt(target, post, most[index] ?? 0, arriving[index] === 1, leaving[index] === 1, apart[index] === 1),
  )
}

function localsAt(
  target: Target,
  post: TargetPost,
  most: number,
  mayArrive: boolean,
  mayLeave: boolean,
  hasArcs: boolean,
): Locals {
  const states = enumerated(target, post, most, mayArrive, mayLeave)
  const { changes, costs, rules } = target.reading.problem
  const weight = weightOf(target)
  const size = states.length
  const made = {
    cost: new Float64Array(size),
    trained: new Float64Array(size),
    onCall: new Float64Array(size),
    needs: new Float64Array(size),
    uses: new Float64Array(size * target.limits.length),
    level: new Int32Array(size),
  }
  const levels = new Map<string, number>()
  states.forEach((state, at) => {
    const hires = hasArcs ? 0 : state.arrive
    const facilities = state.builds ? post.unsafe.length : 0
    made.cost[at] =
      weight *
      (changes.training * state.train +
        changes.hire * hires +
        changes.facility * facilities +
        (state.closes ? changes.dayOnly : 0))
    made.trained[at] = post.trained + target.stay * (state.train - state.leave) + target.arrive * state.arrive
    made.onCall[at] =
      post.onCall +
      target.stay * Math.min(state.train, post.trainOnCall) +
      (rules.onCall.hires ? target.arrive * state.arrive : 0)
    made.needs[at] = state.closes && post.day ? post.day.needs : post.needs
    target.limits.forEach(({ of, counts }, limit) => {
      const amounts = {
        trainings: [state.train, costs.training],
        hires: [hires, costs.hire],
        moves: [0, 0],
        facilities: [facilities, facilities === 0 ? 0 : post.facilityMoney / facilities],
        pools: [0, 0],
        dayOnly: [state.closes ? 1 : 0, target.dayOnlyMoney],
      } as const
      made.uses[limit * size + at] = kindsOf(counts).reduce(
        (sum, kind) => sum + amounts[kind][0] * (of === 'budget' ? amounts[kind][1] : 1),
        0,
      )
    })
    const alike = `${made.trained[at]} ${made.onCall[at]} ${made.needs[at]}`
    if (state.leave > 0) made.level[at] = -1
    else {
      const level = levels.get(alike) ?? levels.size
      levels.set(alike, level)
      made.level[at] = level
    }
  })
  const levelTrained = new Float64Array(levels.size)
  const levelOnCall = new Float64Array(levels.size)
  const levelNeeds = new Float64Array(levels.size)
  made.level.forEach((level, at) => {
    if (level < 0) return
    levelTrained[level] = made.trained[at] ?? 0
    levelOnCall[level] = made.onCall[at] ?? 0
    levelNeeds[level] = made.needs[at] ?? 0
  })
  return { post, states, ...made, levels: levels.size, levelTrained, levelOnCall, levelNeeds, hasArcs }
}

export function kindsOf(counts: Limit['counts']): readonly (keyof Limit['counts'])[] {
  return kindNames.filter((kind) => counts[kind])
}

const kindNames = ['trainings', 'moves', 'hires', 'facilities', 'pools', 'dayOnly'] as const

/** What an arc takes of a limit. */
export function arcUses({ of, counts }: Limit, arc: Arc, training: number): number {
  if (of === 'budget') {
    const trains = arc.trains ? training : 0
    return (counts.moves ? arc.money - trains : 0) + (counts.trainings ? trains : 0)
  }
  return (counts.moves ? 1 : 0) + (counts.trainings && arc.trains ? 1 : 0)
}

function enumerated(
  target: Target,
  post: TargetPost,
  most: number,
  hasArcs: boolean,
  mayLeave: boolean,
): readonly Local[] {
  const { together } = target.reading.problem.rules
  const mayTrain = post.trainOnCall + post.trainOther
  const enough = most + (mayLeave ? Math.max(0, post.trained - post.needs) : 0)
  const arrivals =
    post.canHire || hasArcs ? Math.min(post.arrivals, wholeWomen((most - post.trained) / target.arrive)) : 0
  const found: Local[] = []
  const isAlone = (arrive: number): boolean =>
    post.heads + arrive < together.women || post.officers + arrive < post.read.officersNeeded
  for (const closes of post.day ? [false, true] : [false])
    for (let train = 0; train <= mayTrain; train++) {
      // One more than enough covers nothing more: only where somebody then may leave is she worth training.
      if (train > 0 && post.trained + target.stay * (train - 1) >= enough && !mayLeave) break
      const kept = Math.min(post.needs, post.trained)
      const canLeave = Math.floor((post.trained - kept) / target.stay + train + 1e-9)
      if (post.trained + target.stay * train < post.leastTrained - 1e-9) continue
      // Whom a hand has sent here is safe and not alone, whatever else is done.
      const builds = post.isSent && post.unsafe.length > 0
      if (!builds || post.canBuild)
        for (let leave = 0; leave <= (mayLeave ? Math.min(post.mayLeave, canLeave) : 0); leave++)
          if (!post.isSent || !isAlone(-leave)) found.push({ train, leave, arrive: 0, builds, closes })
      for (let arrive = 1; arrive <= arrivals; arrive++) {
        if (isAlone(arrive)) continue
        if (post.trained + target.stay * train + target.arrive * (arrive - 1) >= most - 1e-9) {
          // The first so many that nobody is alone may be more than are needed.
          if (found.some((state) => state.arrive > 0 && state.train === train && state.closes === closes)) break
        }
        found.push({ train, leave: 0, arrive, builds: post.unsafe.length > 0, closes })
      }
    }
  return found
}
