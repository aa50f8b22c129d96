import { kmBetween } from './places.ts'
import { costOf } from './price.ts'
import type { Action, FacilityKey, OfficerKey, PlanProblem, PlanYear, Post, PostKey } from './words.ts'

/** What a hand wants done: the rest of an action (its way, its minutes, whom it names, its cost) follows from the problem. */
export type StepWish =
  | { readonly kind: 'facility'; readonly post: PostKey; readonly facility: FacilityKey; readonly year: PlanYear }
  | { readonly kind: 'train'; readonly officers: readonly OfficerKey[]; readonly year: PlanYear }
  | {
      readonly kind: 'move'
      readonly officers: readonly OfficerKey[]
      readonly to: PostKey
      readonly year: PlanYear
    }
  | { readonly kind: 'hire'; readonly post: PostKey; readonly count: number; readonly year: PlanYear }
  | { readonly kind: 'pool'; readonly posts: readonly [PostKey, PostKey]; readonly year: PlanYear }
  | { readonly kind: 'day-only'; readonly post: PostKey; readonly year: PlanYear }

/**
 * The step as a plan has it. Undefined where it speaks of a post or an officer that does not exist, of officers of several posts, or of
 * a way that nobody knows.
 */
export function stepByHand(problem: PlanProblem, wish: StepWish): Action | undefined {
  const step = unpriced(problem, wish)
  return step && { ...step, cost: costOf(problem, step) }
}

function unpriced(problem: PlanProblem, wish: StepWish): Action | undefined {
  const post = (key: PostKey): Post | undefined => problem.posts.find((each) => each.key === key)
  const once = { year: wish.year, count: 1, cost: 0 }
  switch (wish.kind) {
    case 'facility':
      return post(wish.post) && { ...once, kind: 'facility', post: wish.post, facility: wish.facility }
    case 'hire':
      return post(wish.post) && { ...once, kind: 'hire', post: wish.post, count: wish.count }
    case 'day-only': {
      const at = post(wish.post)
      const closes = at?.shifts.map(({ key }) => key).filter((key) => !at.dayShifts?.includes(key)) ?? []
      return at && { ...once, kind: 'day-only', post: at.key, closes }
    }
    case 'pool': {
      const [one, other] = problem.posts.filter(({ key }) => wish.posts.includes(key))
      if (!one || !other) return undefined
      const minutes = minutesBetween(problem, one, other)
      return Number.isFinite(minutes) ? { ...once, kind: 'pool', posts: [one.key, other.key], minutes } : undefined
    }
    default:
      return aboutPeople(problem, wish, post)
  }
}

function aboutPeople(
  { officers, startsOn }: PlanProblem,
  wish: Extract<StepWish, { readonly kind: 'train' | 'move' }>,
  postOf: (key: PostKey) => Post | undefined,
): Action | undefined {
  const wanted = new Set(wish.officers)
  const named = officers.filter(({ key }) => wanted.has(key))
  const [first] = named
  if (!first || named.length < wanted.size || named.some(({ post }) => post !== first.post)) return undefined
  const acts = {
    year: wish.year,
    count: named.length,
    cost: 0,
    who: { officers: named.map(({ key }) => key), groups: [] },
  }
  if (wish.kind === 'train') {
    const { training } = first
    const isRenewal = training.isTrained && (training.until === null || training.until >= startsOn)
    return { ...acts, kind: 'train', post: first.post, isRenewal }
  }
  const [from, to] = [postOf(first.post), postOf(wish.to)]
  if (!from || !to) return undefined
  const isVolunteer = first.mayMove.kind === 'volunteer'
  const km = kmBetween(from, to)
  return Number.isFinite(km) ? { ...acts, kind: 'move', from: from.key, to: to.key, km, isVolunteer } : undefined
}

/** As a colleague who is called needs: of a way whose minutes are known, those; of any other, by the speed of the rules. */
function minutesBetween({ rules: { travel } }: PlanProblem, one: Post, other: Post): number {
  const known = travel.known.filter(
    ({ from, to }) => (from === one.key && to === other.key) || (from === other.key && to === one.key),
  )
  if (known.length > 0) return Math.min(...known.map(({ minutes }) => minutes))
  return (60 * kmBetween(one, other)) / travel.kmPerHour
}
