import type { Action, MoveAction, PostKey, TrainAction } from '../plan/words.ts'
import { type BrokenPlanRule, brokenPlan } from './broken.ts'
import type { Steps } from './plan-judged.ts'
import { countsIn, isAbout, kilometres, minutesBetween, placedOf, type Reading, takenBy } from './plan-reading.ts'

type ReferenceRule = (reading: Reading, plan: Steps) => readonly BrokenPlanRule[]

/** What an action speaks of exists, and its words agree with one another. */
export const referenceRules: readonly ReferenceRule[] = [
  unknownPost,
  unknownPerson,
  unknownYear,
  tooLate,
  countWrong,
  facilityNotBuilt,
  facilityTwice,
  poolWrong,
  closesWrong,
  kilometresWrong,
  minutesWrong,
]

function unknownPost({ posts }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  return actions.flatMap((action, at) =>
    postsOf(action)
      .filter((post) => !posts.has(post))
      .map((post) => brokenPlan('plan.unknown-post', { action: at, post, year: action.year })),
  )
}

function postsOf(action: Action): readonly PostKey[] {
  if (action.kind === 'move') return [action.from, action.to]
  return action.kind === 'pool' ? action.posts : [action.post]
}

function unknownPerson({ people }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  return actions.flatMap((action, at) =>
    isAbout(action)
      ? takenBy(action.who)
          .filter(({ name }) => !people.has(name))
          .map(({ key }) => brokenPlan('plan.unknown-person', { action: at, year: action.year, of: key }))
      : [],
  )
}

function unknownYear({ problem }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  return actions.flatMap(({ year }, at) =>
    Number.isInteger(year) && year >= 1 && year <= problem.years
      ? []
      : [brokenPlan('plan.unknown-year', { action: at, year, found: year, allowed: problem.years })],
  )
}

/** What counts only when the plan has ended is judged by nobody: whether she would serve alone then, or unsafe. */
function tooLate({ problem }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  const { leadMonths } = problem.rules
  const months = { facility: leadMonths.facility, train: leadMonths.training, hire: leadMonths.hiring }
  return actions.flatMap((action, at) => {
    if (action.kind !== 'facility' && action.kind !== 'train' && action.kind !== 'hire') return []
    const found = countsIn(action, months[action.kind])
    if (found <= problem.years || action.year > problem.years) return []
    const { post, year } = action
    return [brokenPlan('plan.too-late', { action: at, post, year, found, allowed: problem.years })]
  })
}

function countWrong(_: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  return actions.flatMap((action, at) => {
    const allowed = isAbout(action) ? namedIn(action) : action.kind === 'hire' ? action.count : 1
    const isRight = Number.isInteger(action.count) && action.count >= 1 && action.count === allowed
    return isRight
      ? []
      : [brokenPlan('plan.count-wrong', { action: at, year: action.year, found: action.count, allowed })]
  })
}

/** How many the action names; a part of a group that is no whole person is nobody. */
function namedIn(action: TrainAction | MoveAction): number {
  const counts = takenBy(action.who).map(({ count }) => count)
  return counts.every((count) => Number.isInteger(count) && count >= 1) ? counts.reduce((a, b) => a + b, 0) : 0
}

// ---------------------------------------------------------------------------------------------------------------------
// Facilities, pools, hours

function facilityNotBuilt({ problem }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  return placedOf(actions, 'facility')
    .filter(({ action }) => !Object.hasOwn(problem.costs.facility, action.facility))
    .map(({ action, at }) =>
      brokenPlan('plan.facility-not-built', { action: at, post: action.post, year: action.year, of: action.facility }),
    )
}

function facilityTwice({ posts }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  const built = new Set<string>()
  return placedOf(actions, 'facility').flatMap(({ action, at }) => {
    const { post, facility, year } = action
    const isThere = posts.get(post)?.facilities[facility] === 'yes'
    const isEarlier = built.has(`${facility} at ${post}`)
    built.add(`${facility} at ${post}`)
    return isThere || isEarlier ? [brokenPlan('plan.facility-twice', { action: at, post, year, of: facility })] : []
  })
}

/** Two posts, in the order of the problem, neither in another pool. */
function poolWrong({ problem }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  const order = new Map(problem.posts.map(({ key }, index) => [key, index]))
  const pools = placedOf(actions, 'pool')
  return pools.flatMap(({ action, at }) => {
    const [first, second] = action.posts
    const isOrdered = (order.get(first) ?? -1) < (order.get(second) ?? Infinity)
    const isEarlier = pools.some((one) => one.at < at && one.action.posts.some((post) => action.posts.includes(post)))
    return isOrdered && !isEarlier
      ? []
      : [brokenPlan('plan.pool-wrong', { action: at, post: first, year: action.year })]
  })
}

/** The hours of a post are cut once, to the shifts it would keep. */
function closesWrong({ posts }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  const cuts = placedOf(actions, 'day-only')
  return cuts.flatMap(({ action, at }) => {
    const post = posts.get(action.post)
    const kept = post?.dayShifts ?? null
    if (post === undefined || kept === null) return []
    const closed = post.shifts.map(({ key }) => key).filter((key) => !kept.includes(key))
    const isSame = closed.toSorted().join('\n') === action.closes.toSorted().join('\n')
    const isEarlier = cuts.some((one) => one.at < at && one.action.post === action.post)
    return isSame && !isEarlier
      ? []
      : [brokenPlan('plan.closes-wrong', { action: at, post: post.key, year: action.year })]
  })
}

// ---------------------------------------------------------------------------------------------------------------------
// Ways

/** Screens show whole kilometres and minutes: an answer may have rounded them. */
const rounding = 0.5 + 1e-9

function kilometresWrong({ posts }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  return placedOf(actions, 'move').flatMap(({ action, at }) => {
    const [from, to] = [posts.get(action.from), posts.get(action.to)]
    if (from === undefined || to === undefined) return []
    const allowed = kilometres(from, to)
    // Of a way that nobody knows another rule speaks: it is longer than any that may be gone.
    return allowed === Infinity || Math.abs(action.km - allowed) <= rounding
      ? []
      : [
          brokenPlan('plan.kilometres-wrong', {
            action: at,
            post: to.key,
            year: action.year,
            found: action.km,
            allowed,
          }),
        ]
  })
}

function minutesWrong({ problem, posts }: Reading, { actions }: Steps): readonly BrokenPlanRule[] {
  return placedOf(actions, 'pool').flatMap(({ action, at }) => {
    const [one, other] = action.posts.map((post) => posts.get(post))
    if (one === undefined || other === undefined) return []
    const allowed = minutesBetween(problem.rules, one, other)
    return Math.abs(action.minutes - allowed) <= rounding
      ? []
      : [
          brokenPlan('plan.minutes-wrong', {
            action: at,
            post: one.key,
            year: action.year,
            found: action.minutes,
            allowed,
          }),
        ]
  })
}
