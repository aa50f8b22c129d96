import type { Chosen } from './master.ts'
import { costOf } from './price.ts'
import type { Cohort } from './reading.ts'
import { decidedBy, isTrainedAt, placeAt, type Target } from './target.ts'
import type { Action, PlanYear, Who } from './words.ts'

/** What was chosen, as actions with the people in them; each kind in the last year that still counts. */
export function actionsOf(target: Target, chosen: Chosen): readonly Action[] {
  const { reading, year } = target
  const { problem, cohorts } = reading
  const decided = decidedBy(reading, year)
  const taken = cohorts.map(() => 0)
  const actions: Unpriced[] = []
  const taking = takeFrom(cohorts, taken)
  const arrived = new Map<number, number>()
  for (const { arc, count } of chosen.arcs) {
    const cohort = cohorts[arc.cohort]
    const [from, to] = [target.posts[arc.from], target.posts[arc.to]]
    if (!cohort || !from || !to) continue
    const who = taking(arc.cohort, count)
    arrived.set(arc.to, (arrived.get(arc.to) ?? 0) + count)
    const posts = { from: from.read.post.key, to: to.read.post.key }
    if (arc.trains)
      actions.push({
        kind: 'train',
        post: posts.from,
        year: decided.trainings,
        count,
        who,
        isRenewal: cohort.isTrained,
      })
    const isVolunteer = cohort.mayMove.kind === 'volunteer'
    actions.push({ kind: 'move', ...posts, km: arc.km, isVolunteer, year: decided.moves, count, who })
  }
  const trainable = new Map<number, number[]>()
  cohorts.forEach((cohort, number) => {
    if (isTrainedAt(reading, cohort, year) || !cohort.mayBeTrained || cohort.fixed.train !== null) return
    const at = placeAt(cohort, year)
    const list = trainable.get(at)
    if (list) list.push(number)
    else trainable.set(at, [number])
  })
  for (const { post, local } of chosen.posts) {
    const at = target.posts[post]
    if (!at) continue
    const key = at.read.post.key
    if (local.builds)
      for (const facility of at.unsafe)
        actions.push({ kind: 'facility', post: key, facility, year: decided.facilities, count: 1 })
    let train = local.train
    // Those who may be called first: they also cover for a neighbour.
    const open = (trainable.get(post) ?? []).toSorted(
      (a, b) => Number(cohorts[b]?.isOnCall) - Number(cohorts[a]?.isOnCall) || a - b,
    )
    for (const number of open) {
      const cohort = cohorts[number]
      const count = Math.min(train, (cohort?.count ?? 0) - (taken[number] ?? 0))
      if (!cohort || count <= 0) continue
      train -= count
      const from = reading.posts[cohort.post]?.post.key ?? key
      const who = taking(number, count)
      actions.push({ kind: 'train', post: from, year: decided.trainings, count, who, isRenewal: cohort.isTrained })
    }
    const hires = local.arrive - (arrived.get(post) ?? 0)
    if (hires > 0) actions.push({ kind: 'hire', post: key, year: decided.hires, count: hires })
    if (local.closes) {
      const closes = at.read.post.shifts.filter((shift) => !at.read.post.dayShifts?.includes(shift.key))
      actions.push({
        kind: 'day-only',
        post: key,
        closes: closes.map((shift) => shift.key),
        year: decided.dayOnly,
        count: 1,
      })
    }
  }
  for (const number of chosen.pools) {
    const pair = target.pairs[number]
    const [a, b] = [target.posts[pair?.a ?? -1], target.posts[pair?.b ?? -1]]
    if (!pair || !a || !b || a.pooledWith === pair.b) continue
    actions.push({
      kind: 'pool',
      posts: [a.read.post.key, b.read.post.key],
      minutes: pair.minutes,
      year: decided.pools,
      count: 1,
    })
  }
  return ordered(
    joined(actions).map((action) => ({ ...action, cost: costOf(problem, { ...action, cost: 0 }) })),
    new Map(reading.posts.map(({ post, index }) => [post.key, index])),
  )
}

/** `Omit` over each kind of a union apart. */
type Unpriced<T = Action> = T extends Action ? Omit<T, 'cost'> : never

/** Facilities first, then people; within a kind the posts in their order: the same plan is always told the same way. */
export function ordered(actions: readonly Action[], placeOf: ReadonlyMap<string, number>): readonly Action[] {
  const place = (action: Action): number => {
    const key = action.kind === 'pool' ? action.posts[0] : action.kind === 'move' ? action.from : action.post
    return placeOf.get(key) ?? 0
  }
  const then = (action: Action): string =>
    action.kind === 'move' ? action.to : action.kind === 'facility' ? action.facility : ''
  return actions.toSorted(
    (a, b) =>
      a.year - b.year ||
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      place(a) - place(b) ||
      (then(a) < then(b) ? -1 : then(a) > then(b) ? 1 : 0),
  )
}

const order: readonly Action['kind'][] = ['facility', 'train', 'hire', 'pool', 'move', 'day-only']

/** Trainings of one post, moves of one way: one action with all its people. */
function joined(actions: readonly Unpriced[]): readonly Unpriced[] {
  const found = new Map<string, Unpriced>()
  const out: string[] = []
  for (const action of actions) {
    const alike =
      action.kind === 'train'
        ? `train ${action.post} ${action.year} ${action.isRenewal}`
        : action.kind === 'move'
          ? `move ${action.from} ${action.to} ${action.year} ${action.isVolunteer}`
          : `${out.length}`
    const before = found.get(alike)
    if (before && 'who' in before && 'who' in action)
      found.set(alike, { ...before, count: before.count + action.count, who: both(before.who, action.who) })
    else {
      found.set(alike, action)
      out.push(alike)
    }
  }
  return out.flatMap((alike) => found.get(alike) ?? [])
}

export function both(one: Who, other: Who): Who {
  const groups = new Map<string, number>()
  for (const { group, count } of [...one.groups, ...other.groups]) groups.set(group, (groups.get(group) ?? 0) + count)
  return {
    officers: [...one.officers, ...other.officers],
    groups: [...groups].map(([group, count]) => ({ group, count })),
  }
}

/** The next so many of a cohort who are not taken yet. */
function takeFrom(cohorts: readonly Cohort[], taken: number[]): (number: number, count: number) => Who {
  return (number, count) => {
    const before = taken[number] ?? 0
    taken[number] = before + count
    return peopleOf(cohorts[number], before, count)
  }
}

function peopleOf(cohort: Cohort | undefined, before: number, count: number): Who {
  const officers: string[] = []
  const groups: { group: string; count: number }[] = []
  let [skip, left] = [before, count]
  for (const member of cohort?.members ?? []) {
    const free = Math.max(0, member.count - skip)
    skip = Math.max(0, skip - member.count)
    const from = Math.min(free, left)
    if (from === 0) continue
    left -= from
    if (member.isGroup) groups.push({ group: member.key, count: from })
    else officers.push(member.key)
  }
  return { officers, groups }
}

/** Actions in a year of their own, at the cost they then have. */
export function inYear(target: Target, action: Action, year: PlanYear): Action {
  const moved = { ...action, year }
  return { ...moved, cost: costOf(target.reading.problem, moved) }
}
