import type { Arc, Limit, Target, TargetPost } from './target.ts'
import { changeWeight, missingWeight } from './words.ts'

/** What is done at one post, in numbers. */
export type Local = {
  readonly train: number
  /** Trained women who leave it, at most. */
  readonly leave: number
  readonly arrive: number
  /** Of those, women who move here, where it is told apart: some of them will have left the service by the end, of the hired none. */
  readonly moved: number
  /** Of those, women who move here and may be called where the hired may not, or may not where they may: for a pool. */
  readonly other: number
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
  /** Shifts that those cover who may be called, and those of one woman: fewer or more where the hours are cut. */
  readonly called: Float64Array
  readonly ofOne: Float64Array
  readonly needs: Float64Array
  /** Of each limit: `uses[limit * states + state]`. */
  readonly uses: Float64Array
  /** 1: only of a post that shares. Of a loose question: somebody left before it began to. */
  readonly sharedOnly: Uint8Array
  /** States alike in what they cover, for pairs: only those that send nobody away, and are open. -1: not in a pool. */
  readonly level: Int32Array
  readonly levels: number
  /** Of each level. */
  readonly levelTrained: Float64Array
  readonly levelCalled: Float64Array
  readonly levelOfOne: Float64Array
  readonly levelNeeds: Float64Array
  /** Arrivals are counted in a row of their own: some may be moved here. */
  readonly hasArcs: boolean
  /** Only those who move are, and those who are hired in the state. */
  readonly tellsApart: boolean
}

/** How many of those who arrive are hired at the post's own cost, and how many come through its row. */
export function arriving(
  { hasArcs, tellsApart }: Locals,
  { arrive, moved }: Local,
): { readonly hired: number; readonly come: number } {
  if (!hasArcs) return { hired: arrive, come: 0 }
  return tellsApart ? { hired: arrive - moved, come: moved } : { hired: 0, come: arrive }
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
  // Women of a neighbour whose shifts are of another length come in fractions: shifts say whether all are covered.
  const openAt = (post: TargetPost, needs: number) => (needs < post.needs && post.day ? post.day : post)
  const isFull = (post: TargetPost, needs: number, women: number): boolean => {
    const { shifts, ofOne } = openAt(post, needs)
    return women * ofOne >= shifts - 1e-9
  }
  if (onlyMust) return (post, needs, women) => must(post, isFull(post, needs, women)) / mustWeight
  if (aim.kind === 'every-shift')
    return (post, needs, women) =>
      isFull(post, needs, women) ? 0 : Math.max(0, needs - women) * missingWeight + must(post, false)
  if (aim.counts === 'posts')
    return (post, needs, women) => (isFull(post, needs, women) ? -post.read.post.risk : must(post, false))
  return (post, needs, women) => {
    const { shifts, ofOne } = openAt(post, needs)
    const covered = Math.min(shifts, ofOne * women)
    return -post.read.post.risk * covered + must(post, covered >= shifts - 1e-9)
  }
}

/** Weight of a change in units of the aim. */
export function weightOf({ reading, onlyMust, asks }: Target): number {
  return onlyMust || asks === 'missing' ? 0 : reading.problem.aim.kind === 'every-shift' ? 1 : changeWeight
}

/**
 * `active`: the ways that are in rows. What can be done at a post does not depend on them, only where hires are counted:
 * of `before`, made of the same target, stays what counts them in the same place.
 */
export function localsOf(
  target: Target,
  active: ReadonlySet<number>,
  before: readonly Locals[] = [],
): readonly Locals[] {
  const arriving = new Uint8Array(target.posts.length)
  const others = new Uint8Array(target.posts.length)
  for (const arc of target.arcs) {
    arriving[arc.to] = 1
    if (isOther(target, arc)) others[arc.to] = 1
  }
  const apart = new Uint8Array(target.posts.length)
  for (const at of active) apart[target.arcs[at]?.to ?? 0] = 1
  const leaving = new Uint8Array(target.posts.length)
  for (const { from, trains } of target.arcs) if (!trains) leaving[from] = 1
  // Women who may be called, at most: as many as cover every shift of a neighbour.
  const lent = new Float64Array(target.posts.length)
  for (const { a, b } of target.pairs) {
    const [one, other] = [target.posts[a], target.posts[b]]
    if (!one || !other) continue
    const least = ({ ofOne, day }: TargetPost): number => Math.min(ofOne, day?.ofOne ?? ofOne)
    lent[a] = Math.max(lent[a] ?? 0, other.shifts / least(one))
    lent[b] = Math.max(lent[b] ?? 0, one.shifts / least(other))
  }
  return target.posts.map((post, index) => {
    const [hasArcs, made] = [apart[index] === 1, before[index]]
    if (made?.hasArcs === hasArcs) return made
    return localsAt(target, post, {
      lent: lent[index] ?? 0,
      mayArrive: arriving[index] === 1,
      mayBeOther: others[index] === 1,
      mayLeave: leaving[index] === 1,
      hasArcs,
    })
  })
}

/** Whether she may be called where whoever is hired may not, or may not where they may: at a post that may be pooled. */
export const isOther = ({ reading, pairs }: Target, { isOnCall }: Arc): boolean =>
  pairs.length > 0 && isOnCall !== reading.problem.rules.onCall.hires

/** `lent`: women who may be called, at most, for a neighbour. `hasArcs`: ways that lead here are in rows. */
type Ways = {
  readonly lent: number
  readonly mayArrive: boolean
  readonly mayBeOther: boolean
  readonly mayLeave: boolean
  readonly hasArcs: boolean
}

function localsAt(target: Target, post: TargetPost, ways: Ways): Locals {
  const { hasArcs } = ways
  const tellsApart = ways.mayArrive && target.stay !== target.arrive
  const states = enumerated(target, post, ways, tellsApart)
  const { changes, costs, rules } = target.reading.problem
  const weight = weightOf(target)
  const size = states.length
  const made = {
    cost: new Float64Array(size),
    trained: new Float64Array(size),
    called: new Float64Array(size),
    ofOne: new Float64Array(size),
    needs: new Float64Array(size),
    uses: new Float64Array(size * target.limits.length),
    sharedOnly: new Uint8Array(size),
    level: new Int32Array(size),
  }
  const levels = new Map<string, number>()
  states.forEach((state, at) => {
    const hires = hasArcs ? (tellsApart ? state.arrive - state.moved : 0) : state.arrive
    const facilities = state.builds ? post.unsafe.length : 0
    // Nobody comes by a way that is in no row yet: a hire is worth as much.
    const isShut = state.moved + state.other > 0 && !hasArcs
    made.cost[at] = isShut
      ? Number.POSITIVE_INFINITY
      : weight *
        (changes.training * state.train +
          changes.hire * hires +
          changes.facility * facilities +
          (state.closes ? changes.dayOnly : 0))
    const arrived = target.stay * state.moved + target.arrive * (state.arrive - state.moved)
    const { needs, ofOne } = state.closes && post.day ? post.day : post
    const spared = mostSpared(target, post, needs, state.train)
    made.sharedOnly[at] = state.arrive === 0 && state.leave > spared ? 1 : 0
    // Of many who leave all are counted as leaving, and only the first as missed: a bound may be looser than the truth.
    const missed = Math.min(state.leave, spared + mostMissed)
    made.trained[at] = post.trained + target.stay * (state.train - missed) + arrived
    made.needs[at] = needs
    made.ofOne[at] = ofOne
    const mayBeCalled =
      post.onCall +
      target.stay * Math.min(state.train, post.trainOnCall) +
      (rules.onCall.hires ? arrived - target.stay * state.other : target.stay * state.other)
    // Where some have left, no more may be called than are there.
    made.called[at] = ofOne * (missed > 0 ? Math.min(mayBeCalled, made.trained[at] ?? 0) : mayBeCalled)
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
    const alike = `${made.trained[at]} ${made.called[at]} ${made.needs[at]}`
    if (isShut || (state.leave > 0 && !target.isLoose)) made.level[at] = -1
    else {
      const level = levels.get(alike) ?? levels.size
      levels.set(alike, level)
      made.level[at] = level
    }
  })
  const levelTrained = new Float64Array(levels.size)
  const levelCalled = new Float64Array(levels.size)
  const levelOfOne = new Float64Array(levels.size)
  const levelNeeds = new Float64Array(levels.size)
  made.level.forEach((level, at) => {
    if (level < 0) return
    levelTrained[level] = made.trained[at] ?? 0
    levelCalled[level] = made.called[at] ?? 0
    levelOfOne[level] = made.ofOne[at] ?? 0
    levelNeeds[level] = made.needs[at] ?? 0
  })
  return {
    post,
    states,
    ...made,
    levels: levels.size,
    levelTrained,
    levelCalled,
    levelOfOne,
    levelNeeds,
    hasArcs,
    tellsApart,
  }
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

/** Of those who leave a post in a loose question beyond whom it can spare: so many are told apart. */
const mostMissed = 2

/** Trained women whom a post can spare when so many are trained there: it covers no less than before. */
function mostSpared({ stay }: Target, { trained }: TargetPost, needs: number, train: number): number {
  return Math.floor(Math.max(0, trained - needs) / stay + train + 1e-9)
}

function enumerated(
  target: Target,
  post: TargetPost,
  { lent, mayArrive, mayBeOther, mayLeave }: Ways,
  tellsApart: boolean,
): readonly Local[] {
  const { together, onCall } = target.reading.problem.rules
  const mayTrain = post.trainOnCall + post.trainOther
  const found: Local[] = []
  const first = Math.max(1, together.women - post.heads, post.read.officersNeeded - post.officers)
  const isAlone = (arrive: number): boolean =>
    post.heads + arrive < together.women || post.officers + arrive < post.read.officersNeeded
  const called = (train: number, arrived: number): boolean =>
    post.onCall + target.stay * Math.min(train, post.trainOnCall) + arrived >= lent - 1e-9
  /** Of a loose question: as many as there are places, with those of whoever leaves; whoever is trained and leaves is not trained here. */
  const mostArrive = (train: number, leave: number): number => {
    if (!post.canHire && !mayArrive) return 0
    if (!target.isLoose) return post.arrivals
    return Math.min(post.arrivals, post.vacant + leave + Math.min(post.mayBeTrainedAndLeave, mayTrain - train))
  }
  for (const closes of post.day ? [false, true] : [false]) {
    const needs = closes && post.day ? post.day.needs : post.needs
    const isCovered = (women: number): boolean => post.trained + women >= needs - 1e-9
    for (let train = 0; train <= mayTrain; train++) {
      const spared = mostSpared(target, post, needs, train)
      const canLeave = mayLeave ? Math.min(post.mayLeave, spared) : 0
      const gone = mayLeave && target.isLoose ? beyond(canLeave, spared) : []
      // One more than enough is worth training only where somebody else then may leave, and enough stay; or be called.
      const isEnough = isCovered(target.stay * (train - 1 - (mayLeave ? post.mayLeave : 0)))
      if (train > 0 && isEnough && (train > post.trainOnCall || called(train - 1, 0))) break
      if (post.trained + target.stay * train < post.leastTrained - 1e-9) continue
      // Whom a hand has sent here is safe and not alone, whatever else is done.
      const builds = post.isSent && post.unsafe.length > 0
      if (!builds || post.canBuild)
        for (let leave = 0; leave <= canLeave; leave++) {
          // Whom the post does not need may leave or stay: one state says both.
          const isFree = !post.isSent && leave > 0 && leave < canLeave && isCovered(target.stay * (train - leave - 1))
          if (!isFree && !(post.isSent && isAlone(-leave)))
            found.push({ train, leave, arrive: 0, moved: 0, other: 0, builds, closes })
        }
      for (const arrival of arrivals(train, 0)) found.push({ train, leave: 0, ...arrival, closes })
      // Whoever left before others came, or before the post began to share.
      for (const leave of gone) {
        if (leave > canLeave) found.push({ train, leave, arrive: 0, moved: 0, other: 0, builds, closes })
        for (const arrival of arrivals(train, leave)) found.push({ train, leave, ...arrival, closes })
      }
    }

    /** So many may have left in a loose question: of very many the last stands for all who are more. */
    function beyond(canLeave: number, spared: number): readonly number[] {
      const most = Math.min(post.mayLeave, spared + mostMissed)
      const from = Math.max(1, Math.min(canLeave, most - mostMissed))
      const some = Array.from({ length: Math.max(0, most - from + 1) }, (_, at) => from + at)
      return post.mayLeave > most ? [...some, post.mayLeave] : some
    }

    /** As many as bring something: cover here, or somebody who may be called. */
    function* arrivals(train: number, leave: number): Generator<Pick<Local, 'arrive' | 'moved' | 'other' | 'builds'>> {
      const builds = post.unsafe.length > 0
      const own = target.stay * (train - leave)
      const brings = onCall.hires || mayBeOther
      const most = mostArrive(train, leave)
      const isFull = (arrived: number, callable: number): boolean =>
        isCovered(own + arrived) && (!brings || called(train, callable))
      if (isFull(0, 0) && !(post.isSent && isAlone(0))) return
      const arrived = (arrive: number, moved: number): number => target.stay * moved + target.arrive * (arrive - moved)
      for (let other = 0; other <= (mayBeOther ? Math.max(0, most) : 0); other++) {
        const others = target.stay * (other - 1)
        // One more of whom nobody has need, whatever those do who are hired.
        if (other > 1 && (onCall.hires ? isCovered(own + others) : isFull(others, others))) return
        // The first so many that nobody is alone may be more than are needed.
        const least = Math.max(first, other)
        for (let arrive = least; arrive <= most; arrive++) {
          const before = arrived(arrive - 1, tellsApart ? arrive - 1 : 0)
          // Nobody who is hired is called where only others are.
          const isDone = onCall.hires ? isFull(before, before - target.stay * other) : isCovered(own + before)
          if (arrive > least && isDone) break
          for (let moved = fewestMoved(arrive, other); moved <= (tellsApart ? arrive : 0); moved++)
            yield { arrive, moved, other, builds }
        }
      }
    }

    /** Of so many who come: those who move, at least. */
    function fewestMoved(arrive: number, other: number): number {
      if (!tellsApart) return 0
      return post.canHire ? other : arrive
    }
  }
  return found
}
